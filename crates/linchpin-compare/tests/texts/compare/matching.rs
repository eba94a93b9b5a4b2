//! Commitment by commitment.

use super::Chance;
use super::talks::{PROMISES, Promise, library, talks};
use linchpin_compare::{
    CommitmentInDocument, CommitmentMatch, CommitmentMatching, MatchOutcome, MatchStatus,
    match_commitments,
};
use linchpin_reading::TextLibrary;
use linchpin_register::LoadedRegister;
use linchpin_register::vocabulary::WordingChange;

pub fn compared(loaded: &LoadedRegister, before: &str, after: &str) -> CommitmentMatching {
    match_commitments(&loaded.register, &TextLibrary::default(), before, after)
}

fn id(side: &Option<CommitmentInDocument>) -> String {
    side.as_ref().map_or("-".to_owned(), |side| side.id.clone())
}

/// Each match as "change: before after".
pub fn told(matching: &CommitmentMatching) -> Vec<String> {
    let told =
        |m: &CommitmentMatch| format!("{}: {} {}", m.outcome.name(), id(&m.before), id(&m.after));
    matching.matches.iter().map(told).collect()
}

#[test]
fn each_commitment_is_new_dropped_weaker_or_not_coded_there() {
    let loaded = talks(PROMISES, &[]);
    let found = compared(&loaded, "talks-1", "talks-2");
    assert_eq!(
        told(&found),
        [
            "Weakened: lights-1 lights-2",
            "Dropped: pier-1 -",
            "New: - buoys-2",
            "Reworded: patrol-1 patrol-2",
            "NotCoded: ferry-1 -",
        ]
    );
    assert!(
        found
            .matches
            .iter()
            .all(|m| m.status == MatchStatus::Proposed)
    );
    let weaker = &found.matches[0];
    assert!(weaker.score > Some(0.5) && !weaker.reasons.is_empty());
    let unranked = &found.matches[3];
    assert_eq!(
        unranked.notes[0].to_string(),
        "“– · habit” has no rank: firmer or weaker cannot be said"
    );
    assert_eq!(unranked.notes.len(), 1);
    let not_there = &found.matches[4].notes;
    assert_eq!(not_there.len(), 1);
    assert_eq!(
        not_there[0].to_string(),
        "Second is coded through for other subjects only: what is missing may stand there"
    );
}

#[test]
fn what_comes_back_after_a_document_without_it_is_restored() {
    let loaded = talks(PROMISES, &[]);
    let found = compared(&loaded, "talks-2", "talks-3");
    assert_eq!(
        told(&found),
        [
            "Dropped: buoys-2 -",
            "Strengthened: patrol-2 patrol-3",
            "Restored: - pier-3",
            "Repeated: lights-2 lights-3",
        ]
    );
    assert_eq!(id(&found.matches[2].restored_from), "pier-1");
}

#[test]
fn a_document_coded_in_part_drops_nothing_and_has_nothing_new() {
    let loaded = talks(PROMISES, &[]);
    for (before, after) in [("talks-3", "talks-4"), ("talks-4", "talks-3")] {
        let found = compared(&loaded, before, after);
        let others = told(&found)
            .into_iter()
            .filter(|one| !one.starts_with("NotCoded"));
        // The school is missing in a document that is coded through: that is known.
        let known = match before {
            "talks-3" => "New: - school-4",
            _ => "Dropped: school-4 -",
        };
        assert_eq!(others.collect::<Vec<_>>(), [known]);
    }
}

#[test]
fn with_texts_other_words_of_the_same_sentence_are_no_rewording() {
    let mut promises: Vec<Promise> = Vec::new();
    for document in ["talks-1", "talks-3"] {
        let (id, phrase) = match document {
            "talks-1" => ("a-1", "will paint the pier"),
            _ => ("a-3", "paint the pier and the “stairs” white"),
        };
        promises.push(Promise {
            id,
            title: "Paint the pier",
            verb: "will",
            step: "firm",
            theme: "harbor",
            document,
            phrase,
        });
    }
    let loaded = talks(&promises, &[]);
    assert_eq!(
        told(&compared(&loaded, "talks-1", "talks-3")),
        ["Reworded: a-1 a-3"]
    );
    let text = "They will paint the pier and the \"stairs\" white.";
    let library = library(&loaded, &[("talks-1", text), ("talks-3", text)]);
    let found = match_commitments(&loaded.register, &library, "talks-1", "talks-3");
    assert_eq!(told(&found), ["Repeated: a-1 a-3"]);
}

