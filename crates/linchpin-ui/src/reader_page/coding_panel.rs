//! What may be worth a record, one after the other: the candidate at hand, what can be done with
//! it, and all others in a list.

use super::header::action_button;
use crate::widgets;
use egui::{
    Frame, Margin, Panel, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2,
};
use linchpin_app::App;
use linchpin_app::command::{Command, ReaderAction, ReaderCommand};
use linchpin_app::reader::ReaderDocument;
use linchpin_reading::{Candidate, ExclusionReason, Proposal, ReviewItem, SentenceState};
use linchpin_register::tables::formatting::format_number;
use linchpin_register::tables::record_detail::field_label;
use linchpin_register::vocabulary::DismissalReason;
use linchpin_register::{LadderStep, Register};
use linchpin_render::theme::{self, size, space};

/// Height of a row of the list, in points.
const ROW_PT: f32 = 46.0;

/// Paints the panel next to the text.
pub(super) fn panel(ui: &mut Ui, app: &App, opened: &ReaderDocument, out: &mut Vec<Command>) {
    let width = if ui.available_width() < 760.0 {
        232.0
    } else {
        296.0
    };
    let frame = Frame::new()
        .fill(theme::palette_of(ui).sidebar)
        .inner_margin(Margin::symmetric(14, 12));
    Panel::right("coding")
        .frame(frame)
        .exact_size(width)
        .resizable(false)
        .show(ui, |ui| {
            let all = opened.stops.len();
            let open = opened
                .stops
                .iter()
                .filter(|s| s.state == SentenceState::Open);
            let done = all - open.count();
            widgets::section_heading(ui, "Coding");
            widgets::caption(ui, format!("{done} of {all} places looked at"));
            ui.add_space(space::XS);
            match app.stop() {
                Some(item) => current_item(ui, app, opened, item, out),
                None => {
                    widgets::caption(ui, "J goes to the first place.");
                }
            }
            ui.add_space(space::S);
            ui.separator();
            item_list(ui, app, opened, out);
        });
}

/// The candidate at which the keyboard is.
fn current_item(
    ui: &mut Ui,
    app: &App,
    opened: &ReaderDocument,
    item: &ReviewItem,
    out: &mut Vec<Command>,
) {
    let p = theme::palette_of(ui);
    let register = app.register();
    let title = match &item.candidate {
        Some(candidate) => candidate_quote(candidate, opened),
        None => "No candidate in this sentence".into(),
    };
    ui.label(
        RichText::new(title)
            .font(theme::semibold(size::BODY))
            .color(p.text),
    );
    for line in proposal_lines(register, item) {
        widgets::caption(ui, line);
    }
    if let Some(excluded) = item.candidate.as_ref().and_then(|c| c.excluded) {
        widgets::tag(ui, &exclusion_label(excluded), p.text_muted, p.hover)
            .on_hover_text("Probably no record, or one of another kind. You decide");
    }
    if item.state != SentenceState::Open {
        widgets::caption(ui, format!("Done: {}", state_label(item.state)));
    }
    let coding = app.view.reading.coding.as_ref();
    if let Some(note) = coding.and_then(|coding| coding.dismissal_note.as_ref()) {
        return dismissal_reasons(ui, item, note, out);
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
        action_button(ui, "Accept", ReaderAction::Accept, true, out);
        action_button(ui, "Dismiss", ReaderAction::Dismiss, false, out);
        if item.candidate.is_some() {
            action_button(ui, "Split", ReaderAction::Split, false, out);
        }
        action_button(ui, "Undo", ReaderAction::Undo, false, out);
        action_button(ui, "Show record", ReaderAction::ShowRecord, false, out);
    });
}

/// The reasons for which a sentence may yield no record, each with its key.
fn dismissal_reasons(ui: &mut Ui, item: &ReviewItem, note: &str, out: &mut Vec<Command>) {
    widgets::caption(ui, "Why does this sentence yield no record?");
    let mut text = note.to_owned();
    let field = TextEdit::singleline(&mut text)
        .hint_text("Note, if one is needed")
        .desired_width(f32::INFINITY);
    let field = ui.add(field);
    field.widget_info(|| widgets::text_input_info("Note on the dismissal", note));
    if field.changed() {
        out.push(Command::Reader(ReaderCommand::SetDismissalNote(text)));
    }
    let proposed = super::proposed_reason(item);
    ui.spacing_mut().item_spacing.y = 2.0;
    for (key, reason) in linchpin_app::command::DIGITS
        .into_iter()
        .zip(DismissalReason::ALL)
    {
        let digit = key.name();
        let enter = if proposed == Some(*reason) {
            "   Enter"
        } else {
            ""
        };
        let label = format!("{digit}  {}{enter}", field_label(reason.label()));
        let row = egui::Button::selectable(proposed == Some(*reason), label);
        let row = ui.add_sized(vec2(ui.available_width(), 24.0), row);
        row.widget_info(|| WidgetInfo::labeled(Role::Button, true, field_label(reason.label())));
        if row.on_hover_text(reason.meaning()).clicked() {
            out.push(Command::Reader(ReaderCommand::DismissWithReason(*reason)));
        }
    }
    if widgets::toolbar_button(ui, "Keep the sentence  Esc", "Do not dismiss it").clicked() {
        out.push(Command::Reader(ReaderCommand::CancelDismissal));
    }
}

