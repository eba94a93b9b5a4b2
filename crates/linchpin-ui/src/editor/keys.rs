//! Keys, the clipboard and composed text: what each does to the text and the cursor.

use super::Request;
use super::blocks;
use super::draft::Draft;
use super::place::{self, Selection};
use super::popup::Ask;
use super::row::{Layout, LongLines};
use super::state::{EditorState, Follow, Preedit};
use super::typing::{self, Take};
use egui::{Event, ImeEvent, Key, Modifiers, Ui};
use linchpin_edit::draft::Run;
use ron_lossless::Span;

/// Carries out the keys of one frame. `rows` is how many lines are in view. What the app has to do comes back; keys after it
/// wait for the next frame, since they are meant for the text that it makes.
pub(super) fn read(
    ui: &Ui,
    events: Vec<Event>,
    state: &mut EditorState,
    draft: &mut Draft<'_>,
    rows: f64,
) -> Option<Request> {
    let mut events = events.into_iter();
    while let Some(event) = events.next() {
        let request = Keys {
            ui,
            state,
            draft,
            rows,
        }
        .event(event);
        if request.is_some() {
            state.waiting = events.collect();
            return request;
        }
    }
    None
}

struct Keys<'k, 't> {
    ui: &'k Ui,
    state: &'k mut EditorState,
    draft: &'k mut Draft<'t>,
    rows: f64,
}

impl Keys<'_, '_> {
    fn event(&mut self, event: Event) -> Option<Request> {
        match event {
            Event::Text(typed) if !typed.is_empty() && typed != "\n" && typed != "\r" => {
                typing::letters(self.draft, &typed);
                let is_word = typed.chars().all(|c| place::is_word(c) || c == '"');
                self.typed(is_word);
            }
            Event::Paste(pasted) => {
                typing::paste(self.draft, &pasted);
                self.typed(false);
            }
            Event::Copy => {
                self.copy();
            }
            Event::Cut => {
                let span = self.copy();
                self.draft.put(span, "", Run::Alone, "Cut");
                self.typed(false);
            }
            Event::Ime(ime) if !self.draft.read_only => self.composed(ime),
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => return self.key(key, modifiers),
            _ => {}
        }
        None
    }

    fn copy(&mut self) -> Span {
        let span = typing::taken(self.draft);
        let words = span.of(self.draft.now().0).to_owned();
        if !words.is_empty() {
            self.ui.copy_text(words);
        }
        span
    }

    fn composed(&mut self, event: ImeEvent) {
        match event {
            ImeEvent::Preedit {
                text,
                active_range_chars,
            } => {
                if !text.is_empty() && !self.draft.selection.is_empty() {
                    typing::letters(self.draft, "");
                }
                self.state.popup.close();
                self.state.follow = Follow::Cursor;
                self.state.ime = (!text.is_empty()).then_some(Preedit {
                    text,
                    active: active_range_chars,
                });
            }
            ImeEvent::Commit(text) => {
                self.state.ime = None;
                if !text.is_empty() && text != "\n" && text != "\r" {
                    typing::letters(self.draft, &text);
                    self.typed(false);
                }
            }
            ImeEvent::DeleteSurrounding {
                before_chars,
                after_chars,
            } => {
                let head = self.draft.selection.head as usize;
                let (text, _) = self.draft.now();
                let (before, after) = text.split_at(head);
                let start = before.char_indices().rev().take(before_chars).last();
                let end = after.char_indices().nth(after_chars);
                let span = Span::new(
                    start.map_or(head, |(at, _)| at) as u32,
                    end.map_or(text.len(), |(at, _)| head + at) as u32,
                );
                self.draft.put(span, "", Run::Deleting, "Delete");
            }
            // Signs of life of input methods, which say nothing.
            _ => {}
        }
    }

    /// After the text was changed by typing.
    fn typed(&mut self, is_word: bool) {
        self.state.desired_x = None;
        self.state.follow = Follow::Cursor;
        let popup = &mut self.state.popup;
        if is_word && !self.draft.read_only {
            popup.ask = Ask::Typed;
        } else {
            popup.close();
        }
    }

    fn key(&mut self, key: Key, modifiers: Modifiers) -> Option<Request> {
        if self.state.popup.is_open() && self.in_list(key, modifiers) {
            return None;
        }
        let (ctrl, shift) = (modifiers.command || modifiers.ctrl, modifiers.shift);
        match key {
            _ if modifiers.alt => self.with_alt(key, ctrl),
            Key::Z if ctrl && shift => return Some(Request::Redo),
            Key::Z if ctrl => return Some(Request::Undo),
            Key::Y if ctrl => return Some(Request::Redo),
            Key::S if ctrl => return Some(Request::Save),
            Key::F12 => return Some(Request::Follow(self.draft.selection.head)),
            Key::A if ctrl => self.select_all(),
            Key::Slash if ctrl => self.block(blocks::comment),
            Key::Space if ctrl => self.state.popup.ask = Ask::Wanted,
            Key::Tab if shift && !ctrl => self.block(blocks::outdent),
            Key::Tab if !ctrl => self.block(blocks::indent),
            Key::Enter if !ctrl => self.block(typing::enter),
            Key::Backspace => self.take(if ctrl { Take::WordBack } else { Take::Back }),
            Key::Delete => self.take(if ctrl {
                Take::WordForward
            } else {
                Take::Forward
            }),
            Key::Escape => self.escape(),
            Key::ArrowUp | Key::ArrowDown if ctrl => {
                let by = if key == Key::ArrowUp { -1.0 } else { 1.0 };
                self.state.scroll.top_lines += by;
            }
            _ => self.moves(key, ctrl, shift),
        }
        None
    }

