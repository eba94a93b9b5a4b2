//! What is proposed of a text, and what is excluded: on texts written for the purpose.

mod made;

use linchpin_reading::{Candidate, Proposal, find_candidates};
use linchpin_register::{Register, load};
use linchpin_text::prose::Prose;

/// Two made-up allies and a made-up neighbor, with a ladder that has a Korean verb.
const REGISTER: &str = r#"(format: 1, title: "T",
    parties: [
        (id: "arland", name: "Republic of Arland", short: "Arland", kind: State,
            native_name: "아를란드"),
        (id: "borland", name: "United Kingdom of Borland", short: "Borland", kind: State,
            native_name: "보를란드"),
        (id: "pact", name: "Arland-Borland Pact", short: "Pact", kind: Grouping,
            members: ["arland", "borland"]),
        (id: "zedia", name: "Zedia", kind: State, native_name: "제디아"),
        (id: "kim-rao", name: "Kim L. Rao", short: "Rao", kind: Person),
        (id: "eva-lund", name: "Eva Lund", short: "Lund", kind: Person),
    ],
    ladder: [
        (id: "pledge", rank: 5, label: "pledge", verbs: ["commits to", "is committed to",
            "pledges"]),
        (id: "firm", rank: 4, label: "firm", verbs: ["will", "will continue to", "must", "강화한다"]),
        (id: "intent", rank: 3, label: "intention", verbs: ["intends to", "plans to"]),
        (id: "effort", rank: 2, label: "effort", verbs: ["seeks to", "works to", "should"]),
        (id: "support", rank: 1, label: "support", verbs: ["supports",
            "reaffirm the importance of", "affirms"]),
        (id: "hope", rank: 0, label: "hope", verbs: ["believes", "is optimistic"]),
        (id: "practice", label: "practice", verbs: ["continues to", "stands ready to"]),
        (id: "reserve", label: "reservation", verbs: ["is not intended to"]),
    ],
    documents: [(id: "d", title: "Joint Outlook of the Pact", short: "D", kind: JointStatement,
        issuers: ["kim-rao", "eva-lund"],
        legal_character: PoliticalInferred, date: (date: "2024", basis: Stated),
            url: "https://example.org")],
    commitments: [(id: "c", title: "C", statement: "S.", committers: ["pact", "arland", "borland"],
        verb: "will", strength: "firm", mode: FutureAction,
        citations: [(document: "d", paragraph: 1, phrase: "will")])],
    bodies: [(id: "jwg", name: "Joint Widget Group", abbreviation: "JWG", kind: WorkingGroup,
        citations: [(document: "d", paragraph: 1, phrase: "JWG")])],
)"#;

fn register() -> Register {
    let loaded = load(REGISTER, Vec::new());
    assert_eq!(loaded.diagnostic_count(), 0, "{:#?}", loaded.diagnostics);
    (*loaded.register).clone()
}

fn all(text: &str) -> (Prose, Vec<Candidate>) {
    let prose = Prose::new(text);
    let all = find_candidates(&register(), "d", &prose);
    (prose, all)
}

/// The commitments of a text in short: verb, step, committers, hedges, mode; or why they are held
/// apart.
fn read(text: &str) -> Vec<String> {
    let (_, all) = all(text);
    let said = all.iter().filter_map(|c| match &c.proposal {
        Proposal::Commitment {
            verb,
            step,
            committers,
            hedges,
            mode,
        } => Some(match c.excluded {
            Some(held) => format!("{verb} | {}", held.label()),
            None => format!(
                "{verb} | {} | {} | {} | {}",
                step.as_deref().unwrap_or("-"),
                committers.join("+"),
                hedges.join("; "),
                mode.label()
            ),
        }),
        _ => None,
    });
    said.collect()
}

fn kept(text: &str) -> Vec<String> {
    let all = read(text).into_iter();
    all.filter(|line| line.matches(" | ").count() > 1).collect()
}

#[test]
fn verbs_in_all_their_forms_with_words_in_between() {
    for (text, expected) in [
        (
            "Arland intends to sail.",
            "intends to | intent | arland |  | future action",
        ),
        (
            "Arland and Borland intend to sail.",
            "intend to | intent | arland+borland |  | future action",
        ),
        (
            "We will — they say — rest.",
            "will | firm | kim-rao+eva-lund |  | future action",
        ),
        (
            "Arland, Borland and the Pact will also continue to drill.",
            "will also continue to | firm | arland+borland+pact |  | continuing",
        ),
        (
            "The Pact’s members met; Arland remains fully committed to peace.",
            "remains fully committed to | pledge | arland |  | future action",
        ),
        (
            "Secretary Rao and Minister Lund reaffirm the importance of talks.",
            "reaffirm the importance of | support | kim-rao+eva-lund |  | continuing",
        ),
        (
            "Borland stands ready to help.",
            "stands ready to | practice | borland |  | readiness",
        ),
        (
            "The Pact should grow.",
            "should | effort | pact |  | recommendation",
        ),
        (
            "We’ll meet “soon”.",
            "’ll | firm | kim-rao+eva-lund |  | future action",
        ),
        (
            "The Joint Outlook seeks to show the way.",
            "seeks to | effort | kim-rao+eva-lund |  | purpose",
        ),
        (
            "Borland plans to work to open ports where appropriate.",
            "plans to | intent | borland | work to; where appropriate | future action",
        ),
        (
            "The R.O.A. will sail.",
            "will | firm | arland |  | future action",
        ),
    ] {
        assert_eq!(kept(text), [expected], "{text}");
    }
}

