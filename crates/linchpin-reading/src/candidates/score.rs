//! How the candidates of a document compare with what people coded in it.

use super::{Candidate, ExclusionReason, Proposal};
use crate::{CheckedCitation, TextLibrary, VerificationOutcome};
use linchpin_register::vocabulary::DismissalReason;
use linchpin_register::{Commitment, Dismissal, RecordKind, RecordRef, Register};
use std::ops::Range;

/// A record that people coded, with the bytes of its phrases in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodedRecord {
    pub record: RecordRef,
    pub phrases: Vec<Range<usize>>,
}

/// How well one kind of candidate agrees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatchCounts {
    /// Records that people coded.
    pub coded: usize,
    /// Those whose words a candidate has as well.
    pub found: usize,
    /// Candidates that are not excluded.
    pub proposed: usize,
    /// Those that have a record's words.
    pub correct: usize,
    /// The records that no candidate has.
    pub missed: Vec<RecordRef>,
    /// The candidates that no record has, by their place in the list.
    pub surplus: Vec<usize>,
}

impl MatchCounts {
    /// The share of records that are found, 0 to 1; `None` where there are none.
    pub fn recall(&self) -> Option<f64> {
        ratio(self.found, self.coded)
    }

    /// The share of candidates that are right, 0 to 1; `None` where there are none.
    pub fn precision(&self) -> Option<f64> {
        ratio(self.correct, self.proposed)
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// How the candidates of a document compare with its records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CandidateScore {
    pub commitments: MatchCounts,
    pub figures: MatchCounts,
    /// Bodies and instruments: parties have no words of their own.
    pub names: MatchCounts,
    /// Threats, worries and others' doings that are excluded, against the concerns.
    pub concerns: MatchCounts,
    /// Found commitments whose step is the coded one, and those that have another or none.
    pub same_step: usize,
    pub other_step: Vec<RecordRef>,
    /// Candidates that are excluded, but for concerns.
    pub excluded: usize,
    /// Those among them whose words a commitment has: excluded by mistake.
    pub wrongly_excluded: Vec<usize>,
    /// Dismissed sentences in which a candidate says the same reason, in which it says another one,
    /// in which none says anything, and in which a commitment is proposed all the same.
    pub dismissed_same_reason: usize,
    pub dismissed_other_reason: usize,
    pub dismissed_without_candidate: usize,
    pub dismissed_but_proposed: usize,
}

/// Holds candidates against the records of their document, and of those that stand on its page.
pub fn score_candidates(
    register: &Register,
    library: &TextLibrary,
    document: &str,
    checked: &[CheckedCitation],
    candidates: &[Candidate],
) -> CandidateScore {
    let mut score = CandidateScore::default();
    let coded = |kinds: &[RecordKind]| coded_records(library, document, checked, kinds);
    let commitments = coded(&[RecordKind::Commitment]);
    let proposes = |wanted: fn(&Proposal) -> bool| {
        let all = candidates.iter().enumerate();
        let kept = all.filter(move |(_, c)| c.excluded.is_none() && wanted(&c.proposal));
        kept.collect::<Vec<_>>()
    };
    let promises = proposes(|p| matches!(p, Proposal::Commitment { .. }));
    score.commitments = count_matches(&commitments, &promises);
    let numbers = proposes(|p| matches!(p, Proposal::Figure { .. }));
    score.figures = count_matches(&coded(&[RecordKind::Figure]), &numbers);
    score_names(
        &mut score,
        &coded(&[RecordKind::Body, RecordKind::Instrument]),
        candidates,
    );
    let concern_candidates: Vec<_> = candidates
        .iter()
        .enumerate()
        .filter(|(_, c)| {
            matches!(
                c.excluded,
                Some(ExclusionReason::Concern | ExclusionReason::Attributed)
            )
        })
        .collect();
    score.concerns = count_matches(&coded(&[RecordKind::Concern]), &concern_candidates);
    for record in &commitments {
        let Some(own) = commitment_at(register, record.record) else {
            continue;
        };
        let step = own.effective_step(register).map(|step| step.id.as_str());
        // Of several candidates the one whose verb stands in the record's words is compared; the
        // phrase only decides between those.
        let best = promises.iter().max_by_key(|(_, c)| {
            shared_bytes(record, &c.trigger) * 100 + shared_bytes(record, &c.phrase)
        });
        let best = best.filter(|(_, c)| shared_bytes(record, &c.phrase) > 0);
        if let Some((
            _,
            Candidate {
                proposal: Proposal::Commitment { step: found, .. },
                ..
            },
        )) = best
        {
            match found.as_deref() == step {
                true => score.same_step += 1,
                false => score.other_step.push(record.record),
            }
        }
    }
    for (at, candidate) in candidates.iter().enumerate() {
        let is_other = matches!(candidate.excluded, None | Some(ExclusionReason::Concern));
        if is_other {
            continue;
        }
        score.excluded += 1;
        // An exclusion is a mistake only where no other candidate brings the record's words.
        let lost = |record: &&CodedRecord| {
            !promises
                .iter()
                .any(|(_, c)| shared_bytes(record, &c.phrase) > 0)
        };
        if commitments
            .iter()
            .filter(lost)
            .any(|r| shared_bytes(r, &candidate.trigger) > 0)
        {
            score.wrongly_excluded.push(at);
        }
    }
    for record in coded(&[RecordKind::Dismissal]) {
        score_dismissal(register, &record, candidates, &mut score);
    }
    score
}

fn commitment_at(register: &Register, at: RecordRef) -> Option<&Commitment> {
    register.commitments.get(usize::try_from(at.index).ok()?)
}

fn count_matches(coded: &[CodedRecord], proposed: &[(usize, &Candidate)]) -> MatchCounts {
    let found = |record: &&CodedRecord| {
        proposed
            .iter()
            .any(|(_, c)| shared_bytes(record, &c.phrase) > 0)
    };
    let is_right = |c: &Candidate| {
        coded
            .iter()
            .any(|record| shared_bytes(record, &c.phrase) > 0)
    };
    let missed: Vec<RecordRef> = coded
        .iter()
        .filter(|r| !found(r))
        .map(|r| r.record)
        .collect();
    let surplus: Vec<usize> = proposed
        .iter()
        .filter(|(_, c)| !is_right(c))
        .map(|(at, _)| *at)
        .collect();
    MatchCounts {
        coded: coded.len(),
        found: coded.len() - missed.len(),
        proposed: proposed.len(),
        correct: proposed.len() - surplus.len(),
        missed,
        surplus,
    }
}

/// A name is right where its record has been coded from this document, found where it is proposed
/// at the coded words.
fn score_names(score: &mut CandidateScore, coded: &[CodedRecord], candidates: &[Candidate]) {
    let kinds = [RecordKind::Body, RecordKind::Instrument];
    let named = candidates
        .iter()
        .enumerate()
        .filter_map(|(at, c)| match c.proposal {
            Proposal::Name(record) if kinds.contains(&record.kind) => Some((at, c, record)),
            _ => None,
        });
    let named: Vec<_> = named.collect();
    let tally = &mut score.names;
    tally.coded = coded.len();
    for record in coded {
        let own = |(_, c, at): &&(usize, &Candidate, RecordRef)| {
            *at == record.record && shared_bytes(record, &c.phrase) > 0
        };
        match named.iter().any(|n| own(&n)) {
            true => tally.found += 1,
            false => tally.missed.push(record.record),
        }
    }
    tally.proposed = named.len();
    for (at, _, record) in &named {
        match coded.iter().any(|coded| coded.record == *record) {
            true => tally.correct += 1,
            false => tally.surplus.push(*at),
        }
    }
}

fn score_dismissal(
    register: &Register,
    record: &CodedRecord,
    candidates: &[Candidate],
    score: &mut CandidateScore,
) {
    let index = usize::try_from(record.record.index).unwrap_or(usize::MAX);
    let Some(dismissal): Option<&Dismissal> = register.dismissals.get(index) else {
        return;
    };
    let inside = |c: &&Candidate| {
        matches!(c.proposal, Proposal::Commitment { .. }) && shared_bytes(record, &c.sentence) > 0
    };
    let here: Vec<&Candidate> = candidates.iter().filter(inside).collect();
    let fits = |excluded: ExclusionReason| {
        matches!(
            (excluded, dismissal.reason),
            (ExclusionReason::Past, DismissalReason::PastAchievement)
                | (ExclusionReason::Effect, DismissalReason::Effect)
                | (ExclusionReason::Purpose, DismissalReason::Purpose)
                | (ExclusionReason::Attributed, DismissalReason::Attribution)
        )
    };
    if here.iter().any(|c| c.excluded.is_none()) {
        score.dismissed_but_proposed += 1;
    } else if here.iter().filter_map(|c| c.excluded).any(fits) {
        score.dismissed_same_reason += 1;
    } else if here.is_empty() {
        score.dismissed_without_candidate += 1;
    } else {
        score.dismissed_other_reason += 1;
    }
}

/// How many bytes a record's words share with others.
fn shared_bytes(record: &CodedRecord, range: &Range<usize>) -> usize {
    let shared = |own: &Range<usize>| {
        own.end
            .min(range.end)
            .saturating_sub(own.start.max(range.start))
    };
    record.phrases.iter().map(shared).max().unwrap_or(0)
}

/// The records whose words stand in a document's text, with their places in it.
fn coded_records(
    library: &TextLibrary,
    document: &str,
    checked: &[CheckedCitation],
    kinds: &[RecordKind],
) -> Vec<CodedRecord> {
    let mut all: Vec<CodedRecord> = Vec::new();
    let page = |id: &str| library.get(id).map(|text| text.document.as_str());
    let on_page = |one: &&CheckedCitation| page(&one.document) == page(document);
    for one in checked
        .iter()
        .filter(|one| kinds.contains(&one.record.kind))
        .filter(on_page)
    {
        // Deeper citations say where a date or a status comes from.
        let of_record = one.path.len() == 2;
        let VerificationOutcome::Searched(found) = &one.outcome else {
            continue;
        };
        let Some(range) = found.range().filter(|_| of_record) else {
            continue;
        };
        match all.iter_mut().find(|coded| coded.record == one.record) {
            Some(coded) => coded.phrases.push(range),
            None => all.push(CodedRecord {
                record: one.record,
                phrases: vec![range],
            }),
        }
    }
    all
}
