//! Edits by the tree: each is a few splices that touch nothing but what they must. Comments, blank lines, the order of fields and the
//! line endings stay; an item goes and comes with its own comments.

use super::slots::{Slot, Slots, indent, is_indent, line_ending, line_start};
use super::{NodeId, NodeKind, Span, Splice, Tree};

/// Puts a new item before the item that has number `at`, or behind the last. `body` has no line break inside text or comments; lines
/// after its first are indented by fours. `None` where the container is none, or its syntax is broken.
pub fn insert(
    text: &str,
    tree: &Tree,
    container: NodeId,
    at: usize,
    body: &str,
) -> Option<Vec<Splice>> {
    let slots = Slots::of(text, tree, container)?;
    let at = at.min(slots.all.len());
    let before = at.checked_sub(1).and_then(|i| slots.all.get(i));
    Some(match (before, slots.all.first()) {
        (None, None) => vec![into_empty(text, tree, container, &slots, body)],
        (None, Some(first)) => vec![in_front(text, &slots, first, body)],
        (Some(before), _) => behind(text, tree, container, &slots, at - 1, before, body),
    })
}

fn into_empty(text: &str, tree: &Tree, container: NodeId, slots: &Slots, body: &str) -> Splice {
    let inside = Span::new(slots.open, slots.close);
    let blank = inside.of(text).trim().is_empty();
    if blank && !body.contains('\n') && !is_list_of_records(tree, container, body) {
        return Splice::new(inside, body);
    }
    let eol = line_ending(text);
    let outer = indent(text, tree.span(container).start);
    let inner = format!("{outer}{}", step(outer));
    let body = indented(body, &inner, eol);
    if blank {
        return Splice::new(inside, format!("{eol}{inner}{body},{eol}{outer}"));
    }
    // What is there are comments: the item goes behind them.
    if is_indent(text, slots.close) {
        let start = line_start(text, slots.close);
        return Splice::insert(start, format!("{inner}{body},{eol}"));
    }
    Splice::insert(slots.close, format!("{eol}{inner}{body},{eol}{outer}"))
}

/// A record in a list stands on a line of its own; a word or an id need not.
fn is_list_of_records(tree: &Tree, container: NodeId, body: &str) -> bool {
    tree.kind(container) == NodeKind::List && body.starts_with('(')
}

fn in_front(text: &str, slots: &Slots, first: &Slot, body: &str) -> Splice {
    let eol = line_ending(text);
    if !first.own_line {
        return Splice::insert(first.lead, format!("{}, ", joined(body)));
    }
    let inner = indent(text, first.lead);
    let gap = if has_blank_lines(text, &slots.all, 0, body) {
        eol
    } else {
        ""
    };
    let body = indented(body, inner, eol);
    let start = line_start(text, first.lead);
    Splice::insert(start, format!("{inner}{body},{eol}{gap}"))
}

fn behind(
    text: &str,
    tree: &Tree,
    container: NodeId,
    slots: &Slots,
    index: usize,
    before: &Slot,
    body: &str,
) -> Vec<Splice> {
    let eol = line_ending(text);
    let mut out = Vec::new();
    if !before.own_line {
        let words = if before.span.of(text).contains('\n') {
            // `), (`: the way in which `ron` itself writes lists.
            indented(body, indent(text, before.span.end), eol)
        } else {
            joined(body)
        };
        match before.comma {
            Some(comma) => out.push(Splice::insert(comma.end, format!(" {words},"))),
            None => out.push(Splice::insert(before.span.end, format!(", {words}"))),
        }
        return out;
    }
    if before.comma.is_none() {
        out.push(Splice::insert(before.span.end, ","));
    }
    let inner = indent(text, before.lead);
    let gap = if has_blank_lines(text, &slots.all, index, body) {
        eol
    } else {
        ""
    };
    let body = indented(body, inner, eol);
    let mut words = format!("{eol}{gap}{inner}{body},");
    if !ends_line(text, before.tail) {
        // What follows on the line goes to the next one, and loses the blanks before it.
        let next = slots
            .all
            .get(index + 1)
            .map_or(slots.close, |slot| slot.lead);
        let outer = match slots.all.get(index + 1) {
            Some(_) => inner,
            None => indent(text, tree.span(container).start),
        };
        let blanks = Span::new(before.tail, next);
        words.push_str(eol);
        words.push_str(outer);
        if blanks.of(text).trim().is_empty() {
            out.push(Splice::new(blanks, words));
            return out;
        }
    }
    out.push(Splice::insert(before.tail, words));
    out
}

