//! Whose verb it is: which of the parties in a sentence is its subject, and whether they belong to
//! the document.

use super::groups::{Group, PREPOSITIONS, start_of};
use super::lexicon::Lexicon;
use super::words::{Gap, Word};
use linchpin_register::vocabulary::PartyKind;
use linchpin_register::{Document, Party, RecordKind, Register};
use std::collections::HashSet;

/// Whose verb it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Subject {
    /// These parties.
    Parties(Vec<u32>),
    /// Those who issued the document.
    Speakers,
    /// The document itself: "this declaration seeks to".
    Text,
    /// A name that the register does not know.
    Stranger,
    Unknown,
}

/// Who belongs to the document and who does not.
#[derive(Clone)]
pub(super) struct Cast<'r> {
    register: &'r Register,
    insiders: HashSet<u32>,
    /// Parties whose conduct worries.
    feared: HashSet<u32>,
    speakers: Vec<u32>,
    /// The words of the document's title.
    title: HashSet<String>,
}

impl<'r> Cast<'r> {
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
        let feared: HashSet<u32> = concerns.filter_map(|id| index(id.as_str())).collect();
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
        let title = super::words::words(title).into_iter().map(|word| word.text);
        Cast {
            register,
            insiders,
            feared,
            speakers,
            title: title.filter(|word| word.len() > 5).collect(),
        }
    }

    /// The same where somebody is quoted: "we" are those for whom the speaker speaks, at least.
    pub fn speaking(&self, speaker: u32) -> Self {
        Cast {
            speakers: vec![speaker],
            ..self.clone()
        }
    }

    fn party(&self, at: u32) -> Option<&'r Party> {
        self.register.parties.get(usize::try_from(at).ok()?)
    }

    /// The ids of those whose verb it is.
    pub fn ids(&self, subject: &Subject) -> Vec<String> {
        let all: &[u32] = match subject {
            Subject::Parties(all) => all,
            Subject::Speakers | Subject::Text | Subject::Unknown => &self.speakers,
            Subject::Stranger => &[],
        };
        let parties = all.iter().filter_map(|at| self.party(*at));
        parties.map(|party| party.id.as_str().to_owned()).collect()
    }

    /// Whether these are others than those who promise.
    pub fn is_outside(&self, subject: &Subject) -> bool {
        let is_other = |at: &u32| match self.insiders.is_empty() {
            true => self.feared.contains(at) && !self.speakers.contains(at),
            false => !self.insiders.contains(at),
        };
        match subject {
            Subject::Parties(all) => all.iter().all(is_other),
            Subject::Stranger => true,
            _ => false,
        }
    }

    /// Whether a word stands for the document itself.
    fn is_text(&self, word: &Word) -> bool {
        self.title.contains(&word.text)
    }
}

/// The subject of the verb at a word, and where its words begin; `before` is the subject of the
/// verb before it in the sentence.
pub(super) fn subject(
    lexicon: &Lexicon<'_>,
    cast: &Cast<'_>,
    all: &[Word],
    groups: &[Group],
    verb: usize,
    before: Option<&Subject>,
) -> (Subject, usize) {
    let of = |group: &Group| match group.is_speaker && group.parties.is_empty() {
        true => Subject::Speakers,
        false => Subject::Parties(group.parties.clone()),
    };
    if all.get(verb).is_some_and(|word| !word.text.is_ascii()) {
        let marked = groups
            .iter()
            .rfind(|g| g.is_marked && g.words.start <= verb);
        let any = marked.or_else(|| groups.iter().find(|g| g.words.start <= verb));
        return any.map_or((Subject::Unknown, verb), |group| {
            (of(group), group.words.start)
        });
    }
    // Words in between and what stands in brackets do not part a subject from its verb.
    let mut last = verb;
    while last > 0 {
        let word = all.get(last - 1);
        let skips = word.is_some_and(|word| {
            lexicon.is_between(word)
                || word.is_aside
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
        return (of(group), group.words.start);
    }
    let Some(word) = last.checked_sub(1).and_then(|at| all.get(at)) else {
        return (Subject::Unknown, verb);
    };
    match word.text.as_str() {
        "which" | "who" | "that" => {
            let end = last - 1;
            return match adjacent(end) {
                Some(group) if word.text != "that" => (of(group), last - 1),
                _ => (
                    nearest(all, groups, last - 1, of).unwrap_or(Subject::Unknown),
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
    if cast.is_text(word) {
        let start = start_of(all, last - 1, true);
        let word = start.checked_sub(1).and_then(|at| all.get(at));
        let pointed = word.is_some_and(|word| matches!(word.text.as_str(), "this" | "our"));
        return (Subject::Text, start - usize::from(pointed));
    }
    let is_first = last == 1 || all.get(last - 1).is_some_and(|w| w.gap == Gap::Hard);
    let is_stranger = word.is_capital && !is_first && is_stranger(lexicon, all, last - 1, verb);
    if let Some(found) = nearest(all, groups, verb, of) {
        return (found, verb);
    }
    match (is_stranger, before) {
        (true, _) => (Subject::Stranger, last - 1),
        (false, Some(before)) => (before.clone(), verb),
        (false, None) => (Subject::Unknown, verb),
    }
}

/// Whether a word with a capital is a name without an article that the register does not know, also
/// not by what stands in brackets behind it.
fn is_stranger(lexicon: &Lexicon<'_>, all: &[Word], last: usize, verb: usize) -> bool {
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
    let known = lexicon.names.find(all);
    let is_known = known
        .iter()
        .any(|name| name.words.start < verb && name.words.end > first);
    !has_article && !is_known
}

fn is_in_brackets(all: &[Word], group: &Group) -> bool {
    all.get(group.words.start).is_some_and(|word| word.is_aside)
}

/// The nearest group before a word that may be a subject: no preposition stands before it, no
/// possessive behind it.
fn nearest(
    all: &[Word],
    groups: &[Group],
    verb: usize,
    of: impl Fn(&Group) -> Subject,
) -> Option<Subject> {
    let may_be = |group: &&Group| {
        let before = group.words.start.checked_sub(1).and_then(|at| all.get(at));
        let behind = all.get(group.words.end);
        let begins = all
            .get(group.words.start)
            .is_some_and(|word| word.gap >= Gap::Comma);
        let conjunction = |word: &Word| {
            matches!(
                word.text.as_str(),
                "and" | "but" | "that" | "while" | "whether" | "together" | "today" | "as"
            )
        };
        let is_number = |word: &Word| word.text.starts_with(|c: char| c.is_ascii_digit());
        let is_start = before.is_none_or(|word| begins || conjunction(word) || is_number(word));
        let is_owner = behind.is_some_and(|word| word.text == "'s" || word.gap == Gap::Hyphen);
        let is_noun = before
            .is_some_and(|word| PREPOSITIONS.contains(&word.text.as_str()) && word.text != "as");
        group.words.end <= verb && is_start && !is_owner && !is_noun && !is_in_brackets(all, group)
    };
    groups.iter().rfind(may_be).map(of)
}
