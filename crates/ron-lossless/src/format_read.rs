//! The first half of the formatter: takes a valid text apart into values, and decides which value
//! each comment belongs to.

use crate::{Token, TokenKind, tokens};

/// A comment, with its place among the lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FormatComment<'s> {
    /// Without white space at its end.
    pub text: &'s str,
    /// Begins with `//`: nothing can follow it on its line.
    pub is_line: bool,
    /// Stands first on its line.
    pub starts_line: bool,
    /// A blank line stands before it.
    pub after_blank: bool,
}

impl FormatComment<'_> {
    /// Whether what holds the comment needs more than one line.
    pub fn breaks(&self) -> bool {
        self.is_line || self.text.contains('\n')
    }
}

/// A value in its place: a field, an entry, an item of a list, the document itself.
#[derive(Debug)]
pub(crate) struct FormatItem<'s> {
    /// Comments on the lines above, or before it on its own line.
    pub leading: Vec<FormatComment<'s>>,
    /// Not on the line of the last comment above it.
    pub starts_line: bool,
    /// A blank line stands between it and what is before it, a comment above it among that.
    pub after_blank: bool,
    pub key: Option<FormatKey<'s>>,
    pub value: FormatValue<'s>,
    /// Comments after it on its line.
    pub trailing: Vec<FormatComment<'s>>,
}

impl FormatItem<'_> {
    /// `starts_line` and `after_blank` of the item with its comments.
    pub fn beginning(&mut self) -> (&mut bool, &mut bool) {
        match self.leading.first_mut() {
            Some(comment) => (&mut comment.starts_line, &mut comment.after_blank),
            None => (&mut self.starts_line, &mut self.after_blank),
        }
    }

    /// Whether a blank line stands before the item with its comments.
    pub fn begins_after_blank(&self) -> bool {
        self.leading
            .first()
            .map_or(self.after_blank, |c| c.after_blank)
    }
}

/// What stands before a value, and the comments on both sides of the colon.
#[derive(Debug)]
pub(crate) struct FormatKey<'s> {
    pub value: FormatValue<'s>,
    pub before_colon: Vec<FormatComment<'s>>,
    pub after_colon: Vec<FormatComment<'s>>,
}

#[derive(Debug)]
pub(crate) enum FormatValue<'s> {
    /// One token, or an attribute at the top.
    Leaf(&'s str),
    FormatGroup(Box<FormatGroup<'s>>),
}

/// Something in brackets.
#[derive(Debug)]
pub(crate) struct FormatGroup<'s> {
    pub name: &'s str,
    pub after_name: Vec<FormatComment<'s>>,
    pub brackets: Brackets,
    /// Comments after the opening bracket, on its line.
    pub after_open: Vec<FormatComment<'s>>,
    pub items: Vec<FormatItem<'s>>,
    /// Comments between the last item and the closing bracket.
    pub dangling: Vec<FormatComment<'s>>,
    /// A comma stands after the last item.
    pub has_last_comma: bool,
}

impl<'s> FormatGroup<'s> {
    /// The one value of `Name(value)` or `(value)`, where it has no comments.
    pub fn wrapped(&self) -> Option<&FormatValue<'s>> {
        match self.items.as_slice() {
            [item] if self.needs_no_comma() => {
                let comments = [
                    &self.after_open,
                    &item.leading,
                    &item.trailing,
                    &self.dangling,
                ];
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
        let is_unnamed = |item: &FormatItem| item.key.is_none();
        self.brackets == Brackets::Record
            && self.items.len() == 1
            && self.items.first().is_some_and(is_unnamed)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Brackets {
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

    pub fn delimiters(self) -> (&'static str, &'static str) {
        match self {
            Brackets::Record => ("(", ")"),
            Brackets::List => ("[", "]"),
            Brackets::Map => ("{", "}"),
        }
    }
}

/// The whole text.
#[derive(Debug)]
pub(crate) struct FormatDocument<'s> {
    pub byte_order_mark: &'s str,
    /// `#![…]` lines.
    pub attributes: Vec<FormatItem<'s>>,
    pub value: FormatItem<'s>,
    /// Comments after the value.
    pub dangling: Vec<FormatComment<'s>>,
}

/// A comment without white space at its end.
pub(crate) fn trimmed(comment: &str) -> &str {
    comment.trim_end_matches([' ', '\t', '\r'])
}

/// Takes a text apart that has no syntax errors. `None` where it has some after all.
pub(crate) fn read_document(text: &str) -> Option<FormatDocument<'_>> {
    let mut reader = FormatReader {
        text,
        tokens: tokens(text).collect(),
        at: 0,
    };
    reader.document()
}

struct FormatReader<'s> {
    text: &'s str,
    tokens: Vec<Token>,
    at: usize,
}

