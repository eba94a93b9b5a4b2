//! How far commitments have been met, as it was assessed: now, since a date, not for long, never.
//!
//! A date that is only a month or a year counts as its last day. An entry "not assessed" is no look
//! at a commitment.

use crate::query::CountingRule;
use crate::vocabulary::Status;
use crate::{Assessment, Commitment, Date, RecordKind, RecordRef, Register};

/// After so many days without a look a commitment has not been looked at for long.
pub const A_YEAR_DAYS: i64 = 365;

/// A commitment with how it was looked at last.
#[derive(Clone, Copy, Debug)]
pub struct Looked<'r> {
    pub at: RecordRef,
    pub commitment: &'r Commitment,
    /// The last entry of its list that is a look; `None` where it was never assessed.
    pub last: Option<&'r Assessment>,
}

/// One assessment, and the status before it.
#[derive(Clone, Copy, Debug)]
pub struct Step<'r> {
    pub at: RecordRef,
    pub commitment: &'r Commitment,
    pub before: Status,
    pub assessment: &'r Assessment,
    /// Its place in the list of the commitment.
    pub index: usize,
}

impl Looked<'_> {
    /// How many days ago it was looked at last, seen from `today`.
    pub fn days_ago(&self, today: Date) -> Option<i64> {
        Some(today.last_day() - self.last?.date.last_day())
    }
}

/// The sign of a status where text is plain: a dash is "nobody has looked", the empty set is
/// "looked, and found nothing".
pub fn sign(status: Status) -> &'static str {
    match status {
        Status::NotAssessed => "–",
        Status::NoEvidence => "∅",
        Status::InProgress => "◐",
        Status::Stalled => "■",
        Status::PartlyFulfilled => "◑",
        Status::Fulfilled => "●",
        Status::Reversed => "×",
        Status::NotVerifiable => "?",
    }
}

/// The commitments that count, in the order of the register.
pub fn all(register: &Register, rule: CountingRule) -> Vec<Looked<'_>> {
    let all = rule
        .commitments(register)
        .map(|(index, commitment)| Looked {
            at: place(index),
            commitment,
            last: commitment.status.iter().rev().find(|a| is_look(a)),
        });
    all.collect()
}

/// How many commitments have each status now; every status is there, not assessed first.
pub fn counts(register: &Register, rule: CountingRule) -> Vec<(Status, usize)> {
    let mut counts: Vec<(Status, usize)> = Status::ALL.iter().map(|s| (*s, 0)).collect();
    for (_, commitment) in rule.commitments(register) {
        let now = commitment.current_status();
        if let Some((_, count)) = counts.iter_mut().find(|(status, _)| *status == now) {
            *count += 1;
        }
    }
    counts
}

/// The assessments of a commitment with the status before each, the newest first.
pub fn history(at: RecordRef, commitment: &Commitment) -> Vec<Step<'_>> {
    let mut before = Status::NotAssessed;
    let steps = commitment.status.iter().enumerate().map(|(index, a)| {
        let step = Step {
            at,
            commitment,
            before,
            assessment: a,
            index,
        };
        before = a.status;
        step
    });
    let mut steps: Vec<Step<'_>> = steps.collect();
    steps.reverse();
    steps
}

/// The assessments since a date, that day included: the newest first.
pub fn since(register: &Register, rule: CountingRule, date: Date) -> Vec<Step<'_>> {
    let first = date.first_day();
    let commitments = rule.commitments(register);
    let steps = commitments.flat_map(|(index, commitment)| history(place(index), commitment));
    let mut steps: Vec<Step<'_>> = steps
        .filter(|step| step.assessment.date.last_day() >= first)
        .collect();
    steps.sort_by_key(|step| std::cmp::Reverse(step.assessment.date.last_day()));
    steps
}

/// The commitments that were assessed once, and not in the last `days` days: the longest ago first.
pub fn stale(register: &Register, rule: CountingRule, today: Date, days: i64) -> Vec<Looked<'_>> {
    let mut found = all(register, rule);
    found.retain(|looked| looked.days_ago(today).is_some_and(|ago| ago > days));
    found.sort_by_key(|looked| std::cmp::Reverse(looked.days_ago(today)));
    found
}

