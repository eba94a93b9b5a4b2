//! The grammar of charts: what a record of the list "charts" draws, and what is refused.

use linchpin_charts::picture::{AxisPosition, ColorRole, Picture, PictureBody};
use linchpin_charts::{self, DataField};
use linchpin_register::document_fields::DocumentField;
use linchpin_register::query::CountingRule;
use linchpin_register::tables;
use linchpin_register::{RecordKind, load};

/// A register with two priorities, three themes, five commitments, figures of two units.
const BASE: &str = include_str!("grammar.ron");

/// The picture of a chart with these fields.
fn draw(fields: &str) -> Picture {
    let text = BASE.replace(
        "// charts",
        &format!("charts: [(id: \"c\", title: \"C\", {fields})],"),
    );
    let loaded = load(text.as_str(), Vec::new());
    assert_eq!(loaded.diagnostic_count(), 0, "{:#?}", loaded.diagnostics);
    let chart = linchpin_charts::by_id(&loaded.register, "c").unwrap();
    linchpin_charts::build_or_explain(&loaded.register, chart, CountingRule::default())
}

fn refused(fields: &str) -> String {
    match draw(fields).body {
        PictureBody::Empty(words) => words,
        body => panic!("{fields} is drawn: {body:?}"),
    }
}

/// Names and numbers of bars, in their order.
fn bars(picture: &Picture) -> Vec<String> {
    let PictureBody::Bars(bars) = &picture.body else {
        panic!("{}", picture.to_text());
    };
    let all = bars.panels.iter().flat_map(|panel| &panel.bars);
    all.map(|bar| format!("{} {}", bar.name, bar.text))
        .collect()
}

#[test]
fn counts_follow_the_register_the_value_or_the_name() {
    let by_theme =
        "records: [Commitments], mark: Bar, x: (aggregate: Count), y: (field: \"themes\")";
    assert_eq!(bars(&draw(by_theme)), ["Zebra 1", "Apple 3", "Mango 1"]);
    let sorted = |order: &str| bars(&draw(&format!("{by_theme}, sort: ({order})")));
    assert_eq!(sorted("by: Value, descending: true")[0], "Apple 3");
    assert_eq!(sorted("by: Name"), ["Apple 3", "Mango 1", "Zebra 1"]);
    assert_eq!(sorted("by: Register, descending: true")[2], "Zebra 1");
    let picture = draw(by_theme);
    let note = picture.note.unwrap_or_default();
    assert!(
        note.contains("No commitment has the theme “Unused”."),
        "{note}"
    );
    assert!(
        note.contains("Not drawn: 1 commitment that has no theme."),
        "{note}"
    );
    let wide = draw(
        "records: [Commitments], mark: Bar, x: (aggregate: Count), y: (field: \"themes\", empty: \
        true, missing: \"Without\")",
    );
    assert_eq!(
        bars(&wide),
        ["Zebra 1", "Apple 3", "Mango 1", "Unused 0", "Without 1"]
    );
    let cut = draw(
        "records: [Commitments], mark: Bar, x: (aggregate: Count), y: (field: \"themes\", \
        limit: 1)",
    );
    let note = cut.note.unwrap();
    // Each of them once, whatever the number of its themes.
    let said = "Not drawn: 2 more themes (“Apple” and “Mango”) with 3 commitments";
    assert!(note.contains(said), "{note}");
}

#[test]
fn filters_leave_in_what_they_name() {
    let counted = |filter: &str| {
        bars(&draw(&format!(
            "records: [Commitments], mark: Bar, y: (field: \"mode\"), {filter}"
        )))
    };
    assert_eq!(counted(""), ["future action 4", "practice 1"]);
    assert_eq!(
        counted("filter: [(field: \"priority\", is: [\"first\"])]"),
        ["future action 2"]
    );
    assert_eq!(
        counted("filter: [(field: \"priority\", is: [\"first\"], not: true)]"),
        ["future action 2", "practice 1"]
    );
    assert_eq!(
        counted("filter: [(field: \"priority\", is: [\"none\"])]"),
        ["future action 1"]
    );
    assert_eq!(counted("search: \"missiles\""), ["future action 1"]);
    assert_eq!(
        counted("count: WithoutChildren"),
        ["future action 3", "practice 1"]
    );
    let dated = draw(
        "records: [Events], mark: Bar, y: (field: \"date\"), filter: [(field: \"date\", \
        from: \"2020\", to: \"2021-03\")]",
    );
    assert_eq!(bars(&dated), ["2020 1", "2021 1"]);
    let why = refused(
        "records: [Events], mark: Bar, y: (field: \"date\"), filter: [(field: \"date\", \
        from: \"2030\")]",
    );
    assert!(why.contains("filters leave none of the events"), "{why}");
}

