//! A chart on a page: painted as it is exported, with its buttons, or its data as a table in its
//! place. A click on a mark leads to its records.

use super::widgets;
use egui::{
    Align, FontId, Frame, Id, Key, Label, Layout, Margin, Modifiers, Response, RichText, Role,
    ScrollArea, Sense, Ui, WidgetInfo, vec2,
};
use linchpin_app::App;
use linchpin_app::clipboard::CopyAs;
use linchpin_app::command::{Action, Command};
use linchpin_app::export_task::ExportSubject;
use linchpin_charts::picture::{ChartMark, DataTable, Picture};
use linchpin_register::query::RecordSet;
use linchpin_register::{Chart, RecordKind, Register};
use linchpin_render::theme::{size, space};
use linchpin_render::{paint, theme};

/// The most rows that are shown; copies and exports have all.
const MAX_ROWS: usize = 400;
/// The widest that a column becomes before its words are wrapped.
const MAX_COLUMN_PT: f32 = 280.0;

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
                let table = data_table(ui, picture, out);
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

/// The key T shows the data in place of the chart that has the keyboard, or the chart again; the
/// keyboard stays with what is shown.
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
            if widgets::named_toolbar_button(
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
            if widgets::named_toolbar_button(ui, text, &name, help) {
                out.push(Command::ToggleChartData(chart.id.as_str().to_owned()));
            }
            if size == ChartCardSize::Full {
                if widgets::named_toolbar_button(
                    ui,
                    "Copy image",
                    "Copy image",
                    "Copy the chart as an image",
                ) {
                    out.push(Command::RunAction(Action::CopyImage));
                }
            } else if widgets::named_toolbar_button(
                ui,
                "Enlarge",
                &format!("Enlarge {}", chart.title),
                "Open it by itself",
            ) {
                out.push(Command::ShowChart(Some(chart.id.as_str().to_owned())));
            }
            if size == ChartCardSize::Card
                && widgets::named_toolbar_button(
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

/// How it is drawn, and of what, in a few words.
fn chart_summary(ui: &mut Ui, chart: &Chart) {
    let p = theme::palette_of(ui);
    let lists: Vec<&str> = chart.records.iter().map(|list| list.label()).collect();
    let text = format!("{} · {}", chart.mark.label(), lists.join(", "));
    let font = theme::regular(size::CAPTION);
    let line = ui.painter().layout_no_wrap(text, font, p.text_muted);
    // Part of the summary would say nothing.
    if line.size().x <= ui.available_width() {
        ui.label(line);
    }
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

/// Paints the table, with buttons that copy it. The response is that of the whole, which can have
/// the keyboard.
fn data_table(ui: &mut Ui, picture: &Picture, out: &mut Vec<Command>) -> Response {
    let id = ui.make_persistent_id(("chart data", &picture.id));
    let data = picture.data_table();
    let inside = Frame::new().inner_margin(Margin::same(12)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        // A card has no space between its parts.
        ui.spacing_mut().item_spacing.y = space::S;
        widgets::section_heading(ui, &picture.title);
        widgets::caption(ui, picture.subtitle.clone());
        ui.horizontal_wrapped(|ui| {
            for (text, form) in [
                ("Copy as CSV", CopyAs::Csv),
                ("Copy as Markdown", CopyAs::Markdown),
            ] {
                let button = ui.button(text);
                let name = format!("{text}: {}", picture.title);
                button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                if button.clicked() {
                    out.push(Command::CopyChart(picture.id.clone(), form));
                }
            }
        });
        if data.rows.is_empty() {
            widgets::caption(ui, picture.description.clone());
        } else {
            ScrollArea::horizontal()
                .id_salt(id)
                .show(ui, |ui| grid(ui, &data));
        }
        if let Some(more) = data
            .rows
            .len()
            .checked_sub(MAX_ROWS)
            .filter(|more| *more > 0)
        {
            widgets::caption(ui, format!("{more} more rows stand in the copies."));
        }
        if let Some(note) = &picture.note {
            widgets::caption(ui, note.clone());
        }
        widgets::caption(ui, picture.source.clone());
    });
    let rect = inside.response.rect;
    let whole = ui.interact(rect, id, Sense::focusable_noninteractive());
    let (rows, columns) = (data.rows.len(), data.columns.len());
    whole.widget_info(|| {
        let label = format!(
            "{}, as a table of {rows} rows and {columns} columns",
            picture.title
        );
        WidgetInfo::labeled(Role::Table, true, label)
    });
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_row_count(rows);
        node.set_column_count(columns);
    });
    if whole.has_focus() {
        let stroke = egui::Stroke::new(2.0, theme::palette_of(ui).accent);
        ui.painter()
            .rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Inside);
    }
    whole
}

fn grid(ui: &mut Ui, data: &DataTable) {
    let widths: Vec<f32> = (0..data.columns.len())
        .map(|at| column_width_pt(ui, data, at))
        .collect();
    let is_number: Vec<bool> = (0..data.columns.len())
        .map(|at| data.is_numeric_column(at))
        .collect();
    let row = |ui: &mut Ui, cells: &[String], at_row: Option<usize>| {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            let columns = cells.iter().zip(&widths).zip(&is_number);
            for (at, ((text, width), is_number)) in columns.enumerate() {
                let align = if *is_number { Align::Max } else { Align::Min };
                let size = vec2(*width, 0.0);
                ui.allocate_ui_with_layout(size, Layout::top_down(align), |ui| {
                    ui.set_width(*width);
                    let font = cell_font(at_row.is_none());
                    let label = Label::new(RichText::new(text).font(font)).wrap();
                    let cell = ui.add(label.selectable(at_row.is_some()));
                    set_cell_accessibility(ui, &cell, text, at_row, at);
                });
            }
        });
    };
    ui.spacing_mut().item_spacing.y = space::XS;
    row(ui, &data.columns, None);
    ui.separator();
    for (at, cells) in data.rows.iter().take(MAX_ROWS).enumerate() {
        row(ui, &cells.cells, Some(at));
    }
}

fn cell_font(is_head: bool) -> FontId {
    if is_head {
        theme::semibold(size::CAPTION)
    } else {
        theme::regular(size::CAPTION)
    }
}

/// The width of a column: that of its widest cell, up to a limit.
fn column_width_pt(ui: &Ui, data: &DataTable, column: usize) -> f32 {
    let text_width = |text: &str, is_head| {
        let color = theme::palette_of(ui).text;
        let galley = ui
            .painter()
            .layout_no_wrap(text.to_owned(), cell_font(is_head), color);
        galley.size().x.ceil() + 1.0
    };
    let head = data
        .columns
        .get(column)
        .map_or(0.0, |head| text_width(head, true));
    let cells = data
        .rows
        .iter()
        .take(MAX_ROWS)
        .filter_map(|row| row.cells.get(column));
    cells
        .map(|cell| text_width(cell, false))
        .fold(head, f32::max)
        .min(MAX_COLUMN_PT)
}

/// Tells a screen reader what a cell is and where it stands.
fn set_cell_accessibility(ui: &Ui, cell: &Response, text: &str, row: Option<usize>, column: usize) {
    let role = match row {
        Some(_) => Role::Cell,
        None => Role::ColumnHeader,
    };
    cell.widget_info(|| WidgetInfo::labeled(role, true, text));
    ui.ctx().accesskit_node_builder(cell.id, |node| {
        node.set_column_index(column);
        if let Some(row) = row {
            node.set_row_index(row);
        }
    });
}
