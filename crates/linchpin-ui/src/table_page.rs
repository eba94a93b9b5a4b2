//! A page with a table: its title and count, the search, the filters, the rows. The pages of terms
//! and of the timeline hold such a table as well.

use super::chart_card::ChartCardSize;
use super::{chart_card, facet_filters, record_table, selection_bar, widgets};
use egui::{Align, Frame, Layout, Margin, Panel, ScrollArea, TextEdit, Ui};
use linchpin_app::App;
use linchpin_app::cells::has_row;
use linchpin_app::command::{Action, ChartAction, Command};
use linchpin_app::export_task::ExportSubject;
use linchpin_app::form_state::FormState;
use linchpin_register::chart_vocabulary::RecordList;
use linchpin_register::query::{CountScope, CountingRule, QueryResult, VoiceScope};
use linchpin_register::tables::formatting;
use linchpin_register::{RecordKind, tables};
use linchpin_render::theme::{self, space};

/// Paints the page of a record type.
pub fn show(
    ui: &mut Ui,
    app: &App,
    kind: RecordKind,
    form: &mut FormState,
    out: &mut Vec<Command>,
) {
    header(ui, app, kind, out);
    body(ui, app, kind, form, out);
}

/// The title, the count and the search.
pub fn header(ui: &mut Ui, app: &App, kind: RecordKind, out: &mut Vec<Command>) {
    let spec = tables::of_kind(kind);
    egui::Frame::new()
        .inner_margin(widgets::page_margin(16, 8))
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                widgets::page_title(ui, spec.title).on_hover_text(spec.description);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if widgets::toolbar_button(
                        ui,
                        "Export…",
                        "Save these rows as CSV, JSON or Markdown",
                    )
                    .clicked()
                    {
                        out.push(Command::OpenExportDialog(ExportSubject::Table(kind)));
                    }
                    if RecordList::for_kind(kind).is_some() {
                        chart_rows_button(ui, out);
                    }
                    let text = format!("Add {}…", kind.what());
                    let help = format!("{}. {}", Action::AddRecord.spec().help, kind.about());
                    if widgets::toolbar_button(ui, &text, &help).clicked() {
                        out.push(Command::OpenAddDialog(kind));
                    }
                    search_field(ui, app, kind, out);
                });
            });
            if let Some((index, selection)) = app.derived.table(kind) {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = egui::vec2(space::XS + 2.0, space::XS + 2.0);
                    facet_filters::show(ui, app, kind, index, selection, out);
                });
                row_count(ui, app, kind, selection, out);
            }
        });
}

fn chart_rows_button(ui: &mut Ui, out: &mut Vec<Command>) {
    let chart = Action::Chart(ChartAction::FromRows);
    if widgets::named_toolbar_button(ui, "Chart…", "Chart these rows", chart.spec().help) {
        out.push(Command::RunAction(chart));
    }
}

fn search_field(ui: &mut Ui, app: &App, kind: RecordKind, out: &mut Vec<Command>) {
    let mut text = app.view.query(kind).search;
    let width = (ui.available_width() - space::S).clamp(120.0, 260.0);
    // `keyboard.rs` knows the field by this id, to let arrows walk the rows out of it.
    let edit = TextEdit::singleline(&mut text)
        .hint_text("Search all text")
        .desired_width(width)
        .margin(Margin::symmetric(8, 5))
        .id(egui::Id::unique("search"));
    let response = ui.add(edit);
    response.widget_info(|| {
        egui::WidgetInfo::text_edit(true, "", app.view.query(kind).search, "Search all text")
    });
    if app.window.frame_requests.focus_search {
        response.request_focus();
    }
    if response.changed() {
        out.push(Command::SetSearch(kind, text));
    }
    response.on_hover_text(
        "Every word must occur; \"words in quotes\" belong together. Case, accents and Korean \
         composition do not matter.",
    );
}

/// How many rows there are, and by which rule.
fn row_count(
    ui: &mut Ui,
    app: &App,
    kind: RecordKind,
    selection: &QueryResult,
    out: &mut Vec<Command>,
) {
    let query = app.view.query(kind);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let (shown, total) = (
            formatting::format_number(selection.rows.len() as f64),
            formatting::format_number(selection.total as f64),
        );
        let what = kind.noun().form(selection.total);
        let text = if query.is_restricted() {
            format!("{shown} of {total} {what}")
        } else {
            format!("{total} {what}")
        };
        widgets::caption(ui, text);
        if kind == RecordKind::Commitment {
            widgets::caption(ui, "· counted:");
            counting_rule_picker(ui, query.rule, "table", |rule| {
                out.push(Command::SetTableRule(kind, rule))
            });
        }
        if let Some(only) = &query.only {
            let p = theme::palette_of(ui);
            let tag = widgets::tag(ui, &format!("{}  ×", only.why), p.accent, p.accent_soft)
                .interact(egui::Sense::click());
            tag.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Remove: {}", only.why))
            });
            if tag.on_hover_text("Show all rows again").clicked() {
                out.push(Command::ClearOnly(kind));
            }
        }
        hidden_selection_note(ui, app, kind, selection, out);
        let is_here = app.selected().is_some_and(|at| at.kind == kind);
        if is_here
            && !app.view.detail_open
            && widgets::link(ui, "Show details")
                .on_hover_text(Action::ToggleDetailsPane.spec().help)
                .clicked()
        {
            out.push(Command::RunAction(Action::ToggleDetailsPane));
        }
        if app.derived.is_table_pending(kind) {
            ui.add(egui::Spinner::new().size(12.0));
        }
        if app.selected().is_none() && !selection.rows.is_empty() {
            widgets::caption(ui, "· click a row for the words it came from");
        }
        if query.is_restricted()
            && widgets::link(ui, "Clear")
                .on_hover_text(Action::ClearQuery.spec().help)
                .clicked()
        {
            out.push(Command::ClearQuery(kind));
        }
    });
}