#[test]
fn nouns_and_infinitives_are_no_verbs() {
    for text in [
        "The political will of the Pact is known.",
        "Arland's support for ports was noted.",
        "Their plans to the contrary were dropped.",
        "They met to support ports.",
        "Good will, hope and pledges.",
    ] {
        assert_eq!(kept(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn several_acts_under_one_verb_are_several_candidates() {
    let (prose, found) =
        all("Arland will withstand storms, protect its ports, and uphold the law of the sea.");
    let phrases: Vec<&str> = found
        .iter()
        .filter(|c| matches!(c.proposal, Proposal::Commitment { .. }) && c.excluded.is_none())
        .map(|c| &prose.text()[c.phrase.clone()])
        .collect();
    assert_eq!(
        phrases,
        [
            "Arland will withstand storms",
            "protect its ports",
            "uphold the law of the sea"
        ]
    );
    // What a purpose lists belongs to the purpose.
    let one = kept("Arland will build ships to protect trade and uphold order.");
    assert_eq!(one.len(), 1, "{one:?}");
    assert_eq!(
        kept("Arland will trade ships, peace and prosperity.").len(),
        1
    );
}

#[test]
fn what_is_no_promise_is_held_apart() {
    for (text, expected) in [
        ("Arland will not sail.", "negated"),
        ("Arland won’t sail.", "negated"),
        ("Borland does not plan to sail.", "negated"),
        ("Zedia intends to sail.", "others' words or doings"),
        (
            "Rao warned that Zedia will sail.",
            "others' words or doings",
        ),
        (
            "According to Zedia, Arland will sail.",
            "others' words or doings",
        ),
        (
            "The port, which will bring peace, is new.",
            "predicted effect",
        ),
        ("Arland has successfully opened ports.", "past achievement"),
        ("Ships were built in order to trade.", "purpose"),
        ("The threat is growing.", "concern"),
    ] {
        let found = read(text);
        assert!(
            found.iter().any(|line| line.ends_with(expected)),
            "{text}: {found:?}"
        );
        assert_eq!(kept(text), Vec::<String>::new(), "{text}");
    }
    // The ladder's own denial is a step, and "not only" denies nothing.
    assert_eq!(kept("The text is not intended to bind Arland.").len(), 1);
    assert_eq!(kept("Arland will not only sail but swim.").len(), 1);
    assert_eq!(
        kept("“We will sail,” said Secretary Rao of Arland.").len(),
        1
    );
}

#[test]
fn parts_recitals_and_aims_have_their_mode() {
    let found = kept(
        "Arland intends to train more, including by opening schools. This includes closer drills.",
    );
    assert_eq!(
        found,
        [
            "intends to | intent | arland |  | future action",
            "including by | intent | arland |  | inclusion",
            "This includes | intent | arland |  | inclusion",
        ]
    );
    assert_eq!(
        kept("The Pact reiterated its vow."),
        ["reiterated | - | pact |  | recital"]
    );
    assert_eq!(
        kept("Our goal is a calm sea."),
        ["Our goal is | - | kim-rao+eva-lund |  | objective"]
    );
    assert_eq!(
        kept("Ports in the region, including Arland, were quiet."),
        Vec::<String>::new()
    );
}

#[test]
fn korean_is_read_by_its_endings() {
    for (text, expected) in [
        (
            "양국은 방위태세를 강화할 것이다.",
            "강화할 것이다 | - | kim-rao+eva-lund |  | future action",
        ),
        (
            "아를란드는 훈련을 확대하기로 하였다.",
            "확대하기로 하였다 | - | arland |  | future action",
        ),
        (
            "아를란드와 보를란드는 동맹을 강화한다.",
            "강화한다 | firm | arland+borland |  | future action",
        ),
        (
            "양측은 공약을 재확인하였다.",
            "재확인하였다 | - | kim-rao+eva-lund |  | recital",
        ),
    ] {
        assert_eq!(kept(text), [expected], "{text}");
    }
    for (text, held) in [
        ("아를란드는 항구를 열지 않을 것이다.", "negated"),
        ("제디아는 핵실험을 할 것이다.", "others' words or doings"),
    ] {
        assert_eq!(kept(text), Vec::<String>::new(), "{text}");
        assert!(
            read(text).iter().any(|line| line.ends_with(held)),
            "{text}: {:?}",
            read(text)
        );
    }
}

#[test]
fn figures_and_names_are_found() {
    let (prose, found) = all(
        "More than 28,500 U.S. troops met the JWG on 7 August 2009. One of the two countries has \
        2만8500명 in the 보를란드의 port, the B‑21 too.",
    );
    let words = |c: &Candidate| prose.text()[c.trigger.clone()].to_owned();
    let figures: Vec<String> = found
        .iter()
        .filter_map(|c| match &c.proposal {
            Proposal::Figure {
                value,
                unit,
                qualifier,
                ..
            } => Some(format!("{} {value:?} {unit:?} {qualifier:?}", words(c))),
            _ => None,
        })
        .collect();
    assert_eq!(
        figures,
        [
            "More than 28,500 Some(28500.0) Some(\"troops\") Some(\"More than\")",
            "7 August 2009 None None None",
            "two Some(2.0) Some(\"countries\") None",
            "2만8500 Some(28500.0) Some(\"명\") None",
            "B‑21 None None None",
        ]
    );
    let register = register();
    let names: Vec<&str> = found
        .iter()
        .filter_map(|c| match c.proposal {
            Proposal::Name(at) => register.record(at).map(|record| record.id()),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["jwg", "borland"]);
}
