//! Items taken out, each with what belongs to it.

use super::super::slots::{ContainerItems, ends_line, line_start};
use super::super::{NodeId, Span, TextEdit, Tree};

/// Takes out items by their numbers, each with its comma, the comments directly above and those
/// behind it on its line. `None` where the container is none, or its syntax is broken.
pub fn remove(
    text: &str,
    tree: &Tree,
    container: NodeId,
    items: &[usize],
) -> Option<Vec<TextEdit>> {
    let slots = ContainerItems::of(text, tree, container)?;
    let mut sorted = items.to_vec();
    sorted.sort_unstable();
    let goes = |index: usize| index < slots.all.len() && sorted.binary_search(&index).is_ok();
    let all_go = (0..slots.all.len()).all(goes);
    let only_blanks = |a: u32, b: u32| Span::new(a, b).of(text).trim().is_empty();
    if let (true, Some(first), Some(last)) = (all_go, slots.all.first(), slots.all.last())
        && only_blanks(slots.open, first.lead)
        && only_blanks(last.tail, slots.close)
    {
        return Some(vec![TextEdit::new(Span::new(slots.open, slots.close), "")]);
    }
    let mut out = Vec::new();
    let mut index = 0;
    while index < slots.all.len() {
        if !goes(index) {
            index += 1;
            continue;
        }
        let first = index;
        while goes(index) {
            index += 1;
        }
        out.push(TextEdit::new(run(text, &slots, first, index - 1), ""));
    }
    Some(out)
}

/// What goes when the items from `first` to `last` go.
fn run(text: &str, slots: &ContainerItems, first: usize, last: usize) -> Span {
    let (f, l) = (&slots.all[first], &slots.all[last]);
    let before = first.checked_sub(1).and_then(|i| slots.all.get(i));
    let next = slots.all.get(last + 1);
    if f.own_line && ends_line(text, l.tail) {
        let rest = text.get(l.tail as usize..).unwrap_or("");
        let line = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let mut span = Span::new(line_start(text, f.lead), l.tail + line as u32);
        // The blank line that parted it goes with it.
        let floor = before.map_or(slots.open_tail, |slot| slot.tail);
        let above = blank_line_before(text, span.start).filter(|start| *start >= floor);
        let below = blank_line_after(text, span.end).filter(|end| *end <= slots.close);
        match (above, below) {
            (Some(start), Some(_)) => span.start = start,
            (Some(start), None) if next.is_none() => span.start = start,
            (None, Some(end)) if before.is_none() => span.end = end,
            _ => {}
        }
        return span;
    }
    if let Some(next) = next {
        let behind = l.comma.map_or(l.span.end, |comma| comma.end);
        let gap = Span::new(behind, next.lead).of(text);
        let blanks = gap.len() - gap.trim_start_matches([' ', '\t']).len();
        let end = behind + blanks as u32;
        // At the end of a line the blanks before it go instead.
        let comma = before.and_then(|slot| slot.comma);
        let start = comma.map(|comma| comma.end).filter(|start| {
            ends_line(text, end) && Span::new(*start, f.span.start).of(text).trim().is_empty()
        });
        return Span::new(start.unwrap_or(f.span.start), end);
    }
    let end = l.comma.map_or(l.span.end, |comma| comma.end);
    match before.and_then(|slot| slot.comma) {
        Some(comma)
            if Span::new(comma.end, f.span.start)
                .of(text)
                .trim()
                .is_empty() =>
        {
            // The comma before it stays only where a comma ended the list.
            let start = if l.comma.is_some() {
                comma.end
            } else {
                comma.start
            };
            Span::new(start, end)
        }
        _ => Span::new(f.span.start, end),
    }
}

/// The start of the line before the one that begins at `start`, if that is blank.
fn blank_line_before(text: &str, start: u32) -> Option<u32> {
    let line = line_start(text, start.checked_sub(1)?);
    Span::new(line, start)
        .of(text)
        .trim()
        .is_empty()
        .then_some(line)
}

/// The end of the line that begins at `end`, if that is blank.
fn blank_line_after(text: &str, end: u32) -> Option<u32> {
    let rest = text.get(end as usize..)?;
    let line = rest.find('\n')? + 1;
    rest[..line].trim().is_empty().then_some(end + line as u32)
}
