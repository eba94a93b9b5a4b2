//! `verify`, and what `check` and `fix` say of texts that lie beside a register.

use crate::program::{at, folder, linchpin, refusal, result};
use serde_json::{Value, json};
use std::fs;

const TEXT: &str = "The “two sides” will meet.\r\n\r\nThey will part in Seoul, and the U.S. will \
    go… Thanks.\nThey will meet and part.\n";

/// A register whose document `vision` has these phrases in these paragraphs.
pub fn register(document: &str, phrases: &[(u32, &str)]) -> String {
    let bodies = phrases
        .iter()
        .enumerate()
        .map(|(index, (paragraph, phrase))| {
            format!(
                "  (id: \"b{index}\", name: \"B\", kind: WorkingGroup, members: [\"us\"], \
            citations: [(document: \"vision\", paragraph: {paragraph}, phrase: {phrase:?})]),\n"
            )
        });
    let bodies: String = bodies.collect();
    format!(
        "(format: 1, title: \"T\", parties: [(id: \"us\", name: \"U\", kind: State)],\n documents: \
        [\n  (id: \"vision\", title: \"V\", short: \"V\", kind: Treaty, legal_character: \
        LegallyBinding, date: (date: \"2020\", basis: Stated), \
        url: \"https://example.org\",{document}),\n ],\n bodies: [\n{bodies} ])\n"
    )
}

#[test]
fn phrases_that_stand_where_they_should_are_counted() {
    let text = register(
        " text: \"v.txt\"",
        &[(2, "will part in Seoul"), (3, "meet and")],
    );
    let folder = folder("verify-sound", &[("r.ron", &text), ("v.txt", TEXT)]);
    let file = format!("{folder}/r.ron");
    let expected = "vision: 2 phrases: 2 exact (v.txt)\n\n2 phrases: 2 exact\n";
    assert_eq!(result(&["verify", &file]), expected);
    assert_eq!(result(&["verify", &folder]), expected);
    assert_eq!(
        result(&["check", &file]),
        "no problems: 1 party, 1 document, 2 bodies\n"
    );
}

#[test]
fn each_finding_has_its_place_its_record_and_its_repair() {
    let text = register(
        " text: \"v.txt\"",
        &[
            (1, "\"two sides\" will"),
            (1, "will part in"),
            (2, "they shall part in Tokyo"),
            (2, "will meet"),
        ],
    );
    let folder = folder("verify-findings", &[("r.ron", &text), ("v.txt", TEXT)]);
    let output = linchpin(&["verify", &format!("{folder}/r.ron")]);
    assert_eq!((output.code, output.err.as_str()), (Some(1), ""));
    assert_eq!(
        output.out,
        "\
verify-findings/r.ron:6:117: normalized: b0: \"\"two sides\" will\" (vision, paragraph 1)
  These words stand there but for quotation marks, dashes, case or white space
  help: write \"“two sides” will\", as the text has it
  repair: Write the text's own words

verify-findings/r.ron:7:106: moved: b1: \"will part in\" (vision, paragraph 1)
  The phrase \"will part in\" stands in paragraph 2, not in 1
  help: write paragraph: 2
  repair: Write paragraph 2

verify-findings/r.ron:8:117: broken: b2: \"they shall part in Tokyo\" (vision, paragraph 2)
  Citation broken: these words stand nowhere in the text
  help: paragraph 2 has \"They will part in Seoul\"

verify-findings/r.ron:9:106: moved: b3: \"will meet\" (vision, paragraph 2)
  The phrase \"will meet\" does not stand in paragraph 2, but in 2 others
  help: write the paragraph that is meant; the first is 1. More words would make it the only place

vision: 4 phrases: 1 normalized, 2 moved, 1 broken (v.txt)

4 phrases: 1 normalized, 2 moved, 1 broken
"
    );
}

#[test]
fn programs_get_the_same_as_json() {
    let document = format!(" text: \"v.txt\", text_sha256: \"{}\"", "0".repeat(64));
    let text = register(&document, &[(1, "WILL PART in"), (3, "They will")]);
    let folder = folder("verify-json", &[("r.ron", &text), ("v.txt", TEXT)]);
    let output = linchpin(&["verify", &folder, "--format", "json"]);
    assert_eq!((output.code, output.err.as_str()), (Some(1), ""));
    let report: Value = serde_json::from_str(&output.out).unwrap();
    let hash = linchpin_text::prose::sha256(TEXT.as_bytes());
    let phrases = json!({ "exact": 1, "normalized": 0, "moved": 1, "broken": 0, "unread": 0 });
    assert_eq!(report["totals"], phrases);
    assert_eq!(
        report["documents"],
        json!([{ "document": "vision", "path": "v.txt", "text": "changed", "why": null,
            "sha256": hash, "phrases": phrases }])
    );
    let [changed, moved] = report["findings"].as_array().unwrap().as_slice() else {
        panic!("{report}")
    };
    assert_eq!(
        (&changed["outcome"], &changed["record"], &changed["repair"]),
        (&json!("changed"), &json!("vision"), &Value::Null)
    );
    assert_eq!(
        (&changed["file"], &changed["code"], &changed["phrase"]),
        (
            &json!("verify-json/r.ron"),
            &json!("text-changed"),
            &Value::Null
        )
    );
    assert_eq!(
        moved["found"],
        json!({ "paragraph": 2, "words": "will part in", "exact": false, "others": 0 })
    );
    assert_eq!(
        (&moved["record"], &moved["paragraph"], &moved["phrase"]),
        (&json!("b0"), &json!(1), &json!("WILL PART in"))
    );
    assert_eq!(
        (&moved["outcome"], &moved["line"]),
        (&json!("moved"), &json!(6))
    );
    assert_eq!(moved["repair"]["edits"][0]["text"], "2");
}

