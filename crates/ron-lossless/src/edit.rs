//! Edits by the tree: each is a few replacements in the text that touch nothing but what they must.
//! Comments, blank lines, the order of fields and the line endings stay; an item is moved and
//! removed with its own comments.
//!
//! Everything rests on [`ContainerItems`]: which comma and which comments belong to an item.
//! Leading comments are those directly above it, up to a blank line; trailing ones follow it on its
//! line. Where the syntax of the container is broken there is no answer to that, so every function
//! returns `None` there rather than guess.

use crate::{NodeId, NodeKind, Span, TextEdit, TokenKind, Tree, tokens};

/// One item or field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemExtent {
    /// The item or the field.
    pub node: NodeId,
    /// From its first to its last character.
    pub span: Span,
    /// Where it begins with its leading comments, those directly above.
    pub lead: u32,
    /// The comma after it.
    pub comma: Option<Span>,
    /// Where it ends with its comma and its trailing comments, those that follow on the line.
    pub tail: u32,
    /// Nothing but white space stands before it on its line, or before the first of its comments.
    pub own_line: bool,
}

/// The items of a record, a list or a map, with what belongs to each.
pub struct ContainerItems {
    /// The end of the opening bracket.
    pub open: u32,
    /// The start of the closing bracket.
    pub close: u32,
    /// The end of the comments on the line of the opening bracket.
    pub open_tail: u32,
    /// The items, in order.
    pub all: Vec<ItemExtent>,
}

impl ContainerItems {
    /// The items of a record, a list or a map; `None` for anything else, and where its syntax is
    /// broken.
    pub fn of(text: &str, tree: &Tree, container: NodeId) -> Option<ContainerItems> {
        let kind = tree.kind(container);
        let holds = matches!(kind, NodeKind::Record | NodeKind::List | NodeKind::Map);
        if !holds || tree.is_broken(container) {
            return None;
        }
        let span = tree.span(container);
        let open = opening(text, tree, container)?;
        let close = span.end.checked_sub(1).filter(|close| *close >= open)?;
        let nodes: Vec<NodeId> = tree.children(container).collect();
        let mut all: Vec<ItemExtent> = Vec::with_capacity(nodes.len());
        let mut open_tail = open;
        let mut from = open;
        let ends = nodes.iter().map(|node| Some(tree.span(*node)));
        for (index, next) in ends.chain([None]).enumerate() {
            // A gap says where the item before it ends and where the next one begins.
            let mut gap = ItemGap::read(text, from, next.map_or(close, |span| span.start));
            if next.is_some() && gap.on_one_line {
                // A comment between two items on one line stands by the second.
                gap.tail = gap.comma.map_or(from, |comma| comma.end);
            }
            match all.last_mut() {
                Some(last) => (last.comma, last.tail) = (gap.comma, gap.tail),
                None => open_tail = gap.tail,
            }
            if let Some(span) = next {
                let lead = gap.lead.unwrap_or(span.start);
                all.push(ItemExtent {
                    node: nodes[index],
                    span,
                    lead,
                    comma: None,
                    tail: span.end,
                    own_line: line_start(text, lead) >= gap.tail && is_indent(text, lead),
                });
                from = span.end;
            }
        }
        Some(ContainerItems {
            open,
            close,
            open_tail,
            all,
        })
    }
}

/// The end of the bracket that opens a container.
fn opening(text: &str, tree: &Tree, container: NodeId) -> Option<u32> {
    let span = tree.span(container);
    let from = tree
        .name_span(container)
        .map_or(span.start, |name| name.end);
    let inside = text.get(from as usize..span.end as usize)?;
    let opens = |kind| {
        matches!(
            kind,
            TokenKind::LeftParen | TokenKind::LeftBracket | TokenKind::LeftBrace
        )
    };
    let token = tokens(inside).find(|token| !token.kind.is_trivia())?;
    opens(token.kind).then(|| from + token.span.end)
}

/// What stands between two items.
struct ItemGap {
    comma: Option<Span>,
    /// Where what belongs to the item before it ends.
    tail: u32,
    /// Where the comments begin that belong to the item after it.
    lead: Option<u32>,
    /// What follows begins on the line on which the item before it, or its comma, ends.
    on_one_line: bool,
}

