//! Whether a chart's mark obeys all that the chart says of its channels. What it cannot obey is
//! refused: nothing that is written is passed over.

use super::encoding::{ChartEncoding, has_plot_axes, is_joined};
use super::error::{ChannelName, ChannelOption, ChannelUse, ChartError, ChartErrorKind, ChartPart};
use super::fields::FieldDataType;
use super::plan::ChartPlan;
use linchpin_register::chart::Channel;
use linchpin_register::chart_vocabulary::{Aggregate, MarkKind, OrderBy, ScaleKind};

impl ChannelOption {
    fn is_set(self, channel: &Channel) -> bool {
        match self {
            ChannelOption::Scale => channel.scale == Some(ScaleKind::Log),
            ChannelOption::Derive => channel.derive.is_some(),
            ChannelOption::Missing => channel.missing.is_some(),
            ChannelOption::Together => channel.together,
            ChannelOption::Empty => channel.empty.is_some(),
            ChannelOption::Limit => channel.limit.is_some(),
        }
    }
}

const CHANNELS: [ChannelName; 4] = [
    ChannelName::X,
    ChannelName::Y,
    ChannelName::Color,
    ChannelName::Facet,
];

/// # Errors
/// Where the chart says something that its mark does not do.
pub fn check(plan: &ChartPlan<'_>) -> Result<(), ChartError> {
    let mark = plan.chart.mark;
    for name in CHANNELS {
        let Some(channel) = name.of(plan.chart) else {
            continue;
        };
        match channel_use(plan, name, channel)? {
            ChannelUse::Nothing => {
                return Err(ChartErrorKind::UnusedChannel { mark, name }.at(name));
            }
            found => check_options(plan, name, channel, found)?,
        }
    }
    check_arrangement(plan)?;
    check_order(plan)?;
    if mark != MarkKind::Table && !plan.chart.columns.is_empty() {
        return Err(ChartErrorKind::ColumnsOfTable(mark).at(ChartPart::Columns));
    }
    Ok(())
}

/// What a channel stands for. Errors of its field are told by the mark itself.
fn channel_use(
    plan: &ChartPlan<'_>,
    name: ChannelName,
    channel: &Channel,
) -> Result<ChannelUse, ChartError> {
    let is_axis = matches!(name, ChannelName::X | ChannelName::Y);
    Ok(match (plan.chart.mark, name) {
        (_, ChannelName::Facet) => ChannelUse::Groups,
        (MarkKind::Network, _) if is_axis => ChannelUse::Nothing,
        (MarkKind::Timeline, ChannelName::X) => ChannelUse::Dates,
        (MarkKind::Timeline, ChannelName::Y) if plan.record_kinds.len() > 1 => ChannelUse::Nothing,
        (MarkKind::Timeline, ChannelName::Y) => ChannelUse::Groups,
        (MarkKind::Table, ChannelName::Y) if channel.field.is_none() => ChannelUse::Rows,
        (MarkKind::Timeline | MarkKind::Table, _) => ChannelUse::Nothing,
        (MarkKind::Bullet, ChannelName::Color) => ChannelUse::Nothing,
        (MarkKind::Matrix, ChannelName::Color) => match colors_by_number(plan)? {
            true => ChannelUse::Numbers,
            false => return Err(ChartErrorKind::GroupsAsShades.at(name)),
        },
        (MarkKind::Network, ChannelName::Color) if plan.record_kinds.len() > 1 => {
            return Err(ChartErrorKind::ColorsOfLists.at(name));
        }
        (_, ChannelName::Color) => match channel.field.is_some() && !colors_by_number(plan)? {
            true => ChannelUse::Groups,
            false => return Err(ChartErrorKind::ColorWithoutField.at(name)),
        },
        _ => axis_use(plan, name, channel)?,
    })
}

/// Whether the colors stand for numbers, rather than for groups.
fn colors_by_number(plan: &ChartPlan<'_>) -> Result<bool, ChartError> {
    let channel = &plan.chart.color;
    let aggregate = channel.as_ref().and_then(|channel| channel.aggregate);
    let field = plan.field(ChannelName::Color)?;
    Ok(aggregate.is_some() || field.is_none_or(|field| !field.is_groupable()))
}

