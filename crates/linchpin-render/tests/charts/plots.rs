//! Dots, ranges, lines and steps, lines at values and words at places: whatever they say and
//! however little room there is, no text touches another, none leaves the picture, none is lost.

use super::boxes::{Screen, texts, whole_and_apart};
use super::made;
use super::samples::printed;
use egui::vec2;
use linchpin_charts::picture::{
    AxisPosition, AxisScale, Bar, BarPanel, Bars, ChartMark, ColorRole, Extent, LegendKey, Picture,
    PictureBody, PlacedAnnotation, PlacedReferenceLine, PlotAxis, PlotGeom, PlotPoint, PlotSeries,
    PrintedValue, TickFormat, XyPlot,
};
use linchpin_register::Register;
use linchpin_register::chart_vocabulary::AxisName;
use std::collections::BTreeSet;

/// At all widths, and too small, too flat, too tall.
fn check(picture: &Picture) {
    let register = Register::default();
    let (screen, fine) = (Screen::new(1.0), Screen::new(8.0));
    for width in [240.0, 320.0, 430.0, 800.0, 1600.0] {
        let size = vec2(width, screen.height(picture, width));
        let screen = if width < 320.0 { &fine } else { &screen };
        whole_and_apart("plot", &register, picture, size, screen);
        said(picture, &register, size, screen);
    }
    for (width, height) in [(300.0, 200.0), (1200.0, 240.0), (400.0, 1200.0)] {
        let size = vec2(width, height);
        whole_and_apart("plot", &register, picture, size, &fine);
        said(picture, &register, size, &fine);
    }
}

/// Every line at a value and every remark is there in full, and so is every name of a band or a
/// series.
fn said(picture: &Picture, register: &Register, size: egui::Vec2, screen: &Screen) {
    let shapes = screen.paint(register, picture, size);
    let mut found = Vec::new();
    shapes.iter().for_each(|s| texts(&s.shape, &mut found));
    let there: BTreeSet<&str> = found.iter().map(|text| text.galley.text()).collect();
    let mut wanted: Vec<&str> = Vec::new();
    wanted.extend(
        picture
            .reference_lines
            .iter()
            .map(|guide| guide.label.as_str()),
    );
    wanted.extend(
        picture
            .annotations
            .iter()
            .map(|remark| remark.text.as_str()),
    );
    if let PictureBody::Plot(plot) = &picture.body {
        for axis in [&plot.x, &plot.y] {
            if let AxisScale::Bands(names) = &axis.scale {
                wanted.extend(names.iter().map(String::as_str));
            }
        }
        if plot.series.len() > 1 {
            wanted.extend(plot.series.iter().map(|series| series.key.name.as_str()));
        }
    }
    for words in wanted.into_iter().filter(|words| !words.is_empty()) {
        // A line's last number follows its name.
        let with_number = |text: &&str| text.starts_with(&format!("{words} "));
        assert!(
            there.contains(words) || there.iter().any(with_number),
            "{}, {size:?}: {words} is lost",
            picture.id
        );
    }
    // Nothing was cut.
    for text in &found {
        assert!(
            !text.galley.elided,
            "{}: {}",
            picture.id,
            text.galley.text()
        );
    }
}

#[test]
fn bars_with_targets_are_whole() {
    check(&made::bullet());
    let mut nasty = made::bullet();
    let PictureBody::Bullet(body) = &mut nasty.body else {
        panic!("bars have targets");
    };
    body.delivered = korean();
    body.rows[0].name = korean();
    body.rows[1].name = "x".repeat(80);
    body.rows[2].name = String::new();
    for row in &mut body.rows {
        for value in [&mut row.delivered, &mut row.target].into_iter().flatten() {
            value.text = "SEK 123,456,789,012.34 – SEK 999,999,999,999".into();
        }
    }
    check(&nasty);
}

