//! Three texts put together, container by container: the register, its lists, their records, their
//! fields. The items of three containers are matched and ordered; each is then settled, or left to
//! be chosen.

use super::alignment::{ItemAlignment, MergeRow};
use super::pieces::{MergeItem, MergePiece};
use super::sides::{BothSides, MergeSide, Sides};
use super::trivia::{TriviaMerge, merge_trivia};
use super::{ConflictKind, MergeConflict};
use crate::diff::{DiffSubject, DisplayValue};
use crate::record_matching::{
    ItemKey, RecordRename, canonical_value, equal_except_layout, record_id, record_subject,
    with_unique_keys,
};
use linchpin_register::schema::FieldSpec;
use linchpin_register::{LoadedRegister, RecordKind};
use ron_lossless::{ContainerItems, NodeId, NodeKind, Span, Tree, comments};
use std::collections::HashSet;

/// The three texts, and what has been found in them so far.
pub(super) struct RecordMerger<'a> {
    pub texts: Sides<&'a LoadedRegister>,
    /// Records that both sides renamed, or one renamed and the other removed: from the base to
    /// each side.
    pub renames: Sides<&'a [RecordRename]>,
    /// The ids of records that somebody must decide about whatever has changed in them.
    pub forced_ids: &'a HashSet<String>,
    pub conflicts: Vec<MergeConflict>,
}

/// What is being put together.
#[derive(Clone)]
pub(super) enum MergeScope {
    /// The fields of the register.
    Register,
    /// The records of a type.
    Records(RecordKind),
    /// The fields of a record.
    Fields(DiffSubject, RecordKind),
    /// Something inside a field: what cannot be settled is left to the field.
    Nested,
}

/// A container of one of the texts, taken apart: what stands before, in and behind each item.
struct ContainerParts<'a> {
    loaded: &'a LoadedRegister,
    span: Span,
    items: ContainerItems,
}

/// The meaning of a value with its comments, by which versions inside a field are held against each
/// other.
type ValueWithComments = (ron_lossless::RonValue, Vec<String>);

impl<'a> RecordMerger<'a> {
    /// The whole text; `None` where it can only be taken as a whole.
    pub fn merge_text(&mut self) -> Option<Vec<MergePiece>> {
        let roots = self
            .texts
            .map(|loaded| -> Vec<NodeId> { loaded.tree.children(Tree::ROOT).collect() });
        // One root for each file. Where files came or went nobody knows which is which.
        let count = roots.base.len();
        if count == 0 || roots.ours.len() != count || roots.theirs.len() != count {
            return None;
        }
        let mut from = Sides::<u32>::default().with_base();
        let mut out = Vec::new();
        for index in 0..count {
            let nodes = roots.as_ref().map(|roots| roots[index]).with_base();
            let spans = self.spans_of(nodes);
            let before = from.zip(spans, |from, span| Span::new(from, span.start));
            out.extend(self.merge_trivia(before, &MergeScope::Register, None)?);
            match self.unopposed_side_of(nodes, &MergeScope::Register) {
                Some(side) => out.push(source_piece(side, spans)),
                None => out.extend(self.merge_container(nodes, &MergeScope::Register)?),
            }
            from = spans.each(|span| span.end);
        }
        let ends = self.texts.map(|loaded| loaded.text.len() as u32);
        let behind = from.zip(ends.with_base(), Span::new);
        out.extend(self.merge_trivia(behind, &MergeScope::Register, None)?);
        Some(out)
    }

    fn spans_of(&self, nodes: BothSides<NodeId>) -> BothSides<Span> {
        nodes.find_in(self.texts, |loaded, node| loaded.tree.span(node))
    }

