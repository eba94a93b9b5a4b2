//! Pictures made by hand: one of each kind that the shipped charts do not have.

use super::samples::printed;
use linchpin_charts::picture::*;
use linchpin_register::chart_vocabulary::{Arrangement, AxisName};
use linchpin_register::{Date, RecordKind, RecordRef};

pub fn picture(id: &str, body: PictureBody) -> Picture {
    Picture {
        derivation: None,
        id: id.into(),
        title: "A title".into(),
        subtitle: "What is measured".into(),
        note: None,
        source: "Source: somewhere. Linchpin".into(),
        description: String::new(),
        citations: Vec::new(),
        body,
        reference_lines: Vec::new(),
        annotations: Vec::new(),
    }
}

pub fn mark(label: &str, index: u32) -> ChartMark {
    ChartMark {
        label: label.into(),
        records: vec![RecordRef {
            kind: RecordKind::Figure,
            index,
        }],
    }
}

fn key(name: &str, place: u8) -> LegendKey {
    LegendKey {
        name: name.into(),
        short: name.into(),
        color: ColorRole::Category(place),
    }
}

fn axis(title: &str, scale: AxisScale) -> PlotAxis {
    PlotAxis {
        title: title.into(),
        scale,
        tick_format: TickFormat::Plain,
    }
}

pub fn on(date: &str) -> Extent {
    let date = Date::parse(date).unwrap();
    Extent {
        low: Some(date.start_decimal_year()),
        high: Some(date.end_decimal_year()),
    }
}

fn open(low: f64) -> Extent {
    Extent {
        low: Some(low),
        high: None,
    }
}

fn between(low: f64, high: f64) -> Extent {
    Extent {
        low: Some(low),
        high: Some(high),
    }
}

fn point(name: &str, x: Extent, y: Extent, text: &str, index: u32) -> PlotPoint {
    PlotPoint {
        name: name.into(),
        x,
        y,
        dates: [None, None],
        text: printed(text),
        mark: mark(&format!("{name}: {text}"), index),
    }
}

fn series(name: &str, place: u8, points: &[(&str, f64)]) -> PlotSeries {
    let point_of = |(at, (date, value)): (usize, &(&str, f64))| {
        let text = format!("{value}");
        point("", on(date), Extent::exact(*value), &text, at as u32)
    };
    PlotSeries {
        key: key(name, place),
        points: points.iter().enumerate().map(point_of).collect(),
    }
}

fn over_time(shape: PlotGeom, series: Vec<PlotSeries>) -> PictureBody {
    PictureBody::Plot(XyPlot {
        x: axis(
            "",
            AxisScale::Dates {
                from: 2018.0,
                to: 2025.0,
            },
        ),
        y: axis(
            "Personnel",
            AxisScale::Linear {
                from: 0.0,
                to: 50.0,
            },
        ),
        geom: shape,
        series,
    })
}

pub fn line() -> Picture {
    let up = [("2018", 10.0), ("2019-06", 20.0), ("2024-01-05", 40.0)];
    let wave = [
        ("2018", 10.0),
        ("2020", 40.0),
        ("2022", 5.0),
        ("2024", 30.0),
    ];
    let back = [("2018", 10.0), ("2020", 40.0), ("2024", 11.0)];
    let flat = [("2018", 7.0), ("2024", 7.0)];
    let all = vec![
        series("Army", 0, &up),
        series("Navy", 1, &wave),
        series("Air", 2, &back),
        series("Space", 3, &flat),
    ];
    let mut picture = picture("line", over_time(PlotGeom::Line, all));
    picture.reference_lines.push(PlacedReferenceLine {
        axis: AxisName::Y,
        position: AxisPosition::Value(28.5),
        label: "the floor set by law".into(),
    });
    picture.annotations.push(PlacedAnnotation {
        text: "Treaty signed".into(),
        x: None,
        y: None,
    });
    picture
}

pub fn steps() -> Picture {
    let down = [("2018", 40.0), ("2020", 30.0), ("2024", 12.0)];
    picture(
        "steps",
        over_time(PlotGeom::Steps, vec![series("", 0, &down)]),
    )
}

