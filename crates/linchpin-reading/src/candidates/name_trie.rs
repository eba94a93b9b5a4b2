//! The names that a register knows, found in a text word by word: one walk over the words, however
//! many names there are.

use super::sentence::{Word, WordGap, tokenize_words};
use linchpin_register::vocabulary::PartyKind;
use linchpin_register::{Party, RecordKind, RecordRef, Register};
use std::collections::HashMap;
use std::ops::Range;

/// Small words that initials leave out, or keep: "ROK", "DPRK".
const SMALL_WORDS: [&str; 6] = ["of", "the", "and", "for", "on", "in"];

/// Particles that a Korean name takes without a space, the longest first.
const PARTICLES: [&str; 28] = [
    "에서의",
    "으로서",
    "과의",
    "와의",
    "에게",
    "에서",
    "으로",
    "부터",
    "까지",
    "이나",
    "라는",
    "들은",
    "들이",
    "들의",
    "측은",
    "측이",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "와",
    "과",
    "도",
    "로",
];

/// A name in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NameMatch {
    /// The words that it is.
    pub words: Range<usize>,
    pub record: RecordRef,
    /// The Korean particle behind it.
    pub particle: Option<&'static str>,
}

/// The names of parties, bodies and instruments as paths in a tree of words: a text is looked up in
/// it word by word, however many names there are.
#[derive(Default)]
pub(super) struct NameTrie {
    word_ids: HashMap<String, u32>,
    edges: HashMap<(u32, u32), u32>,
    /// The record whose name ends at a place of the tree.
    records: Vec<Option<RecordRef>>,
}

impl NameTrie {
    pub fn new(register: &Register) -> Self {
        let mut names = NameTrie {
            records: vec![None],
            ..NameTrie::default()
        };
        for (index, party) in (0..).zip(&register.parties) {
            let at = RecordRef {
                kind: RecordKind::Party,
                index,
            };
            for name in party_names(party) {
                names.insert(&name, at);
            }
        }
        let bodies = register.bodies.iter();
        let bodies = bodies.map(|body| {
            [
                Some(&body.name),
                body.abbreviation.as_ref(),
                body.native_name.as_ref(),
            ]
        });
        names.insert_all(RecordKind::Body, bodies);
        let instruments = register.instruments.iter();
        let instruments = instruments.map(|one| {
            [
                Some(&one.name),
                one.short.as_ref(),
                one.native_name.as_ref(),
            ]
        });
        names.insert_all(RecordKind::Instrument, instruments);
        names
    }

    /// Adds the names of the records of a type.
    fn insert_all<'n>(
        &mut self,
        kind: RecordKind,
        records: impl Iterator<Item = [Option<&'n String>; 3]>,
    ) {
        for (index, record_names) in (0..).zip(records) {
            for name in record_names.into_iter().flatten() {
                self.insert(name, RecordRef { kind, index });
            }
        }
    }

    /// Adds a name; the first record of a name keeps it.
    fn insert(&mut self, name: &str, record: RecordRef) {
        let all = tokenize_words(name);
        let mut node = 0;
        for word in &all {
            let key = word_key(word);
            let next = u32::try_from(self.word_ids.len()).unwrap_or(u32::MAX);
            let number = *self.word_ids.entry(key).or_insert(next);
            let new_node = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
            node = *self.edges.entry((node, number)).or_insert(new_node);
            if node == new_node {
                self.records.push(None);
            }
        }
        // A name of one small letter would stand everywhere.
        let says_something = all.len() > 1
            || all
                .first()
                .is_some_and(|word| word.text.chars().count() > 1);
        if says_something && let Some(end) = self.records.get_mut(node as usize) {
            end.get_or_insert(record);
        }
    }

