//! The program itself, over pipes.

use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write};
use std::path::Path;
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
fn an_editor_that_goes_away_is_told_from_one_that_ends() {
    let mut program = Program::start();
    program.ask(1, "initialize", json!({ "capabilities": {} }));
    program.tell("exit", Value::Null);
    assert_eq!(program.code(), Some(1), "no shutdown before");
    let program = Program::start();
    assert_eq!(program.code(), Some(1), "no word at all");
}

/// What is sent over the pipe, byte for byte.
impl Program {
    fn send_bytes(&mut self, bytes: &[u8]) {
        self.child.stdin.as_mut().unwrap().write_all(bytes).unwrap();
    }

    /// The code of an error that names no request.
    fn refusal(&mut self) -> i64 {
        let mut length = String::new();
        self.out.read_line(&mut length).unwrap();
        let length = length.trim().strip_prefix("Content-Length: ").unwrap();
        self.out.read_line(&mut String::new()).unwrap();
        let mut body = vec![0; length.parse().unwrap()];
        self.out.read_exact(&mut body).unwrap();
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["id"], Value::Null);
        body["error"]["code"].as_i64().unwrap()
    }
}

#[test]
fn no_message_ends_the_session() {
    let mut program = Program::start();
    program.ask(1, "initialize", json!({ "capabilities": {} }));
    for (bytes, code) in [
        (&b"Content-Length: 9\r\n\r\n{\"a\": [}]"[..], -32700),
        (b"Content-Length: 4\r\n\r\n\"\xff\xfe\"", -32700),
        (b"Content-Length: 99999999999999999999\r\n\r\n{}", -32600),
        (b"Content-Length: 2\r\n\r\n[]", -32600),
        (b"Content-Length: 9000000000000\r\n\r\n{}", -32600),
        (b"Content-Length: 1\r\n\r\n7", -32600),
        (b"Content-Length: many\r\n\r\n{}", -32600),
        (
            b"Content-Length: 28\r\n\r\n{\"id\":null,\"method\":\"hover\"}",
            -32600,
        ),
    ] {
        program.send_bytes(bytes);
        assert_eq!(
            program.refusal(),
            code,
            "{}",
            String::from_utf8_lossy(bytes)
        );
    }
    // Deeper than anything is read.
    let deep = "[".repeat(100_000);
    program.send_bytes(format!("Content-Length: {}\r\n\r\n{deep}", deep.len()).as_bytes());
    assert_eq!(program.refusal(), -32700);
    // A text cut between the two halves of a character, in a batch with a request.
    let text = "(format: 1, title: \"HALF\", parties: 7)";
    let document =
        json!({ "uri": "file:///a.ron", "languageId": "ron", "version": 1, "text": text });
    let open = json!({
        "method": "textDocument/didOpen", "params": { "textDocument": document },
    });
    let open = open.to_string().replace("HALF", "\\ud83d");
    let batch = format!("[{open},{{\"id\":2,\"method\":\"no/such/method\"}}]");
    program.send_bytes(format!("Content-Length: {}\r\n\r\n{batch}", batch.len()).as_bytes());
    // In either order.
    for _ in 0..2 {
        match program.read() {
            Message::Response(response) => {
                assert_eq!(response.response_result.unwrap_err().code, -32601);
            }
            Message::Notification(said) => {
                assert_eq!(said.params["diagnostics"][0]["code"], "wrong-type");
            }
            Message::Request(asked) => panic!("{asked:?}"),
        }
    }
    assert_eq!(program.ask(3, "shutdown", Value::Null), Value::Null);
    program.tell("exit", Value::Null);
    assert_eq!(program.code(), Some(0));
}

#[test]
fn an_address_with_brackets_is_taken_and_given_back_as_it_is() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("[drafts]");
    std::fs::create_dir_all(&folder).unwrap();
    let uri = format!("file://{}/a[b].ron", folder.to_str().unwrap());
    let mut program = Program::start();
    let root = format!("file://{}", folder.to_str().unwrap());
    let params = json!({ "rootUri": root, "capabilities": {} });
    program.ask(1, "initialize", params);
    let text = "(format: 1, title: \"A\", parties: [(id: \"rok\", name: \"K\", kind: Sta)])";
    let document = json!({ "uri": uri, "languageId": "ron", "version": 1, "text": text });
    program.tell("textDocument/didOpen", json!({ "textDocument": document }));
    let Message::Notification(said) = program.read() else {
        panic!("the problems come unasked");
    };
    assert_eq!(said.params["uri"], uri.as_str());
    assert_eq!(said.params["diagnostics"][0]["code"], "unknown-name");
    let change = json!({
        "textDocument": { "uri": uri, "version": 2 },
        "contentChanges": [{ "text": text.replace("Sta)", "State)") }],
    });
    program.tell("textDocument/didChange", change);
    let at = text.find("rok").unwrap();
    let position = json!({ "line": 0, "character": at });
    let rename = json!({
        "textDocument": { "uri": uri }, "position": position, "newName": "korea",
    });
    let edit = program.ask(2, "textDocument/rename", rename);
    assert_eq!(edit["changes"][&uri][0]["newText"], "\"korea\"");
}
