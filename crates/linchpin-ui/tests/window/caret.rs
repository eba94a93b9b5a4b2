//! The caret in the data file while other programs write: it stays with its words, and so does the
//! view. Only undo and redo go elsewhere.

use crate::desk::{Desk, Folder};
use crate::editing::{field, fill, first_open, text, type_over, undo};
use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use linchpin_app::transactions::TransactionRequest;
use linchpin_edit::draft::UndoGrouping;
use linchpin_register::{Commitment, RegisterRecord as _};
use ron_lossless::{Span, TextEdit};
use std::path::PathBuf;

/// A register of so many parties, one on a line; the first on the third line.
fn register(first: usize, count: usize) -> String {
    let line = |n: usize| format!("(id: \"p{n}\", name: \"Party {n}\", kind: Office),\n");
    let lines: String = (first..first + count).map(line).collect();
    format!("(format: 1, title: \"Lines\",\nparties: [\n{lines}])\n")
}

/// What another program makes of it: lines above, a name far below, and a word in the line of
/// party 100 before and behind its name.
fn changed(text: &str) -> String {
    text.replacen("parties: [", "// one\n// two\n// three\nparties: [", 1)
        .replace("\"p100\", name", "\"p100\", /* theirs */ name")
        .replace("Party 100\", kind: Office", "Party 100\", kind: State")
        .replace("Party 190", "Theirs")
}

fn opened(folder: &Folder) -> (Desk, PathBuf) {
    let path = folder.file("register.ron", &register(0, 200));
    let mut desk = Desk::open(path.clone());
    desk.wait("first reading", |app| app.register().title == "Lines");
    desk.go("Data file");
    (desk, path)
}

/// Puts the caret behind these words, which stand on this line.
fn put_caret(desk: &mut Desk, line: u32, words: &str) {
    desk.press(Modifiers::COMMAND, Key::G);
    field(desk, "Go to line")
        .unwrap()
        .type_text(&line.to_string());
    desk.run();
    desk.press(Modifiers::NONE, Key::Enter);
    let text = text(desk);
    let line = text.lines().nth(line as usize - 1).unwrap();
    let column = line.find(words).unwrap() + words.len();
    for _ in 0..column {
        desk.harness.key_press(Key::ArrowRight);
    }
    desk.run();
    assert!(desk.says(&format!("column {}", column + 1)));
}

fn type_text(desk: &mut Desk, words: &str) {
    desk.harness.event(Event::Text(words.into()));
    desk.run();
}

/// How far down these words are painted; `None` where they are not in view.
fn height_of(desk: &Desk, words: &str) -> Option<f32> {
    let shapes = desk.harness.output().shapes.iter();
    let mut found = shapes.filter_map(|clipped| match &clipped.shape {
        egui::Shape::Text(text) if text.galley.text().contains(words) => Some(text.pos.y),
        _ => None,
    });
    found.next()
}

#[test]
fn the_caret_and_the_view_stay_while_another_program_changes_places_above_and_below() {
    for with_edits in [false, true] {
        let folder = Folder::new(&format!("caret-{with_edits}"));
        let (mut desk, path) = opened(&folder);
        put_caret(&mut desk, 103, "Party 100");
        let before = text(&desk);
        let mine = if with_edits { "x" } else { "" };
        if with_edits {
            type_text(&mut desk, mine);
        }
        let height = height_of(&desk, "Party 101");
        assert!(height.is_some());
        let theirs = changed(&before).replace("/* theirs */ ", "");
        let theirs = theirs.replace("State", "Office");
        std::fs::write(&path, &theirs).unwrap();
        desk.wait("taken in", |app| {
            app.register().parties[190].name == "Theirs"
        });
        desk.run();
        assert!(
            desk.says("Line 106, column "),
            "it is three lines further down"
        );
        assert_eq!(height_of(&desk, "Party 101"), height);
        type_text(&mut desk, "y");
        let want = theirs.replace("Party 100", &format!("Party 100{mine}y"));
        assert_eq!(text(&desk), want);
        assert_eq!(height_of(&desk, "Party 101"), height);
        // What is undone is shown where it is.
        undo(&mut desk);
        assert_eq!(text(&desk), want.replace("y\", kind", "\", kind"));
        undo(&mut desk);
        assert_eq!(
            text(&desk),
            before.replace("Party 100", &format!("Party 100{mine}"))
        );
        assert!(desk.says("Line 2, column 1"));
    }
}

