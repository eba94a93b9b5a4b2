//! The texts next to a register are searched while it is on screen: what they say is among the
//! problems, and goes when it is set right.

use crate::desk::Desk;
use crate::editing::text;
use egui::accesskit::Role;
use linchpin_app::App;
use linchpin_app::page::Page;
use std::fs;
use std::path::{Path, PathBuf};

const TEXT: &str = "The two sides will meet.\nThey will part “in Seoul”.\n";
const REGISTER: &str = r#"(
    format: 1,
    title: "T",
    parties: [(id: "us", name: "U", kind: State)],
    documents: [
        (id: "d", title: "D", short: "D", kind: Treaty, legal_character: LegallyBinding, date: (date: "2020", basis: Stated), url: "https://example.org", text: "d.txt"),
    ],
    bodies: [
        (id: "a", name: "A", kind: WorkingGroup, members: ["us"], citations: [(document: "d", paragraph: 2, phrase: "sides will meet")]),
        (id: "b", name: "B", kind: WorkingGroup, members: ["us"], citations: [(document: "d", paragraph: 2, phrase: "part \"in Seoul\"")]),
    ],
)
"#;

/// A register on disk beside its text.
fn opened(name: &str) -> (PathBuf, Desk) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("d.txt"), TEXT).unwrap();
    let path = folder.join("r.ron");
    fs::write(&path, REGISTER).unwrap();
    (path.clone(), Desk::open(path))
}

fn codes(app: &App) -> Vec<&'static str> {
    let problems = app.file.latest.diagnostics.iter();
    problems.map(|problem| problem.code).collect()
}

fn is_looked_into(app: &App) -> bool {
    !app.file.is_loading
        && app.reading.texts.revision == app.file.revision
        && !app.reading.texts.library.is_empty()
}

#[test]
fn what_the_texts_say_is_among_the_problems_until_it_is_set_right() {
    let (_, mut desk) = opened("window-texts");
    desk.wait("the texts", is_looked_into);
    assert_eq!(codes(desk.app()), ["phrase-moved", "phrase-normalized"]);
    assert_eq!(desk.app().reading.texts.checked.len(), 2);
    desk.go("Problems");
    desk.choose(Role::Button, "Write paragraph 1");
    // The page stays: the other finding is there in the very same frame.
    assert_eq!(desk.app().view.page, Page::Problems);
    assert_eq!(codes(desk.app()), ["phrase-normalized"]);
    assert!(text(&desk).contains("paragraph: 1, phrase: \"sides will meet\""));
    desk.choose(Role::Button, "Fix all safe problems");
    assert!(text(&desk).contains("part “in Seoul”"));
    assert_eq!(codes(desk.app()), [""; 0]);
    desk.wait("the texts again", is_looked_into);
    assert_eq!(codes(desk.app()), [""; 0]);
}

#[test]
fn what_is_changed_elsewhere_is_looked_into_again() {
    let (path, mut desk) = opened("window-texts-outside");
    desk.wait("the texts", is_looked_into);
    let text = REGISTER.replace(
        "paragraph: 2, phrase: \"sides will meet",
        "paragraph: 1, phrase: \"sides never meet",
    );
    fs::write(&path, &text).unwrap();
    desk.wait("the file", |app| **app.file.draft.text() == *text);
    desk.wait("the texts", |app| {
        is_looked_into(app) && codes(app).len() == 2
    });
    assert_eq!(codes(desk.app()), ["phrase-broken", "phrase-normalized"]);
    assert_eq!(desk.app().register().bodies.len(), 2);
}
