//! Words before the document: a title, a letter it was pasted from.

use super::cursor::{Cursor, first_line_end};
use super::lex::tokens;
use super::parse::Parser;
use super::token::{Token, TokenKind};
use super::tree::NodeKind;
use super::{Span, codes};

/// So many brackets are looked at; a long text without a register is not searched again and again.
const MAX_TRIES: usize = 64;

impl Parser<'_> {
    /// Steps over words before the bracket that begins a record with fields. Says nothing where
    /// there is no such bracket: then the text is something else.
    pub(super) fn leading_words(&mut self) {
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
        let Some(start) = document_start(self.cursor.text, first.span.start) else {
            return;
        };
        let words = Span::new(first.span.start, start);
        let shown = Span::new(first.span.start, first_line_end(self.cursor.text, words));
        let shown_bytes = shown.of(self.cursor.text).trim_end().len() as u32;
        self.error(
            Span::new(shown.start, shown.start + shown_bytes),
            codes::LEADING,
            |_: &Cursor| "Words stand here before the opening `(`".to_string(),
            "delete them, or begin each of their lines with `//`",
        );
        let id = self.begin(NodeKind::Error, words.start);
        self.cursor.read_to(words.end);
        self.finish(id);
    }
}

/// Where a record with fields begins: with a line, or anywhere on the first one, which starts at
/// `from`.
fn document_start(text: &str, from: u32) -> Option<u32> {
    let mut line_start = from as usize;
    let mut tries = 0;
    for line in text.get(line_start..)?.split('\n') {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        let name_bytes = words.find(|c: char| !c.is_alphanumeric()).unwrap_or(0);
        let begins = words
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

#[cfg(test)]
mod tests {
    use super::super::{Diagnostic, parse};

    fn problems(text: &str) -> Vec<(&'static str, &str)> {
        let tree = parse(text);
        let shown = |p: &Diagnostic| (p.code, p.span.of(text));
        tree.problems.iter().map(shown).collect()
    }

    #[test]
    fn words_before_the_document_are_stepped_over() {
        for (words, document) in [
            (
                "A register (of 2023):\nIt isn't \"long.\n\n",
                "(a: [\n  (b: 1),\n])",
            ),
            ("My register: ", "(a: 1)"),
            ("Title, ", "(\n  // first\n  a: 1,\n)"),
            ("- \n", "  Doc(a: 1)"),
        ] {
            let text = words.to_string() + document;
            let first_line = words.lines().next().unwrap().trim_end();
            assert_eq!(problems(&text), [("leading", first_line)], "{text}");
            let tree = parse(&text);
            assert!(tree.field(&text, tree.value().unwrap(), "a").is_some());
        }
    }

    #[test]
    fn what_holds_no_document_is_left_alone() {
        for text in ["x", "Name (1)", "\"a\"", "a (b) c\n(see 1: 2)"] {
            assert!(problems(text).iter().all(|p| p.0 != "leading"), "{text}");
        }
        let long = "a b\n".to_string() + &"(\n".repeat(100) + "(a: 1)";
        assert!(problems(&long).iter().all(|p| p.0 != "leading"));
    }
}
