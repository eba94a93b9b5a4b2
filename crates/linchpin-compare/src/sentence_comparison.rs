//! Two documents sentence by sentence, with the words that differ.

use super::sentence_alignment::{SentencePair, align_sentences};
use super::word_diff::{WordDiffKind, WordDiffSegment, WordInterner, WordToken, diff_words};
use linchpin_text::prose::{Prose, sentences};
use serde::Serialize;
use std::ops::Range;

/// What became of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum SentenceRowKind {
    /// The same words and marks; only quotation marks, dashes, case or white space may differ.
    Same,
    /// In other words.
    Changed,
    /// In the text after alone.
    #[serde(rename = "New")]
    Added,
    /// In the text before alone.
    #[serde(rename = "Gone")]
    Removed,
    /// It stands elsewhere in the text before: shown where it stands now.
    Moved,
    /// The place in the text before that a moved sentence has left.
    #[serde(rename = "MovedAway")]
    MovedFrom,
}

/// A sentence's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceLocation {
    /// Its paragraph, from 1.
    pub paragraph: u32,
    /// Its place in the paragraph, from 1.
    pub number: u32,
    /// Its bytes in the whole text.
    pub range: Range<usize>,
}

/// Sentences side by side: one on each side, two where one was split, none where there is no
/// partner.
#[derive(Clone, Debug, PartialEq)]
pub struct SentenceRow {
    pub kind: SentenceRowKind,
    pub before: Vec<SentenceLocation>,
    pub after: Vec<SentenceLocation>,
    /// 0 to 1.
    pub similarity: f64,
    /// Which words differ, where both sides have some.
    pub pieces: Vec<WordDiffSegment>,
}

/// Two texts sentence by sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SentenceComparison {
    /// In the order of the text after; what is gone stands where it stood.
    pub rows: Vec<SentenceRow>,
}

impl SentenceComparison {
    /// How many rows there are of a kind.
    pub fn count(&self, kind: SentenceRowKind) -> usize {
        self.rows.iter().filter(|row| row.kind == kind).count()
    }

    /// Whether every sentence of one text stands in the other, in the same words and order.
    pub fn is_same(&self) -> bool {
        self.rows
            .iter()
            .all(|row| row.kind == SentenceRowKind::Same)
    }
}

/// Compares two texts sentence by sentence. The other way round it gives the same pairs.
pub fn compare_sentences(before: &Prose, after: &Prose) -> SentenceComparison {
    let mut lexicon = WordInterner::default();
    let left = TokenizedText::read(before, &mut lexicon);
    let right = TokenizedText::read(after, &mut lexicon);
    // Equally good pairs are told apart by where they stand. So that both directions tell alike,
    // one of them is worked out.
    let reversed = before.text() > after.text();
    let mut pairs = match reversed {
        true => align_sentences(&right.tokens, &left.tokens)
            .into_iter()
            .map(swap_pair)
            .collect(),
        false => align_sentences(&left.tokens, &right.tokens),
    };
    pairs.sort_by_key(|pair| (pair.after.start, pair.before.start));
    SentenceComparison {
        rows: sentence_rows(&left, &right, &pairs, reversed),
    }
}

fn swap_pair(pair: SentencePair) -> SentencePair {
    SentencePair {
        before: pair.after,
        after: pair.before,
        ..pair
    }
}

/// A text's sentences with their words.
struct TokenizedText {
    sentences: Vec<SentenceLocation>,
    tokens: Vec<Vec<WordToken>>,
}

impl TokenizedText {
    fn read(prose: &Prose, lexicon: &mut WordInterner) -> Self {
        let mut text = TokenizedText {
            sentences: Vec::new(),
            tokens: Vec::new(),
        };
        for (paragraph, words) in prose.paragraphs() {
            let start = prose.span(paragraph).map_or(0, |span| span.start);
            for (number, range) in (1..).zip(sentences(words)) {
                let stretch = words.get(range.clone()).unwrap_or_default();
                let range = start + range.start..start + range.end;
                text.tokens.push(lexicon.tokenize(stretch, range.start));
                text.sentences.push(SentenceLocation {
                    paragraph,
                    number,
                    range,
                });
            }
        }
        text
    }

