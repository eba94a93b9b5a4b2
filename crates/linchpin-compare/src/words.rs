//! The words of a text, punctuation apart, and which of them differ between two sentences.

use linchpin_text::prose::normal;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// More words than any sentence has. Longer stretches are compared at their ends alone.
const MAX_WORDS: usize = 3000;

/// What became of a stretch of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    Same,
    /// Only in the text before.
    Gone,
    /// Only in the text after.
    New,
}

/// Whole words that stay, go or come. A range is empty where the text of its side has none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub kind: PieceKind,
    /// Bytes of the text before.
    pub before: Range<usize>,
    /// Bytes of the text after.
    pub after: Range<usize>,
}

/// A word or a mark of punctuation.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// The same for words that a reader calls the same.
    pub key: u32,
    /// Bytes of the whole text.
    pub range: Range<usize>,
    pub is_word: bool,
}

/// The words met so far.
#[derive(Default)]
pub(super) struct Lexicon {
    keys: HashMap<Box<str>, u32>,
}

impl Lexicon {
    /// The words and marks of a stretch that begins at byte `start` of its text.
    pub fn tokens(&mut self, stretch: &str, start: usize) -> Vec<Token> {
        let made = normal(stretch);
        let mut all = Vec::new();
        for (at, word) in made.text.split_word_bound_indices() {
            if word.chars().all(char::is_whitespace) {
                continue;
            }
            let source = made.source(at..at + word.len());
            all.push(Token {
                key: self.key(word),
                range: start + source.start..start + source.end,
                is_word: word.chars().any(char::is_alphanumeric),
            });
        }
        all
    }

    fn key(&mut self, word: &str) -> u32 {
        if let Some(key) = self.keys.get(word) {
            return *key;
        }
        let key = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        self.keys.insert(word.into(), key);
        key
    }
}

/// Which words differ. Together the pieces hold all words of both sides, in order.
pub(super) fn differences(before: &[Token], after: &[Token]) -> Vec<Piece> {
    let keys = |tokens: &[Token]| tokens.iter().map(|t| t.key).collect::<Vec<_>>();
    let (a, b) = (keys(before), keys(after));
    let mut runs = match a.len().min(b.len()) > MAX_WORDS {
        true => ends(&a, &b),
        false => runs(&capture_diff_slices(Algorithm::Myers, &a, &b)),
    };
    calm(&mut runs, before);
    let bytes = |tokens: &[Token], range: &Range<usize>| {
        let held = tokens.get(range.clone()).unwrap_or_default();
        let first = held.first().map_or(0, |t| t.range.start);
        first..held.last().map_or(first, |t| t.range.end)
    };
    let mut pieces = Vec::new();
    for run in &runs {
        let (left, right) = (bytes(before, &run.before), bytes(after, &run.after));
        if run.same {
            pieces.push(Piece {
                kind: PieceKind::Same,
                before: left,
                after: right,
            });
            continue;
        }
        if !run.before.is_empty() {
            pieces.push(Piece {
                kind: PieceKind::Gone,
                before: left,
                after: 0..0,
            });
        }
        if !run.after.is_empty() {
            pieces.push(Piece {
                kind: PieceKind::New,
                before: 0..0,
                after: right,
            });
        }
    }
    pieces
}

/// Words that are the same on both sides, or that stand for each other.
#[derive(Clone, Debug, PartialEq)]
struct Run {
    same: bool,
    before: Range<usize>,
    after: Range<usize>,
}

fn runs(ops: &[DiffOp]) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::new();
    for op in ops {
        let same = matches!(op, DiffOp::Equal { .. });
        join(&mut all, same, op.old_range(), op.new_range());
    }
    all
}

fn join(all: &mut Vec<Run>, same: bool, before: Range<usize>, after: Range<usize>) {
    match all.last_mut().filter(|last| last.same == same) {
        Some(last) => {
            last.before.end = before.end;
            last.after.end = after.end;
        }
        None => all.push(Run {
            same,
            before,
            after,
        }),
    }
}

/// What is the same at both ends; all between counts as changed.
fn ends(a: &[u32], b: &[u32]) -> Vec<Run> {
    let most = a.len().min(b.len());
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let tail = a.iter().rev().zip(b.iter().rev());
    let tail = tail.take(most - head).take_while(|(a, b)| a == b).count();
    let mut all = Vec::new();
    if head > 0 {
        join(&mut all, true, 0..head, 0..head);
    }
    if a.len() > head + tail || b.len() > head + tail {
        join(&mut all, false, head..a.len() - tail, head..b.len() - tail);
    }
    if tail > 0 {
        join(
            &mut all,
            true,
            a.len() - tail..a.len(),
            b.len() - tail..b.len(),
        );
    }
    all
}

/// A lone "the" between two changes belongs to them: it stayed by chance.
fn calm(runs: &mut Vec<Run>, before: &[Token]) {
    let is_long = |run: Option<&Run>| {
        run.is_some_and(|run| !run.same && run.before.len() + run.after.len() > 3)
    };
    let mut made: Vec<Run> = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let held = before.get(run.before.clone()).unwrap_or_default();
        let by_chance = run.same
            && held.iter().filter(|t| t.is_word).count() < 2
            && at > 0
            && is_long(runs.get(at - 1))
            && is_long(runs.get(at + 1));
        join(
            &mut made,
            run.same && !by_chance,
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
        let mut lexicon = Lexicon::default();
        let (a, b) = (lexicon.tokens(before, 0), lexicon.tokens(after, 0));
        let pieces = differences(&a, &b)
            .into_iter()
            .map(|piece| match piece.kind {
                PieceKind::Same => after[piece.after].to_owned(),
                PieceKind::Gone => format!("[-{}-]", &before[piece.before]),
                PieceKind::New => format!("{{+{}+}}", &after[piece.after]),
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
        let said = marked(
            "alpha beta gamma the delta epsilon zeta",
            "one two three the four five six",
        );
        assert_eq!(
            said,
            "[-alpha beta gamma the delta epsilon zeta-]|{+one two three the four five six+}"
        );
    }

    #[test]
    fn endless_sentences_are_compared_at_their_ends() {
        let long = |word: &str| format!("a b {} y z", format!("{word} ").repeat(MAX_WORDS));
        let said = marked(&long("p"), &long("q"));
        assert!(
            said.starts_with("a b|[-p p") && said.ends_with("q+}|y z"),
            "{}",
            said.len()
        );
    }
}
