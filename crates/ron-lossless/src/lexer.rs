//! The text as tokens: every byte belongs to exactly one, whatever the text holds.
//!
//! The lexer never fails. What RON does not know (curly quotation marks, words with hyphens,
//! invisible characters, lines of a merge conflict) has token kinds of its own, so that the parser
//! can name the mistake instead of an unexpected character. Time is linear: where the end of
//! something is missing and searching for it at each start would be quadratic, the search is made
//! once (`text_ends_with_line`, `conflict_has_no_end`).

use crate::{MAX_BYTES, Span};
use unicode_ident::{is_xid_continue, is_xid_start};

/// One token: what it is and where.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: Span,
}

/// What a token is. `Open…` kinds lack their end.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum TokenKind {
    /// White space as RON has it (not every space of Unicode).
    Space,
    /// A byte order mark at the very start.
    ByteOrderMark,
    /// `// …`, without the line break.
    LineComment,
    /// `/* … */`, nested ones included.
    BlockComment,
    /// `/* …` without an end.
    OpenComment,
    /// An identifier, `r#raw` ones included.
    Word,
    /// A word with hyphens, periods or plus signs in it; never valid, most often text without
    /// quotation marks.
    LooseWord,
    /// The longest run of characters that can belong to a number: `2024-01-02` and `12abc` are one
    /// token.
    Number,
    /// `1..2`, `..=3`
    Range,
    /// Text without escapes.
    Text,
    /// Text with escapes.
    EscapedText,
    /// `r"…"`, `r#"…"#`
    RawText,
    /// Text without a closing quotation mark, up to the end.
    OpenText,
    /// Raw text without its end.
    OpenRawText,
    /// A byte string of either kind.
    Bytes,
    /// A byte string without its end.
    OpenBytes,
    /// `'x'`
    Char,
    /// `b'x'`
    Byte,
    /// Single quotation marks around anything but one character.
    BadChar,
    /// Text in curly quotation marks, or those of another language, up to its end or the line's.
    CurlyText,
    /// `(`
    LeftParen,
    /// `)`
    RightParen,
    /// `[`
    LeftBracket,
    /// `]`
    RightBracket,
    /// `{`
    LeftBrace,
    /// `}`
    RightBrace,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `=`
    Equals,
    /// `#`
    Hash,
    /// `!`
    Bang,
    /// A line that git put there, `<<<<<<< …`; or the second of two versions, up to the end of its
    /// last line, `>>>>>>> …`.
    Conflict,
    /// A run of one character that cannot be seen and is not white space to RON.
    Invisible,
    /// A run of one character that has no meaning in RON.
    Unknown,
    /// The end of the text; empty.
    End,
}

impl TokenKind {
    /// Whether RON skips it.
    pub fn is_trivia(self) -> bool {
        use TokenKind::*;
        matches!(self, Space | ByteOrderMark | LineComment | BlockComment)
    }

    /// Whether a token that is no trivia can hold line breaks.
    pub(crate) fn may_span_lines(self) -> bool {
        use TokenKind::*;
        matches!(
            self,
            Text | EscapedText
                | RawText
                | OpenText
                | OpenRawText
                | Bytes
                | OpenBytes
                | Char
                | BadChar
        )
    }
}

