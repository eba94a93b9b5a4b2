//! What the text is made of.

use super::Span;

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
#[allow(missing_docs)] // The names say it.
pub enum TokenKind {
    /// White space as RON has it (not every space of Unicode).
    Space,
    /// A byte order mark at the very start.
    ByteOrderMark,
    LineComment,
    BlockComment,
    OpenComment,
    /// An identifier, `r#raw` ones included.
    Word,
    /// A word with hyphens, periods or plus signs in it; never valid, most often text without
    /// quotation marks.
    LooseWord,
    /// The longest run of characters that can belong to a number: `2024-01-02` and `12abc` are one
    /// token.
    Number,
    Range,
    /// Text without escapes.
    Text,
    /// Text with escapes.
    EscapedText,
    RawText,
    OpenText,
    OpenRawText,
    /// A byte string of either kind.
    Bytes,
    OpenBytes,
    Char,
    /// `b'x'`
    Byte,
    /// Single quotation marks around anything but one character.
    BadChar,
    /// Text in curly quotation marks, or those of another language, up to its end or the line's.
    CurlyText,
    LeftParen,
    RightParen,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    Comma,
    Colon,
    Equals,
    Hash,
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
    pub(super) fn may_span_lines(self) -> bool {
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
pub(super) fn closing_marks(opening: char) -> &'static [char] {
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
