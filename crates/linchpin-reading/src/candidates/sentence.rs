//! A sentence made ready to be read for candidates.

use super::groups::{Group, groups};
use super::lexicon::{Hit, Lexicon};
use super::names::Named;
use super::words::{Word, words};
use linchpin_register::Register;
use linchpin_register::vocabulary::CueKind;
use std::ops::Range;

/// A sentence: its words and all that they tell.
pub(super) struct Sentence<'s, 'r> {
    pub source: &'s str,
    pub all: Vec<Word>,
    pub hits: Vec<Hit<'r>>,
    pub named: Vec<Named>,
    pub groups: Vec<Group>,
}

impl<'s, 'r> Sentence<'s, 'r> {
    pub fn new(register: &'r Register, lexicon: &Lexicon<'r>, source: &'s str) -> Self {
        let all = words(source);
        let hits = lexicon.hits(&all);
        let named = lexicon.names.find(&all);
        let groups = groups(register, &all, &named, &hits);
        Sentence {
            source,
            all,
            hits,
            named,
            groups,
        }
    }

    /// The words that tell something of a kind.
    pub fn of_kind(&self, kind: CueKind) -> impl Iterator<Item = &Hit<'r>> {
        self.hits
            .iter()
            .filter(move |hit| hit.sense.kind() == Some(kind))
    }

    pub fn word(&self, at: usize) -> &str {
        self.all.get(at).map_or("", |word| word.text.as_str())
    }

    /// The word before a place, but for those that may stand in between.
    pub fn before(&self, lexicon: &Lexicon<'_>, at: usize) -> Option<usize> {
        let mut before = at.checked_sub(1)?;
        while self
            .all
            .get(before)
            .is_some_and(|word| lexicon.is_between(word))
        {
            before = before.checked_sub(1)?;
        }
        Some(before)
    }

    /// The first place from `at` on that holds no word that may stand in between.
    pub fn behind(&self, lexicon: &Lexicon<'_>, mut at: usize) -> usize {
        while self
            .all
            .get(at)
            .is_some_and(|word| lexicon.is_between(word))
        {
            at += 1;
        }
        at
    }

    /// The bytes of words, from the start of the sentence.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let start = self.all.get(range.start).map_or(0, |word| word.range.start);
        let last = range.end.max(range.start + 1) - 1;
        let end = self.all.get(last).map_or(start, |word| word.range.end);
        start..end.max(start)
    }

    /// Words as they stand.
    pub fn text(&self, range: Range<usize>) -> String {
        let bytes = self.bytes(range);
        self.source.get(bytes).unwrap_or_default().to_owned()
    }
}
