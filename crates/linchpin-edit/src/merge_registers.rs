//! Two registers made into one: what the second has and the first lacks is put at the end of the
//! first's lists, with its comments.

use super::draft::shift_parts;
use linchpin_register::{
    AnyRecord, LoadedRegister, ROOT_FIELDS, RecordKind, RecordRef, Register, RegisterFile,
    RegisterFileText, codes, load, load_files, load_joined_files,
};
use ron_lossless::edit::{
    self, ContainerItems, CopiedItem, comments_above, copy, insert_copied, line_ending,
};
use ron_lossless::{
    Diagnostic, NodeId, NodeKind, RonValue, Severity, SourceChange, Span, TextEdit, TokenKind,
    Tree, apply, codes as ron, tokens,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// One of the two registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisterSide {
    /// The first, whose head and order the result has.
    A,
    /// The second, whose records are added.
    B,
}

/// What came of two registers.
#[derive(Clone, Debug)]
pub struct MergedRegisters {
    /// The one register, in one file.
    pub loaded: LoadedRegister,
    /// How many records came from the second.
    pub added: usize,
    /// How many mean the same in both.
    pub identical: usize,
    /// How many differed and were settled as wanted.
    pub resolved: usize,
}

/// Why two registers were not made into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeRegistersError {
    /// These records differ, and nothing says whose are right.
    Conflicts(Vec<RecordConflict>),
    /// This one holds something that cannot be read, so that it might be lost.
    Unreadable(RegisterSide),
    /// The layout of the text leaves no place for what should be put there.
    NoInsertionPoint,
}

/// Makes one register of two. The head is that of `a`, and so is the order; `prefer` says whose
/// record counts where they differ. A register in several files becomes one: the file with the
/// title, and the rest put in behind.
///
/// # Errors
/// Where one cannot be read in full, where records differ and `prefer` is `None`, and always where
/// the same id stands for records of different types.
pub fn merge_registers(
    a: &LoadedRegister,
    b: &LoadedRegister,
    prefer: Option<RegisterSide>,
) -> Result<MergedRegisters, MergeRegistersError> {
    for (side, loaded) in [(RegisterSide::A, a), (RegisterSide::B, b)] {
        if !is_fully_read(loaded) {
            return Err(MergeRegistersError::Unreadable(side));
        }
    }
    let (all, same) = record_conflicts(a, b);
    let resolved = all.len();
    let open: Vec<RecordConflict> = all
        .iter()
        .filter(|c| prefer.is_none() || c.differing_kinds().is_some())
        .cloned()
        .collect();
    if !open.is_empty() {
        return Err(MergeRegistersError::Conflicts(open));
    }
    // Records of `b` that count take the places of those of `a`, so that the order stays; then only
    // records that `a` lacks are left to be added.
    let replaced = match prefer {
        Some(RegisterSide::B) if resolved > 0 => Some(replace_conflicting(a, b, &all)),
        _ => None,
    };
    let merged = match &replaced {
        Some(replaced) => replaced.as_ref().and_then(|a| add_missing(a, b)),
        None => add_missing(a, b),
    };
    let (loaded, added) = merged.ok_or(MergeRegistersError::NoInsertionPoint)?;
    Ok(MergedRegisters {
        loaded,
        added,
        identical: same,
        resolved,
    })
}

/// `a` in one file with the records of `b` that it lacks, and how many those are.
fn add_missing(a: &LoadedRegister, b: &LoadedRegister) -> Option<(LoadedRegister, usize)> {
    let reordered = with_titled_part_first(a);
    let a = reordered.as_ref().unwrap_or(a);
    let change = SourceChange::new("", insertion_edits(a, b)?)?;
    let parts = shift_parts(&a.files, &change.edits)?;
    let text = change.apply_edits(&a.text)?;
    let loaded = load(parts.first()?.span.of(&text), Vec::new());
    let new = b.register.iter_records();
    let added = new
        .filter(|(_, r)| a.register.find(r.id()).is_none())
        .count();
    // Whatever the layout was: a merge that loses a record is not handed out.
    has_all_records(&loaded, a, b, added).then_some((loaded, added))
}

/// Whether everything that the text holds has been read, whatever else is wrong with it.
pub(super) fn is_fully_read(loaded: &LoadedRegister) -> bool {
    let unread = |p: &Diagnostic| {
        // A mistake that the RON reader finds may hide a value; a missing field hides none.
        let of_text = ron::ALL.iter().any(|(code, _)| *code == p.code);
        p.severity == Severity::Error
            && (of_text && p.code != ron::MISSING_FIELD || p.code == codes::FORMAT)
    };
    !loaded.is_broken && loaded.unloaded_records == 0 && !loaded.diagnostics.iter().any(unread)
}

