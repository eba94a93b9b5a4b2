//! Recovery from missing and extra quotation marks: where the text most likely ends.
//!
//! A missing quotation mark turns everything after it inside out. So text is taken to end with its
//! first line unless it is closed by a mark that something valid follows, and whatever brackets
//! were opened on that line end with it.

use crate::cursor::first_line_end;
use crate::lexer::closing_marks;
use crate::parser::Parser;
use crate::quick_fix::{is_name, quoted, replace};
use crate::{NodeKind, SourceChange, Span, TextEdit, TokenKind, codes, tokens};

impl Parser<'_> {
    /// Reads text that begins at the next token.
    pub(crate) fn text(&mut self) {
        use TokenKind::*;
        let now = self.cursor.now;
        let kind = match now.kind {
            Text => NodeKind::Text,
            _ => NodeKind::EscapedText,
        };
        if now.kind == OpenText {
            return self.recover_unclosed();
        }
        // After most text comes a comma right away: no need to look further.
        if self.cursor.text.as_bytes().get(now.span.end as usize) == Some(&b',') {
            return self.leaf(kind);
        }
        let next = self.cursor.peek();
        if matches!(
            next.kind,
            Comma | RightParen | RightBracket | RightBrace | Colon | End | OpenComment
        ) {
            return self.leaf(kind);
        }
        if first_line_end(self.cursor.text, now.span) < now.span.end {
            return self.recover_unclosed();
        }
        // Beyond the limit of diagnostics nobody sees the result, and looking ahead costs time.
        let is_worth_it = next.span.start == now.span.end && self.cursor.omitted == 0;
        match is_worth_it
            .then(|| self.stray_quote_end(now.span))
            .flatten()
        {
            Some(end) => self.recover_stray_quote(end),
            None => self.leaf(kind),
        }
    }

    /// Text whose closing mark is missing ends with its first line, without the comma there.
    fn recover_unclosed(&mut self) {
        let now = self.cursor.now;
        let line_end = first_line_end(self.cursor.text, now.span);
        let line = Span::new(now.span.start, line_end)
            .of(self.cursor.text)
            .trim_end();
        let line = line.strip_suffix(',').unwrap_or(line);
        let span = Span::new(now.span.start, now.span.start + line.len() as u32);
        self.error(
            span,
            codes::UNCLOSED_TEXT,
            |_| "This text has no closing quotation mark on its line".to_string(),
            "add `\"` where the text ends; if it is meant to go on over several lines, write \
            quotation marks inside it as `\\\"`",
        );
        self.cursor
            .attach_fix(span, codes::UNCLOSED_TEXT, |cursor| {
                add_closing(cursor.text, span, line_end)
            });
        self.cut = Some(Span::new(now.line, line_end));
        let id = self.begin(NodeKind::Error, span.start);
        self.cursor.cut_text(span.end);
        self.finish(id);
    }

    /// Words without an opening quotation mark that go up to `end`: read as one text where a
    /// closing mark stands there.
    pub(crate) fn recover_missing_opening_quote(&mut self, end: u32) -> bool {
        const MAX_BYTES: usize = 64;
        let (now, text) = (self.cursor.now, self.cursor.text.as_bytes());
        let after = text.get(end as usize..).unwrap_or(&[]);
        let after = after.get(..MAX_BYTES).unwrap_or(after);
        let line = after.split(|b| *b == b'\n').next().unwrap_or(&[]);
        if line.first() != Some(&b'"') || !is_end_of_text(line, 0) {
            return false;
        }
        let source = Span::new(now.span.start, end).of(self.cursor.text);
        let help = match source.len() {
            ..80 => format!("write \"{source}\""),
            _ => "add `\"` where it begins".to_string(),
        };
        let whole = Span::new(now.span.start, end + 1);
        self.error(
            whole,
            codes::UNQUOTED,
            |_| "This text has no opening quotation mark".to_string(),
            &help,
        );
        self.cursor.attach_fix(whole, codes::UNQUOTED, |cursor| {
            add_opening(cursor.text, whole)
        });
        let id = self.begin(NodeKind::Error, now.span.start);
        self.cursor.cut_text(end + 1);
        self.finish(id);
        true
    }

    /// Where text with unmarked quotation marks inside ends.
    fn stray_quote_end(&self, first: Span) -> Option<u32> {
        const MAX_BYTES: usize = 4096;
        let rest = self.cursor.text.as_bytes().get(first.end as usize..)?;
        let rest = rest.get(..MAX_BYTES).unwrap_or(rest);
        let line = rest.split(|b| *b == b'\n').next()?;
        let at = memchr::memchr_iter(b'"', line).find(|at| is_end_of_text(line, *at))?;
        Some(first.end + at as u32 + 1)
    }

    fn recover_stray_quote(&mut self, end: u32) {
        let now = self.cursor.now;
        let rest = Span::new(now.span.end - 1, now.span.end);
        self.error(
            rest,
            codes::STRAY_QUOTE,
            |_| "The text goes on after this quotation mark".to_string(),
            "write quotation marks inside text as `\\\"`",
        );
        self.cursor.attach_fix(rest, codes::STRAY_QUOTE, |cursor| {
            inner_marks(cursor.text, Span::new(now.span.start, end))
        });
        let id = self.begin(NodeKind::Error, now.span.start);
        self.cursor.cut_text(end);
        self.finish(id);
    }
}