#[test]
fn a_caret_between_two_changes_of_its_line_stays_with_its_words() {
    let folder = Folder::new("caret-line");
    let (mut desk, path) = opened(&folder);
    put_caret(&mut desk, 103, "Party 1");
    let theirs = changed(&text(&desk));
    std::fs::write(&path, &theirs).unwrap();
    desk.wait("taken in", |app| {
        app.register().parties[190].name == "Theirs"
    });
    desk.run();
    type_text(&mut desk, "y");
    assert_eq!(text(&desk), theirs.replace("Party 100", "Party 1y00"));
}

#[test]
fn a_selection_holds_the_same_words_after_a_change_from_elsewhere() {
    let folder = Folder::new("caret-selection");
    let (mut desk, path) = opened(&folder);
    put_caret(&mut desk, 103, "name: \"");
    for _ in 0.."Party 100".len() {
        desk.harness
            .key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    }
    desk.run();
    let theirs = changed(&text(&desk)).replace("Party 100", "The Party 100 of all");
    std::fs::write(&path, &theirs).unwrap();
    desk.wait("taken in", |app| {
        app.register().parties[190].name == "Theirs"
    });
    desk.run();
    type_text(&mut desk, "Mine");
    assert_eq!(
        text(&desk),
        theirs.replace("The Party 100 of", "The Mine of")
    );
}

#[test]
fn undo_and_redo_go_to_their_place() {
    let folder = Folder::new("caret-undo");
    let (mut desk, _) = opened(&folder);
    put_caret(&mut desk, 8, "Party 5");
    type_text(&mut desk, "x");
    put_caret(&mut desk, 180, "Party 177");
    assert_eq!(height_of(&desk, "Party 5\""), None);
    undo(&mut desk);
    assert!(desk.says("Line 8, column "));
    assert!(height_of(&desk, "\"p5\"").is_some());
    put_caret(&mut desk, 180, "Party 177");
    desk.press(Modifiers::COMMAND, Key::Y);
    assert!(desk.says("Line 8, column "));
}

#[test]
fn changes_while_another_page_is_on_screen_are_followed_too() {
    let folder = Folder::new("caret-away");
    let (mut desk, path) = opened(&folder);
    put_caret(&mut desk, 103, "Party 100");
    desk.go("Parties");
    let theirs = changed(&text(&desk));
    std::fs::write(&path, &theirs).unwrap();
    desk.wait("taken in", |app| {
        app.register().parties[190].name == "Theirs"
    });
    desk.go("Data file");
    assert!(desk.says("Line 106, column "));
}

#[test]
fn an_edit_that_waits_is_made_at_its_place_or_refused_with_words() {
    let folder = Folder::new("caret-pending");
    let (mut desk, path) = opened(&folder);
    let before = text(&desk);
    let version = desk.app().file.draft.version();
    let edit = |words: &str, with: &str| {
        let start = before.find(words).unwrap() as u32;
        let span = Span::new(start, start + words.len() as u32);
        TransactionRequest::TextEdits {
            label: "Put it right".into(),
            edits: vec![TextEdit::new(span, with)],
            run: UndoGrouping::Separate,
            version,
        }
    };
    let theirs = changed(&before);
    std::fs::write(&path, &theirs).unwrap();
    desk.wait("taken in", |app| {
        app.register().parties[190].name == "Theirs"
    });
    let app = desk.harness.state_mut();
    app.queue_transaction(edit("Party 150", "Mine"));
    desk.run();
    let want = theirs.replace("Party 150", "Mine");
    assert_eq!(text(&desk), want);
    let app = desk.harness.state_mut();
    app.queue_transaction(edit("Party 190", "Mine"));
    desk.run();
    assert_eq!(text(&desk), want);
    assert!(desk.says("The text has changed meanwhile"));
}

