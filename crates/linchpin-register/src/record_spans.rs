//! Where records stand in the text, with the comments at them.

use crate::{LoadedRegister, RecordKind};
use ron_lossless::{NodeId, NodeKind, Span, Token, TokenKind, Tree, comments, tokens};

/// The values of a text at its top: one for each file.
pub fn roots(tree: &Tree) -> impl Iterator<Item = NodeId> + '_ {
    tree.children(Tree::ROOT)
        .filter(|id| tree.kind(*id) == NodeKind::Record)
}

/// The value inside `Some( )`, or the value itself.
pub fn unwrapped(text: &str, tree: &Tree, node: NodeId) -> NodeId {
    let is_some = tree.kind(node) == NodeKind::Record && tree.name(text, node) == Some("Some");
    let inside = tree
        .children(node)
        .next()
        .filter(|id| tree.kind(*id) != NodeKind::Field);
    inside.filter(|_| is_some).unwrap_or(node)
}

/// The lists of a type, one for each file that has one.
pub fn lists(loaded: &LoadedRegister, kind: RecordKind) -> impl Iterator<Item = NodeId> + '_ {
    roots(&loaded.tree).filter_map(move |root| {
        let list = loaded.tree.field(&loaded.text, root, kind.list())?;
        Some(unwrapped(&loaded.text, &loaded.tree, list))
    })
}

/// Where a record stands, with what stands between it and its neighbors.
#[derive(Clone, Copy)]
pub struct RecordSpan {
    pub node: NodeId,
    /// From the record before it, or the start of the list.
    pub before: Span,
    /// To the record behind it, or the end of the list.
    pub after: Span,
}

/// Every record of a type, in the order of the text.
pub fn record_spans(loaded: &LoadedRegister, kind: RecordKind) -> Vec<RecordSpan> {
    let tree = &loaded.tree;
    let mut out: Vec<RecordSpan> = Vec::new();
    for list in lists(loaded, kind) {
        let list_span = tree.span(list);
        let mut from = list_span.start;
        let first = out.len();
        for node in tree.children(list) {
            let span = tree.span(node);
            let before = Span::new(from, span.start);
            if let Some(last) = out.get_mut(first..).and_then(|own| own.last_mut()) {
                last.after = before;
            }
            let after = Span::new(span.end, list_span.end);
            out.push(RecordSpan {
                node,
                before,
                after,
            });
            from = span.end;
        }
    }
    out
}

/// The comments above a record: those in front of it but not on the line of what stands there.
pub fn comments_above<'a>(loaded: &'a LoadedRegister, record: &RecordSpan) -> Vec<&'a str> {
    let start = match record.before.of(&loaded.text).starts_with('[') {
        true => record.before.start,
        false => first_line_end(loaded, record.before),
    };
    comments(&loaded.text, Span::new(start, record.before.end)).collect()
}

/// The comments behind a record on its line.
pub fn comments_behind<'a>(loaded: &'a LoadedRegister, record: &RecordSpan) -> Vec<&'a str> {
    let end = first_line_end(loaded, record.after);
    comments(&loaded.text, Span::new(record.after.start, end)).collect()
}

/// Where the first line of a span ends that starts outside of comments.
pub fn first_line_end(loaded: &LoadedRegister, span: Span) -> u32 {
    let within = span.of(&loaded.text);
    let breaks = |token: &Token| token.span.of(within).contains('\n');
    let line = tokens(within).find(breaks);
    line.map_or(span.end, |token| match token.kind {
        TokenKind::Space => span.start + token.span.start,
        _ => span.start + token.span.end,
    })
}
