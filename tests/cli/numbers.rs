//! Numbers and dates as they are stated: every digit of them, in their order, by every command.

use crate::export::target;
use crate::program::{file, result};

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
