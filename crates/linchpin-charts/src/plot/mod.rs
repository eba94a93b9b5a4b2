//! Dots, ranges, lines and steps: numbers, dates or groups on two axes.

mod axes;
mod points;
mod sides;
mod when;

use super::bar::OPEN_NOTE;
use super::drawn::Drawn;
use super::groups::{Group, Groups, field_nouns, tones};
use super::measure;
use super::plan::Plan;
use super::refusal::Refusal;
use super::share;
use crate::picture::{Body, Key, Plot, Series, Shape, Tone};
use linchpin_register::RecordRef;
use linchpin_register::chart_words::MarkKind;
use points::Bands;
use sides::Sides;

/// The most groups on an axis, and the most colors, where a chart does not say.
const MAX_GROUPS: u32 = 30;
const MAX_SERIES: u32 = 6;

/// Draws the records of a plan, or some of them: those of one small chart.
pub fn draw(plan: &Plan<'_>, records: &[RecordRef]) -> Result<Drawn, Refusal> {
    let sides = Sides::of(plan)?;
    let mut notes = Vec::new();
    let mut records = records.to_vec();
    let mut unit = None;
    if let Some(name) = sides.amounts() {
        let (drawable, others) = measure::drawable(plan, name)?;
        let drawable: std::collections::HashSet<RecordRef> = drawable.into_iter().collect();
        records.retain(|at| drawable.contains(at));
        notes.extend(others);
        unit = measure::one_unit(plan.register, &records, name)?;
    }
    records = when::dated(plan, &sides, records, &mut notes)?;
    let bands = bands(plan, &sides, &records, &mut notes)?;
    let shape = shape(plan.chart.mark);
    let mut series = Vec::new();
    for (key, records) in colored(plan, &sides, &records, &mut notes)? {
        let mut points = points::of(plan, &sides, bands.as_ref(), &records)?;
        if sides::is_joined(plan.chart.mark) {
            let start =
                |at: &crate::picture::Point| at.x.low.or(at.x.high).unwrap_or(f64::INFINITY);
            points.sort_by(|a, b| start(a).total_cmp(&start(b)));
        }
        series.push(Series { key, points });
    }
    series.retain(|series| !series.points.is_empty());
    if series.is_empty() {
        return Err(measure::nothing(plan));
    }
    let all = || series.iter().flat_map(|series| &series.points);
    if all().any(|point| point.x.is_open_above() || point.y.is_open_above()) {
        notes.push(OPEN_NOTE.into());
    }
    let axes = bands.as_ref().map(Bands::axes).unwrap_or_default();
    let [x, y] = axes::both(plan, &sides, bands.as_ref(), &series, unit.as_ref())?;
    let drawn = all().map(|point| point.mark.records.len()).sum::<usize>();
    Ok(Drawn {
        several: drawn > records.len(),
        body: Body::Plot(Plot {
            x,
            y,
            shape,
            series,
        }),
        notes,
        asides: Vec::new(),
        axes,
        unit: match unit {
            Some((words, _)) => Some(words),
            None if sides.has_numbers() => None,
            None => Some(String::new()),
        },
    })
}

fn shape(mark: MarkKind) -> Shape {
    match mark {
        MarkKind::Range => Shape::Ranges,
        MarkKind::Line => Shape::Line,
        MarkKind::Step => Shape::Steps,
        _ => Shape::Dots,
    }
}

/// The groups of the axis that has some, in their order.
fn bands(
    plan: &Plan<'_>,
    sides: &Sides<'_>,
    records: &[RecordRef],
    notes: &mut Vec<String>,
) -> Result<Option<Bands>, Refusal> {
    let Some((field, channel, upright)) = sides.bands() else {
        return Ok(None);
    };
    let mut groups = Groups::of(plan, records, &field, channel);
    if groups.list.iter().all(|group| group.records.is_empty()) {
        return Err(super::bar::without_groups(plan, &field));
    }
    notes.extend(groups.without(plan, &field));
    let value = |group: &Group| points::greatest(plan, sides, &group.records);
    groups.order(plan, value);
    let kind = plan.kind()?;
    let most = channel.limit.unwrap_or(MAX_GROUPS).max(1) as usize;
    let more = kind.noun().many;
    notes.extend(groups.limit(most, &field, (kind.what(), &more)));
    Ok(Some(Bands {
        groups: groups.list,
        upright,
    }))
}

/// The records of each color with its key; all of them as one where color stands for nothing, or
/// for what the bands say already.
fn colored(
    plan: &Plan<'_>,
    sides: &Sides<'_>,
    records: &[RecordRef],
    notes: &mut Vec<String>,
) -> Result<Vec<(Key, Vec<RecordRef>)>, Refusal> {
    let field = plan.field(plan.chart.color.as_ref(), "color")?;
    let said = |name: &str| sides.bands().is_some_and(|(field, ..)| field.name == name);
    let (Some(channel), Some(field)) = (
        &plan.chart.color,
        field.filter(|field| field.is_groups() && !said(field.name)),
    ) else {
        let name = plan.kind()?.title().to_owned();
        let key = Key {
            short: name.clone(),
            name,
            tone: Tone::Plain,
        };
        return Ok(vec![(key, records.to_vec())]);
    };
    let mut groups = Groups::of(plan, records, &field, channel);
    groups.list.retain(|group| !group.records.is_empty());
    if !groups.missing.is_empty() {
        let (one, _) = field_nouns(&field);
        let nothing = if one == "group" { field.words() } else { one };
        let count = plan.counted(groups.missing.len());
        notes.push(format!("Not drawn, for want of a {nothing}: {count}."));
    }
    let kind = plan.kind()?;
    let most = channel.limit.unwrap_or(MAX_SERIES).max(1) as usize;
    let more = kind.noun().many;
    notes.extend(groups.limit(most, &field, (kind.what(), &more)));
    if groups.list.is_empty() {
        return Err(Refusal::new(
            "color",
            format!("No {} has a {}.", kind.what(), field.words()),
            "Take color out, or choose another field.",
        ));
    }
    let tones = tones(plan.register, &field, &groups.list);
    let keyed = groups.list.into_iter().zip(tones).map(|(group, tone)| {
        let key = Key {
            name: group.name,
            short: share::name(&group.short),
            tone,
        };
        (key, group.records)
    });
    Ok(keyed.collect())
}