/// All places, in the order of the text.
fn item_list(ui: &mut Ui, app: &App, opened: &ReaderDocument, out: &mut Vec<Command>) {
    let p = theme::palette_of(ui);
    let now = app.stop().map(|item| item.range.clone());
    let now = now.and_then(|range| opened.stops.iter().position(|item| item.range == range));
    let room = ui.available_height();
    let mut area = ScrollArea::vertical()
        .id_salt("candidates")
        .auto_shrink(false);
    ui.spacing_mut().item_spacing.y = 0.0;
    // The list follows where the keyboard went.
    let id = ui.scope_id().with("candidate shown");
    let seen: Option<usize> = ui.data(|data| data.get_temp(id));
    if let Some(now) = now
        && seen != Some(now)
    {
        ui.data_mut(|data| data.insert_temp(id, now));
        let most = (opened.stops.len() as f32 * ROW_PT - room).max(0.0);
        area = area.vertical_scroll_offset((now as f32 * ROW_PT - room / 3.0).clamp(0.0, most));
    }
    area.show_rows(ui, ROW_PT, opened.stops.len(), |ui, rows| {
        for index in rows {
            let Some(item) = opened.stops.get(index) else {
                continue;
            };
            let size = vec2(ui.available_width(), ROW_PT);
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            let is_now = now == Some(index);
            let is_hot = response.hovered() || response.has_focus();
            widgets::row_background(ui, rect, 4, is_now, is_hot);
            let (title, about) = row_text(app.register(), opened, item);
            let open = item.state == SentenceState::Open;
            let color = if open { p.text } else { p.text_muted };
            let font = match open && item.candidate.is_some() {
                true => theme::semibold(size::BODY),
                false => theme::regular(size::BODY),
            };
            let width = rect.width() - 30.0;
            let at = rect.min + vec2(24.0, 4.0);
            super::margin::paint_sign(ui.painter(), rect.min + vec2(11.0, 14.0), item.state, p);
            let line = widgets::elided_line(ui, &title, font, color, width);
            ui.painter().galley(at, line, color);
            let font = theme::regular(size::CAPTION);
            let line = widgets::elided_line(ui, &about, font, p.text_muted, width);
            ui.painter()
                .galley(at + vec2(0.0, 20.0), line, p.text_muted);
            let name = format!("Paragraph {}: {title}, {about}", item.paragraph);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.clicked() {
                out.push(Command::Reader(ReaderCommand::GoTo(item.range.clone())));
            }
            response.on_hover_text(state_label(item.state));
        }
    });
}

/// What a row of the list says: the words that gave it away, and what is proposed.
fn row_text(register: &Register, opened: &ReaderDocument, item: &ReviewItem) -> (String, String) {
    let place = format!("¶{}", item.paragraph);
    match &item.candidate {
        Some(candidate) => {
            let about = proposal_lines(register, item).join(" · ");
            let excluded = candidate
                .excluded
                .map(|excluded| format!(" · {}", exclusion_label(excluded)));
            let about = format!("{place} · {about}{}", excluded.unwrap_or_default());
            (candidate_quote(candidate, opened), about)
        }
        None => {
            let text = opened.prose.text().get(item.sentence.clone());
            let text: String = text.unwrap_or_default().chars().take(60).collect();
            (text, format!("{place} · no candidate"))
        }
    }
}

/// The words that gave a candidate away, as they stand in the text.
fn candidate_quote(candidate: &Candidate, opened: &ReaderDocument) -> String {
    let text = opened.prose.text().get(candidate.trigger.clone());
    format!("“{}”", text.unwrap_or_default())
}

/// What is proposed, in a few lines.
fn proposal_lines(register: &Register, item: &ReviewItem) -> Vec<String> {
    let Some(candidate) = &item.candidate else {
        return Vec::new();
    };
    match &candidate.proposal {
        Proposal::Commitment {
            step,
            committers,
            hedges,
            mode,
            ..
        } => {
            let step = step.as_ref().and_then(|id| register.get::<LadderStep>(id));
            let step = step.map_or("No step of the ladder".into(), LadderStep::ranked_label);
            let who: Vec<&str> = committers
                .iter()
                .map(|id| register.short_title_of(id))
                .collect();
            let mut all = vec![step];
            if !who.is_empty() {
                all.push(format!("by {}", who.join(", ")));
            }
            if !hedges.is_empty() {
                all.push(format!("hedged: {}", hedges.join(", ")));
            }
            all.push(mode.label().to_owned());
            all
        }
        Proposal::Figure {
            value,
            qualifier,
            unit,
            currency,
        } => {
            let number = value.map(format_number).unwrap_or_default();
            let parts = [
                qualifier.clone().unwrap_or_default(),
                number,
                currency.clone().unwrap_or_default(),
                unit.clone().unwrap_or_default(),
            ];
            let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
            vec![format!("figure: {}", parts.join(" "))]
        }
        Proposal::Name(at) => {
            let name = register.record(*at).map_or("", |record| record.title());
            vec![name.to_owned()]
        }
    }
}

fn exclusion_label(excluded: ExclusionReason) -> String {
    format!("excluded: {}", excluded.label())
}

fn state_label(state: SentenceState) -> &'static str {
    match state {
        SentenceState::Coded => "coded",
        SentenceState::Dismissed => "dismissed",
        SentenceState::Open => "not looked at",
    }
}

// Every reason has a key.
const _: () = assert!(linchpin_app::command::DIGITS.len() >= DismissalReason::ALL.len());