/// A folder of two files, the second with 60 parties on screen and the caret at its party 140.
fn folder_opened(folder: &Folder) -> Desk {
    folder.file("head.ron", "(format: 1, title: \"Lines\")\n");
    folder.file(
        "more.ron",
        &register(100, 60).replace(" title: \"Lines\",", ""),
    );
    let mut desk = Desk::open(folder.0.clone());
    desk.wait("first reading", |app| app.register().title == "Lines");
    desk.go("Data file");
    desk.choose(Role::ComboBox, "File: head.ron");
    desk.choose(Role::Button, "more.ron");
    put_caret_in_part(&mut desk);
    desk
}

fn put_caret_in_part(desk: &mut Desk) {
    desk.press(Modifiers::COMMAND, Key::G);
    field(desk, "Go to line").unwrap().type_text("43");
    desk.run();
    desk.press(Modifiers::NONE, Key::Enter);
    desk.press(Modifiers::NONE, Key::End);
    assert!(desk.says("Line 43, column "));
}

#[test]
fn files_that_come_and_go_leave_the_caret_the_steps_and_the_draft() {
    let folder = Folder::new("caret-folder");
    let mut desk = folder_opened(&folder);
    type_text(&mut desk, "// mine");
    let third = "(format: 1, parties: [(id: \"c\", name: \"Gamma\", kind: Office)])\n";
    folder.file("a.ron", third);
    folder.file("head.ron", "// theirs\n(format: 1, title: \"Others\")\n");
    desk.wait("a new file", |app| app.file.draft.parts().len() == 3);
    desk.run();
    assert!(desk.says("File: more.ron") && desk.says("Line 43, column "));
    type_text(&mut desk, "!");
    assert!(text(&desk).contains("\"Party 140\", kind: Office),// mine!\n"));
    assert!(text(&desk).contains("Others") && text(&desk).contains("Gamma"));
    std::fs::remove_file(folder.0.join("a.ron")).unwrap();
    desk.wait("it is gone", |app| app.file.draft.parts().len() == 2);
    desk.run();
    assert!(desk.says("File: more.ron") && desk.says("Line 43, column "));
    assert!(text(&desk).contains("// mine!\n") && desk.app().is_dirty());
    // Back over all of it: the file, what was typed, the other file.
    let steps = desk.app().file.draft.transactions().0.len();
    assert_eq!(steps, 4);
    for _ in 0..steps {
        undo(&mut desk);
    }
    let now = text(&desk);
    assert!(!now.contains("mine") && !now.contains("Gamma") && !now.contains("Others"));
    for _ in 0..steps {
        desk.press(Modifiers::COMMAND, Key::Y);
    }
    assert!(text(&desk).contains("// mine!\n") && text(&desk).contains("Others"));
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait("saved", |app| !app.is_dirty());
    let saved = std::fs::read_to_string(folder.0.join("more.ron")).unwrap();
    assert!(saved.contains("kind: Office),// mine!\n"));
}

#[test]
fn a_file_that_undo_took_out_of_the_draft_stays_on_the_disk() {
    let folder = Folder::new("caret-left");
    let mut desk = folder_opened(&folder);
    let third = "(format: 1, parties: [(id: \"c\", name: \"Gamma\", kind: Office)])\n";
    let path = folder.file("a.ron", third);
    desk.wait("a new file", |app| app.file.draft.parts().len() == 3);
    desk.run();
    undo(&mut desk);
    assert_eq!(desk.app().file.draft.parts().len(), 2);
    type_text(&mut desk, "// mine");
    desk.press(Modifiers::COMMAND, Key::S);
    desk.wait("saved", |app| !app.is_dirty());
    assert!(desk.says("Still on the disk: a.ron"));
    // Another program writes it again, while there is something unsaved.
    type_text(&mut desk, "!");
    std::fs::write(&path, third.replace("Gamma", "Delta")).unwrap();
    desk.wait("it is back", |app| app.file.draft.parts().len() == 3);
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        third.replace("Gamma", "Delta")
    );
    assert!(text(&desk).contains("Delta") && text(&desk).contains("// mine!"));
}

