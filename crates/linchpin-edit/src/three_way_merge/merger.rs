//! Three texts put together, container by container: the register, its lists, their records, their
//! fields.

use super::conflict::{ConflictKind, MergeConflict, MergeSide};
use super::pieces::MergePiece;
use super::scope::MergeScope;
use super::sides::{NodeSides, SpanSides};
use super::trivia::{TriviaMerge, merge_trivia};
use crate::canonical::canonical_value;
use crate::display_value::DisplayValue;
use crate::renames::RecordRename;
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::comments;
use ron_lossless::{NodeId, NodeKind, Span, Tree};
use std::collections::HashSet;

/// The three texts, and what has been found in them so far.
pub(super) struct RecordMerger<'a> {
    pub base: &'a LoadedRegister,
    pub ours: &'a LoadedRegister,
    pub theirs: &'a LoadedRegister,
    /// Records that both sides renamed, or one renamed and the other removed: from the base to
    /// mine, and to theirs.
    pub renames: (&'a [RecordRename], &'a [RecordRename]),
    /// The ids of records that somebody must decide about whatever has changed in them.
    pub forced_ids: &'a HashSet<String>,
    pub conflicts: Vec<MergeConflict>,
}

impl RecordMerger<'_> {
    /// The whole text; `None` where it can only be taken as a whole.
    pub fn merge_text(&mut self) -> Option<Vec<MergePiece>> {
        let roots =
            |loaded: &LoadedRegister| -> Vec<NodeId> { loaded.tree.children(Tree::ROOT).collect() };
        let (b, m, t) = (roots(self.base), roots(self.ours), roots(self.theirs));
        if b.is_empty() || b.len() != m.len() || b.len() != t.len() {
            return None;
        }
        let mut from = (0, 0, 0);
        let mut out = Vec::new();
        for ((b, m), t) in b.into_iter().zip(m).zip(t) {
            let (in_b, in_m, in_t) = (
                self.base.tree.span(b),
                self.ours.tree.span(m),
                self.theirs.tree.span(t),
            );
            let before = SpanSides {
                base: Some(Span::new(from.0, in_b.start)),
                ours: Span::new(from.1, in_m.start),
                theirs: Span::new(from.2, in_t.start),
            };
            out.extend(self.merge_trivia(before, &MergeScope::Register, None)?);
            let nodes = NodeSides {
                base: Some(b),
                ours: m,
                theirs: t,
            };
            match self.unopposed_side_of(nodes, &MergeScope::Register) {
                Some(side) => out.push(self.source_piece(side, self.spans_of(nodes))),
                None => out.extend(self.merge_container(nodes, &MergeScope::Register)?),
            }
            from = (in_b.end, in_m.end, in_t.end);
        }
        let end = |loaded: &LoadedRegister| loaded.text.len() as u32;
        let behind = SpanSides {
            base: Some(Span::new(from.0, end(self.base))),
            ours: Span::new(from.1, end(self.ours)),
            theirs: Span::new(from.2, end(self.theirs)),
        };
        out.extend(self.merge_trivia(behind, &MergeScope::Register, None)?);
        Some(out)
    }

    pub fn spans_of(&self, nodes: NodeSides) -> SpanSides {
        SpanSides {
            base: nodes.base.map(|node| self.base.tree.span(node)),
            ours: self.ours.tree.span(nodes.ours),
            theirs: self.theirs.tree.span(nodes.theirs),
        }
    }

    pub fn source_piece(&self, side: MergeSide, spans: SpanSides) -> MergePiece {
        match side {
            MergeSide::Ours => MergePiece::Source(side, spans.ours),
            MergeSide::Theirs => MergePiece::Source(side, spans.theirs),
        }
    }

    /// The side that holds the newer words, where only one has changed them or both alike.
    pub fn unopposed_side(&self, spans: SpanSides) -> Option<MergeSide> {
        let (ours, theirs) = (
            spans.ours.of(&self.ours.text),
            spans.theirs.of(&self.theirs.text),
        );
        let base = spans.base.map(|span| span.of(&self.base.text));
        match () {
            () if ours == theirs || base == Some(ours) => Some(MergeSide::Theirs),
            () if base == Some(theirs) => Some(MergeSide::Ours),
            () => None,
        }
    }

    /// The same, but nothing that may hold records about which somebody must decide is settled as a
    /// whole.
    fn unopposed_side_of(&self, nodes: NodeSides, level: &MergeScope) -> Option<MergeSide> {
        let spans = self.spans_of(nodes);
        let open = !self.forced_ids.is_empty() && matches!(level, MergeScope::Register);
        self.unopposed_side(spans)
            .filter(|_| !open || self.is_identical(spans))
    }

    /// Whether both sides have the same words there.
    pub fn is_identical(&self, spans: SpanSides) -> bool {
        spans.ours.of(&self.ours.text) == spans.theirs.of(&self.theirs.text)
    }

    /// What stands between values. `None` where it cannot be settled inside a field.
    pub fn merge_trivia(
        &mut self,
        spans: SpanSides,
        level: &MergeScope,
        field: Option<&str>,
    ) -> Option<Vec<MergePiece>> {
        let (ours, theirs) = (
            spans.ours.of(&self.ours.text),
            spans.theirs.of(&self.theirs.text),
        );
        let base = spans.base.map_or("", |span| span.of(&self.base.text));
        Some(vec![match merge_trivia(base, ours, theirs) {
            TriviaMerge::Ours => self.source_piece(MergeSide::Ours, spans),
            TriviaMerge::Theirs => self.source_piece(MergeSide::Theirs, spans),
            TriviaMerge::Merged(text) => MergePiece::Literal(text),
            TriviaMerge::Conflict => {
                let subject = level.subject()?;
                let comment_value = |text: &str| {
                    let all = Span::new(0, text.len() as u32);
                    let found: Vec<&str> = comments(text, all).collect();
                    (!found.is_empty()).then(|| DisplayValue::from_source(&found.join("\n")))
                };
                let (base, ours, theirs) = (
                    comment_value(base),
                    comment_value(ours),
                    comment_value(theirs),
                );
                self.conflicts.push(MergeConflict {
                    subject,
                    field: field.map(str::to_owned),
                    kind: ConflictKind::Comments,
                    base,
                    ours,
                    theirs,
                });
                self.conflict_piece(spans)
            }
        }])
    }

    /// Both versions of a stretch, for the conflict that was found last.
    pub fn conflict_piece(&self, spans: SpanSides) -> MergePiece {
        MergePiece::Conflict {
            conflict: self.conflicts.len().saturating_sub(1),
            ours: vec![self.source_piece(MergeSide::Ours, spans)],
            theirs: vec![self.source_piece(MergeSide::Theirs, spans)],
        }
    }

    /// A field with its name.
    pub fn merge_field(
        &mut self,
        nodes: NodeSides,
        level: &MergeScope,
        name: &str,
    ) -> Option<Vec<MergePiece>> {
        if let Some(side) = self.unopposed_side_of(nodes, level) {
            return Some(vec![self.source_piece(side, self.spans_of(nodes))]);
        }
        let found = self.conflicts.len();
        if let Some(pieces) = self.merge_field_parts(nodes, level, name) {
            return Some(pieces);
        }
        self.conflicts.truncate(found);
        let subject = level.subject()?;
        let spec = level.field_spec(name);
        let display = |loaded: &LoadedRegister, field: NodeId| {
            let value = loaded.tree.field_value(field)?;
            Some(DisplayValue::from_node(loaded, spec, value))
        };
        let base = nodes.base.and_then(|field| display(self.base, field));
        self.conflicts.push(MergeConflict {
            subject,
            field: Some(name.to_owned()),
            kind: if base.is_some() {
                ConflictKind::BothChanged
            } else {
                ConflictKind::BothAdded
            },
            base,
            ours: display(self.ours, nodes.ours),
            theirs: display(self.theirs, nodes.theirs),
        });
        Some(vec![self.conflict_piece(self.spans_of(nodes))])
    }

    /// The name and the value of a field, each on its own.
    fn merge_field_parts(
        &mut self,
        nodes: NodeSides,
        level: &MergeScope,
        name: &str,
    ) -> Option<Vec<MergePiece>> {
        let value = |loaded: &LoadedRegister, field: NodeId| {
            let value = loaded.tree.field_value(field)?;
            let (outer, inner) = (loaded.tree.span(field), loaded.tree.span(value));
            (outer.end == inner.end).then_some((value, Span::new(outer.start, inner.start)))
        };
        let base = match nodes.base {
            Some(field) => Some(value(self.base, field)?),
            None => None,
        };
        let (ours, theirs) = (
            value(self.ours, nodes.ours)?,
            value(self.theirs, nodes.theirs)?,
        );
        let names = SpanSides {
            base: base.map(|(_, span)| span),
            ours: ours.1,
            theirs: theirs.1,
        };
        let side = self.unopposed_side(names).or_else(|| {
            let comments =
                |loaded: &LoadedRegister, span: Span| comments(&loaded.text, span).count();
            let none = comments(self.ours, names.ours) + comments(self.theirs, names.theirs) == 0;
            none.then_some(MergeSide::Theirs)
        })?;
        let mut out = vec![self.source_piece(side, names)];
        let nodes = NodeSides {
            base: base.map(|(node, _)| node),
            ours: ours.0,
            theirs: theirs.0,
        };
        let of_list = RecordKind::ALL.iter().find(|kind| kind.list() == name);
        match (level, of_list) {
            (MergeScope::Register, Some(kind)) => match self.unopposed_side_of(nodes, level) {
                Some(side) => out.push(self.source_piece(side, self.spans_of(nodes))),
                None => out.extend(self.merge_container(nodes, &MergeScope::Records(*kind))?),
            },
            _ => out.extend(self.merge_nested(nodes)?),
        }
        Some(out)
    }

    /// A value inside a field; `None` where both sides changed it, and not alike.
    pub fn merge_nested(&mut self, nodes: NodeSides) -> Option<Vec<MergePiece>> {
        let spans = self.spans_of(nodes);
        if let Some(side) = self.unopposed_side(spans) {
            return Some(vec![self.source_piece(side, spans)]);
        }
        let canonical = |loaded: &LoadedRegister, node: NodeId| {
            canonical_value(&loaded.text, &loaded.tree, node)
        };
        let base = nodes.base.map(|node| canonical(self.base, node));
        let (ours, theirs) = (
            canonical(self.ours, nodes.ours),
            canonical(self.theirs, nodes.theirs),
        );
        let one_side =
            base.as_ref() == Some(&ours) || base.as_ref() == Some(&theirs) || ours == theirs;
        let is_list = self.theirs.tree.kind(nodes.theirs) == NodeKind::List;
        if (is_list || one_side)
            && let Some(pieces) = self.merge_container(nodes, &MergeScope::Nested)
        {
            return Some(pieces);
        }
        let comment_texts = |loaded: &LoadedRegister, span: Span| -> Vec<String> {
            comments(&loaded.text, span).map(str::to_owned).collect()
        };
        let in_base = spans.base.map(|span| comment_texts(self.base, span));
        let (in_ours, in_theirs) = (
            comment_texts(self.ours, spans.ours),
            comment_texts(self.theirs, spans.theirs),
        );
        let side = match () {
            () if base.as_ref() == Some(&ours) && in_base.as_ref() == Some(&in_ours) => {
                MergeSide::Theirs
            }
            () if ours == theirs && in_ours == in_theirs => MergeSide::Theirs,
            () if base.as_ref() == Some(&theirs) && in_base.as_ref() == Some(&in_theirs) => {
                MergeSide::Ours
            }
            () => return None,
        };
        Some(vec![self.source_piece(side, spans)])
    }
}