/// What an axis of bars, squares, a matrix or a plot stands for.
fn axis_use(
    plan: &ChartPlan<'_>,
    name: ChannelName,
    channel: &Channel,
) -> Result<ChannelUse, ChartError> {
    let counts = channel.aggregate == Some(Aggregate::Count);
    let field = plan.field(name)?.filter(|_| !counts);
    let is_plot = has_plot_axes(plan.chart.mark);
    Ok(match field.map(|field| field.data_type) {
        None | Some(FieldDataType::Amount) => ChannelUse::Numbers,
        Some(FieldDataType::Dates) if is_plot => ChannelUse::Dates,
        Some(_) => ChannelUse::Groups,
    })
}

fn check_options(
    plan: &ChartPlan<'_>,
    name: ChannelName,
    channel: &Channel,
    found: ChannelUse,
) -> Result<(), ChartError> {
    use ChannelOption::{Derive, Empty, Limit, Missing, Scale, Together};
    let mark = plan.chart.mark;
    let is_plot = has_plot_axes(mark);
    let refused: &[ChannelOption] = match found {
        ChannelUse::Numbers if is_joined(mark) => &[Missing, Together, Empty, Limit],
        ChannelUse::Numbers if is_plot => &[Missing, Together, Empty, Limit, Derive],
        ChannelUse::Numbers if mark == MarkKind::Bar && Scale.is_set(channel) => {
            return Err(ChartErrorKind::LogOfBars(name).at(name));
        }
        ChannelUse::Numbers
            if matches!(mark, MarkKind::Bar | MarkKind::Bullet) && name != ChannelName::Color =>
        {
            &[Scale, Missing, Together, Empty, Limit]
        }
        ChannelUse::Numbers => &[Scale, Missing, Together, Empty, Limit, Derive],
        // A timeline has its own ways with what is too much.
        ChannelUse::Dates if mark == MarkKind::Timeline => {
            &[Scale, Missing, Together, Empty, Derive]
        }
        ChannelUse::Dates => &[Scale, Missing, Together, Empty, Limit, Derive],
        ChannelUse::Rows => &[Scale, Missing, Together, Empty, Derive],
        ChannelUse::Groups => &[Scale, Derive],
        ChannelUse::Nothing => &[],
    };
    if let Some(option) = refused.iter().find(|option| option.is_set(channel)) {
        // Plots have words of their own for a scale without numbers.
        let kind = match option {
            Scale if is_plot => ChartErrorKind::LogWithoutNumbers(name),
            option => ChartErrorKind::UnusedOption {
                name,
                option: *option,
                found,
            },
        };
        return Err(kind.at(name));
    }
    if found == ChannelUse::Groups
        && channel.empty == Some(true)
        && let Some(field) = plan.field(name)?
        && field.domain().is_none()
        && !matches!(field.data_type, FieldDataType::Dates)
    {
        return Err(ChartErrorKind::NoEmptyGroups(field).at(name));
    }
    Ok(())
}

/// # Errors
/// Where an arrangement of parts has no parts to put.
fn check_arrangement(plan: &ChartPlan<'_>) -> Result<(), ChartError> {
    let Some(arrangement) = plan.chart.arrangement else {
        return Ok(());
    };
    let mark = plan.chart.mark;
    if mark != MarkKind::Bar {
        return Err(ChartErrorKind::ArrangementOfBars(mark).at(ChartPart::Arrangement));
    }
    let color = plan.field(ChannelName::Color)?;
    let group = ChartEncoding::of_bars(plan)?;
    let group = group.group().map(|group| group.field);
    match color.is_none() || color == group {
        true => Err(ChartErrorKind::NoParts(arrangement).at(ChartPart::Arrangement)),
        false => Ok(()),
    }
}

/// # Errors
/// Where the chart names an order and there is nothing to put in it.
fn check_order(plan: &ChartPlan<'_>) -> Result<(), ChartError> {
    let Some(order) = &plan.chart.sort else {
        return Ok(());
    };
    let mark = plan.chart.mark;
    let has_groups = match mark {
        MarkKind::Network => plan.chart.facet.is_some(),
        MarkKind::Line | MarkKind::Step => plan.chart.facet.is_some(),
        MarkKind::Timeline => plan.chart.y.is_some() || plan.chart.facet.is_some(),
        MarkKind::Table => order.by != OrderBy::Value,
        _ => true,
    };
    match has_groups {
        true => Ok(()),
        false => Err(ChartErrorKind::NothingToSort(mark).at(ChartPart::Sort)),
    }
}
