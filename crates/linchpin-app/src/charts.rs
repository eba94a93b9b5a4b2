//! What is done to charts: which are shown where, opened, made, kept in the file.

use super::App;
use super::action::ChartAction;
use super::command::Action;
use super::dialog::{Dialog, NewChart};
use super::jobs::Done;
use super::page::Page;
use super::turns::Turn;
use linchpin_charts::picture::Body;
use linchpin_charts::{self, Field, narrow};
use linchpin_edit::many::counted;
use linchpin_edit::{Edit, Shift};
use linchpin_register::chart_words::Listed;
use linchpin_register::query::Query;
use linchpin_register::{Chart, RecordKind};
use std::collections::BTreeSet;

/// The charts on the overview, the most telling first, where a register has them.
const TELLING: &[&str] = &[
    "commitments-by-priority",
    "figures",
    "bodies-by-theme",
    "commitments-by-theme",
];
/// Of other charts the overview shows so many that can be drawn, …
const ON_OVERVIEW: usize = 2;
/// … and looks no further than this for them.
const LOOKED_AT: usize = 8;
/// The most rows that a chart names one by one.
const MAX_ROWS: usize = 500;
/// Up to this many records are gone through within a frame.
const AT_ONCE: usize = 5_000;

impl App {
    /// The chart that is on screen by itself.
    pub fn open_chart(&self) -> Option<&Chart> {
        linchpin_charts::by_id(self.register(), self.view.open_chart()?)
    }

    /// The ids of the charts on the overview, in their order.
    pub fn overview_charts(&self) -> Vec<String> {
        let register = self.register();
        let is_drawn = |id: &&str| {
            let picture = self.derived.picture(id);
            picture.is_none_or(|picture| !matches!(picture.body, Body::Empty(_)))
        };
        let telling: Vec<&str> = TELLING
            .iter()
            .copied()
            .filter(|id| linchpin_charts::by_id(register, id).is_some())
            .collect();
        let shown: Vec<&str> = match telling.is_empty() {
            false => telling.into_iter().filter(is_drawn).collect(),
            true => {
                let first = linchpin_charts::of(register).iter().take(LOOKED_AT);
                let ids = first.map(|chart| chart.id.as_str()).filter(is_drawn);
                ids.take(ON_OVERVIEW).collect()
            }
        };
        shown.into_iter().map(str::to_owned).collect()
    }

    /// Works out the pictures that the page needs, and what is to be chosen from.
    pub(super) fn prepare_charts(&mut self) {
        let register = self.file.shown.register.clone();
        let (revision, rule) = (self.file.revision, self.view.rule);
        let wanted: Vec<&Chart> = match self.view.page {
            Page::Charts => match self
                .view
                .chart
                .as_deref()
                .and_then(|id| linchpin_charts::by_id(&register, id))
            {
                Some(chart) => vec![chart],
                None => linchpin_charts::of(&register).iter().collect(),
            },
            Page::Overview => {
                let has = |id: &&str| linchpin_charts::by_id(&register, id).is_some();
                match TELLING.iter().any(has) {
                    true => TELLING
                        .iter()
                        .filter_map(|id| linchpin_charts::by_id(&register, id))
                        .collect(),
                    false => linchpin_charts::of(&register)
                        .iter()
                        .take(LOOKED_AT)
                        .collect(),
                }
            }
            Page::Timeline => linchpin_charts::timeline(&register).into_iter().collect(),
            _ => Vec::new(),
        };
        for chart in &wanted {
            self.derived.want_picture(revision, &register, chart, rule);
        }
        if let (Page::Charts, true, [chart]) =
            (self.view.page, self.view.building, wanted.as_slice())
        {
            for filter in &chart.filter {
                for list in &chart.records {
                    if let Ok(field) = Field::find(list.kind(), &filter.field, "filter") {
                        self.derived.want_values(revision, &register, field);
                    }
                }
            }
        }
        if let Dialog::NewChart(new) = &self.dialog {
            self.derived
                .want_suggestions(revision, &register, rule, new);
        }
    }

    /// Shows a chart by itself, its fields beside it or not.
    pub(super) fn build(&mut self, chart: String, building: bool) {
        if self.view.open_chart() != Some(&chart) {
            self.view.leave();
            self.view.page = Page::Charts;
            self.view.chart = Some(chart);
        }
        self.view.building = building;
    }

    /// Carries out an action on charts alone.
    pub(super) fn act_on_charts(&mut self, action: ChartAction) {
        match action {
            ChartAction::New => self.ask_new_chart(),
            ChartAction::Edit => self.toggle_building(),
            ChartAction::OfRows => self.chart_rows(),
            ChartAction::Records => self.show_chart_records(),
            ChartAction::Keep => match self.cannot_edit() {
                Some(why) => self.notices.fail(why),
                None => self.turn(Turn::KeepCharts),
            },
        }
    }

    /// Carries out an action on records where charts are on screen.
    pub(super) fn act_on_chart(&mut self, action: Action) {
        if action == Action::AddRecord {
            return self.ask_new_chart();
        }
        let Some(id) = self.open_chart().map(|chart| chart.id.to_string()) else {
            self.notices.fail("Open a chart first");
            return;
        };
        let by = match action {
            Action::EditRecord => return self.toggle_building(),
            Action::Duplicate => {
                let new_id = linchpin_charts::free_chart_id(&self.file.latest.register, &id);
                self.view.building = true;
                return self.turn_of_chart(Edit::Duplicate { id, new_id });
            }
            Action::Rename | Action::Remove => return self.ask_of_chart(action, id),
            Action::MoveUp => Shift::Up,
            Action::MoveDown => Shift::Down,
            Action::MoveFirst => Shift::First,
            Action::MoveLast => Shift::Last,
            _ => return,
        };
        self.turn_of_chart(Edit::Shift { id, by });
    }

