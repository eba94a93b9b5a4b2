//! Groups that are documents: which there can be, and their order, which is that of time.

use super::fields::DataField;
use super::plan::{ChartPlan, passes_filter};
use linchpin_register::chart::ChartFilter;
use linchpin_register::document_fields::cited_documents;
use linchpin_register::{Date, Document, RecordKind, RecordRef, Register};
use std::collections::{BTreeSet, HashMap};

/// When a document was adopted, then its place in its series, then its place in the file.
pub type DocumentTime = (Date, Option<u32>, usize);

/// The time of every document, by its id.
pub fn times(register: &Register) -> HashMap<&str, DocumentTime> {
    let documents = register.documents.iter().enumerate();
    documents
        .map(|(at, it)| (it.id.as_str(), (it.date.date, it.number, at)))
        .collect()
}

/// The documents that the records of a chart cite or could cite, with a record or without: those
/// that its filters let in; where no filter names any, those of the series that its records cite,
/// or all where they cite none of a series.
pub fn keys(plan: &ChartPlan<'_>) -> Vec<String> {
    let register = plan.register;
    let filters = document_filters(plan);
    let names_documents = filters.iter().any(|(_, filter)| !filter.not);
    let series = match names_documents {
        true => BTreeSet::new(),
        // Of the whole chart: small charts next to each other have the same documents.
        false => series_of(register, &plan.records),
    };
    let is_in_series = |document: &Document| {
        let own = document.series.as_deref();
        series.is_empty() || own.is_some_and(|own| series.contains(own))
    };
    let documents = register.documents.iter().enumerate();
    documents
        .filter(|(index, document)| {
            let at = RecordRef {
                kind: RecordKind::Document,
                index: *index as u32,
            };
            let mut filters = filters.iter();
            is_in_series(document)
                && filters.all(|(field, filter)| passes_filter(register, field, filter, at))
        })
        .map(|(_, document)| document.id.to_string())
        .collect()
}

/// The filters of a chart that speak of the documents of its records, each with the field of the
/// documents themselves.
fn document_filters<'r>(plan: &ChartPlan<'r>) -> Vec<(DataField, &'r ChartFilter)> {
    let filters = plan.chart.filter.iter();
    filters
        .filter_map(|filter| {
            let kinds = plan.record_kinds.iter();
            let mut fields = kinds.filter_map(|kind| DataField::find(*kind, &filter.field));
            let field = fields.next()?;
            let name = match field.document_field() {
                Some(field) => field.document_field,
                // A field of the records themselves, such as what a document follows, says nothing
                // of the documents that they cite.
                None if field.is_cited_document() => "id",
                None => return None,
            };
            DataField::find(RecordKind::Document, name).map(|field| (field, filter))
        })
        .collect()
}

fn series_of<'r>(register: &'r Register, records: &[RecordRef]) -> BTreeSet<&'r str> {
    let cited = records
        .iter()
        .filter_map(|at| register.record(*at))
        .flat_map(|record| cited_documents(register, record.citations()));
    cited.filter_map(|it| it.series.as_deref()).collect()
}
