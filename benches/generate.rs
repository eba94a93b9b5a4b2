//! A large register out of nothing: the same text for the same number, every time.

use std::fmt::Write as _;

const PARTIES: usize = 40;
const DOCUMENTS: usize = 60;
const BODIES: usize = 30;
const WORDS: [&str; 24] = [
    "defense",
    "exercise",
    "deterrence",
    "consultation",
    "readiness",
    "missile",
    "cyber",
    "industry",
    "supply",
    "résumé",
    "alliance",
    "동맹",
    "국방",
    "posture",
    "regional",
    "trilateral",
    "maritime",
    "training",
    "planning",
    "capability",
    "space",
    "technology",
    "command",
    "dialogue",
];
const VERBS: [(&str, &str); 4] = [
    ("will", "firm"),
    ("intends to", "intent"),
    ("supports", "endorse"),
    ("continues to", "practice"),
];
const MODES: [&str; 4] = ["FutureAction", "Practice", "Recital", "Continuing"];

/// Numbers that look random and never change (a linear congruence, Knuth's constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % limit
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<&str> = (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect();
        words.join(" ")
    }
}

/// A register of `records` commitments, figures and events in turn (3 : 1 : 1), with some hundred
/// records that they link to.
pub fn register(records: usize) -> String {
    let mut dice = Dice(2023);
    let mut out = String::with_capacity(records * 700 + 100_000);
    out.push_str(
        "#![enable(implicit_some)]\n(\n    format: 1,\n    title: \"A generated \
        register\",\n    compiled: \"2025-01-31\",\n",
    );
    list(&mut out, "priorities", 3, |out, i| {
        write!(
            out,
            "id: \"priority-{i}\", name: \"Priority {i}\", rank: {},",
            i + 1
        )
    });
    list(&mut out, "themes", 12, |out, i| {
        write!(out, "id: \"theme-{i}\", name: \"Theme {i}\",")
    });
    list(&mut out, "ladder", VERBS.len(), |out, i| {
        let (verb, step) = VERBS[i];
        write!(
            out,
            "id: \"{step}\", rank: {}, label: \"{step}\", verbs: [\"{verb}\"],",
            4 - i
        )
    });
    list(&mut out, "parties", PARTIES, |out, i| {
        write!(
            out,
            "id: \"party-{i}\", name: \"Party number {i}\", short: \"P{i}\", kind: State,"
        )
    });
    list(&mut out, "documents", DOCUMENTS, |out, i| {
        write!(
            out,
            "id: \"document-{i}\", title: \"Joint statement number {i}\", short: \"Statement {i}\", kind: JointStatement, legal_character: PoliticalInferred, \
             date: (date: \"20{:02}-05-14\", basis: Stated), url: \"https://example.org/{i}\",",
            i % 26
        )
    });
    let (commitments, others) = (records - records / 5 * 2, records / 5);
    list(&mut out, "commitments", commitments, |out, i| {
        commitment(out, i, &mut dice)
    });
    list(&mut out, "bodies", BODIES, |out, i| {
        write!(
            out,
            "id: \"body-{i}\", name: \"Working group {i}\", kind: WorkingGroup, members: \
            [\"party-{i}\"], {}",
            cited(i, "a working group")
        )
    });
    list(&mut out, "figures", others, |out, i| {
        figure(out, i, &mut dice)
    });
    list(&mut out, "events", others, |out, i| {
        write!(
            out,
            "id: \"event-{i}\",\n            title: \"{}\",\n            date: \
            (date: \"19{:02}-{:02}\", basis: Stated),\n            parties: \
            [\"party-{}\"],\n            {}",
            dice.words(5),
            50 + dice.below(50),
            1 + dice.below(12),
            dice.below(PARTIES),
            cited(i, "on this day")
        )
    });
    out.push_str(")\n");
    out
}

fn list(
    out: &mut String,
    name: &str,
    count: usize,
    mut record: impl FnMut(&mut String, usize) -> std::fmt::Result,
) {
    out.push_str(&format!("    {name}: [\n"));
    for i in 0..count {
        out.push_str("        (\n            ");
        // Writing to a String cannot fail.
        let _ = record(out, i);
        out.push_str("\n        ),\n");
    }
    out.push_str("    ],\n");
}

fn cited(i: usize, phrase: &str) -> String {
    format!(
        "citations: [(document: \"document-{}\", paragraph: {}, phrase: \"{phrase}\")],",
        i % DOCUMENTS,
        1 + i % 30
    )
}

fn commitment(out: &mut String, i: usize, dice: &mut Dice) -> std::fmt::Result {
    let (verb, step) = VERBS[dice.below(VERBS.len())];
    write!(
        out,
        "id: \"commitment-{i}\",\n            title: \"{}\",\n            statement: \"{}.\",\n            committers: [\"party-{}\", \"party-{}\"],\n            \
         verb: \"{verb}\",\n            strength: \"{step}\",\n            mode: {},\n            priority: \"priority-{}\",\n            themes: [\"theme-{}\"],\n            \
         obligations: [Exercises],\n            bodies: [\"body-{}\"],\n            {}",
        dice.words(6),
        dice.words(22),
        dice.below(PARTIES),
        dice.below(PARTIES),
        MODES[dice.below(MODES.len())],
        dice.below(3),
        dice.below(12),
        dice.below(BODIES),
        cited(i, &format!("{verb} {}", dice.words(5)))
    )
}

fn figure(out: &mut String, i: usize, dice: &mut Dice) -> std::fmt::Result {
    let amount = dice.below(90_000);
    write!(
        out,
        "id: \"figure-{i}\",\n            title: \"{}\",\n            statement: \"{}.\",\n            kind: Count,\n            amount: MoreThan({}),\n            \
         unit: \"personnel\",\n            qualifier: \"more than\",\n            subjects: [\"party-{}\"],\n            chartable: Yes,\n            {}",
        dice.words(4),
        dice.words(12),
        amount,
        dice.below(PARTIES),
        cited(i, &format!("more than {amount}"))
    )
}
