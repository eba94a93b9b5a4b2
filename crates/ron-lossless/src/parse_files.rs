//! Several files as one text and one tree.

use crate::parser::parse_with_limit;
use crate::tree::TreeNode;
use crate::{MAX_DIAGNOSTICS, NodeId, NodeKind, Span, Tree};

/// Reads each of `parts` as a document of its own, with its own byte order mark and attributes,
/// into one tree with the offsets of `text`. The parts stand in order and do not overlap;
/// [`Tree::values`] are their values.
pub fn parse_files(text: &str, parts: &[Span]) -> Tree {
    parse_files_within(text, parts, MAX_DIAGNOSTICS)
}

/// The same with another limit than [`MAX_DIAGNOSTICS`], for who goes through all of them.
pub fn parse_files_within(text: &str, parts: &[Span], max_diagnostics: usize) -> Tree {
    if let [whole] = parts
        && whole.range() == (0..text.len())
    {
        return parse_with_limit(text, max_diagnostics);
    }
    let mut tree = Tree {
        nodes: vec![TreeNode {
            kind: NodeKind::Root,
            start: 0,
            end: text.len() as u32,
            next: 0,
            name_end: 0,
        }],
        diagnostics: Vec::new(),
        diagnostics_omitted: 0,
    };
    // Each part alone: an open bracket or quotation mark ends with its file.
    for part in parts {
        let part_tree = parse_with_limit(part.of(text), max_diagnostics);
        append(&mut tree, part_tree, part.start);
    }
    // No diagnostic is listed after one that is not: `is_broken` relies on the list being complete
    // up to its last place.
    tree.diagnostics_omitted += tree.diagnostics.len().saturating_sub(max_diagnostics);
    tree.diagnostics.truncate(max_diagnostics);
    if let Some(root) = tree.nodes.len().try_into().ok().zip(tree.nodes.first_mut()) {
        root.1.next = root.0;
    }
    tree
}

/// Puts the nodes below the root of `other` at the end of `tree`; its text begins at byte `offset`.
fn append(tree: &mut Tree, other: Tree, offset: u32) {
    // The root of `other` is left behind, so its node 1 becomes the next free number.
    let by = tree.nodes.len() as NodeId - 1;
    let shifted = other.nodes.iter().skip(1).map(|node| TreeNode {
        kind: node.kind,
        start: node.start + offset,
        end: node.end + offset,
        next: node.next + by,
        name_end: node.name_end + offset,
    });
    tree.nodes.extend(shifted);
    let full = tree.diagnostics_omitted > 0;
    let diagnostics = other.diagnostics.into_iter();
    if full {
        tree.diagnostics_omitted += diagnostics.len();
    } else {
        tree.diagnostics
            .extend(diagnostics.map(|p| p.shifted(offset)));
    }
    tree.diagnostics_omitted += other.diagnostics_omitted;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    const FILES: [&str; 4] = [
        "\u{feff}Doc(a: \"한국\")",
        "",
        "#![enable(implicit_some)]\n(b: [1, ], c )",
        "A title:\n(d: 3) x",
    ];

    fn joined(files: &[&str]) -> (String, Vec<Span>) {
        let mut text = String::new();
        let mut parts = Vec::new();
        for file in files {
            if !parts.is_empty() {
                text.push('\n');
            }
            let start = text.len() as u32;
            text.push_str(file);
            parts.push(Span::new(start, text.len() as u32));
        }
        (text, parts)
    }

    #[test]
    fn each_file_reads_as_it_does_alone() {
        let (text, parts) = joined(&FILES);
        let tree = parse_files(&text, &parts);
        let mut diagnostics = Vec::new();
        let mut nodes = Vec::new();
        for (file, part) in FILES.iter().zip(&parts) {
            let alone = parse(file);
            diagnostics.extend(
                alone
                    .diagnostics
                    .iter()
                    .map(|p| p.clone().shifted(part.start)),
            );
            for (id, node) in alone.nodes.iter().enumerate().skip(1) {
                let children = alone.children(id as NodeId).count();
                nodes.push((
                    node.kind,
                    alone.span(id as NodeId).shifted(part.start),
                    children,
                ));
            }
        }
        assert_eq!(tree.diagnostics, diagnostics);
        let found: Vec<_> = (1..tree.nodes.len() as NodeId)
            .map(|id| (tree.kind(id), tree.span(id), tree.children(id).count()))
            .collect();
        assert_eq!(found, nodes);
        let values: Vec<&str> = tree.values().map(|id| tree.span(id).of(&text)).collect();
        assert_eq!(values, ["Doc(a: \"한국\")", "(b: [1, ], c )", "(d: 3)"]);
        assert_eq!(tree.name(&text, tree.value().unwrap()), Some("Doc"));
        let three = text.find('3').unwrap() as u32;
        assert_eq!(tree.span(tree.at(three)).of(&text), "3");
    }

    #[test]
    fn problems_beyond_the_limit_are_counted_over_all_files() {
        let bad = format!("({})", "a: @, ".repeat(150));
        let (text, parts) = joined(&[&bad, &bad, &bad]);
        let tree = parse_files(&text, &parts);
        assert_eq!(tree.diagnostics.len(), MAX_DIAGNOSTICS);
        let alone = parse(&bad).diagnostics.len();
        assert_eq!(tree.diagnostics_omitted, alone * 3 - MAX_DIAGNOSTICS);
        assert!(tree.is_broken(tree.values().last().unwrap()));
        assert_eq!(parse_files("", &[]).value(), None);
    }
}
