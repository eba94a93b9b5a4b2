//! What the user has set: page, queries, selection, theme. Kept between runs; whatever cannot be read back is ignored.

use super::page::Page;
use super::row_selection::RowSelection;
use linchpin_register::RecordKind;
use linchpin_register::query::{CountingRule, TableQuery};
use linchpin_register::tables;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// How many recent files are remembered.
const MAX_RECENT: usize = 10;
/// How many places back and forward remember.
const MAX_HISTORY: usize = 100;

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    #[default]
    System,
    Light,
    Dark,
}

/// Everything about the window that is the user's and no record's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ViewState {
    pub page: Page,
    /// Table id → query.
    pub queries: BTreeMap<String, TableQuery>,
    /// The id of the selected record.
    pub selected: Option<String>,
    pub detail_open: bool,
    /// The chart shown large on the page of charts; none: all of them.
    pub chart: Option<String>,
    /// The charts in whose place their data stands.
    #[serde(skip)]
    pub charts_as_table: BTreeSet<String>,
    /// The chart that is shown large is being changed, beside its picture.
    #[serde(skip)]
    pub is_building_chart: bool,
    /// What is open in the reader.
    pub reading: super::reader_state::ReaderSession,
    /// What is compared.
    pub comparing: super::compare_state::CompareState,
    /// The id of the style in which citations are copied.
    pub cite_as: String,
    /// What the page of assessments shows.
    pub assessing: super::assessments_page::AssessmentsPageState,
    /// Which of its tables the page of terms shows.
    pub terms: String,
    /// How charts and the overview count commitments.
    pub rule: CountingRule,
    pub theme: ThemeChoice,
    pub compact: bool,
    /// Saves by itself at each change.
    pub save_each_change: bool,
    pub zoom: f32,
    pub recent: Vec<PathBuf>,
    /// The file of the last run; none: the bundled register.
    pub last_file: Option<PathBuf>,
    /// Who assessed last.
    pub assessor: String,
    /// Rows that are picked out to be edited together.
    #[serde(skip)]
    pub row_selection: RowSelection,
    #[serde(skip)]
    pub history: NavigationHistory,
}

impl Default for ViewState {
    fn default() -> Self {
        ViewState {
            page: Page::Overview,
            queries: BTreeMap::new(),
            selected: None,
            detail_open: true,
            chart: None,
            charts_as_table: BTreeSet::new(),
            is_building_chart: false,
            reading: super::reader_state::ReaderSession::default(),
            comparing: super::compare_state::CompareState::default(),
            cite_as: "plain".into(),
            assessing: super::assessments_page::AssessmentsPageState::default(),
            terms: "ladder".into(),
            rule: CountingRule::default(),
            theme: ThemeChoice::System,
            compact: false,
            save_each_change: false,
            zoom: 1.0,
            recent: Vec::new(),
            last_file: None,
            assessor: String::new(),
            row_selection: RowSelection::default(),
            history: NavigationHistory::default(),
        }
    }
}

/// Where the user was: what back and forward restore.
#[derive(Clone, Debug, PartialEq)]
pub struct NavigationEntry {
    page: Page,
    selected: Option<String>,
    chart: Option<String>,
    document: Option<String>,
    queries: BTreeMap<String, TableQuery>,
}

/// The places behind and ahead.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NavigationHistory {
    back: Vec<NavigationEntry>,
    forward: Vec<NavigationEntry>,
}

impl ViewState {
    /// What is out of range in a state that was read back is set right.
    pub fn sanitized(mut self) -> Self {
        if !self.zoom.is_finite() || !(0.5..=3.0).contains(&self.zoom) {
            self.zoom = 1.0;
        }
        self.recent.truncate(MAX_RECENT);
        if tables::by_id(&self.terms).is_none() {
            self.terms = "ladder".into();
        }
        if self.page == Page::Problems {
            self.page = Page::Overview;
        }
        self
    }

