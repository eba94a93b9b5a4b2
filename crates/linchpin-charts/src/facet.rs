//! Small multiples: the same chart for each group of a field.

use super::error::{ChannelName, ChartError, ChartErrorKind, ChartNote};
use super::fields::DataField;
use super::groups::{RecordGroup, RecordGroups};
use super::mark_output::{AxisGroups, MarkOutput};
use super::messages::{NOTHING_RECORDED, not_to_be_drawn};
use super::plan::ChartPlan;
use super::time_places::TimeRequest;
use super::{bar, draw_mark, measure};
use crate::picture::bars::ValueOrder;
use crate::picture::{BarPanel, Bars, FacetPanel, PictureBody, PlotAxis, SmallMultiples, XyPlot};
use crate::picture::{bullet, dumbbell};
use linchpin_register::chart::Channel;
use linchpin_register::chart_vocabulary::{Aggregate, MarkKind};
use linchpin_register::{RecordKind, RecordRef};

/// The most small charts, where a chart does not say, and the most bars in one of them.
const MAX_PANELS: u32 = 24;
const MAX_BARS: usize = 12;

/// Draws the records of a plan, a small chart for each group.
pub fn draw(plan: &ChartPlan<'_>, channel: &Channel) -> Result<MarkOutput, ChartError> {
    let Some(field) = plan.field(ChannelName::Facet)? else {
        return Err(ChartErrorKind::FacetWithoutField.at(ChannelName::Facet));
    };
    if !plan.chart.annotations.is_empty() {
        return Err(ChartErrorKind::FacetWithAnnotations.at(ChannelName::Facet));
    }
    // Units cannot be compared: each panel then has a scale of its own.
    let by_unit =
        plan.single_kind()? == RecordKind::Figure && matches!(field.name, "unit" | "currency");
    if by_unit && !plan.chart.lines.is_empty() {
        return Err(ChartErrorKind::FacetOfUnitsWithLines.at(ChannelName::Facet));
    }
    let mut notes = Vec::new();
    let mut records = plan.records.clone();
    if plan.chart.mark != MarkKind::Table && (by_unit || measures_amounts(plan)) {
        notes.extend(measure::keep_drawable(
            plan,
            &mut records,
            amount_channel(plan),
        )?);
    }
    if records.is_empty() {
        return Err(measure::no_records_error(plan));
    }
    let request = TimeRequest {
        name: ChannelName::Facet,
        field: &field,
        channel,
        usual: MAX_PANELS,
        most_apart: MAX_PANELS,
        joins_years: true,
        makes_numbers: &|groups| {
            let is_drawn = |group: &RecordGroup| match draw_mark(plan, &group.records) {
                Ok(_) => true,
                Err(error) => group.records.is_empty() || error.kind.is_nothing_there(),
            };
            groups.iter().all(is_drawn)
        },
    };
    let mut groups = RecordGroups::along_axis(plan, &records, &request, &mut notes)?;
    if by_unit {
        // Single numbers first: they stand large.
        groups.list.sort_by_key(|group| group.records.len() > 1);
    }
    groups.sort(plan, |group| ValueOrder::exact(group.records.len() as f64));
    notes.extend(groups.missing_note(plan, &field));
    let most = request.room(plan);
    if groups.list.len() > most {
        let rest = groups.list.split_off(most);
        let of_rest = rest.iter().flat_map(|group| group.records.iter().copied());
        notes.push(ChartNote::MorePanels {
            left_out: of_rest.collect::<Vec<RecordRef>>().into(),
            names: rest.iter().map(|group| group.name.clone()).collect(),
            field,
            are_units: by_unit,
            kind: plan.single_kind()?,
        });
    }
    let mut plan = plan.clone();
    if !by_unit {
        // Panels of one unit are compared, so the same group stands at the same place in each.
        plan.shared_groups = shared_group_keys(&plan, &records)?;
        let panels = groups.list.iter().map(|group| group.records.clone());
        plan.axis_panels = panels.collect();
    }
    let plan = &plan;
    let drawn = draw_panels(plan, &groups)?;
    let (mut panels, units) = (drawn.panels, drawn.units);
    add_panel_notes(&mut notes, &drawn.notes, panels.len(), by_unit);
    let body = match by_unit
        .then(|| merge_into_bar_panels(&mut panels, &mut notes))
        .flatten()
    {
        Some(bars) => {
            keep_notes_of_bars(&bars, &mut notes);
            PictureBody::Bars(bars)
        }
        None => PictureBody::SmallMultiples(SmallMultiples {
            panels: match by_unit {
                true => panels,
                false => share_scales(panels),
            },
            has_independent_scales: by_unit,
        }),
    };
    let whole_chart_notes = cut_axis_notes(&body);
    Ok(MarkOutput {
        body,
        notes,
        whole_chart_notes,
        axis_groups: AxisGroups::default(),
        // What all panels measure; nothing where they differ.
        unit: match units.split_first() {
            Some((first, rest)) if rest.iter().all(|unit| unit == first) => first.clone(),
            _ => Some(String::new()),
        },
        has_overlap: drawn.has_overlap,
    })
}

