//! Whose verb it is: which of the parties in a sentence is its subject, and whether they belong to
//! the document.

use super::lexicon::CueLexicon;
use super::party_groups::{PREPOSITIONS, PartyGroup, noun_phrase_start};
use super::tokenizer::{Word, WordGap};
use linchpin_register::vocabulary::PartyKind;
use linchpin_register::{Document, Party, RecordKind, Register};
use std::collections::HashSet;

/// Whose verb it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum VerbSubject {
    /// These parties.
    Parties(Vec<u32>),
    /// Those who issued the document.
    Speakers,
    /// The document itself: "this declaration seeks to".
    Document,
    /// A name that the register does not know.
    UnknownName,
    Unknown,
}

/// Who belongs to the document and who does not.
#[derive(Clone)]
pub(super) struct DocumentParties<'r> {
    register: &'r Register,
    insiders: HashSet<u32>,
    /// Parties whose conduct worries.
    concern_actors: HashSet<u32>,
    speakers: Vec<u32>,
    /// The words of the document's title.
    title: HashSet<String>,
}

impl<'r> DocumentParties<'r> {
    pub fn new(register: &'r Register, document: Option<&Document>) -> Self {
        let index = |id: &str| {
            let at = register.find(id)?;
            (at.kind == RecordKind::Party).then_some(at.index)
        };
        let speakers: Vec<u32> = document
            .into_iter()
            .flat_map(|document| &document.issuers)
            .filter_map(|id| index(id.as_str()))
            .collect();
        let committers = register.commitments.iter().flat_map(|c| &c.committers);
        let committers: Vec<u32> = committers.filter_map(|id| index(id.as_str())).collect();
        let concerns = register.concerns.iter().flat_map(|c| &c.actors);
        let concern_actors: HashSet<u32> = concerns.filter_map(|id| index(id.as_str())).collect();
        let mut insiders: HashSet<u32> = committers.iter().chain(&speakers).copied().collect();
        // A grouping's members and a party's own commands belong to it.
        for (at, party) in (0..).zip(&register.parties) {
            let parent = party.parent.as_ref().and_then(|id| index(id.as_str()));
            if insiders.contains(&at) && party.kind == PartyKind::Grouping {
                insiders.extend(party.members.iter().filter_map(|id| index(id.as_str())));
            } else if parent.is_some_and(|parent| insiders.contains(&parent)) {
                insiders.insert(at);
            }
        }
        if committers.is_empty() {
            insiders.clear();
        }
        let title = document.map_or("", |document| document.title.as_str());
        let title = super::tokenizer::tokenize_words(title)
            .into_iter()
            .map(|word| word.text);
        DocumentParties {
            register,
            insiders,
            concern_actors,
            speakers,
            title: title.filter(|word| word.len() > 5).collect(),
        }
    }

    /// The same where somebody is quoted: "we" are those for whom the speaker speaks, at least.
    pub fn quoting(&self, speaker: u32) -> Self {
        DocumentParties {
            speakers: vec![speaker],
            ..self.clone()
        }
    }

    fn party(&self, at: u32) -> Option<&'r Party> {
        self.register.parties.get(usize::try_from(at).ok()?)
    }

    /// The ids of those whose verb it is.
    pub fn party_ids(&self, subject: &VerbSubject) -> Vec<String> {
        let all: &[u32] = match subject {
            VerbSubject::Parties(all) => all,
            VerbSubject::Speakers | VerbSubject::Document | VerbSubject::Unknown => &self.speakers,
            VerbSubject::UnknownName => &[],
        };
        let parties = all.iter().filter_map(|at| self.party(*at));
        parties.map(|party| party.id.as_str().to_owned()).collect()
    }

    /// Whether these are others than those who promise.
    pub fn is_outsider(&self, subject: &VerbSubject) -> bool {
        let is_other = |at: &u32| match self.insiders.is_empty() {
            true => self.concern_actors.contains(at) && !self.speakers.contains(at),
            false => !self.insiders.contains(at),
        };
        match subject {
            VerbSubject::Parties(all) => all.iter().all(is_other),
            VerbSubject::UnknownName => true,
            _ => false,
        }
    }

    /// Whether a word stands for the document itself.
    fn refers_to_document(&self, word: &Word) -> bool {
        self.title.contains(&word.text)
    }
}