/// Takes out items by their numbers, each with its comma, the comments directly above and those behind it on its line.
/// `None` where the container is none, or its syntax is broken.
pub fn remove(text: &str, tree: &Tree, container: NodeId, items: &[usize]) -> Option<Vec<Splice>> {
    let slots = Slots::of(text, tree, container)?;
    let goes = |index: usize| items.contains(&index) && index < slots.all.len();
    let all_go = (0..slots.all.len()).all(goes);
    let only_blanks = |a: u32, b: u32| Span::new(a, b).of(text).trim().is_empty();
    if let (true, Some(first), Some(last)) = (all_go, slots.all.first(), slots.all.last())
        && only_blanks(slots.open, first.lead)
        && only_blanks(last.tail, slots.close)
    {
        return Some(vec![Splice::new(Span::new(slots.open, slots.close), "")]);
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
        out.push(Splice::new(run(text, &slots, first, index - 1), ""));
    }
    Some(out)
}

/// What goes when the items from `first` to `last` go.
fn run(text: &str, slots: &Slots, first: usize, last: usize) -> Span {
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

/// Moves an item to another place in its list, with its comments: `to` is its number afterwards. `None` where nothing would move,
/// the container is none, or its syntax is broken.
pub fn relocate(
    text: &str,
    tree: &Tree,
    container: NodeId,
    from: usize,
    to: usize,
) -> Option<Vec<Splice>> {
    let slots = Slots::of(text, tree, container)?;
    let to = to.min(slots.all.len().checked_sub(1)?);
    if from == to || from >= slots.all.len() {
        return None;
    }
    // A comment that would swallow what follows on its new line stays where it is.
    let fits = |splice: &Splice| !splice.text.contains("//") || ends_line(text, splice.span.end);
    let with_comments = exchange(text, &slots, from, to, true);
    if with_comments.iter().all(fits) {
        return Some(with_comments);
    }
    Some(exchange(text, &slots, from, to, false))
}

/// The items between two places take each other's; what stands between two items stays where it is.
fn exchange(text: &str, slots: &Slots, from: usize, to: usize, with_comments: bool) -> Vec<Splice> {
    let head = |slot: &Slot| match with_comments && slot.own_line {
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
        out.push(Splice::new(head(here), head(there).of(text)));
        if with_comments {
            let (gap, trailing) = match there.comma {
                Some(comma) => (
                    Span::new(there.span.end, comma.start),
                    Span::new(comma.end, there.tail),
                ),
                None => (Span::default(), Span::new(there.span.end, there.tail)),
            };
            let comma = if here.comma.is_some() { "," } else { "" };
            let words = format!("{}{comma}{}", gap.of(text), trailing.of(text));
            out.push(Splice::new(Span::new(here.span.end, here.tail), words));
        }
    }
    out
}

/// An item with its own comments, as it stands in the text: from its first comment to its end, without its comma.
pub fn own_text(text: &str, tree: &Tree, container: NodeId, item: usize) -> Option<Span> {
    let slots = Slots::of(text, tree, container)?;
    let slot = slots.all.get(item)?;
    let start = if slot.own_line {
        slot.lead
    } else {
        slot.span.start
    };
    Some(Span::new(start, slot.span.end))
}

/// Whether the line ends at byte `at`, but for blanks.
fn ends_line(text: &str, at: u32) -> bool {
    let rest = text.get(at as usize..).unwrap_or("");
    let rest = rest.trim_start_matches([' ', '\t', '\r']);
    rest.is_empty() || rest.starts_with('\n')
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

/// Whether a blank line parts a new item from the one that has number `index`: as its neighbors are parted.
fn has_blank_lines(text: &str, all: &[Slot], index: usize, body: &str) -> bool {
    let parted = |a: &Slot, b: &Slot| Span::new(a.tail, b.lead).of(text).matches('\n').count() > 1;
    let pair = |i: usize| Some(parted(all.get(i)?, all.get(i + 1)?));
    pair(index)
        .or_else(|| pair(index.checked_sub(1)?))
        .unwrap_or_else(|| {
            let multiline = all
                .get(index)
                .is_some_and(|s| s.span.of(text).contains('\n'));
            multiline && body.contains('\n') && body.starts_with('(')
        })
}

/// One step of indentation, as the text does it.
fn step(indent: &str) -> &'static str {
    if indent.contains('\t') { "\t" } else { "    " }
}

/// The same lines, those after the first moved in.
fn indented(body: &str, indent: &str, eol: &str) -> String {
    let mut out = String::with_capacity(body.len() + 64);
    for (number, line) in body.split('\n').enumerate() {
        if number > 0 {
            out.push_str(eol);
            out.push_str(indent);
        }
        let inner = line.trim_start_matches(' ');
        let steps = (line.len() - inner.len()) / 4;
        if indent.contains('\t') {
            out.push_str(&"\t".repeat(steps));
            out.push_str(inner);
        } else {
            out.push_str(line);
        }
    }
    out
}

/// The same words on one line.
fn joined(body: &str) -> String {
    let mut lines = body.split('\n').map(str::trim);
    let mut out = lines.next().unwrap_or("").to_owned();
    for line in lines {
        if !out.ends_with(['(', '[']) && !line.is_empty() && !line.starts_with([')', ']']) {
            out.push(' ');
        }
        if line.starts_with([')', ']']) && out.ends_with(',') {
            out.pop();
        }
        out.push_str(line);
    }
    out
}
