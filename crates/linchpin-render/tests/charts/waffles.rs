//! Unit charts: what a square stands for, what is refused, and texts that keep apart.

use super::boxes::{Screen, texts, whole_and_apart};
use super::samples::{korean, picture, printed};
use egui::vec2;
use linchpin_charts::picture::{
    ChartMark, ColorRole, FacetPanel, Picture, PictureBody, SmallMultiples, Waffle, WaffleGroup,
};
use linchpin_register::query::CountingRule;
use linchpin_register::{Register, load};

fn group(name: &str, text: &str, squares: f64, is_open: bool, place: u8) -> WaffleGroup {
    WaffleGroup {
        name: name.into(),
        text: printed(text),
        detail: (place == 1).then(korean),
        squares,
        is_lower_bound: is_open,
        upper: None,
        color: ColorRole::Category(place),
        mark: ChartMark {
            label: name.into(),
            records: Vec::new(),
        },
    }
}

fn waffle(id: &str, per: f64, groups: Vec<WaffleGroup>) -> Picture {
    let unit = "personnel".to_owned();
    picture(
        id,
        PictureBody::Waffle(Waffle {
            units_per_square: per,
            unit,
            groups,
        }),
    )
}

/// Small charts next to each other.
fn multiples(id: &str, own_scales: bool) -> Picture {
    let panel = |place: u8| FacetPanel {
        title: format!("Panel {place}"),
        body: waffle(
            "",
            1.0,
            vec![
                group(&korean(), "7", 7.0, place == 1, place),
                group("B", "40", 40.0 * f64::from(place), false, 1),
            ],
        )
        .body,
    };
    let panels = (0..5).map(panel).collect();
    picture(
        id,
        PictureBody::SmallMultiples(SmallMultiples {
            panels,
            has_independent_scales: own_scales,
        }),
    )
}

#[test]
fn small_charts_share_one_key_where_their_squares_are_worth_the_same() {
    let screen = Screen::new(1.0);
    for (own_scales, keys) in [(false, 1), (true, 5)] {
        let picture = multiples("beside", own_scales);
        let shapes = screen.paint(
            &Register::default(),
            &picture,
            vec2(900.0, screen.height(&picture, 900.0)),
        );
        let mut found = Vec::new();
        shapes
            .iter()
            .for_each(|shape| texts(&shape.shape, &mut found));
        let said = found
            .iter()
            .filter(|text| text.galley.text() == "One square is 1 personnel");
        assert_eq!(said.count(), keys);
    }
}

#[test]
fn texts_of_waffles_keep_apart() {
    let (screen, fine) = (Screen::new(1.0), Screen::new(8.0));
    let (korean, word) = (korean(), "x".repeat(120));
    let many = |count: u8, squares: f64| -> Vec<WaffleGroup> {
        let name = |i: u8| if i.is_multiple_of(3) { &korean } else { &word };
        (0..count)
            .map(|i| group(name(i), "> 123,456,789", squares, i % 2 == 0, i))
            .collect()
    };
    for picture in [
        waffle("few", 1.0, many(5, 7.3)),
        waffle("many", 1e9, many(30, 60.0)),
        waffle("one", 100.0, vec![group(&korean, &word, 285.0, true, 1)]),
        waffle(
            "two-thousand",
            1.0,
            vec![group("All", "2,000", 2000.0, true, 0)],
        ),
        waffle(
            "none",
            1.0,
            vec![
                group("", "0", 0.0, false, 0),
                group("", "", f64::NAN, true, 1),
            ],
        ),
        waffle("empty", 1.0, Vec::new()),
        multiples("beside", false),
        multiples("each-its-own", true),
    ] {
        for width in [200.0, 480.0, 1000.0] {
            let size = vec2(width, screen.height(&picture, width));
            let screen = if width < 360.0 { &fine } else { &screen };
            whole_and_apart("waffle", &Register::default(), &picture, size, screen);
        }
        for size in [vec2(300.0, 200.0), vec2(1200.0, 240.0), vec2(400.0, 1200.0)] {
            whole_and_apart("waffle", &Register::default(), &picture, size, &fine);
        }
    }
}