#[test]
fn connected_dots_are_whole_and_say_every_number() {
    check(&made::dumbbell());
    let mut nasty = made::dumbbell();
    let PictureBody::Dumbbell(body) = &mut nasty.body else {
        panic!("dots are joined");
    };
    body.rows[0].name = korean();
    body.rows[1].name = "x".repeat(80);
    body.rows[2].name = String::new();
    for dot in body.rows.iter_mut().flat_map(|row| &mut row.dots) {
        dot.point.text = "SEK 123,456,789,012.34 – SEK 999,999,999,999".into();
    }
    check(&nasty);
    // Each dot has its number, at any width.
    let picture = made::dumbbell();
    let screen = Screen::new(1.0);
    for width in [320.0, 800.0] {
        let size = vec2(width, screen.height(&picture, width));
        let shapes = screen.paint(&Register::default(), &picture, size);
        let mut found = Vec::new();
        shapes.iter().for_each(|s| texts(&s.shape, &mut found));
        let count = |words: &str| {
            let all = found.iter().map(|text| text.galley.text());
            all.filter(|text| *text == words).count()
        };
        for (words, least) in [("40", 1), ("25", 1), ("3", 1), ("> 30", 1), ("5–9", 1)] {
            assert!(count(words) >= least, "{width}: {words} is lost");
        }
        assert!(count("0") >= 4, "{width}: three dots and the axis say zero");
    }
}

fn plot(id: &str, plot: XyPlot) -> Picture {
    picture(id, PictureBody::Plot(plot))
}

#[test]
fn plots_that_a_newspaper_would_print_are_whole() {
    for (id, body) in [
        ("dots", rows(PlotGeom::Dots)),
        ("ranges", rows(PlotGeom::Ranges)),
        ("pairs", pairs()),
        ("lines", lines(PlotGeom::Line)),
        ("steps", lines(PlotGeom::Steps)),
        ("dates", dates()),
        ("factors", factors()),
    ] {
        check(&plot(id, body));
    }
}

#[test]
fn names_of_any_length_are_whole() {
    let mut named = rows(PlotGeom::Dots);
    let long = "A consultative mechanism of the alliance whose name goes on and on ".repeat(2);
    named.y.scale = AxisScale::Bands(vec![
        korean(),
        long.clone(),
        "x".repeat(80),
        String::new(),
        "다".into(),
        korean(),
    ]);
    named.x.title = long.clone();
    check(&plot("bands", named));
    let mut across = columns(vec![korean(), long.clone(), "y".repeat(60), "Navy".into()]);
    across.y.title = korean();
    check(&plot("across", across));
    for shape in [PlotGeom::Line, PlotGeom::Steps] {
        let mut joined = lines(shape);
        for (series, name) in joined
            .series
            .iter_mut()
            .zip([korean(), long.clone(), "z".repeat(50)])
        {
            series.key.name = name;
        }
        joined.y.title = long.clone();
        check(&plot("joined", joined));
    }
    let mut dotted = dates();
    for point in dotted
        .series
        .iter_mut()
        .flat_map(|series| &mut series.points)
    {
        (point.name, point.text) = (korean(), "1".repeat(60).into());
    }
    check(&plot("dotted", dotted));
}

#[test]
fn a_hundred_points_are_whole() {
    let mut many = factors();
    let points = (0..100).map(|i| {
        let (x, y) = (10_f64.powf(f64::from(i % 10) - 5.0), f64::from(i * 37 % 25));
        point(&korean(), at(x), at(y), &format!("{i},000,000"))
    });
    many.series[0].points = points.collect();
    check(&plot("many-dots", many));
    let mut joined = lines(PlotGeom::Line);
    for series in &mut joined.series {
        series.points = (0..100)
            .map(|i| {
                let x = 2016.0 + f64::from(i) * 0.08;
                point(
                    "",
                    at(x),
                    at(f64::from(i * 53 % 30) * 1e9),
                    &format!("${i} billion"),
                )
            })
            .collect();
    }
    check(&plot("many-joined", joined));
    let mut banded = rows(PlotGeom::Ranges);
    banded.y.scale = AxisScale::Bands((0..100).map(|i| format!("Row {i}")).collect());
    banded.series[0].points = (0..100)
        .map(|i| {
            point(
                "",
                between(f64::from(i), 200.0 * f64::from(i)),
                at(f64::from(i)),
                "from and to",
            )
        })
        .collect();
    check(&plot("many-bands", banded));
    check(&plot(
        "many-columns",
        columns((0..40).map(|i| format!("Body number {i}")).collect()),
    ));
}

