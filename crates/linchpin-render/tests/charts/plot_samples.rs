//! Plots made by hand: what a newspaper would print, and what tries to break a painter.

use super::samples::printed;
use linchpin_charts::picture::{
    AxisPosition, AxisScale, ChartMark, ColorRole, Extent, LegendKey, Picture, PictureBody,
    PlacedAnnotation, PlacedReferenceLine, PlotAxis, PlotGeom, PlotPoint, PlotSeries, TickFormat,
    XyPlot,
};
use linchpin_register::chart_vocabulary::AxisName;

/// A hundred and twenty letters without a space.
pub fn korean() -> String {
    "확장억제전략협의체한미동맹국방비전"
        .chars()
        .cycle()
        .take(120)
        .collect()
}

pub fn picture(id: &str, body: PictureBody) -> Picture {
    Picture {
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

pub fn axis(title: &str, scale: AxisScale) -> PlotAxis {
    PlotAxis {
        title: title.into(),
        scale,
        tick_format: TickFormat::Plain,
    }
}

pub fn linear(from: f64, to: f64) -> AxisScale {
    AxisScale::Linear { from, to }
}

pub fn point(name: &str, x: Extent, y: Extent, text: &str) -> PlotPoint {
    PlotPoint {
        name: name.into(),
        x,
        y,
        text: printed(text),
        mark: ChartMark {
            label: format!("{name}: {text}"),
            records: Vec::new(),
        },
    }
}

pub fn at(value: f64) -> Extent {
    Extent::exact(value)
}

pub fn between(low: f64, high: f64) -> Extent {
    Extent {
        low: Some(low),
        high: Some(high),
    }
}

pub fn more(low: f64) -> Extent {
    Extent {
        low: Some(low),
        high: None,
    }
}

pub fn less(high: f64) -> Extent {
    Extent {
        low: None,
        high: Some(high),
    }
}

pub fn series(name: &str, place: Option<u8>, points: Vec<PlotPoint>) -> PlotSeries {
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
pub fn rows(shape: PlotGeom) -> XyPlot {
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
pub fn pairs() -> XyPlot {
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
pub fn lines(shape: PlotGeom) -> XyPlot {
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
pub fn dates() -> XyPlot {
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
pub fn factors() -> XyPlot {
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
pub fn columns(names: Vec<String>) -> XyPlot {
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
pub fn annotated(mut picture: Picture) -> Picture {
    let guide = |axis, at, label: &str| PlacedReferenceLine {
        axis,
        position: AxisPosition::Value(at),
        label: label.into(),
    };
    let is_dated = matches!(&picture.body, PictureBody::Plot(plot) if matches!(plot.x.scale, AxisScale::Dates { .. }));
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