/// The marks that end what `opening` begins, in one language or another; none where it is no
/// quotation mark.
pub(crate) fn closing_marks(opening: char) -> &'static [char] {
    match opening {
        '\u{201C}' | '\u{201D}' | '\u{201E}' => &['\u{201C}', '\u{201D}'],
        '«' => &['»'],
        '»' => &['«'],
        '\u{2018}' | '\u{201A}' => &['\u{2018}', '\u{2019}'],
        '「' => &['」'],
        '『' => &['』'],
        _ => &[],
    }
}

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
pub(crate) struct Lexer<'s> {
    pub(crate) text: &'s str,
    pub(crate) pos: usize,
    /// Text ends with its line at the latest: set once many quotation marks were missing, so that
    /// hostile input cannot make every quotation mark search the whole rest of the text.
    pub text_ends_with_line: bool,
    /// A merge conflict whose end is missing was met: its end is searched for once only.
    pub(crate) conflict_has_no_end: bool,
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

    pub(crate) fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    pub(crate) fn rest(&self, at: usize) -> &'s [u8] {
        self.text.as_bytes().get(at..).unwrap_or(&[])
    }

    pub(crate) fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Moves over all characters from `at` for which `keep` is true.
    pub(crate) fn run(&mut self, at: usize, keep: impl Fn(char) -> bool) {
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
            // `r#type` is a name, `r#"…"#` and `r##"…"##` are text.
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
        let start = self.pos;
        let mut kind = TokenKind::Word;
        loop {
            // Nearly all names are ASCII: go by bytes, and by characters only from the first other
            // one.
            let rest = self.rest(self.pos);
            let ascii = rest
                .iter()
                .position(|b| !b.is_ascii_alphanumeric() && *b != b'_');
            self.pos += ascii.unwrap_or(rest.len());
            match self.byte(self.pos) {
                // `inf..` and `NaN..1` are ranges of numbers, as `ron` reads them.
                b'.' if self.byte(self.pos + 1) == b'.' => {
                    return match self.text.get(start..self.pos).is_some_and(is_no_number) {
                        true => self.number(),
                        false => kind,
                    };
                }
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
        // `+inf` and `-NaN` begin with a sign, so they come here and not to `word`.
        let name = self.text.get(start + 1..self.pos).unwrap_or("");
        if kind == TokenKind::Unknown && is_no_number(name) {
            return TokenKind::Number;
        }
        kind
    }
}

/// Whether a word stands for a floating-point value without digits.
fn is_no_number(word: &str) -> bool {
    let bare = word.strip_suffix("f32").or(word.strip_suffix("f64"));
    matches!(bare.unwrap_or(word), "inf" | "NaN")
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
        || matches!(c, '\u{AD}' | '\u{FEFF}' | '\u{200B}'..='\u{200D}')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}')
}

impl Lexer<'_> {
    pub(crate) fn block_comment(&mut self, from: usize) -> TokenKind {
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
    pub(crate) fn quoted(&mut self, from: usize) -> TokenKind {
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
    pub(crate) fn raw(&mut self, from: usize, closed: TokenKind, open: TokenKind) -> TokenKind {
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
    pub(crate) fn single_quoted(&mut self, from: usize, closed: TokenKind) -> TokenKind {
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
    pub(crate) fn curly(&mut self, mark: char) -> TokenKind {
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

/// The comments in a span of a text, in order, each without the white space at its end.
pub fn comments(text: &str, span: Span) -> impl Iterator<Item = &str> {
    use TokenKind::{BlockComment, LineComment, OpenComment};
    let within = span.of(text);
    let found = tokens(within)
        .filter(|token| matches!(token.kind, LineComment | BlockComment | OpenComment));
    found.map(move |token| token.span.of(within).trim_end())
}

#[cfg(test)]
mod tests {
    use super::TokenKind::*;
    use super::*;
    use crate::Span;

    fn kinds(text: &str) -> Vec<TokenKind> {
        tokens(text)
            .map(|t| t.kind)
            .filter(|k| *k != Space)
            .collect()
    }

    #[test]
    fn literals_are_told_apart() {
        let text = concat!(
            r###"a r#a-b 1 -2.5e3 0x1F 1..=2 .. "x" "\"" r"x" r#"""# "###,
            r###"b"x" br"y" 'x' '\u{41}' ''' b'x' -inf NaN..0 inf.. a..b"###
        );
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
            Range,
            Range,
            Word,
            Range,
        ];
        assert_eq!(kinds(text), expected);
    }

    #[test]
    fn mistakes_are_tokens_of_their_own() {
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
