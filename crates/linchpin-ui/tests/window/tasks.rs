//! Tasks that panic, and tasks that are cancelled: the user is told, and everything goes on.

use crate::desk::{Desk, Folder};
use crate::editing::text;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::compare::CompareMode;
use linchpin_app::compare_versions::{VersionSource, VersionsCommand};
use linchpin_app::export_task::{ExportForm, ExportSubject};
use linchpin_app::page::Page;
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::draft::UndoGrouping;
use linchpin_edit::{Edit, EditTarget};
use linchpin_register::schema::PathStep;
use ron_lossless::{RonValue, Span, TextEdit};
use std::path::Path;

const FAILED: &str = "failed because of a fault in the program";
/// More than are edited within a frame.
const PARTIES: usize = 120;

fn register(parties: usize) -> String {
    let mut text = "(format: 1, title: \"Many\", parties: [\n".to_owned();
    for number in 0..parties {
        text += &format!("    (id: \"p{number}\", name: \"Party {number}\", kind: Office),\n");
    }
    text + "])\n"
}

fn rename(number: usize, to: &str) -> Edit {
    Edit::set(
        EditTarget::Record(format!("p{number}")),
        vec![PathStep::Field("name")],
        Some(RonValue::text(to)),
    )
}

fn rename_all() -> TransactionRequest {
    TransactionRequest::Edit(Edit::Batch {
        label: "Rename all".into(),
        edits: (0..PARTIES).map(|number| rename(number, "Same")).collect(),
    })
}

fn typed(desk: &Desk, at: u32, words: &str) -> TransactionRequest {
    TransactionRequest::TextEdits {
        label: "Type".into(),
        edits: vec![TextEdit::new(Span::new(at, at), words)],
        run: UndoGrouping::Separate,
        version: desk.app().file.draft.version(),
    }
}

fn queue(desk: &mut Desk, request: TransactionRequest) {
    desk.harness.state_mut().queue_transaction(request);
}

fn run(desk: &mut Desk, command: Command) {
    let ctx = desk.harness.ctx.clone();
    desk.harness.state_mut().apply(vec![command], &ctx);
    desk.run();
}

fn fail_next(desk: &mut Desk, task: &str) {
    desk.harness.state_mut().tasks.inject_fault(task);
}

fn wait_for_tasks(desk: &mut Desk) {
    desk.wait("the tasks", |app| app.tasks.running().is_empty());
    desk.run();
}

/// The message is on screen, and is taken away.
fn told(desk: &mut Desk, task: &str) {
    let is_told = |app: &App| {
        let mut notices = app.notices.all().iter();
        notices.any(|notice| notice.text.contains(task) && notice.text.contains(FAILED))
    };
    desk.wait("the message", is_told);
    assert!(desk.says(FAILED));
    let ids: Vec<u64> = desk.app().notices.all().iter().map(|n| n.id).collect();
    for id in ids {
        run(desk, Command::DismissNotice(id));
    }
}

fn open(folder: &Folder, parties: usize) -> Desk {
    let mut desk = Desk::open(folder.file("many.ron", &register(parties)));
    desk.wait("first reading", |app| app.register().title == "Many");
    wait_for_tasks(&mut desk);
    desk
}

/// Edits, a save and an export still work.
fn goes_on(desk: &mut Desk, folder: &Folder) {
    queue(desk, TransactionRequest::Edit(rename(0, "Edited")));
    desk.wait("the edit", |app| {
        app.register().parties[0].name == "Edited" && app.file.is_up_to_date()
    });
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait("the save", |app| !app.is_dirty());
    assert!(on_disk(&folder.0.join("many.ron")).contains("Edited"));
    let out = folder.0.join("out.csv");
    export(desk, &out);
    wait_for_tasks(desk);
    assert!(on_disk(&out).contains("Edited"));
}

