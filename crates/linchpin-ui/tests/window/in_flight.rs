//! Other programs at work: a file that is half written, one that changes while it is saved, news
//! that is old when it comes, links that lead elsewhere.

use crate::desk::{Desk, Folder};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::{Edit, EditTarget};
use linchpin_register::schema::PathStep;
use linchpin_task::fault_injection::hold;
use ron_lossless::RonValue;
use std::path::{Path, PathBuf};

const TWO: &str = "(\n    format: 1,\n    title: \"Two\",\n    parties: [\n        (id: \"a\", name: \"Alpha\", kind: Office),\n        (id: \"b\", name: \"Beta\", kind: Office),\n    ],\n)\n";

fn opened(folder: &Folder) -> (Desk, PathBuf) {
    let path = folder.file("register.ron", TWO);
    let mut desk = Desk::open(path.clone());
    desk.wait("first reading", |app| app.register().title == "Two");
    (desk, path)
}

fn rename(desk: &mut Desk, to: &str) {
    let edit = Edit::set(
        EditTarget::Record("a".into()),
        vec![PathStep::Field("name")],
        Some(RonValue::text(to)),
    );
    desk.harness
        .state_mut()
        .queue_transaction(TransactionRequest::Edit(edit));
    desk.run();
}

fn draft(desk: &Desk) -> &str {
    desk.app().file.draft.text()
}

