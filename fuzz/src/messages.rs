//! Any bytes, sent to the language server: nothing panics, every request has one answer, and every
//! place that is named is one of the text.

use linchpin::cli::lsp::{SteppedServer, messages_in};
use lsp_server::{Message, RequestId};
use serde_json::{Value, json};

/// The most messages of one input.
const MAX_MESSAGES: usize = 40;

/// Sends the bytes. After an `F` they are what comes over the wire; else each line is the body of a
/// message, sent after the introduction of an editor that can what the first byte says.
pub fn messages_of(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else {
        return;
    };
    let mut server = SteppedServer::default();
    let messages = match first {
        b'F' => messages_in(rest).0,
        first => {
            let able = json!({ "capabilities": capabilities(*first) });
            let introduction = json!({ "id": 0, "method": "initialize", "params": able });
            let introduction = framed(introduction.to_string().as_bytes());
            let bodies = rest.split(|byte| *byte == b'\n').map(framed);
            let all: Vec<u8> = [introduction].into_iter().chain(bodies).flatten().collect();
            messages_in(&all).0
        }
    };
    for message in messages.into_iter().take(MAX_MESSAGES) {
        // Nothing of the machine is read: the same input does the same everywhere.
        if names_a_folder(&message) {
            return;
        }
        let asked = match &message {
            Message::Request(request) => Some(request.id.clone()),
            _ => None,
        };
        check_said(asked, &server.hear(message));
    }
}

/// What an editor says of itself, by the bits of a number.
pub fn capabilities(bits: u8) -> Value {
    let has = |bit: u8| bits >> bit & 1 == 1;
    let encodings = if has(0) { ["utf-8"] } else { ["utf-16"] };
    json!({
        "general": { "positionEncodings": encodings },
        "workspace": { "workspaceEdit": { "documentChanges": has(1) } },
        "textDocument": {
            "completion": { "completionItem": { "snippetSupport": has(2) } },
            "rename": { "prepareSupport": has(3) },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": has(3) },
            "publishDiagnostics": { "relatedInformation": has(1) },
        },
    })
}

/// A message as it is sent.
fn framed(body: &[u8]) -> Vec<u8> {
    let mut out = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    out.extend_from_slice(body);
    out
}

/// Whether an address of a message leads to a folder that may be there.
fn names_a_folder(message: &Message) -> bool {
    fn is_named(value: &Value) -> bool {
        match value {
            Value::String(text) => text.starts_with("file:") && !text.starts_with("file:///no/"),
            Value::Array(items) => items.iter().any(is_named),
            Value::Object(fields) => fields.values().any(is_named),
            _ => false,
        }
    }
    match message {
        Message::Request(request) => is_named(&request.params),
        Message::Notification(said) => is_named(&said.params),
        Message::Response(_) => false,
    }
}

/// A request has one answer; else only diagnostics are sent.
fn check_said(asked: Option<RequestId>, said: &[Message]) {
    let mut answers = Vec::new();
    for message in said {
        match message {
            Message::Response(response) => {
                answers.push(response.id.clone());
                if let Ok(result) = &response.response_result {
                    check_ranges(result);
                }
            }
            Message::Notification(said) => {
                assert_eq!(said.method, "textDocument/publishDiagnostics");
                check_ranges(&said.params);
            }
            Message::Request(request) => panic!("the server asks {request:?}"),
        }
    }
    assert_eq!(answers, asked.into_iter().collect::<Vec<_>>());
}

/// No range ends before it starts.
fn check_ranges(value: &Value) {
    match value {
        Value::Object(fields) => {
            if let (Some(start), Some(end)) = (fields.get("start"), fields.get("end")) {
                let place = |at: &Value| (at["line"].as_u64(), at["character"].as_u64());
                assert!(place(start) <= place(end), "{value}");
            }
            fields.values().for_each(check_ranges);
        }
        Value::Array(items) => items.iter().for_each(check_ranges),
        _ => {}
    }
}
