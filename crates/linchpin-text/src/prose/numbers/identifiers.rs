//! Numbers that are names: "B-21", "3K", "Article 4".

use super::number_words;
use super::quantity::currency_of_symbol;
use super::tokens::NumberTokens;

/// Words before a number that make it a name: "Article 4", "Resolution 2397".
const IDENTIFIER_NOUNS: [&str; 14] = [
    "annex",
    "article",
    "articles",
    "chapter",
    "group",
    "no",
    "paragraph",
    "phase",
    "protocol",
    "resolution",
    "resolutions",
    "section",
    "tier",
    "unscr",
];

/// The end of a name with digits that begins at a piece: "B-21", "F-35A", "K9", "3K", "2+2",
/// "9/11".
pub(super) fn identifier_end(tokens: &NumberTokens<'_>, at: usize) -> Option<usize> {
    let digits = |at: usize| tokens.digits(at).is_some();
    let glued = |at: usize| tokens.is_adjacent(at);
    if let Some(word) = tokens.word(at) {
        let is_dash = tokens.punctuation(at + 1) == Some('-') && glued(at + 1);
        let first = at + 1 + usize::from(is_dash);
        if word == "fy" || !digits(first) || !glued(first) {
            return None;
        }
        let capital = tokens.source(at).starts_with(char::is_uppercase);
        let of_time = ["mid", "pre", "post", "early", "late", "since"].contains(&word);
        if (is_dash && !capital) || of_time {
            return None;
        }
        let mut end = first + 1;
        while glued(end) && (tokens.word(end).is_some() || digits(end)) {
            end += 1;
        }
        return Some(end);
    }
    digits(at).then_some(())?;
    let before = at.checked_sub(1);
    if let Some(before) = before.and_then(|b| {
        tokens.word(b).or_else(|| {
            tokens
                .word(b.checked_sub(1)?)
                .filter(|_| tokens.punctuation(b) == Some('.'))
        })
    }) && IDENTIFIER_NOUNS.contains(&before)
    {
        return Some(at + 1);
    }
    if matches!(tokens.punctuation(at + 1), Some('+' | '/'))
        && glued(at + 1)
        && digits(at + 2)
        && glued(at + 2)
    {
        return Some(at + 3);
    }
    let is_money = before.is_some_and(|b| {
        tokens
            .punctuation(b)
            .is_some_and(|mark| currency_of_symbol(mark).is_some())
    });
    let word = tokens.word(at + 1).filter(|_| glued(at + 1) && !is_money)?;
    let capital = tokens.source(at + 1).starts_with(char::is_uppercase);
    let is_scale = number_words::scale(word).is_some()
        || ["st", "nd", "rd", "th"].contains(&word.to_lowercase().as_str());
    (capital && !is_scale).then_some(at + 2)
}
