//! Carries commands out: the one place that changes the state.

use super::App;
use super::bulk_edit::BulkEditMode;
use super::command::{Action, Command};
use super::dialog::{Dialog, LeaveAction};
use super::export_task::ExportSubject;
use super::page::Page;
use super::reopened_chart::is_image;
use super::row_selection::RowSelectionCommand;
use super::transactions::TransactionRequest;
use super::view::ThemeChoice;
use super::window_state::EditorBar;
use egui::Context;
use linchpin_files::folder::find_files;
use linchpin_register::document::is_web_address;
use linchpin_register::query::SortBy;
use linchpin_register::tables::citation_styles::CitedSource;
use linchpin_register::tables::{citation_styles, formatting};
use linchpin_register::{RecordKind, RecordRef};
use std::path::PathBuf;

/// Steps of the zoom.
const ZOOM_STEP: f32 = 1.1;

impl App {
    /// Carries out what the views have asked for, first in, first out.
    pub fn apply(&mut self, commands: Vec<Command>, ctx: &Context) {
        for command in commands {
            self.execute_command(command, ctx);
        }
    }

    #[expect(clippy::too_many_lines, reason = "one case after another")]
    fn execute_command(&mut self, command: Command, ctx: &Context) {
        match command {
            Command::RunAction(action) => self.run_action(action, ctx),
            Command::GoToPage(page) => {
                if self.view.page != page || self.view.charts.open.is_some() {
                    self.view.push_history();
                    self.view.page = page;
                    self.view.charts.open = None;
                }
            }
            Command::ShowRecord(at) => self.show_record(at),
            Command::SelectRecord(at) => {
                self.select_record(at);
                self.view.detail_open = true;
            }
            Command::SelectRow(at) => self.select_record(at),
            Command::EditCell(id, column) => {
                if let Some(at) = self.register().find(&id) {
                    self.edit_cell(Some((at, column)));
                }
            }
            Command::MoveColumn(by) => self.move_column(by),
            Command::SelectRows(command) => self.select_rows(command),
            Command::OpenBulkEdit(mode, field) => self.open_bulk_edit(mode, field),
            Command::OpenExportOfSelected => self.open_export_of_selected(ctx),
            Command::ShowOnly(kind, only) => {
                self.view.push_history();
                self.view.page = Page::of_kind(kind);
                // Exactly these: what narrowed the table before is removed.
                self.view.update_query(kind, |q| {
                    *q = linchpin_register::query::TableQuery {
                        only: Some(only),
                        ..q.without_restrictions()
                    }
                });
            }
            Command::SetSearch(kind, text) => self.view.update_query(kind, |q| q.search = text),
            Command::ToggleFilter { kind, facet, value } => self.view.update_query(kind, |q| {
                let values = q.filters.entry(facet.into()).or_default();
                if !values.remove(&value) {
                    values.insert(value);
                }
            }),
            Command::ClearFacet { kind, facet } => self.view.update_query(kind, |q| {
                q.filters.remove(facet);
            }),
            Command::ClearQuery(kind) => self
                .view
                .update_query(kind, |q| *q = q.without_restrictions()),
            Command::ClearOnly(kind) => self.view.update_query(kind, |q| q.only = None),
            Command::SortBy { kind, column, add } => self
                .view
                .update_query(kind, |q| toggle_sort(&mut q.sort, column, add)),
            Command::SetTableRule(kind, rule) => self.view.update_query(kind, |q| q.rule = rule),
            Command::SetRule(rule) => self.view.rule = rule,
            Command::ShowChart(chart) => {
                self.view.push_history();
                self.view.page = Page::Charts;
                self.view.charts.open = chart;
            }
            Command::ShowChartBuilder(chart, building) => self.show_chart(chart, building),
            Command::SuggestChartsFor(kind) => self.suggest_charts_for(kind),
            Command::ShowTerms(table) => {
                // A table of terms is a page as any other table is.
                if self.view.tables.terms != table {
                    self.view.push_history();
                    table.clone_into(&mut self.view.tables.terms);
                }
            }
            Command::SetTheme(theme) => self.view.preferences.theme = theme,
            Command::OpenFile(path) => self.open_any_path(path),
            Command::DrawReopened(of) => self.draw_reopened(of),
            Command::OpenUrl(url) => self.open_url(&url, ctx),
            Command::CopyText { text, what } => {
                ctx.copy_text(text);
                self.notices.info(format!("Copied: {what}"));
            }
            Command::CopyChart(id, form) => self.copy_chart(&id, form, ctx),
            Command::ToggleChartData(id) => self.view.toggle_chart_data(&id),
            Command::OpenExportDialog(what) => self.open_export_dialog(what, ctx),
            Command::Export(form) => self.export(*form),
            Command::PickFileToOpen => self.pick_file_to_open(),
            Command::PickExportPath(form) => self.pick_export_path(&form),
            Command::LoadHouseStyle(form) => self.load_house_style(*form),
            Command::PickHouseStyle => self.pick_house_style(),
            Command::DismissNotice(id) => self.notices.dismiss(id),
            Command::CancelTask(id) => self.tasks.cancel(id),
            Command::SaveAs(form) => self.save_as(form),
            Command::PickSaveAsPath(form) => self.pick_save_as_path(&form),
            Command::SetSaveEachChange(each) => self.view.preferences.save_each_change = each,
            Command::ResolveUnsaved(answer, then) => self.answer_unsaved(answer, then),
            Command::ResolveConflict(file, index, side) => self.resolve_conflict(file, index, side),
            Command::ApplyMerge(undecided) => self.apply_merge(undecided),
            Command::TakeTheirs => self.discard_for_theirs(),
            Command::Recover(index, choice) => self.recover(index, choice),
            Command::RestoreInterrupted(index, put_back) => {
                self.restore_interrupted(index, put_back)
            }
            Command::ShowRecordById(id) => {
                if let Some(at) = self.register().find(&id) {
                    self.show_record(at);
                }
            }
            Command::RevealInText { offset, end } => self.reveal_in_text(offset, end),
            Command::Transaction(request) => {
                self.before_transaction(&request);
                self.queue_transaction(*request);
            }
            Command::OpenAddDialog(kind) => self.open_add_dialog(kind),
            Command::SetAssessmentsPage(assessing) => self.view.assessing = assessing,
            Command::Versions(ask) => self.run_versions_command(ask, ctx),
            Command::OpenAttachDialog(document) => self.open_attach_dialog(&document),
            Command::Attach(step) => self.run_attach_command(step),
            Command::OpenReader {
                document,
                paragraph,
                phrase,
            } => self.open_reader(document, paragraph, phrase),
            Command::Reader(command) => self.run_reader_command(command),
            Command::Compare(ask) => self.run_compare_command(ask),
        }
    }

