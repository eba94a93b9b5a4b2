//! Replacements in a text: the only way in which this crate changes one. They can be shown before
//! they are made, sent to an editor, inverted for undo.

use crate::Span;

/// One replacement: `text` in the place of `span`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What is there afterwards.
    pub text: String,
}

impl TextEdit {
    /// Puts `text` in the place of `span`.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        TextEdit {
            span,
            text: text.into(),
        }
    }

    /// Puts `text` in before byte `offset`.
    pub fn insert(offset: u32, text: impl Into<String>) -> Self {
        TextEdit::new(Span::new(offset, offset), text)
    }
}

/// A change of a text with a label, such as a quick fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceChange {
    /// What it does, as the label of a button: "Write `title`".
    pub label: String,
    /// In the order of the text; none overlaps another.
    pub edits: Vec<TextEdit>,
}

impl SourceChange {
    /// A change with this label. The edits may come in any order; `None` where two of them overlap.
    pub fn new(label: impl Into<String>, mut edits: Vec<TextEdit>) -> Option<Self> {
        edits.sort_by_key(|s| (s.span.start, s.span.end));
        let overlaps = edits
            .windows(2)
            .any(|pair| pair[1].span.start < pair[0].span.end);
        (!overlaps).then(|| SourceChange {
            label: label.into(),
            edits,
        })
    }

    /// The text after the change; `None` where an edit does not fit the text.
    pub fn apply_edits(&self, text: &str) -> Option<String> {
        apply(text, &self.edits)
    }
}

/// The text after all `edits`, which are in order and do not overlap; `None` where one does not fit
/// the text.
pub fn apply(text: &str, edits: &[TextEdit]) -> Option<String> {
    let added: usize = edits.iter().map(|s| s.text.len()).sum();
    let mut out = String::with_capacity(text.len() + added);
    let mut from = 0;
    for edit in edits {
        out.push_str(text.get(from..edit.span.start as usize)?);
        text.get(edit.span.range())?;
        out.push_str(&edit.text);
        from = edit.span.end as usize;
    }
    out.push_str(text.get(from..)?);
    Some(out)
}

/// The edits that do at once what `first` and then `then` do: `then` are edits of the text after
/// `first`. Both are in the order of their text and do not overlap; so is the result. `None` where
/// the text after `first` has no such place as one of `then`.
pub fn compose_edits(text: &str, first: &[TextEdit], then: &[TextEdit]) -> Option<Vec<TextEdit>> {
    // The text after `first`, as pieces of the old text and new ones; `then` cuts out of it.
    let mut pieces = pieces_after(text, first)?.into_iter();
    let mut composed = Composed::default();
    let mut piece = pieces.next();
    let mut at = 0;
    for edit in then {
        for (end, is_kept) in [(edit.span.start, true), (edit.span.end, false)] {
            let mut left = end.checked_sub(at)?;
            while left > 0 {
                let (part, rest) = piece?.split_at(left)?;
                left -= part.len();
                if is_kept {
                    composed.push(part);
                }
                piece = match rest.len() {
                    0 => pieces.next(),
                    _ => Some(rest),
                };
            }
            at = end;
        }
        composed.push(Piece::New(&edit.text));
    }
    piece
        .into_iter()
        .chain(pieces)
        .for_each(|p| composed.push(p));
    composed.finish(text.len() as u32)
}

/// A piece of a text after edits.
#[derive(Clone, Copy)]
enum Piece<'a> {
    /// Bytes of the text before them.
    Old(Span),
    New(&'a str),
}

impl Piece<'_> {
    fn len(&self) -> u32 {
        match self {
            Piece::Old(span) => span.end - span.start,
            Piece::New(text) => text.len() as u32,
        }
    }

    /// Its first `length` bytes, or all of it where it is shorter, and the rest. `None` where that
    /// would cut a character.
    fn split_at(self, length: u32) -> Option<(Self, Self)> {
        let length = length.min(self.len());
        Some(match self {
            Piece::Old(span) => {
                let middle = span.start + length;
                let (a, b) = (Span::new(span.start, middle), Span::new(middle, span.end));
                (Piece::Old(a), Piece::Old(b))
            }
            Piece::New(text) => {
                let (a, b) = text.split_at_checked(length as usize)?;
                (Piece::New(a), Piece::New(b))
            }
        })
    }
}

/// The text after `edits` in pieces, none of them empty.
fn pieces_after<'e>(text: &str, edits: &'e [TextEdit]) -> Option<Vec<Piece<'e>>> {
    let mut pieces = Vec::with_capacity(edits.len() * 2 + 1);
    let mut from = 0;
    for edit in edits {
        edit.span.start.checked_sub(from)?;
        pieces.push(Piece::Old(Span::new(from, edit.span.start)));
        pieces.push(Piece::New(edit.text.as_str()));
        from = edit.span.end;
    }
    pieces.push(Piece::Old(Span::new(from, text.len() as u32)));
    pieces.retain(|piece| piece.len() > 0);
    Some(pieces)
}

/// Edits that are put together from the pieces that stay and those that are new.
#[derive(Default)]
struct Composed {
    edits: Vec<TextEdit>,
    /// Up to where the old text has been dealt with.
    from: u32,
    /// What has come since.
    added: String,
}

