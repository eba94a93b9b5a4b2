//! Where records and their values stand in the text.

use super::{EditRefusal, EditTarget};
use linchpin_register::record_spans::{record_lists, root_records, unwrap_some};
use linchpin_register::schema::{FieldSpec, PathStep};
use linchpin_register::{FieldType, LoadedRegister, RecordKind, RecordRef};
use ron_lossless::{NodeId, RonValue, Span, Tree};

/// A place in the text that may hold a value.
#[derive(Clone, Copy, Debug)]
pub struct ValueLocation {
    /// The value; `None` where there is none yet.
    pub node: Option<NodeId>,
    /// The record, list or root that holds it.
    pub container: NodeId,
    /// What the field there can hold.
    pub field_type: FieldType,
    /// The value is a list of such.
    pub is_list: bool,
    /// How many steps of the path led to `container`.
    pub depth: usize,
}

/// The record with this id.
pub(super) fn find_record(
    loaded: &LoadedRegister,
    id: &str,
) -> Result<(RecordRef, NodeId), EditRefusal> {
    let found = loaded.register.find(id);
    found
        .and_then(|at| Some((at, loaded.record_node(at)?)))
        .ok_or_else(|| EditRefusal::NoRecord(id.to_owned()))
}

/// The list that holds a record, and the record's number in it.
pub(super) fn list_containing(
    loaded: &LoadedRegister,
    kind: RecordKind,
    node: NodeId,
) -> Result<(NodeId, usize), EditRefusal> {
    let tree = &loaded.tree;
    let here = tree.span(node);
    let holds = |list: &NodeId| {
        let span = tree.span(*list);
        span.start <= here.start && here.end <= span.end
    };
    let list = record_lists(loaded, kind).find(holds);
    let found = list.and_then(|list| {
        let at = tree.children(list).position(|item| item == node)?;
        Some((list, at))
    });
    found.ok_or(EditRefusal::Unlisted)
}

/// Where the fields of the target stand, and which there can be. The register's own fields stand in
/// the first file that has them.
fn target_fields(
    loaded: &LoadedRegister,
    target: &EditTarget,
    first: Option<&PathStep>,
) -> Result<(NodeId, &'static [FieldSpec]), EditRefusal> {
    match target {
        EditTarget::Record(id) => {
            find_record(loaded, id).map(|(at, node)| (node, at.kind.fields()))
        }
        EditTarget::Register => {
            let has_it = |root: &NodeId| match first {
                Some(PathStep::Field(name)) => {
                    loaded.tree.field(&loaded.text, *root, name).is_some()
                }
                _ => false,
            };
            // Of a folder's files any may have the field; one that none has goes into the first.
            let found = root_records(&loaded.tree).find(has_it);
            match found.or_else(|| root_records(&loaded.tree).next()) {
                Some(root) => Ok((root, linchpin_register::METADATA_FIELDS)),
                None => Err(EditRefusal::NoRegister),
            }
        }
    }
}

/// Follows a path from a record as far as the text has it.
pub(super) fn locate(
    loaded: &LoadedRegister,
    target: &EditTarget,
    path: &[PathStep],
) -> Result<ValueLocation, EditRefusal> {
    let (text, tree): (&str, &Tree) = (&loaded.text, &loaded.tree);
    let (mut container, mut fields) = target_fields(loaded, target, path.first())?;
    let mut location: Option<ValueLocation> = None;
    for (depth, step) in path.iter().enumerate() {
        if let Some(before) = location {
            match before.node {
                Some(node) => container = unwrap_some(text, tree, node),
                // The text ends here, and the path goes on: whoever sets a value makes the rest.
                None => break,
            }
        }
        location = Some(match *step {
            PathStep::Field(name) => {
                let of_form = |location: ValueLocation| match location.field_type {
                    FieldType::Record { fields, .. } if !location.is_list => Some(fields),
                    _ => None,
                };
                fields = match location {
                    None => fields,
                    Some(before) => of_form(before).unwrap_or(&[]),
                };
                let Some(spec) = fields.iter().find(|spec| spec.name == name) else {
                    return Err(EditRefusal::NoField(name.to_owned()));
                };
                ValueLocation {
                    node: tree.field(text, container, name),
                    container,
                    field_type: spec.field_type,
                    is_list: spec.is_list(),
                    depth,
                }
            }
            PathStep::Index(index) => {
                let Some(before) = location.filter(|before| before.is_list) else {
                    return Err(EditRefusal::NoList);
                };
                ValueLocation {
                    node: tree.children(container).nth(index),
                    container,
                    field_type: before.field_type,
                    is_list: false,
                    depth,
                }
            }
        });
    }
    location.ok_or(EditRefusal::EmptyPath)
}

/// The value at a path, where the text has one.
pub fn value_at(
    loaded: &LoadedRegister,
    target: &EditTarget,
    path: &[PathStep],
) -> Option<RonValue> {
    let location = locate(loaded, target, path).ok()?;
    let node = location.node.filter(|_| location.depth + 1 == path.len())?;
    let node = unwrap_some(&loaded.text, &loaded.tree, node);
    let value = RonValue::read(&loaded.text, &loaded.tree, node);
    (value != RonValue::bare("None")).then_some(value)
}

/// How many characters stand before a span on its line.
pub(super) fn column_of(text: &str, span: Span) -> usize {
    let before = text.get(..span.start as usize).unwrap_or("");
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    before[line..].chars().count()
}
