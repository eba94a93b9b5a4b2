//! Find, replace, go to a line: the bar above the text, its state, and the changes that replacing
//! makes.

use super::editing::{EditBuffer, map_offset};
use super::state::{EditorState, ScrollIntoView};
use super::text_position::TextSelection;
use super::text_search::{SearchMatches, TextQuery};
use super::{EditorText, field_id, text_position};
use crate::widgets;
use egui::{
    Button, Frame, Id, Key, Margin, Modifiers, Response, RichText, Role, Sense, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};
use linchpin_edit::draft::UndoGrouping;
use linchpin_render::theme::{self, size, space};
use ron_lossless::Span;

const FIND_LABEL: &str = "Find";
const REPLACE_LABEL: &str = "Replace with";
const LINE_LABEL: &str = "Go to line";
/// The longest selection that is taken over as what to look for.
const MAX_SEED_BYTES: usize = 200;
/// So much of the text is searched in one frame.
const SEARCH_BYTES_PER_FRAME: u32 = 2 << 20;

/// Shows the bar where it is open and carries out what is asked there; `true` where the keyboard is
/// in it.
pub(super) fn show(
    ui: &mut Ui,
    source: &EditorText<'_>,
    state: &mut EditorState,
    draft: &mut EditBuffer<'_>,
    editor: Id,
) -> bool {
    let focused = ui.memory(|m| m.focused());
    let place = focused
        .and_then(|id| ui.ctx().read_response(id))
        .map(|r| r.rect);
    // Whether one of its fields has the keyboard is seen by where the bar was in the frame before.
    let bar = state.find.bar_rect.take();
    let in_bar = bar
        .zip(place)
        .is_some_and(|(bar, place)| bar.contains_rect(place));
    // Escape has taken the keyboard from the bar by the time that it is seen here.
    let left = std::mem::replace(&mut state.find.had_focus, in_bar) && focused.is_none();
    if in_bar || left || focused == Some(editor) {
        handle_keys(ui, state, in_bar || left);
    }
    if state.find.just_opened {
        seed_query_from_selection(source, state, draft);
    }
    if state.find.mode != FindBarMode::None {
        let p = theme::palette_of(ui);
        let bar = Frame::new()
            .fill(p.surface)
            .inner_margin(Margin::symmetric(12, 6));
        let shown = bar.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| match state.find.mode {
                FindBarMode::GoToLine => line_row(ui, source, state, draft, editor),
                _ => find_row(ui, source, state, draft, editor),
            });
            if state.find.mode == FindBarMode::Replace {
                ui.horizontal_wrapped(|ui| replace_row(ui, source, state, draft, editor));
            }
        });
        let rect = shown.response.rect;
        state.find.bar_rect = Some(rect);
        let line = egui::Stroke::new(1.0, p.hairline);
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
        ui.add_space(1.0 - ui.spacing().item_spacing.y);
    }
    state.find.just_opened = false;
    go_to_match(source, state, draft);
    if state.find.highlights_matches() && !state.find.search(source.text, source.revision) {
        ui.ctx().request_repaint();
    }
    in_bar || left
}

fn handle_keys(ui: &Ui, state: &mut EditorState, in_bar: bool) {
    let pressed = |modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
    if pressed(Modifiers::COMMAND, Key::F) {
        state.find.open(false);
    }
    if pressed(Modifiers::COMMAND, Key::H) {
        state.find.open(true);
    }
    if pressed(Modifiers::COMMAND, Key::G) {
        state.find.open_go_to_line();
    }
    let back = pressed(Modifiers::SHIFT, Key::F3);
    if back || pressed(Modifiers::NONE, Key::F3) {
        if state.find.query.pattern.is_empty() {
            state.find.open(false);
        } else {
            state.find.pending_step = Some(back);
        }
    }
    if in_bar && pressed(Modifiers::NONE, Key::Escape) {
        close(state);
    }
}

fn close(state: &mut EditorState) {
    state.find.mode = FindBarMode::None;
    state.wants_focus = true;
}

