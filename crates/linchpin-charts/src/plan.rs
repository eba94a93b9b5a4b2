//! A chart's records: those of its lists that count and that its filters let in.

use super::error::{ChannelName, ChartError, ChartErrorKind, ChartPart};
use super::fields::{DataField, NO_VALUE_KEY};
use super::messages::count_records;
use linchpin_register::chart::{ChartFilter, Derivation};
use linchpin_register::query::{CountingRule, SearchIndex, SearchQuery};
use linchpin_register::{Chart, Date, RecordKind, RecordRef, Register};
use std::collections::HashSet;

/// A chart with the records that it draws.
#[derive(Clone)]
pub struct ChartPlan<'r> {
    pub register: &'r Register,
    pub chart: &'r Chart,
    /// How commitments are counted: as the chart says, or as whoever looks at it.
    pub rule: CountingRule,
    /// The types of its records, in the chart's order. Never empty.
    pub record_kinds: Vec<RecordKind>,
    /// The records that it is of, list by list in the order of the file.
    pub records: Vec<RecordRef>,
    /// Groups that are drawn even where they have no record: those of the charts beside a small
    /// one.
    pub shared_groups: Vec<String>,
    /// The records of each of the small charts that have one axis of time. Empty: a chart has its
    /// own.
    pub axis_panels: Vec<Vec<RecordRef>>,
    /// Nobody looks at the picture: what takes long and cannot fail is left out.
    pub is_trial: bool,
}

impl<'r> ChartPlan<'r> {
    /// # Errors
    /// Where the chart names no list, or filters by what its records do not have.
    pub fn new(
        register: &'r Register,
        chart: &'r Chart,
        rule: CountingRule,
    ) -> Result<ChartPlan<'r>, ChartError> {
        let rule = counting_rule(chart, rule);
        let mut kinds: Vec<RecordKind> = Vec::new();
        for list in &chart.records {
            // A list named twice is drawn once: its records would count double.
            if !kinds.contains(&list.kind()) {
                kinds.push(list.kind());
            }
        }
        if kinds.is_empty() {
            return Err(ChartErrorKind::NoRecordList.at(ChartPart::Records));
        }
        let mut plan = ChartPlan {
            register,
            chart,
            rule,
            record_kinds: kinds,
            records: Vec::new(),
            shared_groups: Vec::new(),
            axis_panels: Vec::new(),
            is_trial: false,
        };
        for at in 0..plan.record_kinds.len() {
            plan.add_records(plan.record_kinds[at])?;
        }
        Ok(plan)
    }

    /// The type of the records, where the mark draws one type only.
    ///
    /// # Errors
    /// Where there are several.
    pub fn single_kind(&self) -> Result<RecordKind, ChartError> {
        match self.record_kinds.as_slice() {
            [one] => Ok(*one),
            _ => Err(ChartErrorKind::SeveralLists(self.chart.mark).at(ChartPart::Records)),
        }
    }

    /// The field that a channel names; `None` where it names none.
    ///
    /// # Errors
    /// Where the records have no such field.
    pub fn field(&self, channel: ChannelName) -> Result<Option<DataField>, ChartError> {
        let named = channel.of(self.chart);
        let Some(name) = named.and_then(|channel| channel.field.as_deref()) else {
            return Ok(None);
        };
        find_field(self.single_kind()?, name, channel).map(Some)
    }

    /// What the chart works out from the numbers of an axis, and the channel that says so.
    pub fn derivation(&self) -> Option<(ChannelName, &'r Derivation)> {
        let axes = [ChannelName::X, ChannelName::Y].into_iter();
        let mut found = axes.filter_map(|name| {
            let channel = name.of(self.chart)?;
            Some((name, channel.derive.as_ref()?))
        });
        found.next()
    }

    /// "3 commitments"
    pub fn count_text(&self, count: usize) -> String {
        count_records(count, self.record_kinds[0])
    }

    fn add_records(&mut self, kind: RecordKind) -> Result<(), ChartError> {
        let mut filters = Vec::new();
        for filter in &self.chart.filter {
            // Several lists: a filter holds for those that have its field.
            match find_field(kind, &filter.field, ChartPart::Filter) {
                Ok(field) => filters.push((field, filter)),
                Err(_) if self.record_kinds.len() > 1 && self.is_field_of_any(&filter.field) => {}
                Err(error) => return Err(error),
            }
        }
        let found = self.search_matches(kind);
        for index in 0..self.register.count(kind) as u32 {
            let at = RecordRef { kind, index };
            // The counting rule is about commitments. Other records are never parts of each other.
            let counts = kind != RecordKind::Commitment
                || self
                    .register
                    .commitments
                    .get(index as usize)
                    .is_some_and(|c| self.rule.counts(c));
            if counts
                && found.as_ref().is_none_or(|found| found.contains(&index))
                && filters
                    .iter()
                    .all(|(field, filter)| passes_filter(self.register, field, filter, at))
            {
                self.records.push(at);
            }
        }
        Ok(())
    }

    fn is_field_of_any(&self, name: &str) -> bool {
        self.record_kinds
            .iter()
            .any(|kind| DataField::find(*kind, name).is_some())
    }

    /// The places of the records that have the chart's words; `None` where it has none.
    fn search_matches(&self, kind: RecordKind) -> Option<HashSet<u32>> {
        let search = SearchQuery::new(self.chart.search.as_deref()?);
        if search.is_empty() {
            return None;
        }
        let index = SearchIndex::build(self.register, kind);
        Some(index.matching_records(&search).into_iter().collect())
    }
}

/// The field that a part of a chart names.
///
/// # Errors
/// Where the records have no such field.
pub fn find_field(
    kind: RecordKind,
    name: &str,
    part: impl Into<ChartPart>,
) -> Result<DataField, ChartError> {
    DataField::find(kind, name).ok_or_else(|| {
        let name = name.to_owned();
        ChartErrorKind::UnknownField { kind, name }.at(part)
    })
}

/// The rule by which a chart counts: its own, and where it says nothing, that of whoever looks at
/// it.
pub fn counting_rule(chart: &Chart, rule: CountingRule) -> CountingRule {
    CountingRule {
        count: chart.count.unwrap_or(rule.count),
        voices: chart.voices.unwrap_or(rule.voices),
    }
}

/// Whether a filter lets a record in.
pub fn passes_filter(
    register: &Register,
    field: &DataField,
    filter: &ChartFilter,
    at: RecordRef,
) -> bool {
    let mut passes = true;
    if !filter.is.is_empty() {
        let keys = field.group_keys(register, at);
        passes = if keys.is_empty() {
            filter.is.iter().any(|wanted| wanted == NO_VALUE_KEY)
        } else {
            keys.iter().any(|key| filter.is.contains(key))
        };
    }
    if passes && (filter.from.is_some() || filter.to.is_some()) {
        let dates = field.dates(register, at);
        // A date that means a whole year or a range passes where any of its days would.
        let is_within = |date: &Date| date.overlaps(filter.from.as_ref(), filter.to.as_ref());
        passes = dates.iter().any(is_within);
    }
    passes != filter.not
}
