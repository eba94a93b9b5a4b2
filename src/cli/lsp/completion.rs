//! What can stand at the cursor, as editors take it.

use super::capabilities::ClientCapabilities;
use super::documents::LspDocument;
use super::result::LspResult;
use linchpin_edit::completion::{Completion, CompletionKind, completions};
use lsp_types::*;

/// The completions at a place.
pub(super) fn completion(
    document: &LspDocument,
    client: &ClientCapabilities,
    params: CompletionParams,
) -> LspResult<Option<CompletionResponse>> {
    let text = &document.loaded().text;
    let position = params.text_document_position.position;
    let all = completions(
        document.last_valid(),
        text,
        document.offset(position, client.encoding),
    );
    let item = |(index, completion): (usize, &Completion)| {
        let (insert, is_snippet) = insert_text(completion, client.snippets);
        let documentation =
            (!completion.help.is_empty()).then(|| Documentation::String(completion.help.clone()));
        CompletionItem {
            label: completion.label.clone(),
            kind: Some(match completion.kind {
                CompletionKind::Field => CompletionItemKind::FIELD,
                CompletionKind::Choice => CompletionItemKind::ENUM_MEMBER,
                CompletionKind::Link => CompletionItemKind::REFERENCE,
                CompletionKind::Snippet => CompletionItemKind::VALUE,
                CompletionKind::Record => CompletionItemKind::STRUCT,
            }),
            detail: Some(completion.detail.clone()).filter(|d| !d.is_empty()),
            documentation,
            // Here is decided what fits, by more than the label: an editor that filters by the
            // label would drop what was found by its title.
            sort_text: Some(format!("{index:03}")),
            filter_text: Some(completion.replace.of(text).to_owned()),
            insert_text_format: is_snippet.then_some(InsertTextFormat::SNIPPET),
            text_edit: Some(CompletionTextEdit::Edit(lsp_types::TextEdit::new(
                document.range(completion.replace, client.encoding),
                insert,
            ))),
            ..CompletionItem::default()
        }
    };
    let items: Vec<CompletionItem> = all.iter().enumerate().map(item).collect();
    Ok(Some(CompletionResponse::List(CompletionList {
        // With every letter the list is asked for again.
        is_incomplete: !items.is_empty(),
        items,
    })))
}

/// What is written, and whether it says where the cursor goes. Where an editor cannot place it
/// inside, what would follow it right at the end is left out.
fn insert_text(completion: &Completion, snippets: bool) -> (String, bool) {
    let (before, after) = completion.insert.split_at(completion.caret);
    if after.is_empty() {
        return (completion.insert.clone(), false);
    }
    if snippets {
        return (
            format!("{}$0{}", escape_snippet(before), escape_snippet(after)),
            true,
        );
    }
    let insert = completion
        .insert
        .strip_suffix(',')
        .unwrap_or(&completion.insert);
    (insert.to_owned(), false)
}

/// The text as it stands in a snippet.
fn escape_snippet(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('$', "\\$")
        .replace('}', "\\}")
}
