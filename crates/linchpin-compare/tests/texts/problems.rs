//! What a text says of its register: as a problem at its place, with a repair only where that is
//! sure.

use crate::desk::{fixed, library, looked, only, register};
use linchpin_edit::text_diagnostics::with_text_diagnostics;
use linchpin_reading::TextLibrary;
use linchpin_reading::text_library::TextFileBytes;
use linchpin_register::{codes, load};
use linchpin_text::prose::sha256;
use ron_lossless::Severity;
use std::sync::Arc;

const TEXT: &str = "\u{feff}The “two sides” – the U.S. and the ROK’s friends – will\u{a0}meet \
    again… and again.\r\n\r\nThey co\u{ad}operate with the U.S. in 2024, and 양국은 확장억제를 강화할 \
    것이다.\nThe two sides will meet again, and the two sides will part.\n";

#[test]
fn words_that_differ_by_type_alone_are_written_as_the_text_has_them() {
    for (paragraph, phrase, own) in [
        (
            1,
            "the \\\"two sides\\\" - the u.s.",
            "The “two sides” – the U.S.",
        ),
        (1, "the ROK's friends", "the ROK’s friends"),
        (1, "will meet again...", "will\u{a0}meet again…"),
        (2, "They cooperate  with", "They co\u{ad}operate with"),
        (2, "양국은\u{3000}확장억제를", "양국은 확장억제를"),
    ] {
        let text = register("", &[(paragraph, &phrase.replace('\\', ""))], "");
        let loaded = looked(&text, TEXT);
        let problem = only(&loaded);
        assert_eq!(problem.code, codes::PHRASE_NORMALIZED, "{phrase}");
        assert_eq!(problem.severity, Severity::Warning);
        let fixed = fixed(&loaded, problem);
        assert!(
            fixed.contains(&format!("phrase: \"{own}\"), // 0")),
            "{fixed}"
        );
        assert_eq!(looked(&fixed, TEXT).diagnostics.to_vec(), []);
    }
}

#[test]
fn a_phrase_that_moved_to_one_place_is_sent_there() {
    for (paragraph, phrase, now, rest) in [
        (3, "in 2024, and", 2, 0),
        (1, "will part", 3, 0),
        (40, "IN 2024", 2, 1),
        (u32::MAX, "확장억제를", 2, 0),
    ] {
        let loaded = looked(&register("", &[(paragraph, phrase)], ""), TEXT);
        let problem = only(&loaded);
        assert_eq!(problem.code, codes::PHRASE_MOVED, "{phrase}");
        assert_eq!(problem.span.of(&loaded.text), paragraph.to_string());
        let fixed = fixed(&loaded, problem);
        assert!(
            fixed.contains(&format!("paragraph: {now}, phrase: \"{phrase}\"")),
            "{fixed}"
        );
        assert_eq!(looked(&fixed, TEXT).diagnostics.len(), rest, "{phrase}");
    }
}

#[test]
fn a_phrase_that_moved_to_several_places_is_left_to_its_author() {
    let loaded = looked(&register("", &[(2, "the two sides")], ""), TEXT);
    // “The two sides” and "the two sides" are the same but for case: the one letter for letter is
    // in paragraph 3.
    assert_eq!(
        only(&loaded).fix.as_ref().map(|r| r.label.as_str()),
        Some("Write paragraph 3")
    );
    let loaded = looked(&register("", &[(2, "two sides")], ""), TEXT);
    let problem = only(&loaded);
    assert_eq!((problem.code, &problem.fix), (codes::PHRASE_MOVED, &None));
    assert_eq!(
        problem.message,
        "The phrase \"two sides\" does not stand in paragraph 2, but in 2 others"
    );
    assert!(problem.help.as_ref().unwrap().contains("the first is 1"));
    // Twice in one paragraph is one place to send it to.
    let loaded = looked(
        &register("", &[(1, "the two")], ""),
        "No.\nThe two and the two, the two.",
    );
    assert!(fixed(&loaded, only(&loaded)).contains("paragraph: 2, phrase: \"the two\""));
}

#[test]
fn a_broken_citation_says_what_stands_there_and_hides_nothing() {
    let text = register(
        "",
        &[
            (1, "will meet never again"),
            (2, "not at all"),
            (9, "never"),
            (3, "will part"),
        ],
        "",
    );
    let loaded = looked(&text, TEXT);
    assert_eq!(loaded.register.bodies.len(), 4);
    let said: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|p| (p.code, p.severity, p.help.as_deref().unwrap(), &p.fix))
        .collect();
    let broken = |help| (codes::PHRASE_BROKEN, Severity::Error, help, &None);
    assert_eq!(
        said,
        [
            broken("paragraph 1 has \"will meet again… and\""),
            broken(
                "write words that stand in paragraph 2, or the paragraph where these stand in the \
                document"
            ),
            broken("there is no paragraph 9: the text has 3"),
        ]
    );
    assert!(loaded.diagnostics[0].message.starts_with("Citation broken"));
    assert_eq!(
        loaded.diagnostics[0].span.of(&loaded.text),
        "\"will meet never again\""
    );
}

