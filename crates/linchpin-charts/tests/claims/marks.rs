//! Marks and their words: bounds stay bounds in lines too, and numbers keep scale and digits.

use super::{drawn, text};
use linchpin_charts::picture::{PictureBody, ticks};

fn at(year: &str, amount: &str) -> String {
    format!(
        "kind: Count, amount: {amount}, unit: \"batteries\", subjects: [\"alba\"], as_of: \
        (date: \"{year}\", basis: Stated)"
    )
}

fn series(amounts: &[&str]) -> Vec<String> {
    let dated = amounts.iter().enumerate();
    let figure = |(place, amount): (usize, &&str)| at(&format!("{}", 2015 + place), amount);
    dated.map(figure).collect()
}

fn shown(figures: &[String], chart: &str) -> String {
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    text(&figures, chart)
}

const LINE: &str = "records: [Figures], mark: Line, x: (field: \"as_of\"), y: (field: \"amount\")";

/// The points of a line and what leads from one to the next.
fn course(picture: &str) -> Vec<String> {
    let mut out = Vec::new();
    for line in picture.lines().map(str::trim) {
        if let Some(join) = line.strip_prefix("join: ") {
            out.push(join.to_owned());
        } else if let Some((_, number)) = line.split_once(" = ").filter(|_| line.contains(" at ")) {
            let number = number.split(':').next().unwrap_or_default();
            out.push(number.to_owned());
        }
    }
    out
}

#[test]
fn no_line_runs_through_a_bound_or_the_middle_of_an_interval() {
    let figures = series(&[
        "Exactly(10)",
        "Exactly(14)",
        "MoreThan(20)",
        "Exactly(26)",
        "Between(20, 34)",
        "AtMost(28)",
        "About(22)",
    ]);
    let picture = shown(&figures, LINE);
    assert_eq!(
        course(&picture),
        [
            "10", "14", "dashed", "> 20", "dashed", "26", "band", "20–34", "broken", "≤ 28",
            "dashed", "about 22"
        ]
    );
    for note in [
        "An open end marks a lower bound",
        "marks an upper bound",
        "A line is dashed where it leads to a bound or away from it.",
        "An interval is drawn from its least to its greatest number: where in it the number lies \
        is not stated.",
        "A pale band joins an interval to what stands before and after it.",
        "A line is broken between an interval and a bound",
    ] {
        assert!(picture.contains(note), "{note}\n{picture}");
    }
    // Who does not see it is not told that it rises.
    let spoken = picture.lines().find(|line| line.starts_with("description"));
    let spoken = spoken.unwrap();
    assert!(
        spoken.contains("It goes from 10 (2015) to about 22 (2021), not exact at 3 of 7 points."),
        "{spoken}"
    );
    assert!(
        spoken.contains("1 lower bound, with an open end"),
        "{spoken}"
    );
    let table = drawn(
        &figures.iter().map(String::as_str).collect::<Vec<_>>(),
        LINE,
    )
    .unwrap()
    .data_table();
    assert!(
        table
            .columns
            .iter()
            .any(|head| head.contains("lower bound"))
    );
}

#[test]
fn a_line_of_stated_numbers_is_one_line_without_notes() {
    let picture = shown(&series(&["Exactly(10)", "About(14)", "Exactly(9)"]), LINE);
    assert_eq!(course(&picture), ["10", "about 14", "9"]);
    assert!(!picture.contains("note:"), "{picture}");
    // Decades without a record are no bound.
    let apart = [at("1950", "Exactly(3)"), at("1990", "Exactly(5)")];
    let picture = shown(&apart, LINE);
    assert_eq!(course(&picture), ["3", "dashed", "5"]);
    assert!(!picture.contains("leads to a bound"), "{picture}");
    let apart = [at("1950", "Exactly(3)"), at("1990", "Between(5, 7)")];
    assert_eq!(course(&shown(&apart, LINE)), ["3", "broken", "5–7"]);
}

