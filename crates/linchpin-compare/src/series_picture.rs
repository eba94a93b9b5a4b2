//! Something through the documents of a series: as a picture, with the firmest step on top and what
//! is not said or not known below, and as a table.

use crate::{
    DocumentTrace, Mention, Presence, PresenceSource, PresenceState, StepChange, TraceRow,
};
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

/// What a row of the picture stands for.
#[derive(Clone, Debug, PartialEq)]
enum SeriesBand {
    /// A step of the ladder: its label and its rank.
    Step(String, Option<u8>),
    /// It is said, and no commitment says it.
    NoStep,
    Absent,
    Unknown,
}

impl SeriesBand {
    fn of(presence: &Presence) -> SeriesBand {
        match presence {
            Presence::Present(mention) => match &mention.step {
                Some(step) => SeriesBand::Step(step.clone(), mention.rank),
                None => SeriesBand::NoStep,
            },
            Presence::Absent(_) => SeriesBand::Absent,
            Presence::Unknown(_) => SeriesBand::Unknown,
        }
    }

    fn label(&self) -> &str {
        match self {
            SeriesBand::Step(label, _) => label,
            SeriesBand::NoStep => NO_STEP_LABEL,
            SeriesBand::Absent => PresenceState::Absent.label(),
            SeriesBand::Unknown => PresenceState::Unknown.label(),
        }
    }

    /// For a legend with little room.
    fn short_label(&self) -> String {
        match self {
            SeriesBand::Step(_, Some(rank)) => rank.to_string(),
            SeriesBand::Step(_, None) => "–".into(),
            SeriesBand::NoStep => PresenceState::Present.label().into(),
            other => other.label().to_owned(),
        }
    }

    /// Each of the rows that are no step has a shape of its own.
    fn color(&self) -> ColorRole {
        match self {
            SeriesBand::Step(_, Some(rank)) => ColorRole::LadderStep(*rank),
            SeriesBand::Step(_, None) => ColorRole::Unranked(0),
            SeriesBand::NoStep => ColorRole::Single,
            SeriesBand::Absent => ColorRole::Unranked(1),
            SeriesBand::Unknown => ColorRole::Unranked(2),
        }
    }
}

/// Draws a series: documents by date, each at the step of what it says. `words` say which documents
/// they are.
pub fn series_picture(register: &Register, series: &DocumentTrace, words: &str) -> Picture {
    let bands = bands(register, series);
    let mut marks: Vec<(usize, PlotPoint)> = Vec::new();
    for row in &series.rows {
        let own = SeriesBand::of(&row.presence);
        if let Some(at) = bands.iter().position(|band| *band == own) {
            marks.push((at, point(register, row, at)));
        }
    }
    let of_band = |(at, band): (usize, &SeriesBand)| {
        let points = marks.iter().filter(|(band, _)| *band == at);
        let points: Vec<PlotPoint> = points.map(|(_, point)| point.clone()).collect();
        let key = LegendKey {
            name: band.label().to_owned(),
            short: band.short_label(),
            color: band.color(),
        };
        (!points.is_empty()).then_some(linchpin_charts::picture::PlotSeries { key, points })
    };
    let records: Vec<_> = marks
        .iter()
        .flat_map(|(_, p)| &p.mark.records)
        .copied()
        .collect();
    let mentions = series.rows.iter().filter_map(|row| row.presence.mention());
    let cited: Vec<_> = mentions.filter_map(|mention| mention.record).collect();
    let mut picture = Picture {
        derivation: None,
        id: SERIES_PICTURE_ID.into(),
        title: captions::display_name(&series.title),
        subtitle: subtitle(series, words),
        note: note(series),
        source: captions::source_line(register, &cited),
        description: String::new(),
        citations: captions::citations(register, &cited),
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
                    scale: AxisScale::Bands(
                        bands.iter().map(|band| band.label().to_owned()).collect(),
                    ),
                    tick_format: TickFormat::Plain,
                },
                geom: PlotGeom::Dots,
                series: bands.iter().enumerate().filter_map(of_band).collect(),
            }),
        },
        reference_lines: Vec::new(),
        annotations: Vec::new(),
    };
    // Last, as it tells all that has been set before.
    picture.description = picture.alt_text();
    picture
}

