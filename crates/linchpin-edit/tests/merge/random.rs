//! Whatever both sides did: nothing is lost, nothing is guessed, nothing breaks.

use super::Random;
use super::messy::{Reach, bases, edited, loaded};
use linchpin_edit::{ConflictKind, MergeSide, ThreeWayMerge, resolve_conflicts, three_way_merge};
use linchpin_register::LoadedRegister;
use ron_lossless::{TokenKind, tokens};
use std::collections::{BTreeMap, HashMap};

const TRIES: usize = 60;

const ANYTHING: Reach<'_> = Reach {
    only_fields: false,
    records: &|at| at % 4 == 0,
};

const FIELDS: Reach<'_> = fields_of(&|at| at % 7 == 0);

const fn fields_of(records: &dyn Fn(usize) -> bool) -> Reach<'_> {
    Reach {
        only_fields: true,
        records,
    }
}

/// Diagnostics by their words, with how often each is there.
fn problems(loaded: &LoadedRegister) -> HashMap<String, usize> {
    let mut found = HashMap::new();
    for problem in loaded.diagnostics.iter() {
        *found
            .entry(format!("{} {}", problem.code, problem.message))
            .or_default() += 1;
    }
    found
}

fn comments(text: &str) -> Vec<&str> {
    let is_comment = |kind| matches!(kind, TokenKind::LineComment | TokenKind::BlockComment);
    let found = tokens(text).filter(|token| is_comment(token.kind));
    found.map(|token| token.span.of(text).trim_end()).collect()
}

/// Every field of every record, and those of the register.
fn fields(loaded: &LoadedRegister) -> BTreeMap<(String, String), serde_json::Value> {
    let mut found = BTreeMap::new();
    for (_, record) in loaded.register.iter_records() {
        if let serde_json::Value::Object(object) = record.json() {
            for (name, value) in object {
                found.insert((record.id().to_owned(), name), value);
            }
        }
    }
    let text = |text: &Option<String>| serde_json::to_value(text).unwrap();
    let title = loaded.register.title.clone().into();
    found.insert((String::new(), "title".into()), title);
    found.insert(
        (String::new(), "summary".into()),
        text(&loaded.register.summary),
    );
    found.insert(
        (String::new(), "license".into()),
        text(&loaded.register.license),
    );
    found
}

fn merged(base: &str, ours: &str, theirs: &str) -> ThreeWayMerge {
    three_way_merge(&loaded(base), &loaded(ours), &loaded(theirs))
}

fn told(base: &str, ours: &str, theirs: &str, merge: &ThreeWayMerge, text: &str) -> String {
    let conflicts: Vec<String> = merge.conflicts.iter().map(ToString::to_string).collect();
    format!(
        "--- base\n{base}\n--- mine\n{}\n--- theirs\n{}\n--- merged\n{text}\n--- {conflicts:#?}",
        similar_lines(base, ours),
        similar_lines(base, theirs)
    )
}

/// The lines of `new` that `old` lacks, and those that are gone.
fn similar_lines(old: &str, new: &str) -> String {
    let gone = old
        .lines()
        .filter(|line| !new.lines().any(|other| other == *line));
    let come = new
        .lines()
        .filter(|line| !old.lines().any(|other| other == *line));
    let gone = gone.map(|line| format!("-{line}\n"));
    gone.chain(come.map(|line| format!("+{line}\n"))).collect()
}

#[test]
fn one_side_alone_is_taken_byte_for_byte() {
    let mut random = Random(11);
    for base in bases() {
        for _ in 0..40 {
            let side = edited(&base, &mut random, ANYTHING);
            for text in [
                merged(&base, &base, &side),
                merged(&base, &side, &base),
                merged(&base, &side, &side),
            ] {
                assert_eq!(text.text, side);
                assert!(text.conflicts.is_empty());
            }
        }
    }
}

#[test]
fn the_merged_text_is_sound_however_it_is_decided() {
    let mut random = Random(7);
    for base in bases() {
        for _ in 0..TRIES {
            let ours = edited(&base, &mut random, ANYTHING);
            let theirs = edited(&base, &mut random, ANYTHING);
            let merge = merged(&base, &ours, &theirs);
            assert_eq!(
                merge.text,
                merged(&base, &ours, &theirs).text,
                "not the same twice"
            );
            let count = merge.conflicts.len();
            let (all_mine, all_theirs) =
                (vec![MergeSide::Ours; count], vec![MergeSide::Theirs; count]);
            assert_eq!(resolve_conflicts(&merge, &all_theirs), merge.text);
            let known: Vec<_> = [&base, &ours, &theirs]
                .map(|text| problems(&loaded(text)))
                .into();
            for text in [merge.text.clone(), resolve_conflicts(&merge, &all_mine)] {
                let after = loaded(&text).checked_with_ron();
                let tell = || told(&base, &ours, &theirs, &merge, &text);
                assert!(!after.is_broken, "{:?}\n{}", after.diagnostics, tell());
                for (problem, times) in problems(&after) {
                    let before = known.iter().filter_map(|known| known.get(&problem)).max();
                    assert!(before >= Some(&times), "{problem}\n{}", tell());
                }
            }
        }
    }
}

