//! What differs between two texts of a register, record by record and field by field.

use super::messages::{EMPTY_LIST, field_words};
use super::record_matching::{
    KeyedNode, RecordRename, apply_renames, canonical_value, common_ends, detect_renames,
    keyed_by_id, record_fields, record_subject,
};
use linchpin_register::record_spans::{
    RecordSpan, comments_above, comments_after, first_line_end, record_lists, record_spans,
    root_records, unwrap_some,
};
use linchpin_register::schema::FieldSpec;
use linchpin_register::{FieldType, LoadedRegister, METADATA_FIELDS, RecordKind};
use ron_lossless::{NodeId, RonValue, Span, comments};
use std::collections::{HashMap, HashSet};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What differs.
    pub subject: DiffSubject,
    /// How.
    pub kind: DifferenceKind,
    /// Where it stands in the new text; `None` where nothing is left of it, or it stands nowhere in
    /// particular.
    pub span: Option<Span>,
}

/// What a difference or a conflict is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DiffSubject {
    /// The register's own fields, or the text around its records.
    Register,
    /// One record.
    Record {
        /// Its type.
        kind: RecordKind,
        /// Its id; empty where it has none.
        id: String,
        /// Its name on screen, else its id.
        title: String,
    },
}

/// How something differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The record is new; its text.
    Added { source: String },
    /// The record is gone; its text.
    Removed { source: String },
    /// Some of its fields say something else.
    Changed(Vec<FieldChange>),
    /// The same record with another id.
    Renamed { from: String },
    /// It stands at another place of its list.
    Moved,
    /// Only comments or the layout.
    Layout,
}

/// A field that says something else. At least one of `old` and `new` is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Its name in the file.
    pub name: String,
    /// `None` where the field is new.
    pub old: Option<DisplayValue>,
    /// `None` where the field is gone.
    pub new: Option<DisplayValue>,
}

/// Everything that differs between `old` and `new`: the register's own fields first, then records
/// in the order of their types.
///
/// A list whose bytes are the same is passed over, so that comparing large registers of which
/// little changed takes little more than looking at both texts. Texts that are broken are compared
/// as far as they can be read.
pub fn diff_registers(old: &LoadedRegister, new: &LoadedRegister) -> Vec<Difference> {
    diff_with_renames(old, new).0
}

/// The differences, and `old` with the ids that `new` has for the same records, where some are
/// others.
pub fn diff_with_renames(
    old: &LoadedRegister,
    new: &LoadedRegister,
) -> (Vec<Difference>, Option<LoadedRegister>) {
    if old.text == new.text {
        return (Vec::new(), None);
    }
    let renames = detect_renames(old, new);
    // The old text with the new ids: otherwise every record that links to a renamed one would count
    // as changed.
    let renamed_old = apply_renames(old, &renames);
    let mut builder = DiffBuilder {
        old: renamed_old.as_ref().unwrap_or(old),
        new,
        renames: &renames,
        differences: Vec::new(),
        compared_spans: (Vec::new(), Vec::new()),
    };
    builder.diff_head();
    for &kind in RecordKind::ALL {
        builder.diff_list(kind);
    }
    // Last, since it looks at what the others have not covered.
    builder.diff_comments();
    let out = builder.differences;
    (out, renamed_old)
}

struct DiffBuilder<'a> {
    old: &'a LoadedRegister,
    new: &'a LoadedRegister,
    renames: &'a [RecordRename],
    differences: Vec<Difference>,
    /// The stretches of both texts that have been compared.
    compared_spans: (Vec<Span>, Vec<Span>),
}

