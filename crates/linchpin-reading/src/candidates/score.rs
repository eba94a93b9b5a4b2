//! How the candidates of a document compare with what people coded in it.

use super::kinds::{Candidate, Held, Proposal};
use crate::{Checked, Library, Outcome};
use linchpin_register::vocabulary::DismissalReason;
use linchpin_register::{Commitment, Dismissal, RecordKind, RecordRef, Register};
use std::ops::Range;

/// A record that people coded, with the bytes of its phrases in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    pub record: RecordRef,
    pub phrases: Vec<Range<usize>>,
}

/// How well one kind of candidate agrees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records that people coded.
    pub coded: usize,
    /// Those whose words a candidate has as well.
    pub found: usize,
    /// Candidates that are not excluded.
    pub proposed: usize,
    /// Those that have a record's words.
    pub right: usize,
    /// The records that no candidate has.
    pub missed: Vec<RecordRef>,
    /// The candidates that no record has, by their place in the list.
    pub surplus: Vec<usize>,
}

impl Tally {
    /// The share of records that are found, 0 to 1; `None` where there are none.
    pub fn recall(&self) -> Option<f64> {
        share(self.found, self.coded)
    }

    /// The share of candidates that are right, 0 to 1; `None` where there are none.
    pub fn precision(&self) -> Option<f64> {
        share(self.right, self.proposed)
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// How the candidates of a document compare with its records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    pub commitments: Tally,
    pub figures: Tally,
    /// Bodies and instruments: parties have no words of their own.
    pub names: Tally,
    /// Threats, worries and others' doings that are excluded, against the concerns.
    pub concerns: Tally,
    /// Found commitments whose step is the coded one, and those that have another or none.
    pub same_step: usize,
    pub other_step: Vec<RecordRef>,
    /// Candidates that are excluded, but for concerns.
    pub held: usize,
    /// Those among them whose words a commitment has: excluded by mistake.
    pub held_wrongly: Vec<usize>,
    /// Dismissed sentences in which a candidate says the same reason, in which it says another one,
    /// in which none says anything, and in which a commitment is proposed all the same.
    pub dismissed_alike: usize,
    pub dismissed_otherwise: usize,
    pub dismissed_silently: usize,
    pub dismissed_in_vain: usize,
}

/// Holds candidates against the records of their document, and of those that stand on its page.
pub fn score(
    register: &Register,
    library: &Library,
    document: &str,
    checked: &[Checked],
    candidates: &[Candidate],
) -> Score {
    let mut score = Score::default();
    let coded = |kinds: &[RecordKind]| coded(library, document, checked, kinds);
    let commitments = coded(&[RecordKind::Commitment]);
    let proposes = |wanted: fn(&Proposal) -> bool| {
        let all = candidates.iter().enumerate();
        let kept = all.filter(move |(_, c)| c.held.is_none() && wanted(&c.proposal));
        kept.collect::<Vec<_>>()
    };
    let promises = proposes(|p| matches!(p, Proposal::Commitment { .. }));
    score.commitments = tally(&commitments, &promises);
    let numbers = proposes(|p| matches!(p, Proposal::Figure { .. }));
    score.figures = tally(&coded(&[RecordKind::Figure]), &numbers);
    names(
        &mut score,
        &coded(&[RecordKind::Body, RecordKind::Instrument]),
        candidates,
    );
    let feared: Vec<_> = candidates
        .iter()
        .enumerate()
        .filter(|(_, c)| matches!(c.held, Some(Held::Concern | Held::Attributed)))
        .collect();
    score.concerns = tally(&coded(&[RecordKind::Concern]), &feared);
    for record in &commitments {
        let Some(own) = commitment(register, record.record) else {
            continue;
        };
        let step = own.step(register).map(|step| step.id.as_str());
        let best = promises
            .iter()
            .max_by_key(|(_, c)| overlap(record, &c.range) * 100 + overlap(record, &c.phrase));
        let best = best.filter(|(_, c)| overlap(record, &c.phrase) > 0);
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
        let is_other = matches!(candidate.held, None | Some(Held::Concern));
        if is_other {
            continue;
        }
        score.held += 1;
        // Words that another candidate brings are not lost.
        let lost = |record: &&Coded| !promises.iter().any(|(_, c)| overlap(record, &c.phrase) > 0);
        if commitments
            .iter()
            .filter(lost)
            .any(|r| overlap(r, &candidate.range) > 0)
        {
            score.held_wrongly.push(at);
        }
    }
    for record in coded(&[RecordKind::Dismissal]) {
        dismissal(register, &record, candidates, &mut score);
    }
    score
}

fn commitment(register: &Register, at: RecordRef) -> Option<&Commitment> {
    register.commitments.get(usize::try_from(at.index).ok()?)
}

fn tally(coded: &[Coded], proposed: &[(usize, &Candidate)]) -> Tally {
    let found = |record: &&Coded| proposed.iter().any(|(_, c)| overlap(record, &c.phrase) > 0);
    let is_right = |c: &Candidate| coded.iter().any(|record| overlap(record, &c.phrase) > 0);
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
    Tally {
        coded: coded.len(),
        found: coded.len() - missed.len(),
        proposed: proposed.len(),
        right: proposed.len() - surplus.len(),
        missed,
        surplus,
    }
}

/// A name is right where its record has been coded from this document, found where it is proposed
/// at the coded words.
fn names(score: &mut Score, coded: &[Coded], candidates: &[Candidate]) {
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
            *at == record.record && overlap(record, &c.phrase) > 0
        };
        match named.iter().any(|n| own(&n)) {
            true => tally.found += 1,
            false => tally.missed.push(record.record),
        }
    }
    tally.proposed = named.len();
    for (at, _, record) in &named {
        match coded.iter().any(|coded| coded.record == *record) {
            true => tally.right += 1,
            false => tally.surplus.push(*at),
        }
    }
}

