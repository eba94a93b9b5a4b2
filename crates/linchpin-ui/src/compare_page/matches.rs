//! Commitment by commitment: what became of each, both phrases, and the decision about it, by
//! button or key.

use super::send;
use crate::widgets;
use egui::{
    Align2, CornerRadius, Frame, Key, Margin, Modifiers, RichText, Role, Sense, Stroke, Ui,
    WidgetInfo, vec2,
};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::compare::{CompareCommand, DocumentComparison};
use linchpin_app::dialog::Dialog;
use linchpin_compare::{CommitmentInDocument, CommitmentMatch, MatchOutcome, MatchStatus};
use linchpin_register::english::capitalize;
use linchpin_register::vocabulary::WordingChange;
use linchpin_register::{LadderStep, Register};
use linchpin_render::theme::{self, size, space};

/// What the keys do, for the foot of the matches.
const KEYS_HELP: &str =
    "Keys: J and K go down and up, C confirms, N says that there is no partner, U takes back.";

/// Paints up to so many matches.
pub(super) fn show(
    ui: &mut Ui,
    app: &App,
    found: &DocumentComparison,
    most: usize,
    out: &mut Vec<Command>,
) {
    let all = &found.matching.matches;
    if all.is_empty() {
        return;
    }
    widgets::section_heading(ui, "Commitment by commitment");
    widgets::caption(ui, KEYS_HELP);
    let mut last: Option<MatchOutcome> = None;
    for (at, one) in all.iter().enumerate().take(most) {
        if last != Some(one.outcome) {
            last = Some(one.outcome);
            ui.add_space(space::S);
            heading(ui, one.outcome);
        }
        match_card(ui, app, found, (at, one), out);
        ui.add_space(space::XS);
    }
}

/// A sign for each change, so that it never rests on color.
fn finding_symbol(finding: MatchOutcome) -> &'static str {
    match finding {
        MatchOutcome::Change(WordingChange::New) => "+",
        MatchOutcome::Change(WordingChange::Dropped) => "−",
        MatchOutcome::Change(WordingChange::Strengthened) => "↑",
        MatchOutcome::Change(WordingChange::Weakened) => "↓",
        MatchOutcome::Change(WordingChange::Restored) => "↺",
        MatchOutcome::Change(WordingChange::Reworded) => "≈",
        MatchOutcome::Change(WordingChange::Repeated) => "=",
        MatchOutcome::NotCoded => "?",
    }
}

fn heading(ui: &mut Ui, finding: MatchOutcome) {
    let symbol = finding_symbol(finding);
    widgets::section_heading(ui, &format!("{symbol}  {}", capitalize(finding.label())));
}

fn match_card(
    ui: &mut Ui,
    app: &App,
    found: &DocumentComparison,
    (at, one): (usize, &CommitmentMatch),
    out: &mut Vec<Command>,
) {
    let p = theme::palette_of(ui);
    let is_here = app.view.comparing.current_match == Some(at);
    let line = if is_here { p.accent } else { p.hairline };
    let frame = Frame::new()
        .fill(p.background)
        .stroke(Stroke::new(if is_here { 2.0 } else { 1.0 }, line))
        .corner_radius(theme::RADIUS)
        .inner_margin(Margin::symmetric(12, 8));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.columns(2, |columns| {
            if let [left, right] = columns {
                match_half(left, app.register(), one, true, out);
                match_half(right, app.register(), one, false, out);
            }
        });
        notes(ui, one);
        buttons(ui, found, at, one, out);
    });
    if is_here && app.view.comparing.scroll_to_current {
        shown.response.scroll_to_me(None);
    }
}

fn match_half(
    ui: &mut Ui,
    register: &Register,
    one: &CommitmentMatch,
    is_before: bool,
    out: &mut Vec<Command>,
) {
    let own = if is_before { &one.before } else { &one.after };
    if let Some(own) = own {
        return match_side(ui, register, own, out);
    }
    let text = match (one.outcome, is_before) {
        (MatchOutcome::NotCoded, _) => "Not coded there",
        (_, true) => "Not in the earlier document",
        (_, false) => "Not in the later document",
    };
    widgets::caption(ui, text);
    if let Some(older) = one.restored_from.as_ref().filter(|_| is_before) {
        widgets::caption(ui, "Stood in an earlier one:");
        match_side(ui, register, older, out);
    }
}

fn notes(ui: &mut Ui, one: &CommitmentMatch) {
    for note in &one.notes {
        widgets::caption(ui, note.to_string());
    }
    if one.status == MatchStatus::Proposed && !one.reasons.is_empty() {
        widgets::caption(ui, format!("Why: {}.", one.reasons_text()));
    }
}

