//! Which splices put the records of other files at the end of a file's lists.

use linchpin_register::{LoadedRegister, ROOT_FIELDS, RecordKind, RecordRef};
use ron_lossless::edit::{CopiedItem, comments_above, copy, insert_copied};
use ron_lossless::{NodeId, NodeKind, RonValue, TextEdit, Tree};
use std::collections::{BTreeMap, HashSet};

/// A file from which records are taken.
struct RecordSource<'a> {
    loaded: &'a LoadedRegister,
    root: NodeId,
    /// The nodes of the records that are wanted.
    wanted: HashSet<NodeId>,
}

/// Splices of the first file of `a` that put the records of its other files there, and those of `b`
/// that `a` lacks. `None` where there is no place for them.
pub fn insertion_edits(a: &LoadedRegister, b: &LoadedRegister) -> Option<Vec<TextEdit>> {
    let mut roots = a.tree.values();
    let root = roots.next()?;
    let own: Vec<RecordSource> = roots
        .map(|root| RecordSource::new(a, root, |_| true))
        .collect();
    let others = b.tree.values();
    let lacks = |at: RecordRef| {
        let record = b.register.record(at);
        record.is_some_and(|record| a.register.find(record.id()).is_none())
    };
    let others: Vec<RecordSource> = others
        .map(|root| RecordSource::new(b, root, lacks))
        .collect();
    let mut plan = InsertionPlan {
        a,
        root,
        edits: Vec::new(),
        fields: BTreeMap::new(),
    };
    plan.plan_head(&own)?;
    let all: Vec<&RecordSource> = own.iter().chain(&others).collect();
    for kind in RecordKind::ALL {
        plan.plan_list(*kind, &all)?;
    }
    plan.finish()
}

impl<'a> RecordSource<'a> {
    fn new(loaded: &'a LoadedRegister, root: NodeId, wants: impl Fn(RecordRef) -> bool) -> Self {
        let span = loaded.tree.span(root);
        let records = loaded.register.iter_records().map(|(at, _)| at);
        let inside = |node: &NodeId| {
            let at = loaded.tree.span(*node);
            at.start >= span.start && at.end <= span.end
        };
        let nodes = records
            .filter(|at| wants(*at))
            .filter_map(|at| loaded.record_node(at));
        RecordSource {
            loaded,
            root,
            wanted: nodes.filter(inside).collect(),
        }
    }

    fn field_value(&self, name: &str) -> Option<NodeId> {
        self.loaded.tree.field(&self.loaded.text, self.root, name)
    }

    /// A field of the file with its comments.
    fn field_with_comments(&self, name: &str) -> Option<CopiedItem> {
        let (text, tree) = (&self.loaded.text, &self.loaded.tree);
        let number = field_index(text, tree, self.root, name)?;
        copy(text, tree, self.root, &[number])?.pop()
    }

    /// The numbers of the records in a list that are wanted, and whether those are all of them.
    fn wanted_items(&self, list: NodeId) -> (Vec<usize>, bool) {
        let nodes: Vec<NodeId> = self.loaded.tree.children(list).collect();
        let wanted = nodes.iter().enumerate();
        let wanted: Vec<usize> = wanted
            .filter(|(_, node)| self.wanted.contains(node))
            .map(|(number, _)| number)
            .collect();
        let all = wanted.len() == nodes.len();
        (wanted, all)
    }
}

struct InsertionPlan<'a> {
    a: &'a LoadedRegister,
    root: NodeId,
    edits: Vec<TextEdit>,
    /// New fields of the file, by the number that they take; each with its place in the order of
    /// all fields.
    fields: BTreeMap<usize, Vec<(usize, CopiedItem)>>,
}

