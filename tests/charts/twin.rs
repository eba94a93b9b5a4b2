//! What those get who cannot see a picture: its description and its numbers.

use super::{made, shipped};
use linchpin::charts;
use linchpin::picture::Picture;
use linchpin::query::CountingRule;
use std::path::Path;

/// The charts of the shipped register, and one of each kind made by hand.
fn pictures() -> Vec<Picture> {
    let register = shipped();
    let rule = CountingRule::default();
    let charts = charts::of(charts::standard()).iter();
    let mut all: Vec<Picture> = charts.map(|c| charts::build(&register, c, rule)).collect();
    all.extend(made::all());
    all
}

/// Compares with a snapshot; `LINCHPIN_BLESS=1` writes it anew.
fn is_as_kept(name: &str, now: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/snapshots/twin")
        .join(name);
    if std::env::var_os("LINCHPIN_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, now).unwrap();
    }
    let then = std::fs::read_to_string(&path).unwrap_or_default();
    let differs: Vec<_> = now
        .lines()
        .zip(then.lines())
        .filter(|(a, b)| a != b)
        .collect();
    assert!(
        now == then,
        "{name} (LINCHPIN_BLESS=1 if it is meant): {differs:#?}"
    );
}

#[test]
fn descriptions_say_what_they_said() {
    let mut out = String::new();
    for picture in pictures() {
        out.push_str(&format!("{}: {}\n", picture.id, picture.alt_text()));
    }
    is_as_kept("alt_text.txt", &out);
}
