//! The text as a tree of spans: flat, in reading order, nothing left out. Several files can share
//! one tree.

use crate::{Diagnostic, Span, parse};
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

/// Reads each of `parts` as a document of its own, with its own byte order mark and attributes,
/// into one tree with the offsets of `text`. The parts stand in order and do not overlap;
/// [`Tree::values`] are their values.
pub fn parse_files(text: &str, parts: &[Span]) -> Tree {
    if let [whole] = parts
        && whole.range() == (0..text.len())
    {
        return parse(text);
    }
    let mut tree = Tree {
        nodes: vec![TreeNode {
            kind: NodeKind::Root,
            start: 0,
            end: text.len() as u32,
            next: 0,
            name_end: 0,
        }],
        diagnostics: Vec::new(),
        diagnostics_omitted: 0,
    };
    for part in parts {
        append(&mut tree, parse(part.of(text)), part.start);
    }
    // No diagnostic is listed after one that is not: `is_broken` relies on the list being complete
    // up to its last place.
    tree.diagnostics_omitted += tree.diagnostics.len().saturating_sub(MAX_DIAGNOSTICS);
    tree.diagnostics.truncate(MAX_DIAGNOSTICS);
    if let Some(root) = tree.nodes.len().try_into().ok().zip(tree.nodes.first_mut()) {
        root.1.next = root.0;
    }
    tree
}

/// Puts the nodes below the root of `other` at the end of `tree`; its text begins at byte `offset`.
fn append(tree: &mut Tree, other: Tree, offset: u32) {
    // The root of `other` is left behind, so its node 1 becomes the next free number.
    let by = tree.nodes.len() as NodeId - 1;
    let shifted = other.nodes.iter().skip(1).map(|node| TreeNode {
        kind: node.kind,
        start: node.start + offset,
        end: node.end + offset,
        next: node.next + by,
        name_end: node.name_end + offset,
    });
    tree.nodes.extend(shifted);
    let full = tree.diagnostics_omitted > 0;
    let diagnostics = other.diagnostics.into_iter();
    if full {
        tree.diagnostics_omitted += diagnostics.len();
    } else {
        tree.diagnostics
            .extend(diagnostics.map(|p| p.shifted(offset)));
    }
    tree.diagnostics_omitted += other.diagnostics_omitted;
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

    const FILES: [&str; 4] = [
        "\u{feff}Doc(a: \"한국\")",
        "",
        "#![enable(implicit_some)]\n(b: [1, ], c )",
        "A title:\n(d: 3) x",
    ];

    fn joined(files: &[&str]) -> (String, Vec<Span>) {
        let mut text = String::new();
        let mut parts = Vec::new();
        for file in files {
            if !parts.is_empty() {
                text.push('\n');
            }
            let start = text.len() as u32;
            text.push_str(file);
            parts.push(Span::new(start, text.len() as u32));
        }
        (text, parts)
    }

    #[test]
    fn each_file_reads_as_it_does_alone() {
        let (text, parts) = joined(&FILES);
        let tree = parse_files(&text, &parts);
        let mut diagnostics = Vec::new();
        let mut nodes = Vec::new();
        for (file, part) in FILES.iter().zip(&parts) {
            let alone = parse(file);
            diagnostics.extend(
                alone
                    .diagnostics
                    .iter()
                    .map(|p| p.clone().shifted(part.start)),
            );
            for (id, node) in alone.nodes.iter().enumerate().skip(1) {
                let children = alone.children(id as NodeId).count();
                nodes.push((
                    node.kind,
                    alone.span(id as NodeId).shifted(part.start),
                    children,
                ));
            }
        }
        assert_eq!(tree.diagnostics, diagnostics);
        let found: Vec<_> = (1..tree.nodes.len() as NodeId)
            .map(|id| (tree.kind(id), tree.span(id), tree.children(id).count()))
            .collect();
        assert_eq!(found, nodes);
        let values: Vec<&str> = tree.values().map(|id| tree.span(id).of(&text)).collect();
        assert_eq!(values, ["Doc(a: \"한국\")", "(b: [1, ], c )", "(d: 3)"]);
        assert_eq!(tree.name(&text, tree.value().unwrap()), Some("Doc"));
        let three = text.find('3').unwrap() as u32;
        assert_eq!(tree.span(tree.at(three)).of(&text), "3");
    }

    #[test]
    fn problems_beyond_the_limit_are_counted_over_all_files() {
        let bad = format!("({})", "a: @, ".repeat(150));
        let (text, parts) = joined(&[&bad, &bad, &bad]);
        let tree = parse_files(&text, &parts);
        assert_eq!(tree.diagnostics.len(), MAX_DIAGNOSTICS);
        let alone = parse(&bad).diagnostics.len();
        assert_eq!(tree.diagnostics_omitted, alone * 3 - MAX_DIAGNOSTICS);
        assert!(tree.is_broken(tree.values().last().unwrap()));
        assert_eq!(parse_files("", &[]).value(), None);
    }
}