fn on_disk(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn export(desk: &mut Desk, to: &Path) {
    let subject = ExportSubject::Table(linchpin_register::RecordKind::Party);
    let mut form = ExportForm::new(subject, Path::new(""), false);
    form.path = to.display().to_string();
    run(desk, Command::Export(Box::new(form)));
}

#[test]
fn a_save_that_panics_can_be_made_again() {
    let folder = Folder::new("task-saving");
    let mut desk = open(&folder, 2);
    queue(&mut desk, TransactionRequest::Edit(rename(1, "Kept")));
    fail_next(&mut desk, "Saving");
    desk.press(Modifiers::COMMAND, Key::S);
    told(&mut desk, "Saving");
    assert!(desk.app().is_dirty());
    goes_on(&mut desk, &folder);
    assert!(on_disk(&folder.0.join("many.ron")).contains("Kept"));
}

#[test]
fn an_edit_that_panics_or_is_cancelled_leaves_the_text_as_it_was() {
    let folder = Folder::new("task-editing");
    let mut desk = open(&folder, PARTIES);
    let before = text(&desk);
    fail_next(&mut desk, "Editing");
    queue(&mut desk, rename_all());
    told(&mut desk, "Editing");
    assert_eq!(text(&desk), before);

    queue(&mut desk, rename_all());
    let id = desk.app().tasks.running()[0].id;
    run(&mut desk, Command::CancelTask(id));
    desk.wait("the end", |app| !app.editing.transactions.is_running);
    assert!(desk.says("Cancelled"));
    assert_eq!(text(&desk), before);
    goes_on(&mut desk, &folder);

    queue(&mut desk, rename_all());
    desk.wait("the edit", |app| app.register().parties[7].name == "Same");
}

#[test]
fn what_is_typed_during_a_long_edit_is_kept_and_so_is_an_undo() {
    let mut desk = Desk::with(&register(PARTIES));
    queue(&mut desk, TransactionRequest::Edit(rename(3, "Before")));
    desk.run();
    queue(&mut desk, rename_all());
    assert!(desk.app().editing.transactions.is_running);
    let end = desk.app().file.draft.text().len() as u32;
    let request = typed(&desk, end, "// typed meanwhile\n");
    queue(&mut desk, request);
    let is_done = |app: &App| !app.editing.transactions.is_running && app.file.is_up_to_date();
    desk.wait("both", |app| {
        is_done(app) && app.register().parties[7].name == "Same"
    });
    assert!(text(&desk).ends_with("// typed meanwhile\n"));
    for _ in 0..3 {
        queue(&mut desk, TransactionRequest::Undo);
        desk.run();
    }
    assert_eq!(text(&desk), register(PARTIES));

    // An undo meanwhile is not lost either.
    queue(&mut desk, TransactionRequest::Edit(rename(3, "Again")));
    desk.run();
    queue(&mut desk, rename_all());
    queue(&mut desk, TransactionRequest::Undo);
    desk.wait("both", |app| {
        is_done(app) && app.register().parties[7].name == "Same"
    });
    let steps = desk.app().file.draft.transactions();
    let words: Vec<&str> = steps.0.iter().map(|step| step.label.as_str()).collect();
    assert_eq!(words, ["Rename all"]);
}

#[test]
fn a_save_that_ends_during_a_long_edit_counts() {
    let folder = Folder::new("task-saved-meanwhile");
    let mut desk = open(&folder, PARTIES);
    queue(&mut desk, TransactionRequest::Edit(rename(3, "Saved")));
    desk.press(Modifiers::COMMAND, Key::S);
    queue(&mut desk, rename_all());
    desk.wait("both", |app| {
        !app.editing.transactions.is_running
            && app.tasks.running().is_empty()
            && app.register().parties[7].name == "Same"
    });
    assert!(on_disk(&folder.0.join("many.ron")).contains("Saved"));
    assert!(desk.app().is_dirty());
    queue(&mut desk, TransactionRequest::Undo);
    desk.run();
    // Whichever of the two ended first, one step leads back to what was saved.
    assert_eq!(text(&desk), on_disk(&folder.0.join("many.ron")));
}

#[test]
fn a_reading_that_panics_does_not_keep_edits_waiting() {
    // Longer than what is read within a frame.
    let folder = Folder::new("task-reading");
    let mut desk = open(&folder, 3_900);
    fail_next(&mut desk, "Reading");
    let request = typed(&desk, 0, "// one\n");
    queue(&mut desk, request);
    queue(&mut desk, TransactionRequest::Edit(rename(1, "Waits")));
    told(&mut desk, "Reading");
    assert!(!text(&desk).contains("Waits"));
    assert!(!desk.app().editing.transactions.is_running);
    goes_on(&mut desk, &folder);
    assert!(text(&desk).starts_with("// one\n"));
}

#[test]
fn an_export_that_panics_can_be_made_again() {
    let folder = Folder::new("task-export");
    let mut desk = open(&folder, 2);
    fail_next(&mut desk, "Exporting");
    export(&mut desk, &folder.0.join("first.csv"));
    told(&mut desk, "Exporting");
    assert!(!folder.0.join("first.csv").exists());
    goes_on(&mut desk, &folder);
}

#[test]
fn copying_that_panics_is_told() {
    let folder = Folder::new("task-copy");
    let mut desk = open(&folder, 2);
    fail_next(&mut desk, "Copying the chart");
    desk.press(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::C);
    let id = linchpin_charts::charts_of(desk.app().register())[0]
        .id
        .to_string();
    let copy = Command::CopyChart(id, linchpin_app::clipboard::CopyAs::Csv);
    run(&mut desk, copy);
    told(&mut desk, "Copying the chart");
    goes_on(&mut desk, &folder);
}

#[test]
fn looking_for_unsaved_work_may_panic() {
    let folder = Folder::new("task-recovery");
    let mut desk = open(&folder, 2);
    fail_next(&mut desk, "Looking for unsaved work");
    let state = folder.0.join("state");
    desk.harness.state_mut().enable_autosave(state);
    told(&mut desk, "Looking for unsaved work");
    goes_on(&mut desk, &folder);
}

#[test]
fn a_comparison_that_panics_says_so_on_its_page() {
    let folder = Folder::new("task-compare");
    let mut desk = open(&folder, 2);
    run(&mut desk, Command::GoToPage(Page::Compare));
    desk.harness.state_mut().view.comparing.mode = CompareMode::Versions;
    desk.run();
    wait_for_tasks(&mut desk);
    fail_next(&mut desk, "Comparing");
    let compare = || Command::Versions(VersionsCommand::Compare(VersionSource::Bundled));
    run(&mut desk, compare());
    told(&mut desk, "Comparing");
    assert!(!desk.app().versions.is_loading);
    run(&mut desk, compare());
    desk.wait("the comparison", |app| app.versions.result.is_some());
    fail_next(&mut desk, "Asking git");
    run(&mut desk, Command::Versions(VersionsCommand::ReloadGitLog));
    told(&mut desk, "Asking git");
    goes_on(&mut desk, &folder);
}

#[test]
fn texts_that_cannot_be_read_are_read_again_after_the_next_edit() {
    let folder = Folder::new("task-texts");
    folder.file("joint.txt", "A joint statement\n");
    let register = "(format: 1, title: \"Many\", parties: [(id: \"p0\", name: \"A\", \
        kind: Office)], documents: [(id: \"d\", title: \"Joint\", short: \"J\", \
        kind: JointStatement, legal_character: PoliticalInferred, \
        date: (date: \"2023-04-26\", basis: Stated), url: \"https://example.org\", \
        text: \"joint.txt\")])";
    let mut desk = Desk::open(folder.file("many.ron", register));
    desk.wait("the text", |app| {
        app.reading.texts.library.get("d").is_some()
    });
    wait_for_tasks(&mut desk);
    folder.file("joint.txt", "Another joint statement\n");
    fail_next(&mut desk, "Reading the texts");
    desk.harness.state_mut().rescan_texts();
    desk.run();
    told(&mut desk, "Reading the texts");
    assert!(
        desk.app().tasks.running().is_empty(),
        "it is not tried again"
    );
    goes_on(&mut desk, &folder);
    desk.wait("the text", |app| {
        let text = app.reading.texts.library.get("d");
        text.is_some_and(|text| text.prose.text().starts_with("Another"))
    });
}

#[test]
fn a_text_that_is_attached_may_panic_the_reader() {
    let folder = Folder::new("task-attach");
    let register = "(format: 1, title: \"Many\", parties: [(id: \"p0\", name: \"A\", \
        kind: Office)], documents: [(id: \"d\", title: \"Joint\", short: \"J\", \
        kind: JointStatement, legal_character: PoliticalInferred, \
        date: (date: \"2023-04-26\", basis: Stated), url: \"https://example.org\")])";
    let mut desk = Desk::open(folder.file("many.ron", register));
    desk.wait("first reading", |app| app.register().title == "Many");
    run(&mut desk, Command::OpenAttachDialog("d".into()));
    let field = |desk: &mut Desk| {
        let role = Role::MultilineTextInput;
        desk.harness
            .get_by_role_and_label(role, "Pasted text")
            .click();
        desk.run();
        let field = desk.harness.get_by_role_and_label(role, "Pasted text");
        field.type_text("A joint statement");
        desk.run();
    };
    field(&mut desk);
    fail_next(&mut desk, "Reading the text");
    desk.click(Role::Button, "Look at the text");
    wait_for_tasks(&mut desk);
    told(&mut desk, "Reading the text");
    desk.click(Role::Button, "Look at the text");
    wait_for_tasks(&mut desk);
    assert!(desk.says("1 paragraphs"));
}
