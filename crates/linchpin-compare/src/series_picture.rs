//! Something through the documents of a series: as a picture, with the firmest step on top and what
//! is not said or not known below, and as a table.

use crate::{DocumentTrace, Mention, Presence, PresenceSource, StepChange, TraceRow};
use linchpin_charts::captions;
use linchpin_charts::picture::{
    AxisScale, ChartMark, ColorRole, DataRow, DataTable, Extent, LegendKey, Picture, PictureBody,
    PlotAxis, PlotGeom, PlotPoint, TickFormat, XyPlot, nice,
};
use linchpin_register::english::list_with_and;
use linchpin_register::tables::formatting;
use linchpin_register::{Document, LadderStep, Register};

/// The id under which the picture is known.
pub const SERIES_PICTURE_ID: &str = "through-time";

const NO_STEP_LABEL: &str = "said, no commitment";
const ABSENT_LABEL: &str = "not said";
const UNKNOWN_LABEL: &str = "not known";

/// The tones of rows that are no step: each has a shape of its own.
const ABSENT_COLOR: ColorRole = ColorRole::Unranked(1);
const UNKNOWN_COLOR: ColorRole = ColorRole::Unranked(2);

/// Draws a series: documents by date, each at the step of what it says. `words` say which documents
/// they are.
pub fn series_picture(register: &Register, series: &DocumentTrace, words: &str) -> Picture {
    let bands = bands(register, series);
    let mut marks: Vec<(usize, PlotPoint)> = Vec::new();
    for row in &series.rows {
        let key = BandKey::of(&row.presence);
        if let Some(at) = bands.iter().position(|band| band.key == key) {
            marks.push((at, point(register, row, at)));
        }
    }
    let of_band = |(at, band): (usize, &StepBand<'_>)| {
        let points = marks.iter().filter(|(of, _)| *of == at);
        let points: Vec<PlotPoint> = points.map(|(_, point)| point.clone()).collect();
        let key = LegendKey {
            name: band.name.clone(),
            short: band.name.split(' ').next().unwrap_or_default().to_owned(),
            color: band.color,
        };
        (!points.is_empty()).then_some(linchpin_charts::picture::PlotSeries { key, points })
    };
    let records: Vec<_> = marks
        .iter()
        .flat_map(|(_, p)| &p.mark.records)
        .copied()
        .collect();
    let said: Vec<_> = series
        .rows
        .iter()
        .filter_map(|row| row.presence.mention()?.record)
        .collect();
    let mut picture = Picture {
        id: SERIES_PICTURE_ID.into(),
        title: captions::display_name(&series.title),
        subtitle: subtitle(series, words),
        note: note(series),
        source: captions::source_line(register, &said),
        description: String::new(),
        citations: captions::citations(register, &said),
        body: match records.is_empty() {
            true => PictureBody::Empty(
                "No document is chosen. Choose a series, or give documents a series.".into(),
            ),
            false => PictureBody::Plot(XyPlot {
                x: PlotAxis {
                    title: String::new(),
                    scale: date_scale(series),
                    tick_format: TickFormat::Plain,
                },
                y: PlotAxis {
                    title: "step".into(),
                    scale: AxisScale::Bands(bands.iter().map(|band| band.name.clone()).collect()),
                    tick_format: TickFormat::Plain,
                },
                geom: PlotGeom::Dots,
                series: bands.iter().enumerate().filter_map(of_band).collect(),
            }),
        },
        reference_lines: Vec::new(),
        annotations: Vec::new(),
    };
    picture.description = picture.alt_text();
    picture
}

/// The rows from above: the steps of the ladder between the firmest and the weakest that is met,
/// kinds without a rank, then the rest.
fn bands<'s>(register: &'s Register, series: &'s DocumentTrace) -> Vec<StepBand<'s>> {
    let said = || series.rows.iter().filter_map(|row| row.presence.mention());
    let ranks = || said().filter_map(|said| said.rank);
    let mut steps: Vec<&LadderStep> = register
        .ladder
        .iter()
        .filter(|step| {
            step.rank.is_some_and(|rank| {
                ranks().min().is_some_and(|least| rank >= least)
                    && ranks().max().is_some_and(|most| rank <= most)
            })
        })
        .collect();
    steps.sort_by_key(|step| std::cmp::Reverse(step.rank));
    let ranked = steps.iter().map(|step| StepBand {
        key: BandKey::Step(step.id.as_str()),
        name: step.ranked_label(),
        color: ColorRole::LadderStep(step.rank.unwrap_or_default()),
    });
    let mut all: Vec<StepBand> = ranked.collect();
    for said in said() {
        let key = BandKey::of_mention(said);
        if !all.iter().any(|band| band.key == key) {
            all.push(StepBand {
                key,
                name: step_or_none(said),
                color: match key {
                    BandKey::NoCommitment => ColorRole::Single,
                    _ => ColorRole::Unranked(0),
                },
            });
        }
    }
    for (key, name, color) in [
        (BandKey::Absent, ABSENT_LABEL, ABSENT_COLOR),
        (BandKey::Unknown, UNKNOWN_LABEL, UNKNOWN_COLOR),
    ] {
        let mut rows = series.rows.iter();
        if rows.any(|row| BandKey::of(&row.presence) == key) {
            all.push(StepBand {
                key,
                name: name.to_owned(),
                color,
            });
        }
    }
    all
}

