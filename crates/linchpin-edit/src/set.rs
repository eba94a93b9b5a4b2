//! Fields and items given anew, added, taken out.

use super::site::{column, follow};
use super::{Place, Refused, Target, refuse};
use linchpin_register::declare::{FieldSpec, PathStep};
use linchpin_register::record_spans::unwrapped;
use linchpin_register::{FieldType, LoadedRegister};
use ron_lossless::edit::{ItemText, indented_at, insert, move_item as move_list_item, remove};
use ron_lossless::{NodeId, RonValue, TextEdit, write_like};

type Planned = Result<(String, Vec<TextEdit>), Refused>;

/// Gives a value anew, or takes it out.
pub(super) fn set(
    loaded: &LoadedRegister,
    target: &Target,
    path: &[PathStep],
    value: Option<&RonValue>,
) -> Planned {
    let place = follow(loaded, target, path)?;
    let rest = path.get(place.depth + 1..).unwrap_or(&[]);
    let name = named(loaded, target, path);
    match (value, place.node) {
        (Some(value), Some(node)) => {
            let mut splices = Vec::new();
            replace(loaded, place, node, value, &mut splices)?;
            Ok((format!("Change {name}"), splices))
        }
        (Some(value), None) => {
            let step = &path[place.depth];
            let splices = put(loaded, target, path, place, step, &nested(rest, value)?)?;
            Ok((format!("Set {name}"), splices))
        }
        (None, Some(_)) => Ok((
            format!("Take out {name}"),
            take_out(loaded, target, path, place)?,
        )),
        (None, None) => Ok((format!("Take out {name}"), Vec::new())),
    }
}

/// Adds an item to a list, which is made where it is missing.
pub(super) fn append(
    loaded: &LoadedRegister,
    target: &Target,
    path: &[PathStep],
    item: &RonValue,
) -> Planned {
    let place = follow(loaded, target, path)?;
    if !place.is_list || place.depth + 1 < path.len() {
        return refuse("This field holds no list");
    }
    let words = format!("Add to {}", named(loaded, target, path));
    let Some(node) = place.node else {
        let list = RonValue::List(vec![item.clone()]);
        let splices = put(loaded, target, path, place, &path[place.depth], &list)?;
        return Ok((words, splices));
    };
    let list = unwrapped(&loaded.text, &loaded.tree, node);
    let count = loaded.tree.children(list).count();
    let body = item.lines(8);
    let splices = insert(
        &loaded.text,
        &loaded.tree,
        list,
        count,
        ItemText::Relative(&body),
    );
    splices.map_or_else(unread, |splices| Ok((words, splices)))
}

/// Moves an item within its list.
pub(super) fn move_item(
    loaded: &LoadedRegister,
    target: &Target,
    path: &[PathStep],
    from: usize,
    to: usize,
) -> Planned {
    let place = follow(loaded, target, path)?;
    let words = format!("Change the order of {}", named(loaded, target, path));
    let Some(node) = place.node.filter(|_| place.is_list) else {
        return refuse("This field holds no list");
    };
    let list = unwrapped(&loaded.text, &loaded.tree, node);
    let splices = move_list_item(&loaded.text, &loaded.tree, list, from, to);
    Ok((words, splices.unwrap_or_default()))
}

/// Puts a value in the place of another; of lists and records only the parts that differ.
fn replace(
    loaded: &LoadedRegister,
    place: Place,
    node: NodeId,
    value: &RonValue,
    out: &mut Vec<TextEdit>,
) -> Result<(), Refused> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let inner = unwrapped(text, tree, node);
    let old = RonValue::read(text, tree, inner);
    if old == *value {
        return Ok(());
    }
    let children: Vec<NodeId> = tree.children(inner).collect();
    match (&old, value) {
        (RonValue::List(before), RonValue::List(after)) if before.len() == after.len() => {
            for (child, item) in children.into_iter().zip(after) {
                let place = Place {
                    is_list: false,
                    ..place
                };
                replace(loaded, place, child, item, out)?;
            }
            return Ok(());
        }
        (RonValue::List(before), RonValue::List(after))
            if after.starts_with(before) && after.len() == before.len() + 1 =>
        {
            let body = after.last().map_or_else(String::new, |item| item.lines(8));
            match insert(text, tree, inner, before.len(), ItemText::Relative(&body)) {
                Some(splices) => out.extend(splices),
                None => return unread(),
            }
            return Ok(());
        }
        (RonValue::List(before), RonValue::List(after)) => {
            if let Some(gone) = gone_from(before, after) {
                match remove(text, tree, inner, &gone) {
                    Some(splices) => out.extend(splices),
                    None => return unread(),
                }
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
                return record(loaded, inner, fields, before, after, out);
            }
        }
        _ => {}
    }
    let span = tree.span(node);
    let written = write_like(span.of(text), value, column(text, span));
    let written = match value {
        RonValue::Text(_) => written,
        _ => indented_at(text, span.start, &written),
    };
    out.push(TextEdit::new(span, written));
    Ok(())
}

