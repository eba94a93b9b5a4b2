//! Control characters: no label has one, and a stand-in tells of each.

use crate::desk::{Desk, Folder};
use egui_kittest::kittest::NodeT as _;
use linchpin_app::page::Page;
use linchpin_report::visible::is_harmless;

/// A register whose names and texts hold what a terminal obeys, and a direction.
const TEXT: &str = "(format: 1, title: \"Odd\u{1b}[2J\", summary: \"S\u{9b}\",
parties: [(id: \"us\", name: \"United\\u{202e} States\", kind: State, note: \"N\u{7}\")],
themes: [(id: \"t\", name: \"Theme\u{202e}\")],
concerns: [(id: \"c\", title: \"Worry\u{202e}\", statement: \"W\u{1b}\", themes: [\"t\"])],
charts: [(id: \"chart\", title: \"Chart\u{202e}\", records: [Parties], mark: Bar, x: (aggregate: \
Count), y: (field: \"name\"))])
";

/// Every label and value of the window.
fn words(desk: &Desk) -> Vec<String> {
    let all = desk.harness.root().children_recursive();
    all.flat_map(|node| {
        let node = node.accesskit_node();
        [node.label(), node.value()]
    })
    .flatten()
    .collect()
}

#[test]
fn no_label_holds_what_cannot_be_seen() {
    let folder = Folder::new("unseen");
    let path = folder.file("odd\u{202e}.ron", TEXT);
    let mut desk = Desk::open(path);
    desk.wait("read", |app| !app.file.is_loading);
    let mut seen = 0;
    for page in Page::ALL {
        desk.go(page.title());
        desk.run();
        for words in words(&desk) {
            assert!(is_harmless(&words), "{}: {words:?}", page.title());
            seen += usize::from(words.contains("\\u{202e}"));
        }
    }
    assert!(seen > 10, "{seen}");
    assert!(desk.app().file.origin.name().contains("\\u{202e}"));
}
