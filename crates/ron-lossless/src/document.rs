//! A document that is read once and changed by paths: the front door of the crate.

use crate::edit::{self, ContainerItems, ItemText};
use crate::quick_fix::is_name;
use crate::{
    Decode, Decoder, Diagnostic, FormatError, FormatRules, NodeId, NodeKind, RonValue, Span,
    TextEdit, Tree, apply, format_text, parse, quote, write_like,
};
use std::borrow::Cow;
use std::fmt;

/// One step of a path into a document: a name or a number.
///
/// Paths are slices of steps; [`path!`](crate::path) writes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathSegment<'a> {
    /// A field of a record, or the value of a map's entry by its key. A text key is given without
    /// quotation marks, any other key as it is written.
    Key(Cow<'a, str>),
    /// An item of a list or a tuple, a field of a record or an entry of a map, counted from 0.
    Index(usize),
}

impl<'a> From<&'a str> for PathSegment<'a> {
    fn from(key: &'a str) -> Self {
        PathSegment::Key(Cow::Borrowed(key))
    }
}

impl<'a> From<&'a String> for PathSegment<'a> {
    fn from(key: &'a String) -> Self {
        PathSegment::Key(Cow::Borrowed(key))
    }
}

impl From<String> for PathSegment<'_> {
    fn from(key: String) -> Self {
        PathSegment::Key(Cow::Owned(key))
    }
}

impl From<usize> for PathSegment<'_> {
    fn from(index: usize) -> Self {
        PathSegment::Index(index)
    }
}

impl fmt::Display for PathSegment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PathSegment::Key(key) => f.write_str(key),
            PathSegment::Index(index) => write!(f, "{index}"),
        }
    }
}

/// A path into a [`RonDocument`]: names of fields, keys of maps and numbers of items.
///
/// ```
/// use ron_lossless::{RonDocument, path};
///
/// let doc = RonDocument::parse("(window: (size: (800, 600)))");
/// let width = doc.get(path!["window", "size", 0]).unwrap();
/// assert_eq!(width.source(), "800");
/// ```
#[macro_export]
macro_rules! path {
    ($($segment:expr),* $(,)?) => {
        &[$($crate::PathSegment::from($segment)),*] as &[$crate::PathSegment<'_>]
    };
}

/// A RON text that can be read and changed without losing a byte that is not meant to change.
///
/// Comments, blank lines, the order of fields and the line endings stay: each change is a few
/// replacements in the text, and the text is read again after it. A document with syntax errors is
/// read as far as possible, and can be changed wherever its syntax is in order.
///
/// ```
/// use ron_lossless::{RonDocument, path};
///
/// let mut doc = RonDocument::parse("\
/// (
///     // Louder than the music.
///     volume: 0.5, // from 0 to 1
///     keys: [\"w\", \"a\"],
/// )
/// ");
/// assert!(doc.diagnostics().is_empty());
/// doc.set(path!["volume"], 0.75)?;
/// doc.push(path!["keys"], "d")?;
/// assert_eq!(doc.to_string(), "\
/// (
///     // Louder than the music.
///     volume: 0.75, // from 0 to 1
///     keys: [\"w\", \"a\", \"d\"],
/// )
/// ");
/// # Ok::<(), ron_lossless::EditError>(())
/// ```
#[derive(Clone, Debug)]
pub struct RonDocument {
    text: String,
    tree: Tree,
}

/// Why a document was not changed. It is as it was before.
#[derive(Clone, Debug, PartialEq)]
pub enum EditError {
    /// The document has nothing at this path.
    NotFound {
        /// The path, with `/` between its segments.
        path: String,
    },
    /// What the path leads to holds no items, or not those that were asked for: only a list or a
    /// tuple takes a value without a name, only a record or a map one with a name.
    WrongContainer {
        /// The path, with `/` between its segments.
        path: String,
        /// What is there.
        kind: NodeKind,
    },
    /// The syntax is broken at this path, so that an edit could do harm. The first error there.
    BrokenSyntax(Box<Diagnostic>),
    /// RON has no way to write this name of a field.
    InvalidName(String),
    /// The new value is no valid RON. The error that it would cause, with a span in the text that
    /// the document would have had.
    InvalidValue(Box<Diagnostic>),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EditError::NotFound { path } => write!(f, "the document has nothing at `{path}`"),
            EditError::WrongContainer { path, kind } => {
                write!(f, "`{path}` cannot hold such an item: it is {kind}")
            }
            EditError::BrokenSyntax(diagnostic) => {
                write!(f, "the syntax is broken there: {}", diagnostic.message)
            }
            EditError::InvalidName(name) => write!(f, "`{name}` cannot be the name of a field"),
            EditError::InvalidValue(diagnostic) => {
                write!(f, "the new value is no valid RON: {}", diagnostic.message)
            }
        }
    }
}

