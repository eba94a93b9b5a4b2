//! Saving, going back, leaving, and work that outlives its window.

use crate::desk::{Desk, Folder};
use crate::editing::{field, fill, type_over};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_app::command::Command;
use linchpin_app::dialog::Dialog;
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::{Edit, EditTarget};
use linchpin_register::schema::PathStep;
use linchpin_task::fault_injection::hold;
use ron_lossless::RonValue;
use std::path::PathBuf;

const ONE: &str = "#![enable(implicit_some)]\r\n(format: 1, title: \"Saved\", // mine\r\n parties: [(id: \"a\", name: \"Alpha\", kind: Office)])\r\n";

fn name(id: &str, name: &str) -> TransactionRequest {
    TransactionRequest::Edit(Edit::set(
        EditTarget::Record(id.into()),
        vec![PathStep::Field("name")],
        Some(RonValue::text(name)),
    ))
}

fn edited(desk: &mut Desk, to: &str) {
    desk.harness.state_mut().queue_transaction(name("a", to));
    desk.run();
}

fn opened(folder: &Folder) -> (Desk, PathBuf) {
    let path = folder.file("register.ron", ONE);
    let mut desk = Desk::open(path.clone());
    desk.wait("first reading", |app| app.register().title == "Saved");
    (desk, path)
}

fn on_disk(path: &std::path::Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn an_edit_is_saved_undone_and_saved_again_byte_for_byte() {
    let folder = Folder::new("save");
    let (mut desk, path) = opened(&folder);
    assert!(!desk.app().is_dirty());
    edited(&mut desk, "베타");
    assert!(desk.app().is_dirty());
    assert_eq!(on_disk(&path), ONE);
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait("saved", |app| !app.is_dirty());
    assert_eq!(on_disk(&path), ONE.replace("Alpha", "베타"));
    desk.press(Modifiers::COMMAND, Key::Z);
    assert!(desk.app().is_dirty());
    assert_eq!(desk.app().register().parties[0].name, "Alpha");
    desk.choose(Role::Button, "Not saved: save now");
    desk.wait("saved again", |app| !app.is_dirty());
    assert_eq!(on_disk(&path), ONE);
}

#[test]
fn saving_at_each_change_needs_no_asking() {
    let folder = Folder::new("save-each");
    let (mut desk, path) = opened(&folder);
    desk.harness.state_mut().view.preferences.save_each_change = true;
    edited(&mut desk, "Beta");
    desk.wait("saved", |app| !app.is_dirty());
    assert_eq!(on_disk(&path), ONE.replace("Alpha", "Beta"));
}

#[test]
fn a_change_from_outside_is_a_step_that_can_be_undone() {
    let folder = Folder::new("outside");
    let (mut desk, path) = opened(&folder);
    edited(&mut desk, "Beta");
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait("saved", |app| !app.is_dirty());
    std::fs::write(&path, ONE.replace("Alpha", "Gamma")).unwrap();
    desk.wait("read again", |app| {
        app.register().parties[0].name == "Gamma"
    });
    assert!(!desk.app().is_dirty());
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.app().register().parties[0].name, "Beta");
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.app().register().parties[0].name, "Alpha");
    assert_eq!(&**desk.app().file.draft.text(), ONE);
}

#[test]
fn going_back_to_the_saved_file_is_a_step() {
    let folder = Folder::new("revert");
    let (mut desk, _) = opened(&folder);
    edited(&mut desk, "Beta");
    desk.click(Role::Button, "File");
    desk.click(Role::Button, "Go back to the saved file");
    assert_eq!(&**desk.app().file.draft.text(), ONE);
    assert!(!desk.app().is_dirty());
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.app().register().parties[0].name, "Beta");
}

