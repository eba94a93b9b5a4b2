//! Small multiples: the same chart for each group of a field.

use super::drawn::{Axes, Drawn};
use super::fields::{Field, Holds};
use super::groups::Groups;
use super::plan::Plan;
use super::refusal::Refusal;
use super::{mark_of, measure, share};
use crate::picture::{Axis, Bars, Body, Multiple, Multiples, Panel, Plot};
use linchpin_register::chart::Channel;
use linchpin_register::chart_words::MarkKind;
use linchpin_register::{RecordKind, RecordRef};

/// The most small charts, where a chart does not say, and the most bars in one of them.
const MAX_PANELS: u32 = 24;
const MAX_BARS: usize = 12;

/// Draws the records of a plan, a small chart for each group.
pub fn draw(plan: &Plan<'_>, channel: &Channel) -> Result<Drawn, Refusal> {
    let Some(field) = plan.field(Some(channel), "facet")? else {
        return Err(Refusal::new(
            "facet",
            "Nothing says by which field the small charts are made.",
            "Add field: \"…\" to facet, or take facet out.",
        ));
    };
    if !plan.chart.lines.is_empty() || !plan.chart.annotations.is_empty() {
        return Err(Refusal::new(
            "facet",
            "Small multiples have no one place for lines and words.",
            "Take facet out, or say it in the note.",
        ));
    }
    let by_unit = plan.kind()? == RecordKind::Figure && matches!(field.name, "unit" | "currency");
    let mut notes = Vec::new();
    let records = if by_unit && plan.chart.mark != MarkKind::Table {
        let (drawable, others) = measure::drawable(plan, "x")?;
        notes.extend(others);
        drawable
    } else {
        plan.records.clone()
    };
    if records.is_empty() {
        return Err(measure::nothing(plan));
    }
    let mut groups = Groups::of(plan, &records, &field, channel);
    if by_unit {
        // Single numbers first: they stand large.
        groups.list.sort_by_key(|group| group.records.len() > 1);
    }
    groups.order(plan, |group| group.records.len() as f64);
    notes.extend(groups.without(plan, &field));
    let most = channel.limit.unwrap_or(MAX_PANELS).max(1) as usize;
    if groups.list.len() > most {
        let rest = groups.list.len() - most;
        let (one, more) = match by_unit {
            true => ("more unit", "more units"),
            false => ("more group", "more groups"),
        };
        notes.push(format!("Not drawn: {}.", share::many(rest, one, more)));
        groups.list.truncate(most);
    }
    let mut plan = plan.clone();
    if !by_unit {
        plan.kept = shared_groups(&plan, &records)?;
    }
    let plan = &plan;
    let mut panels = Vec::new();
    let mut several = false;
    let mut said: Vec<(String, String)> = Vec::new();
    for group in &groups.list {
        let drawn = mark_of(plan, &group.records)?;
        several |= drawn.several;
        said.extend(
            drawn
                .notes
                .into_iter()
                .map(|note| (group.name.clone(), note)),
        );
        panels.push(Multiple {
            title: group.name.clone(),
            body: drawn.body,
        });
    }
    // What holds of all is said once; what holds of one, with its name.
    for (name, note) in &said {
        let times = said.iter().filter(|(_, other)| other == note).count();
        let note = match times {
            1 if panels.len() > 1 && !by_unit => format!("{name}: {note}"),
            _ => note.clone(),
        };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    let body = match by_unit
        .then(|| as_panels(&mut panels, &mut notes))
        .flatten()
    {
        Some(bars) => Body::Bars(bars),
        None => Body::Multiples(Multiples {
            panels: match by_unit {
                true => panels,
                false => on_one_scale(panels),
            },
            own_scales: by_unit,
        }),
    };
    Ok(Drawn {
        body,
        notes,
        asides: Vec::new(),
        axes: Axes::default(),
        unit: None,
        several,
    })
}

/// Plots beside each other reach as far as the one that reaches farthest. Bars are put on one scale
/// where they are painted.
fn on_one_scale(mut panels: Vec<Multiple>) -> Vec<Multiple> {
    let sides: [fn(&mut Plot) -> &mut Axis; 2] = [|plot| &mut plot.x, |plot| &mut plot.y];
    for side in sides {
        let mut axes: Vec<&mut Axis> = panels
            .iter_mut()
            .filter_map(|panel| match &mut panel.body {
                Body::Plot(plot) => Some(side(plot)),
                _ => None,
            })
            .collect();
        let mut scales = axes.iter().map(|axis| axis.scale.clone());
        let first = scales.next();
        let joined = first.and_then(|first| scales.try_fold(first, |all, one| all.joined(&one)));
        if let Some(joined) = joined {
            axes.iter_mut().for_each(|axis| axis.scale = joined.clone());
        }
    }
    panels
}

/// The groups of all small charts of bars, so that each stands at the same place in all of them.
fn shared_groups(plan: &Plan<'_>, records: &[RecordRef]) -> Result<Vec<String>, Refusal> {
    let mut kept = Vec::new();
    if plan.chart.mark != MarkKind::Bar {
        return Ok(kept);
    }
    for (channel, name) in [(&plan.chart.x, "x"), (&plan.chart.y, "y")] {
        let field = plan.field(channel.as_ref(), name)?;
        let fixed = |field: &Field| matches!(field.holds, Holds::Links(_) | Holds::Choices(_));
        if let (Some(channel), Some(field)) = (channel, field.filter(fixed)) {
            let groups = Groups::of(plan, records, &field, channel);
            kept.extend(groups.list.into_iter().map(|group| group.key));
        }
    }
    Ok(kept)
}

/// Lying bars of several units as panels of one body: a panel with one number says it large.
fn as_panels(multiples: &mut [Multiple], notes: &mut Vec<String>) -> Option<Bars> {
    let mut panels = Vec::new();
    let mut cut = 0;
    for multiple in multiples.iter_mut() {
        match &mut multiple.body {
            Body::Bars(bars) if !bars.upright => {
                let mut bars = std::mem::take(&mut bars.panels.first_mut()?.bars);
                cut += bars.len().saturating_sub(MAX_BARS);
                bars.truncate(MAX_BARS);
                panels.push(Panel {
                    title: Some(multiple.title.clone()),
                    bars,
                });
            }
            _ => return None,
        }
    }
    if cut > 0 {
        notes.push(format!(
            "Not drawn: {} of units that have more than {MAX_BARS}.",
            share::many(cut, "more number", "more numbers")
        ));
    }
    Some(Bars {
        panels,
        upright: false,
    })
}
