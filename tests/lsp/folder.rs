//! A register in a folder: its files know each other, whichever of them are open.

use crate::client::{Editor, able};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const HEAD: &str = "(format: 1, title: \"Two\")";
const PARTIES: &str = "(\n    format: 1,\n    parties: [\n        (id: \"rok\", name: \"대한민국\", \
    kind: State),\n    ],\n)\n";
const THEMES: &str = "(\n    format: 1,\n    documents: [\n        (id: \"vision\", \
    title: \"Vision\", short: \"Vision\", kind: JointStatement, issuers: [\"rok\"],\n         \
    legal_character: PoliticalInferred, date: (date: \"2023\", basis: Stated), \
    url: \"https://example.org\"),\n    ],\n)\n";

/// A folder of this test's own with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn uri(folder: &Path, name: &str) -> String {
    format!(
        "file://{}/{name}",
        folder.to_str().unwrap().replace(' ', "%20")
    )
}

fn open(editor: &mut Editor, uri: &str, text: &str) {
    let document = json!({ "uri": uri, "languageId": "ron", "version": 1, "text": text });
    editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
}

/// What is asked about the link in the documents' file.
fn at_link(uri: &str) -> Value {
    let column = THEMES.lines().nth(3).unwrap().find("rok").unwrap();
    json!({ "textDocument": { "uri": uri }, "position": { "line": 3, "character": column + 1 } })
}

#[test]
fn links_into_other_files_of_the_folder_hold() {
    let files = [
        ("a register.ron", HEAD),
        ("parties.ron", PARTIES),
        ("documents.ron", THEMES),
    ];
    let folder = folder("lsp links", &files);
    let (documents, parties) = (uri(&folder, "documents.ron"), uri(&folder, "parties.ron"));
    let mut editor = Editor::new(able(&["utf-8"]));
    open(&mut editor, &documents, THEMES);
    assert_eq!(editor.published()["diagnostics"], json!([]));
    let target = editor
        .ask("textDocument/definition", at_link(&documents))
        .unwrap();
    assert_eq!(
        (&target["uri"], &target["range"]["start"]["line"]),
        (&json!(parties), &json!(3))
    );
    let hover = editor
        .ask("textDocument/hover", at_link(&documents))
        .unwrap();
    assert!(
        hover["contents"]["value"]
            .as_str()
            .unwrap()
            .contains("대한민국")
    );
    let symbols = editor
        .ask(
            "textDocument/documentSymbol",
            json!({ "textDocument": { "uri": documents } }),
        )
        .unwrap();
    assert_eq!(
        symbols.as_array().map(Vec::len),
        Some(1),
        "those of its own"
    );
    // A rename goes through all files.
    let mut params = at_link(&documents);
    params["newName"] = json!("korea");
    let edit = editor.ask("textDocument/rename", params).unwrap();
    let changed: Vec<&str> = edit["documentChanges"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|f| f["textDocument"]["uri"].as_str())
        .collect();
    assert_eq!(changed, [documents.as_str(), parties.as_str()]);
    // What is typed in one file is at once known in the other, before it is saved.
    open(&mut editor, &parties, &PARTIES.replace("rok", "korea"));
    let mut problems: Vec<Value> = (0..2).map(|_| editor.published()).collect();
    problems.retain(|params| params["uri"] == documents.as_str());
    assert_eq!(problems[0]["diagnostics"][0]["code"], "dangling-link");
    editor.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": parties } }),
    );
    let mut problems: Vec<Value> = (0..2).map(|_| editor.published()).collect();
    problems.retain(|params| params["uri"] == documents.as_str());
    assert_eq!(
        problems[0]["diagnostics"],
        json!([]),
        "the file has it still"
    );
    assert!(editor.end());
}

#[test]
fn registers_in_one_folder_stay_apart() {
    let other =
        "(format: 1, title: \"Another\", parties: [(id: \"rok\", name: \"Korea\", kind: State)])";
    let one = other.replace("Another", "One");
    let files = [
        ("one.ron", one.as_str()),
        ("other.ron", other),
        ("settings.ron", "(width: 3)"),
    ];
    let folder = folder("lsp apart", &files);
    let mut editor = Editor::new(able(&["utf-8"]));
    open(&mut editor, &uri(&folder, "other.ron"), other);
    assert_eq!(
        editor.published()["diagnostics"],
        json!([]),
        "the same id twice is no matter"
    );
    open(&mut editor, &uri(&folder, "settings.ron"), "(width: 3)");
    assert_eq!(editor.published()["diagnostics"], json!([]));
    assert!(editor.end());
}
