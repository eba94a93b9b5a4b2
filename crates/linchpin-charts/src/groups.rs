//! Records in groups, by what stands in one of their fields.

use super::captions;
use super::document_groups;
use super::encoding::GroupChannel;
use super::error::{ChartError, ChartErrorKind, ChartNote};
use super::fields::{DataField, FieldDataType, GroupDomain, GroupValue, group_name};
use super::plan::ChartPlan;
use crate::picture::ColorRole;
use crate::picture::bars::ValueOrder;
use linchpin_register::chart::Channel;
use linchpin_register::chart_vocabulary::OrderBy;
use linchpin_register::english::list_with_and;
use linchpin_register::query::fold;
use linchpin_register::vocabulary::FulfillmentStatus;
use linchpin_register::{LadderStep, RecordKind, RecordRef, Register};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// Groups in the order in which they are drawn.
pub struct RecordGroups {
    pub list: Vec<RecordGroup>,
    /// The records that stand in none.
    pub missing: Vec<RecordRef>,
    /// Names of groups that there could be and that have no record.
    pub empty_names: Vec<String>,
}

/// The records that share something.
#[derive(Clone)]
pub struct RecordGroup {
    /// An id, the name of a vocabulary word, a text; empty for what has nothing.
    pub key: String,
    pub name: String,
    /// For places where the name does not fit.
    pub short: String,
    /// The year or the whole number that it stands for.
    pub number: Option<f64>,
    pub records: Vec<RecordRef>,
}

impl RecordGroups {
    /// Groups records by a field. A record with several values stands in several groups, or with
    /// `together` in one for all of them.
    pub fn by_field(
        plan: &ChartPlan<'_>,
        records: &[RecordRef],
        field: &DataField,
        channel: &Channel,
    ) -> RecordGroups {
        let register = plan.register;
        let mut groups = RecordGroups {
            list: Vec::new(),
            missing: Vec::new(),
            empty_names: Vec::new(),
        };
        let mut place_of: HashMap<String, usize> = HashMap::new();
        // Every group that there can be comes first, so that groups stand in the order of the file
        // whichever record comes first, and those without a record are known by name. Sets of
        // values have no such order: they stand as they are met.
        if !channel.together {
            for key in all_group_keys(plan, field) {
                place_of.insert(key.clone(), groups.list.len());
                groups
                    .list
                    .push(RecordGroup::new(register, field, key, None));
            }
        }
        for &at in records {
            let values = field.group_values(register, at);
            if values.is_empty() {
                groups.missing.push(at);
                continue;
            }
            if channel.together {
                let number = match values.as_slice() {
                    [one] => one.number,
                    _ => None,
                };
                let mut keys: Vec<String> = values.into_iter().map(|value| value.key).collect();
                // In whichever order they are named.
                let name = combined_name(register, field, &keys);
                keys.sort_unstable();
                let key = keys.join("\n");
                let place = *place_of.entry(key.clone()).or_insert_with(|| {
                    groups.list.push(RecordGroup {
                        key,
                        short: name.clone(),
                        name,
                        number,
                        records: Vec::new(),
                    });
                    groups.list.len() - 1
                });
                groups.list[place].records.push(at);
                continue;
            }
            for GroupValue { key, number } in values {
                let place = *place_of.entry(key.clone()).or_insert_with(|| {
                    groups
                        .list
                        .push(RecordGroup::new(register, field, key, number));
                    groups.list.len() - 1
                });
                groups.list[place].records.push(at);
            }
        }
        if matches!(
            field.data_type,
            FieldDataType::Dates | FieldDataType::WholeNumbers
        ) {
            let number = |group: &RecordGroup| group.number.unwrap_or(f64::INFINITY);
            // Several groups may begin with the same year: "1953" and "about 1953".
            groups.list.sort_by(|a, b| {
                let by_number = number(a).total_cmp(&number(b));
                by_number.then_with(|| a.key.cmp(&b.key))
            });
        }
        // Here and not above: a record that the filter lets in for one document may cite another.
        if field.named_kind() == Some(RecordKind::Document) {
            let times = document_groups::times(register);
            let time = |group: &RecordGroup| times.get(group.key.as_str()).copied();
            groups.list.sort_by_key(|group| {
                let time = time(group);
                (time.is_none(), time)
            });
        }
        if channel.empty != Some(true) {
            // A small chart draws the groups of its siblings too, or its bars would stand at other
            // places than theirs.
            let is_drawn =
                |g: &RecordGroup| !g.records.is_empty() || plan.shared_groups.contains(&g.key);
            let (used, unused) = groups.list.into_iter().partition(is_drawn);
            groups.list = used;
            let unused: Vec<RecordGroup> = unused;
            groups.empty_names = unused.into_iter().map(|group| group.name).collect();
        }
        // After the unused groups are gone, so that it counts as a group among those that are
        // drawn.
        if let Some(name) = &channel.missing
            && !groups.missing.is_empty()
        {
            groups.list.push(RecordGroup {
                key: String::new(),
                name: captions::display_name(name),
                short: captions::display_name(name),
                number: None,
                records: std::mem::take(&mut groups.missing),
            });
        }
        groups
    }

