//! HTML: what a page must not take for markup.

use crate::visible::is_control;

/// Text with everything in it that would mean something to a browser taken literally, in an element
/// or between quotation marks. Sound in XML as well, which has no place for controls.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            // Half of a line end, which a page reads as a line feed anyway.
            '\r' if chars.peek() == Some(&'\n') => {}
            c if is_control(c) || is_noncharacter(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// Code points that stand for no character and that a page may not hold.
fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_stay_and_control_characters_have_a_stand_in() {
        assert_eq!(escape("a\r\nb\n\tc"), "a\nb\n\tc");
        assert_eq!(escape("a\rb\u{1b}c\u{202e}"), "a\u{FFFD}b\u{FFFD}c\u{FFFD}");
        assert_eq!(escape("<i a=\"'&\">"), "&lt;i a=&quot;&#39;&amp;&quot;&gt;");
    }
}
