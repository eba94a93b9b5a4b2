//! Dumbbells: a row for each group, in it a dot for each value of the color, joined by a line:
//! what was pledged, committed and paid; what was planned and when it came.

use super::captions;
use super::encoding::{AxisEncoding, ChartEncoding};
use super::error::{ChannelName, ChartError, ChartErrorKind, ChartNote};
use super::fields::DataField;
use super::groups::{RecordGroup, RecordGroups, color_roles};
use super::mark_output::{AxisGroups, MarkOutput};
use super::measure::{self, Measure, MeasuredValue};
use super::plan::ChartPlan;
use super::plot::points::{self, BandAxis, DatedExtent};
use super::plot::{axes, open_end_notes};
use crate::picture::bars::ValueOrder;
use crate::picture::{
    ChartMark, Dumbbell, DumbbellDot, DumbbellRow, Extent, LegendKey, PictureBody, PlotPoint,
    PlotSeries,
};
use linchpin_register::chart::Channel;
use linchpin_register::tables::formatting;
use linchpin_register::{Date, RecordRef};
use std::collections::{HashMap, HashSet};

/// The most rows, and the most dots in one, where a chart does not say.
const MAX_ROWS: u32 = 30;
const MAX_DOTS: u32 = 6;

/// Draws the records of a plan, or some of them: those of one small chart.
pub fn draw(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    let encoding = ChartEncoding::of_plot(plan)?;
    let AxisEncoding::Bands(group_channel) = &encoding.y else {
        let kind = ChartErrorKind::GroupsNotInRows(plan.chart.mark);
        return Err(kind.at(ChannelName::Y));
    };
    let mut notes = Vec::new();
    let mut records = records.to_vec();
    let mut unit = None;
    if let Some(name) = encoding.stated_number_channel() {
        notes.extend(measure::keep_drawable(plan, &mut records, name)?);
        unit = measure::common_unit(plan, &records, name)?;
    }
    records = points::keep_dated(plan, &encoding, records, &mut notes)?;
    let dots = DotKeys::by_color(plan, &encoding, &records, &mut notes)?;
    let field = group_channel.field;
    let mut groups = RecordGroups::by_field(plan, &records, &field, &group_channel.channel);
    groups.check_not_empty(plan, group_channel)?;
    notes.extend(groups.missing_note(plan, &field));
    // Before the groups are put in order and cut off: what is no number is an error wherever its
    // group would stand.
    let mut rows: HashMap<String, Vec<DumbbellDot>> = HashMap::new();
    for group in &groups.list {
        rows.insert(group.key.clone(), dots_of(plan, &encoding, &dots, group)?);
    }
    // A group whose records have no color has no dot; a note says so.
    let has_dots = |group: &RecordGroup| rows.get(&group.key).is_some_and(|dots| !dots.is_empty());
    groups
        .list
        .retain(|group| group.records.is_empty() || has_dots(group));
    let is_alone = plan.chart.facet.is_none();
    if is_alone && rows.values().all(|dots| dots.len() < 2) {
        return Err(ChartErrorKind::OneDotInRows(dots.field).at(ChannelName::Y));
    }
    groups.sort(plan, |group| greatest(rows.get(&group.key)));
    let most = group_channel.channel.limit.unwrap_or(MAX_ROWS).max(1) as usize;
    notes.extend(groups.truncate(most, &field, plan.single_kind()?));
    let bands = BandAxis {
        groups: groups.list,
        is_on_x: false,
    };
    let row = |(place, group): (usize, &RecordGroup)| {
        let mut dots = rows.remove(&group.key).unwrap_or_default();
        for dot in &mut dots {
            dot.point.y = Extent::exact(place as f64);
        }
        let name = group.name.clone();
        DumbbellRow { name, dots }
    };
    let rows: Vec<DumbbellRow> = bands.groups.iter().enumerate().map(row).collect();
    let series = series_of(&dots.keys, &rows);
    if series.iter().all(|series| series.points.is_empty()) {
        return Err(measure::no_records_error(plan));
    }
    notes.extend(open_end_notes(&encoding, &series));
    let [x, _] = axes::plot_axes(plan, &encoding, Some(&bands), &series, unit.as_ref())?;
    let has_overlap = are_shared(&rows);
    let body = Dumbbell {
        x,
        keys: dots.keys,
        rows,
    };
    let is_unsure = body.has_unsure_distances();
    notes.extend(is_unsure.then_some(ChartNote::UnsureDistances));
    Ok(MarkOutput {
        axis_groups: AxisGroups::from_groups(&bands.groups, false),
        body: PictureBody::Dumbbell(body),
        notes,
        whole_chart_notes: Vec::new(),
        unit: match unit {
            Some((words, _)) => Some(words),
            None if encoding.x.is_number() => None,
            None => Some(String::new()),
        },
        has_overlap,
    })
}

