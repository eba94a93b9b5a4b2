//! The parties that a sentence names, alone or together.

use super::lexicon::{LexiconEntry, LexiconHit};
use super::name_trie::NameMatch;
use super::tokenizer::{Word, WordGap};
use linchpin_register::vocabulary::{CueKind, PartyKind};
use linchpin_register::{RecordKind, Register};
use std::ops::Range;

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
