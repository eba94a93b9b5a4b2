//! Any bytes, taken as what somebody does in an editor that the language server serves: typing,
//! and having it complete, fix, rename and format. Server and editor have the same text after each
//! step, and every place that the server names is the one that is meant.

mod client;
mod editor_lines;

use crate::walks::TINY;
use crate::walks::dice::Random;
use crate::walks::registers::{SECOND, SMALL, messy};
use client::Client;
use editor_lines::EditorLines;
use linchpin_edit::format::format_register;
use linchpin_edit::{Edit, plan_edit};
use linchpin_register::load;
use ron_lossless::{TokenKind, apply, tokens};
use serde_json::{Value, json};

/// What is typed or pasted.
const PIECES: &[&str] = &[
    "a",
    "한",
    "😀",
    " ",
    "\"",
    "\\",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "(",
    ")",
    "[",
    "]",
    "{",
    ",",
    ":",
    "/",
    "//",
    "/*",
    "*/",
    "#",
    "r#\"",
    "r",
    "1",
    "1e9",
    "-",
    "'",
    "id: ",
    "(id: \"",
    "note: ",
    "kind: ",
    "parties: [",
    "themes: [",
    "Some(",
    "\u{feff}",
    "\u{202e}",
    "\u{0}",
    "",
];

/// New ids, sound and unsound.
const IDS: &[&str] = &[
    "new-id", "a", "t", "새", "", " ", "A B", "x\"y", "\\", "$0", "}",
];

/// Does what the bytes stand for.
pub fn editor_of(data: &[u8]) {
    let mut random = Random::new(data);
    let bits = random.below(256) as u8;
    let text = match random.below(8) {
        0 => TINY.to_owned(),
        1 => TINY.replace('\n', "\r\n"),
        2 => TINY.replace('\n', "\r"),
        3 => messy(TINY, &mut random),
        4 => messy(SECOND, &mut random),
        5 => messy(SMALL, &mut random),
        6 => String::new(),
        _ => SMALL.to_owned(),
    };
    let mut client = Client::new(bits, text);
    client.check_diagnostics();
    for _ in 0..1 + random.below(12) {
        match random.below(12) {
            0..=3 => type_something(&mut client, &mut random),
            4 => complete(&mut client, &mut random),
            5 => fix(&mut client, &mut random),
            6 => fix_all(&mut client),
            7..=8 => rename(&mut client, &mut random),
            9 => ask(&mut client, &mut random),
            10 => {
                let text = messy(TINY, &mut random);
                client.replace_all(text);
            }
            _ => format(&mut client),
        }
        client.check_diagnostics();
    }
    format(&mut client);
}

/// A place where a cursor can stand: often in a text, and never inside a line's end.
fn somewhere(text: &str, random: &mut Random) -> usize {
    let mut start = 0;
    let mut end = text.len();
    if random.one_in(2) {
        let texts = tokens(text).filter(|token| token.kind == TokenKind::Text);
        let spans: Vec<_> = texts.map(|token| token.span).collect();
        if let Some(span) = random.one_of(&spans) {
            (start, end) = (span.start as usize, span.end as usize);
        }
    }
    let at = text.floor_char_boundary(start + random.below(end - start + 1));
    EditorLines::outside_of_line_end(text, at)
}

/// One message with one change or several.
fn type_something(client: &mut Client, random: &mut Random) {
    let mut text = client.text.clone();
    let mut changes = Vec::new();
    for _ in 0..1 + random.below(3) {
        let from = somewhere(&text, random);
        let to = text.floor_char_boundary((from + random.below(5)).min(text.len()));
        let to = EditorLines::outside_of_line_end(&text, to).max(from);
        let piece = PIECES[random.below(PIECES.len())];
        let range = EditorLines::new(&text).range(from..to, client.in_bytes);
        changes.push(json!({ "range": range, "text": piece }));
        text.replace_range(from..to, piece);
    }
    client.change(changes, text);
}

/// Asks for completions at a place, and takes one.
fn complete(client: &mut Client, random: &mut Random) {
    let at = somewhere(&client.text, random);
    let answer = client.ask_at("completion", at, json!({}));
    let items = answer["items"].as_array().cloned().unwrap_or_default();
    for item in &items {
        let range = client.span(&item["textEdit"]["range"]);
        assert!(range.start <= at && at <= range.end, "{item}");
        assert_eq!(item["filterText"].as_str(), client.text.get(range));
        assert!(!item["label"].as_str().unwrap_or("").is_empty());
    }
    if let Some(item) = random.one_of(&items) {
        let mut edit = item["textEdit"].clone();
        if item["insertTextFormat"] == 2 {
            let words = edit["newText"].as_str().unwrap_or("").replacen("$0", "", 1);
            edit["newText"] = words.replace("\\$", "$").replace("\\}", "}").into();
        }
        client.make(&[edit]);
    }
}