pub fn dots() -> Picture {
    let bands = ["Money", "Troops", "Ships"].map(str::to_owned).to_vec();
    let points = vec![
        point("Aid", Extent::exact(900.0), Extent::exact(0.0), "900", 0),
        point("Pledge", open(100.0), Extent::exact(0.0), "> 100", 1),
        point("Corps", between(20.0, 30.0), Extent::exact(1.0), "20–30", 2),
        point(
            "Fleet",
            Extent {
                low: None,
                high: Some(5.0),
            },
            Extent::exact(2.0),
            "< 5",
            3,
        ),
    ];
    picture(
        "dots",
        PictureBody::Plot(XyPlot {
            x: axis("U.S. dollars", AxisScale::Log { from: 1.0, to: 1e3 }),
            y: axis("", AxisScale::Bands(bands)),
            geom: PlotGeom::Dots,
            series: vec![PlotSeries {
                key: key("", 0),
                points,
            }],
        }),
    )
}

pub fn dated_dots() -> Picture {
    let points = vec![
        point("Treaty", on("1953-10-01"), Extent::exact(0.0), "", 0),
        point("Summit", on("2023-08"), Extent::exact(1.0), "", 1),
    ];
    let bands = ["Instruments", "Events"].map(str::to_owned).to_vec();
    let dates = AxisScale::Dates {
        from: 1950.0,
        to: 2030.0,
    };
    picture(
        "dated-dots",
        PictureBody::Plot(XyPlot {
            x: axis("Date", dates),
            y: axis("", AxisScale::Bands(bands)),
            geom: PlotGeom::Dots,
            series: vec![PlotSeries {
                key: key("", 0),
                points,
            }],
        }),
    )
}

pub fn columns() -> Picture {
    let bar = |name: &str, value: f64, index| Bar {
        name: name.into(),
        detail: None,
        extent: Extent::exact(value),
        text: printed(&value.to_string()),
        color: ColorRole::Single,
        mark: mark(&format!("{name}: {value}"), index),
    };
    picture(
        "columns",
        PictureBody::Bars(Bars {
            panels: vec![BarPanel {
                title: Some("ships".into()),
                bars: vec![
                    bar("North", 12.0, 0),
                    bar("=South", 3.0, 1),
                    bar("East", 0.0, 2),
                ],
            }],
            is_vertical: true,
        }),
    )
}

pub fn stacked(arrangement: Arrangement) -> Picture {
    let segment = |key, value: f64, index| Segment {
        key,
        value,
        text: format!("${value} billion").into(),
        mark: mark(&format!("{value}"), index),
    };
    let row = |name: &str, parts: [f64; 2]| StackedBar {
        name: name.into(),
        text: format!("${} billion", parts[0] + parts[1]).into(),
        segments: vec![segment(0, parts[0], 0), segment(1, parts[1], 1)],
    };
    picture(
        &format!("stacked-{}", arrangement.name().to_lowercase()),
        PictureBody::Stacked(StackedBars {
            keys: vec![key("Grants", 0), key("Loans", 1)],
            bars: vec![row("Seoul", [30.0, 10.0]), row("Busan", [2.0, 8.0])],
            arrangement,
            is_vertical: false,
        }),
    )
}

/// Connected dots: two that are exact, a bound, a range, one alone, two at one place.
pub fn dumbbell() -> Picture {
    let keys = vec![key("Pledged", 0), key("Committed", 1), key("Paid", 2)];
    let row = |(at, name): (usize, &str), dots: &[(usize, Extent, &str)]| DumbbellRow {
        name: name.into(),
        dots: dots
            .iter()
            .map(|(key, x, text)| DumbbellDot {
                key: *key,
                point: PlotPoint {
                    mark: mark(&format!("{name}, {}: {text}", keys[*key].name), at as u32),
                    ..point(
                        &keys[*key].name,
                        *x,
                        Extent::exact(at as f64),
                        text,
                        at as u32,
                    )
                },
            })
            .collect(),
    };
    let exact = Extent::exact;
    let rows = vec![
        row(
            (0, "South Korea"),
            &[
                (0, exact(40.0), "40"),
                (1, exact(25.0), "25"),
                (2, exact(3.0), "3"),
            ],
        ),
        row(
            (1, "The United States of America"),
            &[(0, open(30.0), "> 30"), (2, exact(30.0), "30")],
        ),
        row((2, "Japan"), &[(1, between(5.0, 9.0), "5–9")]),
        row(
            (3, "Nobody"),
            &[
                (0, exact(0.0), "0"),
                (1, exact(0.0), "0"),
                (2, exact(0.0), "0"),
            ],
        ),
    ];
    picture(
        "dumbbell",
        PictureBody::Dumbbell(Dumbbell {
            x: axis(
                "Billions",
                AxisScale::Linear {
                    from: 0.0,
                    to: 50.0,
                },
            ),
            keys,
            rows,
        }),
    )
}

