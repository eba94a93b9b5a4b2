//! What every text goes through, wherever it comes from: one spelling of each character, one
//! paragraph a line.

use super::messages::ExtractNote;
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// What a reader of one kind of file finds.
#[derive(Default)]
pub struct RawParagraphs {
    /// May hold any white space, and be empty.
    pub paragraphs: Vec<String>,
    /// What a reader should look at.
    pub notes: Vec<ExtractNote>,
}

/// A paragraph on one line: white space of any kind is one plain space, characters that nobody sees
/// are gone, and composed characters stand for their pieces, so that Hangul typed in jamo is found.
pub fn clean_paragraph(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_invisible(c) {
            line.push(c);
        }
    }
    if line.ends_with(' ') {
        line.pop();
    }
    match is_nfc(&line) {
        true => line,
        false => line.nfc().collect(),
    }
}

/// All paragraphs that say something, each with a line end.
pub fn join_paragraphs(paragraphs: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut text = String::new();
    for one in paragraphs {
        let line = clean_paragraph(one.as_ref());
        if !line.is_empty() {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

/// Characters without a sign of their own that only stand in the way of finding words. Joiners
/// stay: some scripts need them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}'
        )
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffb}')
}

/// The letters of a printer's ligature, such as ﬁ.
pub fn expand_ligatures(text: &str) -> String {
    let is_ligature = |c: char| matches!(c, '\u{fb00}'..='\u{fb06}');
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match is_ligature(c) {
            true => plain.extend(std::iter::once(c).nfkc()),
            false => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_one_clean_line() {
        let messy = "\u{feff} The\u{a0}U.S.\u{2009}and\r\n\tthe\u{ad} Re\u{ad}public\u{200b} \
            \u{2028}of Korea\u{0} ";
        assert_eq!(clean_paragraph(messy), "The U.S. and the Republic of Korea");
        // Jamo become syllables, a letter and its accent become one.
        let (jamo, accent) = (
            "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}",
            "cafe\u{301}",
        );
        assert_eq!(clean_paragraph(&format!("{jamo} {accent}")), "한국 café");
        assert_eq!(join_paragraphs(["One", " \u{a0}", "", "둘 "]), "One\n둘\n");
    }

    #[test]
    fn ligatures_come_apart_and_fullwidth_signs_stay() {
        assert_eq!(
            expand_ligatures("oﬀer ﬁnal ﬂow １％"),
            "offer final flow １％"
        );
    }
}