/// The fields of a record that differ.
fn record(
    loaded: &LoadedRegister,
    holder: NodeId,
    specs: &'static [FieldSpec],
    before: &[(String, RonValue)],
    after: &[(String, RonValue)],
    out: &mut Vec<TextEdit>,
) -> Result<(), Refused> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let kept = |name: &str| after.iter().any(|(other, _)| other == name);
    let gone: Vec<usize> = (0..before.len()).filter(|i| !kept(&before[*i].0)).collect();
    if !gone.is_empty() {
        match remove(text, tree, holder, &gone) {
            Some(splices) => out.extend(splices),
            None => return unread(),
        }
    }
    let mut added: Vec<(usize, String)> = Vec::new();
    for (name, value) in after {
        let spec = specs.iter().find(|spec| spec.name == name);
        match (tree.field(text, holder, name), spec) {
            (Some(node), spec) => {
                let place = Place {
                    node: Some(node),
                    holder,
                    form: spec.map_or(FieldType::Text, |spec| spec.field_type),
                    is_list: spec.is_some_and(FieldSpec::is_list),
                    depth: 0,
                };
                replace(loaded, place, node, value, out)?;
            }
            (None, _) => {
                let at = rank(loaded, holder, specs, name, &gone);
                let line = value.lines(name.len() + 10);
                match added.iter_mut().find(|(place, _)| *place == at) {
                    Some((_, lines)) => *lines = format!("{lines},\n{name}: {line}"),
                    None => added.push((at, format!("{name}: {line}"))),
                }
            }
        }
    }
    for (at, body) in added {
        match insert(text, tree, holder, at, ItemText::Relative(&body)) {
            Some(splices) => out.extend(splices),
            None => return unread(),
        }
    }
    Ok(())
}

/// Puts a field or an item where there is none.
fn put(
    loaded: &LoadedRegister,
    target: &Target,
    path: &[PathStep],
    place: Place,
    step: &PathStep,
    value: &RonValue,
) -> Result<Vec<TextEdit>, Refused> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let (at, body) = match *step {
        PathStep::Field(name) => {
            let specs = specs_of(loaded, target, path, place)?;
            let at = rank(loaded, place.holder, specs, name, &[]);
            (at, format!("{name}: {}", value.lines(name.len() + 10)))
        }
        PathStep::Index(_) => (tree.children(place.holder).count(), value.lines(8)),
    };
    match insert(text, tree, place.holder, at, ItemText::Relative(&body)) {
        Some(splices) => Ok(splices),
        None => unread(),
    }
}

/// The fields that the holder of a place can have.
fn specs_of(
    loaded: &LoadedRegister,
    target: &Target,
    path: &[PathStep],
    place: Place,
) -> Result<&'static [FieldSpec], Refused> {
    if place.depth > 0 {
        let above = follow(loaded, target, &path[..place.depth])?;
        return match above.form {
            FieldType::Record { fields, .. } => Ok(fields),
            _ => Ok(&[]),
        };
    }
    match target {
        Target::Register => Ok(linchpin_register::METADATA_FIELDS),
        Target::Record(id) => super::site::record(loaded, id).map(|(at, _)| at.kind.fields()),
    }
}

/// Where a new field stands among those that are there: behind the last one that comes before it in
/// the order of the house.
fn rank(
    loaded: &LoadedRegister,
    holder: NodeId,
    specs: &[FieldSpec],
    name: &str,
    gone: &[usize],
) -> usize {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let order = |name: &str| specs.iter().position(|spec| spec.name == name);
    let own = order(name);
    let mut at = 0;
    for (index, child) in tree.children(holder).enumerate() {
        let other = tree.field_name(text, child).and_then(&order);
        let comes_first = other.is_none() || other < own;
        if comes_first && !gone.contains(&index) {
            at = index + 1;
        }
    }
    at
}

fn take_out(
    loaded: &LoadedRegister,
    target: &Target,
    path: &[PathStep],
    place: Place,
) -> Result<Vec<TextEdit>, Refused> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let is_it = |child: &NodeId| match path[place.depth] {
        PathStep::Field(_) => tree.field_value(*child) == place.node,
        PathStep::Index(_) => Some(*child) == place.node,
    };
    let at = tree.children(place.holder).position(|child| is_it(&child));
    let count = tree.children(place.holder).count();
    // A list that would be empty goes as a whole.
    if count == 1 && matches!(path[place.depth], PathStep::Index(_)) && place.depth > 0 {
        let list = follow(loaded, target, &path[..place.depth])?;
        return take_out(loaded, target, &path[..place.depth], list);
    }
    match at.and_then(|at| remove(text, tree, place.holder, &[at])) {
        Some(splices) => Ok(splices),
        None => unread(),
    }
}

/// The numbers of the items that `after` lacks, where it lacks some and has no others.
fn gone_from(before: &[RonValue], after: &[RonValue]) -> Option<Vec<usize>> {
    let mut left = after.iter().peekable();
    let mut gone = Vec::new();
    for (index, item) in before.iter().enumerate() {
        if left.peek() == Some(&item) {
            left.next();
        } else {
            gone.push(index);
        }
    }
    left.peek().is_none().then_some(gone)
}

/// What leads to a value that is not there yet, with the value inside.
fn nested(path: &[PathStep], value: &RonValue) -> Result<RonValue, Refused> {
    let mut value = value.clone();
    for step in path.iter().rev() {
        value = match *step {
            PathStep::Field(name) => RonValue::Record(vec![(name.to_owned(), value)]),
            PathStep::Index(0) => RonValue::List(vec![value]),
            PathStep::Index(_) => return refuse("There is no such item in the list"),
        };
    }
    Ok(value)
}

/// "the status of “Title”", for the list of steps.
fn named(loaded: &LoadedRegister, target: &Target, path: &[PathStep]) -> String {
    let field = path.iter().find_map(|step| match step {
        PathStep::Field(name) => Some(name.replace('_', " ")),
        PathStep::Index(_) => None,
    });
    let field = field.unwrap_or_else(|| "a field".into());
    match target {
        Target::Register => format!("the {field} of the register"),
        Target::Record(id) => format!("the {field} of “{}”", super::records::title(loaded, id)),
    }
}

fn unread<T>() -> Result<T, Refused> {
    refuse("This part of the file cannot be read just now")
}
