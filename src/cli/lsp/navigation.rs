//! From a link to its record, and from a record to all that link to it.

use super::capabilities::ClientCapabilities;
use super::documents::LspDocument;
use super::result::LspResult;
use linchpin_edit::links::links_to;
use linchpin_edit::symbol::{SymbolKind, symbol_at};
use linchpin_register::{LoadedRegister, RecordKind, RecordRef};
use lsp_types::*;
use ron_lossless::Span;

/// The record that the id at a place names.
pub(super) fn definition(
    document: &LspDocument,
    client: &ClientCapabilities,
    params: GotoDefinitionParams,
) -> LspResult<Option<GotoDefinitionResponse>> {
    let position = params.text_document_position_params.position;
    let offset = document.offset(position, client.encoding);
    let loaded = document.loaded();
    let target = id_at(loaded, offset).and_then(|(kind, id)| {
        let at = loaded.register.find(&id).filter(|at| at.kind == kind)?;
        Some(id_span(loaded, at))
    });
    let location = |span| document.location(span, client.encoding);
    Ok(target.map(|span| GotoDefinitionResponse::Scalar(location(span))))
}

/// Every link to the record that the id at a place names.
pub(super) fn references(
    document: &LspDocument,
    client: &ClientCapabilities,
    params: ReferenceParams,
) -> LspResult<Option<Vec<Location>>> {
    let position = params.text_document_position.position;
    let offset = document.offset(position, client.encoding);
    let loaded = document.loaded();
    let Some((kind, id)) = id_at(loaded, offset) else {
        return Ok(None);
    };
    let mut spans = Vec::new();
    let own = loaded.register.find(&id).filter(|at| at.kind == kind);
    if let Some(at) = own.filter(|_| params.context.include_declaration) {
        spans.push(id_span(loaded, at));
    }
    let links = links_to(loaded, kind, &[&id]);
    spans.extend(links.iter().map(|link| loaded.tree.span(link.node)));
    let location = |span| document.location(span, client.encoding);
    Ok(Some(spans.into_iter().map(location).collect()))
}

/// The id at a place, with the type of the record that it names.
fn id_at(loaded: &LoadedRegister, offset: u32) -> Option<(RecordKind, String)> {
    let found = symbol_at(loaded, offset);
    match found.kind {
        SymbolKind::Link(kind, id) => Some((kind, id)),
        SymbolKind::RecordId(id) => Some((found.record_kind?, id)),
        _ => None,
    }
}

/// Where a record's own id stands; the whole record where it has none.
pub(super) fn id_span(loaded: &LoadedRegister, at: RecordRef) -> Span {
    let id = loaded
        .record_node(at)
        .and_then(|node| loaded.tree.field(&loaded.text, node, "id"));
    id.map_or_else(|| loaded.record_span(at), |id| loaded.tree.span(id))
}