    #[expect(clippy::too_many_lines, reason = "one case after another")]
    fn run_action(&mut self, action: Action, ctx: &Context) {
        if let Some(reason) = self.availability(action).reason() {
            return self.report_unavailable(reason);
        }
        match action {
            Action::Open => self.pick_file_to_open(),
            Action::OpenPath => self.dialog = Dialog::open_path(),
            Action::OpenFolder => self.pick_folder_to_open(),
            Action::OpenBundled(shipped) => self.leave_or_ask(LeaveAction::OpenBundled(shipped)),
            Action::ExportChart => {
                self.open_export_dialog(ExportSubject::Chart(self.chart_on_screen()), ctx)
            }
            Action::ExportAllCharts => self.open_export_dialog(ExportSubject::AllCharts, ctx),
            Action::ExportReport => self.open_export_dialog(ExportSubject::Report, ctx),
            Action::ExportTable => self.open_export_dialog(
                ExportSubject::Table(self.table().unwrap_or(RecordKind::Commitment)),
                ctx,
            ),
            Action::CopyImage
            | Action::CopySvg
            | Action::CopyMarkdown
            | Action::ToggleChartTable => self.run_chart_copy_action(action, ctx),
            Action::Save => self.save_and_stay(),
            Action::SaveAs | Action::SaveCopy => {
                self.stay_after_save();
                self.open_save_as_dialog(action == Action::SaveCopy);
            }
            Action::Revert => self.revert(),
            Action::AddRecord
            | Action::EditRecord
            | Action::DuplicateRecord
            | Action::RenameRecord
            | Action::RemoveRecord
            | Action::MoveUp
            | Action::MoveDown
            | Action::MoveFirst
            | Action::MoveLast => self.run_record_action(action),
            Action::EditCell => self.edit_cell(None),
            Action::SelectAllRows => self.select_rows(RowSelectionCommand::All),
            Action::EditSelectedRows => self.open_bulk_edit(BulkEditMode::SetField, None),
            Action::Undo => self.queue_transaction(TransactionRequest::Undo),
            Action::Redo => self.queue_transaction(TransactionRequest::Redo),
            Action::Quit => self.leave_or_ask(LeaveAction::Quit),
            Action::Back => self.view.back(),
            Action::Forward => self.view.forward(),
            Action::Find if matches!(self.view.page, Page::DataFile | Page::Reader) => {
                self.window.frame_requests.editor_bar = Some(EditorBar::Find);
            }
            Action::Replace => self.open_editor_bar(EditorBar::Replace),
            Action::GoToLine => self.open_editor_bar(EditorBar::GoToLine),
            Action::FixAll => self.queue_transaction(TransactionRequest::FixAll),
            Action::Format => self.queue_transaction(TransactionRequest::Format),
            Action::Find => {
                if self.table().is_none() {
                    self.view.push_history();
                    self.view.page = Page::Commitments;
                }
                self.window.frame_requests.focus_search = true;
            }
            Action::ClearQuery => {
                if let Some(kind) = self.table() {
                    self.view
                        .update_query(kind, |q| *q = q.without_restrictions());
                }
            }
            Action::ToggleDetailsPane => self.view.detail_open = !self.view.detail_open,
            Action::NextRecord if self.view.page == Page::Reader => self.step_in_reader(false),
            Action::PreviousRecord if self.view.page == Page::Reader => self.step_in_reader(true),
            Action::NextRecord => self.step_row(1),
            Action::PreviousRecord => self.step_row(-1),
            Action::OpenAtSource => {
                if let Some(url) = self.first_citation(formatting::citation_url) {
                    self.open_url(&url, ctx);
                }
            }
            Action::CopyCitation => {
                let style = citation_styles::by_id(&self.view.preferences.citation_style);
                let write = |register: &_, c: &_| {
                    CitedSource::of_citation(register, c).map(|c| (style.write)(&c))
                };
                if let Some(text) = self.first_citation(write) {
                    ctx.copy_text(text);
                    self.notices.info("Copied: citation");
                }
            }
            Action::ShowInFile => {
                // The text on screen may be newer than the record.
                let chart = self.view.open_chart().map(str::to_owned);
                let id = chart.or(self.view.selected.clone()).unwrap_or_default();
                if let Some(at) = self.file.latest.register.find(&id) {
                    let span = self.file.latest.record_span(at);
                    self.reveal_in_text(span.start, Some(span.end));
                }
            }
            Action::AttachText => self.attach_to_selected(false),
            Action::DetachText => self.attach_to_selected(true),
            Action::ToggleDensity => self.view.preferences.compact = !self.view.preferences.compact,
            Action::NextTheme => {
                self.view.preferences.theme = match self.view.preferences.theme {
                    ThemeChoice::System => ThemeChoice::Light,
                    ThemeChoice::Light => ThemeChoice::Dark,
                    ThemeChoice::Dark => ThemeChoice::System,
                }
            }
            Action::ZoomIn => {
                self.view.preferences.zoom = (self.view.preferences.zoom * ZOOM_STEP).min(3.0)
            }
            Action::ZoomOut => {
                self.view.preferences.zoom = (self.view.preferences.zoom / ZOOM_STEP).max(0.5)
            }
            Action::ZoomReset => self.view.preferences.zoom = 1.0,
            Action::CommandPalette => {
                self.dialog = Dialog::CommandPalette {
                    search: String::new(),
                    highlighted: 0,
                }
            }
            Action::KeyboardShortcuts => self.dialog = Dialog::KeyboardShortcuts,
            Action::Chart(what) => self.run_chart_action(what),
            Action::Reader(what) => self.run_reader_action(what),
        }
    }