#[test]
fn colors_split_bars_and_toned_groups_keep_their_step() {
    let picture = draw(
        "records: [Commitments], mark: Bar, x: (field: \"priority\", missing: \"Other\"), color: \
        (field: \"strength\"), arrangement: Share",
    );
    let PictureBody::Stacked(stacked) = &picture.body else {
        panic!("{}", picture.to_text());
    };
    assert!(stacked.is_vertical);
    let rows: Vec<String> = stacked
        .bars
        .iter()
        .map(|row| {
            let parts: Vec<String> = row
                .segments
                .iter()
                .map(|s| format!("{}x{}", stacked.keys[s.key].short, s.text))
                .collect();
            format!("{} {}: {}", row.name, row.text, parts.join(" "))
        })
        .collect();
    // A child has its parent's step.
    assert_eq!(
        rows,
        ["First 2: 4x2", "Second 2: 4x1 habitx1", "Other 1: 1x1"]
    );
    let tones: Vec<ColorRole> = stacked.keys.iter().map(|key| key.color).collect();
    assert_eq!(
        tones,
        [
            ColorRole::LadderStep(4),
            ColorRole::LadderStep(1),
            ColorRole::Unranked(0)
        ]
    );
}

#[test]
fn amounts_keep_their_bounds_and_never_share_an_axis_with_another_unit() {
    let one = "records: [Figures], mark: Bar, x: (field: \"amount\"), y: (field: \"title\")";
    let people = format!("{one}, filter: [(field: \"unit\", is: [\"people\"])]");
    assert_eq!(
        bars(&draw(&people)),
        [
            "Troops 28,500",
            "Casualties > 1,000",
            "Reservists about 300"
        ]
    );
    assert!(refused(one).contains("Two units cannot share an axis: people and years."));
    let panels = draw(&format!("{one}, facet: (field: \"unit\")"));
    let PictureBody::Bars(body) = &panels.body else {
        panic!()
    };
    let titles: Vec<_> = body
        .panels
        .iter()
        .map(|p| p.title.clone().unwrap())
        .collect();
    assert_eq!(titles, ["years", "people"]);
    let note = panels.note.unwrap();
    assert!(
        note.contains("because they have no length: 1 rank"),
        "{note}"
    );

    let summed = |aggregate: &str, filter: &str| {
        format!(
            "records: [Figures], mark: Bar, x: (field: \"amount\", aggregate: {aggregate}), y: \
            (field: \"kind\"), filter: [(field: \"unit\", is: [\"people\"]){filter}]"
        )
    };
    let why = refused(&summed("Sum", ""));
    assert!(
        why.contains("“Casualties” is > 1,000: a bound has no sum."),
        "{why}"
    );
    let exact = ", (field: \"id\", is: [\"casualties\"], not: true)";
    assert_eq!(bars(&draw(&summed("Sum", exact))), ["count about 28,800"]);
    assert_eq!(bars(&draw(&summed("Mean", exact))), ["count about 14,400"]);
    assert_eq!(bars(&draw(&summed("Max", exact))), ["count about 28,500"]);
    let several = "records: [Figures], mark: Bar, x: (field: \"amount\"), y: (field: \"kind\"), \
        filter: [(field: \"unit\", is: [\"people\"])]";
    assert!(refused(several).contains("nothing says how they become one"));
    let ranks =
        format!("{one}, facet: (field: \"unit\"), filter: [(field: \"kind\", is: [\"Rank\"])]");
    assert!(refused(&ranks).contains("None of these numbers is a quantity"));
}

#[test]
fn a_matrix_counts_what_has_both_and_rings_what_links() {
    let picture = draw(
        "records: [Commitments], mark: Matrix, x: (field: \"bodies\"), y: (field: \"themes\")",
    );
    let PictureBody::Matrix(matrix) = &picture.body else {
        panic!("{}", picture.to_text());
    };
    assert_eq!(
        (matrix.rows.as_slice(), matrix.columns.as_slice()),
        (
            &["Zebra".to_owned(), "Apple".into()][..],
            &["Group".to_owned()][..]
        )
    );
    let cells: Vec<_> = matrix
        .cells
        .iter()
        .map(|c| {
            let count = c.number.as_ref().map(|number| number.value() as usize);
            (c.row, c.column, count)
        })
        .collect();
    assert_eq!(cells, [(0, 0, None), (1, 0, Some(2))]);
}

