//! How many commitments have each status now: a sign, a word, a number and a bar for each.

use crate::strength;
use egui::{Align2, Color32, CornerRadius, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use linchpin_app::App;
use linchpin_app::assessments_page::AssessmentLists;
use linchpin_app::command::Command;
use linchpin_app::page::Page;
use linchpin_register::RecordKind;
use linchpin_register::tables::formatting;
use linchpin_register::tables::record_detail::field_label;
use linchpin_register::vocabulary::FulfillmentStatus;
use linchpin_render::theme::{self, Palette, size, space};

const ROW_PT: f32 = 24.0;
/// Where the bars begin.
const NAME_PT: f32 = 190.0;
const NUMBER_PT: f32 = 64.0;
/// The widest that a bar may be.
const MAX_BAR_PT: f32 = 420.0;

/// Paints the counts; a click on one shows its commitments.
pub fn show(ui: &mut Ui, app: &App, lists: &AssessmentLists, total: usize, out: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for &(status, count) in &lists.counts {
        if row(ui, status, count, total) && count > 0 {
            // The table counts by the rule of this page.
            out.push(Command::GoToPage(Page::Commitments));
            out.push(Command::ClearQuery(RecordKind::Commitment));
            out.push(Command::SetTableRule(RecordKind::Commitment, app.view.rule));
            out.push(Command::ToggleFilter {
                kind: RecordKind::Commitment,
                facet: "status",
                value: status.name().to_owned(),
            });
        }
    }
    ui.spacing_mut().item_spacing.y = space::XS;
}

fn row(ui: &mut Ui, status: FulfillmentStatus, count: usize, total: usize) -> bool {
    let p = theme::palette_of(ui);
    let width = ui.available_width().min(NAME_PT + NUMBER_PT + MAX_BAR_PT);
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW_PT), Sense::click());
    if response.hovered() || response.has_focus() {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(4), p.hover);
    }
    let middle = rect.center().y;
    strength::status_sign(ui.painter(), pos2(rect.left() + 10.0, middle), status, p);
    let color = if count == 0 || status == FulfillmentStatus::NotAssessed {
        p.text_muted
    } else {
        p.text
    };
    let text = |x: f32, align: Align2, words: &str, font| {
        ui.painter()
            .text(pos2(x, middle), align, words, font, color);
    };
    let name = field_label(status.label());
    text(
        rect.left() + 24.0,
        Align2::LEFT_CENTER,
        &name,
        theme::regular(size::BODY),
    );
    let number = formatting::format_number(count as f64);
    let number_right = rect.left() + NAME_PT + NUMBER_PT - 14.0;
    text(
        number_right,
        Align2::RIGHT_CENTER,
        &number,
        theme::semibold(size::BODY),
    );
    let room = (rect.width() - NAME_PT - NUMBER_PT).max(0.0);
    let share = count as f32 / total.max(1) as f32;
    if count > 0 {
        let left = rect.left() + NAME_PT + NUMBER_PT;
        let bar = Rect::from_min_size(
            pos2(left, middle - 5.0),
            vec2((room * share).max(2.0), 10.0),
        );
        match status {
            // Nobody has looked: an outline, nothing in it.
            FulfillmentStatus::NotAssessed => ui.painter().rect_stroke(
                bar,
                CornerRadius::same(2),
                Stroke::new(1.0, p.text_muted),
                egui::StrokeKind::Inside,
            ),
            _ => ui
                .painter()
                .rect_filled(bar, CornerRadius::same(2), status_color(status, p)),
        };
    }
    let spoken = format!("{name}: {number} of {total}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, count > 0, &spoken));
    let clicked = response.clicked();
    response.on_hover_text(format!(
        "{} Click to see these commitments.",
        status.meaning()
    ));
    clicked
}

fn status_color(status: FulfillmentStatus, p: &Palette) -> Color32 {
    match status {
        FulfillmentStatus::NotAssessed | FulfillmentStatus::NotVerifiable => p.text_muted,
        FulfillmentStatus::NoEvidence => p.warning,
        FulfillmentStatus::InProgress => p.accent,
        FulfillmentStatus::PartlyFulfilled | FulfillmentStatus::Fulfilled => p.success,
        FulfillmentStatus::Stalled | FulfillmentStatus::Reversed => p.error,
    }
}
