//! Texts of documents: the server reports what they say, with the same quick fixes.

use crate::client::{Editor, able};
use serde_json::{Value, json};
use std::path::Path;

const REGISTER: &str = r#"(format: 1, title: "T", parties: [(id: "us", name: "U", kind: State)],
    documents: [(id: "d", title: "D", short: "D", kind: Treaty, legal_character: LegallyBinding,
        date: (date: "2020", basis: Stated), url: "https://example.org", text: "d.txt")],
    bodies: [(id: "a", name: "A", kind: WorkingGroup, members: ["us"], citations: [
        (document: "d", paragraph: 2, phrase: "sides will meet"),
    ])],
)"#;

fn codes(published: &Value) -> Vec<&str> {
    let all = published["diagnostics"].as_array().unwrap();
    all.iter().filter_map(|one| one["code"].as_str()).collect()
}

#[test]
fn a_phrase_that_moved_is_sent_after_it() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lsp-document-texts");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("d.txt"), "The two sides will meet.\nThanks.\n").unwrap();
    let uri = format!("file://{}/r.ron", folder.to_str().unwrap());
    let mut editor = Editor::new(able(&["utf-8"]));
    let document = json!({ "uri": uri, "languageId": "ron", "version": 1, "text": REGISTER });
    editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
    assert_eq!(codes(&editor.published()), ["phrase-moved"]);
    let place = json!({ "line": 4, "character": 36 });
    let asked = json!({
        "textDocument": { "uri": uri },
        "range": { "start": place, "end": place },
        "context": { "diagnostics": [] },
    });
    let actions = editor.ask("textDocument/codeAction", asked).unwrap();
    assert_eq!(actions[0]["title"], "Write paragraph 1");
    // The text is read again once it is another one.
    std::fs::write(folder.join("d.txt"), "Thanks.\nThe two sides will meet.\n").unwrap();
    editor.tell(
        "textDocument/didSave",
        json!({ "textDocument": { "uri": uri } }),
    );
    assert_eq!(codes(&editor.published()), [""; 0]);
}
