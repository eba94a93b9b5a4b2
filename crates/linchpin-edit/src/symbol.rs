//! What stands at a place of the text: which record, which field of it, which link, word or id.

use linchpin_register::VocabularyTerm;
use linchpin_register::record_spans::{root_records, unwrap_some};
use linchpin_register::schema::{FieldSpec, PathStep};
use linchpin_register::{FieldType, LoadedRegister, METADATA_FIELDS, RecordKind, RecordRef};
use ron_lossless::{Decode as _, Decoder, NodeId, NodeKind, Span};

/// What stands at a place of the text.
#[derive(Clone, Debug, Default)]
pub struct SourceSymbol {
    /// The type of the record around the place; `None` outside of records.
    pub record_kind: Option<RecordKind>,
    /// That record, where it is sound.
    pub record: Option<RecordRef>,
    /// The way from the record, or from the register, to the place.
    pub path: Vec<PathStep>,
    /// The field that the path ends in.
    pub field: Option<&'static FieldSpec>,
    /// What it is.
    pub kind: SymbolKind,
    /// Where it stands. Of an id and a link: without the quotation marks.
    pub span: Span,
}

/// What a place holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SymbolKind {
    /// White space, brackets, commas, comments.
    #[default]
    None,
    /// The name of a field.
    FieldName,
    /// The name of a list of records.
    ListName(RecordKind),
    /// The id of the record itself.
    RecordId(String),
    /// The id of another record, of this type.
    Link(RecordKind, String),
    /// A word of a vocabulary.
    VocabularyValue(&'static VocabularyTerm),
    /// Any other value.
    Value,
}

/// What stands at byte `offset`. The place right behind a word belongs to the word.
pub fn symbol_at(loaded: &LoadedRegister, offset: u32) -> SourceSymbol {
    let mut finder = SymbolFinder {
        loaded,
        offset,
        symbol: SourceSymbol::default(),
    };
    if let Some(root) = finder.node_at_offset(root_records(&loaded.tree)) {
        finder.visit_register(root);
    }
    finder.symbol
}

struct SymbolFinder<'a> {
    loaded: &'a LoadedRegister,
    offset: u32,
    symbol: SourceSymbol,
}

impl SymbolFinder<'_> {
    /// The node that holds the place, else one that ends there: a cursor right behind a word is at
    /// the word, unless another begins there.
    fn node_at_offset(&self, nodes: impl Iterator<Item = NodeId>) -> Option<NodeId> {
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

    fn child_at_offset(&self, node: NodeId) -> Option<(usize, NodeId)> {
        let tree = &self.loaded.tree;
        let child = self.node_at_offset(tree.children(node))?;
        Some((tree.children(node).position(|id| id == child)?, child))
    }

    /// The field at the place: its name, where its name stands, and whether the place is in the
    /// name.
    fn field_at_offset(&self, container: NodeId) -> Option<(NodeId, &str, bool)> {
        let (text, tree) = (&*self.loaded.text, &*self.loaded.tree);
        let (_, field) = self.child_at_offset(container)?;
        let name = tree.field_name(text, field)?;
        let start = tree.span(field).start;
        let is_in_name = self.offset <= start + name.len() as u32;
        Some((field, name, is_in_name))
    }

    fn set_name(&mut self, field: NodeId, name_bytes: usize, what: SymbolKind) {
        let start = self.loaded.tree.span(field).start;
        self.symbol.kind = what;
        self.symbol.span = Span::new(start, start + name_bytes as u32);
    }

    fn visit_register(&mut self, root: NodeId) {
        let Some((field, name, is_in_name)) = self.field_at_offset(root) else {
            return;
        };
        let (bytes, spec) = (
            name.len(),
            METADATA_FIELDS.iter().find(|spec| spec.name == name),
        );
        let kind = RecordKind::ALL.iter().copied();
        let kind = kind.into_iter().find(|kind| kind.list() == name);
        match (kind, spec) {
            (Some(kind), _) if is_in_name => {
                self.set_name(field, bytes, SymbolKind::ListName(kind))
            }
            (Some(kind), _) => self.visit_list(field, kind),
            (None, Some(spec)) => self.visit_field(field, spec, is_in_name),
            (None, None) => {}
        }
    }

    fn visit_list(&mut self, field: NodeId, kind: RecordKind) {
        let (text, tree) = (&*self.loaded.text, &*self.loaded.tree);
        let list = tree
            .field_value(field)
            .map(|id| unwrap_some(text, tree, id));
        let record = list.and_then(|list| self.node_at_offset(tree.children(list)));
        if let Some(record) = record {
            self.symbol.record_kind = Some(kind);
            self.symbol.record = record_at(self.loaded, kind, record);
            self.visit_record(record, kind.fields());
        }
    }

    fn visit_record(&mut self, record: NodeId, specs: &'static [FieldSpec]) {
        let Some((field, name, in_name)) = self.field_at_offset(record) else {
            return;
        };
        if let Some(spec) = specs.iter().find(|spec| spec.name == name) {
            self.visit_field(field, spec, in_name);
        }
    }

    fn visit_field(&mut self, field: NodeId, spec: &'static FieldSpec, is_in_name: bool) {
        let (text, tree) = (&*self.loaded.text, &*self.loaded.tree);
        self.symbol.path.push(PathStep::Field(spec.name));
        self.symbol.field = Some(spec);
        if is_in_name {
            return self.set_name(field, spec.name.len(), SymbolKind::FieldName);
        }
        let Some(value) = tree.field_value(field) else {
            return;
        };
        let value = unwrap_some(text, tree, value);
        if !spec.is_list() || tree.kind(value) != NodeKind::List {
            return self.visit_value(value, &spec.field_type);
        }
        if let Some((index, item)) = self.child_at_offset(value) {
            self.symbol.path.push(PathStep::Index(index));
            self.visit_value(item, &spec.field_type);
        }
    }

    fn visit_value(&mut self, node: NodeId, field_type: &'static FieldType) {
        let (text, tree) = (&*self.loaded.text, &*self.loaded.tree);
        let span = tree.span(node);
        if self.offset < span.start || span.end < self.offset {
            return;
        }
        let source = span.of(text);
        let id = || String::decode(&mut Decoder::new(text, tree), node);
        let (what, span) = match field_type {
            FieldType::Record { fields, .. } => return self.visit_record(node, fields),
            FieldType::Link(kind) => match id() {
                Some(id) => (SymbolKind::Link(*kind, id), inside_quotes(span, source)),
                None => (SymbolKind::Value, span),
            },
            FieldType::Id => match id() {
                Some(id) => (SymbolKind::RecordId(id), inside_quotes(span, source)),
                None => (SymbolKind::Value, span),
            },
            FieldType::Vocabulary { terms: choices, .. } => {
                match choices.iter().find(|c| c.name == source) {
                    Some(choice) => (SymbolKind::VocabularyValue(choice), span),
                    None => (SymbolKind::Value, span),
                }
            }
            _ => (SymbolKind::Value, span),
        };
        (self.symbol.kind, self.symbol.span) = (what, span);
    }
}

