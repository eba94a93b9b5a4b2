//! Two documents commitment by commitment: what somebody has confirmed, and proposals for the rest.

use super::coding_extent::{document_commitments, is_coded_for_commitment};
use super::commitment_in_document::{CommitmentInDocument, classify_change};
use super::continuity_entries::{ContinuityEntry, continuity_entries, has_partner};
use super::messages::{MatchNote, MatchReason};
use super::proposals::{
    AlternativeMatch, DocumentCommitments, MIN_PROPOSAL_SCORE, MatchProposals, two_decimals,
    without_refs,
};
use super::series::{series_documents, sort_documents};
use super::similarity::match_reasons;
use linchpin_reading::TextLibrary;
use linchpin_register::vocabulary::WordingChange;
use linchpin_register::{Commitment, Document, Register};
use serde::{Serialize, Serializer};

/// What became of a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MatchOutcome {
    Change(WordingChange),
    /// It has no partner in the other document, which has not been coded through for it: nobody can
    /// say that it is not there.
    NotCoded,
}

/// Whether somebody has said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum MatchStatus {
    /// Worked out, and nothing more.
    Proposed,
    /// It stands in the register.
    Confirmed,
}

/// Two commitments that are taken for one, or one without a partner.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CommitmentMatch {
    pub before: Option<CommitmentInDocument>,
    pub after: Option<CommitmentInDocument>,
    #[serde(rename = "change")]
    pub outcome: MatchOutcome,
    #[serde(rename = "standing")]
    pub status: MatchStatus,
    /// How alike the two are, 0 to 1; `None` of one without a partner.
    #[serde(serialize_with = "two_decimals")]
    pub score: Option<f64>,
    /// Why the two are taken for one.
    pub reasons: Vec<MatchReason>,
    /// What else is to be known: steps without a rank, hedges that came or went, why nothing can be
    /// said.
    pub notes: Vec<MatchNote>,
    /// The commitment of an earlier document of the series that has been taken up again.
    #[serde(rename = "older")]
    pub restored_from: Option<CommitmentInDocument>,
    /// Other partners that it could have.
    #[serde(rename = "others")]
    pub alternatives: Vec<AlternativeMatch>,
    /// The commitment whose entry says so, and the place of the entry, where it is confirmed.
    #[serde(skip)]
    pub entry: Option<(String, usize)>,
}

/// The commitments of two documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CommitmentMatching {
    /// The documents by id.
    pub before: String,
    pub after: String,
    /// By what became of them ([`Finding::ALL`]), then by their places.
    pub matches: Vec<CommitmentMatch>,
}

impl Serialize for MatchOutcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl MatchOutcome {
    /// In the order in which they are told: what is weaker or gone first.
    pub const ALL: &'static [MatchOutcome] = &[
        MatchOutcome::Change(WordingChange::Weakened),
        MatchOutcome::Change(WordingChange::Dropped),
        MatchOutcome::Change(WordingChange::Strengthened),
        MatchOutcome::Change(WordingChange::New),
        MatchOutcome::Change(WordingChange::Restored),
        MatchOutcome::Change(WordingChange::Reworded),
        MatchOutcome::Change(WordingChange::Repeated),
        MatchOutcome::NotCoded,
    ];

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            MatchOutcome::Change(change) => change.label(),
            MatchOutcome::NotCoded => "not coded there",
        }
    }

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            MatchOutcome::Change(change) => change.name(),
            MatchOutcome::NotCoded => "NotCoded",
        }
    }
}

impl CommitmentMatch {
    /// Why the two are taken for one, in a line; empty where nothing says so.
    pub fn reasons_text(&self) -> String {
        let reasons: Vec<String> = self.reasons.iter().map(ToString::to_string).collect();
        reasons.join(". ")
    }
}

impl CommitmentMatching {
    /// How many there are of a kind.
    pub fn count(&self, finding: MatchOutcome, standing: MatchStatus) -> usize {
        let of_kind = |m: &&CommitmentMatch| m.outcome == finding && m.status == standing;
        self.matches.iter().filter(of_kind).count()
    }

    /// Whether every commitment of one document is repeated in the other.
    pub fn is_same(&self) -> bool {
        let repeated = MatchOutcome::Change(WordingChange::Repeated);
        self.matches.iter().all(|m| m.outcome == repeated)
    }
}

/// Compares the commitments of two documents, from the one before to the one after.
pub fn match_commitments(
    register: &Register,
    library: &TextLibrary,
    before: &str,
    after: &str,
) -> CommitmentMatching {
    let (left, right) = (
        document_commitments(register, before),
        document_commitments(register, after),
    );
    let work = MatchBuilder {
        register,
        library,
        document_ids: (before, after),
        // Always worked out in the same direction of ids and turned round where needed: pairs that
        // are equally good would otherwise depend on which document is called the earlier one.
        proposals: MatchProposals::new(&left, &right, before > after),
        before: &left,
        after: &right,
    };
    let mut matching = CommitmentMatching {
        before: before.to_owned(),
        after: after.to_owned(),
        matches: work.matches(),
    };
    matching.matches.sort_by_key(|m| {
        let group = MatchOutcome::ALL.iter().position(|f| *f == m.outcome);
        let of =
            |side: &Option<CommitmentInDocument>| side.as_ref().map(|s| (s.paragraph, s.record));
        (group, of(&m.after), of(&m.before))
    });
    matching
}