#[test]
fn other_type_is_fine_unless_it_is_to_be_strict() {
    let text = register("", &[(1, "\"Two sides\"")]);
    let folder = folder("verify-strict", &[("r.ron", &text), ("vision.txt", TEXT)]);
    let file = format!("{folder}/r.ron");
    let args = ["verify", file.as_str(), "--texts", &folder];
    assert!(result(&args).ends_with("1 phrase: 1 normalized\n"));
    let strict = linchpin(&[&args[..], &["--strict"]].concat());
    assert_eq!(strict.code, Some(1));
}

#[test]
fn texts_of_the_register_go_before_those_of_the_folder() {
    let text = register(" text: \"v.txt\"", &[(1, "its own")]);
    let own = folder(
        "verify-own",
        &[("r.ron", &text), ("v.txt", "This is its own.")],
    );
    let other = folder("verify-other", &[("vision.txt", "Another one.")]);
    let file = format!("{own}/r.ron");
    assert!(result(&["verify", &file, "--texts", &other]).contains("1 exact (v.txt)"));
    fs::remove_file(at("verify-own/v.txt")).unwrap();
    let output = linchpin(&["verify", &file, "--texts", &other]);
    assert_eq!(output.code, Some(1));
    assert!(
        output.out.contains("1 broken (verify-other/vision.txt)"),
        "{}",
        output.out
    );
    // A text that the register names and that is gone is no success.
    let gone = linchpin(&["verify", &file]);
    assert_eq!(gone.code, Some(1));
    assert!(
        gone.out.contains(":3:")
            && gone
                .out
                .contains("missing: vision\n  The text of this document cannot be read"),
        "{}",
        gone.out
    );
    assert!(
        gone.out
            .contains("vision: 1 phrase: 1 without a text (v.txt cannot be read"),
        "{}",
        gone.out
    );
}

#[test]
fn where_nothing_can_be_verified_it_says_so() {
    let output = refusal(&["verify"]);
    assert!(
        output.contains("No document of us-rok-alliance.ron has a text. Attach one in the window"),
        "{output}"
    );
    let empty = folder("verify-empty", &[]);
    let output = refusal(&["verify", "--texts", &empty]);
    assert!(
        output.contains("verify-empty: there, defense-vision-2023.txt would be"),
        "{output}"
    );
    assert!(
        refusal(&["verify", "--texts", "no-such-folder"]).contains("no-such-folder does not exist")
    );
    assert!(refusal(&["verify", "no-such.ron"]).contains("no-such.ron"));
    let nothing = folder("verify-nothing", &[("r.ron", &register("", &[]))]);
    assert_eq!(result(&["verify", &nothing]), "\nno phrases\n");
    for word in ["--strict", "--texts", "sha256", "Exit codes: 0"] {
        assert!(result(&["verify", "--help"]).contains(word), "{word}");
    }
}

#[test]
fn fix_follows_the_texts_until_nothing_is_left() {
    let document = format!(" text: \"v.txt\", text_sha256: \"{}\"", "0".repeat(64));
    let text = register(
        &document,
        &[
            (1, "THEY will  part"),
            (1, "\"two sides\""),
            (7, "will meet and"),
        ],
    );
    let folder = folder("verify-fix", &[("r.ron", &text), ("v.txt", TEXT)]);
    let file = format!("{folder}/r.ron");
    let check = linchpin(&["check", &file]);
    assert_eq!(check.code, Some(1));
    assert!(
        check.out.contains("warning[phrase-moved]") && check.out.contains("warning[text-changed]"),
        "{}",
        check.out
    );
    let output = result(&["fix", &file]);
    assert!(
        output.ends_with("5 changes made; no problems are left\n"),
        "{output}"
    );
    let fixed = fs::read_to_string(at(&file)).unwrap();
    let hash = linchpin_text::prose::sha256(TEXT.as_bytes());
    let document = format!(" text: \"v.txt\", text_sha256: \"{hash}\"");
    let expected = [
        (2, "They will part"),
        (1, "“two sides”"),
        (3, "will meet and"),
    ];
    assert_eq!(fixed, register(&document, &expected));
    assert!(result(&["verify", &file, "--strict"]).ends_with("3 phrases: 3 exact\n"));
}
