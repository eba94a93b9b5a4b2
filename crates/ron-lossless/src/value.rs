//! Values, and what stands where a value should.

use super::cursor::{Cursor, first_line_end, shortened};
use super::parse::{Parser, Place, meaningless};
use super::token::{Token, TokenKind};
use super::tree::{MAX_DEPTH, NodeKind};
use super::{Span, codes, mend, mend_marks};

impl Parser<'_> {
    /// Reads a value; `false` where the next token cannot be part of one, and was left alone.
    pub(super) fn value(&mut self, depth: usize, place: Place) -> bool {
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
            Word | LooseWord => self.word(place),
            LeftParen => self.record(depth),
            LeftBracket => self.list(depth),
            LeftBrace => self.map(depth),
            OpenRawText | OpenBytes => {
                let opening = Span::new(now.span.start, first_line_end(self.cursor.text, now.span));
                self.error(
                    opening,
                    codes::UNCLOSED_TEXT,
                    |_| "This raw text is never closed".to_string(),
                    "end it with `\"` and as many `#` as it began with",
                );
                self.leaf(NodeKind::Error);
                self.cursor.gave_up = true;
            }
            BadChar => {
                self.error(
                    now.span,
                    codes::BAD_CHARACTER,
                    |_| "Single quotation marks can hold one character only".to_string(),
                    "put text in double quotation marks: \"…\"",
                );
                let ends = self.cursor.left_out == 0
                    && matches!(
                        self.cursor.peek().kind,
                        Comma | Colon | RightParen | RightBracket | RightBrace
                    );
                self.cursor.mend(now.span, codes::BAD_CHARACTER, |cursor| {
                    ends.then(|| mend_marks::single(cursor.text, now.span))?
                });
                self.leaf(NodeKind::Error);
            }
            CurlyText => {
                let message = |cursor: &Cursor| {
                    let mark = now.span.of(cursor.text).chars().next().unwrap_or('“');
                    match mark {
                        '\u{2018}'..='\u{201E}' => {
                            "This text stands in curly quotation marks".to_string()
                        }
                        _ => format!("This text stands in `{mark}` quotation marks"),
                    }
                };
                self.error(
                    now.span,
                    codes::CURLY_QUOTES,
                    message,
                    "use straight ones: \"…\"",
                );
                self.cursor.mend(now.span, codes::CURLY_QUOTES, |cursor| {
                    mend_marks::curly(cursor.text, now.span)
                });
                self.leaf(NodeKind::Error);
                // Without its end, it took the comma as well.
                self.skip_comma = true;
            }
            // The bracket that is open has more to say.
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
                self.cursor.mend(now.span, codes::UNEXPECTED, |cursor| {
                    mend::wide_sign(cursor.text, now.span)
                });
                self.leaf(NodeKind::Error);
            }
        }
        true
    }

    fn word(&mut self, place: Place) {
        let now = self.cursor.now;
        let end = match place {
            Place::Field => self.unquoted_end(),
            Place::Item => None,
        };
        if self.lost_opening_mark(end.unwrap_or(now.span.end)) {
            return;
        }
        if end.is_none() && now.kind == TokenKind::Word {
            return self.leaf(NodeKind::Word);
        }
        let span = Span::new(now.span.start, end.unwrap_or(now.span.end));
        let words = span.of(self.cursor.text);
        let message = |_: &Cursor| {
            format!(
                "`{}` looks like text without quotation marks",
                shortened(words)
            )
        };
        let help = format!("write \"{}\"", words.replace('"', ""));
        self.error(
            span,
            codes::UNQUOTED,
            message,
            if words.len() < 80 {
                &help
            } else {
                "put it in quotation marks"
            },
        );
        self.cursor.mend(span, codes::UNQUOTED, |cursor| {
            mend_marks::unquoted(cursor.text, span)
        });
        let id = self.begin(NodeKind::Error, span.start);
        self.cursor.read_to(span.end);
        self.finish(id);
    }

    /// Where words without quotation marks end: before a comma, a closing bracket or the line's
    /// end.
    fn unquoted_end(&self) -> Option<u32> {
        use TokenKind::*;
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

/// What to type instead of a sign that an input method or a habit put there.
fn ascii_help(words: &str) -> &'static str {
    match words.chars().next() {
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
    use super::super::{Diagnostic, parse};

    fn problems(text: &str) -> Vec<(&'static str, &str)> {
        let tree = parse(text);
        let shown = |p: &Diagnostic| (p.code, p.span.of(text));
        tree.problems.iter().map(shown).collect()
    }

    #[test]
    fn words_without_quotation_marks_are_one_problem() {
        assert_eq!(
            problems("(a: Mutual Defense-Treaty 1953, b: 1)"),
            [("unquoted-text", "Mutual Defense-Treaty 1953")]
        );
        assert_eq!(problems("[ncg-2023]"), [("unquoted-text", "ncg-2023")]);
        assert_eq!(problems("(a: active b: 1)"), [("missing-comma", "")]);
    }
}