    /// Puts the groups in the chart's order. `value` is the number of a group. Those without a key
    /// stay last.
    pub fn sort(&mut self, plan: &ChartPlan<'_>, value: impl Fn(&RecordGroup) -> ValueOrder) {
        let Some(order) = &plan.chart.sort else {
            return;
        };
        // Stable: equals stay in the order of the file.
        match (order.by, order.descending) {
            (OrderBy::Register, false) => {}
            (OrderBy::Register, true) => self.list.reverse(),
            (OrderBy::Value, descending) => {
                let list = std::mem::take(&mut self.list);
                // Each number once: it may have to be worked out from many records.
                let mut valued: Vec<(ValueOrder, RecordGroup)> = list
                    .into_iter()
                    .map(|group| (value(&group), group))
                    .collect();
                valued.sort_by(|a, b| match descending {
                    true => b.0.compare(a.0),
                    false => a.0.compare(b.0),
                });
                self.list = valued.into_iter().map(|(_, group)| group).collect();
            }
            (OrderBy::Name, descending) => {
                let list = std::mem::take(&mut self.list);
                let mut named: Vec<(String, RecordGroup)> = list
                    .into_iter()
                    .map(|group| (fold::fold(&group.name), group))
                    .collect();
                named.sort_by(|a, b| match descending {
                    true => fold::natural_order(&b.0, &a.0),
                    false => fold::natural_order(&a.0, &b.0),
                });
                self.list = named.into_iter().map(|(_, group)| group).collect();
            }
        }
        // Last whatever the order: what has nothing is no group among groups.
        self.list.sort_by_key(|group| group.key.is_empty());
    }

    /// Whether a record counts in more than one group.
    pub fn share_records(&self) -> bool {
        let mut seen = HashSet::new();
        let mut all = self.list.iter().flat_map(|group| &group.records);
        all.any(|at| !seen.insert(*at))
    }

    /// Says how many records stand in no group.
    pub fn missing_note(&self, plan: &ChartPlan<'_>, field: &DataField) -> Option<ChartNote> {
        (!self.missing.is_empty()).then(|| ChartNote::WithoutGroup {
            left_out: self.missing.clone().into(),
            kind: plan.record_kinds[0],
            field: *field,
        })
    }

    /// # Errors
    /// Where no record stands in any group.
    pub fn check_not_empty(
        &self,
        plan: &ChartPlan<'_>,
        channel: &GroupChannel<'_>,
    ) -> Result<(), ChartError> {
        if self.list.iter().any(|group| !group.records.is_empty()) {
            return Ok(());
        }
        let (kind, field) = (plan.record_kinds[0], channel.field);
        Err(ChartErrorKind::EmptyField { kind, field }.at(channel.name))
    }

    /// Leaves the first so many groups. Says which more there are, with how many records.
    pub fn truncate(
        &mut self,
        most: usize,
        field: &DataField,
        kind: RecordKind,
    ) -> Option<ChartNote> {
        if self.list.len() <= most {
            return None;
        }
        let rest = self.list.split_off(most);
        let records = rest.iter().flat_map(|group| group.records.iter().copied());
        Some(ChartNote::MoreGroups {
            left_out: records.collect::<Vec<RecordRef>>().into(),
            names: rest.iter().map(|group| group.name.clone()).collect(),
            field: *field,
            kind,
        })
    }
}

impl RecordGroup {
    fn new(
        register: &Register,
        field: &DataField,
        key: String,
        number: Option<f64>,
    ) -> RecordGroup {
        RecordGroup {
            name: group_name(register, field, &key, false),
            short: group_name(register, field, &key, true),
            number,
            key,
            records: Vec::new(),
        }
    }
}

