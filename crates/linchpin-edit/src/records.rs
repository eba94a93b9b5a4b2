//! Whole records: added, copied, taken out, renamed, moved.

use super::links::{TextLink, links_to};
use super::site::{list_of, record};
use super::{Refused, refuse};
use linchpin_register::link::slug;
use linchpin_register::record_spans::{lists, roots};
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::edit::{ItemText, insert, move_item, remove as remove_items};
use ron_lossless::{NodeId, RonValue, TextEdit, apply, quote, write_like};
use std::collections::{BTreeMap, HashMap, HashSet};

type Planned = Result<(String, Vec<TextEdit>), Refused>;

/// Where a record goes within its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    Up,
    Down,
    First,
    Last,
}

/// Adds a record.
pub(super) fn add(
    loaded: &LoadedRegister,
    kind: RecordKind,
    fields: &[(String, RonValue)],
    after: Option<&str>,
) -> Planned {
    let words = format!("Add the {} “{}”", kind.what(), name_of(fields));
    if let Some((_, RonValue::Text(id))) = fields.iter().find(|(name, _)| name == "id") {
        free(loaded, id)?;
    }
    Ok((words, put(loaded, kind, &RonValue::block(fields), after)?))
}

/// Adds records at the end of their list, in their order. Their ids must be free.
///
/// # Errors
/// Where the list cannot be read.
pub fn add_all(
    loaded: &LoadedRegister,
    kind: RecordKind,
    records: &[Vec<(String, RonValue)>],
) -> Result<Vec<TextEdit>, Refused> {
    let bodies: Vec<String> = records
        .iter()
        .map(|fields| RonValue::block(fields))
        .collect();
    put(loaded, kind, &bodies.join(",\n"), None)
}

