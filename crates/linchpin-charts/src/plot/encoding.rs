//! What stands on each axis of a plot, and what cannot.

use super::super::error::ChartError;
use super::super::fields::{DataField, FieldDataType};
use super::super::measure::Measure;
use super::super::plan::ChartPlan;
use linchpin_register::RecordKind;
use linchpin_register::chart::Channel;
use linchpin_register::chart_vocabulary::{Aggregate, MarkKind, ScaleKind};
use std::borrow::Cow;

/// What an axis stands for.
#[derive(Clone)]
pub enum AxisEncoding<'r> {
    /// A band for each group.
    Bands(DataField, Cow<'r, Channel>),
    /// The dates in a field.
    Dates(DataField),
    /// Stated numbers: each by itself, or made one for each group.
    Amounts(Option<Aggregate>),
    /// How many records.
    Count,
}

impl AxisEncoding<'_> {
    /// Whether it has numbers that are stated or counted.
    pub fn is_number(&self) -> bool {
        matches!(self, AxisEncoding::Amounts(_) | AxisEncoding::Count)
    }
}

/// Whether a mark joins its points.
pub fn is_joined(mark: MarkKind) -> bool {
    matches!(mark, MarkKind::Line | MarkKind::Step)
}

/// Both axes.
pub struct PlotEncoding<'r> {
    pub x: AxisEncoding<'r>,
    pub y: AxisEncoding<'r>,
}