struct MatchBuilder<'w> {
    register: &'w Register,
    library: &'w TextLibrary,
    document_ids: (&'w str, &'w str),
    before: &'w DocumentCommitments<'w>,
    after: &'w DocumentCommitments<'w>,
    proposals: MatchProposals,
}

impl MatchBuilder<'_> {
    fn matches(&self) -> Vec<CommitmentMatch> {
        let (a, b) = (without_refs(self.before), without_refs(self.after));
        let entries = continuity_entries((self.document_ids.0, &a), (self.document_ids.1, &b));
        let (mut free_a, mut free_b) = (vec![true; a.len()], vec![true; b.len()]);
        let mut matches = Vec::new();
        // What somebody has confirmed comes first and takes its commitments away from the
        // proposals: a proposal may never contradict the register, however alike other two are.
        for entry in &entries {
            for (free, at) in [(&mut free_a, entry.before), (&mut free_b, entry.after)] {
                if let Some(free) = at.and_then(|at| free.get_mut(at)) {
                    *free = false;
                }
            }
            matches.push(self.confirmed_match(entry));
        }
        for pair in self.proposals.select_best(&mut free_a, &mut free_b) {
            matches.extend(self.proposed_match(pair.before, pair.after, pair.score));
        }
        let unmatched = |free: &[bool]| -> Vec<usize> {
            let free = free.iter().enumerate().filter(|(_, free)| **free);
            free.map(|(at, _)| at).collect()
        };
        // Only what found no partner at all can be dropped or new.
        matches.extend(
            unmatched(&free_a)
                .into_iter()
                .filter_map(|at| self.dropped_match(at)),
        );
        let older = self.find_restored(&unmatched(&free_b));
        for (at, older) in older {
            matches.extend(self.new_match(at, older));
        }
        matches
    }

    fn side(
        &self,
        own: &DocumentCommitments<'_>,
        at: Option<usize>,
    ) -> Option<CommitmentInDocument> {
        let (record, commitment) = own.get(at?)?;
        Some(CommitmentInDocument::new(
            self.register,
            *record,
            commitment,
        ))
    }

    fn base_match(&self, before: Option<usize>, after: Option<usize>) -> CommitmentMatch {
        let others = self
            .proposals
            .alternatives((before, self.before), (after, self.after));
        let mut made = CommitmentMatch {
            before: self.side(self.before, before),
            after: self.side(self.after, after),
            outcome: MatchOutcome::NotCoded,
            status: MatchStatus::Proposed,
            score: None,
            reasons: Vec::new(),
            notes: Vec::new(),
            restored_from: None,
            alternatives: others,
            entry: None,
        };
        if let (Some(a), Some(b)) = (before, after)
            && let (Some((_, a)), Some((_, b))) = (self.before.get(a), self.after.get(b))
        {
            made.reasons = match_reasons(a, b, &|id| self.register.short_title_of(id).to_owned());
        }
        if let (Some(a), Some(b)) = (&made.before, &made.after) {
            made.notes = match_notes(a, b, classify_change(a, b, self.library).1);
        }
        made
    }

    fn confirmed_match(&self, entry: &ContinuityEntry) -> CommitmentMatch {
        let mut made = self.base_match(entry.before, entry.after);
        if let (Some(a), Some(b)) = (entry.before, entry.after) {
            made.score = Some(self.proposals.score(a, b));
        }
        made.restored_from = entry
            .restored_from
            .as_deref()
            .and_then(|id| CommitmentInDocument::by_id(self.register, id));
        let now = match (&made.before, &made.after) {
            (Some(a), Some(b)) => Some(classify_change(a, b, self.library).0),
            _ => None,
        };
        if let Some(now) = now
            && has_partner(entry.change)
            && now != entry.change
            // "Reworded" against "repeated" is a matter of judgment; up against down is none.
            && (is_ranked(now) || is_ranked(entry.change))
        {
            made.notes.push(MatchNote::OtherChange(entry.change, now));
        }
        made.notes
            .extend(entry.note.clone().map(MatchNote::Written));
        made.outcome = MatchOutcome::Change(entry.change);
        made.status = MatchStatus::Confirmed;
        made.entry = Some((entry.commitment_id.clone(), entry.index));
        made
    }

    fn proposed_match(&self, before: usize, after: usize, score: f64) -> Option<CommitmentMatch> {
        let mut made = self.base_match(Some(before), Some(after));
        let (a, b) = (made.before.as_ref()?, made.after.as_ref()?);
        made.outcome = MatchOutcome::Change(classify_change(a, b, self.library).0);
        made.score = Some(score);
        Some(made)
    }

    /// A commitment of the document before that has no partner.
    fn dropped_match(&self, at: usize) -> Option<CommitmentMatch> {
        let (_, commitment) = self.before.get(at)?;
        let made = self.base_match(Some(at), None);
        Some(self.with_coding_check(
            made,
            commitment,
            self.document_ids.1,
            WordingChange::Dropped,
        ))
    }

    /// A commitment of the document after that has no partner, with the older one that it takes up
    /// again.
    fn new_match(&self, at: usize, older: Option<CommitmentInDocument>) -> Option<CommitmentMatch> {
        let (_, commitment) = self.after.get(at)?;
        let mut made = self.base_match(None, Some(at));
        let change = match older {
            Some(_) => WordingChange::Restored,
            None => WordingChange::New,
        };
        made.restored_from = older;
        Some(self.with_coding_check(made, commitment, self.document_ids.0, change))
    }

    fn with_coding_check(
        &self,
        mut made: CommitmentMatch,
        one: &Commitment,
        there: &str,
        change: WordingChange,
    ) -> CommitmentMatch {
        if is_coded_for_commitment(self.register, there, one) {
            made.outcome = MatchOutcome::Change(change);
        } else if let Some(document) = self.register.get::<Document>(there) {
            // What may stand in the document before cannot be said to have come back.
            made.restored_from = None;
            let note = MatchNote::NotCoded(document.short.clone(), document.coded);
            made.notes.push(note);
        }
        made
    }

    /// For commitments without a partner, the like ones of documents still earlier in the series,
    /// the latest first.
    fn find_restored(&self, free: &[usize]) -> Vec<(usize, Option<CommitmentInDocument>)> {
        let mut found: Vec<(usize, Option<CommitmentInDocument>)> =
            free.iter().map(|at| (*at, None)).collect();
        for document in earlier_than(self.register, self.document_ids.0) {
            let open: Vec<usize> = (0..found.len())
                .filter(|at| found[*at].1.is_none())
                .collect();
            // Where somebody compares backwards, the document after is among the earlier ones.
            if open.is_empty() || document == self.document_ids.1 {
                continue;
            }
            let own = document_commitments(self.register, document);
            let wanted = open
                .iter()
                .filter_map(|at| self.after.get(found[*at].0).copied());
            let wanted: Vec<_> = wanted.collect();
            let proposals = MatchProposals::new(&own, &wanted, false);
            // Each older document gets all that is still open, and each of its commitments serves
            // once: otherwise one old promise would be restored as several.
            let (mut a, mut b) = (vec![true; own.len()], vec![true; wanted.len()]);
            for pair in proposals.select_best(&mut a, &mut b) {
                debug_assert!(pair.score >= MIN_PROPOSAL_SCORE);
                if let (Some(at), Some((record, c))) = (open.get(pair.after), own.get(pair.before))
                {
                    found[*at].1 = Some(CommitmentInDocument::new(self.register, *record, c));
                }
            }
        }
        found
    }
}

