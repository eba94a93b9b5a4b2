//! The rows and cells of a table: only those in view are worked out and painted.

use super::{cell_editor, widgets};
use egui::text::TextFormat;
use egui::{CornerRadius, FontId, Galley, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use egui_table::{CellInfo, HeaderCellInfo, HeaderRow, Table, TableDelegate, TableState};
use linchpin_app::App;
use linchpin_app::cells::has_row;
use linchpin_app::command::Command;
use linchpin_app::form_state::FormState;
use linchpin_app::row_selection::{RowSelection, RowSelectionCommand as Pick};
use linchpin_register::query::{QueryResult, SearchQuery, SortBy};
use linchpin_register::tables::{Align, CellMark, ColumnSpec, TableCell, TableSpec};
use linchpin_register::{RecordKind, RecordRef, Register, tables};
use linchpin_render::theme::{self, Palette, size};
use std::sync::Arc;

const HEADER_HEIGHT_PT: f32 = 34.0;
/// The first column starts where the page does.
const FIRST_COLUMN_PADDING_PT: f32 = 14.0;
/// Room on both sides of a cell's text, in points.
const CELL_PADDING_PT: f32 = 10.0;

/// Paints the table of `kind` into what room there is.
pub fn show(
    ui: &mut Ui,
    app: &App,
    kind: RecordKind,
    selection: &QueryResult,
    form: &mut FormState,
    out: &mut Vec<Command>,
) {
    let spec = tables::of_kind(kind);
    let query = app.view.query(kind);
    let selected = app.selected().filter(|at| at.kind == kind);
    let mut rows = RecordTableDelegate {
        register: app.register(),
        spec,
        selection,
        search: SearchQuery::new(&query.search),
        sort: &query.sort,
        selected: selected.map(|at| at.index),
        row_selection: Some(&app.view.tables.row_selection).filter(|marked| marked.count(kind) > 0),
        current_column: form
            .current_column
            .filter(|(of, _)| *of == kind)
            .map(|(_, key)| key),
        open_cell: open_cell_row(app, kind, selection, form),
        keeps_details_closed: !app.view.detail_open && !super::is_narrow(ui),
        clicked_row: None,
        clicked_column: None,
        editor_rect: None,
        row_pt: if app.view.preferences.compact {
            24.0
        } else {
            32.0
        },
        palette: theme::palette_of(ui),
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
        .headers([HeaderRow::new(HEADER_HEIGHT_PT)]);
    if app.window.frame_requests.scroll_to_selected
        && let Some(at) =
            selected.and_then(|at| selection.rows.iter().position(|&row| row == at.index))
    {
        table = table.scroll_to_row(at as u64, None);
    }
    if app.window.frame_requests.scroll_to_column
        && let Some(at) = spec
            .columns
            .iter()
            .position(|c| rows.current_column == Some(c.key))
    {
        table = table.scroll_to_column(at, None);
    }
    set_initial_widths(ui, spec);
    table.show(ui, &mut rows);
    // The last that is asked of the delegate, which borrows `out` until here.
    let (pressed, hit, editor) = (rows.clicked_row, rows.clicked_column, rows.editor_rect);
    if let (Some((index, twice)), Some(column)) = (pressed, hit) {
        form.current_column = Some((kind, column));
        let record = app.register().record(RecordRef { kind, index });
        if let Some(record) = record.filter(|_| twice) {
            out.push(Command::EditCell(record.id().to_owned(), column));
        }
    }
    if let Some(rect) = editor {
        cell_editor::show(ui, app, form, rect, out);
    }
}

/// Where the row that has the keyboard says so.
pub fn focused_row_key() -> egui::Id {
    egui::Id::unique("row with the keyboard")
}

/// The cell whose editor is open, where it has a row.
fn open_cell_row(
    app: &App,
    kind: RecordKind,
    selection: &QueryResult,
    form: &mut FormState,
) -> Option<(u32, &'static str)> {
    let cell = form.open_cell.as_ref()?;
    let at = app.register().find(&cell.id);
    let at = at.filter(|at| cell.kind == kind && at.kind == kind && has_row(selection, *at));
    match at {
        Some(at) => Some((at.index, cell.column)),
        None => {
            form.close_cell();
            None
        }
    }
}

/// Gives a table that was never shown the widths of its columns; it would measure its cells
/// otherwise, and these paint without asking for room.
fn set_initial_widths(ui: &Ui, spec: &TableSpec) {
    let id = TableState::id(ui, egui::IdSalt::new(spec.id));
    if TableState::load(ui.ctx(), id).is_none() {
        let mut state = TableState::default();
        for column in &spec.columns {
            state
                .col_widths
                .insert(egui::Id::unique((spec.id, column.key)), column.width_pt);
        }
        state.store(ui.ctx(), id);
    }
}

struct RecordTableDelegate<'a> {
    register: &'a Register,
    spec: &'static TableSpec,
    selection: &'a QueryResult,
    search: SearchQuery,
    sort: &'a [SortBy],
    selected: Option<u32>,
    /// Rows that are selected.
    row_selection: Option<&'a RowSelection>,
    /// The column that the keyboard is at.
    current_column: Option<&'static str>,
    /// The cell whose editor is open.
    open_cell: Option<(u32, &'static str)>,
    /// The details were closed, and a click leaves them so.
    keeps_details_closed: bool,
    /// The row that was clicked, and whether twice.
    clicked_row: Option<(u32, bool)>,
    /// The column where it was clicked.
    clicked_column: Option<&'static str>,
    /// Where the editor of a cell belongs.
    editor_rect: Option<Rect>,
    row_pt: f32,
    palette: &'static Palette,
    out: &'a mut Vec<Command>,
}

impl TableDelegate for RecordTableDelegate<'_> {
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
            FIRST_COLUMN_PADDING_PT
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
        let color = if place.is_some() {
            p.accent
        } else {
            p.text_muted
        };
        let title = format!("{}{arrow}", column.title);
        let galley = widgets::elided_line(
            ui,
            &title,
            theme::semibold(size::CAPTION),
            color,
            inner.width() - 2.0 * CELL_PADDING_PT,
        );
        paint_aligned(ui, inner, galley, column.align, color);
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
        let marked = self
            .row_selection
            .is_some_and(|marked| marked.contains(record.id()));
        let is_on = marked || chosen && self.row_selection.is_none();
        // By record, not by row: what is under the pointer stays the same when the order changes.
        // A row comes in two parts: the column that stays, and those that scroll.
        let part = ui.clip_rect().left() as i32;
        let id = egui::Id::unique((self.spec.id, record.id(), part));
        let response = ui.interact(rect.intersect(ui.clip_rect()), id, Sense::click());
        let p = self.palette;
        let is_hot = response.hovered() || response.has_focus();
        widgets::row_background(ui, rect, 0, is_on, is_hot);
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
                (true, add) => Command::SelectRows(Pick::ExtendTo { at, add }),
                (false, true) => Command::SelectRows(Pick::Toggle(at)),
                (false, false) if self.keeps_details_closed => Command::SelectRow(at),
                (false, false) => Command::SelectRecord(at),
            });
        }
        if response.clicked() && !modifiers.any() {
            self.clicked_row = Some((index, response.double_clicked()));
        }
        if response.has_focus() && chosen {
            ui.data_mut(|data| data.insert_temp(focused_row_key(), response.id));
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let (Some(column), Some(&index)) = (
            self.spec.columns.get(cell.col_nr),
            self.selection.rows.get(cell.row_nr as usize),
        ) else {
            return;
        };
        let rect = ui.max_rect();
        // A cell may be half hidden behind the column that stays.
        let shown = rect.intersect(ui.clip_rect());
        if self.clicked_row.is_some_and(|(row, _)| row == index)
            && ui.input(|i| {
                i.pointer
                    .interact_pos()
                    .is_some_and(|at| shown.contains(at))
            })
        {
            self.clicked_column = Some(column.key);
        }
        // Nothing is left of a cell that has scrolled behind the column that stays.
        if self.open_cell == Some((index, column.key)) && shown.is_positive() {
            self.editor_rect = Some(shown);
        }
        let value = (column.cell)(self.register, index as usize);
        if self.selected == Some(index) {
            self.selected_cell(ui, column, &value);
        }
        let read_only_reason = column.edited_field(self.spec.kind).err();
        let inset_pt = if cell.col_nr == 0 {
            FIRST_COLUMN_PADDING_PT
        } else {
            0.0
        };
        paint_cell(
            ui,
            &self.search,
            &value,
            column.align,
            inset_pt,
            read_only_reason,
        );
    }
}