/// The commitments that nobody has looked at.
pub fn never(register: &Register, rule: CountingRule) -> Vec<Looked<'_>> {
    let mut found = all(register, rule);
    found.retain(|looked| looked.last.is_none());
    found
}

fn is_look(assessment: &Assessment) -> bool {
    assessment.status != Status::NotAssessed
}

fn place(index: usize) -> RecordRef {
    RecordRef {
        kind: RecordKind::Commitment,
        index: index as u32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;

    const TEXT: &str = r#"(format: 1, title: "T", parties: [(id: "a", name: "A", kind: State)],
        documents: [(id: "d", title: "D", short: "D", kind: Treaty, legal_character: Undetermined, date: (date: "2020", basis: Stated), url: "https://example.org")],
        ladder: [(id: "firm", rank: 4, label: "firm")],
        commitments: [C1, C2, C3, C4])"#;

    fn commitment(id: &str, more: &str) -> String {
        format!(
            r#"(id: "{id}", title: "{id}", statement: "It will.", committers: ["a"], verb: "will", strength: "firm", mode: FutureAction,
            {more} citations: [(document: "d", paragraph: 1, phrase: "will")])"#
        )
    }

    fn looked(entries: &[(&str, &str)]) -> String {
        let entry = |(date, status): &(&str, &str)| {
            format!(
                r#"(date: "{date}", assessor: "김", status: {status}, citations: [(document: "d", external: true)])"#
            )
        };
        let entries: Vec<String> = entries.iter().map(entry).collect();
        format!("status: [{}],", entries.join(", "))
    }

    #[test]
    fn never_is_not_the_same_as_nothing_found() {
        let text = TEXT
            .replace("C1", &commitment("never", ""))
            .replace(
                "C2",
                &commitment("noted", &looked(&[("2024-01", "NotAssessed")])),
            )
            .replace(
                "C3",
                &commitment(
                    "old",
                    &looked(&[("2021", "InProgress"), ("2022-12", "NoEvidence")]),
                ),
            )
            .replace(
                "C4",
                &commitment(
                    "part",
                    &format!(
                        "parent: \"old\", {}",
                        looked(&[("2023-06-01", "Fulfilled")])
                    ),
                ),
            );
        let loaded = load(text, Vec::new());
        assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
        let register = &loaded.register;
        let rule = CountingRule::default();
        let date = |code: &str| Date::parse(code).unwrap();
        let some: Vec<_> = counts(register, rule)
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .collect();
        assert_eq!(
            some,
            [
                (Status::NotAssessed, 2),
                (Status::NoEvidence, 1),
                (Status::Fulfilled, 1)
            ]
        );
        let ids = |all: Vec<Looked<'_>>| -> Vec<String> {
            all.iter().map(|l| l.commitment.id.to_string()).collect()
        };
        assert_eq!(ids(never(register, rule)), ["never", "noted"]);
        // A month counts as its last day: on that day a year later it was a year ago, and no
        // longer.
        let stale = |today: &str| ids(super::stale(register, rule, date(today), A_YEAR_DAYS));
        assert_eq!(stale("2023-12-31"), [] as [&str; 0]);
        assert_eq!(stale("2024-01-01"), ["old"]);
        assert_eq!(stale("2024-07-01"), ["old", "part"]);
        let since = |code: &str| -> Vec<String> {
            let steps = super::since(register, rule, date(code));
            let words = steps.iter().map(|s| {
                format!(
                    "{}: {} → {}",
                    s.commitment.id,
                    s.before.name(),
                    s.assessment.status.name()
                )
            });
            words.collect()
        };
        assert_eq!(since("2024-02"), [] as [&str; 0]);
        assert_eq!(
            since("2022-12-31"),
            [
                "noted: NotAssessed → NotAssessed",
                "part: NotAssessed → Fulfilled",
                "old: InProgress → NoEvidence"
            ]
        );
        let strict = CountingRule {
            count: crate::query::rule::Count::WithoutChildren,
            ..rule
        };
        assert_eq!(super::since(register, strict, date("2023-01-01")).len(), 1);
        let mut signs: Vec<&str> = Status::ALL.iter().map(|s| sign(*s)).collect();
        signs.sort_unstable();
        signs.dedup();
        assert_eq!(signs.len(), Status::ALL.len());
    }
}
