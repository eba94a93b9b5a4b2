//! Whole records: added, copied, taken out, renamed, moved.

use super::links::links_to;
use super::locate::{find_record, list_containing};
use super::messages::{EditLabel, truncate_title};
use super::record_matching::record_id;
use super::{EditRefusal, PlannedEdit};
use linchpin_register::link::slug;
use linchpin_register::record_spans::{record_lists, root_records};
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::edit::{ItemText, insert, move_item, remove as remove_items};
use ron_lossless::{NodeId, RonValue, TextEdit, apply, write_like};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Where a record goes within its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveDirection {
    /// Before the one that it follows.
    Up,
    /// Behind the one that follows it.
    Down,
    /// To the start of the list.
    First,
    /// To its end.
    Last,
}

/// Adds a record.
pub(super) fn add_record(
    loaded: &LoadedRegister,
    kind: RecordKind,
    fields: &[(String, RonValue)],
    after: Option<&str>,
) -> PlannedEdit {
    let title = title_of_fields(fields);
    if let Some((_, RonValue::Text(id))) = fields.iter().find(|(name, _)| name == "id") {
        check_id(loaded, id)?;
    }
    let edits = insert_records(loaded, kind, &RonValue::block(fields), after)?;
    Ok((EditLabel::AddRecord { kind, title }, edits))
}

/// Adds records at the end of their list, in their order. Their ids must be free.
///
/// # Errors
/// Where the list cannot be read.
pub fn add_records(
    loaded: &LoadedRegister,
    kind: RecordKind,
    records: &[Vec<(String, RonValue)>],
) -> Result<Vec<TextEdit>, EditRefusal> {
    let bodies: Vec<String> = records
        .iter()
        .map(|fields| RonValue::block(fields))
        .collect();
    insert_records(loaded, kind, &bodies.join(",\n"), None)
}

/// Puts written records into their list, which is made where there is none.
fn insert_records(
    loaded: &LoadedRegister,
    kind: RecordKind,
    body: &str,
    after: Option<&str>,
) -> Result<Vec<TextEdit>, EditRefusal> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let neighbor = after.and_then(|id| find_record(loaded, id).ok());
    let place = match neighbor.filter(|(at, _)| at.kind == kind) {
        Some((_, node)) => list_containing(loaded, kind, node)
            .map(|(list, at)| (list, at + 1))
            .ok(),
        None => None,
    };
    let place = place.or_else(|| {
        let list = record_lists(loaded, kind).last()?;
        Some((list, tree.children(list).count()))
    });
    let text_edits = match place {
        Some((list, at)) => insert(text, tree, list, at, ItemText::Relative(body)),
        None => {
            let Some(root) = root_records(tree).last() else {
                return Err(EditRefusal::NoRegister);
            };
            let order = |name: &str| RecordKind::ALL.iter().position(|k| k.list() == name);
            let comes_first = |field: NodeId| {
                let other = tree.field_name(text, field).and_then(order);
                other < Some(kind as usize)
            };
            let fields = tree.children(root).enumerate();
            let at = fields.filter(|(_, f)| comes_first(*f)).last();
            let list = format!(
                "{}: [\n    {},\n]",
                kind.list(),
                body.replace('\n', "\n    ")
            );
            let at = at.map_or(0, |(index, _)| index + 1);
            insert(text, tree, root, at, ItemText::Relative(&list))
        }
    };
    text_edits.ok_or(EditRefusal::UnreadableList(kind))
}

/// Adds a copy of a record behind it.
pub(super) fn duplicate_record(loaded: &LoadedRegister, id: &str, new_id: &str) -> PlannedEdit {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    check_id(loaded, new_id)?;
    let (at, node) = find_record(loaded, id)?;
    let (list, index) = list_containing(loaded, at.kind, node)?;
    let span = tree.span(node);
    let Some(old) = tree.field(text, node, "id").map(|id| tree.span(id)) else {
        return Err(EditRefusal::NoId);
    };
    let in_copy = ron_lossless::Span::new(old.start - span.start, old.end - span.start);
    let new = write_like(old.of(text), &RonValue::text(new_id), 0);
    let copy = apply(span.of(text), &[TextEdit::new(in_copy, new)]);
    let copy = copy.ok_or(EditRefusal::Unreadable)?;
    let text_edits = insert(text, tree, list, index + 1, ItemText::Verbatim(&copy));
    let title = record_title(loaded, id);
    Ok((
        EditLabel::Duplicate { title },
        text_edits.ok_or(EditRefusal::Unreadable)?,
    ))
}

