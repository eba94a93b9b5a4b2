//! Charts made and changed in the window, beside their picture.

use crate::desk::Desk;
use crate::editing::{choose_in, fill, text, undo};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_app::page::Page;
use linchpin_charts::picture::PictureBody;
use linchpin_charts::{ChartPlan, by_id};
use linchpin_register::query::CountingRule;
use linchpin_register::{Chart, RecordKind};

/// The bundled register with no charts of its own.
fn without_charts() -> String {
    let text = linchpin_register::bundled::ALLIANCE_TEXT;
    let mut left = text.to_owned();
    for list in ["charts", "recipes"] {
        if let Some(start) = left.find(&format!("\n    {list}: [")) {
            let end = start + left[start..].find("\n    ],").unwrap() + "\n    ],".len();
            left.replace_range(start..end, "");
        }
    }
    left
}

/// The lines that differ between two texts: taken out, put in.
fn changed(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let (a, b): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev());
    let tail = tail.take_while(|(a, b)| a == b).count();
    let trimmed = |lines: &[&str]| lines.iter().map(|line| line.trim().to_owned()).collect();
    (trimmed(&a[..a.len() - tail]), trimmed(&b[..b.len() - tail]))
}

fn one_line(before: &str, after: &str) -> (String, String) {
    let (out, put_in) = changed(before, after);
    (out.join("\n"), put_in.join("\n"))
}

fn chart(desk: &Desk, id: &str) -> Chart {
    by_id(desk.app().register(), id).unwrap().clone()
}

fn ids(desk: &Desk) -> Vec<String> {
    let all = desk.app().register().charts.iter();
    all.map(|chart| chart.id.to_string()).collect()
}

/// The records that a chart draws.
fn drawn(desk: &Desk, id: &str) -> usize {
    let chart = chart(desk, id);
    let plan = ChartPlan::new(desk.app().register(), &chart, CountingRule::default()).unwrap();
    plan.records.len()
}

/// A register with the standard charts in its text, and one of them open with its fields.
fn kept(title: &str) -> Desk {
    let mut desk = Desk::with(&without_charts());
    desk.go("Charts");
    desk.choose(Role::Link, "Keep these charts in the file");
    desk.choose(Role::Button, &format!("Edit {title}"));
    desk
}

#[test]
fn the_first_change_of_a_standard_chart_writes_them_all_and_undo_takes_them_back() {
    let mut desk = Desk::with(&without_charts());
    let before = text(&desk);
    desk.go("Charts");
    desk.choose(Role::Button, "Edit Commitments by theme");
    desk.choose(Role::RadioButton, "Matrix");
    let all = linchpin_charts::standard().charts.iter();
    let all: Vec<String> = all.map(|chart| chart.id.to_string()).collect();
    assert_eq!(ids(&desk), all);
    let loaded = &desk.app().file.latest;
    assert_eq!(loaded.diagnostics.len(), 0, "{:?}", loaded.diagnostics);
    assert!(desk.app().register().charts.iter().all(|chart| {
        let standard = linchpin_charts::standard().get::<Chart>(chart.id.as_str());
        chart.id.as_str() == "commitments-by-theme" || standard == Some(chart)
    }));
    assert!(desk.says("Edit chart"), "the fields stay open");
    undo(&mut desk);
    assert_eq!(ids(&desk), all, "the change is a step of its own");
    assert_ne!(text(&desk), before);
    undo(&mut desk);
    assert_eq!(text(&desk), before);
}

