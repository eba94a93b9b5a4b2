//! Lists inside of records that only parts of differ: citations, comparisons.

use super::entry::Pair;
use linchpin_register::tables::words;
use linchpin_register::vocabulary::Voice;
use linchpin_register::{Citation, Continuity, Register};

/// The items of each list that the other lacks, in their order.
pub(super) fn leftovers<'a, T: PartialEq>(old: &'a [T], new: &'a [T]) -> (Vec<&'a T>, Vec<&'a T>) {
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

/// The first items beside each other, then what one side has more.
fn beside<'a, T>(old: &[&'a T], new: &[&'a T]) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let rows = 0..old.len().max(new.len());
    rows.map(|at| (old.get(at).copied(), new.get(at).copied()))
        .collect()
}

/// How the citations of a record differ.
pub(super) fn citations(
    (before, old): (&Register, &[Citation]),
    (after, new): (&Register, &[Citation]),
) -> Vec<Pair> {
    let (gone, come) = leftovers(old, new);
    let mut pairs = Vec::new();
    for row in beside(&gone, &come) {
        match row {
            (Some(a), Some(b)) if a.document == b.document => {
                corrected(before, a, after, b, &mut pairs)
            }
            (a, b) => pairs.push(Pair {
                label: "citation".into(),
                old: a.map(|a| citation(before, a)),
                new: b.map(|b| citation(after, b)),
            }),
        }
    }
    or_order(pairs, "citations")
}

/// Nothing was added or taken out: then only the order differs.
fn or_order(mut pairs: Vec<Pair>, label: &str) -> Vec<Pair> {
    if pairs.is_empty() {
        pairs.push(Pair {
            label: label.into(),
            old: None,
            new: None,
        });
    }
    pairs
}

fn corrected(
    before: &Register,
    a: &Citation,
    after: &Register,
    b: &Citation,
    pairs: &mut Vec<Pair>,
) {
    let count = pairs.len();
    let mut add = |label: &str, old: Option<String>, new: Option<String>| {
        if old != new {
            pairs.push(Pair {
                label: label.into(),
                old,
                new,
            });
        }
    };
    let place = |register: &Register, citation: &Citation| {
        citation
            .paragraph
            .map(|_| words::format_location(register, citation))
    };
    let phrase = |citation: &Citation| citation.phrase.as_ref().map(|p| format!("“{p}”"));
    let paragraph = a.paragraph != b.paragraph;
    if paragraph {
        add("paragraph", place(before, a), place(after, b));
    }
    add("phrase", phrase(a), phrase(b));
    add("speaker", Some(voice(before, a)), Some(voice(after, b)));
    add("remark of the citation", a.note.clone(), b.note.clone());
    if pairs.len() == count {
        pairs.push(Pair {
            label: "citation".into(),
            old: Some(citation(before, a)),
            new: Some(citation(after, b)),
        });
    }
}

fn voice(register: &Register, citation: &Citation) -> String {
    let voice = citation.effective_voice().label();
    match &citation.speaker {
        Some(speaker) => format!("{voice}: {}", register.short_title_of(speaker.as_str())),
        None => voice.to_owned(),
    }
}

/// A citation in a line: "Defense Vision ¶5 “will hold”".
pub(super) fn citation(register: &Register, citation: &Citation) -> String {
    let mut line = words::format_location(register, citation);
    if let Some(phrase) = &citation.phrase {
        line.push_str(&format!(" “{phrase}”"));
    }
    if citation.effective_voice() != Voice::Document || citation.speaker.is_some() {
        line.push_str(&format!(" ({})", voice(register, citation)));
    }
    if citation.external {
        line.push_str(" (external)");
    }
    line
}

/// How the comparisons of a commitment with other documents differ.
pub(super) fn comparisons(
    (before, old): (&Register, &[Continuity]),
    (after, new): (&Register, &[Continuity]),
) -> Vec<Pair> {
    let (gone, come) = leftovers(old, new);
    let rows = beside(&gone, &come).into_iter();
    let pairs = rows.map(|(a, b)| Pair {
        label: "comparison".into(),
        old: a.map(|a| comparison(before, a)),
        new: b.map(|b| comparison(after, b)),
    });
    or_order(pairs.collect(), "comparisons")
}

fn comparison(register: &Register, continuity: &Continuity) -> String {
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