#[test]
fn save_as_goes_on_in_the_new_file_and_a_copy_does_not() {
    let folder = Folder::new("save-as");
    let (mut desk, path) = opened(&folder);
    edited(&mut desk, "Beta");
    for (action, file) in [("Save a copy…", "copy.ron"), ("Save as…", "new.ron")] {
        desk.click(Role::Button, "File");
        desk.harness
            .get_all_by_role(Role::Button)
            .find(|node| crate::desk::label(node).starts_with(action))
            .unwrap()
            .click();
        desk.run();
        desk.harness
            .get_by_role_and_label(Role::TextInput, "Path")
            .click();
        desk.run();
        desk.press(Modifiers::COMMAND, Key::A);
        let to = folder.0.join(file).display().to_string();
        desk.harness
            .get_by_role_and_label(Role::TextInput, "Path")
            .type_text(&to);
        desk.run();
        desk.click(Role::Button, "Save");
        desk.wait("written", |app| app.tasks.running().is_empty());
        assert_eq!(on_disk(&folder.0.join(file)), ONE.replace("Alpha", "Beta"));
        assert_eq!(on_disk(&path), ONE);
    }
    assert!(!desk.app().is_dirty());
    assert_eq!(desk.app().file.origin.name(), "new.ron");
}

#[test]
fn unsaved_edits_are_asked_about_before_they_are_left() {
    let folder = Folder::new("leave");
    let (mut desk, path) = opened(&folder);
    edited(&mut desk, "Beta");
    assert!(!desk.harness.state_mut().can_close());
    desk.run();
    assert!(desk.says("Save your edits?"));
    desk.click(Role::Button, "Cancel");
    assert!(desk.app().is_dirty());
    desk.press(Modifiers::COMMAND, Key::Q);
    desk.click(Role::Button, "Save");
    desk.wait("saved", |app| !app.is_dirty());
    assert_eq!(on_disk(&path), ONE.replace("Alpha", "Beta"));
    assert!(desk.harness.state_mut().can_close());
    edited(&mut desk, "Gamma");
    desk.press(Modifiers::COMMAND, Key::Q);
    desk.click(Role::Button, "Discard");
    assert!(desk.harness.state_mut().can_close());
    assert_eq!(on_disk(&path), ONE.replace("Alpha", "Beta"));
}

#[test]
fn a_read_only_file_is_refused_with_words() {
    let folder = Folder::new("read-only");
    let (mut desk, path) = opened(&folder);
    let mut mode = std::fs::metadata(&path).unwrap().permissions();
    mode.set_readonly(true);
    std::fs::set_permissions(&path, mode).unwrap();
    edited(&mut desk, "Beta");
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait("refused", |app| app.tasks.running().is_empty());
    assert!(desk.says("read-only"));
    assert!(desk.app().is_dirty());
    assert_eq!(on_disk(&path), ONE);
}

#[test]
fn unsaved_work_is_offered_back_at_the_next_start() {
    let folder = Folder::new("recover");
    let state = folder.0.join("state");
    {
        let (mut desk, _) = opened(&folder);
        desk.harness.state_mut().enable_autosave(state.clone());
        desk.wait("looked", |app| app.tasks.running().is_empty());
        edited(&mut desk, "Beta");
        // The window goes without a word, as in a crash.
    }
    let path = folder.0.join("register.ron");
    let mut desk = Desk::open(path.clone());
    desk.wait("first reading", |app| app.register().title == "Saved");
    desk.harness.state_mut().enable_autosave(state.clone());
    desk.wait("found", |app| app.has_recoverable_work());
    assert!(desk.says("Unsaved work was found"));
    assert!(desk.says("+ parties: [(id: \"a\", name: \"Beta\""));
    desk.click(Role::Button, "Open with these edits");
    desk.wait("edits are back", |app| app.is_dirty());
    assert_eq!(
        &**desk.app().file.draft.text(),
        ONE.replace("Alpha", "Beta")
    );
    assert_eq!(on_disk(&path), ONE);
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait("saved", |app| !app.is_dirty());
    drop(desk);
    nothing_is_offered_at_the_next_start(path, state);
}