    /// Keys for the list of what could stand here; `false` for those that it has no use for.
    fn in_list(&mut self, key: Key, modifiers: Modifiers) -> bool {
        if modifiers.any() {
            return false;
        }
        let popup = &mut self.state.popup;
        match key {
            Key::ArrowUp => popup.step(-1),
            Key::ArrowDown => popup.step(1),
            Key::Enter | Key::Tab => {
                popup.accept(self.draft);
                self.typed(false);
            }
            Key::Escape => popup.close(),
            _ => return false,
        }
        true
    }

    fn with_alt(&mut self, key: Key, ctrl: bool) {
        match key {
            Key::ArrowUp | Key::ArrowDown if !ctrl => {
                self.block(|draft| blocks::shift(draft, key == Key::ArrowDown));
            }
            _ => {}
        }
    }

    fn block(&mut self, act: impl FnOnce(&mut Draft<'_>)) {
        act(self.draft);
        self.typed(false);
    }

    fn take(&mut self, what: Take) {
        let goes_on = self.state.popup.is_open() && what == Take::Back;
        typing::take(self.draft, what);
        self.typed(goes_on);
    }

    fn select_all(&mut self) {
        let end = self.draft.now().0.len() as u32;
        self.draft.selection = Selection {
            anchor: 0,
            head: end,
        };
        self.state.popup.close();
    }

    /// Closes what is open, gives up what is selected, and at last the keyboard, so that Tab leads out of the text.
    fn escape(&mut self) {
        if self.state.find.bar != super::find::Bar::None {
            self.state.find.bar = super::find::Bar::None;
        } else if !self.draft.selection.is_empty() {
            self.draft.selection = Selection::at(self.draft.selection.head);
        } else if let Some(id) = self.ui.memory(|m| m.focused()) {
            self.ui.memory_mut(|m| m.surrender_focus(id));
        }
    }

    fn moves(&mut self, key: Key, ctrl: bool, extend: bool) {
        let selection = self.draft.selection;
        let head = selection.head;
        let number = self.draft.line_number();
        let page = (self.rows as i64 - 1).max(1);
        let (text, lines) = self.draft.now();
        let line = place::line(text, lines, number);
        let collapses = !extend && !selection.is_empty();
        let to = match key {
            Key::ArrowLeft if ctrl => place::word_left(text, head),
            Key::ArrowRight if ctrl => place::word_right(text, head),
            Key::ArrowLeft if collapses => selection.span().start,
            Key::ArrowRight if collapses => selection.span().end,
            Key::ArrowLeft => place::previous(text, head),
            Key::ArrowRight => place::next(text, head),
            Key::Home if ctrl => 0,
            Key::End if ctrl => text.len() as u32,
            Key::Home => place::home(text, line, head),
            Key::End => line.end,
            Key::ArrowUp => return self.vertical(-1, extend),
            Key::ArrowDown => return self.vertical(1, extend),
            Key::PageUp => return self.vertical(-page, extend),
            Key::PageDown => return self.vertical(page, extend),
            _ => return,
        };
        self.state.desired_x = None;
        self.go(to, extend);
    }

    fn go(&mut self, to: u32, extend: bool) {
        self.draft.selection.head = to;
        if !extend {
            self.draft.selection.anchor = to;
        }
        self.state.popup.close();
        self.state.follow = Follow::Cursor;
    }

    fn vertical(&mut self, by: i64, extend: bool) {
        let head = self.draft.selection.head;
        let number = i64::from(self.draft.line_number());
        // What is known of long lines is known of the text as it was shown.
        let mut fresh = LongLines::default();
        let long = if self.draft.edits.is_empty() {
            &mut self.state.long
        } else {
            &mut fresh
        };
        let (text, lines) = self.draft.now();
        let mut layout = Layout {
            ui: self.ui,
            text,
            lines,
            long,
        };
        let x = self.state.desired_x.unwrap_or_else(|| layout.x_of(head));
        let last = i64::from(lines.count());
        let target = (number + by).clamp(1, last);
        let to = match target {
            _ if number + by < 1 && number == 1 => 0,
            _ if number + by > last && number == last => text.len() as u32,
            _ => layout.offset_at(target as u32, x),
        };
        if by.abs() > 1 {
            self.state.scroll.top_lines += (target - number) as f64;
        }
        self.state.desired_x = Some(x);
        self.go(to, extend);
    }
}