    fn reveal_in_text(&mut self, offset: u32, end: Option<u32>) {
        self.view.push_history();
        self.view.page = Page::DataFile;
        self.window.frame_requests.reveal = Some(offset);
        self.window.frame_requests.reveal_end = end;
    }

    fn open_editor_bar(&mut self, bar: EditorBar) {
        if self.view.page != Page::DataFile {
            self.view.push_history();
            self.view.page = Page::DataFile;
        }
        self.window.frame_requests.editor_bar = Some(bar);
    }

    pub(super) fn select_record(&mut self, at: RecordRef) {
        self.view.selected = self.register().record(at).map(|r| r.id().to_owned());
        self.view
            .tables
            .row_selection
            .reset(self.view.selected.clone());
    }

    /// Goes to a record: its page, its row in view, its details open.
    fn show_record(&mut self, at: RecordRef) {
        let Some(id) = self.register().record(at).map(|r| r.id().to_owned()) else {
            return;
        };
        if at.kind == RecordKind::Chart {
            return self.show_chart(id, self.view.charts.is_building);
        }
        self.view.push_history();
        self.view.page = Page::of_kind(at.kind);
        if self.view.page == Page::Terms {
            at.kind.list().clone_into(&mut self.view.tables.terms);
        }
        self.view.selected = Some(id);
        self.view.detail_open = true;
        self.window.frame_requests.scroll_to_selected = true;
        self.clear_hiding_filters(at);
    }

