//! Control characters: what a terminal obeys, and what changes the direction of the words behind
//! it. None is ever shown as it is, and none is dropped either: a stand-in says which it was.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character is a control character (C0, DEL, C1), or one that opens or closes a stretch
/// of another direction (bidirectional embeddings, overrides, isolates). Tabs and line feeds are
/// none, nor are the marks of direction that right-to-left text needs (U+200E, U+200F, U+061C).
///
/// A carriage return is one. Before a line feed it is half of a line end: see [`visible`].
pub fn is_control(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        c => c.is_control(),
    }
}

/// Whether a text is free of control characters. A carriage return before a line feed is
/// allowed.
pub fn is_harmless(text: &str) -> bool {
    // Most texts hold no byte that such a character begins with.
    let may_begin = |b: u8| (b < 0x20 && !matches!(b, b'\t' | b'\n')) || b == 0x7f || b == 0xc2;
    if !text.bytes().any(|b| may_begin(b) || b == 0xe2) {
        return true;
    }
    controls(text).next().is_none()
}

/// The control characters of a text, each with its place.
pub fn controls(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let is_line_end = |at: usize, c: char| c == '\r' && text[at + 1..].starts_with('\n');
    text.char_indices()
        .filter(move |&(at, c)| is_control(c) && !is_line_end(at, c))
}

/// The text with a stand-in for each control character, written as RON writes it:
/// `\u{1b}`. Line ends and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_harmless(text) {
        return Cow::Borrowed(text);
    }
    let (mut out, mut from) = (String::with_capacity(text.len() + 16), 0);
    for (at, c) in controls(text) {
        out.push_str(&text[from..at]);
        // Writing to a text cannot fail.
        let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        from = at + c.len_utf8();
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// The same on one line: line ends and tabs are blanks.
pub fn visible_line(text: &str) -> String {
    let text = visible(text);
    text.replace("\r\n", " ").replace(['\n', '\t'], " ")
}

/// A stand-in of one character, where columns are counted: `␛` for U+001B, U+FFFD for those that
/// have no sign. Tabs and line feeds stay.
pub fn visible_char(c: char) -> char {
    if !is_control(c) {
        return c;
    }
    let sign = match c {
        '\u{7f}' => Some('\u{2421}'),
        c if c.is_ascii() => char::from_u32(0x2400 + u32::from(c)),
        _ => None,
    };
    sign.unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A text that has been given colors, with a stand-in of one character for every other
/// control character. Whoever gives colors makes the words visible first: a color among the words
/// would pass.
pub fn visible_but_colors(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = color_length(rest).unwrap_or(0);
        if length > 0 || rest.starts_with("\r\n") {
            // Of a line end, the `\r` alone: the `\n` behind it passes by itself.
            let length = length.max(1);
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        } else {
            out.push(visible_char(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// How many bytes the escape sequence of a color has with which a text begins: `ESC [ digits m`.
fn color_length(text: &str) -> Option<usize> {
    let codes = text.strip_prefix("\u{1b}[")?;
    let end = codes.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    codes[end..]
        .starts_with('m')
        .then_some("\u{1b}[".len() + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_control_character_has_a_stand_in_and_nothing_else_has() {
        assert_eq!(
            visible("a\u{1b}]8;;x\u{7}b\r\nc\rd\t\u{9b}\u{202e}e"),
            "a\\u{1b}]8;;x\\u{7}b\r\nc\\u{d}d\t\\u{9b}\\u{202e}e"
        );
        // Right-to-left text needs its marks, and other scripts their joiners.
        let plain = "한국 é\u{200e}\u{200f}\u{61c}\u{200d}…“x”\n\t";
        assert!(matches!(visible(plain), Cow::Borrowed(text) if text == plain));
        for c in '\0'..='\u{ffff}' {
            let shown = visible(&c.to_string()).into_owned();
            assert_eq!(is_control(c), shown != c.to_string(), "{c:?}");
            assert!(is_harmless(&shown) && !is_control(visible_char(c)), "{c:?}");
        }
        assert_eq!(visible_line("a\r\nb\tc\u{0}"), "a b c\\u{0}");
        assert_eq!(visible_char('\u{1b}'), '␛');
    }

    #[test]
    fn only_colors_pass() {
        assert_eq!(
            visible_but_colors("\u{1b}[1;31mred\u{1b}[0m\u{1b}[2J\u{1b}]0;x\u{7}\u{85}\r\n"),
            "\u{1b}[1;31mred\u{1b}[0m␛[2J␛]0;x␇\u{fffd}\r\n"
        );
        assert_eq!(visible_but_colors("\u{1b}[1"), "␛[1");
    }
}
