//! Texts that are typed, broken and odd: the server has the text that the editor has, and goes on.

use crate::client::{Editor, URI, able};
use linchpin::cli::lsp::SteppedServer;
use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};

/// Numbers that look random and never change.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }
}

const PIECES: [&str; 15] = [
    "한", "😀", "\n", "\r\n", "\r", "\"", "(", ")", "[", "]", "id: ", ",", "é", "// x\n", "",
];

/// The line and column of a character, counted in UTF-16 units or in bytes. A line ends with `\n`,
/// `\r\n` or `\r`.
fn counted(chars: &[char], at: usize, in_bytes: bool) -> [u32; 2] {
    let mut place = [0, 0];
    for (index, c) in chars[..at].iter().enumerate() {
        match c {
            '\n' => place = [place[0] + 1, 0],
            '\r' if chars.get(index + 1) != Some(&'\n') => place = [place[0] + 1, 0],
            c if in_bytes => place[1] += c.len_utf8() as u32,
            c => place[1] += c.len_utf16() as u32,
        }
    }
    place
}

#[test]
fn texts_stay_the_same_on_both_sides_whatever_is_typed() {
    let start = "(format: 1, title: \"한 😀\",\r\n parties: [\n  (id: \"rok\", name: \"대한민국\", kind: \
        State),\n ], events: [],\n)";
    let mut seen = 0;
    for seed in 0..24 {
        let (encoding, in_bytes) = [("utf-8", true), ("utf-16", false)][seed % 2];
        let mut dice = Dice(seed as u64);
        let mut editor = Editor::new(able(&[encoding]));
        editor.open("linchpin", start);
        let mut chars: Vec<char> = start.chars().collect();
        for _ in 0..10 {
            let mut changes = Vec::new();
            for _ in 0..1 + dice.below(3) {
                let from = dice.below(chars.len() + 1);
                let to = (from + dice.below(6)).min(chars.len());
                // No editor has a cursor inside a line's end.
                let splits =
                    |at: usize| at > 0 && chars[at - 1] == '\r' && chars.get(at) == Some(&'\n');
                let piece = PIECES[dice.below(PIECES.len())];
                if splits(from)
                    || splits(to)
                    || (piece == "\n" && from > 0 && chars[from - 1] == '\r')
                {
                    continue;
                }
                let [line, column] = counted(&chars, from, in_bytes);
                let [end_line, end_column] = counted(&chars, to, in_bytes);
                changes.push(([line, column, end_line, end_column], piece));
                chars.splice(from..to, piece.chars());
            }
            editor.type_in(&changes);
        }
        let text: String = chars.iter().collect();
        let typed = editor.problems();
        let mut fresh = Editor::new(able(&[encoding]));
        fresh.open("linchpin", &text);
        seen += typed.len();
        assert_eq!(typed, fresh.problems(), "{text}");
        assert!(editor.end() && fresh.end());
    }
    assert!(seen > 40, "{seen} problems say where the texts are");
}

#[test]
fn every_question_has_an_answer_in_every_cut_of_a_text() {
    let text = include_str!("../../data/new-register.ron");
    let mut editor = Editor::new(able(&["utf-8"]));
    editor.open("linchpin", "");
    for at in (0..text.len())
        .step_by(311)
        .map(|at| text.floor_char_boundary(at))
    {
        let cut = format!("{}\"{}", &text[..at], &text[(at + 40).min(text.len())..]);
        editor.retype(&cut);
        let line = cut[..at].matches('\n').count() as u32;
        for method in [
            "completion",
            "hover",
            "definition",
            "prepareRename",
            "documentSymbol",
        ] {
            for column in [0, 9, u32::MAX] {
                assert!(
                    editor.ask_at(method, line, column, Value::Null).is_ok(),
                    "{method} {at}"
                );
            }
        }
        let everything = json!({
            "range": crate::client::range([0, 0, u32::MAX, u32::MAX]),
            "context": { "diagnostics": [] },
        });
        assert!(editor.ask_at("codeAction", 0, 0, everything).is_ok());
    }
    assert!(editor.end());
}

#[test]
fn nonsense_is_refused_or_passed_over() {
    let mut editor = Editor::with("(format: 1, title: \"x\", parties: [])");
    let code = |result: Result<Value, (i32, String)>| result.unwrap_err().0;
    assert_eq!(
        code(editor.ask("textDocument/hover", json!({ "textDocument": 7 }))),
        -32602
    );
    assert_eq!(code(editor.ask("textDocument/hover", Value::Null)), -32602);
    let strange = json!({
        "textDocument": { "uri": "not a uri" },
        "position": { "line": -1, "character": 0 },
    });
    assert_eq!(code(editor.ask("textDocument/completion", strange)), -32602);
    editor.tell("textDocument/didChange", json!([1, 2]));
    editor.tell("textDocument/didOpen", Value::Null);
    editor.tell("$/cancelRequest", json!({ "id": 99 }));
    editor.tell("workspace/nothing", Value::Null);
    let unknown = json!({
        "textDocument": { "uri": "file:///other.ron" },
        "position": { "line": 0, "character": 0 },
    });
    assert_eq!(editor.ask("textDocument/hover", unknown), Ok(Value::Null));
    // Places outside of the text are taken as its end.
    editor.type_in(&[([900, 900, 7, 3], "\n// end")]);
    assert_eq!(
        editor.ask_at("hover", 900, 900, Value::Null),
        Ok(Value::Null)
    );
    assert_eq!(editor.problems(), []);
    assert_eq!(editor.ask("shutdown", Value::Null), Ok(Value::Null));
    assert_eq!(
        code(editor.ask_at("hover", 0, 0, json!({ "textDocument": { "uri": URI } }))),
        -32600
    );
    editor.tell("exit", Value::Null);
    assert!(editor.leave());
}

#[test]
fn a_version_in_which_nothing_changed_has_its_problems_too() {
    let mut server = SteppedServer::default();
    let mut version_of_problems = |method: &str, id: Option<i32>, params: Value| {
        let message: Message = match id {
            Some(id) => Request::new(id.into(), method.to_owned(), params).into(),
            None => Notification::new(method.to_owned(), params).into(),
        };
        let said = server.hear(message).into_iter();
        let mut problems = said.filter_map(|message| match message {
            Message::Notification(said) => Some(said.params["version"].clone()),
            _ => None,
        });
        problems.next()
    };
    version_of_problems("initialize", Some(1), json!({ "capabilities": {} }));
    let document = json!({ "uri": URI, "languageId": "linchpin", "version": 1, "text": "(" });
    let opened = json!({ "textDocument": document });
    let version = version_of_problems("textDocument/didOpen", None, opened);
    assert_eq!(version, Some(json!(1)));
    let document = json!({ "uri": URI, "version": 2 });
    let changed = json!({ "textDocument": document, "contentChanges": [] });
    let version = version_of_problems("textDocument/didChange", None, changed);
    assert_eq!(version, Some(json!(2)));
}
