//! What is asked of the server, and what it says.

use crate::client::{Editor, URI, able, range};
use serde_json::{Value, json};

const TEXT: &str = r#"(
    format: 1,
    title: "한국 😀",
    parties: [
        (id: "rok", name: "대한민국", kind: State),
        (id: "us", name: "United States", kind: State),
    ],
    documents: [
        (id: "vision", title: "Vision", short: "Vision", kind: JointStatement, legal_character: PoliticalInferred,
         date: (date: "2023", basis: Stated), url: "https://example.org"),
    ],
    events: [
        (id: "한미", title: "😀 It is issued", date: (date: "2023", basis: Stated), parties: ["rok"],
         citations: [(document: "vision", paragraph: 1, phrase: "issued today")]),
        (id: "e2", title: "Again", date: (date: "2023", basis: Stated), parties: ["us", "rok"],
         citations: [(document: "vision", paragraph: 2, phrase: "issued *again*")]),
    ],
)
"#;

/// The line and the UTF-16 column where `words` begin.
fn place(words: &str) -> (u32, u32) {
    let at = TEXT.find(words).expect("words of the text");
    let line = TEXT[..at].matches('\n').count() as u32;
    let start = TEXT[..at].rfind('\n').map_or(0, |newline| newline + 1);
    (line, TEXT[start..at].encode_utf16().count() as u32)
}

fn asked(method: &str, words: &str, more: Value) -> Value {
    let mut editor = Editor::with(TEXT);
    let (line, column) = place(words);
    let result = editor.ask_at(method, line, column, more).expect("a result");
    assert!(editor.end());
    result
}

#[test]
fn the_server_says_what_it_can() {
    let mut editor = Editor::silent();
    let early = editor.ask_at("hover", 0, 0, Value::Null);
    assert_eq!(early.unwrap_err().0, -32002, "not before the introduction");
    let params = json!({ "capabilities": able(&["utf-16", "utf-8"]) });
    let answer = editor.ask("initialize", params.clone()).unwrap();
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-8");
    assert_eq!(answer["capabilities"]["textDocumentSync"]["change"], 2);
    assert_eq!(answer["serverInfo"]["name"], "linchpin");
    assert_eq!(
        editor.ask("initialize", params).unwrap_err().0,
        -32600,
        "only once"
    );
    assert_eq!(
        editor.ask("textDocument/nothing", json!({})).unwrap_err().0,
        -32601
    );
    assert!(editor.end());
    assert!(!Editor::with(TEXT).leave(), "the editor went away");
}

#[test]
fn problems_come_with_code_place_and_help() {
    let mut editor = Editor::with(&TEXT.replace("[\"us\", \"rok\"]", "[\"su\"]"));
    let params = editor.published();
    let problem = &params["diagnostics"][0];
    assert_eq!(
        (&params["version"], &problem["code"]),
        (&json!(1), &json!("dangling-link"))
    );
    assert_eq!(problem["source"], "linchpin");
    assert_eq!(problem["severity"], 1);
    let words = problem["message"].as_str().unwrap();
    assert!(
        words.contains("\"su\"") && words.contains("\n\n"),
        "{words}"
    );
    let (line, column) = place("\"us\", \"rok\"]");
    assert_eq!(problem["range"], range([line, column, line, column + 4]));
    // A duplicate shows where the first stands.
    editor.retype(&TEXT.replace("\"e2\"", "\"한미\""));
    let params = editor.published();
    let related = &params["diagnostics"][0]["relatedInformation"][0];
    let (line, column) = place("\"한미\"");
    assert_eq!(
        related["location"]["range"],
        range([line, column, line, column + 4])
    );
    assert!(editor.end());
}

#[test]
fn completion_offers_what_belongs_there() {
    let mut editor = Editor::with(TEXT);
    let (line, column) = place("\"us\", \"rok\"]");
    editor.type_in(&[([line, column + 1, line, column + 3], "대하")]);
    let list = editor
        .ask_at("completion", line, column + 3, Value::Null)
        .unwrap();
    let item = &list["items"][0];
    assert_eq!(
        (&item["label"], &item["detail"]),
        (&json!("rok"), &json!("대한민국"))
    );
    let edit = json!({ "range": range([line, column + 1, line, column + 3]), "newText": "rok" });
    assert_eq!(item["textEdit"], edit);
    assert_eq!(
        item["filterText"], "대하",
        "so that the editor does not drop it"
    );
    // A field whose value is to be filled in says where the cursor goes.
    let (line, column) = place("paragraph: 2");
    editor.type_in(&[([line, column, line, column], "no ")]);
    let list = editor
        .ask_at("completion", line, column + 2, Value::Null)
        .unwrap();
    assert_eq!(list["items"][0]["textEdit"]["newText"], "note: \"$0\",");
    assert_eq!(list["items"][0]["insertTextFormat"], 2);
    assert!(editor.end());
}

