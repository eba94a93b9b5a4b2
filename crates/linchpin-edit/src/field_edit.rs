//! A change of one value: in a record that stands in the text, or in one that is still being made.
//! In the text it is planned so that as little as possible is written anew: comments and layout of
//! all that stays are kept.

use super::locate::{column_of, find_record, locate};
use super::messages::{EditLabel, ValueName};
use super::record_edits::record_title;
use super::{Edit, EditRefusal, EditTarget, PlannedEdit, ValueLocation};
use linchpin_register::record_spans::unwrap_some;
use linchpin_register::schema::{FieldSpec, PathStep};
use linchpin_register::{FieldType, LoadedRegister};
use ron_lossless::edit::{ItemText, indented_at, insert, move_item as move_list_item, remove};
use ron_lossless::{NodeId, RonValue, TextEdit, write_like};

/// A change of the value at a path.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldEdit {
    /// From the record to the value.
    pub path: Vec<PathStep>,
    /// What happens there.
    pub change: ValueChange,
}

/// What happens to the value.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueChange {
    /// It becomes this one, and is added where there is none.
    Set(RonValue),
    /// It goes, with its field or its place in the list.
    Remove,
    /// Adds an item to the list.
    Append(RonValue),
    /// Moves an item of the list.
    Move {
        /// Its number.
        from: usize,
        /// The number that it gets.
        to: usize,
    },
}

impl FieldEdit {
    /// Sets a value.
    pub fn set(path: &[PathStep], value: RonValue) -> Self {
        FieldEdit {
            path: path.to_vec(),
            change: ValueChange::Set(value),
        }
    }

    /// Removes a value.
    pub fn remove(path: &[PathStep]) -> Self {
        FieldEdit {
            path: path.to_vec(),
            change: ValueChange::Remove,
        }
    }

    /// The edit that does it in the text.
    pub fn into_edit(self, target: &EditTarget) -> Edit {
        Edit::Field {
            target: target.clone(),
            edit: self,
        }
    }

    /// Does it to fields that stand in no text yet. What leads to the value is made where it is
    /// missing.
    pub fn apply_to_fields(self, fields: &mut Vec<(String, RonValue)>) {
        let mut root = RonValue::Record(std::mem::take(fields));
        fill(&mut root, &self.path, self.change);
        if let RonValue::Record(filled) = root {
            *fields = filled;
        }
    }
}

/// The value at a path among fields that stand in no text yet.
pub fn value_in_fields(fields: &[(String, RonValue)], path: &[PathStep]) -> Option<RonValue> {
    let (first, rest) = path.split_first()?;
    let PathStep::Field(name) = first else {
        return None;
    };
    let mut value = &fields.iter().find(|(other, _)| other == name)?.1;
    for step in rest {
        value = match (step, value) {
            (PathStep::Field(name), RonValue::Record(fields)) => {
                &fields.iter().find(|(other, _)| other == name)?.1
            }
            (PathStep::Index(index), RonValue::List(items)) => items.get(*index)?,
            _ => return None,
        };
    }
    Some(value.clone())
}

fn fill(value: &mut RonValue, path: &[PathStep], change: ValueChange) {
    let Some((step, rest)) = path.split_first() else {
        return apply_change(value, change);
    };
    let removed = rest.is_empty() && change == ValueChange::Remove;
    match (*step, value) {
        (PathStep::Field(name), RonValue::Record(fields)) => {
            let at = fields.iter().position(|(other, _)| other == name);
            match at {
                Some(at) if removed => {
                    fields.remove(at);
                }
                Some(at) => fill(&mut fields[at].1, rest, change),
                None if removed => {}
                None => {
                    let mut new = empty_container(rest, &change);
                    fill(&mut new, rest, change);
                    fields.push((name.to_owned(), new));
                }
            }
        }
        (PathStep::Index(index), RonValue::List(items)) => match items.get_mut(index) {
            Some(_) if removed => {
                items.remove(index);
            }
            Some(item) => fill(item, rest, change),
            None if removed => {}
            None => {
                let mut new = empty_container(rest, &change);
                fill(&mut new, rest, change);
                items.push(new);
            }
        },
        _ => {}
    }
}