/// A register of figures, and what a chart of it draws.
fn draw(figures: &str, fields: &str) -> Picture {
    let text = format!(
        "#![enable(implicit_some)]
        (format: 1, title: \"T\", figures: [{figures}], charts: [(id: \"c\", title: \"C\", \
        mark: Waffle, {fields})])"
    );
    let loaded = load(text, Vec::new());
    let chart = linchpin_charts::by_id(&loaded.register, "c").unwrap();
    assert_eq!(chart.title, "C", "{:#?}", loaded.diagnostics);
    linchpin_charts::build_or_explain(&loaded.register, chart, CountingRule::default())
}

fn figure(id: &str, kind: &str, amount: &str, unit: &str) -> String {
    format!(
        "(id: \"{id}\", title: \"Figure {id}\", statement: \"S.\", kind: {kind}, amount: {amount}, \
        unit: \"{unit}\", chartable: Yes),"
    )
}

fn drawn(picture: &Picture) -> &Waffle {
    match &picture.body {
        PictureBody::Waffle(waffle) => waffle,
        _ => panic!("{}", picture.to_text()),
    }
}

const AMOUNTS: &str = "records: [Figures], x: (field: \"amount\")";

#[test]
fn a_square_stands_for_a_round_number_and_bounds_stay_open() {
    let figures = [
        figure("korea", "Count", "Exactly(28500)", "personnel"),
        figure("japan", "Count", "MoreThan(54000)", "personnel"),
        figure("either", "Count", "Between(100, 300)", "personnel"),
    ];
    let picture = draw(&figures.concat(), AMOUNTS);
    let waffle = drawn(&picture);
    assert_eq!(
        (waffle.units_per_square, waffle.unit.as_str()),
        (500.0, "personnel")
    );
    let shown: Vec<_> = waffle
        .groups
        .iter()
        .map(|group| (group.text.to_string(), group.squares, group.is_lower_bound))
        .collect();
    let expected = [
        ("28,500", 57.0, false),
        ("> 54,000", 108.0, true),
        ("100–300", 0.2, true),
    ];
    let expected = expected.map(|(text, squares, open)| (text.to_owned(), squares, open));
    assert_eq!(shown, expected);
    assert_eq!(
        waffle.groups[1].mark.label,
        "Figure japan: > 54,000 personnel"
    );
    let few = draw(&figure("f", "Duration", "Exactly(2.5)", "years"), AMOUNTS);
    let few = drawn(&few);
    assert_eq!(
        (
            few.units_per_square,
            few.unit.as_str(),
            few.groups[0].squares
        ),
        (1.0, "years", 2.5)
    );
}

#[test]
fn what_no_square_can_show_is_refused_with_a_way_out() {
    let personnel = figure("a", "Count", "Exactly(5)", "personnel");
    for (figures, fields, why) in [
        (
            figure("b", "Count", "Exactly(5)", "ships"),
            AMOUNTS,
            "Two units",
        ),
        (
            figure("b", "Count", "AtMost(5)", "personnel"),
            AMOUNTS,
            "at most",
        ),
        (
            figure("b", "Money", "Exactly(-5)", "personnel"),
            AMOUNTS,
            "of which currency",
        ),
        (
            figure("b", "Count", "Exactly(1e30)", "personnel"),
            AMOUNTS,
            "too large",
        ),
        (
            String::new(),
            "records: [Figures], x: (field: \"kind\"), y: (field: \"unit\")",
            "Both x and y",
        ),
        (
            String::new(),
            "records: [Figures], y: (field: \"unit\"), color: (field: \"kind\")",
            "one color",
        ),
        (String::new(), "records: [Figures, Events]", "one list"),
        (
            String::new(),
            "records: [Figures], x: (field: \"amount\"), y: (field: \"statement\"), filter: \
            [(field: \"unit\", is: [\"none\"])]",
            "filters",
        ),
    ] {
        let picture = draw(&format!("{personnel}{figures}"), fields);
        let PictureBody::Empty(words) = &picture.body else {
            panic!("{figures} {fields}: {}", picture.to_text());
        };
        assert!(words.contains(why), "{words}");
        assert!(words.matches('.').count() >= 2, "no way out: {words}");
    }
    let ranks = draw(&figure("r", "Rank", "Exactly(2)", "rank"), AMOUNTS);
    assert!(matches!(&ranks.body, PictureBody::Empty(words) if words.contains("ranks")));
}

#[test]
fn records_are_counted_by_a_field_or_all_together() {
    let figures: String = (0..900)
        .map(|i| {
            figure(
                &format!("f{i}"),
                if i < 300 { "Count" } else { "Duration" },
                "Exactly(1)",
                "years",
            )
        })
        .collect();
    let all = draw(&figures, "records: [Figures]");
    let all = drawn(&all);
    assert_eq!((all.units_per_square, all.unit.as_str()), (5.0, "figures"));
    assert_eq!(
        (all.groups[0].text.to_string(), all.groups[0].squares),
        ("900".to_owned(), 180.0)
    );
    let by_kind = draw(
        &figures,
        "records: [Figures], color: (field: \"kind\"), sort: (by: Value, descending: true)",
    );
    let by_kind = drawn(&by_kind);
    let shown: Vec<_> = by_kind
        .groups
        .iter()
        .map(|group| (group.name.as_str(), group.squares))
        .collect();
    assert_eq!(shown, [("duration", 120.0), ("count", 60.0)]);
    assert_ne!(by_kind.groups[0].color, by_kind.groups[1].color);
}