/// The rows from above: the steps of the ladder between the firmest and the weakest that is met,
/// kinds without a rank, then the rest.
fn bands(register: &Register, series: &DocumentTrace) -> Vec<SeriesBand> {
    let present = || {
        series
            .rows
            .iter()
            .filter(|row| row.presence.mention().is_some())
    };
    let ranks = || {
        series
            .rows
            .iter()
            .filter_map(|row| row.presence.mention()?.rank)
    };
    let (least, most) = (ranks().min(), ranks().max());
    let mut steps: Vec<&LadderStep> = register
        .ladder
        .iter()
        // Without a rank both ends are `None`, and no rank lies between them.
        .filter(|step| step.rank.is_some() && (least..=most).contains(&step.rank))
        .collect();
    steps.sort_by_key(|step| std::cmp::Reverse(step.rank));
    let steps = steps
        .iter()
        .map(|s| SeriesBand::Step(s.ranked_label(), s.rank));
    let mut all: Vec<SeriesBand> = steps.collect();
    for row in present() {
        let band = SeriesBand::of(&row.presence);
        if !all.contains(&band) {
            all.push(band);
        }
    }
    for (state, band) in [
        (PresenceState::Absent, SeriesBand::Absent),
        (PresenceState::Unknown, SeriesBand::Unknown),
    ] {
        if series.count(state) > 0 {
            all.push(band);
        }
    }
    all
}

fn step_or_none(mention: &Mention) -> String {
    let step = mention.step.clone();
    step.unwrap_or_else(|| NO_STEP_LABEL.into())
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
    let own = row.presence.mention().and_then(|mention| mention.record);
    let (low, high) = row.date.decimal_years();
    PlotPoint {
        name: short.clone(),
        x: Extent { low, high },
        y: Extent::exact(band as f64),
        dates: [Some(row.date), None],
        text: if is_proposed {
            format!("{printed}?").into()
        } else {
            printed.into()
        },
        mark: ChartMark {
            label: format!(
                "{short}, {}: {}",
                row.date.to_long_form(),
                presence_text(&row.presence)
            ),
            // Where no record says it, the mark leads to the document.
            records: vec![own.unwrap_or(row.document)],
        },
    }
}

/// What a document says, in one line.
pub fn presence_text(presence: &Presence) -> String {
    match presence {
        Presence::Present(mention) => {
            let quoted = mention.verb.iter().chain(&mention.phrase);
            let mut parts: Vec<String> = vec![step_or_none(mention)];
            parts.extend(quoted.map(|words| format!("“{words}”")));
            let paragraph = mention.paragraph;
            parts.extend(paragraph.map(|number| format!("paragraph {number}")));
            parts.push(mention.source.label().to_owned());
            parts.join("; ")
        }
        Presence::Absent(why) | Presence::Unknown(why) => format!("{}: {why}", presence.label()),
    }
}

fn subtitle(series: &DocumentTrace, words: &str) -> String {
    let mut parts = vec![captions::format_count(
        series.rows.len(),
        "document",
        "documents",
    )];
    for state in [
        PresenceState::Present,
        PresenceState::Absent,
        PresenceState::Unknown,
    ] {
        let count = series.count(state);
        if count > 0 {
            parts.push(format!("{} in {count}", state.label()));
        }
    }
    let counted = parts.join(", ");
    match words {
        "" => format!("Step by document: {counted}."),
        words => format!("{words}. Step by document: {counted}."),
    }
}

fn note(series: &DocumentTrace) -> Option<String> {
    let has = |source: PresenceSource| {
        let mut mentions = series.rows.iter().filter_map(|row| row.presence.mention());
        mentions.any(|mention| mention.source == source)
    };
    let mut notes = Vec::new();
    if has(PresenceSource::Proposed) {
        notes.push("“?”: taken for the same commitment by its words; nobody has confirmed it.");
    }
    if has(PresenceSource::Cited) {
        notes.push("Where a text is not at hand, only cited phrases were looked at.");
    }
    if series.count(PresenceState::Unknown) > 0 {
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
        let mention = row.presence.mention();
        let text =
            |of: fn(&Mention) -> Option<&String>| mention.and_then(of).cloned().unwrap_or_default();
        let paragraph = mention.and_then(|mention| mention.paragraph);
        let mut cells = vec![
            row.short.clone(),
            row.date.to_code(),
            row.presence.label().to_owned(),
            text(|mention| mention.step.as_ref()),
            text(|mention| mention.verb.as_ref()),
            text(|mention| mention.phrase.as_ref()),
            paragraph.map_or_else(String::new, |number| number.to_string()),
        ];
        cells.push(match &row.presence {
            Presence::Present(mention) => mention.source.label().to_owned(),
            Presence::Absent(why) | Presence::Unknown(why) => why.to_string(),
        });
        cells.push(change_text(row));
        let mut numbers = vec![None; cells.len()];
        // The paragraph is the only number among the cells.
        numbers[6] = paragraph.map(f64::from);
        DataRow {
            cells,
            numbers,
            records: [
                Some(row.document),
                mention.and_then(|mention| mention.record),
            ]
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
