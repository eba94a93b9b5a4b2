//! The header of a document: what it is, how far it has been coded, what can be done.

use super::highlights::{marked_kinds, paint_underline, underline_style};
use super::margin::paint_sign;
use crate::widgets;
use egui::{Align, Frame, Layout, Role, Sense, Ui, WidgetInfo, vec2};
use linchpin_app::App;
use linchpin_app::command::{Action, Command, ReaderAction};
use linchpin_app::reader::ReaderDocument;
use linchpin_reading::{AnchorStatus, SentenceState, TextState};
use linchpin_register::english::count_noun;
use linchpin_register::tables::citation_styles::CitedSource;
use linchpin_register::tables::record_detail::field_label;
use linchpin_register::{Document, RecordKind};
use linchpin_render::theme::{self, space};

/// Paints the head.
pub(super) fn show(
    ui: &mut Ui,
    app: &App,
    document: &Document,
    opened: &ReaderDocument,
    out: &mut Vec<Command>,
) {
    let frame = Frame::new().inner_margin(widgets::page_margin(14, 8));
    let shown = frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            back_button(ui, out);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let codes = app.view.reading.coding.is_some();
                let label = if codes {
                    "End coding"
                } else {
                    "Code this document"
                };
                action_button(ui, label, ReaderAction::ToggleCoding, !codes, out);
                let help = "Find words in the text  Ctrl+F";
                if widgets::named_toolbar_button(ui, "Find…", "Find in this text", help) {
                    out.push(Command::RunAction(Action::Find));
                }
                // After the buttons, so that a long title is cut and pushes none of them out.
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    widgets::page_title(ui, &document.short).on_hover_text(&document.title);
                });
            });
        });
        text_state_tag(ui, opened);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS + 2.0;
            widgets::caption(ui, format!("{} · ", document.date.date.to_long_form()));
            coverage_bar(ui, opened);
            action_button(
                ui,
                "Next open sentence",
                ReaderAction::NextOpenSentence,
                false,
                out,
            );
            let mut only = app.view.reading.only_open;
            let box_ = ui.checkbox(&mut only, "Dim the rest");
            let help = Action::Reader(ReaderAction::DimReviewed).spec().help;
            if box_.on_hover_text(format!("{help}  O")).changed() {
                out.push(Command::RunAction(Action::Reader(
                    ReaderAction::DimReviewed,
                )));
            }
            widgets::divider(ui);
            widgets::citation_button(ui, app, citation_target(app, document), out);
            legend_menu(ui, opened);
            broken_anchor_menu(ui, app, opened, out);
        });
    });
    let rect = shown.response.rect;
    let line = egui::Stroke::new(1.0, theme::palette_of(ui).hairline);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
    // Takes back the gap that follows a frame, so that the text begins right below the line.
    ui.add_space(1.0 - ui.spacing().item_spacing.y);
}

/// The way back to the list of documents.
pub(super) fn back_button(ui: &mut Ui, out: &mut Vec<Command>) {
    let help = Action::Reader(ReaderAction::ShowDocuments).spec().help;
    if widgets::toolbar_button(ui, "← All documents", help).clicked() {
        out.push(Command::RunAction(Action::Reader(
            ReaderAction::ShowDocuments,
        )));
    }
}

/// "31 of 34 sentences coded or dismissed", with the share as a bar.
fn coverage_bar(ui: &mut Ui, opened: &ReaderDocument) {
    let p = theme::palette_of(ui);
    let text = opened.coverage_summary();
    let (rect, response) = ui.allocate_exact_size(vec2(64.0, 8.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &text));
    let corner = egui::CornerRadius::same(4);
    ui.painter().rect_filled(rect, corner, p.hairline);
    let mut done = rect;
    done.set_width(rect.width() * opened.coverage.reviewed_share() as f32);
    ui.painter().rect_filled(done, corner, p.accent);
    let count = |state| opened.coverage.count(state);
    widgets::caption(ui, text).on_hover_text(format!(
        "{} coded, {} dismissed, {} not looked at",
        count(SentenceState::Coded),
        count(SentenceState::Dismissed),
        count(SentenceState::Open)
    ));
}

/// What is cited by the button of the page: the words of the selected record that stand here, else
/// the document.
fn citation_target<'r>(app: &'r App, document: &'r Document) -> CitedSource<'r> {
    let register = app.register();
    let record = app.selected().and_then(|at| register.record(at));
    let own = record.and_then(|record| {
        let mut all = record.citations().iter();
        all.find(|c| c.document.as_str() == document.id.as_str())
    });
    let text = own.and_then(|citation| CitedSource::of_citation(register, citation));
    text.unwrap_or_else(|| CitedSource::of_document(register, document))
}

