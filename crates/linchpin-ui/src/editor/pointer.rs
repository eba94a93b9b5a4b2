//! The mouse: placing the cursor, selecting by characters, words and lines.

use super::draft::Draft;
use super::place::{self, Selection};
use super::row::{LINE_PT, Layout};
use super::sheet::Sheet;
use super::state::{Clicks, Drag, EditorState, Follow, Unit};
use super::{Request, Source, typing};
use egui::{Event, OutputCommand, Pos2, Response, Ui};
use ron_lossless::Span;

/// The longest selection that is offered to a click of the middle button elsewhere.
const MAX_OFFERED: u32 = 1 << 20;

/// Where a place on the screen is in the text.
pub(super) fn offset_at(
    ui: &Ui,
    source: &Source<'_>,
    state: &mut EditorState,
    sheet: &Sheet,
    pos: Pos2,
) -> u32 {
    let number = sheet.line_at(&state.scroll, pos.y);
    let mut layout = Layout {
        ui,
        text: source.text,
        lines: source.lines,
        long: &mut state.long,
    };
    layout.offset_at(number, pos.x - sheet.x0(&state.scroll))
}

/// Reads the mouse over the text and over the numbers of the lines.
pub(super) fn read(
    ui: &Ui,
    source: &Source<'_>,
    state: &mut EditorState,
    draft: &mut Draft<'_>,
    sheet: &Sheet,
    page: &Response,
    gutter: &Response,
) -> Option<Request> {
    if page.hovered() {
        ui.set_cursor_icon(egui::CursorIcon::Text);
    }
    let pos = page
        .interact_pointer_pos()
        .or(gutter.interact_pointer_pos())?;
    let over_gutter = gutter.is_pointer_button_down_on() || gutter.clicked();
    let at = offset_at(ui, source, state, sheet, pos);
    let pressed = ui.input(|i| i.pointer.primary_pressed());
    let modifiers = ui.input(|i| i.modifiers);
    if pressed {
        let unit = if over_gutter {
            Unit::Line
        } else {
            count(ui, state, pos)
        };
        let own = around(source, at, unit);
        if modifiers.command && unit == Unit::Character && !over_gutter {
            draft.selection = Selection::at(at);
            return Some(Request::Follow(at));
        }
        let from = if modifiers.shift {
            Span::new(draft.selection.anchor, draft.selection.anchor)
        } else {
            own
        };
        state.drag = Some(Drag { unit, from });
    }
    let is_down = ui.input(|i| i.pointer.primary_down());
    if let Some(drag) = state.drag
        && (is_down || pressed)
    {
        let to = around(source, at, drag.unit);
        draft.selection = if to.start < drag.from.start {
            Selection {
                anchor: drag.from.end,
                head: to.start,
            }
        } else {
            Selection {
                anchor: drag.from.start,
                head: to.end.max(drag.from.end),
            }
        };
        state.desired_x = None;
        state.popup.close();
        pull(ui, state, sheet, pos, pressed);
    }
    if page.drag_stopped() || page.clicked() || gutter.drag_stopped() {
        state.drag = None;
        offer(ui, source.text, draft.selection.span());
    }
    None
}

/// Counts presses at one place: a word with two, a line with three.
fn count(ui: &Ui, state: &mut EditorState, pos: Pos2) -> Unit {
    let now = ui.input(|i| i.time);
    let delay = ui.options(|o| o.input_options.max_double_click_delay);
    let near = state.clicks.place.distance(pos) < 6.0 && now - state.clicks.at_s < delay;
    let count = if near { state.clicks.count + 1 } else { 1 };
    state.clicks = Clicks {
        count,
        at_s: now,
        place: pos,
    };
    match count % 3 {
        1 => Unit::Character,
        2 => Unit::Word,
        _ => Unit::Line,
    }
}

fn around(source: &Source<'_>, at: u32, unit: Unit) -> Span {
    match unit {
        Unit::Character => Span::new(at, at),
        Unit::Word => place::word_at(source.text, at),
        Unit::Line => place::whole_line(source.lines, source.lines.line_at(at)),
    }
}

/// Moves the view while the mouse selects beyond its border.
fn pull(ui: &Ui, state: &mut EditorState, sheet: &Sheet, pos: Pos2, pressed: bool) {
    if pressed || sheet.page.contains(pos) {
        return;
    }
    let seconds = ui.input(|i| i.stable_dt).min(0.1);
    let over = |at: f32, low: f32, high: f32| (at - high).max(0.0) + (at - low).min(0.0);
    let y = over(pos.y, sheet.page.top(), sheet.page.bottom());
    let x = over(pos.x, sheet.page.left(), sheet.page.right());
    state.scroll.top_lines += f64::from(y * seconds * 12.0 / LINE_PT);
    state.scroll.left_pt += x * seconds * 12.0;
    sheet.clamp(&mut state.scroll);
    ui.ctx().request_repaint();
}

/// Lets the middle button put the selection elsewhere, where the system can do that.
fn offer(ui: &Ui, text: &str, span: Span) {
    if span.start != span.end && span.end - span.start < MAX_OFFERED {
        let words = span.of(text).to_owned();
        ui.ctx()
            .send_cmd(OutputCommand::TextSelectionSettled(words));
    }
}

/// What the middle button puts in.
pub(super) fn middle(
    ui: &Ui,
    source: &Source<'_>,
    state: &mut EditorState,
    draft: &mut Draft<'_>,
    sheet: &Sheet,
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
    if let Some((pos, words)) = put {
        draft.selection = Selection::at(offset_at(ui, source, state, sheet, pos));
        typing::paste(draft, &words);
        state.follow = Follow::Cursor;
    }
}
