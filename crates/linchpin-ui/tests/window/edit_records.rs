//! Whole records: added, copied, removed, renamed, moved.

use crate::desk::Desk;
use crate::editing::{field, fill, first_open, open, text, type_over, undo, with_step};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_register::{Commitment, RegisterRecord as _};

fn selected(desk: &Desk) -> String {
    desk.app().view.selected.clone().unwrap_or_default()
}

fn ids(desk: &Desk) -> Vec<String> {
    let all = Commitment::list(desk.app().register()).iter();
    all.map(|c| c.id.as_str().to_owned()).collect()
}

#[test]
fn a_record_is_added_behind_the_selected_one_and_selected() {
    let mut desk = Desk::bundled();
    let first = first_open(&mut desk);
    with_step(&mut desk, |desk| {
        desk.press(Modifiers::COMMAND, Key::N);
        type_over(desk, "Title", "Hold a new exercise");
        let id = field(desk, "Id").unwrap();
        assert_eq!(id.value().as_deref(), Some("hold-a-new-exercise"));
        desk.choose(Role::Button, "Add");
        assert_eq!(ids(desk)[..2], [first.id.as_str(), "hold-a-new-exercise"]);
        assert_eq!(selected(desk), "hold-a-new-exercise");
        assert!(desk.rows().contains(&"Hold a new exercise".to_owned()));
    });
}

#[test]
fn a_new_record_with_a_taken_id_is_refused_in_words() {
    let mut desk = Desk::bundled();
    let first = first_open(&mut desk);
    let before = text(&desk);
    desk.choose(Role::Button, "Add commitment…");
    fill(&mut desk, "Id", first.id.as_str());
    assert!(desk.says("Another record has the id"));
    desk.choose(Role::Button, "Add");
    assert_eq!(text(&desk), before);
    desk.choose(Role::Button, "Cancel");
    assert!(field(&desk, "Id").is_none());
    assert_eq!(text(&desk), before);
}

#[test]
fn escape_takes_back_what_is_typed_before_it_closes_the_dialog() {
    let mut desk = Desk::bundled();
    first_open(&mut desk);
    desk.press(Modifiers::COMMAND, Key::N);
    fill(&mut desk, "Title", "Something");
    desk.press(Modifiers::NONE, Key::Escape);
    let title = field(&desk, "Title").unwrap();
    assert_eq!(title.value().as_deref(), Some("New commitment"));
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(field(&desk, "Title").is_none());
}

#[test]
fn a_copy_stands_behind_the_record_with_an_id_of_its_own() {
    let mut desk = Desk::bundled();
    let first = first_open(&mut desk);
    with_step(&mut desk, |desk| {
        desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
        type_over(desk, "Id", "a-copy");
        desk.press(Modifiers::NONE, Key::Enter);
        assert_eq!(ids(desk)[..2], [first.id.as_str(), "a-copy"]);
        assert_eq!(selected(desk), "a-copy");
    });
}

#[test]
fn a_record_is_removed_with_the_links_to_it() {
    let mut desk = Desk::bundled();
    let register = desk.app().register().clone();
    let theme = register.themes.iter().find(|theme| {
        let at = register.find(theme.id.as_str()).unwrap();
        !register.linked_from(at).is_empty()
    });
    let theme = theme.unwrap().clone();
    let linked = register
        .linked_from(register.find(theme.id.as_str()).unwrap())
        .to_vec();
    desk.go("Ladder and terms");
    desk.choose(Role::Button, "Themes");
    let row = desk
        .harness
        .get_all_by_role_and_label(Role::Row, &theme.name)
        .next()
        .unwrap();
    row.click();
    desk.run();
    with_step(&mut desk, |desk| {
        desk.press(Modifiers::NONE, Key::Delete);
        assert!(desk.says(register.record(linked[0]).unwrap().title()));
        desk.choose(Role::Button, "Remove and unlink");
        assert!(desk.app().register().find(theme.id.as_str()).is_none());
        assert_ne!(selected(desk), theme.id.as_str());
        assert!(desk.app().selected().is_some());
    });
    let row = desk
        .harness
        .get_all_by_role_and_label(Role::Row, &theme.name)
        .next()
        .unwrap();
    row.click();
    desk.run();
    let before = text(&desk);
    desk.press(Modifiers::NONE, Key::Delete);
    desk.choose(Role::Button, "Remove only");
    assert!(desk.app().file.latest.diagnostics.len() >= linked.len());
    undo(&mut desk);
    assert_eq!(text(&desk), before);
}

#[test]
fn what_cannot_be_unlinked_says_why() {
    let mut desk = Desk::bundled();
    let document = desk.app().register().documents[0].clone();
    open(&mut desk, "Documents", &document.title);
    let before = text(&desk);
    desk.press(Modifiers::NONE, Key::Delete);
    assert!(desk.says("The links cannot all be taken out"));
    assert!(desk.says("needs this document"));
    desk.choose(Role::Button, "Remove and unlink");
    assert_eq!(text(&desk), before);
    desk.choose(Role::Button, "Cancel");
    assert_eq!(text(&desk), before);
}

#[test]
fn a_new_id_is_followed_by_links_and_by_the_selection() {
    let mut desk = Desk::bundled();
    let register = desk.app().register().clone();
    let (at, body) = register
        .bodies
        .iter()
        .find_map(|body| {
            let at = register.find(body.id.as_str())?;
            (register.linked_from(at).len() > 1).then_some((at, body.clone()))
        })
        .unwrap();
    let count = register.linked_from(at).len();
    open(&mut desk, "Bodies", &body.name);
    let before = text(&desk);
    desk.press(Modifiers::SHIFT, Key::F2);
    assert!(desk.says(&format!("{count} records link to it, and follow.")));
    type_over(&mut desk, "Id", "No Id");
    assert!(desk.says("no-id"));
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(text(&desk), before);
    fill(&mut desk, "Id", "another-body");
    desk.press(Modifiers::NONE, Key::Enter);
    let now = desk.app().register().clone();
    assert_eq!(
        now.linked_from(now.find("another-body").unwrap()).len(),
        count
    );
    assert_eq!(selected(&desk), "another-body");
    undo(&mut desk);
    assert_eq!(text(&desk), before);
    assert_eq!(selected(&desk), body.id.as_str());
}

#[test]
fn a_record_moves_in_its_list() {
    let mut desk = Desk::bundled();
    let first = first_open(&mut desk);
    let order = ids(&desk);
    let moved = Modifiers::ALT | Modifiers::SHIFT;
    for (key, at) in [(Key::ArrowDown, 1), (Key::End, order.len() - 1)] {
        with_step(&mut desk, |desk| {
            desk.press(moved, key);
            assert_eq!(ids(desk)[at], first.id.as_str());
            assert_eq!(selected(desk), first.id.as_str());
        });
        assert_eq!(ids(&desk), order);
    }
}
