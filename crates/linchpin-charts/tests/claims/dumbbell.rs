//! Connected dots: what is joined, what is missing, what is refused.

use super::{drawn, refused, text};

fn money(amount: &str, flow: &str, from: &str) -> String {
    format!(
        "kind: Money, amount: {amount}, unit: \"U.S. dollars\", currency: \"USD\", flow: {flow}, \
        from: \"{from}\""
    )
}

const FLOWS: &str = "records: [Figures], mark: Dumbbell, x: (field: \"amount\", aggregate: Sum), y: \
    (field: \"from\"), color: (field: \"flow\")";

fn strs(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

#[test]
fn a_row_has_a_dot_for_each_flow_and_says_what_is_missing() {
    let figures = [
        money("Exactly(5e9)", "Pledge", "alba"),
        money("Exactly(1e9)", "Disbursement", "alba"),
        money("Exactly(0.5e9)", "Disbursement", "alba"),
        money("Exactly(2e9)", "Pledge", "breva"),
    ];
    let shown = text(&strs(&figures), FLOWS);
    assert!(shown.contains("row: Alba\n"), "{shown}");
    assert!(
        shown.contains("pledge at 5000000000.000 = $5 billion"),
        "{shown}"
    );
    assert!(
        shown.contains("disbursement at 1500000000.000 = $1.5 billion"),
        "{shown}"
    );
    assert!(
        shown.contains("row: Breva [Not stated: disbursement]"),
        "{shown}"
    );
    // The words for those who do not see it.
    assert!(
        shown.contains("description: Connected dots: pledge and disbursement of 2 groups."),
        "{shown}"
    );
    assert!(
        shown.contains("Not stated: disbursement of Breva."),
        "{shown}"
    );
    assert!(!shown.contains("dashed"), "{shown}");
}

#[test]
fn the_data_table_has_a_column_for_each_dot_and_leaves_what_is_missing_empty() {
    let figures = [
        money("Exactly(5e9)", "Pledge", "alba"),
        money("AtLeast(1e9)", "Disbursement", "alba"),
        money("Exactly(2e9)", "Pledge", "breva"),
    ];
    let table = drawn(&strs(&figures), FLOWS).unwrap().data_table();
    assert_eq!(
        table.columns,
        [
            "name",
            "pledge",
            "pledge, as printed",
            "disbursement, lower bound",
            "disbursement, upper bound",
            "disbursement, as printed"
        ]
    );
    assert_eq!(
        table.rows[0].cells,
        [
            "Alba",
            "5,000,000,000",
            "$5 billion",
            "1,000,000,000",
            "",
            "≥ $1 billion"
        ]
    );
    assert_eq!(
        table.rows[1].cells,
        ["Breva", "2,000,000,000", "$2 billion", "", "", ""]
    );
}

#[test]
fn a_bound_stays_open_and_its_line_is_no_distance() {
    let figures = [
        money("Exactly(5e9)", "Pledge", "alba"),
        money("AtLeast(1e9)", "Disbursement", "alba"),
        money("Between(2e9, 3e9)", "Pledge", "breva"),
        money("AtMost(1e9)", "Disbursement", "breva"),
    ];
    let shown = text(&strs(&figures), FLOWS);
    assert!(
        shown.contains("disbursement at 1000000000.000..open = ≥ $1 billion"),
        "{shown}"
    );
    assert!(
        shown.contains("A dashed line leads to a bound: how far apart the two are is not sure."),
        "{shown}"
    );
    assert!(shown.contains("An open end marks a lower bound"), "{shown}");
    // Of bounds nobody knows which lie farthest apart.
    assert!(!shown.contains("Farthest apart"), "{shown}");
    // A bound has no sum.
    let twice = [
        money("AtLeast(1e9)", "Pledge", "alba"),
        money("Exactly(1e9)", "Pledge", "alba"),
        money("Exactly(1e9)", "Disbursement", "alba"),
    ];
    let said = refused(&strs(&twice), FLOWS);
    assert!(said.contains("a bound has no sum"), "{said}");
}

#[test]
fn dots_may_stand_at_dates_and_one_at_each() {
    let chart = "records: [Documents], mark: Dumbbell, x: (field: \"date\"), y: \
        (field: \"parties\"), color: (field: \"kind\")";
    let said = refused(&[], chart);
    assert!(said.contains("has no field"), "{said}");
    let at = |flow: &str, date: &str| {
        let money = money("Exactly(5)", flow, "alba");
        format!("{money}, as_of: (date: \"{date}\", basis: Stated)")
    };
    let chart = "records: [Figures], mark: Dumbbell, x: (field: \"as_of\"), y: (field: \"from\"), \
        color: (field: \"flow\")";
    let two = [at("Pledge", "2022-03"), at("Disbursement", "2024")];
    let shown = text(&strs(&two), chart);
    assert!(shown.contains("pledge at 2022.1"), "{shown}");
    assert!(shown.contains("= March 2022"), "{shown}");
    let table = drawn(&strs(&two), chart).unwrap().data_table();
    assert_eq!(table.rows[0].cells, ["Alba", "2022-03", "2024"]);
    let three = [
        at("Pledge", "2022-03"),
        at("Pledge", "2023"),
        at("Disbursement", "2024"),
    ];
    let said = refused(&strs(&three), chart);
    assert!(
        said.contains("2 dates stand under “Alba, pledge”, and a dot stands at one."),
        "{said}"
    );
}

#[test]
fn what_has_nothing_to_join_is_refused_with_the_way_out() {
    let pledge = [
        money("Exactly(5e9)", "Pledge", "alba"),
        money("Exactly(1e9)", "Pledge", "breva"),
    ];
    for (chart, words) in [
        (FLOWS.to_owned(), "No row has two dots to join"),
        (
            FLOWS.replace(", color: (field: \"flow\")", ""),
            "Nothing says which dots a row has. Choose a field for color",
        ),
        (
            FLOWS.replace("\"flow\"", "\"from\""),
            "No row has two dots to join",
        ),
        (
            FLOWS
                .replace("x: (", "z: (")
                .replace("y: (", "x: (")
                .replace("z: (", "y: ("),
            "The groups of a dumbbell stand in rows",
        ),
        (
            format!("{FLOWS}, arrangement: Share"),
            "Only bars have parts to put",
        ),
    ] {
        let said = refused(&strs(&pledge), &chart);
        assert!(said.contains(words), "{chart}: {said}");
    }
    let units = [
        money("Exactly(5e9)", "Pledge", "alba"),
        money("Exactly(1e9)", "Disbursement", "alba").replace("USD", "EUR"),
    ];
    let said = refused(&strs(&units), FLOWS);
    assert!(said.contains("Two units cannot share an axis"), "{said}");
}

#[test]
fn small_charts_have_one_scale_and_the_same_dots() {
    let to = |amount: &str, flow: &str, to: &str| {
        format!("{}, to: \"{to}\"", money(amount, flow, "alba"))
    };
    let figures = [
        to("Exactly(9e9)", "Pledge", "alba"),
        to("Exactly(1e9)", "Disbursement", "alba"),
        to("Exactly(2e9)", "Pledge", "breva"),
    ];
    let shown = text(&strs(&figures), &format!("{FLOWS}, facet: (field: \"to\")"));
    let scales: Vec<&str> = shown
        .lines()
        .filter(|line| line.starts_with("x: "))
        .collect();
    assert_eq!(scales.len(), 2, "{shown}");
    assert_eq!(scales[0], scales[1], "{shown}");
    assert!(
        shown.contains("row: Alba [Not stated: disbursement]"),
        "{shown}"
    );
}

#[test]
fn a_figure_without_a_color_is_named_and_no_row() {
    let figures = [
        money("Exactly(5e9)", "Pledge", "alba"),
        money("Exactly(1e9)", "Disbursement", "alba"),
        money("Exactly(7e9)", "Pledge", "breva").replace("flow: Pledge, ", ""),
    ];
    let shown = text(&strs(&figures), FLOWS);
    assert!(
        shown.contains("Not drawn, for want of a flow: 1 figure."),
        "{shown}"
    );
    assert!(!shown.contains("row: Breva"), "{shown}");
}

#[test]
fn counts_of_none_are_zero_and_not_missing() {
    let chart = "records: [Commitments], mark: Dumbbell, y: (field: \"committers\"), color: \
        (field: \"mode\")";
    let shown = text(&[], chart);
    assert!(!shown.contains("Not stated"), "{shown}");
    assert!(shown.contains("at 0.000 = 0"), "{shown}");
}
