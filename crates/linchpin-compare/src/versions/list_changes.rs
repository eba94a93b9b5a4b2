//! Lists inside of records that only parts of differ: citations, comparisons.

use super::version_change::{DiffField, ValueDiff};
use linchpin_register::tables::formatting;
use linchpin_register::vocabulary::Voice;
use linchpin_register::{Citation, Continuity, Register};

/// The items of each list that the other lacks, in their order.
pub(super) fn unmatched_items<'a, T: PartialEq>(
    old: &'a [T],
    new: &'a [T],
) -> (Vec<&'a T>, Vec<&'a T>) {
    let mut rest: Vec<&T> = new.iter().collect();
    let mut gone = Vec::new();
    for item in old {
        match rest.iter().position(|other| *other == item) {
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
pub(super) fn citation_changes(
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
pub(super) fn citation_text(register: &Register, citation: &Citation) -> String {
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
pub(super) fn continuity_changes(
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
