//! What the page remembers from frame to frame. It belongs to the view and is not kept between runs.

use super::find::Find;
use super::height::Heights;
use egui::{Id, Pos2, Ui};
use linchpin_text::prose::Prose;
use std::ops::Range;
use std::sync::Arc;

/// The state of the page.
#[derive(Clone, Default)]
pub(super) struct ReaderState {
    pub heights: Heights,
    /// How far down the text is scrolled, in points.
    pub offset_pt: f32,
    /// Where it was in the frame before.
    pub last_offset_pt: f32,
    /// How tall the text's place on screen is, in points.
    pub view_pt: f32,
    /// Which of the places that were asked for has been shown.
    pub shown: u64,
    /// What one came for: marked until something else is done. Bytes of the text.
    pub mark: Option<Range<usize>>,
    pub find: Find,
    pub selection: Option<Selected>,
    /// Several records stand at these words: where to ask which is meant, and the spots.
    pub choice: Option<(Pos2, Vec<usize>)>,
    /// The list of documents: those with a text first.
    pub documents: super::list::Order,
    /// Keys have scrolled the text.
    pub is_scrolled: bool,
    text: Option<Arc<Prose>>,
}

/// Words that were selected with the mouse, as bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Selected {
    pub anchor: usize,
    pub head: usize,
    /// The button is still held down.
    pub is_dragged: bool,
}

impl Selected {
    pub fn range(self) -> Range<usize> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }

    /// The selected words; nothing where none are.
    pub fn words(self, prose: &Prose) -> Option<&str> {
        let words = prose.text().get(self.range())?.trim();
        (!words.is_empty()).then_some(words)
    }
}

impl ReaderState {
    /// Takes the state out for a frame.
    pub fn take(ui: &Ui) -> Self {
        ui.data_mut(|data| data.remove_temp(id()))
            .unwrap_or_default()
    }

    /// Puts it back.
    pub fn keep(self, ui: &Ui) {
        ui.data_mut(|data| data.insert_temp(id(), self));
    }

    /// Scrolls the text by so many points, in the frame that is being painted.
    pub fn scroll_by(&mut self, by_pt: f32) {
        let most = (self.heights.total() - self.view_pt).max(0.0);
        self.offset_pt = (self.offset_pt + by_pt).clamp(0.0, most);
        self.is_scrolled = true;
        self.mark = None;
    }

    /// Begins anew where another text is shown.
    pub fn keep_up(&mut self, prose: &Arc<Prose>) {
        if !self
            .text
            .as_ref()
            .is_some_and(|text| Arc::ptr_eq(text, prose))
        {
            let is_same = self
                .text
                .as_ref()
                .is_some_and(|text| text.text() == prose.text());
            self.text = Some(prose.clone());
            if is_same {
                // The register was edited, and its texts read again.
                self.heights.forget_measures();
                return;
            }
            let (find, shown) = (std::mem::take(&mut self.find), self.shown);
            *self = ReaderState {
                text: self.text.clone(),
                find: find.anew(),
                shown,
                view_pt: self.view_pt,
                ..ReaderState::default()
            };
        }
    }
}

fn id() -> Id {
    Id::unique("reader")
}
