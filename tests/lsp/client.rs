//! An editor that speaks with the server in the same program.

use linchpin::cli::lsp::serve;
use lsp_server::{Connection, Message, Notification, Request};
use serde_json::{Value, json};
use std::thread::JoinHandle;

pub const URI: &str = "file:///register.ron";

pub struct Editor {
    connection: Connection,
    server: JoinHandle<bool>,
    asked: i32,
    /// The diagnostics that came while something else was waited for.
    published: Vec<Value>,
    version: i32,
}

/// What an editor of today can.
pub fn able(encodings: &[&str]) -> Value {
    json!({
        "general": { "positionEncodings": encodings },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
        "textDocument": {
            "completion": { "completionItem": { "snippetSupport": true } },
            "rename": { "prepareSupport": true },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "publishDiagnostics": { "relatedInformation": true },
        },
    })
}

impl Editor {
    /// Starts a server that has heard nothing yet.
    pub fn silent() -> Self {
        let (ours, theirs) = Connection::memory();
        Editor {
            connection: ours,
            server: std::thread::spawn(move || serve(&theirs)),
            asked: 0,
            published: Vec::new(),
            version: 1,
        }
    }

    /// An editor with these abilities, which has introduced itself.
    pub fn new(capabilities: Value) -> Self {
        let mut editor = Editor::silent();
        let params = json!({ "processId": null, "rootUri": null, "capabilities": capabilities });
        editor.ask("initialize", params).expect("an introduction");
        editor.tell("initialized", json!({}));
        editor
    }

    /// An editor that counts in UTF-16 units and has this register open.
    pub fn with(text: &str) -> Self {
        let mut editor = Editor::new(able(&["utf-16"]));
        editor.open("ron", text);
        editor
    }

    pub fn open(&mut self, language: &str, text: &str) {
        let document = json!({ "uri": URI, "languageId": language, "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Says what was typed: stretches of lines and columns from 0 with what takes their place.
    pub fn type_in(&mut self, changes: &[([u32; 4], &str)]) {
        let change =
            |(place, text): &([u32; 4], &str)| json!({ "range": range(*place), "text": text });
        self.change(changes.iter().map(change).collect());
    }

    /// Says that the text is another one.
    pub fn retype(&mut self, text: &str) {
        self.change(json!([{ "text": text }]));
    }

    fn change(&mut self, changes: Value) {
        self.version += 1;
        let document = json!({ "uri": URI, "version": self.version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.tell("textDocument/didChange", params);
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        let said = Notification::new(method.into(), params);
        self.connection.sender.send(said.into()).expect("a server");
    }

    /// The result of a request, or the code and the words of its refusal.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, (i32, String)> {
        self.asked += 1;
        let request = Request::new(self.asked.into(), method.into(), params);
        self.connection
            .sender
            .send(request.into())
            .expect("a server");
        loop {
            match self.connection.receiver.recv().expect("an answer") {
                Message::Response(response) => {
                    assert_eq!(response.id, self.asked.into());
                    return response.response_result.map_err(|e| (e.code, e.message));
                }
                Message::Notification(said) => self.note(said),
                Message::Request(request) => panic!("the server asks: {request:?}"),
            }
        }
    }

    /// The result of a request about a place, from 0.
    pub fn ask_at(
        &mut self,
        method: &str,
        line: u32,
        column: u32,
        more: Value,
    ) -> Result<Value, (i32, String)> {
        let mut params = json!({
            "textDocument": { "uri": URI },
            "position": { "line": line, "character": column },
        });
        if let (Value::Object(params), Value::Object(more)) = (&mut params, more) {
            params.extend(more);
        }
        self.ask(&format!("textDocument/{method}"), params)
    }

    fn note(&mut self, said: Notification) {
        assert_eq!(said.method, "textDocument/publishDiagnostics");
        self.published.push(said.params);
    }

    /// The diagnostics that are sent next.
    pub fn published(&mut self) -> Value {
        while self.published.is_empty() {
            match self.connection.receiver.recv().expect("problems") {
                Message::Notification(said) => self.note(said),
                other => panic!("{other:?}"),
            }
        }
        self.published.remove(0)
    }

    /// The diagnostics of the text as it is now: as code and range.
    pub fn problems(&mut self) -> Vec<(String, Value)> {
        loop {
            let params = self.published();
            if params["version"] == self.version {
                let all = params["diagnostics"].as_array().expect("a list");
                let short = |d: &Value| {
                    (
                        d["code"].as_str().unwrap_or("").to_owned(),
                        d["range"].clone(),
                    )
                };
                return all.iter().map(short).collect();
            }
        }
    }

    /// Ends without a word about it. `true` where the server thinks that all is well.
    pub fn leave(self) -> bool {
        drop(self.connection);
        self.server.join().expect("no panic")
    }

    /// Ends in good order.
    pub fn end(mut self) -> bool {
        assert_eq!(self.ask("shutdown", Value::Null), Ok(Value::Null));
        self.tell("exit", Value::Null);
        self.server.join().expect("no panic")
    }
}

/// A range from line, column, line, column.
pub fn range([line, column, end_line, end_column]: [u32; 4]) -> Value {
    json!({
        "start": { "line": line, "character": column },
        "end": { "line": end_line, "character": end_column },
    })
}
