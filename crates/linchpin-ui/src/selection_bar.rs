//! The bar at the foot of a table whose rows are selected: how many there are, and what can be
//! done to them together.

use super::widgets;
use egui::{Frame, Id, Margin, Panel, RichText, Role, Ui, WidgetInfo};
use linchpin_app::App;
use linchpin_app::bulk_edit::{BulkEditForm, BulkEditMode};
use linchpin_app::command::{Action, ChartAction, Command};
use linchpin_app::derived::TableRevision;
use linchpin_app::row_selection::RowSelectionCommand;
use linchpin_edit::bulk::RecordIds;
use linchpin_register::chart_vocabulary::RecordList;
use linchpin_register::query::QueryResult;
use linchpin_register::tables::formatting;
use linchpin_register::{RecordKind, RecordRef};
use linchpin_render::theme::{self, size, space};
use std::sync::Arc;

/// Paints the bar, where rows are selected.
pub fn show(
    ui: &mut Ui,
    app: &App,
    kind: RecordKind,
    selection: &QueryResult,
    out: &mut Vec<Command>,
) {
    if app.view.tables.row_selection.count(kind) == 0 {
        return;
    }
    let frame = Frame::new()
        .fill(theme::palette_of(ui).sidebar)
        .inner_margin(Margin::symmetric(14, 6));
    Panel::bottom("marked")
        .frame(frame)
        .show_separator_line(true)
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                contents(ui, app, kind, selection, out);
            });
        });
}

fn contents(
    ui: &mut Ui,
    app: &App,
    kind: RecordKind,
    selection: &QueryResult,
    out: &mut Vec<Command>,
) {
    let count = app.view.tables.row_selection.count(kind);
    let text = format!("{} selected", formatting::format_number(count as f64));
    let label = ui.label(RichText::new(&text).font(theme::semibold(size::BODY)));
    label.widget_info(|| WidgetInfo::labeled(Role::Status, true, &text));
    let hidden = count_hidden(ui, app, kind, selection);
    if hidden > 0 {
        let number = formatting::format_number(hidden as f64);
        widgets::caption(ui, format!("({number} of them hidden by the filters)"));
    }
    let has = |way, field: &str| {
        let specs = BulkEditForm::editable_fields(kind, way);
        let found = specs.into_iter().find(|spec| spec.name == field);
        found.map(|spec| spec.name)
    };
    let mut ask = |ui: &mut Ui, text, help, way, field| {
        if widgets::toolbar_button(ui, text, help).clicked() {
            out.push(Command::OpenBulkEdit(way, field));
        }
    };
    if let Some(status) = has(BulkEditMode::Assess, "status") {
        let help = "Say how far they have been met, with the evidence. What was said before stays";
        ask(ui, "Set status…", help, BulkEditMode::Assess, Some(status));
    }
    if let Some(themes) = has(BulkEditMode::AddToList, "themes") {
        let help = "Add a theme to each of them";
        ask(
            ui,
            "Add theme…",
            help,
            BulkEditMode::AddToList,
            Some(themes),
        );
    }
    let help = Action::EditSelectedRows.spec().help;
    ask(ui, "Set field…", help, BulkEditMode::SetField, None);
    if widgets::toolbar_button(ui, "Remove…", "Remove them from the file").clicked() {
        out.push(Command::RunAction(Action::RemoveRecord));
    }
    let chart = Action::Chart(ChartAction::FromRows);
    if RecordList::for_kind(kind).is_some()
        && widgets::toolbar_button(ui, "Chart…", "Make a chart of them").clicked()
    {
        out.push(Command::RunAction(chart));
    }
    if widgets::toolbar_button(ui, "Export…", "Save them as CSV, JSON or Markdown").clicked() {
        out.push(Command::OpenExportOfSelected);
    }
    if widgets::toolbar_button(ui, "Clear", "Select nothing (Escape)").clicked() {
        out.push(Command::SelectRows(RowSelectionCommand::Clear));
    }
}

/// For which rows something was counted. It holds the ids, so that no others get their address.
#[derive(Clone)]
struct HiddenRowsKey {
    ids: RecordIds,
    rows: Option<TableRevision>,
}

impl PartialEq for HiddenRowsKey {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.ids, &other.ids) && self.rows == other.rows
    }
}

/// What was counted, and for which rows.
#[derive(Clone)]
struct HiddenRowsCache {
    key: HiddenRowsKey,
    count: usize,
}

/// How many of the rows selected are not on screen. Counted once for a selection, not once a
/// frame.
fn count_hidden(ui: &Ui, app: &App, kind: RecordKind, selection: &QueryResult) -> usize {
    let Some(ids) = app.view.tables.row_selection.ids(kind) else {
        return 0;
    };
    let rows = &selection.rows;
    let key = HiddenRowsKey {
        ids: ids.clone(),
        rows: app.derived.table_revision(kind),
    };
    let id = Id::unique("rows picked out and hidden");
    let known: Option<HiddenRowsCache> = ui.data(|data| data.get_temp(id));
    if let Some(known) = known.filter(|known| known.key == key) {
        return known.count;
    }
    let register = app.register();
    let is_marked = |index: &&u32| {
        let index = **index;
        let record = register.record(RecordRef { kind, index });
        record.is_some_and(|record| ids.contains(record.id()))
    };
    let count = ids.len() - rows.iter().filter(is_marked).count().min(ids.len());
    ui.data_mut(|data| data.insert_temp(id, HiddenRowsCache { key, count }));
    count
}
