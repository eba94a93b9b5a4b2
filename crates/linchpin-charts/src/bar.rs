//! Bars: a length for each group, whole or in parts.

use super::encoding::ChartEncoding;
use super::error::{ChannelName, ChartError, ChartErrorKind, ChartNote};
use super::fields::DataField;
use super::groups::{RecordGroup, RecordGroups, color_roles, is_quiet};
use super::mark_output::{AxisGroups, MarkOutput};
use super::measure::Measure;
use super::plan::ChartPlan;
use super::time_places::TimeRequest;
use super::{captions, derived, measure};
use crate::picture::bars::ValueOrder;
use crate::picture::{
    Bar, BarPanel, Bars, ChartMark, ColorRole, Extent, LegendKey, PictureBody, Segment, Shares,
    StackedBar, StackedBars,
};
use linchpin_register::chart::Channel;
use linchpin_register::chart_vocabulary::Arrangement;
use linchpin_register::tables::formatting;
use linchpin_register::{LadderStep, RecordRef};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// The most groups, where a chart does not say.
const MAX_GROUPS: u32 = 30;

/// The most years whose numbers do not become one: each has a row of its own.
const MAX_GROUPS_APART: u32 = 120;

/// What stands at a place along time at which no number is stated: there may be many.
const NOTHING_RECORDED: &str = "–";

/// Draws the records of a plan, or some of them: those of one small chart.
pub fn draw(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    let encoding = ChartEncoding::of_bars(plan)?;
    let Some(group_channel) = encoding.group() else {
        return Err(ChartErrorKind::NoGroups(plan.chart.mark).at(ChannelName::Y));
    };
    let is_vertical = encoding.has_groups_across();
    let (number_channel, measure) = encoding.number();
    derived::check(plan, measure)?;
    let mut notes = Vec::new();
    let mut unit = None;
    let mut drawn = records.to_vec();
    if measure != Measure::Count {
        let others = measure::keep_drawable(plan, &mut drawn, number_channel)?;
        notes.extend(others);
        if !derived::is_ratio(plan) {
            unit = measure::common_unit(plan, &drawn, number_channel)?;
        }
    }
    let field = group_channel.field;
    let color = plan.field(ChannelName::Color)?;
    let has_parts = color.is_some_and(|color| color != field);
    let arrangement = plan.chart.arrangement.unwrap_or(Arrangement::Stacked);
    let numbers = (number_channel, measure);
    let check = |group: &RecordGroup| check_number(plan, numbers, has_parts, group);
    let request = TimeRequest {
        name: group_channel.name,
        field: &field,
        channel: &group_channel.channel,
        usual: MAX_GROUPS,
        most_apart: MAX_GROUPS_APART,
        joins_years: measure != Measure::Amounts(None),
        makes_numbers: &|groups| groups.iter().all(|group| check(group).is_ok()),
    };
    let mut groups = RecordGroups::along_axis(plan, &drawn, &request, &mut notes)?;
    groups.check_not_empty(plan, group_channel)?;
    notes.extend(groups.missing_note(plan, &field));
    // Before the groups are put in order and cut off: a number that is none is an error wherever
    // its group would stand.
    groups.list.iter().try_for_each(check)?;
    let derived = derived::of_groups(plan, measure, &groups, &field, has_parts)?;
    if let Some(derived) = &derived {
        derived.keep_known(&mut groups.list);
        notes.extend(derived.notes.iter().cloned());
    }
    let number = |group: &RecordGroup| match &derived {
        Some(derived) => Ok(derived.number(group)),
        None => measure.value_of(plan.register, &group.name, &group.records, number_channel),
    };
    groups.sort(plan, |group| match (has_parts, measure) {
        (true, Measure::Amounts(_)) => {
            measure::order_of_parts(plan.register, &group.records, arrangement)
        }
        _ => number(group).map_or(ValueOrder::exact(0.0), |n| n.extent.order()),
    });
    let most = request.room(plan);
    notes.extend(groups.truncate(most, &field, plan.single_kind()?));
    let axes = AxisGroups::from_groups(&groups.list, is_vertical);
    let mut has_shared_parts = false;
    let body = match (&plan.chart.color, color) {
        (Some(channel), Some(color)) if has_parts => {
            let parts = SegmentKeys::by_color(plan, &groups.list, &color, channel, &mut notes);
            has_shared_parts = parts.are_shared();
            let stacked = stacked_bars(plan, numbers, &groups.list, &parts, is_vertical)?;
            notes.extend(share_note(&stacked));
            PictureBody::Stacked(stacked)
        }
        (_, color) => {
            let roles = color_roles(plan.register, &field, &groups.list);
            let mut bars = Vec::new();
            for (group, role) in groups.list.iter().zip(roles) {
                let role = shown_role(role, color.is_some());
                let number = number(group)?;
                bars.push(match &derived {
                    Some(_) if !is_empty_place(measure, group) => {
                        derived_bar(plan, group, role, number)
                    }
                    _ => bar(plan, measure, group, role, number),
                });
            }
            if color.is_some() || field.is_ladder() {
                notes.extend(unranked_note(plan, &field, &groups.list));
            }
            notes.extend(bound_notes(&bars));
            PictureBody::Bars(Bars {
                panels: vec![BarPanel { title: None, bars }],
                is_vertical,
            })
        }
    };
    Ok(MarkOutput {
        body,
        notes,
        whole_chart_notes: empty_groups_note(plan, &field, &groups)
            .into_iter()
            .collect(),
        axis_groups: axes,
        unit: match derived {
            Some(derived) => Some(derived.unit),
            None => unit.map(|(words, _)| words),
        },
        has_overlap: has_shared_parts || groups.share_records(),
    })
}

