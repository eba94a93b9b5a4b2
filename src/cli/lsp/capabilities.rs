//! What the editor can do, and what this server offers it.

use super::position::PositionEncoding;
use lsp_types::*;

/// What the editor can do, as far as it matters here.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClientCapabilities {
    pub encoding: PositionEncoding,
    /// It can place the cursor inside what a completion writes.
    pub snippets: bool,
    /// It takes edits with the version of the document that they are for.
    pub versioned_edits: bool,
    /// It asks whether a place can be renamed before it asks for the new name.
    pub prepares_rename: bool,
    /// It shows symbols inside symbols.
    pub nested_symbols: bool,
    /// It shows other places next to a diagnostic.
    pub related_information: bool,
}

impl ClientCapabilities {
    /// Reads the parameters of `initialize`. What an editor does not say, it cannot.
    pub fn new(params: &InitializeParams) -> Self {
        let capabilities = &params.capabilities;
        let text = capabilities.text_document.as_ref();
        let encodings = capabilities
            .general
            .as_ref()
            .and_then(|g| g.position_encodings.as_deref());
        let item = text
            .and_then(|t| t.completion.as_ref())
            .and_then(|c| c.completion_item.as_ref());
        let edit = capabilities
            .workspace
            .as_ref()
            .and_then(|w| w.workspace_edit.as_ref());
        let rename = text.and_then(|t| t.rename.as_ref());
        let symbol = text.and_then(|t| t.document_symbol.as_ref());
        let diagnostics = text.and_then(|t| t.publish_diagnostics.as_ref());
        ClientCapabilities {
            encoding: PositionEncoding::chosen(encodings),
            snippets: item.and_then(|i| i.snippet_support) == Some(true),
            versioned_edits: edit.and_then(|e| e.document_changes) == Some(true),
            prepares_rename: rename.and_then(|r| r.prepare_support) == Some(true),
            nested_symbols: symbol.and_then(|s| s.hierarchical_document_symbol_support)
                == Some(true),
            related_information: diagnostics.and_then(|p| p.related_information) == Some(true),
        }
    }

    /// What this server can.
    pub fn initialize_result(&self) -> InitializeResult {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        };
        let completion = CompletionOptions {
            trigger_characters: Some(["\"", ":", "(", "["].map(str::to_owned).into()),
            ..CompletionOptions::default()
        };
        let actions = CodeActionOptions {
            code_action_kinds: Some(vec![
                CodeActionKind::QUICKFIX,
                CodeActionKind::SOURCE_FIX_ALL,
            ]),
            ..CodeActionOptions::default()
        };
        let rename = RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        };
        let capabilities = ServerCapabilities {
            position_encoding: Some(self.encoding.kind()),
            text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
            completion_provider: Some(completion),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            document_symbol_provider: Some(OneOf::Left(true)),
            // The protocol allows options only for editors that say that they ask beforehand.
            rename_provider: Some(match self.prepares_rename {
                true => OneOf::Right(rename),
                false => OneOf::Left(true),
            }),
            document_formatting_provider: Some(OneOf::Left(true)),
            code_action_provider: Some(CodeActionProviderCapability::Options(actions)),
            ..ServerCapabilities::default()
        };
        InitializeResult {
            capabilities,
            server_info: Some(ServerInfo {
                name: "linchpin".into(),
                version: Some(env!("CARGO_PKG_VERSION").into()),
            }),
        }
    }
}
