//! What the page remembers from frame to frame.

use super::super::editor::EditorState;
use super::problems_in;
use linchpin_app::App;
use linchpin_task::Task;
use ron_lossless::{Lines, Problem, Span};
use std::sync::{Arc, Mutex, PoisonError};

/// Up to this many bytes the lines are counted within the frame.
const LINES_AT_ONCE_BYTES: usize = 4_000_000;

/// The state of the page. It belongs to the view, and is not kept between runs.
#[derive(Clone, Default)]
pub struct Pad {
    pub state: EditorState,
    /// The file that is shown, of those that form the register.
    pub part: usize,
    /// Where the lines of the shown file begin; `None` while they are counted.
    pub lines: Option<Arc<Lines>>,
    /// What is wrong with the shown file, at places of its own text.
    pub problems: Arc<[Problem]>,
    /// The lines of the record that one came from.
    pub mark: Option<Span>,
    /// The version that comes of what was typed here last: whatever else has changed the text came from elsewhere.
    pub own_version: Option<u64>,
    /// Which list stands beside the text.
    pub beside: Beside,
    version: Option<u64>,
    text: Option<Arc<str>>,
    shown: Option<(u64, usize)>,
    /// Shared, because what egui remembers must be `Clone`.
    coming: Option<Arc<Mutex<Task<Lines>>>>,
    problems_of: Option<(usize, usize)>,
}

/// The lists beside the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beside {
    #[default]
    Problems,
    Steps,
}

impl Pad {
    /// Makes everything fit the text as it is now.
    pub fn keep_up(&mut self, app: &App) {
        let draft = &app.file.draft;
        if let Some(offset) = app.frame_requests.reveal {
            self.part = linchpin_register::part_at(draft.parts(), offset);
        }
        self.part = self.part.min(draft.parts().len().saturating_sub(1));
        let Some(part) = draft.parts().get(self.part) else {
            return;
        };
        let start = part.span.start;
        let version = draft.version();
        if self.version != Some(version) {
            let came_from_here = self.own_version == Some(version);
            if let (Some(old), false) = (&self.text, came_from_here) {
                self.state
                    .changed(old, part.span.of(draft.text()), self.version.is_some());
                self.mark = None;
            }
            self.version = Some(version);
        }
        let key = (version, self.part);
        if self.shown != Some(key) {
            let text: Arc<str> = match draft.parts().len() {
                1 => draft.text().clone(),
                _ => part.span.of(draft.text()).into(),
            };
            self.count_lines(app, &text);
            self.text = Some(text);
            self.shown = Some(key);
            self.problems_of = None;
        }
        self.take_counted_lines(app);
        // Problems of a text that is being caught up with would stand in wrong places.
        let fresh = app.file.is_up_to_date();
        let known = (Arc::as_ptr(&app.file.latest.problems).addr(), self.part);
        if fresh && self.problems_of != Some(known) {
            self.problems = problems_in(&app.file.latest.problems, part.span).into();
            self.problems_of = Some(known);
        }
        if let Some(offset) = app.frame_requests.reveal {
            let offset = offset.saturating_sub(start);
            self.state.reveal(offset);
            self.state.focus();
            self.mark = app
                .frame_requests
                .reveal_end
                .map(|end| Span::new(offset, end.saturating_sub(start)));
        }
        match app.frame_requests.editor_bar {
            Some(linchpin_app::EditorBar::Find) => self.state.open_find(false),
            Some(linchpin_app::EditorBar::Replace) => self.state.open_find(true),
            Some(linchpin_app::EditorBar::GoToLine) => self.state.open_go_to_line(),
            None => {}
        }
    }

    /// Goes to the next problem behind the cursor, from the last one to the first.
    pub fn next_problem(&mut self) {
        let cursor = self.state.cursor();
        let behind = self.problems.iter().find(|p| p.span.start > cursor);
        if let Some(problem) = behind.or(self.problems.first()) {
            self.state.reveal(problem.span.start);
            self.state.focus();
        }
    }

    fn count_lines(&mut self, app: &App, text: &Arc<str>) {
        if text.len() <= LINES_AT_ONCE_BYTES {
            self.lines = Some(Arc::new(Lines::new(text)));
            self.coming = None;
            return;
        }
        self.lines = None;
        let (spawner, text) = (app.tasks.spawner(), text.clone());
        let task = spawner.spawn("Counting lines", move |_| Lines::new(&text));
        self.coming = Some(Arc::new(Mutex::new(task)));
    }

    /// Takes in the lines of a large text. Where they could not be counted, that is said, and they are counted again
    /// when the text changes.
    fn take_counted_lines(&mut self, app: &App) {
        let task = self.coming.as_ref();
        let answer = task.and_then(|task| {
            let mut task = task.lock().unwrap_or_else(PoisonError::into_inner);
            task.poll()
        });
        match answer {
            None => return,
            Some(Ok(lines)) => self.lines = Some(Arc::new(lines)),
            Some(Err(error)) => app.tasks.spawner().report(error),
        }
        self.coming = None;
    }
}
