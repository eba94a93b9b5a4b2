//! Selecting words with the mouse, and copying them: as they are, or with the place where they stand.

use super::block_layout::PlacedBlock;
use super::state::{ReaderSelection, ReaderState};
use crate::widgets;
use egui::{Event, Frame, Margin, Panel, Pos2, Response, Ui};
use linchpin_app::App;
use linchpin_app::command::{Action, Command};
use linchpin_app::reader::ReaderDocument;
use linchpin_register::Document;
use linchpin_register::tables::citation_styles::{self, CitedSource};
use linchpin_render::theme::{self, space};
use unicode_segmentation::UnicodeSegmentation as _;

/// Follows the mouse over the text.
pub(super) fn handle_mouse(
    ui: &Ui,
    opened: &ReaderDocument,
    state: &mut ReaderState,
    placed: &[PlacedBlock],
    text_response: &Response,
) {
    let is_over = ui.input(|i| i.pointer.hover_pos()).is_some_and(|at| {
        let first = placed.first();
        first.is_some_and(|first| at.x >= first.origin.x)
    });
    if text_response.hovered() && is_over {
        ui.set_cursor_icon(egui::CursorIcon::Text);
    }
    if text_response.clicked() {
        state.selection = None;
        state.highlight = None;
    }
    let Some(at) = text_response.interact_pointer_pos() else {
        if let Some(selected) = &mut state.selection {
            selected.is_dragged = false;
        }
        return;
    };
    if text_response.double_clicked() {
        state.selection = byte_at(placed, at).and_then(|byte| word_at(opened, byte));
        return;
    }
    if text_response.drag_started() {
        let from = ui.input(|i| i.pointer.press_origin()).unwrap_or(at);
        state.selection = byte_at(placed, from).map(|byte| ReaderSelection {
            anchor: byte,
            head: byte,
            is_dragged: true,
        });
        state.highlight = None;
    }
    if text_response.dragged()
        && let Some(selected) = &mut state.selection
        && let Some(byte) = byte_at(placed, at)
    {
        selected.head = byte;
        selected.is_dragged = true;
        // Beyond the edge the text follows.
        let over = (text_response.rect.top() - at.y).max(0.0)
            - (at.y - text_response.rect.bottom()).max(0.0);
        if over != 0.0 {
            ui.scroll_with_delta(egui::vec2(0.0, over.clamp(-24.0, 24.0)));
            ui.request_repaint();
        }
    }
    if text_response.drag_stopped() {
        let is_empty = |selected: &ReaderSelection| selected.text(&opened.prose).is_none();
        state.selection.take_if(|selected| is_empty(selected));
        if let Some(selected) = &mut state.selection {
            selected.is_dragged = false;
        }
    }
}

/// The byte of the text that is nearest to a place on screen.
fn byte_at(placed: &[PlacedBlock], at: Pos2) -> Option<usize> {
    let below = placed.iter().rfind(|one| one.origin.y <= at.y);
    let one = below.or(placed.first())?;
    Some(one.layout.byte_at(one.origin, at))
}

fn word_at(opened: &ReaderDocument, byte: usize) -> Option<ReaderSelection> {
    let paragraph = opened.prose.paragraph_at(byte)?;
    let span = opened.prose.span(paragraph)?;
    let text = opened.prose.text().get(span.clone())?;
    let mut words = text.unicode_word_indices();
    let (at, word) = words.find(|(at, word)| {
        let start = span.start + at;
        (start..=start + word.len()).contains(&byte)
    })?;
    Some(ReaderSelection {
        anchor: span.start + at,
        head: span.start + at + word.len(),
        is_dragged: false,
    })
}

/// Paints the bar of what can be done with selected words, and reads its keys. Before the text, so that this keeps its place.
pub(super) fn selection_bar(
    ui: &mut Ui,
    app: &App,
    opened: &ReaderDocument,
    state: &ReaderState,
    out: &mut Vec<Command>,
) {
    let cite_key = Action::CopyCitation.spec().shortcut;
    let selected = state.selection.filter(|selected| !selected.is_dragged);
    let words = selected.and_then(|selected| selected.text(&opened.prose));
    let (Some(selected), Some(words)) = (selected, words) else {
        return;
    };
    let is_free = !ui.text_edit_focused();
    let copy = is_free && ui.input(|i| i.events.iter().any(|e| matches!(e, Event::Copy)));
    let cite = cite_key.is_some_and(|key| ui.input_mut(|i| i.consume_shortcut(&key)));
    let cited = || with_citation(app, opened, selected, words);
    let mut act = |with: bool| {
        out.push(Command::CopyText {
            text: if with { cited() } else { words.to_owned() },
            what: if with {
                "words with their citation"
            } else {
                "words"
            },
        });
    };
    if copy || cite {
        act(cite);
    }
    let frame = Frame::new()
        .fill(theme::palette_of(ui).sidebar)
        .inner_margin(Margin::symmetric(24, 6));
    Panel::bottom("selected words")
        .frame(frame)
        .show_separator_line(true)
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                let count = words.unicode_words().count();
                let noun = if count == 1 { "word" } else { "words" };
                widgets::caption(ui, format!("{count} {noun} selected"));
                ui.add_space(space::S);
                if ui.button("Copy").on_hover_text("Ctrl+C").clicked() {
                    act(false);
                }
                let help = "The words, and where they stand  Ctrl+Shift+C";
                if ui
                    .button("Copy with citation")
                    .on_hover_text(help)
                    .clicked()
                {
                    act(true);
                }
            });
        });
}

/// The words, and where they stand, in plain style.
fn with_citation(
    app: &App,
    opened: &ReaderDocument,
    selected: ReaderSelection,
    words: &str,
) -> String {
    let register = app.register();
    let Some(document) = register.get::<Document>(&opened.document) else {
        return words.to_owned();
    };
    let cited = CitedSource {
        paragraph: opened.prose.paragraph_at(selected.range().start),
        ..CitedSource::of_document(register, document)
    };
    format!(
        "“{words}” ({})",
        (citation_styles::by_id("plain").write)(&cited)
    )
}
