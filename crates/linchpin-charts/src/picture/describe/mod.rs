//! A picture in a few sentences, for those who cannot see it: what kind it is, what it shows, how
//! far it reaches, what stands out.
//!
//! Everything is read from the picture itself, so that the words say what is drawn and nothing
//! else.

mod lanes;
mod lengths;
mod panels;
mod parts;
mod plot;
mod said;

use super::guide::At;
use super::{Body, Picture};
use linchpin_register::chart_words::AxisName;
use linchpin_register::english::list_with_and;
use said::number;

/// The most sentences of a description.
const MAX_SENTENCES: usize = 4;

/// The most reference lines and remarks that are named.
const MAX_GUIDES: usize = 3;

impl Picture {
    /// What the picture shows, in one to four sentences: kind, what is measured, how many marks,
    /// extremes with their names, trend, bounds, what stands out. Without the title, which stands
    /// before it wherever it is read.
    pub fn alt_text(&self) -> String {
        let mut sentences = body(&self.body);
        let guides = guides(self);
        if guides.is_some() {
            sentences.truncate(MAX_SENTENCES - 1);
        }
        sentences.extend(guides);
        sentences.truncate(MAX_SENTENCES);
        sentences.join(" ")
    }
}

/// The sentences of a body, the most telling first.
fn body(body: &Body) -> Vec<String> {
    match body {
        Body::Bars(it) => lengths::bars(it),
        Body::Stacked(it) => parts::stacked(it),
        Body::Plot(it) => plot::plot(it),
        Body::Timeline(it) => lanes::timeline(it),
        Body::Matrix(it) => lanes::matrix(it),
        Body::Waffle(it) => lengths::waffle(it),
        Body::Network(it) => panels::network(it),
        Body::Table(it) => panels::table(it),
        Body::Multiples(it) => {
            let inner = it.panels.iter().map(|panel| self::body(&panel.body));
            panels::multiples(it, inner.collect())
        }
        Body::Empty(why) => vec![format!("Nothing to draw: {why}")],
    }
}

/// The reference lines and the words that stand in the picture.
fn guides(picture: &Picture) -> Option<String> {
    let mut said: Vec<String> = picture
        .guides
        .iter()
        .map(|guide| match guide.at {
            At::Value(value) if !is_date(&picture.body, guide.axis) => {
                format!("a line marks {} ({})", guide.label, number(value))
            }
            _ => format!("a line marks {}", guide.label),
        })
        .collect();
    said.extend(picture.remarks.iter().map(|r| format!("“{}”", r.text)));
    let more = said.len().saturating_sub(MAX_GUIDES);
    said.truncate(MAX_GUIDES);
    if more > 0 {
        said.push(format!("{more} more"));
    }
    (!said.is_empty()).then(|| format!("Noted in it: {}.", list_with_and(&said)))
}

/// Whether an axis holds dates, whose values are no numbers to read out.
fn is_date(body: &Body, axis: AxisName) -> bool {
    match (body, axis) {
        (Body::Plot(it), AxisName::X) => plot::is_dates(&it.x),
        (Body::Plot(it), AxisName::Y) => plot::is_dates(&it.y),
        (Body::Timeline(_), _) => true,
        _ => false,
    }
}
