//! Pictures made by hand as an analyst would have them: bars of every arrangement, small multiples,
//! tables.

use linchpin_charts::picture::{
    Bar, Bars, Body, Extent, Key, Mark, Multiple, Multiples, Panel, Picture, Row, Segment, Stacked,
    TextColumn, TextRow, TextTable, Tone,
};
use linchpin_register::chart_words::Arrangement;

/// 120 characters without a space.
pub(crate) fn korean() -> String {
    "확장억제전략협의체".chars().cycle().take(120).collect()
}

pub(crate) fn picture(id: &str, body: Body) -> Picture {
    Picture {
        id: id.into(),
        title: format!("A picture to look at: {id}"),
        subtitle: "Number of records; everything is made up".into(),
        note: None,
        source: "Source: made by hand. Linchpin".into(),
        description: "Made by hand.".into(),
        citations: Vec::new(),
        body,
        guides: Vec::new(),
        remarks: Vec::new(),
    }
}

pub(crate) fn mark(label: &str) -> Mark {
    Mark {
        label: label.into(),
        records: Vec::new(),
    }
}

pub(crate) fn keys(names: &[&str], tone: impl Fn(u8) -> Tone) -> Vec<Key> {
    let key = |(i, name): (usize, &&str)| Key {
        name: (*name).into(),
        short: i.to_string(),
        tone: tone(i as u8),
    };
    names.iter().enumerate().map(key).collect()
}

/// One row for each name; a value of NaN is a part that is not there.
pub(crate) fn stacked(
    keys: Vec<Key>,
    rows: &[(&str, &[f64])],
    arrangement: Arrangement,
) -> Stacked {
    let said = |value: f64| linchpin_register::tables::words::scaled(value);
    let row = |(name, values): &(&str, &[f64])| {
        let there = values.iter().enumerate().filter(|(_, v)| !v.is_nan());
        let segment = |(key, value): (usize, &f64)| Segment {
            key,
            value: *value,
            text: said(*value),
            mark: mark(&format!("{name}, part {key}: {}", said(*value))),
        };
        Row {
            name: (*name).into(),
            text: said(values.iter().filter(|v| !v.is_nan()).sum()),
            segments: there.map(segment).collect(),
        }
    };
    Stacked {
        keys,
        rows: rows.iter().map(row).collect(),
        arrangement,
        upright: false,
    }
}

pub(crate) fn bars(of: &[(&str, Extent, &str)]) -> Bars {
    let bar = |(name, extent, text): &(&str, Extent, &str)| Bar {
        name: (*name).into(),
        detail: None,
        extent: *extent,
        text: (*text).into(),
        tone: Tone::Plain,
        mark: mark(&format!("{name}: {text}")),
    };
    Bars {
        panels: vec![Panel {
            title: None,
            bars: of.iter().map(bar).collect(),
        }],
        upright: false,
    }
}

pub(crate) fn extent(low: Option<f64>, high: Option<f64>) -> Extent {
    Extent { low, high }
}

const STRENGTHS: [&str; 4] = [
    "5 · explicit commitment",
    "4 · firm intention",
    "2 · aspiration",
    "Recital",
];

fn strengths() -> Vec<Key> {
    keys(&STRENGTHS, |i| match i {
        0 => Tone::Step(5),
        1 => Tone::Step(4),
        2 => Tone::Step(1),
        _ => Tone::Unranked(0),
    })
}

const AREAS: [(&str, &[f64]); 5] = [
    ("Extended deterrence", &[21.0, 14.0, 9.0, 5.0]),
    ("Conventional capabilities", &[12.0, 9.0, 1.0, f64::NAN]),
    ("Regional cooperation", &[3.0, 8.0, 11.0, 2.0]),
    ("Cyber and space", &[f64::NAN, 4.0, 2.0, 1.0]),
    ("Industry", &[1.0, f64::NAN, 5.0, f64::NAN]),
];