impl ItemGap {
    fn read(text: &str, from: u32, to: u32) -> ItemGap {
        let mut gap = ItemGap {
            comma: None,
            tail: from,
            lead: None,
            on_one_line: true,
        };
        let source = Span::new(from, to).of(text);
        for token in tokens(source) {
            let span = Span::new(from + token.span.start, from + token.span.end);
            let breaks = token.span.of(source).matches('\n').count();
            match token.kind {
                // What stands before the comma belongs to the item, also on a line of its own.
                TokenKind::Comma => {
                    gap = ItemGap {
                        comma: Some(span),
                        tail: span.end,
                        lead: None,
                        on_one_line: true,
                    };
                }
                TokenKind::LineComment | TokenKind::BlockComment if gap.on_one_line => {
                    let body = token.span.of(source).trim_end_matches('\r');
                    gap.tail = span.start + body.len() as u32;
                    gap.on_one_line = breaks == 0 && token.kind == TokenKind::BlockComment;
                }
                TokenKind::LineComment | TokenKind::BlockComment => {
                    gap.lead = gap.lead.or(Some(span.start));
                }
                _ => {
                    gap.on_one_line &= breaks == 0;
                    // A blank line parts a comment from what follows.
                    if breaks > 1 {
                        gap.lead = None;
                    }
                }
            }
        }
        gap
    }
}

/// Where the line begins on which byte `at` stands.
pub(crate) fn line_start(text: &str, at: u32) -> u32 {
    let before = text.get(..at as usize).unwrap_or("");
    before.rfind('\n').map_or(0, |newline| newline as u32 + 1)
}

/// Whether nothing but blanks stands before byte `at` on its line.
pub(crate) fn is_indent(text: &str, at: u32) -> bool {
    let before = Span::new(line_start(text, at), at).of(text);
    before.bytes().all(|b| b == b' ' || b == b'\t')
}

/// The blanks at the start of the line on which byte `at` stands.
pub(crate) fn indent(text: &str, at: u32) -> &str {
    let before = text.get(line_start(text, at) as usize..).unwrap_or("");
    let blanks = before.bytes().take_while(|b| *b == b' ' || *b == b'\t');
    &before[..blanks.count()]
}

/// Whether the line ends at byte `at`, but for blanks.
pub(crate) fn ends_line(text: &str, at: u32) -> bool {
    let rest = text.get(at as usize..).unwrap_or("");
    let rest = rest.trim_start_matches([' ', '\t', '\r']);
    rest.is_empty() || rest.starts_with('\n')
}

/// The line ending around byte `at`, outside of texts in quotation marks: the lines of a text are
/// part of a value, whatever program they came from. Files with different ones may stand in one
/// text, with `\n` between them.
pub fn line_ending(text: &str, tree: &Tree, at: u32) -> &'static str {
    let bytes = text.as_bytes();
    let at = bytes.len().min(at as usize);
    let is_windows = |end: usize| end.checked_sub(1).and_then(|i| bytes.get(i)) == Some(&b'\r');
    let above = line_end_above(bytes, tree, at);
    let own = line_end_below(bytes, tree, at);
    match above.is_some_and(is_windows) || own.is_some_and(is_windows) {
        true => "\r\n",
        false => "\n",
    }
}

/// How many texts of several lines are passed over in search of a line end: each costs a search in
/// the tree.
const MAX_TEXTS_PASSED: usize = 64;

fn line_end_above(bytes: &[u8], tree: &Tree, mut at: usize) -> Option<usize> {
    for _ in 0..MAX_TEXTS_PASSED {
        let end = memchr::memrchr(b'\n', bytes.get(..at)?)?;
        match text_around(tree, end) {
            None => return Some(end),
            Some(quoted) => at = quoted.start as usize,
        }
    }
    None
}

fn line_end_below(bytes: &[u8], tree: &Tree, mut at: usize) -> Option<usize> {
    for _ in 0..MAX_TEXTS_PASSED {
        let end = at + memchr::memchr(b'\n', bytes.get(at..)?)?;
        match text_around(tree, end) {
            None => return Some(end),
            Some(quoted) => at = quoted.end as usize,
        }
    }
    None
}

/// The text in quotation marks in which byte `at` stands.
fn text_around(tree: &Tree, at: usize) -> Option<Span> {
    let node = tree.at(u32::try_from(at).ok()?);
    let is_quoted = matches!(
        tree.kind(node),
        NodeKind::Text | NodeKind::EscapedText | NodeKind::Bytes | NodeKind::Char
    );
    is_quoted.then(|| tree.span(node))
}

