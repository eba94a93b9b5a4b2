//! Words belong to their marks: at which side, in which color, whether each is there; and lines do
//! not run through what nobody has stated.

use super::boxes::{Screen, texts, whole_and_apart};
use super::{build, register};
use egui::{Color32, Rect, Shape, Vec2, vec2};
use linchpin_charts::picture::Picture;
use linchpin_register::Register;
use linchpin_register::query::CountingRule;
use linchpin_render::theme::LIGHT;

const HEAD: &str = "#![enable(implicit_some)]\n(format: 1, title: \"Marks\",";

/// The colors of words that belong to no series.
const INK: [Color32; 2] = [LIGHT.text, LIGHT.text_muted];

/// A register of figures of one unit, each with more fields, and one chart.
fn figures(figures: &[(String, String)], chart: &str) -> Register {
    figures_of("kind: Count, unit: \"batteries\"", figures, chart)
}

fn figures_of(kind: &str, figures: &[(String, String)], chart: &str) -> Register {
    let figure = |(at, (amount, rest)): (usize, &(String, String))| {
        format!(
            "(id: \"f{at}\", title: \"Number {at}\", statement: \"A number.\", {kind}, amount: \
            {amount}, certainty: Derived, chartable: Yes, {rest}),"
        )
    };
    let list: String = figures.iter().enumerate().map(figure).collect();
    let parties: String = (0..7)
        .map(|at| format!("(id: \"p{at}\", name: \"Party {at}\", kind: State),"))
        .collect();
    register(&format!(
        "{HEAD} parties: [{parties}], figures: [{list}], charts: [(id: \"chart\", title: \"C\", \
        records: [Figures], {chart})])"
    ))
}

/// Seven parties whose numbers end next to each other.
fn near_ends() -> Register {
    let mut all = Vec::new();
    for party in 0..7 {
        for (year, number) in [(2014, 1.0 + 0.4 * f64::from(party)), (2026, 2.0)] {
            let number = number + f64::from(party) / 100.0;
            all.push((
                format!("Exactly({number})"),
                format!("subjects: [\"p{party}\"], as_of: (date: \"{year}\", basis: Stated)"),
            ));
        }
    }
    figures(
        &all,
        "mark: Line, x: (field: \"as_of\"), y: (field: \"amount\"), color: (field: \"subjects\", \
        limit: 7)",
    )
}

/// Words with their boxes and their color.
fn words(register: &Register, picture: &Picture, width: f32) -> Vec<(String, Rect, Color32)> {
    let screen = Screen::new(1.0);
    let size = vec2(width, screen.height(picture, width));
    let shapes = screen.paint(register, picture, size);
    let mut found = Vec::new();
    shapes
        .iter()
        .for_each(|shape| texts(&shape.shape, &mut found));
    let word = |text: &&egui::epaint::TextShape| {
        let color = text
            .galley
            .job
            .sections
            .first()
            .map(|section| section.format.color);
        (
            text.galley.text().to_owned(),
            text.visual_bounding_rect(),
            color.unwrap_or(Color32::TRANSPARENT),
        )
    };
    found.iter().map(word).collect()
}

#[test]
fn lines_that_end_together_all_say_their_last_number() {
    let register = near_ends();
    let picture = build("chart", &register, CountingRule::default());
    for width in [320.0, 480.0, 800.0] {
        let words = words(&register, &picture, width);
        let mut colors = Vec::new();
        for party in 0..7 {
            let number = match party {
                0 => "2".to_owned(),
                party => format!("2.0{party}"),
            };
            let named = format!("Party {party} {number}");
            // Not the tick of an axis that has the same number.
            let own = words.iter().find(|(text, _, color)| {
                (*text == named || *text == number) && !INK.contains(color)
            });
            let (_, rect, color) = own.unwrap_or_else(|| panic!("{width}: {named} is lost"));
            assert!(
                rect.center().x > width / 2.0,
                "{width}: {named} at {rect:?}"
            );
            colors.push(*color);
        }
        // Each in the color of its line.
        colors.sort_unstable_by_key(|color| color.to_array());
        colors.dedup();
        assert_eq!(colors.len(), 7, "{width}");
        let screen = Screen::new(2.0);
        let size = vec2(width, screen.height(&picture, width));
        whole_and_apart("marks", &register, &picture, size, &screen);
    }
}

/// The corners of the longest line of a picture that is drawn in one go.
fn longest_line(shape: &Shape) -> usize {
    match shape {
        Shape::Path(path) if !path.closed => path.points.len(),
        Shape::Vec(shapes) => shapes.iter().map(longest_line).max().unwrap_or(0),
        _ => 0,
    }
}

