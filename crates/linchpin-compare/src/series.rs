//! What stands in each document of a series: said there, not said there, or not known.

use super::messages::AbsenceReason;
use linchpin_register::{Date, Document, RecordRef, Register};
use serde::Serialize;

/// What is followed through a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TraceSubject<'a> {
    /// Words, looked for in the texts at hand, and in cited phrases where there is no text.
    Phrase(&'a str),
    /// A commitment by its id, with those that somebody has confirmed to be the same and those that
    /// are proposed.
    Commitment(&'a str),
    /// A theme by its id: the firmest commitment of each document.
    Theme(&'a str),
}

/// How it is known that something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum PresenceSource {
    /// It is the record that is followed, or one of the theme that is.
    Coded,
    /// Somebody has confirmed that it is the same commitment.
    Confirmed,
    /// It is taken for the same commitment; nobody has confirmed it.
    Proposed,
    /// The words stand in the text.
    Text,
    /// The words stand in a phrase that a record cites; the whole text is not at hand.
    Cited,
}

/// What is said in one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The record that has the words, where there is one.
    pub record: Option<RecordRef>,
    pub id: Option<String>,
    pub title: Option<String>,
    pub verb: Option<String>,
    /// "5 · explicit commitment"; `None` where no commitment has the words.
    pub step: Option<String>,
    /// 6 (firmest) to 0; `None` where no step has a rank.
    pub rank: Option<u8>,
    pub phrase: Option<String>,
    pub paragraph: Option<u32>,
    pub source: PresenceSource,
    /// In how many other places, or by how many other commitments, it is said as well.
    pub other_count: usize,
}

/// Whether something is said in a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    Present(Mention),
    /// It is not said there, and that is known: how.
    Absent(AbsenceReason),
    /// Nobody can say: why.
    Unknown(AbsenceReason),
}

/// Whether something is said in a document, without what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum PresenceState {
    /// It is said there.
    Present,
    /// It is known not to be said there.
    Absent,
    /// Nobody can say.
    Unknown,
}

/// How a step stands to the one before it in the series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum StepChange {
    /// Seen for the first time in the documents that are known.
    First,
    Firmer,
    Weaker,
    /// On the same step.
    Same,
    /// One of the two has no rank.
    NotRanked,
}

/// One document of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceRow {
    pub document: RecordRef,
    pub id: String,
    pub short: String,
    pub date: Date,
    pub presence: Presence,
    /// How it stands to the last document in which it is said.
    pub step_change: Option<StepChange>,
    /// It is back after documents in which it is known not to be said.
    pub is_resumed: bool,
}

/// Something through the documents of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentTrace {
    /// What is followed, in words.
    pub title: String,
    pub rows: Vec<TraceRow>,
}

impl PresenceSource {
    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            PresenceSource::Coded => "coded",
            PresenceSource::Confirmed => "confirmed",
            PresenceSource::Proposed => "proposed",
            PresenceSource::Text => "in the text",
            PresenceSource::Cited => "in a cited phrase",
        }
    }
}

impl StepChange {
    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            StepChange::First => "first seen",
            StepChange::Firmer => "firmer",
            StepChange::Weaker => "weaker",
            StepChange::Same => "same step",
            StepChange::NotRanked => "steps without a rank",
        }
    }
}

impl Presence {
    /// What is said, where something is.
    pub fn mention(&self) -> Option<&Mention> {
        match self {
            Presence::Present(mention) => Some(mention),
            _ => None,
        }
    }

    /// Which of the three it is.
    pub fn state(&self) -> PresenceState {
        match self {
            Presence::Present(_) => PresenceState::Present,
            Presence::Absent(_) => PresenceState::Absent,
            Presence::Unknown(_) => PresenceState::Unknown,
        }
    }

    /// "said", "not said", "not known"
    pub fn label(&self) -> &'static str {
        self.state().label()
    }
}

