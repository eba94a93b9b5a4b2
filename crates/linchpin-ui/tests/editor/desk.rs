//! A window with nothing but an editor, and an app behind it that does what the editor asks for.

use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers, Pos2, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use linchpin_edit::completion::Completion;
use linchpin_edit::draft::UndoGrouping;
use linchpin_edit::text_change::replacements;
use linchpin_render::theme;
use linchpin_ui::text_editor::{
    self, EditorChange, EditorRequest, EditorState, EditorText, LanguageService,
};
use ron_lossless::{Diagnostic, LineIndex, Span, TextEdit, apply, invert_edits, parse};

/// What stands behind the editor: a text, what was done to it, and what is known about it.
pub struct Room {
    pub text: String,
    pub lines: LineIndex,
    pub revision: u64,
    pub problems: Vec<Diagnostic>,
    pub read_only: bool,
    pub mark: Option<Span>,
    pub state: EditorState,
    /// Every change that was made, for the tests.
    pub edits: Vec<EditorChange>,
    pub undo: Vec<Vec<TextEdit>>,
    pub requests: Vec<EditorRequest>,
    pub complete: fn(&str, u32) -> Vec<Completion>,
    pub explain: fn(&str, u32) -> Option<String>,
}

impl Room {
    pub fn new(text: &str) -> Self {
        let mut room = Room {
            text: String::new(),
            lines: LineIndex::default(),
            revision: 0,
            problems: Vec::new(),
            read_only: false,
            mark: None,
            state: EditorState::default(),
            edits: Vec::new(),
            undo: Vec::new(),
            requests: Vec::new(),
            complete: |_, _| Vec::new(),
            explain: |_, _| None,
        };
        room.set(text.to_owned());
        room.problems = parse(text).diagnostics;
        room
    }

    fn set(&mut self, text: String) {
        self.lines = LineIndex::new(&text);
        self.problems = parse(&text).diagnostics;
        self.text = text;
        self.revision += 1;
    }

    /// One frame: the editor, then what it asks for.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        let (complete, explain) = (self.complete, self.explain);
        let text = self.text.clone();
        let source = EditorText {
            name: "test.ron",
            text: &text,
            lines: &self.lines,
            revision: self.revision,
            problems: &self.problems,
            highlight: self.mark,
            read_only: self.read_only,
        };
        let aid = LanguageService {
            complete: &|at| complete(&text, at),
            hover: &|at| explain(&text, at),
        };
        let output = text_editor::show(ui, &source, &mut self.state, &aid);
        for edit in output.changes {
            let after = apply(&self.text, &edit.text_edits).expect("an edit that fits");
            assert!(
                after.len() as u32 >= edit.selection_after.head.max(edit.selection_after.anchor)
            );
            let back = invert_edits(&self.text, &edit.text_edits);
            self.undo.push(back);
            self.set(after);
            self.edits.push(edit);
        }
        self.requests.extend(output.request);
        if output.request == Some(EditorRequest::Undo)
            && let Some(splices) = self.undo.pop()
        {
            let after = apply(&self.text, &splices).unwrap();
            self.state.hold_view(&self.lines);
            let replaced = replacements(&splices);
            self.state.follow_change(self.text.len(), &replaced, true);
            self.set(after);
        }
    }
}

/// A key as it goes down.
pub fn down(key: Key, modifiers: Modifiers) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    }
}

pub struct Desk {
    pub harness: Harness<'static, Room>,
}

impl Desk {
    /// An editor with the keyboard, the cursor at the start.
    pub fn new(text: &str) -> Self {
        Self::with(Room::new(text))
    }

    pub fn with(room: Room) -> Self {
        Self::sized(room, vec2(900.0, 500.0), egui::Theme::Light)
    }

    pub fn sized(room: Room, size: Vec2, theme: egui::Theme) -> Self {
        let harness = Harness::builder()
            .with_size(size)
            .with_theme(theme)
            .with_context_setup(theme::install)
            .with_max_steps(40)
            .with_step_dt(0.05)
            // No face of ours has emoji.
            .allow_missing_glyphs()
            .build_ui_state(|ui, room: &mut Room| room.frame(ui), room);
        let mut desk = Desk { harness };
        desk.room_mut().state.focus();
        desk.run();
        desk
    }

    pub fn room(&self) -> &Room {
        self.harness.state()
    }

    pub fn room_mut(&mut self) -> &mut Room {
        self.harness.state_mut()
    }

    pub fn run(&mut self) {
        self.harness.run_ok();
    }

    pub fn text(&self) -> &str {
        &self.room().text
    }

    /// The text with `|` where the cursor is and `‹` where the selection began.
    pub fn shown(&self) -> String {
        let selection = self.room().state.selection();
        let mut text = self.text().to_owned();
        let mut marks = vec![(selection.head as usize, '|')];
        if !selection.is_empty() {
            marks.push((selection.anchor as usize, '‹'));
        }
        marks.sort_unstable();
        for (at, mark) in marks.into_iter().rev() {
            text.insert(at, mark);
        }
        text
    }

    /// Puts the cursor behind the first place of `words`.
    pub fn behind(&mut self, words: &str) {
        let at = self.text().find(words).unwrap() + words.len();
        self.room_mut().state.reveal(at as u32);
        self.run();
    }

    /// The text as a screen reader finds it.
    pub fn page(&self) -> Node<'_> {
        self.harness
            .get_by_role_and_label(Role::MultilineTextInput, "Text of test.ron")
    }

    pub fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.run();
    }

    pub fn event(&mut self, event: Event) {
        self.harness.event(event);
        self.run();
    }

    /// Several events in one frame, as a slow machine has them; the harness would give each a frame
    /// of its own.
    pub fn together(&mut self, events: Vec<Event>) {
        self.harness.input_mut().events.extend(events);
        self.run();
    }

    pub fn compose(&mut self, text: &str) {
        self.event(Event::Ime(ImeEvent::Preedit {
            text: text.to_owned(),
            active_range_chars: None,
        }));
    }

    pub fn commit(&mut self, text: &str) {
        self.event(Event::Ime(ImeEvent::Commit(text.to_owned())));
    }

    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
    }

    pub fn click(&mut self, role: Role, name: &str) {
        self.harness.get_by_role_and_label(role, name).click();
        self.run();
    }

    pub fn says(&self, text: &str) -> bool {
        let mut found = self.harness.query_all_by_label_contains(text);
        found.next().is_some()
    }

    /// Where a byte offset stands on the screen: the middle of its line's height. The page starts
    /// right of the numbers.
    pub fn place(&self, line: u32, column: f32) -> Pos2 {
        let rect = self.page().rect();
        rect.min + vec2(4.0 + column * 7.83, (line as f32 - 0.5) * 20.0)
    }

    /// What was copied in the last frame in which something was.
    pub fn press_and_copy(&mut self, event: Event) -> String {
        self.harness.event(event);
        let mut copied = String::new();
        for _ in 0..3 {
            self.harness.step();
            for command in &self.harness.output().platform_output.commands {
                if let egui::OutputCommand::CopyText(text) = command {
                    copied.clone_from(text);
                }
            }
        }
        copied
    }

    pub fn runs(&self) -> Vec<UndoGrouping> {
        self.room().edits.iter().map(|e| e.run).collect()
    }

    /// The value of the text node: the line with the cursor.
    pub fn spoken(&self) -> String {
        self.page().accesskit_node().value().unwrap_or_default()
    }
}
