//! Another program writes the file while there are edits that are not saved.

use crate::desk::{Desk, Folder};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::{Edit, EditTarget};
use linchpin_register::schema::PathStep;
use ron_lossless::RonValue;

const TWO: &str = "(\n    format: 1,\n    title: \"Both\",\n    parties: [\n        // ours\n        (id: \"a\", name: \"Alpha\", kind: Office),\n        (id: \"b\", name: \"Beta\", kind: Office), // theirs\n    ],\n)\n";

fn opened(folder: &Folder) -> (Desk, std::path::PathBuf) {
    let path = folder.file("register.ron", TWO);
    let mut desk = Desk::open(path.clone());
    desk.wait("first reading", |app| app.register().title == "Both");
    let name = Edit::set(
        EditTarget::Record("a".into()),
        vec![PathStep::Field("name")],
        Some(RonValue::text("Mine")),
    );
    desk.harness
        .state_mut()
        .queue_transaction(TransactionRequest::Edit(name));
    desk.run();
    (desk, path)
}

fn saved(desk: &mut Desk, path: &std::path::Path) -> String {
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait("saved", |app| !app.is_dirty());
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn edits_of_other_records_are_made_again_on_the_new_text() {
    let folder = Folder::new("both");
    let (mut desk, path) = opened(&folder);
    let theirs = TWO
        .replace("Beta", "Theirs")
        .replace("// ours", "// ours, still");
    std::fs::write(&path, &theirs).unwrap();
    desk.wait("put together", |app| {
        app.register().parties[1].name == "Theirs"
    });
    assert_eq!(desk.app().register().parties[0].name, "Mine");
    assert!(desk.app().is_dirty() && desk.app().file.sync.conflict.is_none());
    assert_eq!(saved(&mut desk, &path), theirs.replace("Alpha", "Mine"));
    desk.press(Modifiers::COMMAND, Key::Z);
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(&**desk.app().file.draft.text(), TWO);
}

#[test]
fn one_field_changed_on_both_sides_is_asked_about() {
    for (choice, button, name) in [
        ("Mine: Mine", "Merge both", "Mine"),
        ("The file's: Theirs", "Merge both", "Theirs"),
        ("", "The file's for the rest", "Theirs"),
    ] {
        let folder = Folder::new(&format!("ask-{}", choice.len()));
        let (mut desk, path) = opened(&folder);
        let theirs = TWO.replace("Alpha", "Theirs").replace("Beta", "Changed");
        std::fs::write(&path, &theirs).unwrap();
        desk.wait("asked", |app| app.file.sync.conflict.is_some());
        desk.run();
        assert!(desk.says("The file has changed on the disk"));
        assert!(desk.says("Before: Alpha"));
        assert!(desk.says("Party “Changed”: name changed"));
        if !choice.is_empty() {
            desk.click(Role::RadioButton, choice);
        }
        // Until it is decided, nothing is written.
        assert_eq!(std::fs::read_to_string(&path).unwrap(), theirs);
        desk.click(Role::Button, button);
        assert!(desk.app().file.sync.conflict.is_none());
        assert_eq!(desk.app().register().parties[0].name, name);
        assert_eq!(desk.app().register().parties[1].name, "Changed");
        assert_eq!(desk.app().is_dirty(), name == "Mine");
        if name == "Mine" {
            assert_eq!(
                saved(&mut desk, &path),
                theirs.replace("\"Theirs\"", "\"Mine\"")
            );
        }
    }
}

#[test]
fn giving_up_all_edits_can_be_undone() {
    let folder = Folder::new("give-up");
    let (mut desk, path) = opened(&folder);
    let theirs = TWO.replace("Alpha", "Theirs");
    std::fs::write(&path, &theirs).unwrap();
    desk.wait("asked", |app| app.file.sync.conflict.is_some());
    desk.run();
    desk.click(Role::Button, "Later");
    assert!(desk.app().file.sync.conflict.is_some());
    // Saving would overwrite: it asks again instead.
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(desk.says("The file has changed on the disk"));
    desk.click(Role::Button, "Discard all my edits");
    assert_eq!(&**desk.app().file.draft.text(), theirs);
    assert!(!desk.app().is_dirty());
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.app().register().parties[0].name, "Mine");
}
