//! A chart's data as a table in the chart's place.

use super::parts;
use crate::app::clipboard::CopyAs;
use crate::app::command::Command;
use crate::picture::{Data, Picture};
use crate::theme::{self, size, space};
use egui::{Grid, Id, Label, Response, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo};

/// The most rows that are shown; copies and exports have all.
const MAX_ROWS: usize = 400;

/// The widest that a column becomes before its words are wrapped.
const MAX_COLUMN_PT: f32 = 280.0;

/// Paints the table, with buttons that copy it. The response is that of the whole, which can have the keyboard.
pub fn show(ui: &mut Ui, picture: &Picture, out: &mut Vec<Command>) -> Response {
    let id = ui.make_persistent_id(("chart data", &picture.id));
    let data = picture.data();
    let place = ui.available_rect_before_wrap();
    ui.add_space(space::S);
    parts::section(ui, &picture.title);
    parts::caption(ui, picture.subtitle.clone());
    ui.horizontal_wrapped(|ui| {
        for (text, form) in [
            ("Copy as CSV", CopyAs::Csv),
            ("Copy as Markdown", CopyAs::Markdown),
        ] {
            if ui.button(text).clicked() {
                out.push(Command::CopyChart(picture.id.clone(), form));
            }
        }
    });
    if data.rows.is_empty() {
        parts::caption(ui, picture.description.clone());
    } else {
        ScrollArea::horizontal()
            .id_salt(id)
            .show(ui, |ui| grid(ui, &data, id));
    }
    if let Some(more) = data
        .rows
        .len()
        .checked_sub(MAX_ROWS)
        .filter(|more| *more > 0)
    {
        parts::caption(ui, format!("{more} more rows stand in the copies."));
    }
    if let Some(note) = &picture.note {
        parts::caption(ui, note.clone());
    }
    parts::caption(ui, picture.source.clone());
    let rect = place.intersect(ui.min_rect());
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
        let stroke = egui::Stroke::new(2.0, theme::of(ui).accent);
        ui.painter()
            .rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Inside);
    }
    whole
}

fn grid(ui: &mut Ui, data: &Data, id: Id) {
    let is_number: Vec<bool> = (0..data.columns.len())
        .map(|at| data.is_number(at))
        .collect();
    Grid::new(id)
        .striped(true)
        .max_col_width(MAX_COLUMN_PT)
        .spacing([space::L, space::XS])
        .show(ui, |ui| {
            for (at, head) in data.columns.iter().enumerate() {
                let text = RichText::new(head).font(theme::semibold(size::CAPTION));
                let response = ui.add(Label::new(text).wrap());
                tell(ui, &response, Role::ColumnHeader, head, None, at);
            }
            ui.end_row();
            for (row, cells) in data.rows.iter().take(MAX_ROWS).enumerate() {
                for (at, cell) in cells.cells.iter().enumerate() {
                    let label =
                        Label::new(RichText::new(cell).size(size::CAPTION)).selectable(true);
                    let response = if is_number.get(at) == Some(&true) {
                        let to_right = egui::Layout::right_to_left(egui::Align::Center);
                        ui.with_layout(to_right, |ui| ui.add(label)).inner
                    } else {
                        ui.add(label.wrap())
                    };
                    tell(ui, &response, Role::Cell, cell, Some(row), at);
                }
                ui.end_row();
            }
        });
}

/// Tells a screen reader what a cell is and where it stands.
fn tell(ui: &Ui, cell: &Response, role: Role, text: &str, row: Option<usize>, column: usize) {
    cell.widget_info(|| WidgetInfo::labeled(role, true, text));
    ui.ctx().accesskit_node_builder(cell.id, |node| {
        node.set_column_index(column);
        if let Some(row) = row {
            node.set_row_index(row);
        }
    });
}