#[test]
fn an_editor_without_snippets_gets_plain_text() {
    let mut editor = Editor::new(json!({}));
    editor.open("linchpin", "(\n    format: 1,\n    tit\n)");
    let list = editor.ask_at("completion", 2, 7, Value::Null).unwrap();
    let item = &list["items"][0];
    assert_eq!(item["textEdit"]["newText"], "title: \"\"");
    assert_eq!(item["insertTextFormat"], Value::Null);
    assert!(editor.end());
}

#[test]
fn hovers_explain_records_fields_and_words() {
    let says = |words: &str| {
        asked("hover", words, Value::Null)["contents"]["value"]
            .as_str()
            .unwrap_or("")
            .to_owned()
    };
    assert!(says("\"rok\"]").starts_with("**대한민국** (party `rok`)"));
    let event = says("\"e2\"");
    assert!(
        event.contains("> “issued \\*again\\*”, Vision ¶2"),
        "{event}"
    );
    assert!(says("paragraph: 2").starts_with("**paragraph** (whole number)"));
    assert!(says("JointStatement").starts_with("**JointStatement**: joint statement"));
    assert!(says("events").starts_with("**Events** (2)"));
    assert_eq!(says("1,\n    title"), "");
}

#[test]
fn links_lead_to_their_records_and_back() {
    let target = asked("definition", "\"rok\"]", Value::Null);
    let (line, column) = place("\"rok\", name");
    assert_eq!(target["range"], range([line, column, line, column + 5]));
    assert_eq!(target["uri"], URI);
    assert_eq!(asked("definition", "State", Value::Null), Value::Null);
    let count = |declared: bool| {
        let context = json!({ "context": { "includeDeclaration": declared } });
        asked("references", "\"rok\"]", context)
            .as_array()
            .map(Vec::len)
    };
    assert_eq!((count(false), count(true)), (Some(2), Some(3)));
}

#[test]
fn symbols_are_the_records_by_list() {
    let lists = asked("documentSymbol", "(", Value::Null);
    let names: Vec<&str> = lists
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|l| l["name"].as_str())
        .collect();
    assert_eq!(names, ["Parties", "Documents", "Events"]);
    assert_eq!(lists[2]["children"][0]["name"], "😀 It is issued");
    assert_eq!(lists[2]["children"][0]["detail"], "한미");
}

#[test]
fn an_id_is_renamed_everywhere() {
    let prepared = asked("prepareRename", "rok\"]", Value::Null);
    assert_eq!(prepared["placeholder"], "rok");
    let (line, column) = place("rok\"]");
    assert_eq!(prepared["range"], range([line, column, line, column + 3]));
    assert_eq!(asked("prepareRename", "State", Value::Null), Value::Null);
    let edit = asked("rename", "rok\"]", json!({ "newName": "대한" }));
    let change = &edit["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": URI, "version": 1 }));
    let edits = change["edits"].as_array().unwrap();
    assert_eq!(edits.len(), 3);
    assert!(edits.iter().all(|edit| edit["newText"] == "\"대한\""));
    // To the id that it has, there is nothing to do.
    let same = asked("rename", "rok\"]", json!({ "newName": "rok" }));
    assert_eq!(same, Value::Null);
    // Refusals come in words.
    let mut editor = Editor::with(TEXT);
    let refused = editor
        .ask_at("rename", line, column, json!({ "newName": "us" }))
        .unwrap_err();
    assert_eq!(refused.0, -32803);
    assert!(
        refused.1.contains("Another record has the id"),
        "{}",
        refused.1
    );
    assert!(editor.end());
}

#[test]
fn an_editor_without_versions_gets_plain_changes() {
    let mut editor = Editor::new(json!({}));
    editor.open("ron", TEXT);
    let (line, column) = place("rok\"]");
    let edit = editor
        .ask_at("rename", line, column, json!({ "newName": "korea" }))
        .unwrap();
    assert_eq!(edit["changes"][URI].as_array().map(Vec::len), Some(3));
    assert!(editor.end());
}

