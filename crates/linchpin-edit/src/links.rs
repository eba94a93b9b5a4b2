//! Links as they stand in the text, those of records that could not be loaded among them.

use linchpin_register::chart_vocabulary::RecordList;
use linchpin_register::document_fields::spec_of;
use linchpin_register::record_spans::{record_lists, text_value, unwrap_some};
use linchpin_register::schema::FieldSpec;
use linchpin_register::{FieldType, LoadedRegister, RecordKind, tables};
use ron_lossless::{NodeId, NodeKind};
use std::collections::HashSet;

/// One link in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLink {
    /// The type of the record in which it stands.
    pub kind: RecordKind,
    /// The node of that record.
    pub record_node: NodeId,
    /// The id in its quotation marks.
    pub node: NodeId,
    /// What holds it: a list, or the record whose field it is.
    pub container: NodeId,
    /// Its number among what the container holds.
    pub index: usize,
    /// It can be taken out, and leaves a sound record behind.
    pub is_optional: bool,
}

/// Every link to a record of this type that names one of the ids, in the order of the text.
pub fn links_to(loaded: &LoadedRegister, target: RecordKind, ids: &[&str]) -> Vec<TextLink> {
    let mut finder = LinkFinder {
        loaded,
        target,
        ids: ids.iter().copied().collect(),
        links: Vec::new(),
        current_record: (RecordKind::ALL[0], 0),
    };
    for &kind in RecordKind::ALL {
        for list in record_lists(loaded, kind) {
            for record in loaded.tree.children(list) {
                finder.current_record = (kind, record);
                finder.visit_record(record, kind.fields());
            }
        }
    }
    // Lists are visited by type, which is not the order of the text.
    finder
        .links
        .sort_by_key(|link| loaded.tree.span(link.node).start);
    finder.links
}

struct LinkFinder<'a> {
    loaded: &'a LoadedRegister,
    target: RecordKind,
    ids: HashSet<&'a str>,
    links: Vec<TextLink>,
    current_record: (RecordKind, NodeId),
}

impl LinkFinder<'_> {
    fn visit_record(&mut self, record: NodeId, specs: &[FieldSpec]) {
        let (text, tree) = (&*self.loaded.text, &*self.loaded.tree);
        for (index, field) in tree.children(record).enumerate() {
            let (Some(name), Some(value)) = (tree.field_name(text, field), tree.field_value(field))
            else {
                continue;
            };
            let Some(spec) = specs.iter().find(|spec| spec.name == name) else {
                continue;
            };
            let field_type = match spec.field_type {
                // What a chart's filter lets in is ids where its field holds links.
                FieldType::Text if name == "is" => match self.filter_target_kind(record) {
                    Some(kind) => FieldType::Link(kind),
                    None => continue,
                },
                FieldType::Link(_) | FieldType::Record { .. } => spec.field_type,
                _ => continue,
            };
            let value = unwrap_some(text, tree, value);
            if spec.is_list() && tree.kind(value) == NodeKind::List {
                for (index, item) in tree.children(value).enumerate() {
                    self.visit_value(item, value, index, &field_type, true);
                }
            } else {
                let is_optional =
                    spec.cardinality != linchpin_register::schema::FieldCardinality::Required;
                self.visit_value(value, record, index, &field_type, is_optional);
            }
        }
    }

    fn visit_value(
        &mut self,
        node: NodeId,
        container: NodeId,
        index: usize,
        field_type: &FieldType,
        is_optional: bool,
    ) {
        let (text, tree) = (&*self.loaded.text, &*self.loaded.tree);
        match *field_type {
            FieldType::Record { fields, .. } => self.visit_record(node, fields),
            FieldType::Link(kind) if kind == self.target => {
                let id = text_value(text, tree, node);
                if id.is_some_and(|id| self.ids.contains(&*id)) {
                    self.links.push(TextLink {
                        kind: self.current_record.0,
                        record_node: self.current_record.1,
                        node,
                        container,
                        index,
                        is_optional,
                    });
                }
            }
            _ => {}
        }
    }

    /// The type to whose records the field of a chart's filter links.
    fn filter_target_kind(&self, filter: NodeId) -> Option<RecordKind> {
        let (text, tree) = (&*self.loaded.text, &*self.loaded.tree);
        let field = unwrap_some(text, tree, tree.field(text, filter, "field")?);
        let name = text_value(text, tree, field)?;
        let chart = self.current_record.1;
        let record_lists = unwrap_some(text, tree, tree.field(text, chart, "records")?);
        tree.children(record_lists).find_map(|list| {
            let list = tree.span(list).of(text);
            let kind = RecordList::ALL
                .iter()
                .find(|known| known.name() == list)?
                .kind();
            let spec = spec_of(kind, name.as_ref());
            // A filter may also name what the table of the records is narrowed by, such as the
            // documents that they cite.
            let facet = || {
                let mut facets = tables::of_kind(kind).facets.iter();
                facets.find(|facet| facet.key == name)
            };
            let field_type = spec.map(|spec| spec.field_type);
            match field_type.or_else(|| facet().map(|facet| facet.value_type))? {
                FieldType::Link(kind) => Some(kind),
                _ => None,
            }
        })
    }
}
