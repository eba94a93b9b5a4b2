//! Closing brackets too many: where what follows shows that a bracket goes on.

use super::parse::{Opening, Parser};
use super::token::{Token, TokenKind};
use super::tree::NodeKind;
use super::{Span, codes};

impl Parser<'_> {
    /// Whether the closing bracket that is next is one too many: what follows shows that `opening` goes on.
    pub(super) fn is_surplus_closer(&self, opening: Opening) -> bool {
        use TokenKind::*;
        let (now, text) = (self.cursor.now, self.cursor.text);
        let outer = self
            .open
            .len()
            .checked_sub(2)
            .and_then(|i| self.open.get(i));
        let is_own = now.kind == opening.close;
        if is_own {
            // Only what can have no field after it: the whole document, and a record in a list.
            let none_follows = outer.is_none_or(|outer| outer.close == RightBracket);
            if opening.close != RightParen || !none_follows {
                return false;
            }
        }
        let before = text.as_bytes().get(..now.span.start as usize);
        let doubles = self.cursor.last_end == now.span.start
            && matches!(before.and_then(|b| b.last()), Some(b')' | b']' | b'}'));
        if !doubles && !(is_own && outer.is_none()) {
            return false;
        }
        let mut ahead = self.cursor.ahead();
        let mut next = || {
            ahead
                .next()
                .map_or((End, Span::default()), |Token { kind, span }| (kind, span))
        };
        let mut first = next();
        if first.0 == Comma {
            first = next();
        }
        let ends = !is_own && first.0 == opening.close;
        let goes_on = ends
            || match opening.close {
                RightParen => first.0 == Word && next().0 == Colon,
                RightBracket => first.0 == LeftParen || (first.0 == Word && next().0 == LeftParen),
                _ => false,
            };
        if !goes_on || (is_own && outer.is_none()) {
            return goes_on;
        }
        let gap = Span::new(now.span.end, first.1.start).of(text);
        match gap.rfind('\n') {
            Some(at) => (gap.len() - at - 1 + usize::from(ends)) as u32 > opening.indent,
            // An outer bracket that was opened on this line may be the one that is meant.
            None => {
                let fits = |open: &Opening| open.close == now.kind && open.line == now.line;
                let outer = self.open.iter().rev().skip(1);
                is_own || opening.line != now.line || !outer.into_iter().any(fits)
            }
        }
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
        let in_record = "(\n  a: [\n    (x: (y: 1)), z: 2),\n    (\n      x: (y: 1)),\n      z: 2,\n    ),\n  ],\n  b: [3],\n)";
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
