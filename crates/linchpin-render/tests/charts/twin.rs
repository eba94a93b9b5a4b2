//! What those get who cannot see a picture: its description and its numbers.

use super::{made, shipped};
use linchpin_charts as charts;
use linchpin_charts::picture::Picture;
use linchpin_register::query::CountingRule;
use linchpin_render::export;
use std::collections::BTreeSet;
use std::path::Path;

/// The charts of the shipped register, and one of each kind made by hand.
fn pictures() -> Vec<Picture> {
    let register = shipped();
    let rule = CountingRule::default();
    let charts = charts::charts_of(charts::standard()).iter();
    let mut all: Vec<Picture> = charts
        .map(|c| charts::build_or_explain(&register, c, rule))
        .collect();
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

#[test]
fn tables_hold_what_is_drawn() {
    let mut out = String::new();
    for picture in pictures() {
        let data = picture.data_table();
        for row in &data.rows {
            assert_eq!(row.cells.len(), data.columns.len(), "{}", picture.id);
            assert_eq!(row.numbers.len(), data.columns.len(), "{}", picture.id);
        }
        out.push_str(&format!(
            "{}\n{}\n",
            picture.id,
            export::data::markdown(&data)
        ));
    }
    is_as_kept("data.txt", &out);
}

#[test]
fn every_record_that_is_drawn_stands_in_the_table() {
    for picture in pictures() {
        let data = picture.data_table();
        let rows: BTreeSet<_> = data.rows.iter().flat_map(|row| &row.records).collect();
        let drawn: BTreeSet<_> = picture
            .marks()
            .flat_map(|(_, mark)| &mark.records)
            .collect();
        assert_eq!(rows, drawn, "{}", picture.id);
    }
}