    fn slice(&self, range: &Range<usize>) -> (Vec<SentenceLocation>, Vec<WordToken>) {
        let places = self.sentences.get(range.clone()).unwrap_or_default();
        let tokens = self.tokens.get(range.clone()).unwrap_or_default();
        (places.to_vec(), tokens.concat())
    }
}

fn sentence_rows(
    left: &TokenizedText,
    right: &TokenizedText,
    pairs: &[SentencePair],
    reversed: bool,
) -> Vec<SentenceRow> {
    let mut moved_from = vec![false; left.sentences.len()];
    for pair in pairs.iter().filter(|pair| pair.moved) {
        for at in pair.before.clone() {
            if let Some(moved_from) = moved_from.get_mut(at) {
                *moved_from = true;
            }
        }
    }
    let mut rows = Vec::new();
    let (mut i, mut j) = (0, 0);
    let unpaired =
        |kind, before: Vec<SentenceLocation>, after: Vec<SentenceLocation>| SentenceRow {
            kind,
            before,
            after,
            similarity: 0.0,
            pieces: Vec::new(),
        };
    let push_removed = |rows: &mut Vec<SentenceRow>, i: usize, end: usize| {
        for at in i..end {
            let kind = match moved_from.get(at) {
                Some(true) => SentenceRowKind::MovedFrom,
                _ => SentenceRowKind::Removed,
            };
            rows.push(unpaired(kind, left.slice(&(at..at + 1)).0, Vec::new()));
        }
    };
    let push_added = |rows: &mut Vec<SentenceRow>, j: usize, end: usize| {
        for at in j..end {
            rows.push(unpaired(
                SentenceRowKind::Added,
                Vec::new(),
                right.slice(&(at..at + 1)).0,
            ));
        }
    };
    for pair in pairs {
        // The rows follow the text after. A moved pair says nothing of where the text before stands
        // now, so only pairs in order push what has been left behind.
        if !pair.moved {
            push_removed(&mut rows, i, pair.before.start);
            i = pair.before.end;
        }
        push_added(&mut rows, j, pair.after.start);
        j = pair.after.end;
        rows.push(sentence_row(left, right, pair, reversed));
    }
    push_removed(&mut rows, i, left.sentences.len());
    push_added(&mut rows, j, right.sentences.len());
    rows
}

fn sentence_row(
    left: &TokenizedText,
    right: &TokenizedText,
    pair: &SentencePair,
    reversed: bool,
) -> SentenceRow {
    let (before, a) = left.slice(&pair.before);
    let (after, b) = right.slice(&pair.after);
    let pieces = match reversed {
        true => swap_segments(diff_words(&b, &a)),
        false => diff_words(&a, &b),
    };
    // Two sentences that became one can hold the same words, and are not the same.
    let is_same = pieces.iter().all(|piece| piece.kind == WordDiffKind::Equal)
        && pair.before.len() == pair.after.len();
    SentenceRow {
        kind: match (pair.moved, is_same) {
            (true, _) => SentenceRowKind::Moved,
            (_, true) => SentenceRowKind::Same,
            _ => SentenceRowKind::Changed,
        },
        before,
        after,
        similarity: if is_same { 1.0 } else { pair.similarity },
        pieces,
    }
}

/// The same differences the other way round, what goes before what comes.
fn swap_segments(pieces: Vec<WordDiffSegment>) -> Vec<WordDiffSegment> {
    let mut swapped: Vec<WordDiffSegment> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let kind = match piece.kind {
            WordDiffKind::Equal => WordDiffKind::Equal,
            WordDiffKind::Removed => WordDiffKind::Added,
            WordDiffKind::Added => WordDiffKind::Removed,
        };
        let piece = WordDiffSegment {
            kind,
            before: piece.after,
            after: piece.before,
        };
        let last = swapped.last().map(|last| last.kind);
        match (kind, last) {
            (WordDiffKind::Removed, Some(WordDiffKind::Added)) => {
                swapped.insert(swapped.len() - 1, piece)
            }
            _ => swapped.push(piece),
        }
    }
    swapped
}
