//! A picture in a few sentences, for those who cannot see it: what kind it is, what it shows, how
//! far it reaches, what stands out.
//!
//! Everything is read from the picture itself, so that the words say what is drawn and nothing
//! else.

mod bars_waffle;
mod english;
mod network_table;
mod plot;
mod stacked_bars;
mod timeline_matrix;

use super::annotations::AxisPosition;
use super::{Picture, PictureBody};
use english::format_number;
use linchpin_register::chart_vocabulary::AxisName;
use linchpin_register::english::list_with_and;

/// The most sentences of a description.
const MAX_SENTENCES: usize = 4;

/// The most reference lines and annotations that are named.
const MAX_NOTED: usize = 3;

impl Picture {
    /// What the picture shows, in one to four sentences: kind, what is measured, how many marks,
    /// extremes with their names, trend, bounds, what stands out. Without the title, which stands
    /// before it wherever it is read.
    pub fn alt_text(&self) -> String {
        let mut sentences = body_sentences(&self.body);
        let noted = annotations_sentence(self);
        if noted.is_some() {
            sentences.truncate(MAX_SENTENCES - 1);
        }
        sentences.extend(noted);
        sentences.truncate(MAX_SENTENCES);
        sentences.join(" ")
    }
}

/// The sentences of a body, the most telling first.
fn body_sentences(body: &PictureBody) -> Vec<String> {
    match body {
        PictureBody::Bars(it) => bars_waffle::bars(it),
        PictureBody::Stacked(it) => stacked_bars::stacked(it),
        PictureBody::Plot(it) => plot::plot(it),
        PictureBody::Timeline(it) => timeline_matrix::timeline(it),
        PictureBody::Matrix(it) => timeline_matrix::matrix(it),
        PictureBody::Waffle(it) => bars_waffle::waffle(it),
        PictureBody::Network(it) => network_table::network(it),
        PictureBody::Table(it) => network_table::table(it),
        PictureBody::SmallMultiples(it) => {
            let inner = it
                .panels
                .iter()
                .map(|panel| self::body_sentences(&panel.body));
            network_table::multiples(it, inner.collect())
        }
        PictureBody::Empty(why) => vec![format!("Nothing to draw: {why}")],
    }
}

/// The reference lines and the words that stand in the picture.
fn annotations_sentence(picture: &Picture) -> Option<String> {
    let mut clauses: Vec<String> = picture
        .reference_lines
        .iter()
        .map(|line| match line.position {
            AxisPosition::Value(value) if !is_dated_position(&picture.body, line.axis) => {
                format!("a line marks {} ({})", line.label, format_number(value))
            }
            _ => format!("a line marks {}", line.label),
        })
        .collect();
    clauses.extend(picture.annotations.iter().map(|r| format!("“{}”", r.text)));
    let more = clauses.len().saturating_sub(MAX_NOTED);
    clauses.truncate(MAX_NOTED);
    if more > 0 {
        clauses.push(format!("{more} more"));
    }
    (!clauses.is_empty()).then(|| format!("Noted in it: {}.", list_with_and(&clauses)))
}

/// Whether an axis holds dates, whose values are no numbers to read out.
fn is_dated_position(body: &PictureBody, axis: AxisName) -> bool {
    match (body, axis) {
        (PictureBody::Plot(it), AxisName::X) => plot::is_date_axis(&it.x),
        (PictureBody::Plot(it), AxisName::Y) => plot::is_date_axis(&it.y),
        (PictureBody::Timeline(_), _) => true,
        _ => false,
    }
}
