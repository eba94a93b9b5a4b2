//! What is looked for, and the changes that replacing makes.

use super::draft::Draft;
use super::place::Selection;
use super::search::{Found, Query};
use linchpin_edit::draft::Run;
use ron_lossless::{Span, TextEdit};

/// The bar above the text.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Bar {
    #[default]
    None,
    Find,
    Replace,
    GoToLine,
}

/// So much of the text is searched in one frame.
const FRAME_BYTES: u32 = 2 << 20;

/// The state of finding and replacing.
#[derive(Clone, Debug, Default)]
pub(super) struct Find {
    pub bar: Bar,
    pub query: Query,
    pub replacement: String,
    /// The number of the line to go to, as typed.
    pub line: String,
    pub found: Found,
    /// To the next place (`false`) or the one before (`true`).
    pub step: Option<bool>,
    /// The bar was opened and takes the keyboard, and the words that are selected.
    pub opened: bool,
    /// Where the bar is on the screen.
    pub rect: Option<egui::Rect>,
    /// The keyboard was in the bar in the frame before.
    pub had_focus: bool,
    /// From where on the words that are being typed are looked for.
    pub origin: u32,
}

impl Find {
    pub fn open(&mut self, replace: bool) {
        self.bar = if replace { Bar::Replace } else { Bar::Find };
        self.opened = true;
    }

    pub fn open_go_to_line(&mut self) {
        self.bar = Bar::GoToLine;
        self.line.clear();
        self.opened = true;
    }

    /// Whether places that are found are marked.
    pub fn marks(&self) -> bool {
        matches!(self.bar, Bar::Find | Bar::Replace) && !self.query.words.is_empty()
    }

    /// Searches on; `false` where that takes more frames.
    pub fn search(&mut self, text: &str, revision: u64) -> bool {
        self.found.search(text, revision, &self.query, FRAME_BYTES);
        self.found.done
    }

    /// Searches all of the text.
    pub fn search_all(&mut self, text: &str, revision: u64) {
        while !self.search(text, revision) {}
    }

    /// The place to go to from what is selected.
    pub fn target(&self, selection: Selection, back: bool) -> Option<Span> {
        let span = selection.span();
        let from = match (back, self.found.index(span)) {
            (false, Some(_)) => span.end,
            _ => span.start,
        };
        self.found.next(from, back)
    }

    /// "3 of 17", "17 hits", "No hits"; a "+" where there may be more.
    pub fn count(&self, selected: Span) -> String {
        let found = &self.found;
        let many = found.places.len();
        let open = if found.done && many < super::search::MAX_FOUND {
            ""
        } else {
            "+"
        };
        match found.index(selected) {
            _ if self.query.words.is_empty() => String::new(),
            Some(at) => format!("{} of {many}{open}", at + 1),
            None if many == 0 && found.done => "No hits".to_owned(),
            None if many == 1 => "1 hit".to_owned(),
            None => format!("{many}{open} hits"),
        }
    }

    /// Replaces the place that is selected, and goes to the next one.
    pub fn replace(&mut self, draft: &mut Draft<'_>) {
        let span = draft.selection.span();
        if self.found.index(span).is_some() {
            let put = self.replacement.clone();
            draft.put(span, &put, Run::Alone, "Replace");
        }
        self.step = Some(false);
    }

    /// Replaces every place in one change.
    pub fn replace_all(&self, draft: &mut Draft<'_>) {
        let new = |span: &Span| TextEdit::new(*span, self.replacement.as_str());
        let splices: Vec<TextEdit> = self.found.places.iter().map(new).collect();
        let head = super::draft::carried(draft.selection.head, &splices);
        draft.change(splices, Selection::at(head), Run::Alone, "Replace all");
    }
}

#[cfg(test)]
mod tests {
    use super::super::typing::tests::after;
    use super::*;

    fn find(words: &str, replacement: &str, draft: &mut Draft<'_>) -> Find {
        let mut find = Find {
            bar: Bar::Replace,
            replacement: replacement.into(),
            ..Find::default()
        };
        find.query.words = words.into();
        find.search_all(draft.now().0, 1);
        find
    }

    #[test]
    fn all_places_are_replaced_in_one_change() {
        let shown = after("a b| a b", |draft| {
            find("b", "한국", draft).replace_all(draft);
            assert_eq!((draft.edits.len(), draft.edits[0].splices.len()), (1, 2));
        });
        assert_eq!(shown, "a 한국| a 한국");
    }

    #[test]
    fn one_place_is_replaced_only_where_it_is_selected() {
        let shown = after("a ‹b| a b", |draft| {
            let mut find = find("b", "xy", draft);
            assert_eq!(find.count(draft.selection.span()), "1 of 2");
            find.replace(draft);
            assert_eq!(find.step, Some(false));
        });
        assert_eq!(shown, "a xy| a b");
        assert_eq!(after("|b b", |d| find("b", "x", d).replace(d)), "|b b");
    }

    #[test]
    fn the_next_place_is_counted_from_the_one_selected() {
        after("‹ab| ab", |draft| {
            let find = find("ab", "", draft);
            let next = find.target(draft.selection, false);
            assert_eq!(next, Some(Span::new(3, 5)));
            assert_eq!(find.target(Selection::at(1), true), Some(Span::new(0, 2)));
            assert_eq!(find.count(Span::new(1, 2)), "2 hits");
        });
    }
}