    /// The names in a sentence, from left to right, the longest at each place, none inside another.
    pub fn find_names(&self, all: &[Word]) -> Vec<NameMatch> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < all.len() {
            match self.longest_match(all, at) {
                Some(named) => {
                    at = named.words.end;
                    found.push(named);
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest_match(&self, all: &[Word], start: usize) -> Option<NameMatch> {
        let mut node = 0;
        let mut best = None;
        for (at, word) in all.iter().enumerate().skip(start) {
            if at > start && word.gap >= WordGap::Comma {
                break;
            }
            if let Some((record, particle)) = self.match_with_particle(node, word) {
                best = Some((at + 1, record, Some(particle)));
            }
            let Some(next) = self.child_for_word(node, word) else {
                break;
            };
            node = next;
            if let Some(record) = self.records.get(node as usize).copied().flatten() {
                best = Some((at + 1, record, None));
            }
        }
        best.map(|(end, record, particle)| NameMatch {
            words: start..end,
            record,
            particle,
        })
    }

    fn child(&self, node: u32, key: &str) -> Option<u32> {
        let number = self.word_ids.get(key)?;
        self.edges.get(&(node, *number)).copied()
    }

    fn child_for_word(&self, node: u32, word: &Word) -> Option<u32> {
        if word.is_all_caps
            && let Some(next) = self.child(node, &word_key(word))
        {
            return Some(next);
        }
        self.child(node, &word.text)
    }

    /// A Korean name that ends with this word but for a particle.
    fn match_with_particle(&self, node: u32, word: &Word) -> Option<(RecordRef, &'static str)> {
        if word.text.is_ascii() {
            return None;
        }
        PARTICLES.iter().find_map(|particle| {
            let stem = word.text.strip_suffix(particle)?;
            let upper = stem.to_uppercase();
            let node = self
                .child(node, stem)
                .or_else(|| self.child(node, &upper))?;
            let record = self.records.get(node as usize).copied().flatten()?;
            Some((record, *particle))
        })
    }
}

/// Abbreviations in capitals are looked for in capitals: "US" is not "us".
fn word_key(word: &Word) -> String {
    match word.is_all_caps {
        true => word.text.to_uppercase(),
        false => word.text.clone(),
    }
}

/// What a party may be called.
fn party_names(party: &Party) -> Vec<String> {
    let mut all = vec![party.name.clone()];
    all.extend(party.short.clone());
    all.extend(party.native_name.clone());
    if party.kind == PartyKind::Person {
        let mut parts = party.name.split_whitespace();
        if let (Some(first), Some(short)) = (parts.next(), &party.short)
            && first != short
        {
            all.push(format!("{first} {short}"));
        }
        return all;
    }
    if matches!(
        party.kind,
        PartyKind::State | PartyKind::Organization | PartyKind::Command
    ) {
        let names = [Some(&party.name), party.short.as_ref()];
        for name in names.into_iter().flatten() {
            all.extend(initials(name, true));
            all.extend(initials(name, false));
            // "AAA-BBB", "First Command - Second": each part is a name as well.
            let parts = name.split(" - ").filter(|part| *part != name.as_str());
            for part in parts.filter(|part| part.contains(' ')) {
                all.push(part.to_owned());
                all.extend(initials(part, false));
            }
        }
    }
    all
}

/// The first letters of a name's words: "ROK" of "Republic of Korea", "US" of "United States".
fn initials(name: &str, with_small: bool) -> Option<String> {
    let kept = name.split_whitespace().filter(|word| {
        let is_small = SMALL_WORDS.contains(word);
        if with_small {
            *word != "the"
        } else {
            !is_small
        }
    });
    let letters: String = kept.filter_map(|word| word.chars().next()).collect();
    let letters = letters.to_uppercase();
    let plain = letters.chars().all(char::is_alphabetic) && letters.chars().count() > 1;
    // "UNC" may be spelt out of words that carry capitals only.
    let big = name
        .split_whitespace()
        .filter(|w| w.starts_with(char::is_uppercase))
        .count();
    (plain && big > 1 && !name.contains('.')).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_register::load;

    #[test]
    fn the_longest_name_is_found_with_particles_and_in_capitals() {
        let text = r#"(format: 1, title: "T", parties: [
            (id: "us", name: "United States of America", short: "United States", kind: State,
                native_name: "미국"),
            (id: "rok", name: "Republic of Korea", kind: State, native_name: "대한민국"),
            (id: "alliance", name: "U.S.-ROK Alliance", short: "Alliance", kind: Grouping,
                members: ["us"]),
            (id: "rao", name: "Mina R. Rao", short: "Rao", kind: Person),
        ], bodies: [(id: "ncg", name: "Joint Nuclear Group", abbreviation: "JNG",
            kind: Dialogue)])"#;
        let register = load(text, Vec::new()).register;
        let names = NameTrie::new(&register);
        let find = |text: &str| {
            let all = tokenize_words(text);
            let found = names.find_names(&all).into_iter();
            found
                .map(|named| {
                    register
                        .record(named.record)
                        .map_or("?", |r| r.id())
                        .to_owned()
                })
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(
            find("They gave us the U.S.‑ROK alliance; the US and the R.O.K. met Mina Rao."),
            "alliance us rok rao"
        );
        assert_eq!(find("대한민국은 미국과 JNG를 열었다"), "rok us ncg");
        assert_eq!(find("United, States of America"), "");
    }

    #[test]
    fn a_hundred_thousand_names_are_no_burden() {
        let mut names = NameTrie {
            records: vec![None],
            ..NameTrie::default()
        };
        for index in 0..100_000 {
            let kind = RecordKind::Body;
            names.insert(&format!("Working Group {index}"), RecordRef { kind, index });
        }
        let all = tokenize_words("The Working Group 99999 met Working Group 7. ");
        let found: Vec<u32> = names
            .find_names(&all)
            .iter()
            .map(|named| named.record.index)
            .collect();
        assert_eq!(found, [99_999, 7]);
    }
}
