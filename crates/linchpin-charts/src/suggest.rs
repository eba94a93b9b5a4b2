//! Charts that fit a list of records, the most telling first.

use super::fields::{DataField, FieldDataType, fields_for_channel, kind_nouns};
use super::standard::{chart_from_fields, free_chart_id};
use crate::picture::Picture;
use linchpin_register::chart_vocabulary::RecordList;
use linchpin_register::english::in_sentence;
use linchpin_register::query::CountingRule;
use linchpin_register::schema::FieldSpec;
use linchpin_register::{RecordKind, RecordRef, Register};
use ron_lossless::RonValue;
use std::collections::HashSet;

/// The most that are suggested.
const MAX_SUGGESTIONS: usize = 6;
/// Fields with more groups than this make no chart that can be read.
const MAX_GROUPS: usize = 400;
/// So many records tell how a field parts them.
const SAMPLE_SIZE: usize = 4_000;
/// A network of more records than this is a ball of yarn.
const MAX_NODES: usize = 80;

/// A chart that could be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// What it shows.
    pub title: String,
    /// The chart as fields of a record, its id among them.
    pub fields: Vec<(String, RonValue)>,
    pub picture: Picture,
}

/// Charts of the records of a type that can be drawn, the most telling first. `narrowed`: fields
/// that each of them has as well, such as filters; `rule` counts where they say nothing.
pub fn suggest(
    register: &Register,
    kind: RecordKind,
    narrowed: &[(String, RonValue)],
    rule: CountingRule,
) -> Vec<Suggestion> {
    let Some(list) = RecordList::for_kind(kind) else {
        return Vec::new();
    };
    let groups = rank_groupings(register, kind);
    let mut made: Vec<Suggestion> = Vec::new();
    for draft in chart_templates(register, kind, &groups) {
        if made.len() == MAX_SUGGESTIONS {
            break;
        }
        if made.iter().any(|one| one.title == draft.title) {
            continue;
        }
        let other = draft.second_list.filter(|other| *other != list);
        let lists = [Some(list), other].into_iter().flatten();
        let lists = lists.map(|list| RonValue::bare(list.name()));
        let mut fields = vec![
            (
                "id".to_owned(),
                RonValue::text(free_chart_id(register, &draft.title)),
            ),
            ("title".to_owned(), RonValue::text(&draft.title)),
            ("records".to_owned(), RonValue::List(lists.collect())),
            ("mark".to_owned(), RonValue::bare(draft.mark)),
        ];
        fields.extend(draft.fields);
        fields.extend(narrowed.iter().cloned());
        let Some(chart) = chart_from_fields(&fields) else {
            continue;
        };
        if let Ok(picture) = super::build(register, &chart, rule) {
            made.push(Suggestion {
                title: draft.title,
                fields,
                picture,
            });
        }
    }
    made
}

/// A field with how many groups it makes of how many records.
struct FieldGrouping {
    field: DataField,
    groups: usize,
    records: usize,
}

/// The fields that make groups, those that part the records best first. Of many records some tell.
fn rank_groupings(register: &Register, kind: RecordKind) -> Vec<FieldGrouping> {
    let mut all = Vec::new();
    let step = (register.count(kind) / SAMPLE_SIZE).max(1);
    let looked_at = register.count(kind).div_ceil(step).max(1);
    for field in fields_for_channel(kind, "color") {
        let makes_no_groups = matches!(
            field.data_type,
            FieldDataType::Amount | FieldDataType::WholeNumbers | FieldDataType::Dates
        );
        // What the documents say of themselves parts the documents, and only then their records.
        if makes_no_groups || field.document_field().is_some() {
            continue;
        }
        let mut seen = HashSet::new();
        let mut records = 0;
        for index in (0..register.count(kind) as u32).step_by(step) {
            let keys = field.group_keys(register, RecordRef { kind, index });
            records += usize::from(!keys.is_empty());
            seen.extend(keys);
            if seen.len() > MAX_GROUPS {
                break;
            }
        }
        if (2..=MAX_GROUPS).contains(&seen.len()) {
            all.push(FieldGrouping {
                field,
                groups: seen.len(),
                records,
            });
        }
    }
    // A handful of groups that most records have says most.
    let worth = |grouping: &FieldGrouping| {
        let share = grouping.records as f64 / looked_at as f64;
        let many = grouping.groups as f64;
        // Up to a dozen groups can be told apart; beyond that each more makes the chart worse.
        let size = if many <= 12.0 { 1.0 } else { 12.0 / many };
        // Texts are names more often than groups.
        let words = if matches!(grouping.field.data_type, FieldDataType::Text) {
            0.4
        } else {
            1.0
        };
        share * size * words
    };
    all.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    all
}

