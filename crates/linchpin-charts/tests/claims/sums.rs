//! Numbers of one unit that make no sum.

use super::{refused, text};

const SUM: &str = "records: [Figures], mark: Bar, x: (field: \"amount\", aggregate: Sum), y: \
    (field: \"subjects\")";

fn money(flow: &str, rest: &str) -> String {
    let flow = match flow {
        "" => String::new(),
        flow => format!("flow: {flow}, "),
    };
    format!(
        "kind: Money, amount: Exactly(5e9), unit: \"U.S. dollars\", currency: \"USD\", \
        subjects: [\"alba\"], {flow}{rest}"
    )
}

fn count(amount: &str, rest: &str) -> String {
    format!("kind: Count, amount: {amount}, unit: \"troops\", subjects: [\"alba\"], {rest}")
}

/// Two figures that stand under one name.
fn two(one: &str, other: &str, chart: &str) -> String {
    refused(&[one, other], chart)
}

#[test]
fn a_pledge_and_its_payment_have_no_sum() {
    let (pledge, paid) = (money("Pledge", ""), money("Disbursement", ""));
    let said = two(&pledge, &paid, SUM);
    assert_eq!(
        said,
        "“Number 0” is a pledge, and “Number 1” is a disbursement: together they have no sum. \
        Leave one flow in with a filter, make groups or small charts by \"flow\", or count the \
        records (aggregate: Count)."
    );
    for other in ["Mean", "Median"] {
        assert!(two(&pledge, &paid, &SUM.replace("Sum", other)).contains("is a pledge"));
    }
    let silent = money("", "");
    assert!(two(&pledge, &silent, SUM).contains("does not say where its money stands"));
    // One after another in a bar they are a sum as well, and side by side they are none.
    let stacked = format!("{SUM}, color: (field: \"flow\")");
    let said = two(&pledge, &paid, &stacked);
    assert!(said.contains("as parts of one bar"), "{said}");
    assert!(said.contains("arrangement: Grouped"), "{said}");
    let shares = format!("{stacked}, arrangement: Share");
    assert!(two(&pledge, &paid, &shares).contains("as parts of one bar"));
    let grouped = text(
        &[&pledge, &paid],
        &format!("{stacked}, arrangement: Grouped"),
    );
    assert!(grouped.contains("pledge x $5 billion"), "{grouped}");
    // Two pledges are one, which the bar says.
    let sum = text(&[&pledge, &pledge.replace("5e9", "7e9")], SUM);
    assert!(sum.contains("Alba = $12 billion (plain) [Pledge]"), "{sum}");
}

#[test]
fn percentages_have_a_mean_and_no_sum() {
    let share = |amount: &str| {
        format!(
            "kind: Count, amount: Exactly({amount}), unit: \"percent of GDP\", subjects: \
            [\"alba\"]"
        )
    };
    let (one, other) = (share("2"), share("3"));
    let said = two(&one, &other, SUM);
    assert!(said.contains("are ratios (percent of GDP)"), "{said}");
    assert!(said.contains("aggregate: Mean"), "{said}");
    let mean = text(&[&one, &other], &SUM.replace("Sum", "Mean"));
    assert!(mean.contains("Alba = 2.5"), "{mean}");
    let stacked = format!("{SUM}, color: (field: \"themes\", missing: \"None\")");
    let apart = share("3").replace("subjects", "themes: [\"ships\"], subjects");
    assert!(two(&one, &apart, &stacked).contains("are ratios"));
}

#[test]
fn what_is_there_at_two_times_has_a_greatest_and_no_sum() {
    let at = |date: &str| format!("as_of: (date: \"{date}\", basis: Stated)");
    let (then, now) = (
        count("Exactly(20)", &at("1953")),
        count("Exactly(30)", &at("1957")),
    );
    let said = two(&then, &now, SUM);
    assert!(
        said.starts_with("“Number 0” is what is there as of 1953, and “Number 1” as of 1957: "),
        "{said}"
    );
    let most = text(&[&then, &now], &SUM.replace("Sum", "Max"));
    assert!(most.contains("Alba = 30"), "{most}");
    let stock = |date: &str| money("Stock", &at(date));
    assert!(two(&stock("2024"), &stock("2025"), SUM).contains("as of 2024"));
    // What is paid at two times adds up.
    let paid = |date: &str| money("Disbursement", &at(date));
    assert!(text(&[&paid("2024"), &paid("2025")], SUM).contains("$10 billion"));
}