/// What the dots of each row stand for.
struct DotKeys {
    field: DataField,
    keys: Vec<LegendKey>,
    /// The records of each key.
    records: Vec<HashSet<RecordRef>>,
}

impl DotKeys {
    /// The groups of the color, of the whole chart: each small chart has the same ones, so that
    /// what one of them lacks is seen.
    ///
    /// # Errors
    /// Where the color says nothing, or what the rows say already.
    fn by_color(
        plan: &ChartPlan<'_>,
        encoding: &ChartEncoding<'_>,
        drawn: &[RecordRef],
        notes: &mut Vec<ChartNote>,
    ) -> Result<DotKeys, ChartError> {
        let field = plan.field(ChannelName::Color)?;
        let (Some(channel), Some(field)) = (&plan.chart.color, field) else {
            return Err(ChartErrorKind::NoDots.at(ChannelName::Color));
        };
        if encoding.group().is_some_and(|group| group.field == field) {
            return Err(ChartErrorKind::OneDotInRows(field).at(ChannelName::Color));
        }
        let all = match encoding.stated_number_channel() {
            Some(name) => measure::drawable_figures(plan, name)?.0,
            None => plan.records.clone(),
        };
        let mut groups = RecordGroups::by_field(plan, &all, &field, channel);
        let drawn: HashSet<RecordRef> = drawn.iter().copied().collect();
        let missing = groups.missing.iter().filter(|at| drawn.contains(at));
        let missing: Vec<RecordRef> = missing.copied().collect();
        if !missing.is_empty() {
            notes.push(ChartNote::WithoutColor {
                left_out: missing.into(),
                kind: plan.single_kind()?,
                field,
            });
        }
        notes.extend(keep_used(plan, &mut groups, &field, channel)?);
        let roles = color_roles(plan.register, &field, &groups.list);
        let key = |(group, color): (&RecordGroup, _)| LegendKey {
            name: group.name.clone(),
            short: captions::display_name(&group.short),
            color,
        };
        Ok(DotKeys {
            field,
            keys: groups.list.iter().zip(roles).map(key).collect(),
            records: groups
                .list
                .into_iter()
                .map(|group| group.records.into_iter().collect())
                .collect(),
        })
    }

    /// The records of a group that have a key.
    fn cell(&self, key: usize, group: &RecordGroup) -> Vec<RecordRef> {
        let own = self.records.get(key);
        let is_own = |at: &RecordRef| own.is_some_and(|own| own.contains(at));
        group.records.iter().copied().filter(is_own).collect()
    }
}

/// Leaves the groups of the color that have a record, and no more than there is room for.
fn keep_used(
    plan: &ChartPlan<'_>,
    groups: &mut RecordGroups,
    field: &DataField,
    channel: &Channel,
) -> Result<Option<ChartNote>, ChartError> {
    groups.list.retain(|group| !group.records.is_empty());
    let kind = plan.single_kind()?;
    if groups.list.is_empty() {
        let field = *field;
        return Err(ChartErrorKind::EmptyGroupField { kind, field }.at(ChannelName::Color));
    }
    // Each word of a vocabulary has a color of its own.
    let usual = MAX_DOTS.max(field.terms().len() as u32);
    let most = channel.limit.unwrap_or(usual).max(1) as usize;
    Ok(groups.truncate(most, field, kind))
}

