//! Names that are values: variants and calls.

use super::cursor::shortened;
use super::record::listed;
use super::tree::unraw;
use super::{Decoder, Diagnostic, NodeId, NodeKind, Span, codes, mend, nearest, only_near_match};

impl<'s> Decoder<'s> {
    /// The index in `names` of a name that stands alone. `what` says in the message what the names
    /// are ("strength").
    pub fn variant(&mut self, node: NodeId, what: &str, names: &[&str]) -> Option<usize> {
        let kind = self.tree().kind(node);
        let (word, help) = match kind {
            NodeKind::Word => (unraw(self.text(node)), ""),
            NodeKind::Text => (
                self.text(node).trim_matches('"'),
                " without quotation marks",
            ),
            NodeKind::Record => (
                self.tree()
                    .name_span(node)
                    .map_or("", |span| unraw(self.slice(span))),
                " without brackets",
            ),
            NodeKind::Error => return None,
            _ => ("", ""),
        };
        let index = names.iter().position(|name| *name == word);
        if kind == NodeKind::Word && index.is_some() {
            return index;
        }
        let span = self.span(node);
        self.report_with(|d| {
            let near = index.and_then(|index| names.get(index)).copied();
            let help = match near.or_else(|| nearest(word, names.iter().copied())) {
                Some(name) if index.is_some() || kind != NodeKind::Word => {
                    format!("write `{name}`{help}")
                }
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("it is one of {}", listed(names)),
            };
            let shown = shortened(d.slice(span));
            let has_values = kind == NodeKind::Record && d.tree().children(node).next().is_some();
            let sure = near
                .or_else(|| only_near_match(word, names.iter().copied()))
                .filter(|_| !has_values && !d.tree().is_broken(node));
            Diagnostic::error(
                span,
                codes::UNKNOWN_NAME,
                format!("`{shown}` is no known {what}"),
            )
            .with_help(help)
            .with_fix_if_any(
                sure.and_then(|name| mend::replace(format!("Write `{name}`"), span, name)),
            )
        });
        None
    }

    /// `Name(a, b)` or `Name`: the name, where it stands, and what is in its brackets (fields,
    /// where they are named).
    pub fn call(&mut self, node: NodeId) -> Option<(&'s str, Span, Vec<NodeId>)> {
        let span = match self.tree().kind(node) {
            NodeKind::Word => Some(self.span(node)),
            _ => self.tree().name_span(node),
        };
        let Some(span) = span else {
            self.wrong_type(
                node,
                "A name",
                Some("write a name, such as `Name(…)`".to_string()),
            );
            return None;
        };
        let inside = match self.tree().kind(node) {
            NodeKind::Record => self.tree().children(node).collect(),
            _ => Vec::new(),
        };
        Some((unraw(self.slice(span)), span, inside))
    }
}
