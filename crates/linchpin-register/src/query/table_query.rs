//! The selection: which records of one type, in which order, and how many have each value of each
//! facet.

use super::counting_rule::CountingRule;
use super::facet::{Facet, FacetIndex};
use super::fold::{fold, natural_order};
use super::search::{SearchIndex, SearchQuery};
use crate::amount::AmountOrder;
use crate::{Date, RecordKind, Register};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// What a user asks of one table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableQuery {
    /// Words that must occur: see [`SearchQuery`].
    pub search: String,
    /// Facet key → value keys. A record passes a facet with any of its values, and must pass all
    /// facets.
    pub filters: BTreeMap<String, BTreeSet<String>>,
    /// Columns to sort by, the most important first.
    pub sort: Vec<SortBy>,
    /// Which commitments count. Other tables ignore it.
    pub rule: CountingRule,
    /// Exactly these records: what a click on a chart leaves.
    pub only: Option<RecordSet>,
}

/// A column to sort by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SortBy {
    /// The key of a column or a facet, or the name of a field.
    pub column: String,
    /// The greatest first.
    pub descending: bool,
}

/// A fixed set of records with the words that say where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSet {
    /// Where the set comes from, in words.
    pub why: String,
    /// The ids of the records.
    pub ids: BTreeSet<String>,
}

impl TableQuery {
    /// Whether anything narrows the table.
    pub fn is_restricted(&self) -> bool {
        !self.search.trim().is_empty()
            || self.filters.values().any(|v| !v.is_empty())
            || self.only.is_some()
            || self.rule != CountingRule::default()
    }

    /// The same order, nothing narrowed.
    pub fn without_restrictions(&self) -> TableQuery {
        TableQuery {
            sort: self.sort.clone(),
            ..TableQuery::default()
        }
    }
}

/// What a column sorts by.
#[derive(Clone, Debug, PartialEq)]
pub enum SortKey {
    Number(f64),
    /// A date or a range of dates.
    Date(Date),
    /// Already folded.
    Text(String),
    /// A stated number with its bound.
    Amount(AmountOrder),
    /// Nothing there: last, whatever the direction.
    Missing,
}

impl SortKey {
    /// Text sorts as it is searched; an empty one is nothing.
    pub fn of_text(text: &str) -> Self {
        match text.is_empty() {
            true => SortKey::Missing,
            false => SortKey::Text(fold(text)),
        }
    }

    fn kind(&self) -> u8 {
        match self {
            SortKey::Number(_) => 0,
            SortKey::Amount(_) => 1,
            SortKey::Date(_) => 2,
            SortKey::Text(_) => 3,
            SortKey::Missing => 4,
        }
    }

    fn compare(&self, other: &SortKey, descending: bool) -> Ordering {
        let order = match (self, other) {
            // These return at once, before `descending` could turn them: what is missing stays
            // last.
            (SortKey::Missing, SortKey::Missing) => return Ordering::Equal,
            (SortKey::Missing, _) => return Ordering::Greater,
            (_, SortKey::Missing) => return Ordering::Less,
            (SortKey::Number(a), SortKey::Number(b)) => a.total_cmp(b),
            (SortKey::Date(a), SortKey::Date(b)) => a.cmp(b),
            (SortKey::Text(a), SortKey::Text(b)) => natural_order(a, b),
            (SortKey::Amount(a), SortKey::Amount(b)) => a.compare(b),
            // No column has keys of two kinds.
            (a, b) => a.kind().cmp(&b.kind()),
        };
        if descending { order.reverse() } else { order }
    }
}

/// A column as far as sorting needs it: its key, and what a record sorts by.
pub type SortColumn = (
    &'static str,
    Box<dyn Fn(&Register, usize) -> SortKey + Send + Sync>,
);

/// Everything about one type's records that queries need again and again. Built once for a loaded
/// register, on any thread.
pub struct TableIndex {
    /// The register whose records they are.
    pub register: Arc<Register>,
    /// The type of the records.
    pub kind: RecordKind,
    /// By what they can be narrowed.
    pub facets: &'static [Facet],
    sort_columns: Vec<SortColumn>,
    search_index: OnceLock<SearchIndex>,
    facet_columns: OnceLock<Vec<FacetIndex>>,
    /// For each sort column the keys of all records, once somebody has sorted by it: most columns
    /// never are.
    sort_keys: Vec<OnceLock<Vec<SortKey>>>,
}

impl TableIndex {
    /// Builds nothing yet: each index is made when it is first asked for.
    pub fn new(
        register: Arc<Register>,
        kind: RecordKind,
        facets: &'static [Facet],
        sort_columns: Vec<SortColumn>,
    ) -> Self {
        let sort_keys = sort_columns.iter().map(|_| OnceLock::new()).collect();
        TableIndex {
            register,
            kind,
            facets,
            sort_columns,
            search_index: OnceLock::new(),
            facet_columns: OnceLock::new(),
            sort_keys,
        }
    }

