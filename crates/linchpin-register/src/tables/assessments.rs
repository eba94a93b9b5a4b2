//! How far commitments have been met, as it was assessed: now, since a date, not for long, never.
//!
//! A date that is only a month or a year counts as its last day. An entry "not assessed" is no look
//! at a commitment.

use crate::query::CountingRule;
use crate::vocabulary::FulfillmentStatus;
use crate::{Assessment, Commitment, Date, RecordKind, RecordRef, Register};

/// After so many days without a look a commitment has not been looked at for long.
pub const STALE_AFTER_DAYS: i64 = 365;

/// A commitment with how it was looked at last.
#[derive(Clone, Copy, Debug)]
pub struct AssessedCommitment<'r> {
    pub record: RecordRef,
    pub commitment: &'r Commitment,
    /// The last entry of its list that is a look; `None` where it was never assessed.
    pub last_assessment: Option<&'r Assessment>,
}

/// One assessment, and the status before it.
#[derive(Clone, Copy, Debug)]
pub struct AssessmentChange<'r> {
    pub record: RecordRef,
    pub commitment: &'r Commitment,
    pub previous_status: FulfillmentStatus,
    pub assessment: &'r Assessment,
    /// Its place in the list of the commitment.
    pub index: usize,
}

impl AssessedCommitment<'_> {
    /// How many days ago it was looked at last, seen from `today`.
    pub fn days_ago(&self, today: Date) -> Option<i64> {
        Some(today.last_day_number() - self.last_assessment?.date.last_day_number())
    }
}

/// The sign of a status where text is plain: a dash is "nobody has looked", the empty set is
/// "looked, and found nothing".
pub fn status_symbol(status: FulfillmentStatus) -> &'static str {
    match status {
        FulfillmentStatus::NotAssessed => "–",
        FulfillmentStatus::NoEvidence => "∅",
        FulfillmentStatus::InProgress => "◐",
        FulfillmentStatus::Stalled => "■",
        FulfillmentStatus::PartlyFulfilled => "◑",
        FulfillmentStatus::Fulfilled => "●",
        FulfillmentStatus::Reversed => "×",
        FulfillmentStatus::NotVerifiable => "?",
    }
}

/// The commitments that count, in the order of the register.
pub fn assessed_commitments(
    register: &Register,
    rule: CountingRule,
) -> Vec<AssessedCommitment<'_>> {
    let all = rule
        .commitments(register)
        .map(|(index, commitment)| AssessedCommitment {
            record: commitment_ref(index),
            commitment,
            last_assessment: commitment.status.iter().rev().find(|a| is_assessed(a)),
        });
    all.collect()
}

/// How many commitments have each status now; every status is there, not assessed first.
pub fn status_counts(register: &Register, rule: CountingRule) -> Vec<(FulfillmentStatus, usize)> {
    let mut counts: Vec<(FulfillmentStatus, usize)> =
        FulfillmentStatus::ALL.iter().map(|s| (*s, 0)).collect();
    for (_, commitment) in rule.commitments(register) {
        let now = commitment.current_status();
        if let Some((_, count)) = counts.iter_mut().find(|(status, _)| *status == now) {
            *count += 1;
        }
    }
    counts
}

/// The assessments of a commitment with the status before each, the newest first.
pub fn assessment_history(at: RecordRef, commitment: &Commitment) -> Vec<AssessmentChange<'_>> {
    let mut before = FulfillmentStatus::NotAssessed;
    let steps = commitment.status.iter().enumerate().map(|(index, a)| {
        let step = AssessmentChange {
            record: at,
            commitment,
            previous_status: before,
            assessment: a,
            index,
        };
        before = a.status;
        step
    });
    let mut steps: Vec<AssessmentChange<'_>> = steps.collect();
    steps.reverse();
    steps
}

/// The assessments since a date, that day included: the newest first.
pub fn changes_since(
    register: &Register,
    rule: CountingRule,
    date: Date,
) -> Vec<AssessmentChange<'_>> {
    let commitments = rule.commitments(register);
    let steps = commitments
        .flat_map(|(index, commitment)| assessment_history(commitment_ref(index), commitment));
    let mut steps: Vec<AssessmentChange<'_>> = steps
        .filter(|step| step.assessment.date.overlaps(Some(&date), None))
        .collect();
    // Stable: of one day, the assessments of a commitment stay the newest first.
    steps.sort_by_key(|step| std::cmp::Reverse(step.assessment.date.last_day_number()));
    steps
}