fn nothing_is_offered_at_the_next_start(path: PathBuf, state: PathBuf) {
    let mut desk = Desk::open(path);
    desk.wait("first reading", |app| app.register().title == "Saved");
    desk.harness.state_mut().enable_autosave(state);
    desk.wait("looked", |app| app.tasks.running().is_empty());
    assert!(!desk.app().has_recoverable_work());
}

#[test]
fn a_last_file_that_is_gone_is_told() {
    let folder = Folder::new("last-file");
    let path = folder.file("register.ron", ONE);
    let mut desk = Desk::after(path.clone());
    desk.wait("first reading", |app| app.register().title == "Saved");
    assert!(!desk.says("cannot be found now"));
    drop(desk);
    std::fs::remove_file(&path).unwrap();
    let desk = Desk::after(path);
    assert!(desk.says("register.ron was open last and cannot be found now"));
    assert!(desk.says("the register that comes with the program"));
}

/// What a save in place leaves that is killed midway: a file with parts of both texts, and a copy
/// of the old one, taken from a save that is held right before it writes.
#[cfg(unix)]
fn broken_off(folder: &Folder, state: &std::path::Path) -> PathBuf {
    use linchpin_files::{SavePrecondition, save_in};
    use linchpin_task::{Task, fault_injection};
    let file = folder.file("broken.ron", "old line\n");
    std::fs::hard_link(&file, folder.0.join("second.ron")).unwrap();
    let held = fault_injection::hold("Writing in place");
    let (path, state_folder) = (file.clone(), state.to_owned());
    let saving = Task::new("Saving").spawn(move |_| {
        let (new, any) = ("n".repeat(8 << 20), SavePrecondition::Any);
        save_in(&path, new.as_bytes(), any, Some(&state_folder)).map(drop)
    });
    assert!(held.wait_until_reached());
    let backups = state.join("kept");
    let backup = std::fs::read_dir(&backups)
        .unwrap()
        .flatten()
        .next()
        .unwrap();
    let bytes = std::fs::read(backup.path()).unwrap();
    drop(held);
    saving.wait().unwrap().unwrap();
    std::fs::write(backups.join("0123456789abcdef.kept"), bytes).unwrap();
    std::fs::write(&file, "new line\n").unwrap();
    file
}

#[cfg(unix)]
#[test]
fn the_old_text_is_offered_first_only_where_nobody_has_written_since() {
    use std::time::{Duration, SystemTime};
    let now = SystemTime::now();
    for (name, minutes) in [("broken-off", 0), ("broken-off-changed", 60)] {
        let folder = Folder::new(name);
        let state = folder.0.join("state");
        let file = broken_off(&folder, &state);
        let written = std::fs::File::options().append(true).open(&file).unwrap();
        written
            .set_modified(now + Duration::from_secs(minutes * 60))
            .unwrap();
        let mut desk = Desk::open(folder.file("register.ron", ONE));
        desk.wait("first reading", |app| app.register().title == "Saved");
        desk.harness.state_mut().enable_autosave(state);
        desk.wait("found", |app| app.has_recoverable_work());
        desk.run();
        // What would come back, and what would go.
        assert!(desk.says("− old line") && desk.says("+ new line"), "{name}");
        assert_eq!(desk.says("It was written again"), minutes > 0, "{name}");
        let left = |label: &str| {
            let button = desk.harness.get_by_role_and_label(Role::Button, label);
            button.rect().left()
        };
        let restores_first = left("Restore the old text") < left("Keep it as it is");
        assert_eq!(restores_first, minutes == 0, "{name}");
    }
}

#[test]
fn what_was_discarded_at_the_end_is_not_offered_at_the_next_start() {
    let folder = Folder::new("discard");
    let state = folder.0.join("state");
    let path = {
        let (mut desk, path) = opened(&folder);
        desk.harness.state_mut().enable_autosave(state.clone());
        desk.wait("looked", |app| app.tasks.running().is_empty());
        edited(&mut desk, "Beta");
        desk.press(Modifiers::COMMAND, Key::Q);
        desk.click(Role::Button, "Discard");
        // The window lives on for a few frames until the system closes it.
        desk.run();
        assert!(desk.harness.state_mut().can_close());
        path
    };
    assert_eq!(on_disk(&path), ONE);
    nothing_is_offered_at_the_next_start(path, state);
}

