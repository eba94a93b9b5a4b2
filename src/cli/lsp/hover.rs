//! The explanation of a place: the record behind an id, what a field is for, what a word means.

use super::capabilities::ClientCapabilities;
use super::documents::LspDocument;
use super::result::LspResult;
use linchpin_edit::symbol::{SymbolKind, symbol_at};
use linchpin_register::schema::{FieldCardinality, FieldSpec};
use linchpin_register::tables::formatting;
use linchpin_register::tables::record_detail::record_detail;
use linchpin_register::{Commitment, RecordRef, Register};
use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

/// The explanation of a place, in Markdown.
pub(super) fn hover(
    document: &LspDocument,
    client: &ClientCapabilities,
    params: HoverParams,
) -> LspResult<Option<Hover>> {
    let position = params.text_document_position_params.position;
    let offset = document.offset(position, client.encoding);
    let found = symbol_at(document.loaded(), offset);
    // While somebody types, the text that is loaded now may be broken and have no records.
    let register = &document.last_valid().register;
    let value = match &found.kind {
        SymbolKind::Link(_, id) | SymbolKind::RecordId(id) => register
            .find(id)
            .and_then(|at| record_markdown(register, at)),
        SymbolKind::FieldName => found.field.map(field_markdown),
        SymbolKind::ListName(kind) => Some(format!(
            "**{}** ({})\n\n{}",
            kind.title(),
            register.count(*kind),
            kind.about()
        )),
        SymbolKind::VocabularyValue(choice) => Some(format!(
            "**{}**: {}\n\n{}",
            choice.name,
            escape_markdown(choice.label),
            escape_markdown(choice.meaning)
        )),
        SymbolKind::None | SymbolKind::Value => None,
    };
    Ok(value.map(|value| Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value,
        }),
        range: Some(document.range(found.span, client.encoding)),
    }))
}

fn field_markdown(spec: &'static FieldSpec) -> String {
    let need = match spec.cardinality {
        FieldCardinality::Required => ", needed",
        FieldCardinality::List => ", a list",
        FieldCardinality::Optional | FieldCardinality::Flag => "",
    };
    format!("**{}** ({}{need})\n\n{}", spec.name, spec.shape, spec.doc)
}

/// A record in a few lines.
fn record_markdown(register: &Register, at: RecordRef) -> Option<String> {
    let detail = record_detail(register, at)?;
    let mut parts = vec![format!(
        "**{}** ({} `{}`)",
        escape_markdown(detail.title),
        detail.kind.what(),
        detail.id
    )];
    parts.extend(detail.statement.map(escape_markdown));
    if let Some(commitment) = register.get::<Commitment>(detail.id) {
        let mut facts = vec![format!("Status: {}", commitment.current_status().label())];
        facts.extend(
            commitment
                .effective_step(register)
                .map(|step| format!("Strength: {}", escape_markdown(&step.ranked_label()))),
        );
        // Two spaces end a line in Markdown.
        parts.push(facts.join("  \n"));
    }
    for citation in detail.citations {
        let place = escape_markdown(&formatting::format_location(register, citation));
        parts.push(match &citation.phrase {
            Some(phrase) => format!("> “{}”, {place}", escape_markdown(phrase)),
            None => format!("> {place}"),
        });
    }
    Some(parts.join("\n\n"))
}

/// Text that Markdown leaves as it is.
fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' => {
                out.extend(['\\', c])
            }
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