fn on_disk(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn names(desk: &Desk) -> Vec<&str> {
    let parties = desk.app().register().parties.iter();
    parties.map(|party| party.name.as_str()).collect()
}

#[test]
fn half_a_file_is_never_undone_into() {
    let folder = Folder::new("half");
    let (mut desk, path) = opened(&folder);
    let whole = TWO.replace("Two", "Another").replace("Beta", "베타");
    std::fs::write(&path, &whole[..80]).unwrap();
    desk.wait("half of it", |app| app.file.latest.is_broken);
    assert!(desk.says("The file is broken") && !desk.app().is_dirty());
    assert_eq!(names(&desk), ["Alpha", "Beta"]);
    std::fs::write(&path, &whole).unwrap();
    desk.wait("all of it", |app| app.register().title == "Another");
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(draft(&desk), TWO);
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(draft(&desk), TWO, "there is nothing before it");
    desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(draft(&desk), whole);
    assert!(!desk.app().is_dirty());
}

#[test]
fn undone_while_half_of_the_file_is_there_the_whole_file_is_taken_in_all_the_same() {
    let folder = Folder::new("half-undone");
    let (mut desk, path) = opened(&folder);
    let whole = TWO.replace("Beta", "베타");
    std::fs::write(&path, &whole[..80]).unwrap();
    desk.wait("half of it", |app| app.file.latest.is_broken);
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(draft(&desk), TWO);
    rename(&mut desk, "Mine");
    std::fs::write(&path, &whole).unwrap();
    desk.wait("both", |app| app.register().parties[1].name == "베타");
    // Nobody is asked: the edits were not made on the half.
    assert!(desk.app().file.sync.conflict.is_none());
    assert_eq!(names(&desk), ["Mine", "베타"]);
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait("saved", |app| !app.is_dirty());
    assert_eq!(on_disk(&path), whole.replace("Alpha", "Mine"));
}

#[test]
fn news_from_before_a_save_is_no_news_after_it() {
    let folder = Folder::new("stale");
    let (mut desk, path) = opened(&folder);
    // Another program writes, that is read, and before it is told, all is as it was.
    let held = hold("Telling what was read");
    std::fs::write(&path, TWO.replace("Beta", "Theirs")).unwrap();
    assert!(held.wait_until_reached());
    std::fs::write(&path, TWO).unwrap();
    rename(&mut desk, "Mine");
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait("saved", |app| !app.is_dirty());
    let saved = TWO.replace("Alpha", "Mine");
    assert_eq!(on_disk(&path), saved);
    let next = hold("Telling what was read");
    drop(held);
    // What was held is taken in first, and makes the file be read once more.
    desk.wait_for("another reading", |_| {
        linchpin_task::fault_injection::pending().is_empty()
    });
    desk.run();
    assert_eq!(draft(&desk), saved);
    assert!(!desk.says("The file has changed"));
    drop(next);
    std::fs::write(&path, saved.replace("Beta", "Theirs")).unwrap();
    desk.wait("theirs", |app| app.register().parties[1].name == "Theirs");
    assert_eq!(names(&desk), ["Mine", "Theirs"]);
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(draft(&desk), saved);
}

#[cfg(unix)]
#[test]
fn a_write_at_the_last_moment_of_a_save_is_merged_and_saving_goes_on() {
    let folder = Folder::new("last-moment");
    let (mut desk, path) = opened(&folder);
    rename(&mut desk, "Mine");
    let held = hold("Replacing the file");
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(held.wait_until_reached());
    std::fs::write(&path, TWO.replace("Beta", "Theirs")).unwrap();
    drop(held);
    desk.wait("both", |app| app.register().parties[1].name == "Theirs");
    assert_eq!(names(&desk), ["Mine", "Theirs"]);
    assert!(desk.app().is_dirty());
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait("saved", |app| !app.is_dirty());
    let both = TWO.replace("Alpha", "Mine").replace("Beta", "Theirs");
    assert_eq!(on_disk(&path), both);
}

#[test]
fn a_save_that_ends_after_another_file_was_opened_leaves_that_alone() {
    let folder = Folder::new("opened-meanwhile");
    let (mut desk, path) = opened(&folder);
    let other = folder.file("other.ron", &TWO.replace("Two", "Other"));
    rename(&mut desk, "Mine");
    let held = hold("Saving");
    desk.press(Modifiers::COMMAND, Key::S);
    assert!(held.wait_until_reached());
    desk.press(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    desk.harness
        .get_by_role_and_label(Role::TextInput, "Path")
        .type_text(&other.display().to_string());
    desk.run();
    desk.click(Role::Button, "Open");
    desk.click(Role::Button, "Discard");
    desk.wait("the other file", |app| app.register().title == "Other");
    drop(held);
    desk.wait_for("the save", |desk| desk.app().tasks.running().is_empty());
    assert_eq!(on_disk(&path), TWO.replace("Alpha", "Mine"));
    // What the disk holds of the other file is still known: it can be saved.
    assert!(!desk.app().is_dirty());
    rename(&mut desk, "Edited");
    assert!(desk.app().is_dirty());
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait("saved", |app| !app.is_dirty());
    let expected = TWO.replace("Two", "Other").replace("Alpha", "Edited");
    assert_eq!(on_disk(&other), expected);
}

#[cfg(unix)]
#[test]
fn a_file_of_a_folder_that_is_a_link_to_elsewhere_is_neither_read_nor_written() {
    use std::os::unix::fs::symlink;
    let (folder, elsewhere) = (Folder::new("links"), Folder::new("links-elsewhere"));
    let path = folder.file("register.ron", TWO);
    let target = elsewhere.file("theirs.ron", TWO);
    let mut desk = Desk::open(folder.0.clone());
    desk.wait("first reading", |app| app.register().title == "Two");
    rename(&mut desk, "Mine");
    // The same bytes, but elsewhere.
    std::fs::remove_file(&path).unwrap();
    symlink(&target, &path).unwrap();
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait_for("refused", |desk| desk.app().tasks.running().is_empty());
    assert!(desk.says("a link leads out of the folder, to "));
    assert!(desk.app().is_dirty());
    assert_eq!(on_disk(&target), TWO);
    drop(desk);
    let mut desk = Desk::open(folder.0.clone());
    desk.wait("refused", |app| app.file.read_error.is_some());
    assert!(desk.says("The folder cannot be read"));
    assert!(desk.says("it is neither read nor written"));
    assert!(desk.app().register().parties.is_empty());
    // The file itself may come into the folder.
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, TWO).unwrap();
    desk.wait("read", |app| app.register().title == "Two");
}