impl DiffBuilder<'_> {
    fn diff_head(&mut self) {
        let head =
            |loaded: &LoadedRegister| -> Vec<NodeId> { root_records(&loaded.tree).collect() };
        let (old, new) = (head(self.old), head(self.new));
        let is_list = |name: &str| RecordKind::ALL.iter().any(|kind| kind.list() == name);
        let changes = self.diff_fields(&old, &new, METADATA_FIELDS, &is_list);
        if !changes.is_empty() {
            let place = new.first().map(|root| self.new.tree.span(*root));
            let place = place.map(|root| Span::new(root.start, root.start));
            self.add(
                DiffSubject::Register,
                DifferenceKind::Changed(changes),
                place,
            );
        }
    }

    fn add(&mut self, subject: DiffSubject, what: DifferenceKind, place: Option<Span>) {
        self.differences.push(Difference {
            subject,
            kind: what,
            span: place,
        });
    }

    /// The fields that differ, in the order of the new text; those that are gone come last.
    fn diff_fields(
        &self,
        old: &[NodeId],
        new: &[NodeId],
        specs: &[FieldSpec],
        skip: &dyn Fn(&str) -> bool,
    ) -> Vec<FieldChange> {
        let all = |loaded, nodes: &[NodeId]| -> Vec<(String, NodeId)> {
            let fields = nodes.iter().flat_map(|node| record_fields(loaded, *node));
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
            if self.is_same_value(a, b) {
                continue;
            }
            let spec = specs.iter().find(|spec| spec.name == name);
            changes.push(FieldChange {
                name: name.to_owned(),
                old: a.map(|node| DisplayValue::from_node(self.old, spec, node)),
                new: b.map(|node| DisplayValue::from_node(self.new, spec, node)),
            });
        }
        changes
    }

    fn is_same_value(&self, a: Option<NodeId>, b: Option<NodeId>) -> bool {
        let source = |loaded: &LoadedRegister, node: Option<NodeId>| -> Option<String> {
            let node = node?;
            Some(loaded.tree.span(node).of(&loaded.text).to_owned())
        };
        // The source first, which needs no value made of it.
        if source(self.old, a) == source(self.new, b) {
            return true;
        }
        let says = |loaded: &LoadedRegister, node: Option<NodeId>| {
            let value = canonical_value(&loaded.text, &loaded.tree, node?);
            let nothing = [RonValue::List(Vec::new()), RonValue::bare("None")];
            (!nothing.contains(&value)).then_some(value)
        };
        says(self.old, a) == says(self.new, b)
    }

    fn diff_list(&mut self, kind: RecordKind) {
        self.add_renames(kind);
        // The bytes first: most lists of most pairs are the same, and comparing their records would
        // take the time of loading them.
        if self.is_unchanged_list(kind) {
            return;
        }
        let (old, new) = (record_spans(self.old, kind), record_spans(self.new, kind));
        self.compared_spans
            .0
            .extend(record_list_spans(self.old, kind));
        self.compared_spans
            .1
            .extend(record_list_spans(self.new, kind));
        let pairs = self.match_records(&old, &new);
        let stay = longest_increasing(&pairs);
        let matched: HashSet<usize> = pairs.iter().flatten().copied().collect();
        for (at, place) in old.iter().enumerate() {
            if !matched.contains(&at) {
                let span = self.old.tree.span(place.node);
                let source = span.of(&self.old.text).to_owned();
                let subject = record_subject(kind, self.old, place.node);
                self.add(subject, DifferenceKind::Removed { source }, None);
            }
        }
        for (at, place) in new.iter().enumerate() {
            let span = self.new.tree.span(place.node);
            let Some(before) = pairs[at].and_then(|before| old.get(before)) else {
                let source = span.of(&self.new.text).to_owned();
                let subject = record_subject(kind, self.new, place.node);
                self.add(subject, DifferenceKind::Added { source }, Some(span));
                continue;
            };
            self.diff_record(kind, before, place, stay.contains(&at));
        }
    }

    fn add_renames(&mut self, kind: RecordKind) {
        for renamed in self.renames.iter().filter(|renamed| renamed.kind == kind) {
            let at = self.new.register.find(&renamed.to);
            let Some((at, node)) = at.and_then(|at| Some((at, self.new.record_node(at)?))) else {
                continue;
            };
            let from = renamed.from.clone();
            let subject = record_subject(kind, self.new, node);
            self.add(
                subject,
                DifferenceKind::Renamed { from },
                Some(self.new.record_span(at)),
            );
        }
    }

    /// For each record of the new text, its number in the old one.
    fn match_records(&self, old: &[RecordSpan], new: &[RecordSpan]) -> Vec<Option<usize>> {
        // Most records of a large list are the same at both ends; keys are made for the rest only.
        let (start, end) = common_ends((self.old, old), (self.new, new));
        let middle = |loaded: &LoadedRegister, all: &[RecordSpan]| {
            let middle = all.get(start..all.len() - end).unwrap_or(&[]);
            keyed_by_id(loaded, middle.iter().map(|place| place.node))
        };
        let (between_old, between_new) = (middle(self.old, old), middle(self.new, new));
        let in_old = between_old.iter().enumerate();
        let in_old: HashMap<_, usize> = in_old.map(|(i, r)| (&r.key, i + start)).collect();
        let mut pairs: Vec<Option<usize>> = (0..start).map(Some).collect();
        let find = |record: &KeyedNode| in_old.get(&record.key).copied();
        pairs.extend(between_new.iter().map(find));
        pairs.extend((old.len() - end..old.len()).map(Some));
        pairs
    }

    /// A record that both texts have.
    fn diff_record(&mut self, kind: RecordKind, old: &RecordSpan, new: &RecordSpan, stays: bool) {
        let span = self.new.tree.span(new.node);
        if !stays {
            let subject = record_subject(kind, self.new, new.node);
            self.add(subject, DifferenceKind::Moved, Some(span));
        }
        let words = self.old.tree.span(old.node).of(&self.old.text);
        let same_words = words == span.of(&self.new.text);
        let changes = match same_words {
            true => Vec::new(),
            false => self.diff_fields(&[old.node], &[new.node], kind.fields(), &|_| false),
        };
        let what = match changes.is_empty() {
            false => DifferenceKind::Changed(changes),
            true if same_words && self.has_same_comments(old, new) => return,
            true => DifferenceKind::Layout,
        };
        let subject = record_subject(kind, self.new, new.node);
        self.add(subject, what, Some(span));
    }

    /// Whether the same comments stand above a record, and behind it on its line.
    fn has_same_comments(&self, old: &RecordSpan, new: &RecordSpan) -> bool {
        let alike = |a: Span, b: Span| a.of(&self.old.text) == b.of(&self.new.text);
        (alike(old.leading, new.leading)
            || comments_above(self.old, old) == comments_above(self.new, new))
            && (alike(old.trailing, new.trailing)
                || comments_after(self.old, old) == comments_after(self.new, new))
    }

    fn is_unchanged_list(&mut self, kind: RecordKind) -> bool {
        let spans = |loaded: &LoadedRegister| -> Vec<Span> {
            record_lists(loaded, kind)
                .map(|list| loaded.tree.span(list))
                .collect()
        };
        let (old, new) = (spans(self.old), spans(self.new));
        let words = old.iter().map(|span| span.of(&self.old.text));
        let same = words.eq(new.iter().map(|span| span.of(&self.new.text)));
        if same {
            self.compared_spans.0.extend(old);
            self.compared_spans.1.extend(new);
        }
        same
    }

    /// Comments outside of the records; and where nothing else was found, the layout.
    fn diff_comments(&mut self) {
        let (old, new) = std::mem::take(&mut self.compared_spans);
        let outside = |loaded: &LoadedRegister, cut: Vec<Span>| -> Vec<String> {
            let gaps = uncovered_spans(&loaded.text, cut);
            let comments = gaps.iter().flat_map(|gap| comments(&loaded.text, *gap));
            comments.map(str::to_owned).collect()
        };
        // The texts differ, or nothing would be compared. Where no difference was found, it is one
        // of the layout, and it is told: nobody should wonder why a file counts as changed.
        let differ = outside(self.old, old) != outside(self.new, new);
        if differ || self.differences.is_empty() {
            self.add(DiffSubject::Register, DifferenceKind::Layout, None);
        }
    }
}

