//! An editor with one open text.

use super::EditorLines;
use crate::messages::capabilities;
use linchpin::cli::lsp::SteppedServer;
use linchpin_register::load;
use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};
use std::ops::Range;

const ADDRESS: &str = "untitled:register.ron";

pub struct Client {
    server: SteppedServer,
    /// The text as it stands in the editor.
    pub text: String,
    pub in_bytes: bool,
    version: i32,
    asked: i32,
    /// The diagnostics that came last, with their version.
    published: Value,
}

impl Client {
    /// An editor with these abilities, in which a text was opened.
    pub fn new(bits: u8, text: String) -> Self {
        let mut client = Client {
            server: SteppedServer::default(),
            text: text.clone(),
            in_bytes: bits & 1 == 1,
            version: 1,
            asked: 0,
            published: Value::Null,
        };
        let able = json!({ "capabilities": capabilities(bits) });
        client.request("initialize", able).expect("an introduction");
        let document = json!({
            "uri": ADDRESS, "languageId": "linchpin", "version": 1, "text": text,
        });
        client.tell("didOpen", json!({ "textDocument": document }));
        client
    }

    fn tell(&mut self, method: &str, params: Value) {
        let said = Notification::new(format!("textDocument/{method}"), params);
        for message in self.server.hear(said.into()) {
            self.note(message);
        }
    }

    fn note(&mut self, message: Message) {
        match message {
            Message::Notification(said) => self.published = said.params,
            other => panic!("nothing was asked: {other:?}"),
        }
    }

    fn request(&mut self, method: &str, params: Value) -> Result<Value, String> {
        self.asked += 1;
        let request = Request::new(self.asked.into(), method.to_owned(), params);
        let mut answer = None;
        for message in self.server.hear(request.into()) {
            match message {
                Message::Response(response) => {
                    assert!(answer.is_none() && response.id == self.asked.into());
                    answer = Some(response.response_result.map_err(|error| error.message));
                }
                other => self.note(other),
            }
        }
        answer.expect("an answer")
    }

    /// What is answered to a question about the text, or the words of the refusal.
    pub fn ask_or_refused(&mut self, method: &str, mut params: Value) -> Result<Value, String> {
        params["textDocument"] = json!({ "uri": ADDRESS });
        self.request(&format!("textDocument/{method}"), params)
    }

    /// What is answered to a question about the text; nothing where it is refused.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.ask_or_refused(method, params).unwrap_or_default()
    }

    /// The same about a place.
    pub fn ask_at(&mut self, method: &str, at: usize, mut params: Value) -> Value {
        params["position"] = EditorLines::new(&self.text).place(at, self.in_bytes);
        self.ask(method, params)
    }

    /// Says what was typed; `text` is what stands there afterwards.
    pub fn change(&mut self, changes: Vec<Value>, text: String) {
        self.version += 1;
        self.text = text;
        let document = json!({ "uri": ADDRESS, "version": self.version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.tell("didChange", params);
    }

    /// Says that the text is another one.
    pub fn replace_all(&mut self, text: String) {
        self.change(vec![json!({ "text": text })], text);
    }

    /// The stretch of the text that a range names.
    pub fn span(&self, range: &Value) -> Range<usize> {
        let lines = EditorLines::new(&self.text);
        let start = lines.offset(&range["start"], self.in_bytes);
        let end = lines.offset(&range["end"], self.in_bytes);
        assert!(start <= end, "{range}");
        start..end
    }

    /// Makes the edits that the server asks for, which do not overlap, and tells it so.
    pub fn make(&mut self, edits: &[Value]) {
        let mut edits: Vec<(Range<usize>, &Value)> = edits
            .iter()
            .map(|edit| (self.span(&edit["range"]), edit))
            .collect();
        edits.sort_by_key(|(span, _)| (span.start, span.end));
        for place in edits.iter().flat_map(|(span, _)| [span.start, span.end]) {
            // An editor has no such place: it would take the one before it.
            let outside = EditorLines::outside_of_line_end(&self.text, place);
            assert_eq!(outside, place, "{edits:?} inside a line's end");
        }
        for pair in edits.windows(2) {
            assert!(pair[0].0.end <= pair[1].0.start, "{edits:?} overlap");
        }
        let (mut text, mut changes) = (self.text.clone(), Vec::new());
        for (span, edit) in edits.into_iter().rev() {
            let new = edit["newText"].as_str().expect("a text");
            changes.push(json!({ "range": edit["range"], "text": new }));
            text.replace_range(span, new);
        }
        self.change(changes, text);
    }

    /// The same for an edit of a workspace that has no other files.
    pub fn make_all(&mut self, edit: &Value) {
        let edits = match &edit["documentChanges"] {
            Value::Null => &edit["changes"][ADDRESS],
            changes => {
                let all = changes.as_array().expect("a list of files");
                let [one] = all.as_slice() else {
                    panic!("{edit} is not about one file");
                };
                assert_eq!(one["textDocument"]["version"], self.version);
                &one["edits"]
            }
        };
        let edits = edits.as_array().expect("a list of edits").clone();
        assert!(!edits.is_empty(), "{edit} does nothing");
        self.make(&edits);
    }

    /// Every range in an answer is one of the text.
    pub fn check_ranges(&self, answer: &Value) {
        match answer {
            Value::Object(fields) => {
                if fields.contains_key("start") && fields.contains_key("end") {
                    self.span(answer);
                } else {
                    fields.values().for_each(|value| self.check_ranges(value));
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.check_ranges(item)),
            _ => {}
        }
    }

    /// The diagnostics are those of the text, at their places.
    pub fn check_diagnostics(&self) {
        assert_eq!(self.published["version"], self.version);
        let loaded = load(self.text.as_str(), Vec::new()).checked_with_ron();
        let shown = self.published["diagnostics"].as_array().expect("a list");
        // Where nothing can be written, inside a line's end, something can be marked.
        let outside = |at: usize| EditorLines::outside_of_line_end(&self.text, at);
        let shown = shown.iter().map(|shown| self.span(&shown["range"]));
        let spans = shown.map(|span| outside(span.start)..outside(span.end));
        let found: Vec<Range<usize>> = spans.take(loaded.diagnostics.len()).collect();
        let wanted: Vec<Range<usize>> = loaded
            .diagnostics
            .iter()
            .map(|problem| problem.span.range())
            .map(|span| outside(span.start)..outside(span.end))
            .collect();
        assert_eq!(found, wanted, "{:?}", self.text);
    }
}
