//! Cuts records out of a register's text and lays them out as a register of their own.

use linchpin_register::record_spans::{comments_above, comments_after, record_spans};
use linchpin_register::{FORMAT_VERSION, LoadedRegister, METADATA_FIELDS, RecordKind, RecordRef};
use ron_lossless::{NodeId, NodeKind, Tree};
use std::collections::{BTreeSet, HashMap};

/// A record with the comments at it, as they stand in the text.
pub struct ExcerptRecord<'t> {
    kind: RecordKind,
    comments_before: Vec<&'t str>,
    source: &'t str,
    comments_after: Vec<&'t str>,
}

/// These records, in the order of the register.
pub fn excerpt_records<'t>(
    loaded: &'t LoadedRegister,
    records: &BTreeSet<RecordRef>,
) -> Vec<ExcerptRecord<'t>> {
    let mut out = Vec::with_capacity(records.len());
    for &kind in RecordKind::ALL {
        let mut nodes = records
            .iter()
            .filter(|at| at.kind == kind)
            .filter_map(|at| loaded.record_node(*at))
            .peekable();
        if nodes.peek().is_none() {
            continue;
        }
        let all = record_spans(loaded, kind);
        let index_of: HashMap<NodeId, usize> = all
            .iter()
            .enumerate()
            .map(|(index, place)| (place.node, index))
            .collect();
        let places = nodes.filter_map(|node| all.get(*index_of.get(&node)?));
        out.extend(places.map(|place| ExcerptRecord {
            kind,
            comments_before: comments_above(loaded, place),
            source: loaded.tree.span(place.node).of(&loaded.text),
            comments_after: comments_after(loaded, place),
        }));
    }
    out
}

/// The records as the text of a register, with the head of the one from which they were cut.
pub fn write_excerpt(loaded: &LoadedRegister, chart: &str, pieces: &[ExcerptRecord]) -> String {
    let line_end = if loaded.text.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let mut out = String::new();
    let mut line = |words: &str| {
        out.push_str(words);
        out.push_str(line_end);
    };
    line("#![enable(implicit_some)]");
    line("");
    line(&format!(
        "// What the chart “{}” is drawn from: cut out of a larger register by Linchpin.",
        chart
    ));
    line("(");
    line(&format!("    format: {FORMAT_VERSION},"));
    for field in METADATA_FIELDS {
        if let Some(value) = register_field(loaded, field.name) {
            line(&format!("    {}: {value},", field.name));
        }
    }
    for &kind in RecordKind::ALL {
        let mut first = true;
        for piece in pieces.iter().filter(|piece| piece.kind == kind) {
            line("");
            if std::mem::take(&mut first) {
                // Between two records an empty line, before the first their list.
                line(&format!("    {}: [", kind.list()));
            }
            for comment in &piece.comments_before {
                line(&format!("        {comment}"));
            }
            let mut words = format!("        {},", piece.source);
            for comment in &piece.comments_after {
                words.push(' ');
                words.push_str(comment);
            }
            line(&words);
        }
        if !first {
            line("    ],");
        }
    }
    line(")");
    out
}

/// The value of one of the register's own fields, as it is written. Several files may give
/// compilers: then those of all.
fn register_field(loaded: &LoadedRegister, name: &str) -> Option<String> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let roots = tree
        .children(Tree::ROOT)
        .filter(|id| tree.kind(*id) == NodeKind::Record);
    // A register may be a folder, whose files each have a head.
    let values: Vec<NodeId> = roots
        .filter_map(|root| tree.field(text, root, name))
        .filter(|value| tree.kind(*value) != NodeKind::Error)
        .collect();
    let written = |node: NodeId| tree.span(node).of(text);
    match values.as_slice() {
        [] => None,
        [first, _, ..] if tree.kind(*first) == NodeKind::List => {
            let mut items: Vec<&str> = Vec::new();
            for item in values.iter().flat_map(|list| tree.children(*list)) {
                if !items.contains(&written(item)) {
                    items.push(written(item));
                }
            }
            Some(format!("[{}]", items.join(", ")))
        }
        [first, ..] => Some(written(*first).to_owned()),
    }
}
