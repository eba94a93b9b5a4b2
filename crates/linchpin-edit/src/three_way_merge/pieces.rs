//! A text put together from two others, with places where somebody still has to choose.

use super::sides::{MergeSide, Sides};
use ron_lossless::edit::first_line_ending;
use ron_lossless::{Span, TokenKind, tokens};
use std::sync::Arc;

/// A stretch of the text to be.
#[derive(Clone, Debug)]
pub(super) enum MergePiece {
    /// Words that stand in neither text as they are.
    Literal(String),
    /// A stretch of one of the texts.
    Source(MergeSide, Span),
    /// One of two, as the conflict of this number is decided.
    Conflict {
        conflict: usize,
        ours: Vec<MergePiece>,
        theirs: Vec<MergePiece>,
    },
    /// What stands between two brackets. `our_order` is another order of the items, by their
    /// numbers, for when the conflict of this number is decided so.
    Items {
        items: Vec<MergeItem>,
        our_order: Option<(usize, Vec<usize>)>,
    },
}

/// An item of a list or a field of a record.
#[derive(Clone, Debug)]
pub(super) struct MergeItem {
    /// What stands before it, with its comments.
    pub leading: Vec<MergePiece>,
    pub value: Vec<MergePiece>,
    /// Its comma and the comments that follow on the line.
    pub trailing: Vec<MergePiece>,
    /// It is there only when the conflict is decided so.
    pub condition: Option<(usize, MergeSide)>,
}

/// The texts from which the merged one is put together.
pub(super) type MergeSources = Sides<Arc<str>>;

/// The text, each conflict decided by `choices`; those behind its end for what is in the file.
pub(super) fn write_merged(
    pieces: &[MergePiece],
    sources: &MergeSources,
    choices: &[MergeSide],
) -> String {
    let mut writer = MergeWriter {
        sources,
        choices,
        out: String::with_capacity(sources.theirs.len() + 1024),
        in_comment: false,
    };
    writer.write_pieces(pieces);
    writer.out
}

struct MergeWriter<'a> {
    sources: &'a MergeSources,
    choices: &'a [MergeSide],
    out: String,
    /// What was written last is a comment that runs to the end of its line.
    in_comment: bool,
}

impl MergeWriter<'_> {
    fn chosen_side(&self, conflict: usize) -> MergeSide {
        self.choices
            .get(conflict)
            .copied()
            .unwrap_or(MergeSide::Theirs)
    }

    fn write_pieces(&mut self, pieces: &[MergePiece]) {
        for piece in pieces {
            match piece {
                MergePiece::Literal(text) => self.write(text),
                MergePiece::Source(side, span) => self.write(span.of(self.sources.get(*side))),
                MergePiece::Conflict {
                    conflict,
                    ours,
                    theirs,
                } => match self.chosen_side(*conflict) {
                    MergeSide::Ours => self.write_pieces(ours),
                    MergeSide::Theirs => self.write_pieces(theirs),
                },
                MergePiece::Items { items, our_order } => {
                    let other = our_order
                        .as_ref()
                        .filter(|(conflict, _)| self.chosen_side(*conflict) == MergeSide::Ours);
                    let there = |at: &usize| match items.get(*at).map(|item| item.condition) {
                        Some(Some((conflict, side))) => self.chosen_side(conflict) == side,
                        Some(None) => true,
                        None => false,
                    };
                    let order: Vec<usize> = match other {
                        Some((_, order)) => order.iter().copied().filter(there).collect(),
                        None => (0..items.len()).filter(there).collect(),
                    };
                    for (place, at) in order.iter().enumerate() {
                        self.write_item(&items[*at], place + 1 < order.len());
                    }
                }
            }
        }
    }

    fn write_item(&mut self, item: &MergeItem, one_follows: bool) {
        let from = self.out.len();
        self.write_pieces(&item.leading);
        self.update_in_comment(from);
        self.write_pieces(&item.value);
        let from = self.out.len();
        self.write_pieces(&item.trailing);
        let has_comma = tokens(&self.out[from..]).any(|token| token.kind == TokenKind::Comma);
        if one_follows && !has_comma {
            self.out.insert(from, ',');
        }
        self.update_in_comment(from);
    }

    /// Looks at what was written since `from`, which is comments and white space.
    fn update_in_comment(&mut self, from: usize) {
        let last = tokens(&self.out[from..])
            .filter(|token| token.kind != TokenKind::End)
            .last();
        if let Some(token) = last {
            self.in_comment = token.kind == TokenKind::LineComment;
        }
    }

    fn write(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        // Pieces of two texts meet here. What stood on a line of its own in one must not become
        // part of a comment of the other.
        if std::mem::take(&mut self.in_comment) && !text.starts_with(['\n', '\r']) {
            let eol = first_line_ending(&self.sources.theirs);
            self.out.push_str(eol);
        }
        self.out.push_str(text);
    }
}
