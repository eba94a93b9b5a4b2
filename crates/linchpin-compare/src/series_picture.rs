//! Something through the documents of a series: as a picture, with the firmest step on top and what
//! is not said or not known below, and as a table.

use crate::{Move, Presence, Said, Series, SeriesRow, Source};
use linchpin_charts::picture::{
    Axis, Body, Data, DataRow, Extent, Key, Mark, Numbers, Picture, Plot, Point, Scale, Shape,
    Tone, rounds,
};
use linchpin_charts::share;
use linchpin_register::english::list_with_and;
use linchpin_register::tables::words;
use linchpin_register::{Document, Register, Step};

/// The id under which the picture is known.
pub const ID: &str = "through-time";

const NO_STEP: &str = "said, no commitment";
const NOT_SAID: &str = "not said";
const NOT_KNOWN: &str = "not known";

/// The tones of rows that are no step: each has a shape of its own.
const NOT_SAID_TONE: Tone = Tone::Unranked(1);
const NOT_KNOWN_TONE: Tone = Tone::Unranked(2);

/// Draws a series: documents by date, each at the step of what it says. `words` say which documents
/// they are.
pub fn series(register: &Register, series: &Series, words: &str) -> Picture {
    let bands = bands(register, series);
    let mut marks: Vec<(usize, Point)> = Vec::new();
    for row in &series.rows {
        let name = band(&row.presence);
        if let Some(at) = bands.iter().position(|(band, _)| *band == name) {
            marks.push((at, point(register, row, at)));
        }
    }
    let of_band = |(at, (name, tone)): (usize, &(String, Tone))| {
        let points = marks.iter().filter(|(band, _)| *band == at);
        let points: Vec<Point> = points.map(|(_, point)| point.clone()).collect();
        let key = Key {
            name: name.clone(),
            short: name.split(' ').next().unwrap_or_default().to_owned(),
            tone: *tone,
        };
        (!points.is_empty()).then_some(linchpin_charts::picture::Series { key, points })
    };
    let records: Vec<_> = marks
        .iter()
        .flat_map(|(_, p)| &p.mark.records)
        .copied()
        .collect();
    let said: Vec<_> = series
        .rows
        .iter()
        .filter_map(|row| row.presence.said()?.record)
        .collect();
    let mut picture = Picture {
        id: ID.into(),
        title: share::name(&series.title),
        subtitle: subtitle(series, words),
        note: note(series),
        source: share::source_line(register, &said),
        description: String::new(),
        citations: share::citations(register, &said),
        body: match records.is_empty() {
            true => Body::Empty(
                "No document is chosen. Choose a series, or give documents a series.".into(),
            ),
            false => Body::Plot(Plot {
                x: Axis {
                    title: String::new(),
                    scale: dates(series),
                    numbers: Numbers::Plain,
                },
                y: Axis {
                    title: "step".into(),
                    scale: Scale::Bands(bands.iter().map(|(name, _)| name.clone()).collect()),
                    numbers: Numbers::Plain,
                },
                shape: Shape::Dots,
                series: bands.iter().enumerate().filter_map(of_band).collect(),
            }),
        },
        guides: Vec::new(),
        remarks: Vec::new(),
    };
    picture.description = picture.alt_text();
    picture
}

/// The rows from above: the steps of the ladder between the firmest and the weakest that is met,
/// kinds without a rank, then the rest.
fn bands(register: &Register, series: &Series) -> Vec<(String, Tone)> {
    let said = || series.rows.iter().filter_map(|row| row.presence.said());
    let ranks = || said().filter_map(|said| said.rank);
    let mut steps: Vec<&Step> = register
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
    let ranked = steps
        .iter()
        .map(|s| (s.numbered(), Tone::Step(s.rank.unwrap_or_default())));
    let mut all: Vec<(String, Tone)> = ranked.collect();
    for said in said() {
        let name = of_said(said);
        if !all.iter().any(|(band, _)| *band == name) {
            let tone = match said.step {
                Some(_) => Tone::Unranked(0),
                None => Tone::Plain,
            };
            all.push((name, tone));
        }
    }
    for (name, tone) in [(NOT_SAID, NOT_SAID_TONE), (NOT_KNOWN, NOT_KNOWN_TONE)] {
        if series.count(name) > 0 {
            all.push((name.to_owned(), tone));
        }
    }
    all
}

fn band(presence: &Presence) -> String {
    match presence {
        Presence::Present(said) => of_said(said),
        Presence::Absent(_) => NOT_SAID.into(),
        Presence::Unknown(_) => NOT_KNOWN.into(),
    }
}

