//! A text put together from two others, with places where somebody still has to choose.

use super::conflict::Side;
use ron_lossless::{Span, TokenKind, tokens};
use std::sync::Arc;

/// A stretch of the text to be.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// Words that stand in neither text as they are.
    Text(String),
    /// A stretch of one of the texts.
    Part(Side, Span),
    /// One of two, as the conflict of this number is decided.
    Choice {
        conflict: usize,
        mine: Vec<Piece>,
        theirs: Vec<Piece>,
    },
    /// What stands between two brackets. `mine` is another order of the items, by their numbers,
    /// for when the conflict is decided so.
    Items {
        items: Vec<Item>,
        mine: Option<(usize, Vec<usize>)>,
    },
}

/// An item of a list or a field of a record.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// What stands before it, with its comments.
    pub lead: Vec<Piece>,
    pub value: Vec<Piece>,
    /// Its comma and the comments that follow on the line.
    pub tail: Vec<Piece>,
    /// It is there only when the conflict is decided so.
    pub only: Option<(usize, Side)>,
}

/// The texts from which a draft is put together.
#[derive(Clone, Debug)]
pub(super) struct Sources {
    pub mine: Arc<str>,
    pub theirs: Arc<str>,
}

impl Sources {
    fn of(&self, side: Side) -> &str {
        match side {
            Side::Mine => &self.mine,
            Side::Theirs => &self.theirs,
        }
    }
}

/// The text, each conflict decided by `choices`; where that ends, for what is in the file.
pub(super) fn written(pieces: &[Piece], sources: &Sources, choices: &[Side]) -> String {
    let mut writer = Writer {
        sources,
        choices,
        out: String::with_capacity(sources.theirs.len() + 1024),
        in_comment: false,
    };
    writer.pieces(pieces);
    writer.out
}

struct Writer<'a> {
    sources: &'a Sources,
    choices: &'a [Side],
    out: String,
    /// What was written last is a comment that runs to the end of its line.
    in_comment: bool,
}

impl Writer<'_> {
    fn choice(&self, conflict: usize) -> Side {
        self.choices.get(conflict).copied().unwrap_or(Side::Theirs)
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.push(text),
                Piece::Part(side, span) => self.push(span.of(self.sources.of(*side))),
                Piece::Choice {
                    conflict,
                    mine,
                    theirs,
                } => match self.choice(*conflict) {
                    Side::Mine => self.pieces(mine),
                    Side::Theirs => self.pieces(theirs),
                },
                Piece::Items { items, mine } => {
                    let other = mine
                        .as_ref()
                        .filter(|(conflict, _)| self.choice(*conflict) == Side::Mine);
                    let there = |at: &usize| match items.get(*at).map(|item| item.only) {
                        Some(Some((conflict, side))) => self.choice(conflict) == side,
                        Some(None) => true,
                        None => false,
                    };
                    let order: Vec<usize> = match other {
                        Some((_, order)) => order.iter().copied().filter(there).collect(),
                        None => (0..items.len()).filter(there).collect(),
                    };
                    for (place, at) in order.iter().enumerate() {
                        self.item(&items[*at], place + 1 < order.len());
                    }
                }
            }
        }
    }

    fn item(&mut self, item: &Item, one_follows: bool) {
        let from = self.out.len();
        self.pieces(&item.lead);
        self.end_of_comments(from);
        self.pieces(&item.value);
        let from = self.out.len();
        self.pieces(&item.tail);
        let has_comma = tokens(&self.out[from..]).any(|token| token.kind == TokenKind::Comma);
        if one_follows && !has_comma {
            self.out.insert(from, ',');
        }
        self.end_of_comments(from);
    }

    /// Looks at what was written since `from`, which is comments and white space.
    fn end_of_comments(&mut self, from: usize) {
        let last = tokens(&self.out[from..])
            .filter(|token| token.kind != TokenKind::End)
            .last();
        if let Some(token) = last {
            self.in_comment = token.kind == TokenKind::LineComment;
        }
    }

    fn push(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if std::mem::take(&mut self.in_comment) && !text.starts_with(['\n', '\r']) {
            let eol = ron_lossless::line_ending(&self.sources.theirs, 0);
            self.out.push_str(eol);
        }
        self.out.push_str(text);
    }
}
