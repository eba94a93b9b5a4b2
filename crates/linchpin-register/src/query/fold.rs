//! Folding: what makes two texts the same for a reader who searches.
//!
//! Compatibility decomposition, marks dropped, lower case, "ß" as "ss". Hangul stays as jamo, so
//! that half-typed syllables match.

use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization as _;

/// Marks of Latin letters only: vowel signs of other scripts tell words apart.
fn is_combining_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn fold_char(c: char, mut out: impl FnMut(char)) {
    // Decomposition comes first, as it can give capital letters: `℡` becomes `TEL`.
    for d in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)) {
        for l in d.to_lowercase() {
            if l == 'ß' {
                out('s');
                out('s');
            } else if !is_combining_mark(l) {
                out(l);
            }
        }
    }
}

/// Appends the folded form of `text`.
pub fn fold_into(text: &str, out: &mut String) {
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase())
        } else {
            fold_char(c, |c| out.push(c))
        }
    }
}

/// The folded form of `text`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// The order of two folded texts in which numbers inside them count as numbers: "article 2" before
/// "article 10".
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let is_digit = |c: &u8| c.is_ascii_digit();
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    while let (Some(x), Some(y)) = (left.first(), right.first()) {
        let order = match is_digit(x) && is_digit(y) {
            true => {
                let of_left = take_number(&mut left);
                let of_right = take_number(&mut right);
                // Without zeros in front, the longer one is the greater.
                (of_left.len().cmp(&of_right.len())).then_with(|| of_left.cmp(of_right))
            }
            false => {
                let order = x.cmp(y);
                (left, right) = (&left[1..], &right[1..]);
                order
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    // "007" and "7" are one number, and still two texts.
    left.len().cmp(&right.len()).then_with(|| a.cmp(b))
}

/// Takes the digits at the start of a text, and returns them without zeros in front.
fn take_number<'a>(text: &mut &'a [u8]) -> &'a [u8] {
    let end = text.iter().take_while(|c| c.is_ascii_digit()).count();
    let (digits, rest) = text.split_at(end);
    *text = rest;
    let zeros = digits.iter().take_while(|c| **c == b'0').count();
    &digits[zeros..]
}

/// The folded forms under which a search word is looked for: itself, and without its last jamo
/// while a Korean syllable is half typed.
pub fn search_forms(word: &str) -> Vec<String> {
    let full = fold(word);
    let mut all = vec![full.clone()];
    // A final consonant may turn out to be the first letter of the next syllable.
    if let Some(last) = full.chars().last()
        && ('\u{11a8}'..='\u{11ff}').contains(&last)
    {
        let cut = full.len() - last.len_utf8();
        all.push(full[..cut].to_owned());
    }
    all
}

/// The byte ranges of `text` that match one of the folded words, in order, not overlapping.
pub fn match_ranges(text: &str, words: &[String]) -> Vec<std::ops::Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    let mut folded = String::new();
    // For each byte of `folded`: the start and end of the character it came from.
    let mut source_ranges: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        let before = folded.len();
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase())
        } else {
            fold_char(c, |c| folded.push(c))
        }
        source_ranges.extend(std::iter::repeat_n(
            (at, at + c.len_utf8()),
            folded.len() - before,
        ));
    }
    let mut matches: Vec<std::ops::Range<usize>> = Vec::new();
    for word in words.iter().filter(|w| !w.is_empty()) {
        for (at, _) in folded.match_indices(word.as_str()) {
            matches.push(source_ranges[at].0..source_ranges[at + word.len() - 1].1);
        }
    }
    matches.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    for range in matches {
        match out.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_composition_do_not_matter() {
        assert_eq!(
            fold("Élan COMMUNIQUÉ Straße İ"),
            "elan communique strasse i"
        );
        assert_eq!(fold("한"), fold("\u{1112}\u{1161}\u{11ab}"));
        assert_eq!(fold("ﬁ①"), "fi1");
    }

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let sorted = [
            "article",
            "article 02",
            "article 2",
            "article 2.9",
            "article 2.10",
            "article 2a",
            "article 10",
            "article 99999999999999999999999998",
            "article 99999999999999999999999999",
            "articles 1",
            "é 3",
        ];
        for (at, a) in sorted.iter().enumerate() {
            for (other, b) in sorted.iter().enumerate() {
                let order = at.cmp(&other);
                assert_eq!(natural_order(a, b), order, "{a}, {b}");
            }
        }
    }

    #[test]
    fn half_typed_korean_matches() {
        // While somebody types 한국, the field may hold 한ㄱ or 학.
        let text = fold("하나");
        assert!(search_forms("한").iter().any(|n| text.contains(n.as_str())));
    }

    #[test]
    fn hits_are_ranges_of_the_original() {
        assert_eq!(match_ranges("The Communiqué", &[fold("QUE")]), vec![11..15]);
        assert_eq!(&"The Communiqué"[11..15], "qué");
        assert_eq!(match_ranges("aaaa", &[fold("aa")]), vec![0..2, 2..4]);
        assert_eq!(match_ranges("한국", &[fold("한")]), vec![0..3]);
        assert!(match_ranges("x", &[]).is_empty());
    }
}
