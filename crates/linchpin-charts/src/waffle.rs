//! A waffle: squares to be counted, one for each record, or for so many of what figures count.

use super::drawn::{Axes, Drawn};
use super::fields::Field;
use super::figure_words;
use super::groups::{Group, Groups, tones};
use super::measure::{self, Measure};
use super::plan::Plan;
use super::refusal::Refusal;
use super::share;
use crate::picture::{Body, Extent, Mark, Squares, Tone, Waffle};
use linchpin_register::chart::Channel;
use linchpin_register::tables::words;
use linchpin_register::vocabulary::FigureKind;
use linchpin_register::{RecordRef, Register};

/// The most groups, where a chart does not say.
const MAX_GROUPS: u32 = 30;

/// How many squares a picture has, at most, or hardly more.
const MAX_SQUARES: f64 = 400.0;

/// Beyond this nobody counts anything.
const TOO_MANY: f64 = 1e15;

/// The most groups that have a color of their own.
const MAX_COLORS: usize = 6;

/// Draws the records of a plan, or some of them.
pub fn draw(plan: &Plan<'_>, records: &[RecordRef]) -> Result<Drawn, Refusal> {
    let kind = plan.kind()?;
    let sides = Sides::of(plan)?;
    let measure = Measure::of(plan, sides.number, sides.number_name)?;
    let mut notes = Vec::new();
    let mut unit = None;
    let mut drawn = records.to_vec();
    if let Measure::Amounts(_) = measure {
        let (all, others) = measure::drawable(plan, sides.number_name)?;
        notes.extend(others);
        drawn.retain(|at| all.contains(at));
        countable(plan.register, &drawn, sides.number_name)?;
        let one = measure::one_unit(plan.register, &drawn, sides.number_name);
        unit = one.map_err(in_squares)?.map(|(unit, _)| unit);
    }
    let mut groups = sides.groups(plan, &drawn, measure)?;
    if groups.list.is_empty() {
        return Err(match &sides.group {
            Some((_, field)) => Refusal::new(
                sides.group_name,
                format!("No {} has a {}.", kind.what(), field.words()),
                "Choose another field, or fill it in the records.",
            ),
            None => measure::nothing(plan),
        });
    }
    if let Some((_, field)) = &sides.group {
        notes.extend(groups.without(plan, field));
    }
    let number = |group: &Group| {
        measure.number(
            plan.register,
            &group.name,
            &group.records,
            sides.number_name,
        )
    };
    for group in &groups.list {
        number(group)?;
    }
    groups.order(plan, |group| number(group).map_or(0.0, |n| n.extent.sure()));
    if let Some((channel, field)) = &sides.group {
        let most = channel.limit.unwrap_or(MAX_GROUPS).max(1) as usize;
        notes.extend(groups.limit(most, field, (kind.what(), kind.noun().many)));
    }
    let per = per(total(plan, measure, &drawn));
    let tones = sides.tones(plan, &groups.list)?;
    let mut squares = Vec::new();
    for (group, tone) in groups.list.iter().zip(tones) {
        squares.push(of_group(plan, measure, group, number(group)?, per, tone));
    }
    let several = groups
        .list
        .iter()
        .map(|group| group.records.len())
        .sum::<usize>()
        > drawn.len();
    let counts = unit.clone().unwrap_or_else(|| kind.noun().many.to_owned());
    Ok(Drawn {
        axes: Axes::of_groups(&groups.list, false),
        body: Body::Waffle(Waffle {
            per,
            unit: counts,
            groups: squares,
        }),
        notes,
        asides: Vec::new(),
        unit,
        several,
    })
}

/// The same refusal, where there is no axis.
fn in_squares(refusal: Refusal) -> Refusal {
    Refusal {
        why: refusal
            .why
            .replace("share an axis", "share one kind of square"),
        ..refusal
    }
}

/// Refuses numbers that no heap of squares can show.
fn countable(
    register: &Register,
    records: &[RecordRef],
    name: &'static str,
) -> Result<(), Refusal> {
    let figures = records
        .iter()
        .filter_map(|at| register.figures.get(at.index as usize));
    for figure in figures {
        let title = share::name(&figure.title);
        let low = Extent::of(&figure.amount).and_then(|extent| extent.low);
        if figure.kind == FigureKind::Money && figure.currency.is_none() {
            return Err(Refusal::new(
                name,
                format!("“{title}” is money, and nothing says of which currency."),
                "Add currency: \"USD\", or another, to the figure.",
            ));
        }
        let Some(low) = low else {
            return Err(Refusal::new(
                name,
                format!(
                    "“{title}” is {}: of what it may be at most, no square is sure.",
                    words::amount(figure)
                ),
                "Leave it out with a filter, or draw bars.",
            ));
        };
        if low < 0.0 {
            return Err(Refusal::new(
                name,
                format!("“{title}” is below zero, and there are no squares for less than nothing."),
                "Leave it out with a filter, or draw bars.",
            ));
        }
        if low > TOO_MANY {
            return Err(Refusal::new(
                name,
                format!("“{title}” is too large to be counted in squares."),
                "Leave it out with a filter, or draw dots on a logarithmic scale.",
            ));
        }
    }
    Ok(())
}

