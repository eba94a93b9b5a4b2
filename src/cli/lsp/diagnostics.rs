//! The diagnostics of a text, as editors show them.

use super::capabilities::ClientCapabilities;
use super::documents::LspDocument;
use lsp_types::*;
use ron_lossless::{Diagnostic, Severity};

const SOURCE: &str = "linchpin";

/// The diagnostics of a document; none where it is no register.
pub(super) fn publish_params(
    document: &LspDocument,
    client: &ClientCapabilities,
) -> PublishDiagnosticsParams {
    let loaded = document.loaded();
    let mut all = Vec::new();
    if document.is_register() {
        let here = loaded
            .diagnostics
            .iter()
            .filter(|diagnostic| document.contains(diagnostic.span));
        all.extend(here.map(|diagnostic| lsp_diagnostic(diagnostic, document, client)));
        if loaded.omitted_diagnostics > 0 {
            let words = format!("{} more problems are not shown", loaded.omitted_diagnostics);
            let start = Range::default();
            let more = lsp_types::Diagnostic::new(
                start,
                Some(DiagnosticSeverity::INFORMATION),
                None,
                Some(SOURCE.into()),
                words,
                None,
                None,
            );
            all.push(more);
        }
    }
    PublishDiagnosticsParams::new(document.uri.clone(), all, Some(document.version))
}

/// One diagnostic.
pub(super) fn lsp_diagnostic(
    diagnostic: &Diagnostic,
    document: &LspDocument,
    client: &ClientCapabilities,
) -> lsp_types::Diagnostic {
    let severity = match diagnostic.severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
    };
    // The protocol has no field of its own for help.
    let mut message = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        message.push_str("\n\n");
        message.push_str(help);
    }
    let related = diagnostic
        .labels
        .iter()
        .map(|(span, words)| DiagnosticRelatedInformation {
            location: document.location(*span, client.encoding),
            message: words.clone(),
        });
    // Only editors that say so know this field.
    let related: Vec<_> = related.filter(|_| client.related_information).collect();
    lsp_types::Diagnostic {
        range: document.range(diagnostic.span, client.encoding),
        severity: Some(severity),
        code: Some(NumberOrString::String(diagnostic.code.into())),
        source: Some(SOURCE.into()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        ..lsp_types::Diagnostic::default()
    }
}