#[test]
fn what_cannot_be_drawn_says_why_and_the_way_out_leads_to_a_picture() {
    let mut desk = kept("Commitments by theme");
    let first = text(&desk);
    desk.choose(Role::RadioButton, "Matrix");
    let second = text(&desk);
    assert_eq!(
        one_line(&first, &second),
        ("mark: Bar,".into(), "mark: Matrix,".into())
    );
    let id = "commitments-by-theme";
    let error = desk.app().derived.chart_error(id).cloned().unwrap();
    assert!(desk.says(&error.reason()));
    assert!(desk.says(&error.help()));
    choose_in(&mut desk, "Across", "Priority");
    let third = text(&desk);
    assert_eq!(
        one_line(&second, &third),
        (
            "x: (aggregate: Count),".into(),
            "x: (field: \"priority\"),".into()
        )
    );
    assert_eq!(desk.app().derived.chart_error(id), None);
    let picture = desk.app().derived.picture(id).unwrap();
    assert!(matches!(picture.body, PictureBody::Matrix(_)));
    choose_in(&mut desk, "Across", "Number of records");
    assert_eq!(text(&desk), second, "a count is a count again");
    undo(&mut desk);
    undo(&mut desk);
    assert_eq!(text(&desk), second);
    undo(&mut desk);
    assert_eq!(text(&desk), first);
}

#[test]
fn fields_of_a_chart_are_lines_of_the_file() {
    let mut desk = kept("Commitments by theme");
    let mut now = text(&desk);
    let mut step = |desk: &Desk, out: &str, put_in: &str| {
        let next = text(desk);
        assert_eq!(one_line(&now, &next), (out.into(), put_in.into()));
        assert_eq!(desk.app().file.latest.diagnostics.len(), 0);
        now = next;
    };
    choose_in(&mut desk, "Color", "Strength");
    step(&desk, "", "color: (field: \"strength\"),");
    choose_in(&mut desk, "Arrangement", "shares");
    step(&desk, "", "arrangement: Share,");
    choose_in(&mut desk, "Order", "Their name");
    step(
        &desk,
        "sort: (by: Value, descending: true),",
        "sort: (by: Name),",
    );
    desk.choose(Role::CheckBox, "The last first");
    step(
        &desk,
        "sort: (by: Name),",
        "sort: (by: Name, descending: true),",
    );
    choose_in(&mut desk, "Order", "The register's order");
    step(&desk, "sort: (by: Name, descending: true),", "");
    fill(&mut desk, "Limit of up", "5");
    desk.press(Modifiers::NONE, Key::Enter);
    step(
        &desk,
        "y: (field: \"themes\", limit: 30),",
        "y: (field: \"themes\", limit: 5),",
    );
    fill(&mut desk, "Title", "What is promised");
    desk.press(Modifiers::NONE, Key::Enter);
    step(
        &desk,
        "title: \"Commitments by theme\",",
        "title: \"What is promised\",",
    );
    choose_in(&mut desk, "Color", "– none");
    step(&desk, "color: (field: \"strength\"),", "");
    let picture = desk.app().derived.picture("commitments-by-theme").unwrap();
    assert_eq!(picture.title, "What is promised");
}

#[test]
fn another_list_takes_out_what_names_fields_that_it_lacks_as_one_step() {
    let mut desk = kept("Commitments by priority and strength");
    let before = text(&desk);
    choose_in(&mut desk, "Records", "Concerns");
    let chart = chart(&desk, "commitments-by-priority");
    assert_eq!(
        chart.records.first().map(|l| l.kind()),
        Some(RecordKind::Concern)
    );
    assert_eq!((chart.y, chart.color), (None, None));
    assert!(
        chart.x.is_some(),
        "the number of records is one of any list"
    );
    undo(&mut desk);
    assert_eq!(text(&desk), before);
}

#[test]
fn a_filter_is_chosen_from_the_values_that_the_records_have() {
    let mut desk = kept("Commitments by theme");
    let (id, before) = ("commitments-by-theme", text(&desk));
    let all = drawn(&desk, id);
    choose_in(&mut desk, "Add filter", "Priority");
    assert_eq!(drawn(&desk, id), all, "nothing is chosen yet");
    let priority = desk.app().register().priorities[0].clone();
    desk.choose(Role::CheckBox, &priority.name);
    let line = format!(
        "filter: [(field: \"priority\", is: [\"{}\"])],",
        priority.id
    );
    let (_, put_in) = changed(&before, &text(&desk));
    let put_in: Vec<String> = put_in
        .join(" ")
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    assert_eq!(put_in.join(" "), line);
    let some = drawn(&desk, id);
    assert!(0 < some && some < all);
    desk.choose(Role::CheckBox, "Leave these out instead");
    assert_eq!(drawn(&desk, id), all - some);
    desk.choose(Role::Button, "Remove the filter by priority");
    assert_eq!(text(&desk), before, "a list without items goes as a whole");
}

