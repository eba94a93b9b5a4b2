//! How wide a text is where every character has a cell: on a terminal, in a plain e-mail.

/// How many columns a text takes.
pub fn display_width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Korean, Chinese and Japanese characters take two columns, marks none (Unicode, East Asian
/// Width).
pub fn char_width(c: char) -> usize {
    match u32::from(c) {
        // Marks, jamo that join the one before them, joiners, and selectors of variants.
        0x300..=0x36f | 0x1160..=0x11ff | 0x200b..=0x200d | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xa960..=0xa97f
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// The text in lines of at most `width` columns: the first begins with `first`, the others with as
/// many blanks. A word that is wider has a line of its own.
pub fn wrap_text(text: &str, width: usize, first: &str) -> String {
    let indent = " ".repeat(display_width(first));
    let mut out = String::from(first);
    let mut used = display_width(first);
    let mut is_start = true;
    // A no-break space holds what is beside it together.
    for word in text
        .split([' ', '\n', '\r', '\t'])
        .filter(|w| !w.is_empty())
    {
        let word_width = display_width(word);
        if !is_start && used + 1 + word_width > width {
            out.push('\n');
            out.push_str(&indent);
            used = display_width(&indent);
            is_start = true;
        }
        if !is_start {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += word_width;
        is_start = false;
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_takes_two_columns() {
        assert_eq!(display_width("대한민국"), 8);
    }

    #[test]
    fn lines_are_as_long_as_they_may_be() {
        assert_eq!(wrap_text("one two three", 9, "- "), "- one two\n  three\n");
        assert_eq!(wrap_text("대한 민국", 8, ""), "대한\n민국\n");
        assert_eq!(wrap_text("§\u{a0}5 a", 3, ""), "§\u{a0}5\na\n");
        assert_eq!(wrap_text("", 3, "- "), "- \n");
    }
}
