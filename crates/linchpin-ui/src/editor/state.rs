//! What an editor remembers from frame to frame: where the cursor is, what is in view, what is being looked for.

use super::draft::carried;
use super::find::Find;
use super::inks::Inks;
use super::place::Selection;
use super::popup::Popup;
use super::row::LongLines;
use egui::{Event, Pos2};
use ron_lossless::{Span, TextEdit, edit_between};

/// The state of one editor. It belongs to the view, and is not kept between runs.
#[derive(Clone, Debug, Default)]
pub struct EditorState {
    pub(super) selection: Selection,
    /// Where up and down go, in points from the start of the line.
    pub(super) desired_x: Option<f32>,
    pub(super) scroll: Scroll,
    pub(super) follow: Follow,
    pub(super) find: Find,
    pub(super) popup: Popup,
    pub(super) ime: Option<Preedit>,
    pub(super) inks: Inks,
    pub(super) long: LongLines,
    /// Keys that come after something the app does first.
    pub(super) waiting: Vec<Event>,
    pub(super) drag: Option<Drag>,
    pub(super) clicks: Clicks,
    pub(super) wants_focus: bool,
    /// When something was last done here, in seconds: the cursor does not blink right away.
    pub(super) busy_s: f64,
    /// The revision that was shown last.
    pub(super) revision: Option<u64>,
    /// The first byte that changed since, and the length of the text then; `None` where that is not known.
    pub(super) news: Option<(u32, u32)>,
    /// The two brackets that belong together, for a revision and a cursor.
    pub(super) pair: Option<(u64, u32, Option<[Span; 2]>)>,
}

/// What is in view.
#[derive(Copy, Clone, Debug, Default, PartialEq)]
pub(super) struct Scroll {
    /// Lines above the view. Twice as exact as points, which run out of digits in a long file.
    pub top_lines: f64,
    /// Points to the left of the view.
    pub left_pt: f32,
    /// The widest line that was seen, in points.
    pub widest_pt: f32,
}

/// Whether the view goes where the cursor is.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Follow {
    #[default]
    No,
    /// Just into view.
    Cursor,
    /// Into the middle, where it is not in view.
    Middle,
}

/// Text that is being composed and is not in the file yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Preedit {
    pub text: String,
    /// The part that is being chosen, in characters.
    pub active: Option<std::ops::Range<usize>>,
}

/// What a mouse that is held down selects by.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Character,
    Word,
    Line,
}

#[derive(Copy, Clone, Debug)]
pub(super) struct Drag {
    pub unit: Unit,
    /// What was pressed on: it stays selected.
    pub from: Span,
}

#[derive(Copy, Clone, Debug, Default)]
pub(super) struct Clicks {
    pub count: u32,
    pub at_s: f64,
    pub place: Pos2,
}

impl EditorState {
    /// What is selected, and where the cursor is.
    pub fn selection(&self) -> Selection {
        self.selection
    }

    /// Where the cursor is, as a byte offset.
    pub fn cursor(&self) -> u32 {
        self.selection.head
    }

    /// Selects something and brings it into view.
    pub fn select(&mut self, selection: Selection) {
        self.selection = selection;
        self.desired_x = None;
        self.follow = Follow::Middle;
        self.popup.close();
    }

    /// Puts the cursor at a byte offset and brings it into view.
    pub fn reveal(&mut self, offset: u32) {
        self.select(Selection::at(offset));
    }

    /// Tells of a change of the text that came from elsewhere: cursor and view stay with what they were at.
    ///
    /// Call it or [`EditorState::changed`] for each change that did not come out of [`super::show`], in order. Without it the text is
    /// simply taken as new.
    pub fn moved(&mut self, len_before: usize, splices: &[TextEdit]) {
        self.selection = Selection {
            anchor: carried(self.selection.anchor, splices),
            head: carried(self.selection.head, splices),
        };
        self.popup.close();
        self.note(len_before, splices);
    }

    /// Tells of a change that came from elsewhere by the texts before and after it; with `go`, the cursor goes there, as after an undo.
    pub fn changed(&mut self, before: &str, after: &str, go: bool) {
        if let Some(splice) = edit_between(before, after) {
            let put = Span::new(
                splice.span.start,
                splice.span.start + splice.text.len() as u32,
            );
            self.moved(before.len(), &[splice]);
            if go {
                self.reveal(put.end);
            }
        }
    }

    /// Gives the keyboard to the text in the next frame.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// Opens the bar that finds, or the one that replaces as well.
    pub fn open_find(&mut self, replace: bool) {
        self.find.open(replace);
    }

    /// Opens the bar that goes to a line.
    pub fn open_go_to_line(&mut self) {
        self.find.open_go_to_line();
    }

    /// Goes to the next place that is found, or to the one before.
    pub fn find_next(&mut self, back: bool) {
        self.find.step = Some(back);
    }

    /// Remembers from where on the text is new.
    pub(super) fn note(&mut self, len_before: usize, splices: &[TextEdit]) {
        let Some(first) = splices.first().map(|s| s.span.start) else {
            return;
        };
        let mut len = len_before as i64;
        for splice in splices {
            len += splice.text.len() as i64 - i64::from(splice.span.end - splice.span.start);
        }
        let from = match self.news {
            Some((from, _)) => from.min(first),
            None => first,
        };
        self.news = Some((from, len.max(0) as u32));
    }

    /// Makes everything that was worked out from the text fit the text that is shown now.
    pub(super) fn keep_up(&mut self, text: &str, revision: u64) {
        if self.revision != Some(revision) {
            let changed = self.news.take();
            let from = changed.filter(|(_, len)| *len as usize == text.len());
            let from = from.filter(|_| self.revision.is_some()).map_or(0, |c| c.0);
            self.inks.cut(from);
            self.long.clear();
            self.scroll.widest_pt = 0.0;
            self.revision = Some(revision);
        }
        self.selection = self.selection.within(text);
    }
}
