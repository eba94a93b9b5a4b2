//! Takes a sound text apart, and settles what each comment stands by.

use super::layout_pieces::{Brackets, Comment, Document, Group, Item, Key, Value, trimmed};
use super::lex::tokens;
use super::token::{Token, TokenKind};

/// Takes a text apart in which the parser finds no fault. `None` where it is not as that promises.
pub(super) fn pieces(text: &str) -> Option<Document<'_>> {
    let mut reader = Reader {
        text,
        tokens: tokens(text).collect(),
        at: 0,
    };
    reader.document()
}

struct Reader<'s> {
    text: &'s str,
    tokens: Vec<Token>,
    at: usize,
}

/// What stands between two tokens that mean something.
#[derive(Default)]
struct Gap<'s> {
    comments: Vec<Comment<'s>>,
    /// The next token is the first of its line, but for comments that `comments` has on that line.
    ends_line: bool,
    ends_blank: bool,
}

impl<'s> Gap<'s> {
    /// Takes out the comments at the start that stand on the line of what is before the gap.
    fn take_same_line(&mut self) -> Vec<Comment<'s>> {
        let count = self.comments.iter().take_while(|c| !c.starts_line).count();
        self.comments.drain(..count).collect()
    }

    /// Whether everything, the next token included, stands on one line.
    fn is_one_line(&self) -> bool {
        !self.ends_line && self.comments.iter().all(|c| !c.starts_line)
    }
}

impl<'s> Reader<'s> {
    fn peek(&self) -> TokenKind {
        self.tokens.get(self.at).map_or(TokenKind::End, |t| t.kind)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).copied()?;
        self.at += 1;
        Some(token)
    }

    fn words(&self, token: Token) -> &'s str {
        self.text.get(token.span.range()).unwrap_or("")
    }

    fn gap(&mut self) -> Gap<'s> {
        let mut gap = Gap::default();
        while let Some(token) = self.tokens.get(self.at).copied() {
            let words = self.words(token);
            match token.kind {
                TokenKind::Space => {
                    let breaks = memchr::memchr_iter(b'\n', words.as_bytes()).count();
                    gap.ends_line |= breaks > 0;
                    gap.ends_blank |= breaks > 1;
                }
                TokenKind::LineComment | TokenKind::BlockComment => {
                    gap.comments.push(Comment {
                        text: trimmed(words),
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

    fn document(&mut self) -> Option<Document<'s>> {
        let byte_order_mark = match self.peek() {
            TokenKind::ByteOrderMark => self.take().map(|token| self.words(token))?,
            _ => "",
        };
        let mut attributes: Vec<Item> = Vec::new();
        let mut gap = self.gap();
        while self.peek() == TokenKind::Hash {
            let text = self.attribute()?;
            attributes.push(item(std::mem::take(&mut gap), Value::Leaf(text)));
            gap = self.gap();
            if let Some(last) = attributes.last_mut() {
                last.beside = gap.take_same_line();
            }
        }
        let value = self.value()?;
        let mut value = item(gap, value);
        let mut gap = self.gap();
        value.beside = gap.take_same_line();
        (self.peek() == TokenKind::End).then_some(Document {
            byte_order_mark,
            attributes,
            value,
            below: gap.comments,
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

    fn value(&mut self) -> Option<Value<'s>> {
        let token = self.take()?;
        if let Some(brackets) = Brackets::of(token.kind) {
            return self.group("", Vec::new(), brackets);
        }
        use TokenKind::*;
        let words = self.words(token);
        match token.kind {
            Number | Text | EscapedText | RawText | Range | Char | Bytes | Byte => {}
            Word => {
                let before = self.at;
                let gap = self.gap();
                if self.peek() == LeftParen {
                    self.at += 1;
                    return self.group(words, gap.comments, Brackets::Record);
                }
                self.at = before;
            }
            _ => return None,
        }
        Some(Value::Leaf(words))
    }

    fn group(
        &mut self,
        name: &'s str,
        after_name: Vec<Comment<'s>>,
        brackets: Brackets,
    ) -> Option<Value<'s>> {
        let mut gap = self.gap();
        let is_inside_first = gap.is_one_line() && !self.is_closing();
        let on_opening = match is_inside_first {
            true => Vec::new(),
            false => gap.take_same_line(),
        };
        let mut group = Group {
            name,
            after_name,
            brackets,
            on_opening,
            items: Vec::new(),
            below: Vec::new(),
            has_last_comma: false,
        };
        while !self.is_closing() {
            let (key, value) = self.key_and_value(brackets)?;
            let mut item = item(std::mem::take(&mut gap), value);
            item.key = key;
            gap = self.gap();
            item.beside = gap.take_same_line();
            group.has_last_comma = self.peek() == TokenKind::Comma;
            if group.has_last_comma {
                self.at += 1;
                gap = self.after_comma(gap, &mut item.beside);
            } else if !self.is_closing() {
                return None;
            }
            group.items.push(item);
        }
        self.at += 1;
        group.below = gap.comments;
        Some(Value::Group(Box::new(group)))
    }

    /// What stands between a comma and the next item, with what already stood `before` the comma.
    /// Comments on the comma's line go `beside` the item before it, unless the next item stands on
    /// that line too.
    fn after_comma(&mut self, mut before: Gap<'s>, beside: &mut Vec<Comment<'s>>) -> Gap<'s> {
        let mut gap = self.gap();
        let belongs_to_next = gap.is_one_line() && !self.is_closing();
        let is_full = beside.last().is_some_and(|last| last.is_line);
        if before.comments.is_empty() && !is_full && !belongs_to_next {
            beside.append(&mut gap.take_same_line());
        }
        before.comments.append(&mut gap.comments);
        gap.comments = before.comments;
        gap
    }

    fn key_and_value(&mut self, brackets: Brackets) -> Option<(Option<Key<'s>>, Value<'s>)> {
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
        let key = Key {
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

fn item<'s>(gap: Gap<'s>, value: Value<'s>) -> Item<'s> {
    Item {
        above: gap.comments,
        starts_line: gap.ends_line,
        after_blank: gap.ends_blank,
        key: None,
        value,
        beside: Vec::new(),
    }
}