#[test]
fn unsaved_work_in_several_files_of_a_folder_is_offered_back_whole() {
    let folder = Folder::new("recover-folder");
    let state = Folder::new("recover-folder-state");
    let party = |id: &str, name: &str| {
        format!("(format: 1, parties: [(id: \"{id}\", name: \"{name}\", kind: Office)])\n")
    };
    folder.file("a.ron", &party("a", "Alpha"));
    folder.file("b.ron", &party("b", "Beta"));
    folder.file("c.ron", &party("c", "Gamma"));
    {
        let mut desk = Desk::open(folder.0.clone());
        desk.wait("first reading", |app| app.register().parties.len() == 3);
        desk.harness.state_mut().enable_autosave(state.0.clone());
        desk.wait("looked", |app| app.tasks.running().is_empty());
        for (id, to) in [("a", "One"), ("b", "Two"), ("c", "Three")] {
            desk.harness.state_mut().queue_transaction(name(id, to));
            desk.run();
        }
    }
    // One of them goes meanwhile: the edits in it are not lost with it.
    std::fs::remove_file(folder.0.join("c.ron")).unwrap();
    let mut desk = Desk::open(folder.0.clone());
    desk.wait("first reading", |app| app.register().parties.len() == 2);
    desk.harness.state_mut().enable_autosave(state.0.clone());
    desk.wait("found", |app| app.has_recoverable_work());
    desk.click(Role::Button, "Open with these edits");
    desk.wait("edits are back", |app| {
        let names: Vec<&str> = app.register().parties.iter().map(|p| &*p.name).collect();
        let is_merged = app.tasks.running().is_empty();
        app.is_dirty() && is_merged && names == ["One", "Two", "Three"]
    });
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait("saved", |app| !app.is_dirty());
    assert_eq!(on_disk(&folder.0.join("a.ron")), party("a", "One"));
    assert_eq!(on_disk(&folder.0.join("c.ron")), party("c", "Three"));
}

/// The first cell of the party is open, and something is typed there.
fn typed_into_name(desk: &mut Desk, name: &str) {
    desk.go("Parties");
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::F2);
    type_over(desk, "Name", name);
    assert!(!desk.app().is_dirty());
}

#[test]
fn what_is_typed_is_asked_about_and_saved_before_the_window_closes() {
    let folder = Folder::new("leave-typed");
    let (mut desk, path) = opened(&folder);
    typed_into_name(&mut desk, "Typed");
    assert!(!desk.harness.state_mut().can_close());
    desk.run();
    assert!(desk.says("Save your edits?"));
    desk.click(Role::Button, "Save");
    desk.wait("saved", |app| !app.is_dirty());
    assert_eq!(on_disk(&path), ONE.replace("Alpha", "Typed"));
    assert!(desk.harness.state_mut().can_close());
}

#[test]
fn what_is_typed_is_asked_about_before_another_file_is_opened() {
    let folder = Folder::new("open-typed");
    let (mut desk, path) = opened(&folder);
    let other = folder.file("other.ron", &ONE.replace("Saved", "Other"));
    typed_into_name(&mut desk, "Typed");
    let ctx = desk.harness.ctx.clone();
    let open = vec![Command::OpenFile(other)];
    desk.harness.state_mut().apply(open, &ctx);
    desk.run();
    assert!(desk.says("before other.ron is opened"));
    desk.click(Role::Button, "Save");
    desk.wait("the other file", |app| app.register().title == "Other");
    assert_eq!(on_disk(&path), ONE.replace("Alpha", "Typed"));
}