const TITLES: &[&str] = &[
    "Keep the light ship manned",
    "Keep the light ship lit",
    "Paint the north pier",
    "Paint the south pier",
    "Run a ferry",
    "Run a ferry on Sundays",
    "등대를 지킨다",
    "Patrol the “breakwater”",
    "Thank the crew",
    "—",
];

/// Registers of chance, with confirmed entries among them.
fn random(chance: &mut Chance) -> LoadedRegister {
    let ids: Vec<String> = (0..chance.below(16)).map(|at| format!("c-{at}")).collect();
    let mut promises = Vec::new();
    let mut more: Vec<(&str, String)> = Vec::new();
    for id in &ids {
        let at = 1 + chance.below(4);
        promises.push(Promise {
            // Tests alone leak, and these few bytes.
            id: id.clone().leak(),
            title: chance.one_of(TITLES),
            verb: chance.one_of(&["will", "intends to", "continues to"]),
            step: chance.one_of(&["pledge", "firm", "intent", "habit"]),
            theme: chance.one_of(&["harbor", "ferries"]),
            document: ["talks-1", "talks-2", "talks-3", "talks-4"][at - 1],
            phrase: chance.one_of(TITLES),
        });
        if chance.below(3) == 0 {
            let against = 1 + chance.below(4);
            let change = chance.one_of(&["New", "Dropped", "Weakened", "Repeated", "Restored"]);
            let earlier = match chance.below(2) {
                0 => String::new(),
                _ => format!(", earlier: \"{}\"", ids[chance.below(ids.len())]),
            };
            let entry = format!(
                " continuity: [(against: \"talks-{against}\", change: {change}{earlier})],"
            );
            more.push((id, entry));
        }
    }
    let more: Vec<(&str, &str)> = more
        .iter()
        .map(|(id, words)| (*id, words.as_str()))
        .collect();
    talks(&promises, &more)
}

fn turned(finding: MatchOutcome) -> MatchOutcome {
    match finding {
        MatchOutcome::Change(WordingChange::New | WordingChange::Restored) => {
            MatchOutcome::Change(WordingChange::Dropped)
        }
        MatchOutcome::Change(WordingChange::Strengthened) => {
            MatchOutcome::Change(WordingChange::Weakened)
        }
        MatchOutcome::Change(WordingChange::Weakened) => {
            MatchOutcome::Change(WordingChange::Strengthened)
        }
        same => same,
    }
}

#[test]
fn any_two_documents_mirror_each_other() {
    let mut chance = Chance(0xc0de);
    for _ in 0..300 {
        let loaded = random(&mut chance);
        for (a, b) in [
            ("talks-1", "talks-2"),
            ("talks-2", "talks-4"),
            ("talks-3", "talks-1"),
        ] {
            let (there, back) = (compared(&loaded, a, b), compared(&loaded, b, a));
            let keyed = |m: &CommitmentMatch, finding: MatchOutcome| {
                (
                    id(&m.before),
                    id(&m.after),
                    finding.name(),
                    m.status == MatchStatus::Confirmed,
                )
            };
            let mut one: Vec<_> = there
                .matches
                .iter()
                .map(|m| keyed(m, turned(m.outcome)))
                .collect();
            let mut other: Vec<_> = back
                .matches
                .iter()
                .map(|m| {
                    let dropped = MatchOutcome::Change(WordingChange::Dropped);
                    let finding = if m.outcome == dropped {
                        dropped
                    } else {
                        m.outcome
                    };
                    let (before, after, ..) = keyed(m, finding);
                    (
                        after,
                        before,
                        finding.name(),
                        m.status == MatchStatus::Confirmed,
                    )
                })
                .collect();
            // From the other side, what was dropped is new or restored: both are "dropped" turned.
            for key in one.iter_mut().chain(&mut other) {
                if matches!(key.2, "New" | "Restored") {
                    key.2 = "Dropped";
                }
            }
            one.sort();
            other.sort();
            assert_eq!(one, other, "{}", loaded.text);
        }
    }
}

#[test]
fn any_document_repeats_itself() {
    let mut chance = Chance(0xbead);
    for _ in 0..200 {
        let loaded = random(&mut chance);
        let found = compared(&loaded, "talks-2", "talks-2");
        let proposed = found
            .matches
            .iter()
            .filter(|m| m.status == MatchStatus::Proposed);
        for one in proposed {
            assert_eq!(
                one.outcome,
                MatchOutcome::Change(WordingChange::Repeated),
                "{}",
                loaded.text
            );
            assert_eq!(id(&one.before), id(&one.after), "{}", loaded.text);
        }
    }
}
