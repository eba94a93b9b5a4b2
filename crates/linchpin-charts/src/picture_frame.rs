//! From a body to a whole picture: title, subtitle, notes, sources, lines and annotations.

use super::axis_reach;
use super::captions;
use super::encoding::has_plot_axes;
use super::error::{ChartError, ChartErrorKind, ChartNote, ChartPart};
use super::mark_output::MarkOutput;
use super::messages;
use super::plan::ChartPlan;
use crate::picture::{
    AxisPosition, Picture, PictureBody, PictureDerivation, PlacedAnnotation, PlacedReferenceLine,
};
use linchpin_register::chart_vocabulary::{AxisName, MarkKind};
use linchpin_register::english::with_period;
use linchpin_register::{Chart, RecordKind, RecordRef, Register};

/// Gives a body its frame.
///
/// # Errors
/// Where a line or an annotation names a place that is not there.
pub fn finish_picture(plan: &ChartPlan<'_>, drawn: MarkOutput) -> Result<Picture, ChartError> {
    let mut drawn = drawn;
    drawn.body.share_money_scales();
    let chart = plan.chart;
    let mut records: Vec<RecordRef> = Vec::new();
    for mark in drawn.body.marks() {
        records.extend(&mark.records);
    }
    // A record with several values stands in several marks and is cited once.
    let mut seen = std::collections::HashSet::new();
    records.retain(|at| seen.insert(*at));
    let mut notes: Vec<String> = chart.note.iter().map(|note| with_period(note)).collect();
    let rounded = match plan.derivation() {
        Some(_) => ChartNote::RoundedDerived,
        None => ChartNote::RoundedMeans,
    };
    let rounded = drawn.body.has_rounded_numbers().then_some(&rounded);
    let own = drawn.notes.iter().chain(&drawn.whole_chart_notes);
    for note in own.chain(rounded) {
        // Not what the chart's own note says already.
        let note = note.text();
        if notes.iter().all(|there| !there.contains(&note)) {
            notes.push(note);
        }
    }
    let mut picture = Picture {
        derivation: derivation(plan, &drawn),
        id: chart.id.to_string(),
        title: chart.title.clone(),
        subtitle: subtitle(plan, &drawn, &records),
        note: captions::join_sentences(notes),
        source: source_text(plan.register, chart, &records),
        description: String::new(),
        citations: captions::citations(plan.register, &records),
        reference_lines: reference_lines(plan, &drawn)?,
        annotations: annotations(plan, &drawn)?,
        body: drawn.body,
    };
    picture.description = picture.alt_text();
    // Who does not see the picture must not take what is drawn for all there is.
    let limits = drawn.notes.iter().chain(&drawn.whole_chart_notes);
    for note in limits.filter(|note| note.is_about_omissions()) {
        picture.description.push(' ');
        picture.description.push_str(&note.text());
    }
    Ok(picture)
}

/// What the numbers are, where they are worked out: by the one formula of all small charts, or the
/// first of them.
fn derivation(plan: &ChartPlan<'_>, drawn: &MarkOutput) -> Option<PictureDerivation> {
    fn formula(note: &ChartNote) -> Option<&ChartNote> {
        match note {
            ChartNote::Formula(_) => Some(note),
            ChartNote::OfPanel { note, .. } => formula(note),
            _ => None,
        }
    }
    plan.derivation()?;
    let formulas = drawn.notes.iter().filter(|note| formula(note).is_some());
    let words: Vec<String> = formulas.map(ChartNote::text).collect();
    Some(PictureDerivation {
        name: drawn.unit.clone().filter(|unit| !unit.is_empty())?,
        formula: words.join(" "),
    })
}

/// A picture that says why there is none.
pub fn error_picture(register: &Register, chart: &Chart, error: &ChartError) -> Picture {
    Picture {
        derivation: None,
        id: chart.id.to_string(),
        title: chart.title.clone(),
        subtitle: "This chart cannot be drawn.".into(),
        note: None,
        source: source_text(register, chart, &[]),
        description: format!("This chart cannot be drawn: {}", error.message()),
        citations: Vec::new(),
        reference_lines: Vec::new(),
        annotations: Vec::new(),
        body: PictureBody::Empty(error.message()),
    }
}

fn source_text(register: &Register, chart: &Chart, records: &[RecordRef]) -> String {
    let line = captions::source_line(register, records);
    match &chart.source {
        Some(words) => format!("{} {line}", with_period(words)),
        None => line,
    }
}