/// `a` with the values that `b` has.
fn replace_conflicting(
    a: &LoadedRegister,
    b: &LoadedRegister,
    conflicts: &[RecordConflict],
) -> Option<LoadedRegister> {
    let text_edit = |c: &RecordConflict| {
        let (at, value) = (a.record_span(c.a), b.record_span(c.b));
        edit::replace(&a.text, &a.tree, at, &b.text, value)
    };
    let change = SourceChange::new("", conflicts.iter().map(text_edit).collect())?;
    let parts = shift_parts(&a.files, &change.edits)?;
    let text = apply(&a.text, &change.edits)?;
    Some(load_joined_files(text.into(), parts))
}

/// The same register with the file that has its title before the others: that is where a reader
/// looks for what heads it. `None` where it is so already.
fn with_titled_part_first(a: &LoadedRegister) -> Option<LoadedRegister> {
    let has_title = |root: &NodeId| a.tree.field(&a.text, *root, "title").is_some();
    let root = a.tree.values().find(has_title)?;
    let titled = a.file_index_at(a.tree.span(root).start);
    if titled == 0 {
        return None;
    }
    let file = |part: &RegisterFile| RegisterFileText {
        name: part.name.clone(),
        text: part.span.of(&a.text).to_owned(),
        diagnostics: Vec::new(),
    };
    let mut files: Vec<RegisterFileText> = a.files.iter().map(file).collect();
    let first = files.remove(titled);
    files.insert(0, first);
    Some(load_files(files))
}

/// Whether the result has every record, with the same meaning, and none besides.
fn has_all_records(
    result: &LoadedRegister,
    a: &LoadedRegister,
    b: &LoadedRegister,
    added: usize,
) -> bool {
    let (of_a, of_b) = (a.register.iter_records(), b.register.iter_records());
    let new = of_b.filter(|(_, record)| a.register.find(record.id()).is_none());
    let wanted = a.register.iter_records().count() + added;
    let has = |record: &dyn AnyRecord| {
        let found = result.register.find(record.id());
        found
            .and_then(|at| result.register.record(at))
            .is_some_and(|found| found.kind() == record.kind() && found.json() == record.json())
    };
    !result.is_broken
        && result.register.iter_records().count() == wanted
        && of_a.chain(new).all(|(_, record)| has(record))
        && has_same_head(&result.register, &a.register)
}

/// Whether a register has the head of another.
pub(super) fn has_same_head(result: &Register, a: &Register) -> bool {
    let head = |r: &Register| {
        (
            r.title.clone(),
            r.summary.clone(),
            r.compiled,
            r.license.clone(),
        )
    };
    let mut names = a.compilers.iter();
    head(result) == head(a) && names.all(|name| result.compilers.contains(name))
}

/// A record that stands in both registers and differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordConflict {
    /// The id that both have.
    pub id: String,
    /// The record of the first register.
    pub a: RecordRef,
    /// The record of the second.
    pub b: RecordRef,
    /// The fields that differ; none where the two are of different types.
    pub field_conflicts: Vec<FieldConflict>,
}

/// A field that differs, with its value as each text has it; `None` where it is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldConflict {
    /// Its name in the file.
    pub name: &'static str,
    /// What the first register has.
    pub a: Option<String>,
    /// What the second has.
    pub b: Option<String>,
}

impl RecordConflict {
    /// The types of the two, where they are not the same.
    pub fn differing_kinds(&self) -> Option<(RecordKind, RecordKind)> {
        (self.a.kind != self.b.kind).then_some((self.a.kind, self.b.kind))
    }
}

