//! Bars: a length for each group, whole or in parts.

use super::drawn::{Axes, Drawn};
use super::fields::{Field, Holds};
use super::groups::{Group, Groups, field_nouns, tones};
use super::measure::{self, Measure};
use super::plan::Plan;
use super::refusal::Refusal;
use super::share;
use crate::picture::{Bar, Bars, Body, Extent, Key, Mark, Panel, Row, Segment, Stacked, Tone};
use crate::register::chart::Channel;
use crate::register::chart_words::Arrangement;
use crate::register::{Figure, RecordKind, RecordRef, Register};
use crate::tables::words;
use std::collections::HashMap;

/// The most groups, and the most kinds of parts, where a chart does not say.
const MAX_GROUPS: u32 = 30;
const MAX_PARTS: usize = 6;

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
    notes.extend(left_out(plan, &field, &groups));
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
    let what = (kind.what(), kind.plural().to_lowercase());
    let most = sides.group.limit.unwrap_or(MAX_GROUPS).max(1) as usize;
    notes.extend(groups.limit(most, &field, (what.0, &what.1)));
    let axes = Axes::of_groups(&groups.list, sides.upright);
    let color = plan.field(plan.chart.color.as_ref(), "color")?;
    let body = match (&plan.chart.color, color) {
        (Some(channel), Some(color)) if color.name != field.name => {
            let parts = Parts::of(plan, &groups.list, &color, channel, &mut notes);
            Body::Stacked(stacked(plan, measure, &groups.list, &parts, sides.upright)?)
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
                panels: vec![Panel {
                    title: None,
                    bars,
                    scale_to: 0.0,
                }],
                upright: sides.upright,
            })
        }
    };
    Ok(Drawn {
        body,
        notes,
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
                    format!("{}: {}", group.name, counted(plan, group.records.len()))
                }
                (_, Some(figure)) => format!("{}: {}", group.name, words::amount_with_unit(figure)),
                _ => format!("{}: {}", group.name, number.text),
            },
            records: group.records.clone(),
        },
        name: group.name.clone(),
        detail: figure.and_then(|figure| figure_detail(plan.register, figure)),
        extent: number.extent,
        text: number.text,
        tone,
    }
}

/// "3 commitments"
pub fn counted(plan: &Plan<'_>, count: usize) -> String {
    let kind = plan.kinds[0];
    share::many(count, kind.what(), &kind.plural().to_lowercase())
}

/// The kinds of parts of bars.
struct Parts {
    keys: Vec<Key>,
    /// For each record the places of its keys.
    of_record: HashMap<RecordRef, Vec<usize>>,
}

impl Parts {
    fn of(
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

fn stacked(
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
                Measure::Count => counted(plan, records.len()),
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
        scale_to: 0.0,
    })
}

fn exact(extent: Extent) -> Option<f64> {
    extent.low.filter(|low| extent.high == Some(*low))
}

fn without_groups(plan: &Plan<'_>, field: &Field) -> Refusal {
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
            kind.plural().to_lowercase()
        ),
    )
}

/// The most names that a note lists.
const MAX_NAMES: usize = 4;

/// What stands in no group, and which groups have nothing.
fn left_out(plan: &Plan<'_>, field: &Field, groups: &Groups) -> Vec<String> {
    let mut notes = Vec::new();
    let what = plan.kinds[0].what();
    let (one, more) = field_nouns(field);
    let is_term = matches!(
        field.holds,
        Holds::Links(RecordKind::Theme | RecordKind::Priority | RecordKind::Step)
    );
    if is_term && !groups.unused.is_empty() {
        if groups.unused.len() > MAX_NAMES {
            notes.push(format!(
                "{} have no {what}.",
                share::many(groups.unused.len(), &one, &more)
            ));
        } else {
            let names: Vec<String> = groups.unused.iter().map(|n| format!("“{n}”")).collect();
            notes.push(format!("No {what} has the {one} {}.", names.join(" or ")));
        }
    }
    if !groups.missing.is_empty() {
        let verb = if groups.missing.len() == 1 {
            "has"
        } else {
            "have"
        };
        let nothing = match one.as_str() {
            "group" => field.words(),
            one => one.to_owned(),
        };
        notes.push(format!(
            "{} {verb} no {nothing}.",
            counted(plan, groups.missing.len())
        ));
    }
    notes
}

/// "Commitment, since 2021, as of January 2025, stated by Voice of America"
pub fn figure_detail(register: &Register, figure: &Figure) -> Option<String> {
    use crate::register::vocabulary::FigureKind;
    let mut parts = Vec::new();
    if figure.kind == FigureKind::Money
        && let Some(flow) = figure.flow
    {
        parts.push(flow.label().to_owned());
    }
    if let Some(period) = &figure.period {
        parts.push(match period.to {
            None => format!("since {}", period.from.words()),
            Some(to) if to == period.from => format!("in {}", to.words()),
            Some(to) => format!("{} to {}", period.from.words(), to.words()),
        });
    }
    if let Some(as_of) = &figure.as_of {
        parts.push(format!("as of {}", as_of.date.words()));
    }
    if let Some(speaker) = &figure.stated_by {
        parts.push(format!(
            "stated by {}",
            share::party(register, speaker.as_str())
        ));
    }
    let text = parts.join(", ");
    let mut chars = text.chars();
    let first = chars.next()?;
    Some(first.to_uppercase().chain(chars).collect())
}