    /// Does the work that a first query would wait for.
    pub fn warm_up(&self) {
        self.search_index();
        self.facet_columns();
    }

    fn search_index(&self) -> &SearchIndex {
        self.search_index
            .get_or_init(|| SearchIndex::build(&self.register, self.kind))
    }

    /// One column a facet, in the order of `facets`.
    pub fn facet_columns(&self) -> &[FacetIndex] {
        self.facet_columns.get_or_init(|| {
            self.facets
                .iter()
                .map(|f| FacetIndex::build(&self.register, f, self.register.count(self.kind)))
                .collect()
        })
    }

    fn sort_keys(&self, column: &str) -> Option<&[SortKey]> {
        let at = self
            .sort_columns
            .iter()
            .position(|(key, _)| *key == column)?;
        let key_of = &self.sort_columns[at].1;
        Some(self.sort_keys[at].get_or_init(|| {
            (0..self.register.count(self.kind))
                .map(|i| key_of(&self.register, i))
                .collect()
        }))
    }
}

/// The records that a query leaves, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryResult {
    /// Places in the list of the type.
    pub rows: Vec<u32>,
    /// How many records the type has in all.
    pub total: usize,
    /// For each facet and each of its values: how many rows there would be with that value, all
    /// other facets staying as they are.
    pub value_counts: Vec<Vec<u32>>,
}

/// Answers a query.
pub fn run_query(index: &TableIndex, query: &TableQuery) -> QueryResult {
    let total = index.register.count(index.kind);
    let search = SearchQuery::new(&query.search);
    let mut rows: Vec<u32> = if search.is_empty() {
        (0..total as u32).collect()
    } else {
        index.search_index().matching_records(&search)
    };
    if let Some(only) = &query.only {
        let wanted: BTreeSet<u32> = only
            .ids
            .iter()
            .filter_map(|id| index.register.find(id))
            .filter(|at| at.kind == index.kind)
            .map(|at| at.index)
            .collect();
        rows.retain(|r| wanted.contains(r));
    }
    if index.kind == RecordKind::Commitment && query.rule != CountingRule::default() {
        rows.retain(|r| {
            index
                .register
                .commitments
                .get(*r as usize)
                .is_some_and(|c| query.rule.counts(c))
        });
    }
    // Search, fixed set and counting rule narrow first: facets count what these leave.
    let facet_counts = filter_rows(index, query, &mut rows);
    sort_rows(index, query, &mut rows);
    QueryResult {
        rows,
        total,
        value_counts: facet_counts,
    }
}

/// Keeps the rows that pass every facet; counts each value over the rows that pass all other
/// facets.
fn filter_rows(index: &TableIndex, query: &TableQuery, rows: &mut Vec<u32>) -> Vec<Vec<u32>> {
    let columns = index.facet_columns();
    let wanted: Vec<Option<Vec<bool>>> = index
        .facets
        .iter()
        .zip(columns)
        .map(|(facet, column)| {
            let keys = query
                .filters
                .get(facet.key)
                .filter(|keys| !keys.is_empty())?;
            Some(
                column
                    .values
                    .iter()
                    .map(|v| keys.contains(&v.key))
                    .collect(),
            )
        })
        .collect();
    let mut counts: Vec<Vec<u32>> = columns.iter().map(|c| vec![0; c.values.len()]).collect();
    let failures = failed_facets(columns, &wanted, rows);
    // Facet by facet: each column is read from its start to its end.
    for (at, (column, counts)) in columns.iter().zip(&mut counts).enumerate() {
        let counted = rows
            .iter()
            .enumerate()
            .filter(|(i, _)| failures.get(*i).is_none_or(|f| f.counts_for(at)));
        for (_, &row) in counted {
            for &value in column.values_of(row as usize) {
                counts[value as usize] += 1;
            }
        }
    }
    if !failures.is_empty() {
        let mut failures = failures.iter();
        rows.retain(|_| failures.next().is_none_or(|f| f.count == 0));
    }
    counts
}

/// Which facets a row fails. One that fails a single facet still counts in that facet, where its
/// value could be added; one that fails two counts nowhere. So the last one and how many there are
/// say all, and no list of facets is kept for each row.
#[derive(Clone, Copy, Default)]
struct FailedFacets {
    count: u8,
    /// The last facet that it fails.
    last: u8,
}

impl FailedFacets {
    /// A row counts for a facet where it passes all others.
    fn counts_for(self, facet: usize) -> bool {
        self.count == 0 || (self.count == 1 && usize::from(self.last) == facet)
    }
}

/// One entry a row; none at all where no facet narrows.
fn failed_facets(
    columns: &[FacetIndex],
    wanted: &[Option<Vec<bool>>],
    rows: &[u32],
) -> Vec<FailedFacets> {
    let mut failures = Vec::new();
    for (at, (column, wanted)) in columns.iter().zip(wanted).enumerate() {
        let Some(wanted) = wanted else { continue };
        failures.resize(rows.len(), FailedFacets::default());
        for (failed, &row) in failures.iter_mut().zip(rows) {
            if !column
                .values_of(row as usize)
                .iter()
                .any(|&v| wanted[v as usize])
            {
                // Saturating: only none, one and more than one are told apart.
                failed.count = failed.count.saturating_add(1);
                failed.last = at as u8;
            }
        }
    }
    failures
}

