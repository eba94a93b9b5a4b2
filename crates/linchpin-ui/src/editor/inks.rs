//! Which stretch of the text has which color. Only what is in view is looked at; where tokens begin is remembered every few lines.

use ron_lossless::{Span, Token, TokenKind, tokens};

/// What a stretch of the text is, for its color.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Comment,
    Text,
    Number,
    /// A value without quotation marks, or the name of a record.
    Word,
    /// The name of a field.
    Field,
    Bracket,
}

/// A place to start reading is kept for every so many bytes.
const STEP_BYTES: u32 = 4096;
/// So much is read in one frame to find places to start; a long file is read over several frames.
const FRAME_BYTES: u32 = 2 << 20;
/// The most that is read to find the bracket that belongs to another.
const PAIR_BYTES: u32 = 2 << 20;

/// Where tokens begin.
#[derive(Clone, Debug, Default)]
pub(super) struct Inks {
    /// Starts of tokens, in order.
    starts: Vec<u32>,
    /// Up to here the text was read.
    read_to: u32,
}

impl Inks {
    /// Forgets what was read from `from` on, and a little before: a token looks at what follows it.
    pub fn cut(&mut self, from: u32) {
        let keep = self.starts.partition_point(|start| start + 16 < from);
        self.starts.truncate(keep.saturating_sub(1));
        self.read_to = self.starts.last().copied().unwrap_or(0);
    }

    /// Reads on towards `offset`; `false` where that takes more frames.
    pub fn read(&mut self, text: &str, offset: u32) -> bool {
        let offset = offset.min(text.len() as u32);
        if self.read_to >= offset {
            return true;
        }
        let from = self.read_to;
        for token in tokens(text.get(from as usize..).unwrap_or("")) {
            let start = from + token.span.start;
            if start >= offset || start - from > FRAME_BYTES {
                break;
            }
            if start >= self.starts.last().copied().unwrap_or(0) + STEP_BYTES {
                self.starts.push(start);
            }
            self.read_to = from + token.span.end;
        }
        self.read_to >= offset
    }

    /// A safe place at or before `offset` to read from; `None` where the text was not read so far.
    fn start(&self, offset: u32) -> Option<u32> {
        let at = self.starts.partition_point(|start| *start <= offset);
        let start = at.checked_sub(1).and_then(|at| self.starts.get(at));
        (self.read_to >= offset).then(|| start.copied().unwrap_or(0))
    }

    /// The tokens that touch `span`. Where the text was not read so far, they are read from its start, which is right most of the time.
    pub fn tokens(&self, text: &str, span: Span) -> Vec<Token> {
        let from = self.start(span.start).unwrap_or(span.start);
        let rest = text.get(from as usize..).unwrap_or("");
        let placed = tokens(rest).map(move |t| Token {
            kind: t.kind,
            span: Span::new(t.span.start + from, t.span.end + from),
        });
        placed
            .skip_while(|t| t.span.end <= span.start)
            .take_while(|t| t.span.start < span.end)
            .collect()
    }

    /// The colors of what is in `span`; what has none is plain.
    pub fn of(&self, text: &str, span: Span) -> Vec<(Span, Ink)> {
        let mut out: Vec<(Span, Ink)> = Vec::new();
        // The word that may turn out to be a field's name.
        let mut word = None;
        for token in self.tokens(text, span) {
            if token.kind == TokenKind::Colon
                && let Some(at) = word
                && let Some((_, ink)) = out.get_mut::<usize>(at)
            {
                *ink = Ink::Field;
            }
            let ink = ink(token.kind);
            if !token.kind.is_trivia() {
                word = (ink == Ink::Word).then_some(out.len());
            }
            if ink != Ink::Plain {
                out.push((token.span, ink));
            }
        }
        out
    }

    /// The bracket beside `offset` and the one that belongs to it.
    pub fn pair(&self, text: &str, offset: u32) -> Option<[Span; 2]> {
        let near = Span::new(offset.saturating_sub(1), offset + 1);
        let beside = self.tokens(text, near);
        let bracket = |at: u32| {
            let fits = |t: &&Token| depth(t.kind) != 0 && t.span.start == at;
            beside.iter().find(fits).copied()
        };
        let from = bracket(offset).or_else(|| bracket(offset.checked_sub(1)?))?;
        let other = if depth(from.kind) > 0 {
            self.closing(text, from)
        } else {
            self.opening(text, from)
        }?;
        fits(from.kind, other.kind).then_some([from.span, other.span])
    }

    fn closing(&self, text: &str, from: Token) -> Option<Token> {
        let rest = text.get(from.span.start as usize..)?;
        let mut open = 0;
        for token in tokens(rest) {
            open += depth(token.kind);
            let start = token.span.start + from.span.start;
            if open == 0 {
                let span = Span::new(start, start + 1);
                return Some(Token {
                    kind: token.kind,
                    span,
                });
            }
            if token.span.start > PAIR_BYTES {
                return None;
            }
        }
        None
    }

    fn opening(&self, text: &str, from: Token) -> Option<Token> {
        let mut end = from.span.end;
        let mut open = 0;
        while end > 0 && from.span.end - end < PAIR_BYTES {
            let start = self.start(end - 1)?;
            for token in self.tokens(text, Span::new(start, end)).iter().rev() {
                open += depth(token.kind);
                if open == 0 && depth(token.kind) != 0 {
                    return Some(*token);
                }
            }
            end = start;
        }
        None
    }
}