/// The dots of a group, in the order of the keys.
///
/// # Errors
/// Where what stands there is no one number or date.
fn dots_of(
    plan: &ChartPlan<'_>,
    encoding: &ChartEncoding<'_>,
    dots: &DotKeys,
    group: &RecordGroup,
) -> Result<Vec<DumbbellDot>, ChartError> {
    let mut out = Vec::new();
    for (key, words) in dots.keys.iter().enumerate() {
        let records = dots.cell(key, group);
        let name = format!("{}, {}", group.name, words.name);
        let found = match &encoding.x {
            AxisEncoding::Dates(field) => date_of(plan, field, &name, &records)?,
            AxisEncoding::Number(measure) => number_of(plan, *measure, &name, &records)?,
            AxisEncoding::Bands(_) => None,
        };
        let Some(found) = found else {
            continue;
        };
        out.push(DumbbellDot {
            key,
            point: PlotPoint {
                name: words.name.clone(),
                x: found.number.extent,
                y: Extent::exact(0.0),
                dates: [found.date, None],
                text: found.number.text,
                mark: ChartMark {
                    label: format!("{name}: {}", found.words),
                    records,
                },
            },
        });
    }
    Ok(out)
}

/// What a dot stands for.
struct DotValue {
    number: MeasuredValue,
    date: Option<Date>,
    /// With its unit.
    words: String,
}

fn number_of(
    plan: &ChartPlan<'_>,
    measure: Measure,
    name: &str,
    records: &[RecordRef],
) -> Result<Option<DotValue>, ChartError> {
    // No record is none where they are counted; where they state numbers, nobody has stated zero.
    if records.is_empty() && measure != Measure::Count {
        return Ok(None);
    }
    let number = measure.value_of(plan.register, name, records, ChannelName::X)?;
    let figure = match records {
        [one] => plan.register.figures.get(one.index as usize),
        _ => None,
    };
    let words = match (measure, figure) {
        (Measure::Count, _) => plan.count_text(records.len()),
        (_, Some(figure)) => formatting::format_amount_with_unit(figure),
        _ => number.text.to_string(),
    };
    Ok(Some(DotValue {
        number,
        date: None,
        words,
    }))
}

fn date_of(
    plan: &ChartPlan<'_>,
    field: &DataField,
    name: &str,
    records: &[RecordRef],
) -> Result<Option<DotValue>, ChartError> {
    let mut dates: Vec<DatedExtent> = Vec::new();
    for at in records {
        let own = points::dated_extent(plan, field, *at);
        let own = own.filter(|own| dates.iter().all(|other| !other.is_same(own)));
        dates.extend(own);
    }
    match dates.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(DotValue {
            number: MeasuredValue {
                extent: one.extent,
                text: one.text.clone().into(),
            },
            date: one.date,
            words: one.text.clone(),
        })),
        several => {
            let (group, count) = (name.to_owned(), several.len());
            Err(ChartErrorKind::SeveralDates { group, count }.at(ChannelName::X))
        }
    }
}

/// By what a row is put in order: the greatest of its dots.
fn greatest(dots: Option<&Vec<DumbbellDot>>) -> ValueOrder {
    let orders = dots.into_iter().flatten().map(|dot| dot.point.x.order());
    orders
        .max_by(|a, b| a.compare(*b))
        // Nothing stands there.
        .unwrap_or(ValueOrder::exact(f64::NEG_INFINITY))
}

fn series_of(keys: &[LegendKey], rows: &[DumbbellRow]) -> Vec<PlotSeries> {
    let of_key = |(at, key): (usize, &LegendKey)| {
        let dots = rows.iter().flat_map(|row| &row.dots);
        let own = dots.filter(|dot| dot.key == at);
        PlotSeries {
            key: key.clone(),
            points: own.map(|dot| dot.point.clone()).collect(),
        }
    };
    keys.iter().enumerate().map(of_key).collect()
}

/// Whether a record stands at two dots.
fn are_shared(rows: &[DumbbellRow]) -> bool {
    let mut seen = HashSet::new();
    let dots = rows.iter().flat_map(|row| &row.dots);
    let mut records = dots.flat_map(|dot| &dot.point.mark.records);
    records.any(|at| !seen.insert(*at))
}
