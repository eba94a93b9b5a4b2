//! How the assessments of a commitment differ: the list is only ever to grow.

use super::entry::{Pair, STATUS, What};
use super::lists::leftovers;
use linchpin_register::tables::words;
use linchpin_register::vocabulary::FulfillmentStatus;
use linchpin_register::{Assessment, Register};

/// What became of the assessments, and the status before and after first.
pub(super) fn assessments(
    (before, old): (&Register, &[Assessment]),
    (after, new): (&Register, &[Assessment]),
) -> (What, Vec<Pair>) {
    let (gone, come) = leftovers(old, new);
    let what = match (gone.is_empty(), come.is_empty()) {
        (true, false) => What::Assessed,
        (false, true) => What::Retracted,
        _ => What::Corrected,
    };
    let mut pairs = Vec::new();
    let status = |all: &[Assessment]| {
        all.last()
            .map_or(FulfillmentStatus::NotAssessed, |last| last.status)
    };
    if status(old) != status(new) {
        pairs.push(Pair {
            label: STATUS.into(),
            old: Some(now(old)),
            new: Some(now(new)),
        });
    }
    pairs.extend(gone.iter().map(|a| Pair {
        label: "assessment".into(),
        old: Some(assessment(before, a)),
        new: None,
    }));
    pairs.extend(come.iter().map(|a| Pair {
        label: "assessment".into(),
        old: None,
        new: Some(assessment(after, a)),
    }));
    if pairs.is_empty() {
        pairs.push(Pair {
            label: "assessments".into(),
            old: None,
            new: None,
        });
    }
    (what, pairs)
}

/// "in progress (J. Kim, 3 May 2024)"
fn now(all: &[Assessment]) -> String {
    match all.last() {
        None => FulfillmentStatus::NotAssessed.label().into(),
        Some(last) => format!("{} ({})", last.status.label(), by(last)),
    }
}

fn by(assessment: &Assessment) -> String {
    format!(
        "{}, {}",
        assessment.assessor,
        assessment.date.to_long_form()
    )
}

/// An assessment in a line.
fn assessment(register: &Register, assessment: &Assessment) -> String {
    let mut line = format!("{} ({})", assessment.status.label(), by(assessment));
    if let Some(note) = &assessment.note {
        line.push_str(&format!(": {note}"));
    }
    let places = assessment.citations.iter();
    let places: Vec<String> = places
        .map(|c| words::format_location(register, c))
        .collect();
    if !places.is_empty() {
        line.push_str(&format!("; evidence: {}", places.join(", ")));
    }
    line
}
