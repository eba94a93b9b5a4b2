//! What is chosen on the page of comparisons, and what it asks for.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    #[default]
    Documents,
    Time,
    Versions,
}

/// What is followed through time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Follow {
    #[default]
    Commitment,
    Phrase,
    Theme,
}

/// So many rows are shown at first, and more when somebody asks.
pub const ROWS_AT_ONCE: usize = 120;

/// What is chosen on the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Comparing {
    pub mode: Mode,
    /// The ids of the two documents; none: the program's choice.
    pub before: Option<String>,
    pub after: Option<String>,
    /// The name of the series; none: the commitment's own, else the first one.
    pub series: Option<String>,
    pub follow: Follow,
    pub phrase: String,
    pub commitment: Option<String>,
    pub theme: Option<String>,
    /// What is typed to find a commitment.
    #[serde(skip)]
    pub search: String,
    /// The match at which the keyboard is, …
    #[serde(skip)]
    pub at: Option<usize>,
    /// … which is to be brought into view.
    #[serde(skip)]
    pub bring: bool,
    /// How many rows are shown.
    #[serde(skip)]
    pub shown: usize,
    /// The stretches of sentences that are the same and are shown all the same, by their first row.
    #[serde(skip)]
    pub open: BTreeSet<usize>,
    /// The register for which documents were offered last.
    #[serde(skip)]
    pub(super) offered: Option<u64>,
}

impl Default for Comparing {
    fn default() -> Self {
        Comparing {
            mode: Mode::default(),
            before: None,
            after: None,
            series: None,
            follow: Follow::default(),
            phrase: String::new(),
            commitment: None,
            theme: None,
            search: String::new(),
            at: None,
            bring: false,
            shown: ROWS_AT_ONCE,
            open: BTreeSet::new(),
            offered: None,
        }
    }
}

/// What the page asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum CompareAsk {
    Mode(Mode),
    Before(String),
    After(String),
    Swap,
    Series(String),
    Follow(Follow),
    Phrase(String),
    Commitment(String),
    Theme(String),
    Search(String),
    /// Moves the keyboard so many matches down.
    Step(i64),
    /// Confirms the match at this place.
    Confirm(usize),
    /// Says that a commitment's partner is the one with this id.
    Pair(usize, String),
    /// Says that there is no partner: of the earlier one, or of the later one where there is no earlier.
    Alone(usize),
    Undo(usize),
    /// Shows sentences that are the same, from this row on.
    Open(usize),
    More,
}
