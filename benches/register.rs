//! How fast a register loads and answers: `cargo bench --bench register [-- --full]`.
//!
//! Loading is measured against `ron::from_str` into plain structs on the same text, in turn, so
//! that both see the same machine. Times are medians.

mod generate;
mod plain;

use linchpin_edit::completion::completions;
use linchpin_register::query::{SortBy, TableQuery, run_query};
use linchpin_register::tables;
use linchpin_register::{RecordKind, load};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let full = std::env::args().any(|a| a == "--full");
    let sizes: &[usize] = if full {
        &[1_000, 100_000, 1_000_000]
    } else {
        &[1_000, 100_000]
    };
    for &records in sizes {
        let text = generate::register(records);
        println!("\n{records} records, {:.1} MB", text.len() as f64 / 1e6);
        let rounds = (2_000_000 / records).clamp(5, 200);
        loading(&text, rounds);
        answering(&text, rounds);
        completing(&text, rounds);
    }
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

fn loading(text: &str, rounds: usize) {
    let (mut ours, mut reference) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let (ms, loaded) = timed(|| load(text, Vec::new()));
        assert_eq!(
            loaded.diagnostic_count(),
            0,
            "{:?}",
            loaded.diagnostics.first()
        );
        ours.push(ms);
        drop(loaded);
        let (ms, plain) = timed(|| ron::from_str::<plain::Register>(text));
        assert!(plain.is_ok(), "{:?}", plain.err());
        reference.push(ms);
    }
    let (ours, reference) = (median(ours), median(reference));
    println!(
        "  load with all checks      {ours:9.2} ms   ron::from_str {reference:9.2} ms   ratio {:.2}",
        ours / reference
    );
}

fn answering(text: &str, rounds: usize) {
    let register = load(text, Vec::new()).register;
    let table = tables::of_kind(RecordKind::Commitment);
    let (build_ms, index) = timed(|| {
        let index = table.build_index(&register);
        index.warm_up();
        index
    });
    println!("  index, in the background  {build_ms:9.2} ms");
    let measure = |what: &str, queries: &[TableQuery]| {
        let mut times_ms = Vec::new();
        for _ in 0..rounds.min(40) {
            for query in queries {
                times_ms.push(timed(|| run_query(&index, query)).0);
            }
        }
        println!("  {what:<24}  {:9.2} ms", median(times_ms));
    };
    let searching = |words: &str| TableQuery {
        search: words.into(),
        ..TableQuery::default()
    };
    measure("keystroke, many hits", &["d", "de", "det"].map(searching));
    measure(
        "keystroke, few hits",
        &["동맹 국방 cyber", "commitment-77", "resume alliance space"].map(searching),
    );
    measure("keystroke, no hit", &["zzz"].map(searching));
    let filtered = |facet: &str, value: &str| {
        let mut query = TableQuery::default();
        query
            .filters
            .entry(facet.into())
            .or_default()
            .insert(value.into());
        query
    };
    measure(
        "facet and its counts",
        &[
            filtered("mode", "Recital"),
            filtered("committer", "party-7"),
        ],
    );
    let sorted = |columns: &[&str]| TableQuery {
        sort: columns
            .iter()
            .map(|c| SortBy {
                column: (*c).into(),
                descending: true,
            })
            .collect(),
        ..TableQuery::default()
    };
    measure("sort by a text", &[sorted(&["title"])]);
    measure("sort by two columns", &[sorted(&["strength", "title"])]);
}

/// What is offered at the cursor while the last record is being written; the register is that of
/// the text before.
fn completing(text: &str, rounds: usize) {
    let loaded = load(text, Vec::new());
    let end = text.rfind("mode: ").expect("the register has a commitment");
    for (what, typed) in [
        ("complete a field", "pa"),
        ("complete an id, all hits", "parent: \"co"),
        ("complete an id, few hits", "parent: \"commitment-77"),
        ("complete an id, no hit", "parent: \"zzzzzzz"),
        ("complete a misspelt id", "parent: \"comitment-77"),
    ] {
        let text = format!("{}{typed}\n{}", &text[..end], &text[end..]);
        let cursor = (end + typed.len()) as u32;
        let times_ms = (0..rounds.min(40)).map(|_| timed(|| completions(&loaded, &text, cursor)).0);
        let count = completions(&loaded, &text, cursor).len();
        let ms = median(times_ms.collect());
        println!("  {what:<24}  {ms:9.2} ms   {count} offered");
    }
}
