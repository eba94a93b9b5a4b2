//! What an edit must leave as it is: comments, line ends, all that stands outside of what it is
//! about.

use linchpin_edit::links::links_to;
use linchpin_edit::{Edit, EditTarget, ValueChange};
use linchpin_register::schema::PathStep;
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::{NodeId, NodeKind, Span, TokenKind, Tree, tokens};

/// Every comment, with its place.
pub fn comments(text: &str) -> Vec<(Span, &str)> {
    let is_comment = |kind| matches!(kind, TokenKind::LineComment | TokenKind::BlockComment);
    let found = tokens(text).filter(|token| is_comment(token.kind));
    found
        .map(|token| (token.span, token.span.of(text).trim_end()))
        .collect()
}

/// What an edit may take along.
#[derive(Default)]
struct Reach {
    /// Comments that stand here may go.
    lose: Vec<Span>,
    /// Comments may change their order.
    reorder: bool,
    /// Comments may come up twice.
    copy: bool,
}

/// Panics where an edit did away with a comment that it had no business with, or wrote other line
/// ends.
pub fn check(before: &LoadedRegister, edit: &Edit, after: &LoadedRegister) {
    let mut reach = Reach::default();
    reaches(before, edit, &mut reach);
    let stays = |(span, _): &&(Span, &str)| {
        let inside = |lost: &Span| lost.start <= span.start && span.end <= lost.end;
        !reach.lose.iter().any(inside)
    };
    let old = comments(&before.text);
    let mut kept: Vec<&str> = old.iter().filter(stays).map(|(_, words)| *words).collect();
    let mut now: Vec<&str> = comments(&after.text).iter().map(|(_, w)| *w).collect();
    let tell = || format!("{edit:?}\n{}\n---\n{}", before.text, after.text);
    if reach.reorder {
        kept.sort_unstable();
        now.sort_unstable();
    }
    if reach.lose.is_empty() && !reach.copy {
        assert_eq!(now, kept, "{}", tell());
    }
    let mut found = now.iter();
    for comment in kept {
        assert!(found.any(|c| *c == comment), "{comment}\n{}", tell());
    }
    for (old, new) in before.files.iter().zip(after.files.iter()) {
        let (old, new) = (old.span.of(&before.text), new.span.of(&after.text));
        for (is, other) in [(ends(old).0, ends(new).1), (ends(old).1, ends(new).0)] {
            // Where there was only one kind, there is no other now.
            assert!(!(is > 0 && both(old) && other > 0), "line ends\n{}", tell());
        }
    }
}

/// How many lines end with `\r\n`, and how many with `\n`, outside of texts.
fn ends(text: &str) -> (usize, usize) {
    let mut found = (0, 0);
    for token in tokens(text).filter(|token| token.kind.is_trivia()) {
        for (at, _) in token.span.of(text).match_indices('\n') {
            // Of a line's end behind a remark, the first half belongs to the remark.
            match text[..token.span.start as usize + at].ends_with('\r') {
                true => found.0 += 1,
                false => found.1 += 1,
            }
        }
    }
    found
}

#[test]
fn line_ends_behind_remarks_are_what_they_are() {
    let text = "a: 1, // x\r\nb: 2,\r\n/* y\r\n */\nc: \"z\n\", // w\n";
    assert_eq!(ends(text), (3, 2));
}

/// Whether all line ends are of one kind.
fn both(text: &str) -> bool {
    let (windows, unix) = ends(text);
    windows == 0 || unix == 0
}

fn reaches(before: &LoadedRegister, edit: &Edit, reach: &mut Reach) {
    let tree = &*before.tree;
    match edit {
        Edit::AddRecord { .. } | Edit::RenameRecord { .. } => {}
        Edit::Field { target, edit } => {
            let path = &edit.path;
            let found = find(before, target, path);
            match (&edit.change, found) {
                (ValueChange::Append(_), _) => {}
                (ValueChange::Move { .. }, _) => reach.reorder = true,
                (_, None) => {}
                (ValueChange::Set(_), Some((_, _, node))) => reach.lose.push(whole(before, node)),
                (ValueChange::Remove, Some((holder, child, _))) => {
                    takes(before, holder, child, path, target, reach);
                }
            }
        }
        Edit::MoveRecord { .. } => reach.reorder = true,
        Edit::DuplicateRecord { .. } => reach.copy = true,
        Edit::Batch { edits, .. } => edits.iter().for_each(|edit| reaches(before, edit, reach)),
        Edit::RemoveRecords { ids, unlink } => {
            let mut going: Vec<NodeId> = Vec::new();
            for id in ids {
                let at = before.register.find(id).unwrap();
                going.push(before.record_node(at).unwrap());
            }
            for node in &going {
                reach.lose.push(around(before, parent(tree, *node), *node));
            }
            // What stands between two that go belongs to one of them.
            reach.lose = joined(std::mem::take(&mut reach.lose), &before.text);
            for &kind in RecordKind::ALL.iter().filter(|_| *unlink) {
                let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                for link in links_to(before, kind, &ids) {
                    if going.contains(&link.record_node) {
                        continue;
                    }
                    let child = tree.children(link.container).nth(link.index).unwrap();
                    reach.lose.push(around(before, link.container, child));
                    if tree.kind(link.container) == NodeKind::List {
                        let items = tree.children(link.container);
                        let text = |id: NodeId| tree.span(id).of(&before.text).to_owned();
                        let goes = |id: NodeId| ids.iter().any(|i| text(id).contains(*i));
                        if items.into_iter().all(goes) {
                            let field = up_to_field(tree, link.container);
                            reach.lose.push(around(before, parent(tree, field), field));
                        }
                    }
                }
            }
        }
    }
}

