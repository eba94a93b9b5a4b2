//! One conversation with an editor, from its first message to its last.

use super::addresses::EditorAddresses;
use super::capabilities::ClientCapabilities;
use super::documents::LspDocument;
use super::result::LspError;
use super::{code_actions, completion, diagnostics, edits, formatting, hover, navigation, symbols};
use crossbeam_channel::{Receiver, Sender};
use linchpin_task::run_caught;
use lsp_server::{ErrorCode, Message, Notification, Request, Response};
use lsp_types::{notification, request, *};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

pub(super) struct Session {
    sender: Sender<Message>,
    /// `None` until the editor has introduced itself.
    client: Option<ClientCapabilities>,
    documents: BTreeMap<String, LspDocument>,
    /// How the editor writes addresses.
    addresses: EditorAddresses,
    is_shut_down: bool,
}

impl Session {
    /// A session that has heard nothing yet, and says what it says to `sender`.
    pub fn new(sender: Sender<Message>) -> Self {
        Session {
            sender,
            client: None,
            documents: BTreeMap::new(),
            addresses: EditorAddresses::default(),
            is_shut_down: false,
        }
    }

    /// Answers until the editor is done or gone. `true` where it ended in good order.
    pub fn run(mut self, receiver: &Receiver<Message>) -> bool {
        while let Some(message) = self.next_message(receiver) {
            if let ControlFlow::Break(is_in_order) = self.hear(message) {
                return is_in_order;
            }
        }
        false
    }

    /// Answers one message. Breaks where it ends the session: with `true` where that is in good
    /// order.
    pub fn hear(&mut self, message: Message) -> ControlFlow<bool> {
        let go_on = match message {
            Message::Request(mut request) => {
                self.addresses.escape_in(&mut request.params);
                let response = self.answer(request);
                self.send(response.into())
            }
            Message::Notification(notification) if notification.method == "exit" => {
                return ControlFlow::Break(self.is_shut_down);
            }
            Message::Notification(mut notification) => {
                self.addresses.escape_in(&mut notification.params);
                let handled = run_caught("Following the editor", || {
                    self.handle_notification(notification)
                });
                // The panic is on standard error; the next message may do better.
                handled.unwrap_or(true)
            }
            // Nothing was asked of the editor.
            Message::Response(_) => true,
        };
        match go_on {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(false),
        }
    }

    /// The next message. While there is none, texts that have changed are read: of several changes
    /// in a row only the last counts.
    fn next_message(&mut self, receiver: &Receiver<Message>) -> Option<Message> {
        if let Ok(message) = receiver.try_recv() {
            return Some(message);
        }
        if !self.publish() {
            return None;
        }
        receiver.recv().ok()
    }

    /// Answers a request, also where the work panics: the user's other documents are worth more
    /// than this answer.
    fn answer(&mut self, request: Request) -> Response {
        let id = request.id.clone();
        let answered = run_caught("Answering the editor", || self.handle_request(request));
        answered.unwrap_or_else(|error| {
            Response::new_err(id, ErrorCode::InternalError as i32, error.to_string())
        })
    }

    /// `false` where nobody listens any more.
    fn send(&self, mut message: Message) -> bool {
        match &mut message {
            Message::Response(response) => {
                if let Ok(result) = &mut response.response_result {
                    self.addresses.restore_in(result);
                }
            }
            Message::Notification(said) => self.addresses.restore_in(&mut said.params),
            Message::Request(asked) => self.addresses.restore_in(&mut asked.params),
        }
        self.sender.send(message).is_ok()
    }

    fn notify<N: notification::Notification>(&self, params: N::Params) -> bool
    where
        N::Params: Serialize,
    {
        self.send(Notification::new(N::METHOD.into(), params).into())
    }

    /// Sends the diagnostics of every text that has changed. `false` where nobody listens.
    pub fn publish(&mut self) -> bool {
        let Some(client) = self.client else {
            return true;
        };
        let waiting = self.documents.iter().filter(|(_, d)| d.needs_publishing);
        let waiting: Vec<String> = waiting.map(|(key, _)| key.clone()).collect();
        for key in waiting {
            let params = run_caught("Looking for problems", || {
                self.refresh(&key);
                let document = self.documents.get(&key)?;
                Some(diagnostics::publish_params(document, &client))
            });
            // One that cannot be looked at is not looked at again before it changes.
            if let Some(document) = self.documents.get_mut(&key) {
                document.needs_publishing = false;
            }
            let Ok(Some(params)) = params else {
                continue;
            };
            if !self.notify::<notification::PublishDiagnostics>(params) {
                return false;
            }
        }
        true
    }

    /// Reads a document again where it, or a file of its folder, has changed.
    fn refresh(&mut self, key: &str) {
        // Taken out, so that it can change while the others are asked for their texts.
        if let Some(mut document) = self.documents.remove(key) {
            let others = &self.documents;
            let open = |path: &Path| {
                let mut others = others.values();
                let found = others.find(|other| other.path.as_deref() == Some(path))?;
                Some(found.text.clone())
            };
            // Where it panics, what the text said before goes on, and the document is not lost.
            let _ = run_caught("Reading a document", || document.refresh(&open));
            self.documents.insert(key.to_owned(), document);
        }
    }

    /// What is written in one file may concern the others of its folder.
    fn mark_folder(&mut self, path: Option<&Path>, again: fn(&mut LspDocument)) {
        for document in self.documents.values_mut() {
            if path.is_some_and(|path| document.is_in_same_folder(path)) {
                again(document);
            }
        }
    }

