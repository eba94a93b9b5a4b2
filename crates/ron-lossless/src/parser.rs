//! The tolerant parser: values, records, lists and maps.
//!
//! Recovery is by recursive descent with a list of the open brackets, not by skipping to the next
//! comma: what is missing or wrong is decided by what follows it (a field's name and colon, the
//! next record, the indentation), in `recover_brackets`, `recover_quotes` and `recover_document`.
//! The order of these checks in [`Parser::body`] matters: text that was cut short comes first,
//! because it took the closing brackets of its line with it; then a bracket that must have ended,
//! because the token that shows it belongs to an outer one; then a closing bracket too many; only
//! then is a closing bracket taken for what it is.

use crate::cursor::{Cursor, first_line_end, shortened};
use crate::tree::{TreeNode, key_text};
use crate::{
    Diagnostic, MAX_BYTES, MAX_DEPTH, MAX_DIAGNOSTICS, NodeId, NodeKind, Span, Token, TokenKind,
    Tree, codes, quick_fix,
};

/// Reads `text` as RON, whatever it holds.
///
/// Never fails: what cannot be read becomes [`NodeKind::Error`] nodes and [`Tree::diagnostics`],
/// and the rest is read on. Time and memory are linear in the text. Nesting deeper than
/// [`MAX_DEPTH`](crate::MAX_DEPTH) is given up.
pub fn parse(text: &str) -> Tree {
    parse_with_limit(text, MAX_DIAGNOSTICS)
}

/// The same with so many diagnostics at most.
pub(crate) fn parse_with_limit(text: &str, max_diagnostics: usize) -> Tree {
    parse_within(text, MAX_BYTES, max_diagnostics)
}

fn parse_within(text: &str, max_bytes: usize, max_diagnostics: usize) -> Tree {
    let fits = text.len() <= max_bytes;
    let mut parser = Parser {
        cursor: Cursor::new(if fits { text } else { "" }, max_diagnostics),
        // Fewer nodes than this are rare, and growing a large list copies it.
        nodes: Vec::with_capacity(if fits { text.len() / 20 + 8 } else { 1 }),
        open: Vec::new(),
        cut: None,
        skip_comma: false,
    };
    if !fits {
        parser.cursor.give_up();
        parser.cursor.report(0, |_| {
            let message = format!("The text is too large to read: {} bytes", text.len());
            Diagnostic::error(Span::default(), codes::TOO_LARGE, message)
        });
    }
    parser.document();
    let Cursor {
        mut diagnostics,
        omitted,
        ..
    } = parser.cursor;
    // A bracket is reported at its start, but only when its end is missing. `Tree::is_broken` needs
    // them in order.
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    Tree {
        nodes: parser.nodes,
        diagnostics,
        diagnostics_omitted: omitted,
    }
}

pub(crate) struct Parser<'s> {
    pub cursor: Cursor<'s>,
    pub nodes: Vec<TreeNode>,
    /// The brackets that are open, outermost first.
    pub open: Vec<Opening>,
    /// The line on which text was cut short, up to its end: whatever was opened on it ends with it.
    pub cut: Option<Span>,
    /// The value just read lost its end, and its comma with it.
    pub skip_comma: bool,
}

impl<'s> Parser<'s> {
    pub(crate) fn begin(&mut self, kind: NodeKind, start: u32) -> NodeId {
        self.nodes.push(TreeNode {
            kind,
            start,
            end: start,
            next: 0,
            name_end: start,
        });
        self.nodes.len() as NodeId - 1
    }

    /// Ends a node after the last token read.
    pub(crate) fn finish(&mut self, id: NodeId) {
        let (next, end) = (self.nodes.len() as NodeId, self.cursor.last_end);
        if let Some(node) = self.nodes.get_mut(id as usize) {
            (node.next, node.end) = (next, end.max(node.start));
        }
    }

