//! How a chart is drawn, chosen from small pictures with names.

use super::ChartBuilderContext;
use crate::record_form::RecordForm;
use egui::{Color32, Painter, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};
use linchpin_edit::ValueChange;
use linchpin_register::chart_vocabulary::MarkKind;
use linchpin_register::english::capitalize;
use linchpin_register::schema::PathStep;
use linchpin_render::theme::{self, size};
use ron_lossless::RonValue;

const PATH: [PathStep; 1] = [PathStep::Field("mark")];
const PER_ROW: usize = 5;
const HEIGHT_PT: f32 = 50.0;
const GAP_PT: f32 = 4.0;

/// The mark, as the text says.
pub fn current_mark(form: &RecordForm<'_>) -> Option<MarkKind> {
    let name = form.value(&PATH)?.line();
    MarkKind::ALL
        .iter()
        .copied()
        .find(|mark| mark.name() == name)
}

/// Paints the choice.
pub fn show(ui: &mut Ui, form: &mut RecordForm<'_>, about: &ChartBuilderContext<'_>) {
    let room = ui.available_width();
    let width = ((room - GAP_PT * (PER_ROW - 1) as f32) / PER_ROW as f32).clamp(40.0, 84.0);
    for row in MarkKind::ALL.chunks(PER_ROW) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP_PT;
            for &mark in row {
                let is_now = about.mark == Some(mark);
                if mark_button(ui, mark, is_now, width) && !is_now {
                    form.push_edit(&PATH, ValueChange::Set(RonValue::bare(mark.name())));
                }
            }
        });
    }
    about.show_error_hint(ui, "mark");
}

fn mark_button(ui: &mut Ui, mark: MarkKind, is_now: bool, width: f32) -> bool {
    let p = theme::palette_of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT_PT), Sense::click());
    let name = capitalize(mark.label());
    let hot = response.hovered() || response.has_focus();
    let (background, edge) = match (is_now, hot) {
        (true, _) => (p.accent_soft, p.accent),
        (false, true) => (p.hover, p.hairline),
        (false, false) => (p.surface, p.hairline),
    };
    let stroke = Stroke::new(1.0, edge);
    let painter = ui.painter();
    painter.rect(rect, theme::RADIUS, background, stroke, StrokeKind::Inside);
    let color = if is_now { p.accent } else { p.text_muted };
    let place = Rect::from_center_size(rect.center() - vec2(0.0, 8.0), vec2(26.0, 18.0));
    mark_icon(painter, mark, place, color);
    painter.text(
        rect.center_bottom() - vec2(0.0, 4.0),
        egui::Align2::CENTER_BOTTOM,
        &name,
        theme::regular(size::CAPTION - 1.0),
        if is_now { p.text } else { p.text_muted },
    );
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, enabled, is_now, &name));
    response.on_hover_text(mark.meaning()).clicked()
}

/// A small picture of a mark.
#[expect(clippy::too_many_lines, reason = "one case after another")]
fn mark_icon(painter: &Painter, mark: MarkKind, place: Rect, color: Color32) {
    let line = Stroke::new(1.4, color);
    let at = |x: f32, y: f32| place.min + vec2(x * place.width(), y * place.height());
    let bar = |y: f32, from: f32, to: f32| {
        painter.rect_filled(
            Rect::from_min_max(at(from, y), at(to, y + 0.22)),
            0.0,
            color,
        );
    };
    let square = |x: f32, y: f32, side: f32, color: Color32| {
        let side = vec2(side, side);
        painter.rect_filled(Rect::from_min_size(at(x, y), side), 0.0, color);
    };
    let path = |points: &[(f32, f32)]| {
        let points: Vec<Pos2> = points.iter().map(|(x, y)| at(*x, *y)).collect();
        painter.line(points, line);
    };
    let dot = |x: f32, y: f32| {
        painter.circle_filled(at(x, y), 2.2, color);
    };
    match mark {
        MarkKind::Bar => {
            bar(0.0, 0.0, 1.0);
            bar(0.39, 0.0, 0.65);
            bar(0.78, 0.0, 0.4);
        }
        MarkKind::Dot => {
            for (x, y) in [
                (0.1, 0.85),
                (0.35, 0.4),
                (0.55, 0.7),
                (0.75, 0.25),
                (0.95, 0.45),
            ] {
                dot(x, y);
            }
        }
        MarkKind::Range => {
            for (y, from, to) in [(0.12, 0.1, 0.7), (0.5, 0.35, 1.0), (0.88, 0.0, 0.5)] {
                path(&[(from, y), (to, y)]);
                path(&[(from, y - 0.14), (from, y + 0.14)]);
                path(&[(to, y - 0.14), (to, y + 0.14)]);
            }
        }
        MarkKind::Bullet => {
            for (y, to, target) in [(0.0, 0.6, 0.8), (0.39, 0.9, 0.7), (0.78, 0.3, 0.95)] {
                bar(y, 0.0, to);
                path(&[(target, y - 0.08), (target, y + 0.3)]);
            }
        }
        MarkKind::Dumbbell => {
            for (y, from, to) in [(0.12, 0.1, 0.7), (0.5, 0.35, 0.95), (0.88, 0.05, 0.5)] {
                path(&[(from, y), (to, y)]);
                dot(from, y);
                dot(to, y);
            }
        }
        MarkKind::Line => path(&[(0.0, 0.9), (0.3, 0.45), (0.6, 0.65), (1.0, 0.05)]),
        MarkKind::Step => path(&[
            (0.0, 0.95),
            (0.3, 0.95),
            (0.3, 0.55),
            (0.65, 0.55),
            (0.65, 0.1),
            (1.0, 0.1),
        ]),
        MarkKind::Timeline => {
            path(&[(0.0, 0.95), (1.0, 0.95)]);
            bar(0.0, 0.1, 0.55);
            bar(0.45, 0.4, 0.95);
        }
        MarkKind::Matrix => {
            for (row, col, strong) in [
                (0, 0, true),
                (0, 1, false),
                (0, 2, false),
                (1, 0, false),
                (1, 1, true),
                (1, 2, true),
                (2, 0, false),
                (2, 1, true),
                (2, 2, false),
            ] {
                let color = if strong {
                    color
                } else {
                    color.gamma_multiply(0.3)
                };
                square(0.14 + col as f32 * 0.26, row as f32 * 0.36, 5.4, color);
            }
        }
        MarkKind::Waffle => {
            for at in 0..12 {
                let (row, col) = ((at / 4) as f32, (at % 4) as f32);
                let color = if at < 7 {
                    color
                } else {
                    color.gamma_multiply(0.3)
                };
                square(0.05 + col * 0.25, row * 0.36, 4.6, color);
            }
        }
        MarkKind::Network => {
            path(&[(0.15, 0.8), (0.5, 0.15), (0.9, 0.6), (0.15, 0.8)]);
            for (x, y) in [(0.15, 0.8), (0.5, 0.15), (0.9, 0.6)] {
                dot(x, y);
            }
        }
        MarkKind::Table => {
            for y in [0.05, 0.35, 0.65, 0.95] {
                path(&[(0.0, y), (1.0, y)]);
            }
            path(&[(0.35, 0.05), (0.35, 0.95)]);
        }
    }
}