/// The stretches of the lists of a type in which records stand, each with what stands behind its
/// last record on the line.
fn record_list_spans(loaded: &LoadedRegister, kind: RecordKind) -> Vec<Span> {
    let tree = &loaded.tree;
    let list = |list: NodeId| {
        let span = tree.span(list);
        let last = tree.children(list).last();
        let end = last.map(|last| {
            let after = Span::new(tree.span(last).end, span.end);
            first_line_end(loaded, after)
        });
        Span::new(span.start, end.unwrap_or(span.start))
    };
    record_lists(loaded, kind).map(list).collect()
}

/// What stands between some stretches of a text.
fn uncovered_spans(text: &str, mut cut: Vec<Span>) -> Vec<Span> {
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

/// Which of the places that have a partner stand in the order of their partners: as many as can be.
/// The others have moved.
pub(super) fn longest_increasing(pairs: &[Option<usize>]) -> HashSet<usize> {
    // As few records as can be are called moved: all but the longest sequence that is in order.
    // `ends[n]` is the place that ends one of length n + 1 with the
    // lowest partner.
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

/// A value as it stands in the file, and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayValue {
    /// As it stands in the file.
    pub source: String,
    /// In words: the label of a choice, the name of a linked record, the items of a list one after
    /// another.
    pub text: String,
}

impl DisplayValue {
    /// The value at a node; `spec` says what the field holds, where that is known.
    pub(crate) fn from_node(
        loaded: &LoadedRegister,
        spec: Option<&FieldSpec>,
        node: NodeId,
    ) -> Self {
        let (text, tree) = (&*loaded.text, &*loaded.tree);
        let value = RonValue::read(text, tree, unwrap_some(text, tree, node));
        DisplayValue {
            source: tree.span(node).of(text).to_owned(),
            text: display_text(loaded, spec.map(|spec| &spec.field_type), &value),
        }
    }

    /// Something that is said in the same words as it stands in the file.
    pub(crate) fn from_source(source: &str) -> Self {
        DisplayValue {
            source: source.to_owned(),
            text: source.trim().to_owned(),
        }
    }
}

fn display_text(
    loaded: &LoadedRegister,
    field_type: Option<&FieldType>,
    value: &RonValue,
) -> String {
    match (field_type, value) {
        (_, RonValue::List(items)) if items.is_empty() => EMPTY_LIST.into(),
        (field_type, RonValue::List(items)) => {
            let items: Vec<String> = items
                .iter()
                .map(|i| display_text(loaded, field_type, i))
                .collect();
            items.join(", ")
        }
        (Some(FieldType::Link(_)), RonValue::Text(id)) => {
            loaded.register.short_title_of(id).to_owned()
        }
        (Some(FieldType::Vocabulary { terms: choices, .. }), RonValue::Bare(name)) => {
            let found = choices.iter().find(|choice| choice.name == name);
            found.map_or_else(|| name.clone(), |choice| choice.label.to_owned())
        }
        (_, RonValue::Text(text)) => text.clone(),
        (field_type, RonValue::Record(fields)) => {
            let specs = match field_type {
                Some(FieldType::Record { fields, .. }) => *fields,
                _ => &[],
            };
            let field = |(name, value): &(String, RonValue)| {
                let spec = specs.iter().find(|spec| spec.name == name);
                let value = display_text(loaded, spec.map(|spec| &spec.field_type), value);
                format!("{}: {value}", field_words(name))
            };
            fields.iter().map(field).collect::<Vec<_>>().join("; ")
        }
        (_, RonValue::Bare(bare)) => bare.clone(),
        (_, RonValue::Call(..)) => value.line(),
    }
}
