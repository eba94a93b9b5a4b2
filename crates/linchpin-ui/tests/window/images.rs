//! Images of charts, dropped on the window: the chart comes back with its records.

use crate::desk::{Desk, Folder};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use linchpin_app::dialog::Dialog;
use linchpin_app::open_file::FileOrigin;
use linchpin_app::page::Page;
use linchpin_register::bundled;
use linchpin_register::chart_vocabulary::EvidenceScope;
use linchpin_register::load;
use linchpin_register::query::{CountScope, CountingRule};
use linchpin_render::export::Format;
use linchpin_render::export::image::{ImageOptions, Studio};
use std::path::PathBuf;
use std::sync::Arc;

const CHART: &str = "commitments-by-theme";

/// What a file manager lets go of over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }
    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("read it by its path".into())
    }
}

fn drop_on(desk: &mut Desk, path: PathBuf) {
    let input = desk.harness.input_mut();
    input.dropped_files.push(Arc::new(Dropped(path)));
    desk.run();
}

fn strict() -> CountingRule {
    CountingRule {
        count: CountScope::Strict,
        ..CountingRule::default()
    }
}

fn options() -> ImageOptions {
    ImageOptions {
        size: "300 x 200 px".parse().unwrap(),
        dpi: 48.0,
        ..ImageOptions::default()
    }
}

/// An image of a chart of the register with this text.
fn image(folder: &Folder, name: &str, text: &str, chart: &str) -> PathBuf {
    let loaded = load(text, Vec::new());
    let chart = linchpin_charts::by_id(&loaded.register, chart).unwrap();
    let path = folder.0.join(name);
    let format = Format::from_path(&path).unwrap();
    let image = Studio::default()
        .chart((&loaded, "old.ron"), chart, strict(), format, &options())
        .unwrap();
    std::fs::write(&path, image.bytes).unwrap();
    path
}

fn is_shown(app: &linchpin_app::App, chart: &str) -> bool {
    app.view.page == Page::Charts && app.view.charts.open.as_deref() == Some(chart)
}

#[test]
fn an_unchanged_chart_is_drawn_of_the_open_register() {
    let folder = Folder::new("image-same");
    let path = image(&folder, "a.png", bundled::ALLIANCE_TEXT, CHART);
    let mut desk = Desk::bundled();
    drop_on(&mut desk, path);
    desk.wait("the image", |app| is_shown(app, CHART));
    assert!(desk.says(
        "its records have not changed since the image was made, and its drawing was not altered"
    ));
    assert_eq!(desk.app().file.origin, FileOrigin::BUNDLED);
    assert_eq!(desk.app().view.rule, strict());
    // The next export begins as the image was made, the one after it as usual.
    for expected in [options(), ImageOptions::default()] {
        desk.press(Modifiers::COMMAND, Key::E);
        match &desk.app().dialog {
            Dialog::Export(form) => assert_eq!(form.image, expected),
            other => panic!("{other:?}"),
        }
        desk.click(Role::Button, "Cancel");
    }
}

#[test]
fn what_has_changed_since_is_said_and_both_can_be_seen() {
    let folder = Folder::new("image-older");
    let title = "Adopt a forward-looking posture";

    let before = bundled::ALLIANCE_TEXT.replacen(title, "Adopt another posture", 1);
    let path = image(&folder, "older.svg", &before, CHART);
    let mut desk = Desk::bundled();
    drop_on(&mut desk, path.clone());
    desk.wait("the image", |app| app.dialog == Dialog::Reopened);
    desk.run();
    assert!(desk.says("The open register has all of its records; one thing has changed"));
    assert!(desk.says(&format!("· Commitment “{title}”: title changed")));
    assert_eq!(desk.app().view.page, Page::Overview);
    desk.click(Role::Button, "Draw it as it is now");
    assert!(is_shown(desk.app(), CHART));
    assert_eq!(desk.app().file.origin, FileOrigin::BUNDLED);

    drop_on(&mut desk, path.clone());
    desk.wait("the image again", |app| app.dialog == Dialog::Reopened);
    desk.run();
    desk.click(Role::Button, "Open it as it was");
    assert_eq!(desk.app().file.origin, FileOrigin::Image(path));
    assert!(is_shown(desk.app(), CHART));
    assert!(
        desk.app()
            .register()
            .find("adopt-forward-looking-posture")
            .is_some()
    );
    assert!(desk.says("older.svg"));
    let hash = load(before, Vec::new()).register;
    assert_eq!(desk.app().register().sha256(), hash.sha256());
}

