//! What a layout goes by: which fields come in which order, and what stands on one line.

use super::layout_pieces::{Brackets, Comment, Group, Item, Value};
use super::tree::unraw;

/// The customs of one kind of document.
pub trait FormatRules {
    /// What a value is to the document, as far as that matters here: "a record of this type", "a
    /// citation".
    type Place: Copy;

    /// The place of the document's value.
    fn root(&self) -> Self::Place;

    /// A place of which nothing is known.
    fn elsewhere(&self) -> Self::Place;

    /// The field of this name in the records at a place: its number in their order, and the place
    /// of its value. `None` for a name that is not known. The items of a list have the list's
    /// place.
    fn field(&self, of: Self::Place, name: &str) -> Option<(usize, Self::Place)>;

    /// How a list at a place is set in lines.
    fn list(&self, place: Self::Place) -> LineBreaks;

    /// How a record at a place is set in lines.
    fn record(&self, place: Self::Place) -> LineBreaks;
}

/// How something in brackets is set in lines. A comment that needs its own line breaks each of
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineBreaks {
    /// On one line where it fits, else each item on its own.
    Fitting,
    /// On one line, however long.
    One,
    /// Each item on its own line.
    Each,
    /// Each item on its own line, with a blank line between two; a field that holds such a list
    /// stands between blank lines.
    Apart,
}

impl LineBreaks {
    /// Whether it never stands on one line.
    pub(super) fn is_broken(self) -> bool {
        matches!(self, LineBreaks::Each | LineBreaks::Apart)
    }
}

/// How a group at `place` is set in lines.
pub(super) fn line_breaks<H: FormatRules>(house: &H, place: H::Place, group: &Group) -> LineBreaks {
    match group.brackets {
        Brackets::Record if group.wrapped().is_some() => LineBreaks::Fitting,
        Brackets::Record => house.record(place),
        Brackets::List => house.list(place),
        Brackets::Map => LineBreaks::Fitting,
    }
}

/// The place of an item of a group at `place`, with the number of its field.
pub(super) fn inside<H: FormatRules>(
    house: &H,
    place: H::Place,
    group: &Group,
    item: &Item,
) -> (Option<usize>, H::Place) {
    let known = match (&item.key, group.brackets) {
        (None, _) => return (None, place),
        (Some(key), Brackets::Record) => match key.value {
            Value::Leaf(name) => house.field(place, unraw(name)),
            Value::Group(_) => None,
        },
        _ => None,
    };
    match known {
        Some((number, place)) => (Some(number), place),
        None => (None, house.elsewhere()),
    }
}

/// Puts the fields of every record in the order of the house. A field that is not known stays
/// behind the one it stands behind.
pub(super) fn put_in_order<H: FormatRules>(house: &H, place: H::Place, value: &mut Value) {
    let Value::Group(group) = value else {
        return;
    };
    let mut last = None;
    let mut order: Vec<Option<usize>> = Vec::with_capacity(group.items.len());
    for index in 0..group.items.len() {
        let (number, inner) = inside(house, place, group, &group.items[index]);
        last = number.or(last);
        order.push(last);
        put_in_order(house, inner, &mut group.items[index].value);
    }
    if order.is_sorted() {
        return;
    }
    let heading = match order.first() == order.iter().min() {
        true => Vec::new(),
        false => group.items.first_mut().map_or(Vec::new(), take_heading),
    };
    let mut items: Vec<_> = order
        .into_iter()
        .zip(std::mem::take(&mut group.items))
        .collect();
    items.sort_by_key(|(number, _)| *number);
    group.items = items.into_iter().map(|(_, item)| item).collect();
    if let Some(first) = group.items.first_mut()
        && !heading.is_empty()
    {
        let (starts_line, after_blank) = first.beginning();
        (*starts_line, *after_blank) = (true, true);
        first.above.splice(0..0, heading);
    }
}

/// Takes out the comments above the first item that a blank line parts from it: they speak of the
/// whole, and stay at its top.
fn take_heading<'s>(first: &mut Item<'s>) -> Vec<Comment<'s>> {
    let count = match first.after_blank {
        true => first.above.len(),
        false => first.above.iter().rposition(|c| c.after_blank).unwrap_or(0),
    };
    let heading: Vec<_> = first.above.drain(..count).collect();
    if !heading.is_empty() {
        *first.beginning().1 = false;
    }
    heading
}
