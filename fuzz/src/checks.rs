//! What must hold for all spans, and for the diagnostics and edits that have some.

use ron_lossless::{Diagnostic, Span, apply};

/// A span lies inside the text and cuts no character.
pub fn span(text: &str, span: Span) {
    assert!(
        text.get(span.range()).is_some(),
        "{span:?} does not fit {text:?}"
    );
}

/// The spans of a diagnostic lie in the text, and its quick fix can be applied.
pub fn diagnostic(text: &str, diagnostic: &Diagnostic) {
    span(text, diagnostic.span);
    for (label, _) in &diagnostic.labels {
        span(text, *label);
    }
    assert!(!diagnostic.message.is_empty());
    if let Some(change) = &diagnostic.fix {
        assert!(!change.edits.is_empty() && !change.label.is_empty());
        let mut end = 0;
        for edit in &change.edits {
            span(text, edit.span);
            assert!(edit.span.start >= end, "{diagnostic:?}");
            end = edit.span.end;
        }
        let after = apply(text, &change.edits);
        assert!(
            after.is_some_and(|after| after != text),
            "{diagnostic:?} in {text:?}"
        );
    }
}
