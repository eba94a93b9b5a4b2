//! From what narrows a table to a chart's filters, and back.

use super::plan::{ChartPlan, counting_rule};
use linchpin_register::query::{CountScope, CountingRule, RecordSet, TableQuery, VoiceScope};
use linchpin_register::tables;
use linchpin_register::{Chart, RecordKind, Register};
use ron_lossless::RonValue;
use std::collections::{BTreeMap, BTreeSet};

/// What narrows a chart of one list, as fields of a chart: filter, search, count, voices. `ids`:
/// only these records, in place of the rest.
pub fn filters_from_query(
    kind: RecordKind,
    query: &TableQuery,
    ids: Option<&BTreeSet<String>>,
) -> Vec<(String, RonValue)> {
    let mut fields = Vec::new();
    let mut filters = Vec::new();
    if let Some(ids) = ids.or(query.only.as_ref().map(|only| &only.ids)) {
        filters.push(filter_value("id", ids));
    }
    if ids.is_none() {
        let chosen = query
            .filters
            .iter()
            .filter(|(_, values)| !values.is_empty());
        filters.extend(chosen.map(|(facet, values)| filter_value(facet, values)));
    }
    if !filters.is_empty() {
        fields.push(("filter".to_owned(), RonValue::List(filters)));
    }
    if ids.is_none() && !query.search.trim().is_empty() {
        fields.push(("search".to_owned(), RonValue::text(query.search.trim())));
    }
    if kind == RecordKind::Commitment {
        // Rows that are picked out are drawn whatever they count as.
        let rule = match ids {
            Some(_) => CountingRule {
                count: CountScope::All,
                voices: VoiceScope::All,
            },
            None => query.rule,
        };
        fields.push(("count".to_owned(), RonValue::bare(rule.count.name())));
        fields.push(("voices".to_owned(), RonValue::bare(rule.voices.name())));
    }
    fields
}

/// What narrows the table of a chart's first list to the chart's records. `None`: the chart names
/// no list.
pub fn query_from_chart(
    register: &Register,
    chart: &Chart,
    rule: CountingRule,
) -> Option<(RecordKind, TableQuery)> {
    let kind = chart.records.first()?.kind();
    let rule = counting_rule(chart, rule);
    let own_rule = match kind {
        RecordKind::Commitment => rule,
        _ => CountingRule::default(),
    };
    if let Some(filters) = facet_filters(kind, chart) {
        let query = TableQuery {
            search: chart.search.clone().unwrap_or_default(),
            filters,
            rule: own_rule,
            ..TableQuery::default()
        };
        return Some((kind, query));
    }
    let plan = ChartPlan::new(register, chart, rule).ok()?;
    let mine = plan.records.iter().filter(|at| at.kind == kind);
    let ids = mine.filter_map(|at| Some(register.record(*at)?.id().to_owned()));
    let only = RecordSet {
        why: chart.title.clone(),
        ids: ids.collect(),
    };
    let query = TableQuery {
        only: Some(only),
        rule: own_rule,
        ..TableQuery::default()
    };
    Some((kind, query))
}

/// Whether a table can say what a chart filters by, without going through the records.
pub fn is_expressible_as_facets(chart: &Chart) -> bool {
    let kind = chart.records.first().map(|list| list.kind());
    kind.is_some_and(|kind| facet_filters(kind, chart).is_some())
}

/// The filters of a chart as those of the table; `None` where the table has none such.
fn facet_filters(kind: RecordKind, chart: &Chart) -> Option<BTreeMap<String, BTreeSet<String>>> {
    let mut filters: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for filter in &chart.filter {
        if filter.not || filter.from.is_some() || filter.to.is_some() {
            return None;
        }
        if filter.is.is_empty() {
            continue;
        }
        let facets = &tables::of_kind(kind).facets;
        let facet = facets.iter().find(|facet| facet.key == filter.field)?;
        let values: BTreeSet<String> = filter.is.iter().cloned().collect();
        // Two filters by one field must both let a record in; a facet lets it in by either.
        if filters.insert(facet.key.to_owned(), values).is_some() {
            return None;
        }
    }
    Some(filters)
}

fn filter_value(field: &str, values: &BTreeSet<String>) -> RonValue {
    let values = values.iter().map(RonValue::text).collect();
    RonValue::Record(vec![
        ("field".to_owned(), RonValue::text(field)),
        ("is".to_owned(), RonValue::List(values)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ChartPlan, chart_from_fields};
    use linchpin_register::load;
    use linchpin_register::query::run_query;
    use std::sync::Arc;

    fn base(extra: Vec<(String, RonValue)>) -> Chart {
        let mut fields = vec![
            ("id".to_owned(), RonValue::text("c")),
            ("title".to_owned(), RonValue::text("C")),
            (
                "records".to_owned(),
                RonValue::List(vec![RonValue::bare("Commitments")]),
            ),
            ("mark".to_owned(), RonValue::bare("Bar")),
        ];
        fields.extend(extra);
        chart_from_fields(&fields).unwrap()
    }

    #[test]
    fn a_table_and_its_chart_have_the_same_records_there_and_back() {
        let register: Arc<Register> =
            load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new()).register;
        let kind = RecordKind::Commitment;
        let index = tables::of_kind(kind).build_index(&register);
        let mut query = TableQuery {
            search: "alliance".into(),
            rule: CountingRule {
                count: CountScope::Strict,
                voices: VoiceScope::Document,
            },
            ..TableQuery::default()
        };
        let documents: BTreeSet<String> = register
            .documents
            .iter()
            .take(2)
            .map(|d| d.id.to_string())
            .collect();
        query.filters.insert("document".into(), documents);
        let rows = run_query(&index, &query).rows;
        assert!(!rows.is_empty() && rows.len() < register.commitments.len());
        let chart = base(filters_from_query(kind, &query, None));
        let plan = ChartPlan::new(&register, &chart, CountingRule::default()).unwrap();
        let mut drawn: Vec<u32> = plan.records.iter().map(|at| at.index).collect();
        let mut rows = rows.clone();
        rows.sort_unstable();
        drawn.sort_unstable();
        assert_eq!(drawn, rows);
        let (back_kind, back) =
            query_from_chart(&register, &chart, CountingRule::default()).unwrap();
        assert_eq!((back_kind, &back), (kind, &query));
    }

    #[test]
    fn rows_that_are_picked_out_are_named_by_id_and_what_no_facet_says_as_well() {
        let register = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new()).register;
        let kind = RecordKind::Commitment;
        let ids: BTreeSet<String> = register
            .commitments
            .iter()
            .take(3)
            .map(|c| c.id.to_string())
            .collect();
        let chart = base(filters_from_query(kind, &TableQuery::default(), Some(&ids)));
        let plan = ChartPlan::new(&register, &chart, CountingRule::default()).unwrap();
        assert_eq!(plan.records.len(), 3);
        assert!(!is_expressible_as_facets(&chart));
        let (_, back) = query_from_chart(&register, &chart, CountingRule::default()).unwrap();
        assert_eq!(back.only.unwrap().ids, ids);
    }
}
