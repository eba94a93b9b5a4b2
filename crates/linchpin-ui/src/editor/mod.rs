//! The editor of the file's text. Only the lines in view are laid out and painted, so that a long file is as quick as a short one.
//!
//! The editor never owns the text: it is shown one, and returns the changes the user makes of it. The app carries them out, and the
//! next frame shows the text that came of them.

mod blocks;
mod draft;
mod find;
mod find_bar;
mod inks;
mod keys;
mod marks;
mod paint;
mod place;
mod pointer;
mod popup;
mod row;
mod search;
mod sheet;
mod spoken;
mod state;
mod typing;

pub use draft::Edit;
pub use place::Selection;
pub use popup::Completion;
pub use state::EditorState;

use draft::Draft;
use egui::{EventFilter, Id, Response, Sense, Ui};
use linchpin_render::theme;
use popup::Ask;
use ron_lossless::{Diagnostic, LineIndex, Span};
use row::{Layout, TYPE_PT};
use sheet::Sheet;
use state::Follow;

/// A text to show.
#[derive(Copy, Clone)]
pub struct Source<'a> {
    /// What the file is called, for those who hear the window.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// Where its lines begin.
    pub lines: &'a LineIndex,
    /// Another number whenever the text is another.
    pub revision: u64,
    /// What is wrong with it. Places outside of the text are passed over.
    pub problems: &'a [Diagnostic],
    /// Lines that stand out: those of the record that one came from.
    pub mark: Option<Span>,
    /// Nothing can be changed.
    pub read_only: bool,
}

/// Who knows about the places of a text. Both are asked about the text that is shown.
pub struct Aid<'a> {
    /// What could stand at a byte offset and fits what is typed there, best first.
    pub complete: &'a dyn Fn(u32) -> Vec<Completion>,
    /// What there is to say about the place at a byte offset, when the pointer rests there.
    pub explain: &'a dyn Fn(u32) -> Option<String>,
}

/// Something that the app has to do. It comes after the edits of the same frame.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Take back the last step.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Save the file.
    Save,
    /// Go to what the word at this byte offset stands for.
    Follow(u32),
}

/// What came of one frame.
pub struct EditorOutput {
    /// The changes in order, each of the text after the one before. All fit, and may be carried out without a check.
    pub edits: Vec<Edit>,
    /// What else is to be done, after the changes.
    pub request: Option<Request>,
    /// Whether keys go to the text, or to the bar that finds.
    pub has_focus: bool,
    /// The text as a widget.
    pub response: Response,
}

/// Shows a text in the room that is left, and returns what the user does to it.
pub fn show(
    ui: &mut Ui,
    source: &Source<'_>,
    state: &mut EditorState,
    aid: &Aid<'_>,
) -> EditorOutput {
    let id = ui.make_persistent_id("editor");
    state.keep_up(source.text, source.revision);
    let start = state.selection;
    let mut draft = Draft::new(source.text, source.lines, start, source.read_only);
    let in_bar = find_bar::show(ui, source, state, &mut draft, id);

    let rect = ui.available_rect_before_wrap();
    ui.allocate_rect(rect, Sense::hover());
    let digit_pt = ui.fonts_mut(|f| f.glyph_width(&theme::fixed(TYPE_PT), '0'));
    let sheet = Sheet::new(rect, source.lines.count(), digit_pt, state.scroll.widest_pt);
    let gutter = ui.interact(sheet.gutter, id.with("numbers"), Sense::click_and_drag());
    let response = ui.interact(sheet.page, id, Sense::click_and_drag());
    let has_focus = focus(ui, source, state, &response, &gutter);

    end_composing(ui, state, &mut draft, has_focus);
    let mut request = None;
    let mut events = std::mem::take(&mut state.waiting);
    // A key that closes the bar is not meant for the text.
    if has_focus && !in_bar {
        let filter = filter(source);
        events.extend(ui.input(|i| i.filtered_events(&filter)));
        events.extend(spoken::replacements(ui, id));
    }
    if !events.is_empty() {
        request = keys::read(ui, events, state, &mut draft, sheet.rows());
    }
    if draft.edits.is_empty() {
        let asked = pointer::read(ui, source, state, &mut draft, &sheet, &response, &gutter);
        request = request.or(asked);
        pointer::middle(ui, source, state, &mut draft, &sheet, &response);
    }
    if start != draft.selection || !draft.edits.is_empty() {
        state.busy_s = ui.input(|i| i.time);
    }
    complete(ui, source, state, &mut draft, aid, has_focus);

    // A frame that changes the text still shows it as it was: the app has not carried the change out.
    let shown = if draft.edits.is_empty() {
        draft.selection
    } else {
        start
    };
    if draft.edits.is_empty() && state.follow != Follow::No {
        let mut layout = Layout {
            ui,
            text: source.text,
            lines: source.lines,
            long: &mut state.long,
        };
        let x = layout.x_of(shown.head);
        let number = source.lines.line_at(shown.head);
        let follow = std::mem::take(&mut state.follow);
        sheet.follow(&mut state.scroll, follow, number, x);
    }
    let cursor = paint::paint(ui, source, state, &sheet, shown, has_focus);
    if let Some(problem) = marks::signs(ui, source, &state.scroll, &sheet)
        && draft.edits.is_empty()
    {
        draft.selection = Selection::of(problem).within(source.text);
        state.follow = Follow::Middle;
        state.wants_focus = true;
    }
    sheet.bars(ui, id, &mut state.scroll);
    marks::hover(ui, source, state, &sheet, &response, aid);
    spoken::speak(ui, source, &response, &gutter, shown, &cursor);
    if state.popup.show(ui, id, cursor.rect) && draft.edits.is_empty() {
        let mut popup = std::mem::take(&mut state.popup);
        popup.accept(&mut draft);
        state.follow = Follow::Cursor;
        state.wants_focus = true;
    }
    finish(
        ui,
        source,
        state,
        draft,
        request,
        response,
        has_focus || in_bar,
    )
}

