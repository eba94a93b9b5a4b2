//! Fields and items given anew, added, taken out.

use super::locate::{column_of, locate};
use super::messages::{EditLabel, ValueName};
use super::{EditRefusal, EditTarget, PlannedEdit, ValueLocation};
use linchpin_register::record_spans::unwrap_some;
use linchpin_register::schema::{FieldSpec, PathStep};
use linchpin_register::{FieldType, LoadedRegister};
use ron_lossless::edit::{ItemText, indented_at, insert, move_item as move_list_item, remove};
use ron_lossless::{NodeId, RonValue, TextEdit, write_like};

/// Gives a value anew, or takes it out.
pub(super) fn set_value(
    loaded: &LoadedRegister,
    target: &EditTarget,
    path: &[PathStep],
    value: Option<&RonValue>,
) -> PlannedEdit {
    let place = locate(loaded, target, path)?;
    let rest = path.get(place.depth + 1..).unwrap_or(&[]);
    let name = value_name(loaded, target, path);
    match (value, place.node) {
        (Some(value), Some(node)) => {
            let mut splices = Vec::new();
            replace_value(loaded, place, node, value, &mut splices)?;
            Ok((EditLabel::Change(name), splices))
        }
        (Some(value), None) => {
            let step = &path[place.depth];
            let splices = insert_value(
                loaded,
                target,
                path,
                place,
                step,
                &wrap_in_path(rest, value)?,
            )?;
            Ok((EditLabel::Set(name), splices))
        }
        (None, Some(_)) => Ok((
            EditLabel::TakeOut(name),
            remove_value(loaded, target, path, place)?,
        )),
        (None, None) => Ok((EditLabel::TakeOut(name), Vec::new())),
    }
}

/// Adds an item to a list, which is made where it is missing.
pub(super) fn append_item(
    loaded: &LoadedRegister,
    target: &EditTarget,
    path: &[PathStep],
    item: &RonValue,
) -> PlannedEdit {
    let place = locate(loaded, target, path)?;
    if !place.is_list || place.depth + 1 < path.len() {
        return Err(EditRefusal::NoList);
    }
    let label = EditLabel::AddTo(value_name(loaded, target, path));
    let Some(node) = place.node else {
        let list = RonValue::List(vec![item.clone()]);
        let splices = insert_value(loaded, target, path, place, &path[place.depth], &list)?;
        return Ok((label, splices));
    };
    let list = unwrap_some(&loaded.text, &loaded.tree, node);
    let count = loaded.tree.children(list).count();
    let body = item.lines(8);
    let splices = insert(
        &loaded.text,
        &loaded.tree,
        list,
        count,
        ItemText::Relative(&body),
    );
    Ok((label, splices.ok_or(EditRefusal::Unreadable)?))
}

/// Moves an item within its list.
pub(super) fn move_item(
    loaded: &LoadedRegister,
    target: &EditTarget,
    path: &[PathStep],
    from: usize,
    to: usize,
) -> PlannedEdit {
    let place = locate(loaded, target, path)?;
    let label = EditLabel::Reorder(value_name(loaded, target, path));
    let Some(node) = place.node.filter(|_| place.is_list) else {
        return Err(EditRefusal::NoList);
    };
    let list = unwrap_some(&loaded.text, &loaded.tree, node);
    let splices = move_list_item(&loaded.text, &loaded.tree, list, from, to);
    Ok((label, splices.unwrap_or_default()))
}

