//! Which records an excerpt holds, and how they are cut out of a register's text and laid out as a
//! register of their own.

use crate::picture::Picture;
use crate::{ChartPlan, DataField, FieldDataType};
use linchpin_register::chart_vocabulary::MarkKind;
use linchpin_register::document::without_passwords;
use linchpin_register::document_fields::DOCUMENT_NUMBER;
use linchpin_register::query::CountingRule;
use linchpin_register::record_spans::{comments_above, comments_after, record_spans};
use linchpin_register::schema::VisitedValue;
use linchpin_register::{
    Chart, FORMAT_VERSION, LoadedRegister, METADATA_FIELDS, RecordKind, RecordRef, Register,
};
use ron_lossless::{NodeId, NodeKind, Tree};
use std::collections::{BTreeSet, HashMap};

/// The lists of terms, by which charts group, color and order: they are short, and cut out whole.
const TERM_KINDS: [RecordKind; 3] = [
    RecordKind::Priority,
    RecordKind::Theme,
    RecordKind::LadderStep,
];

/// A small register with everything that a chart is drawn from: its own record, the records that it
/// draws, the lists by which it groups, and whatever these link to. It is cut out of the register's
/// text record by record, with the comments at each; what is cut out of an excerpt for the same
/// chart is the excerpt again.
pub fn excerpt(loaded: &LoadedRegister, chart: &Chart) -> String {
    let records = excerpt_record_refs(&loaded.register, chart);
    let own_chart = own_record(&loaded.register, chart);
    let mut pieces = excerpt_records(loaded, &records);
    if own_chart.is_none()
        // A standard chart stands in no text of the register. It is written into the excerpt, which
        // may be opened by a later program with other standard charts.
        && let Some((standard, at)) = standard_record(chart)
        && !is_id_taken(&loaded.register, &records, chart)
    {
        pieces.extend(excerpt_records(standard, &BTreeSet::from([at])));
    }
    write_excerpt(loaded, chart.id.as_str(), &pieces)
}

/// The same of a picture that is no chart of a register: the records behind its marks, the terms,
/// and whatever these link to.
pub(super) fn picture_excerpt(loaded: &LoadedRegister, picture: &Picture) -> String {
    let mut closure = RecordClosure {
        register: &loaded.register,
        found: BTreeSet::new(),
        pending: Vec::new(),
    };
    for (_, mark) in picture.marks() {
        mark.records.iter().for_each(|at| closure.add(*at));
    }
    TERM_KINDS
        .into_iter()
        .for_each(|kind| closure.add_all(kind));
    write_excerpt(
        loaded,
        &picture.id,
        &excerpt_records(loaded, &closure.follow_links()),
    )
}

/// The record of a chart as it stands in its text; `None` of a chart that stands nowhere.
pub(super) fn chart_definition(loaded: &LoadedRegister, chart: &Chart) -> Option<String> {
    let (text, at) = match own_record(&loaded.register, chart) {
        Some(at) => (loaded, at),
        None => standard_record(chart)?,
    };
    Some(without_passwords(text.record_span(at).of(&text.text)).into_owned())
}

/// The chart among the records of the register.
fn own_record(register: &Register, chart: &Chart) -> Option<RecordRef> {
    let at = register.find(chart.id.as_str());
    at.filter(|at| at.kind == RecordKind::Chart)
}

/// The chart among those that every register has that states none.
fn standard_record(chart: &Chart) -> Option<(&'static LoadedRegister, RecordRef)> {
    let standard = crate::standard_loaded();
    let at = standard.register.find(chart.id.as_str())?;
    let same = standard.register.charts.get(at.index as usize) == Some(chart);
    same.then_some((standard, at))
}

/// Whether a record of the excerpt has the id of a standard chart, which then cannot stand beside
/// it. It is found all the same: a register without charts has the standard ones.
fn is_id_taken(register: &Register, records: &BTreeSet<RecordRef>, chart: &Chart) -> bool {
    let at = register.find(chart.id.as_str());
    at.is_some_and(|at| records.contains(&at))
}

