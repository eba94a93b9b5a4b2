//! The rows of a table: only those in view are worked out and painted.

use super::parts;
use crate::app::App;
use crate::app::command::Command;
use crate::app::marked::{Mark as Pick, Marked};
use crate::query::{Search, Selection, SortBy};
use crate::register::{RecordKind, RecordRef, Register};
use crate::tables::{self, Align, Cell, Column, Mark, TableSpec};
use crate::theme::{self, Palette, size};
use egui::text::{LayoutJob, TextFormat};
use egui::{CornerRadius, FontId, Galley, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use egui_table::{CellInfo, HeaderCellInfo, HeaderRow, Table, TableDelegate, TableState};
use std::sync::Arc;

const PAD_PT: f32 = 10.0;
const HEAD_PT: f32 = 34.0;
/// The first column starts where the page does.
const FIRST_PAD_PT: f32 = 14.0;

/// Paints the table of `kind` into what room there is.
pub fn show(
    ui: &mut Ui,
    app: &App,
    kind: RecordKind,
    selection: &Selection,
    out: &mut Vec<Command>,
) {
    let spec = tables::of_kind(kind);
    let query = app.view.query(kind);
    let selected = app.selected().filter(|at| at.kind == kind);
    let mut rows = Rows {
        register: app.register(),
        spec,
        selection,
        search: Search::new(&query.search),
        sort: &query.sort,
        selected: selected.map(|at| at.index),
        marked: Some(&app.view.marked).filter(|marked| marked.count(kind) > 0),
        row_pt: if app.view.compact { 24.0 } else { 32.0 },
        palette: theme::of(ui),
        out,
    };
    let columns: Vec<egui_table::Column> = spec
        .columns
        .iter()
        .map(|c| {
            egui_table::Column::new(c.width_pt)
                .range(48.0..=900.0)
                .id(egui::Id::unique((spec.id, c.key)))
                .resizable(true)
        })
        .collect();
    let mut table = Table::new()
        .id_salt(spec.id)
        .num_rows(selection.rows.len() as u64)
        .columns(columns)
        .num_sticky_cols(1)
        .headers([HeaderRow::new(HEAD_PT)]);
    if app.once.scroll_to_selected
        && let Some(at) =
            selected.and_then(|at| selection.rows.iter().position(|&row| row == at.index))
    {
        table = table.scroll_to_row(at as u64, None);
    }
    first_widths(ui, spec);
    table.show(ui, &mut rows);
}

/// Gives a table that was never shown the widths of its columns; it would measure its cells otherwise, and these paint without asking for room.
fn first_widths(ui: &Ui, spec: &TableSpec) {
    let id = TableState::id(ui, egui::IdSalt::new(spec.id));
    if TableState::load(ui.ctx(), id).is_none() {
        let mut state = TableState::default();
        for column in spec.columns {
            state
                .col_widths
                .insert(egui::Id::unique((spec.id, column.key)), column.width_pt);
        }
        state.store(ui.ctx(), id);
    }
}

struct Rows<'a> {
    register: &'a Register,
    spec: &'static TableSpec,
    selection: &'a Selection,
    search: Search,
    sort: &'a [SortBy],
    selected: Option<u32>,
    /// Rows that are picked out.
    marked: Option<&'a Marked>,
    row_pt: f32,
    palette: &'static Palette,
    out: &'a mut Vec<Command>,
}