/// Puts a value in the place of another; of lists and records only the parts that differ.
fn replace_value(
    loaded: &LoadedRegister,
    place: ValueLocation,
    node: NodeId,
    value: &RonValue,
    out: &mut Vec<TextEdit>,
) -> Result<(), EditRefusal> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let inner = unwrap_some(text, tree, node);
    let old = RonValue::read(text, tree, inner);
    if old == *value {
        return Ok(());
    }
    let children: Vec<NodeId> = tree.children(inner).collect();
    match (&old, value) {
        (RonValue::List(before), RonValue::List(after)) if before.len() == after.len() => {
            for (child, item) in children.into_iter().zip(after) {
                let place = ValueLocation {
                    is_list: false,
                    ..place
                };
                replace_value(loaded, place, child, item, out)?;
            }
            return Ok(());
        }
        (RonValue::List(before), RonValue::List(after))
            if after.starts_with(before) && after.len() == before.len() + 1 =>
        {
            let body = after.last().map_or_else(String::new, |item| item.lines(8));
            let splices = insert(text, tree, inner, before.len(), ItemText::Relative(&body));
            out.extend(splices.ok_or(EditRefusal::Unreadable)?);
            return Ok(());
        }
        (RonValue::List(before), RonValue::List(after)) => {
            if let Some(gone) = removed_indices(before, after) {
                let splices = remove(text, tree, inner, &gone);
                out.extend(splices.ok_or(EditRefusal::Unreadable)?);
                return Ok(());
            }
        }
        // Where nothing stays there is nothing to take care of.
        (RonValue::Record(before), RonValue::Record(after))
            if before
                .iter()
                .any(|(name, _)| after.iter().any(|(other, _)| other == name)) =>
        {
            if let FieldType::Record { fields, .. } = place.form {
                return replace_record(loaded, inner, fields, before, after, out);
            }
        }
        _ => {}
    }
    let span = tree.span(node);
    let written = write_like(span.of(text), value, column_of(text, span));
    let written = match value {
        RonValue::Text(_) => written,
        _ => indented_at(text, span.start, &written),
    };
    out.push(TextEdit::new(span, written));
    Ok(())
}

/// The fields of a record that differ.
fn replace_record(
    loaded: &LoadedRegister,
    holder: NodeId,
    specs: &'static [FieldSpec],
    before: &[(String, RonValue)],
    after: &[(String, RonValue)],
    out: &mut Vec<TextEdit>,
) -> Result<(), EditRefusal> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let is_kept = |name: &str| after.iter().any(|(other, _)| other == name);
    let removed: Vec<usize> = (0..before.len())
        .filter(|i| !is_kept(&before[*i].0))
        .collect();
    if !removed.is_empty() {
        let splices = remove(text, tree, holder, &removed);
        out.extend(splices.ok_or(EditRefusal::Unreadable)?);
    }
    let mut added: Vec<(usize, String)> = Vec::new();
    for (name, value) in after {
        let spec = specs.iter().find(|spec| spec.name == name);
        match (tree.field(text, holder, name), spec) {
            (Some(node), spec) => {
                let place = ValueLocation {
                    node: Some(node),
                    container: holder,
                    form: spec.map_or(FieldType::Text, |spec| spec.field_type),
                    is_list: spec.is_some_and(FieldSpec::is_list),
                    depth: 0,
                };
                replace_value(loaded, place, node, value, out)?;
            }
            (None, _) => {
                let at = insertion_index(loaded, holder, specs, name, &removed);
                let line = value.lines(name.len() + 10);
                match added.iter_mut().find(|(place, _)| *place == at) {
                    Some((_, lines)) => *lines = format!("{lines},\n{name}: {line}"),
                    None => added.push((at, format!("{name}: {line}"))),
                }
            }
        }
    }
    for (at, body) in added {
        let splices = insert(text, tree, holder, at, ItemText::Relative(&body));
        out.extend(splices.ok_or(EditRefusal::Unreadable)?);
    }
    Ok(())
}

/// Puts a field or an item where there is none.
fn insert_value(
    loaded: &LoadedRegister,
    target: &EditTarget,
    path: &[PathStep],
    place: ValueLocation,
    step: &PathStep,
    value: &RonValue,
) -> Result<Vec<TextEdit>, EditRefusal> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let (at, body) = match *step {
        PathStep::Field(name) => {
            let specs = specs_of(loaded, target, path, place)?;
            let at = insertion_index(loaded, place.container, specs, name, &[]);
            (at, format!("{name}: {}", value.lines(name.len() + 10)))
        }
        PathStep::Index(_) => (tree.children(place.container).count(), value.lines(8)),
    };
    let splices = insert(text, tree, place.container, at, ItemText::Relative(&body));
    splices.ok_or(EditRefusal::Unreadable)
}

