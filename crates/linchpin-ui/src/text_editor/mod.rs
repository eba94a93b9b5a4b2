//! The editor of the file's text. Only the lines in view are laid out and painted, so that a long
//! file is as quick as a short one.
//!
//! The editor never owns the text: it is shown one, and returns the changes the user makes of it.
//! The app carries them out, and the next frame shows the text that came of them.

mod completion_popup;
mod editing;
mod find_bar;
mod highlighter;
mod keyboard;
mod line_layout;
mod paint;
mod pointer;
mod problem_marks;
mod state;
mod text_position;
mod text_search;
mod viewport;

pub use editing::EditorChange;
pub use state::EditorState;
pub use text_position::TextSelection;

use completion_popup::CompletionTrigger;
use editing::EditBuffer;
use egui::{EventFilter, Id, Response, Sense, Ui};
use linchpin_edit::completion::Completion;
use linchpin_edit::text_change::replacements;
use linchpin_render::theme;
use line_layout::{FONT_SIZE_PT, LineLayouter};
use ron_lossless::{Diagnostic, LineIndex, Span};
use state::ScrollIntoView;
use viewport::EditorViewport;

/// A text to show.
#[derive(Copy, Clone)]
pub struct EditorText<'a> {
    /// What the file is called, for screen readers.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// Where its lines begin.
    pub lines: &'a LineIndex,
    /// Another number whenever the text is another.
    pub revision: u64,
    /// What is wrong with it. Places outside of the text are passed over.
    pub problems: &'a [Diagnostic],
    /// Lines that stand out: those of the record that was asked for.
    pub highlight: Option<Span>,
    /// Nothing can be changed.
    pub read_only: bool,
}

/// Who knows about the places of a text. Both are asked about the text that is shown.
pub struct LanguageService<'a> {
    /// What could stand at a byte offset and fits what is typed there, best first.
    pub complete: &'a dyn Fn(u32) -> Vec<Completion>,
    /// What there is to say about the place at a byte offset, when the pointer rests there.
    pub hover: &'a dyn Fn(u32) -> Option<String>,
}

/// Something that the app has to do. It comes after the edits of the same frame.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum EditorRequest {
    /// Undo the last change.
    Undo,
    /// Redo the last undone change.
    Redo,
    /// Save the file.
    Save,
    /// Go to what the word at this byte offset stands for.
    GoToDefinition(u32),
}

/// What came of one frame.
pub struct EditorOutput {
    /// The changes in order, each of the text after the one before. All fit, and may be carried out
    /// without a check.
    pub changes: Vec<EditorChange>,
    /// What else is to be done, after the changes.
    pub request: Option<EditorRequest>,
    /// Whether keys go to the text, or to the bar that finds.
    pub has_focus: bool,
    /// The text as a widget.
    pub response: Response,
}

