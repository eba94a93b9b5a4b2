//! Putting the lines of a paragraph together: with a space, without one, and without a hyphen that
//! only broke a word.

use crate::prose::is_hangul_syllable;
use std::collections::HashSet;

/// Words that keep their hyphen before another, where nothing else in the text says so.
const HYPHEN_KEEPING_PREFIXES: &[&str] = &[
    "cross", "first", "half", "high", "long", "self", "short", "third", "three", "two", "well",
];
/// Ends of words, which such a word may be parted from all the same.
const SUFFIXES: &[&str] = &["age", "ed", "en", "er", "est", "ing", "ly", "ness"];

/// What to do with a hyphen at a line's end where the text itself does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HyphenPolicy {
    /// It belongs to the word: nobody hyphenates by hand.
    Keep,
    /// A typesetter has put it there.
    Remove,
}

/// Joins lines by what the rest of the text shows.
pub struct LineJoiner {
    words: HashSet<String>,
    hyphens: HyphenPolicy,
    /// Korean lines that are broken within a word: a line without a space at its end goes on
    /// without one.
    pub breaks_within_hangul_words: bool,
}

impl LineJoiner {
    /// A joiner that knows the words of these lines.
    pub fn new<'a>(lines: impl IntoIterator<Item = &'a str>, hyphens: HyphenPolicy) -> Self {
        let mut words = HashSet::new();
        for line in lines {
            let mut all = line.split_whitespace().map(normalized_word).peekable();
            while let Some(one) = all.next() {
                // The last of a line may be the half of a word.
                if !one.is_empty() && (all.peek().is_some() || !one.ends_with('-')) {
                    words.insert(one);
                }
            }
        }
        LineJoiner {
            words,
            hyphens,
            breaks_within_hangul_words: false,
        }
    }

    /// Adds a line to what stands before it. `spaced`: a space stood at the end of the line before.
    pub fn append(&self, so_far: &mut String, line: &str, spaced: bool) {
        let line = line.trim();
        let Some(next) = line.chars().next() else {
            return;
        };
        let kept = so_far.trim_end().len();
        so_far.truncate(kept);
        let Some(last) = so_far.chars().next_back() else {
            so_far.push_str(line);
            return;
        };
        let mut before = so_far.chars().rev().skip(1);
        // “U.S.-” is a word as well.
        let ends_word = |c: char| c.is_alphanumeric() || c == '.';
        let is_in_word = before.next().is_some_and(ends_word);
        match last {
            '\u{ad}' => {
                so_far.pop();
            }
            '-' | '\u{2010}' if is_in_word && next.is_alphanumeric() => {
                if self.should_remove_hyphen(so_far, line) {
                    so_far.pop();
                }
            }
            '–' | '—' if is_in_word && next.is_alphanumeric() => {}
            _ if is_unspaced_script(last) && is_unspaced_script(next) => {}
            _ if self.breaks_within_hangul_words
                && !spaced
                && is_hangul_syllable(last)
                && is_hangul_syllable(next) => {}
            _ => so_far.push(' '),
        }
        so_far.push_str(line);
    }

    fn should_remove_hyphen(&self, so_far: &str, line: &str) -> bool {
        let first = so_far.split_whitespace().next_back().unwrap_or_default();
        let second = line.split_whitespace().next().unwrap_or_default();
        let first = normalized_word(first.trim_end_matches(['-', '\u{2010}']));
        let second = normalized_word(second);
        // How the text itself writes the word elsewhere is better than any rule.
        if self.words.contains(&format!("{first}-{second}")) {
            return false;
        }
        if self.words.contains(&format!("{first}{second}")) {
            return true;
        }
        let is_small = line.chars().next().is_some_and(char::is_lowercase);
        // “non-nuclear-weapon” is broken at a hyphen of its own.
        self.hyphens == HyphenPolicy::Remove
            && is_small
            && !first.contains('-')
            && (!HYPHEN_KEEPING_PREFIXES.contains(&first.as_str())
                || SUFFIXES.contains(&second.as_str()))
    }
}

/// A word as it is compared: small letters, no punctuation around it.
fn normalized_word(text: &str) -> String {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
    bare.replace('\u{2010}', "-").to_lowercase()
}

/// Scripts that put no space between words.
fn is_unspaced_script(c: char) -> bool {
    matches!(
        c,
        '\u{3001}'..='\u{30ff}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff01}'..='\u{ff60}'
    )
}