/// The fields that the holder of a place can have.
fn specs_of(
    loaded: &LoadedRegister,
    target: &EditTarget,
    path: &[PathStep],
    place: ValueLocation,
) -> Result<&'static [FieldSpec], EditRefusal> {
    if place.depth > 0 {
        let above = locate(loaded, target, &path[..place.depth])?;
        return match above.form {
            FieldType::Record { fields, .. } => Ok(fields),
            _ => Ok(&[]),
        };
    }
    match target {
        EditTarget::Register => Ok(linchpin_register::METADATA_FIELDS),
        EditTarget::Record(id) => {
            super::locate::find_record(loaded, id).map(|(at, _)| at.kind.fields())
        }
    }
}

/// Where a new field stands among those that are there: behind the last one that comes before it in
/// the standard order.
fn insertion_index(
    loaded: &LoadedRegister,
    holder: NodeId,
    specs: &[FieldSpec],
    name: &str,
    removed: &[usize],
) -> usize {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let order = |name: &str| specs.iter().position(|spec| spec.name == name);
    let own = order(name);
    let mut at = 0;
    for (index, child) in tree.children(holder).enumerate() {
        let other = tree.field_name(text, child).and_then(&order);
        let comes_first = other.is_none() || other < own;
        if comes_first && !removed.contains(&index) {
            at = index + 1;
        }
    }
    at
}

fn remove_value(
    loaded: &LoadedRegister,
    target: &EditTarget,
    path: &[PathStep],
    place: ValueLocation,
) -> Result<Vec<TextEdit>, EditRefusal> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let is_it = |child: &NodeId| match path[place.depth] {
        PathStep::Field(_) => tree.field_value(*child) == place.node,
        PathStep::Index(_) => Some(*child) == place.node,
    };
    let at = tree
        .children(place.container)
        .position(|child| is_it(&child));
    let count = tree.children(place.container).count();
    // A list that would be empty goes as a whole.
    if count == 1 && matches!(path[place.depth], PathStep::Index(_)) && place.depth > 0 {
        let list = locate(loaded, target, &path[..place.depth])?;
        return remove_value(loaded, target, &path[..place.depth], list);
    }
    at.and_then(|at| remove(text, tree, place.container, &[at]))
        .ok_or(EditRefusal::Unreadable)
}

/// The numbers of the items that `after` lacks, where it lacks some and has no others.
fn removed_indices(before: &[RonValue], after: &[RonValue]) -> Option<Vec<usize>> {
    let mut left = after.iter().peekable();
    let mut removed = Vec::new();
    for (index, item) in before.iter().enumerate() {
        if left.peek() == Some(&item) {
            left.next();
        } else {
            removed.push(index);
        }
    }
    left.peek().is_none().then_some(removed)
}

/// What leads to a value that is not there yet, with the value inside.
fn wrap_in_path(path: &[PathStep], value: &RonValue) -> Result<RonValue, EditRefusal> {
    let mut value = value.clone();
    for step in path.iter().rev() {
        value = match *step {
            PathStep::Field(name) => RonValue::Record(vec![(name.to_owned(), value)]),
            PathStep::Index(0) => RonValue::List(vec![value]),
            PathStep::Index(_) => return Err(EditRefusal::NoItem),
        };
    }
    Ok(value)
}

fn value_name(loaded: &LoadedRegister, target: &EditTarget, path: &[PathStep]) -> ValueName {
    ValueName {
        field: path.iter().find_map(|step| step.name()),
        record: match target {
            EditTarget::Register => None,
            EditTarget::Record(id) => Some(super::record_edits::record_title(loaded, id)),
        },
    }
}
