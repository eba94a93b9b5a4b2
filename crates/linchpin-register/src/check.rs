//! What the checks of all records share: their place in the text, and the rules for texts,
//! citations and dates.

use super::citation::{Citation, SourcedDate};
use super::link_checks::MeantIds;
use super::messages::{Problem, write_fix};
use super::schema::PathStep;
use super::unseen::{is_blank, is_zero_width, zero_width_diagnostic};
use super::vocabulary::DateBasis;
use super::{LadderStep, RecordRef, Register};
use linchpin_report::is_reserved_file_name;
use ron_lossless::{Diagnostic, NodeId, Span, Tree, codes as ron, nearest};
use std::collections::HashSet;

/// The most diagnostics of a register; the others are only counted.
pub const MAX_DIAGNOSTICS: usize = 1000;
/// The longest statement, in characters, that is not remarked on.
const MAX_STATEMENT_CHARS: usize = 2000;
/// The longest name or title, in characters, that is not remarked on.
pub const MAX_NAME_CHARS: usize = 300;

/// What was read before the checks.
pub struct CheckInput<'a> {
    /// The whole text, of all files.
    pub text: &'a str,
    /// What was parsed of it.
    pub tree: &'a Tree,
    /// The node of every loaded record, by type.
    pub record_nodes: &'a [Vec<NodeId>],
    /// The ids of records that could not be loaded. A link to one of them is no problem of its own:
    /// the record is there, and what is wrong with it has been reported.
    pub unloaded_ids: &'a HashSet<String>,
    /// What was wrong with values, in the order of the text.
    pub decode_diagnostics: &'a [Diagnostic],
}

/// Collects problems while the records are checked.
pub struct CheckContext<'a> {
    pub(super) register: &'a Register,
    pub(super) input: CheckInput<'a>,
    node: NodeId,
    /// For walks over records: one buffer for all of them.
    pub(super) path: Vec<PathStep>,
    /// What links that lead nowhere may mean.
    pub(super) meant_ids: MeantIds<'a>,
    diagnostics: Vec<Diagnostic>,
    /// More are only counted.
    max_diagnostics: usize,
    omitted_count: usize,
    /// The verbs of the ladder in lower case, the longest first, each with its step.
    ladder_verbs: Vec<(String, &'a LadderStep)>,
}

impl<'a> CheckContext<'a> {
    /// Nothing has been checked yet.
    pub fn new(register: &'a Register, input: CheckInput<'a>, max_diagnostics: usize) -> Self {
        let steps = register.ladder.iter();
        let mut ladder_verbs: Vec<(String, &LadderStep)> = steps
            .flat_map(|step| step.verbs.iter().map(move |v| (v.to_lowercase(), step)))
            .filter(|(verb, _)| !verb.is_empty())
            .collect();
        // "will continue to" must be looked at before "will", which it begins with.
        ladder_verbs.sort_by_key(|(verb, _)| std::cmp::Reverse(verb.len()));
        CheckContext {
            register,
            ladder_verbs,
            input,
            node: 0,
            path: Vec::new(),
            meant_ids: MeantIds::default(),
            diagnostics: Vec::new(),
            max_diagnostics,
            omitted_count: 0,
        }
    }

    /// The diagnostics, and how many more there were.
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
        let nodes = self.input.record_nodes.get(at.kind as usize);
        self.node = nodes
            .and_then(|s| s.get(at.index as usize))
            .copied()
            .unwrap_or(0);
    }

    /// Reports a problem at a field of the record, or at its id where the field is not given.
    pub(crate) fn report(&mut self, path: &[&'static str], problem: Problem<'_>) {
        self.push(problem.at(self.span(&field_path(path))));
    }

    /// Reports a problem of a text that is surely meant to be `replacement`, where it stands there
    /// as plain text.
    pub(crate) fn report_with_replacement(
        &mut self,
        path: &[&'static str],
        problem: Problem<'_>,
        [text, replacement]: [&str; 2],
    ) {
        let problem = problem.at(self.span(&field_path(path)));
        self.push(self.with_replacement(problem, text, replacement));
    }

    /// A problem of the text `text`, with a fix that writes `replacement`, where that text stands
    /// plainly at its place: behind escapes it could not be replaced as it is.
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
        problem.with_fix(write_fix(&replacement), span, replacement)
    }

    /// Reports a problem at an item of a list of the record.
    pub(crate) fn report_at_item(
        &mut self,
        list: &'static str,
        index: usize,
        problem: Problem<'_>,
    ) {
        let path = [PathStep::Field(list), PathStep::Index(index)];
        self.push(problem.at(self.span(&path)));
    }

    /// Reports that a field of the record is missing, at `path`; but not where it is there and
    /// could not be read, where its name is misspelt, or where the record's syntax is broken: that
    /// has been reported.
    pub(crate) fn report_if_missing(
        &mut self,
        field: &'static str,
        path: &[&'static str],
        problem: Problem<'_>,
    ) {
        if self.is_missing(&[], field) {
            self.report(path, problem);
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
        // `citatons: [...]` has been reported as an unknown field: that `citations` is missing
        // follows from it.
        let is_misspelt = |p: &Diagnostic| {
            p.code == ron::UNKNOWN_FIELD && nearest(p.span.of(text), [field]).is_some()
        };
        let mut field_diagnostics = diagnostics_in(self.input.decode_diagnostics, span);
        diagnostics_in(&tree.diagnostics, span).next().is_none()
            && !field_diagnostics.any(is_misspelt)
    }

    pub(super) fn push(&mut self, problem: Diagnostic) {
        if !self.is_full() {
            self.diagnostics.push(problem)
        } else {
            self.omitted_count += 1
        }
    }

    /// Whether further problems are only counted.
    pub(super) fn is_full(&self) -> bool {
        self.diagnostics.len() >= self.max_diagnostics
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
        } else if field != "statement" && text.contains(is_zero_width) {
            // In a longer text they may part the words of a script that has no spaces.
            let span = span();
            zero_width_diagnostic(span.of(self.input.text), span.start)
                .into_iter()
                .for_each(|problem| self.push(problem));
        }
    }

    /// An id after which files are named: a text, an image.
    pub fn check_file_name(&mut self, id: &str) {
        if is_reserved_file_name(id) {
            self.report(&["id"], Problem::ReservedId { id });
        }
    }

    /// At least one citation.
    pub fn require_citations(&mut self, citations: &[Citation]) {
        if citations.is_empty() {
            self.report_if_missing("citations", &["citations"], Problem::NoCitation);
        }
    }

    /// A date with what it rests on.
    pub fn check_date(&mut self, path: &[&'static str], dated: &SourcedDate) {
        match dated.basis {
            DateBasis::Derived if dated.arithmetic.is_none() => {
                self.report(path, Problem::NoArithmetic);
            }
            DateBasis::External if dated.citations.is_empty() => {
                self.report(path, Problem::NoDateSource);
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
    if is_blank(text) {
        return Some(Problem::EmptyText { field }.at(span()));
    }
    // Bytes are counted at once, characters are not: most texts are short.
    let chars = match text.len() > limit {
        true => text.chars().count(),
        false => 0,
    };
    let problem = Problem::LongText {
        field,
        chars,
        limit,
    };
    (chars > limit).then(|| problem.at(span()))
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
    // What is not there has no place: the id tells which record it is missing in, and is short.
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
