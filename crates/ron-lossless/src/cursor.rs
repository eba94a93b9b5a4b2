//! The parser's position in the text: one token at a time, with the layout of its line, and the
//! diagnostics found so far.

use crate::lexer::Lexer;
use crate::{Diagnostic, SourceChange, Span, Token, TokenKind, codes, quick_fix};

/// A token that is no trivia, with the layout of its line: recovery decides by indentation.
#[derive(Copy, Clone)]
pub(crate) struct PositionedToken {
    pub kind: TokenKind,
    pub span: Span,
    /// Where its line starts.
    pub line: u32,
    /// How far that line is indented, in bytes.
    pub indent: u32,
    /// Whether nothing but white space stands before it on its line.
    pub is_first: bool,
}

pub(crate) struct Cursor<'s> {
    pub text: &'s str,
    lexer: Lexer<'s>,
    /// The token to be read next.
    pub now: PositionedToken,
    /// The end of the token read last.
    pub last_end: u32,
    pub diagnostics: Vec<Diagnostic>,
    /// More are only counted.
    max_diagnostics: usize,
    pub omitted: usize,
    /// Reading was given up: the text ends here, and nothing more is reported as missing.
    pub gave_up: bool,
    /// A merge conflict was begun whose last line is still to come.
    pub in_conflict: bool,
    text_cuts: u32,
}

/// After so many missing quotation marks, text is taken to end with its line. Without this bound,
/// each of `n` quotation marks could search the whole rest of the text for its partner, which is
/// quadratic on hostile input.
const MAX_TEXT_CUTS: u32 = 16;

impl<'s> Cursor<'s> {
    pub fn new(text: &'s str, max_diagnostics: usize) -> Self {
        let mut cursor = Cursor {
            text,
            lexer: Lexer::new(text),
            now: PositionedToken {
                kind: TokenKind::Space,
                span: Span::default(),
                line: 0,
                indent: 0,
                is_first: true,
            },
            last_end: 0,
            diagnostics: Vec::new(),
            max_diagnostics,
            omitted: 0,
            gave_up: false,
            in_conflict: false,
            text_cuts: 0,
        };
        cursor.pull();
        cursor
    }

    /// Adds a diagnostic; `make` is called only while there is room for it. Of several at one place
    /// only the first is reported: the later ones follow from it.
    pub fn report(&mut self, at: u32, make: impl FnOnce(&Self) -> Diagnostic) {
        // The last is enough to look at: what follows from an error is reported right after it.
        if self
            .diagnostics
            .last()
            .is_some_and(|last| last.span.start == at)
        {
            return;
        }
        if self.diagnostics.len() < self.max_diagnostics {
            self.diagnostics.push(make(self));
        } else {
            self.omitted += 1;
        }
    }

    /// Attaches a quick fix to the diagnostic just reported at `span`; `make` is called only where
    /// that was stored.
    pub fn attach_fix(
        &mut self,
        span: Span,
        code: &'static str,
        make: impl FnOnce(&Self) -> Option<SourceChange>,
    ) {
        // Apart from `report`, since a fix may look at what the parser reads after the error; and
        // `report` may have dropped the diagnostic, so the last one need not be the one meant.
        let is_stored = |p: &Diagnostic| p.span == span && p.code == code && p.fix.is_none();
        if self.omitted == 0 && self.diagnostics.last().is_some_and(is_stored) {
            let fix = make(self);
            if let Some(last) = self.diagnostics.last_mut() {
                last.fix = fix;
            }
        }
    }

    /// Whether a comma, a closing bracket, another line or nothing comes after the next token.
    pub fn ends_item(&self) -> bool {
        use TokenKind::*;
        let next = self.peek();
        let gap = Span::new(self.now.span.end, next.span.start);
        let ends = matches!(
            next.kind,
            Comma | RightParen | RightBracket | RightBrace | End
        );
        ends || gap.of(self.text).contains('\n')
    }

    /// Whether nothing is wrong from byte `start` on, as far as the text was read, but for a comma
    /// after the last token.
    pub fn is_clean_from(&self, start: u32) -> bool {
        let is_comma =
            |p: &Diagnostic| p.code == codes::MISSING_COMMA && p.span.start == self.last_end;
        let mut diagnostics = self.diagnostics.iter();
        self.omitted == 0 && diagnostics.all(|p| p.span.start < start || is_comma(p))
    }

    /// The next token is read: moves on and returns it.
    pub fn advance(&mut self) -> PositionedToken {
        let read = self.now;
        self.last_end = read.span.end;
        self.pull();
        read
    }

    /// The token after the next.
    pub fn peek(&self) -> Token {
        let mut lexer = self.lexer.clone();
        next_solid(&mut lexer)
    }

