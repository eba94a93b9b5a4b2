//! What is done to charts: which are shown where, opened, made, kept in the file.

use super::App;
use super::action::ChartAction;
use super::command::Action;
use super::dialog::{Dialog, NewChartForm};
use super::page::Page;
use super::tasks::TaskOutcome;
use super::transactions::TransactionRequest;
use linchpin_charts::picture::PictureBody;
use linchpin_charts::{self, DataField, table_filters};
use linchpin_edit::{Edit, MoveDirection};
use linchpin_register::chart_vocabulary::RecordList;
use linchpin_register::query::TableQuery;
use linchpin_register::{Chart, RecordKind};
use std::collections::BTreeSet;

/// The charts on the overview, the most telling first, where a register has them.
const OVERVIEW_CHARTS: &[&str] = &[
    "commitments-by-priority",
    "figures",
    "bodies-by-theme",
    "commitments-by-theme",
];
/// Of other charts the overview shows so many that can be drawn, …
const MAX_OTHER_CHARTS: usize = 2;
/// … and looks no further than this for them.
const MAX_TRIED_CHARTS: usize = 8;
/// The most rows that a chart names one by one.
const MAX_NAMED_ROWS: usize = 500;
/// Up to this many records are gone through within a frame.
const SYNC_MAX_RECORDS: usize = 5_000;

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
            // A picture that is still on its way counts as drawn, so that its place is kept.
            picture.is_none_or(|picture| !matches!(picture.body, PictureBody::Empty(_)))
        };
        let preferred: Vec<&str> = OVERVIEW_CHARTS
            .iter()
            .copied()
            .filter(|id| linchpin_charts::by_id(register, id).is_some())
            .collect();
        let shown: Vec<&str> = match preferred.is_empty() {
            false => preferred.into_iter().filter(is_drawn).collect(),
            true => {
                let first = linchpin_charts::charts_of(register)
                    .iter()
                    .take(MAX_TRIED_CHARTS);
                let ids = first.map(|chart| chart.id.as_str()).filter(is_drawn);
                ids.take(MAX_OTHER_CHARTS).collect()
            }
        };
        shown.into_iter().map(str::to_owned).collect()
    }

    /// Works out the pictures that the page needs, and what is to be chosen from.
    pub(super) fn request_chart_data(&mut self) {
        let register = self.file.shown.register.clone();
        let (revision, rule) = (self.file.revision, self.view.rule);
        let wanted: Vec<&Chart> = match self.view.page {
            Page::Charts => match self
                .view
                .charts
                .open
                .as_deref()
                .and_then(|id| linchpin_charts::by_id(&register, id))
            {
                Some(chart) => vec![chart],
                None => linchpin_charts::charts_of(&register).iter().collect(),
            },
            Page::Overview => {
                let has = |id: &&str| linchpin_charts::by_id(&register, id).is_some();
                match OVERVIEW_CHARTS.iter().any(has) {
                    true => OVERVIEW_CHARTS
                        .iter()
                        .filter_map(|id| linchpin_charts::by_id(&register, id))
                        .collect(),
                    false => linchpin_charts::charts_of(&register)
                        .iter()
                        .take(MAX_TRIED_CHARTS)
                        .collect(),
                }
            }
            Page::Timeline => linchpin_charts::timeline_chart(&register)
                .into_iter()
                .collect(),
            _ => Vec::new(),
        };
        for chart in &wanted {
            self.derived
                .request_picture(revision, &register, chart, rule);
        }
        if let (Page::Charts, true, [chart]) = (
            self.view.page,
            self.view.charts.is_building,
            wanted.as_slice(),
        ) {
            for filter in chart.all_filters() {
                for list in &chart.records {
                    if let Some(field) = DataField::find(list.kind(), &filter.field) {
                        self.derived
                            .request_field_values(revision, &register, field);
                    }
                }
            }
        }
        if let Dialog::NewChart(new) = &self.dialog {
            self.derived
                .request_suggestions(revision, &register, rule, new);
        }
    }

    /// Shows a chart by itself, its fields beside it or not.
    pub(super) fn show_chart(&mut self, chart: String, building: bool) {
        if self.view.open_chart() != Some(&chart) {
            self.view.push_history();
            self.view.page = Page::Charts;
            self.view.charts.open = Some(chart);
        }
        self.view.charts.is_building = building;
    }

    /// Carries out an action on charts alone.
    pub(super) fn run_chart_action(&mut self, action: ChartAction) {
        match action {
            ChartAction::New => self.open_new_chart_dialog(),
            ChartAction::Edit => self.toggle_chart_builder(),
            ChartAction::FromRows => self.chart_from_rows(),
            ChartAction::ShowRecords => self.show_chart_records(),
            ChartAction::WriteStandardCharts => {
                self.queue_transaction(TransactionRequest::WriteStandardCharts);
            }
        }
    }

    /// Carries out an action on records where charts are on screen.
    pub(super) fn run_record_action_on_chart(&mut self, action: Action) {
        if action == Action::AddRecord {
            return self.open_new_chart_dialog();
        }
        let Some(id) = self.open_chart().map(|chart| chart.id.to_string()) else {
            return;
        };
        let by = match action {
            Action::EditRecord => return self.toggle_chart_builder(),
            Action::DuplicateRecord => {
                let new_id = linchpin_charts::free_chart_id(&self.file.latest.register, &id);
                self.view.charts.is_building = true;
                return self.apply_chart_edit(Edit::DuplicateRecord { id, new_id });
            }
            Action::RenameRecord | Action::RemoveRecord => {
                return self.open_chart_dialog(action, id);
            }
            Action::MoveUp => MoveDirection::Up,
            Action::MoveDown => MoveDirection::Down,
            Action::MoveFirst => MoveDirection::First,
            Action::MoveLast => MoveDirection::Last,
            _ => return,
        };
        self.apply_chart_edit(Edit::MoveRecord { id, direction: by });
    }

    fn apply_chart_edit(&mut self, edit: Edit) {
        let request = TransactionRequest::Edit(edit);
        self.before_transaction(&request);
        self.queue_transaction(request);
    }

    fn open_chart_dialog(&mut self, action: Action, id: String) {
        // Standard charts stand in no file, and what stands nowhere has no id to change. In a small
        // file they are written at once.
        if linchpin_charts::is_standard(&self.file.latest.register, &id) {
            self.queue_transaction(TransactionRequest::WriteStandardCharts);
        }
        if self.file.latest.register.find(&id).is_none() {
            self.notices
                .error("The charts are being written into the file. Try again in a moment");
            return;
        }
        self.open_record_dialog(action, id);
    }

    fn toggle_chart_builder(&mut self) {
        self.view.charts.is_building = !self.view.charts.is_building;
    }

    /// Asks what a new chart shows: at first of the list that the chart on screen draws, or with
    /// most records.
    fn open_new_chart_dialog(&mut self) {
        let of_chart = self.open_chart().and_then(|chart| chart.records.first());
        let kind = match of_chart {
            Some(list) => list.kind(),
            None => self.largest_list(),
        };
        self.dialog = Dialog::NewChart(Box::new(NewChartForm {
            kind,
            filters: Vec::new(),
            filter_description: String::new(),
        }));
    }

    /// Commitments where there are any, else the list with the most records.
    fn largest_list(&self) -> RecordKind {
        let register = self.register();
        if register.count(RecordKind::Commitment) > 0 {
            return RecordKind::Commitment;
        }
        let kinds = RecordList::ALL.iter().map(|list| list.kind());
        let fullest = kinds.max_by_key(|kind| register.count(*kind));
        fullest.unwrap_or(RecordKind::Commitment)
    }

    /// Suggests charts of another list. What narrowed the rows of the first has no meaning there.
    pub(super) fn suggest_charts_for(&mut self, kind: RecordKind) {
        if let Dialog::NewChart(new) = &mut self.dialog
            && new.kind != kind
        {
            **new = NewChartForm {
                kind,
                filters: Vec::new(),
                filter_description: String::new(),
            };
        }
    }

    /// Suggests charts of the rows that are picked out, else of those that the table shows.
    fn chart_from_rows(&mut self) {
        let Some(kind) = self
            .table()
            .filter(|kind| RecordList::for_kind(*kind).is_some())
        else {
            return;
        };
        let query = self.view.query(kind);
        let selected = self.selected_rows().map(|(_, ids)| ids);
        let only = query.only.as_ref().map_or(0, |only| only.ids.len());
        let named = selected.as_ref().map_or(only, |ids| ids.len());
        if named > MAX_NAMED_ROWS {
            self.notices.error(format!(
                "A chart names at most {MAX_NAMED_ROWS} rows one by one. Narrow the table by its \
                search and filters instead, and select nothing"
            ));
            return;
        }
        let ids: Option<BTreeSet<String>> =
            selected.map(|ids| ids.iter().map(|id| id.to_string()).collect());
        let words = match &ids {
            Some(ids) => format!("Of {} that are selected.", kind.noun().count(ids.len())),
            None => query_description(&query),
        };
        self.dialog = Dialog::NewChart(Box::new(NewChartForm {
            kind,
            filters: table_filters::filters_from_query(kind, &query, ids.as_ref()),
            filter_description: words,
        }));
    }

    /// Shows the records of the chart on screen in their table.
    fn show_chart_records(&mut self) {
        let Some(chart) = self.open_chart().cloned() else {
            return;
        };
        let (register, rule) = (self.register().clone(), self.view.rule);
        let lists = chart.records.iter().map(|list| register.count(list.kind()));
        if table_filters::is_expressible_as_facets(&chart)
            || lists.sum::<usize>() <= SYNC_MAX_RECORDS
        {
            let found = table_filters::query_from_chart(&register, &chart, rule);
            return self.show_filtered_table(found);
        }
        self.tasks.start("Finding the records", true, move |_| {
            let found = table_filters::query_from_chart(&register, &chart, rule);
            TaskOutcome::apply_unless_cancelled(move |app| app.show_filtered_table(found))
        });
    }

    fn show_filtered_table(&mut self, found: Option<(RecordKind, TableQuery)>) {
        let Some((kind, query)) = found else {
            self.notices
                .error("This chart does not say which records it draws");
            return;
        };
        self.view.push_history();
        self.view.page = Page::of_kind(kind);
        if self.view.page == Page::Terms {
            kind.list().clone_into(&mut self.view.tables.terms);
        }
        self.view.update_query(kind, |now| {
            // Which rows there are is the chart's, in which order is the user's.
            let sort = std::mem::take(&mut now.sort);
            *now = TableQuery { sort, ..query };
        });
    }
}

/// What narrows a table, in a sentence; empty where nothing does.
fn query_description(query: &TableQuery) -> String {
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