fn buttons(
    ui: &mut Ui,
    found: &DocumentComparison,
    at: usize,
    one: &CommitmentMatch,
    out: &mut Vec<Command>,
) {
    let p = theme::palette_of(ui);
    let side = one.after.as_ref().or(one.before.as_ref());
    let title = side.map_or("", |side| side.title.as_str());
    ui.horizontal_wrapped(|ui| {
        let is_confirmed = one.status == MatchStatus::Confirmed;
        let text = match (is_confirmed, one.score) {
            (true, _) => "✓ Confirmed".to_owned(),
            (false, Some(score)) => format!("Proposed · {:.0}% alike", 100.0 * score),
            (false, None) => "Proposed".to_owned(),
        };
        if one.outcome != MatchOutcome::NotCoded {
            let color = if is_confirmed { p.text } else { p.text_muted };
            let background = if is_confirmed {
                p.accent_soft
            } else {
                p.surface
            };
            widgets::tag(ui, &text, color, background);
        }
        let mut button = |ui: &mut Ui, text: &str, help: &str, what: CompareCommand| {
            let response = ui.button(text).on_hover_text(help);
            // Each card has the same buttons; the title tells them apart for a screen reader.
            let name = format!("{text}: {title}");
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.clicked() {
                send(out, what);
            }
        };
        if is_confirmed {
            let help = "Remove it from the register, and see the proposal again";
            button(ui, "Take back", help, CompareCommand::RemoveDecision(at));
        } else if one.outcome != MatchOutcome::NotCoded {
            let help = "Write it into the register";
            button(ui, "Confirm", help, CompareCommand::Confirm(at));
        }
        if one.before.is_some() && one.after.is_some() {
            let help = "The later one has no partner in the document before: it is new";
            button(ui, "No partner", help, CompareCommand::SetNoPartner(at));
        }
        partner_menu(ui, found, at, one, title, out);
    });
}

/// Another partner: the likely ones first, then all of the other document.
fn partner_menu(
    ui: &mut Ui,
    found: &DocumentComparison,
    at: usize,
    one: &CommitmentMatch,
    title: &str,
    out: &mut Vec<Command>,
) {
    let menu = ui.menu_button("Choose another…", |ui| {
        let mut offer = |ui: &mut Ui, id: &str, text: String| {
            if ui.button(text).clicked() {
                send(out, CompareCommand::SetPartner(at, id.to_owned()));
                ui.close();
            }
        };
        for other in &one.alternatives {
            let text = format!("{} · {:.0}% alike", other.title, 100.0 * other.score);
            offer(ui, &other.id, text);
        }
        ui.separator();
        egui::ScrollArea::vertical()
            .max_height(320.0)
            .show(ui, |ui| {
                for other in &found.matching.matches {
                    let partner = match one.after.is_some() {
                        true => &other.before,
                        false => &other.after,
                    };
                    if let Some(partner) = partner {
                        offer(ui, &partner.id, partner.title.clone());
                    }
                }
            });
    });
    let name = format!("Choose another partner: {title}");
    menu.response
        .widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
}

/// Reads the keys for the matches, unless something is being typed or a dialog is open.
pub(super) fn handle_keys(ui: &Ui, app: &App, found: &DocumentComparison, out: &mut Vec<Command>) {
    if app.dialog != Dialog::None || ui.ctx().egui_wants_keyboard_input() {
        return;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::J) {
        send(out, CompareCommand::StepMatch(1));
    }
    if pressed(Key::K) {
        send(out, CompareCommand::StepMatch(-1));
    }
    let at = app.view.comparing.current_match;
    // The view remembers a position, and a newer comparison may have fewer matches.
    let Some(at) = at.filter(|at| *at < found.matching.matches.len()) else {
        return;
    };
    for (key, what) in [
        (Key::C, CompareCommand::Confirm(at)),
        (Key::N, CompareCommand::SetNoPartner(at)),
        (Key::U, CompareCommand::RemoveDecision(at)),
    ] {
        if pressed(key) {
            send(out, what);
        }
    }
}

/// A commitment of one document: its step as a sign, its verb and its words. The title leads to the
/// record, the words to the document.
fn match_side(
    ui: &mut Ui,
    register: &Register,
    side: &CommitmentInDocument,
    out: &mut Vec<Command>,
) {
    ui.horizontal_top(|ui| {
        strength_sign(ui, side);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            if widgets::link(ui, &side.title).clicked() {
                out.push(Command::ShowRecord(side.record));
            }
            let step = side.step.as_deref();
            let step = step.and_then(|id| register.get::<LadderStep>(id));
            let label = step.map_or(side.step_label.as_str(), |step| &step.label);
            let verb = format!("“{}” · {label}", side.verb);
            ui.add(egui::Label::new(verb).wrap());
            phrase_link(ui, side, out);
        });
    });
}

/// The words that stand there, and the way to them.
fn phrase_link(ui: &mut Ui, side: &CommitmentInDocument, out: &mut Vec<Command>) {
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
fn strength_sign(ui: &mut Ui, side: &CommitmentInDocument) {
    step_sign(ui, side.rank, &side.step_label);
}

/// The sign of a step.
pub(super) fn step_sign(ui: &mut Ui, rank: Option<u8>, label: &str) {
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
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Strength: {label}")));
    response.on_hover_text(label);
    ui.add_space(space::XS);
}
