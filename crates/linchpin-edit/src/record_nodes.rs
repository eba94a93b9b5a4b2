//! The records and fields of a text as they are held against those of another: by id, by name.

use linchpin_register::record_spans::{RecordSpan, record_spans, unwrap_some};
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::{Decode as _, Decoder, NodeId, NodeKind};
use std::collections::HashMap;

/// What an item of a container goes by: its id or name, and how many of that name stand before it.
pub(super) type ItemKey = (String, u32);

/// A record in the text, sound or not.
pub(super) struct KeyedNode {
    pub key: ItemKey,
    pub node: NodeId,
}

/// Every record of a type in the text, in its order.
pub(super) fn keyed_records(loaded: &LoadedRegister, kind: RecordKind) -> Vec<KeyedNode> {
    keyed_by_id(
        loaded,
        record_spans(loaded, kind).iter().map(|place| place.node),
    )
}

/// Records by their ids.
pub(super) fn keyed_by_id(
    loaded: &LoadedRegister,
    nodes: impl Iterator<Item = NodeId>,
) -> Vec<KeyedNode> {
    with_unique_keys(nodes.map(|node| (record_id(loaded, node), node)))
}

/// How many records stand at the start of both lists under the same ids, and how many at their
/// ends.
pub(super) fn common_ends(
    old: (&LoadedRegister, &[RecordSpan]),
    new: (&LoadedRegister, &[RecordSpan]),
) -> (usize, usize) {
    fn id_of<'a>(loaded: &'a LoadedRegister, place: &RecordSpan) -> Option<&'a str> {
        let id = loaded.tree.field(&loaded.text, place.node, "id")?;
        Some(loaded.tree.span(id).of(&loaded.text))
    }
    let same = |(a, b): &(&RecordSpan, &RecordSpan)| {
        let id = id_of(old.0, a);
        id.is_some() && id == id_of(new.0, b)
    };
    let start = old.1.iter().zip(new.1).take_while(same).count();
    let rest = old.1.len().min(new.1.len()) - start;
    let end = old.1.iter().rev().zip(new.1.iter().rev()).take(rest);
    (start, end.take_while(same).count())
}

/// Names with a number for those that come again.
pub(super) fn with_unique_keys(items: impl Iterator<Item = (String, NodeId)>) -> Vec<KeyedNode> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let key = |(name, node): (String, NodeId)| {
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        let key = (name, *count - 1);
        KeyedNode { key, node }
    };
    items.map(key).collect()
}

/// The id of a record; empty where it has none.
pub(super) fn record_id(loaded: &LoadedRegister, node: NodeId) -> String {
    text_field(loaded, node, "id").unwrap_or_default()
}

/// The name of a record on screen, else its id; short enough for a sentence.
pub(super) fn record_title(loaded: &LoadedRegister, node: NodeId) -> String {
    let mut found = ["title", "name", "label"]
        .iter()
        .filter_map(|name| text_field(loaded, node, name));
    let full_title = found.next().unwrap_or_else(|| record_id(loaded, node));
    let full_title: Vec<&str> = full_title.split_whitespace().collect();
    super::messages::truncate_title(&full_title.join(" "))
}

fn text_field(loaded: &LoadedRegister, node: NodeId, name: &str) -> Option<String> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let value = unwrap_some(text, tree, tree.field(text, node, name)?);
    let source = tree.span(value).of(text);
    match tree.kind(value) {
        NodeKind::Text => Some(source.trim_matches('"').to_owned()),
        NodeKind::EscapedText => String::decode(&mut Decoder::new(text, tree), value),
        _ => Some(source.to_owned()),
    }
}

/// The fields of a record with their values, in the order of the text.
pub(super) fn record_fields(loaded: &LoadedRegister, record: NodeId) -> Vec<(&str, NodeId)> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let field = |child| Some((tree.field_name(text, child)?, tree.field_value(child)?));
    tree.children(record).filter_map(field).collect()
}
