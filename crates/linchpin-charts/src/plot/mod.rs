//! Dots, ranges, lines and steps: numbers, dates or groups on two axes.

pub mod axes;
pub mod points;

use super::captions;
use super::derived;
use super::encoding::{AxisEncoding, ChartEncoding, is_joined};
use super::error::{ChannelName, ChartError, ChartErrorKind, ChartNote};
use super::groups::{RecordGroup, RecordGroups, color_roles};
use super::mark_output::MarkOutput;
use super::measure;
use super::plan::ChartPlan;
use crate::picture::{
    ColorRole, Extent, LegendKey, LineJoin, PictureBody, PlotGeom, PlotPoint, PlotSeries, XyPlot,
};
use linchpin_register::RecordRef;
use linchpin_register::chart_vocabulary::MarkKind;
use points::BandAxis;

/// The most groups on an axis, and the most colors, where a chart does not say.
const MAX_GROUPS: u32 = 30;
const MAX_SERIES: u32 = 6;

/// Draws the records of a plan, or some of them: those of one small chart.
pub fn draw(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    let encoding = ChartEncoding::of_plot(plan)?;
    let mut notes = Vec::new();
    let mut records = records.to_vec();
    let mut unit = None;
    if let Some(name) = encoding.stated_number_channel() {
        notes.extend(measure::keep_drawable(plan, &mut records, name)?);
        unit = measure::common_unit(plan, &records, name)?;
    }
    records = points::keep_dated(plan, &encoding, records, &mut notes)?;
    let bands = band_axis(plan, &encoding, &records, &mut notes)?;
    let shape = plot_geom(plan.chart.mark);
    let mut series = Vec::new();
    let colors = match &bands {
        Some(bands) if is_color_of_bands(plan, &encoding)? => split_by_band(plan, &encoding, bands),
        _ => split_by_color(plan, &records, &mut notes)?,
    };
    for Colored { key, records, band } in colors {
        let mut points = points::points_of(plan, &encoding, bands.as_ref(), &records)?;
        if let Some(band) = band {
            // A record of two groups stands in both bands, in the color of each.
            let own = Extent::exact(band as f64);
            points.retain(|point| {
                own == if encoding.has_groups_across() {
                    point.x
                } else {
                    point.y
                }
            });
        }
        if is_joined(plan.chart.mark) {
            let start =
                |at: &crate::picture::PlotPoint| at.x.low.or(at.x.high).unwrap_or(f64::INFINITY);
            points.sort_by(|a, b| start(a).total_cmp(&start(b)));
            derived::of_points(plan, &encoding, &mut points, &mut notes)?;
        }
        series.push(PlotSeries { key, points });
    }
    series.retain(|series| !series.points.is_empty());
    if series.is_empty() {
        let nothing = derived::nothing_left(plan);
        return Err(nothing.unwrap_or_else(|| measure::no_records_error(plan)));
    }
    let all = || series.iter().flat_map(|series| &series.points);
    notes.extend(open_end_notes(&encoding, &series));
    let axes = bands
        .as_ref()
        .map(BandAxis::axis_groups)
        .unwrap_or_default();
    let units = derived::units_of_points(plan, encoding.number().1, &records, unit)?;
    let [x, y] = axes::plot_axes(
        plan,
        &encoding,
        bands.as_ref(),
        &series,
        units.axis.as_ref(),
    )?;
    let drawn = all().map(|point| point.mark.records.len()).sum::<usize>();
    let plot = XyPlot {
        x,
        y,
        geom: shape,
        series,
    };
    notes.extend(line_notes(&plot, &encoding));
    let is_cut = plot.x.is_cut() || plot.y.is_cut();
    Ok(MarkOutput {
        has_overlap: drawn > records.len(),
        body: PictureBody::Plot(plot),
        notes,
        // Small charts have one scale, which is made of all of theirs.
        whole_chart_notes: is_cut.then_some(ChartNote::CutAxis).into_iter().collect(),
        axis_groups: axes,
        unit: match units.words {
            Some(words) => Some(words),
            None if encoding.x.is_number() || encoding.y.is_number() => None,
            None => Some(String::new()),
        },
    })
}

/// How lines and intervals are drawn, each where it is.
fn line_notes(plot: &XyPlot, encoding: &ChartEncoding<'_>) -> impl Iterator<Item = ChartNote> {
    let is_interval = |axis: &AxisEncoding<'_>, place: fn(&PlotPoint) -> Extent| {
        let mut points = plot.series.iter().flat_map(|series| &series.points);
        axis.is_number() && points.any(|point| place(point).is_interval())
    };
    // Ranges are lines from number to number by themselves.
    let has_intervals = plot.geom != PlotGeom::Ranges
        && (is_interval(&encoding.x, |point| point.x) || is_interval(&encoding.y, |point| point.y));
    let has_bands = plot.geom == PlotGeom::Line && plot.has_join(LineJoin::Band);
    let is_broken = plot.geom == PlotGeom::Line && plot.has_join(LineJoin::Broken);
    let all = [
        (plot.has_gaps(), ChartNote::DashedGaps),
        (plot.has_dashes_at_bounds(), ChartNote::DashedBounds),
        (has_intervals, ChartNote::Intervals),
        (has_bands, ChartNote::BandJoins),
        (is_broken, ChartNote::BrokenLines),
    ];
    all.into_iter().filter(|(is, _)| *is).map(|(_, note)| note)
}

