//! Characters of texts that nobody sees: control characters and those that change the direction of
//! what follows, anywhere; those without width, in names and ids.
//!
//! They are found where a text is read, so that no field is left out, and what is kept of the text
//! has stand-ins: nothing that shows a record can pass one on.

use super::messages::{DELETE_UNSEEN_FIX, Problem, WRITE_WINDOWS_SIGNS_FIX};
use linchpin_report::visible::{is_control, is_harmless, visible};
use ron_lossless::{Decoder, Diagnostic, NodeId, SourceChange, Span, TextEdit};

/// The rule for every text that is read: reports the control characters, and has stand-ins
/// in their place.
pub fn check_characters(d: &mut Decoder<'_>, node: NodeId, text: String) -> String {
    if is_harmless(&text) {
        return text;
    }
    // Once more as it is written: `text` does not say where in the source its characters stand.
    let written = written_characters(d.text(node), d.span(node).start);
    let is_line_end = |at: usize| written.get(at + 1).is_some_and(|next| next.read == '\n');
    let found: Vec<WrittenCharacter> = written
        .iter()
        .enumerate()
        // Before a line feed, a carriage return is a line end of Windows.
        .filter(|(at, c)| is_control(c.read) && (c.read != '\r' || !is_line_end(*at)))
        // What reads the bytes of a file reports each: the file may be damaged elsewhere as well.
        .filter(|(_, c)| c.read != '\0' || c.is_escape)
        .map(|(_, c)| *c)
        .collect();
    if let Some(problem) = diagnostic(&found, |chars| Problem::Controls { chars }) {
        d.report(problem);
    }
    visible(&text).into_owned()
}

/// The problem of a name that holds characters without width. `source` is how it is written, from
/// byte `start` on.
pub(crate) fn zero_width_diagnostic(source: &str, start: u32) -> Option<Diagnostic> {
    let mut found = written_characters(source, start);
    found.retain(|c| is_zero_width(c.read));
    diagnostic(&found, |chars| Problem::ZeroWidth { chars })
}

/// Whether a character takes no room and joins or parts nothing that is seen.
pub(crate) fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Whether a text says nothing that can be seen.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_zero_width(c))
}

/// Whether nobody sees a character of a name or an id, which can then look like another one.
pub(crate) fn is_unseen(c: char) -> bool {
    is_zero_width(c) || is_control(c)
}

/// The problem of these characters of one text, at the first of them; `None` where there is none.
fn diagnostic(
    found: &[WrittenCharacter],
    problem: impl Fn(&[char]) -> Problem<'_>,
) -> Option<Diagnostic> {
    let first = found.first()?;
    let chars: Vec<char> = found.iter().map(|c| c.read).collect();
    let edits = found
        .iter()
        .map(|c| TextEdit::new(c.span, meant(c)))
        .collect();
    let label = match chars.iter().any(|c| windows_sign(*c).is_some()) {
        true => WRITE_WINDOWS_SIGNS_FIX,
        false => DELETE_UNSEEN_FIX,
    };
    let problem = problem(&chars).at(first.span);
    let mut problem = problem.with_fix_if_any(SourceChange::new(label, edits));
    // Without what turns their direction the same words may be seen in another order, and what
    // stands for a sign of Windows is a guess.
    problem.is_fix_lossy = chars.iter().any(|c| !c.is_ascii() && !is_zero_width(*c));
    Some(problem)
}

/// What is written in the place of a character: the sign or the space that it stands for, or
/// nothing.
fn meant(c: &WrittenCharacter) -> String {
    match c.read {
        // A carriage return by itself once ended the lines of a Mac.
        '\r' if c.is_escape => "\\n".to_owned(),
        '\r' => "\n".to_owned(),
        // They part words, as a space does.
        '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1f}' | '\u{85}' => " ".to_owned(),
        read => windows_sign(read).map(String::from).unwrap_or_default(),
    }
}

/// The sign of Windows-1252 for which a control of Latin-1 stands where the encoding of a text was
/// mistaken: “, ”, ’, – and others.
pub(crate) fn windows_sign(c: char) -> Option<char> {
    const SIGNS: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0',
        '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    let at = u32::from(c).checked_sub(0x80)?;
    let sign = SIGNS.get(at as usize).copied()?;
    // U+0085 is the end of a line at least as often as it is three dots.
    (sign != '\0' && c != '\u{85}').then_some(sign)
}

/// A character of a text, with its place in the source.
#[derive(Clone, Copy)]
struct WrittenCharacter {
    span: Span,
    read: char,
    is_escape: bool,
}

/// The characters of a sound text, as it is written in quotation marks, raw or with escapes. Line
/// ends that a backslash takes away are left out.
fn written_characters(source: &str, start: u32) -> Vec<WrittenCharacter> {
    let is_raw = source.starts_with('r');
    let end = source.trim_end_matches('#').len().saturating_sub(1);
    let mut at = source.find('"').map_or(0, |quote| quote + 1);
    let mut out = Vec::new();
    // An escape that is cut short would lead past the end, where `get` gives nothing.
    while let Some(rest) = source.get(at..end)
        && let Some(first) = rest.chars().next()
    {
        let is_escape = first == '\\' && !is_raw;
        let (read, length) = match is_escape {
            true => read_escape(rest),
            false => (Some(first), first.len_utf8()),
        };
        if let Some(read) = read {
            let span = Span::new(at as u32, (at + length) as u32).shifted(start);
            out.push(WrittenCharacter {
                span,
                read,
                is_escape,
            });
        }
        at += length;
    }
    out
}

/// What an escape stands for, and how many bytes it has.
fn read_escape(text: &str) -> (Option<char>, usize) {
    let escaped = text.chars().nth(1).unwrap_or('\\');
    let code = |digits: &str| char::from_u32(u32::from_str_radix(digits, 16).ok()?);
    match escaped {
        '0' => (Some('\0'), 2),
        'n' => (Some('\n'), 2),
        'r' => (Some('\r'), 2),
        't' => (Some('\t'), 2),
        'x' => (text.get(2..4).and_then(code), 4),
        'u' => {
            let length = text.find('}').map_or(2, |end| end + 1);
            let digits = text.get(3..length.saturating_sub(1));
            (digits.and_then(code), length)
        }
        '\n' | '\r' => (None, 2),
        other => (Some(other), 1 + other.len_utf8()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_text_is_read() {
        let read = |source: &str| -> String {
            let all = written_characters(source, 10);
            for c in &all {
                let start = (c.span.start - 10) as usize;
                let written = &source[start..(c.span.end - 10) as usize];
                assert_eq!(
                    c.is_escape,
                    written.starts_with('\\') && !source.starts_with('r')
                );
                assert!(c.is_escape || written == c.read.to_string());
            }
            all.iter().map(|c| c.read).collect()
        };
        assert_eq!(read("\"a\u{1b}한\""), "a\u{1b}한");
        let escapes = r#""\u{1b}\x07\0\\u{1b}\"\n\r\t\'/""#;
        assert_eq!(read(escapes), "\u{1b}\u{7}\0\\u{1b}\"\n\r\t'/");
        assert_eq!(read("r##\"\\u{1b}\"#\u{1b}\"##"), "\\u{1b}\"#\u{1b}");
        assert_eq!(read("\"a\\\n  b\""), "a  b");
        assert_eq!(read("\"\""), "");
    }
}
