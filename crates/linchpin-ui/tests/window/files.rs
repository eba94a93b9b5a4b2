//! Files: opened, followed, broken, fixed; charts and tables written.

use crate::desk::{Desk, Folder};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_register::RecordKind;

const ONE: &str = "#![enable(implicit_some)]\n(format: 1, title: \"Followed\", parties: [(id: \"a\", name: \"Alpha\", kind: Office)])\n";

fn with_title(title: &str) -> String {
    ONE.replace("Followed", title)
}

#[test]
fn every_way_of_saving_is_followed() {
    let folder = Folder::new("follow");
    let path = folder.file("register.ron", ONE);
    let mut desk = Desk::open(path.clone());
    desk.wait("first reading", |app| app.register().title == "Followed");

    std::fs::write(&path, with_title("In place")).unwrap();
    desk.wait("written in place", |app| app.register().title == "In place");

    let other = folder.file("register.ron.new", &with_title("Renamed over"));
    std::fs::rename(other, &path).unwrap();
    desk.wait("renamed over", |app| app.register().title == "Renamed over");

    std::fs::remove_file(&path).unwrap();
    desk.wait("removed", |app| app.file.read_error.is_some());
    assert!(desk.says("The file cannot be read"));
    assert_eq!(desk.app().register().title, "Renamed over");

    std::fs::write(&path, with_title("Back again")).unwrap();
    desk.wait("back again", |app| app.register().title == "Back again");
    assert!(!desk.says("The file cannot be read"));
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_to_its_target() {
    let folder = Folder::new("link");
    let target = folder.file("target.ron", ONE);
    let link = folder.0.join("link.ron");
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let mut desk = Desk::open(link);
    desk.wait("first reading", |app| app.register().title == "Followed");
    let other = folder.file("target.new", &with_title("Through the link"));
    std::fs::rename(other, &target).unwrap();
    desk.wait("target replaced", |app| {
        app.register().title == "Through the link"
    });
}

#[test]
fn a_broken_save_keeps_the_last_good_register_until_it_is_mended() {
    let folder = Folder::new("broken");
    let path = folder.file("register.ron", ONE);
    let mut desk = Desk::open(path.clone());
    desk.wait("first reading", |app| app.register().title == "Followed");
    desk.go("Parties");

    std::fs::write(&path, &ONE[..ONE.len() - 20]).unwrap();
    desk.wait("broken save", |app| app.file.latest.is_broken);
    assert!(desk.says("The file is broken"));
    assert_eq!(desk.rows(), ["Alpha"]);
    desk.click(Role::Link, "Show problems");
    assert!(desk.says("Problems"));
    assert!(desk.says("the last valid register stays on screen"));

    std::fs::write(&path, with_title("Fixed")).unwrap();
    desk.wait("fixed", |app| app.register().title == "Fixed");
    assert!(
        desk.harness
            .query_by_role_and_label(Role::Tab, "Problems")
            .is_none()
    );
}

#[test]
fn a_chart_is_exported_from_its_dialog() {
    let folder = Folder::new("export");
    let mut desk = Desk::bundled();
    desk.go("Timeline");
    desk.press(Modifiers::COMMAND, Key::E);
    assert!(desk.says("Export"));
    let target = folder.0.join("out.png");
    fill_path(&mut desk, &target.display().to_string());
    desk.click(Role::Button, "Export");
    desk.wait("export", |app| app.tasks.running().is_empty());
    let bytes = std::fs::read(&target).unwrap();
    assert!(bytes.starts_with(b"\x89PNG"));
    assert!(desk.says("Exported:"));

    // A second time asks before it replaces the file.
    desk.press(Modifiers::COMMAND, Key::E);
    fill_path(&mut desk, &target.display().to_string());
    desk.click(Role::Button, "Export");
    assert!(desk.says("There is such a file already"));
    desk.click(Role::Button, "Replace");
    desk.wait("second export", |app| app.tasks.running().is_empty());
    assert_eq!(std::fs::read(&target).unwrap(), bytes);
}

#[test]
fn the_rows_on_screen_are_exported() {
    let folder = Folder::new("table");
    let mut desk = Desk::bundled();
    desk.go("Bodies");
    desk.search("nuclear");
    let rows = desk
        .app()
        .derived
        .table(RecordKind::Body)
        .unwrap()
        .1
        .rows
        .len();
    desk.press(Modifiers::COMMAND, Key::T);
    let target = folder.0.join("bodies.csv");
    fill_path(&mut desk, &target.display().to_string());
    desk.click(Role::Button, "Export");
    desk.wait("export", |app| app.tasks.running().is_empty());
    let text = std::fs::read_to_string(&target).unwrap();
    assert_eq!(text.lines().count(), rows + 1, "{text}");
}

fn fill_path(desk: &mut Desk, path: &str) {
    desk.harness
        .get_by_role_and_label(Role::TextInput, "Path")
        .click();
    desk.run();
    desk.press(Modifiers::COMMAND, Key::A);
    desk.harness
        .get_by_role_and_label(Role::TextInput, "Path")
        .type_text(path);
    desk.run();
}

#[test]
fn the_keyboard_leaves_the_empty_field_of_a_path() {
    let mut desk = Desk::bundled();
    desk.press(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    let has_keyboard = |desk: &Desk, role, name| {
        let node = desk.harness.get_by_role_and_label(role, name);
        node.is_focused()
    };
    assert!(has_keyboard(&desk, Role::TextInput, "Path"));
    desk.press(Modifiers::NONE, Key::Tab);
    assert!(has_keyboard(&desk, Role::Button, "Open"));
    desk.press(Modifiers::NONE, Key::Tab);
    assert!(has_keyboard(&desk, Role::Button, "Browse…"));
}
