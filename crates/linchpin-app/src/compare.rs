//! What the page of comparisons shows: two documents side by side, or something through the
//! documents of a series.

use super::App;
use super::derived::DerivedData;
use super::page::Page;
use super::transactions::TransactionRequest;
use linchpin_charts::picture::Picture;
use linchpin_compare::{
    CommitmentMatching, DecisionError, DocumentTrace, SentenceComparison, TraceSubject,
    commitment_counts, compare_sentences, confirm_match, mark_unmatched, match_commitments,
    own_document, pair_commitments, series_documents, series_names, series_picture as charts,
    sort_documents, trace_documents, undo_confirmation,
};
use linchpin_edit::Edit;
use linchpin_reading::TextLibrary;
use linchpin_register::{Commitment, Document, Register};
use linchpin_text::prose::Prose;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

impl App {
    /// The two documents that are compared.
    pub fn compared_documents(&self) -> Option<(&Document, &Document)> {
        let register: &Register = self.register();
        let chosen = &self.view.comparing;
        let of = |id: &Option<String>| id.as_deref().and_then(|id| register.get::<Document>(id));
        of(&chosen.before).zip(of(&chosen.after))
    }

    /// In place of documents that nobody has chosen, or that are gone, two are offered that belong
    /// together. Once for each register.
    fn choose_default_documents(&mut self) {
        let revision = Some(self.file.revision);
        if self.compared_documents().is_some() || self.view.comparing.offered_revision == revision {
            return;
        }
        self.view.comparing.offered_revision = revision;
        let register = self.register().clone();
        if let Some((before, after)) = default_pair(&register) {
            let chosen = &mut self.view.comparing;
            let there = |id: &Option<String>| {
                let id = id.as_deref();
                id.is_some_and(|id| register.get::<Document>(id).is_some())
            };
            if !there(&chosen.before) {
                chosen.before = Some(before.id.to_string());
            }
            if !there(&chosen.after) {
                chosen.after = Some(after.id.to_string());
            }
        }
    }

    /// What is followed through time; `None` where nothing is chosen yet.
    pub fn series_subject(&self) -> Option<SeriesSubject> {
        let register = self.register();
        let chosen = &self.view.comparing;
        match chosen.follow {
            SeriesSubjectKind::Phrase => {
                let words = chosen.phrase.trim();
                (!words.is_empty()).then(|| SeriesSubject::Phrase(words.to_owned()))
            }
            SeriesSubjectKind::Theme => {
                let id = chosen.theme.clone();
                let id = id.filter(|id| register.themes.iter().any(|t| t.id.as_str() == id))?;
                Some(SeriesSubject::Theme(id))
            }
            SeriesSubjectKind::Commitment => {
                let id = chosen.commitment.clone();
                let id = id.filter(|id| register.get::<Commitment>(id).is_some())?;
                Some(SeriesSubject::Commitment(id))
            }
        }
    }

    /// The name of the series on screen; `None`: all documents.
    pub fn compared_series(&self) -> Option<String> {
        let register = self.register();
        let all = series_names(register);
        let chosen = self.view.comparing.series.as_deref();
        match chosen {
            // Chosen by the user: all documents. Without a choice it is the commitment's own
            // series, or the first.
            Some("") => None,
            Some(name) if all.contains(&name) => Some(name.to_owned()),
            _ => {
                let own = match self.series_subject() {
                    Some(SeriesSubject::Commitment(id)) => own_document(register, &id)
                        .and_then(|document| register.get::<Document>(document)?.series.as_deref()),
                    _ => None,
                };
                own.or(all.first().copied()).map(str::to_owned)
            }
        }
    }

    /// The two documents side by side, as far as they have been worked out.
    pub fn document_comparison(&self) -> Option<&DocumentComparison> {
        let (before, after) = self.compared_documents()?;
        let found = self.derived.document_comparison()?;
        // What was worked out last may be about the two documents that were chosen before.
        let is_it = found.matching.before == before.id.as_str()
            && found.matching.after == after.id.as_str();
        is_it.then_some(found)
    }

