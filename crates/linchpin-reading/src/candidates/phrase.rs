//! Which words of a sentence are quoted: at most ten, those by which the candidate was found among
//! them, and in one place of the paragraph only.

use linchpin_register::citation::MAX_PHRASE_WORDS;
use memchr::memmem;
use std::ops::Range;

/// The words before which a quotation does not end.
const TRAILING_STOP_WORDS: [&str; 14] = [
    "a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with",
];

/// The bytes of the paragraph to be quoted. All ranges count from the paragraph's start; `from` is
/// where the subject begins.
pub(super) fn choose_phrase(
    paragraph: &str,
    sentence: Range<usize>,
    trigger: Range<usize>,
    subject_start: usize,
) -> Range<usize> {
    let pieces = word_ranges(paragraph, &sentence);
    let holds = |piece: &&Range<usize>| piece.end > trigger.start && piece.start < trigger.end;
    let first = pieces.iter().position(|piece| holds(&piece));
    let last = pieces.iter().rposition(|piece| holds(&piece));
    let (Some(first), Some(last)) = (first, last) else {
        return trigger;
    };
    let count = last + 1 - first;
    if count >= MAX_PHRASE_WORDS {
        return clip_phrase(&pieces, first, trigger);
    }
    // With its subject where three words are left for what is promised.
    let subject = pieces
        .iter()
        .position(|piece| piece.end > subject_start)
        .unwrap_or(first)
        .min(first);
    let start = match last + 1 - subject + 3 <= MAX_PHRASE_WORDS {
        true => subject,
        false => first,
    };
    let mut end = start + MAX_PHRASE_WORDS;
    let stop = (last + 2..pieces.len()).find(|at| ends_clause(paragraph, &pieces, at - 1));
    end = end.min(stop.unwrap_or(pieces.len())).min(pieces.len());
    let mut found = trim_phrase(paragraph, &pieces, start, end, &trigger);
    // A citation names a paragraph and a phrase, so the phrase must stand in it once: what stands
    // twice gets more words, as long as ten are enough.
    let least = (last + 1).saturating_sub(MAX_PHRASE_WORDS);
    let starts = (least..=start).rev();
    let ends = |start: usize| (start + MAX_PHRASE_WORDS).min(pieces.len());
    for start in starts {
        if occurs_once(paragraph, found.clone()) {
            break;
        }
        let more = trim_phrase(paragraph, &pieces, start, ends(start), &trigger);
        if occurs_once(paragraph, more.clone()) {
            found = more;
        }
    }
    found
}

/// The fewest words of the paragraph around a name that stand in it once, else as many as may be
/// quoted.
pub(super) fn shortest_unique_phrase(
    paragraph: &str,
    sentence: Range<usize>,
    trigger: Range<usize>,
) -> Range<usize> {
    let pieces = word_ranges(paragraph, &sentence);
    let first = pieces.iter().position(|piece| piece.end > trigger.start);
    let last = pieces.iter().rposition(|piece| piece.start < trigger.end);
    let (Some(first), Some(last)) = (first, last) else {
        return trigger;
    };
    if last + 1 - first >= MAX_PHRASE_WORDS {
        return clip_phrase(&pieces, first, trigger);
    }
    let mut found = trigger.clone();
    for more in 0..(MAX_PHRASE_WORDS + first).saturating_sub(last + 1) {
        if occurs_once(paragraph, found.clone()) {
            return found;
        }
        let behind = (more + 1).min(pieces.len() - 1 - last);
        let start = first.saturating_sub(more + 1 - behind);
        if last + 1 + behind - start <= MAX_PHRASE_WORDS {
            found = trim_phrase(paragraph, &pieces, start, last + 1 + behind, &trigger);
        }
    }
    found
}

/// As many words as may be quoted, from the first that told.
fn clip_phrase(pieces: &[Range<usize>], first: usize, trigger: Range<usize>) -> Range<usize> {
    let last = pieces.get(first + MAX_PHRASE_WORDS - 1);
    trigger.start..last.map_or(trigger.end, |piece| piece.end.min(trigger.end))
}

/// The words of the sentence, as white space parts them.
fn word_ranges(paragraph: &str, sentence: &Range<usize>) -> Vec<Range<usize>> {
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
fn trim_phrase(
    paragraph: &str,
    pieces: &[Range<usize>],
    start: usize,
    mut end: usize,
    trigger: &Range<usize>,
) -> Range<usize> {
    let word = |at: usize| {
        pieces
            .get(at)
            .and_then(|piece| paragraph.get(piece.clone()))
            .unwrap_or_default()
    };
    while end > start + 1
        && TRAILING_STOP_WORDS.contains(&word(end - 1).to_lowercase().as_str())
        && pieces
            .get(end - 1)
            .is_some_and(|piece| piece.start >= trigger.end)
    {
        end -= 1;
    }
    let from = pieces.get(start).map_or(trigger.start, |piece| piece.start);
    let to = pieces
        .get(end.saturating_sub(1))
        .map_or(trigger.end, |piece| piece.end);
    let text = paragraph.get(from..to).unwrap_or_default();
    let is_mark = |c: char| !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '¥' | '₩' | '%');
    let without = text.trim_start_matches(is_mark);
    let lead = from + text.len() - without.len();
    let from = lead.min(trigger.start);
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
    let to = (lead + kept.len() + dot).max(trigger.end);
    // A bracket that opens inside closes inside.
    let inside = paragraph.get(from..to).unwrap_or_default();
    let closing = paragraph
        .get(to..)
        .is_some_and(|rest| rest.starts_with(')'));
    from..to + usize::from(closing && inside.contains('('))
}

/// Whether words stand in the paragraph once, letter for letter: a citation is looked for so first.
fn occurs_once(paragraph: &str, range: Range<usize>) -> bool {
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
        &text[choose_phrase(text, 0..text.len(), at..at + told.len(), from)]
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
        let found = choose_phrase(text, sentence, at..at + 4, at - 5);
        assert_eq!(&text[found], "Later they will meet");
    }
}
