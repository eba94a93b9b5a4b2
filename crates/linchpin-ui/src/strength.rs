//! How firm a commitment is, as a picture: its verb and the ladder with its step marked. And the
//! signs of the status.

use super::widgets;
use egui::{
    Align2, CornerRadius, Painter, Pos2, Rect, RichText, Role, Sense, Stroke, Ui, WidgetInfo, pos2,
    vec2,
};
use linchpin_register::vocabulary::FulfillmentStatus;
use linchpin_register::{Commitment, Register};
use linchpin_render::theme::{self, Palette, size, space};

/// Paints the verb, its step and the ladder.
pub fn show(ui: &mut Ui, register: &Register, commitment: &Commitment) {
    let p = theme::palette_of(ui);
    let step = commitment.effective_step(register);
    ui.horizontal_wrapped(|ui| {
        widgets::selectable_text(
            ui,
            RichText::new(format!("“{}”", commitment.verb))
                .font(theme::semibold(size::HEADING - 2.0))
                .color(p.text),
        );
    });
    let rank = step.and_then(|s| s.rank);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width().min(340.0), 26.0), Sense::hover());
    let width = rect.width() / 7.0;
    for at in 0..=6u8 {
        let cell = Rect::from_min_size(
            pos2(rect.left() + f32::from(at) * width, rect.top()),
            vec2(width - 3.0, rect.height()),
        );
        let here = rank == Some(at);
        if here {
            let fill = p.ladder[usize::from(at)];
            ui.painter().rect_filled(cell, CornerRadius::same(4), fill);
            ui.painter().rect_stroke(
                cell,
                CornerRadius::same(4),
                Stroke::new(1.5, p.text),
                egui::StrokeKind::Inside,
            );
            ui.painter().text(
                cell.center(),
                Align2::CENTER_CENTER,
                at.to_string(),
                theme::semibold(size::BODY),
                theme::text_color_on(fill),
            );
        } else {
            ui.painter()
                .rect_filled(cell, CornerRadius::same(4), p.surface);
            ui.painter().text(
                cell.center(),
                Align2::CENTER_CENTER,
                at.to_string(),
                theme::regular(size::CAPTION),
                p.text_muted,
            );
        }
    }
    let name = step.map_or_else(|| "No step of the ladder".to_owned(), |s| s.ranked_label());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Strength: {name}")));
    response.on_hover_text(step.and_then(|s| s.meaning.clone()).unwrap_or_default());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.label(RichText::new(name).color(p.text));
        if commitment.strength.is_none() && commitment.parent.is_some() {
            widgets::caption(ui, "(taken from its parent)");
        }
    });
    if !commitment.hedges.is_empty() {
        widgets::caption(
            ui,
            format!(
                "Hedges: {}",
                commitment
                    .hedges
                    .iter()
                    .map(|h| format!("“{h}”"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        );
    }
}

/// The sign of a status, so that it never rests on color alone: an empty ring is "nobody has
/// looked".
pub fn status_sign(painter: &Painter, at: Pos2, status: FulfillmentStatus, p: &Palette) {
    let ring = |color| {
        painter.circle_stroke(at, 4.5, Stroke::new(1.2, color));
    };
    match status {
        FulfillmentStatus::NotAssessed => {
            for (a, b) in [
                (vec2(-4.5, 0.0), vec2(-1.5, 0.0)),
                (vec2(1.5, 0.0), vec2(4.5, 0.0)),
            ] {
                painter.line_segment([at + a, at + b], Stroke::new(1.2, p.text_muted));
            }
        }
        FulfillmentStatus::NoEvidence => {
            ring(p.warning);
            painter.line_segment(
                [at + vec2(-3.0, 3.0), at + vec2(3.0, -3.0)],
                Stroke::new(1.2, p.warning),
            );
        }
        FulfillmentStatus::InProgress => {
            ring(p.accent);
            painter.circle_filled(at, 2.2, p.accent);
        }
        // Half of it is full.
        FulfillmentStatus::PartlyFulfilled => {
            ring(p.success);
            let half = Rect::from_min_max(at - vec2(4.5, 4.5), at + vec2(0.0, 4.5));
            // egui has no half disk: a whole one is clipped.
            painter
                .with_clip_rect(half.intersect(painter.clip_rect()))
                .circle_filled(at, 4.5, p.success);
        }
        FulfillmentStatus::Fulfilled => {
            painter.circle_filled(at, 4.5, p.success);
        }
        FulfillmentStatus::Stalled => {
            painter.rect_filled(
                Rect::from_center_size(at, vec2(8.0, 8.0)),
                CornerRadius::ZERO,
                p.error,
            );
        }
        FulfillmentStatus::Reversed => {
            for (a, b) in [
                (vec2(-3.5, -3.5), vec2(3.5, 3.5)),
                (vec2(-3.5, 3.5), vec2(3.5, -3.5)),
            ] {
                painter.line_segment([at + a, at + b], Stroke::new(1.8, p.error));
            }
        }
        FulfillmentStatus::NotVerifiable => {
            painter.text(
                at,
                Align2::CENTER_CENTER,
                "?",
                theme::semibold(size::CAPTION),
                p.text_muted,
            );
        }
    }
}