/// The small charts, with what belongs to them.
struct DrawnPanels {
    panels: Vec<FacetPanel>,
    /// Each with the title of its chart.
    notes: Vec<(String, ChartNote)>,
    units: Vec<Option<String>>,
    has_overlap: bool,
}

/// # Errors
/// Where one of them cannot be drawn, or none has anything to draw.
fn draw_panels(plan: &ChartPlan<'_>, groups: &RecordGroups) -> Result<DrawnPanels, ChartError> {
    let mut out = DrawnPanels {
        panels: Vec::new(),
        notes: Vec::new(),
        units: Vec::new(),
        has_overlap: groups.share_records(),
    };
    let mut first_error = None;
    for group in &groups.list {
        let title = group.name.clone();
        let body = match draw_mark(plan, &group.records) {
            Ok(drawn) => {
                out.units.push(drawn.unit);
                out.has_overlap |= drawn.has_overlap;
                let notes = drawn.notes.into_iter();
                out.notes.extend(notes.map(|note| (title.clone(), note)));
                drawn.body
            }
            // A place along time keeps its chart though nothing stands in it.
            Err(error) if group.records.is_empty() || error.kind.is_nothing_there() => {
                first_error.get_or_insert(error);
                PictureBody::Empty(nothing_there(plan, group))
            }
            Err(error) => return Err(error),
        };
        out.panels.push(FacetPanel { title, body });
    }
    match (out.units.is_empty(), first_error) {
        (true, Some(error)) => Err(error),
        _ => Ok(out),
    }
}

/// Why a small chart is empty.
fn nothing_there(plan: &ChartPlan<'_>, group: &RecordGroup) -> String {
    match group.records.len() {
        0 => NOTHING_RECORDED.into(),
        count => not_to_be_drawn(count, plan.record_kinds[0]),
    }
}

/// Takes out what the notes say of the ends of bars where there are none: a number that stands
/// alone in its panel has no bar.
fn keep_notes_of_bars(bars: &Bars, notes: &mut Vec<ChartNote>) {
    let with_bars = bars.panels.iter().filter(|panel| panel.bars.len() > 1);
    let said: Vec<ChartNote> = with_bars
        .flat_map(|panel| bar::bound_notes(&panel.bars))
        .collect();
    notes.retain(|note| !note.is_about_ends_of_bars() || said.contains(note));
}

