//! What sets brackets and commas right, where the layout leaves no doubt.

use super::cursor::first_line_end;
use super::lex::tokens;
use super::mend::{replace, with_its_line};
use super::parse::Opening;
use super::token::TokenKind;
use super::{SourceChange, Span};

/// Ends what `opening` began after the token that ends at `last_end`: on the same line, or on a
/// line of its own below. `with_comma` where more follows in the bracket around it.
pub(super) fn add_closer(
    text: &str,
    opening: Opening,
    closer: char,
    last_end: u32,
    with_comma: bool,
) -> Option<SourceChange> {
    let words = format!("Add `{closer}`");
    let comma = if with_comma { "," } else { "" };
    let inside = Span::new(opening.span.start, last_end).of(text);
    if !inside.contains('\n') {
        let has_comma = with_comma && inside.ends_with(',');
        let at = last_end - u32::from(has_comma);
        let added = match has_comma {
            true => closer.to_string(),
            false => format!("{closer}{comma}"),
        };
        return replace(words, Span::new(at, at), added);
    }
    let rest = Span::new(last_end, text.len() as u32);
    let line_end = first_line_end(text, rest);
    let line = Span::new(last_end, line_end).of(text);
    let is_passed = |kind| matches!(kind, TokenKind::Space | TokenKind::LineComment);
    if !tokens(line).all(|token| is_passed(token.kind)) {
        return None;
    }
    let indent = Span::new(opening.line, opening.line + opening.indent).of(text);
    if indent.len() != opening.indent as usize || !indent.trim().is_empty() {
        return None;
    }
    // A closing bracket at its level has probably ended it: then one is missing further up.
    let last_line = inside.rsplit('\n').next()?;
    let last_indent = last_line.len() - last_line.trim_start().len();
    if last_indent <= opening.indent as usize {
        return None;
    }
    let is_windows = text.get(..opening.line as usize)?.ends_with("\r\n") || line.ends_with('\r');
    let line_break = if is_windows { "\r\n" } else { "\n" };
    let at = line_end - u32::from(line.ends_with('\r'));
    let added = format!("{line_break}{indent}{closer}{comma}");
    replace(words, Span::new(at, at), added)
}

/// Deletes a closing bracket too many; with the comma after it, where the one before serves.
pub(super) fn delete_closer(text: &str, closer: Span, comma: Option<Span>) -> Option<SourceChange> {
    let before = text.get(..closer.start as usize)?.trim_end();
    let mut span = closer;
    if let Some(comma) = comma
        && before.ends_with(',')
        && Span::new(closer.end, comma.start)
            .of(text)
            .trim()
            .is_empty()
    {
        span.end = comma.end;
    }
    let words = format!("Delete the `{}`", closer.of(text));
    replace(words, with_its_line(text, span), "")
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    /// The text after the repair of its one problem, which must leave no other.
    fn mended(text: &str) -> Option<String> {
        let tree = parse(text);
        let change = tree.problems.iter().find_map(|p| p.fix.clone())?;
        let after = change.apply_edits(text).unwrap();
        assert_eq!(parse(&after).problems, [], "{after}");
        Some(after)
    }

    #[test]
    fn brackets_are_added_where_they_are_missing() {
        for (before, after) in [
            (
                "[\n  (\n    a: 1, // one\n  (\n    a: 2,\n  ),\n]",
                "[\n  (\n    a: 1, // one\n  ),\n  (\n    a: 2,\n  ),\n]",
            ),
            (
                "[\r\n  (a: 1,\r\n  (a: 2),\r\n]",
                "[\r\n  (a: 1),\r\n  (a: 2),\r\n]",
            ),
            ("[\n  (a: 1\n  (a: 2),\n]", "[\n  (a: 1),\n  (a: 2),\n]"),
            (
                "(\r\n  a: [\r\n    1,\r\n  b: [],\r\n)",
                "(\r\n  a: [\r\n    1,\r\n  ],\r\n  b: [],\r\n)",
            ),
            ("(\n  a: [1],\n", "(\n  a: [1],\n)\n"),
            ("(a: 1,", "(a: 1,)"),
            ("[[(b: 1], [(c: 2)]]", "[[(b: 1)], [(c: 2)]]"),
            ("[\n  (\n    a: 1,\n]\n", "[\n  (\n    a: 1,\n  ),\n]\n"),
            ("(a: F(1], b: 2)", "(a: F(1), b: 2)"),
            ("(a: [1), b: 2)", "(a: [1], b: 2)"),
        ] {
            assert_eq!(mended(before).as_deref(), Some(after), "{before}");
        }
    }

    #[test]
    fn brackets_too_many_are_deleted() {
        for (before, after) in [
            ("[\n  (a: 1)),\n  (a: 2),\n]", "[\n  (a: 1),\n  (a: 2),\n]"),
            ("(\n  a: [1],\n  ],\n  b: 1,\n)", "(\n  a: [1],\n  b: 1,\n)"),
        ] {
            let mended = mended(before);
            assert!(
                mended.is_none() || mended.as_deref() == Some(after),
                "{before}"
            );
        }
    }

    #[test]
    fn where_a_bracket_is_missing_may_be_in_doubt() {
        for text in [
            "(\n  a: [(b: 1,\n",
            "(a",
            "(a: [(b: 1)))",
            "[\n  (\n    a: 1,\n  ],\n  (a: 2),\n]",
            "(\n  a: (b: 1,\n  c: 2,\n),\n],\n",
            "[\n  (\n    a: (b: 1,\n  ),\n]\n",
        ] {
            let tree = parse(text);
            assert!(!tree.problems.is_empty(), "{text}");
            for problem in &tree.problems {
                assert_eq!(problem.fix, None, "{text}");
            }
        }
    }

    #[test]
    fn commas_are_added_between_what_is_alike() {
        for (before, after) in [
            ("(a: 1 b: 2)", "(a: 1, b: 2)"),
            ("(a: \"x\" // one\n b: 2)", "(a: \"x\", // one\n b: 2)"),
            ("[\"a\" \"b\"]", "[\"a\", \"b\"]"),
            ("[(a: 1) (a: 2)]", "[(a: 1), (a: 2)]"),
            ("[\n  A\n  B\n]", "[\n  A,\n  B\n]"),
            ("(a: 1; b: 2)", "(a: 1, b: 2)"),
        ] {
            assert_eq!(mended(before).as_deref(), Some(after), "{before}");
        }
        for text in [
            "[1 2]",
            "[A B]",
            "[\"a\"\"b\"]",
            "(a: 13 B 2023)",
            "[\"a\" b]",
        ] {
            assert_eq!(mended(text), None, "{text}");
        }
    }
}
