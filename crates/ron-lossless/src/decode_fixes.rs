//! Quick fixes of the decoder: a value of one kind, written as the kind that belongs there.

use crate::quick_fix::{is_name, quoted, replace};
use crate::tree::key_text;
use crate::{Decoder, NodeId, NodeKind, SourceChange, Span, TextEdit};

impl Decoder<'_> {
    /// A quick fix that makes a record of a map, as JSON has them: other brackets, and field names
    /// without quotation marks. `None` where the node is no map, is broken, or has keys that cannot
    /// be names.
    pub fn as_record(&self, node: NodeId) -> Option<SourceChange> {
        let tree = self.tree();
        if tree.kind(node) != NodeKind::Map {
            return None;
        }
        let mut edits = self.brackets(node, ['{', '}'], ["(", ")"])?;
        for entry in tree.children(node) {
            let key = tree.children(entry).next()?;
            let name = key_text(self.slice(tree.span(key)), whole(tree.span(key)));
            match tree.kind(key) {
                NodeKind::Text if is_name(name) => edits.push(TextEdit::new(tree.span(key), name)),
                NodeKind::Word => {}
                _ => return None,
            }
        }
        SourceChange::new("Write it as a record in `( )`", edits)
    }

    /// A quick fix that makes a list of a single value, or of several in round brackets.
    pub fn as_list(&self, node: NodeId) -> Option<SourceChange> {
        let tree = self.tree();
        let label = "Put it in `[ ]`";
        if !self.is_whole(node) {
            return None;
        }
        match tree.kind(node) {
            NodeKind::Text if is_empty_word(self.text(node).trim_matches('"')) => return None,
            NodeKind::Text | NodeKind::EscapedText | NodeKind::Number => {}
            NodeKind::Word if !is_empty_word(self.text(node)) => {}
            NodeKind::Record => {
                let mut inside = tree.children(node);
                let has_fields = inside.any(|child| tree.kind(child) == NodeKind::Field);
                if !has_fields && tree.name_span(node).is_none() {
                    let edits = self.brackets(node, ['(', ')'], ["[", "]"])?;
                    return SourceChange::new("Write `[` and `]`", edits);
                }
            }
            _ => return None,
        }
        let span = tree.span(node);
        SourceChange::new(
            label,
            vec![
                TextEdit::insert(span.start, "["),
                TextEdit::insert(span.end, "]"),
            ],
        )
    }

    /// A quick fix that makes text of a value without quotation marks, or with single ones.
    pub(crate) fn as_text(&self, node: NodeId) -> Option<SourceChange> {
        let (span, source) = (self.span(node), self.text(node));
        if !self.is_whole(node) {
            return None;
        }
        match self.tree().kind(node) {
            NodeKind::Number => {}
            NodeKind::Word if !is_empty_word(source) && !matches!(source, "true" | "false") => {}
            NodeKind::Char => {
                let inside = source.strip_prefix('\'')?.strip_suffix('\'')?;
                let is_plain = !inside.contains(['\\', '"']);
                let label = "Write double quotation marks";
                return is_plain.then(|| replace(label, span, quoted(inside)))?;
            }
            _ => return None,
        }
        replace("Put it in quotation marks", span, quoted(source))
    }

    /// Other brackets around a value that is not broken.
    fn brackets(&self, node: NodeId, is: [char; 2], right: [&str; 2]) -> Option<Vec<TextEdit>> {
        let (span, source) = (self.span(node), self.text(node));
        let fits = source.starts_with(is[0]) && source.ends_with(is[1]) && source.len() > 1;
        (fits && !self.tree().is_broken(node)).then(|| {
            vec![
                TextEdit::new(Span::new(span.start, span.start + 1), right[0]),
                TextEdit::new(Span::new(span.end - 1, span.end), right[1]),
            ]
        })
    }
}

/// What other languages write for no value.
pub(crate) fn is_empty_word(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    matches!(lower.as_str(), "none" | "null" | "nil" | "some")
}

fn whole(span: Span) -> Span {
    Span::new(0, span.end - span.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn changed(
        text: &str,
        change: impl Fn(&Decoder, NodeId) -> Option<SourceChange>,
    ) -> Option<String> {
        let tree = parse(text);
        let d = Decoder::new(text, &tree);
        change(&d, tree.value().unwrap())?.apply_edits(text)
    }

    #[test]
    fn maps_become_records() {
        let record = |text| changed(text, |d, node| d.as_record(node));
        assert_eq!(
            record("{\"a\": 1, b: {}}").as_deref(),
            Some("(a: 1, b: {})")
        );
        assert_eq!(record("{}").as_deref(), Some("()"));
        for text in ["{\"a b\": 1}", "{1: 2}", "{\"a\": }", "{\"a\": 1", "[1]"] {
            assert_eq!(record(text), None, "{text}");
        }
    }

    #[test]
    fn values_become_lists() {
        let list = |text| changed(text, |d, node| d.as_list(node));
        for (text, right) in [
            ("\"a\"", "[\"a\"]"),
            ("Pledge", "[Pledge]"),
            ("(a: 1)", "[(a: 1)]"),
            ("((a: 1), (a: 2))", "[(a: 1), (a: 2)]"),
            ("()", "[]"),
            ("Part()", "[Part()]"),
        ] {
            assert_eq!(list(text).as_deref(), Some(right), "{text}");
        }
        for text in ["None", "null", "\"none\"", "{1: 2}", "(a: )", "(1"] {
            assert_eq!(list(text), None, "{text}");
        }
    }

    #[test]
    fn values_become_text() {
        let source = |text| changed(text, |d, node| d.as_text(node));
        for (text, right) in [
            ("2023", "\"2023\""),
            ("Korea", "\"Korea\""),
            ("'x'", "\"x\""),
        ] {
            assert_eq!(source(text).as_deref(), Some(right), "{text}");
        }
        for text in ["None", "true", "null", "[1]", "'\\n'", "'\"'"] {
            assert_eq!(source(text), None, "{text}");
        }
    }
}