#[test]
fn equal_values_lone_points_and_points_of_which_nothing_is_known_are_whole() {
    for shape in [
        PlotGeom::Dots,
        PlotGeom::Ranges,
        PlotGeom::Line,
        PlotGeom::Steps,
    ] {
        let mut equal = lines(shape);
        let all = equal
            .series
            .iter_mut()
            .flat_map(|series| &mut series.points);
        all.for_each(|point| point.y = at(20e9));
        check(&plot("equal", equal));
        let mut lone = lines(shape);
        lone.series.truncate(1);
        lone.series[0].points.truncate(1);
        check(&plot("lone", lone.clone()));
        let nothing = Extent {
            low: None,
            high: None,
        };
        lone.series[0].points[0].x = nothing;
        lone.series.push(series("No points", Some(1), Vec::new()));
        check(&plot("unknown", lone));
    }
    let mut same = pairs();
    let all = same.series.iter_mut().flat_map(|series| &mut series.points);
    all.for_each(|point| point.x = at(300.0));
    check(&plot("same", same));
}

#[test]
fn the_smallest_and_the_greatest_numbers_and_dates_are_whole() {
    let ends = [1e-9, 3e-9, 0.5, 1e15, -1e15, f64::NAN, f64::INFINITY];
    for (from, to) in [
        (0.0, 1e-9),
        (-1e15, 1e15),
        (1e15, 1e15 + 2.0),
        (-1.7e308, 1.7e308),
        (5.0, 5.0),
    ] {
        for shape in [PlotGeom::Dots, PlotGeom::Line] {
            let mut body = lines(shape);
            body.y.scale = linear(from, to);
            for series in &mut body.series {
                for (point, end) in series.points.iter_mut().zip(ends) {
                    point.y = Extent {
                        low: Some(end),
                        high: None,
                    };
                }
            }
            check(&plot("linear", body));
        }
    }
    let mut old = dates();
    old.x.scale = AxisScale::Dates {
        from: 1.0,
        to: 10_000.0,
    };
    old.series[0].points = [
        (1.0, 1.003),
        (1.0, 2.0),
        (600.0, 610.0),
        (9_990.0, 10_000.0),
        (9_999.99, 10_000.0),
    ]
    .map(|(from, to)| {
        point(
            "A year",
            between(from, to),
            between(1.0, 300_000.0),
            "1 to 300,000",
        )
    })
    .to_vec();
    check(&plot("calendar", old));
    for (from, to) in [
        (2023.0, 2023.1),
        (2023.7, 2024.2),
        (2000.0, 2003.0),
        (1.0, 1.0),
    ] {
        let mut close = dates();
        close.x.scale = AxisScale::Dates { from, to };
        check(&plot("close", close));
    }
}

fn at_value(axis: AxisName, value: f64, label: &str) -> PlacedReferenceLine {
    PlacedReferenceLine {
        axis,
        position: AxisPosition::Value(value),
        label: label.into(),
    }
}

#[test]
fn lines_at_values_and_words_at_places_are_never_cut_nor_lost() {
    check(&annotated(plot("lines", lines(PlotGeom::Line))));
    check(&annotated(plot("rows", rows(PlotGeom::Dots))));
    let mut nasty = annotated(plot("nasty", lines(PlotGeom::Steps)));
    let long = "Words at a line that go on and on, as no editor would let them ".repeat(2);
    for year in 0..4 {
        let label = if year % 2 == 0 {
            korean()
        } else {
            long.clone()
        };
        nasty.reference_lines.push(at_value(
            AxisName::X,
            2016.0 + f64::from(year),
            &format!("{year} {label}"),
        ));
        nasty.reference_lines.push(at_value(
            AxisName::Y,
            f64::from(year) * 4e9,
            &format!("{year} up {label}"),
        ));
        for (x, y) in [
            (Some(2017.0), Some(28e9)),
            (None, Some(1e9)),
            (Some(2023.9), None),
            (None, None),
            (Some(1.0), Some(1.0)),
        ] {
            nasty.annotations.push(PlacedAnnotation {
                text: format!("{year} {x:?} {y:?} {label}"),
                x: x.map(AxisPosition::Value),
                y: y.map(AxisPosition::Value),
            });
        }
    }
    check(&nasty);
}