#[test]
fn a_part_does_not_count_again_beside_its_whole() {
    let from = |party: &str| money("Pledge", &format!("from: \"{party}\""));
    let said = two(&from("league"), &from("alba"), SUM);
    assert!(said.contains("cover some of the same"), "{said}");
    let in_years = |from: &str, to: &str| {
        money(
            "Pledge",
            &format!("period: (from: \"{from}\", to: \"{to}\")"),
        )
    };
    assert!(two(&in_years("2022", "2024"), &in_years("2023", "2023"), SUM).contains("the same"));
    let years = [in_years("2022", "2022"), in_years("2023", "2023")];
    assert!(text(&[&years[0], &years[1]], SUM).contains("$10 billion"));
    // In two parts of one bar a number would make it twice as long.
    let both = money("Pledge", "themes: [\"ships\", \"grain\"]");
    let parts = format!("{SUM}, color: (field: \"themes\")");
    assert!(refused(&[&both], &parts).contains("“Number 0” stands in two parts"));
}

#[test]
fn bounds_and_places_in_an_order_make_no_sum_and_are_named() {
    let said = two(&count("Exactly(5)", ""), &count("MoreThan(9)", ""), SUM);
    assert!(
        said.contains("“Number 1” is > 9: a bound has no sum"),
        "{said}"
    );
    let stacked = format!("{SUM}, color: (field: \"themes\", missing: \"None\")");
    let said = two(
        &count("Exactly(5)", "themes: [\"ships\"]"),
        &count("MoreThan(9)", ""),
        &stacked,
    );
    assert!(
        said.contains("“Number 1” is > 9: where a bound ends nobody knows"),
        "{said}"
    );
    let ordinal = "kind: Ordinal, amount: Exactly(70), unit: \"anniversary\", subjects: [\"alba\"]";
    let said = two(ordinal, &ordinal.replace("70", "71"), SUM);
    assert!(said.contains("is a place in an order"), "{said}");
}

#[test]
fn what_is_no_quantity_is_named_rather_than_drawn_as_nothing() {
    let rank = "kind: Rank, amount: Exactly(2), unit: \"place\", subjects: [\"breva\"], chartable: \
        No(\"A rank.\")";
    let picture = text(&[&count("Exactly(5)", ""), rank], SUM);
    assert!(picture.contains("they have no length: 1 rank"), "{picture}");
    assert!(!picture.contains("Breva"), "{picture}");
    assert!(refused(&[rank], SUM).contains("ranks, dates and names have no length"));
    // A group in which nothing is stated is not zero.
    let empty = text(
        &[&count("Exactly(5)", "")],
        &SUM.replace("\"subjects\"", "\"subjects\", empty: true"),
    );
    assert!(empty.contains("Breva = no number"), "{empty}");
}

#[test]
fn a_total_has_the_currency_of_its_parts_and_says_that_it_is_about() {
    let won = |amount: &str, theme: &str| {
        format!(
            "kind: Money, amount: {amount}, unit: \"won\", currency: \"KRW\", subjects: \
            [\"alba\"], flow: Pledge, themes: [\"{theme}\"]"
        )
    };
    let chart = format!("{SUM}, color: (field: \"themes\")");
    let picture = text(
        &[&won("Exactly(2e9)", "ships"), &won("About(3e9)", "grain")],
        &chart,
    );
    assert!(picture.contains("row: Alba, about ₩5 billion"), "{picture}");
    // Below zero a part has no place in a stack, and one side by side with others.
    let negative = won("Exactly(-2e9)", "ships");
    let said = refused(&[&negative, &won("Exactly(3e9)", "grain")], &chart);
    assert!(
        said.contains("−₩2 billion under “Alba” is below zero"),
        "{said}"
    );
    let grouped = format!("{chart}, arrangement: Grouped");
    let side_by_side = text(&[&negative, &won("Exactly(3e9)", "grain")], &grouped);
    assert!(
        side_by_side.contains("Ships x −₩2 billion"),
        "{side_by_side}"
    );
}

#[test]
fn a_level_and_a_change_have_neither_a_sum_nor_a_mean() {
    let level = count("Exactly(20)", "");
    let change = count("Exactly(-3)", "measure: Change, base: (from: \"2014\")");
    for how in ["Sum", "Mean"] {
        let said = two(&level, &change, &SUM.replace("Sum", how));
        assert!(
            said.starts_with("“Number 0” is a level, and “Number 1” is a change: together"),
            "{said}"
        );
        assert!(said.contains("small charts by \"measure\""), "{said}");
    }
    assert!(text(&[&change, &change.replace("-3", "-4")], SUM).contains("Alba = −7"));
}
