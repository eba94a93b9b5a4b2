//! Dots, ranges, lines and steps from a register's records: what is drawn, and what is refused.

use super::boxes::{Screen, whole_and_apart};
use egui::vec2;
use linchpin_charts::picture::{AxisScale, Extent, Picture, PictureBody, PlotGeom, XyPlot};
use linchpin_register::query::CountingRule;
use linchpin_register::{Register, load};
use ron_lossless::Severity;

/// Id, title, amount and dates of numbers of one unit.
const FIGURES: [[&str; 4]; 5] = [
    [
        "troops-1970",
        "Troops in the seventies",
        "About(40000)",
        "as_of: (date: \"1970s\", basis: Stated), stated_by: \"alpha\",",
    ],
    [
        "troops-2013",
        "Troops in 2013",
        "Exactly(28500)",
        "as_of: (date: \"2013\", basis: Stated), stated_by: \"alpha\",",
    ],
    [
        "troops-2023",
        "Troops in 2023",
        "MoreThan(28500)",
        "as_of: (date: \"2023-11-13\", basis: Stated), stated_by: \"beta\",",
    ],
    [
        "dependents",
        "Dependents",
        "Between(7000, 9000)",
        "period: (from: \"2021\"), stated_by: \"beta\",",
    ],
    ["undated", "Undated", "Exactly(12)", ""],
];