impl TableDelegate for Rows<'_> {
    fn default_row_height(&self) -> f32 {
        self.row_pt
    }

    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let Some(column) = self.spec.columns.get(cell.col_range.start) else {
            return;
        };
        let p = self.palette;
        let rect = ui.max_rect();
        let mut inner = rect;
        inner.min.x += if cell.col_range.start == 0 {
            FIRST_PAD_PT
        } else {
            0.0
        };
        let response = ui.interact(rect, ui.scope_id().with(column.key), Sense::click());
        ui.painter().rect_filled(
            rect,
            CornerRadius::ZERO,
            if response.hovered() {
                p.hover
            } else {
                p.surface
            },
        );
        ui.painter().hline(
            rect.x_range(),
            rect.bottom() - 0.5,
            Stroke::new(1.0, p.hairline),
        );
        let place = self.sort.iter().position(|by| by.column == column.key);
        let arrow = place.map_or(String::new(), |at| {
            let sign = if self.sort[at].descending {
                "↓"
            } else {
                "↑"
            };
            if self.sort.len() > 1 {
                format!(" {sign}{}", at + 1)
            } else {
                format!(" {sign}")
            }
        });
        let ink = if place.is_some() {
            p.accent
        } else {
            p.text_muted
        };
        let title = format!("{}{arrow}", column.title);
        let galley = parts::one_line(
            ui,
            &title,
            theme::semibold(size::CAPTION),
            ink,
            inner.width() - 2.0 * PAD_PT,
        );
        paint_aligned(ui, inner, galley, column.align, ink);
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, column.title));
        let add = ui.input(|i| i.modifiers.shift);
        if response.clicked() {
            self.out.push(Command::SortBy {
                kind: self.spec.kind,
                column: column.key,
                add,
            });
        }
        response.on_hover_text(format!(
            "{} Click to sort; Shift-click to sort by several columns.",
            column.help
        ));
    }

    fn row_ui(&mut self, ui: &mut Ui, row: u64) {
        let Some(&index) = self.selection.rows.get(row as usize) else {
            return;
        };
        let at = RecordRef {
            kind: self.spec.kind,
            index,
        };
        let Some(record) = self.register.record(at) else {
            return;
        };
        let rect = ui.max_rect();
        let chosen = self.selected == Some(index);
        let marked = self.marked.is_some_and(|marked| marked.has(record.id()));
        let is_on = marked || chosen && self.marked.is_none();
        // By record, not by row: what is under the pointer stays the same when the order changes.
        // A row comes in two parts: the column that stays, and those that scroll.
        let part = ui.clip_rect().left() as i32;
        let id = egui::Id::unique((self.spec.id, record.id(), part));
        let response = ui.interact(rect.intersect(ui.clip_rect()), id, Sense::click());
        let p = self.palette;
        let ground = if is_on {
            Some(p.accent_soft)
        } else if response.hovered() || response.has_focus() {
            Some(p.hover)
        } else {
            None
        };
        if let Some(ground) = ground {
            ui.painter().rect_filled(rect, CornerRadius::ZERO, ground);
        }
        ui.painter().hline(
            rect.x_range(),
            rect.bottom() - 0.5,
            Stroke::new(1.0, p.hairline.gamma_multiply(0.6)),
        );
        if chosen {
            ui.painter().rect_filled(
                Rect::from_min_size(rect.min, vec2(3.0, rect.height())),
                CornerRadius::ZERO,
                p.accent,
            );
        }
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_on, record.title()));
        ui.ctx()
            .accesskit_node_builder(response.id, |node| node.set_selected(is_on));
        let modifiers = ui.input(|i| i.modifiers);
        if response.clicked() {
            let add = modifiers.command;
            self.out.push(match (modifiers.shift, add) {
                (true, add) => Command::Mark(Pick::To { at, add }),
                (false, true) => Command::Mark(Pick::Toggle(at)),
                (false, false) => Command::Select(at),
            });
        }
        if response.double_clicked() && !modifiers.any() {
            self.out.push(Command::Show(at));
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let (Some(column), Some(&index)) = (
            self.spec.columns.get(cell.col_nr),
            self.selection.rows.get(cell.row_nr as usize),
        ) else {
            return;
        };
        let value = (column.cell)(self.register, index as usize);
        self.paint(
            ui,
            column,
            &value,
            if cell.col_nr == 0 { FIRST_PAD_PT } else { 0.0 },
        );
    }
}