/// The stretch between the quotation marks of a text.
fn inside_quotes(span: Span, source: &str) -> Span {
    match (source.find('"'), source.rfind('"')) {
        (Some(first), Some(last)) if first < last => {
            Span::new(span.start + first as u32 + 1, span.start + last as u32)
        }
        _ => span,
    }
}

/// The record of this type that stands at a node; `None` where it could not be loaded.
pub fn record_at(loaded: &LoadedRegister, kind: RecordKind, node: NodeId) -> Option<RecordRef> {
    // Records stand in the order of the text, and nodes are numbered in it; but some nodes have no
    // record, so that the number in the list is none in the register.
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
    fn there(old: &str, new: &str) -> SourceSymbol {
        assert_eq!(TEXT.matches(old).count(), 1);
        let text = TEXT.replace(old, new);
        let offset = text.find('|').unwrap() as u32;
        let text = text.replace('|', "");
        let found = symbol_at(&load(text, Vec::new()), offset);
        // The quotation marks belong to an id as well.
        let near = found.span.start.saturating_sub(1)..=found.span.end + 1;
        assert!(near.contains(&offset) || found.kind == SymbolKind::None);
        found
    }

    #[test]
    fn ids_links_and_words_are_found() {
        let rok = there("\"un\", \"rok\"", "\"un\", \"r|ok\"");
        assert_eq!(rok.kind, SymbolKind::Link(RecordKind::Party, "rok".into()));
        assert_eq!(rok.span.end - rok.span.start, 3);
        assert_eq!(rok.path, [PathStep::Field("parties"), PathStep::Index(1)]);
        let event = RecordRef {
            kind: RecordKind::Event,
            index: 0,
        };
        assert_eq!(rok.record, Some(event));
        let own = there("(id: \"un\"", "(id: \"un\"|");
        assert_eq!(own.kind, SymbolKind::RecordId("un".into()));
        assert_eq!(
            own.record.map(|at| at.index),
            Some(1),
            "one before it is not sound"
        );
        let stated = there("Stated", "Stat|ed");
        assert!(
            matches!(stated.kind, SymbolKind::VocabularyValue(choice) if choice.name == "Stated")
        );
        assert_eq!(
            stated.path,
            [PathStep::Field("date"), PathStep::Field("basis")]
        );
        assert_eq!(
            there("\"d\"", "\"|d\"").kind,
            SymbolKind::Link(RecordKind::Document, "d".into())
        );
    }

    #[test]
    fn names_of_fields_and_lists_are_found() {
        let name = there("external", "|external");
        assert_eq!(name.kind, SymbolKind::FieldName);
        assert_eq!(name.field.map(|spec| spec.name), Some("external"));
        assert_eq!(
            there("events", "eve|nts").kind,
            SymbolKind::ListName(RecordKind::Event)
        );
        assert_eq!(
            there("title: \"한국\"", "ti|tle: \"한국\"").kind,
            SymbolKind::FieldName
        );
        let unsound = there("Nonsense", "Non|sense");
        assert_eq!(
            (unsound.kind, unsound.record_kind, unsound.record),
            (SymbolKind::Value, Some(RecordKind::Party), None)
        );
    }

    #[test]
    fn nothing_is_found_between_things_and_nothing_panics() {
        assert_eq!(
            there("), parties: [\"un\"", ") |, parties: [\"un\"").kind,
            SymbolKind::None
        );
        let loaded = load(TEXT, Vec::new());
        for offset in 0..=TEXT.len() as u32 + 2 {
            let found = symbol_at(&loaded, offset);
            assert!(found.span.end as usize <= TEXT.len());
        }
        assert_eq!(
            symbol_at(&LoadedRegister::empty(), 0).kind,
            SymbolKind::None
        );
    }
}
