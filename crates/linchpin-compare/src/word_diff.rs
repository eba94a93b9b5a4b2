//! The words of a text, punctuation apart, and which of them differ between two sentences.

use linchpin_text::prose::normalize;
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// More words than any sentence has. Longer stretches are compared at their ends alone.
const MAX_WORDS: usize = 3000;

/// What became of a stretch of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum WordDiffKind {
    /// In both texts.
    #[serde(rename = "Same")]
    Equal,
    /// Only in the text before.
    #[serde(rename = "Gone")]
    Removed,
    /// Only in the text after.
    #[serde(rename = "New")]
    Added,
}

/// Whole words that stay, go or come. A range is empty where the text of its side has none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordDiffSegment {
    pub kind: WordDiffKind,
    /// Bytes of the text before.
    pub before: Range<usize>,
    /// Bytes of the text after.
    pub after: Range<usize>,
}

/// A word or a mark of punctuation.
#[derive(Clone, Debug)]
pub(super) struct WordToken {
    /// The same for words that a reader calls the same.
    pub key: u32,
    /// Bytes of the whole text.
    pub range: Range<usize>,
    pub is_word: bool,
}

/// The words met so far.
#[derive(Default)]
pub(super) struct WordInterner {
    keys: HashMap<Box<str>, u32>,
}

impl WordInterner {
    /// The words and marks of a stretch that begins at byte `start` of its text.
    pub fn tokenize(&mut self, region: &str, start: usize) -> Vec<WordToken> {
        let made = normalize(region);
        let mut all = Vec::new();
        for (at, word) in made.text.split_word_bound_indices() {
            if word.chars().all(char::is_whitespace) {
                continue;
            }
            let source = made.source_range(at..at + word.len());
            all.push(WordToken {
                key: self.intern(word),
                range: start + source.start..start + source.end,
                is_word: word.chars().any(char::is_alphanumeric),
            });
        }
        all
    }

    fn intern(&mut self, word: &str) -> u32 {
        if let Some(key) = self.keys.get(word) {
            return *key;
        }
        let key = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        self.keys.insert(word.into(), key);
        key
    }
}

/// Which words differ. Together the pieces hold all words of both sides, in order.
pub(super) fn diff_words(before: &[WordToken], after: &[WordToken]) -> Vec<WordDiffSegment> {
    let keys = |tokens: &[WordToken]| tokens.iter().map(|t| t.key).collect::<Vec<_>>();
    let (a, b) = (keys(before), keys(after));
    // Myers' algorithm takes the product of length and difference: two endless "sentences" without
    // a period, such as a table taken out of a PDF, would stop the window.
    let mut runs = match a.len().min(b.len()) > MAX_WORDS {
        true => diff_ends(&a, &b),
        false => diff_runs(&capture_diff_slices(Algorithm::Myers, &a, &b)),
    };
    merge_short_equal_runs(&mut runs, before);
    let bytes = |tokens: &[WordToken], range: &Range<usize>| {
        let held = tokens.get(range.clone()).unwrap_or_default();
        let first = held.first().map_or(0, |t| t.range.start);
        first..held.last().map_or(first, |t| t.range.end)
    };
    let mut pieces = Vec::new();
    for run in &runs {
        let (left, right) = (bytes(before, &run.before), bytes(after, &run.after));
        if run.is_equal {
            pieces.push(WordDiffSegment {
                kind: WordDiffKind::Equal,
                before: left,
                after: right,
            });
            continue;
        }
        if !run.before.is_empty() {
            pieces.push(WordDiffSegment {
                kind: WordDiffKind::Removed,
                before: left,
                after: 0..0,
            });
        }
        if !run.after.is_empty() {
            pieces.push(WordDiffSegment {
                kind: WordDiffKind::Added,
                before: 0..0,
                after: right,
            });
        }
    }
    pieces
}

/// Words that are the same on both sides, or that stand for each other.
#[derive(Clone, Debug, PartialEq)]
struct DiffRun {
    is_equal: bool,
    before: Range<usize>,
    after: Range<usize>,
}

fn diff_runs(ops: &[DiffOp]) -> Vec<DiffRun> {
    let mut all: Vec<DiffRun> = Vec::new();
    for op in ops {
        let same = matches!(op, DiffOp::Equal { .. });
        push_run(&mut all, same, op.old_range(), op.new_range());
    }
    all
}

