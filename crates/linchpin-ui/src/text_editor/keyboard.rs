//! Keys, the clipboard and composed text: what each does to the text and the cursor.

use super::EditorRequest;
use super::completion_popup::CompletionTrigger;

use super::editing::{self, Deletion, EditBuffer};
use super::line_layout::{LineLayouter, LongLineCache};
use super::state::{EditorState, Preedit, ScrollIntoView};
use super::text_position::{self, TextSelection};
use egui::{Event, ImeEvent, Key, Modifiers, Ui};
use linchpin_edit::draft::UndoGrouping;
use ron_lossless::Span;

/// Carries out the keys of one frame. `rows` is how many lines are in view. What the app has to do
/// comes back; keys after it wait for the next frame, since they are meant for the text that it
/// makes.
pub(super) fn handle_events(
    ui: &Ui,
    events: Vec<Event>,
    state: &mut EditorState,
    draft: &mut EditBuffer<'_>,
    rows: f64,
) -> Option<EditorRequest> {
    let mut events = events.into_iter();
    while let Some(event) = events.next() {
        let request = KeyHandler {
            ui,
            state,
            draft,
            visible_lines: rows,
        }
        .handle_event(event);
        if request.is_some() {
            state.pending_events = events.collect();
            return request;
        }
    }
    None
}

struct KeyHandler<'k, 't> {
    ui: &'k Ui,
    state: &'k mut EditorState,
    draft: &'k mut EditBuffer<'t>,
    visible_lines: f64,
}

impl KeyHandler<'_, '_> {
    fn handle_event(&mut self, event: Event) -> Option<EditorRequest> {
        match event {
            Event::Text(typed) if !typed.is_empty() && typed != "\n" && typed != "\r" => {
                editing::insert_text(self.draft, &typed);
                let is_word = typed
                    .chars()
                    .all(|c| text_position::is_word_char(c) || c == '"');
                self.after_typing(is_word);
            }
            Event::Paste(pasted) => {
                editing::paste(self.draft, &pasted);
                self.after_typing(false);
            }
            Event::Copy => {
                self.copy_selection();
            }
            Event::Cut => {
                let span = self.copy_selection();
                self.draft.replace(span, "", UndoGrouping::Separate, "Cut");
                self.after_typing(false);
            }
            Event::Ime(ime) if !self.draft.read_only => self.handle_ime(ime),
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => return self.handle_key(key, modifiers),
            _ => {}
        }
        None
    }

    fn copy_selection(&mut self) -> Span {
        let span = editing::copy_span(self.draft);
        let text = span.of(self.draft.current().0).to_owned();
        if !text.is_empty() {
            self.ui.copy_text(text);
        }
        span
    }

    fn handle_ime(&mut self, event: ImeEvent) {
        match event {
            ImeEvent::Preedit {
                text,
                active_range_chars,
            } => {
                // The composed text is only painted until it is committed; the selection that it
                // replaces must be gone before.
                if !text.is_empty() && !self.draft.selection.is_empty() {
                    editing::insert_text(self.draft, "");
                }
                self.state.completion_popup.close();
                self.state.scroll_into_view = ScrollIntoView::Nearest;
                self.state.preedit = (!text.is_empty()).then_some(Preedit {
                    text,
                    active_range: active_range_chars,
                });
            }
            ImeEvent::Commit(text) => {
                self.state.preedit = None;
                // Enter arrives as a key as well; its line break would come twice.
                if !text.is_empty() && text != "\n" && text != "\r" {
                    editing::insert_text(self.draft, &text);
                    self.after_typing(false);
                }
            }
            ImeEvent::DeleteSurrounding {
                before_chars,
                after_chars,
            } => {
                let head = self.draft.selection.head as usize;
                let (text, _) = self.draft.current();
                let (before, after) = text.split_at(head);
                let start = before.char_indices().rev().take(before_chars).last();
                let end = after.char_indices().nth(after_chars);
                let span = Span::new(
                    start.map_or(head, |(at, _)| at) as u32,
                    end.map_or(text.len(), |(at, _)| head + at) as u32,
                );
                self.draft
                    .replace(span, "", UndoGrouping::Deleting, "Delete");
            }
            // Signs of life of input methods, which say nothing.
            _ => {}
        }
    }

    /// After the text was changed by typing.
    fn after_typing(&mut self, is_word: bool) {
        self.state.desired_x = None;
        self.state.scroll_into_view = ScrollIntoView::Nearest;
        let popup = &mut self.state.completion_popup;
        if is_word && !self.draft.read_only {
            popup.trigger = CompletionTrigger::Typed;
        } else {
            popup.close();
        }
    }

    fn handle_key(&mut self, key: Key, modifiers: Modifiers) -> Option<EditorRequest> {
        if self.state.completion_popup.is_open() && self.handle_popup_key(key, modifiers) {
            return None;
        }
        let (ctrl, shift) = (modifiers.command || modifiers.ctrl, modifiers.shift);
        match key {
            _ if modifiers.alt => self.handle_alt_key(key, ctrl),
            Key::Z if ctrl && shift => return Some(EditorRequest::Redo),
            Key::Z if ctrl => return Some(EditorRequest::Undo),
            Key::Y if ctrl => return Some(EditorRequest::Redo),
            Key::S if ctrl => return Some(EditorRequest::Save),
            Key::F12 => return Some(EditorRequest::GoToDefinition(self.draft.selection.head)),
            Key::A if ctrl => self.select_all(),
            Key::Slash if ctrl => self.run_command(editing::toggle_comment),
            Key::Space if ctrl => self.state.completion_popup.trigger = CompletionTrigger::Invoked,
            Key::Tab if shift && !ctrl => self.run_command(editing::outdent),
            Key::Tab if !ctrl => self.run_command(editing::indent),
            Key::Enter if !ctrl => self.run_command(editing::insert_newline),
            Key::Backspace => self.delete(if ctrl {
                Deletion::WordBack
            } else {
                Deletion::Back
            }),
            Key::Delete => self.delete(if ctrl {
                Deletion::WordForward
            } else {
                Deletion::Forward
            }),
            Key::Escape => self.escape(),
            Key::ArrowUp | Key::ArrowDown if ctrl => {
                let by = if key == Key::ArrowUp { -1.0 } else { 1.0 };
                self.state.scroll.top_lines += by;
            }
            _ => self.move_cursor(key, ctrl, shift),
        }
        None
    }

