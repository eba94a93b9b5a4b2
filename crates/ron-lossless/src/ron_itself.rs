//! The `ron` crate itself: what literals mean, and a second reading of the whole text.

use super::ron_sum::Sum;
use super::{Diagnostic, LineIndex, Span, codes};
use serde::de::{DeserializeOwned, IgnoredAny};
use std::sync::LazyLock;

/// Lets `ron` read the whole text, and says where it stops. `None`: `ron` accepts it.
///
/// Ask after a run without problems: what this module accepts, `ron` must accept. Its words are
/// those of `ron`, for programmers.
pub fn check_with_ron(text: &str) -> Option<Diagnostic> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = (text.len() - body.len()) as u32;
    let error = OPTIONS.from_str::<IgnoredAny>(body).err()?;
    let within = place(body, &error);
    let span = Span::new(within.start + skipped, within.end + skipped);
    let message = format!(
        "The text cannot be read as RON from here on: {}",
        error.code
    );
    Some(Diagnostic::error(span, codes::NOT_RON, message))
}

/// A number for what `ron` reads out of the whole text, types left aside; `None` where it cannot
/// without them.
pub(super) fn sum(text: &str) -> Option<Sum> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    OPTIONS.from_str(body).ok()
}

/// `ron`'s reading of one literal. An error carries its place as a span of `literal`.
pub(super) fn literal<T: DeserializeOwned>(literal: &str) -> Result<T, Span> {
    OPTIONS
        .from_str(literal)
        .map_err(|error| place(literal, &error))
}

/// `x` stands for `Some(x)`. The limit on nesting stays: without it, ten thousand brackets end the
/// process.
static OPTIONS: LazyLock<ron::Options> = LazyLock::new(|| {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
});

/// `ron` counts lines, and columns in characters.
fn place(text: &str, error: &ron::error::SpannedError) -> Span {
    let lines = LineIndex::new(text);
    let offset = |position: ron::error::Position| {
        lines.offset(text, position.line as u32, position.col as u32)
    };
    let end = offset(error.span.end).unwrap_or(text.len() as u32);
    Span::new(offset(error.span.start).unwrap_or(end).min(end), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ron_agrees_or_says_where_it_does_not() {
        assert_eq!(check_with_ron("\u{feff}(a: Some(1), b: \"한국\")"), None);
        for text in ["(a: \"한국\", b: [1 2])", "\u{feff}(a: \"한국\", b: [1 2])"] {
            let problem = check_with_ron(text).unwrap();
            assert_eq!(
                text.get(problem.span.end as usize..),
                Some("2])"),
                "{problem:?}"
            );
        }
    }

    #[test]
    fn ten_thousand_brackets_are_an_error_and_no_crash() {
        assert_eq!(check_with_ron(&"[".repeat(10_000)).unwrap().code, "not-ron");
    }
}