/// Bars with targets: half-way, beyond, a bound, a range, one without a target, one without a bar.
pub fn bullet() -> Picture {
    let value = |extent, text: &str| {
        let text = printed(text);
        Some(BulletValue { extent, text })
    };
    let exact = Extent::exact;
    let row = |at: u32, name: &str, delivered, target, share: Option<f64>| BulletRow {
        name: name.into(),
        delivered,
        target,
        share: share
            .map(|share| PrintedValue::number(share, NumberFormat::Axis(TickFormat::Percent))),
        mark: mark(name, at),
    };
    let rows = vec![
        row(
            0,
            "South Korea",
            value(exact(20.0), "20"),
            value(exact(40.0), "40"),
            Some(50.0),
        ),
        row(
            1,
            "The United States of America",
            value(exact(45.0), "45"),
            value(exact(30.0), "30"),
            Some(150.0),
        ),
        row(
            2,
            "Japan",
            value(open(5.0), "> 5"),
            value(between(8.0, 12.0), "8–12"),
            None,
        ),
        row(3, "Nobody", value(exact(0.0), "0"), None, None),
        row(4, "Promised only", None, value(open(25.0), "> 25"), None),
    ];
    picture(
        "bullet",
        PictureBody::Bullet(Bullet {
            delivered: "paid".into(),
            target: "pledged".into(),
            range: (0.0, 45.0),
            rows,
        }),
    )
}

pub fn waffle() -> Picture {
    let group = |name: &str, squares, text: &str, is_open, index| WaffleGroup {
        name: name.into(),
        text: printed(text),
        detail: None,
        squares,
        is_lower_bound: is_open,
        upper: None,
        color: ColorRole::Single,
        mark: mark(&format!("{name}: {text}"), index),
    };
    picture(
        "waffle",
        PictureBody::Waffle(Waffle {
            units_per_square: 100.0,
            unit: "service personnel".into(),
            groups: vec![
                group("South Korea", 285.0, "28,500", false, 0),
                group("Losses", 10.0, "> 1,000", true, 1),
                group("Wings", 0.03, "3", false, 2),
            ],
        }),
    )
}

pub fn network() -> Picture {
    let node = |name: &str, key, index| NetworkNode {
        name: name.into(),
        key,
        x: 0.5,
        y: 0.5,
        mark: mark(name, index),
    };
    let link = |from, to| NetworkEdge {
        from,
        to,
        label: "member of".into(),
    };
    picture(
        "network",
        PictureBody::Network(Network {
            keys: vec![key("Parties", 0), key("Bodies", 1)],
            nodes: vec![
                node("United States", 0, 0),
                node("South Korea", 0, 1),
                node("NCG", 1, 2),
                node("SCM", 1, 3),
                node("Alone", 1, 4),
            ],
            edges: vec![link(0, 2), link(1, 2), link(0, 3)],
        }),
    )
}

pub fn table() -> Picture {
    let column = |title: &str, is_number| TextColumn {
        title: title.into(),
        is_numeric: is_number,
    };
    let row = |cells: [&str; 2], index| TextRow {
        cells: cells.map(printed).to_vec(),
        mark: mark(cells[0], index),
    };
    picture(
        "table",
        PictureBody::Table(TextTable {
            columns: vec![column("What", false), column("How many", true)],
            rows: vec![
                row(["Personnel", "28,500"], 0),
                row(["Losses | killed", "> 1,000"], 1),
                row(["Change", "−3"], 2),
            ],
        }),
    )
}

pub fn multiples() -> Picture {
    let panel = |title: &str, body| FacetPanel {
        title: title.into(),
        body,
    };
    picture(
        "multiples",
        PictureBody::SmallMultiples(SmallMultiples {
            has_independent_scales: false,
            panels: vec![
                panel("Ships", columns().body),
                panel("Dots", dots().body),
                panel("Nothing", PictureBody::Empty("no records".into())),
            ],
        }),
    )
}

/// One of each.
pub fn all() -> Vec<Picture> {
    vec![
        columns(),
        stacked(Arrangement::Stacked),
        stacked(Arrangement::Grouped),
        stacked(Arrangement::Share),
        line(),
        steps(),
        dots(),
        dated_dots(),
        dumbbell(),
        bullet(),
        waffle(),
        network(),
        table(),
        multiples(),
        picture(
            "empty",
            PictureBody::Empty("The register has no figures yet.".into()),
        ),
    ]
}
