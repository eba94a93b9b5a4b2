//! The words that tell something, made ready to be found: the ladder's verbs in all their forms,
//! the cues that hold for a register, the names.

use super::name_trie::NameTrie;
use super::sentence::{Word, WordGap, tokenize_words};
use linchpin_register::vocabulary::CueKind;
use linchpin_register::{Cue, LadderStep, LoadedRegister, Register, bundled, load};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

/// Every kind of cue whose words are looked for.
const INDEXED_KINDS: [CueKind; 14] = [
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
const MAX_FILLERS: usize = 4;

/// What words tell.
#[derive(Clone, Copy, Debug)]
pub(super) enum LexiconEntry<'r> {
    /// A verb of the ladder, and in which form.
    Verb(&'r LadderStep, VerbForm),
    Cue(&'r Cue),
}

impl LexiconEntry<'_> {
    /// The kind of a cue.
    pub fn cue_kind(&self) -> Option<CueKind> {
        match self {
            LexiconEntry::Verb(..) => None,
            LexiconEntry::Cue(cue) => Some(cue.kind),
        }
    }
}

/// Words that were found.
#[derive(Clone, Debug)]
pub(super) struct LexiconHit<'r> {
    pub words: Range<usize>,
    pub entry: LexiconEntry<'r>,
    /// Its words but for those in between.
    pub word_count: usize,
}

enum PatternWord {
    Exact(String),
    Prefix(String),
    Suffix(String),
    Contains(String),
}

struct WordPattern<'r> {
    words: Vec<PatternWord>,
    entry: LexiconEntry<'r>,
}

/// All that a register and the standard cues know of words.
pub(super) struct CueLexicon<'r> {
    pub names: NameTrie,
    patterns: Vec<WordPattern<'r>>,
    by_first_word: HashMap<String, Vec<usize>>,
    /// Those that begin with any letters.
    wildcard_patterns: Vec<usize>,
    fillers: HashSet<String>,
    /// The ladder's verbs by the first word of their first form: "commit", "pledge".
    verb_bases: Vec<(String, &'r LadderStep)>,
}

impl<'r> CueLexicon<'r> {
    pub fn new(register: &'r Register) -> Self {
        let mut lexicon = CueLexicon {
            names: NameTrie::new(register),
            patterns: Vec::new(),
            by_first_word: HashMap::new(),
            wildcard_patterns: Vec::new(),
            fillers: HashSet::new(),
            verb_bases: Vec::new(),
        };
        for step in &register.ladder {
            for verb in &step.verbs {
                lexicon.add_verb(step, verb);
            }
        }
        for kind in INDEXED_KINDS {
            for cue in cues_of_kind(register, kind) {
                for text in &cue.words {
                    lexicon.add_pattern(parse_pattern(text), LexiconEntry::Cue(cue));
                }
            }
        }
        let between = cues_of_kind(register, CueKind::Between);
        for text in between.flat_map(|cue| &cue.words) {
            lexicon
                .fillers
                .extend(tokenize_words(text).into_iter().map(|word| word.text));
        }
        lexicon
    }

    fn add_verb(&mut self, step: &'r LadderStep, verb: &str) {
        let all = parse_pattern(verb);
        let Some(PatternWord::Exact(first)) = all.first() else {
            self.add_pattern(all, LexiconEntry::Verb(step, VerbForm::Invariant));
            return;
        };
        for (form, how) in verb_forms(first) {
            if how == VerbForm::Base && form.len() > 4 {
                self.verb_bases.push((form.clone(), step));
            }
            let mut all = parse_pattern(verb);
            // Korean verbs stand at the end of longer words, behind their objects.
            let head = match form.is_ascii() {
                true => PatternWord::Exact(form),
                false => PatternWord::Suffix(form),
            };
            if let Some(first) = all.first_mut() {
                *first = head;
            }
            self.add_pattern(all, LexiconEntry::Verb(step, how));
        }
    }

