//! Items carried from one text into another, each with its comments, in the indentation and the
//! line endings of its new place.

use super::super::lex::tokens;
use super::super::slots::{
    ContainerItems, ItemExtent, ends_line, indent, is_indent, line_ending, line_start,
};
use super::super::token::TokenKind;
use super::super::{NodeId, Span, TextEdit, Tree};

/// An item of a list, or a field of a record, with the comments above it and those behind it on its
/// line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The comments above it and the item itself, as they stood.
    words: String,
    /// The indentation of its old place.
    indent: String,
    behind: Vec<String>,
}

/// Copies the items with these numbers out of a container. `None` where the container is none, or
/// its syntax is broken.
pub fn copy(text: &str, tree: &Tree, container: NodeId, items: &[usize]) -> Option<Vec<Item>> {
    let slots = ContainerItems::of(text, tree, container)?;
    let slots = items.iter().filter_map(|index| slots.all.get(*index));
    Some(slots.map(|slot| Item::of(text, slot)).collect())
}

impl Item {
    /// An item from words of our own: lines after the first are indented by fours, from nothing,
    /// with `\n` between them.
    pub fn new(words: impl Into<String>) -> Self {
        Item {
            words: words.into(),
            indent: String::new(),
            behind: Vec::new(),
        }
    }

    fn of(text: &str, slot: &ItemExtent) -> Self {
        let rest = Span::new(slot.span.end, slot.tail).of(text);
        let comments = tokens(rest).filter(|t| is_comment(t.kind));
        Item {
            words: Span::new(slot.lead, slot.span.end).of(text).to_owned(),
            indent: indent(text, slot.lead).to_owned(),
            behind: comments
                .map(|t| t.span.of(rest).trim_end().to_owned())
                .collect(),
        }
    }

    /// How many lines it takes, with the comments above it.
    pub fn lines(&self) -> usize {
        self.words.matches('\n').count() + 1
    }

    /// The indentation of the place that it came from.
    pub fn indent(&self) -> &str {
        &self.indent
    }

    /// The item with its comma as it stands behind an indentation of `indent`.
    pub fn laid(&self, indent: &str, eol: &str) -> String {
        let mut out = moved(&self.words, &self.indent, indent, eol);
        out.push(',');
        let mut needs_line = false;
        for comment in &self.behind {
            out.push_str(&if needs_line {
                format!("{eol}{indent}")
            } else {
                " ".to_owned()
            });
            out.push_str(comment);
            needs_line = comment.starts_with("//");
        }
        out
    }

    /// Whether it can stand among others on one line.
    fn is_inline(&self) -> bool {
        self.lines() == 1 && self.behind.is_empty() && !self.words.contains("//")
    }
}

fn is_comment(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::LineComment | TokenKind::BlockComment)
}

/// The same words with other indentation and line endings between tokens; inside text and comments
/// nothing changes.
fn moved(words: &str, from: &str, to: &str, eol: &str) -> String {
    let mut out = String::with_capacity(words.len() + 64);
    for token in tokens(words) {
        let own = token.span.of(words);
        match token.kind {
            TokenKind::Space if own.contains('\n') => {
                let (breaks, blanks) = own.split_at(own.rfind('\n').map_or(0, |at| at + 1));
                (0..breaks.matches('\n').count()).for_each(|_| out.push_str(eol));
                // What was further in stays further in.
                let common = from.bytes().zip(blanks.bytes()).take_while(|(a, b)| a == b);
                out.push_str(to);
                out.push_str(blanks.get(common.count()..).unwrap_or(""));
            }
            TokenKind::LineComment => out.push_str(own.trim_end_matches('\r')),
            _ => out.push_str(own),
        }
    }
    out
}

