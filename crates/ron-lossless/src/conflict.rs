//! What a merge that nobody finished leaves in a file: two versions of one part, between lines of
//! seven signs.
//!
//! The first version is read. The second is passed over whole: read as well, it would give each of
//! its ids and fields twice.

use super::cursor::Cursor;
use super::lex::Lexer;
use super::token::TokenKind;
use super::{Diagnostic, Span, codes};

const MARK_BYTES: usize = 7;

impl Lexer<'_> {
    /// Whether a line of the kind `<<<<<<< HEAD` starts at `at`.
    pub(super) fn is_conflict_mark(&self, at: usize) -> bool {
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
    pub(super) fn conflict(&mut self) -> TokenKind {
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
    /// One problem for each conflict, at its first line.
    pub(super) fn report_conflict(&mut self, token: Span) {
        let words = token.of(self.text);
        let is_said = std::mem::replace(&mut self.in_conflict, !words.contains(">>>>>>>"));
        if is_said {
            return;
        }
        let line = words.lines().next().unwrap_or(words).trim_end();
        let span = Span::new(token.start, token.start + line.len() as u32);
        self.report(span.start, |_| match words.starts_with('<') {
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
    use super::super::{Diagnostic, parse};

    fn problems(text: &str) -> Vec<(&'static str, &str)> {
        let tree = parse(text);
        let shown = |p: &Diagnostic| (p.code, p.span.of(text));
        tree.problems.iter().map(shown).collect()
    }

    #[test]
    fn each_conflict_is_one_problem_and_its_first_version_is_read() {
        for middle in ["=======", "||||||| base\n(a: 0),\n======="] {
            let text = format!(
                "[\n<<<<<<< HEAD\n(a: 1),\n{middle}\n(a: \"2),\n>>>>>>> other\n(a: 3),\r\n<<<<<<< \
                HEAD\r\n=======\r\n(a: 4),\r\n>>>>>>> other\r\n]"
            );
            let expected = ("merge-conflict", "<<<<<<< HEAD");
            assert_eq!(problems(&text), [expected, expected], "{text}");
            assert_eq!(parse(&text).children(1).count(), 2);
        }
    }

    #[test]
    fn marks_that_were_left_over_are_named() {
        assert_eq!(
            problems("[\n1,\n=======\n2,\n]"),
            [("merge-conflict", "=======")]
        );
        assert_eq!(
            problems("[\n1,\n>>>>>>> other\n2,\n]"),
            [("merge-conflict", ">>>>>>> other")]
        );
        let cut = problems("[\n<<<<<<< HEAD\n1,\n=======\n2,\n");
        let codes: Vec<_> = cut.iter().map(|p| p.0).collect();
        assert_eq!(codes, ["unclosed", "merge-conflict"]);
    }

    #[test]
    fn text_and_comments_may_hold_such_lines() {
        assert_eq!(problems("(a: \"\n=======\n\", /*\n<<<<<<< HEAD\n*/)"), []);
    }
}
