//! Carries commands out: the one place that changes the state.

use super::command::{Action, Command};
use super::dialog::{Dialog, Then};
use super::export::What;
use super::many_edit::Way;
use super::marked::Mark;
use super::page::Page;
use super::reopened::is_image;
use super::sorting::sort_by;
use super::turns::Turn;
use super::view::ThemeChoice;
use super::{App, InText};
use egui::Context;
use linchpin_files::folder::find;
use linchpin_register::document::is_web_address;
use linchpin_register::tables::cite::{self, Cited};
use linchpin_register::tables::words;
use linchpin_register::{RecordKind, RecordRef};
use std::path::PathBuf;

/// Steps of the zoom.
const ZOOM_STEP: f32 = 1.1;

impl App {
    /// Carries out what the views have asked for, first in, first out.
    pub fn apply(&mut self, commands: Vec<Command>, ctx: &Context) {
        for command in commands {
            self.carry_out(command, ctx);
        }
    }

    fn carry_out(&mut self, command: Command, ctx: &Context) {
        match command {
            Command::Act(action) => self.act(action, ctx),
            Command::Go(page) => {
                if self.view.page != page || self.view.chart.is_some() {
                    self.view.leave();
                    self.view.page = page;
                    self.view.chart = None;
                }
            }
            Command::Show(at) => self.show(at),
            Command::Select(at) => {
                self.select(at);
                self.view.detail_open = true;
            }
            Command::SelectRow(at) => self.select(at),
            Command::EditCell(id, column) => {
                if let Some(at) = self.register().find(&id) {
                    self.edit_cell(Some((at, column)));
                }
            }
            Command::StepColumn(by) => self.step_column(by),
            Command::Mark(mark) => self.mark(mark),
            Command::AskMany(way, field) => self.ask_many(way, field),
            Command::AskExportMarked => self.ask_export_marked(ctx),
            Command::ShowOnly(kind, only) => {
                self.view.leave();
                self.view.page = Page::of_kind(kind);
                // Exactly these: whatever narrowed the table before makes room.
                self.view.change_query(kind, |q| {
                    *q = linchpin_register::query::Query {
                        only: Some(only),
                        ..q.cleared()
                    }
                });
            }
            Command::Search(kind, text) => self.view.change_query(kind, |q| q.search = text),
            Command::ToggleFilter { kind, facet, value } => self.view.change_query(kind, |q| {
                let values = q.filters.entry(facet.into()).or_default();
                if !values.remove(&value) {
                    values.insert(value);
                }
            }),
            Command::ClearFacet { kind, facet } => self.view.change_query(kind, |q| {
                q.filters.remove(facet);
            }),
            Command::ClearQuery(kind) => self.view.change_query(kind, |q| *q = q.cleared()),
            Command::DropOnly(kind) => self.view.change_query(kind, |q| q.only = None),
            Command::SortBy { kind, column, add } => self
                .view
                .change_query(kind, |q| sort_by(&mut q.sort, column, add)),
            Command::SetTableRule(kind, rule) => self.view.change_query(kind, |q| q.rule = rule),
            Command::SetRule(rule) => self.view.rule = rule,
            Command::ShowChart(chart) => {
                self.view.leave();
                self.view.page = Page::Charts;
                self.view.chart = chart;
            }
            Command::Build(chart, building) => self.build(chart, building),
            Command::SuggestOf(kind) => self.suggest_of(kind),
            Command::ShowTerms(table) => table.clone_into(&mut self.view.terms),
            Command::SetTheme(theme) => self.view.theme = theme,
            Command::OpenFile(path) => self.open_path(path),
            Command::DrawOf(of) => self.draw_of(of),
            Command::OpenUrl(url) => self.open_url(&url, ctx),
            Command::CopyText { text, what } => {
                ctx.copy_text(text);
                self.notices.say(format!("Copied: {what}"));
            }
            Command::CopyChart(id, form) => self.copy_chart(&id, form, ctx),
            Command::ToggleData(id) => self.view.toggle_data(&id),
            Command::AskExport(what) => self.ask_export(what, ctx),
            Command::Export(form) => self.export(*form),
            Command::PickToOpen => self.pick_to_open(),
            Command::PickToSave(form) => self.pick_to_save(&form),
            Command::TakeHouse(form) => self.take_house(*form),
            Command::PickHouse => self.pick_house(),
            Command::DismissNotice(id) => self.notices.dismiss(id),
            Command::CancelJob(id) => self.jobs.cancel(id),
            Command::SaveAs(form) => self.save_as(form),
            Command::PickToSaveAs(form) => self.pick_to_save_as(&form),
            Command::SetSaveEachChange(each) => self.view.save_each_change = each,
            Command::Leave(answer, then) => self.answer(answer, then),
            Command::Decide(file, index, side) => self.decide(file, index, side),
            Command::Settle(undecided) => self.settle_conflict(undecided),
            Command::TakeTheirs => self.take_theirs(),
            Command::Recover(index, fate) => self.recover(index, fate),
            Command::PutBack(index, put_back) => self.put_back(index, put_back),
            Command::ShowId(id) => {
                if let Some(at) = self.register().find(&id) {
                    self.show(at);
                }
            }
            Command::ShowInText { offset, end } => self.show_in_text(offset, end),
            Command::Turn(turn) => {
                self.before_turn(&turn);
                self.turn(*turn);
            }
            Command::AskAdd(kind) => self.ask_add(kind),
            Command::ShowAssessed(assessing) => self.view.assessing = assessing,
            Command::Versions(ask) => self.ask_versions(ask, ctx),
            Command::AskAttach(document) => self.ask_attach(&document),
            Command::Attach(step) => self.attach_step(step),
            Command::Read {
                document,
                paragraph,
                phrase,
            } => self.read_document(document, paragraph, phrase),
            Command::Reader(command) => self.in_reader(command),
            Command::Compare(ask) => self.in_comparing(ask),
        }
    }

