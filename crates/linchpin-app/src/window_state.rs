//! What the window holds between two frames.

use super::form_state::FormState;

/// What the window holds between two frames. None of it is saved.
#[derive(Default)]
pub struct WindowState {
    /// The fields that are being filled in.
    pub form_state: FormState,
    /// What the next frame does once.
    pub frame_requests: FrameRequests,
    /// A frame has been painted. The very first leaves the page to the second, so that the window
    /// is there at once.
    pub has_painted: bool,
    /// The window closes, whatever is unsaved.
    pub(super) is_closing: bool,
}

/// Things that one frame does and the next does not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FrameRequests {
    /// Puts the cursor into the search field.
    pub focus_search: bool,
    /// Brings the selected row into view.
    pub scroll_to_selected: bool,
    /// Brings the column that the keyboard is at into view.
    pub scroll_to_column: bool,
    pub close_window: bool,
    /// Brings this byte of the text into view on the page of the data file, …
    pub reveal: Option<u32>,
    /// … and marks the lines up to this one.
    pub reveal_end: Option<u32>,
    /// Opens a bar of the text editor.
    pub editor_bar: Option<EditorBar>,
}

/// A bar of the text editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditorBar {
    Find,
    Replace,
    GoToLine,
}