fn is_ranked(change: WordingChange) -> bool {
    matches!(
        change,
        WordingChange::Strengthened | WordingChange::Weakened
    )
}

/// The documents of a document's series before it, the latest first.
fn earlier_than<'r>(register: &'r Register, document: &str) -> Vec<&'r str> {
    let series = register
        .get::<Document>(document)
        .and_then(|d| d.series.as_deref());
    let Some(series) = series else {
        return Vec::new();
    };
    let all = sort_documents(series_documents(register, series));
    let before = all.iter().take_while(|d| d.id.as_str() != document);
    let mut before: Vec<&str> = before.map(|d| d.id.as_str()).collect();
    before.reverse();
    before
}

/// Why it cannot be said which of two commitments is firmer.
fn incomparable_note(before: &CommitmentInDocument, after: &CommitmentInDocument) -> MatchNote {
    match (&before.step, &after.step) {
        (None, None) => MatchNote::NeitherHasStep,
        (None, _) => MatchNote::EarlierHasNoStep,
        (_, None) => MatchNote::LaterHasNoStep,
        _ => match (before.rank, after.rank) {
            (None, None) => MatchNote::NeitherRanked,
            (None, _) => MatchNote::Unranked(before.step_label.clone()),
            _ => MatchNote::Unranked(after.step_label.clone()),
        },
    }
}

fn match_notes(
    before: &CommitmentInDocument,
    after: &CommitmentInDocument,
    comparable: bool,
) -> Vec<MatchNote> {
    let mut all = Vec::new();
    if !comparable {
        all.push(incomparable_note(before, after));
    }
    let only = |a: &CommitmentInDocument, b: &CommitmentInDocument| -> Vec<String> {
        let missing = a.hedges.iter().filter(|hedge| !b.hedges.contains(hedge));
        missing.cloned().collect()
    };
    let (removed, added) = (only(before, after), only(after, before));
    if !removed.is_empty() {
        all.push(MatchNote::HedgesRemoved(removed));
    }
    if !added.is_empty() {
        all.push(MatchNote::HedgesAdded(added));
    }
    all
}