fn dismissal(register: &Register, record: &Coded, candidates: &[Candidate], score: &mut Score) {
    let index = usize::try_from(record.record.index).unwrap_or(usize::MAX);
    let Some(dismissal): Option<&Dismissal> = register.dismissals.get(index) else {
        return;
    };
    let inside = |c: &&Candidate| {
        matches!(c.proposal, Proposal::Commitment { .. }) && overlap(record, &c.sentence) > 0
    };
    let here: Vec<&Candidate> = candidates.iter().filter(inside).collect();
    let fits = |held: Held| {
        matches!(
            (held, dismissal.reason),
            (Held::Past, DismissalReason::PastAchievement)
                | (Held::Effect, DismissalReason::Effect)
                | (Held::Purpose, DismissalReason::Purpose)
                | (Held::Attributed, DismissalReason::Attribution)
        )
    };
    if here.iter().any(|c| c.held.is_none()) {
        score.dismissed_in_vain += 1;
    } else if here.iter().filter_map(|c| c.held).any(fits) {
        score.dismissed_alike += 1;
    } else if here.is_empty() {
        score.dismissed_silently += 1;
    } else {
        score.dismissed_otherwise += 1;
    }
}

/// How many bytes a record's words share with others.
fn overlap(record: &Coded, range: &Range<usize>) -> usize {
    let shared = |own: &Range<usize>| {
        own.end
            .min(range.end)
            .saturating_sub(own.start.max(range.start))
    };
    record.phrases.iter().map(shared).max().unwrap_or(0)
}

/// The records whose words stand in a document's text, with their places in it.
fn coded(
    library: &Library,
    document: &str,
    checked: &[Checked],
    kinds: &[RecordKind],
) -> Vec<Coded> {
    let mut all: Vec<Coded> = Vec::new();
    let page = |id: &str| library.get(id).map(|text| text.document.as_str());
    let on_page = |one: &&Checked| page(&one.document) == page(document);
    for one in checked
        .iter()
        .filter(|one| kinds.contains(&one.record.kind))
        .filter(on_page)
    {
        // Deeper citations say where a date or a status comes from.
        let of_record = one.path.len() == 2;
        let Outcome::Looked(found) = &one.outcome else {
            continue;
        };
        let Some(range) = found.range().filter(|_| of_record) else {
            continue;
        };
        match all.iter_mut().find(|coded| coded.record == one.record) {
            Some(coded) => coded.phrases.push(range),
            None => all.push(Coded {
                record: one.record,
                phrases: vec![range],
            }),
        }
    }
    all
}
