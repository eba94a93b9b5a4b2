//! The words that tell something, made ready to be found: the ladder's verbs in all their forms,
//! the cues, the names.

use super::forms::{Form, forms};
use super::names::Names;
use super::words::{Gap, Word, words};
use crate::cues;
use linchpin_register::vocabulary::CueKind;
use linchpin_register::{Cue, Register, Step};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Every kind of cue whose words are looked for.
const KINDS: [CueKind; 14] = [
    CueKind::Hedge,
    CueKind::Negation,
    CueKind::Attribution,
    CueKind::Purpose,
    CueKind::Effect,
    CueKind::Past,
    CueKind::Inclusion,
    CueKind::Promise,
    CueKind::Recital,
    CueKind::Objective,
    CueKind::Concern,
    CueKind::Unit,
    CueKind::Committer,
    CueKind::Action,
];

/// The most words that may stand between two words of a verb.
const MAX_BETWEEN: usize = 4;

/// What words tell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sense<'r> {
    /// A verb of the ladder, and in which form.
    Verb(&'r Step, Form),
    Cue(&'r Cue),
}

impl Sense<'_> {
    /// The kind of a cue.
    pub fn kind(&self) -> Option<CueKind> {
        match self {
            Sense::Verb(..) => None,
            Sense::Cue(cue) => Some(cue.kind),
        }
    }
}

/// Words that were found.
#[derive(Clone, Debug)]
pub(super) struct Hit<'r> {
    pub words: Range<usize>,
    pub sense: Sense<'r>,
    /// Its words but for those in between.
    pub count: usize,
}

enum Elem {
    Is(String),
    Starts(String),
    Ends(String),
    Has(String),
}

struct Pattern<'r> {
    elems: Vec<Elem>,
    sense: Sense<'r>,
}

/// All that a register and the standard cues know of words.
pub(super) struct Lexicon<'r> {
    pub names: Names,
    patterns: Vec<Pattern<'r>>,
    by_first: HashMap<String, Vec<usize>>,
    /// Those that begin with any letters.
    wild: Vec<usize>,
    between: HashSet<String>,
    /// The ladder's verbs by the first word of their first form: "commit", "pledge".
    bases: Vec<(String, &'r Step)>,
}

impl<'r> Lexicon<'r> {
    pub fn new(register: &'r Register) -> Self {
        let mut lexicon = Lexicon {
            names: Names::new(register),
            patterns: Vec::new(),
            by_first: HashMap::new(),
            wild: Vec::new(),
            between: HashSet::new(),
            bases: Vec::new(),
        };
        for step in &register.ladder {
            for verb in &step.verbs {
                lexicon.add_verb(step, verb);
            }
        }
        for kind in KINDS {
            for cue in cues::of(register, kind) {
                for text in &cue.words {
                    lexicon.add(elems(text), Sense::Cue(cue));
                }
            }
        }
        let between = cues::of(register, CueKind::Between);
        for text in between.flat_map(|cue| &cue.words) {
            lexicon
                .between
                .extend(words(text).into_iter().map(|word| word.text));
        }
        lexicon
    }

    fn add_verb(&mut self, step: &'r Step, verb: &str) {
        let all = elems(verb);
        let Some(Elem::Is(first)) = all.first() else {
            self.add(all, Sense::Verb(step, Form::Sure));
            return;
        };
        for (form, how) in forms(first) {
            if how == Form::Base && form.len() > 4 {
                self.bases.push((form.clone(), step));
            }
            let mut all = elems(verb);
            // Korean verbs stand at the end of longer words.
            let head = match form.is_ascii() {
                true => Elem::Is(form),
                false => Elem::Ends(form),
            };
            if let Some(first) = all.first_mut() {
                *first = head;
            }
            self.add(all, Sense::Verb(step, how));
        }
    }

    fn add(&mut self, elems: Vec<Elem>, sense: Sense<'r>) {
        let index = self.patterns.len();
        match elems.first() {
            None => return,
            Some(Elem::Is(first)) => self.by_first.entry(first.clone()).or_default().push(index),
            Some(_) => self.wild.push(index),
        }
        self.patterns.push(Pattern { elems, sense });
    }

