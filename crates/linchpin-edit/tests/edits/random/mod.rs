//! Whatever is done to a register, in whatever order: nothing else changes, what is read is what
//! stands there, and all of it can be undone.

mod edit_generator;
mod model;
pub mod registers;
mod unchanged_parts;
mod walk;

use crate::random_numbers::Random;
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