/// What is selected is what to look for, where it is short.
fn seed_query_from_selection(
    source: &EditorText<'_>,
    state: &mut EditorState,
    draft: &EditBuffer<'_>,
) {
    let span = draft.selection.span();
    let text = span.of(source.text);
    let is_short = !text.is_empty() && text.len() <= MAX_SEED_BYTES && !text.contains('\n');
    if is_short && state.find.mode != FindBarMode::GoToLine {
        state.find.query.pattern = text.to_owned();
    }
    state.find.search_origin = span.start;
}

/// Goes to the next place or the one before.
fn go_to_match(source: &EditorText<'_>, state: &mut EditorState, draft: &mut EditBuffer<'_>) {
    // After a change, from the text that the app makes of it.
    if !draft.changes.is_empty() {
        return;
    }
    let Some(back) = state.find.pending_step.take() else {
        return;
    };
    state.find.search_all(source.text, source.revision);
    if let Some(span) = state.find.next_match(draft.selection, back) {
        draft.selection = TextSelection::from_span(span);
        state.find.search_origin = span.start;
        state.scroll_into_view = ScrollIntoView::Center;
    }
}

/// A few words in a place of fixed width.
fn fixed_width_label(ui: &mut Ui, text: &str, width_pt: f32) -> Response {
    let color = theme::palette_of(ui).text_muted;
    let font = theme::regular(size::BODY);
    let galley = widgets::elided_line(ui, text, font, color, width_pt);
    let size = vec2(width_pt, ui.spacing().interact_size.y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

fn labeled_field(
    ui: &mut Ui,
    id: Id,
    name: &str,
    message: &mut String,
    width_pt: f32,
    takes_focus: bool,
) -> Response {
    let label = fixed_width_label(ui, name, 92.0);
    let edit = TextEdit::singleline(message)
        .id(id)
        .font(theme::monospace(size::CAPTION + 0.5))
        .desired_width(width_pt);
    let response = ui.add(edit).labelled_by(label.id);
    if takes_focus {
        response.request_focus();
        let all = egui::text::CCursorRange::two(
            egui::text::CCursor::new(0),
            egui::text::CCursor::new(message.chars().count()),
        );
        let mut edit_state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        edit_state.cursor.set_char_range(Some(all));
        TextEdit::store_state(ui.ctx(), id, edit_state);
    }
    response
}

/// Whether Enter was pressed in a field; it keeps the keyboard.
fn enter_pressed(ui: &Ui, field: &Response) -> bool {
    let entered = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    if entered {
        field.request_focus();
    }
    entered
}

fn find_row(
    ui: &mut Ui,
    source: &EditorText<'_>,
    state: &mut EditorState,
    draft: &mut EditBuffer<'_>,
    editor: Id,
) {
    let find = &mut state.find;
    let before = find.query.clone();
    let take = find.just_opened;
    let id = field_id(editor, FIND_LABEL);
    let response = labeled_field(ui, id, FIND_LABEL, &mut find.query.pattern, 260.0, take);
    if enter_pressed(ui, &response) {
        find.pending_step = Some(ui.input(|i| i.modifiers.shift));
    }
    let query = &mut find.query;
    let mut used = toggle(ui, &mut query.match_case, "Match case");
    used |= toggle(ui, &mut query.whole_word, "Whole word");
    for (name, key, back) in [("Previous", "Shift+F3", true), ("Next", "F3", false)] {
        if ui.add(Button::new(name)).on_hover_text(key).clicked() {
            find.pending_step = Some(back);
            used = true;
        }
    }
    // The mouse leaves the keyboard where it was.
    if used && ui.input(|i| i.pointer.any_released()) {
        response.request_focus();
    }
    if find.query != before && draft.changes.is_empty() {
        let text = source.text;
        let origin = text_position::within(text, find.search_origin);
        let end = text.len() as u32;
        let after = find.query.first(text, origin, end);
        let first = after.or_else(|| find.query.first(text, 0, origin));
        draft.selection = first.map_or(TextSelection::at(origin), TextSelection::from_span);
        state.scroll_into_view = ScrollIntoView::Center;
    }
    find.search(source.text, source.revision);
    let count = find.count_label(draft.selection.span());
    fixed_width_label(ui, &count, 92.0);
    if widgets::toolbar_button(ui, "Close", "Esc").clicked() {
        close(state);
    }
}

fn replace_row(
    ui: &mut Ui,
    source: &EditorText<'_>,
    state: &mut EditorState,
    draft: &mut EditBuffer<'_>,
    editor: Id,
) {
    let find = &mut state.find;
    let id = field_id(editor, REPLACE_LABEL);
    let response = labeled_field(ui, id, REPLACE_LABEL, &mut find.replacement, 260.0, false);
    let enter = enter_pressed(ui, &response);
    ui.add_enabled_ui(!source.read_only && !find.query.pattern.is_empty(), |ui| {
        let one = ui.add(Button::new("Replace")).clicked();
        let all = ui.add(Button::new("Replace all")).clicked();
        if (one || all) && ui.input(|i| i.pointer.any_released()) {
            response.request_focus();
        }
        // The places that were found are those of the text before the change.
        if !draft.changes.is_empty() {
            return;
        }
        if all || one || enter {
            find.search_all(source.text, source.revision);
        }
        if all {
            find.replace_all(draft);
            state.scroll_into_view = ScrollIntoView::Nearest;
        } else if one || enter {
            find.replace(draft);
        }
    });
    if source.read_only {
        ui.label(
            RichText::new("This text cannot be changed here")
                .color(theme::palette_of(ui).text_muted),
        );
    }
}

fn line_row(
    ui: &mut Ui,
    source: &EditorText<'_>,
    state: &mut EditorState,
    draft: &mut EditBuffer<'_>,
    editor: Id,
) {
    let take = state.find.just_opened;
    let id = field_id(editor, LINE_LABEL);
    let response = labeled_field(ui, id, LINE_LABEL, &mut state.find.line_input, 90.0, take);
    let enter = enter_pressed(ui, &response);
    let lines = source.lines.count();
    let number = state.find.line_input.trim().parse::<u32>().ok();
    let number = number.filter(|n| (1..=lines).contains(n));
    let wrong = number.is_none() && !state.find.line_input.trim().is_empty();
    ui.add_space(space::XS);
    let go = ui
        .add_enabled(number.is_some(), Button::new("Go"))
        .clicked();
    let p = theme::palette_of(ui);
    let color = if wrong { p.error } else { p.text_muted };
    ui.label(RichText::new(format!("A number from 1 to {lines}")).color(color));
    if let Some(span) = number.and_then(|n| source.lines.line_span(n))
        && (enter || go)
        && draft.changes.is_empty()
    {
        draft.selection = TextSelection::at(span.start);
        state.desired_x = None;
        state.scroll_into_view = ScrollIntoView::Center;
        close(state);
    }
    if widgets::toolbar_button(ui, "Close", "Esc").clicked() {
        close(state);
    }
}

fn toggle(ui: &mut Ui, on: &mut bool, name: &str) -> bool {
    let clicked = ui.add(Button::selectable(*on, name)).clicked();
    *on ^= clicked;
    clicked
}

/// The bar above the text.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum FindBarMode {
    #[default]
    None,
    Find,
    Replace,
    GoToLine,
}

/// The state of finding and replacing.
#[derive(Clone, Debug, Default)]
pub(super) struct EditorFindState {
    pub mode: FindBarMode,
    pub query: TextQuery,
    pub replacement: String,
    /// The number of the line to go to, as typed.
    pub line_input: String,
    pub matches: SearchMatches,
    /// To the next place (`false`) or the one before (`true`).
    pub pending_step: Option<bool>,
    /// The bar was opened and takes the keyboard, and the words that are selected.
    pub just_opened: bool,
    /// Where the bar is on the screen.
    pub bar_rect: Option<egui::Rect>,
    /// The keyboard was in the bar in the frame before.
    pub had_focus: bool,
    /// From where on the words that are being typed are looked for.
    pub search_origin: u32,
}

impl EditorFindState {
    pub fn open(&mut self, replace: bool) {
        self.mode = if replace {
            FindBarMode::Replace
        } else {
            FindBarMode::Find
        };
        self.just_opened = true;
    }

    pub fn open_go_to_line(&mut self) {
        self.mode = FindBarMode::GoToLine;
        self.line_input.clear();
        self.just_opened = true;
    }

    /// Whether places that are found are marked.
    pub fn highlights_matches(&self) -> bool {
        matches!(self.mode, FindBarMode::Find | FindBarMode::Replace)
            && !self.query.pattern.is_empty()
    }

    /// Searches on; `false` where that takes more frames.
    pub fn search(&mut self, text: &str, revision: u64) -> bool {
        self.matches
            .search(text, revision, &self.query, SEARCH_BYTES_PER_FRAME);
        self.matches.is_complete
    }

    /// Searches all of the text.
    pub fn search_all(&mut self, text: &str, revision: u64) {
        while !self.search(text, revision) {}
    }

    /// The place to go to from what is selected.
    pub fn next_match(&self, selection: TextSelection, back: bool) -> Option<Span> {
        let span = selection.span();
        let from = match (back, self.matches.index_of(span)) {
            (false, Some(_)) => span.end,
            _ => span.start,
        };
        self.matches.next_from(from, back)
    }

    /// "3 of 17", "17 hits", "No hits"; a "+" where there may be more.
    pub fn count_label(&self, selected: Span) -> String {
        let found = &self.matches;
        let many = found.spans.len();
        let open = if found.is_complete && many < super::text_search::MAX_MATCHES {
            ""
        } else {
            "+"
        };
        match found.index_of(selected) {
            _ if self.query.pattern.is_empty() => String::new(),
            Some(at) => format!("{} of {many}{open}", at + 1),
            None if many == 0 && found.is_complete => "No hits".to_owned(),
            None if many == 1 => "1 hit".to_owned(),
            None => format!("{many}{open} hits"),
        }
    }

    /// Replaces the place that is selected, and goes to the next one.
    pub fn replace(&mut self, draft: &mut EditBuffer<'_>) {
        let span = draft.selection.span();
        if self.matches.index_of(span).is_some() {
            let put = self.replacement.clone();
            draft.replace(span, &put, UndoGrouping::Separate, "Replace");
        }
        self.pending_step = Some(false);
    }

    /// Replaces every place in one change.
    pub fn replace_all(&self, draft: &mut EditBuffer<'_>) {
        let replacement = self.replacement.as_str();
        let edit = |span: &Span| ron_lossless::TextEdit::new(*span, replacement);
        let text_edits: Vec<_> = self.matches.spans.iter().map(edit).collect();
        let head = map_offset(draft.selection.head, &text_edits);
        draft.push(
            text_edits,
            TextSelection::at(head),
            UndoGrouping::Separate,
            "Replace all",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::editing::tests::after;
    use super::*;

    fn find(text: &str, replacement: &str, draft: &mut EditBuffer<'_>) -> EditorFindState {
        let mut find = EditorFindState {
            mode: FindBarMode::Replace,
            replacement: replacement.into(),
            ..EditorFindState::default()
        };
        find.query.pattern = text.into();
        find.search_all(draft.current().0, 1);
        find
    }

    #[test]
    fn all_places_are_replaced_in_one_change() {
        let shown = after("a b| a b", |draft| {
            find("b", "한국", draft).replace_all(draft);
            assert_eq!(
                (draft.changes.len(), draft.changes[0].text_edits.len()),
                (1, 2)
            );
        });
        assert_eq!(shown, "a 한국| a 한국");
    }

    #[test]
    fn one_place_is_replaced_only_where_it_is_selected() {
        let shown = after("a ‹b| a b", |draft| {
            let mut find = find("b", "xy", draft);
            assert_eq!(find.count_label(draft.selection.span()), "1 of 2");
            find.replace(draft);
            assert_eq!(find.pending_step, Some(false));
        });
        assert_eq!(shown, "a xy| a b");
        assert_eq!(after("|b b", |d| find("b", "x", d).replace(d)), "|b b");
    }

    #[test]
    fn the_next_place_is_counted_from_the_one_selected() {
        after("‹ab| ab", |draft| {
            let find = find("ab", "", draft);
            let next = find.next_match(draft.selection, false);
            assert_eq!(next, Some(Span::new(3, 5)));
            assert_eq!(
                find.next_match(TextSelection::at(1), true),
                Some(Span::new(0, 2))
            );
            assert_eq!(find.count_label(Span::new(1, 2)), "2 hits");
        });
    }
}
