//! Which words of a sentence are quoted: at most ten, those that gave the candidate away among
//! them, and in one place of the paragraph only.

use linchpin_register::citation::MAX_PHRASE_WORDS;
use memchr::memmem;
use std::ops::Range;

/// The words before which a quotation does not end.
const LOOSE: [&str; 14] = [
    "a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with",
];

/// The bytes of the paragraph to be quoted. All ranges count from the paragraph's start; `from` is
/// where the subject begins.
pub(super) fn phrase(
    paragraph: &str,
    sentence: Range<usize>,
    told: Range<usize>,
    from: usize,
) -> Range<usize> {
    let pieces = pieces(paragraph, &sentence);
    let holds = |piece: &&Range<usize>| piece.end > told.start && piece.start < told.end;
    let first = pieces.iter().position(|piece| holds(&piece));
    let last = pieces.iter().rposition(|piece| holds(&piece));
    let (Some(first), Some(last)) = (first, last) else {
        return told;
    };
    let count = last + 1 - first;
    if count >= MAX_PHRASE_WORDS {
        return clipped(&pieces, first, told);
    }
    // With its subject where the act keeps some words, too.
    let subject = pieces
        .iter()
        .position(|piece| piece.end > from)
        .unwrap_or(first)
        .min(first);
    let start = match last + 1 - subject + 3 <= MAX_PHRASE_WORDS {
        true => subject,
        false => first,
    };
    let mut end = start + MAX_PHRASE_WORDS;
    let stop = (last + 2..pieces.len()).find(|at| ends_clause(paragraph, &pieces, at - 1));
    end = end.min(stop.unwrap_or(pieces.len())).min(pieces.len());
    let mut found = trimmed(paragraph, &pieces, start, end, &told);
    // What stands twice in the paragraph is told apart by more words.
    let least = (last + 1).saturating_sub(MAX_PHRASE_WORDS);
    let starts = (least..=start).rev();
    let ends = |start: usize| (start + MAX_PHRASE_WORDS).min(pieces.len());
    for start in starts {
        if is_alone(paragraph, found.clone()) {
            break;
        }
        let more = trimmed(paragraph, &pieces, start, ends(start), &told);
        if is_alone(paragraph, more.clone()) {
            found = more;
        }
    }
    found
}

/// The fewest words of the paragraph around a name that stand in it once, else as many as may be
/// quoted.
pub(super) fn shortest(
    paragraph: &str,
    sentence: Range<usize>,
    told: Range<usize>,
) -> Range<usize> {
    let pieces = pieces(paragraph, &sentence);
    let first = pieces.iter().position(|piece| piece.end > told.start);
    let last = pieces.iter().rposition(|piece| piece.start < told.end);
    let (Some(first), Some(last)) = (first, last) else {
        return told;
    };
    if last + 1 - first >= MAX_PHRASE_WORDS {
        return clipped(&pieces, first, told);
    }
    let mut found = told.clone();
    for more in 0..(MAX_PHRASE_WORDS + first).saturating_sub(last + 1) {
        if is_alone(paragraph, found.clone()) {
            return found;
        }
        let behind = (more + 1).min(pieces.len() - 1 - last);
        let start = first.saturating_sub(more + 1 - behind);
        if last + 1 + behind - start <= MAX_PHRASE_WORDS {
            found = trimmed(paragraph, &pieces, start, last + 1 + behind, &told);
        }
    }
    found
}

/// As many words as may be quoted, from the first that told.
fn clipped(pieces: &[Range<usize>], first: usize, told: Range<usize>) -> Range<usize> {
    let last = pieces.get(first + MAX_PHRASE_WORDS - 1);
    told.start..last.map_or(told.end, |piece| piece.end.min(told.end))
}

/// The words of the sentence, as white space parts them.
fn pieces(paragraph: &str, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let text = paragraph.get(sentence.clone()).unwrap_or_default();
    let words = text.split_whitespace();
    let offset = |word: &str| sentence.start + (word.as_ptr().addr() - text.as_ptr().addr());
    words
        .map(|word| offset(word)..offset(word) + word.len())
        .collect()
}

