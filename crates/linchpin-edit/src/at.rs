//! What stands at a place of the text: which record, which field of it, which link, word or id.

use linchpin_register::declare::{FieldSpec, PathStep};
use linchpin_register::form::VocabularyTerm;
use linchpin_register::record_spans::{roots, unwrapped};
use linchpin_register::{FieldType, LoadedRegister, METADATA_FIELDS, RecordKind, RecordRef};
use ron_lossless::{Decode as _, Decoder, NodeId, NodeKind, Span};

/// What stands at a place of the text.
#[derive(Clone, Debug, Default)]
pub struct At {
    /// The type of the record around the place; `None` outside of records.
    pub kind: Option<RecordKind>,
    /// That record, where it is sound.
    pub record: Option<RecordRef>,
    /// The way from the record, or from the register, to the place.
    pub path: Vec<PathStep>,
    /// The field that the path ends in.
    pub field: Option<&'static FieldSpec>,
    pub what: What,
    /// Where it stands. Of an id and a link: without the quotation marks.
    pub span: Span,
}

/// What a place holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum What {
    /// White space, brackets, commas, comments.
    #[default]
    Nothing,
    /// The name of a field.
    Name,
    /// The name of a list of records.
    List(RecordKind),
    /// The id of the record itself.
    Id(String),
    /// The id of another record, of this type.
    Link(RecordKind, String),
    /// A word of a vocabulary.
    Choice(&'static VocabularyTerm),
    /// Any other value.
    Value,
}

/// What stands at byte `offset`. The place right behind a word belongs to the word.
pub fn at(loaded: &LoadedRegister, offset: u32) -> At {
    let mut finder = Finder {
        loaded,
        offset,
        found: At::default(),
    };
    if let Some(root) = finder.among(roots(&loaded.tree)) {
        finder.register(root);
    }
    finder.found
}

struct Finder<'a> {
    loaded: &'a LoadedRegister,
    offset: u32,
    found: At,
}

impl Finder<'_> {
    /// The node that holds the place, else one that ends there.
    fn among(&self, nodes: impl Iterator<Item = NodeId>) -> Option<NodeId> {
        let tree = &self.loaded.tree;
        let mut ends_there = None;
        for node in nodes {
            let span = tree.span(node);
            if span.start <= self.offset && self.offset < span.end {
                return Some(node);
            }
            if span.end == self.offset {
                ends_there = Some(node);
            }
            if span.start > self.offset {
                break;
            }
        }
        ends_there
    }

    fn child(&self, node: NodeId) -> Option<(usize, NodeId)> {
        let tree = &self.loaded.tree;
        let child = self.among(tree.children(node))?;
        Some((tree.children(node).position(|id| id == child)?, child))
    }

    /// The field at the place: its name, where its name stands, and whether the place is in the
    /// name.
    fn field(&self, holder: NodeId) -> Option<(NodeId, &str, bool)> {
        let (text, tree) = (&*self.loaded.text, &*self.loaded.tree);
        let (_, field) = self.child(holder)?;
        let name = tree.field_name(text, field)?;
        let start = tree.span(field).start;
        let in_name = self.offset <= start + name.len() as u32;
        Some((field, name, in_name))
    }

    fn name(&mut self, field: NodeId, name_bytes: usize, what: What) {
        let start = self.loaded.tree.span(field).start;
        self.found.what = what;
        self.found.span = Span::new(start, start + name_bytes as u32);
    }

    fn register(&mut self, root: NodeId) {
        let Some((field, name, in_name)) = self.field(root) else {
            return;
        };
        let (bytes, spec) = (
            name.len(),
            METADATA_FIELDS.iter().find(|spec| spec.name == name),
        );
        let kind = RecordKind::ALL.iter().copied();
        let kind = kind.into_iter().find(|kind| kind.list() == name);
        match (kind, spec) {
            (Some(kind), _) if in_name => self.name(field, bytes, What::List(kind)),
            (Some(kind), _) => self.list(field, kind),
            (None, Some(spec)) => self.spec(field, spec, in_name),
            (None, None) => {}
        }
    }

    fn list(&mut self, field: NodeId, kind: RecordKind) {
        let (text, tree) = (&*self.loaded.text, &*self.loaded.tree);
        let list = tree.field_value(field).map(|id| unwrapped(text, tree, id));
        let record = list.and_then(|list| self.among(tree.children(list)));
        if let Some(record) = record {
            self.found.kind = Some(kind);
            self.found.record = record_at(self.loaded, kind, record);
            self.record(record, kind.fields());
        }
    }

    fn record(&mut self, record: NodeId, specs: &'static [FieldSpec]) {
        let Some((field, name, in_name)) = self.field(record) else {
            return;
        };
        if let Some(spec) = specs.iter().find(|spec| spec.name == name) {
            self.spec(field, spec, in_name);
        }
    }

    fn spec(&mut self, field: NodeId, spec: &'static FieldSpec, in_name: bool) {
        let (text, tree) = (&*self.loaded.text, &*self.loaded.tree);
        self.found.path.push(PathStep::Field(spec.name));
        self.found.field = Some(spec);
        if in_name {
            return self.name(field, spec.name.len(), What::Name);
        }
        let Some(value) = tree.field_value(field) else {
            return;
        };
        let value = unwrapped(text, tree, value);
        if !spec.is_list() || tree.kind(value) != NodeKind::List {
            return self.value(value, &spec.field_type);
        }
        if let Some((index, item)) = self.child(value) {
            self.found.path.push(PathStep::Index(index));
            self.value(item, &spec.field_type);
        }
    }

    fn value(&mut self, node: NodeId, form: &'static FieldType) {
        let (text, tree) = (&*self.loaded.text, &*self.loaded.tree);
        let span = tree.span(node);
        if self.offset < span.start || span.end < self.offset {
            return;
        }
        let words = span.of(text);
        let id = || String::decode(&mut Decoder::new(text, tree), node);
        let (what, span) = match form {
            FieldType::Record { fields, .. } => return self.record(node, fields),
            FieldType::Link(kind) => match id() {
                Some(id) => (What::Link(*kind, id), within_marks(span, words)),
                None => (What::Value, span),
            },
            FieldType::Id => match id() {
                Some(id) => (What::Id(id), within_marks(span, words)),
                None => (What::Value, span),
            },
            FieldType::Vocabulary { terms: choices, .. } => {
                match choices.iter().find(|c| c.name == words) {
                    Some(choice) => (What::Choice(choice), span),
                    None => (What::Value, span),
                }
            }
            _ => (What::Value, span),
        };
        (self.found.what, self.found.span) = (what, span);
    }
}

