//! What pictures claim: numbers that make no sum are refused, words keep their order and colors,
//! what a chart says is obeyed or refused, and notes speak of what is drawn.

mod bullet;
mod derived;
mod dumbbell;
mod marks;
mod obeyed;
mod random;
mod sums;
mod time;
mod words;

use linchpin_charts::picture::Picture;
use linchpin_charts::{ChartError, build, with_chart_diagnostics};
use linchpin_register::query::CountingRule;
use linchpin_register::{LoadedRegister, load};

const BASE: &str = include_str!("claims.ron");

/// A register with these figures and these charts.
fn register(figures: &[&str], charts: &str) -> LoadedRegister {
    let figure = |(at, fields): (usize, &&str)| {
        let chartable = match fields.contains("chartable") {
            true => "",
            false => "chartable: Yes, ",
        };
        format!(
            "(id: \"f{at}\", title: \"Number {at}\", statement: \"A number.\", certainty: Derived, \
            {chartable}citations: [(document: \"paper\", external: true)], {fields}),"
        )
    };
    let figures: String = figures.iter().enumerate().map(figure).collect();
    let text = BASE.replace("// money", &figures).replace(
        "// charts",
        &format!("charts: [(id: \"chart\", title: \"C\", {charts})],"),
    );
    let loaded = load(text.as_str(), Vec::new());
    // Not every list has a field "title": such a chart is not drawn.
    let faults = loaded
        .diagnostics
        .iter()
        .filter(|fault| fault.code != "chart-field");
    let faults: Vec<_> = faults.collect();
    assert!(faults.is_empty(), "{faults:#?}");
    loaded
}

fn drawn(figures: &[&str], chart: &str) -> Result<Picture, ChartError> {
    let loaded = register(figures, chart);
    build(
        &loaded.register,
        &loaded.register.charts[0],
        CountingRule::default(),
    )
}

/// The picture as text.
fn text(figures: &[&str], chart: &str) -> String {
    match drawn(figures, chart) {
        Ok(picture) => picture.to_text(),
        Err(error) => panic!("{chart}: {}", error.message()),
    }
}

/// Why there is none, and what to do.
fn refused(figures: &[&str], chart: &str) -> String {
    match drawn(figures, chart) {
        Ok(picture) => panic!("{chart} is drawn:\n{}", picture.to_text()),
        Err(error) => error.message(),
    }
}

#[test]
fn a_chart_that_cannot_be_drawn_is_a_warning_at_the_part_that_is_to_be_changed() {
    let chart = "records: [Commitments], mark: Bar, y: (field: \"mode\"), arrangement: Share";
    let loaded = with_chart_diagnostics(register(&[], chart));
    let [found] = &*loaded.diagnostics else {
        panic!("{:#?}", loaded.diagnostics);
    };
    assert_eq!(found.code, "chart-not-drawn");
    let span = found.span.start as usize..found.span.end as usize;
    assert_eq!(&loaded.text[span], "Share");
    assert_eq!(
        found.message,
        "The chart “C” cannot be drawn: Shares are parts of a whole, and nothing says what the \
        parts are"
    );
    let sound = "records: [Commitments], mark: Bar, y: (field: \"mode\")";
    let loaded = with_chart_diagnostics(register(&[], sound));
    assert_eq!(loaded.diagnostic_count(), 0);
}