/// Whether a clause ends with a piece.
fn ends_clause(paragraph: &str, pieces: &[Range<usize>], at: usize) -> bool {
    let word = pieces
        .get(at)
        .and_then(|piece| paragraph.get(piece.clone()));
    word.is_some_and(|word| word.ends_with([',', ';', ':', '—', '–']))
}

/// The bytes of these pieces without loose words at the end and marks around them; the words that
/// told are kept.
fn trimmed(
    paragraph: &str,
    pieces: &[Range<usize>],
    start: usize,
    mut end: usize,
    told: &Range<usize>,
) -> Range<usize> {
    let word = |at: usize| {
        pieces
            .get(at)
            .and_then(|piece| paragraph.get(piece.clone()))
            .unwrap_or_default()
    };
    while end > start + 1
        && LOOSE.contains(&word(end - 1).to_lowercase().as_str())
        && pieces
            .get(end - 1)
            .is_some_and(|piece| piece.start >= told.end)
    {
        end -= 1;
    }
    let from = pieces.get(start).map_or(told.start, |piece| piece.start);
    let to = pieces
        .get(end.saturating_sub(1))
        .map_or(told.end, |piece| piece.end);
    let text = paragraph.get(from..to).unwrap_or_default();
    let is_mark = |c: char| !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '¥' | '₩' | '%');
    let without = text.trim_start_matches(is_mark);
    let lead = from + text.len() - without.len();
    let from = lead.min(told.start);
    let kept = without.trim_end_matches(is_mark);
    // "U.S." keeps its last period.
    let dotted = kept.rsplit(char::is_whitespace).next().is_some_and(|word| {
        word.contains('.') && word.len() < 6 && word.chars().any(char::is_alphabetic)
    });
    let dot = usize::from(
        dotted
            && without
                .get(kept.len()..)
                .is_some_and(|rest| rest.starts_with('.')),
    );
    let to = (lead + kept.len() + dot).max(told.end);
    // A bracket that opens inside closes inside.
    let inside = paragraph.get(from..to).unwrap_or_default();
    let closing = paragraph
        .get(to..)
        .is_some_and(|rest| rest.starts_with(')'));
    from..to + usize::from(closing && inside.contains('('))
}

/// Whether words stand in the paragraph once, letter for letter: a citation is looked for so first.
fn is_alone(paragraph: &str, range: Range<usize>) -> bool {
    let words = paragraph.get(range).unwrap_or_default();
    memmem::find_iter(paragraph.as_bytes(), words.as_bytes())
        .nth(1)
        .is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted<'t>(text: &'t str, told: &str, subject: &str) -> &'t str {
        let at = text.find(told).unwrap();
        let from = text.find(subject).unwrap();
        &text[phrase(text, 0..text.len(), at..at + told.len(), from)]
    }

    #[test]
    fn a_phrase_is_short_and_holds_the_verb() {
        let text = "On that day, the two sides “will hold” talks in the U.S., and they will rest.";
        assert_eq!(
            quoted(text, "will hold", "the two"),
            "the two sides “will hold” talks in the U.S."
        );
        assert_eq!(quoted(text, "will rest", "they"), "they will rest");
        let long = "a b c d e f g h i j k l m n o p";
        assert_eq!(quoted(long, "k", "b"), "k l m n o p");
        assert_eq!(quoted("He came (today).", "today", "He"), "He came (today)");
    }

    #[test]
    fn what_stands_twice_is_told_apart() {
        let text = "First they will meet. Later they will meet";
        let at = text.rfind("will").unwrap();
        let sentence = text.find("Later").unwrap()..text.len();
        let found = phrase(text, sentence, at..at + 4, at - 5);
        assert_eq!(&text[found], "Later they will meet");
    }
}