/// Which channel has the groups and which the numbers.
struct Sides<'r> {
    group: Option<(&'r Channel, Field)>,
    group_name: &'static str,
    number: Option<&'r Channel>,
    number_name: &'static str,
}

impl<'r> Sides<'r> {
    fn of(plan: &Plan<'r>) -> Result<Sides<'r>, Refusal> {
        let chart = plan.chart;
        let side = |channel: &'r Option<Channel>, name| -> Result<_, Refusal> {
            let field = plan.field(channel.as_ref(), name)?;
            let field = field.filter(|field| field.is_groups());
            let channel = channel
                .as_ref()
                .filter(|channel| channel.aggregate.is_none());
            Ok(channel.zip(field))
        };
        let sides = |group, group_name, number: &'r Option<Channel>, number_name| Sides {
            group,
            group_name,
            number: number.as_ref(),
            number_name,
        };
        match (side(&chart.x, "x")?, side(&chart.y, "y")?) {
            (Some(_), Some(_)) => Err(Refusal::new(
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
        plan: &Plan<'_>,
        records: &[RecordRef],
        measure: Measure,
    ) -> Result<Groups, Refusal> {
        if let Some((channel, field)) = &self.group {
            return Ok(Groups::of(plan, records, field, channel));
        }
        let kind = plan.kind()?;
        if let Measure::Amounts(None) = measure {
            let plain = Channel::plain(None);
            let title = Field::find(kind, "title", "y")?;
            return Ok(Groups::of(plan, records, &title, &plain));
        }
        let name = format!("All {}", kind.noun().many);
        Ok(Groups {
            list: vec![Group {
                key: String::new(),
                short: name.clone(),
                name,
                records: records.to_vec(),
            }],
            missing: Vec::new(),
            unused: Vec::new(),
        })
    }

    /// The tone of each group: its own where color names the field of the groups.
    fn tones(&self, plan: &Plan<'_>, groups: &[Group]) -> Result<Vec<Tone>, Refusal> {
        let plain = vec![Tone::Plain; groups.len()];
        let Some(color) = plan.field(plan.chart.color.as_ref(), "color")? else {
            return Ok(plain);
        };
        match &self.group {
            Some((_, field)) if field.name == color.name => {
                let tones = tones(plan.register, &color, groups);
                // Colors that repeat tell nothing apart.
                let last = tones.iter().any(|tone| matches!(tone, Tone::Category(place) if usize::from(*place) >= MAX_COLORS));
                Ok(if last { plain } else { tones })
            }
            _ => Err(Refusal::new(
                "color",
                "All squares of a group have one color.",
                "Choose for color the field of the groups, or draw bars, which can have parts.",
            )),
        }
    }
}

fn of_group(
    plan: &Plan<'_>,
    measure: Measure,
    group: &Group,
    number: measure::Number,
    per: f64,
    tone: Tone,
) -> Squares {
    let figure = match (measure, group.records.as_slice()) {
        (Measure::Amounts(_), [one]) => plan.register.figures.get(one.index as usize),
        _ => None,
    };
    let said = match (measure, figure) {
        (Measure::Count, _) => plan.counted(group.records.len()),
        (_, Some(figure)) => words::amount_with_unit(figure),
        _ => number.text.clone(),
    };
    let low = number.extent.low.unwrap_or(0.0);
    Squares {
        mark: Mark {
            label: format!("{}: {said}", group.name),
            records: group.records.clone(),
        },
        name: group.name.clone(),
        text: number.text,
        detail: figure.and_then(|figure| figure_words::detail(plan.register, figure)),
        squares: low / per,
        is_open: number.extent.high != number.extent.low,
        tone,
    }
}

/// What all squares of a picture stand for: of all its small charts together, where they have one
/// unit, so that a square is worth the same in each.
fn total(plan: &Plan<'_>, measure: Measure, drawn: &[RecordRef]) -> f64 {
    if measure == Measure::Count {
        return plan.records.len() as f64;
    }
    let sum = |records: &[RecordRef]| -> f64 {
        let figures = records
            .iter()
            .filter_map(|at| plan.register.figures.get(at.index as usize));
        let drawn = figures.filter(|figure| figure.is_chartable());
        drawn
            .filter_map(|figure| Extent::of(&figure.amount)?.low)
            .filter(|low| *low > 0.0)
            .sum()
    };
    match measure::one_unit(plan.register, &plan.records, "x") {
        Ok(_) => sum(&plan.records),
        Err(_) => sum(drawn),
    }
}

/// How many a square stands for: 1, 2, 5, 10, 20 and so on, so that there are not too many squares.
fn per(total: f64) -> f64 {
    let mut tens = 1.0;
    loop {
        for step in [1.0, 2.0, 5.0] {
            let per = step * tens;
            // A number without an end stops the search as well.
            if total <= per * MAX_SQUARES || per > TOO_MANY {
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
            assert_eq!(per(total), worth, "{total}");
        }
        assert!(per(f64::NAN).is_finite() && per(f64::INFINITY).is_finite());
    }
}
