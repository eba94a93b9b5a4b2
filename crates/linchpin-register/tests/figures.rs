//! Figures that are no levels: changes, percentages, rates, indexes, and what they are against.

use linchpin_register::query::{SortBy, TableQuery, run_query};
use linchpin_register::tables::{self, formatting};
use linchpin_register::vocabulary::FigureMeasure;
use linchpin_register::{Figure, LoadedRegister, load};

/// A register with one figure of these fields, its number in the words that it cites.
fn figure(fields: &str) -> LoadedRegister {
    figures(&[fields])
}

fn figures(all: &[&str]) -> LoadedRegister {
    let one = |(at, fields): (usize, &&str)| {
        format!(
            "(id: \"f{at}\", title: \"F\", statement: \"S.\", chartable: Yes, citations: \
            [(document: \"d\", paragraph: 1, phrase: \"2, 3, 4.5, 104 and 2,000\")], {fields}),"
        )
    };
    let text = format!(
        "(format: 1, title: \"T\", documents: [(id: \"d\", title: \"D\", short: \"D\", \
        kind: Communique, legal_character: PoliticalInferred, date: (date: \"2024\", \
        basis: Stated), url: \"https://example.org/d\")], figures: [{}])",
        all.iter().enumerate().map(one).collect::<String>()
    );
    load(text.as_str(), Vec::new())
}

fn problems(fields: &str) -> Vec<String> {
    let loaded = figure(fields);
    let all = loaded.diagnostics.iter();
    all.map(|it| format!("{}: {}", it.code, it.message))
        .collect()
}

fn first(loaded: &LoadedRegister) -> &Figure {
    &loaded.register.figures[0]
}

#[test]
fn what_is_worked_out_against_a_base_needs_it() {
    let of = "kind: Count, amount: Exactly(2), unit: \"points\"";
    for (measure, base, message) in [
        (
            "Change",
            "base: (from: \"2019\")",
            "Nothing says since when this change is counted",
        ),
        (
            "Change",
            "period: (from: \"2019\", to: \"2024\")",
            "Nothing says since when",
        ),
        (
            "PercentChange",
            "base: (from: \"2019\")",
            "Nothing says since when",
        ),
        (
            "Percent",
            "base: (of: \"GDP\")",
            "Nothing says of what this is a percentage",
        ),
        (
            "Rate",
            "base: (of: \"year\")",
            "Nothing says per what this rate is",
        ),
        (
            "Ratio",
            "base: (of: \"the pledge\")",
            "Nothing says to which number this ratio is",
        ),
        (
            "Index",
            "base: (from: \"2015\")",
            "Nothing says on what base this index is 100",
        ),
        ("Index", "base: (of: \"EU\")", "Nothing says on what base"),
    ] {
        let without = problems(&format!("{of}, measure: {measure}"));
        assert_eq!(without.len(), 1, "{measure}: {without:?}");
        assert!(without[0].starts_with("missing-base: "), "{without:?}");
        assert!(without[0].contains(message), "{without:?}");
        let with = problems(&format!("{of}, measure: {measure}, {base}"));
        assert_eq!(with, [""; 0], "{measure}, {base}");
    }
    let wrong = problems(&format!("{of}, measure: Percent, base: (from: \"2019\")"));
    assert!(wrong[0].contains("of what"), "{wrong:?}");
    let blank = problems(&format!("{of}, measure: Percent, base: (of: \" \")"));
    assert!(blank[0].contains("of what"), "{blank:?}");
    // The unit may say it.
    let unit = "kind: Count, amount: Exactly(2), unit: \"percent of GDP\", measure: Percent";
    assert_eq!(problems(unit), [""; 0]);
    let unit = "kind: Count, amount: Exactly(2), unit: \"ships a year\", measure: Rate";
    assert_eq!(problems(unit), [""; 0]);
}

#[test]
fn a_base_without_a_measure_and_a_base_that_ends_before_it_begins_are_problems() {
    let of = "kind: Count, amount: Exactly(2), unit: \"troops\"";
    let unused = problems(&format!("{of}, base: (from: \"2019\")"));
    assert!(unused[0].contains("This number has a base"), "{unused:?}");
    let level = problems(&format!("{of}, measure: Level, base: (from: \"2019\")"));
    assert!(level[0].contains("This number has a base"), "{level:?}");
    let order = problems(&format!(
        "{of}, measure: Change, base: (from: \"2019\", to: \"2018\")"
    ));
    assert!(order[0].starts_with("order: "), "{order:?}");
}