/// A row of the picture.
struct StepBand<'s> {
    key: BandKey<'s>,
    name: String,
    color: ColorRole,
}

/// What a row stands for.
#[derive(Clone, Copy, PartialEq)]
enum BandKey<'s> {
    /// A step of the ladder, by its id.
    Step(&'s str),
    /// A commitment to which nothing gives a step.
    NoStep,
    /// Words of no commitment.
    NoCommitment,
    Absent,
    Unknown,
}

impl<'s> BandKey<'s> {
    fn of(presence: &'s Presence) -> BandKey<'s> {
        match presence {
            Presence::Present(said) => BandKey::of_mention(said),
            Presence::Absent(_) => BandKey::Absent,
            Presence::Unknown(_) => BandKey::Unknown,
        }
    }

    fn of_mention(said: &'s Mention) -> BandKey<'s> {
        match (&said.step_id, &said.step) {
            (Some(id), _) => BandKey::Step(id),
            (None, Some(_)) => BandKey::NoStep,
            (None, None) => BandKey::NoCommitment,
        }
    }
}

fn step_or_none(said: &Mention) -> String {
    said.step.clone().unwrap_or_else(|| NO_STEP_LABEL.into())
}

fn date_scale(series: &DocumentTrace) -> AxisScale {
    let ends = series
        .rows
        .iter()
        .map(|row| (row.date.start_decimal_year(), row.date.end_decimal_year()));
    let (low, high) = ends.fold(
        (f64::INFINITY, f64::NEG_INFINITY),
        |(low, high), (from, to)| (low.min(from), high.max(to)),
    );
    let (from, to) = nice::nice_date_range(low, high);
    AxisScale::Dates { from, to }
}

fn point(register: &Register, row: &TraceRow, band: usize) -> PlotPoint {
    let short = captions::display_name(&row.short);
    let number = register.get::<Document>(&row.id).and_then(|d| d.number);
    let printed = number.map_or_else(
        || short.clone(),
        |n| formatting::format_ordinal(f64::from(n)),
    );
    let is_proposed = row
        .presence
        .mention()
        .is_some_and(|s| s.source == PresenceSource::Proposed);
    let own = row.presence.mention().and_then(|said| said.record);
    PlotPoint {
        name: short.clone(),
        x: Extent {
            low: Some(row.date.start_decimal_year()),
            high: Some(row.date.end_decimal_year()),
        },
        y: Extent::exact(band as f64),
        text: match is_proposed {
            true => format!("{printed}?").into(),
            false => printed.into(),
        },
        mark: ChartMark {
            label: format!(
                "{short}, {}: {}",
                row.date.to_long_form(),
                presence_text(&row.presence)
            ),
            records: vec![own.unwrap_or(row.document)],
        },
    }
}

/// What a document says, in one line.
pub fn presence_text(presence: &Presence) -> String {
    match presence {
        Presence::Present(said) => {
            let mut parts: Vec<String> = vec![step_or_none(said)];
            parts.extend(said.verb.iter().map(|verb| format!("“{verb}”")));
            parts.extend(said.phrase.iter().map(|phrase| format!("“{phrase}”")));
            parts.extend(said.paragraph.map(|number| format!("paragraph {number}")));
            parts.push(said.source.label().to_owned());
            parts.join("; ")
        }
        Presence::Absent(why) => format!("{ABSENT_LABEL}: {why}"),
        Presence::Unknown(why) => format!("{UNKNOWN_LABEL}: {why}"),
    }
}

fn subtitle(series: &DocumentTrace, words: &str) -> String {
    let mut parts = vec![captions::format_count(
        series.rows.len(),
        "document",
        "documents",
    )];
    let said = series.count(|presence| presence.mention().is_some());
    let absent = series.count(|presence| matches!(presence, Presence::Absent(_)));
    for (label, count) in [
        ("said", said),
        (ABSENT_LABEL, absent),
        (UNKNOWN_LABEL, series.count(is_unknown)),
    ] {
        if count > 0 {
            parts.push(format!("{label} in {count}"));
        }
    }
    let counted = parts.join(", ");
    match words {
        "" => format!("Step by document: {counted}."),
        words => format!("{words}. Step by document: {counted}."),
    }
}

fn is_unknown(presence: &Presence) -> bool {
    matches!(presence, Presence::Unknown(_))
}

fn note(series: &DocumentTrace) -> Option<String> {
    let has = |source: PresenceSource| {
        let mut said = series.rows.iter().filter_map(|row| row.presence.mention());
        said.any(|said| said.source == source)
    };
    let mut notes = Vec::new();
    if has(PresenceSource::Proposed) {
        notes.push("“?”: taken for the same commitment by its words; nobody has confirmed it.");
    }
    if has(PresenceSource::Cited) {
        notes.push("Where a text is not at hand, only cited phrases were looked at.");
    }
    if series.count(is_unknown) > 0 {
        notes.push(
            "Not known: the document is not coded through for it, or its text is not at hand.",
        );
    }
    (!notes.is_empty()).then(|| notes.join(" "))
}

/// The same as a table: one row for each document, with the records behind it.
pub fn series_table(series: &DocumentTrace) -> DataTable {
    let columns = [
        "document",
        "date",
        "state",
        "step",
        "verb",
        "phrase",
        "paragraph",
        "known by",
        "change",
    ];
    let rows = series.rows.iter().map(|row| {
        let said = row.presence.mention();
        let text =
            |of: fn(&Mention) -> Option<&String>| said.and_then(of).cloned().unwrap_or_default();
        let paragraph = said.and_then(|said| said.paragraph);
        let mut cells = vec![
            row.short.clone(),
            row.date.to_code(),
            row.presence.label().to_owned(),
            text(|said| said.step.as_ref()),
            text(|said| said.verb.as_ref()),
            text(|said| said.phrase.as_ref()),
            paragraph.map_or_else(String::new, |number| number.to_string()),
        ];
        cells.push(match &row.presence {
            Presence::Present(said) => said.source.label().to_owned(),
            Presence::Absent(why) | Presence::Unknown(why) => why.clone(),
        });
        cells.push(change_text(row));
        let mut numbers = vec![None; cells.len()];
        numbers[6] = paragraph.map(f64::from);
        DataRow {
            cells,
            numbers,
            records: [Some(row.document), said.and_then(|said| said.record)]
                .into_iter()
                .flatten()
                .collect(),
        }
    });
    DataTable {
        columns: columns.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

/// "firmer, back again"
pub fn change_text(row: &TraceRow) -> String {
    match (row.step_change, row.is_resumed) {
        (Some(change), true) => format!("{}, back again", change.label()),
        (Some(change), false) => change.label().to_owned(),
        (None, _) => String::new(),
    }
}

/// First seen, last seen, gaps and steps, in sentences.
pub fn summary_sentences(series: &DocumentTrace) -> Vec<String> {
    let Some((first, last)) = series.first().zip(series.last()) else {
        return vec!["It is said in none of these documents, as far as they are known.".into()];
    };
    let at = |row: &TraceRow| format!("{} ({})", row.short, row.date.to_long_form());
    let mut all = vec![
        format!("First seen: {}.", at(first)),
        format!("Last seen: {}.", at(last)),
    ];
    let gaps: Vec<String> = series.gaps().iter().map(|row| row.short.clone()).collect();
    if !gaps.is_empty() {
        all.push(format!("Not said in between: {}.", list_with_and(&gaps)));
    }
    let after = series.rows.iter().rev().take_while(|row| row.id != last.id);
    let mut after: Vec<String> = after
        .filter(|row| matches!(row.presence, Presence::Absent(_)))
        .map(|row| row.short.clone())
        .collect();
    after.reverse();
    if !after.is_empty() {
        all.push(format!("Not said since, in {}.", list_with_and(&after)));
    }
    for row in &series.rows {
        let words = match row.step_change {
            Some(StepChange::Firmer) => "A step up",
            Some(StepChange::Weaker) => "A step down",
            _ => continue,
        };
        let step = row.presence.mention().map(step_or_none).unwrap_or_default();
        all.push(format!("{words} in {}: {step}.", row.short));
    }
    all
}
