//! What the checks of all records share: their place in the text, and the rules for texts,
//! citations and dates.

use super::citation::{Citation, SourcedDate};
use super::codes;
use super::schema::PathStep;
use super::vocabulary::DateBasis;
use super::{LadderStep, RecordRef, Register};
use ron_lossless::{Diagnostic, NodeId, Severity, Span, Tree, codes as ron, nearest};
use std::collections::HashSet;

/// The most problems that are kept; the rest are counted.
pub const MAX_DIAGNOSTICS: usize = 1000;
/// The longest statement, in characters, that is not remarked on.
const MAX_STATEMENT_CHARS: usize = 2000;
/// The longest name or title, in characters, that is not remarked on.
pub const MAX_NAME_CHARS: usize = 300;

/// What was read before the checks.
pub struct CheckInput<'a> {
    pub text: &'a str,
    pub tree: &'a Tree,
    /// The node of every record kept, by type.
    pub record_nodes: &'a [Vec<NodeId>],
    /// The ids of records that could not be kept. A link to one of them is no fault of its own.
    pub unloaded_ids: &'a HashSet<String>,
    /// What was wrong with values, in the order of the text.
    pub decode_diagnostics: &'a [Diagnostic],
}

/// Collects problems while the records are checked.
pub struct CheckContext<'a> {
    pub(super) register: &'a Register,
    pub(super) input: CheckInput<'a>,
    node: NodeId,
    /// Kept between records, for walks over them.
    pub(super) path: Vec<PathStep>,
    diagnostics: Vec<Diagnostic>,
    omitted_count: usize,
    /// The verbs of the ladder in lower case, the longest first, each with its step.
    ladder_verbs: Vec<(String, &'a LadderStep)>,
}

impl<'a> CheckContext<'a> {
    pub fn new(register: &'a Register, input: CheckInput<'a>) -> Self {
        let steps = register.ladder.iter();
        let mut ladder_verbs: Vec<(String, &LadderStep)> = steps
            .flat_map(|step| step.verbs.iter().map(move |v| (v.to_lowercase(), step)))
            .filter(|(verb, _)| !verb.is_empty())
            .collect();
        ladder_verbs.sort_by_key(|(verb, _)| std::cmp::Reverse(verb.len()));
        CheckContext {
            register,
            ladder_verbs,
            input,
            node: 0,
            path: Vec::new(),
            diagnostics: Vec::new(),
            omitted_count: 0,
        }
    }

    /// The problems, and how many more there were than are kept.
    pub fn finish(self) -> (Vec<Diagnostic>, usize) {
        (self.diagnostics, self.omitted_count)
    }

    /// The step of the ladder on which a verb stands: "will continue to" goes before "will".
    pub fn ladder_step_of(&self, verb: &str) -> Option<&'a LadderStep> {
        let verb = verb.to_lowercase();
        let begins_with = |known: &str| {
            let rest = verb.strip_prefix(known);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let found = self
            .ladder_verbs
            .iter()
            .find(|(known, _)| begins_with(known));
        found.map(|(_, step)| *step)
    }

    /// Whether the ladder names verbs at all.
    pub fn has_ladder_verbs(&self) -> bool {
        !self.ladder_verbs.is_empty()
    }

    /// Everything from here on concerns this record.
    pub fn enter_record(&mut self, at: RecordRef) {
        let sites = self.input.record_nodes.get(at.kind as usize);
        self.node = sites
            .and_then(|s| s.get(at.index as usize))
            .copied()
            .unwrap_or(0);
    }

    /// Reports an error at a field of the record, or at its id where the field is not given.
    pub fn error(
        &mut self,
        path: &[&'static str],
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Diagnostic::error(self.span(&field_path(path)), code, message).with_help(help));
    }

    /// Reports an error at a text that is surely meant to be `right`, where it stands there as
    /// plain text.
    pub fn error_with_replacement(
        &mut self,
        path: &[&'static str],
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
        [text, replacement]: [&str; 2],
    ) {
        let span = self.span(&field_path(path));
        let problem = Diagnostic::error(span, code, message).with_help(help);
        self.push(self.with_replacement(problem, text, replacement));
    }

    /// A problem of the text `text`, with `right` as its repair where that text stands plainly at
    /// its place.
    pub(super) fn with_replacement(
        &self,
        problem: Diagnostic,
        text: &str,
        replacement: &str,
    ) -> Diagnostic {
        let literal = problem.span.of(self.input.text);
        if literal != format!("\"{text}\"") || text == replacement {
            return problem;
        }
        let (span, replacement) = (problem.span, format!("\"{replacement}\""));
        problem.with_fix(format!("Write {replacement}"), span, replacement)
    }

    /// Reports something that is probably not meant so.
    pub fn warning(
        &mut self,
        path: &[&'static str],
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Diagnostic::warning(self.span(&field_path(path)), code, message).with_help(help));
    }

    /// Reports an error at an item of a list of the record.
    pub fn error_at_item(
        &mut self,
        list: &'static str,
        index: usize,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let path = [PathStep::Field(list), PathStep::Index(index)];
        self.push(Diagnostic::error(self.span(&path), code, message).with_help(help));
    }

    /// Reports that a field of the record is missing, at `path`; but not where it is there and
    /// could not be read, where its name is misspelt, or where the record's syntax is broken: that
    /// has been said.
    pub fn error_if_missing(
        &mut self,
        field: &'static str,
        path: &[&'static str],
        severity: Severity,
        code: &'static str,
        message: &str,
        help: &str,
    ) {
        if self.is_missing(&[], field) {
            let problem =
                Diagnostic::error(self.span(&field_path(path)), code, message).with_help(help);
            self.push(Diagnostic {
                severity,
                ..problem
            });
        }
    }

    /// Whether a field is truly not given in the value at `path`.
    pub(super) fn is_missing(&self, path: &[PathStep], field: &str) -> bool {
        let (text, tree) = (self.input.text, self.input.tree);
        let node = node_at(text, tree, self.node, path).unwrap_or(self.node);
        if let Some(value) = tree.field(text, node, field) {
            // An empty list and a blank text are as good as nothing.
            let mut value_diagnostics =
                diagnostics_in(self.input.decode_diagnostics, tree.span(value));
            return tree.children(value).next().is_none() && value_diagnostics.next().is_none();
        }
        let span = tree.span(node);
        let is_misspelt = |p: &Diagnostic| {
            p.code == ron::UNKNOWN_FIELD && nearest(p.span.of(text), [field]).is_some()
        };
        let mut field_diagnostics = diagnostics_in(self.input.decode_diagnostics, span);
        diagnostics_in(&tree.diagnostics, span).next().is_none()
            && !field_diagnostics.any(is_misspelt)
    }

    pub(super) fn push(&mut self, problem: Diagnostic) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(problem)
        } else {
            self.omitted_count += 1
        }
    }

