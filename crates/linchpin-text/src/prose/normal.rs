//! A text in which only what a reader would call the same words counts: quotation marks, dashes,
//! case and white space are made alike.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization as _;

/// A text made alike, with the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normal {
    pub text: String,
    /// For each byte of `text` the byte of the source from which it comes, and last the end of the
    /// source.
    from: Vec<u32>,
}

impl Normal {
    /// The bytes of the source from which these bytes come. Of a character of the source that
    /// became several, none is cut.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.from.get(byte).map_or(0, |from| *from as usize);
        let (start, mut end) = (at(range.start), range.end);
        while end > range.start && end < self.text.len() && at(end) == at(end - 1) {
            end += 1;
        }
        start..at(end).max(start)
    }
}

/// Makes a text alike: curly and straight quotation marks are one, and all dashes, all white space,
/// the three dots and their sign, small and capital letters, composed and decomposed characters;
/// soft hyphens and marks without width are nothing.
pub fn normal(source: &str) -> Normal {
    let mut out = Normal::with_capacity(source.len() + 1);
    out.append(source, 0);
    out
}

impl Normal {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Normal {
            text: String::with_capacity(bytes),
            from: Vec::with_capacity(bytes),
        }
    }

    /// Adds a stretch that begins at byte `base` of the source.
    pub(super) fn append(&mut self, source: &str, base: usize) {
        let mut writer = Writer {
            began: self.text.len(),
            out: self,
            space: None,
        };
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
                    alike(first, &mut |c| writer.put(c, start));
                    at + 1
                }
                false => at + writer.cluster(rest, first, start),
            };
            if writer.space.is_none() {
                last_end = end;
            }
            at = end;
        }
        self.from.push(offset(base + last_end));
    }

    /// Ends a paragraph: no phrase reaches over it.
    pub(super) fn end_paragraph(&mut self) {
        self.text.push('\n');
    }

    fn push(&mut self, c: char, from: usize) {
        self.text.push(c);
        let from = offset(from);
        (0..c.len_utf8()).for_each(|_| self.from.push(from));
    }
}

struct Writer<'n> {
    out: &'n mut Normal,
    /// Where in the made text the stretch begins.
    began: usize,
    /// White space that is written where something follows.
    space: Option<usize>,
}

impl Writer<'_> {
    fn put(&mut self, c: char, from: usize) {
        if c.is_whitespace() {
            self.space.get_or_insert(from);
            return;
        }
        if let Some(space) = self.space.take()
            && self.out.text.len() > self.began
        {
            self.out.push(' ', space);
        }
        match c.is_ascii() {
            true => self.out.push(c.to_ascii_lowercase(), from),
            false => c.to_lowercase().for_each(|c| self.out.push(c, from)),
        }
    }

    /// Characters that compose with the one before them are made alike together. Gives how many
    /// bytes they have.
    fn cluster(&mut self, rest: &str, first: char, from: usize) -> usize {
        let follow = rest.chars().skip(1).take_while(|c| joins(*c));
        let bytes = first.len_utf8() + follow.map(char::len_utf8).sum::<usize>();
        let is_alone = bytes == first.len_utf8();
        if is_alone
            && (first.is_ascii() || matches!(first, '\u{ac00}'..='\u{d7a3}') || is_mark(first))
        {
            alike(first, &mut |c| self.put(c, from));
        } else {
            let cluster = rest.get(..bytes).unwrap_or_default();
            cluster
                .nfkc()
                .for_each(|c| alike(c, &mut |c| self.put(c, from)));
        }
        bytes
    }
}

fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// Quotation marks and the like, some of which would otherwise come apart into others.
fn is_mark(c: char) -> bool {
    matches!(c, '´' | '‐'..='―' | '‘'..='‟' | '…' | '′' | '″' | '‹' | '›')
}

/// Combining marks, and the vowels and final consonants of Korean syllables that are written apart.
fn joins(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1160}'..='\u{11ff}')
}

/// What a character is to a reader.
fn alike(c: char, push: &mut impl FnMut(char)) {
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
            assert_eq!(normal(a).text, normal(b).text, "{a:?}");
        }
        assert_ne!(normal("will").text, normal("well").text);
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
            let normal = normal(source);
            for (start, _) in normal.text.char_indices() {
                for end in (start..=normal.text.len()).filter(|e| normal.text.is_char_boundary(*e))
                {
                    let range = normal.source(start..end);
                    assert!(
                        source.get(range.clone()).is_some(),
                        "{range:?} of {source:?}"
                    );
                }
            }
        }
        let dots = normal("so on… and");
        assert_eq!(dots.source(0..6), 0.."so on…".len());
        let source = "say “Fight\u{a0}tonight” now";
        let made = normal(source);
        let at = made.text.find("fight tonight").unwrap();
        assert_eq!(
            source.get(made.source(at..at + 13)),
            Some("Fight\u{a0}tonight")
        );
    }
}