/// The role of a bar: its own where the chart has colors. What nobody knows is quiet without
/// colors too.
fn shown_role(role: ColorRole, has_colors: bool) -> ColorRole {
    match has_colors || matches!(role, ColorRole::Quiet(_)) {
        true => role,
        false => ColorRole::Single,
    }
}

fn bar(
    plan: &ChartPlan<'_>,
    measure: Measure,
    group: &RecordGroup,
    role: ColorRole,
    number: measure::MeasuredValue,
) -> Bar {
    let figure = match (measure, group.records.as_slice()) {
        (Measure::Amounts(_), [one]) => plan.register.figures.get(one.index as usize),
        _ => None,
    };
    Bar {
        mark: ChartMark {
            label: match (measure, figure) {
                (Measure::Count, _) => {
                    format!("{}: {}", group.name, plan.count_text(group.records.len()))
                }
                (_, Some(figure)) => {
                    format!(
                        "{}: {}",
                        group.name,
                        formatting::format_amount_with_unit(figure)
                    )
                }
                _ => format!("{}: {}", group.name, number.text),
            },
            records: group.records.clone(),
        },
        name: group.name.clone(),
        detail: match figure {
            Some(figure) => captions::figure_detail(plan.register, figure),
            None if measure == Measure::Count => None,
            None => captions::shared_flow(plan.register, &group.records)
                .filter(|flow| *flow != captions::with_capital(&group.name)),
        },
        extent: number.extent,
        text: match is_empty_place(measure, group) {
            true => NOTHING_RECORDED.into(),
            false => number.text,
        },
        color: role,
    }
}

/// What to say of the percentages that stand in the parts of bars.
fn share_note(stacked: &StackedBars) -> Option<ChartNote> {
    if stacked.arrangement != Arrangement::Share {
        return None;
    }
    let shares: Vec<Shares> = stacked.bars.iter().map(StackedBar::shares).collect();
    let adds_up = shares.iter().all(|shares| shares.add_up);
    let is_rounded = shares.iter().any(|shares| shares.are_rounded);
    is_rounded.then_some(ChartNote::RoundedShares { adds_up })
}

/// The bar of a number that was worked out: it is none that a figure states.
fn derived_bar(
    plan: &ChartPlan<'_>,
    group: &RecordGroup,
    role: ColorRole,
    number: measure::MeasuredValue,
) -> Bar {
    Bar {
        mark: ChartMark {
            label: format!("{}: {}", group.name, number.text),
            records: group.records.clone(),
        },
        name: group.name.clone(),
        detail: captions::shared_flow(plan.register, &group.records)
            .filter(|flow| *flow != captions::with_capital(&group.name)),
        extent: number.extent,
        text: number.text,
        color: role,
    }
}

