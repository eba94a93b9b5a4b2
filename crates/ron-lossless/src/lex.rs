//! The text in tokens: every byte belongs to exactly one.

use super::span::{MAX_BYTES, Span};
use super::token::{Token, TokenKind, closing_marks};
use unicode_ident::{is_xid_continue, is_xid_start};

/// Cuts `text` into tokens that follow each other without gap or overlap.
///
/// A text of 4 GB or more has no tokens: spans are 32 bits wide.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut lexer = Lexer::new(text);
    std::iter::from_fn(move || {
        Some(lexer.next_token()).filter(|token| token.kind != TokenKind::End)
    })
}
#[derive(Clone)]
pub(super) struct Lexer<'s> {
    pub(super) text: &'s str,
    pub(super) pos: usize,
    /// Text ends with its line at the latest: set once many quotation marks were missing, so that
    /// hostile input cannot make every quotation mark search the whole rest of the text.
    pub text_ends_with_line: bool,
    /// A merge conflict whose end is missing was met: its end is searched for once only.
    pub(super) conflict_has_no_end: bool,
}

impl<'s> Lexer<'s> {
    pub fn new(text: &'s str) -> Self {
        let text = if text.len() <= MAX_BYTES { text } else { "" };
        Lexer {
            text,
            pos: 0,
            text_ends_with_line: false,
            conflict_has_no_end: false,
        }
    }

    /// Reads on from byte `pos`, which must be a character boundary.
    pub fn jump(&mut self, pos: u32) {
        self.pos = pos as usize;
    }

    pub fn next_token(&mut self) -> Token {
        let start = self.pos;
        let kind = match self.text.as_bytes().get(start) {
            None => TokenKind::End,
            Some(first) => self.scan(*first),
        };
        Token {
            kind,
            span: Span::new(start as u32, self.pos as u32),
        }
    }

    pub(super) fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    pub(super) fn rest(&self, at: usize) -> &'s [u8] {
        self.text.as_bytes().get(at..).unwrap_or(&[])
    }

    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Moves over all characters from `at` for which `keep` holds.
    pub(super) fn run(&mut self, at: usize, keep: impl Fn(char) -> bool) {
        let rest = self.text.get(at..).unwrap_or("");
        self.pos = at + rest.find(|c| !keep(c)).unwrap_or(rest.len());
    }

    fn one(&mut self, kind: TokenKind) -> TokenKind {
        self.pos += 1;
        kind
    }

    fn scan(&mut self, first: u8) -> TokenKind {
        use TokenKind::*;
        let start = self.pos;
        let second = self.byte(start + 1);
        if first == second && self.is_conflict_mark(start) {
            return self.conflict();
        }
        match first {
            b'(' => self.one(LeftParen),
            b')' => self.one(RightParen),
            b'[' => self.one(LeftBracket),
            b']' => self.one(RightBracket),
            b'{' => self.one(LeftBrace),
            b'}' => self.one(RightBrace),
            b',' => self.one(Comma),
            b':' => self.one(Colon),
            b'=' => self.one(Equals),
            b'#' => self.one(Hash),
            b'!' => self.one(Bang),
            b'"' => self.quoted(start + 1),
            b'\'' => self.single_quoted(start + 1, Char),
            b'/' if second == b'/' => {
                let rest = self.rest(start);
                self.pos += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                LineComment
            }
            b'/' if second == b'*' => self.block_comment(start + 2),
            b'r' if second == b'"' => self.raw(start + 1, RawText, OpenRawText),
            b'r' if second == b'#' => match self.char_at(start + 2) {
                Some(c) if c != '"' && c != '#' && raw_word_char(c) => {
                    self.run(start + 2, raw_word_char);
                    Word
                }
                _ => self.raw(start + 1, RawText, OpenRawText),
            },
            b'b' if second == b'"' => match self.quoted(start + 2) {
                OpenText => OpenBytes,
                _ => Bytes,
            },
            b'b' if second == b'\'' => self.single_quoted(start + 2, Byte),
            b'b' if second == b'r' && matches!(self.byte(start + 2), b'"' | b'#') => {
                self.raw(start + 2, Bytes, OpenBytes)
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(),
            b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => self.space(),
            _ => self.other(),
        }
    }

    fn space(&mut self) -> TokenKind {
        // Nearly all space is ASCII: go by bytes.
        let rest = self.rest(self.pos);
        let ascii = rest
            .iter()
            .position(|b| !matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C));
        self.pos += ascii.unwrap_or(rest.len());
        if self.byte(self.pos) >= 0x80 {
            self.run(self.pos, is_space);
        }
        TokenKind::Space
    }

    fn other(&mut self) -> TokenKind {
        let Some(c) = self.char_at(self.pos) else {
            return TokenKind::End;
        };
        match c {
            '\u{feff}' if self.pos == 0 => {
                self.pos += c.len_utf8();
                TokenKind::ByteOrderMark
            }
            _ if is_space(c) => self.space(),
            _ if is_xid_start(c) => self.word(),
            _ if !closing_marks(c).is_empty() => self.curly(c),
            _ => {
                self.run(self.pos, |other| other == c);
                if is_invisible(c) {
                    TokenKind::Invisible
                } else {
                    TokenKind::Unknown
                }
            }
        }
    }

    fn word(&mut self) -> TokenKind {
        let mut kind = TokenKind::Word;
        loop {
            let rest = self.rest(self.pos);
            let ascii = rest
                .iter()
                .position(|b| !b.is_ascii_alphanumeric() && *b != b'_');
            self.pos += ascii.unwrap_or(rest.len());
            match self.byte(self.pos) {
                b'.' if self.byte(self.pos + 1) == b'.' => return kind,
                b'-' | b'+' | b'.' => {
                    kind = TokenKind::LooseWord;
                    self.pos += 1;
                }
                0x80.. => {
                    let before = self.pos;
                    self.run(before, |c| !c.is_ascii() && is_xid_continue(c));
                    if self.pos == before {
                        return kind;
                    }
                }
                _ => return kind,
            }
        }
    }

    fn number(&mut self) -> TokenKind {
        let start = self.pos;
        let mut kind = TokenKind::Unknown;
        loop {
            match self.byte(self.pos) {
                b'.' if self.byte(self.pos + 1) == b'.' => {
                    kind = TokenKind::Range;
                    self.pos += if self.byte(self.pos + 2) == b'=' {
                        3
                    } else {
                        2
                    };
                }
                b'0'..=b'9' => {
                    if kind == TokenKind::Unknown {
                        kind = TokenKind::Number;
                    }
                    self.pos += 1;
                }
                c if c.is_ascii_alphabetic() || matches!(c, b'_' | b'.' | b'+' | b'-') => {
                    self.pos += 1
                }
                _ => break,
            }
        }
        let name = self.text.get(start + 1..self.pos).unwrap_or("");
        let name = name
            .strip_suffix("f32")
            .or(name.strip_suffix("f64"))
            .unwrap_or(name);
        if kind == TokenKind::Unknown && matches!(name, "inf" | "NaN") {
            return TokenKind::Number;
        }
        kind
    }
}