    /// Keys for the list of what could stand here; `false` for those that it has no use for.
    fn handle_popup_key(&mut self, key: Key, modifiers: Modifiers) -> bool {
        if modifiers.any() {
            return false;
        }
        let popup = &mut self.state.completion_popup;
        match key {
            Key::ArrowUp => popup.move_selection(-1),
            Key::ArrowDown => popup.move_selection(1),
            Key::Enter | Key::Tab => {
                popup.accept(self.draft);
                self.after_typing(false);
            }
            Key::Escape => popup.close(),
            _ => return false,
        }
        true
    }

    fn handle_alt_key(&mut self, key: Key, ctrl: bool) {
        match key {
            Key::ArrowUp | Key::ArrowDown if !ctrl => {
                self.run_command(|draft| editing::move_lines(draft, key == Key::ArrowDown));
            }
            _ => {}
        }
    }

    fn run_command(&mut self, act: impl FnOnce(&mut EditBuffer<'_>)) {
        act(self.draft);
        self.after_typing(false);
    }

    fn delete(&mut self, what: Deletion) {
        let goes_on = self.state.completion_popup.is_open() && what == Deletion::Back;
        editing::delete(self.draft, what);
        self.after_typing(goes_on);
    }

    fn select_all(&mut self) {
        let end = self.draft.current().0.len() as u32;
        self.draft.selection = TextSelection {
            anchor: 0,
            head: end,
        };
        self.state.completion_popup.close();
    }

    /// Closes what is open, gives up what is selected, and at last the keyboard, so that Tab leads
    /// out of the text.
    fn escape(&mut self) {
        if self.state.find.mode != super::find_bar::FindBarMode::None {
            self.state.find.mode = super::find_bar::FindBarMode::None;
        } else if !self.draft.selection.is_empty() {
            self.draft.selection = TextSelection::at(self.draft.selection.head);
        } else if let Some(id) = self.ui.memory(|m| m.focused()) {
            self.ui.memory_mut(|m| m.surrender_focus(id));
        }
    }

    fn move_cursor(&mut self, key: Key, ctrl: bool, extend: bool) {
        let selection = self.draft.selection;
        let head = selection.head;
        let number = self.draft.line_number();
        let page = (self.visible_lines as i64 - 1).max(1);
        let (text, lines) = self.draft.current();
        let line = text_position::line_span(text, lines, number);
        let collapses = !extend && !selection.is_empty();
        let to = match key {
            Key::ArrowLeft if ctrl => text_position::word_left(text, head),
            Key::ArrowRight if ctrl => text_position::word_right(text, head),
            Key::ArrowLeft if collapses => selection.span().start,
            Key::ArrowRight if collapses => selection.span().end,
            Key::ArrowLeft => text_position::previous_grapheme(text, head),
            Key::ArrowRight => text_position::next_grapheme(text, head),
            Key::Home if ctrl => 0,
            Key::End if ctrl => text.len() as u32,
            Key::Home => text_position::home_target(text, line, head),
            Key::End => line.end,
            Key::ArrowUp => return self.move_vertically(-1, extend),
            Key::ArrowDown => return self.move_vertically(1, extend),
            Key::PageUp => return self.move_vertically(-page, extend),
            Key::PageDown => return self.move_vertically(page, extend),
            _ => return,
        };
        self.state.desired_x = None;
        self.set_cursor(to, extend);
    }

    fn set_cursor(&mut self, to: u32, extend: bool) {
        self.draft.selection.head = to;
        if !extend {
            self.draft.selection.anchor = to;
        }
        self.state.completion_popup.close();
        self.state.scroll_into_view = ScrollIntoView::Nearest;
    }

    fn move_vertically(&mut self, by: i64, extend: bool) {
        let head = self.draft.selection.head;
        let number = i64::from(self.draft.line_number());
        // What is known of long lines is known of the text as it was shown.
        let mut fresh = LongLineCache::default();
        let long = if self.draft.changes.is_empty() {
            &mut self.state.long_lines
        } else {
            &mut fresh
        };
        let (text, lines) = self.draft.current();
        let mut layout = LineLayouter {
            ui: self.ui,
            text,
            lines,
            long_lines: long,
        };
        let x = self.state.desired_x.unwrap_or_else(|| layout.x_of(head));
        let last = i64::from(lines.count());
        let target = (number + by).clamp(1, last);
        let to = match target {
            _ if number + by < 1 && number == 1 => 0,
            _ if number + by > last && number == last => text.len() as u32,
            _ => layout.offset_at(target as u32, x),
        };
        // A page up or down moves the view as well, so that the cursor keeps its height on screen.
        if by.abs() > 1 {
            self.state.scroll.top_lines += (target - number) as f64;
        }
        self.state.desired_x = Some(x);
        self.set_cursor(to, extend);
    }
}
