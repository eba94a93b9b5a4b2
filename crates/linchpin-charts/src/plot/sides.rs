//! What stands on each axis of a plot, and what cannot.

use super::super::fields::{Field, Holds};
use super::super::measure::Measure;
use super::super::plan::Plan;
use super::super::refusal::Refusal;
use linchpin_register::RecordKind;
use linchpin_register::chart::Channel;
use linchpin_register::chart_words::{Aggregate, MarkKind, ScaleKind};
use std::borrow::Cow;

/// What an axis stands for.
#[derive(Clone)]
pub enum Side<'r> {
    /// A band for each group.
    Bands(Field, Cow<'r, Channel>),
    /// The dates in a field.
    Dates(Field),
    /// Stated numbers: each by itself, or made one for each group.
    Amounts(Option<Aggregate>),
    /// How many records.
    Count,
}

impl Side<'_> {
    /// Whether it has numbers that are stated or counted.
    pub fn is_number(&self) -> bool {
        matches!(self, Side::Amounts(_) | Side::Count)
    }
}

/// Whether a mark joins its points.
pub fn is_joined(mark: MarkKind) -> bool {
    matches!(mark, MarkKind::Line | MarkKind::Step)
}

/// Both axes.
pub struct Sides<'r> {
    pub x: Side<'r>,
    pub y: Side<'r>,
}

impl<'r> Sides<'r> {
    /// What a chart's axes stand for.
    ///
    /// # Errors
    /// Where its mark cannot be drawn on them: the reason and the way out.
    pub fn of(plan: &Plan<'r>) -> Result<Sides<'r>, Refusal> {
        let chart = plan.chart;
        let is_joined = is_joined(chart.mark);
        let x = side(plan, chart.x.as_ref(), "x")?;
        let y = side(plan, chart.y.as_ref(), "y")?;
        let sides = match (x, y) {
            (Some(x), Some(y)) => Sides { x, y },
            // Lines rise with the number of records; stated numbers stand in a row each.
            (Some(x @ Side::Dates(_)), None) => Sides { x, y: Side::Count },
            (Some(x @ Side::Bands(..)), None) if !is_joined => Sides {
                x: Side::Count,
                y: x,
            },
            (Some(x @ Side::Amounts(_)), None) if !is_joined => Sides {
                x,
                y: by_title(plan)?,
            },
            (None, Some(y @ Side::Bands(..))) if !is_joined => Sides { x: Side::Count, y },
            _ => return Err(without_axes(plan)),
        };
        sides.checked(plan)?;
        Ok(sides)
    }

    fn checked(&self, plan: &Plan<'_>) -> Result<(), Refusal> {
        let mark = plan.chart.mark;
        let words = mark.label();
        let (x, y) = (&self.x, &self.y);
        if is_joined(mark) {
            if !matches!(x, Side::Dates(_)) {
                return Err(without_axes(plan));
            }
            if !y.is_number() {
                let why = format!("A {words} rises and falls with a number, and y has none.");
                let way_out = "Choose the amount or the number of records for y, or draw dots.";
                return Err(Refusal::new("y", why, way_out));
            }
        }
        let why = match (x, y) {
            (Side::Bands(..), Side::Bands(..)) => {
                return Err(Refusal::new(
                    "x",
                    format!("Both axes have groups, and {words} need a number or a date on one."),
                    "Count the records on one axis (aggregate: Count), or draw a matrix.",
                ));
            }
            (Side::Amounts(_), Side::Amounts(_)) => "Both axes have the same number.",
            (Side::Count, Side::Count) => "Both axes count the same records.",
            (Side::Amounts(_), Side::Count) | (Side::Count, Side::Amounts(_)) => {
                "One axis has each number and the other how many there are."
            }
            _ => "",
        };
        if !why.is_empty() {
            let way_out = "Choose a group or a date for one of them, such as \"title\".";
            return Err(Refusal::new("y", why, way_out));
        }
        let aggregate = [x, y].into_iter().find_map(|side| match side {
            Side::Amounts(aggregate) => *aggregate,
            Side::Count => Some(Aggregate::Count),
            _ => None,
        });
        if let (MarkKind::Range, Some(aggregate)) = (mark, aggregate) {
            return Err(Refusal::new(
                self.amounts().unwrap_or("x"),
                format!(
                    "A {} is one number and has no bounds to draw.",
                    aggregate.label()
                ),
                "Draw dots or bars, or take aggregate out.",
            ));
        }
        Ok(())
    }

    /// Whether any axis has numbers.
    pub fn has_numbers(&self) -> bool {
        self.x.is_number() || self.y.is_number()
    }

    /// The channel that has stated numbers.
    pub fn amounts(&self) -> Option<&'static str> {
        match (&self.x, &self.y) {
            (Side::Amounts(_), _) => Some("x"),
            (_, Side::Amounts(_)) => Some("y"),
            _ => None,
        }
    }

