//! An item moved to another place in its list.

use super::super::slots::{ContainerItems, ItemExtent, ends_line};
use super::super::{NodeId, Span, TextEdit, Tree};

/// Moves an item to another place in its list, with its comments: `to` is its number afterwards.
/// `None` where nothing would move, the container is none, or its syntax is broken.
pub fn relocate(
    text: &str,
    tree: &Tree,
    container: NodeId,
    from: usize,
    to: usize,
) -> Option<Vec<TextEdit>> {
    let slots = ContainerItems::of(text, tree, container)?;
    let to = to.min(slots.all.len().checked_sub(1)?);
    if from == to || from >= slots.all.len() {
        return None;
    }
    let with_comments = exchange(text, &slots, from, to, true);
    with_comments.or_else(|| exchange(text, &slots, from, to, false))
}

/// The items between two places take each other's; what stands between two items stays where it is.
/// `None` where a comment would swallow what follows it in its new place.
fn exchange(
    text: &str,
    slots: &ContainerItems,
    from: usize,
    to: usize,
    with_comments: bool,
) -> Option<Vec<TextEdit>> {
    let head = |slot: &ItemExtent| match with_comments && slot.own_line {
        true => Span::new(slot.lead, slot.span.end),
        false => slot.span,
    };
    let mut out = Vec::new();
    for place in from.min(to)..=from.max(to) {
        let takes = match () {
            () if place == to => from,
            () if from < to => place + 1,
            () => place - 1,
        };
        let (here, there) = (&slots.all[place], &slots.all[takes]);
        out.push(TextEdit::new(head(here), head(there).of(text)));
        if with_comments {
            let (gap, trailing) = match there.comma {
                Some(comma) => (
                    Span::new(there.span.end, comma.start),
                    Span::new(comma.end, there.tail),
                ),
                None => (Span::default(), Span::new(there.span.end, there.tail)),
            };
            if trailing.of(text).contains("//") && !ends_line(text, here.tail) {
                return None;
            }
            let comma = if here.comma.is_some() { "," } else { "" };
            let words = format!("{}{comma}{}", gap.of(text), trailing.of(text));
            out.push(TextEdit::new(Span::new(here.span.end, here.tail), words));
        }
    }
    Some(out)
}
