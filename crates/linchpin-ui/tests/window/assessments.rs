//! How far commitments have been met: the page with its lists, and the history of one commitment.

use crate::desk::{Desk, label};
use crate::editing::{fill, open, undo};
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use linchpin_app::page::Page;
use linchpin_register::Date;

const STATUSES: &[&str] = &[
    "NoEvidence",
    "InProgress",
    "Stalled",
    "PartlyFulfilled",
    "Fulfilled",
    "Reversed",
    "NotVerifiable",
];

fn entry(date: &str, status: &str) -> String {
    format!(
        "(date: \"{date}\", assessor: \"J. Kim\", status: {status}, citations: [(document: \"vision\", paragraph: 2, phrase: \"was held\")], note: \"Noted on {date}\")"
    )
}

/// A commitment that nobody has looked at, one for each status found on 1 March 2024, and one with
/// four entries.
fn register() -> String {
    let commitment = |id: &str, title: &str, status: String| {
        format!(
            "(id: \"{id}\", title: \"{title}\", statement: \"They will.\", committers: [\"us\"], verb: \"will\", strength: \"firm\", mode: FutureAction,
            status: [{status}], citations: [(document: \"vision\", paragraph: 1, phrase: \"they will\")]),"
        )
    };
    let mut all = commitment("never", "Never seen", String::new());
    for status in STATUSES {
        let title = format!("Found {status}");
        all += &commitment(&status.to_lowercase(), &title, entry("2024-03-01", status));
    }
    let many =
        ["2020", "2021-02", "2022-03-04", "2022-06-30"].map(|date| entry(date, "NoEvidence"));
    let last = many.join(", ").replacen("NoEvidence", "InProgress", 1);
    all += &commitment("long-ago", "“한미” long ago…", last);
    format!(
        "(format: 1, title: \"Alliance\", compiled: \"2024-02-15\", parties: [(id: \"us\", name: \"United States\", kind: State)],
        ladder: [(id: \"firm\", rank: 4, label: \"resolve\")],
        documents: [(id: \"vision\", title: \"Vision\", short: \"Vision\", kind: JointStatement, legal_character: PoliticalInferred,
            date: (date: \"2019\", basis: Stated), url: \"https://example.org\")],
        commitments: [{all}])"
    )
}

fn desk() -> Desk {
    let mut desk = Desk::with(&register());
    desk.harness.state_mut().platform.today = || Date::parse("2024-06-30").unwrap();
    desk.go("Assessments");
    desk
}

#[test]
fn every_status_is_counted_by_name() {
    let mut desk = desk();
    assert!(desk.says("9 commitments · counted:"));
    for name in [
        "Not assessed: 1 of 9",
        "No evidence found: 2 of 9",
        "Stalled: 1 of 9",
        "Not verifiable as worded: 1 of 9",
    ] {
        assert!(desk.says(name), "{name}");
    }
    desk.choose(Role::Button, "No evidence found: 2 of 9");
    assert_eq!(desk.app().view.page, Page::Commitments);
    assert_eq!(desk.rows(), ["Found NoEvidence", "“한미” long ago…"]);
}

#[test]
fn the_lists_say_what_changed_what_waits_and_what_nobody_saw() {
    let mut desk = desk();
    assert!(desk.says("Changed since (7)"));
    assert!(desk.says("Not looked at for a year (1)"));
    assert_eq!(desk.rows().len(), 7);
    desk.choose(Role::Button, "30 days");
    assert!(desk.says("Nothing was assessed since then"));
    desk.choose(Role::Button, "Since compiled");
    assert!(desk.says("15 February 2024"));
    assert_eq!(desk.rows().len(), 7);
    fill(&mut desk, "Changed since", "2022-06");
    assert_eq!(desk.rows().len(), 8);
    assert!(desk.says("June 2022"));
    fill(&mut desk, "Changed since", "soon");
    assert!(desk.says("Write the date as 2024-05-03"));
    desk.choose(Role::Button, "Not looked at for a year (1)");
    assert_eq!(desk.rows(), ["“한미” long ago…"]);
    desk.choose(Role::Button, "Never assessed (1)");
    assert_eq!(desk.rows(), ["Never seen"]);
}

#[test]
fn a_row_opens_the_record_and_the_keyboard_reaches_it() {
    let mut desk = desk();
    desk.choose(Role::Button, "Never assessed (1)");
    let row = desk.harness.get_by_role_and_label(Role::Row, "Never seen");
    row.focus();
    desk.run();
    desk.press(egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(desk.app().view.selected.as_deref(), Some("never"));
    assert_eq!(desk.app().view.page, Page::Assessments);
    assert!(desk.says("Add an assessment…"));
    desk.choose(Role::Link, "Add an assessment…");
    fill(&mut desk, "Assessor of new assessment", "이");
    desk.choose(
        Role::RadioButton,
        "no evidence found: Somebody looked and found none.",
    );
    desk.choose(Role::Button, "Add this assessment");
    assert!(desk.says("Never assessed (0)"));
    assert!(desk.says("No evidence found: 3 of 9"));
    assert!(desk.says("Every commitment was assessed"));
    undo(&mut desk);
    assert!(desk.says("Never assessed (1)"));
}

#[test]
fn a_history_shows_the_newest_first_and_only_grows() {
    let mut desk = desk();
    open(&mut desk, "Commitments", "“한미” long ago…");
    let tops: Vec<f32> = ["30 June 2022", "4 March 2022", "February 2021"]
        .iter()
        .map(|date| {
            let name = format!("· {date} · J. Kim");
            desk.harness.get_by_label(&name).rect().top()
        })
        .collect();
    assert!(tops.is_sorted(), "{tops:?}");
    assert!(!desk.says("Noted on 2020"));
    desk.choose(Role::Link, "Show 1 earlier");
    assert!(desk.says("Noted on 2020"));
    let copies = desk.harness.query_all_by_role(Role::Button);
    let copies: Vec<String> = copies
        .map(|node| label(&node))
        .filter(|n| n.starts_with("Copy evidence"))
        .collect();
    assert_eq!(copies.len(), 4);
    assert_eq!(copies[0], "Copy evidence 1 of 30 June 2022");
    desk.choose(Role::Button, "Copy evidence 1 of 30 June 2022");
    assert!(desk.says("Copied: citation"));
    // The form adds; what is there can only be fixed where it is the last.
    let corrects = desk
        .harness
        .query_all_by_role_and_label(Role::Link, "Correct…");
    assert_eq!(corrects.count(), 1);
}