/// Whether a group is a place along time at which no number is stated.
fn is_empty_place(measure: Measure, group: &RecordGroup) -> bool {
    measure != Measure::Count && group.records.is_empty() && group.number.is_some()
}

/// Says that some kinds have no rank, where such are drawn.
fn unranked_note(
    plan: &ChartPlan<'_>,
    field: &DataField,
    groups: &[RecordGroup],
) -> Option<ChartNote> {
    let is_unranked = |group: &RecordGroup| {
        let step = plan.register.get::<LadderStep>(&group.key);
        step.is_some_and(|step| step.rank.is_none())
    };
    (field.is_ladder() && groups.iter().any(is_unranked)).then_some(ChartNote::UnrankedKinds)
}

/// What open ends and pale parts mean, where there are any.
pub fn bound_notes(bars: &[Bar]) -> impl Iterator<Item = ChartNote> {
    let any = |is: fn(&Bar) -> bool| bars.iter().any(is);
    let notes = [
        (
            any(|bar| bar.extent.has_no_upper_bound()),
            ChartNote::LowerBounds,
        ),
        (
            any(|bar| bar.extent.uncertain_range().is_some()),
            ChartNote::PaleParts,
        ),
        (
            // An upper bound of a quantity stops at zero.
            any(|bar| bar.extent.low.is_none() && bar.extent.high.is_some_and(|high| high < 0.0)),
            ChartNote::UpperBounds,
        ),
    ];
    notes
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, note)| note)
}

/// Which groups have nothing: of terms, which the reader may look for.
fn empty_groups_note(
    plan: &ChartPlan<'_>,
    field: &DataField,
    groups: &RecordGroups,
) -> Option<ChartNote> {
    (field.has_looked_for_groups() && !groups.empty_names.is_empty()).then(|| {
        ChartNote::EmptyGroups {
            kind: plan.record_kinds[0],
            field: *field,
            names: groups.empty_names.clone(),
        }
    })
}

/// The most kinds of parts, where a chart does not say; and the most steps or words.
const MAX_PARTS: usize = 6;
const MAX_TERMS: usize = 64;

/// The kinds of parts of bars.
pub struct SegmentKeys {
    keys: Vec<LegendKey>,
    /// For each record the places of its keys.
    of_record: HashMap<RecordRef, Vec<usize>>,
}