fn bars(count: usize, upright: bool) -> Bars {
    let bar = |i: usize| Bar {
        name: format!("Committer {i}"),
        detail: None,
        extent: Extent::exact(i as f64 * 10.0),
        text: PrintedValue::count(i * 10),
        color: ColorRole::Single,
        mark: ChartMark::default(),
    };
    Bars {
        panels: vec![BarPanel {
            title: None,
            bars: (1..=count).map(bar).collect(),
        }],
        is_vertical: upright,
    }
}

#[test]
fn bars_and_columns_have_lines_and_words_too() {
    for upright in [false, true] {
        let (values, groups) = if upright {
            (AxisName::Y, AxisName::X)
        } else {
            (AxisName::X, AxisName::Y)
        };
        let mut drawn = picture("bars", PictureBody::Bars(bars(7, upright)));
        drawn.reference_lines = vec![
            at_value(values, 35.0, "Half of what was promised"),
            at_value(values, 36.0, &korean()),
            // Beyond the longest bar: the scale goes on to it.
            at_value(values, 90.0, "What was promised"),
            PlacedReferenceLine {
                axis: groups,
                position: AxisPosition::Group(3),
                label: "The fourth".into(),
            },
            PlacedReferenceLine {
                axis: groups,
                position: AxisPosition::Group(99),
                label: "None of them".into(),
            },
        ];
        let place = |value: f64, group: usize| {
            let (value, group) = (
                Some(AxisPosition::Value(value)),
                Some(AxisPosition::Group(group)),
            );
            if upright {
                (group, value)
            } else {
                (value, group)
            }
        };
        drawn.annotations = [(70.0, 6), (5.0, 0), (70.0, 0), (1e9, 1)]
            .iter()
            .map(|(value, group)| {
                let (x, y) = place(*value, *group);
                PlacedAnnotation {
                    text: format!("{group}: {}", korean()),
                    x,
                    y,
                }
            })
            .collect();
        check(&drawn);
    }
}

#[test]
fn a_line_at_a_value_beyond_the_bars_is_drawn_where_it_belongs() {
    let register = Register::default();
    let screen = Screen::new(1.0);
    let across = |value: f64| {
        let mut drawn = picture("bars", PictureBody::Bars(bars(3, false)));
        drawn.reference_lines = vec![at_value(AxisName::X, value, "Here")];
        let shapes = screen.paint(&register, &drawn, vec2(800.0, screen.height(&drawn, 800.0)));
        let mut found = Vec::new();
        shapes.iter().for_each(|s| texts(&s.shape, &mut found));
        let label = found
            .iter()
            .find(|text| text.galley.text() == "Here")
            .unwrap();
        label.visual_bounding_rect().left()
    };
    // The longest bar is 30: up to there the scale stays as it is, beyond it shrinks with the line
    // at its end.
    assert!(across(10.0) < across(20.0) && across(20.0) < across(30.0));
    assert!((across(60.0) - across(30.0)).abs() < 1.0);
}

/// A hundred and twenty letters without a space.
fn korean() -> String {
    "확장억제전략협의체한미동맹국방비전"
        .chars()
        .cycle()
        .take(120)
        .collect()
}

fn picture(id: &str, body: PictureBody) -> Picture {
    Picture {
        derivation: None,
        id: id.into(),
        title: "Forces on the peninsula".into(),
        subtitle: "As stated by the two governments. 7 of 25 stated numbers".into(),
        note: Some("An open end marks a lower bound.".into()),
        source: "Source: Defense Vision, 2023. Register as of 22 November 2026. Linchpin".into(),
        description: String::new(),
        citations: Vec::new(),
        body,
        reference_lines: Vec::new(),
        annotations: Vec::new(),
    }
}

fn axis(title: &str, scale: AxisScale) -> PlotAxis {
    PlotAxis {
        title: title.into(),
        scale,
        tick_format: TickFormat::Plain,
    }
}

fn linear(from: f64, to: f64) -> AxisScale {
    AxisScale::Linear { from, to }
}

fn point(name: &str, x: Extent, y: Extent, text: &str) -> PlotPoint {
    PlotPoint {
        name: name.into(),
        x,
        y,
        dates: [None, None],
        text: printed(text),
        mark: ChartMark {
            label: format!("{name}: {text}"),
            records: Vec::new(),
        },
    }
}

fn at(value: f64) -> Extent {
    Extent::exact(value)
}

