//! Fields of a record edited in their place in the details.

use crate::desk::Desk;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin::register::{Commitment, Kept as _};

/// The first commitment, its details open.
fn first_open(desk: &mut Desk) -> Commitment {
    desk.go("Commitments");
    let first = Commitment::list(desk.app().register())[0].clone();
    let row = desk
        .harness
        .get_all_by_role_and_label(Role::Row, &first.title)
        .next()
        .unwrap();
    row.click();
    desk.run();
    first
}

fn text(desk: &Desk) -> String {
    desk.app().file.draft.text().to_string()
}

fn undo(desk: &mut Desk) {
    desk.press(Modifiers::COMMAND, Key::Z);
}

/// Types into the field that has the keyboard, in place of what is selected there.
fn type_over(desk: &mut Desk, name: &str, text: &str) {
    let field = desk.harness.get_by_label(name);
    assert!(field.is_focused(), "{name} has not the keyboard");
    field.type_text(text);
    desk.run();
}

#[test]
fn a_title_is_edited_in_its_place() {
    let mut desk = Desk::bundled();
    let before = text(&desk);
    let first = first_open(&mut desk);
    desk.choose(Role::Button, "Edit title");
    type_over(&mut desk, "Title", "Another name");
    assert_eq!(text(&desk), before, "nothing is written while typing");
    desk.press(Modifiers::NONE, Key::Enter);
    let want = before.replacen(
        &format!("title: \"{}\"", first.title),
        "title: \"Another name\"",
        1,
    );
    assert_eq!(text(&desk), want);
    assert!(desk.rows().contains(&"Another name".to_owned()));
    assert!(desk.harness.query_by_label("Title").is_none());
    undo(&mut desk);
    assert_eq!(text(&desk), before);
    assert!(desk.rows().contains(&first.title));
}
