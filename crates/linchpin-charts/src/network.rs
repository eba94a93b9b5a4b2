//! A network: records of the chart's lists and the links between them.

use super::captions;
use super::error::{ChannelName, ChartError, ChartErrorKind, ChartNote, ChartPart};
use super::fields::record_name;
use super::groups::{RecordGroup, RecordGroups, color_roles};
use super::mark_output::{AxisGroups, MarkOutput};
use super::network_layout;
use super::plan::ChartPlan;
use crate::picture::{
    ChartMark, ColorRole, LegendKey, Network, NetworkEdge, NetworkNode, PictureBody,
};
use linchpin_register::english::list_with_and;
use linchpin_register::schema::VisitedValue;
use linchpin_register::{RecordKind, RecordRef, Register};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// The most records that are drawn.
const MAX_NODES: usize = 150;

/// Up to so many records, names are written in full.
const MAX_FULL_NAMES: usize = 60;

/// The most kinds of records that have a color of their own.
const MAX_KEYS: usize = 6;

/// The most names that a mark lists.
const MAX_NAMES: usize = 8;

/// Draws the records of a plan, or some of them.
pub fn draw(plan: &ChartPlan<'_>, records: &[RecordRef]) -> Result<MarkOutput, ChartError> {
    let all = collect_edges(plan.register, records);
    let mut degree = vec![0_usize; records.len()];
    for &(from, to) in all.keys() {
        degree[from] += 1;
        degree[to] += 1;
    }
    // Counted before some are left out, so that a note can say how many those are.
    let linked = degree.iter().filter(|count| **count > 0).count();
    if linked == 0 {
        let error = ChartErrorKind::NoLinks(plan.record_kinds.clone());
        return Err(error.at(ChartPart::Records));
    }
    let mut notes = vec![ChartNote::SignSizes];
    let unlinked: Vec<RecordRef> = select_records(records, |place| degree[place] == 0);
    if !unlinked.is_empty() {
        notes.push(ChartNote::Unlinked(unlinked.into()));
    }
    // The best linked; of equals those that come first.
    let mut best: Vec<usize> = (0..records.len()).filter(|i| degree[*i] > 0).collect();
    // The sort is stable, so that which of equals is left out does not change between runs.
    best.sort_by_key(|&i| Reverse(degree[i]));
    best.truncate(MAX_NODES);
    let mut is_drawn = vec![false; records.len()];
    best.iter().for_each(|&i| is_drawn[i] = true);
    // Whose links all lead to records that are not drawn has none to show.
    let shows = |i: usize| {
        let ends = |(from, to): &(usize, usize)| {
            (*from == i || *to == i) && is_drawn[*from] && is_drawn[*to]
        };
        is_drawn[i] && all.keys().any(ends)
    };
    let drawn: Vec<usize> = (0..records.len()).filter(|i| shows(*i)).collect();
    if linked > drawn.len() {
        let more = select_records(records, |place| {
            degree[place] > 0 && !drawn.contains(&place)
        });
        notes.push(ChartNote::MoreLinked(more.into()));
    }
    let mut place = vec![usize::MAX; records.len()];
    for (at, &i) in drawn.iter().enumerate() {
        place[i] = at;
    }
    let links: Vec<NetworkEdge> = all
        .into_iter()
        .filter(|((from, to), _)| place[*from] != usize::MAX && place[*to] != usize::MAX)
        .map(|((from, to), words)| NetworkEdge {
            from: place[from],
            to: place[to],
            label: words.join(", "),
        })
        .collect();
    let drawn: Vec<RecordRef> = drawn.iter().map(|&i| records[i]).collect();
    let (keys, key_of) = legend_keys(plan, &drawn)?;
    let nodes = nodes(plan, &drawn, &links, &key_of);
    Ok(MarkOutput {
        body: PictureBody::Network(Network {
            keys,
            nodes,
            edges: links,
        }),
        notes,
        whole_chart_notes: Vec::new(),
        axis_groups: AxisGroups::default(),
        unit: None,
        has_overlap: false,
    })
}

fn select_records(records: &[RecordRef], keep: impl Fn(usize) -> bool) -> Vec<RecordRef> {
    let places = (0..records.len()).filter(|place| keep(*place));
    places.map(|place| records[place]).collect()
}

/// What links of two records say, by their places: from the one that names the other.
type EdgeLabels = BTreeMap<(usize, usize), Vec<String>>;

/// All links between some records: one for a pair, however many fields name it.
fn collect_edges(register: &Register, records: &[RecordRef]) -> EdgeLabels {
    let place_of: HashMap<RecordRef, usize> = records.iter().copied().zip(0..).collect();
    let mut all = EdgeLabels::new();
    for (from, at) in records.iter().enumerate() {
        let Some(record) = register.record(*at) else {
            continue;
        };
        record.walk(&mut Vec::new(), &mut |path, visit| {
            let VisitedValue::Link(link) = visit else {
                return;
            };
            let found = register.find(link.id());
            let Some((target, to)) = found.and_then(|at| Some((at, *place_of.get(&at)?))) else {
                return;
            };
            let mut names = path.iter().filter_map(|step| step.name());
            let words = match names.clone().any(|name| name == "citations") {
                // Whoever is quoted is not linked to what the words are about.
                true if target.kind != RecordKind::Document => return,
                true => "cited document".to_owned(),
                false => names.next_back().unwrap_or_default().replace('_', " "),
            };
            if from == to {
                return;
            }
            // Two records that name each other are joined once, in the direction that came first.
            let pair = if all.contains_key(&(to, from)) {
                (to, from)
            } else {
                (from, to)
            };
            let labels = all.entry(pair).or_default();
            if !labels.contains(&words) {
                labels.push(words);
            }
        });
    }
    all
}

