//! `export --to …csv`: a chart's data as a table.

use crate::program::{json, linchpin, refusal, result};
use std::fs;
use std::path::Path;

fn exported(chart: &str, name: &str) -> String {
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&to);
    let output = result(&["export", "--chart", chart, "--to", to.to_str().unwrap()]);
    assert_eq!(output, "");
    fs::read_to_string(to).unwrap()
}

#[test]
fn a_charts_data_is_written_in_three_formats() {
    let csv = exported("figures", "twin-figures.csv");
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(
        lines[0].ends_with("lower bound,upper bound,unit,as printed,detail,records"),
        "{}",
        lines[0]
    );
    // A bound is a bound: the upper one is empty.
    assert!(csv.contains(",140000000000,,"), "{csv}");
    let rows = json(&exported("figures", "twin-figures.JSON"));
    assert_eq!(rows.len(), lines.len() - 2);
    let open: Vec<_> = rows
        .iter()
        .filter(|row| row["upper bound"].is_null())
        .collect();
    assert_eq!(open.len(), 2);
    assert_eq!(open[0]["lower bound"], 1000);
    assert_eq!(open[0]["records"].as_array().unwrap().len(), 1);
    let markdown = exported("timeline", "twin-timeline.md");
    assert!(markdown.starts_with("### "), "{markdown}");
    for words in [
        "| 1953-10-01 |",
        "Register as of",
        "- Austin, Shin, ",
        "<https://",
    ] {
        assert!(markdown.contains(words), "{words}: {markdown}");
    }
}

#[test]
fn another_extension_is_refused_with_those_that_are_known() {
    let output = refusal(&["export", "--chart", "figures", "--to", "figures.xlsx"]);
    assert!(
        output.contains(".csv, .md or .json for its data"),
        "{output}"
    );
    let output = linchpin(&[
        "export",
        "--chart",
        "figures",
        "--to",
        "no/such/folder/x.csv",
    ]);
    assert_eq!(output.code, Some(2));
}