#[test]
fn records_of_another_register_are_opened_on_their_own() {
    const OTHER: &str = "(format: 1, title: \"다른\", documents: [(id: \"d\", title: \"D\", short: \"D\", kind: Communique,\n\
        legal_character: PoliticalInferred, issuers: [\"p\"], url: \"https://example.org\", date: (date: \"2020\", basis: Stated))],\n\
        parties: [(id: \"p\", name: \"P\", kind: Office)], themes: [(id: \"t\", name: \"T\")], ladder: [(id: \"w\", rank: 5, label: \"w\")],\n\
        commitments: [(id: \"c\", title: \"C\", statement: \"s\", committers: [\"p\"], verb: \"will\", strength: \"w\", mode: FutureAction,\n\
        themes: [\"t\"], citations: [(document: \"d\", paragraph: 1, phrase: \"x\")])])";
    let folder = Folder::new("image-other");
    for name in ["other.pdf", "other.svg"] {
        let path = image(&folder, name, OTHER, CHART);
        let mut desk = Desk::bundled();
        drop_on(&mut desk, path.clone());
        desk.wait("the image", |app| is_shown(app, CHART));
        assert_eq!(desk.app().file.origin, FileOrigin::Image(path));
        assert_eq!(desk.app().register().title, "다른");
        assert_eq!(desk.app().register().commitments.len(), 1);
        let problems = &desk.app().file.latest.diagnostics;
        assert_eq!(problems.len(), 0, "{problems:?}");
        // Nothing of it is written unless somebody says where.
        desk.press(Modifiers::COMMAND, Key::S);
        match &desk.app().dialog {
            Dialog::SaveAs(form) => {
                assert!(form.path.ends_with("other.ron"), "{}", form.path);
                assert!(form.path.starts_with(folder.0.to_str().unwrap()));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn an_image_that_carries_nothing_changes_nothing() {
    let folder = Folder::new("image-foreign");
    let foreign = folder.file("b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let whole = image(&folder, "c.png", bundled::ALLIANCE_TEXT, CHART);
    let bytes = std::fs::read(&whole).unwrap();
    let cut = folder.0.join("cut.png");
    std::fs::write(&cut, &bytes[..200]).unwrap();
    let mut desk = Desk::bundled();
    for (path, words) in [
        (foreign, "this SVG carries no chart"),
        (cut, "this PNG is damaged: it is cut off"),
    ] {
        drop_on(&mut desk, path);
        desk.wait(words, |app| {
            app.notices.all().iter().any(|n| n.text.contains(words))
        });
        assert_eq!(desk.app().file.origin, FileOrigin::BUNDLED);
        assert_eq!(desk.app().view.page, Page::Overview);
    }
}

#[test]
fn an_image_that_was_altered_says_so_when_it_is_opened() {
    let folder = Folder::new("image-altered");
    let path = image(&folder, "a.svg", bundled::ALLIANCE_TEXT, CHART);
    let text = std::fs::read_to_string(&path).unwrap();
    let altered = text.replacen("<rect x=\"", "<rect x=\"1", 1);
    assert_ne!(altered, text);
    std::fs::write(&path, altered).unwrap();
    let mut desk = Desk::bundled();
    drop_on(&mut desk, path);
    desk.wait("the image", |app| is_shown(app, CHART));
    assert!(desk.says("a.svg was altered after its export: its shapes or texts"));
    assert!(!desk.says("its drawing was not altered"));
}

#[test]
fn an_image_with_citations_alone_says_what_it_needs() {
    let folder = Folder::new("image-citations");
    let loaded = load(bundled::ALLIANCE_TEXT, Vec::new());
    let chart = linchpin_charts::by_id(&loaded.register, CHART).unwrap();
    let light = |scope| ImageOptions {
        evidence: scope,
        ..options()
    };
    let mut desk = Desk::bundled();
    for (name, scope, text) in [
        ("c.png", EvidenceScope::Citations, bundled::ALLIANCE_TEXT),
        ("n.png", EvidenceScope::Nothing, bundled::ALLIANCE_TEXT),
    ] {
        let loaded = load(text, Vec::new());
        let register = (&loaded, "old.ron");
        let options = light(scope);
        let image = Studio::default().chart(register, chart, strict(), Format::Png, &options);
        let path = folder.0.join(name);
        std::fs::write(&path, image.unwrap().bytes).unwrap();
        drop_on(&mut desk, path);
        match scope {
            // The open register is the one that it was made of.
            EvidenceScope::Citations => desk.wait("the image", |app| is_shown(app, CHART)),
            _ => desk.wait("words", |app| {
                let mut all = app.notices.all().iter();
                all.any(|notice| notice.text.contains("exported without evidence"))
            }),
        };
    }
}