    /// Shows the data of a chart in its place, or the chart again.
    pub fn toggle_chart_data(&mut self, chart: &str) {
        if !self.charts_as_table.remove(chart) {
            self.charts_as_table.insert(chart.to_owned());
        }
    }

    /// The record type whose table is on screen.
    pub fn table(&self) -> Option<RecordKind> {
        match self.page {
            Page::Terms => tables::by_id(&self.terms).map(|t| t.kind),
            page => page.table(),
        }
    }

    /// The chart that is on screen by itself.
    pub fn open_chart(&self) -> Option<&str> {
        self.chart.as_deref().filter(|_| self.page == Page::Charts)
    }

    /// The query of a table.
    pub fn query(&self, kind: RecordKind) -> TableQuery {
        let table = tables::of_kind(kind);
        self.queries
            .get(table.id)
            .cloned()
            .unwrap_or_else(|| TableQuery {
                sort: table.default_sort(),
                ..TableQuery::default()
            })
    }

    /// Changes the query of a table.
    pub fn update_query(&mut self, kind: RecordKind, change: impl FnOnce(&mut TableQuery)) {
        let mut query = self.query(kind);
        change(&mut query);
        self.queries
            .insert(tables::of_kind(kind).id.to_owned(), query);
    }

    fn navigation_entry(&self) -> NavigationEntry {
        NavigationEntry {
            page: self.page,
            selected: self.selected.clone(),
            chart: self.chart.clone(),
            document: self.reading.document.clone(),
            queries: self.queries.clone(),
        }
    }

    fn restore(&mut self, place: NavigationEntry) {
        let NavigationEntry {
            page,
            selected,
            chart,
            document,
            queries,
        } = place;
        if self.reading.document != document {
            self.reading.document = document;
            (self.reading.cursor, self.reading.coding) = (None, None);
        }
        (self.page, self.selected, self.chart, self.queries) = (page, selected, chart, queries);
    }

    /// Remembers where the user is, before going somewhere else.
    pub fn push_history(&mut self) {
        let place = self.navigation_entry();
        if self.history.back.last() != Some(&place) {
            self.history.back.push(place);
        }
        if self.history.back.len() > MAX_HISTORY {
            self.history.back.remove(0);
        }
        self.history.forward.clear();
    }

    pub fn can_go_back(&self) -> bool {
        !self.history.back.is_empty()
    }

    pub fn can_go_forward(&self) -> bool {
        !self.history.forward.is_empty()
    }

    pub fn back(&mut self) {
        if let Some(place) = self.history.back.pop() {
            self.history.forward.push(self.navigation_entry());
            self.restore(place);
        }
    }

    pub fn forward(&mut self) {
        if let Some(place) = self.history.forward.pop() {
            self.history.back.push(self.navigation_entry());
            self.restore(place);
        }
    }

    /// Puts a file at the head of the recent ones.
    pub fn add_recent_file(&mut self, path: &std::path::Path) {
        self.recent.retain(|p| p != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(MAX_RECENT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_forward_restore_page_selection_and_query() {
        let mut view = ViewState::default();
        view.push_history();
        view.page = Page::Commitments;
        view.update_query(RecordKind::Commitment, |q| q.search = "opcon".into());
        view.selected = Some("opcon".into());
        view.back();
        assert_eq!(
            (view.page, view.selected.as_deref()),
            (Page::Overview, None)
        );
        assert_eq!(view.query(RecordKind::Commitment).search, "");
        view.forward();
        assert_eq!(
            (view.page, view.selected.as_deref()),
            (Page::Commitments, Some("opcon"))
        );
        assert_eq!(view.query(RecordKind::Commitment).search, "opcon");
        assert!(!view.can_go_forward());
    }

    #[test]
    fn a_state_out_of_range_is_mended() {
        let view = ViewState {
            zoom: f32::NAN,
            terms: "nonsense".into(),
            ..ViewState::default()
        }
        .sanitized();
        assert_eq!((view.zoom, view.terms.as_str()), (1.0, "ladder"));
    }
}
