//! What is around the document: prose before it, and what an unfinished merge leaves in a file.

use crate::cursor::{Cursor, first_line_end};
use crate::lexer::Lexer;
use crate::parser::Parser;
use crate::{Diagnostic, NodeKind, Span, Token, TokenKind, codes, tokens};

/// The most brackets that are tried: each try lexes on from there, so a long text without a
/// document would cost quadratic time without a bound.
const MAX_TRIES: usize = 64;

impl Parser<'_> {
    /// Skips prose before the bracket that begins a record with fields. Does nothing where there is
    /// no such bracket: then the text is something else.
    pub(crate) fn skip_prose(&mut self) {
        use TokenKind::*;
        let first = self.cursor.now;
        let next = match first.kind {
            LeftParen | LeftBracket | LeftBrace | End => return,
            _ => self.cursor.peek().kind,
        };
        // A value that stands alone, or a record with its name.
        if next == End || (first.kind == Word && next == LeftParen) {
            return;
        }
        // Only a bracket that certainly begins a record counts: prose has brackets too.
        let Some(start) = document_start(self.cursor.text, first.span.start) else {
            return;
        };
        let source = Span::new(first.span.start, start);
        let shown = Span::new(first.span.start, first_line_end(self.cursor.text, source));
        let shown_bytes = shown.of(self.cursor.text).trim_end().len() as u32;
        self.error(
            Span::new(shown.start, shown.start + shown_bytes),
            codes::LEADING,
            |_: &Cursor| "Words stand here before the opening `(`".to_string(),
            "delete them, or begin each of their lines with `//`",
        );
        let id = self.begin(NodeKind::Error, source.start);
        self.cursor.read_to(source.end);
        self.finish(id);
    }
}

/// Where a record with fields begins: with a line, or anywhere on the first one, which starts at
/// `from`.
fn document_start(text: &str, from: u32) -> Option<u32> {
    let mut line_start = from as usize;
    let mut tries = 0;
    for line in text.get(line_start..)?.split('\n') {
        let source = line.trim_start();
        let indent = line.len() - source.len();
        let name_bytes = source.find(|c: char| !c.is_alphanumeric()).unwrap_or(0);
        let begins = source
            .get(name_bytes..)
            .is_some_and(|rest| rest.starts_with('('));
        let in_line = memchr::memchr_iter(b'(', line.as_bytes());
        let in_first = in_line.filter(|_| line_start == from as usize);
        for at in begins.then_some(indent).into_iter().chain(in_first) {
            let start = line_start + at;
            if tries == MAX_TRIES {
                return None;
            }
            tries += 1;
            if has_field(text, start) {
                return Some(start as u32);
            }
        }
        line_start += line.len() + 1;
    }
    None
}

/// Whether `( name:` stands at `start`, a name before the bracket left out.
fn has_field(text: &str, start: usize) -> bool {
    use TokenKind::*;
    let solid = |token: &Token| !token.kind.is_trivia();
    let mut kinds = tokens(text.get(start..).unwrap_or(""))
        .filter(solid)
        .map(|token| token.kind);
    let first = match kinds.next() {
        Some(Word) => kinds.next(),
        first => first,
    };
    first == Some(LeftParen) && kinds.next() == Some(Word) && kinds.next() == Some(Colon)
}

const MARK_BYTES: usize = 7;

impl Lexer<'_> {
    /// Whether a line of the kind `<<<<<<< HEAD` starts at `at`.
    pub(crate) fn is_conflict_mark(&self, at: usize) -> bool {
        let sign = self.byte(at);
        let starts_line = at == 0 || self.byte(at - 1) == b'\n';
        if !starts_line || !matches!(sign, b'<' | b'|' | b'=' | b'>') {
            return false;
        }
        let rest = self.rest(at);
        let run = rest.iter().take(MARK_BYTES + 1).take_while(|b| **b == sign);
        run.count() == MARK_BYTES && matches!(self.byte(at + MARK_BYTES), b' ' | b'\n' | b'\r' | 0)
    }

    /// Reads a mark's line; from the middle of a conflict, everything up to its end.
    pub(crate) fn conflict(&mut self) -> TokenKind {
        // The first version is read as usual; its second, from the middle mark to the last, is one
        // token, which the cursor passes over.
        let is_middle = matches!(self.byte(self.pos), b'=' | b'|');
        if is_middle && !self.conflict_has_no_end {
            let ends = memchr::memmem::find_iter(self.rest(self.pos), b"\n>>>>>>>");
            let mut ends = ends.map(|at| self.pos + at + 1);
            match ends.find(|at| self.is_conflict_mark(*at)) {
                Some(end) => self.pos = end,
                None => self.conflict_has_no_end = true,
            }
        }
        let rest = self.rest(self.pos);
        self.pos += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        TokenKind::Conflict
    }
}

