//! Links as they stand in the text, those of records that could not be loaded among them.

use linchpin_register::chart_words::RecordList;
use linchpin_register::declare::FieldSpec;
use linchpin_register::record_spans::{lists, unwrapped};
use linchpin_register::{FieldType, LoadedRegister, RecordKind};
use ron_lossless::{Decode as _, Decoder, NodeId, NodeKind};
use std::collections::HashSet;

/// One link in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLink {
    /// The type and the node of the record in which it stands.
    pub kind: RecordKind,
    pub record: NodeId,
    /// The id in its quotation marks.
    pub node: NodeId,
    /// What holds it: a list, or the record whose field it is.
    pub holder: NodeId,
    /// Its number among what the holder holds.
    pub index: usize,
    /// It can be taken out, and leaves a sound record behind.
    pub optional: bool,
}

/// Every link to a record of this type that names one of the ids, in the order of the text.
pub fn links_to(loaded: &LoadedRegister, target: RecordKind, ids: &[&str]) -> Vec<TextLink> {
    let mut finder = Finder {
        loaded,
        target,
        ids: ids.iter().copied().collect(),
        found: Vec::new(),
        at: (RecordKind::ALL[0], 0),
    };
    for &kind in RecordKind::ALL {
        for list in lists(loaded, kind) {
            for record in loaded.tree.children(list) {
                finder.at = (kind, record);
                finder.record(record, kind.fields());
            }
        }
    }
    finder
        .found
        .sort_by_key(|link| loaded.tree.span(link.node).start);
    finder.found
}

struct Finder<'a> {
    loaded: &'a LoadedRegister,
    target: RecordKind,
    ids: HashSet<&'a str>,
    found: Vec<TextLink>,
    at: (RecordKind, NodeId),
}

impl Finder<'_> {
    fn record(&mut self, record: NodeId, specs: &[FieldSpec]) {
        let (text, tree) = (&*self.loaded.text, &*self.loaded.tree);
        for (index, field) in tree.children(record).enumerate() {
            let (Some(name), Some(value)) = (tree.field_name(text, field), tree.field_value(field))
            else {
                continue;
            };
            let Some(spec) = specs.iter().find(|spec| spec.name == name) else {
                continue;
            };
            let form = match spec.field_type {
                // What a chart's filter lets in is ids where its field holds links.
                FieldType::Text if name == "is" => match self.filtered(record) {
                    Some(kind) => FieldType::Link(kind),
                    None => continue,
                },
                FieldType::Link(_) | FieldType::Record { .. } => spec.field_type,
                _ => continue,
            };
            let value = unwrapped(text, tree, value);
            if spec.is_list() && tree.kind(value) == NodeKind::List {
                for (index, item) in tree.children(value).enumerate() {
                    self.value(item, value, index, &form, true);
                }
            } else {
                let optional =
                    spec.cardinality != linchpin_register::declare::FieldCardinality::Required;
                self.value(value, record, index, &form, optional);
            }
        }
    }

    fn value(
        &mut self,
        node: NodeId,
        holder: NodeId,
        index: usize,
        form: &FieldType,
        optional: bool,
    ) {
        let (text, tree) = (&*self.loaded.text, &*self.loaded.tree);
        match *form {
            FieldType::Record { fields, .. } => self.record(node, fields),
            FieldType::Link(kind) if kind == self.target => {
                let words = tree.span(node).of(text);
                let plain = words.strip_prefix('"').and_then(|w| w.strip_suffix('"'));
                let names_it = match tree.kind(node) {
                    NodeKind::Text => plain.is_some_and(|id| self.ids.contains(id)),
                    NodeKind::EscapedText => String::decode(&mut Decoder::new(text, tree), node)
                        .is_some_and(|id| self.ids.contains(id.as_str())),
                    _ => false,
                };
                if names_it {
                    self.found.push(TextLink {
                        kind: self.at.0,
                        record: self.at.1,
                        node,
                        holder,
                        index,
                        optional,
                    });
                }
            }
            _ => {}
        }
    }

    /// The type to whose records the field of a chart's filter links.
    fn filtered(&self, filter: NodeId) -> Option<RecordKind> {
        let (text, tree) = (&*self.loaded.text, &*self.loaded.tree);
        let field = tree.field(text, filter, "field")?;
        let name = tree.span(field).of(text).trim_matches('"');
        let chart = self.at.1;
        let lists = unwrapped(text, tree, tree.field(text, chart, "records")?);
        tree.children(lists).find_map(|list| {
            let list = tree.span(list).of(text);
            let kind = RecordList::ALL
                .iter()
                .find(|known| known.name() == list)?
                .kind();
            let spec = kind.fields().iter().find(|spec| spec.name == name)?;
            match spec.field_type {
                FieldType::Link(kind) => Some(kind),
                _ => None,
            }
        })
    }
}