/// The actions of a stretch.
fn actions(client: &mut Client, range: Value, only: Option<&str>) -> Vec<Value> {
    let mut context = json!({ "diagnostics": [] });
    if let Some(only) = only {
        context["only"] = json!([only]);
    }
    let answer = client.ask("codeAction", json!({ "range": range, "context": context }));
    answer.as_array().cloned().unwrap_or_default()
}

/// Asks what can be done about a stretch, and has one of it done.
fn fix(client: &mut Client, random: &mut Random) {
    let (a, b) = (
        somewhere(&client.text, random),
        somewhere(&client.text, random),
    );
    let range = EditorLines::new(&client.text).range(a.min(b)..a.max(b), client.in_bytes);
    let all = actions(client, range, None);
    if let Some(action) = random.one_of(&all) {
        let before = client.text.clone();
        client.make_all(&action["edit"]);
        assert_ne!(before, client.text, "{action} changes nothing");
    }
}

/// Fixes all at once, until there is nothing left to fix.
fn fix_all(client: &mut Client) {
    let start = client.text.clone();
    // Each round fixes something; what a text of this size can have is fixed long before.
    for _ in 0..200 {
        let range = EditorLines::new(&client.text).range(0..0, client.in_bytes);
        let all = actions(client, range, Some("source.fixAll"));
        let Some(action) = all.first() else {
            return;
        };
        let before = client.text.clone();
        client.make_all(&action["edit"]);
        assert_ne!(before, client.text, "{action} changes nothing");
    }
    panic!("fixing comes to no end: {start:?}");
}

/// Renames what stands at a place.
fn rename(client: &mut Client, random: &mut Random) {
    let at = somewhere(&client.text, random);
    let new_id = IDS[random.below(IDS.len())];
    let offered = client.ask_at("prepareRename", at, json!({}));
    let before = load(client.text.as_str(), Vec::new());
    let answer = client.ask_at("rename", at, json!({ "newName": new_id }));
    if offered.is_null() || answer.is_null() {
        return;
    }
    let span = client.span(&offered["range"]);
    assert!(span.start <= at && at <= span.end, "{offered}");
    let id = offered["placeholder"].as_str().unwrap_or("").to_owned();
    client.make_all(&answer);
    let edit = Edit::RenameRecord {
        id: id.clone(),
        new_id: new_id.to_owned(),
    };
    let planned = plan_edit(&before, &edit).expect("what the server does can be done");
    let wanted = apply(&before.text, &planned.edits);
    assert_eq!(wanted.as_ref(), Some(&client.text), "{edit:?}");
    let after = load(client.text.as_str(), Vec::new());
    assert!(after.is_broken == before.is_broken);
    let kept = after.register.iter_records().count();
    assert_eq!(kept, before.register.iter_records().count(), "{edit:?}");
    assert!(after.register.find(new_id).is_some(), "{edit:?}");
}

/// Asks what is only shown.
fn ask(client: &mut Client, random: &mut Random) {
    let at = somewhere(&client.text, random);
    let about = json!({ "context": { "includeDeclaration": true } });
    let found = [
        client.ask_at("hover", at, json!({})),
        client.ask_at("definition", at, json!({})),
        client.ask_at("references", at, about),
        client.ask("documentSymbol", json!({})),
    ];
    for answer in &found {
        client.check_ranges(answer);
    }
}

/// Has the text formatted: the server formats what the editor shows.
fn format(client: &mut Client) {
    let options = json!({ "options": { "tabSize": 4, "insertSpaces": true } });
    let answer = client.ask_or_refused("formatting", options);
    match (format_register(&client.text), answer) {
        (Ok(formatted), Ok(edits)) => {
            let edits = edits.as_array().expect("a list of edits").clone();
            client.make(&edits);
            assert_eq!(formatted, client.text);
        }
        (Err(_), Err(_)) => {}
        (ours, theirs) => panic!("{ours:?} and {theirs:?} of {:?}", client.text),
    }
}
