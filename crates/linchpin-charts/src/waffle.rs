//! A waffle: squares to be counted, one for each record, or for so many of what figures count.

use super::captions;
use super::encoding::ChartEncoding;
use super::error::{ChannelName, ChartError, ChartErrorKind};
use super::groups::{RecordGroup, RecordGroups, color_roles};
use super::mark_output::{AxisGroups, MarkOutput};
use super::measure::{self, Measure};
use super::plan::{ChartPlan, find_field};
use super::time_places::TimeRequest;
use crate::picture::bars::ValueOrder;
use crate::picture::{ChartMark, ColorRole, Extent, PictureBody, Waffle, WaffleGroup};
use linchpin_register::chart::Channel;
use linchpin_register::tables::formatting;
use linchpin_register::vocabulary::FigureKind;
use linchpin_register::{RecordRef, Register};

/// The most groups, where a chart does not say.
const MAX_GROUPS: u32 = 30;

/// How many squares a picture has, at most, or hardly more.
const MAX_SQUARES: f64 = 400.0;

/// Beyond this nobody counts anything.
const MAX_COUNTABLE: f64 = 1e15;

/// The most groups that have a color of their own: three rounds of hues.
const MAX_COLORS: usize = 18;

/// Draws the records of a plan, or some of them.
pub fn draw(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    let kind = plan.single_kind()?;
    let encoding = ChartEncoding::of_squares(plan)?;
    let (number_channel, measure) = encoding.number();
    let mut notes = Vec::new();
    let mut unit = None;
    let mut drawn = records.to_vec();
    if let Measure::Amounts(_) = measure {
        notes.extend(measure::keep_drawable(plan, &mut drawn, number_channel)?);
        check_countable(plan.register, &drawn, number_channel)?;
        unit = measure::common_unit(plan, &drawn, number_channel)?.map(|(unit, _)| unit);
    }
    let number = |group: &RecordGroup| {
        measure.value_of(plan.register, &group.name, &group.records, number_channel)
    };
    let makes_numbers = |groups: &[RecordGroup]| groups.iter().all(|group| number(group).is_ok());
    let request = encoding.group().map(|group| TimeRequest {
        name: group.name,
        field: &group.field,
        channel: &group.channel,
        usual: MAX_GROUPS,
        most_apart: MAX_GROUPS,
        joins_years: measure != Measure::Amounts(None),
        makes_numbers: &makes_numbers,
    });
    let mut groups = match &request {
        Some(request) => RecordGroups::along_axis(plan, &drawn, request, &mut notes)?,
        None => square_groups(plan, &drawn, measure)?,
    };
    if groups.list.is_empty() {
        return Err(match encoding.group() {
            Some(group) => {
                let field = group.field;
                ChartErrorKind::EmptyGroupField { kind, field }.at(group.name)
            }
            None => measure::no_records_error(plan),
        });
    }
    if let Some(group) = encoding.group() {
        notes.extend(groups.missing_note(plan, &group.field));
    }
    for group in &groups.list {
        number(group)?;
    }
    groups.sort(plan, |group| {
        number(group).map_or(ValueOrder::exact(0.0), |n| n.extent.order())
    });
    if let Some(request) = &request {
        notes.extend(groups.truncate(request.room(plan), request.field, kind));
    }
    // Of all records, not of the groups that are left: a square is worth the same whatever the
    // limit of the groups.
    let per = units_per_square(total_value(plan, measure, &drawn));
    let roles = group_colors(plan, &encoding, &groups.list)?;
    let mut squares = Vec::new();
    for (group, role) in groups.list.iter().zip(roles) {
        squares.push(waffle_group(
            plan,
            measure,
            group,
            number(group)?,
            per,
            role,
        ));
    }
    let several = groups
        .list
        .iter()
        .map(|group| group.records.len())
        .sum::<usize>()
        > drawn.len();
    let counts = unit.clone().unwrap_or_else(|| kind.noun().many.to_owned());
    Ok(MarkOutput {
        axis_groups: AxisGroups::from_groups(&groups.list, false),
        body: PictureBody::Waffle(Waffle {
            units_per_square: per,
            unit: counts,
            groups: squares,
        }),
        notes,
        whole_chart_notes: Vec::new(),
        unit,
        has_overlap: several,
    })
}

/// # Errors
/// Where no heap of squares can show a number.
fn check_countable(
    register: &Register,
    records: &[RecordRef],
    channel: ChannelName,
) -> Result<(), ChartError> {
    let figures = records
        .iter()
        .filter_map(|at| register.figures.get(at.index as usize));
    for figure in figures {
        let own = || Box::new(figure.clone());
        let low = Extent::from_amount(&figure.amount).and_then(|extent| extent.low);
        let error = match low {
            _ if figure.kind == FigureKind::Money && figure.currency.is_none() => {
                ChartErrorKind::NoCurrency(own())
            }
            None => ChartErrorKind::UnsureSquares(own()),
            Some(low) if low < 0.0 => ChartErrorKind::NegativeSquares(own()),
            Some(low) if low > MAX_COUNTABLE => ChartErrorKind::TooManySquares(own()),
            Some(_) => continue,
        };
        return Err(error.at(channel));
    }
    Ok(())
}