    /// A node of the next token alone, which is read with it.
    pub(crate) fn leaf(&mut self, kind: NodeKind) {
        let id = self.begin(kind, self.cursor.now.span.start);
        self.cursor.advance();
        self.finish(id);
    }

    pub(crate) fn name_end(&mut self, id: NodeId, end: u32) {
        if let Some(node) = self.nodes.get_mut(id as usize) {
            node.name_end = end;
        }
    }

    /// Reports an error; `message` is called only while there is room for it. An empty `help` is
    /// none.
    pub(crate) fn error(
        &mut self,
        span: Span,
        code: &'static str,
        message: impl FnOnce(&Cursor) -> String,
        help: &str,
    ) {
        self.cursor.report(span.start, |cursor| {
            let diagnostic = Diagnostic::error(span, code, message(cursor));
            if help.is_empty() {
                diagnostic
            } else {
                diagnostic.with_help(help)
            }
        });
    }

    fn document(&mut self) {
        let root = self.begin(NodeKind::Root, 0);
        while self.cursor.now.kind == TokenKind::Hash {
            self.attribute();
        }
        self.skip_prose();
        if self.cursor.now.kind != TokenKind::End {
            self.value(0, ValueContext::Item);
            self.trailing();
        } else if !self.cursor.gave_up {
            let end = self.cursor.now.span;
            self.error(
                end,
                codes::EMPTY,
                |_| "The file holds nothing".to_string(),
                "a file holds one value, most often a record: `(name: value)`",
            );
        }
        self.cursor.last_end = self.cursor.text.len() as u32;
        self.finish(root);
    }

    fn trailing(&mut self) {
        let now = self.cursor.now;
        if now.kind == TokenKind::End || self.cursor.gave_up {
            return;
        }
        let message = |cursor: &Cursor| {
            format!(
                "The document ends before {}, and nothing may follow",
                cursor.shown()
            )
        };
        self.error(
            now.span,
            codes::TRAILING,
            message,
            "look for a closing bracket too many above, or delete what follows",
        );
        let rest = self.begin(NodeKind::Error, now.span.start);
        self.cursor.last_end = self.cursor.text.len() as u32;
        self.finish(rest);
    }

    /// `#![…]` at the top. What it may hold is decided by `ron`.
    fn attribute(&mut self) {
        const HELP: &str = "delete this line; most files need none";
        if self.cursor.peek().kind != TokenKind::Bang {
            return self.hash_comment();
        }
        let start = self.cursor.advance().span.start;
        let mut depth = 0;
        let whole = loop {
            use TokenKind::*;
            match self.cursor.now.kind {
                Bang | LeftParen | RightParen | Word | Comma | Equals | Text | EscapedText
                | RawText => {}
                LeftBracket => depth += 1,
                RightBracket if depth == 1 => {
                    self.cursor.advance();
                    break true;
                }
                RightBracket => depth -= 1,
                _ => break false,
            }
            self.cursor.advance();
        };
        let span = Span::new(start, self.cursor.last_end.max(start + 1));
        if !whole || ron::Deserializer::from_str(span.of(self.cursor.text)).is_err() {
            self.error(
                span,
                codes::ATTRIBUTE,
                |_| "This line with `#` cannot be understood".to_string(),
                HELP,
            );
            self.cursor.attach_fix(span, codes::ATTRIBUTE, |cursor| {
                let line = quick_fix::with_its_line(cursor.text, span);
                whole.then(|| quick_fix::replace("Delete the line", line, ""))?
            });
        }
    }

    /// A line that begins with `#`, as comments do elsewhere.
    pub(crate) fn hash_comment(&mut self) {
        let span = Span::new(self.cursor.now.span.start, self.cursor.line_end());
        self.error(
            span,
            codes::UNEXPECTED,
            |_| "`#` begins no comment here".to_string(),
            "a comment begins with `//`",
        );
        self.cursor.attach_fix(span, codes::UNEXPECTED, |cursor| {
            quick_fix::hash_comment(cursor.text, span.start)
        });
        self.cursor.read_to(span.end);
    }
}

