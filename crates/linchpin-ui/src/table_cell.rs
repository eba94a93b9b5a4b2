//! What stands in a cell of a table: its sign, its text, the words that were searched for.

use super::widgets;
use egui::text::{LayoutJob, TextFormat};
use egui::{CornerRadius, FontId, Galley, Rect, Stroke, Ui, pos2, vec2};
use linchpin_register::query::SearchQuery;
use linchpin_register::tables::{Align, CellMark, TableCell};
use linchpin_render::theme::{self, size};
use std::sync::Arc;

/// Room on both sides of a cell's text, in points.
pub const CELL_PADDING_PT: f32 = 10.0;

/// Paints what stands in a cell. `why_not`: why it cannot be edited here, for the hover.
pub fn paint(
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
    let room_pt = if ui.is_sizing_pass() {
        f32::INFINITY
    } else {
        rect.width() - 2.0 * CELL_PADDING_PT
    };
    let galley = highlighted(ui, search, &cell.text, font, color, room_pt);
    let taken_pt = rect.left() - ui.max_rect().left() + galley.size().x + 2.0 * CELL_PADDING_PT;
    ui.allocate_space(vec2(taken_pt, 0.0));
    let cut = galley.elided;
    paint_aligned(ui, rect, galley, align, color);
    if (cut || read_only_reason.is_some()) && ui.rect_contains_pointer(rect) {
        let mut text: String = cell.text.chars().take(600).collect();
        if let Some(why) = read_only_reason {
            text = format!("{text}. {why}");
        }
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
    let hits = search.match_ranges(text);
    if hits.is_empty() {
        return widgets::elided_line(ui, text, font, color, width_pt);
    }
    let mut job = LayoutJob::default();
    let plain = TextFormat::simple(font, color);
    let marked = TextFormat {
        background: theme::palette_of(ui).search_hit,
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

/// Paints a line of text in a cell or header.
pub fn paint_aligned(ui: &Ui, rect: Rect, galley: Arc<Galley>, align: Align, color: egui::Color32) {
    let y = rect.center().y - galley.size().y / 2.0;
    let x = match align {
        Align::Left => rect.left() + CELL_PADDING_PT,
        Align::Right => rect.right() - CELL_PADDING_PT - galley.size().x,
    };
    ui.painter().galley(pos2(x, y), galley, color);
}