    /// How many problems were found so far.
    pub(super) fn diagnostic_count(&self) -> usize {
        self.diagnostics.len()
    }

    pub(super) fn span(&self, path: &[PathStep]) -> Span {
        span_of(self.input.text, self.input.tree, self.node, path)
    }

    /// A text that must say something, and not too much.
    pub fn check_text(&mut self, field: &'static str, text: &str) {
        let limit = if field == "statement" {
            MAX_STATEMENT_CHARS
        } else {
            MAX_NAME_CHARS
        };
        let span = || self.span(&[PathStep::Field(field)]);
        if let Some(problem) = text_diagnostic(field, text, limit, span) {
            self.push(problem);
        }
    }

    /// At least one citation.
    pub fn require_citations(&mut self, citations: &[Citation]) {
        if citations.is_empty() {
            self.error_if_missing(
                "citations",
                &["citations"],
                Severity::Error,
                codes::NO_CITATION,
                "This record does not say where it comes from",
                "add citations: [(document: \"…\", paragraph: 1, phrase: \"…\")]",
            );
        }
    }

    /// A date with what it rests on.
    pub fn check_date(&mut self, path: &[&'static str], dated: &SourcedDate) {
        match dated.basis {
            DateBasis::Derived if dated.arithmetic.is_none() => {
                self.error(
                    path,
                    codes::NO_ARITHMETIC,
                    "This date is derived, but nothing says how",
                    "add arithmetic: \"…\", such as \"1953 + 100\"",
                );
            }
            DateBasis::External if dated.citations.is_empty() => {
                self.error(
                    path,
                    codes::NO_CITATION,
                    "This date comes from elsewhere, but nothing says where from",
                    "add citations: [(document: \"…\", external: true)]",
                );
            }
            _ => {}
        }
    }
}

/// What is wrong with a text that a reader must be able to take in: it is blank, or has more than
/// `limit` characters.
pub fn text_diagnostic(
    field: &str,
    text: &str,
    limit: usize,
    span: impl FnOnce() -> Span,
) -> Option<Diagnostic> {
    if text.trim().is_empty() {
        let message = format!("The field `{field}` is empty");
        return Some(
            Diagnostic::error(span(), codes::EMPTY_TEXT, message).with_help("write something here"),
        );
    }
    let chars = if text.len() > limit {
        text.chars().count()
    } else {
        0
    };
    (chars > limit).then(|| {
        let message =
            format!("The field `{field}` has {chars} characters, more than fit on a screen");
        Diagnostic::warning(span(), codes::LONG_TEXT, message)
            .with_help(format!("shorten it to {limit} characters at most"))
    })
}

/// A code of three letters in capitals; anything else as it is.
pub fn uppercase_code(code: &str) -> String {
    match code.len() == 3 && code.bytes().all(|b| b.is_ascii_alphabetic()) {
        true => code.to_ascii_uppercase(),
        false => code.to_owned(),
    }
}

/// Where a value of a record stands: the deepest part of the path that the text has. For a missing
/// field of the record, its id.
pub fn span_of(text: &str, tree: &Tree, record: NodeId, path: &[PathStep]) -> Span {
    let node = node_at(text, tree, record, path);
    let node = node.or_else(|| tree.field(text, record, "id"));
    tree.span(node.unwrap_or(record))
}

/// The deepest part of the path that the text has; `None` where the record has nothing of it.
fn node_at(text: &str, tree: &Tree, record: NodeId, path: &[PathStep]) -> Option<NodeId> {
    let mut node = record;
    for (depth, step) in path.iter().enumerate() {
        let next = match *step {
            PathStep::Field(name) => tree.field(text, node, name),
            PathStep::Index(index) => tree.children(node).nth(index),
        };
        match next {
            Some(next) => node = next,
            None if depth == 0 => return None,
            None => break,
        }
    }
    Some(node)
}

fn field_path(path: &[&'static str]) -> Vec<PathStep> {
    path.iter().map(|field| PathStep::Field(field)).collect()
}

/// The problems that begin inside a span; `sorted` by their starts.
fn diagnostics_in(sorted: &[Diagnostic], span: Span) -> impl Iterator<Item = &Diagnostic> {
    let first = sorted.partition_point(|p| p.span.start < span.start);
    let after = sorted.iter().skip(first);
    after.take_while(move |p| p.span.start < span.end)
}
