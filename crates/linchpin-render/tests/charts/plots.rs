//! Dots, ranges, lines and steps, lines at values and words at places: whatever they say and
//! however little room there is, no text touches another, none leaves the picture, none is lost.

use super::boxes::{Screen, texts, whole_and_apart};
use super::plot_samples::*;
use egui::vec2;
use linchpin_charts::picture::{
    AxisPosition, AxisScale, Bar, BarPanel, Bars, ChartMark, ColorRole, Extent, Picture,
    PictureBody, PlacedAnnotation, PlacedReferenceLine, PlotGeom, PrintedValue, XyPlot,
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
        assert!(
            there.contains(words),
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
