//! Whatever was changed: a register does not differ from itself, and looking from the other side tells the same the other way round.

use crate::messy::{Random, Reach, bases, edited, loaded};
use crate::registers;
use linchpin::versions::{Changes, Entry, Pair, What, changes};

const TRIES: usize = 60;

const ANYTHING: Reach<'_> = Reach {
    only_fields: false,
    records: &|_| true,
};

/// What the other side should tell of this change.
fn mirrored(entry: &Entry) -> Entry {
    let swap = |pair: &Pair| Pair {
        label: pair.label.clone(),
        old: pair.new.clone(),
        new: pair.old.clone(),
    };
    let mut pairs: Vec<Pair> = entry.pairs.iter().map(swap).collect();
    // Assessments that are gone stand before those that have come.
    pairs.sort_by_key(|pair| format!("{pair:?}"));
    Entry {
        what: entry.what.mirrored(),
        kind: entry.kind,
        old: entry.new.clone(),
        new: entry.old.clone(),
        pairs,
        because: None,
        count: entry.count,
    }
}

fn plain(entry: &Entry) -> Entry {
    mirrored(&mirrored(entry))
}

fn sorted(entries: impl Iterator<Item = Entry>) -> Vec<String> {
    let mut all: Vec<String> = entries.map(|entry| format!("{entry:#?}")).collect();
    all.sort();
    all
}

fn hold(a: &str, b: &str) -> Changes {
    let (a, b) = (loaded(a), loaded(b));
    for same in [&a, &b] {
        assert_eq!(changes(same, same), Changes::default());
    }
    let (there, back) = (changes(&a, &b), changes(&b, &a));
    assert_eq!(there.entries.is_empty(), a.text == b.text, "{}", b.text);
    let told = sorted(there.entries.iter().map(plain));
    let mirror = sorted(back.entries.iter().map(mirrored));
    assert_eq!(told, mirror, "--- a\n{}\n--- b\n{}", a.text, b.text);
    for entry in &there.entries {
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
    all.push(linchpin::bundled::TEXT.to_owned());
    for base in all {
        let tries = if base.len() > 50_000 { 12 } else { TRIES };
        for _ in 0..tries {
            let a = edited(&base, &mut random, ANYTHING);
            let b = edited(&a, &mut random, ANYTHING);
            let found = hold(&a, &b);
            seen.extend(found.entries.iter().map(|entry| entry.what));
        }
    }
    for what in [
        What::Gone,
        What::Added,
        What::Changed,
        What::Reworded,
        What::Renamed,
        What::Order,
        What::Layout,
        What::Remarks,
    ] {
        assert!(seen.contains(&what), "{what:?} never came about: {seen:?}");
    }
}

#[test]
fn another_layout_says_the_same() {
    let mut random = crate::dice::Random(77);
    for _ in 0..20 {
        let text = registers::messy(registers::SMALL, &mut random);
        let found = hold(registers::SMALL, &text);
        // A text over two lines may have other ends of lines, which is another text.
        let rest: Vec<&Entry> = found
            .entries
            .iter()
            .filter(|e| e.what != What::Layout)
            .collect();
        assert!(rest.is_empty() || text.contains('\r'), "{rest:#?}\n{text}");
    }
}
