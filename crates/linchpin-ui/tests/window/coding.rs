//! A document is coded by keys: what is proposed is accepted, dismissed, split, taken back.

use crate::desk::Desk;
use crate::editing::{field, fill, text, type_over};
use crate::texts::{TALKS, opened, settle};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_reading::SentenceState;
use linchpin_register::vocabulary::DismissalReason;
use linchpin_register::{Commitment, Dismissal};

fn coding(name: &str) -> (crate::desk::Folder, Desk) {
    let (folder, mut desk) = opened(name, "One.");
    desk.go("Reader");
    desk.choose(Role::Button, "Read Talks, 2024");
    settle(&mut desk);
    press(&mut desk, Key::C);
    assert!(desk.says("places looked at"));
    (folder, desk)
}

fn press(desk: &mut Desk, key: Key) {
    desk.press(Modifiers::NONE, key);
    settle(desk);
}

/// What stands where the keyboard is.
fn here(desk: &Desk) -> String {
    TALKS[desk.app().stop().unwrap().range.clone()].to_owned()
}

/// Goes on until the keyboard is at these words.
fn go_to(desk: &mut Desk, words: &str) {
    for _ in 0..30 {
        if here(desk) == words {
            return;
        }
        press(desk, Key::J);
    }
    panic!("{words} is no place to look at");
}

#[test]
fn accepting_fills_in_a_record_and_leaves_the_words_to_the_user() {
    let (_folder, mut desk) = coding("coding-accept");
    go_to(&mut desk, "intend to");
    assert!(desk.says("3 · intention"));
    let before = text(&desk);
    press(&mut desk, Key::A);
    let title = field(&desk, "Title").unwrap();
    assert_eq!(title.value().as_deref(), Some(""));
    // Without words of one's own it is not added.
    desk.choose(Role::Button, "Add");
    assert_eq!(text(&desk), before);
    type_over(&mut desk, "Title", "Widen the circle");
    fill(&mut desk, "Statement", "More are to take part.");
    desk.choose(Role::Button, "Add");
    settle(&mut desk);
    let register = desk.app().register().clone();
    let added = register.get::<Commitment>("widen-the-circle").unwrap();
    assert_eq!(added.verb, "intend to");
    assert_eq!(added.strength.as_ref().unwrap().as_str(), "intend");
    let committers: Vec<&str> = added.committers.iter().map(|c| c.as_str()).collect();
    assert_eq!(committers, ["us", "partner"]);
    let citation = &added.citations[0];
    assert_eq!(
        (citation.document.as_str(), citation.paragraph),
        ("talks", Some(2))
    );
    assert!(TALKS.contains(citation.phrase.as_deref().unwrap()));
    // It stands behind the one that was coded before it, and the keyboard is at the next open
    // place.
    assert_eq!(register.commitments[1].id.as_str(), "widen-the-circle");
    assert_ne!(here(&desk), "intend to");
    assert_eq!(desk.app().stop().unwrap().state, SentenceState::Open);
    // What the new record quotes is coded now, too.
    for _ in 0..4 {
        if here(&desk) != "intend to" {
            press(&mut desk, Key::K);
        }
    }
    assert_eq!(here(&desk), "intend to");
    assert!(desk.says("Done: coded"));
    press(&mut desk, Key::Enter);
    assert!(desk.says("More are to take part."));
    assert_eq!(
        desk.app().view.selected.as_deref(),
        Some("widen-the-circle")
    );
    press(&mut desk, Key::U);
    assert_eq!(text(&desk), before);
    assert_eq!(here(&desk), "intend to");
}

