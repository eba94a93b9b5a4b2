//! Bars: a length for each group, whole or in parts.

use super::encoding::ChartEncoding;
use super::error::{ChannelName, ChartError, ChartErrorKind, ChartNote};
use super::fields::{DataField, FieldDataType};
use super::figure_detail;
use super::groups::{RecordGroup, RecordGroups, color_roles};
use super::mark_output::{AxisGroups, MarkOutput};
use super::measure::{self, Measure};
use super::plan::ChartPlan;
use super::stacking::{self, SegmentKeys};
use crate::picture::{Bar, BarPanel, Bars, ChartMark, ColorRole, PictureBody};
use linchpin_register::tables::formatting;
use linchpin_register::{RecordKind, RecordRef};

/// The most groups, where a chart does not say.
const MAX_GROUPS: u32 = 30;

/// Draws the records of a plan, or some of them: those of one small chart.
pub fn draw(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    let encoding = ChartEncoding::of_bars(plan)?;
    let Some(group_channel) = encoding.group() else {
        return Err(ChartErrorKind::NoGroups(plan.chart.mark).at(ChannelName::Y));
    };
    let is_vertical = encoding.has_groups_across();
    let (number_channel, measure) = encoding.number();
    let mut notes = Vec::new();
    let mut unit = None;
    if measure != Measure::Count {
        unit = measure::common_unit(plan, records, number_channel)?;
    }
    let field = group_channel.field;
    let mut groups = RecordGroups::by_field(plan, records, &field, &group_channel.channel);
    groups.check_not_empty(plan, group_channel)?;
    notes.extend(groups.missing_note(plan, &field));
    let number = |group: &RecordGroup| {
        measure.value_of(plan.register, &group.name, &group.records, number_channel)
    };
    // Before the groups are put in order and cut off: a number that is none is an error wherever
    // its group would stand.
    for group in &groups.list {
        number(group)?;
    }
    let by_value = |group: &RecordGroup| number(group).map_or(0.0, |n| n.extent.known_end());
    groups.sort(plan, by_value);
    let most = group_channel.channel.limit.unwrap_or(MAX_GROUPS).max(1) as usize;
    notes.extend(groups.truncate(most, &field, plan.single_kind()?));
    let axes = AxisGroups::from_groups(&groups.list, is_vertical);
    let color = plan.field(ChannelName::Color)?;
    let body = match (&plan.chart.color, color) {
        (Some(channel), Some(color)) if color.name != field.name => {
            let parts = SegmentKeys::by_color(plan, &groups.list, &color, channel, &mut notes);
            PictureBody::Stacked(stacking::stacked_bars(
                plan,
                (number_channel, measure),
                &groups.list,
                &parts,
                is_vertical,
            )?)
        }
        (_, color) => {
            let group_colors = color.map(|color| color_roles(plan.register, &color, &groups.list));
            let mut bars = Vec::new();
            for (at, group) in groups.list.iter().enumerate() {
                let role = group_colors.as_ref().and_then(|t| t.get(at).copied());
                bars.push(bar(
                    plan,
                    measure,
                    group,
                    role.unwrap_or(ColorRole::Single),
                    number(group)?,
                ));
            }
            if bars.iter().any(|bar| bar.extent.has_no_upper_bound()) {
                notes.push(ChartNote::LowerBounds);
            }
            PictureBody::Bars(Bars {
                panels: vec![BarPanel { title: None, bars }],
                is_vertical,
            })
        }
    };
    Ok(MarkOutput {
        body,
        notes,
        whole_chart_notes: empty_groups_note(plan, &field, &groups)
            .into_iter()
            .collect(),
        axis_groups: axes,
        unit: unit.map(|(words, _)| words),
        has_overlap: has_overlap(plan, &groups),
    })
}

/// Whether a record counts in more than one group.
fn has_overlap(plan: &ChartPlan<'_>, groups: &RecordGroups) -> bool {
    let counted: usize = groups.list.iter().map(|g| g.records.len()).sum();
    counted > plan.records.len()
}

fn bar(
    plan: &ChartPlan<'_>,
    measure: Measure,
    group: &RecordGroup,
    role: ColorRole,
    number: measure::MeasuredValue,
) -> Bar {
    let figure = match (measure, group.records.as_slice()) {
        (Measure::Amounts(_), [one]) => plan.register.figures.get(one.index as usize),
        _ => None,
    };
    Bar {
        mark: ChartMark {
            label: match (measure, figure) {
                (Measure::Count, _) => {
                    format!("{}: {}", group.name, plan.count_text(group.records.len()))
                }
                (_, Some(figure)) => {
                    format!(
                        "{}: {}",
                        group.name,
                        formatting::format_amount_with_unit(figure)
                    )
                }
                _ => format!("{}: {}", group.name, number.text),
            },
            records: group.records.clone(),
        },
        name: group.name.clone(),
        detail: figure.and_then(|figure| figure_detail::figure_detail(plan.register, figure)),
        extent: number.extent,
        text: number.text,
        color: role,
    }
}

/// Which groups have nothing: of terms, which the reader may look for.
fn empty_groups_note(
    plan: &ChartPlan<'_>,
    field: &DataField,
    groups: &RecordGroups,
) -> Option<ChartNote> {
    let is_term = matches!(
        field.data_type,
        FieldDataType::Links(RecordKind::Theme | RecordKind::Priority | RecordKind::LadderStep)
    );
    (is_term && !groups.empty_names.is_empty()).then(|| ChartNote::EmptyGroups {
        kind: plan.record_kinds[0],
        field: *field,
        names: groups.empty_names.clone(),
    })
}
