//! Phrases are found in texts as they are in the world: with their quotation marks, dashes,
//! no-break spaces, abbreviations and scripts.

use crate::desk::{checked, covered, register};
use linchpin_reading::{SentenceState, VerificationOutcome};
use linchpin_text::prose::Found;

const TEXT: &str = "I. Joint words\r\n\r\n“We will – as before – stand together,” the U.S. said… \
    It meant it.\r\n한미 양국은 ‘핵협의그룹(NCG)’을 통해 협의를 지속하기로 하였다. 양국은 이를 환영한다.\r\nSome 28,500 came, and \
    1,000.50 stayed; No. 5 did not. The re-\u{2060}use of\u{202f}it pleased e\u{301}veryone at the \
    café.\r\n";

fn outcome(paragraph: u32, phrase: &str) -> &'static str {
    let (checked, _) = checked(&register("", &[(paragraph, phrase)], ""), TEXT);
    let VerificationOutcome::Searched(found) = &checked[0].outcome else {
        panic!("no text");
    };
    let range = found.range();
    assert!(
        range.is_none_or(|range| TEXT.get(range).is_some()),
        "{phrase}"
    );
    match found {
        Found::Exact(_) => "exact",
        Found::Normalized(_) => "normalized",
        Found::Moved { .. } => "moved",
        Found::Broken => "broken",
    }
}

#[test]
fn nasty_type_is_read_as_a_reader_would() {
    for (paragraph, phrase, expected) in [
        (
            2,
            "“We will – as before – stand together,” the U.S.",
            "exact",
        ),
        (
            2,
            "\"we will - as before - stand together,\" the U.S.",
            "normalized",
        ),
        (2, "the U.S. said... It", "normalized"),
        (2, "the US said", "broken"),
        (3, "‘핵협의그룹(NCG)’을", "exact"),
        (3, "'핵협의그룹(ncg)'을", "normalized"),
        (3, "협의를", "exact"),
        (3, "협의", "exact"),
        (3, "\u{1112}\u{1167}\u{11b8}의를", "normalized"),
        (4, "28,500", "exact"),
        (4, "500 came", "broken"),
        (4, "28", "broken"),
        (4, "1,000", "broken"),
        (4, "1,000.50", "exact"),
        (4, "re-use of it", "normalized"),
        (4, "pleased \u{e9}veryone at the cafe\u{301}", "normalized"),
        (4, "the cafe", "broken"),
        (1, "No. 5", "moved"),
        (0, "No. 5", "moved"),
        (1, "i. joint", "normalized"),
        (1, "words “We", "broken"),
        (1, "words\n“We", "broken"),
        (3, "", "broken"),
        (3, "\u{ad}", "broken"),
    ] {
        assert_eq!(outcome(paragraph, phrase), expected, "{phrase:?}");
    }
}

#[test]
fn sentences_are_coded_dismissed_or_open() {
    let lists = "    dismissals: [\n        (id: \"x\", reason: Description, citations: \
        [(document: \"d\", paragraph: 1, phrase: \"Joint words\")]),\n        (id: \"y\", reason: \
        Ceremony, citations: [(document: \"d\", paragraph: 3, phrase: \"양국은 이를 환영한다\")]),\n        \
        (id: \"z\", reason: Ceremony, citations: [(document: \"d\", paragraph: 2, phrase: \"stand \
        together\")]),\n    ],\n";
    // One phrase has moved, one is broken, one stands in two sentences.
    let text = register(
        "",
        &[
            (2, "as before"),
            (1, "한미 양국은"),
            (4, "never said"),
            (4, "did not. The"),
        ],
        lists,
    );
    let coverage = covered(&text, TEXT);
    let states: Vec<(u32, u32, SentenceState)> = coverage
        .sentences
        .iter()
        .map(|s| (s.paragraph, s.number, s.state))
        .collect();
    use SentenceState::{Coded, Dismissed, Open};
    assert_eq!(
        states,
        [
            (1, 1, Dismissed),
            (2, 1, Coded),
            (2, 2, Open),
            (3, 1, Coded),
            (3, 2, Dismissed),
            (4, 1, Coded),
            (4, 2, Coded),
        ]
    );
    assert!((coverage.reviewed_share() - 6.0 / 7.0).abs() < 1e-9);
    assert_eq!(coverage.sentences[1].records.len(), 2);
    for sentence in &coverage.sentences {
        assert_eq!(coverage.sentence_at(sentence.range.start), Some(sentence));
        assert_eq!(coverage.sentence_at(sentence.range.end - 1), Some(sentence));
    }
}
