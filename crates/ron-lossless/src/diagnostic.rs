//! What is wrong with a text, for the person who wrote it.

use crate::{SourceChange, Span, TextEdit};
use std::fmt;

/// How severe a diagnostic is.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something could not be read or is not allowed.
    Error,
    /// Everything was read, but somebody should look at it.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// One problem at one place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The place that the message is about.
    pub span: Span,
    /// Error or warning.
    pub severity: Severity,
    /// A short kebab-case word that names this kind of problem: see [`codes`](crate::codes).
    pub code: &'static str,
    /// What is wrong, as a sentence without a period.
    pub message: String,
    /// Other places that explain it, each with a label.
    pub labels: Vec<(Span, String)>,
    /// How to correct it.
    pub help: Option<String>,
    /// A quick fix, where there is only one way to correct it.
    pub fix: Option<SourceChange>,
    /// The quick fix loses something that the text says. It is offered, and never made unasked.
    pub is_fix_lossy: bool,
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(span: Span, code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic {
            span,
            severity: Severity::Error,
            code,
            message: message.into(),
            labels: Vec::new(),
            help: None,
            fix: None,
            is_fix_lossy: false,
        }
    }

    /// The quick fix, where it can be made unasked: it loses nothing.
    pub fn safe_fix(&self) -> Option<&SourceChange> {
        self.fix.as_ref().filter(|_| !self.is_fix_lossy)
    }

    /// A warning at `span`.
    pub fn warning(span: Span, code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(span, code, message)
        }
    }

    /// The same with a sentence on how to correct it.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with a quick fix that puts `text` in the place of `span`; `label` is what a button
    /// for it shows.
    pub fn with_fix(
        mut self,
        label: impl Into<String>,
        span: Span,
        text: impl Into<String>,
    ) -> Self {
        self.fix = SourceChange::new(label, vec![TextEdit::new(span, text)]);
        self
    }

    /// The same where its text begins `by` bytes later in a longer one.
    pub fn shifted(mut self, by: u32) -> Self {
        self.span = self.span.shifted(by);
        for (span, _) in &mut self.labels {
            *span = span.shifted(by);
        }
        for edit in self.fix.iter_mut().flat_map(|r| &mut r.edits) {
            edit.span = edit.span.shifted(by);
        }
        self
    }

    /// The same with a quick fix, if there is one.
    pub fn with_fix_if_any(mut self, fix: Option<SourceChange>) -> Self {
        self.fix = fix;
        self
    }

    /// The same with another place that explains it.
    pub fn with_label(mut self, span: Span, label: impl Into<String>) -> Self {
        self.labels.push((span, label.into()));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_built_in_one_sentence() {
        let diagnostic = Diagnostic::warning(Span::new(2, 3), "late", "This is late")
            .with_label(Span::new(0, 1), "since here")
            .with_help("be early");
        assert_eq!(diagnostic.severity.to_string(), "warning");
        assert_eq!(diagnostic.labels[0].1, "since here");
        assert_eq!(diagnostic.help.as_deref(), Some("be early"));
        let later = diagnostic
            .with_fix("Be early", Span::new(2, 3), "x")
            .shifted(10);
        let edits = later.fix.unwrap().edits;
        let starts = [later.span, later.labels[0].0, edits[0].span].map(|s| s.start);
        assert_eq!(starts, [12, 10, 12]);
    }
}
