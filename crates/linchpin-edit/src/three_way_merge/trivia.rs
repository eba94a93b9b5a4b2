//! What stands between values: white space, commas and comments, of three texts.

use super::alignment::ItemAlignment;
use super::sides::{MergeSide, Sides};
use crate::record_matching::significant_tokens;
use linchpin_register::{LoadedRegister, load};
use ron_lossless::edit::first_line_ending;
use ron_lossless::{TokenKind, tokens};

/// What becomes of a stretch between values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TriviaMerge {
    /// That of one side.
    Side(MergeSide),
    /// Lines of both.
    Merged(String),
    /// Both changed the same comments.
    Conflict,
}

/// Puts together what both sides made of a stretch. White space gives way to comments, and ours to
/// theirs: how a file is indented is nothing to ask anybody about.
pub(super) fn merge_trivia(sources: Sides<&str>) -> TriviaMerge {
    let significant = |text| significant_tokens(text).collect::<Vec<&str>>();
    let side = sources
        .unopposed()
        .or_else(|| sources.map(significant).unopposed());
    match side {
        Some(side) => TriviaMerge::Side(side),
        None => match merge_lines(sources).filter(|text| is_valid_trivia(text, sources)) {
            Some(text) => TriviaMerge::Merged(text),
            None => TriviaMerge::Conflict,
        },
    }
}

/// The lines of both sides; `None` where both changed the same line.
fn merge_lines(sources: Sides<&str>) -> Option<String> {
    let lines = sources
        .map(|text| -> Vec<String> { text.split_inclusive('\n').map(str::to_owned).collect() });
    let mut out = String::new();
    // Lines are aligned like the items of a list without ids.
    for row in ItemAlignment::by_value(&lines).ordered_rows().rows {
        let versions = Sides {
            base: row.base.and_then(|at| lines.base.get(at)),
            ours: row.ours.and_then(|at| lines.ours.get(at)),
            theirs: row.theirs.and_then(|at| lines.theirs.get(at)),
        };
        let line = versions
            .get(versions.unopposed()?)
            .map_or("", |line| line.as_str());
        if !out.is_empty() && !out.ends_with('\n') && !line.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
    }
    Some(out)
}

/// Whether a text is white space and closed comments, one comma at most, and what else there was on
/// either side: attributes of the file.
fn is_valid_trivia(text: &str, sources: Sides<&str>) -> bool {
    use TokenKind::{BlockComment, Comma, End, LineComment, OpenComment, Space};
    fn others(text: &str) -> Vec<&str> {
        let layout = |kind| matches!(kind, BlockComment | LineComment | Space | End);
        let others = tokens(text).filter(|token| !layout(token.kind) && token.kind != Comma);
        others.map(|token| token.span.of(text)).collect()
    }
    let is = |kind| tokens(text).filter(move |token| token.kind == kind).count();
    // Anything else in the merged text must be as one side has it: half of an attribute is none.
    let known = [sources.ours, sources.theirs]
        .iter()
        .any(|source| others(text) == others(source));
    known && is(Comma) < 2 && is(OpenComment) == 0
}

/// The line ending that the merged text has, where the three differ: the one that somebody changed
/// to.
pub(super) fn common_line_ending(sources: Sides<&str>) -> Option<&'static str> {
    let endings = sources.map(first_line_ending);
    let differ = endings.base != endings.ours || endings.base != endings.theirs;
    // A text of one line has no ending of its own.
    let we_changed = endings.ours != endings.base && sources.ours.contains('\n');
    differ.then_some(match we_changed {
        true => endings.ours,
        false => endings.theirs,
    })
}

/// The text with this line ending wherever it means nothing: not inside text in quotation marks.
pub(super) fn with_line_ending(loaded: &LoadedRegister, eol: &str) -> Option<LoadedRegister> {
    let text = &*loaded.text;
    let mut out = String::with_capacity(text.len() + 64);
    let mut from = 0;
    let changed = |region: &str| region.replace("\r\n", "\n").replace('\n', eol);
    for token in tokens(text) {
        use TokenKind::{Bytes, EscapedText, RawText, Text};
        if matches!(token.kind, Text | EscapedText | RawText | Bytes) {
            out.push_str(&changed(text.get(from..token.span.start as usize)?));
            out.push_str(token.span.of(text));
            from = token.span.end as usize;
        }
    }
    out.push_str(&changed(text.get(from..)?));
    (out != text).then(|| load(out, Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(base: &str, ours: &str, theirs: &str) -> TriviaMerge {
        merge_trivia(Sides { base, ours, theirs })
    }

    #[test]
    fn comments_of_both_sides_are_kept() {
        let base = "\n  // a\n  // b\n  ";
        for (ours, theirs, want) in [
            (base, "\n", TriviaMerge::Side(MergeSide::Theirs)),
            ("\n", base, TriviaMerge::Side(MergeSide::Ours)),
            (
                "\n // a\n\n // b\n",
                "// a\n// c\n",
                TriviaMerge::Side(MergeSide::Theirs),
            ),
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
            assert_eq!(merge(base, ours, theirs), want, "{ours} {theirs}");
        }
    }

    #[test]
    fn attributes_of_the_file_stay() {
        let base = "#![enable(implicit_some)]\n// a\n// b\n";
        let ours = base.replace("// a", "// A");
        let theirs = format!("{base}// c\n");
        let both = format!("{ours}// c\n");
        assert_eq!(merge(base, &ours, &theirs), TriviaMerge::Merged(both));
        let added = format!("#![enable(unwrap_newtypes)]\n{base}");
        let both = format!("{added}// c\n");
        assert_eq!(merge(base, &added, &theirs), TriviaMerge::Merged(both));
        assert_eq!(
            merge(base, &format!("{base}\n"), &added),
            TriviaMerge::Side(MergeSide::Theirs)
        );
        assert_eq!(
            merge(base, &added, &format!("{base}\n")),
            TriviaMerge::Side(MergeSide::Ours)
        );
    }
}
