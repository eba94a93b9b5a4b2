//! A text in which only what a reader would call the same words counts: quotation marks, dashes,
//! case and white space are normalized.

use super::is_hangul_syllable;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization as _;

/// A normalized text, with the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NormalizedText {
    pub text: String,
    /// For each byte of `text` the byte of the source from which it comes, and last the end of the
    /// source.
    source_offsets: Vec<u32>,
}

impl NormalizedText {
    /// The bytes of the source from which these bytes come. Of a character of the source that
    /// became several, none is cut.
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let at = |byte: usize| {
            self.source_offsets
                .get(byte)
                .map_or(0, |from| *from as usize)
        };
        let (start, mut end) = (at(range.start), range.end);
        // "…" became "...", and a range may end after its first dot: it takes all of them.
        while end > range.start && end < self.text.len() && at(end) == at(end - 1) {
            end += 1;
        }
        start..at(end).max(start)
    }
}

/// Normalizes a text: curly and straight quotation marks are one, and all dashes, all white space,
/// the three dots and their sign, small and capital letters, composed and decomposed characters;
/// soft hyphens and marks without width are nothing.
pub fn normalize(source: &str) -> NormalizedText {
    let mut out = NormalizedText::with_capacity(source.len() + 1);
    out.append(source, 0);
    out
}

impl NormalizedText {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        NormalizedText {
            text: String::with_capacity(bytes),
            source_offsets: Vec::with_capacity(bytes),
        }
    }

    /// Adds a stretch that begins at byte `base` of the source.
    pub(super) fn append(&mut self, source: &str, base: usize) {
        let mut writer = NormalizingWriter {
            start: self.text.len(),
            out: self,
            pending_space: None,
        };
        // Where the last character that is no white space ends: a phrase at the end of the text
        // must not take the space behind it.
        let mut last_end = 0;
        let mut at = 0;
        while let Some(rest) = source.get(at..)
            && let Some(first) = rest.chars().next()
        {
            let start = base + at;
            // Most texts are mostly plain letters. What follows one may still compose with it.
            let is_plain = first.is_ascii() && rest.as_bytes().get(1).is_none_or(u8::is_ascii);
            let end = match is_plain {
                true => {
                    fold_char(first, &mut |c| writer.push_folded(c, start));
                    at + 1
                }
                false => at + writer.push_cluster(rest, first, start),
            };
            if writer.pending_space.is_none() {
                last_end = end;
            }
            at = end;
        }
        self.source_offsets.push(saturating_offset(base + last_end));
    }

    /// Ends a paragraph: no phrase reaches over it.
    pub(super) fn push_paragraph_break(&mut self) {
        self.text.push('\n');
    }

    fn push(&mut self, c: char, from: usize) {
        self.text.push(c);
        let from = saturating_offset(from);
        (0..c.len_utf8()).for_each(|_| self.source_offsets.push(from));
    }
}

struct NormalizingWriter<'n> {
    out: &'n mut NormalizedText,
    /// Where in the normalized text the stretch begins.
    start: usize,
    /// White space that is written where something follows, so that none stands at the ends and
    /// none twice.
    pending_space: Option<usize>,
}

impl NormalizingWriter<'_> {
    fn push_folded(&mut self, c: char, from: usize) {
        if c.is_whitespace() {
            self.pending_space.get_or_insert(from);
            return;
        }
        if let Some(space) = self.pending_space.take()
            && self.out.text.len() > self.start
        {
            self.out.push(' ', space);
        }
        match c.is_ascii() {
            true => self.out.push(c.to_ascii_lowercase(), from),
            false => c.to_lowercase().for_each(|c| self.out.push(c, from)),
        }
    }

    /// Characters that compose with the one before them are normalized together. Gives how many
    /// bytes they have.
    fn push_cluster(&mut self, rest: &str, first: char, from: usize) -> usize {
        let follow = rest.chars().skip(1).take_while(|c| is_combining(*c));
        let bytes = first.len_utf8() + follow.map(char::len_utf8).sum::<usize>();
        let is_alone = bytes == first.len_utf8();
        // NFKC is slow, and takes some marks apart that are folded here: "″" would become two "′".
        if is_alone && (first.is_ascii() || is_hangul_syllable(first) || is_quote_or_dash(first)) {
            fold_char(first, &mut |c| self.push_folded(c, from));
        } else {
            let cluster = rest.get(..bytes).unwrap_or_default();
            cluster
                .nfkc()
                .for_each(|c| fold_char(c, &mut |c| self.push_folded(c, from)));
        }
        bytes
    }
}

fn saturating_offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// Quotation marks and the like, some of which would otherwise come apart into others.
fn is_quote_or_dash(c: char) -> bool {
    matches!(c, '´' | '‐'..='―' | '‘'..='‟' | '…' | '′' | '″' | '‹' | '›')
}

/// Combining marks, and the vowels and final consonants of Korean syllables that are written apart.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1160}'..='\u{11ff}')
}

/// What a character is to a reader.
fn fold_char(c: char, push: &mut impl FnMut(char)) {
    match c {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' | '‹' | '›' => push('\''),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' | '「' | '」' | '『' | '』' | '〝' | '〞' =>
        {
            push('"');
        }
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹘' | '﹣' | '－' => push('-'),
        '…' => (0..3).for_each(|_| push('.')),
        other => push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_calls_the_same_is_the_same() {
        for (a, b) in [
            ("“Fight  tonight”", "\"fight tonight\""),
            ("the ROK’s", "the rok's"),
            ("well\u{2011}known — yes", "well-known - yes"),
            ("and so on…", "AND SO ON..."),
            ("co\u{ad}operation\u{200b}", "cooperation"),
            ("cafe\u{301}", "café"),
            ("\u{1112}\u{1161}\u{11ab}국", "한국"),
            (" lead\u{a0}\n  and trail ", "lead and trail"),
            ("5″ of rain", "5\" of rain"),
        ] {
            assert_eq!(normalize(a).text, normalize(b).text, "{a:?}");
        }
        assert_ne!(normalize("will").text, normalize("well").text);
    }

    #[test]
    fn the_way_back_leads_to_whole_characters() {
        for source in [
            "“Fight  tonight” — 한미동맹…",
            "\u{1112}\u{1161}\u{11ab} x",
            "ΑΣ ß İ ½ ﬁn e\u{301}\u{301}\u{ad}",
            " \u{301}x\u{200b} ",
            "",
        ] {
            let normal = normalize(source);
            for (start, _) in normal.text.char_indices() {
                for end in (start..=normal.text.len()).filter(|e| normal.text.is_char_boundary(*e))
                {
                    let range = normal.source_range(start..end);
                    assert!(
                        source.get(range.clone()).is_some(),
                        "{range:?} of {source:?}"
                    );
                }
            }
        }
        let dots = normalize("so on… and");
        assert_eq!(dots.source_range(0..6), 0.."so on…".len());
        let source = "say “Fight\u{a0}tonight” now";
        let made = normalize(source);
        let at = made.text.find("fight tonight").unwrap();
        assert_eq!(
            source.get(made.source_range(at..at + 13)),
            Some("Fight\u{a0}tonight")
        );
    }
}