/// The subject of the verb at a word, and where its words begin; `before` is the subject of the
/// verb before it in the sentence.
pub(super) fn find_subject(
    lexicon: &CueLexicon<'_>,
    cast: &DocumentParties<'_>,
    all: &[Word],
    groups: &[PartyGroup],
    verb: usize,
    before: Option<&VerbSubject>,
) -> (VerbSubject, usize) {
    let subject_of = |group: &PartyGroup| match group.is_speaker && group.parties.is_empty() {
        true => VerbSubject::Speakers,
        false => VerbSubject::Parties(group.parties.clone()),
    };
    if all.get(verb).is_some_and(|word| !word.text.is_ascii()) {
        let marked = groups
            .iter()
            .rfind(|g| g.has_subject_particle && g.words.start <= verb);
        let any = marked.or_else(|| groups.iter().find(|g| g.words.start <= verb));
        return any.map_or((VerbSubject::Unknown, verb), |group| {
            (subject_of(group), group.words.start)
        });
    }
    // Words in between and what stands in brackets do not part a subject from its verb.
    let mut last = verb;
    while last > 0 {
        let word = all.get(last - 1);
        let skips = word.is_some_and(|word| {
            lexicon.is_filler(word)
                || word.in_brackets
                || matches!(word.text.as_str(), "do" | "does" | "not" | "have" | "has")
        });
        // The name itself may stand in brackets.
        if !skips
            || groups
                .iter()
                .any(|g| g.words.end == last && !is_in_brackets(all, g))
        {
            break;
        }
        last -= 1;
    }
    let adjacent = |end: usize| groups.iter().rfind(|g| g.words.end == end);
    if let Some(group) = adjacent(last) {
        return (subject_of(group), group.words.start);
    }
    let Some(word) = last.checked_sub(1).and_then(|at| all.get(at)) else {
        return (VerbSubject::Unknown, verb);
    };
    match word.text.as_str() {
        "which" | "who" | "that" => {
            let end = last - 1;
            return match adjacent(end) {
                Some(group) if word.text != "that" => (subject_of(group), last - 1),
                _ => (
                    nearest_subject(all, groups, last - 1, subject_of)
                        .unwrap_or(VerbSubject::Unknown),
                    last - 1,
                ),
            };
        }
        "and" | "but" | "or" => {
            if let Some(before) = before {
                return (before.clone(), verb);
            }
        }
        _ => {}
    }
    if cast.refers_to_document(word) {
        let start = noun_phrase_start(all, last - 1, true);
        let word = start.checked_sub(1).and_then(|at| all.get(at));
        let pointed = word.is_some_and(|word| matches!(word.text.as_str(), "this" | "our"));
        return (VerbSubject::Document, start - usize::from(pointed));
    }
    let is_first = last == 1 || all.get(last - 1).is_some_and(|w| w.gap == WordGap::Break);
    let is_stranger = word.is_capital && !is_first && is_unknown_name(lexicon, all, last - 1, verb);
    if let Some(found) = nearest_subject(all, groups, verb, subject_of) {
        return (found, verb);
    }
    match (is_stranger, before) {
        (true, _) => (VerbSubject::UnknownName, last - 1),
        (false, Some(before)) => (before.clone(), verb),
        (false, None) => (VerbSubject::Unknown, verb),
    }
}

/// Whether a word with a capital is a name without an article that the register does not know, also
/// not by what stands in brackets behind it.
fn is_unknown_name(lexicon: &CueLexicon<'_>, all: &[Word], last: usize, verb: usize) -> bool {
    let mut first = last;
    while first > 0 && all.get(first - 1).is_some_and(|word| word.is_capital) {
        first -= 1;
    }
    // "the revised Strategy": an article, with a word or two before the name.
    let from = first.saturating_sub(2);
    let articles = ["the", "this", "our", "its", "their", "a"];
    let has_article = all
        .get(from..=first)
        .is_some_and(|words| words.iter().any(|w| articles.contains(&w.text.as_str())));
    let known = lexicon.names.find_names(all);
    let is_known = known
        .iter()
        .any(|name| name.words.start < verb && name.words.end > first);
    !has_article && !is_known
}

fn is_in_brackets(all: &[Word], group: &PartyGroup) -> bool {
    all.get(group.words.start)
        .is_some_and(|word| word.in_brackets)
}

/// The nearest group before a word that may be a subject: no preposition stands before it, no
/// possessive behind it.
fn nearest_subject(
    all: &[Word],
    groups: &[PartyGroup],
    verb: usize,
    of: impl Fn(&PartyGroup) -> VerbSubject,
) -> Option<VerbSubject> {
    let can_be_subject = |group: &&PartyGroup| {
        let before = group.words.start.checked_sub(1).and_then(|at| all.get(at));
        let following_word = all.get(group.words.end);
        let begins = all
            .get(group.words.start)
            .is_some_and(|word| word.gap >= WordGap::Comma);
        let conjunction = |word: &Word| {
            matches!(
                word.text.as_str(),
                "and" | "but" | "that" | "while" | "whether" | "together" | "today" | "as"
            )
        };
        let is_number = |word: &Word| word.text.starts_with(|c: char| c.is_ascii_digit());
        let is_start = before.is_none_or(|word| begins || conjunction(word) || is_number(word));
        let is_owner =
            following_word.is_some_and(|word| word.text == "'s" || word.gap == WordGap::Hyphen);
        let is_noun = before
            .is_some_and(|word| PREPOSITIONS.contains(&word.text.as_str()) && word.text != "as");
        group.words.end <= verb && is_start && !is_owner && !is_noun && !is_in_brackets(all, group)
    };
    groups.iter().rfind(can_be_subject).map(of)
}
