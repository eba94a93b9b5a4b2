//! What is offered where, in texts that are being written.

use super::*;
use linchpin_register::load;
use ron_lossless::{TextEdit, apply};

const TEXT: &str = r#"(
    format: 1,
    title: "한국 😀",
    compiled: "2024-01-02",
    parties: [
        (id: "rok", name: "대한민국", kind: State),
        (id: "us", name: "United States of America", kind: State),
    ],
    documents: [
        (
            id: "vision",
            title: "Vision",
            short: "Vision",
            url: "https://example.org",
            kind: JointStatement,
            legal_character: PoliticalInferred,
            date: (date: "2023-11-13", basis: Stated),
        ),
    ],
    events: [
        (
            id: "issued",
            title: "It is issued",
            date: (date: "2023-11-13", basis: Stated),
            parties: ["rok", "us"],
            citations: [(document: "vision", paragraph: 1, phrase: "issued today")],
        ),
    ],
)
"#;

/// The text with `old` replaced once by `new`, in which `|` is the cursor.
fn edited(old: &str, new: &str) -> (String, u32) {
    assert_eq!(TEXT.matches(old).count(), 1, "{old}");
    let text = TEXT.replace(old, new);
    let cursor = text.find('|').expect("a cursor");
    (text.replace('|', ""), cursor as u32)
}

/// What is offered; the same from the register of this text as from the one of the text before.
fn offered(old: &str, new: &str) -> Vec<Completion> {
    let (text, cursor) = edited(old, new);
    let from_old = completions(&load(TEXT, Vec::new()), &text, cursor);
    let mut all = completions(&load(text.as_str(), Vec::new()), &text, cursor);
    let labels = |all: &[Completion]| all.iter().map(|c| c.label.clone()).collect::<Vec<_>>();
    assert_eq!(labels(&all), labels(&from_old), "{new}");
    if all.is_empty() {
        all = from_old;
    }
    all
}

fn labels(old: &str, new: &str) -> Vec<String> {
    offered(old, new).into_iter().map(|c| c.label).collect()
}

/// The line around the edit after the completion with this label, `|` where the cursor stands.
fn accepted(old: &str, new: &str, label: &str) -> String {
    let (text, _) = edited(old, new);
    let all = offered(old, new);
    let found = all.iter().find(|c| c.label == label);
    let found = found.unwrap_or_else(|| panic!("{label} is not among {all:?}"));
    let (before, after) = found.insert.split_at(found.caret);
    let text_edit = TextEdit::new(found.replace, format!("{before}|{after}"));
    let text = apply(&text, &[text_edit]).expect("it fits the text");
    let line = text
        .lines()
        .find(|line| line.contains('|'))
        .expect("a line");
    line.trim().to_owned()
}

#[test]
fn fields_that_are_not_given_yet_are_offered() {
    let all = labels("parties: [\"rok\", \"us\"],", "|");
    assert_eq!(all[..2], ["end", "parties"], "what is given is left out");
    assert!(!all.contains(&"title".to_owned()) && !all.contains(&"citations".to_owned()));
    // What a record needs comes first.
    let all = labels("id: \"issued\",\n            title: \"It is issued\",", "|");
    assert_eq!(all[..3], ["id", "title", "end"]);
    assert_eq!(
        labels(
            "basis: Stated),\n            parties",
            "b|),\n            parties"
        ),
        ["basis"]
    );
}

#[test]
fn half_a_name_is_completed_in_a_text_that_is_broken_there() {
    for new in ["par|", "par|\n", "PAR|", "pra|ties", "prat|,"] {
        assert_eq!(
            labels("parties: [\"rok\", \"us\"],", new)
                .first()
                .map(String::as_str),
            Some("parties"),
            "{new}"
        );
    }
    // The comma before it is missing as well.
    assert_eq!(
        labels(
            "Stated),\n            parties: [\"rok\", \"us\"],",
            "Stated)\n par|"
        ),
        ["parties"]
    );
    assert_eq!(
        labels(
            "citations: [(document: \"vision\", ",
            "citations: [(document: \"vision\", pa|"
        ),
        ["paragraph"]
    );
}