fn raw_word_char(c: char) -> bool {
    matches!(c, '.' | '+' | '-') || is_xid_continue(c)
}

fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t'..='\r' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}'
    )
}

/// Spaces, joiners and control characters that RON does not take as white space.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::{TokenKind::*, *};

    fn kinds(text: &str) -> Vec<TokenKind> {
        tokens(text)
            .map(|t| t.kind)
            .filter(|k| *k != Space)
            .collect()
    }

    #[test]
    fn literals_are_told_apart() {
        let text = r###"a r#a-b 1 -2.5e3 0x1F 1..=2 .. "x" "\"" r"x" r#"""# b"x" br"y" 'x' '\u{41}' ''' b'x' -inf"###;
        let expected = [
            Word,
            Word,
            Number,
            Number,
            Number,
            Range,
            Range,
            Text,
            EscapedText,
            RawText,
            RawText,
            Bytes,
            Bytes,
            Char,
            Char,
            Char,
            Byte,
            Number,
        ];
        assert_eq!(kinds(text), expected);
    }

    #[test]
    fn slips_are_tokens_of_their_own() {
        assert_eq!(
            kinds("mutual-defense 2024-01-02 12abc"),
            [LooseWord, Number, Number]
        );
        assert_eq!(
            kinds("\u{201C}hi\u{201D} 'several words' ''"),
            [CurlyText, BadChar, BadChar]
        );
        assert_eq!(
            kinds("\u{feff}a\u{feff}\u{a0}\0\0@@;"),
            [
                ByteOrderMark,
                Word,
                Invisible,
                Invisible,
                Invisible,
                Unknown,
                Unknown
            ]
        );
        assert_eq!(kinds("+ - ."), [Unknown, Unknown, Unknown]);
    }

    #[test]
    fn comments_and_right_to_left_marks_are_trivia() {
        assert_eq!(
            kinds("// a\r\n/* b /* c */ */\u{200f}x"),
            [LineComment, BlockComment, Word]
        );
    }
}
