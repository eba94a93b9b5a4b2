//! What a text may hold that is worth a record: found by rules over data that the user can read and edit, and never decided by them.

use crate::prose::{Prose, find_in, normal, sentences};
use crate::register::vocabulary::Mode;
use crate::register::{RecordRef, Register};
use std::ops::Range;

/// Words that may be worth a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The paragraph, from 1.
    pub paragraph: u32,
    /// The sentence: its bytes in the whole text.
    pub sentence: Range<usize>,
    /// The words that gave it away, such as the verb: their bytes in the whole text.
    pub range: Range<usize>,
    /// The words to be quoted: at most ten, the ones that gave it away among them.
    pub phrase: Range<usize>,
    pub proposal: Proposal,
    /// Why it is held apart: probably no record, or one of another kind.
    pub held: Option<Held>,
}

/// What it may be.
#[derive(Clone, Debug, PartialEq)]
pub enum Proposal {
    Commitment {
        /// The governing verb as it stands in the text.
        verb: String,
        /// The id of its step on the ladder.
        step: Option<String>,
        /// The ids of those who seem to promise.
        committers: Vec<String>,
        /// The words that soften it, as they stand in the text.
        hedges: Vec<String>,
        mode: Mode,
    },
    Figure {
        /// The number, where it has a value.
        value: Option<f64>,
        /// The words before it that make it a bound, such as "more than".
        qualifier: Option<String>,
        /// What is counted, as far as the text tells.
        unit: Option<String>,
        /// ISO 4217 code, of an amount of money.
        currency: Option<String>,
    },
    /// A body or a party that the register knows, by its name or its abbreviation.
    Name(RecordRef),
}

/// Why a candidate is held apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Held {
    /// What follows is denied.
    Negated,
    /// Somebody else's word, conduct or intention.
    Attributed,
    /// What something is for.
    Purpose,
    /// What something is said to bring about.
    Effect,
    /// What has been done already.
    Past,
    /// A threat or a worry.
    Concern,
}

impl Held {
    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Held::Negated => "negated",
            Held::Attributed => "others' words or doings",
            Held::Purpose => "purpose",
            Held::Effect => "predicted effect",
            Held::Past => "past achievement",
            Held::Concern => "concern",
        }
    }
}

/// The candidates of a text, in its order; names last in each sentence.
pub fn candidates(register: &Register, prose: &Prose) -> Vec<Candidate> {
    let steps = register.ladder.iter();
    let mut verbs: Vec<(String, &str)> = steps
        .flat_map(|step| {
            let verbs = step.verbs.iter();
            verbs.map(|verb| (normal(verb).text, step.id.as_str()))
        })
        .collect();
    verbs.sort_by_key(|(verb, _)| std::cmp::Reverse(verb.len()));
    let mut all = Vec::new();
    for (paragraph, text) in prose.paragraphs() {
        let start = prose.span(paragraph).map_or(0, |span| span.start);
        for sentence in sentences(text) {
            let words = text.get(sentence.clone()).unwrap_or_default();
            let sentence = start + sentence.start..start + sentence.end;
            let mut taken: Vec<Range<usize>> = Vec::new();
            for (verb, step) in &verbs {
                for found in find_in(words, verb) {
                    if taken
                        .iter()
                        .any(|t| t.start < found.end && found.start < t.end)
                    {
                        continue;
                    }
                    taken.push(found.clone());
                    let range = sentence.start + found.start..sentence.start + found.end;
                    all.push(Candidate {
                        paragraph,
                        sentence: sentence.clone(),
                        phrase: range.clone(),
                        range,
                        proposal: Proposal::Commitment {
                            verb: words.get(found).unwrap_or_default().to_owned(),
                            step: Some((*step).to_owned()),
                            committers: Vec::new(),
                            hedges: Vec::new(),
                            mode: Mode::FutureAction,
                        },
                        held: None,
                    });
                }
            }
        }
    }
    all.sort_by_key(|candidate| candidate.range.start);
    all
}
