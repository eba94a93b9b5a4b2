//! The comments of a text.

use crate::{Span, TokenKind, tokens};

/// The comments in a span of a text, in order, each without the white space at its end.
pub fn comments(text: &str, span: Span) -> impl Iterator<Item = &str> {
    use TokenKind::{BlockComment, LineComment, OpenComment};
    let within = span.of(text);
    let found = tokens(within)
        .filter(|token| matches!(token.kind, LineComment | BlockComment | OpenComment));
    found.map(move |token| token.span.of(within).trim_end())
}
