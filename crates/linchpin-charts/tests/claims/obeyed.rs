//! What a chart says of its channels is obeyed or refused.

use super::{refused, text};
use linchpin_charts::picture::{PictureBody, ticks};

fn flow(amount: &str, from: &str, to: &str) -> String {
    format!(
        "kind: Money, amount: {amount}, unit: \"U.S. dollars\", currency: \"USD\", flow: Pledge, \
        from: \"{from}\", to: \"{to}\""
    )
}

#[test]
fn a_matrix_shows_the_amounts_that_its_color_asks_for() {
    let chart = "records: [Figures], mark: Matrix, x: (field: \"to\"), y: (field: \"from\"), \
        color: (field: \"amount\", aggregate: Sum)";
    let figures = [
        flow("Exactly(5e9)", "alba", "breva"),
        flow("Exactly(2e9)", "alba", "breva"),
        flow("MoreThan(1e9)", "breva", "alba"),
        flow("Exactly(3e9)", "league", "alba"),
    ];
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    let shown = text(&figures, chart);
    assert!(shown.contains("shades: by number"), "{shown}");
    assert!(shown.contains("Breva = $7 billion"), "{shown}");
    assert!(shown.contains("Alba = > $1 billion"), "{shown}");
    assert!(
        shown.contains("subtitle: U.S. dollars. 4 stated numbers"),
        "{shown}"
    );
    assert!(
        shown.contains("sum of the amounts with the receiver and the giver"),
        "{shown}"
    );
    // Who is a member of whom is no amount.
    assert!(!shown.contains(" = ring"), "{shown}");
    let plain = text(
        &figures,
        &chart.replace("amount", "title").replace("Sum", "Count"),
    );
    assert!(plain.contains("Breva = 2"), "{plain}");
    let groups = chart.replace("\"amount\", aggregate: Sum", "\"flow\"");
    assert!(refused(&figures, &groups).contains("shaded by a number"));
}

const BARS: &str = "records: [Commitments], mark: Bar, y: (field: \"committers\")";
const TROOPS: &str = "kind: Count, amount: Exactly(5), unit: \"troops\", subjects: [\"alba\"]";

#[test]
fn what_a_mark_does_not_do_is_refused_and_named() {
    let amount = "records: [Figures], x: (field: \"amount\"), y: (field: \"title\")";
    for (chart, words) in [
        (
            format!(
                "{}, mark: Bar",
                amount.replace("\"amount\"", "\"amount\", scale: Log")
            ),
            "Bars begin at zero",
        ),
        (
            format!("{BARS}, arrangement: Share"),
            "Shares are parts of a whole",
        ),
        (
            format!("{BARS}, arrangement: Grouped"),
            "Nothing says what the parts",
        ),
        (
            format!("{BARS}, color: (field: \"committers\"), arrangement: Share"),
            "Shares are parts of a whole",
        ),
        (
            format!("{}, mark: Dot, arrangement: Grouped", amount),
            "Only bars have parts to put",
        ),
        (
            format!(
                "{}, mark: Bar",
                amount.replace("\"amount\"", "\"amount\", limit: 3")
            ),
            "“limit” is of groups, and x has numbers",
        ),
        (
            format!(
                "{}, mark: Dot",
                amount.replace("\"amount\"", "\"amount\", missing: \"?\"")
            ),
            "“missing” is of groups, and x has numbers",
        ),
        (
            format!(
                "{}, mark: Bar",
                amount.replace("\"title\"", "\"title\", empty: true")
            ),
            "nobody knows which of its groups are empty",
        ),
        (
            format!("{BARS}, color: (aggregate: Count)"),
            "Nothing says what the colors stand for",
        ),
        (
            "records: [Documents], mark: Timeline, color: (field: \"kind\")".into(),
            "Nothing in a timeline follows color",
        ),
        (
            "records: [Documents], mark: Table, color: (field: \"kind\")".into(),
            "A table shows its columns",
        ),
        (
            "records: [Documents], mark: Table, sort: (by: Value)".into(),
            "The rows of a table have no number",
        ),
        (
            "records: [Documents], mark: Line, x: (field: \"date\"), sort: (by: Name)".into(),
            "A line has no groups to be sorted",
        ),
        (
            format!("{BARS}, columns: [\"title\"]"),
            "Only a table has columns",
        ),
        (
            "records: [Documents], mark: Dot, x: (field: \"date\", limit: 1), y: (field: \
            \"title\")"
                .into(),
            "“limit” is not for dates along an axis",
        ),
    ] {
        let said = refused(&[TROOPS], &chart);
        assert!(said.contains(words), "{chart}: {said}");
    }
}

#[test]
fn the_rows_of_a_table_are_sorted() {
    let table = "records: [Documents], mark: Table, columns: [\"title\"]";
    let first = |order: &str| {
        let shown = text(&[], &format!("{table}, sort: ({order})"));
        let row = shown.lines().find(|line| line.starts_with("    "));
        row.unwrap().trim().to_owned()
    };
    assert!(first("by: Name").starts_with("Paper"));
    assert!(first("by: Name, descending: true").starts_with("Report"));
    assert!(first("by: Register, descending: true").starts_with("Report"));
}

