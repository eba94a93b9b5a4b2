//! Commitments by the step of the ladder on which they stand.

use super::share;
use crate::picture::{Key, Mark, Row, Segment, Stacked, Tone};
use crate::register::chart_words::Arrangement;
use crate::register::{RecordRef, Register, Step};
use std::collections::HashMap;

/// The steps of a register, firmest first, kinds without a rank last; one more for commitments without a step.
pub struct Ladder {
    /// In order. The last stands for "no step given".
    pub keys: Vec<Key>,
    place_of: HashMap<String, usize>,
}

/// Commitments of one group, by step.
pub struct Group {
    pub name: String,
    /// For each key of the ladder the commitments that stand there.
    pub by_step: Vec<Vec<RecordRef>>,
}

impl Ladder {
    pub fn of(register: &Register) -> Ladder {
        let mut steps: Vec<&Step> = register.ladder.iter().collect();
        // Stable: steps of one rank stay in the order of the file.
        steps.sort_by_key(|step| std::cmp::Reverse(step.rank.map_or(-1, i16::from)));
        let mut unranked = 0;
        let mut keys = Vec::new();
        let mut place_of = HashMap::new();
        for step in steps {
            place_of.insert(step.id.as_str().to_owned(), keys.len());
            let tone = match step.rank {
                Some(rank) => Tone::Step(rank.min(6)),
                None => {
                    unranked += 1;
                    Tone::Unranked(unranked - 1)
                }
            };
            keys.push(Key {
                name: match step.rank {
                    Some(rank) => format!("{rank} · {}", share::name(&step.label)),
                    None => share::name(&step.label),
                },
                short: step
                    .rank
                    .map_or_else(|| share::name(&step.label), |rank| rank.to_string()),
                tone,
            });
        }
        keys.push(Key {
            name: "no step given".into(),
            short: "no step".into(),
            tone: Tone::Unranked(unranked),
        });
        Ladder { keys, place_of }
    }

    /// The place of a commitment's step among the keys.
    pub fn place(&self, step: Option<&Step>) -> usize {
        let known = step.and_then(|s| self.place_of.get(s.id.as_str()).copied());
        known.unwrap_or(self.keys.len().saturating_sub(1))
    }

    pub fn group(&self, name: String) -> Group {
        Group {
            name,
            by_step: vec![Vec::new(); self.keys.len()],
        }
    }

    /// A stacked row for each group; only steps that occur keep a key.
    pub fn stacked(&self, groups: &[Group]) -> Stacked {
        let used: Vec<usize> = (0..self.keys.len())
            .filter(|&k| {
                groups
                    .iter()
                    .any(|g| g.by_step.get(k).is_some_and(|r| !r.is_empty()))
            })
            .collect();
        let rows = groups.iter().map(|group| Row {
            name: group.name.clone(),
            text: share::many(group.total(), "", "").trim().to_owned(),
            segments: used
                .iter()
                .enumerate()
                .filter_map(|(key, &place)| {
                    let records = group.by_step.get(place).filter(|r| !r.is_empty())?;
                    Some(Segment {
                        key,
                        value: records.len() as f64,
                        text: share::many(records.len(), "", "").trim().to_owned(),
                        mark: self.mark(place, &group.name, records.clone()),
                    })
                })
                .collect(),
        });
        Stacked {
            arrangement: Arrangement::Stacked,
            upright: false,
            rows: rows.collect(),
            keys: used.iter().map(|&place| self.keys[place].clone()).collect(),
        }
    }

    /// "5 · explicit commitment, Extended deterrence: 3 commitments"
    pub fn mark(&self, place: usize, group: &str, records: Vec<RecordRef>) -> Mark {
        let step = self.keys.get(place).map_or("", |key| &key.name);
        let count = share::many(records.len(), "commitment", "commitments");
        let group = if group.is_empty() {
            String::new()
        } else {
            format!(", {group}")
        };
        Mark {
            label: format!("{step}{group}: {count}"),
            records,
        }
    }
}

impl Group {
    pub fn total(&self) -> usize {
        self.by_step.iter().map(Vec::len).sum()
    }

    pub fn records(&self) -> impl Iterator<Item = RecordRef> {
        self.by_step.iter().flatten().copied()
    }
}

/// What stacked groups show, in a sentence or two: how many, the largest group, the most frequent step.
pub fn described(ladder: &Ladder, groups: &[Group], what: &str) -> String {
    let total: usize = groups.iter().map(Group::total).sum();
    let mut text = format!(
        "Stacked horizontal bars: {} in {what}, by strength of the language.",
        share::many(total, "commitment", "commitments")
    );
    // The first of equals.
    let largest = groups.iter().rev().max_by_key(|g| g.total());
    if let Some(largest) = largest {
        text.push_str(&format!(
            " Most: {}, {}.",
            largest.name,
            share::many(largest.total(), "commitment", "commitments")
        ));
    }
    let of_step = |k: usize| -> usize {
        groups
            .iter()
            .filter_map(|g| g.by_step.get(k))
            .map(Vec::len)
            .sum()
    };
    if let Some(k) = (0..ladder.keys.len()).rev().max_by_key(|&k| of_step(k)) {
        text.push_str(&format!(
            " Most frequent strength: {}, {}.",
            ladder.keys[k].name,
            of_step(k)
        ));
    }
    text
}