#[test]
fn saving_while_a_syllable_is_composed_types_nothing_else() {
    let folder = Folder::new("caret-compose");
    let (mut desk, path) = opened(&folder);
    put_caret(&mut desk, 103, "Party 100");
    let before = text(&desk);
    desk.harness.event(Event::Ime(ImeEvent::Preedit {
        text: "한".into(),
        active_range_chars: None,
    }));
    desk.run();
    // As X11 sends it: the syllable, the key, and the control character that the key stands for.
    let save = Event::Key {
        key: Key::S,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    };
    let events = [
        Event::Ime(ImeEvent::Commit("한".into())),
        save,
        Event::Text("\u{13}".into()),
    ];
    desk.harness.input_mut().events.extend(events);
    desk.run();
    let want = before.replace("Party 100", "Party 100한");
    assert_eq!(text(&desk), want);
    desk.wait("saved", |app| !app.is_dirty());
    assert_eq!(std::fs::read_to_string(path).unwrap(), want);
    type_text(&mut desk, "\u{13}");
    type_text(&mut desk, "a\u{7f}b\u{9b}");
    assert_eq!(text(&desk), before.replace("Party 100", "Party 100한ab"));
}

#[test]
fn control_characters_reach_no_field() {
    let mut desk = Desk::bundled();
    first_open(&mut desk);
    desk.choose(Role::Button, "Edit title");
    fill(&mut desk, "Title", "One\u{13} name\u{1b}");
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(text(&desk).contains("title: \"One name\""));
}

/// The bundled register as a file, its first commitment open.
fn bundled_opened(folder: &Folder) -> (Desk, PathBuf, Commitment) {
    let path = folder.file("register.ron", linchpin_register::bundled::ALLIANCE_TEXT);
    let mut desk = Desk::open(path.clone());
    desk.wait("read", |app| !app.file.is_loading);
    let first = first_open(&mut desk);
    (desk, path, first)
}

#[test]
fn what_is_typed_into_an_item_stays_with_it_when_one_comes_before_it() {
    let folder = Folder::new("caret-item");
    let (mut desk, path, first) = bundled_opened(&folder);
    desk.choose(Role::Button, "Edit citation 1");
    fill(&mut desk, "Phrase of citation 1", "other");
    let before = text(&desk);
    let record = before.find(&format!("id: \"{}\"", first.id)).unwrap();
    let list = record + before[record..].find("citations: [").unwrap() + "citations: [".len();
    let document = first.citations[0].document.as_str();
    let item = format!("(document: \"{document}\", paragraph: 1, phrase: \"theirs\"),\n");
    std::fs::write(
        &path,
        format!("{}{item}{}", &before[..list], &before[list..]),
    )
    .unwrap();
    let count = first.citations.len();
    desk.wait("taken in", |app| {
        Commitment::list(app.register())[0].citations.len() == count + 1
    });
    desk.run();
    desk.harness.event(Event::Text(" words".into()));
    desk.run();
    desk.press(Modifiers::NONE, Key::Enter);
    let now = Commitment::list(desk.app().register())[0].clone();
    assert_eq!(now.citations[0].phrase.as_deref(), Some("theirs"));
    assert_eq!(now.citations[1].phrase.as_deref(), Some("other words"));
}

#[test]
fn a_field_that_changed_elsewhere_while_it_was_typed_in_is_not_overwritten_unasked() {
    let folder = Folder::new("caret-field");
    let (mut desk, path, first) = bundled_opened(&folder);
    desk.choose(Role::Button, "Edit title");
    type_over(&mut desk, "Title", "Mine");
    let theirs = text(&desk).replace(&format!("title: \"{}\"", first.title), "title: \"Theirs\"");
    std::fs::write(&path, &theirs).unwrap();
    desk.wait("taken in", |app| {
        Commitment::list(app.register())[0].title == "Theirs"
    });
    desk.run();
    assert!(desk.says("This has changed to “Theirs” meanwhile"));
    // Leaving the field writes nothing, and loses nothing.
    desk.go("Parties");
    desk.go("Commitments");
    assert_eq!(text(&desk), theirs);
    field(&desk, "Title").unwrap().focus();
    desk.run();
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(
        text(&desk),
        theirs.replace("title: \"Theirs\"", "title: \"Mine\"")
    );
}
