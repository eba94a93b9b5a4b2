//! How fast phrases are found in the texts of documents: `cargo bench --bench texts [-- --full]`.
//!
//! 10,000 citations over 1,000 documents of 50 kB, all on one thread: hashing, finding the
//! paragraphs, finding the phrases, and putting what is wrong into words. The texts are in memory;
//! how fast a disk is, is not measured. Goal: less than a second in all, whatever the phrases are.
//! Times are medians.

use linchpin_edit::text_diagnostics::text_diagnostics;
use linchpin_reading::text_library::TextFileBytes;
use linchpin_reading::{TextLibrary, verify_citations};
use linchpin_register::{LoadedRegister, load};
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

const DOCUMENTS: usize = 1_000;
const CITATIONS: usize = 10_000;
const TEXT_BYTES: usize = 50_000;
const PARAGRAPH_BYTES: usize = 500;
const GOAL_MS: f64 = 1_000.0;
const WORDS: [&str; 24] = [
    "the",
    "two",
    "sides",
    "will",
    "continue",
    "to",
    "consult",
    "on",
    "“extended",
    "deterrence”",
    "–",
    "U.S.",
    "ROK’s",
    "posture",
    "and",
    "readiness",
    "in",
    "2024…",
    "양국은",
    "확장억제를",
    "협의한다.",
    "exercises",
    "for",
    "the",
];

/// Numbers that look random and never change (a linear congruence, Knuth's constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % limit
    }
}

/// How the citations' phrases stand in their texts.
#[derive(Clone, Copy, PartialEq)]
enum Phrases {
    Exact,
    /// Half exact; the rest normalized, moved and broken in turn.
    Mixed,
    OtherType,
    Broken,
}

fn main() {
    let rounds = if std::env::args().any(|a| a == "--full") {
        15
    } else {
        5
    };
    let texts: Vec<Vec<String>> = (0..DOCUMENTS).map(|seed| text(seed as u64)).collect();
    let bytes: usize = texts.iter().flatten().map(|line| line.len() + 1).sum();
    println!(
        "{CITATIONS} citations, {DOCUMENTS} texts, {:.1} MB",
        bytes as f64 / 1e6
    );
    for (what, phrases) in [
        ("all exact", Phrases::Exact),
        ("half exact", Phrases::Mixed),
        ("all in other type", Phrases::OtherType),
        ("all broken", Phrases::Broken),
    ] {
        let loaded = load(register(&texts, phrases), Vec::new());
        assert_eq!(
            loaded.diagnostic_count(),
            0,
            "{:?}",
            loaded.diagnostics.first()
        );
        measure(what, &loaded, &texts, rounds);
    }
}

/// The paragraphs of a text.
fn text(seed: u64) -> Vec<String> {
    let mut dice = Dice(seed + 2023);
    let mut paragraphs = Vec::new();
    let mut bytes = 0;
    while bytes < TEXT_BYTES {
        let mut paragraph = String::new();
        while paragraph.len() < PARAGRAPH_BYTES {
            // A word of its own here and there, so that phrases differ.
            match dice.below(6) {
                0 => {
                    let _ = write!(paragraph, "word{} ", dice.below(100_000));
                }
                _ => paragraph.extend([WORDS[dice.below(WORDS.len())], " "]),
            }
        }
        bytes += paragraph.len() + 1;
        paragraphs.push(paragraph);
    }
    paragraphs
}

fn register(texts: &[Vec<String>], phrases: Phrases) -> String {
    let mut dice = Dice(7);
    let mut out = String::from(
        "(format: 1, title: \"T\", parties: [(id: \"us\", name: \"U\", kind: State)],\n documents: \
        [\n",
    );
    for index in 0..texts.len() {
        // Writing to a text cannot fail.
        let _ = writeln!(
            out,
            "(id: \"d-{index}\", title: \"D\", short: \"D\", kind: Treaty, legal_character: \
            LegallyBinding, date: (date: \"2020\", basis: Stated), url: \"https://example.org\"),"
        );
    }
    out.push_str(" ],\n bodies: [\n");
    for index in 0..CITATIONS {
        let document = dice.below(texts.len());
        let of = texts.get(document).map_or(&[][..], Vec::as_slice);
        let paragraph = dice.below(of.len());
        let words: Vec<&str> = of
            .get(paragraph)
            .map_or("", String::as_str)
            .split(' ')
            .collect();
        let first = dice.below(words.len().saturating_sub(10).max(1));
        let phrase = words.get(first..first + 8).unwrap_or_default().join(" ");
        let kind = match (phrases, index % 6) {
            (Phrases::Mixed, 0) => Phrases::OtherType,
            (Phrases::Mixed, 1) => Phrases::Broken,
            (Phrases::Mixed, _) => Phrases::Exact,
            (all, _) => all,
        };
        let phrase = match kind {
            Phrases::OtherType => phrase.to_uppercase().replace(['“', '”'], "\\\""),
            Phrases::Broken => format!("{phrase} never"),
            Phrases::Exact | Phrases::Mixed => phrase,
        };
        let moved = phrases == Phrases::Mixed && index % 6 == 2;
        let number = if moved {
            (paragraph + 1) % of.len() + 1
        } else {
            paragraph + 1
        };
        let _ = writeln!(
            out,
            "(id: \"b-{index}\", name: \"B\", kind: WorkingGroup, members: [\"us\"], citations: \
            [(document: \"d-{document}\", paragraph: {number}, phrase: \"{phrase}\")]),"
        );
    }
    out.push_str(" ],\n)\n");
    out
}

fn measure(what: &str, loaded: &LoadedRegister, texts: &[Vec<String>], rounds: usize) {
    let mut times: [Vec<f64>; 3] = Default::default();
    let mut found = 0;
    for _ in 0..rounds {
        let mut bytes: Vec<Vec<u8>> = texts
            .iter()
            .map(|text| text.join("\n").into_bytes())
            .collect();
        let (read_ms, library) = timed(|| {
            let mut next = bytes.drain(..);
            TextLibrary::from_bytes(&loaded.register, &mut |document| {
                let bytes = Ok(next.next()?);
                let path = document.id.as_str().to_owned();
                Some(TextFileBytes { path, bytes })
            })
        });
        let (verify_ms, checked) = timed(|| verify_citations(&loaded.register, &library));
        let (words_ms, findings) = timed(|| text_diagnostics(loaded, &library, &checked));
        found = findings.len();
        for (times, ms) in times.iter_mut().zip([read_ms, verify_ms, words_ms]) {
            times.push(ms);
        }
    }
    let [read, verify, words] = times.map(median);
    let all = read + verify + words;
    let verdict = if all < GOAL_MS { "" } else { "   MISSED" };
    println!(
        "  {what:<18} hash and read {read:7.1} ms   verify {verify:7.1} ms   {found:5} findings \
        {words:7.1} ms   in all {all:7.1} ms{verdict}"
    );
}

/// Milliseconds that one call takes, and what it gives.
fn timed<T>(call: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let value = black_box(call());
    (start.elapsed().as_secs_f64() * 1e3, value)
}

fn median(mut times_ms: Vec<f64>) -> f64 {
    times_ms.sort_by(f64::total_cmp);
    times_ms
        .get(times_ms.len() / 2)
        .copied()
        .unwrap_or_default()
}
