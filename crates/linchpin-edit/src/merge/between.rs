//! What stands between values: white space, commas and comments, of three texts.

use super::rows::Match;
use crate::same::solid;
use ron_lossless::{TokenKind, tokens};

/// What becomes of a stretch between values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Between {
    Mine,
    Theirs,
    /// Lines of both.
    Both(String),
    /// Both changed the same comments.
    Clash,
}

/// Puts together what both sides made of a stretch. White space gives way to comments, and mine to
/// theirs.
pub(super) fn between(base: &str, mine: &str, theirs: &str) -> Between {
    if mine == base || mine == theirs {
        return Between::Theirs;
    }
    if theirs == base {
        return Between::Mine;
    }
    let said = |text| solid(text).collect::<Vec<&str>>();
    let (b, m, t) = (said(base), said(mine), said(theirs));
    if m == b || m == t {
        return Between::Theirs;
    }
    if t == b {
        return Between::Mine;
    }
    match lines(base, mine, theirs).filter(|text| is_sound(text, mine, theirs)) {
        Some(text) => Between::Both(text),
        None => Between::Clash,
    }
}

/// The lines of both sides; `None` where both changed the same line.
fn lines(base: &str, mine: &str, theirs: &str) -> Option<String> {
    let split =
        |text: &str| -> Vec<String> { text.split_inclusive('\n').map(str::to_owned).collect() };
    let (b, m, t) = (split(base), split(mine), split(theirs));
    let ordered = Match::by_value(&b, &m, &t).rows();
    let mut out = String::new();
    for row in ordered.rows {
        let line = |lines: &[String], at: Option<usize>| at.and_then(|at| lines.get(at).cloned());
        let (b, m, t) = (line(&b, row.base), line(&m, row.mine), line(&t, row.theirs));
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
fn is_sound(text: &str, mine: &str, theirs: &str) -> bool {
    use TokenKind::{BlockComment, Comma, End, LineComment, OpenComment, Space};
    fn others(text: &str) -> Vec<&str> {
        let layout = |kind| matches!(kind, BlockComment | LineComment | Space | End);
        let others = tokens(text).filter(|token| !layout(token.kind) && token.kind != Comma);
        others.map(|token| token.span.of(text)).collect()
    }
    let is = |kind| tokens(text).filter(move |token| token.kind == kind).count();
    let known = others(text) == others(mine) || others(text) == others(theirs);
    known && is(Comma) < 2 && is(OpenComment) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_both_sides_are_kept() {
        let base = "\n  // a\n  // b\n  ";
        for (mine, theirs, want) in [
            (base, "\n", Between::Theirs),
            ("\n", base, Between::Mine),
            ("\n // a\n\n // b\n", "// a\n// c\n", Between::Theirs),
            (
                "\n  // A\n  // b\n  ",
                "\n  // a\n  // b\n  // c\n  ",
                Between::Both("\n  // A\n  // b\n  // c\n  ".into()),
            ),
            (
                "\n  // x\n  // b\n  ",
                "\n  // y\n  // b\n  ",
                Between::Clash,
            ),
            ("\n  // x\n  ", "\n  // y\n  // b\n  ", Between::Clash),
        ] {
            assert_eq!(between(base, mine, theirs), want, "{mine} {theirs}");
        }
    }

    #[test]
    fn attributes_of_the_file_stay() {
        let base = "#![enable(implicit_some)]\n// a\n// b\n";
        let mine = base.replace("// a", "// A");
        let theirs = format!("{base}// c\n");
        let both = format!("{mine}// c\n");
        assert_eq!(between(base, &mine, &theirs), Between::Both(both));
        let added = format!("#![enable(unwrap_newtypes)]\n{base}");
        let both = format!("{added}// c\n");
        assert_eq!(between(base, &added, &theirs), Between::Both(both));
        assert_eq!(between(base, &format!("{base}\n"), &added), Between::Theirs);
        assert_eq!(between(base, &added, &format!("{base}\n")), Between::Mine);
    }
}
