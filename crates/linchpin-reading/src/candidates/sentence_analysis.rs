//! A sentence made ready to be read for candidates.

use super::lexicon::{CueLexicon, LexiconHit};
use super::name_trie::NameMatch;
use super::party_groups::{PartyGroup, party_groups};
use super::tokenizer::{Word, tokenize_words};
use linchpin_register::Register;
use linchpin_register::vocabulary::CueKind;
use std::ops::Range;

/// A sentence: its words and all that they tell.
pub(super) struct SentenceAnalysis<'s, 'r> {
    pub source: &'s str,
    pub words: Vec<Word>,
    pub hits: Vec<LexiconHit<'r>>,
    pub names: Vec<NameMatch>,
    pub groups: Vec<PartyGroup>,
}

impl<'s, 'r> SentenceAnalysis<'s, 'r> {
    pub fn new(register: &'r Register, lexicon: &CueLexicon<'r>, source: &'s str) -> Self {
        let words = tokenize_words(source);
        let hits = lexicon.find_hits(&words);
        let names = lexicon.names.find_names(&words);
        let groups = party_groups(register, &words, &names, &hits);
        SentenceAnalysis {
            source,
            words,
            hits,
            names,
            groups,
        }
    }

    /// The words that tell something of a kind.
    pub fn cues_of_kind(&self, kind: CueKind) -> impl Iterator<Item = &LexiconHit<'r>> {
        self.hits
            .iter()
            .filter(move |hit| hit.entry.cue_kind() == Some(kind))
    }

    pub fn word_at(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text.as_str())
    }

    /// The word before a place, but for those that may stand in between.
    pub fn word_before(&self, lexicon: &CueLexicon<'_>, at: usize) -> Option<usize> {
        let mut before = at.checked_sub(1)?;
        while self
            .words
            .get(before)
            .is_some_and(|word| lexicon.is_filler(word))
        {
            before = before.checked_sub(1)?;
        }
        Some(before)
    }

    /// The first place from `at` on that holds no word that may stand in between.
    pub fn skip_fillers(&self, lexicon: &CueLexicon<'_>, mut at: usize) -> usize {
        while self
            .words
            .get(at)
            .is_some_and(|word| lexicon.is_filler(word))
        {
            at += 1;
        }
        at
    }

    /// The bytes of words, from the start of the sentence.
    pub fn byte_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self
            .words
            .get(range.start)
            .map_or(0, |word| word.range.start);
        let last = range.end.max(range.start + 1) - 1;
        let end = self.words.get(last).map_or(start, |word| word.range.end);
        start..end.max(start)
    }

    /// Words as they stand.
    pub fn text_of(&self, range: Range<usize>) -> String {
        let bytes = self.byte_range(range);
        self.source.get(bytes).unwrap_or_default().to_owned()
    }
}
