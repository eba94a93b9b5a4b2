//! Two documents side by side, and something through a series, in the window.

use crate::desk::{Desk, Folder};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use linchpin_compare::{MatchOutcome, MatchStatus};
use linchpin_register::Commitment;
use linchpin_register::vocabulary::WordingChange;

const TALKS: &str = include_str!("talks.ron");
const FIRST: &str = "The council will keep the light ship manned.\nIt will paint the pier, and run a ferry on Sundays.\nThe bell rings at noon.\nThe gate is green.\n";
const SECOND: &str = "The council intends to keep the light ship manned.\nThe bell rings at noon.\nThe gate is green.\n";

fn entries(desk: &Desk, id: &str) -> Vec<WordingChange> {
    let commitment = desk.app().register().get::<Commitment>(id).unwrap();
    commitment
        .continuity
        .iter()
        .map(|entry| entry.change)
        .collect()
}

fn counted(desk: &Desk, change: WordingChange) -> (usize, usize) {
    let found = desk.app().document_comparison().unwrap();
    let count = |standing| found.matching.count(MatchOutcome::Change(change), standing);
    (count(MatchStatus::Confirmed), count(MatchStatus::Proposed))
}

#[test]
fn a_register_without_documents_says_what_to_do() {
    let mut desk = Desk::with("(format: 1, title: \"Nothing\")");
    desk.go("Compare");
    assert!(desk.says("There are no two documents to compare"));
    desk.click(Role::Button, "Through time");
    assert!(desk.says("Choose what to follow"));
}

#[test]
fn proposals_are_confirmed_taken_back_and_corrected() {
    let mut desk = Desk::with(TALKS);
    desk.go("Compare");
    assert!(desk.says("1 weakened · proposed") && desk.says("1 dropped · proposed"));
    assert!(desk.says("Not in the later document") && desk.says("Not coded there"));
    desk.choose(Role::Button, "Confirm: Keep the light ship manned");
    assert_eq!(entries(&desk, "lights-2"), [WordingChange::Weakened]);
    assert_eq!(counted(&desk, WordingChange::Weakened), (1, 0));
    assert!(desk.says("1 weakened · confirmed"));
    desk.choose(Role::Button, "Take back: Keep the light ship manned");
    assert_eq!(entries(&desk, "lights-2"), []);
    assert_eq!(counted(&desk, WordingChange::Weakened), (0, 1));
    desk.choose(Role::Button, "No partner: Keep the light ship manned");
    assert_eq!(entries(&desk, "lights-2"), [WordingChange::New]);
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(entries(&desk, "lights-2"), []);
    // By keys: down to the second match, which was dropped, and confirmed.
    desk.press(Modifiers::NONE, Key::J);
    desk.press(Modifiers::NONE, Key::J);
    desk.press(Modifiers::NONE, Key::C);
    assert_eq!(entries(&desk, "pier-1"), [WordingChange::Dropped]);
    desk.press(Modifiers::NONE, Key::U);
    assert_eq!(entries(&desk, "pier-1"), []);
}

#[test]
fn what_cannot_be_known_is_not_confirmed() {
    let mut desk = Desk::with(TALKS);
    desk.go("Compare");
    desk.click(Role::Button, "Swap");
    desk.choose(Role::Button, "Confirm: Keep the light ship manned");
    assert!(desk.says("Second is later than First"));
    assert_eq!(entries(&desk, "lights-1"), []);
}

#[test]
fn sentences_stand_side_by_side_where_both_texts_are_attached() {
    let folder = Folder::new("compare");
    let text = TALKS
        .replace("number: 1,", "number: 1, text: \"1.txt\",")
        .replace("number: 2,", "number: 2, text: \"2.txt\",");
    let path = folder.file("talks.ron", &text);
    folder.file("1.txt", FIRST);
    folder.file("2.txt", SECOND);
    let mut desk = Desk::open(path);
    desk.wait("the texts", |app| !app.reading.texts.library.is_empty());
    desk.go("Compare");
    desk.wait("the sentences", |app| {
        app.document_comparison()
            .is_some_and(|p| p.sentences.is_some())
    });
    assert!(desk.says("1 sentence changed") && desk.says("1 sentence gone"));
    assert!(!desk.says("Read: The bell rings at noon."));
    desk.choose(Role::Link, "⋯ 2 sentences are the same");
    assert!(desk.says("Read: The bell rings at noon."));
    desk.choose(
        Role::Link,
        "Read: It will paint the pier, and run a ferry on Sundays.",
    );
    assert_eq!(desk.app().view.reading.document.as_deref(), Some("talks-1"));
}

#[test]
fn without_texts_the_page_says_how_to_attach_them() {
    let mut desk = Desk::with(TALKS);
    desk.go("Compare");
    assert!(desk.says("Both documents need their texts") && desk.says("Attach a text to First…"));
}

#[test]
fn a_theme_is_followed_through_the_series() {
    let mut desk = Desk::with(TALKS);
    desk.go("Compare");
    desk.click(Role::Button, "Through time");
    assert!(desk.says("Choose what to follow"));
    desk.click(Role::Button, "A theme");
    desk.click(Role::ComboBox, "The theme");
    desk.choose(Role::Button, "Harbor");
    assert!(desk.says("First seen: First (1 May 2001)."));
    assert!(desk.says("A step down in Second: 3 · intention."));
    desk.choose(Role::Button, "Export…");
    assert!(desk.says("Harbor"));
}
