//! The register held against another version: what is saved, another file, a revision of git, the
//! bundled one.

use crate::desk::{Desk, Folder};
use crate::editing::{fill, open};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linchpin_app::App;
use linchpin_app::page::Page;
use std::process::Command;

const OLD: &str = r#"(format: 1, title: "Alliance", parties: [(id: "us", name: "United States", kind: State)],
    ladder: [(id: "firm", rank: 4, label: "resolve"), (id: "soft", rank: 3, label: "intention")],
    documents: [(id: "vision", title: "Vision", short: "Vision", kind: JointStatement, legal_character: PoliticalInferred,
        date: (date: "2023", basis: Stated), url: "https://example.org")],
    commitments: [
        (id: "share", title: "Share “data”", statement: "They will share.", committers: ["us"], verb: "will", strength: "firm",
            mode: FutureAction, citations: [(document: "vision", paragraph: 3, phrase: "will share")]),
        (id: "meet", title: "회의를 연다", statement: "They will meet.", committers: ["us"], verb: "will", strength: "firm",
            mode: FutureAction, citations: [(document: "vision", paragraph: 4, phrase: "will meet")]),
    ],
)
"#;

fn new() -> String {
    OLD.replacen(
        "verb: \"will\", strength: \"firm\"",
        "verb: \"intends to\", strength: \"soft\"",
        1,
    )
}

const WEAKENED: &str = "weakened: from 4 · resolve (“will”) to 3 · intention (“intends to”)";

fn desk(folder: &Folder) -> Desk {
    let mut desk = Desk::open(folder.file("register.ron", &new()));
    desk.wait("the file", |app| !app.file.is_loading);
    desk.go("Compare");
    desk.choose(Role::Button, "Versions");
    desk
}

fn is_done(app: &App) -> bool {
    !app.versions.is_loading && (app.versions.result.is_some() || app.versions.error.is_some())
}

#[test]
fn another_file_is_compared_and_its_changes_handed_on() {
    let folder = Folder::new("versions-file");
    let other = folder.file("old.ron", OLD);
    let mut desk = desk(&folder);
    fill(
        &mut desk,
        "Path of another register",
        other.to_str().unwrap(),
    );
    desk.choose(Role::Button, "Compare");
    desk.wait("the comparison", is_done);
    assert!(desk.says("1 commitment weakened"));
    assert!(desk.says(WEAKENED));
    desk.choose(Role::Button, "Copy as email");
    assert!(desk.says("Copied: changes as e-mail"));
    desk.choose(Role::Button, "Other way round");
    desk.wait("the other way", |app| {
        is_done(app)
            && app
                .versions
                .result
                .as_ref()
                .is_some_and(|f| f.counts.contains("strengthened"))
    });
    assert!(desk.says("strengthened: from 3 · intention (“intends to”) to 4 · resolve (“will”)"));

    desk.choose(Role::Button, "Save…");
    let to = folder.0.join("changes.md");
    fill(
        &mut desk,
        "Save changes to",
        folder.0.join("changes.pdf").to_str().unwrap(),
    );
    desk.choose(Role::Button, "Save");
    assert!(desk.says("a name that ends in .md"));
    std::fs::write(&to, "mine").unwrap();
    fill(&mut desk, "Save changes to", to.to_str().unwrap());
    desk.choose(Role::Button, "Save");
    assert!(desk.says("There is such a file already"));
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "mine");
    desk.choose(Role::Button, "Save");
    desk.wait("the file", |app| app.tasks.running().is_empty());
    let text = std::fs::read_to_string(&to).unwrap();
    assert!(text.contains("## Commitments strengthened"), "{text}");

    desk.choose(Role::Link, "Share “data”");
    assert_eq!(desk.app().view.page, Page::Commitments);
    assert_eq!(desk.app().view.selected.as_deref(), Some("share"));
}

#[test]
fn what_is_not_saved_is_told_and_follows_the_edits() {
    let folder = Folder::new("versions-saved");
    let mut desk = desk(&folder);
    desk.choose(Role::Button, "The file as saved");
    desk.wait("the comparison", is_done);
    assert!(desk.says("Both versions are the same"));
    open(&mut desk, "Commitments", "회의를 연다");
    desk.choose(Role::Button, "Edit statement");
    fill(&mut desk, "Statement", "They will meet twice.");
    desk.press(Modifiers::NONE, Key::Tab);
    desk.wait("the edit", |app| app.file.draft.is_dirty());
    desk.go("Compare");
    desk.choose(Role::Button, "Versions");
    desk.wait("the comparison", |app| {
        app.versions
            .result
            .as_ref()
            .is_some_and(|f| !f.changes.changes.is_empty())
    });
    assert!(desk.says("reworded: statement from They will meet. to They will meet twice."));
}

#[test]
fn a_version_that_cannot_be_read_says_why() {
    let folder = Folder::new("versions-broken");
    let broken = folder.file("broken.ron", &OLD[..OLD.len() / 2]);
    let mut desk = desk(&folder);
    for (path, want) in [
        (broken.to_str().unwrap().to_owned(), "would look withdrawn"),
        (
            folder.0.join("none.ron").to_str().unwrap().to_owned(),
            "there is no such file",
        ),
    ] {
        fill(&mut desk, "Path of another register", &path);
        desk.choose(Role::Button, "Compare");
        desk.wait("the refusal", |app| app.versions.error.is_some());
        assert!(desk.says(want), "{want}");
    }
}

#[test]
#[ignore = "needs git"]
fn needs_git_revisions_are_offered_where_it_knows_the_file() {
    let folder = Folder::new("versions-git");
    let git = |args: &[&str]| {
        let identity = [
            "-c",
            "user.name=김",
            "-c",
            "user.email=kim@example.org",
            "-c",
            "commit.gpgsign=false",
        ];
        let done = Command::new("git")
            .args(identity)
            .args(args)
            .current_dir(&folder.0)
            .output();
        done.map(|output| output.status.success())
    };
    assert!(git(&["init", "-q"]).expect("git runs"));
    folder.file("register.ron", OLD);
    assert!(git(&["add", "."]).unwrap() && git(&["commit", "-qm", "First “draft”"]).unwrap());
    let mut desk = desk(&folder);
    desk.wait("git", |app| {
        matches!(
            app.versions.log,
            linchpin_app::compare_versions::GitLog::Loaded(_)
        )
    });
    assert!(desk.says("Earlier revisions of this file"));
    let linchpin_app::compare_versions::GitLog::Loaded(all) = &desk.app().versions.log else {
        unreachable!();
    };
    let name = format!("Revision {}: First “draft”", all[0].short);
    desk.choose(Role::Button, &name);
    desk.wait("the comparison", is_done);
    assert!(desk.says(WEAKENED));
}

#[test]
fn outside_of_a_repository_there_are_no_revisions() {
    let folder = Folder::new("versions-no-git");
    let mut desk = desk(&folder);
    desk.wait("git", |app| {
        matches!(
            app.versions.log,
            linchpin_app::compare_versions::GitLog::Unavailable(_)
        )
    });
    assert!(desk.says("No earlier revisions"));
    desk.choose(Role::Button, "The bundled register");
    desk.wait("the comparison", is_done);
    assert!(desk.says("new commitments") || desk.says("withdrawn"));
    assert!(desk.harness.query_by_label("Save…").is_some());
}
