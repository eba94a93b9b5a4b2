//! The records that are made of candidates, and the words that a register gives the rules.

use super::{REGISTER, all, kept, register};
use linchpin_reading::candidates::{prefill_dismissal, prefill_record, suggested_dismissal_reason};
use linchpin_reading::{ExclusionReason, Proposal, cues_of_kind, find_candidates};
use linchpin_register::vocabulary::{CueKind, DismissalReason};
use linchpin_register::{RecordKind, load};
use linchpin_text::prose::Prose;
use ron_lossless::{RonValue, Severity};

/// Adds a prefilled record to the register, with what a user writes, and gives its errors.
fn errors_with(list: &str, fields: &[(String, RonValue)]) -> Vec<String> {
    let mut fields = fields.to_vec();
    fields.insert(0, ("id".to_owned(), RonValue::text("new-record")));
    for (name, value) in &mut fields {
        if matches!(name.as_str(), "title" | "statement") {
            *value = RonValue::text("Written by the user.");
        }
    }
    let record = RonValue::Record(fields).line();
    let text = match REGISTER.contains(&format!("    {list}: [")) {
        true => REGISTER.replace(
            &format!("    {list}: ["),
            &format!("    {list}: [{record}, "),
        ),
        false => REGISTER.replace("\n)", &format!("\n    {list}: [{record}],\n)")),
    };
    let loaded = load(text, Vec::new());
    let errors = loaded
        .diagnostics
        .iter()
        .filter(|p| p.severity == Severity::Error);
    errors.map(|p| p.message.clone()).collect()
}

#[test]
fn a_record_from_a_candidate_is_sound_once_the_user_has_written() {
    let text = "Secretary Rao spoke: “I will stand by more than $140 billion for seventy years.” \
        The Pact intends to sail, and Zedia intends to dive in 1953; it is the second largest \
        buyer, on 7 August 2009, of 3K. Threats grow for 70 percent of 2 to 3 million people, some \
        5,000 ships.";
    let (prose, found) = all(text);
    let register = register();
    let mut kinds = Vec::new();
    for candidate in &found {
        let (kind, fields) = prefill_record(&register, "d", &prose, candidate);
        if matches!(candidate.proposal, Proposal::Name(_)) {
            assert!(fields.len() <= 1);
            continue;
        }
        let phrase = &prose.text()[candidate.phrase.clone()];
        assert!(phrase.split_whitespace().count() <= 10, "{phrase}");
        assert_eq!(prose.text().matches(phrase).count(), 1, "{phrase}");
        let errors = errors_with(kind.list(), &fields);
        let without_step = errors
            .iter()
            .all(|e| e.contains("neither a strength nor a parent"));
        assert!(
            errors.is_empty() || (candidate.excluded.is_some() && without_step),
            "{kind:?} {phrase}: {errors:?}"
        );
        kinds.push((kind, RonValue::Record(fields).line()));
    }
    let of = |kind: RecordKind| {
        kinds
            .iter()
            .filter(move |(k, _)| *k == kind)
            .map(|(_, line)| line.as_str())
    };
    assert!(
        of(RecordKind::Commitment).any(|line| line.contains("voice: Quoted, speaker: \"kim-rao\"")),
        "{kinds:#?}"
    );
    assert!(
        of(RecordKind::Concern).any(|line| line.contains("Zedia")),
        "{kinds:#?}"
    );
    for amount in [
        "MoreThan(140000000000)",
        "Exactly(70)",
        "On(\"1953\")",
        "On(\"2009-08-07\")",
        "Named(\"3K\")",
        "Between(2000000, 3000000)",
        "About(5000)",
        "currency: \"USD\"",
    ] {
        assert!(
            of(RecordKind::Figure).any(|line| line.contains(amount)),
            "{amount}: {kinds:#?}"
        );
    }
}

#[test]
fn a_sentence_is_dismissed_with_words_of_its_own() {
    let text = "Arland has grown.\n“Arland has grown, and it has grown so much that nobody can \
        count how much.” Arland has grown.";
    let (prose, found) = all(text);
    let register = register();
    for candidate in found
        .iter()
        .filter(|c| c.excluded == Some(ExclusionReason::Past))
    {
        let why = candidate
            .excluded
            .and_then(suggested_dismissal_reason)
            .unwrap();
        assert_eq!(why, DismissalReason::PastAchievement);
        let fields = prefill_dismissal(
            &register,
            "d",
            &prose,
            candidate.sentence.clone(),
            why,
            Some("Praise."),
        );
        assert_eq!(errors_with("dismissals", &fields), Vec::<String>::new());
        let line = RonValue::Record(fields).line();
        assert!(
            line.starts_with(
                "(reason: PastAchievement, note: \"Praise.\", citations: \
            [(document: \"d\", paragraph:"
            ),
            "{line}"
        );
    }
    assert!(
        found
            .iter()
            .any(|c| c.excluded == Some(ExclusionReason::Past))
    );
}

#[test]
fn a_registers_own_cues_take_the_place_of_the_standard_ones() {
    let own = REGISTER.replace(
        "    bodies:",
        "    cues: [(id: \"ours\", kind: Promise, words: [\"swears to\"])],\n    bodies:",
    );
    let register = load(own, Vec::new()).register;
    let prose = Prose::new("Arland swears to sail. Arland vows to sail.");
    let found = find_candidates(&register, "d", &prose);
    let verbs: Vec<&str> = found
        .iter()
        .filter(|c| matches!(c.proposal, Proposal::Commitment { .. }))
        .map(|c| &prose.text()[c.trigger.clone()])
        .collect();
    assert_eq!(verbs, ["swears to"]);
    assert_eq!(
        kept("Arland swears to sail. Arland vows to sail."),
        ["vows to | - | arland |  | future action"]
    );
    assert_eq!(cues_of_kind(&register, CueKind::Promise).count(), 1);
    assert!(cues_of_kind(&register, CueKind::Hedge).count() > 1);
}

#[test]
fn no_text_is_too_odd() {
    let pieces = [
        "will",
        "not",
        "Arland",
        "Zedia",
        " ",
        " ",
        " ",
        ", ",
        ". ",
        "—",
        "“",
        "”",
        "(",
        ")",
        "and",
        "protect",
        "to",
        "U.S.",
        "\u{a0}",
        "\u{ad}",
        "28,500",
        "$",
        "만",
        "할 것이다",
        "아를란드는",
        "않을",
        "'s",
        "’ll",
        "\n",
        "e\u{301}",
        "including by",
        "This includes",
        "which will",
        "has",
        "said",
        "we",
        "…",
        "\u{1112}\u{1161}",
    ];
    let register = register();
    let mut seed = 11_u64;
    for _ in 0..120 {
        let mut text = String::new();
        for _ in 0..40 {
            seed = seed
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            if seed >> 62 == 0 {
                text.push(' ');
            }
        }
        let prose = Prose::new(text.as_str());
        for candidate in find_candidates(&register, "d", &prose) {
            let phrase = prose
                .text()
                .get(candidate.phrase.clone())
                .unwrap_or_else(|| panic!("{text:?}: {candidate:?}"));
            assert!(
                prose
                    .text()
                    .get(candidate.trigger.clone())
                    .is_some_and(
                        |words| phrase.contains(words) || words.split_whitespace().count() > 10
                    ),
                "{text:?}: {candidate:?}"
            );
            assert!(
                !phrase.trim().is_empty() && phrase.split_whitespace().count() <= 10,
                "{text:?}: {phrase:?}"
            );
            prefill_record(&register, "d", &prose, &candidate);
        }
    }
}