fn finish(
    ui: &Ui,
    source: &Source<'_>,
    state: &mut EditorState,
    draft: Draft<'_>,
    request: Option<Request>,
    response: Response,
    has_focus: bool,
) -> EditorOutput {
    state.selection = draft.selection;
    let edits = draft.edits;
    let mut len = source.text.len();
    for edit in &edits {
        state.note(len, &edit.splices);
        len = state.news.map_or(len, |(_, len)| len as usize);
    }
    if !edits.is_empty() || !state.waiting.is_empty() {
        ui.ctx().request_repaint();
    }
    EditorOutput {
        edits,
        request,
        has_focus,
        response,
    }
}

/// Which keys the text takes for itself. Tab leads on from a text that cannot be changed.
fn filter(source: &Source<'_>) -> EventFilter {
    EventFilter {
        tab: !source.read_only,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
    }
}

fn focus(
    ui: &Ui,
    source: &Source<'_>,
    state: &mut EditorState,
    page: &Response,
    gutter: &Response,
) -> bool {
    let pressed = ui.input(|i| i.pointer.primary_pressed());
    let both = [page, gutter];
    // Pressed and let go in one frame is a click already.
    let is_here = both
        .map(|r| r.is_pointer_button_down_on() || r.clicked())
        .contains(&true);
    if std::mem::take(&mut state.wants_focus) || (pressed && is_here) {
        page.request_focus();
        state.busy_s = ui.input(|i| i.time);
    }
    let has_focus = ui.memory(|m| m.has_focus(page.id));
    if has_focus {
        ui.memory_mut(|m| m.set_focus_lock_filter(page.id, filter(source)));
    }
    has_focus
}

/// Text that is being composed stays when the mouse or the keyboard goes elsewhere.
fn end_composing(ui: &Ui, state: &mut EditorState, draft: &mut Draft<'_>, has_focus: bool) {
    let pressed = ui.input(|i| i.pointer.any_pressed());
    if (pressed || !has_focus)
        && let Some(preedit) = state.ime.take()
    {
        typing::letters(draft, &preedit.text);
    }
}

/// Opens, fills and closes the list of what could stand at the cursor.
fn complete(
    ui: &Ui,
    source: &Source<'_>,
    state: &mut EditorState,
    draft: &mut Draft<'_>,
    aid: &Aid<'_>,
    has_focus: bool,
) {
    let pointer = ui.input(|i| i.pointer.interact_pos());
    if (!has_focus && !state.popup.contains(pointer)) || source.read_only {
        state.popup.close();
    } else if state.popup.ask != Ask::No && draft.edits.is_empty() {
        let head = draft.selection.head;
        let all = (aid.complete)(head);
        state.popup.fill(source.text, all);
    }
}

/// The id of a field in the bar above the text.
fn field_id(editor: Id, name: &str) -> Id {
    editor.with(name)
}