/// Puts items behind the one that has number `at - 1`; into an empty container, or before all
/// others, where `at` is 0. `None` where the container is none, or its syntax is broken.
pub fn put(
    text: &str,
    tree: &Tree,
    container: NodeId,
    at: usize,
    items: &[Item],
) -> Option<Vec<TextEdit>> {
    let slots = ContainerItems::of(text, tree, container)?;
    if items.is_empty() {
        return Some(Vec::new());
    }
    let eol = line_ending(text, tree.span(container).start);
    let outer = indent(text, tree.span(container).start);
    let step = if outer.contains('\t') { "\t" } else { "    " };
    let inner = format!("{outer}{step}");
    let at = at.min(slots.all.len());
    let before = at.checked_sub(1).and_then(|i| slots.all.get(i));
    let Some(before) = before else {
        return Some(vec![in_front(text, &slots, items, outer, &inner, eol)]);
    };
    if !before.own_line && items.iter().all(Item::is_inline) {
        let mut words = String::new();
        for item in items {
            words.push_str(", ");
            words.push_str(item.words.trim());
        }
        return Some(vec![TextEdit::insert(before.span.end, words)]);
    }
    let mut out = Vec::new();
    if before.comma.is_none() {
        out.push(TextEdit::insert(before.span.end, ","));
    }
    let inner = match before.own_line {
        true => indent(text, before.lead),
        false => &inner,
    };
    let gap = match has_gaps(text, &slots, at - 1, items) {
        true => eol,
        false => "",
    };
    let mut words = String::new();
    for item in items {
        words.push_str(&format!("{eol}{gap}{inner}{}", item.laid(inner, eol)));
    }
    if !ends_line(text, before.tail) {
        // What follows on the line goes to the next one, and loses the blanks before it.
        let next = slots.all.get(at);
        words.push_str(eol);
        words.push_str(if next.is_some() { inner } else { outer });
        let blanks = Span::new(before.tail, next.map_or(slots.close, |slot| slot.lead));
        if blanks.of(text).trim().is_empty() {
            out.push(TextEdit::new(blanks, words));
            return Some(out);
        }
    }
    out.push(TextEdit::insert(before.tail, words));
    Some(out)
}

/// Items before all others, or alone.
fn in_front(
    text: &str,
    slots: &ContainerItems,
    items: &[Item],
    outer: &str,
    inner: &str,
    eol: &str,
) -> TextEdit {
    let first = slots.all.first();
    let inner = match first.filter(|slot| slot.own_line) {
        Some(slot) => indent(text, slot.lead),
        None => inner,
    };
    let lines: Vec<String> = items
        .iter()
        .map(|item| format!("{inner}{}{eol}", item.laid(inner, eol)))
        .collect();
    let words = lines.concat();
    let end = first.map_or(slots.close, |slot| slot.lead);
    if is_indent(text, end) && line_start(text, end) >= slots.open {
        return TextEdit::insert(line_start(text, end), words);
    }
    let blanks = Span::new(slots.open, end);
    let outer = if first.is_some() { inner } else { outer };
    if blanks.of(text).trim().is_empty() {
        return TextEdit::new(blanks, format!("{eol}{words}{outer}"));
    }
    TextEdit::insert(end, format!("{eol}{words}{outer}"))
}

/// Whether blank lines part the items: as those there are parted, or as long records are.
fn has_gaps(text: &str, slots: &ContainerItems, index: usize, items: &[Item]) -> bool {
    let parted = |a: &ItemExtent, b: &ItemExtent| {
        Span::new(a.tail, b.lead).of(text).matches('\n').count() > 1
    };
    let pair = |i: usize| Some(parted(slots.all.get(i)?, slots.all.get(i + 1)?));
    let is_long = items.iter().any(|item| item.lines() > 1);
    match (index.checked_sub(1).and_then(pair), pair(index)) {
        (Some(true), _) => true,
        (_, Some(after)) if is_long || index == 0 => after,
        (None, None) => {
            let spans_lines = |slot: &ItemExtent| slot.span.of(text).contains('\n');
            is_long && slots.all.get(index).is_some_and(spans_lines)
        }
        _ => false,
    }
}

/// Puts a value of another text in the place of a node; the comments around both stay where they
/// are.
pub fn replace(text: &str, at: Span, other: &str, value: Span) -> TextEdit {
    let (from, to) = (indent(other, value.start), indent(text, at.start));
    TextEdit::new(
        at,
        moved(value.of(other), from, to, line_ending(text, at.start)),
    )
}

/// What a text says before its document about how it is to be read: `#![enable(implicit_some)]`,
/// each as it stands.
pub fn attributes(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut solid = tokens(text).filter(|t| !t.kind.is_trivia());
    while let Some(first) = solid.next().filter(|t| t.kind == TokenKind::Hash) {
        let end = solid.find(|t| t.kind == TokenKind::RightBracket);
        let end = end.map_or(first.span.end, |t| t.span.end);
        found.push(Span::new(first.span.start, end).of(text));
    }
    found
}

/// The line ending of a text: that of its first line.
pub fn line_break(text: &str) -> &'static str {
    line_ending(text, 0)
}

/// The comments directly above an item, each line from nothing; empty where there are none.
pub fn comments_above(text: &str, tree: &Tree, container: NodeId, item: usize) -> String {
    let slots = ContainerItems::of(text, tree, container);
    let slot = slots.and_then(|s| s.all.get(item).copied());
    slot.map_or_else(String::new, |slot| {
        let words = Span::new(slot.lead, slot.span.start).of(text);
        moved(words, indent(text, slot.lead), "", "\n")
    })
}
