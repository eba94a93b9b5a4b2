//! Charts: what is drawn of which records, and how, in the usual terms of a grammar of graphics.

use super::chart_vocabulary::{
    Aggregate, Arrangement, AxisName, DerivedMeasure, MarkKind, OrderBy, RecordList, ScaleKind,
};
use super::check::CheckContext;
use super::document_fields::{DocumentField, spec_of};
use super::messages::Problem;
use super::query::facet::NONE_KEY;
use super::query::{CountScope, VoiceScope};
use super::schema::{FieldSpec, PathStep, record};
use super::tables;
use super::{Date, FieldType, Id, Record, RecordKind, RecordRef};
use ron_lossless::nearest;

record! {
    /// What a place, a length or a color stands for.
    pub struct Channel "Channel" {
        field: optional String, "A field of the records, such as \"priority\" or \"amount\", or of \
            the documents that they cite, such as \"document.date\". Left out: the number of \
            records.";
        aggregate: optional Aggregate, "How the numbers of a group become one.";
        derive: optional Derivation, "What is worked out from the numbers, such as shares.";
        scale: optional ScaleKind, "How numbers become places.";
        title: optional String, "Words at the axis or the key, where the field's own do not do.";
        missing: optional String, "The name of the group of records that have nothing here. Left \
            out: they are not drawn, and the note says so.";
        together: flag bool, "Records with several values form a group of their own for each set \
            of them, rather than counting for each.";
        empty: optional bool, "Whether groups without a record are drawn too. Left out: years \
            between others are, and no other groups.";
        limit: optional u32, "The most groups that are drawn; of the dates of a timeline, the \
            most entries of a lane. Years that are more become coarser.";
    }
}

record! {
    /// What is worked out from the numbers of a channel, before they are drawn.
    pub struct Derivation "Derivation" {
        how: required DerivedMeasure, "What is worked out.";
        periods: optional u32, "Over how many periods a moving average is taken. Needed there.";
        of: list ChartFilter, "Which records of a group a ratio measures. Needed there.";
        by: list ChartFilter, "Which records of the group it is divided by. Left out: all of them.";
    }
}

record! {
    /// Which records a chart leaves in. All filters must let a record in.
    pub struct ChartFilter "Filter" {
        field: required String, "A field of the records or of the documents that they cite, or \
            what their table is narrowed by, such as \"document\".";
        is: list String, "Ids or words of a vocabulary, any of which lets a record in; \"none\" \
            stands for nothing.";
        not: flag bool, "Keeps out what it would let in.";
        from: optional Date, "Not before this date; any day of a range lets it in.";
        to: optional Date, "Not after this date; any day of a range lets it in.";
    }
}

record! {
    /// The order of the groups.
    pub struct GroupOrder "Order" {
        by: required OrderBy, "What decides.";
        descending: flag bool, "The greatest, or the last, first.";
    }
}

record! {
    /// A line across a chart at one value.
    pub struct ReferenceLine "ReferenceLine" {
        axis: required AxisName, "The axis on which the value lies.";
        at: required String, "A number or a date, as the axis has.";
        label: required String, "What it stands for.";
    }
}

record! {
    /// Words at a place in a chart.
    pub struct Annotation "Annotation" {
        text: required String, "The words.";
        x: optional String, "Where across: a number, a date, or the id of a group or of its one \
            record.";
        y: optional String, "Where up: a number, a date, or the id of a group or of its one \
            record.";
    }
}

record! {
    /// A chart of records of the register.
    pub struct Chart "Chart" {
        id: required Id, "Readable slug, unique in the register; also the name of its image.";
        title: required String, "What it shows, in a few words.";
        subtitle: optional String, "What is measured. Left out: made from the fields. The counting \
            rule follows by itself.";
        records: list RecordList, "Which lists it draws. Needed; more than one only for timelines \
            and networks.";
        mark: required MarkKind, "How they are drawn.";
        x: optional Channel, "What stands across.";
        y: optional Channel, "What stands up, or in rows.";
        color: optional Channel, "What the colors stand for.";
        facet: optional Channel, "A small chart for each group.";
        arrangement: optional Arrangement, "How the parts of bars are put.", default "stacked";
        sort: optional GroupOrder, "The order of the groups.", default "the register's";
        columns: list String, "Of a table: the columns of the records' table that it shows.";
        filter: list ChartFilter, "Which records it leaves in.";
        search: optional String, "Words that a record must have to be drawn.";
        count: optional CountScope, "Which commitments count.", default "as whoever draws it says";
        voices: optional VoiceScope, "Whose words count.", default "as whoever draws it says";
        lines: list ReferenceLine, "Lines at values.";
        annotations: list Annotation, "Words at places.";
        note: optional String, "What a reader must know; stands before what the chart says by \
            itself.";
        source: optional String, "Words before the line of sources, such as who made the chart.";
    }
}

impl Channel {
    /// Stands for a field, and says nothing else; `None`: for the number of records.
    pub fn for_field(field: Option<&str>) -> Channel {
        Channel {
            field: field.map(str::to_owned),
            aggregate: None,
            derive: None,
            scale: None,
            title: None,
            missing: None,
            together: false,
            empty: None,
            limit: None,
        }
    }
}