#[test]
fn what_cannot_be_written_as_it_is_typed_is_named_before_it_is_lost() {
    let folder = Folder::new("leave-unsound");
    let (mut desk, path) = opened(&folder);
    desk.choose(Role::Button, "Edit the register");
    fill(&mut desk, "Compiled", "31 June 2025");
    for _ in 0..2 {
        assert!(!desk.harness.state_mut().can_close());
        desk.run();
        assert!(desk.says("Leave what is being filled in?"));
        assert!(desk.says("· Compiled: "));
        let save = desk.harness.query_by_role_and_label(Role::Button, "Save");
        assert!(save.is_none(), "there is nothing that could be saved");
        desk.click(Role::Button, "Cancel");
        let typed = field(&desk, "Compiled").unwrap().value();
        assert_eq!(typed.as_deref(), Some("31 June 2025"), "it is still there");
    }
    assert!(!desk.harness.state_mut().can_close());
    desk.run();
    desk.click(Role::Button, "Discard");
    assert!(desk.harness.state_mut().can_close());
    assert_eq!(on_disk(&path), ONE);
}

#[test]
fn a_record_that_is_being_filled_in_is_there_again_for_who_stays() {
    let folder = Folder::new("leave-new");
    let (mut desk, _) = opened(&folder);
    desk.go("Parties");
    desk.press(Modifiers::COMMAND, Key::N);
    assert!(desk.harness.state_mut().can_close(), "nothing is filled in");
    let Dialog::AddRecord(_) = &desk.app().dialog else {
        panic!("the dialog is closed");
    };
    type_over(&mut desk, "Name", "Newcomer");
    // Closed once more while it is asked.
    for _ in 0..2 {
        assert!(!desk.harness.state_mut().can_close());
        desk.run();
    }
    assert!(desk.says("a party, to be added"));
    desk.click(Role::Button, "Cancel");
    let name = field(&desk, "Name").unwrap().value();
    assert_eq!(name.as_deref(), Some("Newcomer"));
}

#[test]
fn a_wish_to_leave_ends_where_the_question_where_to_save_to_is_given_up() {
    let folder = Folder::new("leave-given-up");
    let mut desk = Desk::with(ONE);
    edited(&mut desk, "Beta");
    desk.press(Modifiers::COMMAND, Key::Q);
    desk.click(Role::Button, "Save");
    desk.click(Role::Button, "Cancel");
    desk.press(Modifiers::COMMAND, Key::S);
    let path = folder.0.join("saved.ron");
    fill(&mut desk, "Path", &path.display().to_string());
    desk.click(Role::Button, "Save");
    desk.wait("saved", |app| !app.is_dirty());
    edited(&mut desk, "Gamma");
    assert!(!desk.harness.state_mut().can_close(), "it is not leaving");
}

#[test]
fn only_the_file_that_was_agreed_to_is_replaced() {
    let folder = Folder::new("save-as-agreed");
    let (mut desk, _) = opened(&folder);
    let taken = folder.file("taken.ron", "theirs");
    let free = folder.0.join("free.ron");
    edited(&mut desk, "Beta");
    desk.click(Role::Button, "File");
    let mut items = desk.harness.get_all_by_role(Role::Button);
    let save_as = items.find(|node| crate::desk::label(node).starts_with("Save as…"));
    save_as.unwrap().click();
    drop(items);
    desk.run();
    fill(&mut desk, "Path", &taken.display().to_string());
    desk.click(Role::Button, "Save");
    assert!(desk.says("There is such a file already"));
    fill(&mut desk, "Path", &free.display().to_string());
    let held = hold("Saving");
    desk.click(Role::Button, "Save");
    assert!(held.wait_until_reached());
    // Another program makes the file in this moment.
    std::fs::write(&free, "theirs, too").unwrap();
    drop(held);
    desk.wait("refused", |app| app.tasks.running().is_empty());
    assert_eq!(on_disk(&free), "theirs, too");
    assert_eq!(on_disk(&taken), "theirs");
    assert!(desk.app().is_dirty());
}
