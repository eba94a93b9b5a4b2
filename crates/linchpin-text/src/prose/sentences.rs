//! Where sentences end, and the abbreviations after whose period one may go on.

use std::ops::Range;

/// Words with which sentences often begin: after "U.S." they tell an end from a name that goes on.
const SENTENCE_STARTERS: &[&str] = &[
    "a",
    "accordingly",
    "additionally",
    "after",
    "all",
    "also",
    "although",
    "an",
    "and",
    "as",
    "at",
    "both",
    "but",
    "by",
    "each",
    "finally",
    "first",
    "following",
    "for",
    "from",
    "furthermore",
    "he",
    "her",
    "his",
    "however",
    "i",
    "if",
    "in",
    "indeed",
    "it",
    "its",
    "last",
    "later",
    "meanwhile",
    "moreover",
    "my",
    "nevertheless",
    "no",
    "now",
    "on",
    "once",
    "our",
    "president",
    "second",
    "secretary",
    "she",
    "since",
    "so",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "therefore",
    "these",
    "they",
    "third",
    "this",
    "those",
    "through",
    "thus",
    "to",
    "today",
    "together",
    "under",
    "we",
    "what",
    "when",
    "while",
    "with",
    "you",
];

/// The byte range of each sentence of a paragraph, without white space at its ends. Every character
/// that is no white space stands in one of them.
///
/// A sentence ends at a period, a question mark, an exclamation mark or three dots, with the
/// quotation marks and brackets that close there, where what follows looks like a beginning.
/// "U.S.", initials, "No. 5", "3.5" and a number at the start of a list do not end one by
/// themselves; Korean sentences end without capitals to go by.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = 0;
    let mut marks = text.char_indices().peekable();
    while let Some((at, mark)) = marks.next() {
        if !is_terminator(mark) {
            continue;
        }
        // All marks that stand together end one sentence: `?!`, `...”`, `.)`. Three dots alone may
        // stand within one, so they are counted.
        let mut end = at + mark.len_utf8();
        let mut dots = usize::from(mark == '.') + 3 * usize::from(mark == '…');
        let mut is_sure = matches!(mark, '!' | '?' | '。' | '！' | '？');
        while let Some((next_at, next)) = marks.peek().copied() {
            if is_terminator(next) {
                dots += usize::from(next == '.') + 3 * usize::from(next == '…');
                is_sure |= matches!(next, '!' | '?');
            } else if !is_closing_punctuation(next) {
                break;
            }
            end = next_at + next.len_utf8();
            marks.next();
        }
        let rest = text.get(end..).unwrap_or_default();
        let word = text.get(start..at).unwrap_or_default();
        let ended = match mark {
            '。' | '！' | '？' => true,
            _ if rest.is_empty() => true,
            // "3.5", "U.S.-ROK", an address: no sentence ends inside a word.
            _ if !rest.starts_with(char::is_whitespace) => false,
            _ => is_sentence_boundary(word, rest, dots, is_sure),
        };
        if ended {
            push_trimmed(text, start..end, &mut all);
            start = end;
        }
    }
    push_trimmed(text, start..text.len(), &mut all);
    all
}

fn push_trimmed(text: &str, range: Range<usize>, all: &mut Vec<Range<usize>>) {
    let words = text.get(range.clone()).unwrap_or_default();
    let shown = words.trim_start();
    let from = range.start + (words.len() - shown.len());
    let shown = shown.trim_end();
    if !shown.is_empty() {
        all.push(from..from + shown.len());
    }
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

/// What closes after the mark that ends a sentence.
fn is_closing_punctuation(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '」' | '』'
    )
}

/// Whether a sentence ends where `sentence` stands before the mark and `rest` behind it.
fn is_sentence_boundary(sentence: &str, rest: &str, dots: usize, is_sure: bool) -> bool {
    let next = rest.trim_start();
    let opening = next.trim_start_matches(|c: char| {
        matches!(
            c,
            '"' | '\'' | '“' | '‘' | '(' | '[' | '«' | '「' | '『' | '•' | '*'
        )
    });
    let Some(first) = opening.chars().next() else {
        return true;
    };
    // What goes on in small letters is the same sentence.
    if first.is_lowercase() || matches!(first, ',' | ';' | ':' | '.' | '…') {
        return false;
    }
    if is_sure || dots > 1 {
        return true;
    }
    let last = sentence.split_whitespace().next_back().unwrap_or_default();
    // "1." at the start of a sentence is the number of a list, and its text follows.
    let is_numbering = last == sentence.trim() && last.chars().all(|c| c.is_ascii_digit());
    if is_numbering && !last.is_empty() {
        return false;
    }
    match classify_period(last) {
        PeriodKind::SentenceEnd => true,
        PeriodKind::Abbreviation => false,
        // "in the U.S. The next" ends, "the U.S. Navy" does not: a capital tells nothing here, so
        // only words with which sentences begin, and names hardly ever, count as a beginning.
        PeriodKind::Ambiguous => {
            let word = opening.split(|c: char| !c.is_alphanumeric()).next();
            SENTENCE_STARTERS.contains(&word.unwrap_or_default().to_lowercase().as_str())
        }
    }
}