/// What stands between two tokens that mean something.
#[derive(Default)]
struct TriviaRun<'s> {
    comments: Vec<FormatComment<'s>>,
    /// The next token is the first of its line, but for comments that `comments` has on that line.
    ends_line: bool,
    ends_blank: bool,
}

impl<'s> TriviaRun<'s> {
    /// Takes out the comments at the start that stand on the line of what is before the gap.
    fn take_same_line(&mut self) -> Vec<FormatComment<'s>> {
        let count = self.comments.iter().take_while(|c| !c.starts_line).count();
        self.comments.drain(..count).collect()
    }

    /// Whether everything, the next token included, stands on one line.
    fn is_one_line(&self) -> bool {
        !self.ends_line && self.comments.iter().all(|c| !c.starts_line)
    }
}

impl<'s> FormatReader<'s> {
    fn peek(&self) -> TokenKind {
        self.tokens.get(self.at).map_or(TokenKind::End, |t| t.kind)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).copied()?;
        self.at += 1;
        Some(token)
    }

    fn token_text(&self, token: Token) -> &'s str {
        self.text.get(token.span.range()).unwrap_or("")
    }

    fn gap(&mut self) -> TriviaRun<'s> {
        let mut gap = TriviaRun::default();
        while let Some(token) = self.tokens.get(self.at).copied() {
            let source = self.token_text(token);
            match token.kind {
                TokenKind::Space => {
                    let breaks = memchr::memchr_iter(b'\n', source.as_bytes()).count();
                    gap.ends_line |= breaks > 0;
                    gap.ends_blank |= breaks > 1;
                }
                TokenKind::LineComment | TokenKind::BlockComment => {
                    gap.comments.push(FormatComment {
                        text: trimmed(source),
                        is_line: token.kind == TokenKind::LineComment,
                        starts_line: gap.ends_line,
                        after_blank: gap.ends_blank,
                    });
                    (gap.ends_line, gap.ends_blank) = (false, false);
                }
                TokenKind::ByteOrderMark => {}
                _ => break,
            }
            self.at += 1;
        }
        gap
    }

    fn document(&mut self) -> Option<FormatDocument<'s>> {
        let byte_order_mark = match self.peek() {
            TokenKind::ByteOrderMark => self.take().map(|token| self.token_text(token))?,
            _ => "",
        };
        let mut attributes: Vec<FormatItem> = Vec::new();
        let mut gap = self.gap();
        while self.peek() == TokenKind::Hash {
            let text = self.attribute()?;
            attributes.push(item(std::mem::take(&mut gap), FormatValue::Leaf(text)));
            gap = self.gap();
            if let Some(last) = attributes.last_mut() {
                last.trailing = gap.take_same_line();
            }
        }
        let value = self.value()?;
        let mut value = item(gap, value);
        let mut gap = self.gap();
        value.trailing = gap.take_same_line();
        (self.peek() == TokenKind::End).then_some(FormatDocument {
            byte_order_mark,
            attributes,
            value,
            dangling: gap.comments,
        })
    }

    /// `#![…]`, as it stands.
    fn attribute(&mut self) -> Option<&'s str> {
        let start = self.take()?.span.start;
        let mut depth = 0;
        loop {
            let token = self.take()?;
            match token.kind {
                TokenKind::LeftBracket => depth += 1,
                TokenKind::RightBracket if depth == 1 => {
                    return self.text.get(start as usize..token.span.end as usize);
                }
                TokenKind::RightBracket => depth -= 1,
                _ => {}
            }
        }
    }

    fn value(&mut self) -> Option<FormatValue<'s>> {
        let token = self.take()?;
        if let Some(brackets) = Brackets::of(token.kind) {
            return self.group("", Vec::new(), brackets);
        }
        use TokenKind::*;
        let source = self.token_text(token);
        match token.kind {
            Number | Text | EscapedText | RawText | Range | Char | Bytes | Byte => {}
            Word => {
                let before = self.at;
                // RON allows blanks and comments between a name and its bracket. Without a bracket
                // they belong to what follows, and are read again.
                let gap = self.gap();
                if self.peek() == LeftParen {
                    self.at += 1;
                    return self.group(source, gap.comments, Brackets::Record);
                }
                self.at = before;
            }
            _ => return None,
        }
        Some(FormatValue::Leaf(source))
    }

    fn group(
        &mut self,
        name: &'s str,
        after_name: Vec<FormatComment<'s>>,
        brackets: Brackets,
    ) -> Option<FormatValue<'s>> {
        let mut gap = self.gap();
        // `( /* c */ a: 1`: on one line with the first item, the comment is about that item.
        let is_inside_first = gap.is_one_line() && !self.is_closing();
        let after_open = match is_inside_first {
            true => Vec::new(),
            false => gap.take_same_line(),
        };
        let mut group = FormatGroup {
            name,
            after_name,
            brackets,
            after_open,
            items: Vec::new(),
            dangling: Vec::new(),
            has_last_comma: false,
        };
        while !self.is_closing() {
            let (key, value) = self.key_and_value(brackets)?;
            let mut item = item(std::mem::take(&mut gap), value);
            item.key = key;
            gap = self.gap();
            item.trailing = gap.take_same_line();
            group.has_last_comma = self.peek() == TokenKind::Comma;
            if group.has_last_comma {
                self.at += 1;
                gap = self.after_comma(gap, &mut item.trailing);
            } else if !self.is_closing() {
                return None;
            }
            group.items.push(item);
        }
        self.at += 1;
        group.dangling = gap.comments;
        Some(FormatValue::FormatGroup(Box::new(group)))
    }

    /// What stands between a comma and the next item, with what already stood `before` the comma.
    /// Comments on the comma's line become `trailing` ones of the item before it, unless the next
    /// item is on that line too.
    fn after_comma(
        &mut self,
        mut before: TriviaRun<'s>,
        trailing: &mut Vec<FormatComment<'s>>,
    ) -> TriviaRun<'s> {
        let mut gap = self.gap();
        let belongs_to_next = gap.is_one_line() && !self.is_closing();
        // After a `//` comment nothing can follow on the line.
        let is_full = trailing.last().is_some_and(|last| last.is_line);
        if before.comments.is_empty() && !is_full && !belongs_to_next {
            trailing.append(&mut gap.take_same_line());
        }
        before.comments.append(&mut gap.comments);
        gap.comments = before.comments;
        gap
    }

    fn key_and_value(
        &mut self,
        brackets: Brackets,
    ) -> Option<(Option<FormatKey<'s>>, FormatValue<'s>)> {
        let first = self.value()?;
        if brackets == Brackets::List {
            return Some((None, first));
        }
        let before = self.at;
        let before_colon = self.gap().comments;
        if self.peek() != TokenKind::Colon {
            self.at = before;
            return (brackets == Brackets::Record).then_some((None, first));
        }
        self.at += 1;
        let key = FormatKey {
            value: first,
            before_colon,
            after_colon: self.gap().comments,
        };
        Some((Some(key), self.value()?))
    }

    fn is_closing(&self) -> bool {
        use TokenKind::*;
        matches!(self.peek(), RightParen | RightBracket | RightBrace | End)
    }
}

fn item<'s>(gap: TriviaRun<'s>, value: FormatValue<'s>) -> FormatItem<'s> {
    FormatItem {
        leading: gap.comments,
        starts_line: gap.ends_line,
        after_blank: gap.ends_blank,
        key: None,
        value,
        trailing: Vec::new(),
    }
}