    /// What was followed, as far as it has been worked out.
    pub fn series_trace(&self) -> Option<&SeriesTrace> {
        let found = self.derived.series_trace()?;
        let wanted = (self.series_subject()?, self.compared_series());
        (found.subject == wanted.0 && found.series_name == wanted.1).then_some(found)
    }

    /// Sees to it that what the page shows is there, or on its way.
    pub(super) fn request_compare_data(&mut self) {
        if self.view.page != Page::Compare {
            return;
        }
        let (register, library) = (self.register().clone(), self.reading.texts.library.clone());
        let (revision, texts) = (self.file.revision, self.reading.texts.scan_number);
        match self.view.comparing.mode {
            CompareMode::Documents => {
                self.choose_default_documents();
                let Some((before, after)) = self.compared_documents() else {
                    return;
                };
                let (before, after) = (before.id.to_string(), after.id.to_string());
                let key = DocumentComparisonKey(revision, texts, before, after);
                self.derived
                    .request_document_comparison(key, register, library);
            }
            CompareMode::Time => {
                let Some(subject) = self.series_subject() else {
                    return;
                };
                let key = SeriesTraceKey(revision, texts, subject, self.compared_series());
                self.derived.request_series_trace(key, register, library);
            }
            // They have a place of their own.
            CompareMode::Versions => {}
        }
    }

    /// Does what the page asks for.
    pub(super) fn run_compare_command(&mut self, command: CompareCommand) {
        let shown = self
            .compared_documents()
            .map(|(a, b)| (a.id.to_string(), b.id.to_string()));
        let chosen = &mut self.view.comparing;
        match command {
            CompareCommand::SetMode(mode) => chosen.mode = mode,
            CompareCommand::SetBefore(id) => {
                chosen.set_documents(Some(id), shown.map(|(_, after)| after));
            }
            CompareCommand::SetAfter(id) => {
                chosen.set_documents(shown.map(|(before, _)| before), Some(id));
            }
            CompareCommand::Swap => {
                if let Some((before, after)) = shown {
                    chosen.set_documents(Some(after), Some(before));
                }
            }
            CompareCommand::SetSeries(name) => chosen.series = Some(name),
            CompareCommand::SetSubjectKind(follow) => chosen.follow = follow,
            CompareCommand::SetPhrase(words) => chosen.phrase = words,
            CompareCommand::SetCommitment(id) => {
                chosen.follow = SeriesSubjectKind::Commitment;
                chosen.commitment = Some(id);
                chosen.search.clear();
            }
            CompareCommand::SetTheme(id) => chosen.theme = Some(id),
            CompareCommand::SetSearch(words) => chosen.search = words,
            CompareCommand::Expand(row) => {
                chosen.expanded.insert(row);
            }
            CompareCommand::ShowMore => chosen.visible_rows += ROWS_PER_PAGE,
            CompareCommand::StepMatch(by) => self.step_match(by),
            CompareCommand::Confirm(_)
            | CompareCommand::SetPartner(..)
            | CompareCommand::SetNoPartner(_)
            | CompareCommand::RemoveDecision(_) => self.apply_match_decision(&command),
        }
    }

    fn step_match(&mut self, by: i64) {
        let count = self
            .document_comparison()
            .map_or(0, |found| found.matching.matches.len());
        let chosen = &mut self.view.comparing;
        let last = count.saturating_sub(1) as i64;
        let next = match chosen.current_match {
            None => 0,
            Some(now) => (now as i64 + by).clamp(0, last),
        };
        chosen.current_match = (count > 0).then_some(next as usize);
        chosen.scroll_to_current = true;
        // The keyboard may go beyond the rows that are shown.
        chosen.visible_rows = chosen.visible_rows.max(next as usize + 1);
    }