/// A note of all panels stands once; that of one panel, with its name.
fn add_panel_notes(
    notes: &mut Vec<ChartNote>,
    panel_notes: &[(String, ChartNote)],
    panels: usize,
    by_unit: bool,
) {
    for (name, note) in panel_notes {
        // What is left out of several is one number.
        if note.left_out().is_some() {
            if !notes.iter_mut().any(|there| there.absorb(note)) {
                notes.push(note.clone());
            }
            continue;
        }
        let times = panel_notes
            .iter()
            .filter(|(_, other)| other == note)
            .count();
        let note = match times {
            1 if panels > 1 && !by_unit => ChartNote::OfPanel {
                title: name.clone(),
                note: Box::new(note.clone()),
            },
            _ => note.clone(),
        };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
}

/// Says which small charts have an axis that does not begin at zero: all of them, where they share
/// their scales.
fn cut_axis_notes(body: &PictureBody) -> Vec<ChartNote> {
    let PictureBody::SmallMultiples(multiples) = body else {
        return Vec::new();
    };
    let is_cut = |panel: &&FacetPanel| match &panel.body {
        PictureBody::Plot(plot) => plot.x.is_cut() || plot.y.is_cut(),
        _ => false,
    };
    let cut = multiples.panels.iter().filter(is_cut);
    match multiples.has_independent_scales {
        true => cut
            .map(|panel| ChartNote::OfPanel {
                title: panel.title.clone(),
                note: Box::new(ChartNote::CutAxis),
            })
            .collect(),
        false => cut.take(1).map(|_| ChartNote::CutAxis).collect(),
    }
}

/// Whether a channel stands for stated numbers.
fn measures_amounts(plan: &ChartPlan<'_>) -> bool {
    let chart = plan.chart;
    let mut channels = [&chart.x, &chart.y, &chart.color].into_iter().flatten();
    let is_amount = |channel: &Channel| {
        channel.field.as_deref() == Some("amount") && channel.aggregate != Some(Aggregate::Count)
    };
    plan.record_kinds == [RecordKind::Figure] && channels.any(is_amount)
}

/// The channel whose numbers have the units.
fn amount_channel(plan: &ChartPlan<'_>) -> ChannelName {
    let y = ChannelName::Y.of(plan.chart);
    match y.and_then(|channel| channel.field.as_deref()) {
        Some("amount") => ChannelName::Y,
        _ => ChannelName::X,
    }
}

/// Plots beside each other reach as far as the one that reaches farthest. Bars are put on one scale
/// where they are painted.
fn share_scales(mut panels: Vec<FacetPanel>) -> Vec<FacetPanel> {
    dumbbell::share_axes(&mut panels);
    bullet::share_ranges(&mut panels);
    // Each axis by itself: the panels may share dates across while their numbers have no common
    // scale.
    let axes_of: [fn(&mut XyPlot) -> &mut PlotAxis; 2] = [|plot| &mut plot.x, |plot| &mut plot.y];
    for axis_of in axes_of {
        let mut axes: Vec<&mut PlotAxis> = panels
            .iter_mut()
            .filter_map(|panel| match &mut panel.body {
                PictureBody::Plot(plot) => Some(axis_of(plot)),
                _ => None,
            })
            .collect();
        let mut scales = axes.iter().map(|axis| axis.scale.clone());
        let first = scales.next();
        let joined = first.and_then(|first| scales.try_fold(first, |all, one| all.union(&one)));
        if let Some(joined) = joined {
            axes.iter_mut().for_each(|axis| axis.scale = joined.clone());
        }
    }
    panels
}

/// The groups of all small charts of bars, so that each stands at the same place in all of them.
fn shared_group_keys(
    plan: &ChartPlan<'_>,
    records: &[RecordRef],
) -> Result<Vec<String>, ChartError> {
    let mut keys = Vec::new();
    if plan.chart.mark != MarkKind::Bar {
        return Ok(keys);
    }
    for name in [ChannelName::X, ChannelName::Y] {
        let (channel, field) = (name.of(plan.chart), plan.field(name)?);
        // Texts have no end of values: all of them in each panel would be mostly gaps.
        let fixed = |field: &DataField| field.domain().is_some();
        if let (Some(channel), Some(field)) = (channel, field.filter(fixed)) {
            let groups = RecordGroups::by_field(plan, records, &field, channel);
            keys.extend(groups.list.into_iter().map(|group| group.key));
        }
    }
    Ok(keys)
}

/// Horizontal bars of several units as panels of one body: a panel with one number says it large.
fn merge_into_bar_panels(multiples: &mut [FacetPanel], notes: &mut Vec<ChartNote>) -> Option<Bars> {
    let mut panels = Vec::new();
    let mut not_drawn: Vec<RecordRef> = Vec::new();
    for multiple in multiples.iter_mut() {
        match &mut multiple.body {
            PictureBody::Bars(bars) if !bars.is_vertical => {
                let mut bars = std::mem::take(&mut bars.panels.first_mut()?.bars);
                let rest = bars.split_off(bars.len().min(MAX_BARS));
                not_drawn.extend(rest.into_iter().flat_map(|bar| bar.mark.records));
                panels.push(BarPanel {
                    title: Some(multiple.title.clone()),
                    bars,
                });
            }
            _ => return None,
        }
    }
    if !not_drawn.is_empty() {
        notes.push(ChartNote::MoreNumbers {
            left_out: not_drawn.into(),
            most: MAX_BARS,
        });
    }
    Some(Bars {
        panels,
        is_vertical: false,
    })
}