#[test]
fn each_mark_says_how_it_draws_an_interval() {
    let figures = series(&["Between(3, 5)", "Exactly(9)"]);
    let note = "An interval is drawn from its least to its greatest number";
    for mark in ["Line", "Step", "Dot"] {
        let picture = shown(&figures, &LINE.replace("Line", mark));
        assert!(picture.contains(note), "{mark}: {picture}");
    }
    let exact = series(&["Exactly(3)", "MoreThan(9)"]);
    for mark in ["Line", "Step", "Dot"] {
        let picture = shown(&exact, &LINE.replace("Line", mark));
        assert!(!picture.contains(note), "{mark}: {picture}");
        let is_dashed = picture.contains("A line is dashed where it leads to a bound");
        assert_eq!(is_dashed, mark != "Dot", "{mark}: {picture}");
    }
}

fn money(amount: &str, from: &str) -> String {
    format!(
        "kind: Money, amount: {amount}, unit: \"U.S. dollars\", currency: \"USD\", flow: Pledge, \
        from: \"{from}\", subjects: [\"{from}\"]"
    )
}

const BARS: &str = "records: [Figures], mark: Bar, x: (field: \"amount\"), y: (field: \"title\")";

#[test]
fn money_of_one_picture_has_one_scale_and_all_its_digits() {
    let billions = [
        money("Exactly(119.2e9)", "alba"),
        money("MoreThan(770e6)", "breva"),
    ];
    for mark in ["Bar", "Dot", "Range", "Matrix"] {
        let chart = match mark {
            "Matrix" => "records: [Figures], mark: Matrix, x: (field: \"title\"), y: (field: \
                \"from\"), color: (field: \"amount\", aggregate: Sum)"
                .to_owned(),
            mark => BARS.replace("Bar", mark),
        };
        let picture = shown(&billions, &chart);
        assert!(picture.contains("= $119.2 billion"), "{mark}: {picture}");
        assert!(picture.contains("= > $0.77 billion"), "{mark}: {picture}");
    }
    let far = [
        money("Exactly(331.2e9)", "alba"),
        money("Between(72000, 4.5e6)", "breva"),
    ];
    let picture = shown(&far, BARS);
    assert!(picture.contains("= $331,200 million"), "{picture}");
    assert!(
        picture.contains("= $0.072 million–$4.5 million"),
        "{picture}"
    );
    // The axis has the scale of the numbers on it.
    let dots: Vec<&str> = far.iter().map(String::as_str).collect();
    let PictureBody::Plot(plot) = drawn(&dots, &BARS.replace("Bar", "Dot")).unwrap().body else {
        panic!("dots are a plot");
    };
    let sets = ticks::tick_sets(&plot.x, false);
    let labels: Vec<String> = sets
        .iter()
        .flatten()
        .map(|tick| tick.label.to_string())
        .collect();
    assert!(
        labels.iter().any(|label| label == "$400,000 million"),
        "{labels:?}"
    );
    assert!(
        !labels.iter().any(|label| label.contains("billion")),
        "{labels:?}"
    );
    let waffle = "records: [Figures], mark: Waffle, x: (field: \"amount\"), y: (field: \"title\")";
    let exact = [
        money("Exactly(331.2e9)", "alba"),
        money("Exactly(4.5e6)", "breva"),
    ];
    let exact: Vec<&str> = exact.iter().map(String::as_str).collect();
    let PictureBody::Waffle(waffle) = drawn(&exact, waffle).unwrap().body else {
        panic!("squares are a waffle");
    };
    assert_eq!(
        waffle.legend_text(),
        "One square is 1,000 million U.S. dollars"
    );
    // Where one has no other scale, nothing changes.
    let alike = [
        money("Exactly(331.2e9)", "alba"),
        money("Exactly(4e9)", "breva"),
    ];
    let picture = shown(&alike, BARS);
    assert!(picture.contains("= $331.2 billion"), "{picture}");
    // Parts and totals have one scale as well.
    let parts = format!(
        "{}, color: (field: \"themes\")",
        BARS.replace("\"amount\"", "\"amount\", aggregate: Sum")
            .replace("title", "from")
    );
    let with = |amount: &str, theme: &str| {
        money(amount, "alba").replace("subjects", &format!("themes: [\"{theme}\"], subjects"))
    };
    let picture = shown(
        &[
            with("Exactly(2e9)", "ships"),
            with("Exactly(500e6)", "grain"),
        ],
        &parts,
    );
    assert!(picture.contains("row: Alba, $2.5 billion"), "{picture}");
    assert!(picture.contains("x $0.5 billion"), "{picture}");
}

