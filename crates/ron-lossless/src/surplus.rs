//! Closing brackets too many: where what follows shows that a bracket goes on.

use super::parse::{Opening, Parser};
use super::token::{Token, TokenKind};
use super::tree::NodeKind;
use super::{Span, codes, mend_brackets};

impl Parser<'_> {
    /// Whether the closing bracket that is next is one too many: what follows shows that `opening`
    /// goes on.
    pub(super) fn is_surplus_closer(&self, opening: Opening) -> bool {
        use TokenKind::*;
        let now = self.cursor.now;
        let is_own = now.kind == opening.close;
        let outer = self.open.iter().rev().nth(1);
        if is_own && opening.close != RightParen {
            return false;
        }
        match outer {
            // No field can follow the whole document.
            None if is_own => return self.what_goes_on(opening).is_some(),
            // Nor can one follow a record in a list; but elsewhere, it may be the outer record's.
            Some(outer) if is_own && outer.close != RightBracket => return false,
            _ if !self.follows_a_closer() => return false,
            _ => {}
        }
        let Some(next) = self.what_goes_on(opening) else {
            return false;
        };
        let gap = Span::new(now.span.end, next.span.start).of(self.cursor.text);
        match gap.rfind('\n') {
            Some(at) => {
                let indent = (gap.len() - at - 1) as u32;
                indent > opening.indent || (next.kind == opening.close && indent == opening.indent)
            }
            // An outer bracket that was opened on this line may be the one that is meant.
            None => {
                let fits = |open: &Opening| open.close == now.kind && open.line == now.line;
                let mut outer = self.open.iter().rev().skip(1);
                is_own || opening.line != now.line || !outer.any(fits)
            }
        }
    }

    /// Whether the token read last is a closing bracket right before the next.
    fn follows_a_closer(&self) -> bool {
        let now = self.cursor.now.span.start;
        let before = self.cursor.text.get(..now as usize).unwrap_or("");
        self.cursor.last_end == now && before.ends_with([')', ']', '}'])
    }

    /// What comes after the next token and a comma, where it belongs into `opening`: a field, a
    /// record, or the end.
    fn what_goes_on(&self, opening: Opening) -> Option<Token> {
        use TokenKind::*;
        let mut ahead = self.cursor.ahead();
        let next = ahead.next().filter(|token| token.kind != Comma);
        let next = next.or_else(|| ahead.next())?;
        let mut is_before = |kind| ahead.next().is_some_and(|token| token.kind == kind);
        let goes_on = match (opening.close, next.kind) {
            (close, kind) if close == kind => self.cursor.now.kind != close,
            (RightParen, Word) => is_before(Colon),
            (RightBracket, LeftParen) => true,
            (RightBracket, Word) => is_before(LeftParen),
            _ => false,
        };
        goes_on.then_some(next)
    }

    /// Reads over a closing bracket too many, and the comma after it.
    pub(super) fn skip_surplus_closer(&mut self) {
        let span = self.cursor.now.span;
        self.error(
            span,
            codes::MISMATCHED,
            |cursor| format!("There is a {} too many here", cursor.shown()),
            "delete it; what it would have ended goes on",
        );
        let start = self.open.last().map_or(0, |open| open.span.start);
        self.cursor.mend(span, codes::MISMATCHED, |cursor| {
            let is_clean = !cursor
                .problems
                .iter()
                .any(|p| (start..span.start).contains(&p.span.start));
            if !is_clean {
                return None;
            }
            let next = cursor.peek();
            use TokenKind::*;
            let read = cursor.text.get(..span.start as usize)?.trim_end();
            let is_apart = matches!(next.kind, Comma | RightParen | RightBracket | RightBrace);
            if !is_apart && !read.ends_with(',') {
                return None;
            }
            let comma = (next.kind == TokenKind::Comma).then_some(next.span);
            mend_brackets::delete_closer(cursor.text, span, comma)
        });
        self.leaf(NodeKind::Error);
        if self.cursor.now.kind == TokenKind::Comma {
            self.cursor.advance();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Tree, parse};

    fn problems_of(tree: &Tree) -> Vec<String> {
        tree.problems.iter().map(|p| p.message.clone()).collect()
    }

    #[test]
    fn a_closing_bracket_too_many_is_stepped_over() {
        let read = |text: &str, name: &str| {
            let tree = parse(text);
            let list = tree.field(text, 1, name).unwrap();
            (problems_of(&tree), tree.children(list).count())
        };
        let one = vec!["There is a `)` too many here".to_string()];
        let in_list = "(\n  a: [\n    (x: 1)),\n    (x: 2),\n  ],\n  b: [3],\n)";
        assert_eq!(read(in_list, "a").0, one);
        assert_eq!(read(in_list, "b"), (one.clone(), 1));
        let last = "(\n  a: [\n    (x: 1)),\n  ],\n  b: [3],\n)";
        assert_eq!(read(last, "b"), (one.clone(), 1));
        let in_line = "(\n  a: [(x: 1)), (x: 2)],\n  b: [3],\n)";
        assert_eq!(read(in_line, "b"), (one.clone(), 1));
        let after_list = "(\n  a: [1]),\n  b: [3],\n)";
        assert_eq!(read(after_list, "b"), (one.clone(), 1));
        let in_record = "(\n  a: [\n    (x: (y: 1)), z: 2),\n    (\n      x: (y: 1)),\n      z: \
            2,\n    ),\n  ],\n  b: [3],\n)";
        assert_eq!(read(in_record, "b"), ([one.clone(), one].concat(), 1));
    }

    #[test]
    fn a_list_that_lacks_its_end_takes_no_bracket_for_too_many() {
        let text = "[\n  (\n    a: [\n      (x: 1)),\n  (\n    a: [],\n  ),\n]";
        assert_eq!(
            problems_of(&parse(text)),
            ["`]` belongs here instead of `)`"]
        );
        assert_eq!(parse(text).children(1).count(), 2);
    }
}
