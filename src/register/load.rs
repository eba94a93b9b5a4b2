//! From text to register: every sound record, and every problem at once.

use super::check::{Check, MAX_PROBLEMS, span_of};
use super::declare::PathStep;
use super::kinds::ROOT_FIELDS;
use super::{FORMAT, RecordRef, Register};
use crate::ron_text::{Decoder, NodeId, Problem, Severity, Span, Tree, parse, second_opinion};
use std::sync::Arc;

/// A text with everything that was read out of it.
#[derive(Clone)]
pub struct Loaded {
    pub text: Arc<str>,
    pub tree: Arc<Tree>,
    pub register: Arc<Register>,
    /// In the order of the text, at most [`MAX_PROBLEMS`].
    pub problems: Arc<[Problem]>,
    /// How many problems there are beyond those kept.
    pub more_problems: usize,
    /// The text breaks the rules of RON, or is no register at all: what was read may lack whole lists.
    pub broken: bool,
    /// Records that the text has but that could not be loaded.
    pub records_left_out: usize,
    sites: Arc<[Vec<NodeId>]>,
}

/// Reads a register. Never fails: what is wrong is in `problems`.
///
/// `found_before` are problems from reading the bytes; they break the text only where they are errors.
pub fn load(text: impl Into<Arc<str>>, found_before: Vec<Problem>) -> Loaded {
    let text: Arc<str> = text.into();
    let tree = parse(&text);
    let mut register = Register::default();
    let mut decoder = Decoder::new(&text, &tree);
    let mut sites = Vec::new();
    let mut is_register = false;
    let mut wanted = 0;
    if let Some(root) = tree.value()
        && let Some(fields) = decoder.record(root, "Register", ROOT_FIELDS)
    {
        is_register = true;
        head(&mut register, &fields, &mut decoder);
        sites = register.decode_lists(&fields, HEAD_FIELDS, &text, &mut decoder);
        wanted = (HEAD_FIELDS..ROOT_FIELDS.len())
            .filter_map(|i| fields.node(i))
            .map(|list| tree.children(list).count())
            .sum();
    }
    let kept: usize = sites.iter().map(Vec::len).sum();
    let mut problems = found_before;
    let mut broken = !is_register || problems.iter().any(|p| p.severity == Severity::Error);
    broken |= !tree.problems.is_empty();
    problems.extend(tree.problems.iter().cloned());
    let unkept = tree.problems_left_out + decoder.problems_left_out();
    problems.extend(decoder.into_problems());
    let mut check = Check::new(&register, &text, &tree, &sites);
    register.check_records(&mut check);
    check.circles();
    let (found, mut more_problems) = check.finish();
    problems.extend(found);
    // Two readers must agree before a text counts as sound.
    if problems.is_empty()
        && let Some(problem) = second_opinion(&text)
    {
        broken = true;
        problems.push(problem);
    }
    problems.sort_by_key(|p| (p.span.start, p.span.end, p.code));
    more_problems += problems.len().saturating_sub(MAX_PROBLEMS) + unkept;
    problems.truncate(MAX_PROBLEMS);
    Loaded {
        tree: Arc::new(tree),
        register: Arc::new(register),
        problems: problems.into(),
        more_problems,
        broken,
        records_left_out: wanted.saturating_sub(kept),
        sites: sites.into(),
        text,
    }
}

/// How many fields of the root stand before its lists.
const HEAD_FIELDS: usize = 6;

fn head(register: &mut Register, fields: &crate::ron_text::Fields, d: &mut Decoder<'_>) {
    if let Some(format) = fields.required::<u32>(d, 0)
        && format != FORMAT
        && let Some(node) = fields.node(0)
    {
        let problem = Problem::error(
            d.span(node),
            "format",
            format!("This register has format {format}; this program reads format {FORMAT}"),
        );
        let help = if format > FORMAT {
            "use a newer version of Linchpin"
        } else {
            "write format: 1"
        };
        d.report(problem.help(help));
    }
    register.title = fields.required(d, 1).unwrap_or_default();
    register.summary = fields.optional(d, 2);
    register.compiled = fields.optional(d, 3);
    register.compilers = fields.list(d, 4);
    register.license = fields.optional(d, 5);
}

impl Loaded {
    /// What there is before anything is read.
    pub fn empty() -> Self {
        Loaded {
            text: "".into(),
            tree: Arc::new(parse("")),
            register: Arc::default(),
            problems: Arc::new([]),
            more_problems: 0,
            broken: false,
            records_left_out: 0,
            sites: Arc::new([]),
        }
    }

    /// Where a record stands in the text.
    pub fn span(&self, at: RecordRef) -> Span {
        self.field_span(at, &[])
    }

    /// Where a value of a record stands in the text.
    pub fn field_span(&self, at: RecordRef, path: &[PathStep]) -> Span {
        match self
            .sites
            .get(at.kind as usize)
            .and_then(|s| s.get(at.index as usize))
        {
            Some(&node) => span_of(&self.text, &self.tree, node, path),
            None => Span::default(),
        }
    }

    /// How many problems there are in all.
    pub fn problem_count(&self) -> usize {
        self.problems.len() + self.more_problems
    }
}

impl std::fmt::Debug for Loaded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loaded")
            .field("title", &self.register.title)
            .field("problems", &self.problems.len())
            .finish_non_exhaustive()
    }
}
