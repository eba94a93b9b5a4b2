//! Bars: a length for each group, whole or in parts.

use super::drawn::{Axes, Drawn};
use super::fields::{Field, Holds};
use super::figure_words;
use super::groups::{Group, Groups, field_nouns, tones};
use super::measure::{self, Measure};
use super::parts::{self, Parts};
use super::plan::Plan;
use super::refusal::Refusal;
use super::share;
use crate::picture::{Bar, Bars, Body, Mark, Panel, Tone};
use linchpin_register::chart::Channel;
use linchpin_register::tables::words;
use linchpin_register::{RecordKind, RecordRef};

/// The most groups, where a chart does not say.
const MAX_GROUPS: u32 = 30;

/// Draws the records of a plan, or some of them: those of one small chart.
pub fn draw(plan: &Plan<'_>, records: &[RecordRef]) -> Result<Drawn, Refusal> {
    let sides = Sides::of(plan)?;
    let measure = Measure::of(plan, sides.number, sides.number_name)?;
    let mut notes = Vec::new();
    let mut unit = None;
    if measure != Measure::Count {
        unit = measure::one_unit(plan.register, records, sides.number_name)?;
    }
    let field = sides.field;
    let mut groups = Groups::of(plan, records, &field, sides.group);
    if groups.list.iter().all(|group| group.records.is_empty()) {
        return Err(without_groups(plan, &field));
    }
    notes.extend(groups.without(plan, &field));
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
    let by_value = |group: &Group| number(group).map_or(0.0, |n| n.extent.sure());
    groups.order(plan, by_value);
    let kind = plan.kind()?;
    let what = (kind.what(), kind.noun().many);
    let most = sides.group.limit.unwrap_or(MAX_GROUPS).max(1) as usize;
    notes.extend(groups.limit(most, &field, (what.0, &what.1)));
    let axes = Axes::of_groups(&groups.list, sides.upright);
    let color = plan.field(plan.chart.color.as_ref(), "color")?;
    let body = match (&plan.chart.color, color) {
        (Some(channel), Some(color)) if color.name != field.name => {
            let parts = Parts::of(plan, &groups.list, &color, channel, &mut notes);
            Body::Stacked(parts::stacked(
                plan,
                measure,
                &groups.list,
                &parts,
                sides.upright,
            )?)
        }
        (_, color) => {
            let toned = color.map(|color| tones(plan.register, &color, &groups.list));
            let mut bars = Vec::new();
            for (at, group) in groups.list.iter().enumerate() {
                let tone = toned.as_ref().and_then(|t| t.get(at).copied());
                bars.push(bar(
                    plan,
                    measure,
                    group,
                    tone.unwrap_or(Tone::Plain),
                    number(group)?,
                ));
            }
            if bars.iter().any(|bar| bar.extent.is_open_above()) {
                notes.push(OPEN_NOTE.into());
            }
            Body::Bars(Bars {
                panels: vec![Panel { title: None, bars }],
                upright: sides.upright,
            })
        }
    };
    Ok(Drawn {
        body,
        notes,
        asides: unused(plan, &field, &groups).into_iter().collect(),
        axes,
        unit: unit.map(|(words, _)| words),
        several: several(plan, &groups),
    })
}

/// What a reader of open bars must know.
pub const OPEN_NOTE: &str =
    "An open end marks a lower bound: the number is more than what is drawn.";

/// Whether a record counts in more than one group.
fn several(plan: &Plan<'_>, groups: &Groups) -> bool {
    let counted: usize = groups.list.iter().map(|g| g.records.len()).sum();
    counted > plan.records.len()
}

/// Which channel has the groups and which the numbers.
struct Sides<'r> {
    group: &'r Channel,
    field: Field,
    number: Option<&'r Channel>,
    number_name: &'static str,
    /// The groups stand across, so the bars stand up.
    upright: bool,
}

impl<'r> Sides<'r> {
    fn of(plan: &Plan<'r>) -> Result<Sides<'r>, Refusal> {
        let chart = plan.chart;
        let x = plan.field(chart.x.as_ref(), "x")?;
        let y = plan.field(chart.y.as_ref(), "y")?;
        let is_group = |field: &Option<Field>, channel: &Option<Channel>| {
            let aggregated = channel.as_ref().is_some_and(|c| c.aggregate.is_some());
            field.filter(|field| field.is_groups() && !aggregated)
        };
        let sides = match (is_group(&x, &chart.x), is_group(&y, &chart.y)) {
            (_, Some(field)) => chart.y.as_ref().map(|group| Sides {
                group,
                field,
                number: chart.x.as_ref(),
                number_name: "x",
                upright: false,
            }),
            (Some(field), None) => chart.x.as_ref().map(|group| Sides {
                group,
                field,
                number: chart.y.as_ref(),
                number_name: "y",
                upright: true,
            }),
            (None, None) => None,
        };
        if let (Some(_), Some(_)) = (is_group(&x, &chart.x), is_group(&y, &chart.y)) {
            return Err(Refusal::new(
                "x",
                "Both axes have groups, and bars need numbers on one.",
                "Count the records on one axis (aggregate: Count), or draw a matrix.",
            ));
        }
        sides.ok_or_else(|| {
            Refusal::new(
                "y",
                "Bars need groups on one axis.",
                "Choose a field for y, such as \"priority\" or \"title\".",
            )
        })
    }
}

fn bar(
    plan: &Plan<'_>,
    measure: Measure,
    group: &Group,
    tone: Tone,
    number: measure::Number,
) -> Bar {
    let figure = match (measure, group.records.as_slice()) {
        (Measure::Amounts(_), [one]) => plan.register.figures.get(one.index as usize),
        _ => None,
    };
    Bar {
        mark: Mark {
            label: match (measure, figure) {
                (Measure::Count, _) => {
                    format!("{}: {}", group.name, plan.counted(group.records.len()))
                }
                (_, Some(figure)) => format!("{}: {}", group.name, words::amount_with_unit(figure)),
                _ => format!("{}: {}", group.name, number.text),
            },
            records: group.records.clone(),
        },
        name: group.name.clone(),
        detail: figure.and_then(|figure| figure_words::detail(plan.register, figure)),
        extent: number.extent,
        text: number.text,
        tone,
    }
}

pub fn without_groups(plan: &Plan<'_>, field: &Field) -> Refusal {
    let (one, _) = field_nouns(field);
    let kind = plan.kinds[0];
    let has = match one.as_str() {
        "group" => format!("a {}", field.words()),
        one => format!("a {one}"),
    };
    Refusal::new(
        "y",
        format!("No {} has {has}.", kind.what()),
        format!(
            "Fill the field “{}” of the {}, or choose another field.",
            field.name,
            kind.noun().many
        ),
    )
}

/// The most names that a note lists.
const MAX_NAMES: usize = 4;

/// Which groups have nothing.
fn unused(plan: &Plan<'_>, field: &Field, groups: &Groups) -> Option<String> {
    let what = plan.kinds[0].what();
    let (one, more) = field_nouns(field);
    let is_term = matches!(
        field.holds,
        Holds::Links(RecordKind::Theme | RecordKind::Priority | RecordKind::Step)
    );
    if !is_term || groups.unused.is_empty() {
        return None;
    }
    if groups.unused.len() > MAX_NAMES {
        let count = share::many(groups.unused.len(), &one, &more);
        return Some(format!("{count} have no {what}."));
    }
    let names: Vec<String> = groups.unused.iter().map(|n| format!("“{n}”")).collect();
    Some(format!("No {what} has the {one} {}.", names.join(" or ")))
}