/// How many columns a line takes: a Korean or Chinese character takes two.
pub fn display_width(line: &str) -> usize {
    let wide = |c: char| is_hangul_syllable(c) || is_unspaced_script(c);
    line.chars().map(|c| 1 + usize::from(wide(c))).sum()
}

/// Whether a line could end a paragraph: its last sign, behind quotation marks and brackets, ends a
/// sentence or opens a list.
pub fn ends_sentence(line: &str) -> bool {
    let closing = |c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』')
    };
    let bare = line.trim_end_matches(closing);
    bare.ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？', '：'])
}

/// Whether a line begins an item of a list.
pub fn starts_list_item(line: &str) -> bool {
    let line = line.trim_start();
    let mut chars = line.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let is_spaced = chars.clone().next().is_some_and(char::is_whitespace);
    if matches!(
        first,
        '•' | '●' | '○' | '◦' | '▪' | '■' | '□' | '◆' | '◇' | '▶' | '※' | '∙' | '·'
    ) {
        return true;
    }
    if matches!(first, '-' | '–' | '—' | '*' | '+') {
        return is_spaced;
    }
    let inner = line.strip_prefix('(').unwrap_or(line);
    let mark: String = inner.chars().take_while(|c| c.is_alphanumeric()).collect();
    let rest = inner.get(mark.len()..).unwrap_or_default();
    let mut behind = rest.chars();
    let (closes, space) = (behind.next(), behind.next());
    let is_mark = match mark.chars().next() {
        Some(c) if c.is_ascii_digit() => {
            mark.len() <= 2 && mark.bytes().all(|b| b.is_ascii_digit())
        }
        Some(c) if c.is_ascii_alphabetic() => {
            mark.len() == 1 || mark.len() <= 5 && mark.bytes().all(|b| b"ivxIVX".contains(&b))
        }
        Some(c) => {
            mark.chars().count() == 1 && "가나다라마바사아자차카타파하①②③④⑤⑥⑦⑧⑨⑩".contains(c)
        }
        None => false,
    };
    let closed = match line.len() == inner.len() {
        true => matches!(closes, Some('.' | ')')),
        false => closes == Some(')'),
    };
    is_mark && closed && space.is_some_and(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(lines: &[&str], hyphens: HyphenPolicy) -> String {
        let joiner = LineJoiner::new(lines.iter().copied(), hyphens);
        let mut text = String::new();
        for line in lines {
            joiner.append(&mut text, line, false);
        }
        text
    }

    #[test]
    fn hyphens_go_where_they_only_broke_a_word() {
        let go = |lines: &[&str]| joined(lines, HyphenPolicy::Remove);
        assert_eq!(go(&["They ex-", "tended it"]), "They extended it");
        assert_eq!(go(&["the U.S.-", "ROK talks"]), "the U.S.-ROK talks");
        assert_eq!(go(&["a long-", "term plan"]), "a long-term plan");
        assert_eq!(
            go(&["no long-", "er an all-", "iance"]),
            "no longer an alliance"
        );
        // The rest of the text knows better than the rule.
        assert_eq!(
            go(&["peace-loving and peace-", "loving"]),
            "peace-loving and peace-loving"
        );
        assert_eq!(go(&["soft\u{ad}", "ened"]), "softened");
        assert_eq!(
            go(&["alliance—", "and its future –", "now"]),
            "alliance—and its future – now"
        );
        assert_eq!(
            joined(&["a peace-", "loving state"], HyphenPolicy::Keep),
            "a peace-loving state"
        );
    }

    #[test]
    fn each_script_has_its_own_break() {
        let lines = ["확장억제를 강", "화하기로", "東京", "会議"];
        assert_eq!(
            joined(&lines, HyphenPolicy::Remove),
            "확장억제를 강 화하기로 東京会議"
        );
        let mut joiner = LineJoiner::new(lines, HyphenPolicy::Remove);
        joiner.breaks_within_hangul_words = true;
        let mut text = String::new();
        for (line, spaced) in lines.into_iter().zip([false, false, true, false]) {
            joiner.append(&mut text, line, spaced);
        }
        assert_eq!(text, "확장억제를 강화하기로 東京会議");
    }

    #[test]
    fn items_of_lists_are_known() {
        for item in [
            "1. One",
            "(a) One",
            "iv) Four",
            "• One",
            "- One",
            "가. 하나",
            "12) x",
        ] {
            assert!(starts_list_item(item), "{item}");
        }
        for line in [
            "2023. The",
            "U.S. forces",
            "-5 degrees",
            "A nation",
            "(as amended)",
            "가장 큰",
            "1.5 times",
        ] {
            assert!(!starts_list_item(line), "{line}");
        }
    }
}
