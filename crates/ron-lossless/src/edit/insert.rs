//! A new item among the items of a list, or a new field among the fields of a record.

use super::super::slots::{
    ContainerItems, ItemExtent, ends_line, indent, is_indent, line_ending, line_start,
};
use super::super::{NodeId, NodeKind, Span, TextEdit, Tree};

/// What is put in.
#[derive(Clone, Copy, Debug)]
pub enum Body<'a> {
    /// No line break inside text or comments; lines after the first are indented by fours, from
    /// nothing.
    Laid(&'a str),
    /// Stands already as it should, with the indentation of its new place.
    AsItStands(&'a str),
}

impl<'a> Body<'a> {
    fn text(self) -> &'a str {
        match self {
            Body::Laid(text) | Body::AsItStands(text) => text,
        }
    }

    fn indented(self, indent: &str, eol: &str) -> String {
        match self {
            Body::Laid(text) => indented(text, indent, eol),
            Body::AsItStands(text) => text.to_owned(),
        }
    }

    fn joined(self) -> String {
        match self {
            Body::Laid(text) => joined(text),
            Body::AsItStands(text) => text.to_owned(),
        }
    }
}

/// Puts a new item before the item that has number `at`, or behind the last. `None` where the
/// container is none, or its syntax is broken.
pub fn insert(
    text: &str,
    tree: &Tree,
    container: NodeId,
    at: usize,
    body: Body<'_>,
) -> Option<Vec<TextEdit>> {
    let slots = ContainerItems::of(text, tree, container)?;
    let at = at.min(slots.all.len());
    let before = at.checked_sub(1).and_then(|i| slots.all.get(i));
    Some(match (before, slots.all.first()) {
        (None, None) => vec![into_empty(text, tree, container, &slots, body)],
        (None, Some(first)) => vec![in_front(text, &slots, first, body)],
        (Some(before), _) => behind(text, tree, container, &slots, at - 1, before, body),
    })
}

fn into_empty(
    text: &str,
    tree: &Tree,
    container: NodeId,
    slots: &ContainerItems,
    body: Body<'_>,
) -> TextEdit {
    let inside = Span::new(slots.open, slots.close);
    let blank = inside.of(text).trim().is_empty();
    if blank && !body.text().contains('\n') && !is_list_of_records(tree, container, body) {
        return TextEdit::new(inside, body.text());
    }
    let eol = line_ending(text, tree.span(container).start);
    let outer = indent(text, tree.span(container).start);
    let inner = format!("{outer}{}", step(outer));
    let body = body.indented(&inner, eol);
    if blank {
        return TextEdit::new(inside, format!("{eol}{inner}{body},{eol}{outer}"));
    }
    // What is there are comments: the item goes behind them.
    if is_indent(text, slots.close) {
        let start = line_start(text, slots.close);
        return TextEdit::insert(start, format!("{inner}{body},{eol}"));
    }
    TextEdit::insert(slots.close, format!("{eol}{inner}{body},{eol}{outer}"))
}

/// A record in a list stands on a line of its own; a word or an id need not.
fn is_list_of_records(tree: &Tree, container: NodeId, body: Body<'_>) -> bool {
    tree.kind(container) == NodeKind::List && body.text().starts_with('(')
}

fn in_front(text: &str, slots: &ContainerItems, first: &ItemExtent, body: Body<'_>) -> TextEdit {
    let eol = line_ending(text, first.lead);
    if !first.own_line {
        return TextEdit::insert(first.lead, format!("{}, ", body.joined()));
    }
    let inner = indent(text, first.lead);
    let gap = if has_blank_lines(text, &slots.all, 0, body) {
        eol
    } else {
        ""
    };
    let body = body.indented(inner, eol);
    let start = line_start(text, first.lead);
    TextEdit::insert(start, format!("{inner}{body},{eol}{gap}"))
}

fn behind(
    text: &str,
    tree: &Tree,
    container: NodeId,
    slots: &ContainerItems,
    index: usize,
    before: &ItemExtent,
    body: Body<'_>,
) -> Vec<TextEdit> {
    let eol = line_ending(text, before.lead);
    let mut out = Vec::new();
    if !before.own_line {
        let words = if before.span.of(text).contains('\n') {
            // `), (`: the way in which `ron` itself writes lists.
            body.indented(indent(text, before.span.end), eol)
        } else {
            body.joined()
        };
        match before.comma {
            Some(comma) => out.push(TextEdit::insert(comma.end, format!(" {words},"))),
            None => out.push(TextEdit::insert(before.span.end, format!(", {words}"))),
        }
        return out;
    }
    if before.comma.is_none() {
        out.push(TextEdit::insert(before.span.end, ","));
    }
    let inner = indent(text, before.lead);
    let gap = if has_blank_lines(text, &slots.all, index, body) {
        eol
    } else {
        ""
    };
    let body = body.indented(inner, eol);
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
            out.push(TextEdit::new(blanks, words));
            return out;
        }
    }
    out.push(TextEdit::insert(before.tail, words));
    out
}

/// Whether a blank line parts a new item from the one that has number `index`: as its neighbors are
/// parted.
fn has_blank_lines(text: &str, all: &[ItemExtent], index: usize, body: Body<'_>) -> bool {
    let parted = |a: &ItemExtent, b: &ItemExtent| {
        Span::new(a.tail, b.lead).of(text).matches('\n').count() > 1
    };
    let pair = |i: usize| Some(parted(all.get(i)?, all.get(i + 1)?));
    pair(index)
        .or_else(|| pair(index.checked_sub(1)?))
        .unwrap_or_else(|| {
            let multiline = all
                .get(index)
                .is_some_and(|s| s.span.of(text).contains('\n'));
            multiline && body.text().contains('\n') && body.text().starts_with('(')
        })
}

/// Lines that were written for the start of a line, for the line of byte `at`: with its
/// indentation, and the text's line ending.
pub fn at_place(text: &str, at: u32, lines: &str) -> String {
    indented(lines, indent(text, at), line_ending(text, at))
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