    /// The step of the verb from which a word is made: of "commits to" for "commitment". The
    /// firmest where it is on several.
    pub fn step_of(&self, word: &str) -> Option<&'r Step> {
        let made = self
            .bases
            .iter()
            .filter(|(base, _)| word.starts_with(base.as_str()));
        Some(made.max_by_key(|(_, step)| step.rank)?.1)
    }

    /// Whether a word may stand inside a verb: "also", "fully".
    pub fn is_between(&self, word: &Word) -> bool {
        let is_adverb = word.text.len() > 4 && word.text.ends_with("ly") && !word.is_capital;
        self.between.contains(&word.text) || is_adverb
    }

    /// All that the words tell, in their order; at each place the longest first, and a verb of the
    /// ladder before a cue of its length.
    pub fn hits(&self, all: &[Word]) -> Vec<Hit<'r>> {
        let mut hits = Vec::new();
        for (at, word) in all.iter().enumerate() {
            let first = hits.len();
            let known = self.by_first.get(&word.text).into_iter().flatten();
            for pattern in known
                .chain(&self.wild)
                .filter_map(|i| self.patterns.get(*i))
            {
                if let Some(end) = self.end_of(pattern, all, at) {
                    hits.push(Hit {
                        words: at..end,
                        sense: pattern.sense,
                        count: pattern.elems.len(),
                    });
                }
            }
            let here = hits.get_mut(first..).unwrap_or_default();
            here.sort_by_key(|hit| {
                let is_cue = matches!(hit.sense, Sense::Cue(_));
                (std::cmp::Reverse(hit.count), is_cue)
            });
        }
        hits
    }

    fn end_of(&self, pattern: &Pattern<'_>, all: &[Word], start: usize) -> Option<usize> {
        let may_gape = matches!(
            pattern.sense.kind(),
            None | Some(CueKind::Promise | CueKind::Recital | CueKind::Past)
        );
        let mut at = start;
        for (number, elem) in pattern.elems.iter().enumerate() {
            let mut word = all.get(at)?;
            let mut skipped = 0;
            while number > 0 && !elem.fits(&word.text) {
                let may_skip = self.is_between(word) || is_negation(&word.text);
                if !may_gape || !may_skip || word.gap > Gap::Comma || skipped == MAX_BETWEEN {
                    return None;
                }
                skipped += 1;
                at += 1;
                word = all.get(at)?;
            }
            let joined = word.gap <= Gap::Hyphen || (skipped > 0 && word.gap == Gap::Comma);
            if !elem.fits(&word.text) || (number > 0 && !joined) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }
}

fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "never")
}

impl Elem {
    fn fits(&self, word: &str) -> bool {
        match self {
            Elem::Is(text) => word == text,
            Elem::Starts(text) => word.starts_with(text.as_str()),
            Elem::Ends(text) => word.ends_with(text.as_str()),
            Elem::Has(text) => word.contains(text.as_str()),
        }
    }
}

/// The words of a cue or a verb; an asterisk stands for any letters.
fn elems(text: &str) -> Vec<Elem> {
    let mut all = Vec::new();
    for piece in text.split_whitespace() {
        let (before, after) = (piece.starts_with('*'), piece.ends_with('*'));
        let inside = words(piece.trim_matches('*'));
        let count = inside.len();
        for (at, word) in inside.into_iter().enumerate() {
            let text = word.text;
            all.push(match (before && at == 0, after && at + 1 == count) {
                (false, false) => Elem::Is(text),
                (false, true) => Elem::Starts(text),
                (true, false) => Elem::Ends(text),
                (true, true) => Elem::Has(text),
            });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_register::load;

    #[test]
    fn every_word_of_the_standard_cues_is_found_in_a_text() {
        let register = load("(format: 1, title: \"T\")", Vec::new()).register;
        let lexicon = Lexicon::new(&register);
        for cue in &cues::standard().register.cues {
            for text in &cue.words {
                let written = text.replace('*', "");
                let said = words(&format!("Then {written} came"));
                let found = match cue.kind {
                    CueKind::Between => said[1..].iter().any(|word| lexicon.is_between(word)),
                    kind => {
                        let hits = lexicon.hits(&said).into_iter();
                        let mut hits = hits.filter(|hit| hit.sense.kind() == Some(kind));
                        hits.any(|hit| hit.words.contains(&1))
                    }
                };
                assert!(found, "{}: {text}", cue.id.as_str());
            }
        }
    }

    #[test]
    fn words_in_between_do_not_hide_a_verb() {
        let text = r#"(format: 1, title: "T", ladder: [(id: "a", rank: 5, label: "A", verbs: ["is committed to"]),
            (id: "b", rank: 4, label: "B", verbs: ["will", "will continue to", "강화한다"])])"#;
        let register = load(text, Vec::new()).register;
        let lexicon = Lexicon::new(&register);
        let read = |text: &str| {
            let all = words(text);
            let hits = lexicon.hits(&all).into_iter();
            let verbs = hits.filter(|hit| matches!(hit.sense, Sense::Verb(..)));
            verbs.map(|hit| hit.words).collect::<Vec<_>>()
        };
        assert_eq!(
            read("We will, however, also continue to help"),
            [1..6, 1..2]
        );
        assert_eq!(
            read("They remain fully committed to it"),
            [Range { start: 1, end: 5 }]
        );
        assert_eq!(
            read("They are — committed to it"),
            Vec::<Range<usize>>::new()
        );
        assert_eq!(read("방위태세를강화한다."), [Range { start: 0, end: 1 }]);
    }
}
