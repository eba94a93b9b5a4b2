//! Where records and their values stand in the text.

use super::{Refused, Target, refuse};
use linchpin_register::declare::{FieldSpec, PathStep};
use linchpin_register::record_spans::{lists, roots, unwrapped};
use linchpin_register::{FieldType, LoadedRegister, RecordKind, RecordRef};
use ron_lossless::{NodeId, RonValue, Span, Tree};

/// A place in the text that may hold a value.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The value; `None` where there is none yet.
    pub node: Option<NodeId>,
    /// The record, list or root that holds it.
    pub holder: NodeId,
    /// What the field there can hold.
    pub form: FieldType,
    /// The value is a list of such.
    pub is_list: bool,
    /// How many steps of the path led to `holder`.
    pub depth: usize,
}

/// The record with this id.
pub(super) fn record(loaded: &LoadedRegister, id: &str) -> Result<(RecordRef, NodeId), Refused> {
    let found = loaded.register.find(id);
    match found.and_then(|at| Some((at, loaded.record_node(at)?))) {
        Some(found) => Ok(found),
        None => refuse(format!("There is no record “{id}” any more")),
    }
}

/// The list that holds a record, and the record's number in it.
pub(super) fn list_of(
    loaded: &LoadedRegister,
    kind: RecordKind,
    node: NodeId,
) -> Result<(NodeId, usize), Refused> {
    let tree = &loaded.tree;
    let here = tree.span(node);
    let holds = |list: &NodeId| {
        let span = tree.span(*list);
        span.start <= here.start && here.end <= span.end
    };
    let list = lists(loaded, kind).find(holds);
    let found = list.and_then(|list| {
        let at = tree.children(list).position(|item| item == node)?;
        Some((list, at))
    });
    match found {
        Some(found) => Ok(found),
        None => refuse("This record stands in no list of the file"),
    }
}

/// Where the fields of the target stand, and which there can be. The register's own fields stand in
/// the first file that has them.
fn start(
    loaded: &LoadedRegister,
    target: &Target,
    first: Option<&PathStep>,
) -> Result<(NodeId, &'static [FieldSpec]), Refused> {
    match target {
        Target::Record(id) => record(loaded, id).map(|(at, node)| (node, at.kind.fields())),
        Target::Register => {
            let has_it = |root: &NodeId| match first {
                Some(PathStep::Field(name)) => {
                    loaded.tree.field(&loaded.text, *root, name).is_some()
                }
                _ => false,
            };
            let found = roots(&loaded.tree).find(has_it);
            match found.or_else(|| roots(&loaded.tree).next()) {
                Some(root) => Ok((root, linchpin_register::METADATA_FIELDS)),
                None => refuse("The file holds no register"),
            }
        }
    }
}

/// Follows a path from a record as far as the text has it.
pub(super) fn follow(
    loaded: &LoadedRegister,
    target: &Target,
    path: &[PathStep],
) -> Result<Place, Refused> {
    let (text, tree): (&str, &Tree) = (&loaded.text, &loaded.tree);
    let (mut holder, mut fields) = start(loaded, target, path.first())?;
    let mut place: Option<Place> = None;
    for (depth, step) in path.iter().enumerate() {
        if let Some(before) = place {
            match before.node {
                Some(node) => holder = unwrapped(text, tree, node),
                None => break,
            }
        }
        place = Some(match *step {
            PathStep::Field(name) => {
                let of_form = |place: Place| match place.form {
                    FieldType::Record { fields, .. } if !place.is_list => Some(fields),
                    _ => None,
                };
                fields = match place {
                    None => fields,
                    Some(before) => of_form(before).unwrap_or(&[]),
                };
                let Some(spec) = fields.iter().find(|spec| spec.name == name) else {
                    return refuse(format!("There is no field `{name}` here"));
                };
                Place {
                    node: tree.field(text, holder, name),
                    holder,
                    form: spec.field_type,
                    is_list: spec.is_list(),
                    depth,
                }
            }
            PathStep::Index(index) => {
                let Some(before) = place.filter(|before| before.is_list) else {
                    return refuse("This field holds no list");
                };
                Place {
                    node: tree.children(holder).nth(index),
                    holder,
                    form: before.form,
                    is_list: false,
                    depth,
                }
            }
        });
    }
    match place {
        Some(place) => Ok(place),
        None => refuse("Nothing says which field"),
    }
}

/// The value at a path, where the text has one.
pub fn value_at(loaded: &LoadedRegister, target: &Target, path: &[PathStep]) -> Option<RonValue> {
    let place = follow(loaded, target, path).ok()?;
    let node = place.node.filter(|_| place.depth + 1 == path.len())?;
    let node = unwrapped(&loaded.text, &loaded.tree, node);
    let value = RonValue::read(&loaded.text, &loaded.tree, node);
    (value != RonValue::bare("None")).then_some(value)
}

/// How many characters stand before a span on its line.
pub(super) fn column(text: &str, span: Span) -> usize {
    let before = text.get(..span.start as usize).unwrap_or("");
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    before[line..].chars().count()
}
