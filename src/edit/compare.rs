//! What differs between two texts of a register, record by record and field by field.

use super::difference::{Difference, FieldChange, Subject, What};
use super::listed::{self, Listed, records};
use super::renamed::{Renamed, after_renames, renames};
use super::said::Said;
use super::same::{comments, meaning};
use super::site::{lists, roots};
use crate::register::declare::FieldSpec;
use crate::register::{HEAD, Loaded, RecordKind};
use crate::ron_text::{NodeId, Slots, Span};
use std::collections::{HashMap, HashSet};

/// Everything that differs between `old` and `new`: the register's own fields first, then records in the order of their types.
///
/// A list whose bytes are the same is passed over, so that comparing large registers of which little changed takes little more
/// than looking at both texts. Texts that are broken are compared as far as they can be read.
pub fn compare(old: &Loaded, new: &Loaded) -> Vec<Difference> {
    if old.text == new.text {
        return Vec::new();
    }
    let renames = renames(old, new);
    let carried = after_renames(old, &renames);
    let mut comparison = Comparison {
        old: carried.as_ref().unwrap_or(old),
        new,
        renames: &renames,
        out: Vec::new(),
        cut: (Vec::new(), Vec::new()),
    };
    comparison.head();
    for &kind in RecordKind::ALL {
        comparison.kind(kind);
    }
    comparison.rest();
    comparison.out
}

struct Comparison<'a> {
    old: &'a Loaded,
    new: &'a Loaded,
    renames: &'a [Renamed],
    out: Vec<Difference>,
    /// The stretches of both texts that have been compared.
    cut: (Vec<Span>, Vec<Span>),
}

impl Comparison<'_> {
    fn head(&mut self) {
        let head = |loaded: &Loaded| -> Vec<NodeId> { roots(&loaded.tree).collect() };
        let (old, new) = (head(self.old), head(self.new));
        let is_list = |name: &str| RecordKind::ALL.iter().any(|kind| kind.list() == name);
        let changes = self.fields(&old, &new, HEAD, &is_list);
        if !changes.is_empty() {
            let place = new.first().map(|root| self.new.tree.span(*root));
            let place = place.map(|root| Span::new(root.start, root.start));
            self.add(Subject::Register, What::Changed(changes), place);
        }
    }

    fn add(&mut self, subject: Subject, what: What, place: Option<Span>) {
        self.out.push(Difference {
            subject,
            what,
            place,
        });
    }

    /// The fields that differ, in the order of the new text; those that are gone come last.
    fn fields(
        &self,
        old: &[NodeId],
        new: &[NodeId],
        specs: &[FieldSpec],
        skip: &dyn Fn(&str) -> bool,
    ) -> Vec<FieldChange> {
        let all = |loaded, nodes: &[NodeId]| -> Vec<(String, NodeId)> {
            let fields = nodes.iter().flat_map(|node| listed::fields(loaded, *node));
            let fields = fields.filter(|(name, _)| !skip(name));
            fields.map(|(name, node)| (name.to_owned(), node)).collect()
        };
        let (before, after) = (all(self.old, old), all(self.new, new));
        let find = |fields: &[(String, NodeId)], name: &str| {
            let found = fields.iter().find(|(other, _)| other == name);
            found.map(|(_, node)| *node)
        };
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in after.iter().chain(&before) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        let mut changes = Vec::new();
        for name in names {
            let (a, b) = (find(&before, name), find(&after, name));
            if self.says_the_same(a, b) {
                continue;
            }
            let spec = specs.iter().find(|spec| spec.name == name);
            changes.push(FieldChange {
                name: name.to_owned(),
                old: a.map(|node| Said::of(self.old, spec, node)),
                new: b.map(|node| Said::of(self.new, spec, node)),
            });
        }
        changes
    }

    fn says_the_same(&self, a: Option<NodeId>, b: Option<NodeId>) -> bool {
        let source = |loaded: &Loaded, node: Option<NodeId>| -> Option<String> {
            let node = node?;
            Some(loaded.tree.span(node).of(&loaded.text).to_owned())
        };
        if source(self.old, a) == source(self.new, b) {
            return true;
        }
        let says = |loaded: &Loaded, node: Option<NodeId>| {
            let value = meaning(&loaded.text, &loaded.tree, node?);
            let nothing = [
                crate::ron_text::Value::List(Vec::new()),
                crate::ron_text::Value::bare("None"),
            ];
            (!nothing.contains(&value)).then_some(value)
        };
        says(self.old, a) == says(self.new, b)
    }

    fn kind(&mut self, kind: RecordKind) {
        if self.same_lists(kind) {
            return;
        }
        let (old, new) = (records(self.old, kind), records(self.new, kind));
        let (around_old, around_new) = (around(self.old, kind), around(self.new, kind));
        self.cut
            .0
            .extend(old.iter().map(|r| place(&around_old, self.old, r.node)));
        self.cut
            .1
            .extend(new.iter().map(|r| place(&around_new, self.new, r.node)));
        let in_old: HashMap<&listed::Key, usize> =
            old.iter().enumerate().map(|(i, r)| (&r.key, i)).collect();
        let pairs: Vec<Option<usize>> = new.iter().map(|r| in_old.get(&r.key).copied()).collect();
        let stay = in_order(&pairs);
        let kept: HashSet<usize> = pairs.iter().flatten().copied().collect();
        for (at, record) in old.iter().enumerate() {
            if !kept.contains(&at) {
                let source = self
                    .old
                    .tree
                    .span(record.node)
                    .of(&self.old.text)
                    .to_owned();
                let subject = self.subject(kind, self.old, record);
                self.add(subject, What::Removed { source }, None);
            }
        }
        for (at, record) in new.iter().enumerate() {
            let span = self.new.tree.span(record.node);
            let Some(before) = pairs[at].map(|before| &old[before]) else {
                let source = span.of(&self.new.text).to_owned();
                let subject = self.subject(kind, self.new, record);
                self.add(subject, What::Added { source }, Some(span));
                continue;
            };
            let from = self
                .renames
                .iter()
                .find(|r| r.kind == kind && r.to == record.key.0);
            if let Some(from) = from.map(|renamed| renamed.from.clone()) {
                let subject = self.subject(kind, self.new, record);
                self.add(subject, What::Renamed { from }, Some(span));
            }
            if !stay.contains(&at) {
                let subject = self.subject(kind, self.new, record);
                self.add(subject, What::Moved, Some(span));
            }
            let (a, b) = (
                place(&around_old, self.old, before.node),
                place(&around_new, self.new, record.node),
            );
            if a.of(&self.old.text) == b.of(&self.new.text) {
                continue;
            }
            let (a, b) = (before.node, record.node);
            let changes = self.fields(&[a], &[b], kind.fields(), &|_| false);
            let what = match changes.is_empty() {
                false => What::Changed(changes),
                true if self.same_comments((&around_old, a), (&around_new, b)) => continue,
                true => What::Layout,
            };
            let subject = self.subject(kind, self.new, record);
            self.add(subject, what, Some(span));
        }
    }

    /// Whether two records that say the same stand so, with the same comments.
    fn same_comments(&self, old: (&Around, NodeId), new: (&Around, NodeId)) -> bool {
        let parts = |loaded: &Loaded, (around, node): (&Around, NodeId)| {
            let (inside, all) = (loaded.tree.span(node), place(around, loaded, node));
            let before = Span::new(all.start, inside.start);
            let behind = Span::new(inside.end, all.end);
            let around = [before, behind].map(|span| {
                let comments = comments(&loaded.text, span).map(str::to_owned);
                comments.collect::<Vec<String>>()
            });
            (inside.of(&loaded.text).to_owned(), around)
        };
        parts(self.old, old) == parts(self.new, new)
    }

    fn same_lists(&mut self, kind: RecordKind) -> bool {
        let spans = |loaded: &Loaded| -> Vec<Span> {
            lists(loaded, kind)
                .map(|list| loaded.tree.span(list))
                .collect()
        };
        let (old, new) = (spans(self.old), spans(self.new));
        let words = old.iter().map(|span| span.of(&self.old.text));
        let same = words.eq(new.iter().map(|span| span.of(&self.new.text)));
        if same {
            self.cut.0.extend(old);
            self.cut.1.extend(new);
        }
        same
    }

    fn subject(&self, kind: RecordKind, loaded: &Loaded, record: &Listed) -> Subject {
        Subject::Record {
            kind,
            id: record.key.0.clone(),
            title: listed::title(loaded, record.node),
        }
    }

    /// Comments outside of the records; and where nothing else was found, the layout.
    fn rest(&mut self) {
        let (old, new) = std::mem::take(&mut self.cut);
        let outside = |loaded: &Loaded, cut: Vec<Span>| -> Vec<String> {
            let gaps = gaps(&loaded.text, cut);
            let comments = gaps.iter().flat_map(|gap| comments(&loaded.text, *gap));
            comments.map(str::to_owned).collect()
        };
        let differ = outside(self.old, old) != outside(self.new, new);
        if differ || self.out.is_empty() {
            self.add(Subject::Register, What::Layout, None);
        }
    }
}

