//! A chart's data as a table in the chart's place.

use super::widgets;
use egui::{
    Align, FontId, Frame, Label, Layout, Margin, Response, RichText, Role, ScrollArea, Sense, Ui,
    WidgetInfo, vec2,
};
use linchpin_app::clipboard::CopyAs;
use linchpin_app::command::Command;
use linchpin_charts::picture::{DataTable, Picture};
use linchpin_render::theme::{self, size, space};

/// The most rows that are shown; copies and exports have all.
const MAX_ROWS: usize = 400;

/// The widest that a column becomes before its words are wrapped.
const MAX_COLUMN_PT: f32 = 280.0;

/// Paints the table, with buttons that copy it. The response is that of the whole, which can have the keyboard.
pub fn show(ui: &mut Ui, picture: &Picture, out: &mut Vec<Command>) -> Response {
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
        let words = format!(
            "{}, as a table of {rows} rows and {columns} columns",
            picture.title
        );
        WidgetInfo::labeled(Role::Table, true, words)
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
        .map(|at| width_pt(ui, data, at))
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
fn width_pt(ui: &Ui, data: &DataTable, column: usize) -> f32 {
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