    /// Makes an edit of what somebody says of a match.
    fn apply_match_decision(&mut self, command: &CompareCommand) {
        match self.match_decision_edit(command) {
            None => {}
            Some(Ok(edit)) => self.queue_transaction(TransactionRequest::Edit(edit)),
            Some(Err(why)) => self.notices.error(why.to_string()),
        }
    }

    fn match_decision_edit(&self, command: &CompareCommand) -> Option<Result<Edit, DecisionError>> {
        let found = self.document_comparison()?;
        let register = self.register();
        let (before, after) = (&found.matching.before, &found.matching.after);
        let documents = (before.as_str(), after.as_str());
        let at = |index: &usize| found.matching.matches.get(*index);
        let id = |side: &Option<linchpin_compare::CommitmentInDocument>| {
            side.as_ref().map(|s| s.id.clone())
        };
        Some(match command {
            CompareCommand::Confirm(index) => confirm_match(register, documents, at(index)?),
            CompareCommand::RemoveDecision(index) => undo_confirmation(register, at(index)?),
            CompareCommand::SetNoPartner(index) => {
                let one = at(index)?;
                mark_unmatched(register, documents, &id(&one.after).or(id(&one.before))?)
            }
            CompareCommand::SetPartner(index, other) => {
                let one = at(index)?;
                let both = match id(&one.after) {
                    Some(later) => (other.clone(), later),
                    None => (id(&one.before)?, other.clone()),
                };
                let library = &self.reading.texts.library;
                pair_commitments(register, library, documents, (&both.0, &both.1))
            }
            _ => return None,
        })
    }
}

impl CompareState {
    /// The page as somebody would have it who has chosen two documents, or something to follow: a
    /// commitment or a theme by its id, else words.
    pub fn with_selection(
        register: &Register,
        both: Option<(String, String)>,
        follow: Option<&str>,
    ) -> Self {
        let (before, after) = both.unzip();
        let mut chosen = CompareState {
            before,
            after,
            ..CompareState::default()
        };
        let Some(words) = follow else {
            return chosen;
        };
        chosen.mode = CompareMode::Time;
        if register.get::<Commitment>(words).is_some() {
            chosen.commitment = Some(words.to_owned());
        } else if register.get::<linchpin_register::Theme>(words).is_some() {
            chosen.follow = SeriesSubjectKind::Theme;
            chosen.theme = Some(words.to_owned());
        } else {
            chosen.follow = SeriesSubjectKind::Phrase;
            words.clone_into(&mut chosen.phrase);
        }
        chosen
    }

    fn set_documents(&mut self, before: Option<String>, after: Option<String>) {
        // Rows and the match at the keyboard are counted within one pair of documents.
        *self = CompareState {
            before,
            after,
            current_match: None,
            scroll_to_current: false,
            visible_rows: ROWS_PER_PAGE,
            expanded: BTreeSet::new(),
            ..self.clone()
        };
    }
}

/// What is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CompareMode {
    #[default]
    Documents,
    Time,
    Versions,
}

/// What is followed through time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeriesSubjectKind {
    #[default]
    Commitment,
    Phrase,
    Theme,
}

/// So many rows are shown at first, and more when somebody asks.
pub const ROWS_PER_PAGE: usize = 120;

/// What is chosen on the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CompareState {
    pub mode: CompareMode,
    /// The ids of the two documents; none: the program's choice.
    pub before: Option<String>,
    pub after: Option<String>,
    /// The name of the series; none: the commitment's own, else the first one.
    pub series: Option<String>,
    pub follow: SeriesSubjectKind,
    pub phrase: String,
    pub commitment: Option<String>,
    pub theme: Option<String>,
    /// What is typed to find a commitment.
    #[serde(skip)]
    pub search: String,
    /// The match at which the keyboard is, …
    #[serde(skip)]
    pub current_match: Option<usize>,
    /// … which is to be brought into view.
    #[serde(skip)]
    pub scroll_to_current: bool,
    /// How many rows are shown.
    #[serde(skip)]
    pub visible_rows: usize,
    /// The stretches of sentences that are the same and are shown all the same, by their first row.
    #[serde(skip)]
    pub expanded: BTreeSet<usize>,
    /// The register for which documents were offered last.
    #[serde(skip)]
    pub(super) offered_revision: Option<u64>,
}

