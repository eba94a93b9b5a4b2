//! A chart on a page: painted as it is exported, with its buttons; every mark is a door to its records.

use super::{chart_data, widgets};
use egui::{Align, Id, Key, Layout, Margin, Modifiers, Role, Ui, WidgetInfo, vec2};
use linchpin_app::App;
use linchpin_app::command::{Action, Command};
use linchpin_app::export_task::ExportSubject;
use linchpin_charts::picture::ChartMark;
use linchpin_register::query::RecordSet;
use linchpin_register::{Chart, RecordKind, Register};
use linchpin_render::paint;
use linchpin_render::theme::{self, size, space};

/// How a chart is shown.
#[derive(Clone, Copy, PartialEq)]
pub enum ChartCardSize {
    /// As one of several: a click on its head opens it.
    Card,
    /// By itself, as large as there is room.
    Full,
}

/// Paints a chart into the width there is.
pub fn show(ui: &mut Ui, app: &App, chart: &Chart, size: ChartCardSize, out: &mut Vec<Command>) {
    let Some(picture) = app.derived.picture(chart.id.as_str()) else {
        ui.spinner();
        return;
    };
    // The picture brings its own margins.
    widgets::card_frame(theme::palette_of(ui))
        .inner_margin(Margin::symmetric(4, 4))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let as_data = app.view.charts.as_table.contains(chart.id.as_str());
            buttons(ui, chart, size, as_data, out);
            if as_data {
                let table = chart_data::show(ui, picture, out);
                handle_table_toggle_key(ui, chart, table.id, table.has_focus(), out);
                return;
            }
            let width_pt = ui.available_width();
            let needed_pt = paint::height_pt(ui, picture, width_pt);
            let height_pt = if size == ChartCardSize::Full {
                needed_pt.max(ui.available_height().min(width_pt * 0.6) - 8.0)
            } else {
                needed_pt
            };
            let response =
                paint::show_picture(ui, app.register(), picture, vec2(width_pt, height_pt), None);
            if let Some(id) = response.id {
                handle_table_toggle_key(ui, chart, id, response.has_focus, out);
            }
            if let Some(mark) = response.clicked.and_then(|id| picture.mark(id)) {
                open_mark(app.register(), mark, out);
            }
        });
}

/// The key T shows the data in place of the chart that has the keyboard, or the chart again; the keyboard stays with what is shown.
fn handle_table_toggle_key(
    ui: &Ui,
    chart: &Chart,
    shown: Id,
    has_focus: bool,
    out: &mut Vec<Command>,
) {
    let toggled_id = Id::unique(("turned over", chart.id.as_str()));
    if ui
        .data_mut(|data| data.remove_temp::<bool>(toggled_id))
        .is_some()
    {
        ui.memory_mut(|memory| memory.request_focus(shown));
    }
    if has_focus && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::T)) {
        ui.data_mut(|data| data.insert_temp(toggled_id, true));
        out.push(Command::ToggleChartData(chart.id.as_str().to_owned()));
    }
}

fn buttons(ui: &mut Ui, chart: &Chart, size: ChartCardSize, as_data: bool, out: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let row = vec2(ui.available_width(), 26.0);
    ui.allocate_ui_with_layout(
        row,
        egui::Layout::right_to_left(egui::Align::Center),
        |ui| {
            if named_button(
                ui,
                "Export…",
                &format!("Export {}", chart.title),
                "Save as PNG, SVG or PDF",
            ) {
                out.push(Command::OpenExportDialog(ExportSubject::Chart(
                    chart.id.as_str().to_owned(),
                )));
            }
            let (text, help) = if as_data {
                ("Chart", "Show the chart again (T)")
            } else {
                ("Table", "Show the data of the chart as a table (T)")
            };
            let name = format!("{text} of {}", chart.title);
            if named_button(ui, text, &name, help) {
                out.push(Command::ToggleChartData(chart.id.as_str().to_owned()));
            }
            if size == ChartCardSize::Full {
                if named_button(ui, "Copy image", "Copy image", "Copy the chart as an image") {
                    out.push(Command::RunAction(Action::CopyImage));
                }
            } else if named_button(
                ui,
                "Enlarge",
                &format!("Enlarge {}", chart.title),
                "Open it by itself",
            ) {
                out.push(Command::ShowChart(Some(chart.id.as_str().to_owned())));
            }
            if size == ChartCardSize::Card
                && named_button(
                    ui,
                    "Edit",
                    &format!("Edit {}", chart.title),
                    "Edit it next to its picture",
                )
            {
                out.push(Command::ShowChartBuilder(
                    chart.id.as_str().to_owned(),
                    true,
                ));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add_space(space::S);
                chart_summary(ui, chart);
            });
        },
    );
}

/// How it is drawn, and of what, in a few quiet words.
fn chart_summary(ui: &mut Ui, chart: &Chart) {
    let p = theme::palette_of(ui);
    let lists: Vec<&str> = chart.records.iter().map(|list| list.label()).collect();
    let words = format!("{} · {}", chart.mark.label(), lists.join(", "));
    let font = theme::regular(size::CAPTION);
    let line = ui.painter().layout_no_wrap(words, font, p.text_muted);
    // Half a word says nothing.
    if line.size().x <= ui.available_width() {
        ui.label(line);
    }
}

fn named_button(ui: &mut Ui, text: &str, name: &str, help: &str) -> bool {
    let response = widgets::toolbar_button(ui, text, help);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.clicked()
}

/// One record opens; several fill a table with exactly them.
fn open_mark(register: &Register, mark: &ChartMark, out: &mut Vec<Command>) {
    match mark.records.as_slice() {
        [] => {}
        [one] => out.push(Command::ShowRecord(*one)),
        many => {
            // A mark of several types leads to its commitments where it has any.
            let kind = if many.iter().any(|at| at.kind == RecordKind::Commitment) {
                RecordKind::Commitment
            } else {
                many[0].kind
            };
            let ids = many
                .iter()
                .filter(|at| at.kind == kind)
                .filter_map(|at| register.record(*at))
                .map(|r| r.id().to_owned())
                .collect();
            out.push(Command::ShowOnly(
                kind,
                RecordSet {
                    why: mark.label.clone(),
                    ids,
                },
            ));
        }
    }
}
