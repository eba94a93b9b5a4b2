//! A folder as a register: opened, followed, its problems named by file.

use crate::desk::{Desk, Folder};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_app::open_file::FileOrigin;

const HEAD: &str =
    "(format: 1, title: \"Followed\", parties: [\n(id: \"a\", name: \"Alpha\", kind: Office)])\n";
const MORE: &str =
    "(format: 1, parties: [\n\n(id: \"b\", name: \"Beta\", kind: Office, parent: \"a\")])\n";

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.file("head.ron", HEAD);
    std::fs::create_dir(folder.0.join("more")).unwrap();
    folder.file("more/b.ron", MORE);
    folder
}

fn names(app: &linchpin_app::App) -> Vec<&str> {
    let parties = app.register().parties.iter();
    parties.map(|p| p.name.as_str()).collect()
}

#[test]
fn files_that_change_come_go_and_get_other_names_are_followed() {
    let folder = folder("folder-follow");
    let mut desk = Desk::open(folder.0.clone());
    desk.wait("first reading", |app| names(app) == ["Alpha", "Beta"]);
    assert_eq!(desk.app().file.origin, FileOrigin::Folder(folder.0.clone()));
    desk.go("Parties");
    assert_eq!(desk.rows(), ["Alpha", "Beta"]);

    folder.file("more/b.ron", &MORE.replace("Beta", "베타"));
    desk.wait("changed below", |app| names(app) == ["Alpha", "베타"]);
    assert!(desk.says("The files have changed"));

    std::fs::create_dir_all(folder.0.join("new/deep")).unwrap();
    let third = "(format: 1, parties: [(id: \"c\", name: \"Gamma\", kind: Office)])";
    folder.file("new/deep/c.ron", third);
    desk.wait("a new file in a new folder", |app| {
        names(app) == ["Alpha", "베타", "Gamma"]
    });

    std::fs::rename(folder.0.join("new/deep/c.ron"), folder.0.join("a.ron")).unwrap();
    desk.wait("renamed", |app| names(app) == ["Gamma", "Alpha", "베타"]);

    std::fs::remove_dir_all(folder.0.join("more")).unwrap();
    desk.wait("removed", |app| names(app) == ["Gamma", "Alpha"]);

    std::fs::remove_file(folder.0.join("a.ron")).unwrap();
    std::fs::remove_file(folder.0.join("head.ron")).unwrap();
    desk.wait("emptied", |app| app.file.read_error.is_some());
    assert!(desk.says("The folder cannot be read"));
    assert!(desk.says("holds no file that ends in .ron"));
    assert_eq!(desk.rows(), ["Gamma", "Alpha"]);

    folder.file("head.ron", HEAD);
    desk.wait("back again", |app| {
        app.file.read_error.is_none() && names(app) == ["Alpha"]
    });
}

#[test]
fn problems_and_records_name_their_file_and_its_lines() {
    let folder = folder("folder-problems");
    let mut desk = Desk::open(folder.0.clone());
    desk.wait("first reading", |app| names(app) == ["Alpha", "Beta"]);
    folder.file("more/b.ron", &MORE.replace("\"a\"", "\"z\""));
    desk.wait("a link to nowhere", |app| {
        !app.file.latest.diagnostics.is_empty()
    });
    assert!(desk.says("more/b.ron has problems"));
    desk.click(Role::Link, "Show problems");
    let name = desk.app().file.origin.name();
    assert!(desk.says(&format!("{name}/more/b.ron, line 3, column 47")));
    assert!(desk.says("     3  (id: \"b\", name: \"Beta\""));

    // The same id in two files: the other place has its file's name.
    folder.file("more/b.ron", HEAD);
    desk.wait("an id twice", |app| app.register().parties.len() == 1);
    assert!(desk.says(&format!("taken here: {name}/head.ron, line 2")));

    folder.file("more/b.ron", MORE);
    desk.wait("fixed", |app| names(app) == ["Alpha", "Beta"]);
    desk.go("Parties");
    desk.harness
        .get_all_by_role_and_label(Role::Row, "Beta")
        .next()
        .unwrap()
        .click();
    desk.run();
    desk.press(Modifiers::COMMAND, Key::L);
    assert!(desk.says("File: more/b.ron"));
    assert!(desk.says("Line 3, column 1"));
}

#[test]
fn a_folder_is_opened_by_its_path_and_one_without_a_register_is_not() {
    let folder = folder("folder-path");
    let empty = Folder::new("folder-empty");
    let mut desk = Desk::bundled();
    let open = |desk: &mut Desk, path: &std::path::Path| {
        desk.press(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
        desk.harness
            .get_by_role_and_label(Role::TextInput, "Path")
            .type_text(&path.display().to_string());
        desk.run();
        desk.click(Role::Button, "Open");
    };
    open(&mut desk, &empty.0);
    assert!(desk.says("holds no file that ends in .ron"));
    assert_eq!(desk.app().file.origin, FileOrigin::BUNDLED);
    desk.click(Role::Button, "Cancel");
    open(&mut desk, &folder.0);
    desk.wait("reading", |app| names(app) == ["Alpha", "Beta"]);
    assert_eq!(desk.app().view.files.recent.first(), Some(&folder.0));
}

/// What a file manager lets go of over the window.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }
    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("a folder has none".into())
    }
}

#[test]
fn a_folder_is_dropped_on_the_window() {
    let folder = folder("folder-drop");
    let mut desk = Desk::bundled();
    let dropped = Dropped(folder.0.clone());
    let input = desk.harness.input_mut();
    input.dropped_files.push(std::sync::Arc::new(dropped));
    desk.run();
    desk.wait("reading", |app| names(app) == ["Alpha", "Beta"]);
}
