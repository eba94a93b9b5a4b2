//! What stands between brackets, and how to go on where it is broken.

use super::cursor::{Cursor, shortened};
use super::parse::{Opening, Parser, Place, meaningless};
use super::token::TokenKind;
use super::tree::{NodeId, NodeKind, key_text};
use super::{Span, codes, mend};

impl Parser<'_> {
    /// Reads from an opening bracket to its end, or to where it must have ended.
    pub(super) fn body(&mut self, id: NodeId, close: TokenKind, depth: usize) {
        let mark = self.cursor.advance();
        let now = Opening {
            close,
            span: mark.span,
            line: mark.line,
            indent: mark.indent,
        };
        self.open.push(now);
        let mut has_fields = false;
        let mut error_leaf = None;
        loop {
            if self.ends_with_cut_line(now) || self.is_past_end(now, has_fields) {
                self.skip_comma = true;
                break;
            }
            use TokenKind::*;
            match self.cursor.now.kind {
                RightParen | RightBracket | RightBrace if self.is_surplus_closer(now) => {
                    self.skip_surplus_closer();
                    continue;
                }
                kind if kind == close => {
                    self.cursor.advance();
                    break;
                }
                End => {
                    self.report_unclosed(now);
                    break;
                }
                RightParen | RightBracket | RightBrace => {
                    if self.wrong_closer(now) {
                        break;
                    }
                    error_leaf = self.grow_error(error_leaf);
                    continue;
                }
                Comma => {
                    let span = self.cursor.now.span;
                    self.error(
                        span,
                        codes::EXTRA_COMMA,
                        |_| {
                            "There is a comma too many here, or the value before it is missing"
                                .to_string()
                        },
                        "",
                    );
                    // In a call, a value may be missing.
                    let read = self.cursor.text.get(..self.cursor.last_end as usize);
                    let is_second = read.is_some_and(|read| read.ends_with([',', '(', '[']));
                    let is_surplus = is_second && (has_fields || close == RightBracket);
                    self.cursor.mend(span, codes::EXTRA_COMMA, |cursor| {
                        let line = mend::with_its_line(cursor.text, span);
                        is_surplus.then(|| mend::replace("Delete the comma", line, ""))?
                    });
                    self.cursor.advance();
                    continue;
                }
                _ => {}
            }
            let item = self.nodes.len();
            let is_read = self.item(close, depth + 1);
            let kind = self.nodes.get(item).map(|node| node.kind);
            if !is_read {
                // It is no bracket or comma (those are handled above): step over it.
                error_leaf = self.grow_error(error_leaf);
                continue;
            }
            if close == RightParen {
                has_fields |= kind == Some(NodeKind::Field);
                // At the end of the text, it is a field's name cut off.
                let is_bare = !matches!(kind, Some(NodeKind::Field | NodeKind::Error));
                if has_fields && is_bare && self.cursor.now.kind != End {
                    self.report_bare_value(item);
                }
            }
            self.separator(close, item);
        }
        self.open.pop();
        self.finish(id);
        if has_fields {
            self.report_values_before_fields(id);
        }
    }

    fn item(&mut self, close: TokenKind, depth: usize) -> bool {
        match close {
            TokenKind::RightParen => self.field_or_value(depth),
            TokenKind::RightBrace => self.entry(depth),
            _ => self.value(depth, Place::Item),
        }
    }

    fn field_or_value(&mut self, depth: usize) -> bool {
        use TokenKind::*;
        let now = self.cursor.now;
        let next = match now.kind {
            Word | LooseWord | Text => self.cursor.peek(),
            _ => return self.value(depth, Place::Item),
        };
        let gap = Span::new(now.span.end, next.span.start);
        match next.kind {
            Colon | Equals => {}
            // `title "x"`: a colon is missing.
            Text | EscapedText | Number | LeftBracket
                if now.kind == Word && !gap.of(self.cursor.text).contains('\n') => {}
            _ => return self.value(depth, Place::Item),
        }
        let field = self.begin(NodeKind::Field, now.span.start);
        let key = self.cursor.advance();
        self.name_end(field, key.span.end);
        if key.kind == Text {
            let name = key_text(self.cursor.text, key.span);
            let help = format!("write {name}: …");
            self.error(
                key.span,
                codes::QUOTED_NAME,
                |_| "This field name has quotation marks around it, and needs none".to_string(),
                &help,
            );
            self.cursor.mend(key.span, codes::QUOTED_NAME, |_| {
                mend::is_name(name)
                    .then(|| mend::replace(format!("Write `{name}`"), key.span, name))?
            });
        }
        self.colon(depth, key.span);
        self.finish(field);
        true
    }

    /// A field's colon and value.
    fn colon(&mut self, depth: usize, key: Span) {
        use TokenKind::*;
        let sep = self.cursor.now;
        match sep.kind {
            Colon => {
                self.cursor.advance();
            }
            Equals => {
                self.error(
                    sep.span,
                    codes::MISSING_COLON,
                    |_| "`=` stands here where `:` belongs".to_string(),
                    "write `:`",
                );
                self.cursor.mend(sep.span, codes::MISSING_COLON, |cursor| {
                    let gap = Span::new(key.end, sep.span.start);
                    let is_blank = gap.of(cursor.text).trim_matches(' ').is_empty();
                    let start = if is_blank { gap.start } else { gap.end };
                    mend::replace("Write `:`", Span::new(start, sep.span.end), ":")
                });
                self.cursor.advance();
            }
            _ => {
                let at = Span::new(key.end, key.end);
                self.error(
                    at,
                    codes::MISSING_COLON,
                    |_| "The `:` between name and value is missing".to_string(),
                    "add `:` here",
                );
                self.cursor.mend(at, codes::MISSING_COLON, |cursor| {
                    let before = cursor.text.get(..key.start as usize)?.trim_end();
                    // Elsewhere, it may be a word of some text.
                    let begins = before.ends_with([',', '(']);
                    let value = cursor.now.span.of(cursor.text);
                    let begins = begins && !value.contains('\n') && value != "\"\"";
                    begins.then(|| mend::replace("Add the colon", at, ":"))?
                });
            }
        }
        let now = self.cursor.now.kind;
        let is_next_field = matches!(now, Word | LooseWord)
            && self.cursor.now.is_first
            && matches!(self.cursor.peek().kind, Colon | Equals);
        if is_next_field || matches!(now, Comma | RightParen | RightBracket | RightBrace) {
            let name = key.of(self.cursor.text);
            let span = Span::new(key.start, self.cursor.last_end);
            let message = |_: &Cursor| format!("The field `{}` has no value", shortened(name));
            self.error(
                span,
                codes::MISSING_VALUE,
                message,
                "write its value after the colon, or delete the field",
            );
            self.skip_comma = is_next_field;
        } else {
            self.value(depth, Place::Field);
        }
    }

    fn entry(&mut self, depth: usize) -> bool {
        let id = self.begin(NodeKind::Entry, self.cursor.now.span.start);
        if !self.value(depth, Place::Item) {
            self.nodes.truncate(id as usize);
            return false;
        }
        if self.cursor.now.kind == TokenKind::Colon {
            self.cursor.advance();
            self.value(depth, Place::Item);
        } else if !self.cursor.gave_up && self.cursor.now.kind != TokenKind::End {
            let at = Span::new(self.cursor.last_end, self.cursor.last_end);
            let help = "a record with named fields stands in `( )`, a list in `[ ]`";
            self.error(
                at,
                codes::MISSING_COLON,
                |_| "In `{ }`, each key needs `:` and a value".to_string(),
                help,
            );
        }
        self.finish(id);
        true
    }

    /// Between two items.
    fn separator(&mut self, close: TokenKind, item: usize) {
        use TokenKind::*;
        let now = self.cursor.now;
        let is_cut = std::mem::take(&mut self.skip_comma)
            || self.cut.is_some_and(|cut| now.span.start >= cut.end);
        match now.kind {
            Comma => {
                self.cursor.advance();
            }
            RightParen | RightBracket | RightBrace | End => {}
            _ if is_cut || self.cursor.gave_up => {}
            Unknown if matches!(now.span.of(self.cursor.text), ";" | "，" | "、" | "；") => {
                let message = |cursor: &Cursor| {
                    format!("{} stands here where a comma belongs", cursor.shown())
                };
                self.error(now.span, codes::MISSING_COMMA, message, "write `,`");
                self.cursor.mend(now.span, codes::MISSING_COMMA, |_| {
                    mend::replace("Write `,`", now.span, ",")
                });
                self.cursor.advance();
            }
            Colon | Equals => {
                self.error(
                    now.span,
                    codes::UNEXPECTED,
                    meaningless,
                    "only a field name in `( )` or a key in `{ }` has a `:` after it",
                );
                self.leaf(NodeKind::Error);
            }
            _ => {
                let at = Span::new(self.cursor.last_end, self.cursor.last_end);
                let message =
                    |cursor: &Cursor| format!("A comma is missing before {}", cursor.shown());
                self.error(at, codes::MISSING_COMMA, message, "add `,` here");
                let is_sure = self.cursor.left_out == 0 && self.is_next_item(close, item);
                self.cursor
                    .mend(at, codes::MISSING_COMMA, |cursor| match is_sure {
                        true => mend::replace("Add the comma", at, ","),
                        false => mend::wide_sign(cursor.text, now.span),
                    });
            }
        }
    }

    /// Whether the next token surely begins the item after `item`: a field after a whole field, or
    /// an item of the same kind.
    fn is_next_item(&self, close: TokenKind, item: usize) -> bool {
        use TokenKind::*;
        let kind = |at: usize| self.nodes.get(at).map(|node| node.kind);
        let (now, next) = (self.cursor.now, self.cursor.peek().kind);
        let gap = now.span.start > self.cursor.last_end;
        match (close, kind(item)) {
            (RightParen, Some(NodeKind::Field)) => {
                let value = kind(item + 1).filter(|kind| *kind != NodeKind::Error);
                gap && value.is_some() && matches!(now.kind, Word | Text) && next == Colon
            }
            (RightBracket, Some(NodeKind::Record)) => {
                now.kind == LeftParen || (gap && now.kind == Word && next == LeftParen)
            }
            (RightBracket, Some(NodeKind::Text | NodeKind::EscapedText)) => {
                gap && matches!(now.kind, Text | EscapedText)
            }
            (RightBracket, Some(NodeKind::Word)) => {
                now.is_first && now.kind == Word && next != LeftParen
            }
            _ => false,
        }
    }

    /// The next token as an error, together with one just before it.
    fn grow_error(&mut self, last: Option<usize>) -> Option<usize> {
        let grown = last.filter(|last| *last + 1 == self.nodes.len());
        let id = match grown {
            Some(id) => id,
            None => self.begin(NodeKind::Error, self.cursor.now.span.start) as usize,
        };
        self.cursor.advance();
        self.finish(id as NodeId);
        Some(id)
    }
}
