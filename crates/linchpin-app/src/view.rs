//! What the user has set: page, queries, selection, theme. Kept between runs; whatever cannot be
//! read back is ignored.

use super::assessments_page::AssessmentsPageState;
use super::compare::CompareState;
use super::page::Page;
use super::reader::ReaderSession;
use super::row_selection::RowSelection;
use linchpin_register::RecordKind;
use linchpin_register::query::{CountingRule, TableQuery};
use linchpin_register::tables;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The table of the page of terms that is shown first: the ladder of commitments.
const DEFAULT_TERMS: &str = "ladder";
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
#[serde(from = "SavedView", into = "SavedView")]
pub struct ViewState {
    pub page: Page,
    /// The id of the selected record.
    pub selected: Option<String>,
    pub detail_open: bool,
    /// How charts, lists of assessments and the overview count commitments.
    pub rule: CountingRule,
    pub tables: TablesView,
    pub charts: ChartsView,
    /// What is open in the reader.
    pub reading: ReaderSession,
    /// What is compared.
    pub comparing: CompareState,
    /// What the page of assessments shows.
    pub assessing: AssessmentsPageState,
    pub preferences: Preferences,
    pub files: RecentFiles,
    pub history: NavigationHistory,
}

/// What the tables show.
#[derive(Clone, Debug, PartialEq)]
pub struct TablesView {
    /// Table id → query.
    pub queries: BTreeMap<String, TableQuery>,
    /// Which of its tables the page of terms shows.
    pub terms: String,
    /// Rows that are picked out to be edited together.
    pub row_selection: RowSelection,
}

/// What the page of charts shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartsView {
    /// The chart that is shown large; none: all of them.
    pub open: Option<String>,
    /// The charts in whose place their data stands.
    pub as_table: BTreeSet<String>,
    /// The chart that is shown large is being changed, next to its picture.
    pub is_building: bool,
}

/// What the user wants to have alike in every register.
#[derive(Clone, Debug, PartialEq)]
pub struct Preferences {
    pub theme: ThemeChoice,
    pub compact: bool,
    pub zoom: f32,
    /// Saves by itself at each change.
    pub save_each_change: bool,
    /// The id of the style in which citations are copied.
    pub citation_style: String,
    /// Who assessed last.
    pub assessor: String,
}

/// The files that were open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecentFiles {
    /// The last ones, the newest first.
    pub recent: Vec<PathBuf>,
    /// The file of the last run; none: the bundled register.
    pub last: Option<PathBuf>,
}

/// The view as it is kept between runs, under names that do not change.
///
/// Flat, since RON and serde's `flatten` do not go together: a view that an older version has
/// written is read, and whatever is not there is as in a new one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
struct SavedView {
    page: Page,
    queries: BTreeMap<String, TableQuery>,
    selected: Option<String>,
    detail_open: bool,
    chart: Option<String>,
    reading: ReaderSession,
    comparing: CompareState,
    cite_as: String,
    assessing: AssessmentsPageState,
    terms: String,
    rule: CountingRule,
    theme: ThemeChoice,
    compact: bool,
    save_each_change: bool,
    zoom: f32,
    recent: Vec<PathBuf>,
    last_file: Option<PathBuf>,
    assessor: String,
}

impl Default for SavedView {
    fn default() -> Self {
        ViewState::default().into()
    }
}

impl From<SavedView> for ViewState {
    fn from(saved: SavedView) -> Self {
        ViewState {
            page: saved.page,
            selected: saved.selected,
            detail_open: saved.detail_open,
            rule: saved.rule,
            tables: TablesView {
                queries: saved.queries,
                terms: saved.terms,
                row_selection: RowSelection::default(),
            },
            charts: ChartsView {
                open: saved.chart,
                ..ChartsView::default()
            },
            reading: saved.reading,
            comparing: saved.comparing,
            assessing: saved.assessing,
            preferences: Preferences {
                theme: saved.theme,
                compact: saved.compact,
                zoom: saved.zoom,
                save_each_change: saved.save_each_change,
                citation_style: saved.cite_as,
                assessor: saved.assessor,
            },
            files: RecentFiles {
                recent: saved.recent,
                last: saved.last_file,
            },
            history: NavigationHistory::default(),
        }
    }
}

impl From<ViewState> for SavedView {
    fn from(view: ViewState) -> Self {
        SavedView {
            page: view.page,
            queries: view.tables.queries,
            selected: view.selected,
            detail_open: view.detail_open,
            chart: view.charts.open,
            reading: view.reading,
            comparing: view.comparing,
            cite_as: view.preferences.citation_style,
            assessing: view.assessing,
            terms: view.tables.terms,
            rule: view.rule,
            theme: view.preferences.theme,
            compact: view.preferences.compact,
            save_each_change: view.preferences.save_each_change,
            zoom: view.preferences.zoom,
            recent: view.files.recent,
            last_file: view.files.last,
            assessor: view.preferences.assessor,
        }
    }
}

impl Default for ViewState {
    fn default() -> Self {
        ViewState {
            page: Page::Overview,
            selected: None,
            detail_open: true,
            rule: CountingRule::default(),
            tables: TablesView::default(),
            charts: ChartsView::default(),
            reading: ReaderSession::default(),
            comparing: CompareState::default(),
            assessing: AssessmentsPageState::default(),
            preferences: Preferences::default(),
            files: RecentFiles::default(),
            history: NavigationHistory::default(),
        }
    }
}