impl std::error::Error for EditError {}

/// A value in a document, where it is and how it is written.
#[derive(Clone, Copy, Debug)]
pub struct RonNode<'a> {
    document: &'a RonDocument,
    id: NodeId,
}

impl<'a> RonNode<'a> {
    /// Its text as it is written.
    pub fn source(self) -> &'a str {
        self.span().of(&self.document.text)
    }

    /// Its place in the text.
    pub fn span(self) -> Span {
        self.document.tree.span(self.id)
    }

    /// What it is.
    pub fn kind(self) -> NodeKind {
        self.document.tree.kind(self.id)
    }

    /// Its number in [`RonDocument::tree`].
    pub fn id(self) -> NodeId {
        self.id
    }

    /// Its value, for changing and writing it.
    pub fn value(self) -> RonValue {
        RonValue::read(&self.document.text, &self.document.tree, self.id)
    }

    /// Its value as a type, or what is wrong with it.
    ///
    /// # Errors All diagnostics of the value, those of its syntax among them.
    pub fn decode<T: Decode>(self) -> Result<T, Vec<Diagnostic>> {
        let mut decoder = Decoder::new(&self.document.text, &self.document.tree);
        let value = T::decode(&mut decoder, self.id);
        let span = self.span();
        let is_inside = |d: &&Diagnostic| span.start <= d.span.start && d.span.start <= span.end;
        let syntax = self.document.tree.diagnostics.iter().filter(is_inside);
        let mut diagnostics: Vec<Diagnostic> = syntax.cloned().collect();
        diagnostics.extend(decoder.into_diagnostics());
        match value {
            Some(value) if diagnostics.is_empty() => Ok(value),
            _ => Err(diagnostics),
        }
    }
}

impl RonDocument {
    /// Reads a text. Never fails: see [`diagnostics`](RonDocument::diagnostics) for what is wrong
    /// with it.
    pub fn parse(text: impl Into<String>) -> Self {
        let text = text.into();
        let tree = parse(&text);
        RonDocument { text, tree }
    }

