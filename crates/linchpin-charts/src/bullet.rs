//! Bullets: for each group a bar for what is delivered, and a tick for what was promised.

use super::derived;
use super::encoding::ChartEncoding;
use super::error::{ChannelName, ChartError, ChartErrorKind, ChartNote};
use super::groups::{RecordGroup, RecordGroups};
use super::mark_output::{AxisGroups, MarkOutput};
use super::measure::{self, Measure};
use super::plan::ChartPlan;
use crate::picture::bars::ValueOrder;
use crate::picture::{Bullet, BulletRow, BulletValue, ChartMark, PictureBody};
use linchpin_register::RecordRef;

/// The most rows, where a chart does not say.
const MAX_ROWS: u32 = 30;

/// Draws the records of a plan, or some of them: those of one small chart.
pub fn draw(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    let encoding = ChartEncoding::of_bars(plan)?;
    let Some(group_channel) = encoding.group().filter(|_| !encoding.has_groups_across()) else {
        let kind = ChartErrorKind::GroupsNotInRows(plan.chart.mark);
        return Err(kind.at(ChannelName::Y));
    };
    let (number_channel, measure) = encoding.number();
    let is_said =
        derived::is_ratio(plan) && plan.derivation().is_some_and(|it| !it.1.by.is_empty());
    if !is_said {
        return Err(ChartErrorKind::NoTarget.at(number_channel));
    }
    let mut notes = Vec::new();
    let mut drawn = records.to_vec();
    if measure != Measure::Count {
        notes.extend(measure::keep_drawable(plan, &mut drawn, number_channel)?);
    }
    let field = group_channel.field;
    let mut groups = RecordGroups::by_field(plan, &drawn, &field, &group_channel.channel);
    groups.check_not_empty(plan, group_channel)?;
    notes.extend(groups.missing_note(plan, &field));
    let sides = derived::sides_of_groups(plan, measure, &groups)?;
    notes.extend(sides.notes);
    let mut rows = sides.rows;
    groups.list.retain(|group| rows.contains_key(&group.key));
    groups.sort(plan, |group| order(rows.get(&group.key)));
    let most = group_channel.channel.limit.unwrap_or(MAX_ROWS).max(1) as usize;
    notes.extend(groups.truncate(most, &field, plan.single_kind()?));
    let has_overlap = groups.share_records();
    let rows: Vec<BulletRow> = groups
        .list
        .iter()
        .filter_map(|group| Some(row_of(group, rows.remove(&group.key)?)))
        .collect();
    if rows.is_empty() {
        let nothing = derived::nothing_left(plan);
        return Err(nothing.unwrap_or_else(|| measure::no_records_error(plan)));
    }
    notes.extend(bound_notes(&rows));
    Ok(MarkOutput {
        axis_groups: AxisGroups::from_groups(&groups.list, false),
        body: PictureBody::Bullet(Bullet {
            delivered: sides.names.0,
            target: sides.names.1,
            range: range_of(&rows),
            rows,
        }),
        notes,
        whole_chart_notes: Vec::new(),
        unit: Some(sides.unit),
        has_overlap,
    })
}

/// By what a row is put in order: the share that is delivered, those without one first.
fn order(sides: Option<&derived::GroupSides>) -> ValueOrder {
    let share = sides.and_then(|sides| sides.share.as_ref());
    share.map_or(ValueOrder::exact(f64::NEG_INFINITY), |share| {
        share.extent.order()
    })
}

fn row_of(group: &RecordGroup, sides: derived::GroupSides) -> BulletRow {
    let value = |side: Option<measure::MeasuredValue>| {
        side.map(|value| BulletValue {
            extent: value.extent,
            text: value.text,
        })
    };
    let words = |side: &Option<measure::MeasuredValue>| match side {
        Some(value) => value.text.to_string(),
        None => "not stated".into(),
    };
    let (delivered, target) = (words(&sides.delivered), words(&sides.target));
    let share = sides.share.map(|share| share.text);
    let share_words = share
        .as_ref()
        .map(|share| format!(", {share} of the target"));
    let share_words = share_words.unwrap_or_default();
    BulletRow {
        mark: ChartMark {
            label: format!("{}: {delivered}, target {target}{share_words}", group.name),
            records: sides.records,
        },
        name: group.name.clone(),
        delivered: value(sides.delivered),
        target: value(sides.target),
        share,
    }
}

/// How far the numbers of the rows reach, zero included.
fn range_of(rows: &[BulletRow]) -> (f64, f64) {
    let values = rows.iter().flat_map(|row| [&row.delivered, &row.target]);
    let values = values.flatten();
    let ends = values.flat_map(|value| [value.extent.low, value.extent.high]);
    let (low, high) = ends
        .flatten()
        .filter(|end| end.is_finite())
        .fold((0.0_f64, 0.0_f64), |(low, high), end| {
            (low.min(end), high.max(end))
        });
    if low == high { (0.0, 1.0) } else { (low, high) }
}

/// What open ends and pale parts mean, where there are any.
fn bound_notes(rows: &[BulletRow]) -> impl Iterator<Item = ChartNote> {
    let values = || {
        let values = rows.iter().flat_map(|row| [&row.delivered, &row.target]);
        values.flatten()
    };
    let delivered = || rows.iter().filter_map(|row| row.delivered.as_ref());
    let mut targets = rows.iter().filter_map(|row| row.target.as_ref());
    let notes = [
        (
            targets.any(|value| value.extent.has_no_lower_bound()),
            ChartNote::UpperBounds,
        ),
        (
            values().any(|value| value.extent.has_no_upper_bound()),
            ChartNote::LowerBounds,
        ),
        (
            delivered().any(|value| value.extent.uncertain_range().is_some()),
            ChartNote::PaleParts,
        ),
    ];
    let notes = notes.into_iter().filter(|(is, _)| *is);
    notes.map(|(_, note)| note)
}