    fn sources_of(&self, spans: BothSides<Span>) -> BothSides<&'a str> {
        spans.find_in(self.texts, |loaded, span| span.of(&loaded.text))
    }

    /// The side that holds the newer words, where only one has changed them or both alike.
    fn unopposed_side(&self, spans: BothSides<Span>) -> Option<MergeSide> {
        self.sources_of(spans).unopposed_side()
    }

    /// The same of the values at these nodes. Nothing that may hold records about which somebody
    /// must decide is settled as a whole, or they would not be asked about.
    fn unopposed_side_of(&self, nodes: BothSides<NodeId>, scope: &MergeScope) -> Option<MergeSide> {
        let spans = self.spans_of(nodes);
        let is_open = !self.forced_ids.is_empty() && matches!(scope, MergeScope::Register);
        self.unopposed_side(spans)
            .filter(|_| !is_open || self.is_identical(spans))
    }

    /// Whether both sides have the same words there.
    fn is_identical(&self, spans: BothSides<Span>) -> bool {
        let sources = self.sources_of(spans);
        sources.ours == sources.theirs
    }

    /// What stands between values. `None` where it cannot be settled inside a field.
    fn merge_trivia(
        &mut self,
        spans: BothSides<Span>,
        scope: &MergeScope,
        field: Option<&str>,
    ) -> Option<Vec<MergePiece>> {
        let sources = self.sources_of(spans);
        let sources = Sides {
            base: sources.base.unwrap_or(""),
            ours: sources.ours,
            theirs: sources.theirs,
        };
        Some(vec![match merge_trivia(sources) {
            TriviaMerge::Side(side) => source_piece(side, spans),
            TriviaMerge::Merged(text) => MergePiece::Literal(text),
            TriviaMerge::Conflict => {
                let values = sources.map(|text| {
                    let all = Span::new(0, text.len() as u32);
                    let found: Vec<&str> = comments(text, all).collect();
                    (!found.is_empty()).then(|| DisplayValue::from_source(&found.join("\n")))
                });
                self.conflicts.push(MergeConflict {
                    subject: scope.subject()?,
                    field: field.map(str::to_owned),
                    kind: ConflictKind::Comments,
                    values,
                });
                self.conflict_piece(spans)
            }
        }])
    }

    /// Both versions of a stretch, for the conflict that was found last.
    fn conflict_piece(&self, spans: BothSides<Span>) -> MergePiece {
        MergePiece::Conflict {
            conflict: self.conflicts.len().saturating_sub(1),
            ours: vec![source_piece(MergeSide::Ours, spans)],
            theirs: vec![source_piece(MergeSide::Theirs, spans)],
        }
    }

    /// A field with its name.
    fn merge_field(
        &mut self,
        nodes: BothSides<NodeId>,
        scope: &MergeScope,
        name: &str,
    ) -> Option<Vec<MergePiece>> {
        let spans = self.spans_of(nodes);
        if let Some(side) = self.unopposed_side_of(nodes, scope) {
            return Some(vec![source_piece(side, spans)]);
        }
        let found = self.conflicts.len();
        if let Some(pieces) = self.merge_field_parts(nodes, scope, name) {
            return Some(pieces);
        }
        // Conflicts found inside before it turned out that the field can only be taken as a whole:
        // one question about the field replaces them.
        self.conflicts.truncate(found);
        let spec = scope.field_spec(name);
        let values = nodes.find_in(self.texts, |loaded, field| {
            let value = loaded.tree.field_value(field)?;
            Some(DisplayValue::from_node(loaded, spec, value))
        });
        let values = values.flatten();
        self.conflicts.push(MergeConflict {
            subject: scope.subject()?,
            field: Some(name.to_owned()),
            kind: match values.base {
                Some(_) => ConflictKind::BothChanged,
                None => ConflictKind::BothAdded,
            },
            values,
        });
        Some(vec![self.conflict_piece(spans)])
    }

    /// The name and the value of a field, each on its own.
    fn merge_field_parts(
        &mut self,
        nodes: BothSides<NodeId>,
        scope: &MergeScope,
        name: &str,
    ) -> Option<Vec<MergePiece>> {
        let parts = nodes.find_in(self.texts, |loaded, field| {
            let value = loaded.tree.field_value(field)?;
            let (outer, inner) = (loaded.tree.span(field), loaded.tree.span(value));
            (outer.end == inner.end).then_some((value, Span::new(outer.start, inner.start)))
        });
        let parts = parts.all()?;
        let (values, names) = (parts.each(|part| part.0), parts.each(|part| part.1));
        // Between name and value only comments matter; where there are none, theirs will do.
        let side = self.unopposed_side(names).or_else(|| {
            let count = |loaded: &LoadedRegister, span| comments(&loaded.text, span).count();
            let counts = names.find_in(self.texts, count);
            (counts.ours + counts.theirs == 0).then_some(MergeSide::Theirs)
        })?;
        let mut out = vec![source_piece(side, names)];
        let of_list = RecordKind::ALL.iter().find(|kind| kind.list() == name);
        match (scope, of_list) {
            (MergeScope::Register, Some(kind)) => match self.unopposed_side_of(values, scope) {
                Some(side) => out.push(source_piece(side, self.spans_of(values))),
                None => out.extend(self.merge_container(values, &MergeScope::Records(*kind))?),
            },
            _ => out.extend(self.merge_nested(values)?),
        }
        Some(out)
    }

    /// A value inside a field; `None` where both sides changed it, and not alike.
    fn merge_nested(&mut self, nodes: BothSides<NodeId>) -> Option<Vec<MergePiece>> {
        let spans = self.spans_of(nodes);
        if let Some(side) = self.unopposed_side(spans) {
            return Some(vec![source_piece(side, spans)]);
        }
        let canonical = |loaded: &LoadedRegister, node: NodeId| {
            canonical_value(&loaded.text, &loaded.tree, node)
        };
        let values = nodes.find_in(self.texts, canonical);
        // Items of a list can come from both sides. The fields of a record belong together: taking
        // some from each would make a value that nobody wrote, so a record is looked into only
        // where one side changed no more than its layout.
        let is_list = self.texts.theirs.tree.kind(nodes.theirs) == NodeKind::List;
        if (is_list || values.unopposed_side().is_some())
            && let Some(pieces) = self.merge_container(nodes, &MergeScope::Nested)
        {
            return Some(pieces);
        }
        let with_comments = spans.find_in(self.texts, |loaded, span| -> Vec<String> {
            comments(&loaded.text, span).map(str::to_owned).collect()
        });
        let versions: BothSides<ValueWithComments> =
            values.zip(with_comments, |value, comments| (value, comments));
        Some(vec![source_piece(versions.unopposed_side()?, spans)])
    }

    /// The items of three containers of the same kind; `None` where they are not, or something
    /// inside cannot be settled.
    fn merge_container(
        &mut self,
        nodes: BothSides<NodeId>,
        scope: &MergeScope,
    ) -> Option<Vec<MergePiece>> {
        let shapes = nodes.find_in(self.texts, |loaded, node| {
            (loaded.tree.kind(node), loaded.tree.name(&loaded.text, node))
        });
        // The base may lack a list, which both sides have then begun; a record that both have begun
        // is asked about as a whole.
        let is_same_shape =
            shapes.ours == shapes.theirs && shapes.base.is_none_or(|shape| shape == shapes.theirs);
        let is_list = shapes.theirs.0 == NodeKind::List;
        if !is_same_shape || (nodes.base.is_none() && !is_list) {
            return None;
        }
        let containers = nodes.find_in(self.texts, ContainerParts::parse).all()?;
        let name = scope.list_name();
        let mut out = self.merge_opening(&containers, scope)?;
        let ordered = self.align_items(&containers, scope).ordered_rows();
        let mut our_order = None;
        if let Some(ours) = ordered.our_order {
            our_order = Some((self.conflicts.len(), ours));
            self.conflicts.push(MergeConflict {
                subject: scope.subject()?,
                field: name.map(str::to_owned),
                kind: ConflictKind::Reordered,
                values: Sides::default(),
            });
        }
        let mut items: Vec<MergeItem> = Vec::with_capacity(ordered.rows.len());
        let mut number: Vec<Option<usize>> = Vec::with_capacity(ordered.rows.len());
        for row in ordered.rows {
            let item = self.merge_item(&containers, row, scope)?;
            number.push(item.is_some().then_some(items.len()));
            items.extend(item);
        }
        // Rows without an item have dropped out since the order was made.
        let renumber = |rows: Vec<usize>| rows.into_iter().filter_map(|row| number[row]).collect();
        let our_order = our_order.map(|(conflict, rows)| (conflict, renumber(rows)));
        out.push(MergePiece::Items { items, our_order });
        // Between the last item and the closing bracket.
        let closing = containers.each_ref().each(|container| {
            let count = container.items.all.len();
            Span::new(container.leading_start(count), container.items.close)
        });
        out.extend(self.merge_trivia(closing, scope, name)?);
        let (close, end) = (containers.theirs.items.close, containers.theirs.span.end);
        out.push(MergePiece::Source(MergeSide::Theirs, Span::new(close, end)));
        Some(out)
    }

    /// The name, the opening bracket and the comments behind it.
    fn merge_opening(
        &mut self,
        containers: &BothSides<ContainerParts<'_>>,
        scope: &MergeScope,
    ) -> Option<Vec<MergePiece>> {
        let span_from = |start: fn(&ContainerParts<'_>) -> u32| {
            containers
                .each_ref()
                .each(|container| Span::new(start(container), container.items.open_tail))
        };
        let opening = span_from(|container| container.span.start);
        if let Some(side) = self.unopposed_side(opening) {
            return Some(vec![source_piece(side, opening)]);
        }
        let comments = span_from(|container| container.items.open);
        let bracket = Span::new(opening.theirs.start, comments.theirs.start);
        let mut out = vec![MergePiece::Source(MergeSide::Theirs, bracket)];
        out.extend(self.merge_trivia(comments, scope, scope.list_name())?);
        Some(out)
    }

    fn align_items(
        &self,
        containers: &BothSides<ContainerParts<'_>>,
        scope: &MergeScope,
    ) -> ItemAlignment {
        let has_fields = |container: &ContainerParts<'_>| {
            let tree = &container.loaded.tree;
            container
                .nodes()
                .any(|node| tree.kind(node) == NodeKind::Field)
        };
        let has_keys = !matches!(scope, MergeScope::Nested)
            || has_fields(&containers.ours)
            || has_fields(&containers.theirs);
        if has_keys {
            let keys =
                |container: &ContainerParts<'_>, renames| item_keys(container, scope, renames);
            let base = containers.base.as_ref();
            return ItemAlignment::by_keys(&Sides {
                base: base.map_or_else(Vec::new, |base| keys(base, &[])),
                ours: keys(&containers.ours, self.renames.ours),
                theirs: keys(&containers.theirs, self.renames.theirs),
            });
        }
        let values = containers.each_ref().each(|container| -> Vec<String> {
            let loaded = container.loaded;
            let values = container
                .nodes()
                .map(|node| canonical_value(&loaded.text, &loaded.tree, node));
            values.map(|value| value.line()).collect()
        });
        ItemAlignment::by_value(&Sides {
            base: values.base.unwrap_or_default(),
            ours: values.ours,
            theirs: values.theirs,
        })
    }

    /// What becomes of one row. The outer `None`: it cannot be settled here; the inner one: the
    /// item is gone.
    fn merge_item(
        &mut self,
        containers: &BothSides<ContainerParts<'_>>,
        row: MergeRow,
        scope: &MergeScope,
    ) -> Option<Option<MergeItem>> {
        // A record that must be asked about is asked about even where one side left it alone: with
        // the other side's changes around it, leaving it alone is what does not fit.
        let is_forced = self.is_forced(containers, row, scope);
        let (side, at) = match (row.ours, row.theirs) {
            (Some(ours), Some(theirs)) => {
                let row = Sides {
                    base: row.base,
                    ours,
                    theirs,
                };
                return self
                    .merge_shared_item(containers, row, scope, is_forced)
                    .map(Some);
            }
            (Some(ours), None) => (MergeSide::Ours, ours),
            (None, Some(theirs)) => (MergeSide::Theirs, theirs),
            (None, None) => return Some(None),
        };
        let container = containers.get(side);
        let base = containers.base.as_ref().zip(row.base);
        if !is_forced {
            let is_unchanged = base.map(|(base, before)| {
                equal_except_layout(base.item_source(before), container.item_source(at))
            });
            match is_unchanged {
                // One side removed what the other left alone.
                Some(true) => return Some(None),
                // It is new.
                None => return container.source_item(at, side, None).map(Some),
                Some(false) => {}
            }
        }
        let kind = match (is_forced, side) {
            (true, _) => ConflictKind::Incompatible,
            (false, MergeSide::Ours) => ConflictKind::RemovedByThem,
            (false, MergeSide::Theirs) => ConflictKind::RemovedByUs,
        };
        let display = |container: &ContainerParts<'_>, at: usize| {
            Some(scope.display_value(container.loaded, container.node(at)?))
        };
        let conflict = MergeConflict {
            subject: scope.item_subject(container.loaded, container.node(at)?)?,
            field: scope
                .has_fields()
                .then(|| container.field_name(at))
                .flatten(),
            kind,
            values: Sides {
                base: base.and_then(|(base, at)| display(base, at)),
                ours: row.ours.and_then(|at| display(container, at)),
                theirs: row.theirs.and_then(|at| display(container, at)),
            },
        };
        let condition = Some((self.conflicts.len(), side));
        self.conflicts.push(conflict);
        container.source_item(at, side, condition).map(Some)
    }

    /// An item that both sides have, with what stands before and behind it.
    fn merge_shared_item(
        &mut self,
        containers: &BothSides<ContainerParts<'_>>,
        row: BothSides<usize>,
        scope: &MergeScope,
        is_forced: bool,
    ) -> Option<MergeItem> {
        let field = scope
            .has_fields()
            .then(|| containers.theirs.field_name(row.theirs))
            .flatten();
        let field = field.as_deref().or(scope.list_name());
        let containers = containers.each_ref();
        let leading = containers.zip(row, |container, at| container.leading(at));
        let trailing = containers.zip(row, |container, at| container.trailing(at));
        let nodes = containers.zip(row, |container, at| container.node(at));
        // In the order of the text, so that conflicts are asked about in that order.
        Some(MergeItem {
            leading: self.merge_trivia(leading, scope, field)?,
            value: self.merge_item_value(nodes.all()?, scope, is_forced)?,
            trailing: self.merge_trivia(trailing, scope, field)?,
            condition: None,
        })
    }

    fn merge_item_value(
        &mut self,
        nodes: BothSides<NodeId>,
        scope: &MergeScope,
        is_forced: bool,
    ) -> Option<Vec<MergePiece>> {
        let spans = self.spans_of(nodes);
        let theirs = self.texts.theirs;
        let name = theirs.tree.field_name(&theirs.text, nodes.theirs);
        let kind = match (scope, name) {
            (MergeScope::Records(kind), _) => *kind,
            (_, Some(name)) => return self.merge_field(nodes, scope, name),
            (_, None) => return self.merge_nested(nodes),
        };
        let side = self.unopposed_side(spans);
        if let Some(side) = side.filter(|_| !is_forced || self.is_identical(spans)) {
            return Some(vec![source_piece(side, spans)]);
        }
        let subject = scope.item_subject(theirs, nodes.theirs)?;
        let found = self.conflicts.len();
        let fields = MergeScope::Fields(subject.clone(), kind);
        if !is_forced
            && nodes.base.is_some()
            && let Some(pieces) = self.merge_container(nodes, &fields)
        {
            return Some(pieces);
        }
        self.conflicts.truncate(found);
        let values = nodes.find_in(self.texts, |loaded, node| {
            canonical_value(&loaded.text, &loaded.tree, node)
        });
        // Both added the same record in another layout: nothing to ask about.
        if nodes.base.is_none() && values.ours == values.theirs {
            return Some(vec![source_piece(MergeSide::Theirs, spans)]);
        }
        let values = nodes.find_in(self.texts, |loaded, node| {
            Some(scope.display_value(loaded, node))
        });
        self.conflicts.push(MergeConflict {
            subject,
            field: None,
            kind: match (is_forced, nodes.base) {
                (_, None) => ConflictKind::BothAdded,
                (true, _) => ConflictKind::Incompatible,
                (false, _) => ConflictKind::BothChanged,
            },
            values: values.flatten(),
        });
        Some(vec![self.conflict_piece(spans)])
    }

    /// Whether this is a record that somebody must decide about, by any id that it has.
    fn is_forced(
        &self,
        containers: &BothSides<ContainerParts<'_>>,
        row: MergeRow,
        scope: &MergeScope,
    ) -> bool {
        if self.forced_ids.is_empty() || !matches!(scope, MergeScope::Records(_)) {
            return false;
        }
        let versions = [
            containers.base.as_ref().zip(row.base),
            row.ours.map(|at| (&containers.ours, at)),
            row.theirs.map(|at| (&containers.theirs, at)),
        ];
        versions.into_iter().flatten().any(|(container, at)| {
            let id = container
                .node(at)
                .map(|node| record_id(container.loaded, node));
            id.is_some_and(|id| self.forced_ids.contains(&id))
        })
    }
}

