//! `compare`: two documents of a register.

use crate::program::{file, linchpin, refusal};
use serde_json::Value;

/// Two rounds of talks about a harbor, the second coded for the harbor alone.
pub const TALKS: &str = include_str!("../../crates/linchpin-ui/tests/window/talks.ron");

/// The register with its texts in a folder beside it; the paths of both.
pub fn talks(name: &str) -> (String, String) {
    let register = file(&format!("{name}.ron"), TALKS);
    let folder = register.with_extension("texts");
    std::fs::create_dir_all(&folder).unwrap();
    let first = "The council will keep the light ship manned.\nIt will paint the pier, and run a \
        ferry on Sundays.\n";
    let second = "The council intends to keep the light ship manned.\nIt thanks the “crew”…\n";
    std::fs::write(folder.join("talks-1.txt"), first).unwrap();
    std::fs::write(folder.join("talks-2.txt"), second).unwrap();
    let path = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    (path(&register), path(&folder))
}

#[test]
fn differences_are_told_and_end_with_one() {
    let (register, _) = talks("compare-text");
    let output = linchpin(&["compare", &register, "talks-1", "talks-2"]);
    assert_eq!((output.err.as_str(), output.code), ("", Some(1)));
    let told = "1 weakened (proposed), 1 dropped (proposed), 1 not coded there.";
    assert!(output.out.contains(told), "{}", output.out);
    for words in [
        "First (1 May 2001) → Second (1 May 2002)",
        "Paint the pier [proposed]",
        "Keep the light ship manned [proposed, 0.",
        "before: 4 · firm, “will”, “will keep the light ship manned”, paragraph 1 <lights-1>",
        "after:  3 · intention, “intends to”",
        "Second is coded through for other subjects only",
    ] {
        assert!(output.out.contains(words), "{words}\n{}", output.out);
    }
    let same = linchpin(&["compare", &register, "talks-2", "Second"]);
    assert_eq!((same.code, same.err.as_str()), (Some(0), ""));
    assert!(same.out.contains("1 repeated"), "{}", same.out);
}

#[test]
fn json_holds_what_the_help_says() {
    let (register, texts) = talks("compare-json");
    let args = [
        "compare", &register, "talks-1", "talks-2", "--format", "json",
    ];
    let output = linchpin(&[&args[..], &["--texts", &texts, "--sentences"]].concat());
    assert_eq!(output.code, Some(1), "{}", output.err);
    let all: Value = serde_json::from_str(&output.out).unwrap();
    assert_eq!(all["before"]["id"], "talks-1");
    assert_eq!(all["after"]["date"], "2002-05-01");
    let weaker = &all["matches"][0];
    assert_eq!(
        (&weaker["change"], &weaker["standing"]),
        (&"Weakened".into(), &"Proposed".into())
    );
    assert_eq!(weaker["before"]["rank"], 4);
    assert_eq!(
        weaker["after"]["phrase"],
        "intends to keep the light ship manned"
    );
    assert!(weaker["score"].as_f64().unwrap() > 0.5 && !weaker["reasons"][0].is_null());
    let counts = all["counts"].as_array().unwrap();
    let dropped = counts.iter().find(|c| c["change"] == "Dropped").unwrap();
    assert_eq!(
        (&dropped["confirmed"], &dropped["proposed"]),
        (&0.into(), &1.into())
    );
    let rows = all["sentences"].as_array().unwrap();
    let kinds: Vec<&str> = rows
        .iter()
        .map(|row| row["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["Changed", "Gone", "New"]);
    let marked: Vec<_> = rows[0]["words"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|w| w["kind"] != "Same")
        .collect();
    assert_eq!(
        (&marked[0]["kind"], &marked[0]["text"]),
        (&"Gone".into(), &"will".into())
    );
    assert_eq!(
        (&marked[1]["kind"], &marked[1]["text"]),
        (&"New".into(), &"intends to".into())
    );
}

#[test]
fn words_are_marked_in_text_and_markdown() {
    let (register, texts) = talks("compare-words");
    let args = [
        "compare",
        &register,
        "talks-1",
        "talks-2",
        "--texts",
        &texts,
        "--sentences",
    ];
    let text = linchpin(&args).out;
    let marked =
        "changed 1.1 → 1.1: The council [-will-] {+intends to+} keep the light ship manned.";
    assert!(text.contains(marked), "{text}");
    let md = linchpin(&[&args[..], &["--format", "md"]].concat()).out;
    assert!(
        md.contains("The council ~~will~~ **intends to** keep"),
        "{md}"
    );
    assert!(
        md.contains("### Dropped\n\n- **Paint the pier \\[proposed\\]**"),
        "{md}"
    );
}

#[test]
fn what_is_missing_is_said_with_the_way_out() {
    let (register, _) = talks("compare-missing");
    let output = refusal(&["compare", &register, "talks-1", "talks-9"]);
    assert!(
        output.contains("There is no document `talks-9`. Did you mean"),
        "{output}"
    );
    let output = refusal(&["compare", &register, "talks-1", "talks-2", "--sentences"]);
    assert!(
        output.contains("There is no text of First") && output.contains("talks-1.txt"),
        "{output}"
    );
    let output = refusal(&[
        "compare", &register, "talks-1", "talks-2", "--texts", "nowhere",
    ]);
    assert!(output.contains("--texts"), "{output}");
    refusal(&["compare", "talks-1"]);
}

#[test]
fn where_no_step_is_known_firmer_or_weaker_is_not_said() {
    let without = |steps: &[&str]| {
        let mut text = TALKS.to_owned();
        for step in steps {
            text = text.replace(&format!(" strength: \"{step}\","), "");
        }
        let register = file("compare-no-step.ron", &text);
        linchpin(&["compare", register.to_str().unwrap(), "talks-1", "talks-2"]).out
    };
    for (steps, words) in [
        (&["firm", "intent"][..], "Neither has a step of the ladder"),
        (&["firm"], "The earlier one has no step of the ladder"),
        (&["intent"], "The later one has no step of the ladder"),
    ] {
        let told = without(steps);
        let note = format!("{words}: firmer or weaker cannot be said");
        assert!(
            told.contains(&note) && told.contains("1 reworded"),
            "{told}"
        );
    }
    assert!(!without(&[]).contains("cannot be said"));
}

#[test]
fn the_same_words_without_a_step_are_as_firm_as_before() {
    let text = TALKS.replace(" strength: \"firm\",", "");
    let text = text.replace("strength: \"intent\", ", "");
    let text = text
        .replace("intends to", "will")
        .replace("mean to keep", "keep");
    let register = file("compare-no-step-same.ron", &text);
    let told = linchpin(&["compare", register.to_str().unwrap(), "talks-1", "talks-2"]).out;
    assert!(told.contains("1 repeated"), "{told}");
    assert!(!told.contains("cannot be said"), "{told}");
}