/// The kinds of the records, and the kind of each.
fn legend_keys(
    plan: &ChartPlan<'_>,
    drawn: &[RecordRef],
) -> Result<(Vec<LegendKey>, Vec<usize>), ChartError> {
    let key = |name: &str, role: ColorRole| LegendKey {
        name: name.to_owned(),
        short: name.to_owned(),
        color: role,
    };
    let Some(channel) = &plan.chart.color else {
        let mut kinds = plan.record_kinds.clone();
        kinds.retain(|kind| drawn.iter().any(|at| at.kind == *kind));
        let of = |at: &RecordRef| kinds.iter().position(|kind| *kind == at.kind).unwrap_or(0);
        let role = |place: usize| {
            if kinds.len() == 1 {
                ColorRole::Single
            } else {
                ColorRole::Category(place as u8)
            }
        };
        let keys = kinds
            .iter()
            .enumerate()
            .map(|(place, kind)| key(kind.title(), role(place)));
        return Ok((keys.collect(), drawn.iter().map(of).collect()));
    };
    if plan.record_kinds.len() > 1 {
        return Err(ChartErrorKind::ColorsOfLists.at(ChannelName::Color));
    }
    let Some(field) = plan
        .field(ChannelName::Color)?
        .filter(|field| field.is_groupable())
    else {
        return Err(ChartErrorKind::ColorWithoutField.at(ChannelName::Color));
    };
    // A record has one color: that of all its values together.
    let mut together = channel.clone();
    together.together = true;
    together
        .missing
        .get_or_insert_with(|| format!("no {}", field.name_in_text()));
    let mut groups = RecordGroups::by_field(plan, drawn, &field, &together);
    // Colors are few: none is spent on a group of which nothing is drawn.
    groups.list.retain(|group| !group.records.is_empty());
    let has_order = field.is_ladder() || !field.terms().is_empty();
    if has_order {
        // In the order of the ladder or of the vocabulary, each by itself.
        let all = RecordGroups::by_field(plan, drawn, &field, channel).list;
        let place = |group: &RecordGroup| all.iter().position(|one| one.key == group.key);
        groups
            .list
            .sort_by_key(|group| place(group).unwrap_or(usize::MAX));
    } else {
        groups
            .list
            .sort_by_key(|group| Reverse(group.records.len()));
    }
    if groups.list.len() > MAX_KEYS && !has_order {
        let rest = groups.list.split_off(MAX_KEYS - 1);
        groups.list.push(RecordGroup {
            key: String::new(),
            name: format!("{} others", rest.len()),
            short: "others".into(),
            number: None,
            records: rest.into_iter().flat_map(|group| group.records).collect(),
        });
    }
    let of = |at: &RecordRef| {
        groups
            .list
            .iter()
            .position(|group| group.records.contains(at))
    };
    let key_of = drawn.iter().map(|at| of(at).unwrap_or(0)).collect();
    let roles = color_roles(plan.register, &field, &groups.list);
    let keys = groups
        .list
        .iter()
        .zip(roles)
        .map(|(group, role)| key(&group.name, role));
    Ok((keys.collect(), key_of))
}

fn nodes(
    plan: &ChartPlan<'_>,
    drawn: &[RecordRef],
    links: &[NetworkEdge],
    key_of: &[usize],
) -> Vec<NetworkNode> {
    let register = plan.register;
    let ids: Vec<&str> = drawn
        .iter()
        .map(|at| register.record(*at).map_or("", |record| record.id()))
        .collect();
    let ends: Vec<(usize, usize)> = links.iter().map(|link| (link.from, link.to)).collect();
    let places = match plan.is_trial {
        true => vec![(0.0, 0.0); ids.len()],
        false => network_layout::layout(&ids, &ends),
    };
    let name = |at: RecordRef| record_name(register, at, drawn.len() > MAX_FULL_NAMES);
    drawn
        .iter()
        .zip(places)
        .enumerate()
        .map(|(place, (&at, (x, y)))| {
            let neighbors: Vec<String> = links
                .iter()
                .filter_map(|link| {
                    let other = match place {
                        _ if link.from == place => link.to,
                        _ if link.to == place => link.from,
                        _ => return None,
                    };
                    Some(format!(
                        "{} ({})",
                        record_name(register, drawn[other], true),
                        link.label
                    ))
                })
                .collect();
            NetworkNode {
                name: name(at),
                key: key_of.get(place).copied().unwrap_or(0),
                x: x as f32,
                y: y as f32,
                mark: ChartMark {
                    label: format!(
                        "{}, {}: {}, {}",
                        record_name(register, at, false),
                        at.kind.what(),
                        captions::format_count(neighbors.len(), "link", "links"),
                        list_first_names(&neighbors)
                    ),
                    records: vec![at],
                },
            }
        })
        .collect()
}

/// The first of some names, and how many more there are.
fn list_first_names(names: &[String]) -> String {
    if names.len() <= MAX_NAMES {
        return list_with_and(names);
    }
    format!(
        "{} and {} more",
        names[..MAX_NAMES].join(", "),
        names.len() - MAX_NAMES
    )
}
