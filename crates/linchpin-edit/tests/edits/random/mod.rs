//! Whatever is done to a register, in whatever order: nothing else changes, what is read is what
//! stands there, and all of it can be undone.

mod edit_generator;
mod model;
pub mod registers;
mod unchanged_parts;
mod walk;

use crate::random_numbers::Random;
use linchpin_edit::draft::Draft;
use linchpin_edit::{Edit, EditTarget};
use linchpin_register::{LoadedRegister, load_joined_files};
use registers::{SECOND, SMALL, files, messy};
use walk::Walk;

/// How many walks are taken: more where `LINCHPIN_WALKS=10` asks for ten times as many.
fn walks(usual: u64) -> u64 {
    let times = std::env::var("LINCHPIN_WALKS").ok();
    let times = times.and_then(|times| times.parse::<u64>().ok());
    usual * times.unwrap_or(1)
}

#[test]
fn messy_registers_take_any_sequence_of_edits() {
    let mut done = walk::Tally::default();
    for seed in 1..=walks(40) {
        let mut random = Random(seed * 0x9E37_79B9);
        let text = messy(SMALL, &mut random);
        done += Walk::new(files(&[&text]), seed, random).go(30);
    }
    done.enough();
    assert!(done.fixed > 1, "{}", done.fixed);
}

#[test]
fn two_files_take_any_sequence_of_edits() {
    let mut done = walk::Tally::default();
    for seed in 1..=walks(20) {
        let mut random = Random(seed * 0x51_7C_C1_B7);
        let (one, two) = (messy(SMALL, &mut random), messy(SECOND, &mut random));
        let both = if random.one_in(2) {
            [&*one, &two]
        } else {
            [&*two, &one]
        };
        done += Walk::new(files(&both), seed, random).go(30);
    }
    done.enough();
}

#[test]
fn registers_as_they_are_shipped_take_any_sequence_of_edits() {
    let new = include_str!("../../../../../data/new-register.ron");
    for seed in 1..=walks(3) {
        Walk::new(files(&[new]), seed, Random(seed * 77)).go(30);
    }
    Walk::new(
        files(&[linchpin_register::bundled::ALLIANCE_TEXT]),
        1,
        Random(42),
    )
    .go(8);
}

#[test]
fn several_edits_in_one_step_are_the_same_as_one_after_the_other() {
    let (mut several, mut of_one_record) = (0, 0);
    for seed in 1..=walks(150) {
        let mut random = Random(seed * 0x2545_F491);
        let (one, two) = (messy(SMALL, &mut random), messy(SECOND, &mut random));
        let start = match random.below(3) {
            0 => files(&[&one, &two]),
            1 => files(&[&one]),
            _ => files(&[SMALL]),
        };
        let mut draft = Draft::new(start.text.clone(), start.files.clone());
        let mut now = start.clone();
        let mut edits: Vec<Edit> = Vec::new();
        for _ in 0..2 + random.below(5) {
            let Some(edit) = next_edit(&now, &edits, &mut random) else {
                continue;
            };
            if draft.apply_edit(&now, &edit) == Ok(true) {
                now = load_joined_files(draft.text().clone(), draft.parts().clone());
                edits.push(edit);
            }
        }
        let targets: Vec<_> = edits.iter().filter_map(target).collect();
        several += usize::from(edits.len() > 1);
        of_one_record += usize::from(targets.windows(2).any(|pair| pair[0] == pair[1]));
        let tell = format!("seed {seed}: {edits:#?}\n{}", start.text);
        let label = "Several".to_owned();
        let mut at_once = Draft::new(start.text.clone(), start.files.clone());
        let done = at_once.apply_edit(&start, &Edit::Batch { label, edits });
        assert!(done.is_ok(), "{done:?} {tell}");
        assert_eq!(at_once.text(), draft.text(), "{tell}");
        assert_eq!(at_once.parts(), draft.parts(), "{tell}");
    }
    assert!(
        several > 100 && of_one_record > 50,
        "{several} {of_one_record}"
    );
}

/// An edit of this register, often one of the record that the last edit changed.
fn next_edit(now: &LoadedRegister, edits: &[Edit], random: &mut Random) -> Option<Edit> {
    let last = edits.last().and_then(target).filter(|_| !random.one_in(3));
    let tries = if last.is_some() { 200 } else { 1 };
    let mut found = None;
    for _ in 0..tries {
        found = edit_generator::random_edit(now, random);
        if found.as_ref().and_then(target) == last {
            break;
        }
    }
    found
}

fn target(edit: &Edit) -> Option<&EditTarget> {
    match edit {
        Edit::Field { target, .. } => Some(target),
        _ => None,
    }
}
