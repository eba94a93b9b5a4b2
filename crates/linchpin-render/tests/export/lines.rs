//! Lines and words at values: off the data they stretch no axis and are named, in small charts they
//! stand in each, and on a small screen their words stay.

use linchpin_charts::picture::{AxisPosition, AxisScale, OffAxis, Picture, PictureBody};
use linchpin_register::query::CountingRule;
use linchpin_register::{LoadedRegister, load};
use linchpin_render::export::image::{ImageOptions, Studio};
use linchpin_render::export::{ImageSize, Primitive, Scene, Unit};

/// Shares of two countries over ten years, and charts of them.
fn register(charts: &str) -> LoadedRegister {
    let figure = |country: &str, year: u32, amount: f64| {
        format!(
            "(id: \"{country}-{year}\", title: \"{country} {year}\", statement: \"Stated.\", \
            kind: Count, amount: Exactly({amount}), unit: \"percent of output\", \
            certainty: Derived, subjects: [\"{country}\"], \
            as_of: (date: \"{year}\", basis: Stated), chartable: Yes),\n"
        )
    };
    let figures: String = (2015..2025)
        .flat_map(|year| {
            let step = f64::from(year - 2015) / 10.0;
            [
                figure("usa", year, 3.0 + step),
                figure("deu", year, 1.0 + step),
            ]
        })
        .collect();
    let text = format!(
        "#![enable(implicit_some)]\n(format: 1, title: \"Lines\", parties: [
            (id: \"usa\", name: \"United States\", kind: State),
            (id: \"deu\", name: \"Germany\", kind: State)],
        figures: [{figures}], charts: [{charts}])"
    );
    let loaded = load(text.as_str(), Vec::new());
    assert!(!loaded.is_broken, "{:#?}", loaded.diagnostics);
    loaded
}

const LINES: &str = "records: [Figures], mark: Line, x: (field: \"as_of\"), y: (field: \"amount\")";
const BARS: &str = "records: [Figures], mark: Bar, x: (field: \"amount\"), y: (field: \"title\", \
    limit: 20)";

fn picture(fields: &str) -> Picture {
    let loaded = register(&format!("(id: \"c\", title: \"Chart\", {fields})"));
    let chart = linchpin_charts::by_id(&loaded.register, "c").unwrap();
    linchpin_charts::build(&loaded.register, chart, CountingRule::default())
        .unwrap_or_else(|error| panic!("{fields}: {}", error.message()))
}

fn refusal(fields: &str) -> String {
    let text = format!("(id: \"c\", title: \"Chart\", {fields})");
    let loaded = register("");
    let whole = loaded
        .text
        .replace("charts: []", &format!("charts: [{text}]"));
    let loaded = load(whole.as_str(), Vec::new());
    let chart = linchpin_charts::by_id(&loaded.register, "c").unwrap();
    let built = linchpin_charts::build(&loaded.register, chart, CountingRule::default());
    built.err().map(|error| error.message()).unwrap_or_default()
}

fn scene(picture: &Picture, width_px: f64) -> Scene {
    let options = ImageOptions {
        size: ImageSize::wide(width_px, Unit::Px),
        ..ImageOptions::default()
    };
    Studio::default().scene(picture, &options).unwrap()
}

/// All words of an image, without the spaces at which lines break.
fn words(scene: &Scene) -> String {
    let runs = scene.items.iter().filter_map(|item| match &item.primitive {
        Primitive::Text(run) => Some(run.text.replace(char::is_whitespace, "")),
        _ => None,
    });
    runs.collect()
}

fn count(scene: &Scene, label: &str) -> usize {
    let label = label.replace(char::is_whitespace, "");
    words(scene).matches(&label).count()
}

#[test]
fn a_line_off_the_data_stretches_no_axis_and_is_named_at_its_edge() {
    let picture = picture(&format!(
        "{LINES}, color: (field: \"subjects\"), lines: [
            (axis: X, at: \"1953\", label: \"Armistice\"), (axis: X, at: \"0\", label: \"Nought\"),
            (axis: X, at: \"2099\", label: \"Someday\"), (axis: Y, at: \"900\", label: \"Sky\"),
            (axis: Y, at: \"-80\", label: \"Cellar\"), (axis: Y, at: \"5\", label: \"Target\"),
            (axis: X, at: \"2012\", label: \"Near\")],
        annotations: [(text: \"Long ago\", x: \"1953\", y: \"2\")]"
    ));
    let PictureBody::Plot(plot) = &picture.body else {
        panic!("{:?}", picture.body);
    };
    // Near values still have their place.
    let AxisScale::Dates { from, to } = plot.x.scale else {
        panic!("{:?}", plot.x.scale);
    };
    assert!(
        (2000.0..=2012.0).contains(&from) && to < 2040.0,
        "{from} {to}"
    );
    let AxisScale::Linear { from, to } = plot.y.scale else {
        panic!("{:?}", plot.y.scale);
    };
    assert!(from == 0.0 && (5.0..=10.0).contains(&to), "{from} {to}");
    let off: Vec<AxisPosition> = picture.reference_lines.iter().map(|l| l.position).collect();
    assert_eq!(off[0], AxisPosition::Off(OffAxis::Before));
    for width in [320.0, 800.0] {
        let drawn = scene(&picture, width);
        for label in [
            "← Armistice (1953, before this axis)",
            "← Nought (0, before this axis)",
            "→ Someday (2099, after this axis)",
            "↑ Sky (900, above this axis)",
            "Cellar (-80, below this axis)",
            "Long ago (1953, before this axis)",
            "Target",
            "Near",
        ] {
            assert_eq!(
                count(&drawn, label),
                1,
                "{label} at {width}: {}",
                words(&drawn)
            );
        }
    }
    assert!(
        picture
            .description
            .contains("Armistice (1953, before this axis)")
    );
}

#[test]
fn bars_keep_their_length_beside_a_line_far_off() {
    let far = picture(&format!(
        "{BARS}, lines: [(axis: X, at: \"2000\", label: \"Far\")]"
    ));
    let drawn = scene(&far, 800.0);
    assert_eq!(
        count(&drawn, "→ Far (2000, above this axis)"),
        1,
        "{}",
        words(&drawn)
    );
    let near = picture(&format!(
        "{BARS}, lines: [(axis: X, at: \"5\", label: \"Near\")]"
    ));
    let drawn = scene(&near, 800.0);
    assert_eq!(count(&drawn, "Near"), 1);
    assert_eq!(near.reference_lines[0].position, AxisPosition::Value(5.0));
}

#[test]
fn years_that_a_timeline_does_not_have_are_named() {
    let text = "#![enable(implicit_some)]\n(format: 1, title: \"T\", events: [
        (id: \"a\", title: \"First\", date: (date: \"2001-03-04\", basis: Stated)),
        (id: \"b\", title: \"Last\", date: (date: \"2004-03-04\", basis: Stated))],
        charts: [(id: \"c\", title: \"C\", records: [Events], mark: Timeline, \
        lines: [(axis: X, at: \"1900\", label: \"Before\")])])";
    let loaded = load(text, Vec::new());
    let chart = linchpin_charts::by_id(&loaded.register, "c").unwrap();
    let built = linchpin_charts::build(&loaded.register, chart, CountingRule::default()).unwrap();
    let drawn = scene(&built, 800.0);
    assert_eq!(
        count(&drawn, "← Before (1900, before this axis)"),
        1,
        "{}",
        words(&drawn)
    );
}

#[test]
fn lines_stand_in_each_small_chart_with_their_words() {
    let lines = "lines: [(axis: Y, at: \"2\", label: \"Agreed target\"), \
        (axis: X, at: \"2022-02-24\", label: \"The invasion\"), \
        (axis: X, at: \"1953\", label: \"Armistice\")]";
    let fields = format!("{LINES}, facet: (field: \"subjects\")");
    let (without, with) = (picture(&fields), picture(&format!("{fields}, {lines}")));
    for width in [320.0, 800.0] {
        let drawn = scene(&with, width);
        for label in [
            "Agreed target",
            "The invasion",
            "Armistice (1953, before this axis)",
        ] {
            assert!(
                count(&drawn, label) >= 1,
                "{label} at {width}: {}",
                words(&drawn)
            );
        }
        let strokes = |scene: &Scene| {
            let items = scene.items.iter();
            let drawn = items.filter(|item| !matches!(item.primitive, Primitive::Text(_)));
            drawn.count()
        };
        // Two lines in each of two charts, which may be cut at words.
        assert!(
            strokes(&drawn) >= strokes(&scene(&without, width)) + 4,
            "{width}"
        );
    }
    let bars = "records: [Figures], mark: Bar, x: (field: \"amount\"), y: (field: \"as_of\", \
        limit: 20), facet: (field: \"subjects\"), lines: [(axis: X, at: \"2\", label: \"Two\")]";
    for width in [320.0, 800.0] {
        let drawn = scene(&picture(bars), width);
        assert!(count(&drawn, "Two") >= 1, "{}", words(&drawn));
    }
}

#[test]
fn what_has_no_place_in_small_charts_is_refused() {
    let words = refusal(&format!(
        "{LINES}, facet: (field: \"subjects\"), annotations: [(text: \"Here\", x: \"2020\")]"
    ));
    assert!(words.contains("no one place for words"), "{words}");
    let words = refusal(&format!(
        "{BARS}, facet: (field: \"unit\"), lines: [(axis: X, at: \"2\", label: \"Two\")]"
    ));
    assert!(words.contains("these small charts have several"), "{words}");
    let words = refusal(&format!(
        "{LINES}, facet: (field: \"subjects\"), lines: [(axis: X, at: \"usa\", label: \"Two\")]"
    ));
    assert!(words.contains("Nothing lies at “usa”"), "{words}");
}