/// The text of a new item.
#[derive(Clone, Copy, Debug)]
pub enum ItemText<'a> {
    /// Lines after the first are indented by four spaces for each level, relative to the item, and
    /// get the indentation of its place. No line break inside text or comments.
    Relative(&'a str),
    /// Used as it is: it already has the indentation of its place.
    Verbatim(&'a str),
}

impl<'a> ItemText<'a> {
    fn text(self) -> &'a str {
        match self {
            ItemText::Relative(text) | ItemText::Verbatim(text) => text,
        }
    }

    fn indented(self, indent: &str, eol: &str) -> String {
        match self {
            ItemText::Relative(text) => indented(text, indent, eol),
            ItemText::Verbatim(text) => text.to_owned(),
        }
    }

    fn joined(self) -> String {
        match self {
            ItemText::Relative(text) => joined(text),
            ItemText::Verbatim(text) => text.to_owned(),
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
    body: ItemText<'_>,
) -> Option<Vec<TextEdit>> {
    let extents = ContainerItems::of(text, tree, container)?;
    let at = at.min(extents.all.len());
    let before = at.checked_sub(1).and_then(|i| extents.all.get(i));
    Some(match (before, extents.all.first()) {
        (None, None) => vec![into_empty(text, tree, container, &extents, body)],
        (None, Some(first)) => vec![before_first(text, tree, &extents, first, body)],
        (Some(before), _) => after_item(text, tree, container, &extents, at - 1, before, body),
    })
}

fn into_empty(
    text: &str,
    tree: &Tree,
    container: NodeId,
    extents: &ContainerItems,
    body: ItemText<'_>,
) -> TextEdit {
    let inside = Span::new(extents.open, extents.close);
    let blank = inside.of(text).trim().is_empty();
    if blank && !body.text().contains('\n') && !is_list_of_records(tree, container, body) {
        return TextEdit::new(inside, body.text());
    }
    let eol = line_ending(text, tree, tree.span(container).start);
    let outer = indent(text, tree.span(container).start);
    let inner = format!("{outer}{}", step(outer));
    let body = body.indented(&inner, eol);
    if blank {
        return TextEdit::new(inside, format!("{eol}{inner}{body},{eol}{outer}"));
    }
    // What is there are comments: the item goes behind them.
    if is_indent(text, extents.close) {
        let start = line_start(text, extents.close);
        return TextEdit::insert(start, format!("{inner}{body},{eol}"));
    }
    TextEdit::insert(extents.close, format!("{eol}{inner}{body},{eol}{outer}"))
}

/// A record in a list is put on a line of its own; a scalar need not be.
fn is_list_of_records(tree: &Tree, container: NodeId, body: ItemText<'_>) -> bool {
    tree.kind(container) == NodeKind::List && body.text().starts_with('(')
}

fn before_first(
    text: &str,
    tree: &Tree,
    extents: &ContainerItems,
    first: &ItemExtent,
    body: ItemText<'_>,
) -> TextEdit {
    let eol = line_ending(text, tree, first.lead);
    if !first.own_line {
        return TextEdit::insert(first.lead, format!("{}, ", body.joined()));
    }
    let inner = indent(text, first.lead);
    let gap = if has_blank_lines(text, &extents.all, 0, body) {
        eol
    } else {
        ""
    };
    let body = body.indented(inner, eol);
    let start = line_start(text, first.lead);
    TextEdit::insert(start, format!("{inner}{body},{eol}{gap}"))
}

fn after_item(
    text: &str,
    tree: &Tree,
    container: NodeId,
    extents: &ContainerItems,
    index: usize,
    before: &ItemExtent,
    body: ItemText<'_>,
) -> Vec<TextEdit> {
    let eol = line_ending(text, tree, before.lead);
    // Items side by side on a line stay so.
    let mut out = Vec::new();
    if !before.own_line {
        let source = if before.span.of(text).contains('\n') {
            // `), (`: the way in which `ron` itself writes lists.
            body.indented(indent(text, before.span.end), eol)
        } else {
            body.joined()
        };
        match before.comma {
            Some(comma) => out.push(TextEdit::insert(comma.end, format!(" {source},"))),
            None => out.push(TextEdit::insert(before.span.end, format!(", {source}"))),
        }
        return out;
    }
    if before.comma.is_none() {
        out.push(TextEdit::insert(before.span.end, ","));
    }
    let inner = indent(text, before.lead);
    let gap = if has_blank_lines(text, &extents.all, index, body) {
        eol
    } else {
        ""
    };
    let body = body.indented(inner, eol);
    let mut inserted = format!("{eol}{gap}{inner}{body},");
    if !ends_line(text, before.tail) {
        // What follows on the line goes to the next one, and loses the blanks before it.
        let next = extents
            .all
            .get(index + 1)
            .map_or(extents.close, |extent| extent.lead);
        let outer = match extents.all.get(index + 1) {
            Some(_) => inner,
            None => indent(text, tree.span(container).start),
        };
        let blanks = Span::new(before.tail, next);
        inserted.push_str(eol);
        inserted.push_str(outer);
        if blanks.of(text).trim().is_empty() {
            out.push(TextEdit::new(blanks, inserted));
            return out;
        }
    }
    // Blanks behind the neighbor stay with it.
    let rest = text.get(before.tail as usize..).unwrap_or("");
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let end = match ends_line(text, before.tail) {
        true => before.tail + blanks as u32,
        false => before.tail,
    };
    out.push(TextEdit::insert(end, inserted));
    out
}

/// Whether a blank line parts two neighbors.
fn is_separated(text: &str, a: &ItemExtent, b: &ItemExtent) -> bool {
    Span::new(a.tail, b.lead).of(text).matches('\n').count() > 1
}

/// Whether a blank line parts a new item from the one that has number `index`: as its neighbors are
/// parted.
fn has_blank_lines(text: &str, all: &[ItemExtent], index: usize, body: ItemText<'_>) -> bool {
    let pair = |i: usize| Some(is_separated(text, all.get(i)?, all.get(i + 1)?));
    pair(index)
        .or_else(|| pair(index.checked_sub(1)?))
        .unwrap_or_else(|| {
            let multiline = all
                .get(index)
                .is_some_and(|s| s.span.of(text).contains('\n'));
            multiline && body.text().contains('\n') && body.text().starts_with('(')
        })
}

/// Lines that are indented from nothing, indented for the line of byte `at` and with its line
/// ending.
pub fn indented_at(text: &str, tree: &Tree, at: u32, lines: &str) -> String {
    indented(lines, indent(text, at), line_ending(text, tree, at))
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

/// The same on one line.
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

/// Takes out items by their numbers, each with its comma, the comments directly above and those
/// behind it on its line; comments that stand apart stay. `None` where the container is none, or
/// its syntax is broken.
pub fn remove(
    text: &str,
    tree: &Tree,
    container: NodeId,
    items: &[usize],
) -> Option<Vec<TextEdit>> {
    let extents = ContainerItems::of(text, tree, container)?;
    let mut sorted = items.to_vec();
    sorted.sort_unstable();
    let goes = |index: usize| index < extents.all.len() && sorted.binary_search(&index).is_ok();
    let all_go = (0..extents.all.len()).all(goes);
    let only_blanks = |a: u32, b: u32| Span::new(a, b).of(text).trim().is_empty();
    // A comment between two neighbors that belongs to neither stays, also where both go.
    let meet = |pair: &[ItemExtent]| only_blanks(pair[0].tail, pair[1].lead);
    if let (true, Some(first), Some(last)) = (all_go, extents.all.first(), extents.all.last())
        && only_blanks(extents.open, first.lead)
        && only_blanks(last.tail, extents.close)
        && extents.all.windows(2).all(meet)
    {
        // `[ ]` would keep the line breaks of what is gone.
        return Some(vec![TextEdit::new(
            Span::new(extents.open, extents.close),
            "",
        )]);
    }
    let mut out = Vec::new();
    let mut index = 0;
    while index < extents.all.len() {
        if !goes(index) {
            index += 1;
            continue;
        }
        // Neighbors go in one edit: each alone would take the comma that the other needs.
        let first = index;
        index += 1;
        while goes(index) && meet(&extents.all[index - 1..=index]) {
            index += 1;
        }
        out.push(TextEdit::new(run(text, &extents, first, index - 1), ""));
    }
    Some(out)
}

/// What goes when the items from `first` to `last` go.
fn run(text: &str, extents: &ContainerItems, first: usize, last: usize) -> Span {
    let (f, l) = (&extents.all[first], &extents.all[last]);
    let before = first.checked_sub(1).and_then(|i| extents.all.get(i));
    let next = extents.all.get(last + 1);
    // The comments above go along, whatever follows on the last line.
    let head = if f.own_line { f.lead } else { f.span.start };
    if f.own_line && ends_line(text, l.tail) {
        let rest = text.get(l.tail as usize..).unwrap_or("");
        let line = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let mut span = Span::new(line_start(text, f.lead), l.tail + line as u32);
        // The blank line that parted it goes with it.
        let floor = before.map_or(extents.open_tail, |extent| extent.tail);
        let above = blank_line_before(text, span.start).filter(|start| *start >= floor);
        let below = blank_line_after(text, span.end).filter(|end| *end <= extents.close);
        // Of two blank lines around it one stays; at the end or the start of the container none.
        match (above, below) {
            (Some(start), Some(_)) => span.start = start,
            (Some(start), None) if next.is_none() => span.start = start,
            (None, Some(end)) if before.is_none() => span.end = end,
            _ => {}
        }
        return span;
    }
    if let Some(next) = next {
        let trailing = l.comma.map_or(l.span.end, |comma| comma.end);
        let gap = Span::new(trailing, next.lead).of(text);
        let blanks = gap.len() - gap.trim_start_matches([' ', '\t']).len();
        let end = trailing + blanks as u32;
        // At the end of a line the blanks before it go instead.
        let comma = before.and_then(|extent| extent.comma);
        let start = comma.map(|comma| comma.end).filter(|start| {
            ends_line(text, end) && Span::new(*start, f.span.start).of(text).trim().is_empty()
        });
        return Span::new(start.unwrap_or(head), end);
    }
    let end = l.comma.map_or(l.span.end, |comma| comma.end);
    match before.and_then(|extent| extent.comma) {
        Some(comma)
            if Span::new(comma.end, f.span.start)
                .of(text)
                .trim()
                .is_empty() =>
        {
            // What stands behind the comma on the line of the neighbor is the neighbor's: the line
            // break behind it goes.
            let rest = Span::new(comma.end, f.span.start).of(text);
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let is_broken = blanks < rest.len();
            // The comma before it stays only where a comma ended the list.
            let start = match (l.comma.is_some(), is_broken && blanks > 0) {
                (_, true) => comma.end + blanks as u32,
                (true, false) => comma.end,
                (false, false) => comma.start,
            };
            Span::new(start, end)
        }
        _ => Span::new(head, end),
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

/// Moves an item to another place in its list, with its comments: `to` is its number afterwards.
/// `None` where nothing would move, the container is none, or its syntax is broken.
pub fn move_item(
    text: &str,
    tree: &Tree,
    container: NodeId,
    from: usize,
    to: usize,
) -> Option<Vec<TextEdit>> {
    let extents = ContainerItems::of(text, tree, container)?;
    let to = to.min(extents.all.len().checked_sub(1)?);
    if from == to || from >= extents.all.len() {
        return None;
    }
    // A `//` comment cannot move to a place where more follows on its line: then all comments stay,
    // since one half moved and one half left would be worse.
    let with_comments = rotate(text, &extents, from, to, true);
    with_comments.or_else(|| rotate(text, &extents, from, to, false))
}

/// The items between two places take each other's; what stands between two items stays where it is.
/// `None` where a comment would swallow what follows it in its new place.
fn rotate(
    text: &str,
    extents: &ContainerItems,
    from: usize,
    to: usize,
    with_comments: bool,
) -> Option<Vec<TextEdit>> {
    let head = |extent: &ItemExtent| match with_comments && extent.own_line {
        true => Span::new(extent.lead, extent.span.end),
        false => extent.span,
    };
    let mut out = Vec::new();
    for place in from.min(to)..=from.max(to) {
        let takes = match () {
            () if place == to => from,
            () if from < to => place + 1,
            () => place - 1,
        };
        let (here, there) = (&extents.all[place], &extents.all[takes]);
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
            let source = format!("{}{comma}{}", gap.of(text), trailing.of(text));
            out.push(TextEdit::new(Span::new(here.span.end, here.tail), source));
        }
    }
    Some(out)
}

/// An item of a list, or a field of a record, with the comments above it and those behind it on its
/// line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedItem {
    /// The comments above it and the item itself, as they were written.
    source: String,
    /// The indentation of its old place.
    indent: String,
    trailing: Vec<String>,
}

/// Copies the items with these numbers out of a container. `None` where the container is none, or
/// its syntax is broken.
pub fn copy(
    text: &str,
    tree: &Tree,
    container: NodeId,
    items: &[usize],
) -> Option<Vec<CopiedItem>> {
    let extents = ContainerItems::of(text, tree, container)?;
    let extents = items.iter().filter_map(|index| extents.all.get(*index));
    Some(extents.map(|extent| CopiedItem::of(text, extent)).collect())
}

/// Takes the items with these numbers out of a container: copies of them, and the edits that remove
/// them. The copies hold every comment that the edits remove, and no other. `None` where the
/// container is none, or its syntax is broken.
pub fn take_out(
    text: &str,
    tree: &Tree,
    container: NodeId,
    items: &[usize],
) -> Option<(Vec<CopiedItem>, Vec<TextEdit>)> {
    let extents = ContainerItems::of(text, tree, container)?;
    let edits = remove(text, tree, container, items)?;
    let copies = items.iter().map(|index| {
        let extent = extents.all.get(*index)?;
        let holds = |edit: &&TextEdit| {
            edit.span.start <= extent.span.start && extent.span.end <= edit.span.end
        };
        let removed = edits.iter().find(holds)?.span;
        let is_led = removed.start <= extent.lead;
        Some(CopiedItem::of(
            text,
            &ItemExtent {
                lead: if is_led {
                    extent.lead
                } else {
                    extent.span.start
                },
                tail: extent.tail.min(removed.end),
                ..*extent
            },
        ))
    });
    Some((copies.collect::<Option<_>>()?, edits))
}

impl CopiedItem {
    /// The same with more comments above, parted from its own by a blank line.
    pub fn with_comments_above(mut self, comments: &[&str]) -> Self {
        if comments.is_empty() {
            return self;
        }
        let line_break = format!("\n{}", self.indent);
        let above = comments.join(&line_break);
        self.source = format!("{above}\n{line_break}{}", self.source);
        self
    }

    /// An item from new text: lines after the first are indented by four spaces for each level,
    /// with `\n` between them.
    pub fn new(source: impl Into<String>) -> Self {
        CopiedItem {
            source: source.into(),
            indent: String::new(),
            trailing: Vec::new(),
        }
    }

    fn of(text: &str, extent: &ItemExtent) -> Self {
        let rest = Span::new(extent.span.end, extent.tail).of(text);
        let comments = tokens(rest).filter(|t| is_comment(t.kind));
        CopiedItem {
            source: Span::new(extent.lead, extent.span.end).of(text).to_owned(),
            indent: indent(text, extent.lead).to_owned(),
            trailing: comments
                .map(|t| t.span.of(rest).trim_end().to_owned())
                .collect(),
        }
    }

    /// How many lines it takes, with the comments above it.
    pub fn lines(&self) -> usize {
        self.source.matches('\n').count() + 1
    }

    /// The indentation of the place that it came from.
    pub fn indent(&self) -> &str {
        &self.indent
    }

    /// The item with its comma, as it is written after an indentation of `indent`.
    pub fn render(&self, indent: &str, eol: &str) -> String {
        let mut out = reindented(&self.source, &self.indent, indent, eol);
        out.push(',');
        let mut needs_line = false;
        for comment in &self.trailing {
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
        self.lines() == 1 && self.trailing.is_empty() && !self.source.contains("//")
    }
}

fn is_comment(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::LineComment | TokenKind::BlockComment)
}

/// The same with other indentation and line endings between tokens; inside text and comments
/// nothing changes, since there they are part of the content.
fn reindented(source: &str, from: &str, to: &str, eol: &str) -> String {
    let mut out = String::with_capacity(source.len() + 64);
    for token in tokens(source) {
        let own = token.span.of(source);
        match token.kind {
            TokenKind::Space if own.contains('\n') => {
                let (breaks, blanks) = own.split_at(own.rfind('\n').map_or(0, |at| at + 1));
                (0..breaks.matches('\n').count()).for_each(|_| out.push_str(eol));
                // What was further in stays further in, by the same blanks: tabs stay tabs.
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

/// Puts items after the one that has number `at - 1`; into an empty container, or before all
/// others, where `at` is 0. `None` where the container is none, or its syntax is broken.
pub fn insert_copied(
    text: &str,
    tree: &Tree,
    container: NodeId,
    at: usize,
    items: &[CopiedItem],
) -> Option<Vec<TextEdit>> {
    let extents = ContainerItems::of(text, tree, container)?;
    if items.is_empty() {
        return Some(Vec::new());
    }
    let eol = line_ending(text, tree, tree.span(container).start);
    let outer = indent(text, tree.span(container).start);
    let inner = format!("{outer}{}", step(outer));
    let at = at.min(extents.all.len());
    let before = at.checked_sub(1).and_then(|i| extents.all.get(i));
    let Some(before) = before else {
        return Some(vec![copied_in_front(
            text, &extents, items, outer, &inner, eol,
        )]);
    };
    if !before.own_line && items.iter().all(CopiedItem::is_inline) {
        let mut inserted = String::new();
        for item in items {
            inserted.push_str(", ");
            inserted.push_str(item.source.trim());
        }
        return Some(vec![TextEdit::insert(before.span.end, inserted)]);
    }
    let mut out = Vec::new();
    if before.comma.is_none() {
        out.push(TextEdit::insert(before.span.end, ","));
    }
    let inner = match before.own_line {
        true => indent(text, before.lead),
        false => &inner,
    };
    let gap = match has_gaps(text, &extents, at - 1, items) {
        true => eol,
        false => "",
    };
    let mut inserted = String::new();
    for item in items {
        inserted.push_str(&format!("{eol}{gap}{inner}{}", item.render(inner, eol)));
    }
    if !ends_line(text, before.tail) {
        // What follows on the line goes to the next one, and loses the blanks before it.
        let next = extents.all.get(at);
        inserted.push_str(eol);
        inserted.push_str(if next.is_some() { inner } else { outer });
        let blanks = Span::new(
            before.tail,
            next.map_or(extents.close, |extent| extent.lead),
        );
        if blanks.of(text).trim().is_empty() {
            out.push(TextEdit::new(blanks, inserted));
            return Some(out);
        }
    }
    out.push(TextEdit::insert(before.tail, inserted));
    Some(out)
}

/// Items before all others, or alone.
fn copied_in_front(
    text: &str,
    extents: &ContainerItems,
    items: &[CopiedItem],
    outer: &str,
    inner: &str,
    eol: &str,
) -> TextEdit {
    let first = extents.all.first();
    let inner = match first.filter(|extent| extent.own_line) {
        Some(extent) => indent(text, extent.lead),
        None => inner,
    };
    let lines: Vec<String> = items
        .iter()
        .map(|item| format!("{inner}{}{eol}", item.render(inner, eol)))
        .collect();
    let source = lines.concat();
    let end = first.map_or(extents.close, |extent| extent.lead);
    if is_indent(text, end) && line_start(text, end) >= extents.open {
        return TextEdit::insert(line_start(text, end), source);
    }
    let blanks = Span::new(extents.open, end);
    let outer = if first.is_some() { inner } else { outer };
    if blanks.of(text).trim().is_empty() {
        return TextEdit::new(blanks, format!("{eol}{source}{outer}"));
    }
    TextEdit::insert(end, format!("{eol}{source}{outer}"))
}

/// Whether blank lines part the items: as those there are parted, or as long records are.
fn has_gaps(text: &str, extents: &ContainerItems, index: usize, items: &[CopiedItem]) -> bool {
    let pair = |i: usize| {
        Some(is_separated(
            text,
            extents.all.get(i)?,
            extents.all.get(i + 1)?,
        ))
    };
    let is_long = items.iter().any(|item| item.lines() > 1);
    match (index.checked_sub(1).and_then(pair), pair(index)) {
        (Some(true), _) => true,
        (_, Some(after)) if is_long || index == 0 => after,
        (None, None) => {
            let spans_lines = |extent: &ItemExtent| extent.span.of(text).contains('\n');
            is_long && extents.all.get(index).is_some_and(spans_lines)
        }
        _ => false,
    }
}

/// Puts a value of another text in the place of a node; the comments around both stay where they
/// are.
pub fn replace(text: &str, tree: &Tree, at: Span, other: &str, value: Span) -> TextEdit {
    let (from, to) = (indent(other, value.start), indent(text, at.start));
    TextEdit::new(
        at,
        reindented(value.of(other), from, to, line_ending(text, tree, at.start)),
    )
}

/// The attributes at the top of a text, such as `#![enable(implicit_some)]`, as they are written.
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

/// The line ending of a text: that of its first line that does not end inside quotation marks.
pub fn first_line_ending(text: &str) -> &'static str {
    match line_ends(text).next() {
        Some(true) => "\r\n",
        _ => "\n",
    }
}

/// Whether each line end outside of quotation marks is `\r\n`.
pub(crate) fn line_ends(text: &str) -> impl Iterator<Item = bool> + '_ {
    let trivia = tokens(text).filter(|token| token.kind.is_trivia());
    trivia.flat_map(move |token| {
        let found = memchr::memchr_iter(b'\n', token.span.of(text).as_bytes());
        // The first half may be the end of a comment in front of the token.
        found.map(move |at| {
            let before = text.get(..token.span.start as usize + at);
            before.is_some_and(|before| before.ends_with('\r'))
        })
    })
}

/// The comments directly above an item, each line from nothing; empty where there are none.
pub fn comments_above(text: &str, tree: &Tree, container: NodeId, item: usize) -> String {
    let extents = ContainerItems::of(text, tree, container);
    let extent = extents.and_then(|s| s.all.get(item).copied());
    extent.map_or_else(String::new, |extent| {
        let source = Span::new(extent.lead, extent.span.start).of(text);
        reindented(source, indent(text, extent.lead), "", "\n")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn shown(text: &str) -> Vec<String> {
        let tree = parse(text);
        let extents = ContainerItems::of(text, &tree, tree.value().unwrap()).unwrap();
        let show = |extent: &ItemExtent| {
            let source = Span::new(extent.lead, extent.tail).of(text);
            format!("{}{source}", if extent.own_line { "|" } else { "" })
        };
        extents.all.iter().map(show).collect()
    }

    #[test]
    fn comments_belong_to_the_item_they_stand_by() {
        assert_eq!(
            shown("[1, /* b */ 2 /* c */, 3]"),
            ["1,", "2 /* c */,", "3"]
        );
        let text = "[ // list\n  // apart\n\n  // one\n  /* eins */\n  1, // after\n  2 // two\n  \
            , 3 // three\r\n  // end\n]";
        assert_eq!(
            shown(text),
            [
                "|// one\n  /* eins */\n  1, // after",
                "|2 // two\n  ,",
                "3 // three"
            ]
        );
        assert_eq!(
            shown("(a: 1 /* x\n y */, // z\n\n  b: [ // no\n  ],)"),
            ["a: 1 /* x\n y */, // z", "|b: [ // no\n  ],"]
        );
    }

    #[test]
    fn comments_that_stand_apart_stay_where_their_neighbors_go() {
        for (text, rest, copied) in [
            (
                "(\n    // a\n    a: 1,\n\n    // apart\n\n    b: 2, // b\n\n    // end\n)\n",
                "(\n    // apart\n\n    // end\n)\n",
                "// a\na: 1,|b: 2, // b",
            ),
            (
                "(a: 1, /* x */ b: 2, c: 3)",
                "(/* x */ c: 3)",
                "a: 1,|b: 2,",
            ),
        ] {
            let tree = parse(text);
            let root = tree.value().unwrap();
            let is_kept = |id: &NodeId| tree.field_name(text, *id) == Some("c");
            let numbers = tree
                .children(root)
                .enumerate()
                .filter(|(_, id)| !is_kept(id));
            let numbers: Vec<usize> = numbers.map(|(number, _)| number).collect();
            let (copies, edits) = take_out(text, &tree, root, &numbers).unwrap();
            assert_eq!(crate::apply(text, &edits).as_deref(), Some(rest));
            let copies: Vec<String> = copies.iter().map(|c| c.render("", "\n")).collect();
            assert_eq!(copies.join("|"), copied);
        }
    }

    #[test]
    fn line_endings_are_those_of_the_file_around() {
        let text = "a\r\nb\nc\nd\ne\r\nf";
        let tree = parse(text);
        let at = |source: &str| line_ending(text, &tree, text.find(source).unwrap() as u32);
        assert_eq!(
            ["a", "b", "c", "d", "e", "f"].map(at),
            ["\r\n", "\r\n", "\n", "\n", "\r\n", "\r\n"]
        );
        assert_eq!(line_ending("", &parse(""), 9), "\n");
    }

    #[test]
    fn lines_inside_texts_have_no_say() {
        let text = "(\n    a: \"x\r\ny\r\n\", b: r\"z\r\n\", c: 1,\n)\r\n";
        let tree = parse(text);
        for source in ["b:", "c:"] {
            let at = text.find(source).unwrap() as u32;
            assert_eq!(line_ending(text, &tree, at), "\n", "{source}");
        }
        assert_eq!(first_line_ending("(a: \"x\r\n\",\n)"), "\n");
        assert_eq!(first_line_ending("// x\r\n(a: \"x\n\",\n)"), "\r\n");
    }

    #[test]
    fn nothing_is_offered_where_the_syntax_is_broken() {
        for text in ["[1 2]", "[(a: )]", "\"text\"", "[1, 2"] {
            let tree = parse(text);
            let value = tree.value().unwrap();
            assert!(ContainerItems::of(text, &tree, value).is_none(), "{text}");
        }
        let text = "r#Doc /* ( */ (a: 1)";
        let tree = parse(text);
        let extents = ContainerItems::of(text, &tree, tree.value().unwrap()).unwrap();
        assert_eq!((extents.open, extents.close), (15, 19));
    }
}
