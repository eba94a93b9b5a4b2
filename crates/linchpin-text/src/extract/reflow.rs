//! Lines back into paragraphs, where a text was broken into lines of a certain width.

use super::join_lines::{HyphenPolicy, LineJoiner, display_width, ends_sentence, starts_list_item};

/// No line that somebody wrapped is wider than this, in columns.
const MAX_WRAPPED: usize = 120;

/// How much is guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReflowMode {
    /// Lines are joined only where blank lines stand between paragraphs; else each line is one.
    BlankLines,
    /// Lines without blank lines between them are joined as well, where they look wrapped.
    DetectWrapping,
}

/// The paragraphs of a text in lines.
pub fn reflow(text: &str, guess: ReflowMode) -> Vec<String> {
    // The widest line that can be a wrapped one tells the width; longer ones are paragraphs.
    let lines: Vec<&str> = text.split(is_line_end).collect();
    let non_blank = || lines.iter().filter(|line| !line.trim().is_empty());
    let blocks: Vec<Vec<&str>> = lines
        .split(|line| line.trim().is_empty())
        .filter(|block| !block.is_empty())
        .map(<[&str]>::to_vec)
        .collect();
    let has_blank_lines = blocks.len() > 1;
    let width = non_blank()
        .map(|line| display_width(line.trim()))
        .filter(|w| *w <= MAX_WRAPPED)
        .max();
    let width = width.unwrap_or_default();
    let joins = match guess {
        ReflowMode::BlankLines => has_blank_lines,
        ReflowMode::DetectWrapping => {
            has_blank_lines || blocks.first().is_some_and(|block| looks_wrapped(block))
        }
    };
    if !joins {
        return non_blank().map(|line| line.trim().to_owned()).collect();
    }
    let joiner = LineJoiner::new(non_blank().copied(), HyphenPolicy::Keep);
    let mut all = Vec::new();
    for block in blocks {
        join_block(&block, width, has_blank_lines, &joiner, &mut all);
    }
    all
}

/// Ends of lines of all systems, and the signs by which some programs end a paragraph or a page.
/// The blank line between the two signs of
/// `\r\n` must not separate paragraphs: it is taken out first.
fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn join_block(
    block: &[&str],
    width: usize,
    between_blanks: bool,
    joiner: &LineJoiner,
    all: &mut Vec<String>,
) {
    // A line too long to be wrapped, or sentences line by line: nothing was broken here.
    let are_lines = block
        .iter()
        .any(|line| display_width(line.trim()) > MAX_WRAPPED)
        || block.len() > 2 && block.iter().all(|line| ends_sentence(line));
    let mut open: Option<(String, &str)> = None;
    for line in block {
        let parts = open.as_ref().is_none_or(|(_, before)| {
            are_lines
                || starts_list_item(line)
                || is_short_last_line(before, line, width, between_blanks)
        });
        match (parts, &mut open) {
            (false, Some((text, before))) => {
                joiner.append(text, line, before.ends_with(' '));
                *before = line;
            }
            _ => all.extend(
                open.replace((line.trim().to_owned(), line))
                    .map(|(text, _)| text),
            ),
        }
    }
    all.extend(open.map(|(text, _)| text));
}

/// Whether a paragraph ends with the line `before`, although no blank line follows.
fn is_short_last_line(before: &str, line: &str, width: usize, between_blanks: bool) -> bool {
    let taken = display_width(before.trim());
    if taken * 2 < width {
        return true;
    }
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_indented = indent(line) >= indent(before) + 2;
    !between_blanks && ends_sentence(before) && (taken * 4 < width * 3 || is_indented)
}

/// Whether lines without blank lines between them were broken by width: most are about as wide as
/// the widest and stop within a sentence.
fn looks_wrapped(lines: &[&str]) -> bool {
    let widths: Vec<usize> = lines
        .iter()
        .map(|line| display_width(line.trim()))
        .collect();
    let Some((widest, inner)) = widths.iter().max().zip(lines.len().checked_sub(1)) else {
        return false;
    };
    if inner < 2 || *widest > MAX_WRAPPED || *widest < 30 {
        return false;
    }
    let wide = widths
        .iter()
        .take(inner)
        .filter(|w| **w * 10 >= *widest * 6)
        .count();
    let cut = lines
        .iter()
        .take(inner)
        .filter(|line| !ends_sentence(line))
        .count();
    wide * 10 >= inner * 6 && cut * 2 >= inner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_tell_that_lines_were_wrapped() {
        let text = "Title of the text\n\nThe two sides met in the capital and they\nagreed to meet \
            again in a year—or sooner, if\nneeded.\n\n1. First point\n2. Second point, which is \
            long enough to\ngo on\n";
        let expected = [
            "Title of the text",
            "The two sides met in the capital and they agreed to meet again in a year—or sooner, \
            if needed.",
            "1. First point",
            "2. Second point, which is long enough to go on",
        ];
        assert_eq!(reflow(text, ReflowMode::BlankLines), expected);
    }

    #[test]
    fn without_blank_lines_a_line_is_a_paragraph_unless_it_looks_wrapped() {
        let wrapped = "The two sides met in the capital and they\nagreed to meet again in a year, \
            or sooner\nif that were needed.\nThey also spoke of other things that do\nnot matter \
            here.";
        assert_eq!(reflow(wrapped, ReflowMode::BlankLines).len(), 5);
        let guessed = reflow(wrapped, ReflowMode::DetectWrapping);
        assert_eq!(guessed.len(), 2, "{guessed:?}");
        assert!(guessed[0].ends_with("if that were needed."));
        let lines = "Seoul, April\nThe two met.\nThey spoke at length of many things.\nThey left.";
        assert_eq!(reflow(lines, ReflowMode::DetectWrapping).len(), 4);
    }

    #[test]
    fn long_lines_and_sentences_are_paragraphs_even_beside_a_blank_line() {
        let long = "word ".repeat(40);
        let text = format!("Title\n\n{long}\n{long}\nOne.\n");
        assert_eq!(reflow(&text, ReflowMode::BlankLines).len(), 4);
        let list = "Title\n\nWe met.\nWe spoke.\nWe left.";
        assert_eq!(reflow(list, ReflowMode::DetectWrapping).len(), 4);
    }
}