fn excerpt_record_refs(register: &Register, chart: &Chart) -> BTreeSet<RecordRef> {
    let mut closure = RecordClosure {
        register,
        found: BTreeSet::new(),
        pending: Vec::new(),
    };
    let drawn = drawn_records(register, chart);
    if chart.mark == MarkKind::Table {
        // Columns tell of records that link to those drawn.
        for at in &drawn {
            for from in register.linked_from(*at) {
                closure.add(*from);
            }
        }
    }
    for at in drawn {
        closure.add(at);
    }
    // Whole lists rather than the terms in use: the order, the colors and the groups without a
    // record follow from all of them.
    for kind in TERM_KINDS.into_iter().chain(grouped_kinds(chart)) {
        closure.add_all(kind);
    }
    closure.add_found(own_record(register, chart));
    // Filters and annotations name records by their ids.
    let filters = chart.all_filters().flat_map(|filter| &filter.is);
    let places = chart.annotations.iter().flat_map(|note| [&note.x, &note.y]);
    for id in filters.chain(places.flatten()) {
        closure.add_found(register.find(id));
    }
    closure.follow_links()
}

/// The records that a chart is of, whichever way commitments are counted: whoever opens it can
/// count in another way. All records of its lists where it cannot be drawn, or says of how many it
/// draws some.
fn drawn_records(register: &Register, chart: &Chart) -> Vec<RecordRef> {
    let plan = ChartPlan::new(register, chart, CountingRule::default());
    if let Ok(plan) = plan
        && !plan.records.is_empty()
        // Other charts say "3 of 12 figures": the excerpt must hold all twelve to say so again.
        && (plan.record_kinds.len() > 1 || plan.record_kinds == [RecordKind::Commitment])
    {
        return plan.records;
    }
    let kinds = chart.records.iter().map(|list| list.kind());
    kinds
        .flat_map(|kind| records_of_kind(register, kind))
        .collect()
}

fn records_of_kind(
    register: &Register,
    kind: RecordKind,
) -> impl Iterator<Item = RecordRef> + use<> {
    (0..register.count(kind) as u32).map(move |index| RecordRef { kind, index })
}

/// The types of the records by which a chart groups: a group may be drawn though no record of the
/// excerpt links to it.
fn grouped_kinds(chart: &Chart) -> BTreeSet<RecordKind> {
    let channels = [&chart.x, &chart.y, &chart.color, &chart.facet];
    let mut kinds = BTreeSet::new();
    for channel in channels.into_iter().flatten() {
        let Some(name) = channel.field.as_deref() else {
            continue;
        };
        let draws_empty = channel.empty == Some(true) || chart.mark == MarkKind::Matrix;
        for list in &chart.records {
            let field = DataField::find(list.kind(), name);
            kinds.extend(field.and_then(|field| listed_kind(&field, draws_empty)));
        }
    }
    kinds
}

/// The type whose whole list decides which groups of a field there are, or how they are named.
fn listed_kind(field: &DataField, draws_empty: bool) -> Option<RecordKind> {
    match field.data_type {
        FieldDataType::Links(kind) => Some(kind),
        FieldDataType::Facet(_) if draws_empty => field.named_kind(),
        // A place in a series is named with the series where there are several.
        _ if field.name == DOCUMENT_NUMBER => Some(RecordKind::Document),
        _ => None,
    }
}

/// The records found so far, and those whose links have not been followed yet.
struct RecordClosure<'r> {
    register: &'r Register,
    found: BTreeSet<RecordRef>,
    pending: Vec<RecordRef>,
}

impl RecordClosure<'_> {
    fn add(&mut self, at: RecordRef) {
        if self.found.insert(at) {
            self.pending.push(at);
        }
    }

    fn add_all(&mut self, kind: RecordKind) {
        for at in records_of_kind(self.register, kind) {
            self.add(at);
        }
    }

    fn add_found(&mut self, at: Option<RecordRef>) {
        if let Some(at) = at {
            self.add(at);
        }
    }

    fn follow_links(mut self) -> BTreeSet<RecordRef> {
        let register = self.register;
        let mut path = Vec::new();
        while let Some(at) = self.pending.pop() {
            if let Some(record) = register.record(at) {
                record.walk(&mut path, &mut |_, visit| {
                    if let VisitedValue::Link(link) = visit {
                        self.add_found(register.find(link.id()));
                    }
                });
            }
        }
        self.found
    }
}