impl Rows<'_> {
    fn paint(&self, ui: &mut Ui, column: &Column, cell: &Cell, inset_pt: f32) {
        let p = self.palette;
        let mut rect = ui.max_rect();
        rect.min.x += inset_pt;
        let ink = if cell.muted { p.text_muted } else { p.text };
        let mut font = theme::regular(size::BODY);
        match cell.mark {
            Some(Mark::Name) => font = theme::semibold(size::BODY),
            Some(Mark::Child) => {
                // An elbow that comes down from the parent's row.
                let corner = pos2(rect.left() + PAD_PT + 3.0, rect.center().y);
                let line = Stroke::new(1.0, p.text_muted);
                ui.painter()
                    .line_segment([corner - vec2(0.0, 8.0), corner], line);
                ui.painter()
                    .line_segment([corner, corner + vec2(7.0, 0.0)], line);
                rect.min.x += 16.0;
            }
            Some(Mark::Step(rank)) => {
                let square = Rect::from_center_size(
                    pos2(rect.left() + PAD_PT + 6.0, rect.center().y),
                    vec2(12.0, 12.0),
                );
                match rank {
                    Some(rank) => ui.painter().rect_filled(
                        square,
                        CornerRadius::same(3),
                        p.ladder[usize::from(rank).min(6)],
                    ),
                    None => ui.painter().rect_stroke(
                        square.shrink(0.5),
                        CornerRadius::same(3),
                        Stroke::new(1.0, p.unranked[0]),
                        egui::StrokeKind::Inside,
                    ),
                };
                rect.min.x += 18.0;
            }
            Some(Mark::Status(status)) => {
                let at = pos2(rect.left() + PAD_PT + 5.0, rect.center().y);
                super::strength::status_sign(ui.painter(), at, status, p);
                rect.min.x += 16.0;
            }
            None => {}
        }
        let room_pt = if ui.is_sizing_pass() {
            f32::INFINITY
        } else {
            rect.width() - 2.0 * PAD_PT
        };
        let galley = self.highlighted(ui, &cell.text, font, ink, room_pt);
        let taken_pt = rect.left() - ui.max_rect().left() + galley.size().x + 2.0 * PAD_PT;
        ui.allocate_space(vec2(taken_pt, 0.0));
        let cut = galley.elided;
        paint_aligned(ui, rect, galley, column.align, ink);
        if cut && ui.rect_contains_pointer(rect) {
            let text: String = cell.text.chars().take(600).collect();
            egui::Tooltip::always_open(
                ui.ctx().clone(),
                ui.layer_id(),
                egui::Id::unique("cell"),
                egui::PopupAnchor::Pointer,
            )
            .gap(12.0)
            .show(|ui| {
                ui.set_max_width(420.0);
                ui.label(text);
            });
        }
    }

    fn highlighted(
        &self,
        ui: &Ui,
        text: &str,
        font: FontId,
        ink: egui::Color32,
        width_pt: f32,
    ) -> Arc<Galley> {
        let limit = text
            .char_indices()
            .nth(400)
            .map_or(text.len(), |(at, _)| at);
        let text = &text[..limit];
        let hits = self.search.hits(text);
        if hits.is_empty() {
            return parts::one_line(ui, text, font, ink, width_pt);
        }
        let mut job = LayoutJob::default();
        let plain = TextFormat::simple(font, ink);
        let marked = TextFormat {
            background: self.palette.hit,
            ..plain.clone()
        };
        let mut from = 0;
        for hit in hits {
            job.append(&text[from..hit.start], 0.0, plain.clone());
            job.append(&text[hit.clone()], 0.0, marked.clone());
            from = hit.end;
        }
        job.append(&text[from..], 0.0, plain);
        job.wrap = egui::text::TextWrapping::truncate_at_width(width_pt.max(8.0));
        ui.painter().layout_job(job)
    }
}

fn paint_aligned(ui: &Ui, rect: Rect, galley: Arc<Galley>, align: Align, ink: egui::Color32) {
    let y = rect.center().y - galley.size().y / 2.0;
    let x = match align {
        Align::Left => rect.left() + PAD_PT,
        Align::Right => rect.right() - PAD_PT - galley.size().x,
    };
    ui.painter().galley(pos2(x, y), galley, ink);
}