    fn handle_request(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        let error = |code: ErrorCode, message: &str| {
            Response::new_err(id.clone(), code as i32, message.into())
        };
        if method == "initialize" && self.client.is_none() {
            return match serde_json::from_value::<InitializeParams>(params) {
                Ok(params) => {
                    let client = ClientCapabilities::new(&params);
                    self.client = Some(client);
                    Response::new_ok(id, client.initialize_result())
                }
                Err(why) => error(ErrorCode::InvalidParams, &why.to_string()),
            };
        }
        let Some(client) = self.client else {
            return error(ErrorCode::ServerNotInitialized, "`initialize` comes first");
        };
        if self.is_shut_down || method == "initialize" {
            return error(
                ErrorCode::InvalidRequest,
                "There is no place for this request here",
            );
        }
        match self.dispatch(&client, &method, params) {
            Ok(result) => Response::new_ok(id, result),
            Err(RequestError::UnknownMethod) => error(
                ErrorCode::MethodNotFound,
                &format!("There is no method `{method}`"),
            ),
            Err(RequestError::InvalidParams(why)) => error(ErrorCode::InvalidParams, &why),
            Err(RequestError::Failed(why)) => error(ErrorCode::RequestFailed, &why),
        }
    }

    fn dispatch(
        &mut self,
        client: &ClientCapabilities,
        method: &str,
        params: Value,
    ) -> Result<Value, RequestError> {
        macro_rules! methods {
            ($( $request:ident => $function:path, $uri:ident $(. $rest:ident)*; )*) => {
                match method {
                    "shutdown" => {
                        self.is_shut_down = true;
                        Ok(Value::Null)
                    }
                    $( <request::$request as request::Request>::METHOD => {
                        type Params = <request::$request as request::Request>::Params;
                        type Answer = <request::$request as request::Request>::Result;
                        let params: Params = parse_params(params)?;
                        let uri = params.$uri$(.$rest)*.uri.as_str().to_owned();
                        // The answer is about the text as it is now; changes wait unread until
                        // somebody asks.
                        self.refresh(&uri);
                        let document = self.documents.get(&uri);
                        // What other programs keep in such files is no business of ours.
                        let Some(document) = document.and_then(LspDocument::if_register) else {
                            return Ok(Value::Null);
                        };
                        let result: Answer = $function(document, client, params)?;
                        Ok(serde_json::to_value(result).unwrap_or_default())
                    } )*
                    _ => Err(RequestError::UnknownMethod),
                }
            };
        }
        methods! {
            Completion => completion::completion, text_document_position.text_document;
            HoverRequest => hover::hover, text_document_position_params.text_document;
            GotoDefinition => navigation::definition, text_document_position_params.text_document;
            References => navigation::references, text_document_position.text_document;
            DocumentSymbolRequest => symbols::symbols, text_document;
            PrepareRenameRequest => edits::prepare_rename, text_document;
            Rename => edits::rename, text_document_position.text_document;
            CodeActionRequest => code_actions::code_actions, text_document;
            Formatting => formatting::formatting, text_document;
        }
    }

    /// Takes note of something. What cannot be read is passed over: nobody waits for an answer.
    fn handle_notification(&mut self, notification: Notification) -> bool {
        let Some(client) = self.client.filter(|_| !self.is_shut_down) else {
            return true;
        };
        use notification::Notification as _;
        match notification.method.as_str() {
            notification::DidOpenTextDocument::METHOD => {
                if let Ok(DidOpenTextDocumentParams { text_document: new }) =
                    parse_params(notification.params)
                {
                    let key = new.uri.as_str().to_owned();
                    let document =
                        LspDocument::new(new.uri, &new.language_id, new.version, new.text);
                    self.mark_folder(document.path.as_deref(), LspDocument::mark_folder_changed);
                    self.documents.insert(key, document);
                }
            }
            notification::DidChangeTextDocument::METHOD => {
                if let Ok(params) = parse_params::<DidChangeTextDocumentParams>(notification.params)
                    && let Some(document) =
                        self.documents.get_mut(params.text_document.uri.as_str())
                {
                    document.version = params.text_document.version;
                    // Also of a version in which nothing has changed the editor waits to hear.
                    document.needs_publishing = true;
                    for change in params.content_changes {
                        document.change(change, client.encoding);
                    }
                    let path = document.path.clone();
                    self.mark_folder(path.as_deref(), LspDocument::mark_outdated);
                }
            }
            notification::DidCloseTextDocument::METHOD => {
                if let Ok(params) = parse_params::<DidCloseTextDocumentParams>(notification.params)
                    && let Some(document) = self.documents.remove(params.text_document.uri.as_str())
                {
                    // What counts from now on is what is in the file.
                    self.mark_folder(document.path.as_deref(), LspDocument::mark_folder_changed);
                    let none = PublishDiagnosticsParams::new(document.uri, Vec::new(), None);
                    return self.notify::<notification::PublishDiagnostics>(none);
                }
            }
            notification::DidSaveTextDocument::METHOD => {
                // A file may have become part of a folder's register, or is no more.
                self.documents
                    .values_mut()
                    .for_each(LspDocument::mark_folder_changed);
            }
            _ => {}
        }
        true
    }
}

/// Why a request has no result.
enum RequestError {
    UnknownMethod,
    InvalidParams(String),
    Failed(String),
}

impl From<LspError> for RequestError {
    fn from(error: LspError) -> Self {
        RequestError::Failed(error.to_string())
    }
}

fn parse_params<P: DeserializeOwned>(params: Value) -> Result<P, RequestError> {
    serde_json::from_value(params).map_err(|why| RequestError::InvalidParams(why.to_string()))
}
