//! A text in which only what a reader would call the same words counts: quotation marks, dashes, case and white space are made alike.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization as _;

/// A text made alike, with the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normal {
    pub text: String,
    /// For each byte of `text` the byte of the source from which it comes, and last the end of the source.
    from: Vec<u32>,
}

impl Normal {
    /// The bytes of the source from which these bytes come.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.from.get(byte).map_or(0, |from| *from as usize);
        at(range.start)..at(range.end).max(at(range.start))
    }
}

/// Makes a text alike: curly and straight quotation marks are one, and all dashes, all white space, the three dots and their sign, small and
/// capital letters, composed and decomposed characters; soft hyphens and marks without width are nothing.
pub fn normal(source: &str) -> Normal {
    let mut out = Normal {
        text: String::with_capacity(source.len()),
        from: Vec::with_capacity(source.len() + 1),
    };
    let mut space: Option<usize> = None;
    let mut last_end = 0;
    // Characters that compose with those before them are made alike together.
    let mut clusters = source.char_indices().peekable();
    while let Some((start, first)) = clusters.next() {
        let mut end = start + first.len_utf8();
        while let Some((at, next)) = clusters.peek()
            && joins(*next)
        {
            end = at + next.len_utf8();
            clusters.next();
        }
        let Some(cluster) = source.get(start..end) else {
            continue;
        };
        let mut push = |c: char| {
            if c.is_whitespace() {
                space.get_or_insert(start);
                return;
            }
            if let Some(at) = space.take()
                && !out.text.is_empty()
            {
                out.push(' ', at);
            }
            for c in c.to_lowercase() {
                out.push(c, start);
            }
            last_end = end;
        };
        if cluster.is_ascii() {
            cluster.chars().for_each(|c| alike(c, &mut push));
        } else {
            cluster.nfkc().for_each(|c| alike(c, &mut push));
        }
    }
    out.from.push(u32::try_from(last_end).unwrap_or(u32::MAX));
    out
}

impl Normal {
    fn push(&mut self, c: char, from: usize) {
        self.text.push(c);
        let from = u32::try_from(from).unwrap_or(u32::MAX);
        self.from.extend(std::iter::repeat_n(from, c.len_utf8()));
    }
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
            "ΑΣ ß İ",
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
        let source = "say “Fight\u{a0}tonight” now";
        let made = normal(source);
        let at = made.text.find("fight tonight").unwrap();
        assert_eq!(
            source.get(made.source(at..at + 13)),
            Some("Fight\u{a0}tonight")
        );
    }
}
