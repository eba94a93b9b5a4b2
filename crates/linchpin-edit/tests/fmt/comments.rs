//! Whether each comment still stands by what it stood by.

use ron_lossless::{Token, TokenKind, tokens};
use std::collections::HashMap;

/// Follows the comments whose place can be told without doubt, and says how many those were.
pub fn stay(text: &str, out: &str) -> usize {
    let (old, new) = (Words::new(text), Words::new(out));
    let comments = (0..new.tokens.len()).filter(|at| is_comment(new.tokens[*at]));
    let places: HashMap<&str, usize> = comments.map(|at| (new.of(at), at)).collect();
    let mut followed = 0;
    for at in 0..old.tokens.len() {
        if !is_comment(old.tokens[at]) {
            continue;
        }
        let Some(&moved) = places.get(old.of(at)) else {
            panic!("{} is lost, of {text:?}", old.of(at));
        };
        if let Some(below) = old.stands_above(at) {
            let (now, _) = new.after(moved);
            assert_eq!(
                new.start_of_item(now),
                below,
                "{} of {text:?}\n{out}",
                old.of(at)
            );
            followed += 1;
        }
        if let Some(before) = old.stands_beside(at) {
            let now = new.before(moved, true);
            let is_same_line = !new.has_line_end(now + 1, moved);
            let is = (new.of(now), is_same_line);
            assert_eq!(is, (before, true), "{} of {text:?}\n{out}", old.of(at));
            followed += 1;
        }
    }
    followed
}

struct Words<'s> {
    text: &'s str,
    tokens: Vec<Token>,
}

fn is_comment(token: Token) -> bool {
    matches!(token.kind, TokenKind::LineComment | TokenKind::BlockComment)
}

impl<'s> Words<'s> {
    fn new(text: &'s str) -> Self {
        Words {
            text,
            tokens: tokens(text).collect(),
        }
    }

    fn of(&self, at: usize) -> &'s str {
        self.tokens[at].span.of(self.text).trim_end()
    }

    fn kind(&self, at: usize) -> TokenKind {
        self.tokens.get(at).map_or(TokenKind::End, |t| t.kind)
    }

    fn has_line_end(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.kind(at) == TokenKind::Space && self.of_whole(at).contains('\n'))
    }

    fn of_whole(&self, at: usize) -> &'s str {
        self.tokens[at].span.of(self.text)
    }

    /// The next token that RON does not skip, and whether a blank line stands before it.
    fn after(&self, at: usize) -> (usize, bool) {
        let mut next = at + 1;
        let mut blank = false;
        while next < self.tokens.len() && self.kind(next).is_trivia() {
            let is_space = self.kind(next) == TokenKind::Space;
            blank |= is_space && self.of_whole(next).matches('\n').count() > 1;
            next += 1;
        }
        (next, blank)
    }

    /// The token before that RON does not skip, and that is no comma either where `over_comma`.
    fn before(&self, at: usize, over_comma: bool) -> usize {
        let is_passed = |at: usize| {
            self.kind(at).is_trivia() || (over_comma && self.kind(at) == TokenKind::Comma)
        };
        (0..at).rev().find(|at| !is_passed(*at)).unwrap_or(0)
    }

    /// A field's name and the first word of its value, or the first word of an item.
    fn start_of_item(&self, at: usize) -> Vec<&'s str> {
        let colon = self.after(at).0;
        match self.kind(colon) {
            TokenKind::Colon => vec![self.of(at), self.of(self.after(colon).0)],
            _ => vec![self.of(at)],
        }
    }

    fn is_opening(&self, at: usize) -> bool {
        use TokenKind::*;
        matches!(self.kind(at), LeftParen | LeftBracket | LeftBrace)
    }

    fn is_closing(&self, at: usize) -> bool {
        use TokenKind::*;
        matches!(self.kind(at), RightParen | RightBracket | RightBrace)
    }

    /// The item below a comment that stands on lines above it, no blank line between them.
    fn stands_above(&self, at: usize) -> Option<Vec<&'s str>> {
        let (next, blank) = self.after(at);
        let before = self.before(at, false);
        let in_group = self.is_opening(before) || self.kind(before) == TokenKind::Comma;
        let last = (0..at)
            .rev()
            .find(|at| self.kind(*at) != TokenKind::Space)?;
        let starts_line = self.has_line_end(last + 1, at);
        let is_above = in_group && starts_line && !blank && !self.is_closing(next);
        is_above.then(|| self.start_of_item(next))
    }

    /// The last word before a comment that stands next to it on its line.
    fn stands_beside(&self, at: usize) -> Option<&'s str> {
        let before = self.before(at, false);
        let between = before + 1..at;
        let (next, _) = self.after(at);
        let is_next_to = between.clone().all(|at| self.kind(at) == TokenKind::Space)
            && !self.has_line_end(between.start, at);
        let ends_line = self.has_line_end(at, next);
        if !is_next_to || self.kind(before) == TokenKind::Colon {
            return None;
        }
        if self.kind(before) == TokenKind::Comma {
            let value = self.before(before, false);
            let is_plain = (value + 1..before).all(|at| self.kind(at) == TokenKind::Space);
            return (is_plain && (ends_line || self.is_closing(next))).then(|| self.of(value));
        }
        let ends_item = self.kind(next) == TokenKind::Comma || self.is_closing(next);
        (ends_item || (self.is_opening(before) && ends_line)).then(|| self.of(before))
    }
}