fn source_piece(side: MergeSide, spans: BothSides<Span>) -> MergePiece {
    MergePiece::Source(side, *spans.get(side))
}

/// What the items of a container go by. A record that one side renamed goes by the id that it has
/// in the base.
fn item_keys(
    container: &ContainerParts<'_>,
    scope: &MergeScope,
    renames: &[RecordRename],
) -> Vec<ItemKey> {
    let loaded = container.loaded;
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let key = |node: NodeId| match scope {
        MergeScope::Records(kind) => {
            let id = record_id(loaded, node);
            let before = renames.iter().find(|r| r.kind == *kind && r.to == id);
            before.map_or(id, |renamed| renamed.from.clone())
        }
        _ => tree.field_name(text, node).unwrap_or("").to_owned(),
    };
    let keys = with_unique_keys(container.nodes().map(|node| (key(node), node)));
    keys.into_iter().map(|keyed| keyed.key).collect()
}

impl MergeScope {
    /// What a conflict here is about; `None` inside a field.
    fn subject(&self) -> Option<DiffSubject> {
        match self {
            MergeScope::Register | MergeScope::Records(_) => Some(DiffSubject::Register),
            MergeScope::Fields(subject, _) => Some(subject.clone()),
            MergeScope::Nested => None,
        }
    }

