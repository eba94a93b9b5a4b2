//! Which stretch of the text has which color. Only what is in view is looked at; where tokens begin
//! is remembered every few lines.

use ron_lossless::{Span, Token, TokenKind, tokens};

/// What a stretch of the text is, for its color.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum HighlightKind {
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
const CHECKPOINT_BYTES: u32 = 4096;
/// So much is read in one frame to find places to start; a long file is read over several frames.
const SCAN_BYTES_PER_FRAME: u32 = 2 << 20;
/// The most that is read to find the bracket that belongs to another.
const MAX_BRACKET_DISTANCE: u32 = 2 << 20;

/// The colon behind a field's name is looked for so far, in bytes.
const MAX_COLON_DISTANCE: u32 = 32;

/// Where tokens begin.
#[derive(Clone, Debug, Default)]
pub(super) struct Highlighter {
    /// Starts of tokens, in order.
    checkpoints: Vec<u32>,
    /// Up to here the text was read.
    scanned_to: u32,
}

impl Highlighter {
    /// Forgets what was read from `from` on, and a little before: a token looks at what follows it.
    pub fn invalidate_from(&mut self, from: u32) {
        let keep = self.checkpoints.partition_point(|start| start + 16 < from);
        self.checkpoints.truncate(keep.saturating_sub(1));
        self.scanned_to = self.checkpoints.last().copied().unwrap_or(0);
    }

    /// Reads on towards `offset`; `false` where that takes more frames.
    pub fn scan_to(&mut self, text: &str, offset: u32) -> bool {
        let offset = offset.min(text.len() as u32);
        if self.scanned_to >= offset {
            return true;
        }
        let from = self.scanned_to;
        for token in tokens(text.get(from as usize..).unwrap_or("")) {
            let start = from + token.span.start;
            if start >= offset || start - from > SCAN_BYTES_PER_FRAME {
                break;
            }
            // Only starts of tokens are safe: whoever begins inside of a text or a comment takes
            // its letters for code.
            if start >= self.checkpoints.last().copied().unwrap_or(0) + CHECKPOINT_BYTES {
                self.checkpoints.push(start);
            }
            self.scanned_to = from + token.span.end;
        }
        self.scanned_to >= offset
    }

    /// A safe place at or before `offset` to read from; `None` where the text was not read so far.
    fn checkpoint_before(&self, offset: u32) -> Option<u32> {
        let at = self.checkpoints.partition_point(|start| *start <= offset);
        let start = at.checked_sub(1).and_then(|at| self.checkpoints.get(at));
        (self.scanned_to >= offset).then(|| start.copied().unwrap_or(0))
    }