/// The records of `b` that `a` has with another meaning, in the order of `b`; and how many mean the
/// same in both.
pub fn record_conflicts(a: &LoadedRegister, b: &LoadedRegister) -> (Vec<RecordConflict>, usize) {
    let mut conflicts = Vec::new();
    let mut same = 0;
    for (at_b, of_b) in b.register.iter_records() {
        let Some(at_a) = a.register.find(of_b.id()) else {
            continue;
        };
        let Some(of_a) = a.register.record(at_a) else {
            continue;
        };
        let mut conflict = RecordConflict {
            id: of_b.id().to_owned(),
            a: at_a,
            b: at_b,
            field_conflicts: Vec::new(),
        };
        if at_a.kind == at_b.kind {
            let (json_a, json_b) = (of_a.json(), of_b.json());
            if json_a == json_b {
                same += 1;
                continue;
            }
            let names = of_b.fields().iter().map(|field| field.name);
            conflict.field_conflicts = names
                .filter(|name| json_a.get(name) != json_b.get(name))
                .map(|name| FieldConflict {
                    name,
                    a: field_source(a, at_a, name),
                    b: field_source(b, at_b, name),
                })
                .collect();
        }
        conflicts.push(conflict);
    }
    (conflicts, same)
}

/// A field's value as the text has it.
fn field_source(loaded: &LoadedRegister, at: RecordRef, name: &str) -> Option<String> {
    let node = loaded
        .tree
        .field(&loaded.text, loaded.record_node(at)?, name)?;
    Some(loaded.tree.span(node).of(&loaded.text).to_owned())
}

/// A file from which records are taken.
struct RecordSource<'a> {
    loaded: &'a LoadedRegister,
    root: NodeId,
    /// The nodes of the records that are wanted.
    wanted: HashSet<NodeId>,
    /// It is a file of the first register, which goes into the result with all its comments.
    is_own: bool,
}

/// Text edits of the first file of `a` that put the records of its other files there, and those of
/// `b` that `a` lacks. `None` where there is no place for them.
fn insertion_edits(a: &LoadedRegister, b: &LoadedRegister) -> Option<Vec<TextEdit>> {
    let mut roots = a.tree.values();
    let root = roots.next()?;
    let own: Vec<RecordSource> = roots
        .map(|root| RecordSource {
            is_own: true,
            ..RecordSource::new(a, root, |_| true)
        })
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
        carried: Vec::new(),
        homes: HashMap::new(),
    };
    // The head of the files of `a` alone: what `b` says about itself is not true of both.
    plan.plan_head(&own)?;
    let all: Vec<&RecordSource> = own.iter().chain(&others).collect();
    for kind in RecordKind::ALL {
        plan.plan_list(*kind, &all)?;
    }
    plan.place_other_comments(&own);
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
            is_own: false,
        }
    }

    fn field_value(&self, name: &str) -> Option<NodeId> {
        self.loaded.tree.field(&self.loaded.text, self.root, name)
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
    /// What is copied out of the other files of `a`, with its comments.
    carried: Vec<Span>,
    /// The new field, by its number and its place in the order, that came out of the file with this
    /// root: where comments go that stand elsewhere in that file.
    homes: HashMap<NodeId, (usize, usize)>,
}