#[test]
fn a_changed_text_is_taken_only_where_every_phrase_stands_in_it() {
    let old = sha256(b"another");
    let signed = |hash: &str| format!(" text_sha256: \"{hash}\",");
    let loaded = looked(&register(&signed(&old), &[(3, "will part")], ""), TEXT);
    let problem = only(&loaded);
    assert_eq!(
        (problem.code, problem.severity),
        (codes::TEXT_CHANGED, Severity::Warning)
    );
    let after = fixed(&loaded, problem);
    assert!(after.contains(&signed(&sha256(TEXT.as_bytes()))));
    assert_eq!(looked(&after, TEXT).diagnostics.to_vec(), []);
    for phrase in ["will never part", "in 2024"] {
        let loaded = looked(&register(&signed(&old), &[(3, phrase)], ""), TEXT);
        let changed = loaded
            .diagnostics
            .iter()
            .find(|p| p.code == codes::TEXT_CHANGED);
        assert_eq!(changed.unwrap().fix, None);
    }
    let capitals = sha256(TEXT.as_bytes()).to_uppercase();
    assert_eq!(
        looked(&register(&signed(&capitals), &[], ""), TEXT)
            .diagnostics
            .to_vec(),
        []
    );
}

#[test]
fn a_text_that_cannot_be_read_is_one_warning() {
    let missing = |text: &str, why: &str| {
        let loaded = load(text, Vec::new());
        let library = TextLibrary::from_bytes(&loaded.register, &mut |document| {
            let path = document.text.clone()?;
            let bytes = Err(why.to_owned());
            Some(TextFileBytes { path, bytes })
        });
        with_text_diagnostics(loaded, &library)
    };
    let text = register("", &[(1, "whatever")], "");
    let loaded = missing(&text, "there is no such file");
    let problem = only(&loaded);
    assert_eq!(problem.code, codes::TEXT_MISSING);
    assert_eq!(
        problem.message,
        "The text of this document cannot be read: there is no such file"
    );
    assert_eq!(problem.span.of(&loaded.text), "\"d.txt\"");
    // That its path leads out of the folder has been said.
    let outside = missing(&text.replace("\"d.txt\"", "\"../d.txt\""), "outside");
    assert_eq!(only(&outside).code, codes::BAD_PATH);
}

#[test]
fn a_document_that_is_said_to_be_coded_whole_is_held_to_it() {
    let lists = "    dismissals: [(id: \"x\", reason: Ceremony, citations: [(document: \"d\", \
        paragraph: 2, phrase: \"They meet\")])],\n";
    let text = "One is “said”. Two is not said by the U.S. at all, whatever others may say of \
        it.\nThey meet.";
    let whole = register(" coded: Whole,", &[(1, "One is")], lists);
    let loaded = looked(&whole, text);
    let problem = only(&loaded);
    assert_eq!(
        (problem.code, problem.severity, &problem.fix),
        (codes::OPEN_SENTENCES, Severity::Warning, &None)
    );
    assert_eq!(
        problem.message,
        "1 of the 3 sentences of this document has neither a record nor a dismissal"
    );
    let help = problem.help.as_ref().unwrap();
    assert!(
        help.ends_with(
            "The first is sentence 2 of paragraph 1: \"Two is not said by the U.S. \
        at all, whatever…\""
        ),
        "{help}"
    );
    assert_eq!(problem.span.of(&loaded.text), "Whole");
    let done = register(" coded: Whole,", &[(1, "One is"), (1, "at all")], lists);
    assert_eq!(looked(&done, text).diagnostics.to_vec(), []);
    let excerpts = register(" coded: Excerpts,", &[(1, "One is")], lists);
    assert_eq!(looked(&excerpts, text).diagnostics.to_vec(), []);
}

#[test]
fn findings_stand_among_the_other_problems_in_the_order_of_the_text() {
    let text = register("", &[(1, "will part"), (1, "never")], "    partys: [],\n");
    let text = text.replace("kind: State", "kind: Stat");
    let loaded = load(text.as_str(), Vec::new());
    let library = library(&loaded, TEXT);
    let loaded = with_text_diagnostics(loaded, &library);
    let starts: Vec<u32> = loaded.diagnostics.iter().map(|p| p.span.start).collect();
    assert!(starts.is_sorted(), "{:?}", loaded.diagnostics);
    let found = [codes::PHRASE_MOVED, codes::PHRASE_BROKEN];
    let found: Vec<usize> = found
        .iter()
        .filter_map(|code| loaded.diagnostics.iter().position(|p| p.code == *code))
        .collect();
    assert_eq!(found, [1, 2]);
    assert!(loaded.diagnostics.len() > 3);
}

#[test]
fn more_findings_than_are_kept_are_counted() {
    let phrases = vec![(1, "never"); 1200];
    let loaded = looked(&register("", &phrases, ""), TEXT);
    assert_eq!(
        (loaded.diagnostics.len(), loaded.omitted_diagnostics),
        (1000, 200)
    );
}

#[test]
fn a_register_without_texts_is_left_as_it_is() {
    let loaded = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new());
    let before = loaded.diagnostics.clone();
    let after = with_text_diagnostics(loaded, &TextLibrary::default());
    assert!(Arc::ptr_eq(&before, &after.diagnostics));
}
