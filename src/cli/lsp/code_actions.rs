//! Repairs of problems: one at a time, or all that are sure.

use super::capabilities::ClientCapabilities;
use super::diagnostics::diagnostic;
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
    let problems: Vec<&Diagnostic> = loaded
        .diagnostics
        .iter()
        .filter(|p| document.contains(p.span))
        .collect();
    let wanted = |kind: &CodeActionKind| {
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
        let touches = |problem: &&Diagnostic| {
            problem.span.start <= here.end && here.start <= problem.span.end
        };
        for problem in problems.iter().copied().filter(touches) {
            let Some(repair) = &problem.fix else {
                continue;
            };
            all.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: repair.label.clone(),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![diagnostic(problem, document, client)]),
                edit: Some(workspace_edit(document, client, &repair.edits)),
                is_preferred: Some(true),
                ..CodeAction::default()
            }));
        }
    }
    let together = all_fixes(&problems);
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

/// The repairs of all problems at once; of two that touch the same place, the first.
fn all_fixes(problems: &[&Diagnostic]) -> Vec<TextEdit> {
    let mut all: Vec<TextEdit> = Vec::new();
    for repair in problems.iter().filter_map(|problem| problem.fix.as_ref()) {
        let apart = |new: &TextEdit| {
            let overlaps =
                |old: &TextEdit| new.span.start <= old.span.end && old.span.start <= new.span.end;
            !all.iter().any(overlaps)
        };
        if repair.edits.iter().all(apart) {
            all.extend(repair.edits.iter().cloned());
        }
    }
    all.sort_by_key(|splice| splice.span.start);
    all
}
