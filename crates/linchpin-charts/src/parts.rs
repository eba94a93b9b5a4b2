//! Parts of bars: what their colors stand for.

use super::fields::{Field, Holds};
use super::groups::{Group, Groups, tones};
use super::measure::Measure;
use super::plan::Plan;
use super::refusal::Refusal;
use crate::picture::{Extent, Key, Mark, Row, Segment, Stacked};
use linchpin_register::chart::Channel;
use linchpin_register::chart_words::Arrangement;
use linchpin_register::tables::words;
use linchpin_register::{RecordKind, RecordRef};
use std::collections::HashMap;

/// The most kinds of parts, where a chart does not say.
const MAX_PARTS: usize = 6;

/// The kinds of parts of bars.
pub struct Parts {
    keys: Vec<Key>,
    /// For each record the places of its keys.
    of_record: HashMap<RecordRef, Vec<usize>>,
}

impl Parts {
    /// The parts of these groups by the field that the color stands for.
    pub fn of(
        plan: &Plan<'_>,
        groups: &[Group],
        color: &Field,
        channel: &Channel,
        notes: &mut Vec<String>,
    ) -> Parts {
        let drawn: Vec<RecordRef> = groups
            .iter()
            .flat_map(|g| g.records.iter().copied())
            .collect();
        let mut records = drawn.clone();
        records.sort_unstable();
        records.dedup();
        let mut kinds = Groups::of(plan, &records, color, channel);
        let is_ladder = matches!(color.holds, Holds::Links(RecordKind::Step));
        let most = channel
            .limit
            .map_or(if is_ladder { 64 } else { MAX_PARTS }, |n| {
                n.max(1) as usize
            });
        if kinds.list.len() > most {
            // The largest by themselves, in their order; the others together.
            let mut sizes: Vec<usize> = kinds.list.iter().map(|g| g.records.len()).collect();
            sizes.sort_unstable_by(|a, b| b.cmp(a));
            let least = sizes.get(most - 1).copied().unwrap_or(0);
            let (mut kept, mut rest) = (Vec::new(), Vec::new());
            for group in std::mem::take(&mut kinds.list) {
                let keep = group.records.len() >= least && kept.len() + 1 < most.max(2);
                if keep {
                    kept.push(group)
                } else {
                    rest.push(group)
                }
            }
            let others: Vec<RecordRef> = rest
                .iter()
                .flat_map(|g| g.records.iter().copied())
                .collect();
            kept.push(Group {
                key: String::new(),
                name: format!("{} others", rest.len()),
                short: "others".into(),
                records: others,
            });
            kinds.list = kept;
        }
        if !kinds.missing.is_empty() {
            kinds.list.push(Group {
                key: String::new(),
                name: format!("no {}", color.words()),
                short: format!("no {}", color.words()),
                records: kinds.missing.clone(),
            });
        }
        if is_ladder {
            notes.push(STEPS_NOTE.into());
        }
        let tones = tones(plan.register, color, &kinds.list);
        let mut of_record: HashMap<RecordRef, Vec<usize>> = HashMap::new();
        for (at, kind) in kinds.list.iter().enumerate() {
            for record in &kind.records {
                let places = of_record.entry(*record).or_default();
                if !places.contains(&at) {
                    places.push(at);
                }
            }
        }
        let keys = kinds
            .list
            .iter()
            .zip(tones)
            .map(|(group, tone)| Key {
                name: group.name.clone(),
                short: group.short.clone(),
                tone,
            })
            .collect();
        Parts { keys, of_record }
    }
}

/// What a reader of colors for strength must know.
pub const STEPS_NOTE: &str = "The governing verb decides the step. Hatched kinds have no rank.";

/// Bars in parts.
pub fn stacked(
    plan: &Plan<'_>,
    measure: Measure,
    groups: &[Group],
    parts: &Parts,
    upright: bool,
) -> Result<Stacked, Refusal> {
    let arrangement = plan.chart.arrangement.unwrap_or(Arrangement::Stacked);
    let mut rows = Vec::new();
    for group in groups {
        let mut by_part: Vec<Vec<RecordRef>> = vec![Vec::new(); parts.keys.len()];
        for record in &group.records {
            for &place in parts.of_record.get(record).into_iter().flatten() {
                by_part[place].push(*record);
            }
        }
        let mut segments = Vec::new();
        let mut total = 0.0;
        for (key, records) in by_part
            .into_iter()
            .enumerate()
            .filter(|(_, r)| !r.is_empty())
        {
            let number = measure.number(plan.register, &group.name, &records, "x")?;
            let Some(value) = exact(number.extent) else {
                return Err(Refusal::new(
                    "color",
                    format!(
                        "{} is a bound, and bounds cannot be parts of a whole.",
                        number.text
                    ),
                    "Leave color out, or leave the bound out with a filter.",
                ));
            };
            if value < 0.0 {
                return Err(Refusal::new(
                    "color",
                    "A number below zero cannot be a part of a whole.",
                    "Leave color out, or put the parts side by side.",
                ));
            }
            total += value;
            let said = match measure {
                Measure::Count => plan.counted(records.len()),
                Measure::Amounts(_) => number.text.clone(),
            };
            segments.push(Segment {
                key,
                value,
                text: number.text,
                mark: Mark {
                    label: format!("{}, {}: {said}", parts.keys[key].name, group.name),
                    records,
                },
            });
        }
        rows.push(Row {
            name: group.name.clone(),
            text: words::number(total),
            segments,
        });
    }
    let used = |key: usize| {
        rows.iter()
            .any(|row| row.segments.iter().any(|s| s.key == key))
    };
    let kept: Vec<usize> = (0..parts.keys.len()).filter(|key| used(*key)).collect();
    for segment in rows.iter_mut().flat_map(|row| &mut row.segments) {
        segment.key = kept.iter().position(|key| *key == segment.key).unwrap_or(0);
    }
    Ok(Stacked {
        keys: kept.iter().map(|key| parts.keys[*key].clone()).collect(),
        rows,
        arrangement,
        upright,
    })
}

fn exact(extent: Extent) -> Option<f64> {
    extent.low.filter(|low| extent.high == Some(*low))
}