#[test]
fn a_line_stops_at_a_bound_and_at_an_interval() {
    let line = "mark: Line, x: (field: \"as_of\"), y: (field: \"amount\")";
    let longest = |middle: &str, chart: &str| {
        let amounts = [
            "Exactly(10)",
            "Exactly(14)",
            middle,
            "Exactly(26)",
            "Exactly(30)",
        ];
        let dated = amounts.iter().enumerate().map(|(at, amount)| {
            let date = format!("as_of: (date: \"{}\", basis: Stated)", 2015 + at);
            ((*amount).to_owned(), date)
        });
        let register = figures(&dated.collect::<Vec<_>>(), chart);
        let picture = build("chart", &register, CountingRule::default());
        let screen = Screen::new(1.0);
        let shapes = screen.paint(&register, &picture, Vec2::new(800.0, 500.0));
        let lines = shapes.iter().map(|clipped| longest_line(&clipped.shape));
        lines.max().unwrap_or(0)
    };
    assert_eq!(longest("Exactly(20)", line), 5);
    for open in ["MoreThan(20)", "AtMost(20)", "Between(16, 24)"] {
        assert_eq!(longest(open, line), 2, "{open}");
    }
    // A step has two corners for each number.
    let steps = line.replace("Line", "Step");
    assert_eq!(longest("About(20)", &steps), 10);
    for open in ["AtLeast(20)", "LessThan(20)", "Between(16, 24)"] {
        assert_eq!(longest(open, &steps), 4, "{open}");
    }
}

#[test]
fn numbers_below_zero_stand_at_their_own_side_of_a_named_zero() {
    let all = ["Exactly(-12500)", "LessThan(-4000)", "Exactly(8000)"];
    let all = all.map(|amount: &str| (amount.to_owned(), "measure: Change".to_owned()));
    for chart in [
        "mark: Bar, x: (field: \"amount\"), y: (field: \"title\")",
        "mark: Bar, x: (field: \"amount\"), y: (field: \"title\"), color: (field: \"measure\"), \
        arrangement: Grouped",
    ] {
        // A bound has no part of a bar.
        let is_grouped = chart.contains("Grouped");
        let all: Vec<_> = all
            .iter()
            .filter(|(amount, _)| !is_grouped || amount.starts_with("Exactly"))
            .cloned()
            .collect();
        let register = figures(&all, chart);
        let picture = build("chart", &register, CountingRule::default());
        for width in [320.0, 800.0] {
            let words = words(&register, &picture, width);
            let x = |text: &str| {
                let found = words.iter().find(|(own, ..)| own == text);
                let (_, rect, _) = found.unwrap_or_else(|| panic!("{chart}, {width}: no {text}"));
                rect.center().x
            };
            let zero = x("0");
            assert!(x("−12,500") < zero && x("8,000") > zero, "{chart}, {width}");
            assert!(is_grouped || x("< −4,000") < zero, "{chart}, {width}");
            let screen = Screen::new(2.0);
            let size = vec2(width, screen.height(&picture, width));
            whole_and_apart("marks", &register, &picture, size, &screen);
        }
    }
}

const MONEY: &str = "kind: Money, unit: \"U.S. dollars\", currency: \"USD\", flow: Pledge";

#[test]
fn columns_and_their_axis_have_one_scale() {
    let all = ["331.2e9", "4.5e6"].map(|n| (format!("Exactly({n})"), String::new()));
    let chart = "mark: Bar, x: (field: \"title\"), y: (field: \"amount\")";
    let register = figures_of(MONEY, &all, chart);
    let picture = build("chart", &register, CountingRule::default());
    let words = words(&register, &picture, 800.0);
    let has = |text: &str| {
        words
            .iter()
            .any(|(own, ..)| own.replace('\n', " ").contains(text))
    };
    assert!(has("$331,200 million"), "{words:?}");
    assert!(has("300,000 million"), "{words:?}");
    assert!(!has("billion"), "{words:?}");
}

#[test]
fn columns_that_have_no_room_to_stand_say_so() {
    let said = |parties: usize| {
        let mut all = Vec::new();
        for party in 0..parties {
            for other in 0..3 {
                let from = format!("subjects: [\"p{party}\"], from: \"p{other}\"");
                all.push(("Exactly(119.2e9)".to_owned(), from));
            }
        }
        let chart = "mark: Bar, x: (field: \"subjects\"), y: (field: \"amount\", aggregate: \
            Sum), color: (field: \"from\"), arrangement: Grouped";
        let register = figures_of(MONEY, &all, chart);
        let picture = build("chart", &register, CountingRule::default());
        let words = words(&register, &picture, 800.0);
        words
            .iter()
            .any(|(text, ..)| text.contains("The columns lie on their side"))
    };
    assert!(said(7));
    assert!(!said(2));
}