fn depth(kind: TokenKind) -> i32 {
    use TokenKind::*;
    match kind {
        LeftParen | LeftBracket | LeftBrace => 1,
        RightParen | RightBracket | RightBrace => -1,
        _ => 0,
    }
}

fn fits(a: TokenKind, b: TokenKind) -> bool {
    use TokenKind::*;
    let pairs = [
        (LeftParen, RightParen),
        (LeftBracket, RightBracket),
        (LeftBrace, RightBrace),
    ];
    pairs.contains(&(a, b)) || pairs.contains(&(b, a))
}

fn ink(kind: TokenKind) -> Ink {
    use TokenKind::*;
    match kind {
        LineComment | BlockComment | OpenComment => Ink::Comment,
        Text | EscapedText | RawText | OpenText | OpenRawText | Bytes | OpenBytes | Char | Byte
        | BadChar | CurlyText => Ink::Text,
        Number | Range => Ink::Number,
        Word | LooseWord => Ink::Word,
        LeftParen | RightParen | LeftBracket | RightBracket | LeftBrace | RightBrace => {
            Ink::Bracket
        }
        Space | ByteOrderMark | Comma | Colon | Equals | Hash | Bang | Conflict | Invisible
        | Unknown | End => Ink::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, span: Span) -> Vec<(String, Ink)> {
        let mut inks = Inks::default();
        assert!(inks.read(text, span.start));
        let of = inks.of(text, span).into_iter();
        of.map(|(span, ink)| (span.of(text).to_owned(), ink))
            .collect()
    }

    #[test]
    fn names_of_fields_are_told_from_values() {
        let text = "Doc(a /* x */ : B, // c\n d: 1.5, \"t\")";
        let all = shown(text, Span::new(0, text.len() as u32));
        let of = |words: &str| all.iter().find(|(w, _)| w == words).map(|(_, ink)| *ink);
        assert_eq!(of("Doc"), Some(Ink::Word));
        assert_eq!(of("a"), Some(Ink::Field));
        assert_eq!(of("B"), Some(Ink::Word));
        assert_eq!(of("// c"), Some(Ink::Comment));
        assert_eq!(of("d"), Some(Ink::Field));
        assert_eq!(of("1.5"), Some(Ink::Number));
        assert_eq!(of("\"t\""), Some(Ink::Text));
        assert_eq!(of("("), Some(Ink::Bracket));
    }

    /// A text whose raw texts and comments would mislead whoever starts to read in them.
    fn tricky() -> String {
        let record = "(id: \"a b\", note: r#\"(\" [ \n // no \n\"#, /* ) \n */ list: [1, 'x'],),\n";
        record.repeat(400)
    }

    #[test]
    fn reading_in_parts_gives_the_same_colors_as_reading_all() {
        let text = tricky();
        let all = Inks::default().of(&text, Span::new(0, text.len() as u32));
        let mut inks = Inks::default();
        for start in (0..text.len() as u32).step_by(997).rev() {
            assert!(inks.read(&text, start));
            let span = Span::new(start, start + 500);
            let touches = |s: Span| s.end > span.start && s.start < span.end;
            let expected: Vec<Span> = all
                .iter()
                .map(|(s, _)| *s)
                .filter(|s| touches(*s))
                .collect();
            let found: Vec<Span> = inks.of(&text, span).iter().map(|(s, _)| *s).collect();
            assert_eq!(found, expected, "{start}");
        }
    }

    #[test]
    fn a_change_is_read_again() {
        let mut text = tricky();
        let end = text.len() as u32;
        let mut inks = Inks::default();
        assert!(inks.read(&text, end));
        let at = text.len() / 2;
        let at = at + text[at..].find("(id").unwrap();
        text.insert_str(at, "/* ");
        inks.cut(at as u32);
        assert!(inks.read(&text, end));
        let fresh = Inks::default().of(&text, Span::new(0, end));
        let tail = Span::new(end - 3000, end);
        let found = inks.of(&text, tail);
        assert!(fresh.ends_with(&found), "{found:?}");
    }

    #[test]
    fn brackets_find_each_other_over_texts_and_comments() {
        let text = format!("[{}]", tricky());
        let end = text.len() as u32;
        let mut inks = Inks::default();
        inks.read(&text, end);
        let ends = [Span::new(0, 1), Span::new(end - 1, end)];
        assert_eq!(inks.pair(&text, 0), Some(ends));
        assert_eq!(inks.pair(&text, end), Some([ends[1], ends[0]]));
        let inner = text.find("[1").unwrap() as u32;
        let close = text.find("'],").unwrap() as u32 + 1;
        let pair = [Span::new(inner, inner + 1), Span::new(close, close + 1)];
        assert_eq!(inks.pair(&text, inner), Some(pair));
        assert_eq!(inks.pair(&text, inner + 1), Some(pair));
        // A bracket in a text is none.
        assert_eq!(inks.pair(&text, text.find("(\"").unwrap() as u32), None);
        assert_eq!(Inks::default().pair("(]", 0), None);
    }

    #[test]
    fn a_long_text_is_read_over_several_frames() {
        let text = "a: 1,\n".repeat(FRAME_BYTES as usize / 4);
        let end = text.len() as u32;
        let mut inks = Inks::default();
        assert!(!inks.read(&text, end));
        // Meanwhile colors are there all the same.
        assert_eq!(inks.of(&text, Span::new(end - 6, end))[0].1, Ink::Field);
        assert!(inks.read(&text, end));
    }
}