/// A chart that may turn out not to be drawn.
struct ChartTemplate {
    title: String,
    mark: &'static str,
    /// A second list that it draws.
    second_list: Option<RecordList>,
    fields: Vec<(String, RonValue)>,
}

/// What could be drawn of a type, the most telling first.
#[expect(clippy::too_many_lines, reason = "one case after another")]
fn chart_templates(
    register: &Register,
    kind: RecordKind,
    groups: &[FieldGrouping],
) -> Vec<ChartTemplate> {
    let all = DataField::all(kind);
    let named = |name: &str| all.iter().find(|field| field.name == name);
    let plural = kind.noun().many;
    let Some(name) = kind.fields().get(1) else {
        return Vec::new();
    };
    let mut drafts = Vec::new();
    if let Some(amount) = all
        .iter()
        .find(|f| matches!(f.data_type, FieldDataType::Amount))
    {
        let mut fields = vec![
            channel_value("x", &[("field", amount.name)]),
            channel_value("y", &[("field", name.name)]),
        ];
        fields.extend(named("unit").map(|unit| channel_value("facet", &[("field", unit.name)])));
        drafts.push(ChartTemplate {
            title: format!("{} as they are stated", kind.title()),
            mark: "Bar",
            second_list: None,
            fields: fields.clone(),
        });
        drafts.push(ChartTemplate {
            title: format!("{}: values and bounds", kind.title()),
            mark: "Range",
            second_list: None,
            fields,
        });
    }
    drafts.extend(flows_template(kind, groups));
    let strength = all
        .iter()
        .find(|f| matches!(f.data_type, FieldDataType::Links(RecordKind::LadderStep)));
    let bars = |grouping: &FieldGrouping| {
        let name = grouping.field.name;
        let is_strength = strength.is_some_and(|s| s.name == name);
        let mut y = vec![("field".to_owned(), RonValue::text(name))];
        if grouping.groups > 20 {
            y.push(("limit".to_owned(), RonValue::bare("20")));
        }
        let mut fields = vec![
            ("x".to_owned(), count_channel()),
            ("y".to_owned(), RonValue::Record(y)),
        ];
        if let Some(step) = strength {
            fields.push(channel_value("color", &[("field", step.name)]));
        }
        if !is_strength {
            fields.push(sort_by_value());
        }
        ChartTemplate {
            title: format!("{} by {}", kind.title(), name_in_title(&grouping.field)),
            mark: "Bar",
            second_list: None,
            fields,
        }
    };
    let mut parted = groups.iter().map(bars);
    drafts.extend(parted.by_ref().take(2));
    if let Some(date) = all
        .iter()
        .find(|f| matches!(f.data_type, FieldDataType::Dates))
    {
        drafts.push(ChartTemplate {
            title: format!("{} over time", kind.title()),
            mark: "Timeline",
            second_list: None,
            fields: Vec::new(),
        });
        drafts.push(ChartTemplate {
            title: format!("How many {plural} each year"),
            mark: "Line",
            second_list: None,
            fields: vec![channel_value("x", &[("field", date.name)])],
        });
    }
    let linked: Vec<&FieldGrouping> = groups
        .iter()
        .filter(|g| matches!(g.field.data_type, FieldDataType::Links(_)) && g.groups > 1)
        .collect();
    if let [first, second, ..] = linked.as_slice() {
        // The one with more groups stands in rows, where there is more room.
        let (x, y) = if first.groups <= second.groups {
            (first, second)
        } else {
            (second, first)
        };
        drafts.push(ChartTemplate {
            title: format!(
                "{}: {} and {}",
                kind.title(),
                name_in_title(&x.field),
                name_in_title(&y.field)
            ),
            mark: "Matrix",
            second_list: None,
            fields: vec![
                limited_channel("x", x.field.name, 12),
                limited_channel("y", y.field.name, 20),
            ],
        });
    }
    if let Some(grouping) = groups.iter().find(|g| g.groups <= 8) {
        drafts.push(ChartTemplate {
            title: format!(
                "Each of the {plural}, by {}",
                name_in_title(&grouping.field)
            ),
            mark: "Waffle",
            second_list: None,
            fields: vec![channel_value("color", &[("field", grouping.field.name)])],
        });
    }
    drafts.extend(network_template(register, kind, &linked));
    drafts.extend(parted);
    drafts.push(ChartTemplate {
        title: format!("{} as a table", kind.title()),
        mark: "Table",
        second_list: None,
        fields: Vec::new(),
    });
    drafts
}

