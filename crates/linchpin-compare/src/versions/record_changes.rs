//! What the differing fields of one record mean: its step, its assessments, and lists that only
//! parts of differ.

use super::snapshots::{VersionPair, snapshot, value_diff};
use super::version_change::{DiffField, ValueDiff, VersionChange, VersionChangeKind};
use linchpin_edit::FieldChange;
use linchpin_register::tables::formatting;
use linchpin_register::vocabulary::{FulfillmentStatus, Voice};
use linchpin_register::{
    Assessment, Citation, Commitment, Continuity, LadderStep, RecordKind, RecordRef, Register,
};

/// The changes of a record that both versions have.
pub(super) fn record_changes(
    versions: &VersionPair<'_>,
    old: RecordRef,
    new: RecordRef,
    fields: &[FieldChange],
) -> Vec<VersionChange> {
    let kind = new.kind;
    let mut found: Vec<(VersionChangeKind, Vec<ValueDiff>)> = Vec::new();
    let commitments = commitments(versions, old, new);
    let step = commitments.and_then(|(a, b)| step_change(versions, a, b));
    let has_step = step.is_some();
    found.extend(step);
    for spec in kind.fields() {
        let Some(change) = fields.iter().find(|change| change.name == spec.name) else {
            continue;
        };
        // In the order of the declaration, so that both directions tell the same fields in the same
        // order; what means the same is told as one change.
        let (what, pairs) = match (spec.name, commitments) {
            // The step says it.
            ("strength" | "verb", _) if has_step => continue,
            ("status", Some((a, b))) => assessment_changes(
                (&versions.old.register, &a.status),
                (&versions.new.register, &b.status),
            ),
            ("continuity", Some((a, b))) => {
                let pairs = continuity_changes(
                    (&versions.old.register, &a.continuity),
                    (&versions.new.register, &b.continuity),
                );
                (VersionChangeKind::ContinuityChanged, pairs)
            }
            ("citations", _) => (
                VersionChangeKind::CitationChanged,
                citation_list_changes(versions, old, new),
            ),
            (name, _) => (
                change_kind_of_field(kind, name),
                vec![value_diff(versions, old, new, change)],
            ),
        };
        match found.iter_mut().find(|(other, _)| *other == what) {
            Some((_, all)) => all.extend(pairs),
            None => found.push((what, pairs)),
        }
    }
    // A field that no version of the program knows of.
    let known = |change: &&FieldChange| kind.fields().iter().any(|spec| spec.name == change.name);
    let unknown_fields = fields.iter().filter(|change| !known(change));
    let unknown_fields: Vec<ValueDiff> = unknown_fields
        .map(super::snapshots::source_value_diff)
        .collect();
    if !unknown_fields.is_empty() {
        found.push((VersionChangeKind::Changed, unknown_fields));
    }
    let entry = |(what, pairs)| VersionChange {
        kind: what,
        record_kind: Some(kind),
        old: versions.old_snapshot(old),
        new: snapshot(&versions.new.register, new),
        value_diffs: pairs,
        reason: None,
        count: 1,
    };
    found.into_iter().map(entry).collect()
}

fn commitments<'a>(
    versions: &VersionPair<'a>,
    old: RecordRef,
    new: RecordRef,
) -> Option<(&'a Commitment, &'a Commitment)> {
    if new.kind != RecordKind::Commitment {
        return None;
    }
    let a = versions.old.register.commitments.get(old.index as usize)?;
    Some((
        a,
        versions.new.register.commitments.get(new.index as usize)?,
    ))
}

/// The step of a commitment before and after, where it is another one.
pub(super) fn step_change(
    versions: &VersionPair<'_>,
    a: &Commitment,
    b: &Commitment,
) -> Option<(VersionChangeKind, Vec<ValueDiff>)> {
    let (before, after) = (&versions.old.register, &versions.new.register);
    let what = step_change_kind(a.effective_step(before), b.effective_step(after))?;
    let pair = ValueDiff {
        field: DiffField::Step,
        old: Some(step_with_verb(before, a)),
        new: Some(step_with_verb(after, b)),
    };
    Some((what, vec![pair]))
}

fn citation_list_changes(
    versions: &VersionPair<'_>,
    old: RecordRef,
    new: RecordRef,
) -> Vec<ValueDiff> {
    let (before, after) = (&versions.old.register, &versions.new.register);
    match (before.record(old), after.record(new)) {
        (Some(a), Some(b)) => citation_changes((before, a.citations()), (after, b.citations())),
        _ => Vec::new(),
    }
}

/// What it means that a field says something else.
fn change_kind_of_field(kind: RecordKind, field: &str) -> VersionChangeKind {
    use RecordKind::{Commitment, Concern, Figure};
    match (kind, field) {
        (_, "note" | "strength_note") => VersionChangeKind::NotesChanged,
        (Commitment, "title" | "statement" | "verb" | "hedges")
        | (Figure, "title" | "statement" | "qualifier")
        | (Concern, "title" | "statement" | "hedge") => VersionChangeKind::Reworded,
        (Commitment, "committers" | "recipients") => VersionChangeKind::PartiesChanged,
        (Commitment, "priority" | "themes" | "obligations") => VersionChangeKind::SubjectChanged,
        _ => VersionChangeKind::Changed,
    }
}

/// The step with its verb: "4 · resolve (“will”)".
pub(super) fn step_with_verb(register: &Register, commitment: &Commitment) -> String {
    let step = commitment.effective_step(register);
    let step = step.map_or_else(|| "no step".to_owned(), LadderStep::ranked_label);
    format!("{step} (“{}”)", commitment.verb)
}