impl PresenceState {
    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            PresenceState::Present => "said",
            PresenceState::Absent => "not said",
            PresenceState::Unknown => "not known",
        }
    }
}

impl DocumentTrace {
    /// A series of documents with what is said in each, in their order. Steps are held against each
    /// other here.
    pub(super) fn new(title: String, documents: Vec<(RecordRef, &Document, Presence)>) -> Self {
        let mut rows: Vec<TraceRow> = Vec::with_capacity(documents.len());
        for (at, document, presence) in documents {
            let last = rows
                .iter()
                .rposition(|row| row.presence.mention().is_some());
            let before = last.and_then(|at| rows.get(at)?.presence.mention());
            let change = presence
                .mention()
                .map(|mention| step_change(before, mention));
            // Before its first mention nothing can have come back.
            let between = rows.iter().skip(last.map_or(rows.len(), |at| at + 1));
            let mut between = between.map(|row| &row.presence);
            let is_back = change.is_some() && between.any(|one| matches!(one, Presence::Absent(_)));
            rows.push(TraceRow {
                document: at,
                id: document.id.as_str().to_owned(),
                short: document.short.clone(),
                date: document.date.date,
                presence,
                step_change: change,
                is_resumed: is_back,
            });
        }
        DocumentTrace { title, rows }
    }

    /// The first document in which it is said.
    pub fn first(&self) -> Option<&TraceRow> {
        self.rows
            .iter()
            .find(|row| row.presence.mention().is_some())
    }

    /// The last document in which it is said.
    pub fn last(&self) -> Option<&TraceRow> {
        let mut rows = self.rows.iter().rev();
        rows.find(|row| row.presence.mention().is_some())
    }

    /// Documents between the first and the last in which it is known not to be said.
    pub fn gaps(&self) -> Vec<&TraceRow> {
        let is_present = |row: &TraceRow| row.presence.mention().is_some();
        let first = self.rows.iter().position(is_present).unwrap_or(0);
        let last = self.rows.iter().rposition(is_present).unwrap_or(0);
        let inner = self.rows.iter().take(last).skip(first);
        inner
            .filter(|row| matches!(row.presence, Presence::Absent(_)))
            .collect()
    }

    /// How many documents are in this state.
    pub fn count(&self, state: PresenceState) -> usize {
        let rows = self.rows.iter();
        rows.filter(|row| row.presence.state() == state).count()
    }
}

fn step_change(before: Option<&Mention>, now: &Mention) -> StepChange {
    let Some(before) = before else {
        return StepChange::First;
    };
    match (before.rank, now.rank) {
        (Some(a), Some(b)) if a < b => StepChange::Firmer,
        (Some(a), Some(b)) if a > b => StepChange::Weaker,
        (Some(_), Some(_)) => StepChange::Same,
        _ if before.step == now.step => StepChange::Same,
        _ => StepChange::NotRanked,
    }
}

/// The names of the series of a register, in the order of its documents.
pub fn series_names(register: &Register) -> Vec<&str> {
    let mut all: Vec<&str> = Vec::new();
    for name in register
        .documents
        .iter()
        .filter_map(|d| d.series.as_deref())
    {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// The documents of a series, in the order of the register.
pub fn series_documents<'r>(register: &'r Register, series: &str) -> Vec<&'r Document> {
    let all = register.documents.iter();
    all.filter(|d| d.series.as_deref() == Some(series))
        .collect()
}

/// Documents in the order of their numbers where all of one series have one, else of their dates.
pub fn sort_documents(mut documents: Vec<&Document>) -> Vec<&Document> {
    let series = documents.first().and_then(|d| d.series.as_deref());
    let counted = |d: &&Document| d.number.is_some() && d.series.as_deref() == series;
    let by_number = series.is_some() && documents.iter().all(counted);
    documents.sort_by_key(|d| {
        let number = d.number.filter(|_| by_number);
        // The number once more: of one day, it decides even where not all have one.
        (number, d.date.date, d.number)
    });
    documents
}
