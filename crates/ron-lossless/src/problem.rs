//! What is wrong with a text, said to the person who wrote it.

use super::{SourceChange, Span, TextEdit};
use std::fmt;

/// How much a problem matters.
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

/// One problem at one place, for the window and the command line alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The place the message speaks about.
    pub span: Span,
    /// Error or warning.
    pub severity: Severity,
    /// A short kebab-case word that names this kind of problem, for filters and documentation.
    pub code: &'static str,
    /// What is wrong, as a sentence without a period.
    pub message: String,
    /// Other places that explain it, each with its words.
    pub labels: Vec<(Span, String)>,
    /// What would be right.
    pub help: Option<String>,
    /// What sets it right, where that is sure.
    pub fix: Option<SourceChange>,
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
        }
    }

    /// A warning at `span`.
    pub fn warning(span: Span, code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(span, code, message)
        }
    }

    /// The same problem with a sentence that says what would be right.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem with the one sure way to set it right: `text` in the place of `span`.
    /// `words` say what a button for it does.
    pub fn with_fix(
        mut self,
        words: impl Into<String>,
        span: Span,
        text: impl Into<String>,
    ) -> Self {
        self.fix = SourceChange::new(words, vec![TextEdit::new(span, text)]);
        self
    }

    /// The same problem where its text begins `by` bytes later in a longer one.
    pub fn shifted(mut self, by: u32) -> Self {
        self.span = self.span.shifted(by);
        for (span, _) in &mut self.labels {
            *span = span.shifted(by);
        }
        for splice in self.fix.iter_mut().flat_map(|r| &mut r.edits) {
            splice.span = splice.span.shifted(by);
        }
        self
    }

    /// The same problem with what sets it right, where there is something sure.
    pub fn with_fix_if_any(mut self, repair: Option<SourceChange>) -> Self {
        self.fix = repair;
        self
    }

    /// The same problem with another place that explains it.
    pub fn with_label(mut self, span: Span, words: impl Into<String>) -> Self {
        self.labels.push((span, words.into()));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_built_in_one_sentence() {
        let problem = Diagnostic::warning(Span::new(2, 3), "late", "This is late")
            .with_label(Span::new(0, 1), "since here")
            .with_help("be early");
        assert_eq!(problem.severity.to_string(), "warning");
        assert_eq!(problem.labels[0].1, "since here");
        assert_eq!(problem.help.as_deref(), Some("be early"));
        let later = problem
            .with_fix("Be early", Span::new(2, 3), "x")
            .shifted(10);
        let splices = later.fix.unwrap().edits;
        let starts = [later.span, later.labels[0].0, splices[0].span].map(|s| s.start);
        assert_eq!(starts, [12, 10, 12]);
    }
}