/// These with two numbers of another unit, a rank, and events of two years.
fn register(charts: &str) -> Register {
    let figure = |id: &str, title: &str, kind: &str, amount: &str, unit: &str, more: &str| {
        let chartable = if kind == "Rank" {
            "No(\"A rank.\")"
        } else {
            "Yes"
        };
        format!(
            "(id: \"{id}\", title: \"{title}\", statement: \"S.\", kind: {kind}, amount: {amount}, \
            unit: \"{unit}\", chartable: {chartable}, {more} citations: [(document: \"paper\", \
            paragraph: 1, phrase: \"{amount}\")]),"
        )
    };
    let mut figures = String::new();
    for [id, title, amount, more] in FIGURES {
        figures += &figure(id, title, "Count", amount, "people", more);
    }
    figures += &figure("none", "None", "Count", "Exactly(0)", "bases", "");
    figures += &figure("bases", "Bases", "Count", "Exactly(15)", "bases", "");
    figures += &figure("place", "Place", "Rank", "Exactly(2)", "place", "");
    let mut events = String::new();
    for (id, date) in [("a", "2019-05"), ("b", "2019"), ("c", "2022-02-03")] {
        events += &format!(
            "(id: \"event-{id}\", title: \"Event {id}\", date: (date: \"{date}\", basis: Stated), \
            citations: [(document: \"paper\", paragraph: 1, phrase: \"e\")]),"
        );
    }
    let text = format!(
        "#![enable(implicit_some)]
        (
            format: 1, title: \"Plots\",
            priorities: [(id: \"first\", name: \"First\", rank: 1)],
            parties: [(id: \"alpha\", name: \"Alpha\", kind: Office), (id: \"beta\", \
            name: \"Beta\", kind: Office)],
            documents: [(id: \"paper\", title: \"Paper\", short: \"Paper\", kind: JointStatement, \
            legal_character: PoliticalInferred, date: (date: \"2024-05-14\", basis: Stated), \
            url: \"https://example.org/paper\")],
            figures: [{figures}],
            events: [{events}],
            charts: [{charts}],
        )"
    );
    let loaded = load(text.as_str(), Vec::new());
    let errors: Vec<_> = loaded
        .diagnostics
        .iter()
        .filter(|p| p.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    (*loaded.register).clone()
}

fn draw(fields: &str) -> Picture {
    let register = register(&format!("(id: \"c\", title: \"C\", {fields})"));
    let chart = linchpin_charts::by_id(&register, "c").unwrap();
    linchpin_charts::build_or_explain(&register, chart, CountingRule::default())
}

fn plot(fields: &str) -> (XyPlot, Picture) {
    let picture = draw(fields);
    let PictureBody::Plot(plot) = picture.body.clone() else {
        panic!("{}", picture.to_text());
    };
    (plot, picture)
}

fn refused(fields: &str) -> String {
    match draw(fields).body {
        PictureBody::Empty(words) => words,
        body => panic!("{fields} is drawn: {body:?}"),
    }
}

const PEOPLE: &str = "records: [Figures], filter: [(field: \"unit\", is: [\"people\"])]";

fn points(plot: &XyPlot) -> Vec<String> {
    let all = plot.series.iter().flat_map(|series| &series.points);
    all.map(|point| format!("{} {}", point.name, point.text))
        .collect()
}

#[test]
fn each_number_has_its_dot_and_keeps_its_bounds() {
    let (plot, picture) = plot(&format!("{PEOPLE}, mark: Dot, x: (field: \"amount\")"));
    assert_eq!(
        points(&plot),
        [
            "Troops in the seventies about 40,000",
            "Troops in 2013 28,500",
            "Troops in 2023 > 28,500",
            "Dependents 7,000–9,000",
            "Undated 12"
        ]
    );
    assert_eq!(
        plot.x.scale,
        AxisScale::Linear {
            from: 0.0,
            to: 40_000.0
        }
    );
    let all = &plot.series[0].points;
    assert_eq!((all[2].x.low, all[2].x.high), (Some(28_500.0), None));
    assert_eq!(
        (all[3].x.low, all[3].x.high),
        (Some(7_000.0), Some(9_000.0))
    );
    assert_eq!(all[4].y, Extent::exact(4.0));
    // The unit stands once: in the subtitle.
    assert_eq!((plot.x.title.as_str(), plot.geom), ("", PlotGeom::Dots));
    assert!(
        picture.subtitle.starts_with("People."),
        "{}",
        picture.subtitle
    );
    assert!(
        picture
            .note
            .unwrap()
            .contains("An open end marks a lower bound")
    );
}

#[test]
fn lines_go_from_date_to_date_in_the_color_of_their_series() {
    let (plot, picture) = plot(&format!(
        "{PEOPLE}, mark: Line, x: (field: \"as_of\"), y: (field: \"amount\"), color: \
        (field: \"stated_by\")"
    ));
    let names: Vec<&str> = plot.series.iter().map(|s| s.key.name.as_str()).collect();
    assert_eq!(names, ["Alpha", "Beta"]);
    let dates: Vec<Extent> = plot.series[0].points.iter().map(|point| point.x).collect();
    let years = |low, high| Extent {
        low: Some(low),
        high: Some(high),
    };
    assert_eq!(dates, [years(1970.0, 1980.0), years(2013.0, 2014.0)]);
    let day = plot.series[1].points[0].x;
    assert!(day.low == day.high && day.low > Some(2023.8), "{day:?}");
    assert!(matches!(
        plot.x.scale,
        AxisScale::Dates { from: 1970.0, .. }
    ));
    let note = picture.note.unwrap();
    assert!(
        note.contains("Not drawn, for want of a date: 2 figures."),
        "{note}"
    );
}

#[test]
fn periods_are_as_long_as_they_last_and_open_while_they_go_on() {
    let (plot, _) = plot(&format!(
        "{PEOPLE}, mark: Range, x: (field: \"period\"), y: (field: \"title\")"
    ));
    assert_eq!(points(&plot), ["Dependents since 2021"]);
    let when = plot.series[0].points[0].x;
    assert_eq!((when.low, when.high), (Some(2021.0), None));
}

#[test]
fn records_are_counted_year_by_year_and_years_without_any_count_as_none() {
    let (plot, picture) = plot("records: [Events], mark: Step, x: (field: \"date\")");
    assert_eq!(points(&plot), ["2019 2", "2020 0", "2021 0", "2022 1"]);
    assert_eq!(
        plot.x.scale,
        AxisScale::Dates {
            from: 2019.0,
            to: 2023.0
        }
    );
    assert_eq!(plot.series[0].points[0].mark.records.len(), 2);
    assert!(
        picture.subtitle.contains("Number of events"),
        "{}",
        picture.subtitle
    );
}

#[test]
fn axes_are_round_reach_their_lines_and_may_be_logarithmic() {
    let log = "x: (field: \"amount\", scale: Log, title: \"Persons\")";
    let (plot, _) = plot(&format!("{PEOPLE}, mark: Dot, {log}"));
    assert_eq!(
        plot.x.scale,
        AxisScale::Log {
            from: 10.0,
            to: 100_000.0
        }
    );
    assert_eq!(plot.x.title, "Persons");
    let line = "lines: [(axis: X, at: \"55000\", label: \"Ceiling\")]";
    let (plot, picture) = self::plot(&format!(
        "{PEOPLE}, mark: Dot, x: (field: \"amount\"), {line}"
    ));
    assert_eq!(
        plot.x.scale,
        AxisScale::Linear {
            from: 0.0,
            to: 60_000.0
        }
    );
    assert_eq!(picture.reference_lines.len(), 1);
}

#[test]
fn what_cannot_be_drawn_is_refused_with_the_reason_and_the_way_out() {
    let all = "records: [Figures]";
    let cases: [(String, &[&str]); 10] = [
        (
            format!("{all}, mark: Dot, x: (field: \"amount\")"),
            &[
                "Two units cannot share an axis: \
            people and bases",
                "facet",
            ],
        ),
        (
            format!(
                "{PEOPLE}, mark: Dot, x: (field: \"amount\", aggregate: Sum), y: (field: \"kind\")"
            ),
            &[
                "a bound has \
            no sum",
                "filter",
            ],
        ),
        (
            "records: [Priorities], mark: Dot, x: (field: \"rank\"), y: (field: \"name\")".into(),
            &["A rank is a place in an order, not a quantity", "table"],
        ),
        (
            "records: [Figures], filter: [(field: \"unit\", is: [\"bases\"])], mark: Dot, x: \
            (field: \"amount\", scale: Log)"
                .into(),
            &[
                "Zero and less have no place on a \
            logarithmic axis, and “None” is 0",
                "scale",
            ],
        ),
        (
            format!("{PEOPLE}, mark: Line, x: (field: \"title\"), y: (field: \"amount\")"),
            &[
                "x has \
            no dates",
                "\"as_of\"",
            ],
        ),
        (
            format!(
                "{PEOPLE}, search: \"Undated\", mark: Line, x: (field: \"as_of\"), y: \
            (field: \"amount\")"
            ),
            &[
                "No figure has a \
            date in “as_of”",
                "Fill the field",
            ],
        ),
        (
            format!("{PEOPLE}, mark: Dot, x: (field: \"kind\"), y: (field: \"title\")"),
            &[
                "Both axes \
            have groups",
                "matrix",
            ],
        ),
        (
            format!(
                "{PEOPLE}, mark: Range, x: (field: \"amount\", aggregate: Mean), y: \
            (field: \"title\")"
            ),
            &[
                "one number and has \
            no bounds",
                "take aggregate out",
            ],
        ),
        (
            format!("{PEOPLE}, mark: Line, x: (field: \"as_of\"), y: (field: \"title\")"),
            &[
                "rises \
            and falls with a number",
                "amount",
            ],
        ),
        (
            "records: [Events], mark: Dot, x: (field: \"date\", scale: Log), y: (field: \"title\")"
                .into(),
            &[
                "Only numbers have a \
            logarithmic scale",
                "Take scale out",
            ],
        ),
    ];
    for (fields, said) in cases {
        let why = refused(&fields);
        for words in said {
            assert!(why.contains(words), "{fields}: {why}");
        }
    }
}

#[test]
fn texts_of_drawn_records_keep_apart() {
    let register = Register::default();
    let screen = Screen::new(1.0);
    for fields in [
        format!("{PEOPLE}, mark: Dot, x: (field: \"amount\")"),
        format!("{PEOPLE}, mark: Dot, x: (field: \"as_of\"), y: (field: \"amount\")"),
        format!(
            "{PEOPLE}, mark: Range, x: (field: \"amount\"), y: (field: \"stated_by\"), color: \
            (field: \"kind\")"
        ),
        format!(
            "{PEOPLE}, mark: Step, x: (field: \"as_of\"), y: (field: \"amount\"), color: \
            (field: \"stated_by\")"
        ),
        "records: [Events], mark: Line, x: (field: \"date\"), facet: (field: \"title\")".into(),
        "records: [Events], mark: Dot, x: (field: \"date\"), y: (field: \"title\")".into(),
    ] {
        let picture = draw(&fields);
        assert!(
            !matches!(picture.body, PictureBody::Empty(_)),
            "{}",
            picture.to_text()
        );
        for width in [320.0, 800.0] {
            let size = vec2(width, screen.height(&picture, width));
            whole_and_apart(&fields, &register, &picture, size, &screen);
        }
    }
}