/// Shows a text in the room that is left, and returns what the user does to it.
pub fn show(
    ui: &mut Ui,
    source: &EditorText<'_>,
    state: &mut EditorState,
    service: &LanguageService<'_>,
) -> EditorOutput {
    let id = ui.make_persistent_id("editor");
    state.sync_to_text(source.text, source.lines, source.revision);
    let start = state.selection;
    let mut draft = EditBuffer::new(source.text, source.lines, start, source.read_only);
    // The bar comes first: it takes its room above the text, and consumes the keys that are meant
    // for it before the text reads its events.
    let in_bar = find_bar::show(ui, source, state, &mut draft, id);

    let rect = ui.available_rect_before_wrap();
    ui.allocate_rect(rect, Sense::hover());
    let digit_pt = ui.fonts_mut(|f| f.glyph_width(&theme::monospace(FONT_SIZE_PT), '0'));
    let viewport =
        EditorViewport::new(rect, source.lines.count(), digit_pt, state.scroll.widest_pt);
    let gutter = ui.interact(viewport.gutter, id.with("numbers"), Sense::click_and_drag());
    let response = ui.interact(viewport.text_area, id, Sense::click_and_drag());
    let has_focus = update_focus(ui, source, state, &response, &gutter);

    commit_preedit(ui, state, &mut draft, has_focus);
    let mut request = None;
    let mut events = std::mem::take(&mut state.pending_events);
    // A key that closes the bar is not meant for the text.
    if has_focus && !in_bar {
        let filter = event_filter(source);
        events.extend(ui.input(|i| i.filtered_events(&filter)));
        events.extend(paint::replace_selection_requests(ui, id));
    }
    if !events.is_empty() {
        request = keyboard::handle_events(ui, events, state, &mut draft, viewport.visible_lines());
    }
    // What is under the pointer is the text before the changes of this frame.
    if draft.changes.is_empty() {
        let asked =
            pointer::handle_pointer(ui, source, state, &mut draft, &viewport, &response, &gutter);
        request = request.or(asked);
        pointer::paste_primary_selection(ui, source, state, &mut draft, &viewport, &response);
    }
    if start != draft.selection || !draft.changes.is_empty() {
        state.last_activity_s = ui.input(|i| i.time);
    }
    update_completion(ui, source, state, &mut draft, service, has_focus);

    // A frame that changes the text still shows it as it was: the app has not carried the change
    // out.
    let shown = if draft.changes.is_empty() {
        draft.selection
    } else {
        start
    };
    // Before painting, so that the line that is scrolled to is among those that are laid out.
    if draft.changes.is_empty() && state.scroll_into_view != ScrollIntoView::No {
        let mut layout = LineLayouter::new(ui, source, &mut state.long_lines);
        let x = layout.x_of(shown.head);
        let number = source.lines.line_at(shown.head);
        let follow = std::mem::take(&mut state.scroll_into_view);
        viewport.scroll_to(&mut state.scroll, follow, number, x);
    }
    let cursor = paint::paint(ui, source, state, &viewport, shown, has_focus);
    if let Some(problem) = problem_marks::gutter_signs(ui, source, &state.scroll, &viewport)
        && draft.changes.is_empty()
    {
        draft.selection = TextSelection::from_span(problem).clamped(source.text);
        state.scroll_into_view = ScrollIntoView::Center;
        state.wants_focus = true;
    }
    viewport.scroll_bars(ui, id, &mut state.scroll);
    problem_marks::show_hover(ui, source, state, &viewport, &response, service);
    paint::update_accessibility(ui, source, &response, &gutter, shown, &cursor);
    // Last, since the list opens where the cursor was painted.
    if state.completion_popup.show(ui, id, cursor.rect) && draft.changes.is_empty() {
        let mut popup = std::mem::take(&mut state.completion_popup);
        popup.accept(&mut draft);
        state.scroll_into_view = ScrollIntoView::Nearest;
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
    source: &EditorText<'_>,
    state: &mut EditorState,
    draft: EditBuffer<'_>,
    request: Option<EditorRequest>,
    response: Response,
    has_focus: bool,
) -> EditorOutput {
    state.selection = draft.selection;
    let changes = draft.changes;
    // The length after all changes tells the next frame whether the text that it is shown is the
    // one that came of them.
    let mut len = source.text.len();
    for edit in &changes {
        state.record_change(len, &replacements(&edit.text_edits));
        len = state.pending_change.map_or(len, |(_, len)| len as usize);
    }
    if !changes.is_empty() || !state.pending_events.is_empty() {
        ui.ctx().request_repaint();
    }
    EditorOutput {
        changes,
        request,
        has_focus,
        response,
    }
}

/// Which keys the text takes for itself. Tab leads on from a text that cannot be changed.
fn event_filter(source: &EditorText<'_>) -> EventFilter {
    EventFilter {
        tab: !source.read_only,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
    }
}

fn update_focus(
    ui: &Ui,
    source: &EditorText<'_>,
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
        state.last_activity_s = ui.input(|i| i.time);
    }
    let has_focus = ui.memory(|m| m.has_focus(page.id));
    if has_focus {
        ui.memory_mut(|m| m.set_focus_lock_filter(page.id, event_filter(source)));
    }
    has_focus
}

/// Text that is being composed stays when the mouse or the keyboard goes elsewhere.
fn commit_preedit(ui: &Ui, state: &mut EditorState, draft: &mut EditBuffer<'_>, has_focus: bool) {
    let pressed = ui.input(|i| i.pointer.any_pressed());
    if (pressed || !has_focus)
        && let Some(preedit) = state.preedit.take()
    {
        editing::insert_text(draft, &preedit.text);
    }
}

/// Opens, fills and closes the list of what could stand at the cursor.
fn update_completion(
    ui: &Ui,
    source: &EditorText<'_>,
    state: &mut EditorState,
    draft: &mut EditBuffer<'_>,
    service: &LanguageService<'_>,
    has_focus: bool,
) {
    let pointer = ui.input(|i| i.pointer.interact_pos());
    if (!has_focus && !state.completion_popup.contains(pointer)) || source.read_only {
        state.completion_popup.close();
    } else if state.completion_popup.trigger != CompletionTrigger::None && draft.changes.is_empty()
    {
        let head = draft.selection.head;
        let all = (service.complete)(head);
        state.completion_popup.set_items(source.text, all);
    }
}

/// The id of a field in the bar above the text.
fn field_id(editor: Id, name: &str) -> Id {
    editor.with(name)
}
