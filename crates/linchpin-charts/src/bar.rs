//! Bars: a length for each group, whole or in parts.

use super::captions;
use super::error::ChartError;
use super::fields::{DataField, FieldDataType};
use super::figure_detail;
use super::groups::{RecordGroup, RecordGroups, color_roles, field_nouns};
use super::mark_output::{AxisGroups, MarkOutput};
use super::measure::{self, Measure};
use super::plan::ChartPlan;
use super::stacking::{self, SegmentKeys};
use crate::picture::{Bar, BarPanel, Bars, ChartMark, ColorRole, PictureBody};
use linchpin_register::chart::Channel;
use linchpin_register::tables::formatting;
use linchpin_register::{RecordKind, RecordRef};

/// The most groups, where a chart does not say.
const MAX_GROUPS: u32 = 30;

/// Draws the records of a plan, or some of them: those of one small chart.
pub fn draw(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    let encoding = BarEncoding::from_chart(plan)?;
    let measure = Measure::from_channel(plan, encoding.number, encoding.number_name)?;
    let mut notes = Vec::new();
    let mut unit = None;
    if measure != Measure::Count {
        unit = measure::common_unit(plan.register, records, encoding.number_name)?;
    }
    let field = encoding.field;
    let mut groups = RecordGroups::by_field(plan, records, &field, encoding.group);
    if groups.list.iter().all(|group| group.records.is_empty()) {
        return Err(no_groups_error(plan, &field));
    }
    notes.extend(groups.missing_note(plan, &field));
    let number = |group: &RecordGroup| {
        measure.value_of(
            plan.register,
            &group.name,
            &group.records,
            encoding.number_name,
        )
    };
    for group in &groups.list {
        number(group)?;
    }
    let by_value = |group: &RecordGroup| number(group).map_or(0.0, |n| n.extent.known_end());
    groups.sort(plan, by_value);
    let kind = plan.single_kind()?;
    let what = (kind.what(), kind.noun().many);
    let most = encoding.group.limit.unwrap_or(MAX_GROUPS).max(1) as usize;
    notes.extend(groups.truncate(most, &field, (what.0, what.1)));
    let axes = AxisGroups::from_groups(&groups.list, encoding.is_vertical);
    let color = plan.field(plan.chart.color.as_ref(), "color")?;
    let body = match (&plan.chart.color, color) {
        (Some(channel), Some(color)) if color.name != field.name => {
            let parts = SegmentKeys::by_color(plan, &groups.list, &color, channel, &mut notes);
            PictureBody::Stacked(stacking::stacked_bars(
                plan,
                measure,
                &groups.list,
                &parts,
                encoding.is_vertical,
            )?)
        }
        (_, color) => {
            let group_colors = color.map(|color| color_roles(plan.register, &color, &groups.list));
            let mut bars = Vec::new();
            for (at, group) in groups.list.iter().enumerate() {
                let tone = group_colors.as_ref().and_then(|t| t.get(at).copied());
                bars.push(bar(
                    plan,
                    measure,
                    group,
                    tone.unwrap_or(ColorRole::Single),
                    number(group)?,
                ));
            }
            if bars.iter().any(|bar| bar.extent.has_no_upper_bound()) {
                notes.push(LOWER_BOUND_NOTE.into());
            }
            PictureBody::Bars(Bars {
                panels: vec![BarPanel { title: None, bars }],
                is_vertical: encoding.is_vertical,
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

/// What a reader of open bars must know.
pub const LOWER_BOUND_NOTE: &str =
    "An open end marks a lower bound: the number is more than what is drawn.";

/// Whether a record counts in more than one group.
fn has_overlap(plan: &ChartPlan<'_>, groups: &RecordGroups) -> bool {
    let counted: usize = groups.list.iter().map(|g| g.records.len()).sum();
    counted > plan.records.len()
}

/// Which channel has the groups and which the numbers.
struct BarEncoding<'r> {
    group: &'r Channel,
    field: DataField,
    number: Option<&'r Channel>,
    number_name: &'static str,
    /// The groups stand across, so the bars stand up.
    is_vertical: bool,
}

impl<'r> BarEncoding<'r> {
    fn from_chart(plan: &ChartPlan<'r>) -> Result<BarEncoding<'r>, ChartError> {
        let chart = plan.chart;
        let x = plan.field(chart.x.as_ref(), "x")?;
        let y = plan.field(chart.y.as_ref(), "y")?;
        let is_group = |field: &Option<DataField>, channel: &Option<Channel>| {
            let aggregated = channel.as_ref().is_some_and(|c| c.aggregate.is_some());
            field.filter(|field| field.is_groupable() && !aggregated)
        };
        let sides = match (is_group(&x, &chart.x), is_group(&y, &chart.y)) {
            (_, Some(field)) => chart.y.as_ref().map(|group| BarEncoding {
                group,
                field,
                number: chart.x.as_ref(),
                number_name: "x",
                is_vertical: false,
            }),
            (Some(field), None) => chart.x.as_ref().map(|group| BarEncoding {
                group,
                field,
                number: chart.y.as_ref(),
                number_name: "y",
                is_vertical: true,
            }),
            (None, None) => None,
        };
        if let (Some(_), Some(_)) = (is_group(&x, &chart.x), is_group(&y, &chart.y)) {
            return Err(ChartError::new(
                "x",
                "Both axes have groups, and bars need numbers on one.",
                "Count the records on one axis (aggregate: Count), or draw a matrix.",
            ));
        }
        sides.ok_or_else(|| {
            ChartError::new(
                "y",
                "Bars need groups on one axis.",
                "Choose a field for y, such as \"priority\" or \"title\".",
            )
        })
    }
}

fn bar(
    plan: &ChartPlan<'_>,
    measure: Measure,
    group: &RecordGroup,
    tone: ColorRole,
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
        color: tone,
    }
}

pub fn no_groups_error(plan: &ChartPlan<'_>, field: &DataField) -> ChartError {
    let (one, _) = field_nouns(field);
    let kind = plan.record_kinds[0];
    let has = match one.as_str() {
        "group" => format!("a {}", field.name_in_text()),
        one => format!("a {one}"),
    };
    ChartError::new(
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
fn empty_groups_note(
    plan: &ChartPlan<'_>,
    field: &DataField,
    groups: &RecordGroups,
) -> Option<String> {
    let what = plan.record_kinds[0].what();
    let (one, more) = field_nouns(field);
    let is_term = matches!(
        field.data_type,
        FieldDataType::Links(RecordKind::Theme | RecordKind::Priority | RecordKind::LadderStep)
    );
    if !is_term || groups.empty_names.is_empty() {
        return None;
    }
    if groups.empty_names.len() > MAX_NAMES {
        let count = captions::format_count(groups.empty_names.len(), &one, &more);
        return Some(format!("{count} have no {what}."));
    }
    let names: Vec<String> = groups
        .empty_names
        .iter()
        .map(|n| format!("“{n}”"))
        .collect();
    Some(format!("No {what} has the {one} {}.", names.join(" or ")))
}