    /// Clears the filters where they would hide this record on its own page.
    pub(super) fn clear_hiding_filters(&mut self, at: RecordRef) {
        let query = self.view.query(at.kind);
        if query.is_restricted() {
            // The table of the page that is gone to, where it can be made at once: only then is it
            // known what is hidden.
            self.request_page_data();
            let hidden = self
                .derived
                .table(at.kind)
                .is_some_and(|(_, selection)| !selection.rows.contains(&at.index));
            if hidden {
                self.view
                    .update_query(at.kind, |q| *q = q.without_restrictions());
            }
        }
    }

    /// Selects the row that is `by` rows below the selected one.
    fn step_row(&mut self, by: i64) {
        let Some(kind) = self.table() else { return };
        let Some((_, selection)) = self.derived.table(kind) else {
            return;
        };
        let now = self
            .selected()
            .filter(|at| at.kind == kind)
            .and_then(|at| selection.rows.iter().position(|&r| r == at.index));
        let last = selection.rows.len() as i64 - 1;
        let next = now.map_or(0, |now| (now as i64 + by).clamp(0, last.max(0)));
        if let Some(&index) = selection.rows.get(next as usize) {
            self.view.selected = self
                .register()
                .record(RecordRef { kind, index })
                .map(|r| r.id().to_owned());
            self.view
                .tables
                .row_selection
                .reset(self.view.selected.clone());
            self.window.frame_requests.scroll_to_selected = true;
        }
    }

    fn first_citation<T>(
        &self,
        make: impl Fn(&linchpin_register::Register, &linchpin_register::Citation) -> Option<T>,
    ) -> Option<T> {
        let register = self.register();
        register
            .record(self.selected()?)?
            .citations()
            .iter()
            .find_map(|c| make(register, c))
    }

    pub(super) fn open_any_path(&mut self, path: PathBuf) {
        // A folder without a register in it leaves what is open where it is.
        match std::fs::metadata(&path) {
            Ok(data) if data.is_dir() => match find_files(&path) {
                Ok(_) => self.leave_for_path(path),
                Err(error) => self.open_failed(error.to_string()),
            },
            Ok(_) if is_image(&path) => self.open_image(path),
            Ok(_) => self.leave_for_path(path),
            Err(error) => self.open_failed(format!("{}: {error}", path.display())),
        }
    }

    fn leave_for_path(&mut self, path: PathBuf) {
        self.dialog = Dialog::None;
        self.leave_or_ask(LeaveAction::Open(path));
    }

    pub(super) fn open_failed(&mut self, words: String) {
        match &mut self.dialog {
            Dialog::OpenPath { error, .. } => *error = Some(words),
            _ => self.notices.error(words),
        }
    }

    /// Only web addresses leave the program.
    fn open_url(&mut self, url: &str, ctx: &Context) {
        if is_web_address(url) {
            ctx.open_url(egui::OpenUrl::new_tab(url));
        } else {
            self.notices
                .error("Only http and https addresses are opened");
        }
    }
}

/// A column's header was clicked: up, then down, then not at all.
pub(super) fn toggle_sort(sort: &mut Vec<SortBy>, column: &str, add: bool) {
    let now = sort
        .iter()
        .position(|by| by.column == column)
        .map(|at| (at, sort[at].descending));
    if !add {
        sort.retain(|by| by.column == column);
    }
    match now {
        None => sort.push(SortBy {
            column: column.to_owned(),
            descending: false,
        }),
        // Without `add`, it is the only one that was left above.
        Some((at, false)) => sort[if add { at } else { 0 }].descending = true,
        Some((_, true)) => sort.retain(|by| by.column != column),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_sorts_up_then_down_then_not() {
        let mut sort = Vec::new();
        let mut click = |column, add| {
            toggle_sort(&mut sort, column, add);
            sort.iter()
                .map(|s| format!("{}{}", s.column, if s.descending { "-" } else { "+" }))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(click("a", false), "a+");
        assert_eq!(click("b", true), "a+ b+");
        assert_eq!(click("a", true), "a- b+");
        assert_eq!(click("b", false), "b-");
        assert_eq!(click("b", false), "");
    }
}
