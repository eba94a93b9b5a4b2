//! The pieces of a sound text for laying it out: values, and each comment with what it stands by.

use super::token::TokenKind;

/// A comment, with its place among the lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comment<'s> {
    /// Without white space at its end.
    pub text: &'s str,
    /// Begins with `//`: nothing can follow it on its line.
    pub is_line: bool,
    /// Stands first on its line.
    pub starts_line: bool,
    /// A blank line stands before it.
    pub after_blank: bool,
}

impl Comment<'_> {
    /// Whether what holds the comment needs more than one line.
    pub fn breaks(&self) -> bool {
        self.is_line || self.text.contains('\n')
    }
}

/// A value in its place: a field, an entry, an item of a list, the document itself.
#[derive(Debug)]
pub(super) struct Item<'s> {
    /// Comments on the lines above, or before it on its own line.
    pub above: Vec<Comment<'s>>,
    /// Not on the line of the last comment above it.
    pub starts_line: bool,
    /// A blank line stands between it and what is before it, a comment above it among that.
    pub after_blank: bool,
    pub key: Option<Key<'s>>,
    pub value: Value<'s>,
    /// Comments after it on its line.
    pub beside: Vec<Comment<'s>>,
}

impl Item<'_> {
    /// `starts_line` and `after_blank` of the item with its comments.
    pub fn beginning(&mut self) -> (&mut bool, &mut bool) {
        match self.above.first_mut() {
            Some(comment) => (&mut comment.starts_line, &mut comment.after_blank),
            None => (&mut self.starts_line, &mut self.after_blank),
        }
    }

    /// Whether a blank line stands before the item with its comments.
    pub fn begins_after_blank(&self) -> bool {
        self.above
            .first()
            .map_or(self.after_blank, |c| c.after_blank)
    }
}

/// What stands before a value, and the comments on both sides of the colon.
#[derive(Debug)]
pub(super) struct Key<'s> {
    pub value: Value<'s>,
    pub before_colon: Vec<Comment<'s>>,
    pub after_colon: Vec<Comment<'s>>,
}

#[derive(Debug)]
pub(super) enum Value<'s> {
    /// One token, or an attribute at the top.
    Leaf(&'s str),
    Group(Box<Group<'s>>),
}

/// Something in brackets.
#[derive(Debug)]
pub(super) struct Group<'s> {
    pub name: &'s str,
    pub after_name: Vec<Comment<'s>>,
    pub brackets: Brackets,
    /// Comments after the opening bracket, on its line.
    pub on_opening: Vec<Comment<'s>>,
    pub items: Vec<Item<'s>>,
    /// Comments between the last item and the closing bracket.
    pub below: Vec<Comment<'s>>,
    /// A comma stands after the last item.
    pub has_last_comma: bool,
}

impl<'s> Group<'s> {
    /// The one value of `Name(value)` or `(value)`, where no comment stands beside it.
    pub fn wrapped(&self) -> Option<&Value<'s>> {
        match self.items.as_slice() {
            [item] if self.needs_no_comma() => {
                let comments = [&self.on_opening, &item.above, &item.beside, &self.below];
                comments.iter().all(|c| c.is_empty()).then_some(&item.value)
            }
            _ => None,
        }
    }

    /// `(value,)`: to some readers this is not the same as `(value)`.
    pub fn is_marked_tuple(&self) -> bool {
        self.is_single() && self.has_last_comma
    }

    /// `(value)`
    pub fn needs_no_comma(&self) -> bool {
        self.is_single() && !self.has_last_comma
    }

    fn is_single(&self) -> bool {
        let is_unnamed = |item: &Item| item.key.is_none();
        self.brackets == Brackets::Record
            && self.items.len() == 1
            && self.items.first().is_some_and(is_unnamed)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Brackets {
    /// `( )`
    Record,
    /// `[ ]`
    List,
    /// `{ }`
    Map,
}

impl Brackets {
    pub fn of(kind: TokenKind) -> Option<Self> {
        match kind {
            TokenKind::LeftParen => Some(Brackets::Record),
            TokenKind::LeftBracket => Some(Brackets::List),
            TokenKind::LeftBrace => Some(Brackets::Map),
            _ => None,
        }
    }

    pub fn signs(self) -> (&'static str, &'static str) {
        match self {
            Brackets::Record => ("(", ")"),
            Brackets::List => ("[", "]"),
            Brackets::Map => ("{", "}"),
        }
    }
}

/// The whole text.
#[derive(Debug)]
pub(super) struct Document<'s> {
    pub byte_order_mark: &'s str,
    /// `#![…]` lines.
    pub attributes: Vec<Item<'s>>,
    pub value: Item<'s>,
    /// Comments after the value.
    pub below: Vec<Comment<'s>>,
}

/// A comment without white space at its end.
pub(super) fn trimmed(comment: &str) -> &str {
    comment.trim_end_matches([' ', '\t', '\r'])
}
