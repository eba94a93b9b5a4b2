//! From text to register: every sound record, and every problem at once.

use super::check::{Check, MAX_PROBLEMS, Reading, span_of};
use super::codes;
use super::declare::PathStep;
use super::head::{HEAD_FIELDS, head};
use super::kinds::ROOT_FIELDS;
use super::mend::mend_ids;
use super::origin::{Behind, Origin};
use super::parts::{FileText, Part, join, part_at, part_of};
use super::{Places, RecordRef, Register};
use ron_lossless::{
    Decoder, Diagnostic, NodeId, NodeKind, Severity, Span, Tree, check_with_ron, codes as ron,
    parse, parse_files,
};
use std::sync::Arc;

/// A text with everything that was read out of it.
#[derive(Clone)]
pub struct Loaded {
    /// What was read; several files stand one after another, with one `\n` between two of them.
    pub text: Arc<str>,
    /// Which stretch of the text is which file: at least one, in order.
    pub parts: Arc<[Part]>,
    pub tree: Arc<Tree>,
    pub register: Arc<Register>,
    /// In the order of the text, at most [`MAX_PROBLEMS`].
    pub problems: Arc<[Diagnostic]>,
    /// How many problems there are beyond those kept.
    pub more_problems: usize,
    /// The text breaks the rules of RON, or is no register at all: what was read may lack whole
    /// lists.
    pub broken: bool,
    /// Records that the text has but that could not be loaded.
    pub records_left_out: usize,
    sites: Arc<[Vec<NodeId>]>,
}

/// Reads a register of one file. Never fails: what is wrong is in `problems`.
///
/// `found_before` are problems from reading the bytes; they break the text only where they are
/// errors.
pub fn load(text: impl Into<Arc<str>>, found_before: Vec<Diagnostic>) -> Loaded {
    let text: Arc<str> = text.into();
    let parts = Arc::new([Part::whole("", &text)]);
    read(text, parts, found_before)
}

/// Reads a register that several files form together, in their order. Never fails: what is wrong is
/// in `problems`, each at its place in the joined text.
pub fn load_parts(files: Vec<FileText>) -> Loaded {
    match join(files) {
        Ok((text, parts, problems)) => read(text, parts, problems),
        Err(too_large) => load("", vec![*too_large]),
    }
}

/// Reads a register whose files are joined already. Never fails: what is wrong is in `problems`.
pub fn load_joined(text: Arc<str>, parts: Arc<[Part]>) -> Loaded {
    read(text, parts, Vec::new())
}

