//! Where records stand in the text, with the comments at them.

use crate::{LoadedRegister, RecordKind};
use ron_lossless::{
    Decode as _, Decoder, NodeId, NodeKind, Span, Token, TokenKind, Tree, comments, tokens,
};
use std::borrow::Cow;

/// The values of a text at its top: one for each file.
pub fn root_records(tree: &Tree) -> impl Iterator<Item = NodeId> + '_ {
    tree.children(Tree::ROOT)
        .filter(|id| tree.kind(*id) == NodeKind::Record)
}

/// The value inside `Some( )`, or the value itself.
pub fn unwrap_some(text: &str, tree: &Tree, node: NodeId) -> NodeId {
    let is_some = tree.kind(node) == NodeKind::Record && tree.name(text, node) == Some("Some");
    // `Some` with named fields would be a record of that name.
    let inside = tree
        .children(node)
        .next()
        .filter(|id| tree.kind(*id) != NodeKind::Field);
    inside.filter(|_| is_some).unwrap_or(node)
}

/// What a text says, however it is written: in quotation marks, raw, or with escapes. `None` for a
/// value that is no text.
pub fn text_value<'t>(text: &'t str, tree: &Tree, node: NodeId) -> Option<Cow<'t, str>> {
    let source = tree.span(node).of(text);
    match tree.kind(node) {
        // The usual text has no escapes and is taken where it stands.
        NodeKind::Text => Some(Cow::Borrowed(source.trim_matches('"'))),
        NodeKind::EscapedText => {
            String::decode(&mut Decoder::new(text, tree), node).map(Cow::Owned)
        }
        _ => None,
    }
}

/// The lists of a type, one for each file that has one.
pub fn record_lists(
    loaded: &LoadedRegister,
    kind: RecordKind,
) -> impl Iterator<Item = NodeId> + '_ {
    root_records(&loaded.tree).filter_map(move |root| {
        let list = loaded.tree.field(&loaded.text, root, kind.list())?;
        Some(unwrap_some(&loaded.text, &loaded.tree, list))
    })
}

/// Where a record stands, with what stands between it and its neighbors.
#[derive(Clone, Copy)]
pub struct RecordSpan {
    pub node: NodeId,
    /// From the record before it, or the start of the list.
    pub leading: Span,
    /// To the record behind it, or the end of the list.
    pub trailing: Span,
}

/// Every record of a type, in the order of the text.
pub fn record_spans(loaded: &LoadedRegister, kind: RecordKind) -> Vec<RecordSpan> {
    let tree = &loaded.tree;
    let mut out: Vec<RecordSpan> = Vec::new();
    for list in record_lists(loaded, kind) {
        let list_span = tree.span(list);
        let mut from = list_span.start;
        let first = out.len();
        for node in tree.children(list) {
            let span = tree.span(node);
            let before = Span::new(from, span.start);
            // A record of the list before, which is in another file, is no neighbor.
            if let Some(last) = out.get_mut(first..).and_then(|own| own.last_mut()) {
                last.trailing = before;
            }
            let after = Span::new(span.end, list_span.end);
            out.push(RecordSpan {
                node,
                leading: before,
                trailing: after,
            });
            from = span.end;
        }
    }
    out
}

/// The comments above a record: those in front of it but not on the line of what stands there.
pub fn comments_above<'a>(loaded: &'a LoadedRegister, record: &RecordSpan) -> Vec<&'a str> {
    // Only the bracket of the list stands in front of the first record, and a comment on the line
    // of the bracket is above the record.
    let start = match record.leading.of(&loaded.text).starts_with('[') {
        true => record.leading.start,
        false => first_line_end(loaded, record.leading),
    };
    comments(&loaded.text, Span::new(start, record.leading.end)).collect()
}

/// The comments behind a record on its line.
pub fn comments_after<'a>(loaded: &'a LoadedRegister, record: &RecordSpan) -> Vec<&'a str> {
    let end = first_line_end(loaded, record.trailing);
    comments(&loaded.text, Span::new(record.trailing.start, end)).collect()
}

/// Where the first line of a span ends that starts outside of comments.
pub fn first_line_end(loaded: &LoadedRegister, span: Span) -> u32 {
    let within = span.of(&loaded.text);
    let breaks = |token: &Token| token.span.of(within).contains('\n');
    let line = tokens(within).find(breaks);
    line.map_or(span.end, |token| match token.kind {
        // Anything else with a line break in it is a block comment, which belongs to the line where
        // it begins.
        TokenKind::Space => span.start + token.span.start,
        _ => span.start + token.span.end,
    })
}
