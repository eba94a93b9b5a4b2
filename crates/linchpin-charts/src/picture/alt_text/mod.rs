//! A picture in a few sentences, for those who cannot see it: what kind it is, what it shows, how
//! far it reaches, what stands out.
//!
//! Everything is read from the picture itself, so that the words say what is drawn and nothing
//! else.

mod bars;
mod bullet;
mod dumbbell;
mod lists;
mod plot;

use super::AxisPosition;
use super::{Picture, PictureBody};
use crate::captions::format_count;
use crate::picture::{ChartMark, Extent};
use linchpin_register::chart_vocabulary::AxisName;
use linchpin_register::english::list_with_and;
use linchpin_register::{RecordKind, RecordRef};
use std::collections::BTreeSet;

pub use linchpin_register::tables::formatting::format_number;

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
        PictureBody::Bars(it) => bars::bars(it),
        PictureBody::Stacked(it) => bars::stacked(it),
        PictureBody::Plot(it) => plot::plot(it),
        PictureBody::Bullet(it) => bullet::bullet(it),
        PictureBody::Dumbbell(it) => dumbbell::dumbbell(it),
        PictureBody::Timeline(it) => lists::timeline(it),
        PictureBody::Matrix(it) => lists::matrix(it),
        PictureBody::Waffle(it) => bars::waffle(it),
        PictureBody::Network(it) => lists::network(it),
        PictureBody::Table(it) => lists::table(it),
        PictureBody::SmallMultiples(it) => {
            let inner = it.panels.iter().map(|panel| match &panel.body {
                // One of several that has nothing.
                PictureBody::Empty(why) => vec![why.clone()],
                body => self::body_sentences(body),
            });
            lists::multiples(it, inner.collect())
        }
        PictureBody::Empty(why) => vec![format!("This chart cannot be drawn: {why}")],
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
            AxisPosition::Off(_) => line.label.clone(),
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
        (PictureBody::Dumbbell(it), AxisName::X) => plot::is_date_axis(&it.x),
        (PictureBody::Timeline(_), _) => true,
        (PictureBody::SmallMultiples(it), _) => {
            let first = it.panels.first();
            first.is_some_and(|panel| is_dated_position(&panel.body, axis))
        }
        _ => false,
    }
}

/// The most names that one list has.
const MAX_NAMES: usize = 3;

/// The first names of many: "A, B, C and 4 more".
pub fn list_first_names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<String> = names.map(str::to_owned).collect();
    let more = all.len().saturating_sub(MAX_NAMES);
    if more <= 1 {
        return list_with_and(&all);
    }
    let mut some = all[..MAX_NAMES].to_vec();
    some.push(format!("{more} more"));
    list_with_and(&some)
}

/// What the marks count and how many there are, each record once: "44 commitments". `None` where a
/// number of these is anything else than a number of records.
pub fn counted_records<'a>(marks: impl Iterator<Item = (&'a ChartMark, Extent)>) -> Option<String> {
    let mut records: BTreeSet<RecordRef> = BTreeSet::new();
    for (mark, extent) in marks {
        if extent != Extent::exact(mark.records.len() as f64) {
            return None;
        }
        records.extend(&mark.records);
    }
    (!records.is_empty()).then(|| count_by_kind(&records))
}

/// "44 commitments", "12 records" where they are of several kinds.
pub fn count_by_kind(records: &BTreeSet<RecordRef>) -> String {
    let kinds: BTreeSet<RecordKind> = records.iter().map(|at| at.kind).collect();
    let mut kinds = kinds.into_iter();
    match (kinds.next(), kinds.next()) {
        (Some(RecordKind::LadderStep), None) => {
            format_count(records.len(), "ladder step", "ladder steps")
        }
        (Some(kind), None) => format_count(records.len(), kind.what(), kind.noun().many),
        _ => format_count(records.len(), "record", "records"),
    }
}

/// "23%"; "under 1%" rather than none.
pub fn format_share(part: f64, whole: f64) -> Option<String> {
    let share = part / whole * 100.0;
    if !share.is_finite() {
        None
    } else if share > 0.0 && share < 1.0 {
        Some("under 1%".into())
    } else {
        Some(format!("{}%", format_number(share.round())))
    }
}