#[test]
fn each_side_s_fields_have_that_side_s_values() {
    let mut random = Random(3);
    let mut with_conflicts = 0;
    for base in bases() {
        for _ in 0..TRIES {
            let ours = edited(&base, &mut random, FIELDS);
            let theirs = edited(&base, &mut random, FIELDS);
            let merge = merged(&base, &ours, &theirs);
            with_conflicts += usize::from(!merge.conflicts.is_empty());
            let all_mine = resolve_conflicts(&merge, &vec![MergeSide::Ours; merge.conflicts.len()]);
            let of = |text: &str| fields(&loaded(text));
            let (b, m, t) = (of(&base), of(&ours), of(&theirs));
            let (kept, taken) = (of(&merge.text), of(&all_mine));
            let asks = merge
                .conflicts
                .iter()
                .any(|c| matches!(c.kind, ConflictKind::Incompatible | ConflictKind::WholeText));
            for key in b.keys().chain(m.keys()).chain(t.keys()) {
                let (b, m, t) = (b.get(key), m.get(key), t.get(key));
                let tell = || {
                    format!(
                        "{key:?}\n{}",
                        told(&base, &ours, &theirs, &merge, &merge.text)
                    )
                };
                if asks {
                    continue;
                }
                let want = if b == m {
                    t
                } else if b == t || m == t {
                    m
                } else {
                    continue;
                };
                assert_eq!(kept.get(key), want, "{}", tell());
                assert_eq!(taken.get(key), want, "{}", tell());
            }
        }
    }
    assert!(with_conflicts > 5, "{with_conflicts}");
}

#[test]
fn edits_of_different_records_never_ask() {
    let mut random = Random(5);
    for base in bases() {
        for _ in 0..TRIES {
            let ours = edited(&base, &mut random, fields_of(&|at| at % 2 == 0));
            let theirs = edited(&base, &mut random, fields_of(&|at| at % 2 == 1));
            let merge = merged(&base, &ours, &theirs);
            let tell = || told(&base, &ours, &theirs, &merge, &merge.text);
            assert!(merge.conflicts.is_empty(), "{}", tell());
            if ours != base && ours != theirs {
                assert!(!merge.our_changes.is_empty(), "{}", tell());
            }
        }
    }
}

#[test]
fn no_comment_of_either_side_is_lost() {
    let mut random = Random(13);
    for base in bases() {
        for _ in 0..TRIES {
            let ours = edited(&base, &mut random, ANYTHING);
            let theirs = edited(&base, &mut random, ANYTHING);
            let merge = merged(&base, &ours, &theirs);
            let all_mine = resolve_conflicts(&merge, &vec![MergeSide::Ours; merge.conflicts.len()]);
            let before = comments(&base);
            for (side, text) in [(&ours, &all_mine), (&theirs, &merge.text)] {
                let after = comments(text);
                let new = comments(side)
                    .into_iter()
                    .filter(|comment| !before.contains(comment));
                for comment in new {
                    assert!(
                        after.contains(&comment),
                        "{comment}\n{}",
                        told(&base, &ours, &theirs, &merge, text)
                    );
                }
            }
        }
    }
}

#[test]
fn broken_texts_are_asked_about_as_a_whole() {
    let mut random = Random(17);
    for base in bases() {
        for _ in 0..40 {
            let mut texts = [
                base.clone(),
                edited(&base, &mut random, ANYTHING),
                edited(&base, &mut random, ANYTHING),
            ];
            let broken = &mut texts[random.below(3)];
            let mut from = random.below(broken.len());
            while !broken.is_char_boundary(from) {
                from -= 1;
            }
            let length = broken[from..].chars().next().map_or(0, char::len_utf8);
            broken.replace_range(
                from..from + length,
                ["", "\"", "(", "]", "/*", ","][random.below(6)],
            );
            let [base, ours, theirs] = &texts;
            let merge = merged(base, ours, theirs);
            let all_mine = resolve_conflicts(&merge, &vec![MergeSide::Ours; merge.conflicts.len()]);
            if [base, ours, theirs]
                .iter()
                .all(|text| loaded(text).is_broken)
                && base != ours
                && base != theirs
                && ours != theirs
            {
                assert_eq!((&merge.text, &all_mine), (theirs, ours));
            }
        }
    }
}
