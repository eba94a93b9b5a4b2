//! What comes out does no harm elsewhere: in spreadsheets, on Windows, in logs.

use crate::program::{file, linchpin, linchpin_reads, refusal};

fn shown(args: &[&str]) -> String {
    linchpin(args).out
}

/// A register with a document of this id and address, and a figure below zero.
fn register(id: &str, url: &str) -> String {
    format!(
        "(\n    format: 1,\n    title: \"Small\",\n    parties: [(id: \"alba\", name: \"＝1+1 ~~x~~ \
        &amp;\", kind: State)],\n    documents: [\n        (id: \"{id}\", title: \"Statement\", \
        short: \"Statement\", kind: Speech, legal_character: PoliticalInferred, date: (date: \
        \"2024\", basis: Stated),\n         url: \"{url}\"),\n    ],\n    figures: [\n        (id: \
        \"spending\", title: \"Spending\", statement: \"Stated.\", kind: Money, amount: \
        Exactly(-12), unit: \"dollars\", currency: \"USD\", chartable: Yes,\n         citations: \
        [(document: \"{id}\", external: true)]),\n    ],\n    charts: [\n        (id: \"nul\", \
        title: \"C\", records: [Figures], mark: Bar, x: (field: \"amount\"), y: (field: \
        \"title\")),\n    ],\n)\n"
    )
}

#[test]
fn words_are_no_formulas_and_numbers_below_zero_are_numbers() {
    file("harmless.ron", &register("talk", "https://example.org"));
    let csv = shown(&["table", "harmless.ron", "parties"]);
    assert!(csv.contains("alba,\"'＝1+1 ~~x~~ &amp;\","), "{csv}");
    let md = shown(&["table", "harmless.ron", "parties", "--format", "md"]);
    assert!(md.contains("＝1+1 \\~\\~x\\~\\~ \\&amp;"), "{md}");
    let to = file("harmless.csv", "");
    std::fs::remove_file(&to).unwrap();
    let args = [
        "export",
        "harmless.ron",
        "--chart",
        "nul",
        "--to",
        "harmless.csv",
    ];
    assert_eq!(linchpin(&args).code, Some(0));
    let data = std::fs::read_to_string(&to).unwrap();
    assert!(data.contains(",-12,") && !data.contains('\''), "{data}");
    let figures = shown(&["table", "harmless.ron", "figures"]);
    assert!(!figures.contains('\''), "{figures}");
}

#[test]
fn a_password_in_an_address_is_a_problem_and_is_never_shown() {
    let text = register("talk", "https://kim:geheim@example.org/a?b#c");
    file("password.ron", &text);
    let check = linchpin(&["check", "password.ron"]);
    assert!(check.out.contains("bad-url"), "{}", check.out);
    assert!(
        check.out.contains("https://**********@example.org/a?b#c"),
        "{}",
        check.out
    );
    let mut shown = vec![check.out + &check.err];
    for args in [
        &["table", "password.ron", "documents"][..],
        &["table", "password.ron", "figures"],
        &["table", "password.ron", "documents", "--format", "json"],
        &["table", "password.ron", "documents", "--format", "md"],
        &["fix", "password.ron", "--dry-run"],
        &["check", "password.ron", "--format", "json"],
    ] {
        let output = linchpin(args);
        assert!(
            output.out.contains("example.org") || args[0] == "check",
            "{args:?}"
        );
        shown.push(output.out + &output.err);
    }
    for shown in shown {
        assert!(
            !shown.contains("geheim") && !shown.contains("kim:"),
            "{shown}"
        );
    }
    let fixed = linchpin_reads(&text, &["fix", "-"]);
    assert_eq!(fixed.out, text.replace("kim:geheim@", ""));
}

#[test]
fn no_file_is_named_as_windows_cannot_name_one() {
    file("reserved.ron", &register("con", "https://example.org"));
    let check = linchpin(&["check", "reserved.ron"]);
    for id in ["con", "nul"] {
        let words = format!("Windows keeps the name \"{id}\" for itself");
        assert!(check.out.contains(&words), "{}", check.out);
    }
    file("reserved-text.txt", "One paragraph.\n");
    let args = [
        "attach",
        "reserved.ron",
        "--document",
        "con",
        "--from",
        "reserved-text.txt",
    ];
    let words = refusal(&args);
    assert!(
        words.contains("Windows keeps a name in texts/con.txt for itself"),
        "{words}"
    );
    let batch = linchpin(&["export", "reserved.ron", "--all", "--to", "reserved-images"]);
    let said = batch.out + &batch.err;
    assert_eq!(batch.code, Some(2), "{said}");
    assert!(
        said.contains("Windows keeps the name nul.png for itself"),
        "{said}"
    );
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("reserved-images");
    assert!(!folder.join("nul.png").exists());
}

#[test]
fn thousands_of_slips_on_one_line_are_shown_in_a_few_bytes_each() {
    let party = |i: usize| format!("(id: \"p-{i}\", name: \"P\" kind: Stat),");
    let parties: String = (0..2000).map(party).collect();
    let text = format!("(format: 1, title: \"Many\", parties: [{parties}])");
    let fixed = linchpin_reads(&text, &["fix", "-"]);
    assert_eq!(fixed.code, Some(0));
    assert_eq!(
        fixed.out,
        text.replace("\"P\" kind: Stat", "\"P\", kind: State")
    );
    assert!(
        fixed
            .err
            .contains("<stdin>: 4000 changes made; no problems are left")
    );
    assert!(fixed.err.len() < 4000 * 600, "{}", fixed.err.len());
}