impl InsertionPlan<'_> {
    fn own_field(&self, name: &str) -> Option<NodeId> {
        self.a.tree.field(&self.a.text, self.root, name)
    }

    /// What other files say about the whole register, where this one does not. Where there is a
    /// title, this one has it.
    fn plan_head(&mut self, others: &[RecordSource]) -> Option<()> {
        for name in ["summary", "compiled", "license"] {
            let given = || {
                others
                    .iter()
                    .find(|other| other.field_value(name).is_some())
            };
            if self.own_field(name).is_none()
                && let Some(other) = given()
            {
                self.add_field(name, other.field_with_comments(name)?);
            }
        }
        let compilers = &self.a.register.compilers;
        let (text, tree) = (&self.a.text, &self.a.tree);
        match self.own_field("compilers") {
            Some(list) if tree.kind(list) == NodeKind::List => {
                let known = RonValue::read(text, tree, list);
                let is_new = |name: &&String| match &known {
                    RonValue::List(names) => !names.contains(&RonValue::text(name.as_str())),
                    _ => true,
                };
                let items: Vec<CopiedItem> = compilers
                    .iter()
                    .filter(is_new)
                    .map(|name| CopiedItem::new(RonValue::text(name).line()))
                    .collect();
                self.edits
                    .extend(insert_copied(text, tree, list, usize::MAX, &items)?);
            }
            None if !compilers.is_empty() => {
                let names = compilers.iter().map(RonValue::text).collect();
                let words = format!("compilers: {}", RonValue::List(names).line());
                self.add_field("compilers", CopiedItem::new(words));
            }
            _ => {}
        }
        Some(())
    }

    /// The records of a type.
    fn plan_list(&mut self, kind: RecordKind, sources: &[&RecordSource]) -> Option<()> {
        let name = kind.list();
        let mut items = Vec::new();
        let mut whole = Vec::new();
        let mut comments = String::new();
        for source in sources {
            let Some(list) = source.field_value(name) else {
                continue;
            };
            let (text, tree) = (&source.loaded.text, &source.loaded.tree);
            let (wanted, is_all) = source.wanted_items(list);
            if wanted.is_empty() {
                continue;
            }
            if items.is_empty() {
                let number = field_index(text, tree, source.root, name)?;
                comments = comments_above(text, tree, source.root, number);
            }
            items.extend(copy(text, tree, list, &wanted)?);
            whole.push(is_all.then_some(source));
        }
        if items.is_empty() {
            return Some(());
        }
        let (text, tree) = (&self.a.text, &self.a.tree);
        if let Some(list) = self.own_field(name) {
            self.edits
                .extend(insert_copied(text, tree, list, usize::MAX, &items)?);
            return Some(());
        }
        // A list that comes whole comes as it stands, with remarks that belong to no record.
        let field = match whole.as_slice() {
            [Some(source)] => source.field_with_comments(name)?,
            _ => {
                let lines: Vec<String> = items
                    .iter()
                    .map(|item| format!("    {}\n", item.render("    ", "\n")))
                    .collect();
                CopiedItem::new(format!("{comments}{name}: [\n{}]", lines.concat()))
            }
        };
        self.add_field(name, field);
        Some(())
    }

    /// Notes a field where it belongs in the order of all fields.
    fn add_field(&mut self, name: &str, item: CopiedItem) {
        let order = ROOT_FIELDS.iter().position(|field| *field == name);
        let order = order.unwrap_or(ROOT_FIELDS.len());
        let (text, tree) = (&self.a.text, &self.a.tree);
        let before = ROOT_FIELDS.iter().take(order);
        let numbers = before.filter_map(|f| field_index(text, tree, self.root, f));
        let at = numbers.max().map_or(0, |number| number + 1);
        self.fields.entry(at).or_default().push((order, item));
    }

    fn finish(mut self) -> Option<Vec<TextEdit>> {
        for (at, mut items) in std::mem::take(&mut self.fields) {
            items.sort_by_key(|(order, _)| *order);
            let items: Vec<CopiedItem> = items.into_iter().map(|(_, item)| item).collect();
            let (text, tree) = (&self.a.text, &self.a.tree);
            self.edits
                .extend(insert_copied(text, tree, self.root, at, &items)?);
        }
        Some(self.edits)
    }
}

/// Which of the record's fields has this name.
fn field_index(text: &str, tree: &Tree, record: NodeId, name: &str) -> Option<usize> {
    let key = tree.field_key(text, record, name)?;
    tree.children(record)
        .position(|field| tree.span(field).start == key.start)
}
