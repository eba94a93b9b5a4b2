//! Pictures made by hand as an analyst would have them: bars of every arrangement, small multiples,
//! tables.

use linchpin_charts::picture::{
    Bar, BarPanel, Bars, ChartMark, ColorRole, Extent, FacetPanel, LegendKey, NumberFormat,
    Picture, PictureBody, PrintedBound, PrintedNumber, PrintedValue, Segment, SmallMultiples,
    StackedBar, StackedBars, TextColumn, TextRow, TextTable,
};
use linchpin_register::chart_vocabulary::Arrangement;

/// What a sample prints: a number such as "> 1,000" or "−3", else words.
pub(crate) fn printed(text: &str) -> PrintedValue {
    let (bound, digits) = [
        ("> ", PrintedBound::MoreThan),
        ("< ", PrintedBound::LessThan),
    ]
    .into_iter()
    .find_map(|(sign, bound)| Some((bound, text.strip_prefix(sign)?)))
    .unwrap_or((PrintedBound::Exact, text));
    let plain = digits.replace(',', "").replace('−', "-");
    let number = plain.parse().ok().map(|value| {
        PrintedValue::Number(PrintedNumber {
            value,
            bound,
            format: NumberFormat::Full,
            is_rounded: false,
        })
    });
    let number = number.filter(|number| number.to_string() == text);
    number.unwrap_or_else(|| text.into())
}

/// 120 characters without a space.
pub(crate) fn korean() -> String {
    "확장억제전략협의체".chars().cycle().take(120).collect()
}

pub(crate) fn picture(id: &str, body: PictureBody) -> Picture {
    Picture {
        derivation: None,
        id: id.into(),
        title: format!("A picture to look at: {id}"),
        subtitle: "Number of records; everything is made up".into(),
        note: None,
        source: "Source: made by hand. Linchpin".into(),
        description: "Made by hand.".into(),
        citations: Vec::new(),
        body,
        reference_lines: Vec::new(),
        annotations: Vec::new(),
    }
}

pub(crate) fn mark(label: &str) -> ChartMark {
    ChartMark {
        label: label.into(),
        records: Vec::new(),
    }
}

pub(crate) fn keys(names: &[&str], tone: impl Fn(u8) -> ColorRole) -> Vec<LegendKey> {
    let key = |(i, name): (usize, &&str)| LegendKey {
        name: (*name).into(),
        short: i.to_string(),
        color: tone(i as u8),
    };
    names.iter().enumerate().map(key).collect()
}

/// One row for each name; a value of NaN is a part that is not there.
pub(crate) fn stacked(
    keys: Vec<LegendKey>,
    rows: &[(&str, &[f64])],
    arrangement: Arrangement,
) -> StackedBars {
    let said = |value: f64| linchpin_register::tables::formatting::format_scaled_number(value);
    let row = |(name, values): &(&str, &[f64])| {
        let there = values.iter().enumerate().filter(|(_, v)| !v.is_nan());
        let segment = |(key, value): (usize, &f64)| Segment {
            key,
            value: *value,
            text: said(*value).into(),
            mark: mark(&format!("{name}, part {key}: {}", said(*value))),
        };
        StackedBar {
            name: (*name).into(),
            text: said(values.iter().filter(|v| !v.is_nan()).sum()).into(),
            segments: there.map(segment).collect(),
        }
    };
    StackedBars {
        keys,
        bars: rows.iter().map(row).collect(),
        arrangement,
        is_vertical: false,
    }
}

pub(crate) fn bars(of: &[(&str, Extent, &str)]) -> Bars {
    let bar = |(name, extent, text): &(&str, Extent, &str)| Bar {
        name: (*name).into(),
        detail: None,
        extent: *extent,
        text: printed(text),
        color: ColorRole::Single,
        mark: mark(&format!("{name}: {text}")),
    };
    Bars {
        panels: vec![BarPanel {
            title: None,
            bars: of.iter().map(bar).collect(),
        }],
        is_vertical: false,
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

fn strengths() -> Vec<LegendKey> {
    keys(&STRENGTHS, |i| match i {
        0 => ColorRole::LadderStep(5),
        1 => ColorRole::LadderStep(4),
        2 => ColorRole::LadderStep(1),
        _ => ColorRole::Unranked(0),
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
        let horizontal = stacked(strengths(), &AREAS, arrangement);
        let upright = StackedBars {
            is_vertical: true,
            ..horizontal.clone()
        };
        out.push(picture(name, PictureBody::Stacked(horizontal)));
        out.push(picture(
            &format!("{name}-up"),
            PictureBody::Stacked(upright),
        ));
    }
    let figures = bars(&[
        ("2019", Extent::exact(920.0), "$920 million"),
        ("2021", Extent::exact(1030.0), "$1.03 billion"),
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
        ("1991", Extent::exact(4.0), "4"),
        ("1994", Extent::exact(-2.0), "−2"),
        ("1998", Extent::exact(12.0), "12"),
        ("2002", Extent::exact(0.0), "0"),
        ("2010", Extent::exact(31.0), "31"),
        ("2023", extent(None, Some(-9.0)), "< −9"),
    ]);
    for (name, body) in [("figures", figures), ("years", years)] {
        let upright = Bars {
            is_vertical: true,
            ..body.clone()
        };
        out.push(picture(name, PictureBody::Bars(body)));
        out.push(picture(&format!("{name}-up"), PictureBody::Bars(upright)));
    }
    out.push(picture("multiples", multiples(false)));
    out.push(picture("multiples-up", multiples(true)));
    out.push(picture("table", PictureBody::Table(table())));
    out
}

pub(crate) fn multiples(upright: bool) -> PictureBody {
    let panel = |(i, speaker): (usize, &&str)| {
        let rows: Vec<(&str, &[f64])> = AREAS[i % 3..].to_vec();
        FacetPanel {
            title: (*speaker).into(),
            body: PictureBody::Stacked(StackedBars {
                is_vertical: upright,
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
    PictureBody::SmallMultiples(SmallMultiples {
        panels: speakers.iter().enumerate().map(panel).collect(),
        has_independent_scales: false,
    })
}

pub(crate) fn table() -> TextTable {
    let column = |title: &str, is_number| TextColumn {
        title: title.into(),
        is_numeric: is_number,
    };
    let row = |cells: [&str; 5]| TextRow {
        cells: cells.map(printed).to_vec(),
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
