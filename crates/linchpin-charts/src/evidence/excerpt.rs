//! Which records an excerpt holds.

use super::excerpt_text;
use crate::picture::Picture;
use crate::{ChartPlan, DataField, FieldDataType};
use linchpin_register::chart_vocabulary::MarkKind;
use linchpin_register::query::CountingRule;
use linchpin_register::schema::VisitedValue;
use linchpin_register::{Chart, LoadedRegister, RecordKind, RecordRef, Register};
use std::collections::BTreeSet;

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
    let mut pieces = excerpt_text::excerpt_records(loaded, &records);
    if own_chart.is_none()
        && let Some((standard, at)) = standard_record(chart)
        && !is_id_taken(&loaded.register, &records, chart)
    {
        pieces.extend(excerpt_text::excerpt_records(
            standard,
            &BTreeSet::from([at]),
        ));
    }
    excerpt_text::write_excerpt(loaded, chart.id.as_str(), &pieces)
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
    excerpt_text::write_excerpt(
        loaded,
        &picture.id,
        &excerpt_text::excerpt_records(loaded, &closure.follow_links()),
    )
}

/// The record of a chart as it stands in its text; `None` of a chart that stands nowhere.
pub(super) fn chart_definition(loaded: &LoadedRegister, chart: &Chart) -> Option<String> {
    let (text, at) = match own_record(&loaded.register, chart) {
        Some(at) => (loaded, at),
        None => standard_record(chart)?,
    };
    Some(text.record_span(at).of(&text.text).to_owned())
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
    // Whole lists rather than the terms in use: the order, the colors and the groups without a record
    // follow from all of them.
    for kind in TERM_KINDS.into_iter().chain(grouped_kinds(chart)) {
        closure.add_all(kind);
    }
    closure.add_found(own_record(register, chart));
    // Filters and annotations name records by their ids.
    let filters = chart.filter.iter().flat_map(|filter| &filter.is);
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
    let names = channels
        .into_iter()
        .flatten()
        .filter_map(|channel| channel.field.as_deref());
    let mut kinds = BTreeSet::new();
    for (name, list) in names.flat_map(|name| chart.records.iter().map(move |list| (name, list))) {
        if let Some(field) = DataField::find(list.kind(), name)
            && let FieldDataType::Links(kind) = field.data_type
        {
            kinds.insert(kind);
        }
    }
    kinds
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
