//! What is looked for, and the changes that replacing makes.

use super::edit_buffer::EditBuffer;
use super::text_position::TextSelection;
use super::text_search::{SearchMatches, TextQuery};
use linchpin_edit::draft::Run;
use ron_lossless::{Span, TextEdit};

/// The bar above the text.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum FindBarMode {
    #[default]
    None,
    Find,
    Replace,
    GoToLine,
}

/// So much of the text is searched in one frame.
const SEARCH_BYTES_PER_FRAME: u32 = 2 << 20;

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
            draft.replace(span, &put, Run::Alone, "Replace");
        }
        self.pending_step = Some(false);
    }

    /// Replaces every place in one change.
    pub fn replace_all(&self, draft: &mut EditBuffer<'_>) {
        let new = |span: &Span| TextEdit::new(*span, self.replacement.as_str());
        let text_edits: Vec<TextEdit> = self.matches.spans.iter().map(new).collect();
        let head = super::edit_buffer::map_offset(draft.selection.head, &text_edits);
        draft.push(
            text_edits,
            TextSelection::at(head),
            Run::Alone,
            "Replace all",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::typing::tests::after;
    use super::*;

    fn find(words: &str, replacement: &str, draft: &mut EditBuffer<'_>) -> EditorFindState {
        let mut find = EditorFindState {
            mode: FindBarMode::Replace,
            replacement: replacement.into(),
            ..EditorFindState::default()
        };
        find.query.pattern = words.into();
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