    fn field_spec(&self, name: &str) -> Option<&'static FieldSpec> {
        let specs = match self {
            MergeScope::Register => linchpin_register::METADATA_FIELDS,
            MergeScope::Fields(_, kind) => kind.fields(),
            _ => &[],
        };
        specs.iter().find(|spec| spec.name == name)
    }

    /// Whether the items are fields that people choose between.
    fn has_fields(&self) -> bool {
        matches!(self, MergeScope::Register | MergeScope::Fields(..))
    }

    /// The list, by its name in the file.
    fn list_name(&self) -> Option<&'static str> {
        match self {
            MergeScope::Records(kind) => Some(RecordKind::list(*kind)),
            _ => None,
        }
    }

    /// What a conflict about an item is about; `None` inside a field.
    fn item_subject(&self, loaded: &LoadedRegister, node: NodeId) -> Option<DiffSubject> {
        match self {
            MergeScope::Records(kind) => Some(record_subject(*kind, loaded, node)),
            other => other.subject(),
        }
    }

    /// An item in words.
    fn display_value(&self, loaded: &LoadedRegister, node: NodeId) -> DisplayValue {
        let value = loaded.tree.field_value(node);
        match (self, value) {
            (MergeScope::Records(_), _) | (_, None) => {
                DisplayValue::from_source(loaded.tree.span(node).of(&loaded.text))
            }
            (_, Some(value)) => {
                let name = loaded.tree.field_name(&loaded.text, node).unwrap_or("");
                DisplayValue::from_node(loaded, self.field_spec(name), value)
            }
        }
    }
}

