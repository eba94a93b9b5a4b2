//! A document gets its text: pasted, out of a file, told when it changes, taken away again.

use crate::desk::{Desk, Folder};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_app::command::Command;
use linchpin_app::dialog::Dialog;
use linchpin_app::page::Page;
use linchpin_reading::TextState;
use linchpin_register::Document;
use linchpin_task::fault_injection::hold;
use linchpin_text::prose::sha256;
use std::fs;

const REGISTER: &str = "#![enable(implicit_some)]
(
    format: 1,
    title: \"Kept\",
    documents: [
        (
            id: \"joint-2023\",
            title: \"A joint statement\",
            short: \"JS 2023\",
            kind: JointStatement,
            legal_character: PoliticalInferred,
            date: (date: \"2023-04-26\", basis: Stated),
            url: \"https://example.org/joint\",
        ),
    ],
)
";
const PASTED: &str = "A joint statement\n\nThe “U.S.” side – as it said – will\u{a0}work to\nenable the talks… and 양국은 this.\n";
const TEXT: &str = "A joint statement\nThe “U.S.” side – as it said – will work to enable the talks… and 양국은 this.\n";

fn opened(folder: &Folder) -> Desk {
    let mut desk = Desk::open(folder.file("register.ron", REGISTER));
    desk.wait("first reading", |app| app.register().title == "Kept");
    show(&mut desk);
    desk
}

fn show(desk: &mut Desk) {
    let ctx = desk.harness.ctx.clone();
    let show = Command::ShowRecordById("joint-2023".into());
    desk.harness.state_mut().apply(vec![show], &ctx);
    desk.run();
}

fn document(desk: &Desk) -> Document {
    desk.app().register().documents[0].clone()
}

fn fill(desk: &mut Desk, role: Role, field: &str, text: &str) {
    desk.harness.get_by_role_and_label(role, field).click();
    desk.run();
    desk.press(Modifiers::COMMAND, Key::A);
    desk.harness
        .get_by_role_and_label(role, field)
        .type_text(text);
    desk.run();
}

/// Pastes a text and looks at it.
fn paste(desk: &mut Desk, text: &str) {
    fill(desk, Role::MultilineTextInput, "Pasted text", text);
    desk.click(Role::Button, "Look at the text");
    desk.wait("the text is read", |app| app.tasks.running().is_empty());
}

fn attach(desk: &mut Desk) {
    desk.click(Role::Button, "Attach");
    desk.wait("the text is kept and read", |app| {
        app.tasks.running().is_empty()
    });
}

#[test]
fn a_pasted_text_is_looked_at_and_kept_beside_the_register() {
    let folder = Folder::new("attach-paste");
    let mut desk = opened(&folder);
    assert!(desk.says("No text is attached"));
    desk.click(Role::Button, "Attach a text…");
    assert!(desk.says("Texts belong to those who published them"));
    paste(&mut desk, PASTED);
    assert!(desk.says("As it was pasted: 2 paragraphs, 2 sentences"));
    assert!(desk.says("2 The “U.S.” side – as it said – will work to enable"));
    assert!(desk.says("3 lines were joined into 2 paragraphs"));
    // Nothing is written before that is wanted.
    assert!(!folder.0.join("texts").exists());
    attach(&mut desk);
    assert_eq!(desk.app().dialog, Dialog::None);
    assert_eq!(
        fs::read_to_string(folder.0.join("texts/joint-2023.txt")).unwrap(),
        TEXT
    );
    let now = document(&desk);
    assert_eq!(now.text.as_deref(), Some("texts/joint-2023.txt"));
    assert_eq!(now.text_sha256, Some(sha256(TEXT.as_bytes())));
    assert!(desk.says("“JS 2023” has its text: 2 paragraphs in texts/joint-2023.txt"));
    desk.wait("the library has it", |app| {
        app.reading.texts.library.prose("joint-2023").is_some()
    });
    assert!(desk.says("Text: texts/joint-2023.txt, 2 paragraphs"));

    // It can be undone, and detached with its file left alone.
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(document(&desk).text, None);
    desk.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(document(&desk).text.is_some());
    desk.click(Role::Button, "Detach the text");
    assert_eq!(
        (document(&desk).text, document(&desk).text_sha256),
        (None, None)
    );
    assert!(folder.0.join("texts/joint-2023.txt").exists());
    assert_eq!(&**desk.app().file.draft.text(), REGISTER);
}

#[test]
fn a_text_comes_out_of_a_file_and_another_one_is_not_overwritten() {
    let folder = Folder::new("attach-file");
    let mut desk = opened(&folder);
    fs::create_dir_all(folder.0.join("texts")).unwrap();
    let taken = folder.file("texts/joint-2023.txt", "Somebody's\n");
    let page = folder.file("page.html", "<nav>Menu</nav><p>One &amp; only<p>둘");
    desk.click(Role::Button, "Attach a text…");
    fill(&mut desk, Role::TextInput, "Path", "nowhere.pdf");
    desk.click(Role::Button, "Look at the text");
    desk.wait("it is not found", |app| app.tasks.running().is_empty());
    assert!(desk.says("there is no such file"));
    fill(
        &mut desk,
        Role::TextInput,
        "Path",
        &page.display().to_string(),
    );
    desk.click(Role::Button, "Look at the text");
    desk.wait("the file is read", |app| app.tasks.running().is_empty());
    assert!(desk.says("From page.html: 2 paragraphs, 2 sentences"));
    attach(&mut desk);
    assert!(desk.says("Another text stands in texts/joint-2023.txt already"));
    desk.click(Role::Button, "Keep both");
    desk.wait("both are kept", |app| app.tasks.running().is_empty());
    assert_eq!(fs::read_to_string(&taken).unwrap(), "Somebody's\n");
    let numbered = folder.0.join("texts/joint-2023-2.txt");
    assert_eq!(fs::read_to_string(&numbered).unwrap(), "One & only\n둘\n");
    assert_eq!(
        document(&desk).text.as_deref(),
        Some("texts/joint-2023-2.txt")
    );

    // Another text for a document that has one takes its place only where that is wanted.
    desk.click(Role::Button, "Attach another text…");
    paste(&mut desk, "Three\n");
    attach(&mut desk);
    assert!(desk.says("Another text stands in texts/joint-2023-2.txt already"));
    desk.click(Role::Button, "Replace it");
    desk.wait("it is replaced", |app| app.tasks.running().is_empty());
    assert_eq!(fs::read_to_string(&numbered).unwrap(), "Three\n");
    assert_eq!(document(&desk).text_sha256, Some(sha256(b"Three\n")));
}

#[test]
fn a_register_that_comes_with_the_program_is_saved_first() {
    let folder = Folder::new("attach-bundled");
    let mut desk = Desk::with(REGISTER);
    show(&mut desk);
    desk.click(Role::Button, "Attach a text…");
    assert!(desk.says("A text is saved next to a file of your own"));
    desk.click(Role::Button, "Save as…");
    let target = folder.0.join("mine.ron");
    fill(
        &mut desk,
        Role::TextInput,
        "Path",
        &target.display().to_string(),
    );
    desk.click(Role::Button, "Save");
    desk.wait("saved", |app| matches!(app.dialog, Dialog::Attach(_)));
    paste(&mut desk, PASTED);
    attach(&mut desk);
    assert_eq!(
        fs::read_to_string(folder.0.join("texts/joint-2023.txt")).unwrap(),
        TEXT
    );
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait("saved with its text", |app| !app.is_dirty());
    assert!(
        fs::read_to_string(target)
            .unwrap()
            .contains("text: \"texts/joint-2023.txt\"")
    );
}

#[test]
fn a_text_that_changes_on_the_disk_is_told_looked_at_and_accepted() {
    let folder = Folder::new("attach-changed");
    let mut desk = opened(&folder);
    desk.click(Role::Button, "Attach a text…");
    paste(&mut desk, PASTED);
    attach(&mut desk);
    let state = |app: &linchpin_app::App| {
        let text = app.reading.texts.library.get("joint-2023");
        text.map(|text| text.state.clone())
    };
    desk.wait("the text is the same", |app| {
        state(app) == Some(TextState::Unchanged)
    });
    let revision = desk.app().file.revision;

    let path = folder.0.join("texts/joint-2023.txt");
    let other = TEXT.replace("will work", "intends to work");
    fs::write(&path, &other).unwrap();
    desk.wait("the change is seen", |app| {
        state(app) == Some(TextState::Changed)
    });
    assert_eq!(
        desk.app().file.revision,
        revision,
        "the register stays the same"
    );
    let words = "The text of “JS 2023” has changed since it was attached";
    assert!(desk.says(words));
    // Put back, it is as it was, and nothing is said any more.
    fs::write(&path, TEXT).unwrap();
    desk.wait("it is put back", |app| {
        state(app) == Some(TextState::Unchanged)
    });
    assert!(!desk.says(words));

    fs::write(&path, &other).unwrap();
    desk.wait("it changes again", |app| {
        state(app) == Some(TextState::Changed)
    });
    desk.click(Role::Button, "Look at it");
    assert_eq!(desk.app().view.page, Page::Reader);
    assert_eq!(
        desk.app().view.reading.document.as_deref(),
        Some("joint-2023")
    );
    show(&mut desk);
    assert!(desk.says("It has changed since it was attached"));
    desk.click(Role::Button, "Accept it as it is");
    assert_eq!(document(&desk).text_sha256, Some(sha256(other.as_bytes())));
    desk.wait("it is the same now", |app| {
        state(app) == Some(TextState::Unchanged)
    });
    fs::remove_file(&path).unwrap();
    desk.wait("it is gone", |app| {
        matches!(state(app), Some(TextState::Missing(_)))
    });
    assert!(desk.says("Its text cannot be read"));
}

#[test]
fn a_record_on_one_line_takes_a_text_and_gives_it_back_in_one_step_each() {
    let folder = Folder::new("attach-one-line");
    let one_line = "(format: 1, title: \"Kept\", documents: [(id: \"joint-2023\", title: \"A joint \
        statement\", short: \"JS 2023\", kind: JointStatement, legal_character: PoliticalInferred, \
        url: \"https://example.org/joint\", date: (date: \"2023-04-26\", basis: Stated))])";
    let mut desk = Desk::open(folder.file("register.ron", one_line));
    desk.wait("first reading", |app| app.register().title == "Kept");
    show(&mut desk);
    desk.click(Role::Button, "Attach a text…");
    paste(&mut desk, PASTED);
    attach(&mut desk);
    assert_eq!(document(&desk).text_sha256, Some(sha256(TEXT.as_bytes())));
    desk.click(Role::Button, "Detach the text");
    assert_eq!(
        (document(&desk).text, document(&desk).text_sha256),
        (None, None)
    );
    assert_eq!(&**desk.app().file.draft.text(), one_line);
    desk.press(Modifiers::COMMAND, Key::Z);
    assert!(document(&desk).text.is_some());
    desk.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(&**desk.app().file.draft.text(), one_line);
}

#[test]
fn a_text_that_cannot_be_saved_is_told_to_its_own_document_alone() {
    let folder = Folder::new("attach-closed");
    let second = REGISTER
        .split_once("documents: [")
        .and_then(|(_, rest)| rest.split_once("    ],"))
        .map(|(document, _)| document.replace("2023", "2024"))
        .unwrap();
    let both = REGISTER.replace("    ],\n)", &format!("{second}    ],\n)"));
    fs::create_dir(folder.0.join("texts")).unwrap();
    let theirs = folder.file("texts/joint-2023.txt", "Theirs.\n");
    let mut desk = Desk::open(folder.file("register.ron", &both));
    desk.wait("first reading", |app| app.register().documents.len() == 2);
    let told = "The text of “JS 2023” was not saved. Another text stands in texts/joint-2023.txt";
    for opens_another in [false, true] {
        show(&mut desk);
        desk.click(Role::Button, "Attach a text…");
        paste(&mut desk, PASTED);
        let held = hold("Saving the text");
        desk.click(Role::Button, "Attach");
        assert!(held.wait_until_reached());
        desk.press(Modifiers::NONE, Key::Escape);
        if opens_another {
            let ctx = desk.harness.ctx.clone();
            let other = Command::OpenAttachDialog("joint-2024".into());
            desk.harness.state_mut().apply(vec![other], &ctx);
            desk.run();
        }
        assert!(!desk.says(told));
        drop(held);
        desk.wait("refused", |app| app.tasks.running().is_empty());
        assert!(desk.says(told), "another: {opens_another}");
        // The dialog of the other document has nothing of it.
        assert!(
            !desk.says("Replace it")
                && !desk.says("Another text stands in texts/joint-2023.txt already")
        );
        let told = desk.app().notices.all().iter().map(|notice| notice.id);
        let told: Vec<Command> = told.map(Command::DismissNotice).collect();
        let ctx = desk.harness.ctx.clone();
        desk.harness.state_mut().apply(told, &ctx);
        desk.run();
    }
    assert_eq!(fs::read_to_string(theirs).unwrap(), "Theirs.\n");
}