impl RecordTableDelegate<'_> {
    /// A cell of the selected row: it has a name for screen readers, and a frame where the keyboard
    /// is at it.
    fn selected_cell(&self, ui: &Ui, column: &ColumnSpec, cell: &TableCell) {
        let rect = ui.max_rect();
        let id = ui.scope_id().with(("cell", column.key));
        let response = ui.interact(rect.intersect(ui.clip_rect()), id, Sense::hover());
        let text = format!("{}: {}", column.title, cell.text());
        response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, &text));
        if self.current_column == Some(column.key) {
            let inner = rect.shrink(1.5);
            let line = Stroke::new(1.0, self.palette.accent);
            ui.painter()
                .rect_stroke(inner, theme::RADIUS, line, egui::StrokeKind::Inside);
        }
    }
}

/// Paints what stands in a cell: its sign, and its text with the hits of the search.
/// `read_only_reason`: why it cannot be edited here, for the tooltip.
fn paint_cell(
    ui: &mut Ui,
    search: &SearchQuery,
    cell: &TableCell,
    align: Align,
    inset_pt: f32,
    read_only_reason: Option<&str>,
) {
    let p = theme::palette_of(ui);
    let mut rect = ui.max_rect();
    rect.min.x += inset_pt;
    let color = if cell.muted { p.text_muted } else { p.text };
    let mut font = theme::regular(size::BODY);
    match cell.mark {
        Some(CellMark::Name) => font = theme::semibold(size::BODY),
        Some(CellMark::Child) => {
            // An elbow that comes down from the parent's row.
            let corner = pos2(rect.left() + CELL_PADDING_PT + 3.0, rect.center().y);
            let line = Stroke::new(1.0, p.text_muted);
            ui.painter()
                .line_segment([corner - vec2(0.0, 8.0), corner], line);
            ui.painter()
                .line_segment([corner, corner + vec2(7.0, 0.0)], line);
            rect.min.x += 16.0;
        }
        Some(CellMark::LadderRank(rank)) => {
            let square = Rect::from_center_size(
                pos2(rect.left() + CELL_PADDING_PT + 6.0, rect.center().y),
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
        Some(CellMark::Status(status)) => {
            let at = pos2(rect.left() + CELL_PADDING_PT + 5.0, rect.center().y);
            super::strength::status_sign(ui.painter(), at, status, p);
            rect.min.x += 16.0;
        }
        None => {}
    }
    // In a sizing pass the column asks how wide the cell would like to be: nothing is cut then.
    let room_pt = if ui.is_sizing_pass() {
        f32::INFINITY
    } else {
        rect.width() - 2.0 * CELL_PADDING_PT
    };
    let galley = highlighted(ui, search, &cell.text(), font, color, room_pt);
    let taken_pt = rect.left() - ui.max_rect().left() + galley.size().x + 2.0 * CELL_PADDING_PT;
    // What is painted by hand asks for no room; this tells the table how wide the cell would be.
    ui.allocate_space(vec2(taken_pt, 0.0));
    let cut = galley.elided;
    paint_aligned(ui, rect, galley, align, color);
    if (cut || read_only_reason.is_some()) && ui.rect_contains_pointer(rect) {
        let mut text: String = cell.text().chars().take(600).collect();
        if let Some(why) = read_only_reason {
            text = format!("{text}. {why}");
        }
        // A cell is no widget of its own, which would cost an interaction for every cell in every
        // frame; so the tooltip is opened by hand.
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
    ui: &Ui,
    search: &SearchQuery,
    text: &str,
    font: FontId,
    color: egui::Color32,
    width_pt: f32,
) -> Arc<Galley> {
    let limit = text
        .char_indices()
        .nth(400)
        .map_or(text.len(), |(at, _)| at);
    let text = &text[..limit];
    if search.match_ranges(text).is_empty() {
        return widgets::elided_line(ui, text, font, color, width_pt);
    }
    let plain = TextFormat::simple(font, color);
    let mut job = widgets::search_layout(ui, text, search, plain);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width_pt.max(8.0));
    ui.painter().layout_job(job)
}

/// Paints a line of text in a cell or header.
fn paint_aligned(ui: &Ui, rect: Rect, galley: Arc<Galley>, align: Align, color: egui::Color32) {
    let y = rect.center().y - galley.size().y / 2.0;
    let x = match align {
        Align::Left => rect.left() + CELL_PADDING_PT,
        Align::Right => rect.right() - CELL_PADDING_PT - galley.size().x,
    };
    ui.painter().galley(pos2(x, y), galley, color);
}
