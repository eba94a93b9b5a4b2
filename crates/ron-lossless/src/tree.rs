//! The text as a tree of spans: flat, in reading order, nothing left out. Several files can share
//! one tree.

use crate::{Diagnostic, Span};
use std::fmt;

/// How many brackets may be open at once. The parser, the formatter and most code that walks a tree
/// are recursive: with this limit no text can overflow the stack.
pub const MAX_DEPTH: usize = 64;

/// How many diagnostics a tree or a decoder holds; more are only counted. One mistake early in a
/// large file can cause hundreds of thousands, and nobody reads them.
pub const MAX_DIAGNOSTICS: usize = 200;

/// A node's number in its tree.
pub type NodeId = u32;

/// What a node is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum NodeKind {
    /// The whole text; its child is the document's value, or where it stands for several files, the
    /// value of each.
    Root,
    /// Text in quotation marks, without escapes.
    Text,
    /// Text with escapes, or raw text.
    EscapedText,
    /// A number, or what starts like one (`2024-01-02`).
    Number,
    /// `1..2`
    Range,
    /// One character in single quotation marks.
    Char,
    /// A byte or a byte string.
    Bytes,
    /// A name that stands alone: `true`, `None`, `Pledge`.
    Word,
    /// `( … )` or `Name( … )`: fields, or values in order.
    Record,
    /// `[ … ]`
    List,
    /// `{ … }`: entries.
    Map,
    /// `name: value` in a record; its child is the value, if there is one.
    Field,
    /// `key: value` in a map; its children are both.
    Entry,
    /// Something that could not be read; the tree's diagnostics say why.
    Error,
}

/// What it is, for a sentence: "a list in `[ ]`".
impl fmt::Display for NodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
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
        })
    }
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct TreeNode {
    pub kind: NodeKind,
    pub start: u32,
    pub end: u32,
    /// The first node after this one's descendants: children of `i` are `i + 1`, then each one's
    /// `next`.
    pub next: NodeId,
    /// Record: the end of its name, or `start`. Field: the end of its key.
    pub name_end: u32,
}

/// What [`parse`](crate::parse) makes of a text. Keep the text: spans point into it.
#[derive(Clone, Debug)]
pub struct Tree {
    pub(crate) nodes: Vec<TreeNode>,
    /// What is wrong with the syntax, in the order of the text; at most [`MAX_DIAGNOSTICS`].
    pub diagnostics: Vec<Diagnostic>,
    /// How many more there were.
    pub diagnostics_omitted: usize,
}

impl Tree {
    /// The node of the whole text.
    pub const ROOT: NodeId = 0;

    pub(crate) fn node(&self, id: NodeId) -> TreeNode {
        const NOTHING: TreeNode = TreeNode {
            kind: NodeKind::Error,
            start: 0,
            end: 0,
            next: 0,
            name_end: 0,
        };
        self.nodes.get(id as usize).copied().unwrap_or(NOTHING)
    }

    /// The document's value; `None` where there is none to speak of.
    pub fn value(&self) -> Option<NodeId> {
        self.values().next()
    }

    /// The value of each document, in order: there are several where the text is that of several
    /// files.
    pub fn values(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.children(Tree::ROOT)
            .filter(|id| self.kind(*id) != NodeKind::Error)
    }

