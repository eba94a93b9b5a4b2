//! How the assessments of a commitment differ: the list is only ever to grow.

use super::list_changes::unmatched_items;
use super::version_change::{DiffField, ValueDiff, VersionChangeKind};
use linchpin_register::tables::formatting;
use linchpin_register::vocabulary::FulfillmentStatus;
use linchpin_register::{Assessment, Register};

/// What became of the assessments, and the status before and after first.
pub(super) fn assessment_changes(
    (before, old): (&Register, &[Assessment]),
    (after, new): (&Register, &[Assessment]),
) -> (VersionChangeKind, Vec<ValueDiff>) {
    let (removed, added) = unmatched_items(old, new);
    let what = match (removed.is_empty(), added.is_empty()) {
        (true, false) => VersionChangeKind::Assessed,
        (false, true) => VersionChangeKind::AssessmentRemoved,
        _ => VersionChangeKind::AssessmentCorrected,
    };
    let mut pairs = Vec::new();
    let status = |all: &[Assessment]| {
        all.last()
            .map_or(FulfillmentStatus::NotAssessed, |last| last.status)
    };
    if status(old) != status(new) {
        pairs.push(ValueDiff {
            field: DiffField::Status,
            old: Some(latest_status(old)),
            new: Some(latest_status(new)),
        });
    }
    pairs.extend(removed.iter().map(|a| ValueDiff {
        field: DiffField::Assessment,
        old: Some(assessment_text(before, a)),
        new: None,
    }));
    pairs.extend(added.iter().map(|a| ValueDiff {
        field: DiffField::Assessment,
        old: None,
        new: Some(assessment_text(after, a)),
    }));
    if pairs.is_empty() {
        pairs.push(ValueDiff {
            field: DiffField::Assessments,
            old: None,
            new: None,
        });
    }
    (what, pairs)
}

/// "in progress (J. Kim, 3 May 2024)"
fn latest_status(all: &[Assessment]) -> String {
    match all.last() {
        None => FulfillmentStatus::NotAssessed.label().into(),
        Some(last) => format!("{} ({})", last.status.label(), attribution(last)),
    }
}

fn attribution(assessment: &Assessment) -> String {
    format!(
        "{}, {}",
        assessment.assessor,
        assessment.date.to_long_form()
    )
}

/// An assessment in a line.
fn assessment_text(register: &Register, assessment: &Assessment) -> String {
    let mut line = format!(
        "{} ({})",
        assessment.status.label(),
        attribution(assessment)
    );
    if let Some(note) = &assessment.note {
        line.push_str(&format!(": {note}"));
    }
    let places = assessment.citations.iter();
    let places: Vec<String> = places
        .map(|c| formatting::format_location(register, c))
        .collect();
    if !places.is_empty() {
        line.push_str(&format!("; evidence: {}", places.join(", ")));
    }
    line
}
