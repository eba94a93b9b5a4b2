//! Who speaks and acts in a sentence: the parties that are named in it, alone or together, and which of them is the subject of a verb.

use super::lexicon::{Hit, Lexicon, Sense};
use super::names::Named;
use super::words::{Gap, Word};
use crate::register::vocabulary::{CueKind, PartyKind};
use crate::register::{Document, Party, RecordKind, Register};
use std::collections::HashSet;
use std::ops::Range;

/// Words before a name that keep it from being a subject.
const PREPOSITIONS: [&str; 36] = [
    "about",
    "across",
    "after",
    "against",
    "alongside",
    "among",
    "as",
    "at",
    "before",
    "behind",
    "between",
    "beyond",
    "by",
    "concerning",
    "despite",
    "during",
    "for",
    "from",
    "in",
    "including",
    "into",
    "of",
    "on",
    "onto",
    "outside",
    "over",
    "regarding",
    "than",
    "through",
    "throughout",
    "to",
    "toward",
    "towards",
    "under",
    "via",
    "with",
];

/// Parties that a sentence names together.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub words: Range<usize>,
    /// Their places in the register's list.
    pub parties: Vec<u32>,
    /// A word such as "we": those who speak, where it means nobody in particular.
    pub is_speaker: bool,
    /// A Korean particle marks it as the subject.
    pub is_marked: bool,
}

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

/// The groups of parties in a sentence.
pub(super) fn groups(
    register: &Register,
    all: &[Word],
    named: &[Named],
    hits: &[Hit<'_>],
) -> Vec<Group> {
    let mut mentions: Vec<Group> = Vec::new();
    for name in named
        .iter()
        .filter(|name| name.record.kind == RecordKind::Party)
    {
        let party = register.parties.get(name.record.index as usize);
        let is_person = party.is_some_and(|party| party.kind == PartyKind::Person);
        mentions.push(Group {
            words: start_of(all, name.words.start, is_person)..name.words.end,
            parties: vec![name.record.index],
            is_speaker: false,
            is_marked: name.particle.is_some_and(is_subject_particle),
        });
    }
    let cues = hits.iter().filter_map(|hit| match hit.sense {
        Sense::Cue(cue) if cue.kind == CueKind::Committer => Some((hit, cue)),
        _ => None,
    });
    for (hit, cue) in cues {
        let inside =
            |other: &Group| other.words.start < hit.words.end && hit.words.start < other.words.end;
        if mentions.iter().any(inside) {
            continue;
        }
        let ids = cue
            .parties
            .iter()
            .filter_map(|id| register.find(id.as_str()));
        let last = all.get(hit.words.end - 1);
        mentions.push(Group {
            words: start_of(all, hit.words.start, false)..hit.words.end,
            parties: ids.map(|at| at.index).collect(),
            is_speaker: cue.parties.is_empty(),
            is_marked: last.is_some_and(|word| word.text.ends_with(['은', '는', '이', '가'])),
        });
    }
    mentions.sort_by_key(|group| group.words.start);
    join(all, mentions)
}

fn is_subject_particle(particle: &str) -> bool {
    matches!(
        particle,
        "은" | "는" | "이" | "가" | "측은" | "측이" | "들은" | "들이"
    )
}

/// Where a name begins with its article and, of a person, its titles.
fn start_of(all: &[Word], mut start: usize, is_person: bool) -> usize {
    while start > 0 {
        let (Some(before), Some(here)) = (all.get(start - 1), all.get(start)) else {
            break;
        };
        let is_article = before.text == "the";
        let is_title = is_person && (before.is_capital || before.text == "of");
        if here.gap > Gap::Hyphen || !(is_article || is_title) {
            break;
        }
        start -= 1;
        if is_article {
            break;
        }
    }
    start
}

/// Names that stand together: "A and B", "A, B and C", "A together with B".
fn join(all: &[Word], mentions: Vec<Group>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_comma: Vec<Group> = Vec::new();
    for mention in mentions {
        let link = groups
            .last()
            .map(|last| link(all, last.words.end, mention.words.start));
        match link {
            Some(Some(true)) => {
                // An "and" closes the list of those before it.
                let mut first = by_comma.first().cloned().or_else(|| groups.pop());
                if !by_comma.is_empty() {
                    let rest = by_comma.len();
                    groups.truncate(groups.len().saturating_sub(rest));
                    for other in by_comma.drain(..).skip(1) {
                        if let Some(first) = &mut first {
                            absorb(first, other);
                        }
                    }
                }
                if let Some(mut first) = first {
                    absorb(&mut first, mention);
                    groups.push(first);
                }
            }
            Some(Some(false)) => {
                if by_comma.is_empty() {
                    by_comma.extend(groups.last().cloned());
                }
                by_comma.push(mention.clone());
                groups.push(mention);
            }
            _ => {
                by_comma.clear();
                groups.push(mention);
            }
        }
    }
    groups
}

fn absorb(group: &mut Group, other: Group) {
    group.words.end = other.words.end;
    group.is_marked |= other.is_marked;
    group.is_speaker |= other.is_speaker;
    for party in other.parties {
        if !group.parties.contains(&party) {
            group.parties.push(party);
        }
    }
}

/// Whether two names stand together: by "and" (`true`), by a comma alone (`false`).
fn link(all: &[Word], end: usize, start: usize) -> Option<bool> {
    let between = all.get(end..start)?;
    let first = all.get(end)?;
    if first.gap > Gap::Comma || between.iter().skip(1).any(|word| word.gap > Gap::Space) {
        return None;
    }
    let said: Vec<&str> = between.iter().map(|word| word.text.as_str()).collect();
    match said.as_slice() {
        ["and" | "together" | "및"] | ["together" | "along", "with"] | ["as", "well", "as"] => {
            Some(true)
        }
        [] => Some(!all.get(end)?.text.is_ascii() && first.gap == Gap::Space),
        _ => None,
    }
}

/// The subject of the verb at a word, and where its words begin; `before` is the subject of the verb before it in the sentence.
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
    let is_known = lexicon
        .names
        .find(all)
        .iter()
        .any(|name| name.words.contains(&(last - 1)));
    let is_stranger = word.is_capital && !is_first && !is_known;
    if let Some(found) = nearest(all, groups, verb, of) {
        return (found, verb);
    }
    match (is_stranger, before) {
        (true, _) => (Subject::Stranger, last - 1),
        (false, Some(before)) => (before.clone(), verb),
        (false, None) => (Subject::Unknown, verb),
    }
}

fn is_in_brackets(all: &[Word], group: &Group) -> bool {
    all.get(group.words.start).is_some_and(|word| word.is_aside)
}

/// The nearest group before a word that may be a subject: no preposition stands before it, no possessive behind it.
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