#[test]
fn a_new_chart_is_one_of_those_that_fit_the_records() {
    let mut desk = Desk::with(&without_charts());
    let before = text(&desk);
    desk.go("Charts");
    desk.choose(Role::Button, "New chart…");
    desk.choose(Role::RadioButton, "Figures");
    let cards = desk.harness.query_all_by_label_contains("Add: ").count();
    assert!(cards > 0);
    desk.choose(Role::RadioButton, "Commitments");
    let cards = desk.harness.query_all_by_label_contains("Add: ").count();
    assert!((3..=6).contains(&cards), "{cards}");
    desk.choose(Role::Button, "Add: Commitments by strength");
    let app = desk.app();
    assert_eq!(app.register().charts.len(), 8, "beside the standard ones");
    let new = app.register().charts.last().unwrap();
    assert_eq!(app.view.open_chart(), Some(new.id.as_str()));
    assert!(app.view.charts.is_building);
    assert_eq!(app.file.latest.diagnostics.len(), 0);
    let want = "id: \"commitments-by-strength-2\", title: \"Commitments by strength\", records: [Commitments], mark: Bar, x: (aggregate: Count), y: (field: \"strength\"), color: (field: \"strength\"),";
    let text_now = text(&desk);
    let flat: Vec<&str> = text_now.split_whitespace().collect();
    assert!(flat.join(" ").contains(want), "{text_now}");
    undo(&mut desk);
    undo(&mut desk);
    assert_eq!(text(&desk), before);
}

#[test]
fn rows_of_a_table_become_a_chart_and_lead_back() {
    let mut desk = Desk::bundled();
    desk.go("Commitments");
    desk.search("alliance");
    let rows = |desk: &Desk| {
        let (_, selection) = desk.app().derived.table(RecordKind::Commitment).unwrap();
        selection.rows.len()
    };
    let found = rows(&desk);
    let query = desk.app().view.query(RecordKind::Commitment);
    assert!(0 < found && found < desk.app().register().commitments.len());
    desk.choose(Role::Button, "Chart these rows");
    assert!(desk.says("with “alliance”"));
    desk.choose(Role::Button, "Add: Commitments by strength");
    let id = desk.app().view.open_chart().unwrap().to_owned();
    let made = chart(&desk, &id);
    assert_eq!(made.search.as_deref(), Some("alliance"));
    assert!(made.count.is_some() && made.voices.is_some());
    assert_eq!(drawn(&desk, &id), found);
    desk.go("Commitments");
    desk.choose(Role::Link, "Clear");
    assert!(rows(&desk) > found);
    desk.harness.state_mut().view.back();
    desk.run();
    desk.choose(Role::Button, "Show its records");
    assert_eq!(desk.app().view.page, Page::Commitments);
    assert_eq!(rows(&desk), found);
    assert_eq!(desk.app().view.query(RecordKind::Commitment), query);
}

#[test]
fn rows_that_are_picked_out_become_a_chart_of_exactly_them() {
    let mut desk = Desk::bundled();
    desk.go("Bodies");
    desk.press(Modifiers::COMMAND, Key::A);
    let count = desk.app().register().bodies.len();
    desk.choose(Role::Button, "Chart…");
    let cards = desk.harness.query_all_by_label_contains("Add: ");
    let first = crate::desk::label(&cards.into_iter().next().unwrap());
    desk.choose(Role::Button, &first);
    let id = desk.app().view.open_chart().unwrap().to_owned();
    assert_eq!(chart(&desk, &id).filter[0].field, "id");
    assert_eq!(chart(&desk, &id).filter[0].is.len(), count);
}