    /// The tokens that touch `span`. Where the text was not read so far, they are read from its
    /// start, which is right most of the time.
    pub fn tokens(&self, text: &str, span: Span) -> Vec<Token> {
        let from = self.checkpoint_before(span.start).unwrap_or(span.start);
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
    pub fn highlights(&self, text: &str, span: Span) -> Vec<(Span, HighlightKind)> {
        let mut out: Vec<(Span, HighlightKind)> = Vec::new();
        // The word that may turn out to be a field's name.
        let mut word = None;
        for token in self.tokens(text, span) {
            if token.kind == TokenKind::Colon
                && let Some(at) = word
                && let Some((_, color)) = out.get_mut::<usize>(at)
            {
                *color = HighlightKind::Field;
            }
            let color = highlight_kind(token.kind);
            if !token.kind.is_trivia() {
                word = (color == HighlightKind::Word).then_some(out.len());
            }
            if color != HighlightKind::Plain {
                out.push((token.span, color));
            }
        }
        out
    }

    /// The colors of what is in each of these stretches, which are in order.
    pub fn highlights_in(&self, text: &str, spans: &[Span]) -> Vec<(Span, HighlightKind)> {
        let mut out: Vec<(Span, HighlightKind)> = Vec::new();
        for span in spans {
            // A name is known for a field's by the colon behind it.
            let span = Span::new(span.start, span.end.saturating_add(MAX_COLON_DISTANCE));
            let found = self.highlights(text, span);
            // What was read behind the stretch before is known better now.
            let first = found.first().map_or(u32::MAX, |(span, _)| span.start);
            out.truncate(out.partition_point(|(span, _)| span.start < first));
            out.extend(found);
        }
        out
    }

    /// The bracket next to `offset` and the one that belongs to it.
    pub fn matching_brackets(&self, text: &str, offset: u32) -> Option<[Span; 2]> {
        let near = Span::new(offset.saturating_sub(1), offset + 1);
        let nearby_tokens = self.tokens(text, near);
        let bracket = |at: u32| {
            let fits = |t: &&Token| nesting_delta(t.kind) != 0 && t.span.start == at;
            nearby_tokens.iter().find(fits).copied()
        };
        let from = bracket(offset).or_else(|| bracket(offset.checked_sub(1)?))?;
        let other = if nesting_delta(from.kind) > 0 {
            self.closing_bracket(text, from)
        } else {
            self.opening_bracket(text, from)
        }?;
        is_bracket_pair(from.kind, other.kind).then_some([from.span, other.span])
    }

    fn closing_bracket(&self, text: &str, from: Token) -> Option<Token> {
        let rest = text.get(from.span.start as usize..)?;
        let mut open = 0;
        for token in tokens(rest) {
            open += nesting_delta(token.kind);
            let start = token.span.start + from.span.start;
            if open == 0 {
                let span = Span::new(start, start + 1);
                return Some(Token {
                    kind: token.kind,
                    span,
                });
            }
            if token.span.start > MAX_BRACKET_DISTANCE {
                return None;
            }
        }
        None
    }

    fn opening_bracket(&self, text: &str, from: Token) -> Option<Token> {
        let mut end = from.span.end;
        let mut open = 0;
        // Tokens can only be read forwards, so the text is walked back from checkpoint to
        // checkpoint.
        while end > 0 && from.span.end - end < MAX_BRACKET_DISTANCE {
            let start = self.checkpoint_before(end - 1)?;
            for token in self.tokens(text, Span::new(start, end)).iter().rev() {
                open += nesting_delta(token.kind);
                if open == 0 && nesting_delta(token.kind) != 0 {
                    return Some(*token);
                }
            }
            end = start;
        }
        None
    }
}

fn nesting_delta(kind: TokenKind) -> i32 {
    use TokenKind::*;
    match kind {
        LeftParen | LeftBracket | LeftBrace => 1,
        RightParen | RightBracket | RightBrace => -1,
        _ => 0,
    }
}

fn is_bracket_pair(a: TokenKind, b: TokenKind) -> bool {
    use TokenKind::*;
    let pairs = [
        (LeftParen, RightParen),
        (LeftBracket, RightBracket),
        (LeftBrace, RightBrace),
    ];
    pairs.contains(&(a, b)) || pairs.contains(&(b, a))
}

fn highlight_kind(kind: TokenKind) -> HighlightKind {
    use TokenKind::*;
    match kind {
        LineComment | BlockComment | OpenComment => HighlightKind::Comment,
        Text | EscapedText | RawText | OpenText | OpenRawText | Bytes | OpenBytes | Char | Byte
        | BadChar | CurlyText => HighlightKind::Text,
        Number | Range => HighlightKind::Number,
        Word | LooseWord => HighlightKind::Word,
        LeftParen | RightParen | LeftBracket | RightBracket | LeftBrace | RightBrace => {
            HighlightKind::Bracket
        }
        Space | ByteOrderMark | Comma | Colon | Equals | Hash | Bang | Conflict | Invisible
        | Unknown | End => HighlightKind::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, span: Span) -> Vec<(String, HighlightKind)> {
        let mut highlighter = Highlighter::default();
        assert!(highlighter.scan_to(text, span.start));
        let of = highlighter.highlights(text, span).into_iter();
        of.map(|(span, color)| (span.of(text).to_owned(), color))
            .collect()
    }

    #[test]
    fn names_of_fields_are_told_from_values() {
        let text = "Doc(a /* x */ : B, // c\n d: 1.5, \"t\")";
        let all = shown(text, Span::new(0, text.len() as u32));
        let of = |label: &str| {
            all.iter()
                .find(|(w, _)| w == label)
                .map(|(_, color)| *color)
        };
        assert_eq!(of("Doc"), Some(HighlightKind::Word));
        assert_eq!(of("a"), Some(HighlightKind::Field));
        assert_eq!(of("B"), Some(HighlightKind::Word));
        assert_eq!(of("// c"), Some(HighlightKind::Comment));
        assert_eq!(of("d"), Some(HighlightKind::Field));
        assert_eq!(of("1.5"), Some(HighlightKind::Number));
        assert_eq!(of("\"t\""), Some(HighlightKind::Text));
        assert_eq!(of("("), Some(HighlightKind::Bracket));
    }

    /// A text whose raw texts and comments would mislead whoever starts to read in them.
    fn tricky() -> String {
        let record = "(id: \"a b\", note: r#\"(\" [ \n // no \n\"#, /* ) \n */ list: [1, 'x'],),\n";
        record.repeat(400)
    }

    #[test]
    fn reading_in_parts_gives_the_same_colors_as_reading_all() {
        let text = tricky();
        let all = Highlighter::default().highlights(&text, Span::new(0, text.len() as u32));
        let mut highlighter = Highlighter::default();
        for start in (0..text.len() as u32).step_by(997).rev() {
            assert!(highlighter.scan_to(&text, start));
            let span = Span::new(start, start + 500);
            let touches = |s: Span| s.end > span.start && s.start < span.end;
            let expected: Vec<Span> = all
                .iter()
                .map(|(s, _)| *s)
                .filter(|s| touches(*s))
                .collect();
            let found: Vec<Span> = highlighter
                .highlights(&text, span)
                .iter()
                .map(|(s, _)| *s)
                .collect();
            assert_eq!(found, expected, "{start}");
        }
    }

    #[test]
    fn a_change_is_read_again() {
        let mut text = tricky();
        let end = text.len() as u32;
        let mut highlighter = Highlighter::default();
        assert!(highlighter.scan_to(&text, end));
        let at = text.len() / 2;
        let at = at + text[at..].find("(id").unwrap();
        text.insert_str(at, "/* ");
        highlighter.invalidate_from(at as u32);
        assert!(highlighter.scan_to(&text, end));
        let fresh = Highlighter::default().highlights(&text, Span::new(0, end));
        let tail = Span::new(end - 3000, end);
        let found = highlighter.highlights(&text, tail);
        assert!(fresh.ends_with(&found), "{found:?}");
    }

    #[test]
    fn brackets_find_each_other_over_texts_and_comments() {
        let text = format!("[{}]", tricky());
        let end = text.len() as u32;
        let mut highlighter = Highlighter::default();
        highlighter.scan_to(&text, end);
        let ends = [Span::new(0, 1), Span::new(end - 1, end)];
        assert_eq!(highlighter.matching_brackets(&text, 0), Some(ends));
        assert_eq!(
            highlighter.matching_brackets(&text, end),
            Some([ends[1], ends[0]])
        );
        let inner = text.find("[1").unwrap() as u32;
        let close = text.find("'],").unwrap() as u32 + 1;
        let pair = [Span::new(inner, inner + 1), Span::new(close, close + 1)];
        assert_eq!(highlighter.matching_brackets(&text, inner), Some(pair));
        assert_eq!(highlighter.matching_brackets(&text, inner + 1), Some(pair));
        // A bracket in a text is none.
        assert_eq!(
            highlighter.matching_brackets(&text, text.find("(\"").unwrap() as u32),
            None
        );
        assert_eq!(Highlighter::default().matching_brackets("(]", 0), None);
    }

    #[test]
    fn a_long_text_is_read_over_several_frames() {
        let text = "a: 1,\n".repeat(SCAN_BYTES_PER_FRAME as usize / 4);
        let end = text.len() as u32;
        let mut highlighter = Highlighter::default();
        assert!(!highlighter.scan_to(&text, end));
        // Meanwhile colors are there all the same.
        assert_eq!(
            highlighter.highlights(&text, Span::new(end - 6, end))[0].1,
            HighlightKind::Field
        );
        assert!(highlighter.scan_to(&text, end));
    }
}