/// Whether the quotation mark at `at` is one that a comma, a closing bracket or the line's end
/// follows.
fn is_end_of_text(line: &[u8], at: usize) -> bool {
    let after = line.get(at + 1..).unwrap_or(&[]).trim_ascii_start();
    matches!(after.first(), None | Some(b',' | b')' | b']' | b'}'))
}

const QUOTE_LABEL: &str = "Put it in quotation marks";

/// A quick fix for words without quotation marks.
pub(crate) fn unquoted(text: &str, span: Span) -> Option<SourceChange> {
    let source = span.of(text);
    // `State，`: a word with a comma as Korean keyboards type it.
    if let Some(word) = source.strip_suffix(['，', '、', '；'])
        && is_name(word)
    {
        let sign = Span::new(span.start + word.len() as u32, span.end);
        return replace("Write `,`", sign, ",");
    }
    let is_plain = !source.contains(['"', '\\', '`', '，', '、', '；', '：', '（', '）']);
    let after = text.get(span.end as usize..)?;
    let after = after.trim_start_matches([' ', '\t', '\r']);
    let ends =
        after.is_empty() || after.starts_with([',', ')', ']', '\n']) || after.starts_with("//");
    (is_plain && ends).then(|| replace(QUOTE_LABEL, span, quoted(source)))?
}

/// A quick fix for words with a closing mark only.
pub(crate) fn add_opening(text: &str, span: Span) -> Option<SourceChange> {
    let source = span.of(text).strip_suffix('"')?;
    let at = Span::new(span.start, span.start);
    (!source.contains(['"', '\\'])).then(|| replace("Add the quotation mark", at, "\""))?
}

/// Text in single quotation marks, which end it.
pub(crate) fn single(text: &str, span: Span) -> Option<SourceChange> {
    let source = span.of(text).strip_prefix('\'')?.strip_suffix('\'')?;
    let is_plain = !source.contains(['"', '\\', '\'']);
    is_plain.then(|| {
        replace(
            "Write straight double quotation marks",
            span,
            quoted(source),
        )
    })?
}

/// Text in curly quotation marks, or those of another language. What opens curly and ends straight
/// counts, where no other straight mark follows on its line.
pub(crate) fn curly(text: &str, span: Span) -> Option<SourceChange> {
    let source = span.of(text);
    let opening = source.chars().next()?;
    let inside = source.get(opening.len_utf8()..)?;
    let (inside, closing) = match inside.char_indices().next_back() {
        Some((at, mark)) if closing_marks(opening).contains(&mark) => (inside.get(..at)?, mark),
        _ => {
            let at = inside.find('"')?;
            let rest = inside.get(at + 1..)?;
            let is_end = matches!(rest.trim_start().chars().next(), None | Some(','));
            if rest.contains('"') || !is_end {
                return None;
            }
            (inside.get(..at)?, '"')
        }
    };
    let is_sure = !inside.contains('\\') && (closing != '"' || !inside.contains('"'));
    let start = span.start + opening.len_utf8() as u32;
    let end = start + inside.len() as u32;
    let mut edits = vec![TextEdit::new(Span::new(span.start, start), "\"")];
    for (at, _) in inside.match_indices('"') {
        edits.push(TextEdit::insert(start + at as u32, "\\"));
    }
    if closing != '"' {
        let mark = Span::new(end, end + closing.len_utf8() as u32);
        edits.push(TextEdit::new(mark, "\""));
    }
    is_sure.then(|| SourceChange::new("Write straight quotation marks", edits))?
}