impl Cursor<'_> {
    /// One diagnostic for each conflict, at its first line. Of two versions the first is read and
    /// the second skipped: read as well, it would give each of its fields twice.
    pub(crate) fn report_conflict(&mut self, token: Span) {
        let source = token.of(self.text);
        let is_reported = std::mem::replace(&mut self.in_conflict, !source.contains(">>>>>>>"));
        if is_reported {
            return;
        }
        let line = source.lines().next().unwrap_or(source).trim_end();
        let span = Span::new(token.start, token.start + line.len() as u32);
        self.report(span.start, |_| match source.starts_with('<') {
            true => Diagnostic::error(
                span,
                codes::MERGE_CONFLICT,
                "Two versions of this part stand here, left by a merge in git",
            )
            .with_help(
                "keep what is right of both, and delete the lines with `<<<<<<<`, `=======` and \
                `>>>>>>>`; so far, only the first version is read",
            ),
            false => Diagnostic::error(
                span,
                codes::MERGE_CONFLICT,
                "This line is left over from a merge in git",
            )
            .with_help("see whether what stands around it is right, and delete the line"),
        });
    }
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
    fn each_conflict_is_one_problem_and_its_first_version_is_read() {
        for middle in ["=======", "||||||| base\n(a: 0),\n======="] {
            let text = format!(
                "[\n<<<<<<< HEAD\n(a: 1),\n{middle}\n(a: \"2),\n>>>>>>> other\n(a: 3),\r\n<<<<<<< \
                HEAD\r\n=======\r\n(a: 4),\r\n>>>>>>> other\r\n]"
            );
            let expected = ("merge-conflict", "<<<<<<< HEAD");
            assert_eq!(diagnostics(&text), [expected, expected], "{text}");
            assert_eq!(parse(&text).children(1).count(), 2);
        }
    }

    #[test]
    fn marks_that_were_left_over_are_named() {
        assert_eq!(
            diagnostics("[\n1,\n=======\n2,\n]"),
            [("merge-conflict", "=======")]
        );
        assert_eq!(
            diagnostics("[\n1,\n>>>>>>> other\n2,\n]"),
            [("merge-conflict", ">>>>>>> other")]
        );
        let cut = diagnostics("[\n<<<<<<< HEAD\n1,\n=======\n2,\n");
        let codes: Vec<_> = cut.iter().map(|p| p.0).collect();
        assert_eq!(codes, ["unclosed", "merge-conflict"]);
    }

    #[test]
    fn text_and_comments_may_hold_such_lines() {
        assert_eq!(
            diagnostics("(a: \"\n=======\n\", /*\n<<<<<<< HEAD\n*/)"),
            []
        );
    }

    #[test]
    fn words_before_the_document_are_stepped_over() {
        for (source, document) in [
            (
                "A register (of 2023):\nIt isn't \"long.\n\n",
                "(a: [\n  (b: 1),\n])",
            ),
            ("My register: ", "(a: 1)"),
            ("Title, ", "(\n  // first\n  a: 1,\n)"),
            ("- \n", "  Doc(a: 1)"),
        ] {
            let text = source.to_string() + document;
            let first_line = source.lines().next().unwrap().trim_end();
            assert_eq!(diagnostics(&text), [("leading", first_line)], "{text}");
            let tree = parse(&text);
            assert!(tree.field(&text, tree.value().unwrap(), "a").is_some());
        }
    }

    #[test]
    fn what_holds_no_document_is_left_alone() {
        for text in ["x", "Name (1)", "\"a\"", "a (b) c\n(see 1: 2)"] {
            assert!(diagnostics(text).iter().all(|p| p.0 != "leading"), "{text}");
        }
        let long = "a b\n".to_string() + &"(\n".repeat(100) + "(a: 1)";
        assert!(diagnostics(&long).iter().all(|p| p.0 != "leading"));
    }
}
