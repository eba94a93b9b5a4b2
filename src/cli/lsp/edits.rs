//! Changes of a text, as editors carry them out; renaming an id everywhere.

use super::capabilities::ClientCapabilities;
use super::documents::LspDocument;
use super::result::{LspError, LspResult};
use linchpin_edit::symbol::{SymbolKind, symbol_at};
use linchpin_edit::{Edit, plan_edit};
use lsp_types::*;
use ron_lossless::TextEdit;
use serde_json::{Value, json};

/// The text edits as an edit of the document in its present version, and of the other files of its
/// folder.
pub(super) fn workspace_edit(
    document: &LspDocument,
    client: &ClientCapabilities,
    text_edits: &[TextEdit],
) -> WorkspaceEdit {
    let mut files: Vec<(Uri, Vec<lsp_types::TextEdit>)> = Vec::new();
    for text_edit in text_edits {
        let Location { uri, range } = document.location(text_edit.span, client.encoding);
        let edit = lsp_types::TextEdit::new(range, text_edit.text.clone());
        match files.iter_mut().find(|(other, _)| *other == uri) {
            Some((_, edits)) => edits.push(edit),
            None => files.push((uri, vec![edit])),
        }
    }
    if client.versioned_edits {
        let edit = |(uri, edits): (Uri, Vec<lsp_types::TextEdit>)| TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                // The edits of other files were planned on what is on the disk, which has no
                // version.
                version: (uri == document.uri).then_some(document.version),
                uri,
            },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        };
        let all = files.into_iter().map(edit).collect();
        return WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(all)),
            ..WorkspaceEdit::default()
        };
    }
    // Through JSON, whose keys are plain text.
    let edit = |(uri, edits): &(Uri, Vec<lsp_types::TextEdit>)| {
        Some((uri.as_str().to_owned(), serde_json::to_value(edits).ok()?))
    };
    let changes: serde_json::Map<String, Value> = files.iter().filter_map(edit).collect();
    serde_json::from_value(json!({ "changes": changes })).unwrap_or_default()
}

/// The id at a place, where it can be renamed.
pub(super) fn prepare_rename(
    document: &LspDocument,
    client: &ClientCapabilities,
    params: TextDocumentPositionParams,
) -> LspResult<Option<PrepareRenameResponse>> {
    let offset = document.offset(params.position, client.encoding);
    let found = symbol_at(document.loaded(), offset);
    let known = |id: &String| document.loaded().register.find(id).is_some();
    let id = match found.kind {
        SymbolKind::RecordId(id) | SymbolKind::Link(_, id) => Some(id).filter(known),
        _ => None,
    };
    // Editors take no range that the place is not in.
    let id = id.filter(|_| (found.span.start..=found.span.end).contains(&offset));
    Ok(
        id.map(|placeholder| PrepareRenameResponse::RangeWithPlaceholder {
            range: document.range(found.span, client.encoding),
            placeholder,
        }),
    )
}

/// Gives the record at a place another id, and every link to it as well.
pub(super) fn rename(
    document: &LspDocument,
    client: &ClientCapabilities,
    params: RenameParams,
) -> LspResult<Option<WorkspaceEdit>> {
    let position = params.text_document_position.position;
    let offset = document.offset(position, client.encoding);
    let loaded = document.loaded();
    let (SymbolKind::RecordId(id) | SymbolKind::Link(_, id)) = symbol_at(loaded, offset).kind
    else {
        return Err(LspError::NoId);
    };
    let edit = Edit::RenameRecord {
        id,
        new_id: params.new_name,
    };
    match plan_edit(loaded, &edit) {
        // To the id that it has.
        Ok(change) if change.edits.is_empty() => Ok(None),
        Ok(change) => Ok(Some(workspace_edit(document, client, &change.edits))),
        Err(why) => Err(LspError::Edit(why)),
    }
}