/// What a value is before anything is filled into it.
fn empty_container(rest: &[PathStep], change: &ValueChange) -> RonValue {
    match (rest.first(), change) {
        (Some(PathStep::Index(_)), _) | (None, ValueChange::Append(_)) => {
            RonValue::List(Vec::new())
        }
        _ => RonValue::Record(Vec::new()),
    }
}

fn apply_change(value: &mut RonValue, change: ValueChange) {
    match (change, value) {
        (ValueChange::Set(new), value) => *value = new,
        (ValueChange::Append(item), RonValue::List(items)) => items.push(item),
        (ValueChange::Move { from, to }, RonValue::List(items)) if from < items.len() => {
            let item = items.remove(from);
            items.insert(to.min(items.len()), item);
        }
        _ => {}
    }
}

/// Replaces a value, or takes it out.
pub(super) fn set_value(
    loaded: &LoadedRegister,
    target: &EditTarget,
    path: &[PathStep],
    value: Option<&RonValue>,
) -> PlannedEdit {
    let location = locate(loaded, target, path)?;
    let rest = path.get(location.depth + 1..).unwrap_or(&[]);
    let name = value_name(loaded, target, path);
    match (value, location.node) {
        (Some(value), Some(node)) => {
            let mut text_edits = Vec::new();
            replace_value(loaded, location, node, value, &mut text_edits)?;
            Ok((EditLabel::Change(name), text_edits))
        }
        (Some(value), None) => {
            let step = &path[location.depth];
            let text_edits = insert_value(
                loaded,
                target,
                path,
                location,
                step,
                &wrap_in_path(rest, value)?,
            )?;
            Ok((EditLabel::Set(name), text_edits))
        }
        (None, Some(_)) => Ok((
            EditLabel::TakeOut(name),
            remove_value(loaded, target, path, location)?,
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
    let location = locate(loaded, target, path)?;
    if !location.is_list || location.depth + 1 < path.len() {
        return Err(EditRefusal::NoList);
    }
    let label = EditLabel::AddTo(value_name(loaded, target, path));
    let Some(node) = location.node else {
        let list = RonValue::List(vec![item.clone()]);
        let text_edits =
            insert_value(loaded, target, path, location, &path[location.depth], &list)?;
        return Ok((label, text_edits));
    };
    // Behind `Some(`, where the file writes options out.
    let list = unwrap_some(&loaded.text, &loaded.tree, node);
    let count = loaded.tree.children(list).count();
    let body = item.lines(8);
    let text_edits = insert(
        &loaded.text,
        &loaded.tree,
        list,
        count,
        ItemText::Relative(&body),
    );
    Ok((label, text_edits.ok_or(EditRefusal::Unreadable)?))
}

/// Moves an item within its list.
pub(super) fn move_item(
    loaded: &LoadedRegister,
    target: &EditTarget,
    path: &[PathStep],
    from: usize,
    to: usize,
) -> PlannedEdit {
    let location = locate(loaded, target, path)?;
    let label = EditLabel::Reorder(value_name(loaded, target, path));
    let Some(node) = location.node.filter(|_| location.is_list) else {
        return Err(EditRefusal::NoList);
    };
    let list = unwrap_some(&loaded.text, &loaded.tree, node);
    let text_edits = move_list_item(&loaded.text, &loaded.tree, list, from, to);
    Ok((label, text_edits.unwrap_or_default()))
}

/// Puts a value in the place of another; of lists and records only the parts that differ.
fn replace_value(
    loaded: &LoadedRegister,
    location: ValueLocation,
    node: NodeId,
    value: &RonValue,
    out: &mut Vec<TextEdit>,
) -> Result<(), EditRefusal> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let inner = unwrap_some(text, tree, node);
    // What is the same is not written: `1_000` stays `1_000`, and a comment inside stays where it
    // is.
    let old = RonValue::read(text, tree, inner);
    if old == *value {
        return Ok(());
    }
    let children: Vec<NodeId> = tree.children(inner).collect();
    match (&old, value) {
        (RonValue::List(before), RonValue::List(after)) if before.len() == after.len() => {
            for (child, item) in children.into_iter().zip(after) {
                let location = ValueLocation {
                    is_list: false,
                    ..location
                };
                replace_value(loaded, location, child, item, out)?;
            }
            return Ok(());
        }
        // Three changes of a list are recognized, those that forms make: items replaced, one added,
        // some removed. Any other list is written as a whole.
        (RonValue::List(before), RonValue::List(after))
            if after.starts_with(before) && after.len() == before.len() + 1 =>
        {
            let body = after.last().map_or_else(String::new, |item| item.lines(8));
            let text_edits = insert(text, tree, inner, before.len(), ItemText::Relative(&body));
            out.extend(text_edits.ok_or(EditRefusal::Unreadable)?);
            return Ok(());
        }
        (RonValue::List(before), RonValue::List(after)) => {
            if let Some(removed) = removed_indices(before, after) {
                let text_edits = remove(text, tree, inner, &removed);
                out.extend(text_edits.ok_or(EditRefusal::Unreadable)?);
                return Ok(());
            }
        }
        // Where no field stays, no comment does either, and the record is written as a whole.
        (RonValue::Record(before), RonValue::Record(after))
            if before
                .iter()
                .any(|(name, _)| after.iter().any(|(other, _)| other == name)) =>
        {
            if let FieldType::Record { fields, .. } = location.field_type {
                return replace_record(loaded, inner, fields, before, after, out);
            }
        }
        _ => {}
    }
    let span = tree.span(node);
    // In the manner of the old value: raw text stays raw, a list over several lines stays so.
    let written = write_like(span.of(text), value, column_of(text, span));
    let written = match value {
        RonValue::Text(_) => written,
        _ => indented_at(text, tree, span.start, &written),
    };
    out.push(TextEdit::new(span, written));
    Ok(())
}

/// The fields of a record that differ.
fn replace_record(
    loaded: &LoadedRegister,
    container: NodeId,
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
    // In one go: each removal takes commas and comments with it, which two neighbors would share.
    if !removed.is_empty() {
        let text_edits = remove(text, tree, container, &removed);
        out.extend(text_edits.ok_or(EditRefusal::Unreadable)?);
    }
    let mut added: Vec<(usize, String)> = Vec::new();
    for (name, value) in after {
        let spec = specs.iter().find(|spec| spec.name == name);
        match (tree.field(text, container, name), spec) {
            (Some(node), spec) => {
                let location = ValueLocation {
                    node: Some(node),
                    container,
                    field_type: spec.map_or(FieldType::Text, |spec| spec.field_type),
                    is_list: spec.is_some_and(FieldSpec::is_list),
                    depth: 0,
                };
                replace_value(loaded, location, node, value, out)?;
            }
            (None, _) => {
                let at = insertion_index(loaded, container, specs, name, &removed);
                let line = value.lines(name.len() + 10);
                // Two insertions at one place would overlap; so they become one.
                match added.iter_mut().find(|(place, _)| *place == at) {
                    Some((_, lines)) => *lines = format!("{lines},\n{name}: {line}"),
                    None => added.push((at, format!("{name}: {line}"))),
                }
            }
        }
    }
    for (at, body) in added {
        let text_edits = insert(text, tree, container, at, ItemText::Relative(&body));
        out.extend(text_edits.ok_or(EditRefusal::Unreadable)?);
    }
    Ok(())
}

/// Puts a field or an item where there is none.
fn insert_value(
    loaded: &LoadedRegister,
    target: &EditTarget,
    path: &[PathStep],
    location: ValueLocation,
    step: &PathStep,
    value: &RonValue,
) -> Result<Vec<TextEdit>, EditRefusal> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let (at, body) = match *step {
        PathStep::Field(name) => {
            let specs = specs_of(loaded, target, path, location)?;
            let at = insertion_index(loaded, location.container, specs, name, &[]);
            (at, format!("{name}: {}", value.lines(name.len() + 10)))
        }
        PathStep::Index(_) => (tree.children(location.container).count(), value.lines(8)),
    };
    let text_edits = insert(
        text,
        tree,
        location.container,
        at,
        ItemText::Relative(&body),
    );
    text_edits.ok_or(EditRefusal::Unreadable)
}

/// The fields that the container of a place can have.
fn specs_of(
    loaded: &LoadedRegister,
    target: &EditTarget,
    path: &[PathStep],
    location: ValueLocation,
) -> Result<&'static [FieldSpec], EditRefusal> {
    if location.depth > 0 {
        let above = locate(loaded, target, &path[..location.depth])?;
        return match above.field_type {
            FieldType::Record { fields, .. } => Ok(fields),
            _ => Ok(&[]),
        };
    }
    match target {
        EditTarget::Register => Ok(linchpin_register::METADATA_FIELDS),
        EditTarget::Record(id) => find_record(loaded, id).map(|(at, _)| at.kind.fields()),
    }
}