impl SegmentKeys {
    /// Whether a record stands in several parts.
    fn are_shared(&self) -> bool {
        self.of_record.values().any(|places| places.len() > 1)
    }

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
        let most = match channel.limit {
            Some(limit) => limit.max(1) as usize,
            // Steps and words of a vocabulary are few, and each has its own meaning.
            None if color.is_ladder() || !color.terms().is_empty() => MAX_TERMS,
            None => MAX_PARTS,
        };
        let mut kinds = RecordGroups::for_colors(plan, &records, color, channel, most, notes);
        merge_smallest(&mut kinds, color, most);
        if !kinds.missing.is_empty() {
            kinds.list.push(RecordGroup {
                key: String::new(),
                name: format!("no {}", color.name_in_text()),
                short: format!("no {}", color.name_in_text()),
                number: None,
                records: kinds.missing.clone(),
            });
        }
        if color.is_ladder() {
            notes.push(ChartNote::LadderColors);
            notes.extend(unranked_note(plan, color, &kinds.list));
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

/// Leaves the largest groups by themselves, in their order, and makes one of the others: the
/// smallest, and of equals the last. What nobody knows always stands by itself.
fn merge_smallest(kinds: &mut RecordGroups, color: &DataField, most: usize) {
    let count = |group: &&RecordGroup| !is_quiet(color, group);
    let known = kinds.list.iter().filter(count).count();
    if known <= most {
        return;
    }
    let mut by_size: Vec<usize> = (0..kinds.list.len()).collect();
    by_size.retain(|at| !is_quiet(color, &kinds.list[*at]));
    by_size.sort_by_key(|at| Reverse(kinds.list[*at].records.len()));
    // One place is left for the others together.
    let rest: HashSet<usize> = by_size.into_iter().skip(most.max(2) - 1).collect();
    let (mut kept, mut others) = (Vec::new(), Vec::new());
    // Not the largest first: steps of the ladder keep their order, or the colors would not run from
    // weak to firm.
    for (at, group) in std::mem::take(&mut kinds.list).into_iter().enumerate() {
        match rest.contains(&at) {
            true => others.extend(group.records),
            false => kept.push(group),
        }
    }
    kept.push(RecordGroup {
        key: String::new(),
        name: format!("{} others", rest.len()),
        short: "others".into(),
        number: None,
        records: others,
    });
    kinds.list = kept;
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
        if arrangement != Arrangement::Grouped && measure != Measure::Count {
            check_once(plan, &by_part)?;
        }
        let mut segments = Vec::new();
        for (key, records) in by_part
            .into_iter()
            .enumerate()
            .filter(|(_, r)| !r.is_empty())
        {
            let number = measure.value_of(plan.register, &group.name, &records, number_channel)?;
            // Parts stand end to end: after an open end nobody knows where the next begins.
            let Some(value) = exact_value(number.extent) else {
                return Err(bound_in_whole(plan, &records));
            };
            if value < 0.0 && arrangement != Arrangement::Grouped {
                let (group, value) = (group.name.clone(), number.text);
                let kind = ChartErrorKind::NegativeInWhole {
                    group,
                    value: Box::new(value),
                };
                return Err(kind.at(ChannelName::Color));
            }
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
            text: match is_empty_place(measure, group) {
                true => NOTHING_RECORDED.into(),
                false => measure::total_text(
                    measure,
                    formatting::sum_of_stated(segments.iter().map(|segment| segment.value)),
                    segments.iter().map(|segment| &segment.text),
                ),
            },
            segments,
        });
    }
    // A key that no bar has would be a color in the legend that is nowhere in the picture.
    let used = |key: usize| {
        rows.iter()
            .any(|row| row.segments.iter().any(|s| s.key == key))
    };
    // In the order of all keys: their colors have been given out, and stay with them.
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

/// # Errors
/// Where what stands in a group makes no number.
fn check_number(
    plan: &ChartPlan<'_>,
    (channel, measure): (ChannelName, Measure),
    has_parts: bool,
    group: &RecordGroup,
) -> Result<(), ChartError> {
    match (
        has_parts && measure != Measure::Count,
        plan.chart.arrangement,
    ) {
        // Numbers of several units, which are divided by each other.
        (false, _) if derived::is_ratio(plan) => Ok(()),
        (false, _) => measure
            .value_of(plan.register, &group.name, &group.records, channel)
            .map(drop),
        // Each part by itself.
        (true, Some(Arrangement::Grouped)) => Ok(()),
        (true, _) => check_whole(plan, &group.records),
    }
}

/// # Errors
/// Where the numbers of a bar's parts make no whole.
fn check_whole(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<(), ChartError> {
    measure::check_parts(plan, records)?;
    match measure::first_bound(plan.register, records) {
        Some(_) => Err(bound_in_whole(plan, records)),
        None => Ok(()),
    }
}

/// Says which number of a bar is a bound.
fn bound_in_whole(plan: &ChartPlan<'_>, records: &[RecordRef]) -> ChartError {
    let kind = match measure::first_bound(plan.register, records) {
        Some(figure) => ChartErrorKind::BoundInWhole(Box::new(figure.clone())),
        None => ChartErrorKind::NoQuantities,
    };
    kind.at(ChannelName::Color)
}

/// # Errors
/// Where a figure stands in two parts of a bar.
fn check_once(plan: &ChartPlan<'_>, by_part: &[Vec<RecordRef>]) -> Result<(), ChartError> {
    let mut seen = HashSet::new();
    let mut all = by_part.iter().flatten();
    let twice = all.find(|at| !seen.insert(**at));
    let figure = twice.and_then(|at| plan.register.figures.get(at.index as usize));
    match figure {
        Some(figure) => {
            let kind = ChartErrorKind::CountedTwice(Box::new(figure.clone()));
            Err(kind.at(ChannelName::Color))
        }
        None => Ok(()),
    }
}

fn exact_value(extent: Extent) -> Option<f64> {
    extent.low.filter(|low| extent.high == Some(*low))
}