/// In lower case, without the last period.
const ABBREVIATIONS: &[&str] = &[
    "adm", "amb", "apr", "art", "aug", "brig", "capt", "cf", "cmdr", "co", "col", "corp", "dec",
    "dept", "dr", "e.g", "etc", "feb", "fig", "gen", "gov", "hon", "i.e", "inc", "jan", "jr",
    "jul", "jun", "lt", "ltd", "maj", "mar", "messrs", "mr", "mrs", "ms", "mt", "no", "nos", "nov",
    "oct", "op", "p", "para", "paras", "ph.d", "pp", "prof", "rep", "rev", "sec", "sen", "sep",
    "sept", "sgt", "sr", "st", "vol", "vs",
];

/// Abbreviations that often close a sentence too: one goes on where the next word tells nothing
/// else.
const AMBIGUOUS_ABBREVIATIONS: &[&str] = &["co", "corp", "etc", "inc", "jr", "ltd", "no", "sr"];

/// What a word before a period tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PeriodKind {
    /// A word like any other: the period ends the sentence.
    SentenceEnd,
    /// The sentence goes on.
    Abbreviation,
    /// "U.S.", "D.C.", "Inc.": the next word decides.
    Ambiguous,
}

/// What the word before a period tells.
fn classify_period(word: &str) -> PeriodKind {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lower = word.to_lowercase();
    let mut letters = word.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        // "J. Austin"; but "Plan B." may end.
        return match only.is_uppercase() {
            true => PeriodKind::Ambiguous,
            false => PeriodKind::SentenceEnd,
        };
    }
    if is_initials(word) {
        return PeriodKind::Ambiguous;
    }
    match (
        ABBREVIATIONS.contains(&lower.as_str()),
        AMBIGUOUS_ABBREVIATIONS.contains(&lower.as_str()),
    ) {
        (_, true) => PeriodKind::Ambiguous,
        (true, false) => PeriodKind::Abbreviation,
        (false, false) => PeriodKind::SentenceEnd,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence_unless_one_begins() {
        assert_eq!(
            split(
                "The U.S. Navy and the U.S.-ROK staff met in the U.S. The next day they left. No. \
                5 stayed."
            ),
            [
                "The U.S. Navy and the U.S.-ROK staff met in the U.S.",
                "The next day they left.",
                "No. 5 stayed.",
            ]
        );
        assert_eq!(
            split("Gen. J. Doe spoke at 3.5 percent, i.e. little. Acme Inc. Builds ships."),
            [
                "Gen. J. Doe spoke at 3.5 percent, i.e. little.",
                "Acme Inc. Builds ships."
            ]
        );
    }

    #[test]
    fn quotation_marks_close_with_their_sentence() {
        assert_eq!(
            split(
                "He said, “We will come.” Then he left. They were \"ready!\" again. (All of them.) \
                Done?"
            ),
            [
                "He said, “We will come.”",
                "Then he left.",
                "They were \"ready!\" again.",
                "(All of them.)",
                "Done?",
            ]
        );
        assert_eq!(split("“One. Two.” Three"), ["“One.", "Two.”", "Three"]);
    }

    #[test]
    fn three_dots_end_a_sentence_only_before_a_capital() {
        assert_eq!(
            split("We kept ... our word… and more. So… Yes"),
            ["We kept ... our word… and more.", "So…", "Yes"]
        );
        assert_eq!(
            split("It ends here.... Now the next."),
            ["It ends here....", "Now the next."]
        );
    }

    #[test]
    fn korean_sentences_end_without_capitals() {
        assert_eq!(
            split("양국은 협력할 것이다. 한미동맹은 강하다! 3.5% 늘었다. 끝"),
            [
                "양국은 협력할 것이다.",
                "한미동맹은 강하다!",
                "3.5% 늘었다.",
                "끝"
            ]
        );
        assert_eq!(
            split("これはペンです。次の文。"),
            ["これはペンです。", "次の文。"]
        );
    }

    #[test]
    fn lists_keep_their_numbers() {
        assert_eq!(
            split("1. The sides meet. 2 follow."),
            ["1. The sides meet.", "2 follow."]
        );
        assert_eq!(split("  "), Vec::<&str>::new());
        assert_eq!(split("no end"), ["no end"]);
    }

    #[test]
    fn nothing_is_lost() {
        for text in [
            "a.b. c...d?!\" e (f.) …g",
            "。。x。",
            ".",
            "\"...\" . . A.",
            "한.국. 어",
        ] {
            let kept: String = split(text).concat();
            let without_space =
                |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(without_space(&kept), without_space(text));
        }
    }
}