#[test]
fn notes_and_legends_speak_of_what_is_drawn() {
    let by_strength = format!("{BARS}, color: (field: \"strength\")");
    let all = text(&[], &by_strength);
    assert!(
        all.contains("Kinds without a number have no rank."),
        "{all}"
    );
    let ranked = text(
        &[],
        &format!("{by_strength}, filter: [(field: \"mode\", is: [\"FutureAction\"])]"),
    );
    assert!(
        ranked.contains("The governing verb decides the step."),
        "{ranked}"
    );
    assert!(!ranked.contains("have no rank"), "{ranked}");
    let figure = |amount: &str| TROOPS.replace("Exactly(5)", amount);
    let dots = "records: [Figures], mark: Dot, x: (field: \"amount\")";
    let below = text(&[&figure("AtMost(5)")], dots);
    assert!(below.contains("marks an upper bound"), "{below}");
    assert!(!below.contains("marks a lower bound"), "{below}");
    let above = text(&[&figure("AtLeast(5)")], dots);
    assert!(above.contains("can be more than what is drawn"), "{above}");
    assert!(!above.contains("upper bound"), "{above}");
    let since = figure("Exactly(5)").replace("subjects", "period: (from: \"2021\"), subjects");
    let line = "records: [Figures], mark: Dot, x: (field: \"period\"), y: (field: \"amount\")";
    let open = text(&[&since], line);
    assert!(open.contains("a period that goes on"), "{open}");
    assert!(!open.contains("lower bound"), "{open}");
    let bars = "records: [Figures], mark: Bar, x: (field: \"amount\"), y: (field: \"title\")";
    let pale = text(&[&figure("AtMost(5)")], bars);
    assert!(
        pale.contains("What is pale is possible, and not sure."),
        "{pale}"
    );
    // Panels of one unit say it.
    let panels = format!("{bars}, facet: (field: \"subjects\")");
    let shown = text(&[TROOPS], &panels);
    assert!(shown.contains("subtitle: Troops."), "{shown}");
    // For which subjects a document was read through is not what it speaks of.
    let matrix = "records: [Commitments], mark: Matrix, x: (field: \"document\"), y: (field: \
        \"themes\")";
    let shown = text(&[], matrix);
    let legend = "ring: the document was read through for the theme: no commitment";
    assert!(shown.contains("Paper = ring"), "{shown}");
    assert!(
        shown.contains(legend) && !shown.contains("itself names"),
        "{shown}"
    );
}

#[test]
fn names_keep_their_capitals_in_descriptions() {
    let lanes = "records: [Documents], mark: Timeline, y: (field: \"title\")";
    let shown = text(&[], lanes);
    let spoken = shown.lines().find(|line| line.starts_with("description"));
    let spoken = spoken.unwrap();
    assert!(spoken.contains("1 “Paper” and 1 “Report”"), "{spoken}");
    let lists = text(&[], "records: [Documents], mark: Timeline");
    assert!(lists.contains("Timeline of 2 documents"), "{lists}");
}

#[test]
fn the_words_of_a_channel_are_said() {
    let chart = "records: [Commitments], mark: Bar, x: (aggregate: Count, title: \"Promises\"), y: \
        (field: \"committers\", title: \"Who promises\"), color: (field: \"mode\", title: \"How\")";
    let shown = text(&[], chart);
    let subtitle = "subtitle: Number of commitments. Across: Promises. Down: Who promises. Colors: \
        How. 4 commitments: ";
    assert!(shown.contains(subtitle), "{shown}");
}

#[test]
fn money_below_zero_is_written_in_one_way() {
    let money = |amount: &str| {
        format!(
            "kind: Money, amount: Exactly({amount}), unit: \"kronor\", currency: \"SEK\", flow: \
            Pledge"
        )
    };
    let dots = "records: [Figures], mark: Dot, x: (field: \"amount\")";
    let picture = super::drawn(&[&money("-5e20"), &money("-2e20")], dots).unwrap();
    let shown = picture.to_text();
    assert!(shown.contains("= SEK −500,000,000 trillion"), "{shown}");
    let PictureBody::Plot(plot) = &picture.body else {
        panic!("dots are a plot");
    };
    let sets = ticks::tick_sets(&plot.x, false);
    let labels = sets.iter().flatten().map(|tick| tick.label.to_string());
    let below: Vec<String> = labels.filter(|label| label.contains('−')).collect();
    assert!(!below.is_empty());
    let is_led_by_minus = |label: &&String| label.starts_with("−SEK");
    assert_eq!(below.iter().find(is_led_by_minus), None);
}

#[test]
fn empty_years_have_a_place_where_a_chart_asks_for_them() {
    let at = |year: &str| format!("{TROOPS}, as_of: (date: \"{year}\", basis: Stated)");
    let years = "records: [Figures], mark: Bar, y: (field: \"as_of\", empty: true)";
    let shown = text(&[&at("2020"), &at("2023")], years);
    for bar in ["2020 = 1", "2021 = 0", "2022 = 0", "2023 = 1"] {
        assert!(shown.contains(bar), "{shown}");
    }
    let plain = text(&[&at("2020"), &at("2023")], &years.replace("true", "false"));
    assert!(!plain.contains("2021 = "), "{plain}");
}