fn sort_rows(index: &TableIndex, query: &TableQuery, rows: &mut [u32]) {
    let keys: Vec<(&[SortKey], bool)> = query
        .sort
        .iter()
        .filter_map(|by| Some((index.sort_keys(&by.column)?, by.descending)))
        .collect();
    if keys.is_empty() {
        return;
    }
    // Stable: what compares equal stays in the order of the file.
    rows.sort_by(|&a, &b| {
        for (keys, descending) in &keys {
            let order = keys[a as usize].compare(&keys[b as usize], *descending);
            if order != Ordering::Equal {
                return order;
            }
        }
        Ordering::Equal
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldType;
    use std::sync::LazyLock;

    static FACETS: LazyLock<[Facet; 2]> = LazyLock::new(|| {
        [
            Facet {
                key: "basis",
                title: "Basis",
                value_type: FieldType::Text,
                values: Box::new(|r, i, add| {
                    let basis = r.events[i].date.basis;
                    add(basis.name(), basis.label());
                }),
            },
            Facet {
                key: "party",
                title: "Party",
                value_type: FieldType::Link(RecordKind::Party),
                values: Box::new(|r, i, add| {
                    for party in &r.events[i].parties {
                        add(party.as_str(), party.as_str());
                    }
                }),
            },
        ]
    });

    fn index() -> TableIndex {
        let text = "(format: 1, title: \"T\", parties: [
            (id: \"a\", name: \"A\", kind: State),
            (id: \"b\", name: \"B\", kind: State),
            (id: \"c\", name: \"C\", kind: Person),
        ], events: [
            (id: \"one\", title: \"One\", date: (date: \"2001\", basis: Stated), parties: [\"a\",
                \"b\"]),
            (id: \"two\", title: \"Two\", date: (date: \"2003\", basis: Derived), parties: [\"a\"]),
            (id: \"three\", title: \"Three\", date: (date: \"2002\", basis: Derived)),
        ])";
        let register = crate::load(text, Vec::new()).register;
        let date: SortColumn = (
            "date",
            Box::new(|r, i| SortKey::Date(r.events[i].date.date)),
        );
        let title: SortColumn = (
            "title",
            Box::new(|r, i| SortKey::Text(fold(&r.events[i].title))),
        );
        TableIndex::new(register, RecordKind::Event, &*FACETS, vec![date, title])
    }

    fn query(filters: &[(&str, &str)], sort: &str, descending: bool) -> TableQuery {
        let mut query = TableQuery::default();
        for (facet, value) in filters {
            let values = query.filters.entry((*facet).into()).or_default();
            values.insert((*value).into());
        }
        query.sort = vec![SortBy {
            column: sort.into(),
            descending,
        }];
        query
    }

    /// "basis: Stated 1, Derived 2" of one facet.
    fn counted(index: &TableIndex, selection: &QueryResult, facet: &str) -> Vec<(String, u32)> {
        let at = index.facets.iter().position(|f| f.key == facet).unwrap();
        let values = index.facet_columns()[at].values.iter();
        let counts = selection.value_counts[at].iter();
        values.map(|v| v.key.clone()).zip(counts.copied()).collect()
    }

    #[test]
    fn a_facet_counts_what_the_other_facets_leave() {
        let index = index();
        let all = run_query(&index, &query(&[], "date", false));
        assert_eq!((all.rows.as_slice(), all.total), (&[0, 2, 1][..], 3));
        let pairs = |of: &[(&str, u32)]| -> Vec<(String, u32)> {
            of.iter().map(|(k, n)| ((*k).to_owned(), *n)).collect()
        };
        assert_eq!(
            counted(&index, &all, "party"),
            pairs(&[("a", 2), ("b", 1), ("none", 1)])
        );
        let derived = run_query(&index, &query(&[("basis", "Derived")], "date", true));
        assert_eq!(derived.rows, [1, 2]);
        assert_eq!(
            counted(&index, &derived, "basis"),
            pairs(&[("Stated", 1), ("Derived", 2)])
        );
        assert_eq!(
            counted(&index, &derived, "party"),
            pairs(&[("a", 1), ("b", 0), ("none", 1)])
        );
        let both = run_query(
            &index,
            &query(&[("basis", "Derived"), ("party", "b")], "date", false),
        );
        assert_eq!(both.rows, [0u32; 0]);
        assert_eq!(
            counted(&index, &both, "party"),
            pairs(&[("a", 1), ("b", 0), ("none", 1)])
        );
        assert_eq!(
            counted(&index, &both, "basis"),
            pairs(&[("Stated", 1), ("Derived", 0)])
        );
    }
}