impl<'a> ContainerParts<'a> {
    /// `None` where it is no container, or its syntax is broken.
    fn parse(loaded: &'a LoadedRegister, node: NodeId) -> Option<ContainerParts<'a>> {
        Some(ContainerParts {
            loaded,
            span: loaded.tree.span(node),
            items: ContainerItems::of(&loaded.text, &loaded.tree, node)?,
        })
    }

    fn nodes(&self) -> impl Iterator<Item = NodeId> {
        self.items.all.iter().map(|item| item.node)
    }

    fn node(&self, at: usize) -> Option<NodeId> {
        self.items.all.get(at).map(|item| item.node)
    }

    fn field_name(&self, at: usize) -> Option<String> {
        let name = self
            .loaded
            .tree
            .field_name(&self.loaded.text, self.node(at)?)?;
        Some(name.to_owned())
    }

    /// Where what stands before an item begins; behind the last, where the closing stretch begins.
    fn leading_start(&self, at: usize) -> u32 {
        let before = at.checked_sub(1).and_then(|at| self.items.all.get(at));
        before.map_or(self.items.open_tail, |item| item.tail)
    }

    /// What stands before an item.
    fn leading(&self, at: usize) -> Span {
        let start = self.leading_start(at);
        let item = self.items.all.get(at);
        Span::new(start, item.map_or(start, |item| item.span.start))
    }

    /// What belongs to an item behind it: its comma and comments.
    fn trailing(&self, at: usize) -> Span {
        let item = self.items.all.get(at);
        item.map_or(Span::default(), |item| Span::new(item.span.end, item.tail))
    }

    /// An item with what stands before and behind it.
    fn item_source(&self, at: usize) -> &'a str {
        Span::new(self.leading(at).start, self.trailing(at).end).of(&self.loaded.text)
    }

    /// An item as it stands.
    fn source_item(
        &self,
        at: usize,
        side: MergeSide,
        condition: Option<(usize, MergeSide)>,
    ) -> Option<MergeItem> {
        let piece = |span| vec![MergePiece::Source(side, span)];
        Some(MergeItem {
            leading: piece(self.leading(at)),
            value: piece(self.items.all.get(at)?.span),
            trailing: piece(self.trailing(at)),
            condition,
        })
    }
}