    /// The tokens after the next, white space and comments left out; without end.
    pub fn ahead(&self) -> impl Iterator<Item = Token> + use<'s> {
        let mut lexer = self.lexer.clone();
        std::iter::from_fn(move || Some(next_solid(&mut lexer)))
    }

    /// Takes the next token as ending at `end`, on its first line, and reads on from there.
    pub fn cut_text(&mut self, end: u32) {
        self.text_cuts += 1;
        self.lexer.text_ends_with_line = self.text_cuts > MAX_TEXT_CUTS;
        self.read_to(end);
    }

    /// Takes everything up to `end` as read.
    pub fn read_to(&mut self, end: u32) {
        let passed = Span::new(self.now.span.start, end);
        if let Some(at) = self.line_break(passed) {
            (self.now.line, self.now.indent) = (passed.start + at + 1, 0);
        }
        self.now.kind = TokenKind::Space;
        self.now.span.end = end;
        self.last_end = end;
        self.lexer.jump(end);
        self.pull();
    }

    /// The end of the line that the next token starts on.
    pub fn line_end(&self) -> u32 {
        first_line_end(
            self.text,
            Span::new(self.now.span.start, self.text.len() as u32),
        )
    }

    /// Reads nothing more: the rest belongs to what is open.
    pub fn give_up(&mut self) {
        self.gave_up = true;
        self.last_end = self.text.len() as u32;
        self.lexer.jump(self.text.len() as u32);
        self.pull();
    }

    /// The next token, shortened, for a message.
    pub fn shown(&self) -> String {
        match self.now.kind {
            TokenKind::End => "the end of the file".to_string(),
            _ => format!("`{}`", shortened(self.now.span.of(self.text))),
        }
    }

    fn pull(&mut self) {
        let read = self.now.span;
        let mut is_first = read.end == 0;
        if self.now.kind.may_span_lines()
            && let Some(at) = self.line_break(read)
        {
            (self.now.line, self.now.indent) = (read.start + at + 1, 0);
        }
        loop {
            let token = self.lexer.next_token();
            match token.kind {
                TokenKind::Space => {
                    if let Some(at) = self.line_break(token.span) {
                        self.now.line = token.span.start + at + 1;
                        self.now.indent = token.span.end - self.now.line;
                        is_first = true;
                    } else if self.now.line == token.span.start {
                        self.now.indent = token.span.end - token.span.start;
                    }
                }
                TokenKind::LineComment | TokenKind::ByteOrderMark => {}
                TokenKind::BlockComment => {
                    is_first = false;
                    if let Some(at) = self.line_break(token.span) {
                        (self.now.line, self.now.indent) = (token.span.start + at + 1, 0);
                    }
                }
                TokenKind::OpenComment => {
                    let start = token.span.start;
                    self.report(start, |_| {
                        Diagnostic::error(
                            Span::new(start, start + 2),
                            codes::UNCLOSED_COMMENT,
                            "This comment is never closed",
                        )
                        .with_help("end it with `*/`; or begin each of its lines with `//`")
                    });
                    // Everything behind it is comment: do not complain about what it hides.
                    self.gave_up = true;
                }
                TokenKind::Invisible => self.report_invisible(token.span),
                TokenKind::Conflict => self.report_conflict(token.span),
                kind => {
                    (self.now.kind, self.now.span, self.now.is_first) =
                        (kind, token.span, is_first);
                    return;
                }
            }
        }
    }

    /// Where the last line break in `span` is, counted from its start.
    fn line_break(&self, span: Span) -> Option<u32> {
        memchr::memrchr(b'\n', span.of(self.text).as_bytes()).map(|at| at as u32)
    }

    fn report_invisible(&mut self, span: Span) {
        let c = span.of(self.text).chars().next().unwrap_or_default();
        self.report(span.start, |cursor| {
            let code = u32::from(c);
            let what = if c.is_whitespace() {
                "a special space"
            } else {
                "an invisible character"
            };
            Diagnostic::error(
                span,
                codes::INVISIBLE,
                format!("There is {what} here (U+{code:04X})"),
            )
            .with_help(
                "delete it, and type an ordinary space where one is needed; such characters \
                    come along with pasted text",
            )
            .with_fix_if_any(quick_fix::invisible(cursor.text, span))
        });
    }
}

fn next_solid(lexer: &mut Lexer) -> Token {
    loop {
        let token = lexer.next_token();
        let is_passed = matches!(token.kind, TokenKind::Invisible | TokenKind::Conflict);
        if !token.kind.is_trivia() && !is_passed {
            return token;
        }
    }
}

/// Where the first line of `span` ends.
pub(crate) fn first_line_end(text: &str, span: Span) -> u32 {
    let found = memchr::memchr(b'\n', span.of(text).as_bytes());
    found.map_or(span.end, |at| span.start + at as u32)
}

/// `source` for a message: on one line and not too long.
pub(crate) fn shortened(source: &str) -> String {
    const MAX_CHARS: usize = 32;
    let mut shown = String::new();
    for c in source.chars().take(MAX_CHARS) {
        match c.is_control() {
            true => shown.extend(c.escape_default()),
            false => shown.push(c),
        }
    }
    if source.chars().nth(MAX_CHARS).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MAX_DIAGNOSTICS;

    #[test]
    fn lines_and_indents_follow_the_tokens() {
        let text = "a\n  b /* x\n y */ c\n\td \"e\nf\" g";
        let mut cursor = Cursor::new(text, MAX_DIAGNOSTICS);
        let mut seen = Vec::new();
        while cursor.now.kind != TokenKind::End {
            let mark = cursor.advance();
            seen.push((mark.span.of(text), mark.line, mark.indent, mark.is_first));
        }
        let expected = [
            ("a", 0, 0, true),
            ("b", 2, 2, true),
            ("c", 11, 0, false),
            ("d", 19, 1, true),
            ("\"e\nf\"", 19, 1, false),
            ("g", 25, 0, false),
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn invisible_characters_are_reported_and_skipped() {
        let cursor = Cursor::new("\u{a0}x", MAX_DIAGNOSTICS);
        assert_eq!(cursor.now.span.of(cursor.text), "x");
        assert_eq!(
            cursor.diagnostics[0].message,
            "There is a special space here (U+00A0)"
        );
    }

    #[test]
    fn long_words_are_shortened_for_messages() {
        assert_eq!(shortened("\"a\nb\""), "\"a\\nb\"");
        assert_eq!(shortened(&"가".repeat(40)).chars().count(), 33);
    }
}