/// Takes records out, and the links to them where it is asked for.
pub(super) fn remove_records(loaded: &LoadedRegister, ids: &[String], unlink: bool) -> PlannedEdit {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    // Records and links by what holds them, since all that goes from one container goes in one
    // removal: commas and comments between two of them belong to both.
    let mut containers: BTreeMap<NodeId, Vec<usize>> = BTreeMap::new();
    let mut kinds: BTreeMap<RecordKind, Vec<&str>> = BTreeMap::new();
    let mut removed: HashSet<NodeId> = HashSet::new();
    for id in ids {
        let (at, node) = find_record(loaded, id)?;
        kinds.entry(at.kind).or_default().push(id);
        removed.insert(node);
    }
    for list in kinds.keys().flat_map(|kind| record_lists(loaded, *kind)) {
        let items = tree.children(list).enumerate();
        let removed = items.filter(|(_, node)| removed.contains(node));
        let removed: Vec<usize> = removed.map(|(index, _)| index).collect();
        if !removed.is_empty() {
            containers.insert(list, removed);
        }
    }
    if containers.values().map(Vec::len).sum::<usize>() < removed.len() {
        return Err(EditRefusal::OneUnlisted);
    }
    let mut enclosing_records: HashMap<NodeId, NodeId> = HashMap::new();
    if unlink {
        for (kind, ids) in &kinds {
            let mut links = links_to(loaded, *kind, ids);
            // Links within what is removed go with it, and records that need each other can go
            // together.
            links.retain(|link| !removed.contains(&link.record_node));
            if let Some(required) = links.iter().find(|link| !link.is_optional) {
                return Err(EditRefusal::RequiredLink {
                    from: required.kind,
                    id: record_id(loaded, required.record_node),
                    to: *kind,
                });
            }
            for link in links {
                containers
                    .entry(link.container)
                    .or_default()
                    .push(link.index);
                enclosing_records.insert(link.container, link.record_node);
            }
        }
    }
    let mut text_edits = Vec::new();
    for (container, items) in containers {
        let emptied = tree.children(container).count() == items.len();
        let record = enclosing_records
            .get(&container)
            .filter(|_| emptied && unlink);
        let (container, items) =
            match record.and_then(|record| enclosing_field(loaded, *record, container)) {
                // A list that would be empty goes as a whole, but never one of the register's own.
                Some((record, field)) => (record, vec![field]),
                None => (container, items),
            };
        let removed = remove_items(text, tree, container, &items);
        text_edits.extend(removed.ok_or(EditRefusal::Unreadable)?);
    }
    let label = match ids {
        [one] => EditLabel::Remove {
            title: record_title(loaded, one),
        },
        many => EditLabel::RemoveMany { count: many.len() },
    };
    Ok((label, text_edits))
}

/// What holds this list within a record, and the number of the field there whose value it is.
fn enclosing_field(
    loaded: &LoadedRegister,
    record: NodeId,
    list: NodeId,
) -> Option<(NodeId, usize)> {
    let tree = &loaded.tree;
    let place = tree.span(list);
    let mut container = record;
    loop {
        let holds = |child: &NodeId| {
            let span = tree.span(*child);
            span.start <= place.start && place.end <= span.end
        };
        let index = tree.children(container).position(|child| holds(&child))?;
        let child = tree.children(container).nth(index)?;
        if tree.field_value(child) == Some(list) {
            return Some((container, index));
        }
        container = tree.field_value(child).unwrap_or(child);
    }
}

/// Gives a record another id, and every link to it as well.
pub(super) fn rename_record(loaded: &LoadedRegister, id: &str, new_id: &str) -> PlannedEdit {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let (at, node) = find_record(loaded, id)?;
    let label = EditLabel::Rename {
        from: id.to_owned(),
        to: new_id.to_owned(),
    };
    // Before the id is checked: it is taken, by this record.
    if id == new_id {
        return Ok((label, Vec::new()));
    }
    check_id(loaded, new_id)?;
    let own = tree.field(text, node, "id");
    // From the text and not from the register: a record that could not be loaded links as well, and
    // its link would be broken when it has been set right.
    let links = links_to(loaded, at.kind, &[id]);
    let nodes = own.into_iter().chain(links.iter().map(|link| link.node));
    let new = RonValue::text(new_id);
    let text_edit = |node| {
        let span = tree.span(node);
        TextEdit::new(span, write_like(span.of(text), &new, 0))
    };
    Ok((label, nodes.map(text_edit).collect()))
}

/// Moves a record within its list.
pub(super) fn move_record(
    loaded: &LoadedRegister,
    id: &str,
    direction: MoveDirection,
) -> PlannedEdit {
    let (at, node) = find_record(loaded, id)?;
    let (list, from) = list_containing(loaded, at.kind, node)?;
    let last = loaded.tree.children(list).count().saturating_sub(1);
    let to = match direction {
        MoveDirection::Up => from.saturating_sub(1),
        MoveDirection::Down => (from + 1).min(last),
        MoveDirection::First => 0,
        MoveDirection::Last => last,
    };
    let text_edits = move_item(&loaded.text, &loaded.tree, list, from, to);
    let title = record_title(loaded, id);
    let label = EditLabel::Move { title };
    match text_edits {
        Some(text_edits) => Ok((label, text_edits)),
        None if from == to => Ok((label, Vec::new())),
        None => Err(EditRefusal::Unreadable),
    }
}

/// An id that no record has and that ids can be.
fn check_id(loaded: &LoadedRegister, id: &str) -> Result<(), EditRefusal> {
    if id != slug(id) || id.is_empty() {
        return Err(EditRefusal::InvalidId {
            id: id.to_owned(),
            suggestion: Some(slug(id)).filter(|slug| !slug.is_empty()),
        });
    }
    match loaded.register.find(id) {
        Some(_) => Err(EditRefusal::TakenId(id.to_owned())),
        None => Ok(()),
    }
}

/// The name of a record on screen, short enough for a list of steps.
pub(super) fn record_title(loaded: &LoadedRegister, id: &str) -> String {
    let register = &loaded.register;
    let found = register.find(id).and_then(|at| register.record(at));
    truncate_title(found.map_or(id, |record| record.title()))
}

fn title_of_fields(fields: &[(String, RonValue)]) -> String {
    let name = fields.iter().find_map(|(name, value)| match value {
        RonValue::Text(text) if ["title", "name", "label"].contains(&name.as_str()) => {
            Some(text.as_str())
        }
        _ => None,
    });
    truncate_title(name.unwrap_or(""))
}
