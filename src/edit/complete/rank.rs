//! How well a word fits what is typed.

use unicode_normalization::UnicodeNormalization as _;

/// What is typed, folded for comparison: without case, Korean syllables in their letters, so that half a syllable finds the whole.
pub(super) struct Typed {
    typed: String,
    label: String,
    words: String,
}

/// How well a candidate fits; the smaller the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// It begins with what is typed.
    Begins,
    /// One of its words does.
    WordBegins,
    /// What is typed stands somewhere in it.
    Contains,
    /// It is spelled much alike.
    Alike,
}

impl Rank {
    pub const COUNT: usize = 4;
}

impl Typed {
    pub fn new(typed: &str) -> Self {
        let mut folded = String::new();
        fold_into(typed.trim_start(), &mut folded);
        Typed {
            typed: folded,
            label: String::new(),
            words: String::new(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.typed.is_empty()
    }

    /// How well a candidate fits by its label or the words that explain it; `None` where it does not.
    pub fn rank(&mut self, label: &str, words: &str) -> Option<Rank> {
        if self.typed.is_empty() {
            return Some(Rank::Begins);
        }
        fold_into(label, &mut self.label);
        if self.label.starts_with(&self.typed) {
            return Some(Rank::Begins);
        }
        fold_into(words, &mut self.words);
        let found = [&self.label, &self.words].map(|text| find(text, &self.typed));
        found.into_iter().flatten().min()
    }

    /// Whether a candidate is spelled much like what is typed, or begins so.
    pub fn is_alike(&mut self, label: &str) -> bool {
        const MIN_CHARS: usize = 3;
        let chars = self.typed.chars().count();
        fold_into(label, &mut self.label);
        if chars < MIN_CHARS {
            return false;
        }
        let begin: String = self.label.chars().take(chars).collect();
        let allowed = (chars / 3).max(1);
        [&begin, &self.label]
            .iter()
            .filter(|text| text.len().abs_diff(self.typed.len()) <= allowed)
            .any(|text| strsim::damerau_levenshtein(text, &self.typed) <= allowed)
    }
}

fn find(text: &str, typed: &str) -> Option<Rank> {
    let mut contained = false;
    for at in memchr::memmem::find_iter(text.as_bytes(), typed.as_bytes()) {
        contained = true;
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        if before.is_none_or(|c| !c.is_alphanumeric()) {
            return Some(Rank::WordBegins);
        }
    }
    contained.then_some(Rank::Contains)
}

fn fold_into(text: &str, out: &mut String) {
    out.clear();
    if text.is_ascii() {
        out.push_str(text);
        return out.make_ascii_lowercase();
    }
    out.extend(text.nfd().flat_map(char::to_lowercase));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_fits_have_lower_ranks() {
        let rank = |typed: &str, label: &str, words: &str| Typed::new(typed).rank(label, words);
        assert_eq!(rank("", "rok", ""), Some(Rank::Begins));
        assert_eq!(rank("NUC", "nuclear-group", ""), Some(Rank::Begins));
        assert_eq!(rank("gro", "nuclear-group", ""), Some(Rank::WordBegins));
        assert_eq!(
            rank("kor", "rok", "Republic of Korea"),
            Some(Rank::WordBegins)
        );
        assert_eq!(rank("clear", "nuclear-group", ""), Some(Rank::Contains));
        assert_eq!(rank("하", "rok", "대한민국"), Some(Rank::Contains));
        assert_eq!(rank("대하", "rok", "대한민국"), Some(Rank::WordBegins));
        assert_eq!(rank("zebra", "rok", "Republic"), None);
    }

    #[test]
    fn slips_of_the_keyboard_are_alike() {
        let alike = |typed: &str, label: &str| Typed::new(typed).is_alike(label);
        assert!(alike("nulcear", "nuclear-consultative-group"));
        assert!(alike("stauts", "status"));
        assert!(!alike("zebra", "status"));
        assert!(!alike("us", "rok"));
    }
}