    fn act(&mut self, action: Action, ctx: &Context) {
        match action {
            Action::Open => self.pick_to_open(),
            Action::OpenPath => {
                self.dialog = Dialog::OpenPath {
                    path: String::new(),
                    error: None,
                }
            }
            Action::OpenFolder => self.pick_folder_to_open(),
            Action::OpenBundled(shipped) => self.leave_for(Then::OpenBundled(shipped)),
            Action::ExportChart => self.ask_export(What::Chart(self.chart_on_screen()), ctx),
            Action::ExportAllCharts => self.ask_export(What::AllCharts, ctx),
            Action::ExportReport => self.ask_export(What::Report, ctx),
            Action::ExportTable => self.ask_export(
                What::Table(self.table().unwrap_or(RecordKind::Commitment)),
                ctx,
            ),
            Action::CopyImage
            | Action::CopySvg
            | Action::CopyMarkdown
            | Action::ToggleChartTable => self.copy_or_turn(action, ctx),
            Action::Save => self.save(),
            Action::SaveAs => self.ask_save_as(false),
            Action::SaveCopy => self.ask_save_as(true),
            Action::Revert => self.revert(),
            Action::AddRecord
            | Action::EditRecord
            | Action::Duplicate
            | Action::Rename
            | Action::Remove
            | Action::MoveUp
            | Action::MoveDown
            | Action::MoveFirst
            | Action::MoveLast => self.act_on_record(action),
            Action::EditCell => self.edit_cell(None),
            Action::MarkAll => self.mark(Mark::All),
            Action::EditMany => match self.marked_here() {
                Some(_) => self.ask_many(Way::SetField, None),
                None => self
                    .notices
                    .fail("Select rows first: with Ctrl and a click, or with Shift"),
            },
            Action::Undo => self.turn(Turn::Undo),
            Action::Redo => self.turn(Turn::Redo),
            Action::Quit => self.leave_for(Then::Quit),
            Action::Back => self.view.back(),
            Action::Forward => self.view.forward(),
            Action::Find if matches!(self.view.page, Page::DataFile | Page::Reader) => {
                self.once.in_text = Some(InText::Find);
            }
            Action::Replace => self.in_text(InText::Replace),
            Action::GoToLine => self.in_text(InText::GoToLine),
            Action::FixAll => self.turn(Turn::FixAll),
            Action::LayOut => self.turn(Turn::LayOut),
            Action::Find => {
                if self.table().is_none() {
                    self.view.leave();
                    self.view.page = Page::Commitments;
                }
                self.once.focus_search = true;
            }
            Action::ClearQuery => {
                if let Some(kind) = self.table() {
                    self.view.change_query(kind, |q| *q = q.cleared());
                }
            }
            Action::ToggleDetail => self.view.detail_open = !self.view.detail_open,
            Action::NextRecord if self.view.page == Page::Reader => self.step_in_text(false),
            Action::PreviousRecord if self.view.page == Page::Reader => self.step_in_text(true),
            Action::NextRecord => self.step(1),
            Action::PreviousRecord => self.step(-1),
            Action::OpenAtSource => {
                if let Some(url) = self.first_citation(words::address_at_words) {
                    self.open_url(&url, ctx);
                }
            }
            Action::CopyCitation => {
                let style = cite::by_id(&self.view.cite_as);
                let write = |register: &_, c: &_| Cited::of(register, c).map(|c| (style.write)(&c));
                if let Some(text) = self.first_citation(write) {
                    ctx.copy_text(text);
                    self.notices.say("Copied: citation");
                }
            }
            Action::ShowInFile => {
                // The text on screen may be newer than the record.
                let chart = self.view.open_chart().map(str::to_owned);
                let id = chart.or(self.view.selected.clone()).unwrap_or_default();
                if let Some(at) = self.file.latest.register.find(&id) {
                    let span = self.file.latest.span(at);
                    self.show_in_text(span.start, Some(span.end));
                }
            }
            Action::AttachText => self.attach_selected(false),
            Action::DetachText => self.attach_selected(true),
            Action::ToggleDensity => self.view.compact = !self.view.compact,
            Action::NextTheme => {
                self.view.theme = match self.view.theme {
                    ThemeChoice::System => ThemeChoice::Light,
                    ThemeChoice::Light => ThemeChoice::Dark,
                    ThemeChoice::Dark => ThemeChoice::System,
                }
            }
            Action::ZoomIn => self.view.zoom = (self.view.zoom * ZOOM_STEP).min(3.0),
            Action::ZoomOut => self.view.zoom = (self.view.zoom / ZOOM_STEP).max(0.5),
            Action::ZoomReset => self.view.zoom = 1.0,
            Action::Palette => {
                self.dialog = Dialog::Palette {
                    search: String::new(),
                    chosen: 0,
                }
            }
            Action::Keys => self.dialog = Dialog::Keys,
            Action::Chart(what) => self.act_on_charts(what),
            Action::Reader(what) => self.act_in_reader(what),
        }
    }

