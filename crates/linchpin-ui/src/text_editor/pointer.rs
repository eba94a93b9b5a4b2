//! The mouse: placing the cursor, selecting by characters, words and lines.

use super::editing::EditBuffer;
use super::line_layout::{LINE_HEIGHT_PT, LineLayouter};
use super::state::{ClickCounter, DragSelection, EditorState, ScrollIntoView, SelectionUnit};
use super::text_position::{self, TextSelection};
use super::viewport::EditorViewport;
use super::{EditorRequest, EditorText, editing};
use egui::{Event, OutputCommand, Pos2, Response, Ui};
use ron_lossless::Span;

/// The longest selection that is offered to a click of the middle button elsewhere.
const MAX_PRIMARY_SELECTION: u32 = 1 << 20;

/// Where a place on the screen is in the text.
pub(super) fn offset_at(
    ui: &Ui,
    source: &EditorText<'_>,
    state: &mut EditorState,
    viewport: &EditorViewport,
    pos: Pos2,
) -> u32 {
    let number = viewport.line_at(&state.scroll, pos.y);
    let mut layout = LineLayouter::new(ui, source, &mut state.long_lines);
    layout.offset_at(number, pos.x - viewport.text_left(&state.scroll))
}

/// Reads the mouse over the text and over the numbers of the lines.
pub(super) fn handle_pointer(
    ui: &Ui,
    source: &EditorText<'_>,
    state: &mut EditorState,
    draft: &mut EditBuffer<'_>,
    viewport: &EditorViewport,
    page: &Response,
    gutter: &Response,
) -> Option<EditorRequest> {
    if page.hovered() {
        ui.set_cursor_icon(egui::CursorIcon::Text);
    }
    let pos = page
        .interact_pointer_pos()
        .or(gutter.interact_pointer_pos())?;
    let over_gutter = gutter.is_pointer_button_down_on() || gutter.clicked();
    let at = offset_at(ui, source, state, viewport, pos);
    let pressed = ui.input(|i| i.pointer.primary_pressed());
    let modifiers = ui.input(|i| i.modifiers);
    if pressed {
        let unit = if over_gutter {
            SelectionUnit::Line
        } else {
            count_click(ui, state, pos)
        };
        let own = unit_span(source, at, unit);
        if modifiers.command && unit == SelectionUnit::Character && !over_gutter {
            draft.selection = TextSelection::at(at);
            return Some(EditorRequest::GoToDefinition(at));
        }
        let from = if modifiers.shift {
            Span::new(draft.selection.anchor, draft.selection.anchor)
        } else {
            own
        };
        state.drag = Some(DragSelection {
            unit,
            anchor_span: from,
        });
    }
    let is_down = ui.input(|i| i.pointer.primary_down());
    if let Some(drag) = state.drag
        && (is_down || pressed)
    {
        let to = unit_span(source, at, drag.unit);
        draft.selection = if to.start < drag.anchor_span.start {
            TextSelection {
                anchor: drag.anchor_span.end,
                head: to.start,
            }
        } else {
            TextSelection {
                anchor: drag.anchor_span.start,
                head: to.end.max(drag.anchor_span.end),
            }
        };
        state.desired_x = None;
        state.completion_popup.close();
        autoscroll(ui, state, viewport, pos, pressed);
    }
    if page.drag_stopped() || page.clicked() || gutter.drag_stopped() {
        state.drag = None;
        offer_primary_selection(ui, source.text, draft.selection.span());
    }
    None
}

/// Counts presses at one place: a word with two, a line with three.
fn count_click(ui: &Ui, state: &mut EditorState, pos: Pos2) -> SelectionUnit {
    // egui counts clicks when the button is let go, but a word is selected as it is pressed.
    let now = ui.input(|i| i.time);
    let delay = ui.options(|o| o.input_options.max_double_click_delay);
    let near = state.clicks.position.distance(pos) < 6.0 && now - state.clicks.at_s < delay;
    let count = if near { state.clicks.count + 1 } else { 1 };
    state.clicks = ClickCounter {
        count,
        at_s: now,
        position: pos,
    };
    match count % 3 {
        1 => SelectionUnit::Character,
        2 => SelectionUnit::Word,
        _ => SelectionUnit::Line,
    }
}

fn unit_span(source: &EditorText<'_>, at: u32, unit: SelectionUnit) -> Span {
    match unit {
        SelectionUnit::Character => Span::new(at, at),
        SelectionUnit::Word => text_position::word_at(source.text, at),
        SelectionUnit::Line => {
            text_position::line_span_with_ending(source.lines, source.lines.line_at(at))
        }
    }
}

/// Moves the view while the mouse selects beyond its border.
fn autoscroll(
    ui: &Ui,
    state: &mut EditorState,
    viewport: &EditorViewport,
    pos: Pos2,
    pressed: bool,
) {
    if pressed || viewport.text_area.contains(pos) {
        return;
    }
    // After a slow frame the view must not leap.
    let seconds = ui.input(|i| i.stable_dt).min(0.1);
    let over = |at: f32, low: f32, high: f32| (at - high).max(0.0) + (at - low).min(0.0);
    let y = over(pos.y, viewport.text_area.top(), viewport.text_area.bottom());
    let x = over(pos.x, viewport.text_area.left(), viewport.text_area.right());
    state.scroll.top_lines += f64::from(y * seconds * 12.0 / LINE_HEIGHT_PT);
    state.scroll.left_pt += x * seconds * 12.0;
    viewport.clamp(&mut state.scroll);
    ui.ctx().request_repaint();
}

/// Lets the middle button put the selection elsewhere, where the system can do that.
fn offer_primary_selection(ui: &Ui, text: &str, span: Span) {
    if span.start != span.end && span.end - span.start < MAX_PRIMARY_SELECTION {
        let label = span.of(text).to_owned();
        ui.ctx()
            .send_cmd(OutputCommand::TextSelectionSettled(label));
    }
}

/// What the middle button puts in.
pub(super) fn paste_primary_selection(
    ui: &Ui,
    source: &EditorText<'_>,
    state: &mut EditorState,
    draft: &mut EditBuffer<'_>,
    viewport: &EditorViewport,
    page: &Response,
) {
    if !page.contains_pointer() || source.read_only {
        return;
    }
    let put = ui.input(|i| {
        i.events.iter().find_map(|event| match event {
            Event::MiddleClickPaste { pos, text } => Some((*pos, text.clone())),
            _ => None,
        })
    });
    if let Some((pos, label)) = put {
        draft.selection = TextSelection::at(offset_at(ui, source, state, viewport, pos));
        editing::paste(draft, &label);
        state.scroll_into_view = ScrollIntoView::Nearest;
    }
}