/// Puts written records into their list, which is made where there is none.
fn put(
    loaded: &LoadedRegister,
    kind: RecordKind,
    body: &str,
    after: Option<&str>,
) -> Result<Vec<TextEdit>, Refused> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let neighbor = after.and_then(|id| record(loaded, id).ok());
    let place = match neighbor.filter(|(at, _)| at.kind == kind) {
        Some((_, node)) => list_of(loaded, kind, node)
            .map(|(list, at)| (list, at + 1))
            .ok(),
        None => None,
    };
    let place = place.or_else(|| {
        let list = lists(loaded, kind).last()?;
        Some((list, tree.children(list).count()))
    });
    let splices = match place {
        Some((list, at)) => insert(text, tree, list, at, ItemText::Relative(body)),
        None => {
            let Some(root) = roots(tree).last() else {
                return refuse("The file holds no register");
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
    match splices {
        Some(splices) => Ok(splices),
        None => refuse(format!(
            "The list `{}` cannot be read just now",
            kind.list()
        )),
    }
}

/// Adds a copy of a record behind it.
pub(super) fn duplicate(loaded: &LoadedRegister, id: &str, new_id: &str) -> Planned {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    free(loaded, new_id)?;
    let (at, node) = record(loaded, id)?;
    let (list, index) = list_of(loaded, at.kind, node)?;
    let span = tree.span(node);
    let Some(old) = tree.field(text, node, "id").map(|id| tree.span(id)) else {
        return refuse("This record has no id of its own");
    };
    let in_copy = ron_lossless::Span::new(old.start - span.start, old.end - span.start);
    let new = write_like(old.of(text), &RonValue::text(new_id), 0);
    let copy = apply(span.of(text), &[TextEdit::new(in_copy, new)]).unwrap_or_default();
    match insert(text, tree, list, index + 1, ItemText::Verbatim(&copy)) {
        Some(splices) => Ok((format!("Duplicate “{}”", title(loaded, id)), splices)),
        None => refuse("This part of the file cannot be read just now"),
    }
}

/// Takes records out, and the links to them where it is asked for.
pub(super) fn remove(loaded: &LoadedRegister, ids: &[String], unlink: bool) -> Planned {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let mut holders: BTreeMap<NodeId, Vec<usize>> = BTreeMap::new();
    let mut kinds: BTreeMap<RecordKind, Vec<&str>> = BTreeMap::new();
    let mut going: HashSet<NodeId> = HashSet::new();
    for id in ids {
        let (at, node) = record(loaded, id)?;
        kinds.entry(at.kind).or_default().push(id);
        going.insert(node);
    }
    for list in kinds.keys().flat_map(|kind| lists(loaded, *kind)) {
        let items = tree.children(list).enumerate();
        let gone = items.filter(|(_, node)| going.contains(node));
        let gone: Vec<usize> = gone.map(|(index, _)| index).collect();
        if !gone.is_empty() {
            holders.insert(list, gone);
        }
    }
    if holders.values().map(Vec::len).sum::<usize>() < going.len() {
        return refuse("One of these records stands in no list of the file");
    }
    let mut around: HashMap<NodeId, NodeId> = HashMap::new();
    if unlink {
        for (kind, ids) in &kinds {
            let mut links = links_to(loaded, *kind, ids);
            links.retain(|link| !going.contains(&link.record));
            if let Some(firm) = links.iter().find(|link| !link.optional) {
                return refuse(needs_it(loaded, *kind, firm));
            }
            for link in links {
                holders.entry(link.holder).or_default().push(link.index);
                around.insert(link.holder, link.record);
            }
        }
    }
    let mut splices = Vec::new();
    for (holder, items) in holders {
        let emptied = tree.children(holder).count() == items.len();
        let record = around.get(&holder).filter(|_| emptied && unlink);
        let (holder, items) = match record.and_then(|record| above(loaded, *record, holder)) {
            // A list that would be empty goes as a whole, but never one of the register's own.
            Some((record, field)) => (record, vec![field]),
            None => (holder, items),
        };
        match remove_items(text, tree, holder, &items) {
            Some(gone) => splices.extend(gone),
            None => return refuse("This part of the file cannot be read just now"),
        }
    }
    let words = match ids {
        [one] => format!("Remove “{}”", title(loaded, one)),
        many => format!("Remove {} records", many.len()),
    };
    Ok((words, splices))
}

fn needs_it(loaded: &LoadedRegister, kind: RecordKind, link: &TextLink) -> String {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let id = tree
        .field(text, link.record, "id")
        .map_or("", |id| tree.span(id).of(text));
    format!(
        "The {} {id} needs this {}: give it another one first, or remove it as well",
        link.kind.what(),
        kind.what()
    )
}

/// What holds this list within a record, and the number of the field there whose value it is.
fn above(loaded: &LoadedRegister, record: NodeId, list: NodeId) -> Option<(NodeId, usize)> {
    let tree = &loaded.tree;
    let place = tree.span(list);
    let mut holder = record;
    loop {
        let holds = |child: &NodeId| {
            let span = tree.span(*child);
            span.start <= place.start && place.end <= span.end
        };
        let index = tree.children(holder).position(|child| holds(&child))?;
        let child = tree.children(holder).nth(index)?;
        if tree.field_value(child) == Some(list) {
            return Some((holder, index));
        }
        holder = tree.field_value(child).unwrap_or(child);
    }
}

/// Gives a record another id, and every link to it as well.
pub(super) fn rename(loaded: &LoadedRegister, id: &str, new_id: &str) -> Planned {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let (at, node) = record(loaded, id)?;
    if id == new_id {
        return Ok((format!("Rename {id}"), Vec::new()));
    }
    free(loaded, new_id)?;
    let own = tree.field(text, node, "id");
    let links = links_to(loaded, at.kind, &[id]);
    let nodes = own.into_iter().chain(links.iter().map(|link| link.node));
    let new = RonValue::text(new_id);
    let splice = |node| {
        let span = tree.span(node);
        TextEdit::new(span, write_like(span.of(text), &new, 0))
    };
    Ok((
        format!("Rename {id} to {new_id}"),
        nodes.map(splice).collect(),
    ))
}

/// Moves a record within its list.
pub(super) fn shift(loaded: &LoadedRegister, id: &str, by: Shift) -> Planned {
    let (at, node) = record(loaded, id)?;
    let (list, from) = list_of(loaded, at.kind, node)?;
    let last = loaded.tree.children(list).count().saturating_sub(1);
    let to = match by {
        Shift::Up => from.saturating_sub(1),
        Shift::Down => (from + 1).min(last),
        Shift::First => 0,
        Shift::Last => last,
    };
    let splices = move_item(&loaded.text, &loaded.tree, list, from, to);
    let words = format!("Move “{}”", title(loaded, id));
    match splices {
        Some(splices) => Ok((words, splices)),
        None if from == to => Ok((words, Vec::new())),
        None => refuse("This part of the file cannot be read just now"),
    }
}

/// An id that no record has and that ids can be.
fn free(loaded: &LoadedRegister, id: &str) -> Result<(), Refused> {
    if id != slug(id) || id.is_empty() {
        return match slug(id) {
            slug if slug.is_empty() => {
                refuse("An id has lower-case letters, digits and single hyphens")
            }
            slug => refuse(format!("{} is no id; write {}", quote(id), quote(&slug))),
        };
    }
    match loaded.register.find(id) {
        Some(_) => refuse(format!("Another record has the id {} already", quote(id))),
        None => Ok(()),
    }
}

/// The name of a record on screen, short enough for a list of steps.
pub(super) fn title(loaded: &LoadedRegister, id: &str) -> String {
    let register = &loaded.register;
    let found = register.find(id).and_then(|at| register.record(at));
    shortened(found.map_or(id, |record| record.title()))
}

fn name_of(fields: &[(String, RonValue)]) -> String {
    let name = fields.iter().find_map(|(name, value)| match value {
        RonValue::Text(text) if ["title", "name", "label"].contains(&name.as_str()) => {
            Some(text.as_str())
        }
        _ => None,
    });
    shortened(name.unwrap_or(""))
}

pub(super) fn shortened(text: &str) -> String {
    const MAX_CHARS: usize = 60;
    match text.char_indices().nth(MAX_CHARS) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}
