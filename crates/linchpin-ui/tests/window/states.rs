//! Empty, broken and odd registers: the window always says what is the matter, and what to do next.

use crate::desk::Desk;
use crate::right_to_left::painted;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

#[test]
fn every_page_of_the_bundled_register_has_what_its_glyphs_need() {
    // The harness fails on a character without a glyph and on a control without a name.
    let mut desk = Desk::bundled();
    for page in [
        "Commitments",
        "Bodies",
        "Figures",
        "Timeline",
        "Documents",
        "Charts",
        "Instruments",
        "Concerns",
        "Parties",
        "Ladder and terms",
        "Overview",
    ] {
        desk.go(page);
    }
    assert!(
        desk.harness
            .query_by_role_and_label(Role::Tab, "Problems")
            .is_none()
    );
}

#[test]
fn an_empty_register_says_what_to_do() {
    let mut desk = Desk::with("(format: 1, title: \"Nothing\")");
    assert!(desk.says("Nothing to show yet"));
    desk.go("Commitments");
    assert!(desk.says("No commitments yet"));
    desk.go("Charts");
    desk.go("Timeline");
}

#[test]
fn a_broken_text_has_a_banner_that_leads_to_its_problems() {
    let mut desk = Desk::with(
        "(format: 1, title: \"Broken\", parties: [(id: \"us\" name: \"United States\", kind: State)])",
    );
    assert!(desk.says("The file is broken"));
    desk.click(Role::Link, "Show problems");
    assert!(desk.says("A comma is missing"));
    assert!(desk.says("line 1, column"));
}

#[test]
fn odd_words_do_not_break_the_layout() {
    let long = "a very long title ".repeat(600);
    let text = format!(
        "#![enable(implicit_some)]\n(format: 1, title: \"{long}\", parties: [\n\
         (id: \"a\", name: \"{long}\", kind: State),\n\
         (id: \"b\", name: \"대한민국과 미합중국 간의 상호방위조약\", native_name: \"대한민국\", kind: State),\n\
         (id: \"c\", name: \"مرحبا بالعالم שלום\", kind: Person),\n\
         (id: \"d\", name: \"line\\nbreak\\ttab\", kind: Office)])"
    );
    let mut desk = Desk::foreign(&text);
    desk.go("Parties");
    assert_eq!(desk.rows().len(), 4);
    for name in ["Parties", "Overview", "Charts", "Timeline"] {
        desk.go(name);
    }
    desk.go("Parties");
    desk.search("상호");
    assert_eq!(desk.rows().len(), 1);
}

#[test]
fn links_that_lead_nowhere_are_shown_as_such() {
    let mut desk = Desk::with(
        "#![enable(implicit_some)]\n(format: 1, title: \"Links\", parties: [(id: \"a\", name: \"Alpha\", kind: Office, parent: \"nowhere\")])",
    );
    desk.go("Parties");
    desk.harness
        .get_all_by_role_and_label(Role::Row, "Alpha")
        .next()
        .unwrap()
        .click();
    desk.run();
    assert!(desk.says("⚠ nowhere"));
}

#[test]
fn a_long_number_stands_whole_on_the_overview() {
    let mut desk = Desk::with(
        "(format: 1, title: \"Stocks\", parties: [(id: \"a\", name: \"A\", kind: State)], documents: \
        [(id: \"d\", title: \"D\", short: \"D\", kind: Report, legal_character: NoCharacter, date: \
        (date: \"2024\", basis: Stated))], figures: [(id: \"f\", title: \"Shells\", statement: \"S.\", \
        kind: Count, amount: Between(200000000, 340000000), unit: \"shells\", subjects: [\"a\"], \
        certainty: Derived, chartable: Yes, citations: [(document: \"d\", external: true)])])",
    );
    desk.go("Overview");
    let texts = painted(&desk);
    let is_number = |text: &&String| text.starts_with("200,000");
    let numbers: Vec<&String> = texts.iter().filter(is_number).collect();
    // On its card and in the chart.
    assert!(numbers.len() > 1, "{texts:?}");
    assert!(
        numbers
            .iter()
            .all(|text| *text == "200,000,000–340,000,000"),
        "{numbers:?}"
    );
}
