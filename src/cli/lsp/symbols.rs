//! The records of a document, list by list.

use super::capabilities::ClientCapabilities;
use super::documents::LspDocument;
use super::navigation::id_span;
use super::result::LspResult;
use linchpin_register::{RecordKind, RecordRef};
use lsp_types::*;
use ron_lossless::Span;

/// The lists with their records; in a row where the editor shows no lists in lists.
#[allow(deprecated)] // The protocol's types still have a field that nobody is to use.
pub(super) fn symbols(
    document: &LspDocument,
    client: &ClientCapabilities,
    _: DocumentSymbolParams,
) -> LspResult<Option<DocumentSymbolResponse>> {
    let loaded = document.loaded();
    let symbol =
        |name: &str, detail: &str, kind, span: Span, name_span: Span, children| DocumentSymbol {
            // Editors take no empty names.
            name: if name.trim().is_empty() { detail } else { name }.to_owned(),
            detail: Some(detail.to_owned()),
            kind,
            tags: None,
            deprecated: None,
            range: document.range(span, client.encoding),
            selection_range: document.range(name_span, client.encoding),
            children,
        };
    let mut lists = Vec::new();
    for &kind in RecordKind::ALL {
        let mut records = Vec::new();
        let mut whole: Option<Span> = None;
        for index in 0..loaded.register.count(kind) as u32 {
            let at = RecordRef { kind, index };
            let Some(record) = loaded.register.record(at) else {
                continue;
            };
            let span = loaded.record_span(at);
            if !document.contains(span) {
                continue;
            }
            let start = whole.map_or(span.start, |whole| whole.start);
            whole = Some(Span::new(start, span.end));
            records.push(symbol(
                record.title(),
                record.id(),
                symbol_kind(kind),
                span,
                id_span(loaded, at),
                None,
            ));
        }
        if let Some(span) = whole {
            let first = Span::new(span.start, span.start);
            lists.push(symbol(
                kind.title(),
                kind.list(),
                SymbolKind::ARRAY,
                span,
                first,
                Some(records),
            ));
        }
    }
    if client.nested_symbols {
        return Ok(Some(DocumentSymbolResponse::Nested(lists)));
    }
    let mut flat = Vec::new();
    for list in lists {
        for record in list.children.into_iter().flatten() {
            flat.push(SymbolInformation {
                name: record.name,
                kind: record.kind,
                tags: None,
                deprecated: None,
                location: Location::new(document.uri.clone(), record.range),
                container_name: Some(list.name.clone()),
            });
        }
    }
    Ok(Some(DocumentSymbolResponse::Flat(flat)))
}

/// The editor's sign for a type of record.
fn symbol_kind(kind: RecordKind) -> SymbolKind {
    match kind {
        RecordKind::Commitment => SymbolKind::CLASS,
        RecordKind::Document | RecordKind::Instrument => SymbolKind::FILE,
        RecordKind::Party | RecordKind::Body => SymbolKind::MODULE,
        RecordKind::Figure => SymbolKind::NUMBER,
        RecordKind::Event => SymbolKind::EVENT,
        RecordKind::LadderStep => SymbolKind::ENUM_MEMBER,
        RecordKind::Chart | RecordKind::Recipe => SymbolKind::INTERFACE,
        RecordKind::Cue | RecordKind::Dismissal => SymbolKind::STRING,
        RecordKind::Priority | RecordKind::Theme | RecordKind::Concern => SymbolKind::OBJECT,
    }
}