fn of_said(said: &Said) -> String {
    said.step.clone().unwrap_or_else(|| NO_STEP.into())
}

fn dates(series: &Series) -> Scale {
    let ends = series
        .rows
        .iter()
        .map(|row| (row.date.start_year(), row.date.end_year()));
    let (low, high) = ends.fold(
        (f64::INFINITY, f64::NEG_INFINITY),
        |(low, high), (from, to)| (low.min(from), high.max(to)),
    );
    let (from, to) = rounds::round_dates(low, high);
    Scale::Dates { from, to }
}

fn point(register: &Register, row: &SeriesRow, band: usize) -> Point {
    let short = share::name(&row.short);
    let number = register.get::<Document>(&row.id).and_then(|d| d.number);
    let printed = number.map_or_else(|| short.clone(), |n| words::ordinal(f64::from(n)));
    let is_proposed = row
        .presence
        .said()
        .is_some_and(|s| s.source == Source::Proposed);
    let own = row.presence.said().and_then(|said| said.record);
    Point {
        name: short.clone(),
        x: Extent {
            low: Some(row.date.start_year()),
            high: Some(row.date.end_year()),
        },
        y: Extent::exactly(band as f64),
        text: if is_proposed {
            format!("{printed}?")
        } else {
            printed
        },
        mark: Mark {
            label: format!("{short}, {}: {}", row.date.words(), in_words(&row.presence)),
            records: vec![own.unwrap_or(row.document)],
        },
    }
}

/// What a document says, in one line.
pub fn in_words(presence: &Presence) -> String {
    match presence {
        Presence::Present(said) => {
            let mut parts: Vec<String> = vec![of_said(said)];
            parts.extend(said.verb.iter().map(|verb| format!("“{verb}”")));
            parts.extend(said.phrase.iter().map(|phrase| format!("“{phrase}”")));
            parts.extend(said.paragraph.map(|number| format!("paragraph {number}")));
            parts.push(said.source.label().to_owned());
            parts.join("; ")
        }
        Presence::Absent(why) => format!("{NOT_SAID}: {why}"),
        Presence::Unknown(why) => format!("{NOT_KNOWN}: {why}"),
    }
}

fn subtitle(series: &Series, words: &str) -> String {
    let mut parts = vec![share::many(series.rows.len(), "document", "documents")];
    for label in ["said", NOT_SAID, NOT_KNOWN] {
        let count = series.count(label);
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

fn note(series: &Series) -> Option<String> {
    let has = |source: Source| {
        let mut said = series.rows.iter().filter_map(|row| row.presence.said());
        said.any(|said| said.source == source)
    };
    let mut notes = Vec::new();
    if has(Source::Proposed) {
        notes.push("“?”: taken for the same commitment by its words; nobody has confirmed it.");
    }
    if has(Source::Cited) {
        notes.push("Where a text is not at hand, only cited phrases were looked at.");
    }
    if series.count(NOT_KNOWN) > 0 {
        notes.push(
            "Not known: the document is not coded through for it, or its text is not at hand.",
        );
    }
    (!notes.is_empty()).then(|| notes.join(" "))
}

/// The same as a table: one row for each document, with the records behind it.
pub fn table(series: &Series) -> Data {
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
        let said = row.presence.said();
        let text =
            |of: fn(&Said) -> Option<&String>| said.and_then(of).cloned().unwrap_or_default();
        let paragraph = said.and_then(|said| said.paragraph);
        let mut cells = vec![
            row.short.clone(),
            row.date.code(),
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
        cells.push(change(row));
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
    Data {
        columns: columns.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

/// "firmer, back again"
pub fn change(row: &SeriesRow) -> String {
    match (row.change, row.is_back) {
        (Some(change), true) => format!("{}, back again", change.label()),
        (Some(change), false) => change.label().to_owned(),
        (None, _) => String::new(),
    }
}

/// First seen, last seen, gaps and steps, in sentences.
pub fn summary(series: &Series) -> Vec<String> {
    let Some((first, last)) = series.first().zip(series.last()) else {
        return vec!["It is said in none of these documents, as far as they are known.".into()];
    };
    let at = |row: &SeriesRow| format!("{} ({})", row.short, row.date.words());
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
        let words = match row.change {
            Some(Move::Firmer) => "A step up",
            Some(Move::Weaker) => "A step down",
            _ => continue,
        };
        let step = row.presence.said().map(of_said).unwrap_or_default();
        all.push(format!("{words} in {}: {step}.", row.short));
    }
    all
}