    fn show_in_text(&mut self, offset: u32, end: Option<u32>) {
        self.view.leave();
        self.view.page = Page::DataFile;
        self.once.reveal = Some(offset);
        self.once.reveal_to = end;
    }

    fn in_text(&mut self, bar: InText) {
        if self.view.page != Page::DataFile {
            self.view.leave();
            self.view.page = Page::DataFile;
        }
        self.once.in_text = Some(bar);
    }

    pub(super) fn select(&mut self, at: RecordRef) {
        self.view.selected = self.register().record(at).map(|r| r.id().to_owned());
        self.view.marked.clear(self.view.selected.clone());
    }

    /// Goes to a record: its page, its row in view, its details open.
    fn show(&mut self, at: RecordRef) {
        let Some(id) = self.register().record(at).map(|r| r.id().to_owned()) else {
            return;
        };
        if at.kind == RecordKind::Chart {
            return self.build(id, self.view.building);
        }
        self.view.leave();
        self.view.page = Page::of_kind(at.kind);
        if self.view.page == Page::Terms {
            at.kind.list().clone_into(&mut self.view.terms);
        }
        self.view.selected = Some(id);
        self.view.detail_open = true;
        self.once.scroll_to_selected = true;
        self.reveal(at);
    }

    /// A record that the filters hide would leave its own page without it: they give way.
    pub(super) fn reveal(&mut self, at: RecordRef) {
        let query = self.view.query(at.kind);
        if query.narrows() {
            self.prepare();
            let hidden = self
                .derived
                .table(at.kind)
                .is_some_and(|(_, selection)| !selection.rows.contains(&at.index));
            if hidden {
                self.view.change_query(at.kind, |q| *q = q.cleared());
            }
        }
    }

    /// Selects the row that is `by` rows below the selected one.
    fn step(&mut self, by: i64) {
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
            self.view.marked.clear(self.view.selected.clone());
            self.once.scroll_to_selected = true;
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

    pub(super) fn open_path(&mut self, path: PathBuf) {
        // A folder without a register in it leaves what is open where it is.
        match std::fs::metadata(&path) {
            Ok(data) if data.is_dir() => match find(&path) {
                Ok(_) => self.go_to(path),
                Err(error) => self.cannot_open(error.to_string()),
            },
            Ok(_) if is_image(&path) => self.open_image(path),
            Ok(_) => self.go_to(path),
            Err(error) => self.cannot_open(format!("{}: {error}", path.display())),
        }
    }

    fn go_to(&mut self, path: PathBuf) {
        self.dialog = Dialog::None;
        self.leave_for(Then::Open(path));
    }

    pub(super) fn cannot_open(&mut self, words: String) {
        match &mut self.dialog {
            Dialog::OpenPath { error, .. } => *error = Some(words),
            _ => self.notices.fail(words),
        }
    }

    /// Only web addresses leave the program.
    fn open_url(&mut self, url: &str, ctx: &Context) {
        if is_web_address(url) {
            ctx.open_url(egui::OpenUrl::new_tab(url));
        } else {
            self.notices
                .fail("Only http and https addresses are opened");
        }
    }
}
