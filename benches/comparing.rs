//! How fast two documents are laid side by side: `cargo bench --bench comparing`.
//!
//! Two texts of 200 kB on one thread: a text and its next version, two that have nothing in common,
//! one with itself, and one that says the same few sentences again and again. Goal: less than a
//! second each. Times are medians.

use linchpin_compare::{RowKind, documents};
use linchpin_text::prose::Prose;
use std::hint::black_box;
use std::time::Instant;

const BYTES: usize = 200_000;
const ROUNDS: usize = 9;
const GOAL_MS: f64 = 1_000.0;

/// Numbers that look random and never change (a linear congruence, Knuth's constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }
}

/// Sentences of words of which few are frequent and many are rare, as in any text.
fn sentences(dice: &mut Dice, vocabulary: usize) -> Vec<String> {
    let mut all = Vec::new();
    let mut bytes = 0;
    while bytes < BYTES {
        let count = 12 + dice.below(24);
        let words: Vec<String> = (0..count)
            .map(|_| {
                let rank = dice.below(vocabulary).min(dice.below(vocabulary));
                format!("w{}", rank.min(dice.below(vocabulary)))
            })
            .collect();
        let sentence = format!("The {}.", words.join(" "));
        bytes += sentence.len() + 1;
        all.push(sentence);
    }
    all
}

/// The next version: a third of the sentences changed by a word, some gone, some new, some moved.
fn next(all: &[String], dice: &mut Dice) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for sentence in all {
        match dice.below(20) {
            0 => {}
            1 => out.insert(dice.below(out.len() + 1), sentence.clone()),
            2 => {
                out.push(sentence.clone());
                out.push(format!(
                    "A new sentence with number {}.",
                    dice.below(100_000)
                ));
            }
            3..=8 => out.push(sentence.replacen(" w", " and other w", 1)),
            _ => out.push(sentence.clone()),
        }
    }
    out
}

fn text(sentences: &[String]) -> Prose {
    let mut out = String::new();
    for (at, sentence) in sentences.iter().enumerate() {
        out.push_str(sentence);
        out.push(if at % 6 == 5 { '\n' } else { ' ' });
    }
    Prose::new(out)
}

fn main() {
    let mut dice = Dice(7);
    let one = sentences(&mut dice, 6_000);
    let version = next(&one, &mut dice);
    let other = sentences(&mut Dice(99), 60_000);
    let few: Vec<String> = one
        .iter()
        .take(5)
        .cycle()
        .take(one.len())
        .cloned()
        .collect();
    let common = sentences(&mut Dice(5), 40);
    let more = next(&common, &mut dice);
    for (what, a, b) in [
        ("a text and its next version", &one, &version),
        ("two texts with nothing in common", &one, &other),
        ("a text with itself", &one, &one),
        ("the same five sentences throughout", &few, &few),
        (
            "forty words throughout, and its next version",
            &common,
            &more,
        ),
    ] {
        measure(what, &text(a), &text(b));
    }
}

fn measure(what: &str, a: &Prose, b: &Prose) {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            black_box(documents(black_box(a), black_box(b)));
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let median = times.get(ROUNDS / 2).copied().unwrap_or_default();
    let found = documents(a, b);
    let word = if median < GOAL_MS { "within" } else { "BEYOND" };
    println!(
        "{what}: {:.0} kB and {:.0} kB, {median:.1} ms ({word} {GOAL_MS} ms); {} same, {} changed, \
        {} moved, {} new, {} gone",
        a.text().len() as f64 / 1e3,
        b.text().len() as f64 / 1e3,
        found.count(RowKind::Same),
        found.count(RowKind::Changed),
        found.count(RowKind::Moved),
        found.count(RowKind::New),
        found.count(RowKind::Gone),
    );
}