impl Chart {
    /// Every filter of the chart: those that let records in, and those of its ratios.
    pub fn all_filters(&self) -> impl Iterator<Item = &ChartFilter> {
        let channels = [&self.x, &self.y, &self.color, &self.facet];
        let derivations = channels
            .into_iter()
            .flatten()
            .filter_map(|channel| channel.derive.as_ref());
        let own = derivations.flat_map(|derivation| derivation.of.iter().chain(&derivation.by));
        self.filter.iter().chain(own)
    }
}

impl Record for Chart {
    fn title(&self) -> &str {
        &self.title
    }
    fn check(&self, check: &mut CheckContext<'_>) {
        check.check_text("title", &self.title);
        check.check_file_name(self.id.as_str());
        check_chart(check, self);
    }
}

/// Checks a chart by itself; whether it can be drawn, the records decide.
fn check_chart(check: &mut CheckContext<'_>, chart: &Chart) {
    let kinds: Vec<RecordKind> = chart.records.iter().map(|list| list.kind()).collect();
    if kinds.is_empty() {
        check.report_if_missing("records", &["mark"], Problem::NoChartRecords);
        return;
    }
    let channels = [
        ("x", &chart.x),
        ("y", &chart.y),
        ("color", &chart.color),
        ("facet", &chart.facet),
    ];
    for (name, channel) in channels {
        let field = channel.as_ref().and_then(|c: &Channel| c.field.as_deref());
        if let Some(field) = field {
            let path = [PathStep::Field(name), PathStep::Field("field")];
            check_field_name(check, &kinds, field, &path);
        }
    }
    check_filters(check, &kinds, &chart.filter, &[PathStep::Field("filter")]);
    for (name, channel) in channels {
        let Some(derivation) = channel.as_ref().and_then(|channel| channel.derive.as_ref()) else {
            continue;
        };
        for (part, filters) in [("of", &derivation.of), ("by", &derivation.by)] {
            let path = [name, "derive", part].map(PathStep::Field);
            check_filters(check, &kinds, filters, &path);
        }
    }
}

/// Checks the fields and the values of some filters, which stand at a path.
fn check_filters(
    check: &mut CheckContext<'_>,
    kinds: &[RecordKind],
    filters: &[ChartFilter],
    path: &[PathStep],
) {
    for (index, filter) in filters.iter().enumerate() {
        let path_to = |field| [path, &[PathStep::Index(index), PathStep::Field(field)]].concat();
        if !check_field_name(check, kinds, &filter.field, &path_to("field")) {
            continue;
        }
        let mut specs = kinds
            .iter()
            .filter_map(|kind| spec_of(*kind, &filter.field));
        let Some(spec) = specs.next() else {
            continue;
        };
        for (at, key) in filter.is.iter().enumerate() {
            let path = [path_to("is"), vec![PathStep::Index(at)]].concat();
            check_filter_value(check, spec, key, &path);
        }
    }
}

fn check_field_name(
    check: &mut CheckContext<'_>,
    kinds: &[RecordKind],
    name: &str,
    path: &[PathStep],
) -> bool {
    let names = || {
        kinds.iter().flat_map(|kind| {
            let facets = tables::of_kind(*kind).facets.iter().map(|facet| facet.key);
            let of_documents = DocumentField::of_kind(*kind).iter();
            let own = kind.fields().iter().map(|spec| spec.name);
            own.chain(facets)
                .chain(of_documents.map(|field| field.name))
        })
    };
    if names().any(|known| known == name) {
        return true;
    }
    let problem = Problem::UnknownChartField {
        name,
        kind: match kinds {
            [one] => Some(*one),
            _ => None,
        },
        near: nearest(name, names()),
    };
    report_unknown(check, path, name, &problem);
    false
}

fn check_filter_value(
    check: &mut CheckContext<'_>,
    spec: &FieldSpec,
    key: &str,
    path: &[PathStep],
) {
    if key == NONE_KEY {
        return;
    }
    match spec.field_type {
        FieldType::Link(kind) => {
            let register = check.register;
            let is_there = register.find(key).is_some_and(|at| at.kind == kind);
            if !is_there && !check.input.unloaded_ids.contains(key) {
                let ids = (0..register.count(kind) as u32)
                    .filter_map(|index| register.record(RecordRef { kind, index }))
                    .map(|record| record.id());
                let near = nearest(key, ids);
                let problem = Problem::UnknownFilterId {
                    id: key,
                    kind,
                    near,
                };
                report_unknown(check, path, key, &problem);
            }
        }
        FieldType::Vocabulary { what, terms } if terms.iter().all(|term| term.name != key) => {
            let near = nearest(key, terms.iter().map(|term| term.name));
            let problem = Problem::UnknownFilterTerm {
                name: key,
                what,
                near,
            };
            report_unknown(check, path, key, &problem);
        }
        _ => {}
    }
}

/// Reports a name that nothing has, with the one that was surely meant as its fix.
fn report_unknown(
    check: &mut CheckContext<'_>,
    path: &[PathStep],
    text: &str,
    problem: &Problem<'_>,
) {
    let diagnostic = problem.at(check.span(path));
    let diagnostic = match problem {
        Problem::UnknownChartField { near, .. }
        | Problem::UnknownFilterId { near, .. }
        | Problem::UnknownFilterTerm { near, .. } => {
            let near = near.unwrap_or(text);
            check.with_replacement(diagnostic, text, near)
        }
        _ => diagnostic,
    };
    check.push(diagnostic);
}
