//! What the page remembers from frame to frame. It belongs to the view and is not kept between
//! runs.

use super::block_layout::BlockHeights;
use super::find_bar::ReaderFindState;
use egui::{Id, Pos2, Ui};
use linchpin_text::prose::Prose;
use std::ops::Range;
use std::sync::Arc;

/// The state of the page.
#[derive(Clone, Default)]
pub(super) struct ReaderState {
    pub heights: BlockHeights,
    /// How far down the text is scrolled, in points.
    pub scroll_offset_pt: f32,
    /// Where it was in the frame before.
    pub last_scroll_offset_pt: f32,
    /// How tall the text's place on screen is, in points.
    pub viewport_height_pt: f32,
    /// Which of the places that were asked for has been shown.
    pub shown_request: u64,
    /// The place that was asked for, marked until something else is done. Bytes of the text.
    pub highlight: Option<Range<usize>>,
    pub find: ReaderFindState,
    pub selection: Option<ReaderSelection>,
    /// Several records stand at these words: where to ask which is meant, and the segments.
    pub record_choice: Option<(Pos2, Vec<usize>)>,
    /// The list of documents: those with a text first.
    pub document_order: super::document_list::DocumentOrder,
    /// Keys have scrolled the text.
    pub scrolled_by_keys: bool,
    text: Option<Arc<Prose>>,
}

/// Words that were selected with the mouse, as bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ReaderSelection {
    pub anchor: usize,
    pub head: usize,
    /// The button is still held down.
    pub is_dragged: bool,
}

impl ReaderSelection {
    pub fn range(self) -> Range<usize> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }

    /// The selected words; nothing where none are.
    pub fn text(self, prose: &Prose) -> Option<&str> {
        let text = prose.text().get(self.range())?.trim();
        (!text.is_empty()).then_some(text)
    }
}

impl ReaderState {
    /// Takes the state out for a frame.
    pub fn load(ui: &Ui) -> Self {
        ui.data_mut(|data| data.remove_temp(state_id()))
            .unwrap_or_default()
    }

    /// Puts it back.
    pub fn store(self, ui: &Ui) {
        ui.data_mut(|data| data.insert_temp(state_id(), self));
    }

    /// Scrolls the text by so many points, in the frame that is being painted.
    pub fn scroll_by(&mut self, by_pt: f32) {
        let most = (self.heights.total() - self.viewport_height_pt).max(0.0);
        self.scroll_offset_pt = (self.scroll_offset_pt + by_pt).clamp(0.0, most);
        self.scrolled_by_keys = true;
        self.highlight = None;
    }

    /// Begins anew where another text is shown.
    pub fn sync_to_text(&mut self, prose: &Arc<Prose>) {
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
                self.heights.invalidate();
                return;
            }
            let (find, shown) = (std::mem::take(&mut self.find), self.shown_request);
            *self = ReaderState {
                text: self.text.clone(),
                find: find.for_other_text(),
                shown_request: shown,
                // Keys scroll before the text is painted for the first time, and need it.
                viewport_height_pt: self.viewport_height_pt,
                ..ReaderState::default()
            };
        }
    }
}

fn state_id() -> Id {
    Id::unique("reader")
}