#[test]
fn dismissing_takes_a_reason_by_one_key() {
    let (_folder, mut desk) = coding("coding-dismiss");
    let before = text(&desk);
    let open = "A storm of protests is feared.";
    go_to(&mut desk, open);
    press(&mut desk, Key::D);
    assert!(desk.says("Why does this sentence yield no record?"));
    // Escape keeps it.
    press(&mut desk, Key::Escape);
    assert!(!desk.says("Why does this sentence"));
    assert_eq!(text(&desk), before);
    press(&mut desk, Key::D);
    let place = DismissalReason::ALL
        .iter()
        .position(|r| *r == DismissalReason::Description);
    assert_eq!(place, Some(5));
    press(&mut desk, Key::Num6);
    let register = desk.app().register().clone();
    let added = register.dismissals.last().unwrap();
    assert_eq!(added.reason, DismissalReason::Description);
    let citation = &added.citations[0];
    assert_eq!(citation.phrase.as_deref(), Some(open.trim_end_matches('.')));
    assert_eq!(
        (citation.document.as_str(), citation.paragraph),
        ("talks", Some(2))
    );
    assert!(desk.says("6 of 10 sentences coded or dismissed"));
    assert_ne!(here(&desk), open);
    desk.press(Modifiers::COMMAND, Key::Z);
    settle(&mut desk);
    assert_eq!(text(&desk), before);
    assert!(desk.says("5 of 10 sentences"));
}

#[test]
fn another_reason_has_to_be_written_down() {
    let (_folder, mut desk) = coding("coding-other");
    let before = text(&desk);
    go_to(&mut desk, "A storm of protests is feared.");
    press(&mut desk, Key::D);
    press(&mut desk, Key::Num0);
    assert!(desk.says("Write the reason into the note first"));
    assert_eq!(text(&desk), before);
    let note = desk
        .harness
        .get_by_role_and_label(Role::TextInput, "Note on the dismissal");
    note.click();
    desk.run();
    let note = desk
        .harness
        .get_by_role_and_label(Role::TextInput, "Note on the dismissal");
    note.type_text("only 2 cases");
    desk.run();
    // Figures in the note are figures.
    desk.press(Modifiers::NONE, Key::Num2);
    assert_eq!(text(&desk), before);
    desk.choose(Role::Button, "Another reason");
    settle(&mut desk);
    let register = desk.app().register().clone();
    let added = register.dismissals.last().unwrap();
    assert_eq!(added.note.as_deref(), Some("only 2 cases"));
    assert_eq!(
        register.get::<Dismissal>(added.id.as_str()).unwrap().reason,
        DismissalReason::Other
    );
}

#[test]
fn a_candidate_is_split_into_two_records_one_after_the_other() {
    let (_folder, mut desk) = coding("coding-split");
    // The last "will" of the text promises a harbor and a school.
    for _ in 0..30 {
        press(&mut desk, Key::ArrowDown);
    }
    assert_eq!(here(&desk), "will");
    press(&mut desk, Key::S);
    type_over(&mut desk, "Title", "Build a harbor");
    fill(&mut desk, "Statement", "A harbor is built.");
    desk.choose(Role::Button, "Add");
    settle(&mut desk);
    let title = field(&desk, "Title").unwrap();
    assert_eq!(title.value().as_deref(), Some(""));
    type_over(&mut desk, "Title", "Open a school");
    fill(&mut desk, "Statement", "A school opens.");
    desk.choose(Role::Button, "Add");
    settle(&mut desk);
    let register = desk.app().register().clone();
    let phrase = |id: &str| {
        let commitment = register.get::<Commitment>(id).unwrap();
        assert_eq!(commitment.verb, "will");
        commitment.citations[0].phrase.clone().unwrap()
    };
    let first = phrase("build-a-harbor");
    assert!(first.ends_with("will build a new harbor"), "{first}");
    assert_eq!(phrase("open-a-school"), "open a school.");
    assert!(field(&desk, "Title").is_none());
    // One step each.
    press(&mut desk, Key::U);
    assert!(
        desk.app()
            .register()
            .get::<Commitment>("open-a-school")
            .is_none()
    );
    assert!(
        desk.app()
            .register()
            .get::<Commitment>("build-a-harbor")
            .is_some()
    );
}

#[test]
fn a_split_that_is_given_up_asks_for_no_second_record() {
    let (_folder, mut desk) = coding("coding-give-up");
    go_to(&mut desk, "intend to");
    press(&mut desk, Key::S);
    desk.choose(Role::Button, "Cancel");
    settle(&mut desk);
    assert!(field(&desk, "Title").is_none());
    // Letters mean nothing where nothing is coded.
    press(&mut desk, Key::C);
    assert!(!desk.says("places looked at"));
    let before = text(&desk);
    press(&mut desk, Key::A);
    press(&mut desk, Key::D);
    assert!(field(&desk, "Title").is_none());
    assert_eq!(text(&desk), before);
}