/// A record with the comments at it, as they stand in the text.
pub struct ExcerptRecord<'t> {
    kind: RecordKind,
    comments_before: Vec<&'t str>,
    source: &'t str,
    comments_after: Vec<&'t str>,
}

/// These records, in the order of the register.
pub fn excerpt_records<'t>(
    loaded: &'t LoadedRegister,
    records: &BTreeSet<RecordRef>,
) -> Vec<ExcerptRecord<'t>> {
    let mut out = Vec::with_capacity(records.len());
    for &kind in RecordKind::ALL {
        let mut nodes = records
            .iter()
            .filter(|at| at.kind == kind)
            .filter_map(|at| loaded.record_node(*at))
            .peekable();
        if nodes.peek().is_none() {
            continue;
        }
        let all = record_spans(loaded, kind);
        let index_of: HashMap<NodeId, usize> = all
            .iter()
            .enumerate()
            .map(|(index, place)| (place.node, index))
            .collect();
        let places = nodes.filter_map(|node| all.get(*index_of.get(&node)?));
        out.extend(places.map(|place| ExcerptRecord {
            kind,
            comments_before: comments_above(loaded, place),
            source: loaded.tree.span(place.node).of(&loaded.text),
            comments_after: comments_after(loaded, place),
        }));
    }
    out
}

/// The records as the text of a register, with the head of the one from which they were cut.
pub fn write_excerpt(loaded: &LoadedRegister, chart: &str, pieces: &[ExcerptRecord]) -> String {
    let line_end = if loaded.text.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let mut out = String::new();
    let mut line = |words: &str| {
        out.push_str(words);
        out.push_str(line_end);
    };
    line("#![enable(implicit_some)]");
    line("");
    line(&format!(
        "// What the chart “{}” is drawn from: cut out of a larger register by Linchpin.",
        chart
    ));
    line("(");
    line(&format!("    format: {FORMAT_VERSION},"));
    for field in METADATA_FIELDS {
        if let Some(value) = register_field(loaded, field.name) {
            line(&format!("    {}: {value},", field.name));
        }
    }
    for &kind in RecordKind::ALL {
        let mut first = true;
        for piece in pieces.iter().filter(|piece| piece.kind == kind) {
            line("");
            if std::mem::take(&mut first) {
                // Between two records an empty line, before the first their list.
                line(&format!("    {}: [", kind.list()));
            }
            for comment in &piece.comments_before {
                line(&format!("        {comment}"));
            }
            let mut words = format!("        {},", piece.source);
            for comment in &piece.comments_after {
                words.push(' ');
                words.push_str(comment);
            }
            line(&words);
        }
        if !first {
            line("    ],");
        }
    }
    line(")");
    // An image is shown to others.
    without_passwords(&out).into_owned()
}

/// The value of one of the register's own fields, as it is written. Several files may give
/// compilers: then those of all.
fn register_field(loaded: &LoadedRegister, name: &str) -> Option<String> {
    let (text, tree) = (&*loaded.text, &*loaded.tree);
    let roots = tree
        .children(Tree::ROOT)
        .filter(|id| tree.kind(*id) == NodeKind::Record);
    // A register may be a folder, whose files each have a head.
    let values: Vec<NodeId> = roots
        .filter_map(|root| tree.field(text, root, name))
        .filter(|value| tree.kind(*value) != NodeKind::Error)
        .collect();
    let written = |node: NodeId| tree.span(node).of(text);
    match values.as_slice() {
        [] => None,
        [first, _, ..] if tree.kind(*first) == NodeKind::List => {
            let mut items: Vec<&str> = Vec::new();
            for item in values.iter().flat_map(|list| tree.children(*list)) {
                if !items.contains(&written(item)) {
                    items.push(written(item));
                }
            }
            Some(format!("[{}]", items.join(", ")))
        }
        [first, ..] => Some(written(*first).to_owned()),
    }
}