#[test]
fn names_are_written_with_a_fitting_value() {
    let at = |new: &str, label: &str| accepted("parties: [\"rok\", \"us\"],", new, label);
    assert_eq!(at("par|", "parties"), "parties: [|],");
    assert_eq!(at("par|,", "parties"), "parties: [|],");
    assert_eq!(at("en|", "end"), "end: (date: \"|\", basis: ),");
    assert_eq!(at("no|te: \"x\",", "note"), "note|: \"x\",");
    assert_eq!(
        accepted("paragraph: 1, ", "voi| ", "voice"),
        "citations: [(document: \"vision\", voice: |, phrase: \"issued today\")],"
    );
    assert_eq!(
        accepted("phrase: \"issued today\")", "ex|)", "external"),
        "citations: [(document: \"vision\", paragraph: 1, external: true|)],"
    );
}

#[test]
fn words_of_a_vocabulary_are_offered_with_their_meaning() {
    let all = offered("kind: JointStatement,", "kind: |,");
    let joint = all.iter().find(|c| c.label == "JointStatement").unwrap();
    assert_eq!(joint.kind, CompletionKind::Choice);
    assert!(!joint.detail.is_empty() && !joint.help.is_empty());
    assert_eq!(
        accepted("kind: JointStatement,", "kind: joi|nt,", "JointStatement"),
        "kind: JointStatement|,"
    );
    assert_eq!(
        labels("kind: JointStatement,", "kind: Jiont|"),
        ["JointDeclaration", "JointStatement"]
    );
    assert_eq!(labels("phrase: \"issued today\"", "external: |"), ["true"]);
}

#[test]
fn links_offer_the_records_of_their_type() {
    let of = |new: &str| labels("parties: [\"rok\", \"us\"],", new);
    assert_eq!(of("parties: [|],"), ["rok", "us"]);
    assert_eq!(of("parties: |"), ["rok", "us"]);
    assert_eq!(of("parties: [\"rok\", u|],"), ["us"]);
    assert_eq!(
        of("parties: [\"ameri|\"],"),
        ["us"],
        "by a word of the name"
    );
    assert_eq!(of("parties: [\"대하|\"],"), ["rok"], "by half a syllable");
    assert_eq!(
        of("parties: [\"rok\", \"|"),
        ["rok", "us"],
        "without its end"
    );
    assert_eq!(of("parties: Some([\"|\"]),"), ["rok", "us"]);
    assert_eq!(
        labels("document: \"vision\"", "document: \"|\""),
        ["vision"]
    );
}

#[test]
fn an_id_takes_the_place_of_what_is_typed() {
    let at = |new: &str| accepted("parties: [\"rok\", \"us\"],", new, "us");
    assert_eq!(at("parties: [u|],"), "parties: [\"us\"|],");
    assert_eq!(at("parties: u|,"), "parties: [\"us\"|],");
    assert_eq!(
        at("parties: [\"u|nited\", \"rok\"],"),
        "parties: [\"us|\", \"rok\"],"
    );
    assert_eq!(at("parties: [\"u|"), "parties: [\"us\"|");
    assert_eq!(
        at("parties: [\"u|, \"rok\"],"),
        "parties: [\"us\"|, \"rok\"],"
    );
    assert_eq!(at("parties: [\"|united states\"],"), "parties: [\"us|\"],");
}

#[test]
fn a_lost_mark_above_does_not_matter() {
    let text = "title: \"It is issued\",\n            date: (date: \"2023-11-13\", basis: Stated),";
    let lost = "title: \"It is issued,\n            date: (date: \"2023-11-13\", basis: |),";
    assert!(labels(text, lost).contains(&"Stated".to_owned()));
    let lost = "title: \"It is issued,\n            parties: [\"|";
    assert_eq!(
        labels(
            "title: \"It is issued\",\n            date",
            &format!("{lost}],\n date")
        ),
        ["rok", "us"]
    );
    // A bracket of the record above is missing.
    let open = "kind: State,\n        (id: \"us\", name: \"United States of America\", ki|),\n    \
        ],\n    documents";
    let from = "kind: State),\n        (id: \"us\", name: \"United States of America\", kind: \
        State),\n    ],\n    documents";
    assert_eq!(labels(from, open).first().map(String::as_str), Some("kind"));
}

