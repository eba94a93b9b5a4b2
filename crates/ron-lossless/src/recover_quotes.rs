//! Recovery from missing and extra quotation marks: where the text most likely ends.
//!
//! A missing quotation mark turns everything after it inside out. So text is taken to end with its
//! first line unless it is closed by a mark that something valid follows, and whatever brackets
//! were opened on that line end with it.

use crate::cursor::first_line_end;
use crate::parser::Parser;
use crate::{NodeKind, Span, TokenKind, codes, quick_fix};

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
        // Text over several lines with nothing valid behind it: its closing mark is most likely the
        // opening one of another text.
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
                quick_fix::add_closing_quote(cursor.text, span, line_end)
            });
        // The rest of the line is part of the text now, and with it the closing brackets there:
        // what was opened on the line ends with it.
        self.cut = Some(Span::new(now.line, line_end));
        let id = self.begin(NodeKind::Error, span.start);
        self.cursor.cut_text(span.end);
        self.finish(id);
    }

    /// Words without an opening quotation mark that go up to `end`: read as one text where a
    /// closing mark stands there.
    pub(crate) fn recover_missing_opening_quote(&mut self, end: u32) -> bool {
        // Only blanks and an end may follow the mark; without a bound, a line of words would be
        // searched again for each of them.
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
            quick_fix::add_opening_quote(cursor.text, whole)
        });
        let id = self.begin(NodeKind::Error, now.span.start);
        self.cursor.cut_text(end + 1);
        self.finish(id);
        true
    }

    /// Where text with unmarked quotation marks inside ends.
    fn stray_quote_end(&self, first: Span) -> Option<u32> {
        // Each mark on a line looks ahead: a bound keeps a line of many marks linear.
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
            quick_fix::escape_inner_quotes(cursor.text, Span::new(now.span.start, end))
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
}