    /// The errors of the syntax, in the order of the text; at most
    /// [`MAX_DIAGNOSTICS`](crate::MAX_DIAGNOSTICS).
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.tree.diagnostics
    }

    /// The text. [`to_string`](ToString::to_string) gives a copy of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tree, for everything that paths cannot do. Its spans point into
    /// [`text`](RonDocument::text).
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The value at a path; the whole document's where the path is empty. Names are looked up
    /// inside `Some( )` as well. `None` where there is nothing, or nothing that could be read.
    pub fn get(&self, path: &[PathSegment<'_>]) -> Option<RonNode<'_>> {
        let mut id = self.tree.value()?;
        for segment in path {
            id = self.value_of(self.child(id, segment)?)?;
        }
        Some(RonNode { document: self, id })
    }

    /// Replaces the value at a path, in the style of the old one: raw text stays raw, `28_500`
    /// stays grouped, `Some( )` stays around it. A field or a map's entry that is not there yet is
    /// added as the last. A value with a syntax error inside is not replaced, since it may have
    /// taken in what follows it.
    ///
    /// # Errors See [`EditError`]; the document is unchanged then.
    pub fn set(
        &mut self,
        path: &[PathSegment<'_>],
        value: impl Into<RonValue>,
    ) -> Result<(), EditError> {
        let value = value.into();
        if let Some(node) = self.get(path) {
            let (span, old) = (node.span(), node.source());
            if let Some(diagnostic) = self.error_at(node) {
                return Err(EditError::BrokenSyntax(Box::new(diagnostic)));
            }
            let line_start = self.text[..span.start as usize]
                .rfind('\n')
                .map_or(0, |at| at + 1);
            let column = self.text[line_start..span.start as usize].chars().count();
            // A new `Some( )` or `None` replaces the old one and does not go into it.
            let written = match &value {
                RonValue::Call(name, _) if name == "Some" => value.lines(column),
                RonValue::Bare(word) if word == "None" => word.clone(),
                _ => write_like(old, &value, column),
            };
            let written = match value {
                // Line breaks inside text are part of the value: they are not indented.
                RonValue::Text(_) | RonValue::Bare(_) => written,
                _ => edit::indented_at(&self.text, &self.tree, span.start, &written),
            };
            return self.commit(&[TextEdit::new(span, written)]);
        }
        let Some((PathSegment::Key(name), parent)) = path.split_last() else {
            return Err(not_found(path));
        };
        let parent_id = self.get(parent).ok_or_else(|| not_found(parent))?.id;
        let container = self.inside_some(parent_id);
        let body = match self.tree.kind(container) {
            NodeKind::Record if self.is_tuple(container) => {
                return Err(self.wrong_container(parent, container));
            }
            NodeKind::Record => {
                let name = field_name(name)?;
                format!("{name}: {}", value.lines(name.chars().count() + 6))
            }
            NodeKind::Map => {
                let key = self.written_key(container, name);
                format!("{key}: {}", value.lines(key.chars().count() + 6))
            }
            _ => return Err(self.wrong_container(parent, container)),
        };
        self.insert_body(parent, container, usize::MAX, &body)
    }

    /// Adds a value at the end of the list or tuple at a path.
    ///
    /// # Errors See [`EditError`]; the document is unchanged then.
    pub fn push(
        &mut self,
        path: &[PathSegment<'_>],
        value: impl Into<RonValue>,
    ) -> Result<(), EditError> {
        self.insert(path, usize::MAX, value)
    }

    /// Puts a value before the item with number `index` in the list or tuple at a path, or behind
    /// the last where there are fewer.
    ///
    /// # Errors See [`EditError`]; the document is unchanged then.
    pub fn insert(
        &mut self,
        path: &[PathSegment<'_>],
        index: usize,
        value: impl Into<RonValue>,
    ) -> Result<(), EditError> {
        let node = self.get(path).ok_or_else(|| not_found(path))?;
        let container = self.inside_some(node.id);
        let takes_values = match self.tree.kind(container) {
            NodeKind::List => true,
            NodeKind::Record => self.is_tuple(container),
            _ => false,
        };
        if !takes_values {
            return Err(self.wrong_container(path, container));
        }
        let body = value.into().lines(4);
        self.insert_body(path, container, index, &body)
    }

    /// Takes out the item, the field or the entry at a path, with its comma and its comments.
    ///
    /// # Errors See [`EditError`]; the document is unchanged then.
    pub fn remove(&mut self, path: &[PathSegment<'_>]) -> Result<(), EditError> {
        let (last, parent) = path.split_last().ok_or_else(|| not_found(path))?;
        let container = self.get(parent).ok_or_else(|| not_found(parent))?.id;
        // As `get` finds it: a name is looked up inside `Some( )`, a number is not.
        let container = match last {
            PathSegment::Key(_) => self.inside_some(container),
            PathSegment::Index(_) => container,
        };
        let child = self.child(container, last).ok_or_else(|| not_found(path))?;
        let index = self.tree.children(container).position(|id| id == child);
        let index = index.ok_or_else(|| not_found(path))?;
        match edit::remove(&self.text, &self.tree, container, &[index]) {
            Some(edits) => self.commit(&edits),
            None => Err(self.refusal(parent, container)),
        }
    }

    /// Formats the whole text by `rules`; [`DefaultFormatRules`](crate::DefaultFormatRules) suit
    /// any RON.
    ///
    /// # Errors Where the syntax is broken; the document is unchanged then.
    pub fn format<R: FormatRules>(&mut self, rules: &R) -> Result<(), FormatError> {
        let formatted = format_text(&self.text, rules)?;
        *self = RonDocument::parse(formatted);
        Ok(())
    }

    /// Carries out edits of the text, such as the fix of a [`Diagnostic`]. They are in the order
    /// of the text and do not overlap. `false`, with the document unchanged, where one does not fit
    /// the text. The result may have syntax errors.
    pub fn apply(&mut self, edits: &[TextEdit]) -> bool {
        match apply(&self.text, edits) {
            Some(text) => {
                *self = RonDocument::parse(text);
                true
            }
            None => false,
        }
    }

    /// The text after `edits`, unless that has more errors than before: then the new value is to
    /// blame.
    fn commit(&mut self, edits: &[TextEdit]) -> Result<(), EditError> {
        let Some(text) = apply(&self.text, edits) else {
            return Err(not_found(&[]));
        };
        let tree = parse(&text);
        let errors = |tree: &Tree| tree.diagnostics.len() + tree.diagnostics_omitted;
        if errors(&tree) > errors(&self.tree) {
            // By code and message: the spans of the old ones have moved.
            let is_new = |d: &&Diagnostic| {
                let mut old = self.tree.diagnostics.iter();
                !old.any(|old| old.code == d.code && old.message == d.message)
            };
            let new = tree.diagnostics.iter().find(is_new);
            if let Some(diagnostic) = new.or(tree.diagnostics.first()) {
                return Err(EditError::InvalidValue(Box::new(diagnostic.clone())));
            }
        }
        (self.text, self.tree) = (text, tree);
        Ok(())
    }

    /// The error inside a value, which may have taken in what does not belong to it; or right
    /// behind a text, whose end is in doubt then: with another in its place, what follows could be
    /// read as a text or a comment, or no longer as one.
    fn error_at(&self, node: RonNode<'_>) -> Option<Diagnostic> {
        let is_text = matches!(node.kind(), NodeKind::Text | NodeKind::EscapedText);
        let is_whole = Decoder::new(&self.text, &self.tree).is_whole(node.id);
        if !self.tree.is_broken(node.id) && (is_whole || !is_text) {
            return None;
        }
        let mut diagnostics = self.tree.diagnostics.iter();
        let after = diagnostics.find(|d| d.span.start >= node.span().start);
        after.or(self.tree.diagnostics.first()).cloned()
    }

    fn insert_body(
        &mut self,
        path: &[PathSegment<'_>],
        container: NodeId,
        index: usize,
        body: &str,
    ) -> Result<(), EditError> {
        let body = ItemText::Relative(body);
        match edit::insert(&self.text, &self.tree, container, index, body) {
            Some(edits) => self.commit(&edits),
            None => Err(self.refusal(path, container)),
        }
    }

    /// Why nothing can be put into `container` or taken out of it.
    fn refusal(&self, path: &[PathSegment<'_>], container: NodeId) -> EditError {
        let span = self.tree.span(container);
        let mut diagnostics = self.tree.diagnostics.iter();
        let inside = diagnostics.find(|d| d.span.start >= span.start && d.span.start < span.end);
        match inside {
            Some(diagnostic) if ContainerItems::of(&self.text, &self.tree, container).is_none() => {
                EditError::BrokenSyntax(Box::new(diagnostic.clone()))
            }
            _ => self.wrong_container(path, container),
        }
    }

    fn wrong_container(&self, path: &[PathSegment<'_>], container: NodeId) -> EditError {
        EditError::WrongContainer {
            path: joined(path),
            kind: self.tree.kind(container),
        }
    }

    /// The node directly below `id` that a segment names: an item, a field or an entry.
    fn child(&self, id: NodeId, segment: &PathSegment<'_>) -> Option<NodeId> {
        match segment {
            PathSegment::Index(index) => {
                let kind = self.tree.kind(id);
                let holds = matches!(kind, NodeKind::List | NodeKind::Record | NodeKind::Map);
                self.tree.children(id).nth(*index).filter(|_| holds)
            }
            PathSegment::Key(key) => {
                let container = self.inside_some(id);
                let mut children = self.tree.children(container);
                children.find(|child| match self.tree.kind(*child) {
                    NodeKind::Field => self.tree.field_name(&self.text, *child) == Some(key),
                    NodeKind::Entry => self.is_key(*child, key),
                    _ => false,
                })
            }
        }
    }

    /// Whether the key of a map's entry is `key`, as text or as it is written.
    fn is_key(&self, entry: NodeId, key: &str) -> bool {
        let Some(id) = self.tree.children(entry).next() else {
            return false;
        };
        match RonValue::read(&self.text, &self.tree, id) {
            RonValue::Text(text) => text == key,
            _ => self.tree.span(id).of(&self.text) == key,
        }
    }

    /// The value of a field or an entry; any other node is a value itself.
    fn value_of(&self, id: NodeId) -> Option<NodeId> {
        let value = match self.tree.kind(id) {
            NodeKind::Field => self.tree.field_value(id),
            NodeKind::Entry => self.tree.children(id).nth(1),
            _ => Some(id),
        };
        value.filter(|id| self.tree.kind(*id) != NodeKind::Error)
    }

    /// What `Some( )` holds; any other node itself.
    fn inside_some(&self, id: NodeId) -> NodeId {
        let is_some = self.tree.name(&self.text, id) == Some("Some");
        let mut children = self.tree.children(id);
        match (children.next(), children.next()) {
            (Some(only), None) if is_some && self.tree.kind(only) != NodeKind::Field => only,
            _ => id,
        }
    }

    /// Whether a record holds values without names.
    fn is_tuple(&self, record: NodeId) -> bool {
        let first = self.tree.children(record).next();
        first.is_some_and(|id| self.tree.kind(id) != NodeKind::Field)
    }

    /// A new key, written as the keys of the map are: as text, or as it is.
    fn written_key(&self, map: NodeId, key: &str) -> String {
        let first = self.tree.children(map).next();
        let first = first.and_then(|entry| self.tree.children(entry).next());
        match first.map(|id| self.tree.kind(id)) {
            None | Some(NodeKind::Text | NodeKind::EscapedText) => quote(key),
            _ => key.to_owned(),
        }
    }
}

impl fmt::Display for RonDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::str::FromStr for RonDocument {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(RonDocument::parse(text))
    }
}

fn joined(path: &[PathSegment<'_>]) -> String {
    let segments: Vec<String> = path.iter().map(PathSegment::to_string).collect();
    segments.join("/")
}

fn not_found(path: &[PathSegment<'_>]) -> EditError {
    EditError::NotFound { path: joined(path) }
}

/// A field's name as RON writes it: `r#` before one that is no plain identifier.
fn field_name(name: &str) -> Result<Cow<'_, str>, EditError> {
    if is_name(name) {
        return Ok(Cow::Borrowed(name));
    }
    let raw = format!("r#{name}");
    let is_one_word = crate::tokens(&raw).count() == 1
        && crate::tokens(&raw).all(|token| token.kind == crate::TokenKind::Word);
    match is_one_word {
        true => Ok(Cow::Owned(raw)),
        false => Err(EditError::InvalidName(name.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DefaultFormatRules;

    const TEXT: &str = "\
Settings(
    // The window.
    window: Some((size: (800, 600), title: \"A\")), // for now

    layers: {
        \"background\": (depth: 0),
        \"front/top\": (depth: 28_500), // above all
    },
    keys: [
        Up, // w
        Down,
    ],
    empty: [],
)
";

    fn changed(change: impl FnOnce(&mut RonDocument) -> Result<(), EditError>) -> String {
        let mut doc = RonDocument::parse(TEXT);
        change(&mut doc).unwrap();
        assert_eq!(doc.diagnostics(), []);
        doc.to_string()
    }

    #[test]
    fn values_are_found_by_path() {
        let doc = RonDocument::parse(TEXT);
        let source = |path: &[PathSegment]| doc.get(path).map(RonNode::source);
        assert_eq!(source(path!["window", "size", 1]), Some("600"));
        assert_eq!(source(path!["window", 0, "title"]), Some("\"A\""));
        assert_eq!(
            source(path!["layers", "front/top", "depth"]),
            Some("28_500")
        );
        assert_eq!(source(path!["layers", 0, 0]), Some("0"));
        assert_eq!(source(path!["keys", 1]), Some("Down"));
        assert_eq!(source(path![]).map(str::len), Some(TEXT.len() - 1));
        for missing in [path!["nothing"], path!["keys", 2], path!["keys", "x"]] {
            assert_eq!(source(missing), None);
        }
        let depth = doc.get(path!["layers", "front/top", "depth"]).unwrap();
        assert_eq!(depth.decode::<u32>(), Ok(28_500));
        assert_eq!(depth.decode::<u8>().unwrap_err()[0].code, "out-of-range");
    }

    #[test]
    fn a_value_is_replaced_in_its_style() {
        let set = changed(|doc| doc.set(path!["layers", "front/top", "depth"], 31000));
        assert_eq!(set, TEXT.replace("28_500", "31_000"));
        let set = changed(|doc| doc.set(path!["window"], RonValue::bare("None")));
        let window = "Some((size: (800, 600), title: \"A\"))";
        assert_eq!(set, TEXT.replace(window, "None"));
        let set = changed(|doc| doc.set(path!["window"], RonValue::some("x")));
        assert_eq!(set, TEXT.replace(window, "Some(\"x\")"));
        let set = changed(|doc| doc.set(path!["keys", 0], RonValue::bare("Left")));
        assert_eq!(set, TEXT.replace("Up", "Left"));
    }

    #[test]
    fn fields_entries_and_items_are_added() {
        let set = changed(|doc| doc.set(path!["window", "visible"], true));
        assert_eq!(set, TEXT.replace("\"A\"", "\"A\", visible: true"));
        let set = changed(|doc| doc.set(path!["type"], "x"));
        assert_eq!(set, TEXT.replace("[],\n", "[],\n    type: \"x\",\n"));
        let set = changed(|doc| doc.set(path!["layers", "sky"], vec![1, 2]));
        let above = "// above all\n";
        assert_eq!(
            set,
            TEXT.replace(above, &format!("{above}        \"sky\": [1, 2],\n"))
        );
        let set = changed(|doc| doc.push(path!["keys"], RonValue::bare("Left")));
        assert_eq!(set, TEXT.replace("Down,\n", "Down,\n        Left,\n"));
        let set = changed(|doc| doc.insert(path!["keys"], 0, RonValue::bare("Left")));
        assert_eq!(set, TEXT.replace("Up,", "Left,\n        Up,"));
        let set = changed(|doc| doc.push(path!["empty"], 1.0));
        assert_eq!(set, TEXT.replace("[]", "[1.0]"));
        let set = changed(|doc| doc.push(path!["window", "size"], 3));
        assert_eq!(set, TEXT.replace("600", "600, 3"));
    }

    #[test]
    fn items_are_removed_with_their_comments() {
        let rest = changed(|doc| doc.remove(path!["keys", 0]));
        assert_eq!(rest, TEXT.replace("        Up, // w\n", ""));
        let rest = changed(|doc| doc.remove(path!["window", "title"]));
        assert_eq!(rest, TEXT.replace(", title: \"A\"", ""));
        let rest = changed(|doc| doc.remove(path!["layers", "front/top"]));
        let line = "        \"front/top\": (depth: 28_500), // above all\n";
        assert_eq!(rest, TEXT.replace(line, ""));
    }

    #[test]
    fn what_cannot_be_done_changes_nothing() {
        let mut doc = RonDocument::parse(TEXT);
        let not_found = doc.set(path!["nothing", "x"], 1).unwrap_err();
        assert_eq!(
            not_found.to_string(),
            "the document has nothing at `nothing`"
        );
        let wrong = doc.push(path!["window"], 1).unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "`window` cannot hold such an item: it is a record in `( )`"
        );
        let invalid = doc.set(path!["keys", 0], RonValue::bare("1 2"));
        assert!(matches!(invalid, Err(EditError::InvalidValue(_))));
        let invalid = doc.set(path!["a b"], 1);
        assert_eq!(invalid, Err(EditError::InvalidName("a b".into())));
        assert!(matches!(
            doc.remove(path![]),
            Err(EditError::NotFound { .. })
        ));
        assert_eq!(doc.to_string(), TEXT);

        let broken = "(a: [1 2], b: [3])";
        let mut doc = RonDocument::parse(broken);
        let refused = doc.push(path!["a"], 1);
        assert!(matches!(refused, Err(EditError::BrokenSyntax(_))));
        doc.push(path!["b"], 4).unwrap();
        assert_eq!(doc.text(), "(a: [1 2], b: [3, 4])");
        let fix = doc.diagnostics()[0].fix.clone();
        assert_eq!(fix, None);
        for text in ["", "(", "\"", "@"] {
            let mut doc = RonDocument::parse(text);
            assert!(doc.set(path!["a"], 1).is_err(), "{text}");
            assert!(doc.set(path![0], 1).is_err(), "{text}");
            assert!(doc.push(path![], 1).is_err(), "{text}");
            assert!(doc.remove(path![0]).is_err(), "{text}");
            assert!(doc.format(&DefaultFormatRules::default()).is_err());
            assert_eq!(doc.text(), text);
        }
    }

    #[test]
    fn line_endings_stay() {
        let mut doc = RonDocument::parse("(\r\n    a: 1,\r\n)\r\n");
        doc.set(path!["b"], 2).unwrap();
        doc.format(&DefaultFormatRules::default()).unwrap();
        assert_eq!(doc.text(), "(\r\n    a: 1,\r\n    b: 2,\r\n)\r\n");
    }

    #[test]
    fn names_that_are_no_identifiers_are_written_raw() {
        let mut doc = RonDocument::parse("()");
        doc.set(path!["a-b"], 1).unwrap();
        assert_eq!(doc.text(), "(r#a-b: 1)");
        assert_eq!(doc.get(path!["a-b"]).unwrap().source(), "1");
    }
}
