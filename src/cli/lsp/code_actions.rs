//! Quick fixes of diagnostics: one at a time, or all at once.

use super::capabilities::ClientCapabilities;
use super::diagnostics::lsp_diagnostic;
use super::documents::LspDocument;
use super::edits::workspace_edit;
use super::result::LspResult;
use lsp_types::*;
use ron_lossless::{Diagnostic, TextEdit};

/// What can be done at a place.
pub(super) fn code_actions(
    document: &LspDocument,
    client: &ClientCapabilities,
    params: CodeActionParams,
) -> LspResult<Option<CodeActionResponse>> {
    let loaded = document.loaded();
    let here = document.span(params.range, client.encoding);
    let diagnostics: Vec<&Diagnostic> = loaded
        .diagnostics
        .iter()
        .filter(|p| document.contains(p.span))
        .collect();
    let wanted = |kind: &CodeActionKind| {
        // Kinds are hierarchical: who asks for `source` wants `source.fixAll` too, and the empty
        // kind is all.
        let is_within = |only: &CodeActionKind| {
            let rest = kind.as_str().strip_prefix(only.as_str());
            rest.is_some_and(|rest| {
                rest.is_empty() || rest.starts_with('.') || only.as_str().is_empty()
            })
        };
        params
            .context
            .only
            .as_ref()
            .is_none_or(|only| only.iter().any(is_within))
    };
    let mut all = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        let touches = |diagnostic: &&Diagnostic| {
            diagnostic.span.start <= here.end && here.start <= diagnostic.span.end
        };
        for diagnostic in diagnostics.iter().copied().filter(touches) {
            let Some(repair) = &diagnostic.fix else {
                continue;
            };
            all.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: repair.label.clone(),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![lsp_diagnostic(diagnostic, document, client)]),
                edit: Some(workspace_edit(document, client, &repair.edits)),
                is_preferred: Some(!diagnostic.is_fix_lossy),
                ..CodeAction::default()
            }));
        }
    }
    let together = all_fixes(&diagnostics);
    if wanted(&CodeActionKind::SOURCE_FIX_ALL) && !together.is_empty() {
        all.push(CodeActionOrCommand::CodeAction(CodeAction {
            title: "Fix all safe problems".into(),
            kind: Some(CodeActionKind::SOURCE_FIX_ALL),
            edit: Some(workspace_edit(document, client, &together)),
            ..CodeAction::default()
        }));
    }
    Ok(Some(all))
}

/// The safe quick fixes of all diagnostics at once; of two that touch the same place, the first.
fn all_fixes(diagnostics: &[&Diagnostic]) -> Vec<TextEdit> {
    let mut all: Vec<TextEdit> = Vec::new();
    for repair in diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic.safe_fix())
    {
        let apart = |new: &TextEdit| {
            let overlaps =
                |old: &TextEdit| new.span.start <= old.span.end && old.span.start <= new.span.end;
            !all.iter().any(overlaps)
        };
        if repair.edits.iter().all(apart) {
            all.extend(repair.edits.iter().cloned());
        }
    }
    all.sort_by_key(|text_edit| text_edit.span.start);
    all
}
