//! Numbers that are worked out: each says how, and what cannot be worked out is refused or named.

use super::{drawn, refused, text};

fn money(amount: &str, fields: &str) -> String {
    format!("kind: Money, amount: {amount}, unit: \"U.S. dollars\", currency: \"USD\", {fields}")
}

fn in_year(amount: &str, year: &str) -> String {
    money(
        amount,
        &format!("flow: Disbursement, from: \"alba\", period: (from: \"{year}\", to: \"{year}\")"),
    )
}

fn strs(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

/// Bars of giver, and of years.
fn by_giver(derive: &str) -> String {
    format!(
        "records: [Figures], mark: Bar, x: (field: \"amount\", aggregate: Sum, derive: ({derive})), \
        y: (field: \"from\")"
    )
}

fn by_year(mark: &str, derive: &str) -> String {
    match mark {
        "Bar" => format!(
            "records: [Figures], mark: Bar, y: (field: \"amount\", aggregate: Sum, derive: \
            ({derive})), x: (field: \"period\")"
        ),
        mark => format!(
            "records: [Figures], mark: {mark}, x: (field: \"period\"), y: (field: \"amount\", \
            aggregate: Sum, derive: ({derive}))"
        ),
    }
}

fn pledges(amounts: [&str; 3]) -> Vec<String> {
    let [a, b, c] = amounts;
    vec![
        money(a, "flow: Pledge, from: \"alba\""),
        money(b, "flow: Pledge, from: \"breva\""),
        money(c, "flow: Pledge, from: \"outer\""),
    ]
}

#[test]
fn shares_add_up_to_a_hundred_and_say_of_what() {
    let figures = pledges(["Exactly(1e9)", "Exactly(1e9)", "Exactly(1e9)"]);
    let shown = text(&strs(&figures), &by_giver("how: ShareOfTotal"));
    for words in [
        "Alba = 33.4%",
        "Breva = 33.3%",
        "Outer = 33.3%",
        "subtitle: Share of the total of U.S. dollars, in percent. 3 stated numbers",
        "Share of the total: each number divided by the sum of all groups, $3 billion.",
        "Numbers that are worked out are rounded.",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    // Who does not see it is told too.
    let spoken = shown.lines().find(|line| line.starts_with("description"));
    assert!(spoken.unwrap().contains("divided by the sum of all groups"));
    let chart = by_giver("how: ShareOfTotal");
    let table = drawn(&strs(&figures), &chart).unwrap().data_table();
    assert_eq!(
        table.columns,
        [
            "name",
            "share of the total of U.S. dollars, in percent",
            "as printed",
            "detail",
            "formula"
        ]
    );
    assert_eq!(table.rows[0].cells[2], "33.4%");
    assert!(table.rows[0].cells[4].contains("divided by"), "{table:?}");
}

#[test]
fn little_is_not_nothing_and_counts_have_shares_too() {
    let figures = pledges(["Exactly(9999e6)", "Exactly(1e6)", "Exactly(0)"]);
    let shown = text(&strs(&figures), &by_giver("how: ShareOfTotal"));
    assert!(shown.contains("Breva = 0.01%"), "{shown}");
    assert!(shown.contains("Outer = 0% "), "{shown}");
    let counts = "records: [Commitments], mark: Bar, x: (aggregate: Count, derive: (how: \
        ShareOfTotal)), y: (field: \"committers\")";
    let shown = text(&[], counts);
    assert!(shown.contains("Alba = 50%"), "{shown}");
    assert!(
        shown.contains("Share of the total of commitments"),
        "{shown}"
    );
}

#[test]
fn shares_of_what_makes_no_whole_are_refused() {
    let share = by_giver("how: ShareOfTotal");
    let plain = ["Exactly(1e9)", "Exactly(2e9)", "Exactly(3e9)"];
    for (amounts, words) in [
        (
            ["AtLeast(1e9)", plain[1], plain[2]],
            "≥ $1 billion under “Alba” is a bound: it has no share of the total.",
        ),
        (["Between(1e9, 2e9)", plain[1], plain[2]], "is a bound"),
        (["Exactly(-1e9)", plain[1], plain[2]], "is below zero"),
        (["Exactly(0)", "Exactly(0)", "Exactly(0)"], "is zero"),
    ] {
        let said = refused(&strs(&pledges(amounts)), &share);
        assert!(said.contains(words), "{amounts:?}: {said}");
    }
    let mut flows = pledges(plain);
    flows[0] = flows[0].replace("Pledge", "Disbursement");
    let said = refused(&strs(&flows), &share);
    assert!(said.contains("together they have no sum"), "{said}");
    let mut units = pledges(plain);
    units[0] = units[0]
        .replace("USD", "EUR")
        .replace("U.S. dollars", "euros");
    let said = refused(&strs(&units), &share);
    assert!(said.contains("Two units cannot share an axis"), "{said}");
    // A record in two groups.
    let themes = "records: [Commitments], mark: Bar, x: (aggregate: Count, derive: (how: \
        ShareOfTotal)), y: (field: \"themes\")";
    let said = refused(&[], themes);
    assert!(said.contains("stands in several groups"), "{said}");
    let mean = share.replace("aggregate: Sum", "aggregate: Mean");
    let said = refused(&strs(&pledges(plain)), &mean);
    assert!(said.contains("each of these is the mean"), "{said}");
    let parts = format!("{share}, color: (field: \"flow\")");
    let said = refused(&strs(&pledges(plain)), &parts);
    assert!(said.contains("These bars have parts"), "{said}");
}

#[test]
fn a_running_total_keeps_all_digits_and_says_over_which_years_it_goes() {
    let figures = [
        in_year("Exactly(0.1)", "2019"),
        in_year("Exactly(0.2)", "2020"),
        in_year("Exactly(0.4)", "2023"),
    ];
    let derive = "how: RunningTotal";
    let shown = text(&strs(&figures), &by_year("Bar", derive));
    for words in [
        "2019 = $0.10",
        "2020 = $0.30",
        "2023 = $0.70",
        "Running total: each number and all before it, added up.",
        "Nothing is stated between 2020 and 2023: the running total adds nothing there.",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let shown = text(&strs(&figures), &by_year("Line", derive));
    assert!(
        shown.contains("running total adds nothing there"),
        "{shown}"
    );
    assert!(shown.contains(", 0.700 = $0.70"), "{shown}");
    assert!(
        shown.contains("subtitle: Running total of U.S. dollars."),
        "{shown}"
    );
    // A stock is there at each time: nothing runs up.
    let stock = |amount: &str, date: &str| {
        format!(
            "kind: Count, amount: Exactly({amount}), unit: \"troops\", as_of: (date: \"{date}\", \
            basis: Stated)"
        )
    };
    let stocks = [stock("5", "2020"), stock("6", "2021")];
    let line = "records: [Figures], mark: Line, x: (field: \"as_of\"), y: (field: \"amount\", \
        derive: (how: RunningTotal))";
    let said = refused(&strs(&stocks), line);
    assert!(said.contains("is what is there as of"), "{said}");
    // Its change is one.
    let shown = text(
        &strs(&stocks),
        &line.replace("RunningTotal", "ChangeFromPrevious"),
    );
    assert!(shown.contains(", 1.000 = 1: 2021: 1"), "{shown}");
    assert!(
        shown.contains("Not drawn, because nothing comes before it: 2020."),
        "{shown}"
    );
}

#[test]
fn changes_are_exact_and_none_is_made_up_over_a_gap() {
    let figures = [
        in_year("Exactly(0.3)", "2018"),
        in_year("Exactly(0.1)", "2019"),
        in_year("Exactly(0)", "2020"),
        in_year("Exactly(5)", "2021"),
        in_year("About(7)", "2023"),
    ];
    let change = text(&strs(&figures), &by_year("Bar", "how: ChangeFromPrevious"));
    for words in [
        "2019 = −$0.20",
        "2020 = −$0.10",
        "2021 = $5",
        "Not drawn, because nothing comes before it: 2018.",
        "Not drawn, because a period before has no number: 2023.",
        "Change: each number less that of the period before.",
        "subtitle: Change from the period before, U.S. dollars.",
    ] {
        assert!(change.contains(words), "{words}: {change}");
    }
    assert!(!change.contains("2023 ="), "{change}");
    let percent = text(&strs(&figures), &by_year("Bar", "how: PercentChange"));
    for words in [
        "2019 = −66.7%",
        "2020 = −100%",
        "Not drawn, because the period before has zero or less: 2021.",
        "divided by that of the period before",
    ] {
        assert!(percent.contains(words), "{words}: {percent}");
    }
    // A line would run over the gap.
    let said = refused(&strs(&figures), &by_year("Line", "how: ChangeFromPrevious"));
    assert!(
        said.contains("of “2023” is not known, and a line would run over it. Draw bars"),
        "{said}"
    );
    let shown = text(
        &strs(&figures[..4]),
        &by_year("Line", "how: ChangeFromPrevious"),
    );
    assert!(shown.contains("= −$0.20: 2019: −$0.20"), "{shown}");
}

#[test]
fn periods_that_cannot_be_compared_are_refused() {
    let change = by_year("Line", "how: ChangeFromPrevious");
    let quarter = in_year("Exactly(1)", "2021").replace(
        "(from: \"2021\", to: \"2021\")",
        "(from: \"2021-01\", to: \"2021-03\")",
    );
    let said = refused(&[&in_year("Exactly(1)", "2020"), &quarter], &change);
    assert!(said.contains("are not equally long"), "{said}");
    let half = in_year("Exactly(1)", "2021").replace(
        "(from: \"2021\", to: \"2021\")",
        "(from: \"2020-07\", to: \"2021-06\")",
    );
    let said = refused(&[&in_year("Exactly(1)", "2020"), &half], &change);
    assert!(said.contains("have some time in common"), "{said}");
    let said = refused(
        &[
            &in_year("AtMost(1)", "2020"),
            &in_year("Exactly(1)", "2021"),
        ],
        &change,
    );
    assert!(said.contains("≤ $1 under “2020” is a bound"), "{said}");
    let groups = by_giver("how: ChangeFromPrevious");
    let said = refused(
        &strs(&pledges(["Exactly(1)", "Exactly(1)", "Exactly(1)"])),
        &groups,
    );
    assert!(said.contains("these are no periods"), "{said}");
    let share = by_year("Line", "how: ShareOfTotal");
    let said = refused(&[&in_year("Exactly(1)", "2020")], &share);
    assert!(said.contains("is of groups"), "{said}");
}

#[test]
fn a_moving_average_stands_where_all_its_periods_do() {
    let figures = [
        in_year("Exactly(1)", "2019"),
        in_year("Exactly(2)", "2020"),
        in_year("Exactly(2)", "2021"),
        in_year("Exactly(7)", "2022"),
    ];
    let shown = text(
        &strs(&figures),
        &by_year("Line", "how: MovingAverage, periods: 3"),
    );
    for words in [
        "= $1.67",
        "1.667",
        "= $3.67",
        "Not drawn, because too few periods come before: 2019 and 2020.",
        "Moving average: the sum of a period and the 2 before it, divided by 3.",
        "Numbers that are worked out are rounded.",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    // The mean of hundredths of a billion is no number of single dollars.
    let billions = [
        in_year("Exactly(4.75e9)", "2022"),
        in_year("Exactly(5.5e9)", "2023"),
        in_year("Exactly(4.05e9)", "2024"),
    ];
    let shown = text(
        &strs(&billions),
        &by_year("Line", "how: MovingAverage, periods: 3"),
    );
    assert!(shown.contains("= $4.7667 billion"), "{shown}");
    for (derive, words) in [
        ("how: MovingAverage", "over how many periods"),
        ("how: MovingAverage, periods: 1", "over how many periods"),
        ("how: RunningTotal, periods: 3", "“periods” has no meaning"),
        (
            "how: MovingAverage, periods: 9",
            "There is no moving average for any of the groups or periods",
        ),
    ] {
        let said = refused(&strs(&figures), &by_year("Line", derive));
        assert!(said.contains(words), "{derive}: {said}");
    }
}

#[test]
fn a_ratio_divides_what_its_filters_say_and_names_who_has_none() {
    let figures = [
        money("Exactly(8e9)", "flow: Pledge, from: \"alba\""),
        money("Exactly(1e9)", "flow: Disbursement, from: \"alba\""),
        money("Exactly(2e9)", "flow: Disbursement, from: \"alba\""),
        money("Exactly(3e9)", "flow: Disbursement, from: \"breva\""),
        money("Exactly(3e9)", "flow: Pledge, from: \"outer\""),
        money("Exactly(0)", "flow: Pledge, from: \"league\""),
        money("Exactly(1)", "flow: Disbursement, from: \"league\""),
        money("Exactly(1)", "flow: Stock, from: \"alba\""),
    ];
    let derive = "how: Ratio, of: [(field: \"flow\", is: [\"Disbursement\"])], by: [(field: \
        \"flow\", is: [\"Pledge\"])]";
    let shown = text(&strs(&figures), &by_giver(derive));
    for words in [
        "Alba = 37.5%",
        "subtitle: Ratio, in percent.",
        "Ratio: flow disbursement, divided by flow pledge.",
        "Not drawn, because nothing is stated by which to divide: Breva.",
        "Not drawn, because nothing is stated of what is measured: Outer.",
        "Not drawn, because it would be divided by zero: The League.",
        "On neither side of the ratio, and not counted: 1 figure.",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let people = [
        money("Exactly(9e9)", "flow: Disbursement, from: \"alba\""),
        "kind: Count, amount: Exactly(3e6), unit: \"people\", from: \"alba\"".to_owned(),
    ];
    let per_head = "how: Ratio, of: [(field: \"kind\", is: [\"Money\"])], by: [(field: \"kind\", \
        is: [\"Count\"])]";
    let shown = text(&strs(&people), &by_giver(per_head));
    assert!(shown.contains("Alba = 3,000 "), "{shown}");
    assert!(
        shown.contains("subtitle: U.S. dollars by people."),
        "{shown}"
    );
    let bound = [
        money("AtLeast(8e9)", "flow: Pledge, from: \"alba\""),
        money("Exactly(1e9)", "flow: Disbursement, from: \"alba\""),
    ];
    let said = refused(&strs(&bound), &by_giver(derive));
    assert!(said.contains("is a bound: it has no ratio"), "{said}");
    let mixed = [
        money("Exactly(8e9)", "flow: Pledge, from: \"alba\""),
        money("Exactly(1e9)", "flow: Disbursement, from: \"alba\""),
        money("Exactly(1e9)", "flow: Disbursement, from: \"breva\"")
            .replace("USD", "EUR")
            .replace("U.S. dollars", "euros"),
    ];
    let said = refused(&strs(&mixed), &by_giver(derive));
    assert!(said.contains("Two units"), "{said}");
    let none = &figures[3..5];
    let said = refused(&strs(none), &by_giver(derive));
    assert!(
        said.contains("There is no ratio for any of the groups or periods"),
        "{said}"
    );
    for derive in ["how: Ratio", "how: RunningTotal, of: [(field: \"flow\")]"] {
        let said = refused(&strs(&figures), &by_giver(derive));
        assert!(said.contains("of"), "{said}");
    }
    // Of counts: the share that is done.
    let counts = "records: [Commitments], mark: Bar, x: (aggregate: Count, derive: (how: Ratio, of: \
        [(field: \"mode\", is: [\"FutureAction\"])])), y: (field: \"committers\")";
    let shown = text(&[], counts);
    assert!(shown.contains("Alba = 100%"), "{shown}");
    assert!(shown.contains("Breva = 0%"), "{shown}");
    assert!(shown.contains("divided by all"), "{shown}");
}

#[test]
fn marks_that_work_nothing_out_refuse_it() {
    let figures = pledges(["Exactly(1)", "Exactly(2)", "Exactly(3)"]);
    let dots = by_giver("how: ShareOfTotal").replace("mark: Bar", "mark: Dot");
    let said = refused(&strs(&figures), &dots);
    assert!(
        said.contains("Only bars, bullets, lines and steps draw numbers that are worked out"),
        "{said}"
    );
    let group = "records: [Figures], mark: Bar, x: (field: \"amount\", aggregate: Sum), y: (field: \
        \"from\", derive: (how: ShareOfTotal))";
    let said = refused(&strs(&figures), group);
    assert!(
        said.contains("“derive” is of numbers, and y has groups."),
        "{said}"
    );
}

#[test]
fn a_filter_of_a_ratio_is_checked_like_any_other() {
    let chart = by_giver("how: Ratio, of: [(field: \"flow\", is: [\"Disbursment\"])]");
    let loaded = linchpin_register::load(
        super::BASE
            .replace(
                "// charts",
                &format!("charts: [(id: \"chart\", title: \"C\", {chart})],"),
            )
            .as_str(),
        Vec::new(),
    );
    let said: Vec<&str> = loaded
        .diagnostics
        .iter()
        .map(|it| it.message.as_str())
        .collect();
    assert!(said.iter().any(|it| it.contains("Disbursment")), "{said:?}");
}
