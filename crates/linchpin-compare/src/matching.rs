//! Two documents commitment by commitment: what somebody has confirmed, and proposals for the rest.

use super::coded::{commitments_of, extent, is_coded_for_one};
use super::likeness::reasons;
use super::propose::{LEAST, Other, Own, Proposals, alone};
use super::series::{documents_of, in_order};
use super::side::{Side, change};
use super::stated::{Stated, has_partner, stated};
use linchpin_reading::TextLibrary;
use linchpin_register::vocabulary::WordingChange;
use linchpin_register::{Commitment, Document, Register};

/// What became of a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Finding {
    Change(WordingChange),
    /// It has no partner in the other document, which has not been coded through for it: nobody can
    /// say that it is not there.
    NotCoded,
}

/// Whether somebody has said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Worked out, and nothing more.
    Proposed,
    /// It stands in the register.
    Confirmed,
}

/// Two commitments that are taken for one, or one without a partner.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    pub before: Option<Side>,
    pub after: Option<Side>,
    pub finding: Finding,
    pub standing: Standing,
    /// How alike the two are, 0 to 1; `None` of one without a partner.
    pub score: Option<f64>,
    /// Why the two are taken for one.
    pub reasons: Vec<String>,
    /// What else is to be known: steps without a rank, hedges that came or went, why nothing can be
    /// said.
    pub notes: Vec<String>,
    /// The commitment of an earlier document of the series that has been taken up again.
    pub older: Option<Side>,
    /// Other partners that it could have.
    pub others: Vec<Other>,
    /// The commitment whose entry says so, and the place of the entry, where it is confirmed.
    pub entry: Option<(String, usize)>,
}

/// The commitments of two documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matching {
    /// The documents by id.
    pub before: String,
    pub after: String,
    /// By what became of them ([`Finding::ALL`]), then by their places.
    pub matches: Vec<Match>,
}

impl Finding {
    /// In the order in which they are told: what is weaker or gone first.
    pub const ALL: &'static [Finding] = &[
        Finding::Change(WordingChange::Weakened),
        Finding::Change(WordingChange::Dropped),
        Finding::Change(WordingChange::Strengthened),
        Finding::Change(WordingChange::New),
        Finding::Change(WordingChange::Restored),
        Finding::Change(WordingChange::Reworded),
        Finding::Change(WordingChange::Repeated),
        Finding::NotCoded,
    ];

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Finding::Change(change) => change.label(),
            Finding::NotCoded => "not coded there",
        }
    }

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Finding::Change(change) => change.name(),
            Finding::NotCoded => "NotCoded",
        }
    }
}

impl Matching {
    /// How many there are of a kind.
    pub fn count(&self, finding: Finding, standing: Standing) -> usize {
        let of_kind = |m: &&Match| m.finding == finding && m.standing == standing;
        self.matches.iter().filter(of_kind).count()
    }

    /// Whether every commitment of one document is repeated in the other.
    pub fn is_same(&self) -> bool {
        let repeated = Finding::Change(WordingChange::Repeated);
        self.matches.iter().all(|m| m.finding == repeated)
    }
}

/// Lays the commitments of two documents side by side, from the one before to the one after.
pub fn commitments(
    register: &Register,
    library: &TextLibrary,
    before: &str,
    after: &str,
) -> Matching {
    let (left, right) = (
        commitments_of(register, before),
        commitments_of(register, after),
    );
    let work = Work {
        register,
        library,
        ids: (before, after),
        proposals: Proposals::new(&left, &right, before > after),
        left: &left,
        right: &right,
    };
    let mut matching = Matching {
        before: before.to_owned(),
        after: after.to_owned(),
        matches: work.matches(),
    };
    matching.matches.sort_by_key(|m| {
        let group = Finding::ALL.iter().position(|f| *f == m.finding);
        let of = |side: &Option<Side>| side.as_ref().map(|s| (s.paragraph, s.record));
        (group, of(&m.after), of(&m.before))
    });
    matching
}

struct Work<'w> {
    register: &'w Register,
    library: &'w TextLibrary,
    ids: (&'w str, &'w str),
    left: &'w Own<'w>,
    right: &'w Own<'w>,
    proposals: Proposals,
}