    fn add_pattern(&mut self, elems: Vec<PatternWord>, sense: LexiconEntry<'r>) {
        let index = self.patterns.len();
        match elems.first() {
            None => return,
            Some(PatternWord::Exact(first)) => self
                .by_first_word
                .entry(first.clone())
                .or_default()
                .push(index),
            Some(_) => self.wildcard_patterns.push(index),
        }
        self.patterns.push(WordPattern {
            words: elems,
            entry: sense,
        });
    }

    /// The step of the verb from which a word is made: of "commits to" for "commitment". The
    /// firmest where it is on several.
    pub fn step_of_derived_word(&self, word: &str) -> Option<&'r LadderStep> {
        let made = self
            .verb_bases
            .iter()
            .filter(|(base, _)| word.starts_with(base.as_str()));
        Some(made.max_by_key(|(_, step)| step.rank)?.1)
    }

    /// Whether a word may stand inside a verb: "also", "fully".
    pub fn is_filler(&self, word: &Word) -> bool {
        let is_adverb = word.text.len() > 4 && word.text.ends_with("ly") && !word.is_capital;
        self.fillers.contains(&word.text) || is_adverb
    }

    /// All that the words tell, in their order; at each place the longest first, and a verb of the
    /// ladder before a cue of its length.
    pub fn find_hits(&self, all: &[Word]) -> Vec<LexiconHit<'r>> {
        let mut hits = Vec::new();
        for (at, word) in all.iter().enumerate() {
            let first = hits.len();
            let known = self.by_first_word.get(&word.text).into_iter().flatten();
            for pattern in known
                .chain(&self.wildcard_patterns)
                .filter_map(|i| self.patterns.get(*i))
            {
                if let Some(end) = self.match_end(pattern, all, at) {
                    hits.push(LexiconHit {
                        words: at..end,
                        entry: pattern.entry,
                        word_count: pattern.words.len(),
                    });
                }
            }
            let here = hits.get_mut(first..).unwrap_or_default();
            // Stable: patterns of one length stay in the order of the register.
            here.sort_by_key(|hit| {
                let is_cue = matches!(hit.entry, LexiconEntry::Cue(_));
                (std::cmp::Reverse(hit.word_count), is_cue)
            });
        }
        hits
    }

    fn match_end(&self, pattern: &WordPattern<'_>, all: &[Word], start: usize) -> Option<usize> {
        // Verbs take adverbs in between ("is fully committed to"); hedges, units and names do not.
        let allows_fillers = matches!(
            pattern.entry.cue_kind(),
            None | Some(CueKind::Promise | CueKind::Recital | CueKind::Past)
        );
        let mut at = start;
        for (number, elem) in pattern.words.iter().enumerate() {
            let mut word = all.get(at)?;
            let mut skipped = 0;
            while number > 0 && !elem.matches(&word.text) {
                let may_skip = self.is_filler(word) || is_negation(&word.text);
                if !allows_fillers
                    || !may_skip
                    || word.gap > WordGap::Comma
                    || skipped == MAX_FILLERS
                {
                    return None;
                }
                skipped += 1;
                at += 1;
                word = all.get(at)?;
            }
            // Behind skipped words a comma may close them: "will, however, also continue".
            let joined = word.gap <= WordGap::Hyphen || (skipped > 0 && word.gap == WordGap::Comma);
            if !elem.matches(&word.text) || (number > 0 && !joined) {
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

impl PatternWord {
    fn matches(&self, word: &str) -> bool {
        match self {
            PatternWord::Exact(text) => word == text,
            PatternWord::Prefix(text) => word.starts_with(text.as_str()),
            PatternWord::Suffix(text) => word.ends_with(text.as_str()),
            PatternWord::Contains(text) => word.contains(text.as_str()),
        }
    }
}

/// The words of a cue or a verb; an asterisk stands for any letters.
fn parse_pattern(text: &str) -> Vec<PatternWord> {
    let mut all = Vec::new();
    for piece in text.split_whitespace() {
        let (before, after) = (piece.starts_with('*'), piece.ends_with('*'));
        let inside = tokenize_words(piece.trim_matches('*'));
        let count = inside.len();
        for (at, word) in inside.into_iter().enumerate() {
            let text = word.text;
            all.push(match (before && at == 0, after && at + 1 == count) {
                (false, false) => PatternWord::Exact(text),
                (false, true) => PatternWord::Prefix(text),
                (true, false) => PatternWord::Suffix(text),
                (true, true) => PatternWord::Contains(text),
            });
        }
    }
    all
}

/// How a form of a verb stands to its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VerbForm {
    /// "will", "is": with any subject, and never a noun.
    Invariant,
    /// "intend": may be an infinitive, or a noun such as "plan".
    Base,
    /// "intends": may be the plural of a noun.
    ThirdPerson,
    /// "intending"
    Gerund,
    /// "intended"
    Past,
    /// Written so in the data, in a form that is kept: "pledging to".
    Fixed,
}

const MODALS: [&str; 12] = [
    "will", "shall", "must", "should", "may", "can", "could", "would", "might", "ought", "cannot",
    "'s",
];
const BE: [&str; 8] = ["is", "are", "am", "be", "was", "were", "remain", "remains"];
const IRREGULAR: [(&str, &str); 10] = [
    ("seek", "sought"),
    ("stand", "stood"),
    ("undertake", "undertook"),
    ("hold", "excluded"),
    ("keep", "kept"),
    ("make", "made"),
    ("give", "gave"),
    ("think", "thought"),
    ("understand", "understood"),
    ("swear", "swore"),
];

/// All forms of the verb that a word is one of, the word itself among them.
pub(super) fn verb_forms(word: &str) -> Vec<(String, VerbForm)> {
    if MODALS.contains(&word) || !word.is_ascii() {
        return vec![(word.to_owned(), VerbForm::Invariant)];
    }
    if BE.contains(&word) {
        let all = BE.iter().map(|form| match *form {
            "be" => ("be".to_owned(), VerbForm::Base),
            form => (form.to_owned(), VerbForm::Invariant),
        });
        return all.collect();
    }
    if word.ends_with("ing") || word.ends_with("ed") || word.len() < 3 {
        return vec![(word.to_owned(), VerbForm::Fixed)];
    }
    let base = base_form(word);
    let stem = base.strip_suffix('e').unwrap_or(&base).to_owned();
    let past = IRREGULAR.iter().find(|(known, _)| *known == base);
    let third = match base.as_bytes() {
        [.., b's' | b'x' | b'z' | b'o'] | [.., b'c' | b's', b'h'] => format!("{base}es"),
        [.., c, b'y'] if !is_vowel(*c) => format!("{}ies", base.trim_end_matches('y')),
        _ => format!("{base}s"),
    };
    let doubled = match doubles_consonant(&base) {
        true => base
            .chars()
            .next_back()
            .map(String::from)
            .unwrap_or_default(),
        false => String::new(),
    };
    let past = match (past, base.as_bytes()) {
        (Some((_, past)), _) => (*past).to_owned(),
        (None, [.., c, b'y']) if !is_vowel(*c) => format!("{}ied", base.trim_end_matches('y')),
        _ => format!("{stem}{doubled}ed"),
    };
    let ing = match base.ends_with("ee") {
        true => format!("{base}ing"),
        false => format!("{stem}{doubled}ing"),
    };
    vec![
        (base, VerbForm::Base),
        (third, VerbForm::ThirdPerson),
        (ing, VerbForm::Gerund),
        (past, VerbForm::Past),
    ]
}

fn base_form(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zzes"] {
        if word.ends_with(ending) {
            return word.trim_end_matches("es").to_owned();
        }
    }
    let plain = word.strip_suffix('s').filter(|stem| !stem.ends_with('s'));
    plain.unwrap_or(word).to_owned()
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// "plan", "commit": the last letter comes twice before an ending.
fn doubles_consonant(base: &str) -> bool {
    let [.., a, b, c] = base.as_bytes() else {
        return false;
    };
    let closed = !is_vowel(*a) && is_vowel(*b) && !is_vowel(*c) && !matches!(c, b'w' | b'x' | b'y');
    let is_short = base.bytes().filter(|b| is_vowel(*b)).count() == 1;
    closed
        && (is_short
            || ["mit", "fer", "cur", "pel"]
                .iter()
                .any(|end| base.ends_with(end)))
}

/// The text of the standard cues, as it was read.
fn standard_cues() -> &'static LoadedRegister {
    static STANDARD: OnceLock<LoadedRegister> = OnceLock::new();
    STANDARD.get_or_init(|| load(bundled::STANDARD_CUES, Vec::new()))
}

/// The cues of a kind by which a register's texts are read.
pub fn cues_of_kind(register: &Register, kind: CueKind) -> impl Iterator<Item = &Cue> {
    let has_own = register.cues.iter().any(|cue| cue.kind == kind);
    let cues = match has_own {
        true => &register.cues,
        false => &standard_cues().register.cues,
    };
    cues.iter().filter(move |cue| cue.kind == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_standard_cues_is_found_in_a_text() {
        let register = load("(format: 1, title: \"T\")", Vec::new()).register;
        let lexicon = CueLexicon::new(&register);
        for cue in &standard_cues().register.cues {
            for text in &cue.words {
                let written = text.replace('*', "");
                let said = tokenize_words(&format!("Then {written} came"));
                let found = match cue.kind {
                    CueKind::Between => said[1..].iter().any(|word| lexicon.is_filler(word)),
                    kind => {
                        let hits = lexicon.find_hits(&said).into_iter();
                        let mut hits = hits.filter(|hit| hit.entry.cue_kind() == Some(kind));
                        hits.any(|hit| hit.words.contains(&1))
                    }
                };
                assert!(found, "{}: {text}", cue.id.as_str());
            }
        }
    }

    #[test]
    fn words_in_between_do_not_hide_a_verb() {
        let text = r#"(format: 1, title: "T", ladder: [(id: "a", rank: 5, label: "A",
            verbs: ["is committed to"]),
            (id: "b", rank: 4, label: "B", verbs: ["will", "will continue to", "강화한다"])])"#;
        let register = load(text, Vec::new()).register;
        let lexicon = CueLexicon::new(&register);
        let read = |text: &str| {
            let all = tokenize_words(text);
            let hits = lexicon.find_hits(&all).into_iter();
            let verbs = hits.filter(|hit| matches!(hit.entry, LexiconEntry::Verb(..)));
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

    #[test]
    fn any_form_gives_all() {
        for (word, all) in [
            ("intends", "intend intends intending intended"),
            ("commits", "commit commits committing committed"),
            ("recognize", "recognize recognizes recognizing recognized"),
            ("agrees", "agree agrees agreeing agreed"),
            ("seeks", "seek seeks seeking sought"),
            ("plan", "plan plans planning planned"),
            ("reaffirm", "reaffirm reaffirms reaffirming reaffirmed"),
            ("maintains", "maintain maintains maintaining maintained"),
            ("wishes", "wish wishes wishing wished"),
            ("relies", "rely relies relying relied"),
            ("will", "will"),
            ("pledging", "pledging"),
            ("할", "할"),
        ] {
            let found: Vec<String> = verb_forms(word).into_iter().map(|(form, _)| form).collect();
            assert_eq!(found.join(" "), all, "{word}");
        }
        assert!(verb_forms("am").iter().any(|(form, _)| form == "remain"));
    }

    #[test]
    fn the_standard_cues_are_sound_and_no_word_stands_twice_in_a_kind() {
        let loaded = standard_cues();
        assert_eq!(loaded.diagnostic_count(), 0, "{:#?}", loaded.diagnostics);
        let mut words: Vec<(&str, &str)> = Vec::new();
        for cue in &loaded.register.cues {
            words.extend(
                cue.words
                    .iter()
                    .map(|word| (cue.kind.label(), word.as_str())),
            );
        }
        words.sort_unstable();
        let twice: Vec<_> = words.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
}