#[test]
fn lists_and_whole_records_are_offered() {
    let all = labels("events: [", "|\n    events: [");
    assert_eq!(all[..2], ["summary", "compilers"]);
    assert!(all.contains(&"commitments".to_owned()) && !all.contains(&"parties".to_owned()));
    assert_eq!(
        accepted("    events: [", "    com|\n    events: [", "commitments"),
        "commitments: [|],"
    );
    assert_eq!(
        labels("events: [\n", "events: [\n        |\n"),
        ["New event"]
    );
    // What is offered for a list is a sound record.
    let (text, _) = edited("events: [\n", "events: [\n        |\n");
    let new = offered("events: [\n", "events: [\n        |\n").remove(0);
    let after = apply(&text, &[TextEdit::new(new.replace, new.insert)]).unwrap();
    assert!(
        after.contains("\n            id: \"new-event\",\n"),
        "{after}"
    );
    let loaded = load(after, Vec::new()).checked_with_ron();
    assert_eq!(
        (loaded.diagnostics.len(), loaded.register.events.len()),
        (0, 2),
        "{:?}",
        loaded.diagnostics
    );
    let empty = completions(&LoadedRegister::empty(), " \n", 1);
    assert_eq!(empty.len(), 1);
    assert!(!load(format!("{}\n", empty[0].insert), Vec::new()).is_broken);
}

#[test]
fn nothing_is_offered_where_nothing_can_be_said() {
    for (old, new) in [
        ("title: \"Vision\"", "title: \"|\""),
        ("title: \"Vision\"", "title: | \"Vision\""),
        ("title: \"Vision\"", "nonsense: |"),
        ("kind: JointStatement,", "kind: JointStatement, // no|te"),
        ("kind: JointStatement,", "/* ki|nd */ kind: JointStatement,"),
        (
            "date: \"2023-11-13\", basis: Stated),\n        ),",
            "date: |, basis: Stated),\n        ),",
        ),
        ("title: \"Vision\"", "title: r#\"vi|\"#"),
        ("title: \"Vision\"", "title: (|)"),
    ] {
        assert_eq!(labels(old, new), [""; 0], "{new}");
    }
}

#[test]
fn no_cursor_and_no_text_is_too_odd() {
    let loaded = load(TEXT, Vec::new());
    for (at, _) in TEXT.char_indices() {
        let (before, after) = TEXT.split_at(at);
        for text in [
            TEXT.to_owned(),
            before.to_owned(),
            format!("{before}\"{after}"),
            format!("{before}({after}"),
        ] {
            for completion in completions(&loaded, &text, at as u32) {
                let range = completion.replace.range();
                assert!(text.get(range).is_some() && completion.replace.start <= at as u32);
                assert!(completion.insert.is_char_boundary(completion.caret));
            }
        }
    }
    completions(&loaded, TEXT, u32::MAX);
    completions(&loaded, "", 7);
}

#[test]
fn what_a_number_is_and_against_what_is_offered() {
    let figure = |fields: &str| {
        let figures = format!("figures: [\n        (\n            {fields}\n        ),\n    ],");
        labels("    events: [", &format!("    {figures}\n    events: ["))
    };
    let measures = figure("measure: |,");
    for word in [
        "Level",
        "Change",
        "PercentChange",
        "Percent",
        "Rate",
        "Ratio",
        "Index",
    ] {
        assert!(measures.iter().any(|it| it == word), "{word}: {measures:?}");
    }
    assert_eq!(figure("base: (|),"), ["of", "from", "to"]);
    assert!(figure("measure: Change, b|").contains(&"base".to_owned()));
}
