//! From text to register: every sound record, and every problem at once.

use super::check::{Check, MAX_PROBLEMS, NAME_CHARS, Reading, span_of, text_fault};
use super::codes;
use super::declare::PathStep;
use super::kinds::{ROOT_FIELDS, Sites};
use super::mend::mend_ids;
use super::{FORMAT, RecordRef, Register};
use crate::ron_text::{
    Decoder, NodeId, NodeKind, Problem, Severity, Span, Tree, codes as ron, parse, second_opinion,
};
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
    let mut sites = Sites::default();
    let mut is_register = false;
    match tree.value() {
        Some(root) if tree.kind(root) != NodeKind::Record => {
            let problem = no_register(&tree, root);
            let repair = decoder
                .as_record(root)
                .filter(|_| names_a_list(&text, &tree, root));
            decoder.report(problem.repaired_by(repair));
        }
        Some(root) => {
            if let Some(fields) = decoder.record(root, "Register", ROOT_FIELDS) {
                is_register = true;
                head(&mut register, &fields, &mut decoder);
                sites = register.decode_lists(&fields, HEAD_FIELDS, &text, &mut decoder);
            }
        }
        None => {}
    }
    let kept: usize = sites.kept.iter().map(Vec::len).sum();
    let mut problems = found_before;
    let no_text = problems.iter().any(|p| p.severity == Severity::Error);
    let mut broken = !is_register || no_text;
    broken |= !tree.problems.is_empty();
    // In a file that is something else altogether, where it ends is beside the point.
    let beside_the_point = |p: &Problem| match p.code {
        ron::TRAILING => !is_register,
        ron::EMPTY => no_text,
        _ => false,
    };
    let in_text = tree.problems.iter();
    problems.extend(in_text.filter(|p| !beside_the_point(p)).cloned());
    let unkept = tree.problems_left_out + decoder.problems_left_out();
    let mut in_values = decoder.into_problems();
    in_values.sort_by_key(|p| p.span.start);
    let reading = Reading {
        text: &text,
        tree: &tree,
        sites: &sites.kept,
        left_out: &sites.left_out,
        problems: &in_values,
    };
    let mut check = Check::new(&register, reading);
    register.check_records(&mut check);
    check.circles();
    let (found, mut more_problems) = check.finish();
    mend_ids(&text, &tree, &register, &sites.left_out, &mut in_values);
    problems.extend(in_values);
    problems.extend(found);
    problems.sort_by_key(|p| (p.span.start, p.span.end, p.code));
    more_problems += problems.len().saturating_sub(MAX_PROBLEMS) + unkept;
    problems.truncate(MAX_PROBLEMS);
    Loaded {
        tree: Arc::new(tree),
        register: Arc::new(register),
        problems: problems.into(),
        more_problems,
        broken,
        records_left_out: sites.wanted.saturating_sub(kept),
        sites: sites.kept.into(),
        text,
    }
}

/// Whether a map has the list of some record type: a register in other brackets.
fn names_a_list(text: &str, tree: &Tree, root: NodeId) -> bool {
    let mut keys = tree.children(root).filter_map(|entry| {
        let key = tree.children(entry).next()?;
        Some(tree.span(key).of(text).trim_matches('"'))
    });
    let is_list = |key: &str| super::RecordKind::ALL.iter().any(|kind| kind.list() == key);
    keys.any(is_list)
}

/// The words for a file that holds something else.
fn no_register(tree: &Tree, root: NodeId) -> Problem {
    let start = tree.span(root).start;
    let (message, help) = match tree.kind(root) {
        NodeKind::Map => (
            "A register stands in `( )`, not in `{ }`",
            "this looks like JSON; write `(title: \"…\", …)`, with field names that have no quotation marks",
        ),
        NodeKind::List => (
            "A register stands in `( )`, not in `[ ]`",
            "write `(format: 1, title: \"…\", parties: [ … ])` around the records",
        ),
        _ => (
            "This is no register: a register begins with `(`",
            "choose another file, or write a register to begin with by `linchpin new FILE`",
        ),
    };
    Problem::error(Span::new(start, start + 1), codes::NOT_A_REGISTER, message).help(help)
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
            codes::FORMAT,
            format!("This register has format {format}, and this program reads format {FORMAT}"),
        );
        let help = if format > FORMAT {
            "use a newer version of Linchpin"
        } else {
            "write format: 1"
        };
        d.report(problem.help(help));
    }
    register.title = fields.required(d, 1).unwrap_or_default();
    if let Some(node) = fields.node(1)
        && d.tree().kind(node) != NodeKind::Error
        && let Some(problem) = text_fault("title", &register.title, NAME_CHARS, || d.span(node))
    {
        // A title that could not be read has been reported.
        let unread = register.title.is_empty() && !d.text(node).trim_matches('"').is_empty();
        if !unread {
            d.report(problem);
        }
    }
    register.summary = fields.optional(d, 2);
    register.compiled = fields.optional(d, 3);
    register.compilers = fields.list(d, 4);
    register.license = fields.optional(d, 5);
}

impl Loaded {
    /// Lets the `ron` crate read a text without problems again: two readers must agree before it counts as sound. Takes about
    /// as long as loading, so not for a thread that somebody waits for.
    pub fn confirmed(mut self) -> Self {
        if self.problems.is_empty()
            && let Some(problem) = second_opinion(&self.text)
        {
            self.broken = true;
            self.problems = Arc::new([problem]);
        }
        self
    }

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