#[test]
fn percentages_of_a_whole_add_up_or_it_is_said() {
    let shares = |groups: &str, parts: &str| {
        let chart = format!(
            "records: [Commitments], mark: Bar, x: (aggregate: Count), y: (field: \"{groups}\"), \
            color: (field: \"{parts}\"), arrangement: Share"
        );
        text(&[], &chart)
    };
    // Two of three and one of three.
    let themes = shares("themes", "mode");
    assert!(themes.contains(" = 67%"), "{themes}");
    assert!(themes.contains(" = 33%"), "{themes}");
    assert!(themes.contains("Percentages are rounded."), "{themes}");
    assert!(!themes.contains(" %"), "{themes}");
    // Of three equal parts none is made larger than the others.
    let equal = shares("themes", "title");
    assert_eq!(equal.matches(" = 33%").count(), 3, "{equal}");
    let note = "Percentages are rounded, and do not all add up to 100.";
    assert!(equal.contains(note), "{equal}");
    // Two of four, and one of four each.
    let exact = shares("voice", "mode");
    assert!(exact.contains(" = 50%"), "{exact}");
    assert!(!exact.contains("Percentages"), "{exact}");
}

#[test]
fn a_mean_has_no_more_digits_than_what_it_is_the_mean_of() {
    let chart = BARS
        .replace("\"amount\"", "\"amount\", aggregate: Mean")
        .replace("title", "subjects");
    let mean = |amounts: &[&str]| {
        let figure = |amount: &&str| {
            format!(
                "kind: Count, amount: Exactly({amount}), unit: \"troops\", subjects: [\"alba\"]"
            )
        };
        let figures: Vec<String> = amounts.iter().map(figure).collect();
        shown(&figures, &chart)
    };
    for (amounts, printed) in [
        (&["105000", "64000", "28501"][..], "= 65,834 "),
        (&["1", "2", "4", "7"], "= 3.5 "),
        (&["1", "2", "2"], "= 1.67 "),
        (&["2.25", "2.26"], "= 2.255 "),
        (&["1234567", "1234568", "1234568"], "= 1,234,568 "),
    ] {
        let picture = mean(amounts);
        assert!(picture.contains(printed), "{amounts:?}: {picture}");
    }
    assert!(mean(&["1", "2", "2"]).contains("Means are rounded."));
    assert!(!mean(&["1", "2", "4", "7"]).contains("Means are rounded."));
    let billions = ["5e9", "7e9", "8e9"].map(|amount| money(&format!("Exactly({amount})"), "alba"));
    let picture = shown(&billions, &chart);
    assert!(picture.contains("= $6.67 billion"), "{picture}");
}

#[test]
fn dots_in_bands_have_the_colors_that_a_chart_asks_for() {
    let figures = [
        money("Exactly(2e9)", "alba"),
        money("Exactly(3e9)", "breva"),
    ];
    let chart = "records: [Figures], mark: Dot, x: (field: \"amount\"), y: (field: \"from\"), \
        color: (field: \"from\")";
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    let picture = drawn(&figures, chart).unwrap();
    let PictureBody::Plot(plot) = &picture.body else {
        panic!("dots are a plot");
    };
    let colors: Vec<_> = plot.series.iter().map(|series| series.key.color).collect();
    assert_eq!(plot.series.len(), 2, "{}", picture.to_text());
    assert_ne!(colors[0], colors[1]);
    // A number of two groups stands in each band once.
    let both = "kind: Count, amount: Exactly(5), unit: \"troops\", subjects: [\"alba\", \"breva\"]";
    let shared = chart.replace("from", "subjects");
    let PictureBody::Plot(plot) = drawn(&[both], &shared).unwrap().body else {
        panic!("dots are a plot");
    };
    let points: Vec<usize> = plot
        .series
        .iter()
        .map(|series| series.points.len())
        .collect();
    assert_eq!(points, [1, 1]);
}