impl Work<'_> {
    fn matches(&self) -> Vec<Match> {
        let (a, b) = (alone(self.left), alone(self.right));
        let entries = stated((self.ids.0, &a), (self.ids.1, &b));
        let (mut free_a, mut free_b) = (vec![true; a.len()], vec![true; b.len()]);
        let mut matches = Vec::new();
        for entry in &entries {
            for (free, at) in [(&mut free_a, entry.before), (&mut free_b, entry.after)] {
                if let Some(free) = at.and_then(|at| free.get_mut(at)) {
                    *free = false;
                }
            }
            matches.push(self.confirmed(entry));
        }
        for pair in self.proposals.choose(&mut free_a, &mut free_b) {
            matches.extend(self.proposed(pair.before, pair.after, pair.score));
        }
        let lone = |free: &[bool]| -> Vec<usize> {
            let free = free.iter().enumerate().filter(|(_, free)| **free);
            free.map(|(at, _)| at).collect()
        };
        matches.extend(lone(&free_a).into_iter().filter_map(|at| self.gone(at)));
        let older = self.older(&lone(&free_b));
        for (at, older) in older {
            matches.extend(self.come(at, older));
        }
        matches
    }

    fn side(&self, own: &Own<'_>, at: Option<usize>) -> Option<Side> {
        let (record, commitment) = own.get(at?)?;
        Some(Side::new(self.register, *record, commitment))
    }

    fn blank(&self, before: Option<usize>, after: Option<usize>) -> Match {
        let others = self
            .proposals
            .others((before, self.left), (after, self.right));
        let mut made = Match {
            before: self.side(self.left, before),
            after: self.side(self.right, after),
            finding: Finding::NotCoded,
            standing: Standing::Proposed,
            score: None,
            reasons: Vec::new(),
            notes: Vec::new(),
            older: None,
            others,
            entry: None,
        };
        if let (Some(a), Some(b)) = (before, after)
            && let (Some((_, a)), Some((_, b))) = (self.left.get(a), self.right.get(b))
        {
            made.reasons = reasons(a, b, &|id| self.register.short_title_of(id).to_owned());
        }
        if let (Some(a), Some(b)) = (&made.before, &made.after) {
            made.notes = notes(a, b, change(a, b, self.library).1);
        }
        made
    }

    fn confirmed(&self, entry: &Stated) -> Match {
        let mut made = self.blank(entry.before, entry.after);
        if let (Some(a), Some(b)) = (entry.before, entry.after) {
            made.score = Some(self.proposals.score(a, b));
        }
        made.older = entry
            .older
            .as_deref()
            .and_then(|id| Side::of(self.register, id));
        let now = match (&made.before, &made.after) {
            (Some(a), Some(b)) => Some(change(a, b, self.library).0),
            _ => None,
        };
        if let Some(now) = now
            && has_partner(entry.change)
            && now != entry.change
            && (is_ranked(now) || is_ranked(entry.change))
        {
            made.notes.push(format!(
                "The register says {}; by its steps it is {} now",
                entry.change.label(),
                now.label()
            ));
        }
        made.notes.extend(entry.note.clone());
        made.finding = Finding::Change(entry.change);
        made.standing = Standing::Confirmed;
        made.entry = Some((entry.holder.clone(), entry.index));
        made
    }

    fn proposed(&self, before: usize, after: usize, score: f64) -> Option<Match> {
        let mut made = self.blank(Some(before), Some(after));
        let (a, b) = (made.before.as_ref()?, made.after.as_ref()?);
        made.finding = Finding::Change(change(a, b, self.library).0);
        made.score = Some(score);
        Some(made)
    }

    /// A commitment of the document before that has no partner.
    fn gone(&self, at: usize) -> Option<Match> {
        let (_, commitment) = self.left.get(at)?;
        let made = self.blank(Some(at), None);
        Some(self.judged(made, commitment, self.ids.1, WordingChange::Dropped))
    }

    /// A commitment of the document after that has no partner, with the older one that it takes up
    /// again.
    fn come(&self, at: usize, older: Option<Side>) -> Option<Match> {
        let (_, commitment) = self.right.get(at)?;
        let mut made = self.blank(None, Some(at));
        let change = match older {
            Some(_) => WordingChange::Restored,
            None => WordingChange::New,
        };
        made.older = older;
        Some(self.judged(made, commitment, self.ids.0, change))
    }

    fn judged(
        &self,
        mut made: Match,
        one: &Commitment,
        there: &str,
        change: WordingChange,
    ) -> Match {
        if is_coded_for_one(self.register, there, one) {
            made.finding = Finding::Change(change);
        } else if let Some(document) = self.register.get::<Document>(there) {
            made.older = None;
            made.notes.push(format!(
                "{} {}: what is missing may stand there",
                document.short,
                extent(document)
            ));
        }
        made
    }

    /// For commitments without a partner, the like ones of documents still earlier in the series,
    /// the latest first.
    fn older(&self, free: &[usize]) -> Vec<(usize, Option<Side>)> {
        let mut found: Vec<(usize, Option<Side>)> = free.iter().map(|at| (*at, None)).collect();
        for document in earlier_than(self.register, self.ids.0) {
            let open: Vec<usize> = (0..found.len())
                .filter(|at| found[*at].1.is_none())
                .collect();
            if open.is_empty() || document == self.ids.1 {
                continue;
            }
            let own = commitments_of(self.register, document);
            let wanted = open
                .iter()
                .filter_map(|at| self.right.get(found[*at].0).copied());
            let wanted: Vec<_> = wanted.collect();
            let proposals = Proposals::new(&own, &wanted, false);
            let (mut a, mut b) = (vec![true; own.len()], vec![true; wanted.len()]);
            for pair in proposals.choose(&mut a, &mut b) {
                debug_assert!(pair.score >= LEAST);
                if let (Some(at), Some((record, c))) = (open.get(pair.after), own.get(pair.before))
                {
                    found[*at].1 = Some(Side::new(self.register, *record, c));
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
    let all = in_order(documents_of(register, series));
    let before = all.iter().take_while(|d| d.id.as_str() != document);
    let mut before: Vec<&str> = before.map(|d| d.id.as_str()).collect();
    before.reverse();
    before
}

fn notes(before: &Side, after: &Side, comparable: bool) -> Vec<String> {
    let mut all = Vec::new();
    if !comparable {
        let unranked = match (before.rank, after.rank) {
            (None, None) => "Neither step has a rank".to_owned(),
            (None, _) => format!("“{}” has no rank", before.step_words),
            _ => format!("“{}” has no rank", after.step_words),
        };
        all.push(format!("{unranked}: firmer or weaker cannot be said"));
    }
    let only = |a: &Side, b: &Side| -> Vec<String> {
        let missing = a.hedges.iter().filter(|hedge| !b.hedges.contains(hedge));
        missing.map(|hedge| format!("“{hedge}”")).collect()
    };
    for (gone, words) in [
        (only(before, after), "No longer softened by"),
        (only(after, before), "Softened by"),
    ] {
        if !gone.is_empty() {
            all.push(format!("{words} {}", gone.join(", ")));
        }
    }
    all
}
