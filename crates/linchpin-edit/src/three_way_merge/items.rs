//! The items of three containers put together: matched, ordered, each settled or left to be chosen.

use super::alignment::{ItemAlignment, MergeRow};
use super::conflict::{ConflictKind, MergeConflict, MergeSide};
use super::container::{ContainerParts, ContainerSides};
use super::merger::RecordMerger;
use super::pieces::{MergeItem, MergePiece};
use super::scope::MergeScope;
use super::sides::{NodeSides, SpanSides};
use crate::canonical::{canonical_value, equal_except_layout};
use crate::record_nodes::{self, ItemKey, with_unique_keys};
use crate::renames::RecordRename;
use linchpin_register::LoadedRegister;
use ron_lossless::{NodeId, NodeKind, Span};

impl RecordMerger<'_> {
    /// The items of three containers of the same kind; `None` where they are not, or something
    /// inside cannot be settled.
    pub fn merge_container(
        &mut self,
        nodes: NodeSides,
        level: &MergeScope,
    ) -> Option<Vec<MergePiece>> {
        let (base, ours, theirs) = (self.base, self.ours, self.theirs);
        let shape = |loaded: &LoadedRegister, node: NodeId| {
            let name = loaded.tree.name(&loaded.text, node).map(str::to_owned);
            (loaded.tree.kind(node), name)
        };
        let like = |loaded: &LoadedRegister, node: NodeId| {
            shape(loaded, node) == shape(theirs, nodes.theirs)
        };
        let is_same_shape =
            like(ours, nodes.ours) && nodes.base.is_none_or(|node| like(base, node));
        let is_list = theirs.tree.kind(nodes.theirs) == NodeKind::List;
        if !is_same_shape || (nodes.base.is_none() && !is_list) {
            return None;
        }
        let containers = ContainerSides {
            base: match nodes.base {
                Some(node) => Some(ContainerParts::parse(base, node)?),
                None => None,
            },
            ours: ContainerParts::parse(ours, nodes.ours)?,
            theirs: ContainerParts::parse(theirs, nodes.theirs)?,
        };
        let opening =
            |opened: &ContainerParts<'_>| Span::new(opened.span.start, opened.items.open_tail);
        let opening = SpanSides {
            base: containers.base.as_ref().map(opening),
            ours: opening(&containers.ours),
            theirs: opening(&containers.theirs),
        };
        let name = level.list_name();
        let mut out = match self.unopposed_side(opening) {
            Some(side) => vec![self.source_piece(side, opening)],
            None => {
                let bracket = |opened: &ContainerParts<'_>| opened.items.open;
                let inner = |span: Span, from: u32| Span::new(from, span.end);
                let from = containers.base.as_ref().map(bracket);
                let comments = SpanSides {
                    base: opening.base.zip(from).map(|(span, from)| inner(span, from)),
                    ours: inner(opening.ours, bracket(&containers.ours)),
                    theirs: inner(opening.theirs, bracket(&containers.theirs)),
                };
                let bracket = Span::new(opening.theirs.start, comments.theirs.start);
                let mut out = vec![MergePiece::Source(MergeSide::Theirs, bracket)];
                out.extend(self.merge_trivia(comments, level, name)?);
                out
            }
        };
        let ordered = self.align_items(&containers, level).ordered_rows();
        let mut order = None;
        if let Some(ours) = ordered.our_order {
            let subject = level.subject()?;
            order = Some((self.conflicts.len(), ours));
            self.conflicts.push(MergeConflict {
                subject,
                field: name.map(str::to_owned),
                kind: ConflictKind::Reordered,
                base: None,
                ours: None,
                theirs: None,
            });
        }
        let mut items: Vec<MergeItem> = Vec::with_capacity(ordered.rows.len());
        let mut number: Vec<Option<usize>> = Vec::with_capacity(ordered.rows.len());
        for row in ordered.rows {
            let item = self.merge_item(&containers, row, level)?;
            number.push(item.is_some().then_some(items.len()));
            items.extend(item);
        }
        let renumber = |rows: Vec<usize>| rows.into_iter().filter_map(|row| number[row]).collect();
        let ours = order.map(|(conflict, rows)| (conflict, renumber(rows)));
        out.push(MergePiece::Items {
            items,
            our_order: ours,
        });
        out.extend(self.merge_trivia(containers.closing_spans(), level, name)?);
        let (close, end) = (containers.theirs.items.close, containers.theirs.span.end);
        out.push(MergePiece::Source(MergeSide::Theirs, Span::new(close, end)));
        Some(out)
    }

    fn align_items(&self, containers: &ContainerSides<'_>, level: &MergeScope) -> ItemAlignment {
        let has_fields = |opened: &ContainerParts<'_>| {
            let tree = &opened.loaded.tree;
            opened
                .nodes()
                .any(|node| tree.kind(node) == NodeKind::Field)
        };
        let inside = matches!(level, MergeScope::Nested);
        let has_keys = !inside || has_fields(&containers.ours) || has_fields(&containers.theirs);
        let base = containers.base.as_ref();
        if has_keys {
            let keys = |opened: &ContainerParts<'_>, renames: &[RecordRename]| {
                item_keys(opened, level, renames)
            };
            let base = base.map_or_else(Vec::new, |base| keys(base, &[]));
            let mine = keys(&containers.ours, self.renames.0);
            return ItemAlignment::by_keys(&base, &mine, &keys(&containers.theirs, self.renames.1));
        }
        let says = |opened: &ContainerParts<'_>| -> Vec<String> {
            let loaded = opened.loaded;
            let meanings = opened
                .nodes()
                .map(|node| canonical_value(&loaded.text, &loaded.tree, node));
            meanings.map(|value| value.line()).collect()
        };
        let base = base.map_or_else(Vec::new, says);
        ItemAlignment::by_value(&base, &says(&containers.ours), &says(&containers.theirs))
    }

    /// What becomes of one row. The outer `None`: it cannot be settled here; the inner one: the
    /// item is gone.
    fn merge_item(
        &mut self,
        containers: &ContainerSides<'_>,
        row: MergeRow,
        level: &MergeScope,
    ) -> Option<Option<MergeItem>> {
        let is_forced = self.is_forced(containers, row, level);
        let base = containers.base.as_ref().zip(row.base);
        let (side, opened, at) = match (row.ours, row.theirs) {
            (Some(ours), Some(theirs)) => {
                let field = level
                    .has_fields()
                    .then(|| field_name_at(&containers.theirs, theirs))
                    .flatten();
                let field = field.as_deref().or(level.list_name());
                let lead = self.merge_trivia(
                    containers.item_spans(row, |opened, at| opened.leading(at))?,
                    level,
                    field,
                )?;
                let at = NodeSides {
                    base: base.and_then(|(base, at)| base.node(at)),
                    ours: containers.ours.node(ours)?,
                    theirs: containers.theirs.node(theirs)?,
                };
                let value = self.merge_item_value(at, level, is_forced)?;
                let tail = self.merge_trivia(
                    containers.item_spans(row, |opened, at| opened.trailing(at))?,
                    level,
                    field,
                )?;
                let only = None;
                return Some(Some(MergeItem {
                    leading: lead,
                    value,
                    trailing: tail,
                    condition: only,
                }));
            }
            (Some(ours), None) => (MergeSide::Ours, &containers.ours, ours),
            (None, Some(theirs)) => (MergeSide::Theirs, &containers.theirs, theirs),
            (None, None) => return Some(None),
        };
        let stays = base.map(|(base, before)| {
            equal_except_layout(base.item_source(before), opened.item_source(at))
        });
        if !is_forced {
            match stays {
                Some(true) => return Some(None),
                None => return opened.source_item(at, side, None).map(Some),
                Some(false) => {}
            }
        }
        let node = opened.node(at)?;
        let clash = match (is_forced, side) {
            (true, _) => ConflictKind::Incompatible,
            (false, MergeSide::Ours) => ConflictKind::RemovedByThem,
            (false, MergeSide::Theirs) => ConflictKind::RemovedByUs,
        };
        let base = base.and_then(|(base, at)| Some((base.loaded, base.node(at)?)));
        let display = |loaded: &LoadedRegister, node: NodeId| level.display_value(loaded, node);
        let conflict = MergeConflict {
            subject: level.item_subject(opened.loaded, node)?,
            field: level
                .has_fields()
                .then(|| field_name_at(opened, at))
                .flatten(),
            kind: clash,
            base: base.map(|(loaded, node)| display(loaded, node)),
            ours: (side == MergeSide::Ours).then(|| display(opened.loaded, node)),
            theirs: (side == MergeSide::Theirs).then(|| display(opened.loaded, node)),
        };
        let only = Some((self.conflicts.len(), side));
        self.conflicts.push(conflict);
        opened.source_item(at, side, only).map(Some)
    }

    /// An item that both sides have.
    fn merge_item_value(
        &mut self,
        nodes: NodeSides,
        level: &MergeScope,
        is_forced: bool,
    ) -> Option<Vec<MergePiece>> {
        let spans = self.spans_of(nodes);
        let name = self.theirs.tree.field_name(&self.theirs.text, nodes.theirs);
        let name = name.map(str::to_owned);
        let kind = match (level, name) {
            (MergeScope::Records(kind), _) => *kind,
            (_, Some(name)) => return self.merge_field(nodes, level, &name),
            (_, None) => return self.merge_nested(nodes),
        };
        let same = self.unopposed_side(spans);
        if let Some(side) = same.filter(|_| !is_forced || self.is_identical(spans)) {
            return Some(vec![self.source_piece(side, spans)]);
        }
        let subject = level.item_subject(self.theirs, nodes.theirs)?;
        let found = self.conflicts.len();
        let fields = MergeScope::Fields(subject.clone(), kind);
        if !is_forced
            && nodes.base.is_some()
            && let Some(pieces) = self.merge_container(nodes, &fields)
        {
            return Some(pieces);
        }
        self.conflicts.truncate(found);
        let says =
            |loaded: &LoadedRegister, node| canonical_value(&loaded.text, &loaded.tree, node);
        if nodes.base.is_none() && says(self.ours, nodes.ours) == says(self.theirs, nodes.theirs) {
            return Some(vec![self.source_piece(MergeSide::Theirs, spans)]);
        }
        self.conflicts.push(MergeConflict {
            subject,
            field: None,
            kind: match (is_forced, nodes.base) {
                (_, None) => ConflictKind::BothAdded,
                (true, _) => ConflictKind::Incompatible,
                (false, _) => ConflictKind::BothChanged,
            },
            base: nodes.base.map(|node| level.display_value(self.base, node)),
            ours: Some(level.display_value(self.ours, nodes.ours)),
            theirs: Some(level.display_value(self.theirs, nodes.theirs)),
        });
        Some(vec![self.conflict_piece(spans)])
    }

    fn is_forced(
        &self,
        containers: &ContainerSides<'_>,
        row: MergeRow,
        level: &MergeScope,
    ) -> bool {
        if self.forced_ids.is_empty() || !matches!(level, MergeScope::Records(_)) {
            return false;
        }
        let is_forced_item = |opened: Option<&ContainerParts<'_>>, at: Option<usize>| {
            let node = opened.zip(at).and_then(|(opened, at)| opened.node(at));
            let id = opened
                .zip(node)
                .map(|(opened, node)| record_nodes::record_id(opened.loaded, node));
            id.is_some_and(|id| self.forced_ids.contains(&id))
        };
        is_forced_item(containers.base.as_ref(), row.base)
            || is_forced_item(Some(&containers.ours), row.ours)
            || is_forced_item(Some(&containers.theirs), row.theirs)
    }
}

/// What the items of a container go by.
fn item_keys(
    parts: &ContainerParts<'_>,
    level: &MergeScope,
    renames: &[RecordRename],
) -> Vec<ItemKey> {
    let loaded = parts.loaded;
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let key = |node: NodeId| match level {
        MergeScope::Records(kind) => {
            let id = record_nodes::record_id(loaded, node);
            let before = renames.iter().find(|r| r.kind == *kind && r.to == id);
            before.map_or(id, |renamed| renamed.from.clone())
        }
        _ => tree.field_name(text, node).unwrap_or("").to_owned(),
    };
    let keys = with_unique_keys(parts.nodes().map(|node| (key(node), node)));
    keys.into_iter().map(|listed| listed.key).collect()
}

fn field_name_at(parts: &ContainerParts<'_>, at: usize) -> Option<String> {
    let loaded = parts.loaded;
    let name = loaded.tree.field_name(&loaded.text, parts.node(at)?)?;
    Some(name.to_owned())
}
