//! Numbers and dates as they are stated: every digit of them, in their order, by every command.

use crate::export::target;
use crate::program::{file, ids, linchpin, result};

/// A register of figures, each with an id, the fields that a test is about, and a title.
fn register(name: &str, figures: &[(&str, &str, &str)], chart: &str) -> String {
    let figure = |(id, title, fields): &(&str, &str, &str)| {
        let chartable = match fields.contains("On(") {
            true => "No(\"A date.\")",
            false => "Yes",
        };
        format!(
            "(id: \"{id}\", title: \"{title}\", statement: \"S.\", chartable: {chartable}, \
            {fields}, \
            citations: [(document: \"paper\", external: true)]),"
        )
    };
    let figures: String = figures.iter().map(figure).collect();
    let text = format!(
        "#![enable(implicit_some)]
        (format: 1, title: \"T\", documents: [(id: \"paper\", title: \"D\", short: \"D\", \
        kind: Speech, legal_character: NoCharacter, date: (date: \"0950-03\", basis: Stated), \
        url: \"https://example.org\")], figures: [{figures}], charts: [{chart}])"
    );
    file(name, &text).to_str().unwrap().to_owned()
}

fn won(amount: &str) -> String {
    format!("kind: Money, amount: {amount}, unit: \"won\", currency: \"KRW\"")
}

/// The chart of a register as Markdown, which has all its words, and the words for those who do
/// not see its image.
fn drawn(register: &str, name: &str) -> (String, String) {
    let markdown = target(&format!("{name}.md"));
    let image = target(&format!("{name}.svg"));
    for to in [&markdown, &image] {
        // What another version of the program has left here is not replaced.
        let _ = std::fs::remove_file(to);
        result(&[
            "export",
            register,
            "--chart",
            "chart",
            "--to",
            to.to_str().unwrap(),
        ]);
    }
    let words = std::fs::read_to_string(markdown).unwrap();
    (words, result(&["inspect", image.to_str().unwrap()]))
}

#[test]
fn no_stated_number_is_rounded() {
    let figures = [
        ("a", "A", won("Exactly(1038900000000)"), "₩1.0389 trillion"),
        (
            "b",
            "B",
            won("LessThan(1183340000000)"),
            "< ₩1.18334 trillion",
        ),
        (
            "c",
            "C",
            won("MoreThan(1183600000000)"),
            "> ₩1.1836 trillion",
        ),
        ("d", "D", won("Exactly(999999999)"), "₩999,999,999"),
        ("e", "E", won("Exactly(1e-7)"), "₩0.0000001"),
        ("f", "F", won("Exactly(1.5e303)"), "₩1.5×10³⁰³"),
    ];
    let all: Vec<(&str, &str, &str)> = figures
        .iter()
        .map(|(id, title, fields, _)| (*id, *title, fields.as_str()))
        .collect();
    let chart = "(id: \"chart\", title: \"C\", records: [Figures], mark: Bar, x: (field: \
        \"amount\"), y: (field: \"title\"))";
    let path = register("digits.ron", &all, chart);
    let table = result(&["table", &path, "figures", "--format", "text"]);
    let (words, _) = drawn(&path, "digits");
    for (.., printed) in &figures {
        assert!(table.contains(printed), "{printed}: {table}");
    }
    // One picture has one scale: here the only one that costs no digit.
    for printed in [
        "₩1,038,900,000,000 |",
        "< ₩1,183,340,000,000 |",
        "> ₩1,183,600,000,000 |",
        "₩999,999,999 |",
        "₩0.0000001 |",
        "₩1.5×10³⁰³ |",
    ] {
        assert!(words.contains(printed), "{printed}: {words}");
    }
    let cents = [(
        "c",
        "C",
        "kind: Money, amount: Exactly(0.1), unit: \"$\", currency: \"USD\"",
    )];
    let path = register("cents.ron", &cents, "");
    let table = result(&["table", &path, "figures", "--format", "text"]);
    assert!(table.contains("$0.10"), "{table}");
}

#[test]
fn a_rounded_mean_says_so() {
    let count = |amount: &str| format!("kind: Count, amount: Exactly({amount}), unit: \"x\"");
    let figures = [count("1"), count("1"), count("2")];
    let figures: Vec<(&str, &str, &str)> = ["a", "b", "c"]
        .into_iter()
        .zip(&figures)
        .map(|(id, fields)| (id, id, fields.as_str()))
        .collect();
    let chart = "(id: \"chart\", title: \"C\", records: [Figures], mark: Bar, x: (field: \
        \"amount\", aggregate: Mean), y: (field: \"kind\"))";
    let (words, _) = drawn(&register("mean.ron", &figures, chart), "mean");
    assert!(
        words.contains("1.33") && words.contains("Means are rounded."),
        "{words}"
    );
    let (words, _) = drawn(&register("mean-2.ron", &figures[1..], chart), "mean-2");
    assert!(
        words.contains("1.5") && !words.contains("rounded"),
        "{words}"
    );
}

#[test]
fn bounds_stand_around_their_number_and_dates_apart() {
    let count = |amount: &str| format!("kind: Count, amount: {amount}, unit: \"x\"");
    let fields = [
        count("MoreThan(2)"),
        count("LessThan(2)"),
        "kind: Date, amount: On(\"0001\")".to_owned(),
        count("Exactly(2)"),
        count("Exactly(1)"),
    ];
    let titles = ["more", "less", "date", "two", "one"];
    let figures: Vec<(&str, &str, &str)> = titles
        .into_iter()
        .zip(&fields)
        .map(|(id, fields)| (id, id, fields.as_str()))
        .collect();
    let path = register("bounds.ron", &figures, "");
    let sorted = |by: &str| {
        ids(&result(&[
            "table", &path, "figures", "--sort", by, "--format", "json",
        ]))
    };
    assert_eq!(sorted("amount"), ["one", "less", "two", "more", "date"]);
    assert_eq!(
        sorted("amount:desc"),
        ["date", "more", "two", "less", "one"]
    );
}

#[test]
fn numbers_in_names_are_in_their_order() {
    let fields = "kind: Count, amount: Exactly(1), unit: \"x\"";
    let figures = [
        ("a", "Article 10", fields),
        ("b", "article 9", fields),
        ("c", "Article 2", fields),
    ];
    let chart = "(id: \"chart\", title: \"C\", records: [Figures], mark: Bar, x: (field: \
        \"amount\"), y: (field: \"title\"), sort: (by: Name))";
    let path = register("natural.ron", &figures, chart);
    let table = result(&[
        "table", &path, "figures", "--sort", "title", "--format", "json",
    ]);
    assert_eq!(ids(&table), ["c", "b", "a"]);
    let (words, _) = drawn(&path, "natural");
    let at = |name: &str| words.rfind(name).unwrap();
    assert!(
        at("Article 2") < at("article 9") && at("article 9") < at("Article 10"),
        "{words}"
    );
}

#[test]
fn years_have_four_digits() {
    let path = register("years.ron", &[], "");
    let table = result(&["table", &path, "documents", "--format", "text"]);
    assert!(table.contains("March 0950"), "{table}");
}

#[test]
fn a_number_written_in_another_way_is_no_change() {
    let version = |name: &str, amount: &str| {
        let fields = format!("kind: Count, amount: Exactly({amount}), unit: \"x\"");
        register(name, &[("a", "A", &fields)], "")
    };
    let old = version("number-old.ron", "28500");
    for (name, amount) in [("e", "2.85e4"), ("u", "28_500"), ("p", "28500.0")] {
        let new = version(&format!("number-{name}.ron"), amount);
        let said = linchpin(&["diff", &old, &new]);
        assert_eq!(said.code, Some(0), "{amount}: {}", said.out);
    }
    let new = version("number-new.ron", "28500.5");
    assert_eq!(linchpin(&["diff", &old, &new]).code, Some(1));
}

/// A chart of a line over figures with these dates and numbers.
fn line(name: &str, points: &[(&str, &str)]) -> (String, String) {
    let fields: Vec<String> = points
        .iter()
        .map(|(date, number)| {
            format!(
                "kind: Count, amount: Exactly({number}), unit: \"x\", as_of: (date: \"{date}\", \
                basis: Stated)"
            )
        })
        .collect();
    let ids = ["a", "b", "c", "d"];
    let figures: Vec<(&str, &str, &str)> = ids
        .into_iter()
        .zip(&fields)
        .map(|(id, fields)| (id, id, fields.as_str()))
        .collect();
    let chart = "(id: \"chart\", title: \"C\", records: [Figures], mark: Line, x: (field: \
        \"as_of\"), y: (field: \"amount\"))";
    drawn(&register(&format!("{name}.ron"), &figures, chart), name)
}

#[test]
fn a_cut_axis_says_that_it_is_cut() {
    let (words, inspected) = line("cut", &[("2020", "500"), ("2021", "505"), ("2022", "503")]);
    assert!(
        words.contains("The axis is cut: it does not begin at zero."),
        "{words}"
    );
    assert!(inspected.contains("does not begin at zero"), "{inspected}");
    let (words, _) = line("uncut", &[("2020", "5"), ("2021", "505")]);
    assert!(!words.contains("cut"), "{words}");
}

#[test]
fn a_line_over_decades_without_a_record_is_dashed() {
    let points = [("1953", "5"), ("1954", "6"), ("2019", "3"), ("2020", "4")];
    let (words, inspected) = line("gap", &points);
    assert!(
        words.contains("A dashed line spans 20 years or more"),
        "{words}"
    );
    assert!(inspected.contains("dashed"), "{inspected}");
    let (words, _) = line("no-gap", &points[2..]);
    assert!(!words.contains("dashed"), "{words}");
}

#[test]
fn who_does_not_see_a_picture_is_told_what_it_leaves_out() {
    let fields = ["1", "2", "3"]
        .map(|amount| format!("kind: Count, amount: Exactly({amount}), unit: \"x\""));
    let figures: Vec<(&str, &str, &str)> = ["a", "b", "c"]
        .into_iter()
        .zip(&fields)
        .map(|(id, fields)| (id, id, fields.as_str()))
        .collect();
    let chart = "(id: \"chart\", title: \"C\", records: [Figures], mark: Bar, x: (field: \
        \"amount\"), y: (field: \"title\", limit: 2))";
    let (_, inspected) = drawn(&register("limit.ron", &figures, chart), "limit");
    let alt = inspected.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(alt.contains("Not drawn: 1 more"), "{inspected}");
}