#[test]
fn tables_show_the_columns_that_are_asked_for() {
    let picture = draw("records: [Figures], mark: Table, columns: [\"amount\", \"title\"]");
    let PictureBody::Table(table) = &picture.body else {
        panic!()
    };
    let cells: Vec<String> = table.rows[0]
        .cells
        .iter()
        .map(|cell| cell.to_string())
        .collect();
    assert_eq!(cells, ["28,500", "Troops"]);
    let why = refused("records: [Figures], mark: Table, columns: [\"amont\"]");
    assert!(
        why.contains("has no column “amont”. Write \"amount\"."),
        "{why}"
    );
}

#[test]
fn words_stand_at_a_group_or_at_its_one_record() {
    let at = |y: &str| {
        let fields = format!(
            "records: [Figures], mark: Bar, x: (field: \"amount\"), y: (field: \"title\"), filter: \
            [(field: \"unit\", is: [\"people\"])], annotations: [(text: \"Here\", y: \"{y}\")]"
        );
        draw(&fields)
            .annotations
            .first()
            .and_then(|remark| remark.y)
    };
    assert_eq!(at("Casualties"), Some(AxisPosition::Group(1)));
    assert_eq!(at("casualties"), Some(AxisPosition::Group(1)));
    assert_eq!(at("age"), None);
}

#[test]
fn every_refusal_names_a_way_out() {
    for (fields, why, way_out) in [
        (
            "records: [Commitments, Bodies], mark: Bar, y: (field: \"themes\")",
            "one list of records",
            "Keep one list",
        ),
        (
            "records: [Commitments], mark: Bar, y: (field: \"mode\"), facet: \
            (field: \"priority\"), annotations: [(text: \"Two\", x: \"2\")]",
            "no one place for words",
            "Take facet out",
        ),
        (
            "records: [Bodies], mark: Bar",
            "Bars need groups",
            "Choose a field",
        ),
        (
            "records: [Bodies], mark: Bar, x: (field: \"kind\"), y: (field: \"themes\")",
            "Both axes have groups",
            "draw a matrix",
        ),
        (
            "records: [Bodies], mark: Bar, x: (aggregate: Sum), y: (field: \"kind\")",
            "of what the sum",
            "field: \"amount\"",
        ),
        (
            "records: [Parties], mark: Timeline",
            "have no dates",
            "Choose events",
        ),
        (
            "records: [Bodies], mark: Matrix, x: (field: \"themes\")",
            "needs groups on both axes",
            "Choose a field for y",
        ),
        (
            "records: [Concerns], mark: Table",
            "The register has no concerns yet",
            "Add the first one",
        ),
        (
            "records: [Commitments], mark: Bar, y: (field: \"themes\"), annotations: \
            [(text: \"Here\", y: \"nowhere\")]",
            "Nothing lies at “nowhere”",
            "Write the id of a group: zebra, apple",
        ),
    ] {
        let words = refused(fields);
        assert!(
            words.contains(why) && words.contains(way_out),
            "{fields}: {words}"
        );
    }
}

#[test]
fn what_tables_are_narrowed_by_charts_can_use() {
    for &kind in RecordKind::ALL {
        let declared: Vec<&str> = kind.fields().iter().map(|f| f.name).collect();
        let derived: Vec<&str> = tables::of_kind(kind)
            .facets
            .iter()
            .map(|facet| facet.key)
            .filter(|name| !declared.contains(name))
            .collect();
        let of_documents = DocumentField::of_kind(kind);
        let mut names: Vec<&str> = of_documents.iter().map(|field| field.name).collect();
        names.extend(derived.iter().filter(|name| !name.starts_with("document.")));
        let facets: Vec<&str> = DataField::all(kind)
            .iter()
            .map(|field| field.name)
            .filter(|name| !declared.contains(name))
            .collect();
        assert_eq!(names, facets, "{kind:?}");
        assert!(derived.iter().all(|name| facets.contains(name)), "{kind:?}");
    }
}
