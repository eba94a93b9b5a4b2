//! Changes of a text, as editors carry them out; renaming an id everywhere.

use super::documents::Document;
use super::handshake::Client;
use super::session::{Answer, Refusal};
use crate::edit::at::{What, at};
use crate::edit::{Edit, plan};
use crate::ron_text::Splice;
use lsp_types::*;
use serde_json::json;

/// The splices as an edit of the document in its present version.
pub(super) fn workspace_edit(
    document: &Document,
    client: &Client,
    splices: &[Splice],
) -> WorkspaceEdit {
    let places = document.places(client.encoding);
    let edit = |splice: &Splice| TextEdit::new(places.range(splice.span), splice.text.clone());
    let edits: Vec<TextEdit> = splices.iter().map(edit).collect();
    if client.versioned_edits {
        let edit = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri: document.uri.clone(),
                version: Some(document.version),
            },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        };
        return WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(vec![edit])),
            ..WorkspaceEdit::default()
        };
    }
    // Through JSON, whose keys are plain text.
    let changes = json!({ "changes": { document.uri.as_str(): edits } });
    serde_json::from_value(changes).unwrap_or_default()
}

/// The id at a place, where it can be renamed.
pub(super) fn prepare_rename(
    document: &mut Document,
    client: &Client,
    params: TextDocumentPositionParams,
) -> Answer<Option<PrepareRenameResponse>> {
    let offset = document.places(client.encoding).offset(params.position);
    let found = at(document.load(), offset);
    let known = |id: &String| document.load().register.find(id).is_some();
    let id = match found.what {
        What::Id(id) | What::Link(_, id) => Some(id).filter(known),
        _ => None,
    };
    let places = document.places(client.encoding);
    Ok(
        id.map(|placeholder| PrepareRenameResponse::RangeWithPlaceholder {
            range: places.range(found.span),
            placeholder,
        }),
    )
}

/// Gives the record at a place another id, and every link to it as well.
pub(super) fn rename(
    document: &mut Document,
    client: &Client,
    params: RenameParams,
) -> Answer<Option<WorkspaceEdit>> {
    let offset = document
        .places(client.encoding)
        .offset(params.text_document_position.position);
    let loaded = document.load().clone();
    let (What::Id(id) | What::Link(_, id)) = at(&loaded, offset).what else {
        return Err(Refusal("Only the ids of records can be renamed".into()));
    };
    let edit = Edit::Rename {
        id,
        new_id: params.new_name,
    };
    match plan(&loaded, &edit) {
        Ok(change) => Ok(Some(workspace_edit(document, client, &change.splices))),
        Err(refused) if loaded.broken => Err(Refusal(format!("{refused}"))),
        Err(refused) => Err(Refusal(refused.0)),
    }
}
