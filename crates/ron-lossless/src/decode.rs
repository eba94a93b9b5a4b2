//! From the tree to values: reads on after every problem.

use super::tree::key_text;
use super::{Diagnostic, MAX_PROBLEMS, NodeId, NodeKind, SourceChange, Span, Tree, codes};

/// A value that can be read from a node.
pub trait Decode: Sized {
    /// Reads `node`. `None` means that it cannot be, and that this has been reported (by the
    /// parser, where the node is an [`NodeKind::Error`]).
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self>;
}

/// Reads values from one tree and gathers the problems.
pub struct Decoder<'s> {
    text: &'s str,
    tree: &'s Tree,
    problems: Vec<Diagnostic>,
    left_out: usize,
}

impl<'s> Decoder<'s> {
    /// A decoder for the tree that was parsed from this `text`.
    pub fn new(text: &'s str, tree: &'s Tree) -> Self {
        Decoder {
            text,
            tree,
            problems: Vec::new(),
            left_out: 0,
        }
    }

    /// The node as it is written.
    pub fn text(&self, id: NodeId) -> &'s str {
        self.slice(self.span(id))
    }

    /// Where the node stands.
    pub fn span(&self, id: NodeId) -> Span {
        self.tree.span(id)
    }

    /// The tree.
    pub fn tree(&self) -> &'s Tree {
        self.tree
    }

    /// Notes a problem; those beyond the first [`MAX_PROBLEMS`] are only counted.
    pub fn report(&mut self, problem: Diagnostic) {
        self.report_with(|_| problem);
    }

    /// The problems found, in the order they were reported: not those of the tree.
    pub fn into_problems(self) -> Vec<Diagnostic> {
        self.problems
    }

    /// How many problems were found beyond those that are kept.
    pub fn problems_left_out(&self) -> usize {
        self.left_out
    }

    /// The same, where making the problem takes time.
    pub(super) fn report_with(&mut self, make: impl FnOnce(&Self) -> Diagnostic) {
        if self.problems.len() < MAX_PROBLEMS {
            let problem = make(self);
            self.problems.push(problem);
        } else {
            self.left_out += 1;
        }
    }

    pub(super) fn slice(&self, span: Span) -> &'s str {
        span.of(self.text)
    }

    /// The text that is read.
    pub fn whole_text(&self) -> &'s str {
        self.text
    }

    /// Whether the syntax is in order in the node and right behind it: then it is all of its value.
    pub fn is_whole(&self, node: NodeId) -> bool {
        let end = self.span(node).end;
        let next = self.tree.problems.partition_point(|p| p.span.start < end);
        let is_behind = self
            .tree
            .problems
            .get(next)
            .is_some_and(|p| p.span.start == end);
        let rest = self.text.as_bytes().get(end as usize);
        !self.tree.is_broken(node) && !is_behind && rest != Some(&b'"')
    }

    /// A field's name as it was meant.
    pub(super) fn key(&self, key: Span) -> &'s str {
        key_text(self.text, key)
    }

    /// Reports that `wanted` ("a list", "text") belongs here. Says nothing about what the parser
    /// could not read.
    pub(super) fn wrong_type(&mut self, node: NodeId, wanted: &str, help: Option<String>) {
        self.wrong_type_mended(node, wanted, help, None);
    }

    /// The same, with what sets it right.
    pub(super) fn wrong_type_mended(
        &mut self,
        node: NodeId,
        wanted: &str,
        help: Option<String>,
        repair: Option<SourceChange>,
    ) {
        let kind = self.tree.kind(node);
        if kind == NodeKind::Error {
            return;
        }
        let message = format!("{wanted} belongs here, not {}", article(kind));
        let mut problem = Diagnostic::error(self.span(node), codes::WRONG_TYPE, message);
        problem.help = help;
        problem.fix = repair;
        self.report(problem);
    }
}

/// What a node is, for a sentence.
fn article(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Text | NodeKind::EscapedText => "text in quotation marks",
        NodeKind::Number => "a number",
        NodeKind::Range => "a range of numbers",
        NodeKind::Char => "a single character",
        NodeKind::Bytes => "bytes",
        NodeKind::Word => "a name without quotation marks",
        NodeKind::Record => "a record in `( )`",
        NodeKind::List => "a list in `[ ]`",
        NodeKind::Map => "a map in `{ }`",
        NodeKind::Field | NodeKind::Entry => "a named value",
        NodeKind::Root | NodeKind::Error => "this",
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn problems_beyond_the_limit_are_counted() {
        let tree = parse("1");
        let mut d = Decoder::new("1", &tree);
        for _ in 0..MAX_PROBLEMS + 5 {
            d.report(Diagnostic::error(Span::default(), "x", "x"));
        }
        assert_eq!(d.problems_left_out(), 5);
        assert_eq!(d.into_problems().len(), MAX_PROBLEMS);
    }

    #[test]
    fn nothing_is_said_twice_about_what_the_parser_reported() {
        let text = "[“curly”]";
        let tree = parse(text);
        let mut d = Decoder::new(text, &tree);
        let item = tree.children(tree.value().unwrap()).next().unwrap();
        assert_eq!(String::decode(&mut d, item), None);
        assert_eq!((tree.problems.len(), d.into_problems().len()), (1, 0));
    }
}