/// The stretch between the quotation marks of a text.
fn within_marks(span: Span, words: &str) -> Span {
    match (words.find('"'), words.rfind('"')) {
        (Some(first), Some(last)) if first < last => {
            Span::new(span.start + first as u32 + 1, span.start + last as u32)
        }
        _ => span,
    }
}

/// The record of this type that stands at a node; `None` where it could not be loaded.
pub fn record_at(loaded: &LoadedRegister, kind: RecordKind, node: NodeId) -> Option<RecordRef> {
    let (mut low, mut high) = (0, loaded.register.count(kind) as u32);
    while low < high {
        let index = low + (high - low) / 2;
        let at = RecordRef { kind, index };
        match loaded.record_node(at)?.cmp(&node) {
            std::cmp::Ordering::Equal => return Some(at),
            std::cmp::Ordering::Less => low = index + 1,
            std::cmp::Ordering::Greater => high = index,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_register::load;

    const TEXT: &str = r#"(format: 1, title: "한국", parties: [
        (id: "rok", name: "대한민국", kind: State),
        (id: "us", name: "States", kind: Nonsense),
        (id: "un", name: "Nations", kind: Organization),
    ], events: [
        (id: "e", title: "E", date: (date: "2024", basis: Stated), parties: ["un", "rok"],
         citations: [(document: "d", external: true)]),
    ])"#;

    /// What stands where `|` is.
    fn there(old: &str, new: &str) -> At {
        assert_eq!(TEXT.matches(old).count(), 1);
        let text = TEXT.replace(old, new);
        let offset = text.find('|').unwrap() as u32;
        let text = text.replace('|', "");
        let found = at(&load(text, Vec::new()), offset);
        // The quotation marks belong to an id as well.
        let near = found.span.start.saturating_sub(1)..=found.span.end + 1;
        assert!(near.contains(&offset) || found.what == What::Nothing);
        found
    }

    #[test]
    fn ids_links_and_words_are_found() {
        let rok = there("\"un\", \"rok\"", "\"un\", \"r|ok\"");
        assert_eq!(rok.what, What::Link(RecordKind::Party, "rok".into()));
        assert_eq!(rok.span.end - rok.span.start, 3);
        assert_eq!(rok.path, [PathStep::Field("parties"), PathStep::Index(1)]);
        let event = RecordRef {
            kind: RecordKind::Event,
            index: 0,
        };
        assert_eq!(rok.record, Some(event));
        let own = there("(id: \"un\"", "(id: \"un\"|");
        assert_eq!(own.what, What::Id("un".into()));
        assert_eq!(
            own.record.map(|at| at.index),
            Some(1),
            "one before it is not sound"
        );
        let stated = there("Stated", "Stat|ed");
        assert!(matches!(stated.what, What::Choice(choice) if choice.name == "Stated"));
        assert_eq!(
            stated.path,
            [PathStep::Field("date"), PathStep::Field("basis")]
        );
        assert_eq!(
            there("\"d\"", "\"|d\"").what,
            What::Link(RecordKind::Document, "d".into())
        );
    }

    #[test]
    fn names_of_fields_and_lists_are_found() {
        let name = there("external", "|external");
        assert_eq!(name.what, What::Name);
        assert_eq!(name.field.map(|spec| spec.name), Some("external"));
        assert_eq!(
            there("events", "eve|nts").what,
            What::List(RecordKind::Event)
        );
        assert_eq!(
            there("title: \"한국\"", "ti|tle: \"한국\"").what,
            What::Name
        );
        let unsound = there("Nonsense", "Non|sense");
        assert_eq!(
            (unsound.what, unsound.kind, unsound.record),
            (What::Value, Some(RecordKind::Party), None)
        );
    }

    #[test]
    fn nothing_is_found_between_things_and_nothing_panics() {
        assert_eq!(
            there("), parties: [\"un\"", ") |, parties: [\"un\"").what,
            What::Nothing
        );
        let loaded = load(TEXT, Vec::new());
        for offset in 0..=TEXT.len() as u32 + 2 {
            let found = at(&loaded, offset);
            assert!(found.span.end as usize <= TEXT.len());
        }
        assert_eq!(at(&LoadedRegister::empty(), 0).what, What::Nothing);
    }
}