fn between(low: f64, high: f64) -> Extent {
    Extent {
        low: Some(low),
        high: Some(high),
    }
}

fn more(low: f64) -> Extent {
    Extent {
        low: Some(low),
        high: None,
    }
}

fn less(high: f64) -> Extent {
    Extent {
        low: None,
        high: Some(high),
    }
}

fn series(name: &str, place: Option<u8>, points: Vec<PlotPoint>) -> PlotSeries {
    PlotSeries {
        key: LegendKey {
            name: name.into(),
            short: name.into(),
            color: place.map_or(ColorRole::Single, ColorRole::Category),
        },
        points,
    }
}

/// Numbers of several kinds of bounds, a row each.
fn rows(shape: PlotGeom) -> XyPlot {
    let numbers = [
        (
            "U.S. service personnel in South Korea",
            at(28_500.0),
            "28,500",
        ),
        (
            "North Korean personnel killed or wounded in one week",
            more(1_000.0),
            "> 1,000",
        ),
        (
            "Troops sent to Kursk, by two estimates",
            between(10_000.0, 12_000.0),
            "10,000–12,000",
        ),
        ("Ceiling set by the law of 2024", less(30_000.0), "≤ 30,000"),
        ("한미 연합사령부 근무 인원", at(7_200.0), "7,200"),
        ("None", at(0.0), "0"),
    ];
    let points = numbers
        .iter()
        .enumerate()
        .map(|(place, (name, x, text))| point(name, *x, at(place as f64), text));
    XyPlot {
        x: axis("Service personnel", linear(0.0, 30_000.0)),
        y: axis(
            "",
            AxisScale::Bands(numbers.iter().map(|n| n.0.into()).collect()),
        ),
        geom: shape,
        series: vec![series("Personnel", None, points.collect())],
    }
}

/// Two dots and more to a row.
fn pairs() -> XyPlot {
    let names = ["Army", "Navy", "Air Force", "Marine Corps"];
    let values = [
        [20_000.0, 18_500.0],
        [300.0, 350.0],
        [8_000.0, 8_100.0],
        [250.0, 150.0],
    ];
    let one = |which: usize, name: &str| {
        let points = values.iter().enumerate().map(|(place, pair)| {
            let value = pair[which];
            let text = format!("{value}");
            point(names[place], at(value), at(place as f64), &text)
        });
        series(name, Some(which as u8), points.collect())
    };
    XyPlot {
        x: axis("Service personnel", linear(0.0, 20_000.0)),
        y: axis("", AxisScale::Bands(names.map(String::from).to_vec())),
        geom: PlotGeom::Dots,
        series: vec![one(0, "Stated in 2013"), one(1, "Stated in 2023")],
    }
}

/// Lines over years; two end close to each other.
fn lines(shape: PlotGeom) -> XyPlot {
    let countries = [
        (
            "United States",
            [28.5, 28.5, 27.0, 28.5, 28.5, 28.5, 28.5, 28.5],
        ),
        (
            "South Korea",
            [14.0, 16.5, 17.2, 19.0, 22.0, 24.5, 26.0, 28.0],
        ),
        (
            "Japan, host nation support",
            [18.0, 17.5, 17.0, 18.1, 18.4, 19.0, 20.2, 27.0],
        ),
        (
            "주한 유엔군사령부 회원국",
            [2.0, 2.5, 2.0, 3.0, 2.0, 2.1, 2.2, 2.0],
        ),
    ];
    let all = countries.iter().enumerate().map(|(i, (name, values))| {
        let points = values.iter().enumerate().map(|(year, value)| {
            let from = 2016.0 + year as f64;
            point(
                &format!("{from}"),
                between(from, from + 1.0),
                at(*value),
                &format!("{value}"),
            )
        });
        series(name, Some(i as u8), points.collect())
    });
    XyPlot {
        x: axis(
            "",
            AxisScale::Dates {
                from: 2016.0,
                to: 2024.0,
            },
        ),
        y: PlotAxis {
            title: "Spending, U.S. dollars".into(),
            scale: linear(0.0, 30e9),
            tick_format: TickFormat::Money("USD".into()),
        },
        geom: shape,
        series: all.collect(),
    }
    .scaled(1e9)
}

trait Scaled {
    fn scaled(self, by: f64) -> Self;
}