/// What was promised and what was paid, where the figures say both.
fn flows_template(kind: RecordKind, groups: &[FieldGrouping]) -> Option<ChartTemplate> {
    if kind != RecordKind::Figure || !groups.iter().any(|group| group.field.name == "flow") {
        return None;
    }
    let is_party = |group: &&FieldGrouping| ["from", "to", "subjects"].contains(&group.field.name);
    let party = groups.iter().find(is_party)?;
    let amount = vec![
        ("field".to_owned(), RonValue::text("amount")),
        ("aggregate".to_owned(), RonValue::bare("Sum")),
    ];
    Some(ChartTemplate {
        title: format!("Promised and paid, by {}", party.field.nouns().0),
        mark: "Dumbbell",
        second_list: None,
        fields: vec![
            ("x".to_owned(), RonValue::Record(amount)),
            channel_value("y", &[("field", party.field.name)]),
            channel_value("color", &[("field", "flow")]),
        ],
    })
}

/// The records and what most of them link to, where that is not too much to look at.
fn network_template(
    register: &Register,
    kind: RecordKind,
    linked: &[&FieldGrouping],
) -> Option<ChartTemplate> {
    let targets = linked
        .iter()
        .filter_map(|grouping| match grouping.field.data_type {
            FieldDataType::Links(target) if target != RecordKind::LadderStep => {
                RecordList::for_kind(target)
            }
            _ => None,
        });
    let mut targets = targets.filter(|other| {
        let others = if other.kind() == kind {
            0
        } else {
            register.count(other.kind())
        };
        register.count(kind) + others <= MAX_NODES
    });
    let other = targets.next()?;
    let title = match other.kind() == kind {
        true => format!("{} and their links", kind.title()),
        false => format!("{} and {}", kind.title(), other.label()),
    };
    Some(ChartTemplate {
        title,
        mark: "Network",
        second_list: Some(other),
        fields: Vec::new(),
    })
}

/// The field in running text.
fn name_in_title(field: &DataField) -> String {
    match field.data_type {
        FieldDataType::Links(kind) if field.name.contains(kind_nouns(kind).0) => {
            kind_nouns(kind).0.to_owned()
        }
        FieldDataType::Facet(facet) => in_sentence(facet.title),
        _ => {
            let spec = field.kind.fields().iter().find(|s| s.name == field.name);
            let words = field.name.replace('_', " ");
            match spec.is_some_and(FieldSpec::is_list) {
                true => singular_of(&words),
                false => words,
            }
        }
    }
}

/// "bodies" are many of "body".
fn singular_of(many: &str) -> String {
    match (many.strip_suffix("ies"), many.strip_suffix('s')) {
        (Some(stem), _) => format!("{stem}y"),
        (None, Some(stem)) => stem.to_owned(),
        (None, None) => many.to_owned(),
    }
}

fn channel_value(channel: &str, parts: &[(&str, &str)]) -> (String, RonValue) {
    let parts = parts
        .iter()
        .map(|(name, text)| ((*name).to_owned(), RonValue::text(*text)));
    (channel.to_owned(), RonValue::Record(parts.collect()))
}

fn limited_channel(channel: &str, field: &str, limit: u32) -> (String, RonValue) {
    let parts = vec![
        ("field".to_owned(), RonValue::text(field)),
        ("limit".to_owned(), RonValue::bare(limit.to_string())),
    ];
    (channel.to_owned(), RonValue::Record(parts))
}

fn count_channel() -> RonValue {
    RonValue::Record(vec![("aggregate".to_owned(), RonValue::bare("Count"))])
}

fn sort_by_value() -> (String, RonValue) {
    let parts = vec![
        ("by".to_owned(), RonValue::bare("Value")),
        ("descending".to_owned(), RonValue::bare("true")),
    ];
    ("sort".to_owned(), RonValue::Record(parts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_register::load;

    #[test]
    fn every_list_with_records_has_suggestions_that_can_be_drawn_and_written() {
        let register = load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new()).register;
        let kinds = RecordList::ALL.iter().map(|list| list.kind());
        for kind in kinds.filter(|kind| register.count(*kind) > 0) {
            let all = suggest(&register, kind, &[], CountingRule::default());
            assert!(!all.is_empty(), "{kind:?}");
            assert!(all.len() <= MAX_SUGGESTIONS);
            for one in &all {
                let chart = chart_from_fields(&one.fields).unwrap();
                let drawn = crate::build(&register, &chart, CountingRule::default());
                assert_eq!(drawn.as_ref(), Ok(&one.picture), "{kind:?}: {}", one.title);
                assert!(register.find(chart.id.as_str()).is_none());
            }
        }
        let commitments = suggest(
            &register,
            RecordKind::Commitment,
            &[],
            CountingRule::default(),
        );
        assert!(commitments.len() >= 3);
        assert!(
            commitments
                .iter()
                .any(|s| s.title == "Commitments by strength")
        );
    }

    #[test]
    fn what_cannot_be_drawn_is_not_suggested() {
        let register = Register::default();
        let all = suggest(
            &register,
            RecordKind::Commitment,
            &[],
            CountingRule::default(),
        );
        assert_eq!(all, []);
    }
}