impl Default for CompareState {
    fn default() -> Self {
        CompareState {
            mode: CompareMode::default(),
            before: None,
            after: None,
            series: None,
            follow: SeriesSubjectKind::default(),
            phrase: String::new(),
            commitment: None,
            theme: None,
            search: String::new(),
            current_match: None,
            scroll_to_current: false,
            visible_rows: ROWS_PER_PAGE,
            expanded: BTreeSet::new(),
            offered_revision: None,
        }
    }
}

/// What the page asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum CompareCommand {
    SetMode(CompareMode),
    SetBefore(String),
    SetAfter(String),
    Swap,
    SetSeries(String),
    SetSubjectKind(SeriesSubjectKind),
    SetPhrase(String),
    SetCommitment(String),
    SetTheme(String),
    SetSearch(String),
    /// Moves the keyboard so many matches down.
    StepMatch(i64),
    /// Confirms the match at this place.
    Confirm(usize),
    /// Says that a commitment's partner is the one with this id.
    SetPartner(usize, String),
    /// Says that there is no partner: of the later one, or of the earlier one where there is no
    /// later.
    SetNoPartner(usize),
    RemoveDecision(usize),
    /// Shows sentences that are the same, from this row on.
    Expand(usize),
    ShowMore,
}

/// Two documents side by side.
pub struct DocumentComparison {
    pub matching: CommitmentMatching,
    /// Sentence by sentence, with both texts; `None` where one of the two has no text.
    pub sentences: Option<(SentenceComparison, [Arc<Prose>; 2])>,
}

/// What two documents side by side depend on: the register, its texts, the two.
#[derive(Clone, PartialEq)]
pub struct DocumentComparisonKey(pub u64, pub u64, pub String, pub String);

/// What is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeriesSubject {
    Phrase(String),
    Commitment(String),
    Theme(String),
}

/// Something through the documents of a series.
pub struct SeriesTrace {
    pub subject: SeriesSubject,
    /// The series; `None`: all documents.
    pub series_name: Option<String>,
    pub series: DocumentTrace,
    pub summary: Vec<String>,
    pub picture: Picture,
}

/// What it depends on: the register, its texts, what is followed, the series.
#[derive(Clone, PartialEq)]
pub struct SeriesTraceKey(pub u64, pub u64, pub SeriesSubject, pub Option<String>);

impl SeriesSubject {
    fn as_query(&self) -> TraceSubject<'_> {
        match self {
            SeriesSubject::Phrase(words) => TraceSubject::Phrase(words),
            SeriesSubject::Commitment(id) => TraceSubject::Commitment(id),
            SeriesSubject::Theme(id) => TraceSubject::Theme(id),
        }
    }
}

impl DocumentComparison {
    pub(super) fn compute(
        register: &Register,
        library: &TextLibrary,
        before: &str,
        after: &str,
    ) -> Self {
        let both = library.prose(before).zip(library.prose(after));
        DocumentComparison {
            matching: match_commitments(register, library, before, after),
            sentences: both.map(|(a, b)| (compare_sentences(a, b), [a.clone(), b.clone()])),
        }
    }
}

impl SeriesTrace {
    pub(super) fn compute(
        register: &Register,
        library: &TextLibrary,
        subject: SeriesSubject,
        series_name: Option<String>,
    ) -> Self {
        let all = match &series_name {
            Some(name) => series_documents(register, name),
            None => register.documents.iter().collect(),
        };
        let found = trace_documents(register, library, &sort_documents(all), subject.as_query());
        let picture =
            charts::series_picture(register, &found, series_name.as_deref().unwrap_or_default());
        SeriesTrace {
            subject,
            series_name,
            summary: charts::summary_sentences(&found),
            series: found,
            picture,
        }
    }
}