impl Default for TablesView {
    fn default() -> Self {
        TablesView {
            queries: BTreeMap::new(),
            terms: DEFAULT_TERMS.into(),
            row_selection: RowSelection::default(),
        }
    }
}

impl Default for Preferences {
    fn default() -> Self {
        Preferences {
            theme: ThemeChoice::System,
            compact: false,
            zoom: 1.0,
            save_each_change: false,
            citation_style: "plain".into(),
            assessor: String::new(),
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
    /// The table of the page of terms.
    terms: String,
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
        if !self.preferences.zoom.is_finite() || !(0.5..=3.0).contains(&self.preferences.zoom) {
            self.preferences.zoom = 1.0;
        }
        self.files.recent.truncate(MAX_RECENT);
        if tables::by_id(&self.tables.terms).is_none() {
            self.tables.terms = DEFAULT_TERMS.into();
        }
        // Whether the file has problems is not known before it has been read.
        if self.page == Page::Problems {
            self.page = Page::Overview;
        }
        self
    }

    /// Shows the data of a chart in its place, or the chart again.
    pub fn toggle_chart_data(&mut self, chart: &str) {
        if !self.charts.as_table.remove(chart) {
            self.charts.as_table.insert(chart.to_owned());
        }
    }

    /// The record type whose table is on screen.
    pub fn table(&self) -> Option<RecordKind> {
        match self.page {
            Page::Terms => tables::by_id(&self.tables.terms).map(|t| t.kind),
            page => page.table(),
        }
    }

    /// The chart that is on screen by itself.
    pub fn open_chart(&self) -> Option<&str> {
        self.charts
            .open
            .as_deref()
            .filter(|_| self.page == Page::Charts)
    }

    /// The query of a table.
    pub fn query(&self, kind: RecordKind) -> TableQuery {
        let table = tables::of_kind(kind);
        self.tables
            .queries
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
        self.tables
            .queries
            .insert(tables::of_kind(kind).id.to_owned(), query);
    }

    fn navigation_entry(&self) -> NavigationEntry {
        NavigationEntry {
            page: self.page,
            selected: self.selected.clone(),
            chart: self.charts.open.clone(),
            document: self.reading.document.clone(),
            queries: self.tables.queries.clone(),
            terms: self.tables.terms.clone(),
        }
    }

    fn restore(&mut self, place: NavigationEntry) {
        let NavigationEntry {
            page,
            selected,
            chart,
            document,
            queries,
            terms,
        } = place;
        if self.reading.document != document {
            self.reading.document = document;
            // Both are about bytes of the other document.
            (self.reading.cursor, self.reading.coding) = (None, None);
        }
        (
            self.page,
            self.selected,
            self.charts.open,
            self.tables.queries,
            self.tables.terms,
        ) = (page, selected, chart, queries, terms);
    }

    /// Remembers where the user is, before going somewhere else.
    pub fn push_history(&mut self) {
        let place = self.navigation_entry();
        // Otherwise a step back would show what is on screen already.
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
        self.files.recent.retain(|p| p != path);
        self.files.recent.insert(0, path.to_owned());
        self.files.recent.truncate(MAX_RECENT);
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
    fn a_state_out_of_range_is_set_right() {
        let mut view = ViewState::default();
        view.preferences.zoom = f32::NAN;
        view.tables.terms = "nonsense".into();
        let view = view.sanitized();
        assert_eq!(
            (view.preferences.zoom, view.tables.terms.as_str()),
            (1.0, "ladder")
        );
    }

    #[test]
    fn what_an_older_version_has_written_is_read() {
        let saved = r#"(page: Charts, queries: {"commitments": (search: "opcon")},
            selected: Some("a"), detail_open: false, chart: Some("figures"),
            cite_as: "bibtex", terms: "themes",
            theme: Dark, compact: true, save_each_change: true, zoom: 1.5,
            recent: ["/a.ron", "/b.ron"], last_file: Some("/a.ron"), assessor: "A. Reader")"#;
        let view: ViewState = ron::from_str(saved).unwrap();
        assert_eq!(view.page, Page::Charts);
        assert_eq!(view.query(RecordKind::Commitment).search, "opcon");
        assert_eq!(
            (view.selected.as_deref(), view.detail_open),
            (Some("a"), false)
        );
        assert_eq!(view.charts.open.as_deref(), Some("figures"));
        assert_eq!(view.tables.terms, "themes");
        assert_eq!(view.preferences.theme, ThemeChoice::Dark);
        assert!(view.preferences.compact && view.preferences.save_each_change);
        assert_eq!(view.preferences.zoom, 1.5);
        assert_eq!(view.preferences.citation_style, "bibtex");
        assert_eq!(view.preferences.assessor, "A. Reader");
        assert_eq!(view.files.recent.len(), 2);
        assert_eq!(
            view.files.last.as_deref(),
            Some(std::path::Path::new("/a.ron"))
        );
        // The same comes back from what this version writes.
        let written = ron::to_string(&view).unwrap();
        assert_eq!(ron::from_str::<ViewState>(&written).unwrap(), view);
    }
}