/// What goes where a value is taken out: an item, a field, or the field whose only item it is.
fn takes(
    before: &LoadedRegister,
    holder: NodeId,
    child: NodeId,
    path: &[PathStep],
    target: &EditTarget,
    reach: &mut Reach,
) {
    reach.lose.push(around(before, holder, child));
    let alone = before.tree.children(holder).count() == 1;
    if alone && matches!(path.last(), Some(PathStep::Index(_))) {
        let above = &path[..path.len() - 1];
        if let Some((holder, child, _)) = find(before, target, above) {
            takes(before, holder, child, above, target, reach);
        }
    }
}

/// The node at a path: what holds it, which child it is there, and its value.
fn find(
    before: &LoadedRegister,
    target: &EditTarget,
    path: &[PathStep],
) -> Option<(NodeId, NodeId, NodeId)> {
    let (text, tree) = (&*before.text, &*before.tree);
    let mut at = match target {
        EditTarget::Record(id) => before.record_node(before.register.find(id)?)?,
        EditTarget::Register => {
            let Some(PathStep::Field(name)) = path.first() else {
                return None;
            };
            let mut roots = tree.values();
            roots.find(|root| tree.field(text, *root, name).is_some())?
        }
    };
    let mut found = None;
    for step in path {
        let is_some = |id: &NodeId| tree.name(text, *id) == Some("Some");
        while is_some(&at) {
            at = tree.children(at).next()?;
        }
        let child = match step {
            PathStep::Field(name) => tree
                .children(at)
                .find(|field| tree.field_name(text, *field) == Some(name))?,
            PathStep::Index(index) => tree.children(at).nth(*index)?,
        };
        let value = tree.field_value(child).unwrap_or(child);
        found = Some((at, child, value));
        at = value;
    }
    found
}

fn whole(before: &LoadedRegister, node: NodeId) -> Span {
    before.tree.span(node)
}

fn parent(tree: &Tree, node: NodeId) -> NodeId {
    let mut at = Tree::ROOT;
    let here = tree.span(node);
    loop {
        let holds = |child: &NodeId| {
            let span = tree.span(*child);
            span.start <= here.start && here.end <= span.end
        };
        let child = tree.children(at).find(holds).unwrap();
        if child == node {
            return at;
        }
        at = child;
    }
}

fn up_to_field(tree: &Tree, mut node: NodeId) -> NodeId {
    while tree.kind(node) != NodeKind::Field {
        node = parent(tree, node);
    }
    node
}

/// A child with all that stands around it, but for what stands on the lines of its neighbors.
fn around(before: &LoadedRegister, holder: NodeId, child: NodeId) -> Span {
    let (text, tree) = (&*before.text, &*before.tree);
    let own = tree.span(child);
    let ends = |id: NodeId| tree.span(id).end;
    let starts = |id: NodeId| tree.span(id).start;
    let before_it = tree.children(holder).filter(|id| ends(*id) <= own.start);
    let behind_it = tree.children(holder).filter(|id| starts(*id) >= own.end);
    let start = match before_it.last() {
        // The rest of the neighbor's line is the neighbor's.
        Some(id) => {
            let gap = Span::new(ends(id), own.start);
            breaks(text, gap)
                .first()
                .map_or(gap.start, |line| line.start)
        }
        None => tree.span(holder).start,
    };
    let end = match behind_it.into_iter().next() {
        Some(id) => {
            let gap = Span::new(own.end, starts(id));
            let comma = tokens(gap.of(text)).find(|t| t.kind == TokenKind::Comma);
            let comma = gap.start + comma.map_or(0, |token| token.span.end);
            let breaks = breaks(text, Span::new(comma, gap.end));
            breaks.last().map_or(gap.end, |line| line.end)
        }
        None => tree.span(holder).end,
    };
    Span::new(start, end)
}

/// White space with a line break in it, between the tokens of a stretch.
fn breaks(text: &str, stretch: Span) -> Vec<Span> {
    let words = stretch.of(text);
    let space = tokens(words).filter(|t| t.kind == TokenKind::Space);
    let breaks = space.filter(|t| t.span.of(words).contains('\n'));
    breaks.map(|t| t.span.shifted(stretch.start)).collect()
}

/// Stretches that touch or have only blanks and comments between them, as one.
fn joined(mut spans: Vec<Span>, text: &str) -> Vec<Span> {
    spans.sort_by_key(|span| span.start);
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        let only_trivia = |a: u32, b: u32| {
            let between = Span::new(a, b.max(a)).of(text);
            tokens(between).all(|t| t.kind.is_trivia() || t.kind == TokenKind::Comma)
        };
        match out.last_mut() {
            Some(last) if only_trivia(last.end, span.start) => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}