/// What is measured, and the counting rule.
fn subtitle(plan: &ChartPlan<'_>, drawn: &MarkOutput, records: &[RecordRef]) -> String {
    let measured = match &plan.chart.subtitle {
        Some(words) => with_period(words),
        None => measure_text(plan, drawn),
    };
    let kind = plan.record_kinds[0];
    let counted = match (plan.record_kinds.as_slice(), plan.chart.mark) {
        ([RecordKind::Commitment], _) => {
            let drawn = records.iter().filter(|at| at.kind == kind).count();
            captions::commitment_count(drawn, plan.rule)
        }
        (_, MarkKind::Timeline) => {
            captions::format_count(records.len(), "dated record", "dated records")
        }
        ([_], _) => {
            let drawn = records.iter().filter(|at| at.kind == kind).count();
            let all = plan.register.count(kind);
            let (one, more) = match kind {
                RecordKind::Figure => ("stated number", "stated numbers"),
                kind => (kind.what(), kind.noun().many),
            };
            let all_words = captions::format_count(all, one, more);
            if drawn == all {
                all_words
            } else {
                format!(
                    "{} of {all_words}",
                    linchpin_register::tables::formatting::format_number(drawn as f64)
                )
            }
        }
        _ => captions::format_count(records.len(), "record", "records"),
    };
    let mut parts = vec![measured];
    parts.extend(channel_titles(plan));
    parts.push(counted);
    parts.retain(|part| !part.trim().is_empty());
    parts.join(" ")
}

/// The words that the chart gives for its channels, where no axis or key has them: "Rows: who
/// promises."
fn channel_titles(plan: &ChartPlan<'_>) -> impl Iterator<Item = String> {
    let chart = plan.chart;
    let is_plot = has_plot_axes(chart.mark);
    let all = [
        ("Across", chart.x.as_ref().filter(|_| !is_plot)),
        ("Down", chart.y.as_ref().filter(|_| !is_plot)),
        ("Colors", chart.color.as_ref()),
        ("Small charts", chart.facet.as_ref()),
    ];
    all.into_iter().filter_map(|(place, channel)| {
        let title = channel?.title.as_deref()?;
        Some(format!("{place}: {}", with_period(title)))
    })
}

fn measure_text(plan: &ChartPlan<'_>, drawn: &MarkOutput) -> String {
    let several = if drawn.has_overlap {
        "; one record may count more than once"
    } else {
        ""
    };
    match (&drawn.body, &drawn.unit) {
        (PictureBody::Bars(bars), _) if bars.panels.len() > 1 => "One scale for each unit.".into(),
        (PictureBody::SmallMultiples(multiples), _) if multiples.has_independent_scales => {
            "One scale for each unit.".into()
        }
        (_, Some(unit)) if unit.is_empty() => String::new(),
        (_, Some(unit)) => {
            let mut words = unit.clone();
            if let Some(first) = words.get(..1) {
                let first = first.to_uppercase();
                words.replace_range(..1, &first);
            }
            format!("{words}{several}.")
        }
        (PictureBody::Timeline(_), _) => "Each as exact as its source:".into(),
        (PictureBody::Table(_) | PictureBody::Network(_), _) => String::new(),
        _ => {
            let kinds = plan.record_kinds[0].noun().many;
            format!("Number of {kinds}{several}.")
        }
    }
}

fn reference_lines(
    plan: &ChartPlan<'_>,
    drawn: &MarkOutput,
) -> Result<Vec<PlacedReferenceLine>, ChartError> {
    plan.chart
        .lines
        .iter()
        .map(|line| {
            let (axis, at) = (line.axis, line.at.trim());
            let position = resolve_position(plan, drawn, axis, at, ChartPart::Lines)?;
            let label = match (position, line.label.trim()) {
                (AxisPosition::Off(side), "") => messages::off_axis_text(at, side),
                (AxisPosition::Off(side), label) => {
                    format!("{label} ({})", messages::off_axis_text(at, side))
                }
                _ => line.label.clone(),
            };
            Ok(PlacedReferenceLine {
                axis,
                position,
                label,
            })
        })
        .collect()
}

fn annotations(
    plan: &ChartPlan<'_>,
    drawn: &MarkOutput,
) -> Result<Vec<PlacedAnnotation>, ChartError> {
    let at = |axis, words: &Option<String>| {
        words
            .as_ref()
            .map(|words| resolve_position(plan, drawn, axis, words, ChartPart::Annotations))
            .transpose()
    };
    plan.chart
        .annotations
        .iter()
        .map(|note| {
            let (x, y) = (at(AxisName::X, &note.x)?, at(AxisName::Y, &note.y)?);
            let mut text = note.text.clone();
            for (position, at) in [(x, &note.x), (y, &note.y)] {
                if let (Some(AxisPosition::Off(side)), Some(at)) = (position, at) {
                    text = format!("{text} ({})", messages::off_axis_text(at.trim(), side));
                }
            }
            Ok(PlacedAnnotation { text, x, y })
        })
        .collect()
}

fn resolve_position(
    plan: &ChartPlan<'_>,
    drawn: &MarkOutput,
    axis: AxisName,
    words: &str,
    part: ChartPart,
) -> Result<AxisPosition, ChartError> {
    let at = drawn
        .axis_groups
        .resolve_position(plan.register, axis, words);
    let at = at.and_then(|at| axis_reach::place_on_axis(&drawn.body, axis, at));
    at.ok_or_else(|| {
        let groups = match axis {
            AxisName::X => &drawn.axis_groups.x,
            AxisName::Y => &drawn.axis_groups.y,
        };
        let error = ChartErrorKind::UnknownPosition {
            words: words.to_owned(),
            keys: groups.iter().map(|group| group.key.clone()).collect(),
        };
        error.at(part)
    })
}
