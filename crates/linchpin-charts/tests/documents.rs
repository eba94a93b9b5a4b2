//! What the documents of records say of themselves, drawn: dates, series, places in a series; and
//! documents as groups, in the order of time.

use linchpin_charts::picture::{Picture, PictureBody};
use linchpin_charts::suggest::suggest;
use linchpin_charts::{DataField, by_id, fields_for_channel};
use linchpin_register::query::CountingRule;
use linchpin_register::{LoadedRegister, RecordKind, load};

/// Four communiqués of a series, the first of which stands last in the file and the third without
/// a record; a plan and a report without a series.
fn register(charts: &str) -> LoadedRegister {
    let document = |id: &str, date: &str, rest: &str| {
        format!(
            "(id: \"{id}\", title: \"Title of {id}\", short: \"{id}\", kind: Communique, \
            issuers: [\"alpha\"], legal_character: PoliticalInferred, \
            date: (date: \"{date}\", basis: Stated), url: \"https://example.org/{id}\"{rest}),\n"
        )
    };
    let talks = |id: &str, date: &str, number: u32| {
        document(id, date, &format!(", series: \"Talks\", number: {number}"))
    };
    let documents = [
        talks("second", "2002-05-01", 2),
        talks("third", "2003-05-01", 3),
        talks("fourth", "2004-05-01", 4),
        document("plan", "2003-09", ""),
        document("report", "2001", ""),
        talks("first", "2001-05-01", 1),
    ];
    let commitment = |id: &str, theme: &str, document: &str, external: &str| {
        format!(
            "(id: \"{id}\", title: \"{id}\", statement: \"S.\", committers: [\"alpha\"], \
            verb: \"will\", strength: \"firm\", mode: FutureAction, themes: [\"{theme}\"], citations: [{external}\
            (document: \"{document}\", paragraph: 1, phrase: \"will do {id}\")]),\n"
        )
    };
    let outside = "(document: \"report\", external: true), ";
    let commitments = [
        commitment("d", "harbor", "fourth", ""),
        commitment("b", "ferries", "second", ""),
        commitment("c", "harbor", "second", outside),
        commitment("a", "harbor", "first", ""),
    ];
    let text = format!(
        "(format: 1, title: \"T\",
        themes: [(id: \"harbor\", name: \"Harbor\"), (id: \"ferries\", name: \"Ferries\")],
        ladder: [(id: \"firm\", rank: 4, label: \"firm\", verbs: [\"will\"])],
        parties: [(id: \"alpha\", name: \"Alpha\", kind: Office)],
        documents: [{}], commitments: [{}], charts: [{charts}])",
        documents.concat(),
        commitments.concat()
    );
    let loaded = load(text.as_str(), Vec::new());
    assert_eq!(loaded.diagnostic_count(), 0, "{:#?}", loaded.diagnostics);
    loaded
}

fn draw(fields: &str) -> Picture {
    let loaded = register(&format!(
        "(id: \"chart\", title: \"C\", records: [Commitments], {fields})"
    ));
    let chart = by_id(&loaded.register, "chart").unwrap();
    linchpin_charts::build_or_explain(&loaded.register, chart, CountingRule::default())
}

/// The lines of a picture's text that begin so.
fn lines(fields: &str, begin: &[&str]) -> Vec<String> {
    let text = draw(fields).to_text();
    let lines = text.lines().map(str::trim);
    let wanted = lines.filter(|line| begin.iter().any(|begin| line.starts_with(begin)));
    wanted.map(str::to_owned).collect()
}

#[test]
fn commitments_are_counted_by_the_years_of_their_documents() {
    let bars = "mark: Bar, x: (field: \"document.date\"), y: (aggregate: Count)";
    let shown = draw(bars).to_text();
    for bar in ["2001: 1", "2002: 2", "2004: 1"] {
        assert!(shown.contains(bar), "{shown}");
    }
    let order = [
        "2001: 1 commitment",
        "2002: 2 commitments",
        "2004: 1 commitment",
    ];
    let places: Vec<_> = order.iter().map(|bar| shown.find(bar)).collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{shown}"
    );
}

#[test]
fn a_line_through_time_has_a_point_for_each_year() {
    let line = draw("mark: Line, x: (field: \"document.date\")");
    let PictureBody::Plot(plot) = &line.body else {
        panic!("{}", line.to_text());
    };
    let points = plot.series[0].points.iter();
    let points: Vec<String> = points.map(|it| it.mark.label.clone()).collect();
    assert_eq!(
        points,
        [
            "2001: 1 commitment",
            "2002: 2 commitments",
            "2003: 0 commitments",
            "2004: 1 commitment",
        ]
    );
}

#[test]
fn small_charts_stand_in_the_order_of_time() {
    let titles = |fields: &str| -> Vec<String> {
        let picture = draw(fields);
        let PictureBody::SmallMultiples(panels) = &picture.body else {
            panic!("{}", picture.to_text());
        };
        panels.panels.iter().map(|it| it.title.clone()).collect()
    };
    let bars = "mark: Bar, x: (aggregate: Count), y: (field: \"themes\")";
    assert_eq!(
        titles(&format!("{bars}, facet: (field: \"document.date\")")),
        ["2001", "2002", "2003", "2004"]
    );
    assert_eq!(
        titles(&format!(
            "{bars}, facet: (field: \"document.date\", empty: false)"
        )),
        ["2001", "2002", "2004"]
    );
    let documents = titles(&format!("{bars}, facet: (field: \"document\")"));
    // The report is cited for an outside fact, and all documents are in the facet.
    assert_eq!(
        documents,
        [
            "Title of report",
            "Title of first",
            "Title of second",
            "Title of fourth"
        ]
    );
}

#[test]
fn a_matrix_has_columns_for_documents_without_records_in_the_order_of_time() {
    let columns = |fields: &str| {
        let matrix = "mark: Matrix, y: (field: \"themes\")";
        lines(&format!("{matrix}, {fields}"), &["columns", "empty"])
    };
    assert_eq!(
        columns("x: (field: \"document\")"),
        ["columns: report | first | second | fourth"]
    );
    // Those of the series, and what else is cited. The plan is of no series.
    assert_eq!(
        columns("x: (field: \"document\", empty: true)"),
        ["columns: report | first | second | third | fourth"]
    );
    // Those that the filter names, with a record or without.
    assert_eq!(
        columns(
            "x: (field: \"document\", empty: true), filter: [(field: \"document\", \
            is: [\"plan\", \"third\", \"second\"])]"
        ),
        ["columns: report | second | third | plan"]
    );
    assert_eq!(
        columns(
            "x: (field: \"document\", empty: true), filter: [(field: \"document.date\", \
            from: \"2003\")]"
        ),
        ["columns: third | plan | fourth"]
    );
    assert_eq!(
        columns("x: (field: \"document.date\", empty: false)"),
        ["columns: 2001 | 2002 | 2004"]
    );
    assert_eq!(
        columns("x: (field: \"document.date\")"),
        ["columns: 2001 | 2002 | 2003 | 2004"]
    );
}

#[test]
fn places_in_a_series_are_numbers_and_those_of_several_series_stay_apart() {
    let bars = "mark: Bar, x: (aggregate: Count), y: (field: \"document.number\")";
    let names = |picture: &Picture| -> Vec<String> {
        let PictureBody::Bars(bars) = &picture.body else {
            panic!("{}", picture.to_text());
        };
        let all = bars.panels.iter().flat_map(|panel| &panel.bars);
        all.map(|bar| format!("{} {}", bar.name, bar.text))
            .collect()
    };
    assert_eq!(names(&draw(bars)), ["1 1", "2 2", "4 1"]);
    let loaded = register(&format!(
        "(id: \"chart\", title: \"C\", records: [Commitments], {bars})"
    ));
    let other = "short: \"plan\", kind: Communique, issuers: [\"alpha\"], \
        legal_character: PoliticalInferred, date: (date: \"2003-09\", basis: Stated), \
        url: \"https://example.org/plan\"";
    assert!(loaded.text.contains(other));
    let two = loaded
        .text
        .replace(other, &format!("{other}, series: \"Plans\", number: 2"))
        .replacen("(document: \"fourth\"", "(document: \"plan\"", 1);
    let loaded = load(two.as_str(), Vec::new());
    assert_eq!(loaded.diagnostic_count(), 0, "{:#?}", loaded.diagnostics);
    let chart = by_id(&loaded.register, "chart").unwrap();
    let picture =
        linchpin_charts::build_or_explain(&loaded.register, chart, CountingRule::default());
    assert_eq!(names(&picture), ["Talks, 1 1", "Talks, 2 2", "Plans, 2 1"]);
}

#[test]
fn filters_go_by_what_documents_say_of_themselves() {
    let count = |filter: &str| {
        let picture = draw(&format!(
            "mark: Bar, x: (aggregate: Count), y: (field: \"mode\"), filter: [({filter})]"
        ));
        let PictureBody::Bars(bars) = &picture.body else {
            return picture.to_text();
        };
        bars.panels[0].bars[0].text.to_string()
    };
    assert_eq!(
        count("field: \"document.date\", from: \"2002\", to: \"2003\""),
        "2"
    );
    assert_eq!(count("field: \"document.date\", is: [\"2001\"]"), "1");
    assert_eq!(count("field: \"document.series\", is: [\"Talks\"]"), "4");
    assert_eq!(
        count("field: \"document.number\", is: [\"2\"], not: true"),
        "2"
    );
    assert_eq!(count("field: \"document.issuers\", is: [\"alpha\"]"), "4");
    assert_eq!(count("field: \"document.kind\", is: [\"Communique\"]"), "4");
}

#[test]
fn what_a_filter_cannot_hold_is_a_problem() {
    let loaded = register("");
    let chart = |filter: &str| {
        let chart = format!(
            "charts: [(id: \"chart\", title: \"C\", records: [Commitments], mark: Bar, \
            filter: [({filter})])]"
        );
        let text = loaded.text.replace("charts: []", &chart);
        let messages = load(text.as_str(), Vec::new()).diagnostics;
        let messages = messages.iter().map(|it| it.message.clone());
        messages.collect::<Vec<_>>().join("\n")
    };
    let kind = chart("field: \"document.kind\", is: [\"Communiqe\"]");
    assert!(kind.contains("Communiqe"), "{kind}");
    let party = chart("field: \"document.issuers\", is: [\"alfa\"]");
    assert!(party.contains("alfa"), "{party}");
    let name = chart("field: \"document.dat\", is: [\"2001\"]");
    assert!(name.contains("document.dat"), "{name}");
    assert_eq!(chart("field: \"document.date\", is: [\"2001\"]"), "");
}

#[test]
fn a_timeline_of_records_without_own_dates_has_those_of_their_documents() {
    let timeline = draw("mark: Timeline, y: (field: \"themes\")").to_text();
    assert!(timeline.contains("a, 1 May 2001"), "{timeline}");
    assert!(timeline.contains("d, 1 May 2004"), "{timeline}");
}

#[test]
fn the_builder_names_them_in_plain_words_and_charts_over_time_are_suggested() {
    let headings = |channel: &str| -> Vec<String> {
        let fields = fields_for_channel(RecordKind::Commitment, channel);
        fields.iter().map(DataField::heading).collect()
    };
    for channel in ["x", "y", "color", "facet", "filter"] {
        let headings = headings(channel);
        for wanted in [
            "Date of its document",
            "Place of its document in the series",
        ] {
            assert!(
                headings.iter().any(|it| it == wanted),
                "{channel}: {headings:?}"
            );
        }
    }
    let date = DataField::find(RecordKind::Commitment, "document.date").unwrap();
    assert_eq!(date.data_type_text(), "dates");
    assert_eq!(date.help(), "When it was adopted or published.");
    let loaded = register("");
    let all = suggest(
        &loaded.register,
        RecordKind::Commitment,
        &[],
        CountingRule::default(),
    );
    let titles: Vec<&str> = all.iter().map(|one| one.title.as_str()).collect();
    assert!(
        titles.contains(&"How many commitments each year"),
        "{titles:?}"
    );
}

#[test]
fn an_excerpt_draws_the_same_columns() {
    let loaded = register(
        "(id: \"chart\", title: \"C\", records: [Commitments], mark: Matrix, \
        x: (field: \"document\", empty: true), y: (field: \"themes\"))",
    );
    let chart = by_id(&loaded.register, "chart").unwrap();
    let picture =
        linchpin_charts::build_or_explain(&loaded.register, chart, CountingRule::default());
    let excerpt = linchpin_charts::evidence::excerpt(&loaded, chart);
    let again = load(excerpt.as_str(), Vec::new());
    assert_eq!(again.diagnostic_count(), 0, "{:#?}", again.diagnostics);
    let chart = by_id(&again.register, "chart").unwrap();
    let same = linchpin_charts::build_or_explain(&again.register, chart, CountingRule::default());
    let columns = |picture: &Picture| match &picture.body {
        PictureBody::Matrix(matrix) => matrix.columns.clone(),
        _ => panic!("{}", picture.to_text()),
    };
    assert_eq!(columns(&same), columns(&picture));
    assert_eq!(linchpin_charts::evidence::excerpt(&again, chart), excerpt);
}
