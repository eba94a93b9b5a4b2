//! What each axis of a chart stands for, and what cannot stand there.

use super::error::{ChannelName, ChartError, ChartErrorKind, SameOnBothAxes};
use super::fields::{DataField, FieldDataType};
use super::measure::Measure;
use super::plan::{ChartPlan, find_field};
use linchpin_register::chart::Channel;
use linchpin_register::chart_vocabulary::{Aggregate, MarkKind, ScaleKind};
use std::borrow::Cow;

/// What the axes of bars, squares and plots stand for.
pub struct ChartEncoding<'r> {
    pub x: AxisEncoding<'r>,
    pub y: AxisEncoding<'r>,
    /// What the groups are where no axis has any: squares have no axes.
    pub color: Option<GroupChannel<'r>>,
}

/// What an axis stands for.
#[derive(Clone)]
pub enum AxisEncoding<'r> {
    /// A band for each group.
    Bands(GroupChannel<'r>),
    /// The dates in a field.
    Dates(DataField),
    /// How many records there are, or what they state.
    Number(Measure),
}

/// A channel by whose field records are grouped.
#[derive(Clone)]
pub struct GroupChannel<'r> {
    /// The channel of the chart. Where a chart leaves y out, the groups of x stand along y.
    pub name: ChannelName,
    pub channel: Cow<'r, Channel>,
    pub field: DataField,
}

impl AxisEncoding<'_> {
    /// Whether it has numbers that are stated or counted.
    pub fn is_number(&self) -> bool {
        matches!(self, AxisEncoding::Number(_))
    }
}

/// Whether a mark has axes of numbers and of dates.
pub fn has_plot_axes(mark: MarkKind) -> bool {
    match mark {
        MarkKind::Dot | MarkKind::Range | MarkKind::Dumbbell | MarkKind::Line | MarkKind::Step => {
            true
        }
        MarkKind::Bar
        | MarkKind::Bullet
        | MarkKind::Timeline
        | MarkKind::Matrix
        | MarkKind::Waffle
        | MarkKind::Network
        | MarkKind::Table => false,
    }
}

/// Whether a mark joins its points.
pub fn is_joined(mark: MarkKind) -> bool {
    matches!(mark, MarkKind::Line | MarkKind::Step)
}

const COUNT: AxisEncoding<'static> = AxisEncoding::Number(Measure::Count);