/// Text that lost its closing mark: `line` is all of it on its first line, `span` the same without
/// the comma at its end. Sure where that line holds one value, and the next line goes on with the
/// structure.
pub(crate) fn add_closing(text: &str, span: Span, line_end: u32) -> Option<SourceChange> {
    let before = text.get(..span.start as usize)?;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let lead = before.get(line_start..)?.trim();
    let is_item = lead.is_empty();
    let is_field = lead.strip_suffix(':').is_some_and(is_name);
    let source = span.of(text);
    let has_comma = Span::new(span.end, line_end)
        .of(text)
        .trim_start()
        .starts_with(',');
    let after = text.get(line_end as usize..)?.trim_start();
    let next = tokens(after).filter(|t| !t.kind.is_trivia());
    let next: Vec<TokenKind> = next.take(2).map(|t| t.kind).collect();
    use TokenKind::*;
    let continues = match next.as_slice() {
        [RightParen | RightBracket, ..] => true,
        [Word, Colon] => is_field && has_comma,
        [Text | EscapedText, ..] => is_item && has_comma,
        _ => false,
    };
    let is_sure = (is_item || is_field) && continues && is_balanced(source) && source.len() > 1;
    let ends_curly = source.ends_with(['\u{201D}', '\u{201C}', '»', '」', '』']);
    if !is_sure || source.contains('\\') || (ends_curly && source.chars().count() < 3) {
        return None;
    }
    let mark = source.chars().next_back().map_or(0, char::len_utf8) as u32;
    let opened = source.contains(['\u{201C}', '\u{201E}', '«', '「', '『']);
    let place = match ends_curly && !opened {
        true => Span::new(span.end - mark, span.end),
        false => Span::new(span.end, span.end),
    };
    replace("Add the quotation mark", place, "\"")
}

/// Whether no bracket is closed in `source` that was not opened there, nor the other way round.
fn is_balanced(source: &str) -> bool {
    [('(', ')'), ('[', ']'), ('{', '}')]
        .iter()
        .all(|(open, close)| {
            let mut level = 0;
            let mut fell = false;
            for c in source.chars() {
                level += i32::from(c == *open) - i32::from(c == *close);
                fell |= level < 0;
            }
            level == 0 && !fell
        })
}

/// Text with unmarked quotation marks inside, from its first mark to its last. Sure where they come
/// in pairs, and none of them begins the text of another field.
pub(crate) fn inner_marks(text: &str, span: Span) -> Option<SourceChange> {
    let inside = span.of(text).strip_prefix('"')?.strip_suffix('"')?;
    let marks: Vec<usize> = inside.match_indices('"').map(|(at, _)| at).collect();
    let is_opening = |at: &usize| {
        let before = inside.get(..*at).unwrap_or("");
        let is_free = before.ends_with([' ', '(', '—', '-', '‘', '’']);
        is_free && !before.trim_end().ends_with([':', ',', '[', '"'])
    };
    let is_closing = |at: &usize| {
        let after = inside.get(*at + 1..).unwrap_or("").chars().next();
        after.is_none_or(|c| !c.is_alphanumeric() && c != '"')
    };
    let is_sure = marks.len().is_multiple_of(2)
        && !inside.contains('\\')
        && marks.iter().step_by(2).all(is_opening)
        && marks.iter().skip(1).step_by(2).all(is_closing);
    if !is_sure || marks.is_empty() {
        return None;
    }
    let edits = marks.iter();
    let edits = edits.map(|at| TextEdit::insert(span.start + 1 + *at as u32, "\\"));
    SourceChange::new("Write `\\\"` for the marks inside", edits.collect())
}

#[cfg(test)]
mod tests {
    use crate::{Diagnostic, parse};

    fn diagnostics(text: &str) -> Vec<(&'static str, &str)> {
        let tree = parse(text);
        let shown = |p: &Diagnostic| (p.code, p.span.of(text));
        tree.diagnostics.iter().map(shown).collect()
    }

    #[test]
    fn text_without_its_end_ends_with_its_line() {
        let text = "(\n  a: \"one,\n  b: \"two\",\n  c: \"three\",\n)";
        assert_eq!(diagnostics(text), [("unclosed-text", "\"one")]);
        let tree = parse(text);
        let value = |name| tree.field(text, 1, name).map(|id| tree.span(id).of(text));
        assert_eq!(
            (value("b"), value("c")),
            (Some("\"two\""), Some("\"three\""))
        );
    }

