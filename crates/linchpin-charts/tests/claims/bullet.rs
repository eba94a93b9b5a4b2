//! Bars with targets: what is delivered of what was promised.

use super::{drawn, refused, text};

fn money(amount: &str, flow: &str, from: &str) -> String {
    format!(
        "kind: Money, amount: {amount}, unit: \"U.S. dollars\", currency: \"USD\", flow: {flow}, \
        from: \"{from}\""
    )
}

const PAID: &str = "records: [Figures], mark: Bullet, x: (field: \"amount\", aggregate: Sum, derive: \
    (how: Ratio, of: [(field: \"flow\", is: [\"Disbursement\"])], by: [(field: \"flow\", is: \
    [\"Pledge\"])])), y: (field: \"from\")";

fn strs(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

#[test]
fn a_bar_says_its_share_of_the_target_and_what_is_missing() {
    let figures = [
        money("Exactly(8e9)", "Pledge", "alba"),
        money("Exactly(1e9)", "Disbursement", "alba"),
        money("Exactly(2e9)", "Disbursement", "alba"),
        money("Exactly(4e9)", "Pledge", "breva"),
        money("Exactly(5e9)", "Disbursement", "outer"),
        money("Exactly(1)", "Stock", "alba"),
    ];
    let shown = text(&strs(&figures), PAID);
    for words in [
        "bar: disbursement",
        "tick: pledge",
        "scale 0 to 8000000000",
        "Alba = $3 billion (3000000000.000) of $8 billion (8000000000.000), 37.5%",
        "Breva = nothing of $4 billion (4000000000.000), no share",
        "Outer = $5 billion (5000000000.000) of nothing, no share",
        "Alba: $3 billion, target $8 billion, 37.5% of the target",
        "subtitle: U.S. dollars.",
        "Ratio: flow disbursement, divided by flow pledge.",
        "On neither side of the ratio, and not counted: 1 figure.",
        "Bars with a target each: disbursement against pledge in 3 groups.",
        "Not stated: disbursement of Breva; pledge of Outer.",
    ] {
        let words = words.replace("scale 0", "scale: 0");
        assert!(shown.contains(&words), "{words}: {shown}");
    }
    let table = drawn(&strs(&figures), PAID).unwrap().data_table();
    assert_eq!(
        table.columns,
        [
            "name",
            "disbursement",
            "disbursement, as printed",
            "pledge",
            "pledge, as printed",
            "share",
            "formula"
        ]
    );
    assert_eq!(table.rows[0].cells[5], "37.5%");
    assert_eq!(table.rows[1].cells[1], "");
}

#[test]
fn a_bound_has_no_share_and_keeps_its_open_end() {
    let figures = [
        money("AtLeast(8e9)", "Pledge", "alba"),
        money("Exactly(2e9)", "Disbursement", "alba"),
        money("Exactly(0)", "Pledge", "breva"),
        money("Exactly(2e9)", "Disbursement", "breva"),
    ];
    let shown = text(&strs(&figures), PAID);
    assert!(
        shown.contains("of ≥ $8 billion (8000000000.000..open), no share"),
        "{shown}"
    );
    // Nothing is a share of zero.
    assert!(shown.contains("of $0 (0.000), no share"), "{shown}");
    assert!(shown.contains("An open end marks a lower bound"), "{shown}");
}

#[test]
fn bars_without_a_target_are_refused_with_the_way_out() {
    let figures = [
        money("Exactly(8e9)", "Pledge", "alba"),
        money("Exactly(2e9)", "Disbursement", "alba"),
    ];
    let by = ", by: [(field: \"flow\", is: [\"Pledge\"])]";
    for (chart, words) in [
        (
            PAID.replace(by, ""),
            "what is its target. Add derive: (how: Ratio",
        ),
        (
            "records: [Figures], mark: Bullet, x: (field: \"amount\"), y: (field: \"from\")".into(),
            "what is its target",
        ),
        (
            format!("{PAID}, color: (field: \"flow\")"),
            "Nothing in a bullet follows color",
        ),
    ] {
        let said = refused(&strs(&figures), &chart);
        assert!(said.contains(words), "{chart}: {said}");
    }
    let mixed = [
        money("Exactly(8e9)", "Pledge", "alba"),
        money("Exactly(2e9)", "Disbursement", "alba").replace("USD", "EUR"),
    ];
    let said = refused(&strs(&mixed), PAID);
    assert!(said.contains("Two units cannot share an axis"), "{said}");
}

#[test]
fn small_charts_have_one_scale() {
    let to = |amount: &str, flow: &str, to: &str| {
        format!("{}, to: \"{to}\"", money(amount, flow, "alba"))
    };
    let figures = [
        to("Exactly(9e9)", "Pledge", "alba"),
        to("Exactly(1e9)", "Disbursement", "alba"),
        to("Exactly(2e9)", "Pledge", "breva"),
        to("Exactly(1)", "Stock", "alba"),
        to("Exactly(1)", "Stock", "breva"),
    ];
    let shown = text(&strs(&figures), &format!("{PAID}, facet: (field: \"to\")"));
    assert!(
        shown.contains("On neither side of the ratio, and not counted: 2 figures."),
        "{shown}"
    );
    assert_eq!(
        shown.matches("scale: 0 to 9000000000").count(),
        2,
        "{shown}"
    );
}
