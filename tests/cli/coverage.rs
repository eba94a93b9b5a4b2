//! `coverage`: the sentences of a document that are coded, dismissed or open.

use crate::program::{folder, linchpin, refusal, result};
use crate::verify::register;
use serde_json::{Value, json};

const TEXT: &str = "Heading of the U.S. text\nThe two sides will meet… and part. They thank each \
    other. 양국은 협의를 지속한다.\n";

fn made(name: &str) -> String {
    let text = register(" text: \"v.txt\"", &[(2, "will meet"), (9, "협의를")]);
    let text = text.replace(
        " bodies: [",
        " dismissals: [(id: \"x\", reason: Ceremony, citations: [(document: \"vision\", paragraph: \
        2, phrase: \"They thank\")])],\n bodies: [",
    );
    format!(
        "{}/r.ron",
        folder(name, &[("r.ron", &text), ("v.txt", TEXT)])
    )
}

#[test]
fn sentences_are_counted_and_the_open_ones_are_listed() {
    let file = made("coverage-counts");
    let counts = "vision: 4 sentences: 2 coded, 1 dismissed, 1 open; 75%";
    assert_eq!(result(&["coverage", &file]), format!("{counts}\n"));
    let open = format!("{counts}\n  paragraph 1, sentence 1: Heading of the U.S. text\n");
    assert_eq!(result(&["coverage", &file, "--open"]), open);
    assert_eq!(
        result(&["coverage", &file, "--open", "--document", "vision"]),
        open
    );
}

#[test]
fn programs_get_the_same_as_json() {
    let file = made("coverage-json");
    let report = |args: &[&str]| -> Value {
        let args = [&["coverage", file.as_str(), "--format", "json"], args].concat();
        serde_json::from_str(&result(&args)).unwrap()
    };
    let mut expected = json!({ "documents": [{
        "document": "vision", "path": "v.txt", "sentences": 4, "coded": 2, "dismissed": 1,
            "open": 1, "share": 0.75, "open_sentences": null,
    }], "without_text": [] });
    assert_eq!(report(&[]), expected);
    expected["documents"][0]["open_sentences"] =
        json!([{ "paragraph": 1, "number": 1, "words": "Heading of the U.S. text" }]);
    assert_eq!(report(&["--open"]), expected);
}

#[test]
fn a_share_can_be_required() {
    let file = made("coverage-required");
    for (percent, code) in [("75", 0), ("75%", 0), ("75.1", 1), ("100", 1), ("0", 0)] {
        let output = linchpin(&["coverage", &file, "--require", percent]);
        assert_eq!(output.code, Some(code), "{percent}: {}", output.err);
        let less = output.out.contains(&format!(", less than {percent}%\n"));
        assert_eq!(less, code == 1, "{}", output.out);
    }
    for bad in ["101", "-1", "all", "NaN"] {
        let arg = format!("--require={bad}");
        assert_eq!(linchpin(&["coverage", &file, &arg]).code, Some(2), "{bad}");
    }
}

#[test]
fn what_cannot_be_counted_is_said() {
    let file = made("coverage-refused");
    let output = refusal(&["coverage", &file, "--document", "vison"]);
    assert!(
        output.contains("There is no document `vison`. Did you mean `vision`?"),
        "{output}"
    );
    assert!(refusal(&["coverage"]).contains("No document of us-rok-alliance.ron has a text"));
    let output = refusal(&["coverage", "--document", "voa-editorial-2025"]);
    assert!(output.contains("voa-editorial-2025.txt"), "{output}");
    assert!(result(&["coverage", "--help"]).contains("Exit codes: 0"));
}

#[test]
fn a_document_that_is_said_to_be_coded_whole_is_checked() {
    let file = made("coverage-whole");
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(&file);
    let text = std::fs::read_to_string(&path).unwrap();
    let text = text
        .replace("\"v.txt\"", "\"v.txt\", coded: Whole")
        .replace("paragraph: 9", "paragraph: 2");
    std::fs::write(&path, text).unwrap();
    let output = linchpin(&["check", &file]);
    assert_eq!(output.code, Some(1));
    assert!(
        output
            .out
            .starts_with("warning[open-sentences]: 1 of the 4 sentences"),
        "{}",
        output.out
    );
}