    #[test]
    fn brackets_opened_on_the_line_of_such_text_end_with_it() {
        let text = "[\n  (a: [(b: \"one)]),\n  (a: \"two\"),\n]";
        assert_eq!(diagnostics(text), [("unclosed-text", "\"one)])")]);
        assert_eq!(parse(text).children(1).count(), 2);
        assert_eq!(diagnostics("(a: \"one)"), [("unclosed-text", "\"one)")]);
    }

    #[test]
    fn quotation_marks_inside_text_are_named() {
        assert_eq!(
            diagnostics(r#"(a: "he said "yes" twice", b: 1)"#),
            [("stray-quote", "\"")]
        );
        assert_eq!(diagnostics(r#"["a" "b"]"#), [("missing-comma", "")]);
    }

    #[test]
    fn text_without_its_opening_mark_is_one_problem() {
        for (text, source) in [
            ("(a: Republic of Korea\", b: \"1\")", "Republic of Korea\""),
            ("[\"us\", rok\", \"japan\"]", "rok\""),
            ("(a: word\"\n)", "word\""),
        ] {
            assert_eq!(diagnostics(text), [("unquoted-text", source)], "{text}");
        }
        assert_eq!(diagnostics("[a \"b\"]"), [("missing-comma", "")]);
    }

    #[test]
    fn text_over_several_lines_is_allowed() {
        assert_eq!(diagnostics("(a: \"one\ntwo\" // note\n)"), []);
    }

    fn fixed(text: &str) -> Option<String> {
        let tree = parse(text);
        let change = tree.diagnostics.iter().find_map(|p| p.fix.clone())?;
        let after = change.apply_edits(text).unwrap();
        assert_eq!(parse(&after).diagnostics, [], "{after}");
        Some(after)
    }

    #[test]
    fn quotation_marks_are_fixed() {
        for (before, after) in [
            ("(a: “x”)", "(a: \"x\")"),
            ("(a: «x»)", "(a: \"x\")"),
            ("(a: 「국」, b: 1)", "(a: \"국\", b: 1)"),
            ("(a: ‘Japan’s x’)", "(a: \"Japan’s x\")"),
            ("(a: “say \"x\" to”)", "(a: \"say \\\"x\\\" to\")"),
            ("(a: “x\", b: 1)", "(a: \"x\", b: 1)"),
            ("(a: 'ab', b: 1)", "(a: \"ab\", b: 1)"),
            (
                "(a: Republic of Korea, b: 1)",
                "(a: \"Republic of Korea\", b: 1)",
            ),
            ("(a: State，\n b: 1)", "(a: State,\n b: 1)"),
            ("[mutual-defense]", "[\"mutual-defense\"]"),
            (
                "(a: Republic of Korea\", b: 1)",
                "(a: \"Republic of Korea\", b: 1)",
            ),
            (
                "(a: \"said \"yes\" twice\", b: 1)",
                "(a: \"said \\\"yes\\\" twice\", b: 1)",
            ),
            (
                "(\n  a: \"x (y),\n  b: \"z\",\n)",
                "(\n  a: \"x (y)\",\n  b: \"z\",\n)",
            ),
            ("(\r\n  a: \"x\r\n)", "(\r\n  a: \"x\"\r\n)"),
            (
                "(\n  a: \"x”,\n  b: \"z\",\n)",
                "(\n  a: \"x\",\n  b: \"z\",\n)",
            ),
            ("[\n  \"x,\n  \"y\",\n]", "[\n  \"x\",\n  \"y\",\n]"),
        ] {
            assert_eq!(fixed(before).as_deref(), Some(after), "{before}");
        }
    }

    #[test]
    fn marks_in_doubt_are_left_alone() {
        for text in [
            "(a: “x, b: 1)",
            "(a: “x\"), b: 1)",
            "(a: So-me(1))",
            "(a: “x\", b: \"y\")",
            "(a: 'Korea's army', b: 1)",
            "(a: \"us, b: \"United States\", c: 1)",
            "(a: \"us, b: \"United States, c: \"x\"y\")",
            "[(a: \"one)]\n",
            "(\n  a: \"x)\n)",
            "(\n  a: \"one\n  said \"yes\" and,\n)",
            "(a: Republic \"of Korea, b: 1)",
        ] {
            let diagnostics = parse(text).diagnostics;
            assert!(!diagnostics.is_empty(), "{text}");
            for diagnostic in diagnostics {
                assert_eq!(diagnostic.fix, None, "{text}");
            }
        }
    }
}