fn push_run(all: &mut Vec<DiffRun>, same: bool, before: Range<usize>, after: Range<usize>) {
    match all.last_mut().filter(|last| last.is_equal == same) {
        Some(last) => {
            last.before.end = before.end;
            last.after.end = after.end;
        }
        None => all.push(DiffRun {
            is_equal: same,
            before,
            after,
        }),
    }
}

/// What is the same at both ends; all between counts as changed.
fn diff_ends(a: &[u32], b: &[u32]) -> Vec<DiffRun> {
    let most = a.len().min(b.len());
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    // The end may not take a word that the start has taken.
    let tail = a.iter().rev().zip(b.iter().rev());
    let tail = tail.take(most - head).take_while(|(a, b)| a == b).count();
    let mut all = Vec::new();
    if head > 0 {
        push_run(&mut all, true, 0..head, 0..head);
    }
    if a.len() > head + tail || b.len() > head + tail {
        push_run(&mut all, false, head..a.len() - tail, head..b.len() - tail);
    }
    if tail > 0 {
        push_run(
            &mut all,
            true,
            a.len() - tail..a.len(),
            b.len() - tail..b.len(),
        );
    }
    all
}

/// A lone "the" between two changes belongs to them: it stayed by chance.
fn merge_short_equal_runs(runs: &mut Vec<DiffRun>, before: &[WordToken]) {
    let is_long = |run: Option<&DiffRun>| {
        run.is_some_and(|run| !run.is_equal && run.before.len() + run.after.len() > 3)
    };
    let mut made: Vec<DiffRun> = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let held = before.get(run.before.clone()).unwrap_or_default();
        let is_accidental = run.is_equal
            && held.iter().filter(|t| t.is_word).count() < 2
            && at > 0
            && is_long(runs.get(at - 1))
            && is_long(runs.get(at + 1));
        push_run(
            &mut made,
            run.is_equal && !is_accidental,
            run.before.clone(),
            run.after.clone(),
        );
    }
    *runs = made;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(before: &str, after: &str) -> String {
        let mut lexicon = WordInterner::default();
        let (a, b) = (lexicon.tokenize(before, 0), lexicon.tokenize(after, 0));
        let pieces = diff_words(&a, &b)
            .into_iter()
            .map(|piece| match piece.kind {
                WordDiffKind::Equal => after[piece.after].to_owned(),
                WordDiffKind::Removed => format!("[-{}-]", &before[piece.before]),
                WordDiffKind::Added => format!("{{+{}+}}", &after[piece.after]),
            });
        pieces.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn whole_words_differ_and_typography_does_not() {
        assert_eq!(
            marked(
                "They “will” work to enable support.",
                "They \"intend to\" work to enable support."
            ),
            "They \"|[-will-]|{+intend to+}|\" work to enable support."
        );
        assert_eq!(
            marked("the ROK’s  U.S. ties…", "The ROK's U.S. ties..."),
            "The ROK's U.S. ties..."
        );
        assert_eq!(
            marked("28,500 troops", "28,000 troops"),
            "[-28,500-]|{+28,000+}|troops"
        );
        assert_eq!(
            marked("확장억제를 강화한다", "확장억제를 유지한다"),
            "확장억제를|[-강화한다-]|{+유지한다+}"
        );
        assert_eq!(marked("", ""), "");
    }

    #[test]
    fn a_word_that_stays_by_chance_is_part_of_the_change() {
        let marked_words = marked(
            "alpha beta gamma the delta epsilon zeta",
            "one two three the four five six",
        );
        assert_eq!(
            marked_words,
            "[-alpha beta gamma the delta epsilon zeta-]|{+one two three the four five six+}"
        );
    }

    #[test]
    fn endless_sentences_are_compared_at_their_ends() {
        let long = |word: &str| format!("a b {} y z", format!("{word} ").repeat(MAX_WORDS));
        let marked_words = marked(&long("p"), &long("q"));
        assert!(
            marked_words.starts_with("a b|[-p p") && marked_words.ends_with("q+}|y z"),
            "{}",
            marked_words.len()
        );
    }
}
