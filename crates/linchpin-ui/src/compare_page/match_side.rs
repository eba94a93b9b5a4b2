//! A commitment of one document: its step as a sign with its number, its verb and its words.

use crate::widgets;
use egui::{Align2, CornerRadius, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2};
use linchpin_app::command::Command;
use linchpin_compare::Side;
use linchpin_render::theme::{self, size, space};

/// Paints one side; the title leads to the record, the words to the document.
pub(super) fn show(ui: &mut Ui, side: &Side, out: &mut Vec<Command>) {
    ui.horizontal_top(|ui| {
        strength_sign(ui, side);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            if widgets::link(ui, &side.title).clicked() {
                out.push(Command::ShowRecord(side.record));
            }
            let label = side
                .step_words
                .split_once(" · ")
                .map_or(side.step_words.as_str(), |(_, l)| l);
            let verb = format!("“{}” · {label}", side.verb);
            ui.add(egui::Label::new(verb).wrap());
            phrase_link(ui, side, out);
        });
    });
}

/// The words that stand there, and the way to them.
fn phrase_link(ui: &mut Ui, side: &Side, out: &mut Vec<Command>) {
    let p = theme::palette_of(ui);
    let paragraph = side
        .paragraph
        .map_or_else(String::new, |n| format!("  ¶ {n}"));
    let Some(phrase) = &side.phrase else {
        widgets::caption(ui, paragraph.trim());
        return;
    };
    let text = RichText::new(format!("“{phrase}”{paragraph}"))
        .font(theme::regular(size::BODY))
        .color(p.text_muted);
    let label = egui::Label::new(text).wrap().sense(Sense::click());
    let response = ui
        .add(label)
        .on_hover_cursor(egui::CursorIcon::PointingHand);
    let name = format!("Read: {phrase}");
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
    if response.on_hover_text("Read it in the document").clicked() {
        out.push(Command::OpenReader {
            document: side.document.clone(),
            paragraph: side.paragraph,
            phrase: Some(phrase.clone()),
        });
    }
}

/// The step: its number on its color; a kind without a rank has a dash in a ring.
pub(super) fn strength_sign(ui: &mut Ui, side: &Side) {
    step_sign(ui, side.rank, &side.step_words);
}

/// The sign of a step.
pub(super) fn step_sign(ui: &mut Ui, rank: Option<u8>, words: &str) {
    let p = theme::palette_of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(22.0, 20.0), Sense::hover());
    let fill = rank.and_then(|rank| p.ladder.get(usize::from(rank)));
    let (text, color) = match (rank, fill) {
        (Some(rank), Some(fill)) => {
            ui.painter().rect_filled(rect, CornerRadius::same(4), *fill);
            (rank.to_string(), theme::text_color_on(*fill))
        }
        _ => {
            let line = Stroke::new(1.0, p.text_muted);
            let inside = egui::StrokeKind::Inside;
            ui.painter()
                .rect_stroke(rect, CornerRadius::same(4), line, inside);
            ("–".to_owned(), p.text_muted)
        }
    };
    let font = theme::semibold(size::CAPTION);
    ui.painter()
        .text(rect.center(), Align2::CENTER_CENTER, text, font, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Strength: {words}")));
    response.on_hover_text(words);
    ui.add_space(space::XS);
}