impl<'r> ChartEncoding<'r> {
    /// Bars: groups on one axis and a number on the other. Without groups where neither axis has
    /// any.
    ///
    /// # Errors
    /// Where both axes have groups, or the number is none.
    pub fn of_bars(plan: &ChartPlan<'r>) -> Result<ChartEncoding<'r>, ChartError> {
        let axes = ChartEncoding::groups_and_number(plan)?;
        Ok(axes.unwrap_or(ChartEncoding::without_color(COUNT, COUNT)))
    }

    /// Squares: the groups of x, of y or of the colors, and a number.
    ///
    /// # Errors
    /// Where both x and y have groups, or the number is none.
    pub fn of_squares(plan: &ChartPlan<'r>) -> Result<ChartEncoding<'r>, ChartError> {
        if let Some(axes) = ChartEncoding::groups_and_number(plan)? {
            return Ok(axes);
        }
        // Colors make groups only where no axis does: the squares of a group have one color.
        let color = GroupChannel::of(plan, ChannelName::Color)?;
        let (x, y) = match plan.chart.x {
            Some(_) => (number_axis(plan, ChannelName::X)?, COUNT),
            None => (COUNT, number_axis(plan, ChannelName::Y)?),
        };
        Ok(ChartEncoding { x, y, color })
    }

    /// Groups on one axis and a number on the other; `None` where neither has groups.
    fn groups_and_number(plan: &ChartPlan<'r>) -> Result<Option<ChartEncoding<'r>>, ChartError> {
        let x = GroupChannel::of(plan, ChannelName::X)?;
        let y = GroupChannel::of(plan, ChannelName::Y)?;
        let (x, y) = match (x, y) {
            (Some(_), Some(_)) => {
                let error = ChartErrorKind::GroupsOnBothAxes(plan.chart.mark);
                return Err(error.at(ChannelName::X));
            }
            (Some(group), None) => (
                AxisEncoding::Bands(group),
                number_axis(plan, ChannelName::Y)?,
            ),
            (None, Some(group)) => (
                number_axis(plan, ChannelName::X)?,
                AxisEncoding::Bands(group),
            ),
            (None, None) => return Ok(None),
        };
        Ok(Some(ChartEncoding::without_color(x, y)))
    }

    /// Dots, ranges, lines and steps.
    ///
    /// # Errors
    /// Where the mark cannot be drawn on these axes.
    pub fn of_plot(plan: &ChartPlan<'r>) -> Result<ChartEncoding<'r>, ChartError> {
        let is_joined = is_joined(plan.chart.mark);
        let x = plot_axis(plan, ChannelName::X)?;
        let y = plot_axis(plan, ChannelName::Y)?;
        let (x, y) = match (x, y) {
            (Some(x), Some(y)) => (x, y),
            // Lines rise with the number of records; stated numbers stand in a row each.
            (Some(x @ AxisEncoding::Dates(_)), None) => (x, COUNT),
            (Some(x @ AxisEncoding::Bands(_)), None) if !is_joined => (COUNT, x),
            (Some(x @ AxisEncoding::Number(Measure::Amounts(_))), None) if !is_joined => {
                (x, bands_by_title(plan)?)
            }
            (None, Some(y @ AxisEncoding::Bands(_))) if !is_joined => (COUNT, y),
            _ => return Err(no_axes_error(plan)),
        };
        let encoding = ChartEncoding::without_color(x, y);
        encoding.check_plot(plan)?;
        Ok(encoding)
    }

    fn without_color(x: AxisEncoding<'r>, y: AxisEncoding<'r>) -> ChartEncoding<'r> {
        let color = None;
        ChartEncoding { x, y, color }
    }

    fn check_plot(&self, plan: &ChartPlan<'_>) -> Result<(), ChartError> {
        use AxisEncoding::{Bands, Dates, Number};
        let mark = plan.chart.mark;
        if is_joined(mark) {
            if !matches!(self.x, Dates(_)) {
                return Err(no_axes_error(plan));
            }
            if !self.y.is_number() {
                return Err(ChartErrorKind::NoNumberUp(mark).at(ChannelName::Y));
            }
        }
        let same = match (&self.x, &self.y) {
            (Bands(_), Bands(_)) => {
                return Err(ChartErrorKind::GroupsOnBothAxes(mark).at(ChannelName::X));
            }
            (Number(Measure::Amounts(_)), Number(Measure::Amounts(_))) => {
                Some(SameOnBothAxes::Number)
            }
            (Number(Measure::Count), Number(Measure::Count)) => Some(SameOnBothAxes::Count),
            (Number(_), Number(_)) => Some(SameOnBothAxes::NumberAndCount),
            _ => None,
        };
        if let Some(same) = same {
            return Err(ChartErrorKind::SameOnBothAxes(same).at(ChannelName::Y));
        }
        if mark == MarkKind::Range && (self.x.is_number() || self.y.is_number()) {
            let (channel, measure) = self.number();
            let aggregate = match measure {
                Measure::Amounts(aggregate) => aggregate,
                Measure::Count => Some(Aggregate::Count),
            };
            if let Some(aggregate) = aggregate {
                return Err(ChartErrorKind::AggregateHasNoBounds(aggregate).at(channel));
            }
        }
        Ok(())
    }

    /// What is measured and the channel that says so: stated numbers, where there are any.
    pub fn number(&self) -> (ChannelName, Measure) {
        use AxisEncoding::Number;
        match (&self.x, &self.y) {
            (Number(amounts @ Measure::Amounts(_)), _) => (ChannelName::X, *amounts),
            (_, Number(amounts @ Measure::Amounts(_))) => (ChannelName::Y, *amounts),
            (Number(_), _) => (ChannelName::X, Measure::Count),
            _ => (ChannelName::Y, Measure::Count),
        }
    }

    /// The channel that has stated numbers.
    pub fn stated_number_channel(&self) -> Option<ChannelName> {
        let (channel, measure) = self.number();
        (measure != Measure::Count).then_some(channel)
    }

    /// The channel that has the groups.
    pub fn group(&self) -> Option<&GroupChannel<'r>> {
        match (&self.x, &self.y) {
            (_, AxisEncoding::Bands(group)) | (AxisEncoding::Bands(group), _) => Some(group),
            _ => self.color.as_ref(),
        }
    }

    /// Whether the groups stand across the page, rather than down it.
    pub fn has_groups_across(&self) -> bool {
        matches!(self.x, AxisEncoding::Bands(_)) && !matches!(self.y, AxisEncoding::Bands(_))
    }

    /// Whether it counts the records of each year.
    pub fn counts_years(&self) -> bool {
        let count = |axis: &AxisEncoding<'_>| matches!(axis, AxisEncoding::Number(Measure::Count));
        let dates = |axis: &AxisEncoding<'_>| matches!(axis, AxisEncoding::Dates(_));
        (dates(&self.x) && count(&self.y)) || (count(&self.x) && dates(&self.y))
    }

    /// The fields of the axes that have dates, each with its channel.
    pub fn date_fields(&self) -> impl Iterator<Item = (ChannelName, DataField)> {
        let axes = [(ChannelName::X, &self.x), (ChannelName::Y, &self.y)];
        axes.into_iter().filter_map(|(name, axis)| match axis {
            AxisEncoding::Dates(field) => Some((name, *field)),
            _ => None,
        })
    }
}

impl<'r> GroupChannel<'r> {
    /// The groups of a channel; `None` where it counts, measures or says nothing.
    fn of(plan: &ChartPlan<'r>, name: ChannelName) -> Result<Option<GroupChannel<'r>>, ChartError> {
        let field = plan.field(name)?.filter(DataField::is_groupable);
        let channel = name.of(plan.chart).filter(|it| it.aggregate.is_none());
        Ok(channel.zip(field).map(|(channel, field)| GroupChannel {
            name,
            channel: Cow::Borrowed(channel),
            field,
        }))
    }
}

fn number_axis<'r>(
    plan: &ChartPlan<'r>,
    name: ChannelName,
) -> Result<AxisEncoding<'r>, ChartError> {
    Measure::from_channel(plan, name).map(AxisEncoding::Number)
}

/// What a channel of a plot stands for; `None` where the chart has no such channel.
fn plot_axis<'r>(
    plan: &ChartPlan<'r>,
    name: ChannelName,
) -> Result<Option<AxisEncoding<'r>>, ChartError> {
    let Some(channel) = name.of(plan.chart) else {
        return Ok(None);
    };
    let axis = match (plan.field(name)?, channel.aggregate) {
        (None, _) | (Some(_), Some(Aggregate::Count)) => number_axis(plan, name)?,
        (Some(field), aggregate) => match field.data_type {
            FieldDataType::Amount => number_axis(plan, name)?,
            // Ranks and the like count nothing: a place on an axis would give them a length.
            FieldDataType::WholeNumbers => {
                return Err(ChartErrorKind::NotQuantities(field).at(name));
            }
            _ if aggregate.is_some() => number_axis(plan, name)?,
            FieldDataType::Dates => AxisEncoding::Dates(field),
            _ => AxisEncoding::Bands(GroupChannel {
                name,
                channel: Cow::Borrowed(channel),
                field,
            }),
        },
    };
    if channel.scale == Some(ScaleKind::Log) && !axis.is_number() {
        return Err(ChartErrorKind::LogWithoutNumbers(name).at(name));
    }
    Ok(Some(axis))
}

/// A band for each record, by its title.
fn bands_by_title<'r>(plan: &ChartPlan<'r>) -> Result<AxisEncoding<'r>, ChartError> {
    let name = ChannelName::Y;
    Ok(AxisEncoding::Bands(GroupChannel {
        name,
        channel: Cow::Owned(Channel::for_field(Some("title"))),
        field: find_field(plan.single_kind()?, "title", name)?,
    }))
}

fn no_axes_error(plan: &ChartPlan<'_>) -> ChartError {
    let mark = plan.chart.mark;
    let kind = match is_joined(mark) {
        true => ChartErrorKind::NoDatesAcross {
            mark,
            kind: plan.record_kinds[0],
        },
        false => ChartErrorKind::NoAxes(mark),
    };
    kind.at(ChannelName::X)
}