impl<'r> PlotEncoding<'r> {
    /// What a chart's axes stand for.
    ///
    /// # Errors
    /// Where its mark cannot be drawn on them: the reason and the way out.
    pub fn from_chart(plan: &ChartPlan<'r>) -> Result<PlotEncoding<'r>, ChartError> {
        let chart = plan.chart;
        let is_joined = is_joined(chart.mark);
        let x = axis_encoding(plan, chart.x.as_ref(), "x")?;
        let y = axis_encoding(plan, chart.y.as_ref(), "y")?;
        let sides = match (x, y) {
            (Some(x), Some(y)) => PlotEncoding { x, y },
            // Lines rise with the number of records; stated numbers stand in a row each.
            (Some(x @ AxisEncoding::Dates(_)), None) => PlotEncoding {
                x,
                y: AxisEncoding::Count,
            },
            (Some(x @ AxisEncoding::Bands(..)), None) if !is_joined => PlotEncoding {
                x: AxisEncoding::Count,
                y: x,
            },
            (Some(x @ AxisEncoding::Amounts(_)), None) if !is_joined => PlotEncoding {
                x,
                y: bands_by_title(plan)?,
            },
            (None, Some(y @ AxisEncoding::Bands(..))) if !is_joined => PlotEncoding {
                x: AxisEncoding::Count,
                y,
            },
            _ => return Err(missing_axes_error(plan)),
        };
        sides.check_mark(plan)?;
        Ok(sides)
    }

    fn check_mark(&self, plan: &ChartPlan<'_>) -> Result<(), ChartError> {
        let mark = plan.chart.mark;
        let words = mark.label();
        let (x, y) = (&self.x, &self.y);
        if is_joined(mark) {
            if !matches!(x, AxisEncoding::Dates(_)) {
                return Err(missing_axes_error(plan));
            }
            if !y.is_number() {
                let why = format!("A {words} rises and falls with a number, and y has none.");
                let way_out = "Choose the amount or the number of records for y, or draw dots.";
                return Err(ChartError::new("y", why, way_out));
            }
        }
        let why = match (x, y) {
            (AxisEncoding::Bands(..), AxisEncoding::Bands(..)) => {
                return Err(ChartError::new(
                    "x",
                    format!("Both axes have groups, and {words} need a number or a date on one."),
                    "Count the records on one axis (aggregate: Count), or draw a matrix.",
                ));
            }
            (AxisEncoding::Amounts(_), AxisEncoding::Amounts(_)) => {
                "Both axes have the same number."
            }
            (AxisEncoding::Count, AxisEncoding::Count) => "Both axes count the same records.",
            (AxisEncoding::Amounts(_), AxisEncoding::Count)
            | (AxisEncoding::Count, AxisEncoding::Amounts(_)) => {
                "One axis has each number and the other how many there are."
            }
            _ => "",
        };
        if !why.is_empty() {
            let way_out = "Choose a group or a date for one of them, such as \"title\".";
            return Err(ChartError::new("y", why, way_out));
        }
        let aggregate = [x, y].into_iter().find_map(|side| match side {
            AxisEncoding::Amounts(aggregate) => *aggregate,
            AxisEncoding::Count => Some(Aggregate::Count),
            _ => None,
        });
        if let (MarkKind::Range, Some(aggregate)) = (mark, aggregate) {
            return Err(ChartError::new(
                self.stated_number_channel().unwrap_or("x"),
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
    pub fn stated_number_channel(&self) -> Option<&'static str> {
        match (&self.x, &self.y) {
            (AxisEncoding::Amounts(_), _) => Some("x"),
            (_, AxisEncoding::Amounts(_)) => Some("y"),
            _ => None,
        }
    }

    /// The field and the channel of the axis that has groups, and whether that is x.
    pub fn band_channel(&self) -> Option<(DataField, &Channel, bool)> {
        match (&self.x, &self.y) {
            (_, AxisEncoding::Bands(field, channel)) => Some((*field, channel.as_ref(), false)),
            (AxisEncoding::Bands(field, channel), _) => Some((*field, channel.as_ref(), true)),
            _ => None,
        }
    }

    /// The fields of the axes that have dates.
    pub fn date_fields(&self) -> impl Iterator<Item = DataField> {
        [&self.x, &self.y]
            .into_iter()
            .filter_map(|side| match side {
                AxisEncoding::Dates(field) => Some(*field),
                _ => None,
            })
    }
}

/// What a channel stands for; `None` where the chart has no such channel.
fn axis_encoding<'r>(
    plan: &ChartPlan<'r>,
    channel: Option<&'r Channel>,
    name: &'static str,
) -> Result<Option<AxisEncoding<'r>>, ChartError> {
    let Some(channel) = channel else {
        return Ok(None);
    };
    let field = plan.field(Some(channel), name)?;
    let side = match (field, channel.aggregate) {
        (None, _) | (Some(_), Some(Aggregate::Count)) => {
            Measure::from_channel(plan, Some(channel), name)?;
            AxisEncoding::Count
        }
        (Some(field), aggregate) => match field.data_type {
            FieldDataType::Amount => match Measure::from_channel(plan, Some(channel), name)? {
                Measure::Count => AxisEncoding::Count,
                Measure::Amounts(aggregate) => AxisEncoding::Amounts(aggregate),
            },
            FieldDataType::WholeNumbers => return Err(not_a_quantity_error(&field, name)),
            _ if aggregate.is_some() => {
                Measure::from_channel(plan, Some(channel), name)?;
                AxisEncoding::Count
            }
            FieldDataType::Dates => AxisEncoding::Dates(field),
            _ => AxisEncoding::Bands(field, Cow::Borrowed(channel)),
        },
    };
    if channel.scale == Some(ScaleKind::Log) && !side.is_number() {
        return Err(ChartError::new(
            name,
            "Only numbers have a logarithmic scale, and this axis has none.",
            format!("Take scale out of {name}."),
        ));
    }
    Ok(Some(side))
}

/// Ranks and other numbers that count nothing.
fn not_a_quantity_error(field: &DataField, name: &'static str) -> ChartError {
    let why = match field.name {
        "rank" => "A rank is a place in an order, not a quantity: it has no length.".to_owned(),
        _ => format!(
            "“{}” is a number that measures nothing.",
            field.name_in_text()
        ),
    };
    let way_out = "Sort by it, draw the records as a table, or choose another field.";
    ChartError::new(name, why, way_out)
}

/// A band for each record, by its title.
fn bands_by_title<'r>(plan: &ChartPlan<'r>) -> Result<AxisEncoding<'r>, ChartError> {
    let channel = Channel::for_field(Some("title"));
    let field = DataField::find(plan.single_kind()?, "title", "y")?;
    Ok(AxisEncoding::Bands(field, Cow::Owned(channel)))
}

fn missing_axes_error(plan: &ChartPlan<'_>) -> ChartError {
    let mark = plan.chart.mark;
    if !is_joined(mark) {
        return ChartError::new(
            "x",
            format!("Nothing says what the {} stand for.", mark.label()),
            "Choose a number or a date for x, and a field for y, such as \"title\".",
        );
    }
    let kind = plan
        .record_kinds
        .first()
        .copied()
        .unwrap_or(RecordKind::Figure);
    let all = DataField::all(kind);
    let dates: Vec<String> = all
        .iter()
        .filter(|field| matches!(field.data_type, FieldDataType::Dates))
        .map(|field| format!("\"{}\"", field.name))
        .collect();
    let why = format!(
        "{} go from date to date, and x has no dates.",
        mark_plural(mark)
    );
    if dates.is_empty() {
        let why = format!("{why} {} have none at all.", kind.title());
        return ChartError::new("x", why, "Draw dots or bars.");
    }
    let way_out = format!("Choose a field with dates for x: {}.", dates.join(", "));
    ChartError::new("x", why, way_out)
}

fn mark_plural(mark: MarkKind) -> &'static str {
    if mark == MarkKind::Step {
        "Steps"
    } else {
        "Lines"
    }
}
