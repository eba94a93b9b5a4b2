//! How well a word fits what is typed.
//!
//! Nothing is copied on the way: a register may have a hundred thousand ids, and every letter typed
//! asks for all of them.

use unicode_normalization::UnicodeNormalization as _;

/// What is typed. Case does not count, and half a Korean syllable fits the whole.
pub(super) struct CompletionMatcher {
    /// In lower case.
    typed: Vec<char>,
    /// The same, where it is plain ASCII.
    ascii: Option<String>,
}

/// How well a candidate fits; the smaller the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MatchRank {
    /// It begins with what is typed.
    Prefix,
    /// One of its words does.
    WordPrefix,
    /// What is typed stands somewhere in it.
    Contains,
    /// It is spelled much alike.
    Similar,
}

impl MatchRank {
    pub const COUNT: usize = 4;
}

impl CompletionMatcher {
    pub fn new(typed: &str) -> Self {
        let typed: String = typed
            .trim_start()
            // A keyboard may send a Korean syllable in parts.
            .nfc()
            .flat_map(char::to_lowercase)
            .collect();
        CompletionMatcher {
            typed: typed.chars().collect(),
            ascii: typed.is_ascii().then_some(typed),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.typed.is_empty()
    }

    /// How well a candidate fits by its label or the words that explain it; `None` where it does
    /// not.
    pub fn rank(&self, label: &str, words: &str) -> Option<MatchRank> {
        if self.typed.is_empty() || self.matches_at(label, 0) {
            return Some(MatchRank::Prefix);
        }
        match self.find(label) {
            Some(MatchRank::WordPrefix) => Some(MatchRank::WordPrefix),
            in_label => [in_label, self.find(words)].into_iter().flatten().min(),
        }
    }

    /// Where it stands in a text: at the beginning of a word, or somewhere.
    fn find(&self, text: &str) -> Option<MatchRank> {
        let first = *self.typed.first()?;
        let mut contained = None;
        let mut look = |at: usize| {
            if self.matches_at(text, at) {
                let before = text.get(..at).and_then(|t| t.chars().next_back());
                contained = Some(MatchRank::Contains);
                return before.is_none_or(|c| !c.is_alphanumeric());
            }
            false
        };
        // Candidates are mostly ASCII: the first letter is looked for by bytes, and only where it
        // stands are letters compared.
        let found = if first.is_ascii() {
            let byte = first as u8;
            memchr::memchr2_iter(byte, byte.to_ascii_uppercase(), text.as_bytes()).any(&mut look)
        } else {
            !text.is_ascii() && text.char_indices().any(|(at, _)| look(at))
        };
        if found {
            Some(MatchRank::WordPrefix)
        } else {
            contained
        }
    }

    fn matches_at(&self, text: &str, at: usize) -> bool {
        let Some(rest) = text.get(at..) else {
            return false;
        };
        if let Some(typed) = &self.ascii {
            let begin = rest.as_bytes().get(..typed.len());
            return begin.is_some_and(|begin| begin.eq_ignore_ascii_case(typed.as_bytes()));
        }
        let mut chars = rest.chars();
        let last = self.typed.len() - 1;
        let mut typed = self.typed.iter().enumerate();
        typed.all(|(index, typed)| {
            let c = chars.next();
            c.is_some_and(|c| {
                is_same(c, *typed) || (index == last && is_open_syllable_of(c, *typed))
            })
        })
    }

    /// Whether a candidate is spelled much like what is typed, or begins so.
    pub fn is_similar(&self, label: &str) -> bool {
        const MIN_CHARS: usize = 3;
        let chars = self.typed.len();
        if chars < MIN_CHARS {
            return false;
        }
        // One mistake in three letters. The label is cut to what is typed, too, since somebody who
        // has typed half a word wrong wants the whole one.
        let allowed = (chars / 3).max(1);
        let label: Vec<char> = label.chars().flat_map(char::to_lowercase).collect();
        [&label[..label.len().min(chars)], &label[..]]
            .iter()
            .filter(|label| label.len().abs_diff(chars) <= allowed)
            .any(|label| strsim::generic_damerau_levenshtein(label, &self.typed) <= allowed)
    }
}

fn is_same(c: char, typed: char) -> bool {
    c == typed
        || (!typed.is_ascii() && c.to_lowercase().eq([typed]))
        || (typed.is_ascii() && c.eq_ignore_ascii_case(&typed))
}

/// Whether `typed` is a Korean syllable to which `c` adds the final consonant.
fn is_open_syllable_of(c: char, typed: char) -> bool {
    /// The syllables stand in rows, each with one that is open and those that it can grow into.
    const ROW: u32 = 28;
    let (first, last) = ('가', '힣');
    let place = |c: char| u32::from(c) - u32::from(first);
    let are_syllables = [c, typed].iter().all(|c| (first..=last).contains(c));
    are_syllables && place(typed).is_multiple_of(ROW) && place(c) / ROW == place(typed) / ROW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_fits_have_lower_ranks() {
        let rank = |typed: &str, label: &str, words: &str| {
            CompletionMatcher::new(typed).rank(label, words)
        };
        assert_eq!(rank("", "rok", ""), Some(MatchRank::Prefix));
        assert_eq!(rank("NUC", "nuclear-group", ""), Some(MatchRank::Prefix));
        assert_eq!(
            rank("gro", "nuclear-group", ""),
            Some(MatchRank::WordPrefix)
        );
        assert_eq!(
            rank("kor", "rok", "Republic of Korea"),
            Some(MatchRank::WordPrefix)
        );
        assert_eq!(
            rank("clear", "nuclear-group", ""),
            Some(MatchRank::Contains)
        );
        assert_eq!(rank("하", "rok", "대한민국"), Some(MatchRank::Contains));
        assert_eq!(rank("대하", "rok", "대한민국"), Some(MatchRank::WordPrefix));
        assert_eq!(rank("한", "rok", "대하"), None);
        assert_eq!(rank("ÉT", "x", "l’état"), Some(MatchRank::WordPrefix));
        assert_eq!(rank("zebra", "rok", "Republic"), None);
    }

    #[test]
    fn slips_of_the_keyboard_are_alike() {
        let alike = |typed: &str, label: &str| CompletionMatcher::new(typed).is_similar(label);
        assert!(alike("nulcear", "nuclear-consultative-group"));
        assert!(alike("stauts", "status"));
        assert!(!alike("zebra", "status"));
        assert!(!alike("us", "rok"));
    }
}