/// The commitments that were assessed once, and not in the last `days` days: the longest ago first.
pub fn stale_commitments(
    register: &Register,
    rule: CountingRule,
    today: Date,
    days: i64,
) -> Vec<AssessedCommitment<'_>> {
    let mut found = assessed_commitments(register, rule);
    found.retain(|assessed| assessed.days_ago(today).is_some_and(|ago| ago > days));
    found.sort_by_key(|assessed| std::cmp::Reverse(assessed.days_ago(today)));
    found
}

/// The commitments that nobody has looked at.
pub fn never_assessed(register: &Register, rule: CountingRule) -> Vec<AssessedCommitment<'_>> {
    let mut found = assessed_commitments(register, rule);
    found.retain(|assessed| assessed.last_assessment.is_none());
    found
}

fn is_assessed(assessment: &Assessment) -> bool {
    assessment.status != FulfillmentStatus::NotAssessed
}

fn commitment_ref(index: usize) -> RecordRef {
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
        documents: [(id: "d", title: "D", short: "D", kind: Treaty, legal_character: Undetermined,
            date: (date: "2020", basis: Stated), url: "https://example.org")],
        ladder: [(id: "firm", rank: 4, label: "firm")],
        commitments: [C1, C2, C3, C4])"#;

    fn commitment(id: &str, more: &str) -> String {
        format!(
            r#"(id: "{id}", title: "{id}", statement: "It will.", committers: ["a"], verb: "will",
                strength: "firm", mode: FutureAction,
            {more} citations: [(document: "d", paragraph: 1, phrase: "will")])"#
        )
    }

    fn status(entries: &[(&str, &str)]) -> String {
        let entry = |(date, status): &(&str, &str)| {
            format!(
                r#"(date: "{date}", assessor: "김", status: {status}, citations: [(document: "d",
                    external: true)])"#
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
                &commitment("noted", &status(&[("2024-01", "NotAssessed")])),
            )
            .replace(
                "C3",
                &commitment(
                    "old",
                    &status(&[("2021", "InProgress"), ("2022-12", "NoEvidence")]),
                ),
            )
            .replace(
                "C4",
                &commitment(
                    "part",
                    &format!(
                        "parent: \"old\", {}",
                        status(&[("2023-06-01", "Fulfilled")])
                    ),
                ),
            );
        let loaded = load(text, Vec::new());
        assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
        let register = &loaded.register;
        let rule = CountingRule::default();
        let date = |code: &str| Date::parse(code).unwrap();
        let some: Vec<_> = status_counts(register, rule)
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .collect();
        assert_eq!(
            some,
            [
                (FulfillmentStatus::NotAssessed, 2),
                (FulfillmentStatus::NoEvidence, 1),
                (FulfillmentStatus::Fulfilled, 1)
            ]
        );
        let ids = |all: Vec<AssessedCommitment<'_>>| -> Vec<String> {
            all.iter().map(|l| l.commitment.id.to_string()).collect()
        };
        assert_eq!(ids(never_assessed(register, rule)), ["never", "noted"]);
        // A month counts as its last day: on that day a year later it was a year ago, and no
        // longer.
        let stale = |today: &str| {
            ids(super::stale_commitments(
                register,
                rule,
                date(today),
                STALE_AFTER_DAYS,
            ))
        };
        assert_eq!(stale("2023-12-31"), [] as [&str; 0]);
        assert_eq!(stale("2024-01-01"), ["old"]);
        assert_eq!(stale("2024-07-01"), ["old", "part"]);
        let since = |code: &str| -> Vec<String> {
            let steps = super::changes_since(register, rule, date(code));
            let words = steps.iter().map(|s| {
                format!(
                    "{}: {} → {}",
                    s.commitment.id,
                    s.previous_status.name(),
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
            count: crate::query::counting_rule::CountScope::WithoutChildren,
            ..rule
        };
        assert_eq!(
            super::changes_since(register, strict, date("2023-01-01")).len(),
            1
        );
        let mut signs: Vec<&str> = FulfillmentStatus::ALL
            .iter()
            .map(|s| status_symbol(*s))
            .collect();
        signs.sort_unstable();
        signs.dedup();
        assert_eq!(signs.len(), FulfillmentStatus::ALL.len());
    }
}
