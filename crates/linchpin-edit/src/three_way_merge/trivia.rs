//! What stands between values: white space, commas and comments, of three texts.

use super::alignment::ItemAlignment;
use crate::canonical::significant_tokens;
use ron_lossless::{TokenKind, tokens};

/// What becomes of a stretch between values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TriviaMerge {
    Ours,
    Theirs,
    /// Lines of both.
    Merged(String),
    /// Both changed the same comments.
    Conflict,
}

/// Puts together what both sides made of a stretch. White space gives way to comments, and mine to
/// theirs.
pub(super) fn merge_trivia(base: &str, ours: &str, theirs: &str) -> TriviaMerge {
    if ours == base || ours == theirs {
        return TriviaMerge::Theirs;
    }
    if theirs == base {
        return TriviaMerge::Ours;
    }
    let said = |text| significant_tokens(text).collect::<Vec<&str>>();
    let (b, m, t) = (said(base), said(ours), said(theirs));
    if m == b || m == t {
        return TriviaMerge::Theirs;
    }
    if t == b {
        return TriviaMerge::Ours;
    }
    match merge_lines(base, ours, theirs).filter(|text| is_valid_trivia(text, ours, theirs)) {
        Some(text) => TriviaMerge::Merged(text),
        None => TriviaMerge::Conflict,
    }
}

/// The lines of both sides; `None` where both changed the same line.
fn merge_lines(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let split =
        |text: &str| -> Vec<String> { text.split_inclusive('\n').map(str::to_owned).collect() };
    let (b, m, t) = (split(base), split(ours), split(theirs));
    let ordered = ItemAlignment::by_value(&b, &m, &t).ordered_rows();
    let mut out = String::new();
    for row in ordered.rows {
        let line = |lines: &[String], at: Option<usize>| at.and_then(|at| lines.get(at).cloned());
        let (b, m, t) = (line(&b, row.base), line(&m, row.ours), line(&t, row.theirs));
        let line = match (&b, &m, &t) {
            _ if m == b || m == t => t,
            _ if t == b => m,
            _ => return None,
        };
        let line = line.unwrap_or_default();
        if !out.is_empty() && !out.ends_with('\n') && !line.is_empty() {
            out.push('\n');
        }
        out.push_str(&line);
    }
    Some(out)
}

/// Whether a text is white space and closed comments, one comma at most, and what else there was on
/// either side: attributes of the file.
fn is_valid_trivia(text: &str, ours: &str, theirs: &str) -> bool {
    use TokenKind::{BlockComment, Comma, End, LineComment, OpenComment, Space};
    fn others(text: &str) -> Vec<&str> {
        let layout = |kind| matches!(kind, BlockComment | LineComment | Space | End);
        let others = tokens(text).filter(|token| !layout(token.kind) && token.kind != Comma);
        others.map(|token| token.span.of(text)).collect()
    }
    let is = |kind| tokens(text).filter(move |token| token.kind == kind).count();
    let known = others(text) == others(ours) || others(text) == others(theirs);
    known && is(Comma) < 2 && is(OpenComment) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_both_sides_are_kept() {
        let base = "\n  // a\n  // b\n  ";
        for (mine, theirs, want) in [
            (base, "\n", TriviaMerge::Theirs),
            ("\n", base, TriviaMerge::Ours),
            ("\n // a\n\n // b\n", "// a\n// c\n", TriviaMerge::Theirs),
            (
                "\n  // A\n  // b\n  ",
                "\n  // a\n  // b\n  // c\n  ",
                TriviaMerge::Merged("\n  // A\n  // b\n  // c\n  ".into()),
            ),
            (
                "\n  // x\n  // b\n  ",
                "\n  // y\n  // b\n  ",
                TriviaMerge::Conflict,
            ),
            (
                "\n  // x\n  ",
                "\n  // y\n  // b\n  ",
                TriviaMerge::Conflict,
            ),
        ] {
            assert_eq!(merge_trivia(base, mine, theirs), want, "{mine} {theirs}");
        }
    }

    #[test]
    fn attributes_of_the_file_stay() {
        let base = "#![enable(implicit_some)]\n// a\n// b\n";
        let mine = base.replace("// a", "// A");
        let theirs = format!("{base}// c\n");
        let both = format!("{mine}// c\n");
        assert_eq!(
            merge_trivia(base, &mine, &theirs),
            TriviaMerge::Merged(both)
        );
        let added = format!("#![enable(unwrap_newtypes)]\n{base}");
        let both = format!("{added}// c\n");
        assert_eq!(
            merge_trivia(base, &added, &theirs),
            TriviaMerge::Merged(both)
        );
        assert_eq!(
            merge_trivia(base, &format!("{base}\n"), &added),
            TriviaMerge::Theirs
        );
        assert_eq!(
            merge_trivia(base, &added, &format!("{base}\n")),
            TriviaMerge::Ours
        );
    }
}