/// What open ends mean, each kind where it is drawn: of numbers toward more and toward less, of
/// times.
pub fn open_end_notes(
    encoding: &ChartEncoding<'_>,
    series: &[PlotSeries],
) -> impl Iterator<Item = ChartNote> {
    let extents = |axis: &AxisEncoding<'_>, place: fn(&PlotPoint) -> Extent| {
        let points = series.iter().flat_map(|series| &series.points);
        let found: Vec<Extent> = points.map(place).collect();
        let any = |is: fn(&Extent) -> bool| found.iter().any(is);
        let is_number = axis.is_number();
        [
            (
                is_number && any(|extent| extent.has_no_upper_bound()),
                ChartNote::LowerBounds,
            ),
            (
                is_number && any(|extent| extent.has_no_lower_bound()),
                ChartNote::UpperBounds,
            ),
            (
                !is_number && any(|extent| extent.has_no_upper_bound()),
                ChartNote::OpenPeriods,
            ),
        ]
    };
    let x = extents(&encoding.x, |point| point.x);
    let y = extents(&encoding.y, |point| point.y);
    let all = x.into_iter().chain(y);
    all.filter(|(is, _)| *is).map(|(_, note)| note)
}

fn plot_geom(mark: MarkKind) -> PlotGeom {
    match mark {
        MarkKind::Range => PlotGeom::Ranges,
        MarkKind::Line => PlotGeom::Line,
        MarkKind::Step => PlotGeom::Steps,
        _ => PlotGeom::Dots,
    }
}

/// The groups of the axis that has some, in their order.
fn band_axis(
    plan: &ChartPlan<'_>,
    encoding: &ChartEncoding<'_>,
    records: &[RecordRef],
    notes: &mut Vec<ChartNote>,
) -> Result<Option<BandAxis>, ChartError> {
    let Some(group) = encoding.group() else {
        return Ok(None);
    };
    let mut groups = RecordGroups::by_field(plan, records, &group.field, &group.channel);
    groups.check_not_empty(plan, group)?;
    notes.extend(groups.missing_note(plan, &group.field));
    let value = |group: &RecordGroup| points::greatest(plan, encoding, &group.records);
    groups.sort(plan, value);
    let most = group.channel.limit.unwrap_or(MAX_GROUPS).max(1) as usize;
    notes.extend(groups.truncate(most, &group.field, plan.single_kind()?));
    Ok(Some(BandAxis {
        groups: groups.list,
        is_on_x: encoding.has_groups_across(),
    }))
}

/// The records of a color.
struct Colored {
    key: LegendKey,
    records: Vec<RecordRef>,
    /// The place of the one band that has the color.
    band: Option<usize>,
}

/// Whether color stands for the same as the bands.
fn is_color_of_bands(
    plan: &ChartPlan<'_>,
    encoding: &ChartEncoding<'_>,
) -> Result<bool, ChartError> {
    let color = plan.field(ChannelName::Color)?;
    let bands = encoding.group().map(|group| group.field);
    Ok(color.is_some() && color == bands)
}

/// The records of each band, in a color of its own.
fn split_by_band(
    plan: &ChartPlan<'_>,
    encoding: &ChartEncoding<'_>,
    bands: &BandAxis,
) -> Vec<Colored> {
    let field = encoding.group().map(|group| group.field);
    let roles = field.map(|field| color_roles(plan.register, &field, &bands.groups));
    let keyed = bands.groups.iter().zip(roles.unwrap_or_default());
    let colored = keyed.enumerate().map(|(band, (group, color))| Colored {
        key: LegendKey {
            name: group.name.clone(),
            short: captions::display_name(&group.short),
            color,
        },
        records: group.records.clone(),
        band: Some(band),
    });
    colored.collect()
}

/// The records of each color with its key; all of them as one where color stands for nothing.
fn split_by_color(
    plan: &ChartPlan<'_>,
    records: &[RecordRef],
    notes: &mut Vec<ChartNote>,
) -> Result<Vec<Colored>, ChartError> {
    let field = plan.field(ChannelName::Color)?;
    let field = field.filter(|field| field.is_groupable());
    let (Some(channel), Some(field)) = (&plan.chart.color, field) else {
        let name = plan.single_kind()?.title().to_owned();
        let key = LegendKey {
            short: name.clone(),
            name,
            color: ColorRole::Single,
        };
        return Ok(vec![Colored {
            key,
            records: records.to_vec(),
            band: None,
        }]);
    };
    let kind = plan.single_kind()?;
    // Each word of a vocabulary has a color of its own.
    let usual = MAX_SERIES.max(field.terms().len() as u32);
    let most = channel.limit.unwrap_or(usual).max(1) as usize;
    let mut groups = RecordGroups::for_colors(plan, records, &field, channel, most, notes);
    groups.list.retain(|group| !group.records.is_empty());
    if !groups.missing.is_empty() {
        notes.push(ChartNote::WithoutColor {
            left_out: groups.missing.clone().into(),
            kind: plan.record_kinds[0],
            field,
        });
    }
    notes.extend(groups.truncate(most, &field, kind));
    if groups.list.is_empty() {
        return Err(ChartErrorKind::EmptyGroupField { kind, field }.at(ChannelName::Color));
    }
    let roles = color_roles(plan.register, &field, &groups.list);
    let keyed = groups.list.into_iter().zip(roles).map(|(group, role)| {
        let key = LegendKey {
            name: group.name,
            short: captions::display_name(&group.short),
            color: role,
        };
        Colored {
            key,
            records: group.records,
            band: None,
        }
    });
    Ok(keyed.collect())
}