fn read(text: Arc<str>, parts: Arc<[Part]>, found_before: Vec<Diagnostic>) -> Loaded {
    let spans: Vec<Span> = parts.iter().map(|part| part.span).collect();
    let tree = parse_files(&text, &spans);
    let mut register = Register {
        behind: Behind::text(text.clone()),
        ..Register::default()
    };
    let mut decoder = Decoder::new(&text, &tree);
    let mut is_register = vec![false; parts.len()];
    let mut roots = Vec::new();
    for root in tree.values() {
        if tree.kind(root) != NodeKind::Record {
            let problem = no_register(&text, &tree, root);
            let repair = decoder
                .as_record(root)
                .filter(|_| names_a_list(&text, &tree, root));
            decoder.report(problem.with_fix_if_any(repair));
        } else if let Some(fields) = decoder.record(root, "Register", ROOT_FIELDS) {
            if let Some(is_register) = is_register.get_mut(part_at(&parts, tree.span(root).start)) {
                *is_register = true;
            }
            roots.push(fields);
        }
    }
    head(&mut register, &roots, &mut decoder);
    let sites = register.decode_lists(&roots, HEAD_FIELDS, &text, &mut decoder);
    let kept: usize = sites.kept.iter().map(Vec::len).sum();
    let mut problems = found_before;
    let mut no_text = vec![false; parts.len()];
    for problem in problems.iter().filter(|p| p.severity == Severity::Error) {
        if let Some(no_text) = no_text.get_mut(part_at(&parts, problem.span.start)) {
            *no_text = true;
        }
    }
    let mut broken = is_register.contains(&false) || no_text.contains(&true);
    broken |= !tree.problems.is_empty();
    // In a file that is something else altogether, where it ends is beside the point.
    let beside_the_point = |p: &Diagnostic| {
        let part = part_at(&parts, p.span.start);
        let said = |of: &[bool]| of.get(part) == Some(&true);
        match p.code {
            ron::TRAILING => !said(&is_register),
            ron::EMPTY => said(&no_text),
            _ => false,
        }
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
        parts,
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
fn no_register(text: &str, tree: &Tree, root: NodeId) -> Diagnostic {
    let whole = tree.span(root);
    let first = whole.of(text).chars().next().map_or(0, char::len_utf8);
    let place = Span::new(whole.start, whole.start + first as u32);
    let (message, help) = match tree.kind(root) {
        NodeKind::Map => (
            "A register stands in `( )`, not in `{ }`",
            "this looks like JSON; write `(title: \"…\", …)`, with field names that have no \
            quotation marks",
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
    Diagnostic::error(place, codes::NOT_A_REGISTER, message).with_help(help)
}

impl Loaded {
    /// Lets the `ron` crate read a text without problems again: two readers must agree before it
    /// counts as sound. Takes about as long as loading, so not for a thread that somebody waits
    /// for.
    pub fn confirmed(mut self) -> Self {
        if self.problems.is_empty() {
            let parts = self.parts.iter();
            let second = |part: &Part| {
                let problem = check_with_ron(part.span.of(&self.text))?;
                Some(problem.shifted(part.span.start))
            };
            let problems: Vec<Diagnostic> = parts.filter_map(second).collect();
            self.broken = !problems.is_empty();
            self.problems = problems.into();
        }
        self
    }

    /// The same reading as an excerpt of another register, whose fingerprint pictures of it show.
    pub fn cut_from(mut self, origin: Origin) -> Self {
        Arc::make_mut(&mut self.register).behind.cut_from(origin);
        self
    }

    /// What there is before anything is read.
    pub fn empty() -> Self {
        Loaded {
            text: "".into(),
            parts: Arc::new([Part::whole("", "")]),
            tree: Arc::new(parse("")),
            register: Arc::default(),
            problems: Arc::new([]),
            more_problems: 0,
            broken: false,
            records_left_out: 0,
            sites: Arc::new([]),
        }
    }

    /// The same reading with other problems, in the order of the text: those that somebody with
    /// more to go by has looked at.
    pub fn with_problems(self, problems: Vec<Diagnostic>) -> Self {
        Loaded {
            problems: problems.into(),
            ..self
        }
    }

    /// The same reading with problems that somebody with more to go by has found, each at its place
    /// among the others.
    pub fn with_more_problems(self, found: Vec<Diagnostic>) -> Self {
        if found.is_empty() {
            return self;
        }
        let mut problems = self.problems.to_vec();
        problems.extend(found);
        problems.sort_by_key(|p| (p.span.start, p.span.end, p.code));
        let more_problems = self.more_problems + problems.len().saturating_sub(MAX_PROBLEMS);
        problems.truncate(MAX_PROBLEMS);
        Loaded {
            problems: problems.into(),
            more_problems,
            ..self
        }
    }

    /// The node of a record.
    pub fn node(&self, at: RecordRef) -> Option<NodeId> {
        let sites = self.sites.get(at.kind as usize)?;
        sites.get(at.index as usize).copied()
    }

    /// Where a record stands in the text.
    pub fn span(&self, at: RecordRef) -> Span {
        self.field_span(at, &[])
    }

    /// Where a value of a record stands in the text.
    pub fn field_span(&self, at: RecordRef, path: &[PathStep]) -> Span {
        match self.node(at) {
            Some(node) => span_of(&self.text, &self.tree, node, path),
            None => Span::default(),
        }
    }

    /// Which file holds byte `offset`: its place in `parts`. The byte between two files is the end
    /// of the first.
    pub fn part_at(&self, offset: u32) -> usize {
        part_at(&self.parts, offset)
    }

    /// The file that holds byte `offset`.
    pub fn part(&self, offset: u32) -> &Part {
        part_of(&self.parts, offset)
    }

    /// The lines of its files. They are found anew at each call.
    pub fn places(&self) -> Places {
        Places::new(&self.text, &self.parts)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_word_of_any_script_is_marked_by_whole_characters() {
        for text in ["ܢ 1,\n", "한", "\u{feff}국", "a", ""] {
            for problem in load(text, Vec::new()).problems.iter() {
                let place = text.get(problem.span.range());
                assert!(place.is_some(), "{problem:?} in {text:?}");
            }
        }
    }
}
