//! A waffle: squares to be counted, one for each record, or for so many of what figures count.

use super::captions;
use super::error::ChartError;
use super::fields::DataField;
use super::figure_detail;
use super::groups::{RecordGroup, RecordGroups, color_roles};
use super::mark_output::{AxisGroups, MarkOutput};
use super::measure::{self, Measure};
use super::plan::ChartPlan;
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

/// The most groups that have a color of their own.
const MAX_COLORS: usize = 6;

/// Draws the records of a plan, or some of them.
pub fn draw(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    let kind = plan.single_kind()?;
    let sides = WaffleEncoding::from_chart(plan)?;
    let measure = Measure::from_channel(plan, sides.number, sides.number_name)?;
    let mut notes = Vec::new();
    let mut unit = None;
    let mut drawn = records.to_vec();
    if let Measure::Amounts(_) = measure {
        let (all, others) = measure::drawable_figures(plan, sides.number_name)?;
        notes.extend(others);
        drawn.retain(|at| all.contains(at));
        check_countable(plan.register, &drawn, sides.number_name)?;
        let one = measure::common_unit(plan.register, &drawn, sides.number_name);
        unit = one.map_err(without_axis)?.map(|(unit, _)| unit);
    }
    let mut groups = sides.groups(plan, &drawn, measure)?;
    if groups.list.is_empty() {
        return Err(match &sides.group {
            Some((_, field)) => ChartError::new(
                sides.group_name,
                format!("No {} has a {}.", kind.what(), field.name_in_text()),
                "Choose another field, or fill it in the records.",
            ),
            None => measure::no_records_error(plan),
        });
    }
    if let Some((_, field)) = &sides.group {
        notes.extend(groups.missing_note(plan, field));
    }
    let number = |group: &RecordGroup| {
        measure.value_of(
            plan.register,
            &group.name,
            &group.records,
            sides.number_name,
        )
    };
    for group in &groups.list {
        number(group)?;
    }
    groups.sort(plan, |group| {
        number(group).map_or(0.0, |n| n.extent.known_end())
    });
    if let Some((channel, field)) = &sides.group {
        let most = channel.limit.unwrap_or(MAX_GROUPS).max(1) as usize;
        notes.extend(groups.truncate(most, field, (kind.what(), kind.noun().many)));
    }
    let per = units_per_square(total_value(plan, measure, &drawn));
    let tones = sides.color_roles(plan, &groups.list)?;
    let mut squares = Vec::new();
    for (group, tone) in groups.list.iter().zip(tones) {
        squares.push(waffle_group(
            plan,
            measure,
            group,
            number(group)?,
            per,
            tone,
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

/// The same refusal, where there is no axis.
fn without_axis(refusal: ChartError) -> ChartError {
    ChartError {
        reason: refusal
            .reason
            .replace("share an axis", "share one kind of square"),
        ..refusal
    }
}

/// Refuses numbers that no heap of squares can show.
fn check_countable(
    register: &Register,
    records: &[RecordRef],
    name: &'static str,
) -> Result<(), ChartError> {
    let figures = records
        .iter()
        .filter_map(|at| register.figures.get(at.index as usize));
    for figure in figures {
        let title = captions::display_name(&figure.title);
        let low = Extent::from_amount(&figure.amount).and_then(|extent| extent.low);
        if figure.kind == FigureKind::Money && figure.currency.is_none() {
            return Err(ChartError::new(
                name,
                format!("“{title}” is money, and nothing says of which currency."),
                "Add currency: \"USD\", or another, to the figure.",
            ));
        }
        let Some(low) = low else {
            return Err(ChartError::new(
                name,
                format!(
                    "“{title}” is {}: of what it may be at most, no square is sure.",
                    formatting::format_amount(figure)
                ),
                "Leave it out with a filter, or draw bars.",
            ));
        };
        if low < 0.0 {
            return Err(ChartError::new(
                name,
                format!("“{title}” is below zero, and there are no squares for less than nothing."),
                "Leave it out with a filter, or draw bars.",
            ));
        }
        if low > MAX_COUNTABLE {
            return Err(ChartError::new(
                name,
                format!("“{title}” is too large to be counted in squares."),
                "Leave it out with a filter, or draw dots on a logarithmic scale.",
            ));
        }
    }
    Ok(())
}

/// Which channel has the groups and which the numbers.
struct WaffleEncoding<'r> {
    group: Option<(&'r Channel, DataField)>,
    group_name: &'static str,
    number: Option<&'r Channel>,
    number_name: &'static str,
}

impl<'r> WaffleEncoding<'r> {
    fn from_chart(plan: &ChartPlan<'r>) -> Result<WaffleEncoding<'r>, ChartError> {
        let chart = plan.chart;
        let side = |channel: &'r Option<Channel>, name| -> Result<_, ChartError> {
            let field = plan.field(channel.as_ref(), name)?;
            let field = field.filter(|field| field.is_groupable());
            let channel = channel
                .as_ref()
                .filter(|channel| channel.aggregate.is_none());
            Ok(channel.zip(field))
        };
        let sides = |group, group_name, number: &'r Option<Channel>, number_name| WaffleEncoding {
            group,
            group_name,
            number: number.as_ref(),
            number_name,
        };
        match (side(&chart.x, "x")?, side(&chart.y, "y")?) {
            (Some(_), Some(_)) => Err(ChartError::new(
                "x",
                "Both x and y have groups, and squares stand for numbers.",
                "Take one of them out, or draw a matrix.",
            )),
            (None, Some(group)) => Ok(sides(Some(group), "y", &chart.x, "x")),
            (Some(group), None) => Ok(sides(Some(group), "x", &chart.y, "y")),
            (None, None) => {
                let number = if chart.x.is_some() {
                    (&chart.x, "x")
                } else {
                    (&chart.y, "y")
                };
                let color = side(&chart.color, "color")?;
                Ok(sides(color, "color", number.0, number.1))
            }
        }
    }

    /// The groups; without a field, each stated number by itself, or all records as one.
    fn groups(
        &self,
        plan: &ChartPlan<'_>,
        records: &[RecordRef],
        measure: Measure,
    ) -> Result<RecordGroups, ChartError> {
        if let Some((channel, field)) = &self.group {
            return Ok(RecordGroups::by_field(plan, records, field, channel));
        }
        let kind = plan.single_kind()?;
        if let Measure::Amounts(None) = measure {
            let plain = Channel::for_field(None);
            let title = DataField::find(kind, "title", "y")?;
            return Ok(RecordGroups::by_field(plan, records, &title, &plain));
        }
        let name = format!("All {}", kind.noun().many);
        Ok(RecordGroups {
            list: vec![RecordGroup {
                key: String::new(),
                short: name.clone(),
                name,
                records: records.to_vec(),
            }],
            missing: Vec::new(),
            empty_names: Vec::new(),
        })
    }

    /// The tone of each group: its own where color names the field of the groups.
    fn color_roles(
        &self,
        plan: &ChartPlan<'_>,
        groups: &[RecordGroup],
    ) -> Result<Vec<ColorRole>, ChartError> {
        let plain = vec![ColorRole::Single; groups.len()];
        let Some(color) = plan.field(plan.chart.color.as_ref(), "color")? else {
            return Ok(plain);
        };
        match &self.group {
            Some((_, field)) if field.name == color.name => {
                let tones = color_roles(plan.register, &color, groups);
                // Colors that repeat tell nothing apart.
                let last = tones.iter().any(|tone| matches!(tone, ColorRole::Category(place) if usize::from(*place) >= MAX_COLORS));
                Ok(if last { plain } else { tones })
            }
            _ => Err(ChartError::new(
                "color",
                "All squares of a group have one color.",
                "Choose for color the field of the groups, or draw bars, which can have parts.",
            )),
        }
    }
}

fn waffle_group(
    plan: &ChartPlan<'_>,
    measure: Measure,
    group: &RecordGroup,
    number: measure::MeasuredValue,
    per: f64,
    tone: ColorRole,
) -> WaffleGroup {
    let figure = match (measure, group.records.as_slice()) {
        (Measure::Amounts(_), [one]) => plan.register.figures.get(one.index as usize),
        _ => None,
    };
    let value_text = match (measure, figure) {
        (Measure::Count, _) => plan.count_text(group.records.len()),
        (_, Some(figure)) => formatting::format_amount_with_unit(figure),
        _ => number.text.clone(),
    };
    let low = number.extent.low.unwrap_or(0.0);
    WaffleGroup {
        mark: ChartMark {
            label: format!("{}: {value_text}", group.name),
            records: group.records.clone(),
        },
        name: group.name.clone(),
        text: number.text,
        detail: figure.and_then(|figure| figure_detail::figure_detail(plan.register, figure)),
        squares: low / per,
        is_lower_bound: number.extent.high != number.extent.low,
        color: tone,
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
    match measure::common_unit(plan.register, &plan.records, "x") {
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
