//! `candidates`: what a text may hold, and how that compares with what people coded.

use crate::program::{linchpin, refusal, result};
use serde_json::Value;
use std::fs;
use std::path::Path;

const REGISTER: &str = r#"(format: 1, title: "T",
    parties: [(id: "arland", name: "Arland", kind: State), (id: "zedia", name: "Zedia",
        kind: State)],
    ladder: [(id: "firm", rank: 4, label: "firm", verbs: ["will"])],
    documents: [(id: "d", title: "D", short: "D", kind: JointStatement, issuers: ["arland"],
        legal_character: PoliticalInferred,
        date: (date: "2024", basis: Stated), url: "https://example.org", text: "d.txt")],
    commitments: [
        (id: "sail", title: "Sail", statement: "S.", committers: ["arland"],
            verb: "will", strength: "firm", mode: FutureAction,
            citations: [(document: "d", paragraph: 1, phrase: "Arland will sail")]),
        (id: "hidden", title: "Hidden", statement: "S.", committers: ["arland"],
            verb: "would rather", strength: "firm", strength_note: "Judged.", mode: FutureAction,
            citations: [(document: "d", paragraph: 2, phrase: "It has every wish")]),
    ],
    dismissals: [(id: "past", reason: PastAchievement, citations: [(document: "d", paragraph: 2,
        phrase: "Arland has built")])],
)"#;

const TEXT: &str = "Arland will sail to the U.S. with 28,500 sailors. Arland will also \
    sing.\nArland has built ports. It has every wish to go.\nZedia will dive.\n";

fn made(name: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("d.txt"), TEXT).unwrap();
    let path = folder.join("r.ron");
    fs::write(&path, REGISTER).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn candidates_are_listed_paragraph_by_paragraph() {
    let file = made("candidates-list");
    let output = result(&["candidates", &file, "--document", "d"]);
    for line in [
        "Paragraph 1\n  commitment  will (4 · firm, by arland): “Arland will sail to the U.S. with \
        28,500 sailors”\n",
        "  figure      28,500",
        "  name        arland: “Arland",
        "excluded: past achievement",
        "excluded: others' words or doings: “Zedia will dive”",
    ] {
        assert!(output.contains(line), "{line}\n{output}");
    }
    let rows: Value = serde_json::from_str(&result(&[
        "candidates",
        &file,
        "--document",
        "d",
        "--format",
        "json",
    ]))
    .unwrap();
    let first = &rows[0];
    assert_eq!(
        (
            &first["kind"],
            &first["verb"],
            &first["step"],
            &first["excluded"]
        ),
        (
            &"commitment".into(),
            &"will".into(),
            &"firm".into(),
            &Value::Null
        )
    );
    let (start, end) = (
        first["start"].as_u64().unwrap() as usize,
        first["end"].as_u64().unwrap() as usize,
    );
    assert_eq!(&TEXT[start..end], "will");
}

#[test]
fn candidates_are_scored_against_hand_coding() {
    let file = made("candidates-score");
    let output = result(&["candidates", &file, "--document", "d", "--score"]);
    for line in [
        "recall  50 %    1 of 2   records   precision  50 %    1 of 2 candidates",
        "1 of 1 found commitments have the coded step",
        "1 with the same reason excluded",
        "Commitments missed\n  hidden\n",
        "Commitments surplus\n  commitment  will (4 · firm, by arland): “Arland will also sing”",
    ] {
        assert!(output.contains(line), "{line}\n{output}");
    }
    let json: Value = serde_json::from_str(&result(&[
        "candidates",
        &file,
        "--document",
        "d",
        "--score",
        "--format",
        "json",
    ]))
    .unwrap();
    assert_eq!(json["commitments"]["recall"], 0.5);
    assert_eq!(json["commitments"]["missed"][0], "hidden");
    assert_eq!(json["dismissed"]["same_reason"], 1);
}

#[test]
fn a_document_that_is_not_there_or_has_no_text_is_refused() {
    let file = made("candidates-none");
    assert!(refusal(&["candidates", &file, "--document", "dd"]).contains("no document `dd`"));
    assert_eq!(linchpin(&["candidates", &file]).code, Some(2));
    let output = refusal(&["candidates", "--document", "defense-vision-2023"]);
    assert!(output.contains("text"), "{output}");
}

/// The two texts that the project does not carry: what the rules reach on them must not be lost.
#[test]
#[ignore = "needs the texts in ../shared/sources"]
fn needs_texts_what_the_rules_reach_is_kept() {
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/sources");
    for (document, recall, precision) in [
        ("defense-vision-2023", 0.95, 0.9),
        ("voa-editorial-2025", 0.95, 0.75),
    ] {
        let args = [
            "candidates",
            "--document",
            document,
            "--texts",
            texts.to_str().unwrap(),
            "--score",
            "--format",
            "json",
        ];
        let score: Value = serde_json::from_str(&result(&args)).unwrap();
        let of = |kind: &str, what: &str| score[kind][what].as_f64().unwrap_or(1.0);
        assert!(
            of("commitments", "recall") >= recall,
            "{document}: {score:#}"
        );
        assert!(
            of("commitments", "precision") >= precision,
            "{document}: {score:#}"
        );
        assert!(
            of("figures", "recall") >= 0.85 && of("figures", "precision") >= 0.85,
            "{document}: {score:#}"
        );
        assert_eq!(
            score["excluded"]["wrongly"],
            Value::Array(Vec::new()),
            "{document}"
        );
    }
}
