//! What must hold for all that says where something stands.

use ron_lossless::{Diagnostic, Span, apply};

/// A span lies inside the text and cuts no character.
pub fn span(text: &str, span: Span) {
    assert!(
        text.get(span.range()).is_some(),
        "{span:?} does not fit {text:?}"
    );
}

/// The places of a problem are places of the text, and its repair can be carried out.
pub fn problem(text: &str, problem: &Diagnostic) {
    span(text, problem.span);
    for (label, _) in &problem.labels {
        span(text, *label);
    }
    assert!(!problem.message.is_empty());
    if let Some(change) = &problem.fix {
        assert!(!change.edits.is_empty() && !change.label.is_empty());
        let mut end = 0;
        for splice in &change.edits {
            span(text, splice.span);
            assert!(splice.span.start >= end, "{problem:?}");
            end = splice.span.end;
        }
        let after = apply(text, &change.edits);
        assert!(
            after.is_some_and(|after| after != text),
            "{problem:?} in {text:?}"
        );
    }
}