type Around = HashMap<NodeId, Span>;

/// Every record with its comments, where the list can be taken apart.
fn around(loaded: &Loaded, kind: RecordKind) -> Around {
    let slots = lists(loaded, kind).filter_map(|list| Slots::of(&loaded.text, &loaded.tree, list));
    let slots = slots.flat_map(|slots| slots.all);
    slots
        .map(|slot| (slot.node, Span::new(slot.lead, slot.tail)))
        .collect()
}

fn place(around: &Around, loaded: &Loaded, node: NodeId) -> Span {
    around
        .get(&node)
        .copied()
        .unwrap_or_else(|| loaded.tree.span(node))
}

/// What stands between some stretches of a text.
fn gaps(text: &str, mut cut: Vec<Span>) -> Vec<Span> {
    cut.sort_by_key(|span| span.start);
    cut.push(Span::new(text.len() as u32, text.len() as u32));
    let mut from = 0;
    let mut out = Vec::new();
    for span in cut {
        if from < span.start {
            out.push(Span::new(from, span.start));
        }
        from = from.max(span.end);
    }
    out
}

/// Which of the places that have a partner stand in the order of their partners: as many as can be. The others have moved.
pub(super) fn in_order(pairs: &[Option<usize>]) -> HashSet<usize> {
    // The longest rising sequence: `ends[n]` is the place that ends one of length n + 1 with the lowest partner.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, partner) in pairs.iter().enumerate() {
        let Some(partner) = *partner else { continue };
        let length = ends.partition_point(|(_, other)| *other < partner);
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter].0);
        match ends.get_mut(length) {
            Some(end) => *end = (at, partner),
            None => ends.push((at, partner)),
        }
    }
    let last = ends.last().map(|(at, _)| *at);
    std::iter::successors(last, |at| before[*at]).collect()
}