#[test]
fn what_other_programs_keep_in_such_files_is_left_alone() {
    let other = "(title: \"A window\", size: (800, 600), parties: 3, nonsense: Yes)";
    let mut editor = Editor::with(other);
    assert_eq!(editor.problems(), []);
    assert_eq!(editor.ask_at("hover", 0, 2, Value::Null), Ok(Value::Null));
    editor.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": URI } }),
    );
    assert_eq!(editor.published()["diagnostics"], json!([]));
    editor.open("linchpin", other);
    assert!(
        !editor.problems().is_empty(),
        "the editor says that it is a register"
    );
    assert!(editor.end());
}

#[test]
fn a_document_gets_the_standard_format() {
    let text = "(format:1,title:\"한\",parties:[(id:\"rok\",kind:State,name:\"Korea\")])\n";
    let mut editor = Editor::with(text);
    let params = json!({
        "textDocument": { "uri": URI },
        "options": { "tabSize": 8, "insertSpaces": false },
    });
    let edits = editor
        .ask("textDocument/formatting", params.clone())
        .unwrap();
    let edit = &edits[0];
    let place = |end: &str| {
        let place = &edit["range"][end];
        assert_eq!(place["line"], 0);
        // All characters of this text are one unit of UTF-16.
        let column = place["character"].as_u64().unwrap() as usize;
        text.char_indices()
            .nth(column)
            .map_or(text.len(), |(at, _)| at)
    };
    let new = edit["newText"].as_str().unwrap();
    let new = format!("{}{new}{}", &text[..place("start")], &text[place("end")..]);
    assert_eq!(new, linchpin_edit::format::format_register(text).unwrap());
    editor.retype(&new);
    assert_eq!(
        editor.ask("textDocument/formatting", params.clone()),
        Ok(json!([])),
        "it has it now"
    );
    editor.retype("(format: 1, title: \"x\", parties: [(");
    assert_eq!(
        editor.ask("textDocument/formatting", params).unwrap_err().0,
        -32803
    );
    assert!(editor.end());
}

#[test]
fn problems_with_one_sure_repair_have_it() {
    let mut editor = Editor::with(&TEXT.replace("title: \"Again\"", "tilte: \"Again\""));
    let (line, column) = place("title: \"Again\"");
    let ask = |only: Value| {
        let mut context = json!({ "diagnostics": [] });
        if !only.is_null() {
            context["only"] = json!([only]);
        }
        json!({
            "textDocument": { "uri": URI },
            "range": range([line, column, line, column + 2]),
            "context": context,
        })
    };
    let all = editor
        .ask("textDocument/codeAction", ask(Value::Null))
        .unwrap();
    let fix = &all[0];
    assert_eq!(
        (&fix["kind"], &fix["isPreferred"]),
        (&json!("quickfix"), &json!(true))
    );
    assert_eq!(fix["diagnostics"][0]["code"], "unknown-field");
    let edit = &fix["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!(
        (&edit["newText"], &edit["range"]),
        (&json!("title"), &range([line, column, line, column + 5]))
    );
    let source = editor
        .ask("textDocument/codeAction", ask(json!("source")))
        .unwrap();
    assert_eq!(source[0]["kind"], "source.fixAll");
    assert_eq!(source[0]["edit"]["documentChanges"][0]["edits"][0], *edit);
    assert_eq!(source.as_array().map(Vec::len), Some(1));
    assert!(editor.end());
}

#[test]
fn a_repair_that_loses_something_is_offered_and_not_made_with_the_others() {
    let long = "a".repeat(299);
    let mut editor = Editor::with(&format!(
        "(format: 1, title: \"A\", parties: [(id: \"{long}\", name: \"B\", kind: State)])"
    ));
    let asked = json!({
        "textDocument": { "uri": URI },
        "range": range([0, 50, 0, 50]),
        "context": { "diagnostics": [] },
    });
    let actions = editor.ask("textDocument/codeAction", asked).unwrap();
    assert_eq!(actions.as_array().map(Vec::len), Some(1), "{actions}");
    assert_eq!(
        (&actions[0]["kind"], &actions[0]["isPreferred"]),
        (&json!("quickfix"), &json!(false))
    );
    let new = &actions[0]["edit"]["documentChanges"][0]["edits"][0]["newText"];
    assert_eq!(*new, json!(format!("\"{}\"", &long[..80])));
    assert!(editor.end());
}