fn text_state_tag(ui: &mut Ui, opened: &ReaderDocument) {
    if opened.attached.state != TextState::Changed {
        return;
    }
    let p = theme::palette_of(ui);
    widgets::tag(
        ui,
        "This text has changed since it was attached",
        p.warning,
        p.warning_soft,
    )
    .on_hover_text(
        "Its SHA-256 is not the one that the register has. Phrases may have moved; attach the text \
         again where it is right",
    );
}

/// What the marks mean.
fn legend_menu(ui: &mut Ui, opened: &ReaderDocument) {
    ui.menu_button("What the marks mean", |ui| {
        ui.set_min_width(280.0);
        let p = theme::palette_of(ui);
        for kind in marked_kinds(opened) {
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(36.0, 18.0), Sense::hover());
                let y = rect.bottom() - 4.0;
                let color = match kind {
                    RecordKind::Commitment => p.ladder[4],
                    _ => p.text_muted,
                };
                paint_underline(
                    ui.painter(),
                    underline_style(kind),
                    rect.x_range(),
                    y,
                    color,
                );
                ui.label(field_label(kind.what()));
            });
        }
        widgets::caption(
            ui,
            "The number before a commitment is its step on the ladder, 6 the firmest; a dash: \
             without a rank.",
        );
        widgets::caption(
            ui,
            "≈ found but for quotation marks, dashes, case or spaces; → found in another \
             paragraph.",
        );
        ui.separator();
        for (state, text) in [
            (SentenceState::Coded, "A sentence with a record"),
            (
                SentenceState::Dismissed,
                "A sentence dismissed with a reason",
            ),
            (SentenceState::Open, "A sentence that nobody has looked at"),
        ] {
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(36.0, 18.0), Sense::hover());
                paint_sign(ui.painter(), rect.center(), state, p);
                ui.label(text);
            });
        }
    });
}

/// Citations whose words stand nowhere, or elsewhere than they say.
fn broken_anchor_menu(ui: &mut Ui, app: &App, opened: &ReaderDocument, out: &mut Vec<Command>) {
    let p = theme::palette_of(ui);
    let broken = &opened.spots.broken_anchors;
    let moved = |fit: AnchorStatus| matches!(fit, AnchorStatus::Moved(_));
    let elsewhere: Vec<_> = opened
        .spots
        .segments
        .iter()
        .filter(|s| moved(s.anchor_status))
        .collect();
    let count = broken.len() + elsewhere.len();
    if count == 0 {
        return;
    }
    let text = format!("{} not in place", count_noun(count, "phrase"));
    let text = egui::RichText::new(text).color(p.error);
    ui.menu_button(text, |ui| {
        ui.set_max_width(420.0);
        for one in broken {
            let label = format!("Not in this text: “{}” ({})", one.phrase, one.title);
            if widgets::link(ui, &label).clicked() {
                let found = app.register().find(&one.id);
                out.extend(found.map(Command::SelectRecord));
                ui.close();
            }
        }
        for segment in elsewhere {
            let label = format!(
                "In paragraph {}, not where it says: {}",
                segment.paragraph, segment.title
            );
            if widgets::link(ui, &label).clicked() {
                let range = segment.range.clone();
                let go = linchpin_app::command::ReaderCommand::GoTo(range);
                out.push(Command::Reader(go));
                let found = app.register().find(&segment.id);
                out.extend(found.map(Command::SelectRecord));
                ui.close();
            }
        }
    });
}

/// What the button of an action says: its words and its key.
fn with_key(text: &str, action: ReaderAction) -> String {
    let key = action.key_name();
    match key.is_empty() {
        true => text.to_owned(),
        false => format!("{text}  {key}"),
    }
}

/// A button of an action of the reader; `name` is its name for screen readers.
pub(super) fn action_button(
    ui: &mut Ui,
    label: &str,
    what: ReaderAction,
    primary: bool,
    out: &mut Vec<Command>,
) -> egui::Response {
    let text = with_key(label, what);
    let button = match primary {
        true => widgets::primary_button(ui, &text),
        false => ui.button(text),
    };
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, label));
    if button.clicked() {
        out.push(Command::RunAction(Action::Reader(what)));
    }
    button.on_hover_text(Action::Reader(what).spec().help)
}
