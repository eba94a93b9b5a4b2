//! The text for those who hear the window: its name, the line with the cursor, what is selected in it.

use super::EditorText;
use super::paint::CursorPosition;
use super::text_position::{self, TextSelection};
use egui::accesskit::{Action, ActionData};
use egui::emath::TSTransform;
use egui::text::{CCursor, CCursorRange};
use egui::text_selection::accesskit_text::update_accesskit_for_text_widget;
use egui::{Event, Id, Response, Role, Ui, WidgetInfo};

/// The longest part of a line that is spoken, in bytes.
const MAX_SPOKEN_BYTES: usize = 2000;

/// Names the text and its parts.
pub(super) fn update_accessibility(
    ui: &Ui,
    source: &EditorText<'_>,
    page: &Response,
    gutter: &Response,
    selection: TextSelection,
    cursor: &CursorPosition,
) {
    gutter.widget_info(|| WidgetInfo::labeled(Role::Label, true, "Numbers of the lines"));
    let number = source.lines.line_at(selection.head);
    let line = text_position::line_span(source.text, source.lines, number);
    let words = line.of(source.text);
    let words = &words[..words.floor_char_boundary(MAX_SPOKEN_BYTES)];
    page.widget_info(|| {
        let label = format!("Text of {}", source.name);
        let mut info = WidgetInfo::labeled(Role::MultilineTextInput, true, label);
        info.current_text_value = Some(words.to_owned());
        info
    });
    ui.ctx().accesskit_node_builder(page.id, |node| {
        if source.read_only {
            node.set_read_only();
        } else {
            node.add_action(Action::ReplaceSelectedText);
        }
    });
    if let Some((row, at)) = &cursor.row {
        let index = |offset: u32| {
            let span = ron_lossless::Span::new(row.span.start, offset.max(row.span.start));
            let end = span.end.min(row.span.end);
            let before = ron_lossless::Span::new(span.start, end).of(source.text);
            CCursor::new(before.chars().count())
        };
        let range = CCursorRange::two(index(selection.anchor), index(selection.head));
        let place = TSTransform::from_translation(at.to_vec2());
        update_accesskit_for_text_widget(ui.ctx(), page.id, Some(range), place, &row.galley);
    }
}

/// Text that an assistant puts in the place of the selection, as if it were pasted.
pub(super) fn replace_selection_requests(ui: &Ui, id: Id) -> Vec<Event> {
    ui.input(|input| {
        input
            .accesskit_action_requests(id, Action::ReplaceSelectedText)
            .filter_map(|request| match &request.data {
                Some(ActionData::Value(words)) => Some(Event::Paste(words.to_string())),
                _ => None,
            })
            .collect()
    })
}