impl InsertionPlan<'_> {
    fn own_field(&self, name: &str) -> Option<NodeId> {
        self.a.tree.field(&self.a.text, self.root, name)
    }

    /// Copies items of another file with their comments.
    fn copy_items(
        &mut self,
        source: &RecordSource,
        container: NodeId,
        items: &[usize],
    ) -> Option<Vec<CopiedItem>> {
        let (text, tree) = (&source.loaded.text, &source.loaded.tree);
        if source.is_own {
            let extents = ContainerItems::of(text, tree, container)?.all;
            let extents = items.iter().filter_map(|item| extents.get(*item));
            self.carried
                .extend(extents.map(|e| Span::new(e.lead, e.tail)));
        }
        copy(text, tree, container, items)
    }

    /// Copies a field of another file with its comments.
    fn copy_field(&mut self, source: &RecordSource, name: &str) -> Option<CopiedItem> {
        let (text, tree) = (&source.loaded.text, &source.loaded.tree);
        let number = field_index(text, tree, source.root, name)?;
        self.copy_items(source, source.root, &[number])?.pop()
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
                let field = self.copy_field(other, name)?;
                self.add_field(name, field);
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
        let mut found = Vec::new();
        for source in sources {
            let Some(list) = source.field_value(name) else {
                continue;
            };
            let (wanted, is_all) = source.wanted_items(list);
            if wanted.is_empty() {
                continue;
            }
            found.push((*source, list, wanted, is_all));
        }
        // A list that comes whole comes as it stands, with comments that belong to no record.
        if let ([(source, _, _, true)], None) = (found.as_slice(), self.own_field(name)) {
            let field = self.copy_field(source, name)?;
            let home = self.add_field(name, field);
            if source.is_own {
                self.homes.entry(source.root).or_insert(home);
            }
            return Some(());
        }
        let mut items = Vec::new();
        for (source, list, wanted, _) in &found {
            items.extend(self.copy_items(source, *list, wanted)?);
        }
        let Some((first, ..)) = found.first() else {
            return Some(());
        };
        let (text, tree) = (&self.a.text, &self.a.tree);
        if let Some(list) = self.own_field(name) {
            self.edits
                .extend(insert_copied(text, tree, list, usize::MAX, &items)?);
            return Some(());
        }
        // Of several sources the list is put together, with the comments above the first.
        let comments = self.comments_above_list(first, name)?;
        let lines: Vec<String> = items
            .iter()
            .map(|item| format!("    {}\n", item.render("    ", "\n")))
            .collect();
        let field = CopiedItem::new(format!("{comments}{name}: [\n{}]", lines.concat()));
        let home = self.add_field(name, field);
        for (source, ..) in found.iter().filter(|(source, ..)| source.is_own) {
            self.homes.entry(source.root).or_insert(home);
        }
        Some(())
    }

    /// The comments directly above a list of another file.
    fn comments_above_list(&mut self, source: &RecordSource, name: &str) -> Option<String> {
        let (text, tree) = (&source.loaded.text, &source.loaded.tree);
        let number = field_index(text, tree, source.root, name)?;
        if source.is_own {
            let extents = ContainerItems::of(text, tree, source.root)?;
            let extent = extents.all.get(number)?;
            self.carried.push(Span::new(extent.lead, extent.span.start));
        }
        Some(comments_above(text, tree, source.root, number))
    }

    /// The comments of the other files of `a` that went with no field and no record: above what
    /// came out of their file, else at the end of the text.
    fn place_other_comments(&mut self, own: &[RecordSource]) {
        let a = self.a;
        self.carried.sort_by_key(|span| (span.start, span.end));
        let mut left_over = String::new();
        let end = a.files.first().map_or(0, |file| file.span.end);
        let eol = line_ending(&a.text, &a.tree, end);
        for source in own {
            let file = a.file_at(a.tree.span(source.root).start).span;
            let others = other_comments(&a.text, file, &self.carried);
            let home = self.homes.get(&source.root);
            let items = home.and_then(|(at, order)| {
                let mut items = self.fields.get_mut(at)?.iter_mut();
                items.find(|(other, _)| other == order)
            });
            match items {
                Some((_, item)) => *item = item.clone().with_comments_above(&others),
                None => others.iter().for_each(|comment| {
                    left_over.push_str(comment);
                    left_over.push_str(eol);
                }),
            }
        }
        let is_line_open = !Span::new(0, end).of(&a.text).ends_with('\n');
        if !left_over.is_empty() {
            let before = if is_line_open { eol } else { "" };
            self.edits
                .push(TextEdit::insert(end, format!("{before}{left_over}")));
        }
    }

    /// Notes a field where it belongs in the order of all fields. Fields that come to stand at the
    /// same place are inserted together, since two insertions there would overlap. Gives its number
    /// and its place in that order.
    fn add_field(&mut self, name: &str, item: CopiedItem) -> (usize, usize) {
        let order = ROOT_FIELDS.iter().position(|field| *field == name);
        let order = order.unwrap_or(ROOT_FIELDS.len());
        let (text, tree) = (&self.a.text, &self.a.tree);
        let before = ROOT_FIELDS.iter().take(order);
        let numbers = before.filter_map(|f| field_index(text, tree, self.root, f));
        let at = numbers.max().map_or(0, |number| number + 1);
        self.fields.entry(at).or_default().push((order, item));
        (at, order)
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

/// The comments of a file that lie in none of the spans, which are sorted and do not overlap.
fn other_comments<'t>(text: &'t str, file: Span, spans: &[Span]) -> Vec<&'t str> {
    let is_comment = |kind| matches!(kind, TokenKind::LineComment | TokenKind::BlockComment);
    let own = file.of(text);
    let comments = tokens(own).filter(|token| is_comment(token.kind));
    let others = comments.filter(|token| {
        let at = token.span.start + file.start;
        let after = spans.partition_point(|span| span.start <= at);
        spans[..after].last().is_none_or(|span| span.end <= at)
    });
    others.map(|token| token.span.of(own).trim_end()).collect()
}

/// Which of the record's fields has this name.
fn field_index(text: &str, tree: &Tree, record: NodeId, name: &str) -> Option<usize> {
    let key = tree.field_key(text, record, name)?;
    tree.children(record)
        .position(|field| tree.span(field).start == key.start)
}
