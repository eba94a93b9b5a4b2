//! Whose verb it is: the parties that a sentence names, which of them is the subject, whether they
//! belong to the document, and who speaks in quotation marks.

use super::lexicon::{CueLexicon, LexiconEntry, LexiconHit};
use super::name_trie::NameMatch;
use super::sentence::{Word, WordGap, tokenize_words};
use linchpin_register::vocabulary::{CueKind, PartyKind};
use linchpin_register::{Document, Party, RecordKind, Register};
use linchpin_text::prose::Prose;
use std::collections::HashSet;
use std::ops::Range;

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
        // In a register without commitments nobody can be told from outsiders by them: then only
        // those whose conduct worries are outsiders.
        if committers.is_empty() {
            insiders.clear();
        }
        let title = document.map_or("", |document| document.title.as_str());
        let title = super::sentence::tokenize_words(title)
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
    parties: &DocumentParties<'_>,
    all: &[Word],
    groups: &[PartyGroup],
    verb: usize,
    before: Option<&VerbSubject>,
) -> (VerbSubject, usize) {
    let subject_of = |group: &PartyGroup| match group.is_speaker && group.parties.is_empty() {
        true => VerbSubject::Speakers,
        false => VerbSubject::Parties(group.parties.clone()),
    };
    // Korean puts the verb last and marks the subject by a particle, wherever it stands.
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
    // From what is surest to what is a guess: a group right before the verb, a relative pronoun,
    // the subject of the verb before, the document itself, the nearest group that can be a subject.
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
    if parties.refers_to_document(word) {
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

/// Words before a name that keep it from being a subject.
pub(super) const PREPOSITIONS: [&str; 36] = [
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
pub(super) struct PartyGroup {
    pub words: Range<usize>,
    /// Their places in the register's list.
    pub parties: Vec<u32>,
    /// A word such as "we": those who speak, where it means nobody in particular.
    pub is_speaker: bool,
    /// A Korean particle marks it as the subject.
    pub has_subject_particle: bool,
}

/// The groups of parties in a sentence.
pub(super) fn party_groups(
    register: &Register,
    all: &[Word],
    named: &[NameMatch],
    hits: &[LexiconHit<'_>],
) -> Vec<PartyGroup> {
    let mut mentions: Vec<PartyGroup> = Vec::new();
    for name in named
        .iter()
        .filter(|name| name.record.kind == RecordKind::Party)
    {
        let party = register.parties.get(name.record.index as usize);
        let is_person = party.is_some_and(|party| party.kind == PartyKind::Person);
        mentions.push(PartyGroup {
            words: noun_phrase_start(all, name.words.start, is_person)..name.words.end,
            parties: vec![name.record.index],
            is_speaker: false,
            has_subject_particle: name.particle.is_some_and(is_subject_particle),
        });
    }
    let cues = hits.iter().filter_map(|hit| match hit.entry {
        LexiconEntry::Cue(cue) if cue.kind == CueKind::Committer => Some((hit, cue)),
        _ => None,
    });
    for (hit, cue) in cues {
        let inside = |other: &PartyGroup| {
            other.words.start < hit.words.end && hit.words.start < other.words.end
        };
        if mentions.iter().any(inside) {
            continue;
        }
        let ids = cue
            .parties
            .iter()
            .filter_map(|id| register.find(id.as_str()));
        let last = all.get(hit.words.end - 1);
        mentions.push(PartyGroup {
            words: noun_phrase_start(all, hit.words.start, false)..hit.words.end,
            parties: ids.map(|at| at.index).collect(),
            is_speaker: cue.parties.is_empty(),
            has_subject_particle: last
                .is_some_and(|word| word.text.ends_with(['은', '는', '이', '가'])),
        });
    }
    mentions.sort_by_key(|group| group.words.start);
    join_groups(all, mentions)
}

fn is_subject_particle(particle: &str) -> bool {
    matches!(
        particle,
        "은" | "는" | "이" | "가" | "측은" | "측이" | "들은" | "들이"
    )
}

/// Where a name begins with its article and, of a person, its titles.
pub(super) fn noun_phrase_start(all: &[Word], mut start: usize, is_person: bool) -> usize {
    while start > 0 {
        let (Some(before), Some(here)) = (all.get(start - 1), all.get(start)) else {
            break;
        };
        let is_article = before.text == "the";
        let is_title = is_person && (before.is_capital || before.text == "of");
        if here.gap > WordGap::Hyphen || !(is_article || is_title) {
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
fn join_groups(all: &[Word], mentions: Vec<PartyGroup>) -> Vec<PartyGroup> {
    let mut groups: Vec<PartyGroup> = Vec::new();
    let mut by_comma: Vec<PartyGroup> = Vec::new();
    for mention in mentions {
        let link = groups
            .last()
            .map(|last| conjunction(all, last.words.end, mention.words.start));
        match link {
            Some(Some(true)) => {
                // An "and" closes the list of those before it.
                let mut first = by_comma.first().cloned().or_else(|| groups.pop());
                if !by_comma.is_empty() {
                    let rest = by_comma.len();
                    groups.truncate(groups.len().saturating_sub(rest));
                    for other in by_comma.drain(..).skip(1) {
                        if let Some(first) = &mut first {
                            merge_into(first, other);
                        }
                    }
                }
                if let Some(mut first) = first {
                    merge_into(&mut first, mention);
                    groups.push(first);
                }
            }
            // "of the Alliance, the two": what a preposition governs begins no list.
            Some(Some(false))
                if !groups
                    .last()
                    .is_some_and(|last| follows_preposition(all, last)) =>
            {
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

fn follows_preposition(all: &[Word], group: &PartyGroup) -> bool {
    let before = group.words.start.checked_sub(1).and_then(|at| all.get(at));
    before.is_some_and(|word| PREPOSITIONS.contains(&word.text.as_str()))
}

fn merge_into(group: &mut PartyGroup, other: PartyGroup) {
    group.words.end = other.words.end;
    group.has_subject_particle |= other.has_subject_particle;
    group.is_speaker |= other.is_speaker;
    for party in other.parties {
        if !group.parties.contains(&party) {
            group.parties.push(party);
        }
    }
}

/// Whether two names stand together: by "and" (`true`), by a comma alone (`false`).
fn conjunction(all: &[Word], end: usize, start: usize) -> Option<bool> {
    let between = all.get(end..start)?;
    let first = all.get(end)?;
    if first.gap > WordGap::Comma || between.iter().skip(1).any(|word| word.gap > WordGap::Space) {
        return None;
    }
    let texts: Vec<&str> = between.iter().map(|word| word.text.as_str()).collect();
    match texts.as_slice() {
        ["and" | "together" | "및"] | ["together" | "along", "with"] | ["as", "well", "as"] => {
            Some(true)
        }
        [] => Some(!all.get(end)?.text.is_ascii() && first.gap == WordGap::Space),
        _ => None,
    }
}

/// Whether a byte of the text stands in quotation marks that opened in its paragraph.
pub(super) fn is_in_quotation(prose: &Prose, paragraph: u32, byte: usize) -> bool {
    let Some(span) = prose.span(paragraph) else {
        return false;
    };
    let before = prose.text().get(span.start..byte).unwrap_or_default();
    let mut open = false;
    for mark in before.chars() {
        match mark {
            '“' | '「' | '『' => open = true,
            '”' | '」' | '』' => open = false,
            '"' => open = !open,
            _ => {}
        }
    }
    // A mark at the byte itself opens the quotation that begins there.
    open || prose
        .text()
        .get(byte..)
        .is_some_and(|rest| rest.starts_with(['“', '「', '『']))
}

/// Who is quoted in a paragraph: the person named in it outside of quotation marks, else in the one
/// before it. The place in the list of parties.
pub(super) fn quoted_speaker(
    register: &Register,
    lexicon: &CueLexicon<'_>,
    prose: &Prose,
    paragraph: u32,
) -> Option<u32> {
    let own = last_named_person(register, lexicon, prose, paragraph);
    own.or_else(|| last_named_person(register, lexicon, prose, paragraph.checked_sub(1)?))
}

fn last_named_person(
    register: &Register,
    lexicon: &CueLexicon<'_>,
    prose: &Prose,
    paragraph: u32,
) -> Option<u32> {
    let span = prose.span(paragraph)?;
    let all = tokenize_words(prose.paragraph(paragraph)?);
    let named = lexicon.names.find_names(&all);
    let is_person = |at: u32| {
        let party = register
            .parties
            .get(usize::try_from(at).unwrap_or(usize::MAX));
        party.is_some_and(|party| party.kind == PartyKind::Person)
    };
    let mut people = named.iter().filter(|name| {
        let byte = all
            .get(name.words.start)
            .map_or(0, |word| span.start + word.range.start);
        name.record.kind == RecordKind::Party
            && is_person(name.record.index)
            && !is_in_quotation(prose, paragraph, byte)
    });
    Some(people.next_back()?.record.index)
}
