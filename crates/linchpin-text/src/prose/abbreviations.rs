//! Abbreviations after whose period a sentence may go on.

/// In lower case, without the last period.
const ALL: &[&str] = &[
    "adm", "amb", "apr", "art", "aug", "brig", "capt", "cf", "cmdr", "co", "col", "corp", "dec",
    "dept", "dr", "e.g", "etc", "feb", "fig", "gen", "gov", "hon", "i.e", "inc", "jan", "jr",
    "jul", "jun", "lt", "ltd", "maj", "mar", "messrs", "mr", "mrs", "ms", "mt", "no", "nos", "nov",
    "oct", "op", "p", "para", "paras", "ph.d", "pp", "prof", "rep", "rev", "sec", "sen", "sep",
    "sept", "sgt", "sr", "st", "vol", "vs",
];

/// Abbreviations that often close a sentence too: one goes on where the next word tells nothing
/// else.
const MAY_END: &[&str] = &["co", "corp", "etc", "inc", "jr", "ltd", "no", "sr"];

/// What a word before a period tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// A word like any other: the period ends the sentence.
    Word,
    /// The sentence goes on.
    Title,
    /// "U.S.", "D.C.", "Inc.": the next word decides.
    Either,
}

/// What the word before a period tells.
pub fn before(word: &str) -> Before {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lower = word.to_lowercase();
    let mut letters = word.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        // "J. Austin"; but "Plan B." may end.
        return match only.is_uppercase() {
            true => Before::Either,
            false => Before::Word,
        };
    }
    if is_initials(word) {
        return Before::Either;
    }
    match (
        ALL.contains(&lower.as_str()),
        MAY_END.contains(&lower.as_str()),
    ) {
        (_, true) => Before::Either,
        (true, false) => Before::Title,
        (false, false) => Before::Word,
    }
}

/// "U.S", "R.O.K", "D.P.R.K": single letters with periods between them.
fn is_initials(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        })
}
