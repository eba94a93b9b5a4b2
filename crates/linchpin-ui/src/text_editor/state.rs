//! What an editor remembers from frame to frame: where the cursor is, what is in view, what is
//! being looked for.

use super::completion_popup::CompletionPopup;
use super::find_bar::EditorFindState;
use super::highlighter::Highlighter;
use super::line_layout::LongLineCache;
use super::text_position::TextSelection;
use egui::{Event, Pos2};
use linchpin_edit::text_change::{Bias, Replacement, map_offset, map_span};
use ron_lossless::{LineIndex, Span};

/// The state of one editor. It belongs to the view, and is not kept between runs.
#[derive(Clone, Debug, Default)]
pub struct EditorState {
    pub(super) selection: TextSelection,
    /// Where up and down go, in points from the start of the line.
    pub(super) desired_x: Option<f32>,
    pub(super) scroll: ScrollPosition,
    pub(super) scroll_into_view: ScrollIntoView,
    /// What stands at the top of the view while the text around it changes: the start of its line,
    /// and how much of that line is above the view.
    pub(super) top_anchor: Option<(u32, f64)>,
    pub(super) find: EditorFindState,
    pub(super) completion_popup: CompletionPopup,
    pub(super) preedit: Option<Preedit>,
    pub(super) highlighter: Highlighter,
    pub(super) long_lines: LongLineCache,
    /// Keys that come after something the app does first.
    pub(super) pending_events: Vec<Event>,
    pub(super) drag: Option<DragSelection>,
    pub(super) clicks: ClickCounter,
    pub(super) wants_focus: bool,
    /// When something was last done here, in seconds: the cursor does not blink right away.
    pub(super) last_activity_s: f64,
    /// The revision that was shown last.
    pub(super) shown_revision: Option<u64>,
    /// The first byte that changed since, and the length of the text then; `None` where that is not
    /// known.
    pub(super) pending_change: Option<(u32, u32)>,
    /// The two brackets that belong together, for a revision and a cursor.
    pub(super) bracket_pair: Option<(u64, u32, Option<[Span; 2]>)>,
}

/// What is in view.
#[derive(Copy, Clone, Debug, Default, PartialEq)]
pub(super) struct ScrollPosition {
    /// Lines above the view. Twice as exact as points, which run out of digits in a long file.
    pub top_lines: f64,
    /// Points to the left of the view.
    pub left_pt: f32,
    /// The widest line that was seen, in points.
    pub widest_pt: f32,
}

/// Whether the view goes where the cursor is.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum ScrollIntoView {
    #[default]
    No,
    /// Just into view.
    Nearest,
    /// Into the middle, where it is not in view.
    Center,
}

/// Text that is being composed and is not in the file yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Preedit {
    pub text: String,
    /// The part that is being chosen, in characters.
    pub active_range: Option<std::ops::Range<usize>>,
}

/// What a mouse that is held down selects by.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum SelectionUnit {
    Character,
    Word,
    Line,
}

#[derive(Copy, Clone, Debug)]
pub(super) struct DragSelection {
    pub unit: SelectionUnit,
    /// What was pressed on: it stays selected.
    pub anchor_span: Span,
}

#[derive(Copy, Clone, Debug, Default)]
pub(super) struct ClickCounter {
    pub count: u32,
    pub at_s: f64,
    pub position: Pos2,
}

impl EditorState {
    /// What is selected, and where the cursor is.
    pub fn selection(&self) -> TextSelection {
        self.selection
    }

    /// Where the cursor is, as a byte offset.
    pub fn cursor(&self) -> u32 {
        self.selection.head
    }

    /// Selects something and brings it into view.
    pub fn select(&mut self, selection: TextSelection) {
        self.selection = selection;
        self.desired_x = None;
        self.scroll_into_view = ScrollIntoView::Center;
        self.completion_popup.close();
    }

    /// Puts the cursor at a byte offset and brings it into view.
    pub fn reveal(&mut self, offset: u32) {
        self.select(TextSelection::at(offset));
    }

    /// The text is about to change from elsewhere: what is in view stays in view. `lines` are those
    /// of the text that was shown last.
    pub fn hold_view(&mut self, lines: &LineIndex) {
        let top = self.scroll.top_lines.max(0.0);
        let line = lines.line_span(top.floor() as u32 + 1);
        if let (Some(line), None) = (line, self.top_anchor) {
            self.top_anchor = Some((line.start, top.fract()));
        }
    }

    /// Tells of a change that came out of [`super::show`], between others that did not.
    pub fn follow_own_change(&mut self, replaced: &[Replacement]) {
        if let Some((top, _)) = &mut self.top_anchor {
            *top = map_offset(*top, replaced, Bias::After);
        }
    }

    /// Tells of a change of the text that came from elsewhere: cursor, selection and view stay with
    /// what they were at. With `go` the cursor goes to the change, as after an undo.
    ///
    /// Call it for each change that did not come out of [`super::show`], in order. Without it the
    /// text is simply taken as new.
    pub fn follow_change(&mut self, len_before: usize, replaced: &[Replacement], go: bool) {
        let Some(first) = replaced.first() else {
            return;
        };
        self.follow_own_change(replaced);
        let head = self.selection.head;
        // Who is at the end of the text is behind what stands there, not before what follows.
        let bias = match head as usize == len_before {
            true => Bias::Before,
            false => Bias::After,
        };
        let caret = TextSelection::at(map_offset(head, replaced, bias));
        let span = map_span(self.selection.span(), replaced);
        self.selection = match self.selection {
            _ if span.start == span.end => caret,
            old if old.head < old.anchor => TextSelection {
                anchor: span.end,
                head: span.start,
            },
            _ => TextSelection::from_span(span),
        };
        if let Some(drag) = &mut self.drag {
            drag.anchor_span = map_span(drag.anchor_span, replaced);
        }
        let find = &mut self.find;
        find.search_origin = map_offset(find.search_origin, replaced, Bias::After);
        self.completion_popup.close();
        self.record_change(len_before, replaced);
        if go {
            self.reveal(first.span.start + first.new_len);
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
        self.find.pending_step = Some(back);
    }

    /// Remembers from where on the text is new.
    pub(super) fn record_change(&mut self, len_before: usize, replaced: &[Replacement]) {
        let Some(first) = replaced.first().map(|one| one.span.start) else {
            return;
        };
        let len = len_before as i64 + replaced.iter().map(Replacement::shift).sum::<i64>();
        // Several changes may be made before the next frame: what is unchanged is what lies before
        // the first of them.
        let from = match self.pending_change {
            Some((from, _)) => from.min(first),
            None => first,
        };
        self.pending_change = Some((from, len.max(0) as u32));
    }

    /// Makes everything that was worked out from the text fit the text that is shown now.
    pub(super) fn sync_to_text(&mut self, text: &str, lines: &LineIndex, revision: u64) {
        if let Some((top, above)) = self.top_anchor.take() {
            self.scroll.top_lines = f64::from(lines.line_at(top)) - 1.0 + above;
        }
        if self.shown_revision != Some(revision) {
            let changed = self.pending_change.take();
            // A text of another length than expected came about some other way, and is read anew.
            let from = changed.filter(|(_, len)| *len as usize == text.len());
            let from = from
                .filter(|_| self.shown_revision.is_some())
                .map_or(0, |c| c.0);
            self.highlighter.invalidate_from(from);
            self.long_lines.clear();
            self.scroll.widest_pt = 0.0;
            self.shown_revision = Some(revision);
        }
        self.selection = self.selection.clamped(text);
    }
}
