//! The program itself, over pipes.

use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};
use std::io::{BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

struct Program {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Program {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_linchpin"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Program { child, out }
    }

    fn send(&mut self, message: impl Into<Message>) {
        let input = self.child.stdin.as_mut().unwrap();
        message.into().write(input).unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(Notification::new(method.into(), params));
    }

    fn ask(&mut self, id: i32, method: &str, params: Value) -> Value {
        self.send(Request::new(id.into(), method.into(), params));
        loop {
            match self.read() {
                Message::Response(response) => return response.response_result.unwrap(),
                other => assert!(matches!(other, Message::Notification(_)), "{other:?}"),
            }
        }
    }

    fn read(&mut self) -> Message {
        Message::read(&mut self.out).unwrap().expect("a message")
    }

    fn code(mut self) -> Option<i32> {
        drop(self.child.stdin.take());
        self.child.wait().unwrap().code()
    }
}

#[test]
fn an_editor_starts_it_uses_it_and_ends_it() {
    let mut program = Program::start();
    let capabilities = json!({ "general": { "positionEncodings": ["utf-8"] } });
    let answer = program.ask(1, "initialize", json!({ "capabilities": capabilities }));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-8");
    program.tell("initialized", json!({}));
    let text = "(format: 1, title: \"한\", parties: [(id: \"rok\", name: \"Korea\", kind: Sta)])";
    let uri = "file:///tmp/%ED%95%9C.ron";
    let document = json!({ "uri": uri, "languageId": "ron", "version": 1, "text": text });
    program.tell("textDocument/didOpen", json!({ "textDocument": document }));
    let Message::Notification(said) = program.read() else {
        panic!("the problems come unasked");
    };
    assert_eq!(said.params["diagnostics"][0]["code"], "unknown-name");
    let at = |words: &str| {
        let column = text.find(words).unwrap() + words.len();
        json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": column } })
    };
    let list = program.ask(2, "textDocument/completion", at("kind: Sta"));
    assert_eq!(list["items"][0]["label"], "State");
    let change = json!({
        "textDocument": { "uri": uri, "version": 2 },
        "contentChanges": [{ "text": text.replace("Sta)", "State)") }],
    });
    program.tell("textDocument/didChange", change);
    let mut params = at("id: \"rok");
    params["newName"] = json!("korea");
    let edit = program.ask(3, "textDocument/rename", params);
    assert_eq!(edit["changes"][uri][0]["newText"], "\"korea\"");
    assert_eq!(program.ask(4, "shutdown", Value::Null), Value::Null);
    program.tell("exit", Value::Null);
    assert_eq!(program.code(), Some(0));
}

#[test]
fn an_editor_that_goes_away_or_talks_nonsense_is_told_from_one_that_ends() {
    let mut program = Program::start();
    program.ask(1, "initialize", json!({ "capabilities": {} }));
    program.tell("exit", Value::Null);
    assert_eq!(program.code(), Some(1), "no shutdown before");
    let program = Program::start();
    assert_eq!(program.code(), Some(1), "no word at all");
    let mut program = Program::start();
    let input = program.child.stdin.as_mut().unwrap();
    input
        .write_all(b"Content-Length: 9\r\n\r\n{\"a\": [}]")
        .unwrap();
    assert_eq!(program.code(), Some(2), "no message");
}