#[test]
fn a_chart_is_duplicated_moved_renamed_and_removed() {
    let mut desk = kept("Figures as they are stated");
    let before = text(&desk);
    desk.choose(Role::Button, "Duplicate chart");
    assert_eq!(ids(&desk)[..2], ["figures", "figures-2"]);
    assert_eq!(desk.app().view.open_chart(), Some("figures-2"));
    desk.choose(Role::Button, "Move chart up");
    assert_eq!(ids(&desk)[..2], ["figures-2", "figures"]);
    desk.choose(Role::Button, "Rename chart");
    fill(&mut desk, "Id", "numbers");
    desk.choose(Role::Button, "Rename");
    assert_eq!(ids(&desk)[..2], ["numbers", "figures"]);
    assert_eq!(desk.app().view.open_chart(), Some("numbers"));
    desk.choose(Role::Button, "Remove chart");
    desk.choose(Role::Button, "Remove");
    assert_eq!(text(&desk), before);
    for _ in 0..4 {
        undo(&mut desk);
    }
    assert_eq!(text(&desk), before);
}

#[test]
fn the_keyboard_opens_and_closes_the_fields_and_undoes() {
    let mut desk = Desk::with(&without_charts());
    desk.go("Charts");
    desk.choose(Role::Button, "Enlarge Commitments by theme");
    assert!(!desk.app().view.charts.is_building);
    desk.press(Modifiers::ALT, Key::Enter);
    assert!(desk.app().view.charts.is_building);
    desk.choose(Role::Button, "Done");
    assert!(!desk.app().view.charts.is_building);
    let before = text(&desk);
    desk.press(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::N);
    assert_eq!(ids(&desk).len(), 8);
    undo(&mut desk);
    undo(&mut desk);
    assert_eq!(text(&desk), before);
}

#[test]
fn a_register_with_other_charts_has_an_overview_and_a_timeline() {
    let own = |id: &str, mark: &str, rest: &str| {
        format!("(id: \"{id}\", title: \"Chart {id}\", records: [Commitments], mark: {mark}{rest})")
    };
    let bars = ", x: (aggregate: Count), y: (field: \"themes\")";
    let charts = [
        own("broken", "Matrix", ""),
        own("one", "Bar", bars),
        own("two", "Bar", bars),
        own("three", "Bar", bars),
    ];
    let list = format!("\n    charts: [{}],\n    concerns: [", charts.join(", "));
    let text = without_charts().replacen("\n    concerns: [", &list, 1);
    let mut desk = Desk::with(&text);
    assert_eq!(desk.app().overview_charts(), ["one", "two"]);
    assert!(desk.says("Enlarge Chart one"));
    assert!(!desk.says("Enlarge Chart three"));
    desk.go("Timeline");
    assert!(desk.says("Enlarge Instruments, bodies and events"));
}

#[test]
fn commitments_over_time_are_made_without_code() {
    let mut desk = kept("Commitments by theme");
    let id = "commitments-by-theme";
    choose_in(&mut desk, "Across", "Date of its document");
    assert!(text(&desk).contains("x: (field: \"document.date\"),"));
    // A line has no groups to be put in order.
    choose_in(&mut desk, "Order", "The register's order");
    desk.choose(Role::RadioButton, "Line");
    choose_in(&mut desk, "Up", "Number of records");
    let picture = desk.app().derived.picture(id).unwrap();
    let PictureBody::Plot(plot) = &picture.body else {
        panic!("{}", picture.to_text());
    };
    let counted: usize = plot.series[0]
        .points
        .iter()
        .map(|point| point.mark.records.len())
        .sum();
    assert_eq!(
        counted,
        drawn(&desk, id),
        "each in the year of its document"
    );
    choose_in(&mut desk, "Small charts", "Kind of its document");
    assert!(text(&desk).contains("facet: (field: \"document.kind\"),"));
    choose_in(&mut desk, "Add filter", "Date of its document");
    fill(&mut desk, "From of date of its document", "2024");
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(text(&desk).contains("filter: [(field: \"document.date\", from: \"2024\")],"));
    let later = drawn(&desk, id);
    assert!(later > 0 && later < counted, "{later} of {counted}");
    assert_eq!(desk.app().file.latest.diagnostics.len(), 0);
}