/// Which way a commitment went on the ladder; `None` where it stands on the same step.
fn step_change_kind(
    old: Option<&LadderStep>,
    new: Option<&LadderStep>,
) -> Option<VersionChangeKind> {
    let id = |step: Option<&LadderStep>| step.map(|step| step.id.clone());
    if id(old) == id(new) {
        return None;
    }
    let rank = |step: Option<&LadderStep>| step.and_then(|step| step.rank);
    Some(match (rank(old), rank(new)) {
        (Some(old), Some(new)) if old > new => VersionChangeKind::Weakened,
        (Some(old), Some(new)) if old < new => VersionChangeKind::Strengthened,
        _ => VersionChangeKind::StepChanged,
    })
}

/// What became of the assessments, the status before and after first: the list is only ever to
/// grow.
fn assessment_changes(
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

/// The items of each list that the other lacks, in their order.
fn unmatched_items<'a, T: PartialEq>(old: &'a [T], new: &'a [T]) -> (Vec<&'a T>, Vec<&'a T>) {
    let mut rest: Vec<&T> = new.iter().collect();
    let mut gone = Vec::new();
    for item in old {
        match rest.iter().position(|other| *other == item) {
            // Taken out, so that an item that stands twice here needs two there.
            Some(at) => drop(rest.remove(at)),
            None => gone.push(item),
        }
    }
    (gone, rest)
}

/// The first items in pairs, then what one side has more.
fn zip_longest<'a, T>(old: &[&'a T], new: &[&'a T]) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let rows = 0..old.len().max(new.len());
    rows.map(|at| (old.get(at).copied(), new.get(at).copied()))
        .collect()
}

/// How the citations of a record differ.
fn citation_changes(
    (before, old): (&Register, &[Citation]),
    (after, new): (&Register, &[Citation]),
) -> Vec<ValueDiff> {
    let (removed, added) = unmatched_items(old, new);
    let mut pairs = Vec::new();
    for row in zip_longest(&removed, &added) {
        match row {
            (Some(a), Some(b)) if a.document == b.document => {
                corrected_citation_changes(before, a, after, b, &mut pairs)
            }
            (a, b) => pairs.push(ValueDiff {
                field: DiffField::Citation,
                old: a.map(|a| citation_text(before, a)),
                new: b.map(|b| citation_text(after, b)),
            }),
        }
    }
    or_reordered(pairs, DiffField::Citations)
}

/// Nothing was added or taken out: then only the order differs.
fn or_reordered(mut pairs: Vec<ValueDiff>, field: DiffField) -> Vec<ValueDiff> {
    if pairs.is_empty() {
        pairs.push(ValueDiff {
            field,
            old: None,
            new: None,
        });
    }
    pairs
}

fn corrected_citation_changes(
    before: &Register,
    a: &Citation,
    after: &Register,
    b: &Citation,
    pairs: &mut Vec<ValueDiff>,
) {
    let count = pairs.len();
    let mut add = |field: DiffField, old: Option<String>, new: Option<String>| {
        if old != new {
            pairs.push(ValueDiff { field, old, new });
        }
    };
    let place = |register: &Register, citation: &Citation| {
        citation
            .paragraph
            .map(|_| formatting::format_location(register, citation))
    };
    let phrase = |citation: &Citation| citation.phrase.as_ref().map(|p| format!("“{p}”"));
    let paragraph = a.paragraph != b.paragraph;
    if paragraph {
        add(DiffField::Paragraph, place(before, a), place(after, b));
    }
    add(DiffField::Phrase, phrase(a), phrase(b));
    add(
        DiffField::Speaker,
        Some(voice_text(before, a)),
        Some(voice_text(after, b)),
    );
    add(DiffField::CitationNote, a.note.clone(), b.note.clone());
    // Something else differs, such as that it is external now: the citation as a whole tells it.
    if pairs.len() == count {
        pairs.push(ValueDiff {
            field: DiffField::Citation,
            old: Some(citation_text(before, a)),
            new: Some(citation_text(after, b)),
        });
    }
}

fn voice_text(register: &Register, citation: &Citation) -> String {
    let voice = citation.effective_voice().label();
    match &citation.speaker {
        Some(speaker) => format!("{voice}: {}", register.short_title_of(speaker.as_str())),
        None => voice.to_owned(),
    }
}

/// A citation in a line: "Defense Vision ¶5 “will hold”".
fn citation_text(register: &Register, citation: &Citation) -> String {
    let mut line = formatting::format_location(register, citation);
    if let Some(phrase) = &citation.phrase {
        line.push_str(&format!(" “{phrase}”"));
    }
    if citation.effective_voice() != Voice::Document || citation.speaker.is_some() {
        line.push_str(&format!(" ({})", voice_text(register, citation)));
    }
    if citation.external {
        line.push_str(" (external)");
    }
    line
}

/// How the comparisons of a commitment with other documents differ.
fn continuity_changes(
    (before, old): (&Register, &[Continuity]),
    (after, new): (&Register, &[Continuity]),
) -> Vec<ValueDiff> {
    let (removed, added) = unmatched_items(old, new);
    let rows = zip_longest(&removed, &added).into_iter();
    let pairs = rows.map(|(a, b)| ValueDiff {
        field: DiffField::Comparison,
        old: a.map(|a| continuity_text(before, a)),
        new: b.map(|b| continuity_text(after, b)),
    });
    or_reordered(pairs.collect(), DiffField::Comparisons)
}

fn continuity_text(register: &Register, continuity: &Continuity) -> String {
    let against = register.short_title_of(continuity.against.as_str());
    let mut line = format!("{} against {against}", continuity.change.label());
    if let Some(earlier) = &continuity.earlier {
        line.push_str(&format!(
            " (“{}”)",
            register.short_title_of(earlier.as_str())
        ));
    }
    if let Some(note) = &continuity.note {
        line.push_str(&format!(": {note}"));
    }
    line
}
