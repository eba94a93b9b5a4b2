//! Parts of bars: what their colors stand for.

use super::error::{ChannelName, ChartError, ChartErrorKind, ChartNote};
use super::fields::{DataField, FieldDataType};
use super::groups::{RecordGroup, RecordGroups, color_roles};
use super::measure::Measure;
use super::plan::ChartPlan;
use crate::picture::{
    ChartMark, Extent, LegendKey, NumberFormat, PrintedValue, Segment, StackedBar, StackedBars,
};
use linchpin_register::chart::Channel;
use linchpin_register::chart_vocabulary::Arrangement;
use linchpin_register::{RecordKind, RecordRef};
use std::collections::HashMap;

/// The most kinds of parts, where a chart does not say.
const MAX_PARTS: usize = 6;

/// The kinds of parts of bars.
pub struct SegmentKeys {
    keys: Vec<LegendKey>,
    /// For each record the places of its keys.
    of_record: HashMap<RecordRef, Vec<usize>>,
}

impl SegmentKeys {
    /// The parts of these groups by the field that the color stands for.
    pub fn by_color(
        plan: &ChartPlan<'_>,
        groups: &[RecordGroup],
        color: &DataField,
        channel: &Channel,
        notes: &mut Vec<ChartNote>,
    ) -> SegmentKeys {
        let drawn: Vec<RecordRef> = groups
            .iter()
            .flat_map(|g| g.records.iter().copied())
            .collect();
        let mut records = drawn.clone();
        records.sort_unstable();
        records.dedup();
        let mut kinds = RecordGroups::by_field(plan, &records, color, channel);
        let is_ladder = matches!(
            color.data_type,
            FieldDataType::Links(RecordKind::LadderStep)
        );
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
            let (mut largest, mut rest) = (Vec::new(), Vec::new());
            for group in std::mem::take(&mut kinds.list) {
                // One place is left for the others together.
                let keep = group.records.len() >= least && largest.len() + 1 < most.max(2);
                if keep {
                    largest.push(group)
                } else {
                    rest.push(group)
                }
            }
            let others: Vec<RecordRef> = rest
                .iter()
                .flat_map(|g| g.records.iter().copied())
                .collect();
            largest.push(RecordGroup {
                key: String::new(),
                name: format!("{} others", rest.len()),
                short: "others".into(),
                records: others,
            });
            kinds.list = largest;
        }
        if !kinds.missing.is_empty() {
            kinds.list.push(RecordGroup {
                key: String::new(),
                name: format!("no {}", color.name_in_text()),
                short: format!("no {}", color.name_in_text()),
                records: kinds.missing.clone(),
            });
        }
        if is_ladder {
            notes.push(ChartNote::LadderColors);
        }
        let roles = color_roles(plan.register, color, &kinds.list);
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
            .zip(roles)
            .map(|(group, role)| LegendKey {
                name: group.name.clone(),
                short: group.short.clone(),
                color: role,
            })
            .collect();
        SegmentKeys { keys, of_record }
    }
}

/// Bars in parts.
pub fn stacked_bars(
    plan: &ChartPlan<'_>,
    (number_channel, measure): (ChannelName, Measure),
    groups: &[RecordGroup],
    parts: &SegmentKeys,
    is_vertical: bool,
) -> Result<StackedBars, ChartError> {
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
            let number = measure.value_of(plan.register, &group.name, &records, number_channel)?;
            // Parts stand end to end: after an open end nobody knows where the next begins.
            let Some(value) = exact_value(number.extent) else {
                return Err(ChartErrorKind::BoundInWhole(number.text).at(ChannelName::Color));
            };
            if value < 0.0 {
                return Err(ChartErrorKind::NegativeInWhole.at(ChannelName::Color));
            }
            total += value;
            let value_text = match measure {
                Measure::Count => plan.count_text(records.len()),
                Measure::Amounts(_) => number.text.to_string(),
            };
            segments.push(Segment {
                key,
                value,
                text: number.text,
                mark: ChartMark {
                    label: format!("{}, {}: {value_text}", parts.keys[key].name, group.name),
                    records,
                },
            });
        }
        rows.push(StackedBar {
            name: group.name.clone(),
            text: PrintedValue::number(total, NumberFormat::Full),
            segments,
        });
    }
    // A key that no bar has would be a color in the legend that is nowhere in the picture.
    let used = |key: usize| {
        rows.iter()
            .any(|row| row.segments.iter().any(|s| s.key == key))
    };
    let used_keys: Vec<usize> = (0..parts.keys.len()).filter(|key| used(*key)).collect();
    for segment in rows.iter_mut().flat_map(|row| &mut row.segments) {
        segment.key = used_keys
            .iter()
            .position(|key| *key == segment.key)
            .unwrap_or(0);
    }
    Ok(StackedBars {
        keys: used_keys
            .iter()
            .map(|key| parts.keys[*key].clone())
            .collect(),
        bars: rows,
        arrangement,
        is_vertical,
    })
}

fn exact_value(extent: Extent) -> Option<f64> {
    extent.low.filter(|low| extent.high == Some(*low))
}