#[test]
fn what_fell_is_below_zero_and_a_number_of_people_is_not() {
    let change = "unit: \"troops\", measure: Change, base: (from: \"2019\")";
    for amount in [
        "Exactly(-2000)",
        "LessThan(-2000)",
        "Between(-2000, -3)",
        "Between(-3, 2)",
    ] {
        let fields = format!("kind: Count, amount: {amount}, {change}");
        assert_eq!(problems(&fields), [""; 0], "{amount}");
    }
    let withdrawn = "kind: Money, amount: Exactly(-2), unit: \"billion dollars\", \
        currency: \"USD\", flow: Pledge";
    assert_eq!(problems(withdrawn), [""; 0]);
    for amount in ["Exactly(-2)", "Between(-3, -2)", "AtMost(-2)"] {
        let level = problems(&format!("kind: Count, amount: {amount}, unit: \"troops\""));
        assert_eq!(
            level,
            ["bad-amount: A count cannot be below zero"],
            "{amount}"
        );
    }
}

#[test]
fn words_say_what_a_number_is_and_against_what() {
    for (fields, amount, measure) in [
        (
            "amount: Exactly(-2000), unit: \"troops\", measure: Change, base: (from: \"2019\")",
            "change of −2,000 troops since 2019",
            "change since 2019",
        ),
        (
            "amount: Exactly(4.5), unit: \"percent\", measure: PercentChange, \
            base: (from: \"2015\", to: \"2017\")",
            "change of 4.5 percent against 2015 to 2017",
            "change in percent against 2015 to 2017",
        ),
        (
            "amount: Exactly(2), unit: \"percent\", measure: Percent, base: (of: \"GDP\")",
            "2 percent of GDP",
            "percent of GDP",
        ),
        (
            "amount: Exactly(2), unit: \"percent of GDP\", base: (of: \"GDP\")",
            "2 percent of GDP",
            "percent",
        ),
        (
            "amount: Exactly(3), unit: \"ships\", measure: Rate, base: (of: \"year\")",
            "3 ships per year",
            "rate per year",
        ),
        (
            "amount: Exactly(104), unit: \"points\", measure: Index, base: (from: \"2015\")",
            "104 points (2015 = 100)",
            "index (2015 = 100)",
        ),
        ("amount: Exactly(2), unit: \"troops\"", "2 troops", "level"),
        (
            "amount: Between(-3, -2), unit: \"troops\", measure: Change, base: (from: \"2019\")",
            "change of −3 to −2 troops since 2019",
            "change since 2019",
        ),
    ] {
        let loaded = figure(&format!("kind: Count, {fields}"));
        assert_eq!(
            loaded.diagnostic_count(),
            0,
            "{fields}: {:?}",
            loaded.diagnostics
        );
        let figure = first(&loaded);
        assert_eq!(
            formatting::format_amount_with_unit(figure),
            amount,
            "{fields}"
        );
        assert_eq!(figure.measure_text(), measure, "{fields}");
    }
    let places = figure(
        "kind: Rank, amount: Exactly(-3), unit: \"places\", measure: Change, \
        base: (from: \"2019\")",
    );
    assert_eq!(
        formatting::format_amount_with_unit(first(&places)),
        "change of −3 places since 2019"
    );
}

#[test]
fn a_figure_that_says_nothing_is_a_level_or_a_percentage_by_its_unit() {
    let measure = |unit: &str| {
        let fields = format!("kind: Count, amount: Exactly(2), unit: \"{unit}\"");
        let loaded = figure(&fields);
        assert_eq!(loaded.diagnostic_count(), 0, "{unit}");
        first(&loaded).effective_measure()
    };
    for unit in ["percent", "%", "per cent", "Percent of GDP", "% of GDP"] {
        assert_eq!(measure(unit), FigureMeasure::Percent, "{unit}");
    }
    for unit in [
        "troops",
        "percentage points",
        "percentiles",
        "billion dollars",
    ] {
        assert_eq!(measure(unit), FigureMeasure::Level, "{unit}");
    }
    assert!(FigureMeasure::Level.is_additive() && FigureMeasure::Change.is_additive());
    assert!(!FigureMeasure::PercentChange.is_additive() && !FigureMeasure::Index.is_additive());
}

#[test]
fn tables_show_filter_and_sort_by_the_measure() {
    let loaded = figures(&[
        "kind: Count, amount: Exactly(2), unit: \"troops\"",
        "kind: Count, amount: Exactly(-3), unit: \"troops\", measure: Change, \
            base: (from: \"2019\")",
        "kind: Count, amount: Exactly(2), unit: \"percent\"",
    ]);
    let table = tables::by_id("figures").unwrap();
    let column = table.column("measure").unwrap();
    let shown: Vec<String> = (0..3)
        .map(|row| (column.cell)(&loaded.register, row).text().into_owned())
        .collect();
    assert_eq!(shown, ["level", "change since 2019", "percent"]);
    let index = table.build_index(&loaded.register);
    let mut query = TableQuery::default();
    query
        .filters
        .insert("measure".into(), ["Level".into()].into());
    assert_eq!(run_query(&index, &query).rows, [0]);
    let sorted = TableQuery {
        sort: vec![SortBy {
            column: "measure".into(),
            descending: false,
        }],
        ..TableQuery::default()
    };
    assert_eq!(run_query(&index, &sorted).rows, [1, 0, 2]);
}