/// The groups where no field makes any: each stated number by itself, or all records as one.
fn square_groups(
    plan: &ChartPlan<'_>,
    records: &[RecordRef],
    measure: Measure,
) -> Result<RecordGroups, ChartError> {
    let kind = plan.single_kind()?;
    if let Measure::Amounts(None) = measure {
        let plain = Channel::for_field(None);
        let title = find_field(kind, "title", ChannelName::Y)?;
        return Ok(RecordGroups::by_field(plan, records, &title, &plain));
    }
    let name = format!("All {}", kind.noun().many);
    Ok(RecordGroups {
        list: vec![RecordGroup {
            key: String::new(),
            short: name.clone(),
            name,
            number: None,
            records: records.to_vec(),
        }],
        missing: Vec::new(),
        empty_names: Vec::new(),
    })
}

/// The color of each group: its own where color names the field of the groups. What nobody knows is
/// quiet without colors too.
fn group_colors(
    plan: &ChartPlan<'_>,
    encoding: &ChartEncoding<'_>,
    groups: &[RecordGroup],
) -> Result<Vec<ColorRole>, ChartError> {
    let field = encoding.group().map(|group| group.field);
    let own = field.map(|field| color_roles(plan.register, &field, groups));
    let own = own.unwrap_or_else(|| vec![ColorRole::Single; groups.len()]);
    let color = plan.field(ChannelName::Color)?;
    if color.is_some() && color != field {
        return Err(ChartErrorKind::ColorOfSquares.at(ChannelName::Color));
    }
    // Colors that repeat tell nothing apart.
    let repeats = own.iter().any(
        |color| matches!(color, ColorRole::Category(place) if usize::from(*place) >= MAX_COLORS),
    );
    let is_colored = color.is_some() && !repeats;
    let shown = own.into_iter().map(|role| match role {
        ColorRole::Quiet(_) => role,
        role if is_colored => role,
        _ => ColorRole::Single,
    });
    Ok(shown.collect())
}

fn waffle_group(
    plan: &ChartPlan<'_>,
    measure: Measure,
    group: &RecordGroup,
    number: measure::MeasuredValue,
    per: f64,
    role: ColorRole,
) -> WaffleGroup {
    let figure = match (measure, group.records.as_slice()) {
        (Measure::Amounts(_), [one]) => plan.register.figures.get(one.index as usize),
        _ => None,
    };
    let value_text = match (measure, figure) {
        (Measure::Count, _) => plan.count_text(group.records.len()),
        (_, Some(figure)) => formatting::format_amount_with_unit(figure),
        _ => number.text.to_string(),
    };
    // Squares stand for what is sure: the lower bound.
    let low = number.extent.low.unwrap_or(0.0);
    WaffleGroup {
        mark: ChartMark {
            label: format!("{}: {value_text}", group.name),
            records: group.records.clone(),
        },
        name: group.name.clone(),
        text: number.text,
        detail: figure.and_then(|figure| captions::figure_detail(plan.register, figure)),
        squares: low / per,
        is_lower_bound: number.extent.high != number.extent.low,
        upper: number.extent.high,
        color: role,
    }
}

/// What all squares of a picture stand for: of all its small charts together, where they have one
/// unit, so that a square is worth the same in each.
fn total_value(plan: &ChartPlan<'_>, measure: Measure, drawn: &[RecordRef]) -> f64 {
    if measure == Measure::Count {
        return plan.records.len() as f64;
    }
    let sum = |records: &[RecordRef]| -> f64 {
        let figures = records
            .iter()
            .filter_map(|at| plan.register.figures.get(at.index as usize));
        let drawn = figures.filter(|figure| figure.is_chartable());
        drawn
            .filter_map(|figure| Extent::from_amount(&figure.amount)?.low)
            .filter(|low| *low > 0.0)
            .sum()
    };
    // Panels of several units cannot share a square; each then counts by itself.
    match measure::common_unit(plan, &plan.records, ChannelName::X) {
        Ok(_) => sum(&plan.records),
        Err(_) => sum(drawn),
    }
}

/// How many a square stands for: 1, 2, 5, 10, 20 and so on, so that there are not too many squares.
fn units_per_square(total: f64) -> f64 {
    let mut tens = 1.0;
    loop {
        for step in [1.0, 2.0, 5.0] {
            let per = step * tens;
            // A number without an end stops the search as well.
            if total <= per * MAX_SQUARES || per > MAX_COUNTABLE {
                return per;
            }
        }
        tens *= 10.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_worth_a_round_number() {
        for (total, worth) in [
            (0.0, 1.0),
            (400.0, 1.0),
            (401.0, 2.0),
            (1000.0, 5.0),
            (28_500.0, 100.0),
            (82_500.0, 500.0),
            (140e9, 500e6),
        ] {
            assert_eq!(units_per_square(total), worth, "{total}");
        }
        assert!(
            units_per_square(f64::NAN).is_finite() && units_per_square(f64::INFINITY).is_finite()
        );
    }
}