impl Scaled for XyPlot {
    fn scaled(mut self, by: f64) -> XyPlot {
        for point in self.series.iter_mut().flat_map(|s| &mut s.points) {
            point.y = between(
                point.y.low.unwrap_or_default() * by,
                point.y.high.unwrap_or_default() * by,
            );
        }
        self
    }
}

/// One series over dates of every precision.
fn dates() -> XyPlot {
    let points = vec![
        point(
            "Mutual Defense Treaty",
            between(1953.75, 1953.753),
            at(326_000.0),
            "326,000",
        ),
        point("The 1970s", between(1970.0, 1980.0), at(40_000.0), "40,000"),
        point(
            "After the summit",
            between(1991.0, 1992.0),
            between(36_000.0, 43_000.0),
            "36,000–43,000",
        ),
        point(
            "Defense Vision",
            between(2023.86, 2023.863),
            at(28_500.0),
            "28,500",
        ),
        point(
            "A later statement",
            between(2024.5, 2024.6),
            more(28_500.0),
            "> 28,500",
        ),
    ];
    XyPlot {
        x: axis(
            "",
            AxisScale::Dates {
                from: 1950.0,
                to: 2030.0,
            },
        ),
        y: axis("Service personnel", linear(0.0, 350_000.0)),
        geom: PlotGeom::Dots,
        series: vec![series("Personnel", None, points)],
    }
}

/// Numbers against numbers, on factors of ten.
fn factors() -> XyPlot {
    let points = (0..24).map(|i| {
        let (x, y) = (
            10_f64.powf(-9.0 + f64::from(i)),
            1.0 + f64::from(i * 7 % 24),
        );
        point(&format!("Body number {i}"), at(x), at(y), &format!("{y}"))
    });
    XyPlot {
        x: axis(
            "Yield, kilotons",
            AxisScale::Log {
                from: 1e-9,
                to: 1e15,
            },
        ),
        y: axis("Number of meetings", linear(0.0, 25.0)),
        geom: PlotGeom::Dots,
        series: vec![series("Bodies", None, points.collect())],
    }
}

/// Dots over names across the page.
fn columns(names: Vec<String>) -> XyPlot {
    let points = names.iter().enumerate().map(|(i, name)| {
        point(
            name,
            at(i as f64),
            at(f64::from(i as u32 * 3 % 10)),
            &format!("{}", i * 3 % 10),
        )
    });
    XyPlot {
        series: vec![series("Meetings", None, points.collect())],
        x: axis("", AxisScale::Bands(names)),
        y: axis("Meetings a year", linear(0.0, 10.0)),
        geom: PlotGeom::Dots,
    }
}

/// Lines at values of both axes, and words at places.
fn annotated(mut picture: Picture) -> Picture {
    let guide = |axis, at, label: &str| PlacedReferenceLine {
        axis,
        position: AxisPosition::Value(at),
        label: label.into(),
    };
    let is_dated = match &picture.body {
        PictureBody::Plot(plot) => matches!(plot.x.scale, AxisScale::Dates { .. }),
        _ => false,
    };
    picture.reference_lines = if is_dated {
        vec![
            guide(AxisName::X, 2018.3, "Singapore summit"),
            guide(
                AxisName::X,
                2018.9,
                "Second statement of the two defense ministers",
            ),
            guide(AxisName::X, 2022.4, "New government"),
            guide(AxisName::Y, 25e9, "Ceiling"),
        ]
    } else {
        vec![
            guide(AxisName::X, 25_000.0, "Ceiling of the law"),
            guide(AxisName::X, 22_000.0, "Floor of the law, as first proposed"),
        ]
    };
    let remark = |text: &str, x: f64, y: AxisPosition| PlacedAnnotation {
        text: text.into(),
        x: Some(AxisPosition::Value(x)),
        y: Some(y),
    };
    picture.annotations = if is_dated {
        vec![
            remark(
                "A year of talks about costs, which ended without a result",
                2018.5,
                AxisPosition::Value(27e9),
            ),
            remark(
                "First increase in ten years",
                2023.5,
                AxisPosition::Value(27e9),
            ),
        ]
    } else {
        vec![remark(
            "Counted by the Ministry of National Defense, without dependents and civilians",
            7_200.0,
            AxisPosition::Group(4),
        )]
    };
    picture
}