/// An open bracket.
#[derive(Copy, Clone)]
pub(crate) struct Opening {
    pub close: TokenKind,
    pub span: Span,
    /// Where its line starts, and how far that is indented.
    pub line: u32,
    pub indent: u32,
}

/// Where a value is: in a field it is the only one, so that words after it belong to it.
#[derive(Copy, Clone, PartialEq)]
pub(crate) enum ValueContext {
    Field,
    Item,
}

/// The message for what has no meaning where it stands.
pub(crate) fn meaningless(cursor: &Cursor) -> String {
    format!("{} has no meaning here", cursor.shown())
}

impl Parser<'_> {
    /// Reads from an opening bracket to its end, or to where it must have ended.
    pub(crate) fn body(&mut self, id: NodeId, close: TokenKind, depth: usize) {
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
            if self.ends_with_cut_line(now) || self.must_have_ended(now, has_fields) {
                self.skip_comma = true;
                break;
            }
            use TokenKind::*;
            match self.cursor.now.kind {
                RightParen | RightBracket | RightBrace if self.is_extra_closer(now) => {
                    self.skip_extra_closer();
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
                    let is_extra = is_second && (has_fields || close == RightBracket);
                    self.cursor.attach_fix(span, codes::EXTRA_COMMA, |cursor| {
                        let line = quick_fix::with_its_line(cursor.text, span);
                        is_extra.then(|| quick_fix::replace("Delete the comma", line, ""))?
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
            _ => self.value(depth, ValueContext::Item),
        }
    }

    fn field_or_value(&mut self, depth: usize) -> bool {
        use TokenKind::*;
        let now = self.cursor.now;
        let next = match now.kind {
            Word | LooseWord | Text => self.cursor.peek(),
            _ => return self.value(depth, ValueContext::Item),
        };
        let gap = Span::new(now.span.end, next.span.start);
        // A name is a field's only where a colon follows, or where nothing but a missing colon
        // explains the value after it; else it is a value of its own.
        match next.kind {
            Colon | Equals => {}
            // `title "x"`: a colon is missing.
            Text | EscapedText | Number | LeftBracket
                if now.kind == Word && !gap.of(self.cursor.text).contains('\n') => {}
            _ => return self.value(depth, ValueContext::Item),
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
            self.cursor.attach_fix(key.span, codes::QUOTED_NAME, |_| {
                quick_fix::is_name(name)
                    .then(|| quick_fix::replace(format!("Write `{name}`"), key.span, name))?
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
                self.cursor
                    .attach_fix(sep.span, codes::MISSING_COLON, |cursor| {
                        let gap = Span::new(key.end, sep.span.start);
                        let is_blank = gap.of(cursor.text).trim_matches(' ').is_empty();
                        let start = if is_blank { gap.start } else { gap.end };
                        quick_fix::replace("Write `:`", Span::new(start, sep.span.end), ":")
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
                self.cursor.attach_fix(at, codes::MISSING_COLON, |cursor| {
                    let before = cursor.text.get(..key.start as usize)?.trim_end();
                    // Elsewhere, it may be a word of a text without quotation marks.
                    let begins = before.ends_with([',', '(']);
                    let value = cursor.now.span.of(cursor.text);
                    let begins = begins && !value.contains('\n') && value != "\"\"";
                    begins.then(|| quick_fix::replace("Add the colon", at, ":"))?
                });
            }
        }
        // The name of the next field is no value of this one: `a: \n b: 1`.
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
            self.value(depth, ValueContext::Field);
        }
    }

    fn entry(&mut self, depth: usize) -> bool {
        let id = self.begin(NodeKind::Entry, self.cursor.now.span.start);
        if !self.value(depth, ValueContext::Item) {
            self.nodes.truncate(id as usize);
            return false;
        }
        if self.cursor.now.kind == TokenKind::Colon {
            self.cursor.advance();
            self.value(depth, ValueContext::Item);
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
        // A value that was cut short took the comma behind it along.
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
                self.cursor.attach_fix(now.span, codes::MISSING_COMMA, |_| {
                    quick_fix::replace("Write `,`", now.span, ",")
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
                let is_sure = self.cursor.omitted == 0 && self.is_next_item(close, item);
                self.cursor
                    .attach_fix(at, codes::MISSING_COMMA, |cursor| match is_sure {
                        true => quick_fix::replace("Add the comma", at, ","),
                        false => quick_fix::full_width_character(cursor.text, now.span),
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

impl Parser<'_> {
    /// Reads a value; `false` where the next token cannot be part of one, and was left alone.
    pub(crate) fn value(&mut self, depth: usize, context: ValueContext) -> bool {
        use TokenKind::*;
        let now = self.cursor.now;
        match now.kind {
            Number => self.leaf(NodeKind::Number),
            Text | EscapedText | OpenText => self.text(),
            RawText => self.leaf(NodeKind::EscapedText),
            Range => self.leaf(NodeKind::Range),
            Char => self.leaf(NodeKind::Char),
            Bytes | Byte => self.leaf(NodeKind::Bytes),
            Word if self.cursor.peek().kind == LeftParen => self.record(depth),
            Word | LooseWord => self.word(context),
            LeftParen => self.record(depth),
            LeftBracket => self.list(depth),
            LeftBrace => self.map(depth),
            OpenRawText | OpenBytes => self.unclosed_raw_text(),
            BadChar => self.text_in_single_quotes(),
            CurlyText => self.text_in_other_quotes(),
            // The open bracket reports the end of the text.
            End => return false,
            Comma | Colon | RightParen | RightBracket | RightBrace => {
                let message =
                    |cursor: &Cursor| format!("A value belongs here, before {}", cursor.shown());
                self.error(now.span, codes::EXPECTED_VALUE, message, "");
                return false;
            }
            Hash => {
                let id = self.begin(NodeKind::Error, now.span.start);
                self.hash_comment();
                self.finish(id);
                self.skip_comma = true;
            }
            _ => {
                self.error(
                    now.span,
                    codes::UNEXPECTED,
                    meaningless,
                    ascii_help(now.span.of(self.cursor.text)),
                );
                self.cursor
                    .attach_fix(now.span, codes::UNEXPECTED, |cursor| {
                        quick_fix::full_width_character(cursor.text, now.span)
                    });
                self.leaf(NodeKind::Error);
            }
        }
        true
    }

    fn unclosed_raw_text(&mut self) {
        let now = self.cursor.now;
        let opening = Span::new(now.span.start, first_line_end(self.cursor.text, now.span));
        self.error(
            opening,
            codes::UNCLOSED_TEXT,
            |_| "This raw text is never closed".to_string(),
            "end it with `\"` and as many `#` as it began with",
        );
        self.leaf(NodeKind::Error);
        // It reaches to the end of the file: what it swallowed is not missing.
        self.cursor.gave_up = true;
    }

    fn text_in_single_quotes(&mut self) {
        use TokenKind::*;
        let now = self.cursor.now;
        self.error(
            now.span,
            codes::BAD_CHARACTER,
            |_| "Single quotation marks can hold one character only".to_string(),
            "put text in double quotation marks: \"…\"",
        );
        let ends = self.cursor.omitted == 0
            && matches!(
                self.cursor.peek().kind,
                Comma | Colon | RightParen | RightBracket | RightBrace
            );
        self.cursor
            .attach_fix(now.span, codes::BAD_CHARACTER, |cursor| {
                ends.then(|| quick_fix::single_quotes(cursor.text, now.span))?
            });
        self.leaf(NodeKind::Error);
    }

    /// Text in curly quotation marks, or those of another language.
    fn text_in_other_quotes(&mut self) {
        let now = self.cursor.now;
        let message = |cursor: &Cursor| {
            let mark = now.span.of(cursor.text).chars().next().unwrap_or('“');
            match mark {
                '\u{2018}'..='\u{201E}' => "This text stands in curly quotation marks".to_string(),
                _ => format!("This text stands in `{mark}` quotation marks"),
            }
        };
        self.error(
            now.span,
            codes::CURLY_QUOTES,
            message,
            "use straight ones: \"…\"",
        );
        self.cursor
            .attach_fix(now.span, codes::CURLY_QUOTES, |cursor| {
                quick_fix::curly_quotes(cursor.text, now.span)
            });
        self.leaf(NodeKind::Error);
        // Without its end, it took the comma as well.
        self.skip_comma = true;
    }

    fn word(&mut self, context: ValueContext) {
        let now = self.cursor.now;
        let end = match context {
            ValueContext::Field => self.unquoted_end(),
            ValueContext::Item => None,
        };
        if self.recover_missing_opening_quote(end.unwrap_or(now.span.end)) {
            return;
        }
        if end.is_none() && now.kind == TokenKind::Word {
            return self.leaf(NodeKind::Word);
        }
        let span = Span::new(now.span.start, end.unwrap_or(now.span.end));
        let source = span.of(self.cursor.text);
        let message = |_: &Cursor| {
            format!(
                "`{}` looks like text without quotation marks",
                shortened(source)
            )
        };
        let help = format!("write \"{}\"", source.replace('"', ""));
        self.error(
            span,
            codes::UNQUOTED,
            message,
            if source.len() < 80 {
                &help
            } else {
                "put it in quotation marks"
            },
        );
        self.cursor.attach_fix(span, codes::UNQUOTED, |cursor| {
            quick_fix::quote_words(cursor.text, span)
        });
        let id = self.begin(NodeKind::Error, span.start);
        self.cursor.read_to(span.end);
        self.finish(id);
    }

    /// Where words without quotation marks end: before a comma, a closing bracket or the line's
    /// end.
    fn unquoted_end(&self) -> Option<u32> {
        use TokenKind::*;
        // More words are no value that lost its marks; and each word of a line looks ahead.
        const MAX_WORDS: usize = 32;
        let first = self.cursor.now.span;
        let mut end = first.end;
        for Token { kind, span } in self.cursor.ahead().take(MAX_WORDS) {
            match kind {
                Word | LooseWord | Number | Unknown | Bang | Char | BadChar
                    if self.is_same_line(end, span.start) =>
                {
                    end = span.end
                }
                // `active date: 2023`: a comma is missing, no quotation marks.
                Colon | Equals if self.is_same_line(end, span.start) => return None,
                _ => break,
            }
        }
        (end > first.end).then_some(end)
    }

    fn is_same_line(&self, from: u32, to: u32) -> bool {
        !Span::new(from, to).of(self.cursor.text).contains('\n')
    }

    fn record(&mut self, depth: usize) {
        let start = self.cursor.now.span.start;
        let name =
            (self.cursor.now.kind == TokenKind::Word).then(|| self.cursor.advance().span.end);
        if self.is_too_deep(depth) {
            return;
        }
        let id = self.begin(NodeKind::Record, start);
        self.name_end(id, name.unwrap_or(start));
        self.body(id, TokenKind::RightParen, depth);
    }

    fn list(&mut self, depth: usize) {
        if !self.is_too_deep(depth) {
            let id = self.begin(NodeKind::List, self.cursor.now.span.start);
            self.body(id, TokenKind::RightBracket, depth);
        }
    }

    fn map(&mut self, depth: usize) {
        if !self.is_too_deep(depth) {
            let id = self.begin(NodeKind::Map, self.cursor.now.span.start);
            self.body(id, TokenKind::RightBrace, depth);
        }
    }

    fn is_too_deep(&mut self, depth: usize) -> bool {
        let too_deep = depth >= MAX_DEPTH;
        if too_deep {
            let span = self.cursor.now.span;
            let message = |_: &Cursor| {
                format!(
                    "Brackets are nested more than {MAX_DEPTH} levels deep; the rest of the file \
                    is not read"
                )
            };
            self.error(
                span,
                codes::TOO_DEEP,
                message,
                "look for brackets that are never closed",
            );
            self.cursor.give_up();
        }
        too_deep
    }
}

/// What to type instead of a character that an input method or a habit put there.
fn ascii_help(source: &str) -> &'static str {
    match source.chars().next() {
        Some('，' | '、' | ';' | '；') => "write `,`",
        Some('：') => "write `:`",
        Some('（') => "write `(`",
        Some('）') => "write `)`",
        Some('\u{2019}' | '」' | '』' | '`') => {
            "put text in straight double quotation marks: \"…\""
        }
        Some('/') => "a comment begins with `//`",
        _ => "delete it, or put text in quotation marks",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MAX_DEPTH;

    fn diagnostics(text: &str) -> Vec<(&'static str, &str)> {
        let tree = parse_within(text, 1000, MAX_DIAGNOSTICS);
        tree.diagnostics
            .iter()
            .map(|p| (p.code, p.span.of(text)))
            .collect()
    }

    #[test]
    fn valid_text_has_no_problems() {
        for text in [
            "()",
            "[]",
            "{}",
            "x",
            "\u{feff}(a: 1)",
            "Doc(a: Some(\"x\"), b: [1, -2.5], c: {\"k\": 'c', 2: Name}, d: (1, 2,),) // end",
            "#![enable(implicit_some)]\n#![type = \"x\"]\n(a: r#\"\"\"#, r#type: br\"\")",
            "(a: \"two\nlines\")",
            "[1..2, ..=3]",
            "Name /* c */ (1)",
        ] {
            assert_eq!(diagnostics(text), [], "{text}");
        }
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(
            diagnostics("(a: 'several words', b: 1)"),
            [("bad-character", "'several words'")]
        );
        assert_eq!(
            diagnostics("(a: “curly”, b: 1)"),
            [("curly-quotes", "“curly”")]
        );
        assert_eq!(diagnostics("(a: /* \n b: 1)"), [("unclosed-comment", "/*")]);
        assert_eq!(diagnostics("(a: r#\"x)\n"), [("unclosed-text", "r#\"x)")]);
        assert_eq!(
            diagnostics("#![nonsense]\n()"),
            [("attribute", "#![nonsense]")]
        );
        assert_eq!(
            diagnostics("# a note\n(a: [1, # one\n 2])"),
            [
                ("unexpected-character", "# a note"),
                ("unexpected-character", "# one")
            ]
        );
        assert_eq!(diagnostics("() ()"), [("trailing", "(")]);
        assert_eq!(diagnostics(" // only a comment"), [("empty", "")]);
    }

    #[test]
    fn depth_and_size_have_limits() {
        assert_eq!(diagnostics(&"[".repeat(MAX_DEPTH)), [("unclosed", "[")]);
        assert_eq!(diagnostics(&"[".repeat(MAX_DEPTH + 1)), [("too-deep", "[")]);
        // What is unread belongs to all that was open, so that nothing counts as missing there.
        let tree = parse(&"(".repeat(MAX_DEPTH * 2));
        assert!(tree.is_broken(1));
        assert_eq!(diagnostics(&" ".repeat(1001)), [("too-large", "")]);
    }

    #[test]
    fn words_without_quotation_marks_are_one_problem() {
        assert_eq!(
            diagnostics("(a: Mutual Defense-Treaty 1953, b: 1)"),
            [("unquoted-text", "Mutual Defense-Treaty 1953")]
        );
        assert_eq!(diagnostics("[ncg-2023]"), [("unquoted-text", "ncg-2023")]);
        assert_eq!(diagnostics("(a: active b: 1)"), [("missing-comma", "")]);
    }
}