impl Composed {
    fn push(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::New(text) => self.added.push_str(text),
            Piece::Old(span) => {
                self.flush(span.start);
                self.from = span.end;
            }
        }
    }

    /// Notes that old text stays from byte `to` on.
    fn flush(&mut self, to: u32) {
        if to > self.from || !self.added.is_empty() {
            let text = std::mem::take(&mut self.added);
            self.edits
                .push(TextEdit::new(Span::new(self.from, to), text));
        }
    }

    fn finish(mut self, end: u32) -> Option<Vec<TextEdit>> {
        self.flush(end);
        Some(self.edits)
    }
}

/// The edits that turn the text after `edits` back into `text`.
pub fn invert_edits(text: &str, edits: &[TextEdit]) -> Vec<TextEdit> {
    let mut shift = 0_i64;
    let mut back = Vec::with_capacity(edits.len());
    for edit in edits {
        let start = (i64::from(edit.span.start) + shift) as u32;
        let end = start + edit.text.len() as u32;
        back.push(TextEdit::new(Span::new(start, end), edit.span.of(text)));
        shift += edit.text.len() as i64 - i64::from(edit.span.end - edit.span.start);
    }
    back
}

/// The one edit that turns `old` into `new`: what they share at both ends is left alone. `None`
/// where they are equal.
pub fn edit_between(old: &str, new: &str) -> Option<TextEdit> {
    if old == new {
        return None;
    }
    let (a, b) = (old.as_bytes(), new.as_bytes());
    let mut start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    // Without this bound both ends could claim the same bytes: `aaa` to `aa`.
    let rest = a.len().min(b.len()) - start;
    let same = a.iter().rev().zip(b.iter().rev()).take(rest);
    let mut end = same.take_while(|(x, y)| x == y).count();
    while !old.is_char_boundary(a.len() - end) || !new.is_char_boundary(b.len() - end) {
        end -= 1;
    }
    let span = Span::new(start as u32, (a.len() - end) as u32);
    Some(TextEdit::new(span, &new[start..b.len() - end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span::new(start, end)
    }

    #[test]
    fn edits_are_undone_by_their_inverse() {
        let text = "(a: 1, 한: \"국\")";
        let change = SourceChange::new(
            "test",
            vec![
                TextEdit::insert(7, "b: 2, "),
                TextEdit::new(span(4, 5), "100"),
                TextEdit::new(span(1, 2), ""),
            ],
        )
        .unwrap();
        let after = change.apply_edits(text).unwrap();
        assert_eq!(after, "(: 100, b: 2, 한: \"국\")");
        let back = invert_edits(text, &change.edits);
        assert_eq!(apply(&after, &back).as_deref(), Some(text));
    }

    #[test]
    fn edits_one_after_the_other_become_edits_of_the_first_text() {
        let text = "(a: 1, 한: \"국\", c: 3)";
        let at = |text: &str, of: &str| {
            let start = text.find(of).unwrap() as u32;
            span(start, start + of.len() as u32)
        };
        let first = [
            TextEdit::insert(1, "z: 0, "),
            TextEdit::new(at(text, "국"), "글자"),
            TextEdit::new(at(text, ", c: 3"), ""),
        ];
        let between = apply(text, &first).unwrap();
        assert_eq!(between, "(z: 0, a: 1, 한: \"글자\")");
        let then = [
            TextEdit::new(at(&between, "0, a"), "9, b"),
            TextEdit::new(at(&between, "자"), ""),
            TextEdit::insert(between.len() as u32 - 1, ", d: 4"),
        ];
        let after = apply(&between, &then).unwrap();
        let both = compose_edits(text, &first, &then).unwrap();
        assert_eq!(apply(text, &both), Some(after));
        let shown: Vec<(&str, &str)> = both
            .iter()
            .map(|e| (e.span.of(text), e.text.as_str()))
            .collect();
        let wanted = [("a", "z: 9, b"), ("국", "글"), (", c: 3", ", d: 4")];
        assert_eq!(shown, wanted);
        assert_eq!(
            compose_edits(text, &first, &[]).as_deref(),
            Some(&first[..])
        );
        assert_eq!(
            compose_edits(text, &[], &first).as_deref(),
            Some(&first[..])
        );
        assert_eq!(compose_edits(text, &[], &[TextEdit::insert(99, "x")]), None);
    }

    #[test]
    fn what_overlaps_or_does_not_fit_is_refused() {
        let (a, b) = (
            TextEdit::new(span(1, 3), "x"),
            TextEdit::new(span(2, 4), "y"),
        );
        assert_eq!(SourceChange::new("test", vec![a.clone(), b]), None);
        assert_eq!(apply("ab", &[a]), None);
        assert_eq!(apply("한", &[TextEdit::insert(1, "x")]), None);
    }

    #[test]
    fn a_difference_is_as_small_as_it_can_be() {
        for (old, new) in [
            ("", "a"),
            ("aaa", "aa"),
            ("한국", "한글"),
            ("국한", "글한"),
            ("abc", "abc"),
            ("ab\r\n", "ab\n"),
        ] {
            let edits: Vec<TextEdit> = edit_between(old, new).into_iter().collect();
            assert_eq!(apply(old, &edits).as_deref(), Some(new), "{old} {new}");
        }
        let one = edit_between("(a: 1, b: 2)", "(a: 17, b: 2)").unwrap();
        assert_eq!((one.span, one.text.as_str()), (span(5, 5), "7"));
    }
}