/// All groups that there can be, in their order: the records of a list, the words of a vocabulary.
/// Empty where there is no such order.
fn all_group_keys(plan: &ChartPlan<'_>, field: &DataField) -> Vec<String> {
    let register = plan.register;
    if field.is_cited_document() {
        return document_groups::keys(plan);
    }
    match field.domain() {
        Some(GroupDomain::Records(RecordKind::LadderStep)) => {
            let mut steps: Vec<&LadderStep> = register.ladder.iter().collect();
            // The firmest first; kinds without a rank after the weakest, not before it.
            steps.sort_by_key(|step| Reverse(step.rank.map_or(-1, i16::from)));
            steps.iter().map(|step| step.id.to_string()).collect()
        }
        Some(GroupDomain::Records(RecordKind::Priority)) => {
            let mut all: Vec<_> = register.priorities.iter().collect();
            all.sort_by_key(|priority| priority.rank);
            all.iter().map(|priority| priority.id.to_string()).collect()
        }
        Some(GroupDomain::Records(kind)) => (0..register.count(kind) as u32)
            .filter_map(|index| register.record(RecordRef { kind, index }))
            .map(|record| record.id().to_owned())
            .collect(),
        Some(GroupDomain::Terms(terms)) => terms.iter().map(|term| term.name.into()).collect(),
        None => Vec::new(),
    }
}

/// The name of those who stand together; whoever stands alone is named in full.
fn combined_name(register: &Register, field: &DataField, keys: &[String]) -> String {
    match keys {
        [one] => group_name(register, field, one, false),
        several => {
            let names: Vec<String> = several
                .iter()
                .map(|key| group_name(register, field, key, true))
                .collect();
            captions::display_name(&list_with_and(&names))
        }
    }
}

/// The words that say that nobody knows: quieter than what somebody has found.
const QUIET_TERMS: [FulfillmentStatus; 2] = [
    FulfillmentStatus::NotAssessed,
    FulfillmentStatus::NoEvidence,
];

/// Whether a group is a word that says that nobody knows. It is never merged with others, and its
/// color is no color.
pub fn is_quiet(field: &DataField, group: &RecordGroup) -> bool {
    quiet_place(field, &group.key).is_some()
}

fn quiet_place(field: &DataField, key: &str) -> Option<u8> {
    let status = QUIET_TERMS.iter().position(|quiet| {
        let term = quiet.term();
        term.name == key && field.terms().contains(term)
    });
    status.map(|place| place as u8)
}

/// The color of each group: steps by their rank and kinds without a rank in greys, words of a
/// vocabulary by their place in it, other groups one after another, what has nothing in grey.
pub fn color_roles(
    register: &Register,
    field: &DataField,
    groups: &[RecordGroup],
) -> Vec<ColorRole> {
    // Steps take their color from their rank, and words from their vocabulary, so that each has the
    // same color in every chart, whichever of them are drawn.
    let unranked = unranked_steps(register, field);
    let loud: Vec<&str> = field
        .terms()
        .iter()
        .map(|term| term.name)
        .filter(|name| quiet_place(field, name).is_none())
        .collect();
    let mut nameless = unranked.len() as u8;
    let mut others = loud.len() as u8;
    let next = |count: &mut u8| {
        *count = count.saturating_add(1);
        *count - 1
    };
    groups
        .iter()
        .map(|group| {
            let key = group.key.as_str();
            let step = register
                .get::<LadderStep>(key)
                .filter(|_| field.is_ladder());
            if let Some(rank) = step.and_then(|step| step.rank) {
                return ColorRole::LadderStep(rank.min(6));
            }
            if let Some(place) = unranked.iter().position(|id| *id == key) {
                return ColorRole::Unranked(place as u8);
            }
            if let Some(place) = quiet_place(field, key) {
                return ColorRole::Quiet(place);
            }
            if let Some(place) = loud.iter().position(|name| *name == key) {
                return ColorRole::Category(place as u8);
            }
            match key.is_empty() || field.is_ladder() {
                true => ColorRole::Unranked(next(&mut nameless)),
                false => ColorRole::Category(next(&mut others)),
            }
        })
        .collect()
}

/// The ids of the steps without a rank, in the order of the file.
fn unranked_steps<'r>(register: &'r Register, field: &DataField) -> Vec<&'r str> {
    if !field.is_ladder() {
        return Vec::new();
    }
    let steps = register.ladder.iter().filter(|step| step.rank.is_none());
    steps.map(|step| step.id.as_str()).collect()
}