/// As an analyst would have them.
pub(crate) fn fair() -> Vec<Picture> {
    let mut out = Vec::new();
    for (name, arrangement) in [
        ("stacked", Arrangement::Stacked),
        ("grouped", Arrangement::Grouped),
        ("share", Arrangement::Share),
    ] {
        let lying = stacked(strengths(), &AREAS, arrangement);
        let upright = Stacked {
            upright: true,
            ..lying.clone()
        };
        out.push(picture(name, Body::Stacked(lying)));
        out.push(picture(&format!("{name}-up"), Body::Stacked(upright)));
    }
    let figures = bars(&[
        ("2019", Extent::exactly(920.0), "$920 million"),
        ("2021", Extent::exactly(1030.0), "$1.03 billion"),
        (
            "2024",
            extent(Some(1100.0), Some(1300.0)),
            "$1.1–1.3 billion",
        ),
        ("2026", extent(Some(1130.0), None), "> $1.13 billion"),
        ("2027", extent(None, Some(600.0)), "< $600 million"),
    ]);
    let mut figures = figures;
    let said = [
        "Stated in the budget",
        "Restated",
        "Depends on the exchange rate",
    ];
    let bars_of = figures.panels.iter_mut().flat_map(|panel| &mut panel.bars);
    for (bar, said) in bars_of.zip(said) {
        bar.detail = Some(said.into());
    }
    let years = bars(&[
        ("1991", Extent::exactly(4.0), "4"),
        ("1994", Extent::exactly(-2.0), "−2"),
        ("1998", Extent::exactly(12.0), "12"),
        ("2002", Extent::exactly(0.0), "0"),
        ("2010", Extent::exactly(31.0), "31"),
        ("2023", extent(None, Some(-9.0)), "< −9"),
    ]);
    for (name, body) in [("figures", figures), ("years", years)] {
        let upright = Bars {
            upright: true,
            ..body.clone()
        };
        out.push(picture(name, Body::Bars(body)));
        out.push(picture(&format!("{name}-up"), Body::Bars(upright)));
    }
    out.push(picture("multiples", multiples(false)));
    out.push(picture("multiples-up", multiples(true)));
    out.push(picture("table", Body::Table(table())));
    out
}

pub(crate) fn multiples(upright: bool) -> Body {
    let panel = |(i, speaker): (usize, &&str)| {
        let rows: Vec<(&str, &[f64])> = AREAS[i % 3..].to_vec();
        Multiple {
            title: (*speaker).into(),
            body: Body::Stacked(Stacked {
                upright,
                ..stacked(strengths(), &rows, Arrangement::Stacked)
            }),
        }
    };
    let speakers = [
        "United States",
        "Republic of Korea",
        "Both",
        "Secretary of Defense and Minister of National Defense",
        "Presidents",
    ];
    Body::Multiples(Multiples {
        panels: speakers.iter().enumerate().map(panel).collect(),
        own_scales: false,
    })
}

pub(crate) fn table() -> TextTable {
    let column = |title: &str, is_number| TextColumn {
        title: title.into(),
        is_number,
    };
    let row = |cells: [&str; 5]| TextRow {
        cells: cells.map(String::from).to_vec(),
        mark: mark(cells[0]),
    };
    TextTable {
        columns: vec![
            column("Instrument", false),
            column("한국어", false),
            column("Signed", false),
            column("Pages", true),
            column("What it says", false),
        ],
        rows: vec![
            row([
                "Mutual Defense Treaty",
                "한미상호방위조약",
                "1 October 1953",
                "4",
                "Each party would act to meet the common danger in accordance with its \
                constitutional processes.",
            ]),
            row([
                "Washington Declaration",
                "워싱턴 선언",
                "26 April 2023",
                "2",
                "A Nuclear Consultative Group is established to strengthen extended deterrence, \
                discuss nuclear and strategic planning, and manage the threat to the \
                nonproliferation regime.",
            ]),
            row([
                "Defense Vision",
                "국방비전",
                "13 November 2023",
                "1,024",
                "—",
            ]),
        ],
    }
}