/// Where a new field stands among those that are there: behind the last one that comes before it in
/// the standard order.
fn insertion_index(
    loaded: &LoadedRegister,
    container: NodeId,
    specs: &[FieldSpec],
    name: &str,
    removed: &[usize],
) -> usize {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let order = |name: &str| specs.iter().position(|spec| spec.name == name);
    let own = order(name);
    // Fields that nobody knows count as coming before: a new field then stands behind them rather
    // than between one of them and what it follows.
    let mut at = 0;
    for (index, child) in tree.children(container).enumerate() {
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
    location: ValueLocation,
) -> Result<Vec<TextEdit>, EditRefusal> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let is_it = |child: &NodeId| match path[location.depth] {
        PathStep::Field(_) => tree.field_value(*child) == location.node,
        PathStep::Index(_) => Some(*child) == location.node,
    };
    let at = tree
        .children(location.container)
        .position(|child| is_it(&child));
    let count = tree.children(location.container).count();
    // A list that would be empty goes as a whole, as if it had never been given.
    if count == 1 && matches!(path[location.depth], PathStep::Index(_)) && location.depth > 0 {
        let list = locate(loaded, target, &path[..location.depth])?;
        return remove_value(loaded, target, &path[..location.depth], list);
    }
    at.and_then(|at| remove(text, tree, location.container, &[at]))
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
            EditTarget::Record(id) => Some(record_title(loaded, id)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{plan_edit, value_at};
    use linchpin_register::load;

    const CITATIONS: PathStep = PathStep::Field("citations");
    const PHRASE: PathStep = PathStep::Field("phrase");

    #[test]
    fn fields_in_no_text_are_filled_like_those_of_the_text() {
        let mut loaded = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new());
        let id = loaded.register.commitments[0].id.as_str().to_owned();
        let target = EditTarget::Record(id);
        let names = ["title", "hedges", "citations", "note"];
        let read = |loaded: &linchpin_register::LoadedRegister| {
            let value = |name: &'static str| value_at(loaded, &target, &[PathStep::Field(name)]);
            names.map(value)
        };
        let given = names.iter().zip(read(&loaded));
        let mut fields: Vec<(String, RonValue)> = given
            .filter_map(|(name, value)| Some(((*name).to_owned(), value?)))
            .collect();
        let field_edit = |path: &[PathStep], change| FieldEdit {
            path: path.to_vec(),
            change,
        };
        let hedges = [PathStep::Field("hedges")];
        for field_edit in [
            FieldEdit::set(&[PathStep::Field("title")], RonValue::text("New")),
            field_edit(&hedges, ValueChange::Append(RonValue::text("maybe"))),
            field_edit(&hedges, ValueChange::Append(RonValue::text("perhaps"))),
            field_edit(&hedges, ValueChange::Move { from: 1, to: 0 }),
            FieldEdit::set(
                &[CITATIONS, PathStep::Index(0), PHRASE],
                RonValue::text("w"),
            ),
            FieldEdit::remove(&[CITATIONS, PathStep::Index(0), PHRASE]),
            FieldEdit::set(&[PathStep::Field("note")], RonValue::text("n")),
            FieldEdit::remove(&[PathStep::Field("note")]),
        ] {
            let change = plan_edit(&loaded, &field_edit.clone().into_edit(&target)).unwrap();
            loaded = load(change.apply_edits(&loaded.text).unwrap(), Vec::new());
            field_edit.apply_to_fields(&mut fields);
            for (name, value) in names.iter().zip(read(&loaded)) {
                assert_eq!(
                    value_in_fields(&fields, &[PathStep::Field(name)]).map(|v| v.line()),
                    value.map(|v| v.line())
                );
            }
        }
    }
}
