//! What is chosen on the page of comparisons, and what it asks for.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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
    /// Says that there is no partner: of the earlier one, or of the later one where there is no earlier.
    SetNoPartner(usize),
    RemoveDecision(usize),
    /// Shows sentences that are the same, from this row on.
    Expand(usize),
    ShowMore,
}
