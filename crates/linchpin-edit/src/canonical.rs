//! What two stretches of text have in common: the meaning, or all but the layout.

use linchpin_register::record_spans::unwrap_some;
use ron_lossless::{NodeId, NodeKind, RonValue, TokenKind, Tree, tokens};

/// What a value says, however it is written: fields in one order, numbers without `_`, nothing for
/// what is left out.
pub(super) fn canonical_value(text: &str, tree: &Tree, node: NodeId) -> RonValue {
    let node = unwrap_some(text, tree, node);
    match tree.kind(node) {
        NodeKind::Number => RonValue::Bare(tree.span(node).of(text).replace('_', "")),
        NodeKind::List => {
            let items = tree
                .children(node)
                .map(|item| canonical_value(text, tree, item));
            RonValue::List(items.collect())
        }
        NodeKind::Record => canonical_record(text, tree, node),
        _ => RonValue::read(text, tree, node),
    }
}

fn canonical_record(text: &str, tree: &Tree, node: NodeId) -> RonValue {
    let name = tree.name(text, node).unwrap_or("");
    let is_field = |child: &NodeId| tree.kind(*child) == NodeKind::Field;
    if !tree.children(node).any(|child| is_field(&child)) {
        let items = tree
            .children(node)
            .map(|item| canonical_value(text, tree, item));
        return RonValue::Call(name.to_owned(), items.collect());
    }
    let field = |child: NodeId| {
        let name = tree.field_name(text, child)?.to_owned();
        let value = canonical_value(text, tree, tree.field_value(child)?);
        let is_empty = value == RonValue::List(Vec::new()) || value == RonValue::bare("None");
        (!is_empty).then_some((name, value))
    };
    let mut fields: Vec<(String, RonValue)> = tree.children(node).filter_map(field).collect();
    // Stable: of two fields of one name, the first stays the first.
    fields.sort_by(|a, b| a.0.cmp(&b.0));
    RonValue::Record(fields)
}

/// Whether two stretches differ in nothing but white space and commas: the same values and comments
/// in the same order.
pub(super) fn equal_except_layout(a: &str, b: &str) -> bool {
    a == b || significant_tokens(a).eq(significant_tokens(b))
}

/// What a stretch holds but for white space and commas, in order.
pub(super) fn significant_tokens(text: &str) -> impl Iterator<Item = &str> {
    let counts = |kind| !matches!(kind, TokenKind::Space | TokenKind::Comma | TokenKind::End);
    let tokens = tokens(text).filter(move |token| counts(token.kind));
    tokens.map(|token| token.span.of(text).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ron_lossless::parse;

    #[test]
    fn the_meaning_is_the_same_however_it_is_written() {
        let of = |text: &str| {
            let tree = parse(text);
            canonical_value(text, &tree, tree.value().unwrap())
        };
        for (a, b) in [
            ("1_000", "1000"),
            ("\"a\\\"\"", "r#\"a\"\"#"),
            ("(a: 1, b: [])", "( // c\n a: Some(1), c: None,)"),
            ("(a: 1, b: 2)", "(b: 2, a: 1)"),
            ("[Between(1_0, 2)]", "[Between(10, 2,),]"),
        ] {
            assert_eq!(of(a), of(b), "{a} {b}");
        }
        for (a, b) in [
            ("1", "\"1\""),
            ("[1, 2]", "[2, 1]"),
            ("A(1)", "B(1)"),
            ("(a: 1)", "(b: 1)"),
        ] {
            assert_ne!(of(a), of(b), "{a} {b}");
        }
    }

    #[test]
    fn layout_is_white_space_and_commas() {
        assert!(equal_except_layout(
            "(a: 1, // x\r\n b: 2)",
            "( a:1 // x\n,b: 2,)"
        ));
        assert!(!equal_except_layout("(a: 1)", "(a: 1 /* x */)"));
        assert!(!equal_except_layout("[\"a b\"]", "[\"a  b\"]"));
    }
}