/// Up to so many bytes of text two documents are compared within the frame, …
const SYNC_MAX_BYTES: usize = 60_000;
/// … and up to so many commitments of the register.
const SYNC_MAX_COMMITMENTS: usize = 400;

impl DerivedData {
    /// Sees to it that two documents are compared, or will be.
    pub(super) fn request_document_comparison(
        &mut self,
        key: DocumentComparisonKey,
        register: Arc<Register>,
        library: Arc<TextLibrary>,
    ) {
        let bytes = |id: &str| library.prose(id).map_or(0, |prose| prose.text().len());
        let is_small = bytes(&key.2) + bytes(&key.3) <= SYNC_MAX_BYTES
            && register.commitments.len() <= SYNC_MAX_COMMITMENTS;
        let (before, after) = (key.2.clone(), key.3.clone());
        let in_frame = self.runs_in_frame || is_small;
        self.document_comparison
            .request(key, in_frame, &self.memo_context, move || {
                DocumentComparison::compute(&register, &library, &before, &after)
            });
    }

    /// Two documents side by side: those that were worked out last.
    pub fn document_comparison(&self) -> Option<&DocumentComparison> {
        Some(&*self.document_comparison.value.as_ref()?.1)
    }

    /// Sees to it that something is followed through a series, or will be.
    pub(super) fn request_series_trace(
        &mut self,
        key: SeriesTraceKey,
        register: Arc<Register>,
        library: Arc<TextLibrary>,
    ) {
        let bytes = library.iter().map(|(_, text)| text.prose.text().len());
        let is_small = bytes.sum::<usize>() <= SYNC_MAX_BYTES
            && register.commitments.len() <= SYNC_MAX_COMMITMENTS;
        let in_frame = self.runs_in_frame || is_small;
        let (subject, name) = (key.2.clone(), key.3.clone());
        self.series_trace
            .request(key, in_frame, &self.memo_context, move || {
                SeriesTrace::compute(&register, &library, subject, name)
            });
    }

    /// What was followed last.
    pub fn series_trace(&self) -> Option<&SeriesTrace> {
        Some(&*self.series_trace.value.as_ref()?.1)
    }
}

/// Two documents of which somebody has said how their commitments go together: those of the last
/// commitment that says so.
fn confirmed_pair(register: &Register) -> Option<(&Document, &Document)> {
    let mut all = register.commitments.iter().rev();
    all.find_map(|commitment| {
        let entry = commitment.continuity.last()?;
        let own = register.get::<Document>(own_document(register, commitment.id.as_str())?)?;
        let other = register.get::<Document>(entry.against.as_str())?;
        Some(match own.date.date < other.date.date {
            true => (own, other),
            false => (other, own),
        })
    })
}

/// The last two documents of the first series of which commitments are recorded, else the last two
/// such documents of all.
pub(super) fn default_pair(register: &Register) -> Option<(&Document, &Document)> {
    let counts = commitment_counts(register);
    if let Some(both) = confirmed_pair(register) {
        return Some(both);
    }
    let has = |d: &&Document| counts.contains_key(d.id.as_str());
    let of = |all: Vec<&'_ Document>| -> Vec<String> {
        let recorded = all.into_iter().filter(has);
        recorded.map(|d| d.id.to_string()).collect()
    };
    let series = series_names(register);
    let mut lists = series
        .iter()
        .map(|name| of(sort_documents(series_documents(register, name))));
    let last = lists
        .find(|list| list.len() > 1)
        .unwrap_or_else(|| of(sort_documents(register.documents.iter().collect())));
    let [.., before, after] = last.as_slice() else {
        return None;
    };
    let both = (
        register.get::<Document>(before),
        register.get::<Document>(after),
    );
    both.0.zip(both.1)
}