/// The selected record may have no row any more: an edit can put it beyond the search and the
/// filters.
fn hidden_selection_note(
    ui: &mut Ui,
    app: &App,
    kind: RecordKind,
    selection: &QueryResult,
    out: &mut Vec<Command>,
) {
    let at = app.selected().filter(|at| at.kind == kind);
    let at = at.filter(|at| app.view.query(kind).is_restricted() && !has_row(selection, *at));
    let Some((at, record)) = at.and_then(|at| Some((at, app.register().record(at)?))) else {
        return;
    };
    let title: String = record.title().chars().take(40).collect();
    widgets::caption(
        ui,
        format!("· “{title}” is selected, and the search or the filters hide it"),
    );
    if widgets::link(ui, "Show it")
        .on_hover_text("Clear the search and the filters, and go to its row")
        .clicked()
    {
        out.push(Command::ShowRecord(at));
    }
}

/// Chooses a counting rule.
pub fn counting_rule_picker(
    ui: &mut Ui,
    now: CountingRule,
    salt: &str,
    mut set: impl FnMut(CountingRule),
) {
    let choice = egui::ComboBox::from_id_salt((salt, "count"))
        .selected_text(now.count.label())
        .width(120.0)
        .show_ui(ui, |ui| {
            for &count in CountScope::ALL {
                if ui
                    .selectable_label(now.count == count, count.label())
                    .on_hover_text(count.meaning())
                    .clicked()
                {
                    set(CountingRule { count, ..now });
                }
            }
        });
    set_combo_box_name(
        &choice.response,
        format!("Which commitments count: {}", now.count.label()),
    );
    let choice = egui::ComboBox::from_id_salt((salt, "voices"))
        .selected_text(now.voices.label())
        .width(150.0)
        .show_ui(ui, |ui| {
            for &voices in VoiceScope::ALL {
                if ui
                    .selectable_label(now.voices == voices, voices.label())
                    .clicked()
                {
                    set(CountingRule { voices, ..now });
                }
            }
        });
    set_combo_box_name(
        &choice.response,
        format!("Whose words count: {}", now.voices.label()),
    );
}

fn set_combo_box_name(response: &egui::Response, name: String) {
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
}

/// The rows, or why there are none.
pub fn body(
    ui: &mut Ui,
    app: &App,
    kind: RecordKind,
    form: &mut FormState,
    out: &mut Vec<Command>,
) {
    let Some((_, selection)) = app.derived.table(kind) else {
        ui.vertical_centered(|ui| ui.spinner());
        return;
    };
    // Before the table: a panel takes its room first.
    selection_bar::show(ui, app, kind, selection, out);
    if !selection.rows.is_empty() {
        record_table::show(ui, app, kind, selection, form, out);
        return;
    }
    let what = kind.noun().many;
    if selection.total == 0 {
        widgets::empty_state(ui, &format!("No {what} yet"), kind.about(), |ui| {
            if widgets::primary_button(ui, &format!("Add {}…", kind.what())).clicked() {
                out.push(Command::OpenAddDialog(kind));
            }
        });
        return;
    }
    widgets::empty_state(
        ui,
        "No row fits",
        &format!(
            "None of {} {what} fits the search and the filters together.",
            selection.total
        ),
        |ui| {
            if widgets::primary_button(ui, "Clear search and filters").clicked() {
                out.push(Command::ClearQuery(kind));
            }
        },
    );
}

/// Paints the page of the terms that the register defines, such as ladder, priorities, themes and
/// cues, and of the sentences that were dismissed.
pub fn show_terms(ui: &mut Ui, app: &App, form: &mut FormState, out: &mut Vec<Command>) {
    Frame::new()
        .inner_margin(widgets::page_margin(16, 0))
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                for kind in [
                    RecordKind::LadderStep,
                    RecordKind::Priority,
                    RecordKind::Theme,
                    RecordKind::Cue,
                    RecordKind::Dismissal,
                ] {
                    if ui
                        .selectable_label(app.view.tables.terms == kind.list(), kind.title())
                        .clicked()
                    {
                        out.push(Command::ShowTerms(kind.list()));
                    }
                }
            });
        });
    if let Some(kind) = app.table() {
        show(ui, app, kind, form, out);
    }
}

/// Paints the page of the timeline: the chart, and below it the table of events.
pub fn show_timeline(ui: &mut Ui, app: &App, form: &mut FormState, out: &mut Vec<Command>) {
    let room = ui.available_height();
    Panel::bottom("events")
        .frame(Frame::new())
        .resizable(true)
        .default_size(room * 0.4)
        // In a very low window the range must not end before it begins.
        .size_range(120.0..=(room - 160.0).max(121.0))
        .show(ui, |ui| {
            show(ui, app, RecordKind::Event, form, out);
        });
    ScrollArea::vertical()
        .id_salt("timeline")
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(widgets::page_margin(16, 16))
                .show(ui, |ui| {
                    if let Some(chart) = linchpin_charts::timeline_chart(app.register()) {
                        chart_card::show(ui, app, chart, ChartCardSize::Card, out);
                    }
                });
        });
}
