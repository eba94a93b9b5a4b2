//! Whatever was changed: a register does not differ from itself, and looking from the other side
//! tells the same the other way round.

use crate::Random;
use crate::messy::{Reach, bases, edited, loaded};
use crate::registers;
use linchpin_compare::versions::{
    ValueDiff, VersionChange, VersionChangeKind, VersionDiff, diff_versions,
};

const TRIES: usize = 60;

const ANYTHING: Reach<'_> = Reach {
    only_fields: false,
    records: &|_| true,
};

/// What the other side should tell of this change.
fn mirrored(entry: &VersionChange) -> VersionChange {
    let swap = |pair: &ValueDiff| ValueDiff {
        field: pair.field.clone(),
        old: pair.new.clone(),
        new: pair.old.clone(),
    };
    let mut pairs: Vec<ValueDiff> = entry.value_diffs.iter().map(swap).collect();
    // Assessments that are gone stand before those that have come.
    pairs.sort_by_key(|pair| format!("{pair:?}"));
    VersionChange {
        kind: entry.kind.inverted(),
        record_kind: entry.record_kind,
        old: entry.new.clone(),
        new: entry.old.clone(),
        value_diffs: pairs,
        reason: None,
        count: entry.count,
    }
}

fn plain(entry: &VersionChange) -> VersionChange {
    mirrored(&mirrored(entry))
}

fn sorted(entries: impl Iterator<Item = VersionChange>) -> Vec<String> {
    let mut all: Vec<String> = entries.map(|entry| format!("{entry:#?}")).collect();
    all.sort();
    all
}

fn hold(a: &str, b: &str) -> VersionDiff {
    let (a, b) = (loaded(a), loaded(b));
    for same in [&a, &b] {
        assert_eq!(diff_versions(same, same), VersionDiff::default());
    }
    let (there, back) = (diff_versions(&a, &b), diff_versions(&b, &a));
    assert_eq!(there.changes.is_empty(), a.text == b.text, "{}", b.text);
    let told = sorted(there.changes.iter().map(plain));
    let mirror = sorted(back.changes.iter().map(mirrored));
    assert_eq!(told, mirror, "--- a\n{}\n--- b\n{}", a.text, b.text);
    for entry in &there.changes {
        let line = entry.headline();
        assert!(!line.is_empty() && !line.contains('\n'), "{entry:?}");
    }
    there
}

#[test]
fn what_one_side_tells_the_other_tells_the_other_way_round() {
    let mut random = Random(0x5EED_0001);
    let mut seen = std::collections::BTreeSet::new();
    let mut all = bases();
    all.push(registers::SMALL.to_owned());
    all.push(linchpin_register::bundled::ALLIANCE_TEXT.to_owned());
    for base in all {
        let tries = if base.len() > 50_000 { 12 } else { TRIES };
        for _ in 0..tries {
            let a = edited(&base, &mut random, ANYTHING);
            let b = edited(&a, &mut random, ANYTHING);
            let found = hold(&a, &b);
            seen.extend(found.changes.iter().map(|entry| entry.kind));
        }
    }
    for what in [
        VersionChangeKind::Removed,
        VersionChangeKind::Added,
        VersionChangeKind::Changed,
        VersionChangeKind::Reworded,
        VersionChangeKind::Renamed,
        VersionChangeKind::Reordered,
        VersionChangeKind::Formatting,
        VersionChangeKind::NotesChanged,
    ] {
        assert!(seen.contains(&what), "{what:?} never came about: {seen:?}");
    }
}

#[test]
fn another_layout_says_the_same() {
    let mut random = Random(77);
    for _ in 0..20 {
        let text = registers::messy(registers::SMALL, &mut random);
        let found = hold(registers::SMALL, &text);
        // A text over two lines may have other ends of lines, which is another text.
        let rest: Vec<&VersionChange> = found
            .changes
            .iter()
            .filter(|e| e.kind != VersionChangeKind::Formatting)
            .collect();
        assert!(rest.is_empty() || text.contains('\r'), "{rest:#?}\n{text}");
    }
}

/// Places of a register where what a commitment says is said otherwise: what stands there, and what
/// might.
const SLOTS: &[(&str, &[&str])] = &[
    (
        "verb: \"will\", strength: \"firm\"",
        &[
            "verb: \"intends to\", strength: \"intends\"",
            "verb: \"will\", strength: \"weak\"",
        ],
    ),
    (
        "committers: [\"a\", \"b\"]",
        &["committers: [\"b\", \"a\"]", "committers: [\"a\"]"],
    ),
    (
        "priority: \"p-one\", themes: [\"t-one\", \"t-two\"]",
        &["themes: [\"t-two\"]"],
    ),
    (
        "status: [(date: \"2022\", assessor: \"Kim\", status: NotAssessed, citations: \
        [(document: \"speech\", external: true)])]",
        &[
            "status: []",
            "status: [(date: \"2022\", assessor: \"Kim\", status: NoEvidence, citations: \
            [(document: \"speech\", external: true)])]",
            "status: [(date: \"2022\", assessor: \"Kim\", status: NotAssessed, citations: \
            [(document: \"speech\", external: true)]), (date: \"2024\", assessor: \"이\", status: \
            NoEvidence)]",
        ],
    ),
    ("change: New", &["change: Weakened"]),
    (
        "paragraph: 3, phrase: \"will do\"",
        &[
            "paragraph: 4, phrase: \"will do\"",
            "paragraph: 3, phrase: \"will “do”\"",
        ],
    ),
    ("hedges: [\"if\", \"when possible\"]", &["hedges: [\"if\"]"]),
    (
        "parent: \"c-one\", ",
        &[
            "strength: \"intends\", ",
            "parent: \"c-one\", strength: \"firm\", ",
        ],
    ),
    ("MoreThan(28500)", &["Exactly(28500)", "MoreThan(28600)"]),
    ("\"c-two\"", &["\"c-other\""]),
    ("note: \"x\"", &["note: \"y\""]),
];

fn said_otherwise(random: &mut Random) -> String {
    let mut text = crate::words::base();
    for (is, might) in SLOTS {
        assert!(text.contains(is), "{is}");
        if let Some(other) = might.get(random.below(might.len() + 2)) {
            text = text.replace(is, other);
        }
    }
    text
}

#[test]
fn what_commitments_say_is_mirrored() {
    let mut random = Random(0xC0FFEE);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..250 {
        let (a, b) = (said_otherwise(&mut random), said_otherwise(&mut random));
        seen.extend(hold(&a, &b).changes.iter().map(|entry| entry.kind));
    }
    for what in [
        VersionChangeKind::Weakened,
        VersionChangeKind::Strengthened,
        VersionChangeKind::StepChanged,
        VersionChangeKind::Added,
        VersionChangeKind::Removed,
        VersionChangeKind::Assessed,
        VersionChangeKind::AssessmentRemoved,
        VersionChangeKind::AssessmentCorrected,
        VersionChangeKind::Reworded,
        VersionChangeKind::PartiesChanged,
        VersionChangeKind::SubjectChanged,
        VersionChangeKind::ContinuityChanged,
        VersionChangeKind::CitationChanged,
    ] {
        assert!(seen.contains(&what), "{what:?} never came about: {seen:?}");
    }
}