    /// The field and the channel of the axis that has groups, and whether that is x.
    pub fn bands(&self) -> Option<(Field, &Channel, bool)> {
        match (&self.x, &self.y) {
            (_, Side::Bands(field, channel)) => Some((*field, channel.as_ref(), false)),
            (Side::Bands(field, channel), _) => Some((*field, channel.as_ref(), true)),
            _ => None,
        }
    }

    /// The fields of the axes that have dates.
    pub fn dates(&self) -> impl Iterator<Item = Field> {
        [&self.x, &self.y]
            .into_iter()
            .filter_map(|side| match side {
                Side::Dates(field) => Some(*field),
                _ => None,
            })
    }
}

/// What a channel stands for; `None` where the chart has no such channel.
fn side<'r>(
    plan: &Plan<'r>,
    channel: Option<&'r Channel>,
    name: &'static str,
) -> Result<Option<Side<'r>>, Refusal> {
    let Some(channel) = channel else {
        return Ok(None);
    };
    let field = plan.field(Some(channel), name)?;
    let side = match (field, channel.aggregate) {
        (None, _) | (Some(_), Some(Aggregate::Count)) => {
            Measure::of(plan, Some(channel), name)?;
            Side::Count
        }
        (Some(field), aggregate) => match field.holds {
            Holds::Amount => match Measure::of(plan, Some(channel), name)? {
                Measure::Count => Side::Count,
                Measure::Amounts(aggregate) => Side::Amounts(aggregate),
            },
            Holds::Numbers => return Err(no_quantity(&field, name)),
            _ if aggregate.is_some() => {
                Measure::of(plan, Some(channel), name)?;
                Side::Count
            }
            Holds::Dates => Side::Dates(field),
            _ => Side::Bands(field, Cow::Borrowed(channel)),
        },
    };
    if channel.scale == Some(ScaleKind::Log) && !side.is_number() {
        return Err(Refusal::new(
            name,
            "Only numbers have a logarithmic scale, and this axis has none.",
            format!("Take scale out of {name}."),
        ));
    }
    Ok(Some(side))
}

/// Ranks and other numbers that count nothing.
fn no_quantity(field: &Field, name: &'static str) -> Refusal {
    let why = match field.name {
        "rank" => "A rank is a place in an order, not a quantity: it has no length.".to_owned(),
        _ => format!("“{}” is a number that measures nothing.", field.words()),
    };
    let way_out = "Sort by it, draw the records as a table, or choose another field.";
    Refusal::new(name, why, way_out)
}

/// A band for each record, by its title.
fn by_title<'r>(plan: &Plan<'r>) -> Result<Side<'r>, Refusal> {
    let channel = Channel::plain(Some("title"));
    let field = Field::find(plan.kind()?, "title", "y")?;
    Ok(Side::Bands(field, Cow::Owned(channel)))
}

fn without_axes(plan: &Plan<'_>) -> Refusal {
    let mark = plan.chart.mark;
    if !is_joined(mark) {
        return Refusal::new(
            "x",
            format!("Nothing says what the {} stand for.", mark.label()),
            "Choose a number or a date for x, and a field for y, such as \"title\".",
        );
    }
    let kind = plan.kinds.first().copied().unwrap_or(RecordKind::Figure);
    let all = Field::all(kind);
    let dates: Vec<String> = all
        .iter()
        .filter(|field| matches!(field.holds, Holds::Dates))
        .map(|field| format!("\"{}\"", field.name))
        .collect();
    let why = format!("{} go from date to date, and x has no dates.", plural(mark));
    if dates.is_empty() {
        let why = format!("{why} {} have none at all.", kind.title());
        return Refusal::new("x", why, "Draw dots or bars.");
    }
    let way_out = format!("Choose a field with dates for x: {}.", dates.join(", "));
    Refusal::new("x", why, way_out)
}

fn plural(mark: MarkKind) -> &'static str {
    if mark == MarkKind::Step {
        "Steps"
    } else {
        "Lines"
    }
}
