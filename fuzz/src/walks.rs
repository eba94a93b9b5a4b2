//! Any bytes, taken as a sequence of edits of a small register: what the tests of random edits hold
//! after each step holds here as well.

pub mod dice;
#[path = "../../crates/linchpin-edit/tests/edits/random/edit_generator.rs"]
mod edit_generator;
#[path = "../../crates/linchpin-edit/tests/edits/random/model.rs"]
mod model;
#[path = "../../crates/linchpin-edit/tests/edits/random/registers.rs"]
pub mod registers;
#[path = "../../crates/linchpin-edit/tests/edits/random/unchanged_parts.rs"]
mod unchanged_parts;
#[allow(dead_code)]
#[path = "../../crates/linchpin-edit/tests/edits/random/walk.rs"]
mod walk;

use dice::Random;
use registers::{SECOND, SMALL, files, messy};
use walk::Walk;

pub const TINY: &str = r#"(format: 1, title: "T",
    parties: [
        (id: "a", name: "A", kind: State), // ours
        (id: "b", name: r"B", kind: Grouping, members: ["a", "c"], note: Some("n")),
    ],
    // groups
    themes: [(id: "t", name: "하나"), (id: "u", name: "U")], documents: [(id: "d", title: "D",
        short: "D", kind: Treaty, issuers: ["a"], legal_character: LegallyBinding,
        date: (date: "2020", basis: Stated), number: 1_000,
    )],
)"#;

/// Makes the edits that the bytes stand for.
pub fn edits_of(data: &[u8]) {
    let mut random = Random::new(data);
    let start = match random.below(6) {
        0 => files(&[TINY]),
        1 => files(&[&TINY.replace('\n', "\r\n")]),
        2 => files(&[&messy(TINY, &mut random)]),
        3 => files(&[SMALL]),
        4 => files(&[SECOND, &TINY.replace('\n', "\r\n")]),
        _ => files(&[TINY, &messy(SECOND, &mut random)]),
    };
    let steps = 1 + random.below(12);
    Walk::new(start, 0, random).go(steps);
}