    /// The nodes directly below `id`, in reading order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.node(id).next;
        let first = Some(id + 1).filter(|child| *child < end);
        std::iter::successors(first, move |child| {
            Some(self.node(*child).next).filter(|next| *next < end && next > child)
        })
    }

    /// Where the node stands, from its first to its last character.
    pub fn span(&self, id: NodeId) -> Span {
        let node = self.node(id);
        Span::new(node.start, node.end)
    }

    /// What the node is.
    pub fn kind(&self, id: NodeId) -> NodeKind {
        self.node(id).kind
    }

    /// The value of the record's first field of this name. `None` where there is no such field, or
    /// it has no value.
    pub fn field(&self, text: &str, record: NodeId, name: &str) -> Option<NodeId> {
        self.field_value(self.field_node(text, record, name)?)
    }

    /// Where the name of the record's first field of this name stands.
    pub fn field_key(&self, text: &str, record: NodeId, name: &str) -> Option<Span> {
        self.field_node(text, record, name)
            .map(|field| self.key(field))
    }

    /// The smallest node that holds byte `offset`; the root where no other does.
    pub fn at(&self, offset: u32) -> NodeId {
        let mut id = Tree::ROOT;
        let holds =
            |child: &NodeId| (self.node(*child).start..self.node(*child).end).contains(&offset);
        while let Some(child) = self.children(id).find(holds) {
            id = child;
        }
        id
    }

    /// `Name` of a `Name( … )` record.
    pub fn name<'s>(&self, text: &'s str, id: NodeId) -> Option<&'s str> {
        self.name_span(id).map(|span| unraw(span.of(text)))
    }

    /// A field's name without `r#` or quotation marks. `None` where the node is no
    /// field.
    pub fn field_name<'s>(&self, text: &'s str, field: NodeId) -> Option<&'s str> {
        (self.kind(field) == NodeKind::Field).then(|| key_text(text, self.key(field)))
    }

    pub(crate) fn name_span(&self, id: NodeId) -> Option<Span> {
        let node = self.node(id);
        let named = node.kind == NodeKind::Record && node.name_end > node.start;
        named.then(|| Span::new(node.start, node.name_end))
    }

    /// A field's key.
    pub(crate) fn key(&self, field: NodeId) -> Span {
        let node = self.node(field);
        Span::new(node.start, node.name_end)
    }

    /// The value of a field; `None` where it has none, or the node is no field.
    pub fn field_value(&self, field: NodeId) -> Option<NodeId> {
        let is_field = self.kind(field) == NodeKind::Field;
        self.children(field).next().filter(|_| is_field)
    }

    fn field_node(&self, text: &str, record: NodeId, name: &str) -> Option<NodeId> {
        self.children(record)
            .find(|id| self.kind(*id) == NodeKind::Field && key_text(text, self.key(*id)) == name)
    }

    /// Whether the syntax is broken somewhere inside the node, so that what is missing there may
    /// only be unread.
    pub(crate) fn is_broken(&self, id: NodeId) -> bool {
        let span = self.span(id);
        let before_end = self
            .diagnostics
            .partition_point(|p| p.span.start < span.end);
        let last = before_end
            .checked_sub(1)
            .and_then(|i| self.diagnostics.get(i));
        let unlisted = self.diagnostics_omitted > 0 && before_end == self.diagnostics.len();
        unlisted || last.is_some_and(|p| p.span.start >= span.start)
    }
}

/// A field's name as it was meant: without `r#` or quotation marks.
pub(crate) fn key_text(text: &str, key: Span) -> &str {
    let source = key.of(text);
    match source.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"').unwrap_or(quoted),
        None => unraw(source),
    }
}

pub(crate) fn unraw(word: &str) -> &str {
    word.strip_prefix("r#").unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    const TEXT: &str = "Doc(title: \"a\", r#type: 1, parts: [(x: 1), Some(2)], last: )";

    #[test]
    fn fields_are_found_by_name() {
        let tree = parse(TEXT);
        let doc = tree.value().unwrap();
        assert_eq!(tree.name(TEXT, doc), Some("Doc"));
        let title = tree.field(TEXT, doc, "title").unwrap();
        assert_eq!(tree.span(title).of(TEXT), "\"a\"");
        assert_eq!(tree.kind(title), NodeKind::Text);
        assert_eq!(
            tree.field_key(TEXT, doc, "type").unwrap().of(TEXT),
            "r#type"
        );
        assert!(tree.field(TEXT, doc, "none").is_none());
        assert!(tree.field(TEXT, doc, "last").is_none());
        let parts = tree.field(TEXT, doc, "parts").unwrap();
        assert_eq!(tree.children(parts).count(), 2);
    }

    #[test]
    fn the_smallest_node_at_a_place() {
        let tree = parse(TEXT);
        let at = |source: &str| {
            tree.span(tree.at(TEXT.find(source).unwrap() as u32))
                .of(TEXT)
        };
        assert_eq!(at("2)"), "2");
        assert_eq!(at("Some"), "Some(2)");
        assert_eq!(at(", Some"), "[(x: 1), Some(2)]");
        assert_eq!(tree.at(9999), Tree::ROOT);
        assert_eq!(tree.children(9999).count(), 0);
    }

    #[test]
    fn broken_is_only_what_holds_a_problem() {
        let text = "[(a: 1), (b: ), (c: 2)]";
        let tree = parse(text);
        let broken: Vec<bool> = tree
            .children(tree.value().unwrap())
            .map(|id| tree.is_broken(id))
            .collect();
        assert_eq!(broken, [false, true, false]);
    }
}