    fn turn_of_chart(&mut self, edit: Edit) {
        let turn = Turn::Edit(edit);
        self.before_turn(&turn);
        self.turn(turn);
    }

    fn ask_of_chart(&mut self, action: Action, id: String) {
        if linchpin_charts::is_standard(&self.file.latest.register, &id) {
            self.turn(Turn::KeepCharts);
        }
        if self.file.latest.register.find(&id).is_none() {
            self.notices
                .fail("The charts are being written into the file. Try again in a moment");
            return;
        }
        self.ask_of_record(action, id);
    }

    fn toggle_building(&mut self) {
        match self.open_chart().is_some() {
            true => self.view.building = !self.view.building,
            false => self.notices.fail("Open a chart first"),
        }
    }

    /// Asks what a new chart shows: at first of the list that the chart on screen draws, or with most records.
    fn ask_new_chart(&mut self) {
        if let Some(why) = self.cannot_edit() {
            self.notices.fail(why);
            return;
        }
        let of_chart = self.open_chart().and_then(|chart| chart.records.first());
        let kind = match of_chart {
            Some(list) => list.kind(),
            None => self.fullest_list(),
        };
        self.dialog = Dialog::NewChart(Box::new(NewChart {
            kind,
            narrowed: Vec::new(),
            words: String::new(),
        }));
    }

    /// Commitments where there are any, else the list with the most records.
    fn fullest_list(&self) -> RecordKind {
        let register = self.register();
        if register.count(RecordKind::Commitment) > 0 {
            return RecordKind::Commitment;
        }
        let kinds = Listed::ALL.iter().map(|list| list.kind());
        let fullest = kinds.max_by_key(|kind| register.count(*kind));
        fullest.unwrap_or(RecordKind::Commitment)
    }

    /// Suggests charts of another list. What narrowed the rows of the first has no meaning there.
    pub(super) fn suggest_of(&mut self, kind: RecordKind) {
        if let Dialog::NewChart(new) = &mut self.dialog
            && new.kind != kind
        {
            **new = NewChart {
                kind,
                narrowed: Vec::new(),
                words: String::new(),
            };
        }
    }

    /// Suggests charts of the rows that are picked out, else of those that the table shows.
    fn chart_rows(&mut self) {
        if let Some(why) = self.cannot_edit() {
            self.notices.fail(why);
            return;
        }
        let Some(kind) = self.table().filter(|kind| Listed::of(*kind).is_some()) else {
            self.notices
                .fail("Open a table first, and narrow it to what the chart should show");
            return;
        };
        let query = self.view.query(kind);
        let marked = self.marked_here().map(|(_, ids)| ids);
        let only = query.only.as_ref().map_or(0, |only| only.ids.len());
        let named = marked.as_ref().map_or(only, |ids| ids.len());
        if named > MAX_ROWS {
            self.notices.fail(format!(
                "A chart names at most {MAX_ROWS} rows one by one. Narrow the table by its search and filters instead, and select nothing"
            ));
            return;
        }
        let ids: Option<BTreeSet<String>> =
            marked.map(|ids| ids.iter().map(|id| id.to_string()).collect());
        let words = match &ids {
            Some(ids) => format!("Of {} that are selected.", counted(kind, ids.len())),
            None => in_words(&query),
        };
        self.dialog = Dialog::NewChart(Box::new(NewChart {
            kind,
            narrowed: narrow::of_table(kind, &query, ids.as_ref()),
            words,
        }));
    }

    /// Shows the records of the chart on screen in their table.
    fn show_chart_records(&mut self) {
        let Some(chart) = self.open_chart().cloned() else {
            self.notices.fail("Open a chart first");
            return;
        };
        let (register, rule) = (self.register().clone(), self.view.rule);
        let lists = chart.records.iter().map(|list| register.count(list.kind()));
        if narrow::is_said_by_table(&chart) || lists.sum::<usize>() <= AT_ONCE {
            let found = narrow::of_chart(&register, &chart, rule);
            return self.show_narrowed(found);
        }
        self.jobs.start("Finding the records", true, move |_| {
            let found = narrow::of_chart(&register, &chart, rule);
            Done::then(move |app| app.show_narrowed(found))
        });
    }

    fn show_narrowed(&mut self, found: Option<(RecordKind, Query)>) {
        let Some((kind, query)) = found else {
            self.notices
                .fail("This chart does not say which records it draws");
            return;
        };
        self.view.leave();
        self.view.page = Page::of_kind(kind);
        if self.view.page == Page::Terms {
            kind.list().clone_into(&mut self.view.terms);
        }
        self.view.change_query(kind, |now| {
            let sort = std::mem::take(&mut now.sort);
            *now = Query { sort, ..query };
        });
    }
}

/// What narrows a table, in a sentence; empty where nothing does.
fn in_words(query: &Query) -> String {
    let mut parts = Vec::new();
    if !query.search.trim().is_empty() {
        parts.push(format!("with “{}”", query.search.trim()));
    }
    let filters = query
        .filters
        .iter()
        .filter(|(_, values)| !values.is_empty());
    let names: Vec<String> = filters.map(|(name, _)| name.replace('_', " ")).collect();
    if !names.is_empty() {
        parts.push(format!("filtered by {}", names.join(", ")));
    }
    if let Some(only) = &query.only {
        parts.push(format!("of “{}”", only.why));
    }
    match parts.is_empty() {
        true => String::new(),
        false => format!("Of the rows {}.", parts.join(", ")),
    }
}
