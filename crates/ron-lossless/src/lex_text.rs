//! Tokens that go on until their end is found: text of all kinds, and comments.

use super::lex::Lexer;
use super::token::{TokenKind, closing_marks};

impl Lexer<'_> {
    pub(super) fn block_comment(&mut self, from: usize) -> TokenKind {
        let (mut at, mut level) = (from, 1_u32);
        while level > 0 {
            let Some(found) = memchr::memchr2(b'/', b'*', self.rest(at)) else {
                self.pos = self.text.len();
                return TokenKind::OpenComment;
            };
            at += found;
            match (self.byte(at), self.byte(at + 1)) {
                (b'/', b'*') => (at, level) = (at + 2, level + 1),
                (b'*', b'/') => (at, level) = (at + 2, level - 1),
                _ => at += 1,
            }
        }
        self.pos = at;
        TokenKind::BlockComment
    }

    /// Text from the byte after its opening quotation mark.
    pub(super) fn quoted(&mut self, from: usize) -> TokenKind {
        let (mut at, mut kind) = (from, TokenKind::Text);
        loop {
            let rest = self.rest(at);
            let found = match self.text_ends_with_line {
                true => memchr::memchr3(b'"', b'\\', b'\n', rest),
                false => memchr::memchr2(b'"', b'\\', rest),
            };
            at += found.unwrap_or(rest.len());
            match self.byte(at) {
                b'"' => {
                    self.pos = at + 1;
                    return kind;
                }
                // Whatever is escaped, it starts no quotation mark of its own.
                b'\\' if self.byte(at + 1) != b'\n' || !self.text_ends_with_line => {
                    kind = TokenKind::EscapedText;
                    at += 2;
                }
                b'\\' => at += 1,
                _ => {
                    self.pos = at.min(self.text.len());
                    return TokenKind::OpenText;
                }
            }
        }
    }

    /// Raw text from its first `#` or its quotation mark.
    pub(super) fn raw(&mut self, from: usize, closed: TokenKind, open: TokenKind) -> TokenKind {
        let hashes = self.rest(from).iter().take_while(|b| **b == b'#').count();
        let mut at = from + hashes;
        if self.byte(at) != b'"' {
            self.pos = at;
            return TokenKind::Unknown;
        }
        at += 1;
        while let Some(found) = memchr::memchr(b'"', self.rest(at)) {
            at += found + 1;
            let after = self.rest(at).iter().take(hashes);
            if after.take_while(|b| **b == b'#').count() == hashes {
                self.pos = at + hashes;
                return closed;
            }
        }
        self.pos = self.text.len();
        open
    }

    /// One character from the byte after its opening quotation mark; anything else up to the next
    /// mark on the line.
    pub(super) fn single_quoted(&mut self, from: usize, closed: TokenKind) -> TokenKind {
        let Some(c) = self.char_at(from) else {
            self.pos = from;
            return TokenKind::BadChar;
        };
        let mut end = from + c.len_utf8();
        if c == '\\'
            && let Some(escaped) = self.char_at(end)
        {
            end += escaped.len_utf8();
            if matches!(escaped, 'u' | 'x') {
                let digit = |b: &&u8| b.is_ascii_hexdigit() || matches!(b, b'{' | b'}');
                end += self.rest(end).iter().take_while(digit).count();
            }
        }
        if self.byte(end) == b'\'' {
            self.pos = end + 1;
            return closed;
        }
        self.pos = match memchr::memchr2(b'\'', b'\n', self.rest(from)) {
            Some(found) if self.byte(from + found) == b'\'' => from + found + 1,
            _ => end,
        };
        TokenKind::BadChar
    }

    /// Text between quotation marks of another kind, the first of which is `mark`.
    pub(super) fn curly(&mut self, mark: char) -> TokenKind {
        let closing = closing_marks(mark);
        let from = self.pos + mark.len_utf8();
        let mut before = mark;
        let mut rest = self.text.get(from..).unwrap_or("").chars().peekable();
        self.pos = from;
        while let Some(c) = rest.next() {
            // `Japan’s`: an apostrophe ends nothing.
            let is_inside = |next: Option<&char>| next.is_some_and(|c| c.is_alphanumeric());
            let is_apostrophe =
                c == '\u{2019}' && before.is_alphanumeric() && is_inside(rest.peek());
            if c == '\n' || (closing.contains(&c) && !is_apostrophe) {
                break;
            }
            self.pos += c.len_utf8();
            before = c;
        }
        if let Some(mark) = self.char_at(self.pos).filter(|c| *c != '\n') {
            self.pos += mark.len_utf8();
        }
        TokenKind::CurlyText
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Span, tokens};
    use super::{TokenKind::*, *};

    fn kinds(text: &str) -> Vec<TokenKind> {
        let kinds = tokens(text).map(|t| t.kind);
        kinds.filter(|k| *k != Space).collect()
    }

    #[test]
    fn what_never_ends_is_open() {
        assert_eq!(kinds("\"abc\\"), [OpenText]);
        assert_eq!(kinds("r##\"abc\"#"), [OpenRawText]);
        assert_eq!(kinds("b\"abc"), [OpenBytes]);
        assert_eq!(kinds("/* /* */"), [OpenComment]);
        assert_eq!(kinds("'"), [BadChar]);
        assert_eq!(kinds("r###"), [Unknown]);
    }

    #[test]
    fn quotation_marks_of_other_languages_hold_text() {
        for text in [
            "“a b”",
            "„a b“",
            "”a b”",
            "«a b»",
            "»a b«",
            "‘a b’",
            "「a b」",
            "『a b』",
            "‘a’s b’",
        ] {
            assert_eq!(kinds(&format!("{text},")), [CurlyText, Comma], "{text}");
        }
        assert_eq!(kinds("«a b,\n1"), [CurlyText, Number]);
    }

    #[test]
    fn text_can_be_made_to_end_with_its_line() {
        let mut lexer = Lexer::new("\"ab\ncd\"");
        lexer.text_ends_with_line = true;
        assert_eq!(lexer.next_token().span, Span::new(0, 3));
    }
}
