//! Commitments by priority, split by strength.

use super::ladder::{Group, Ladder, described};
use super::{ChartSpec, share};
use crate::picture::{Body, Picture};
use crate::query::CountingRule;
use crate::register::{Priority, RecordKind, RecordRef, Register};

pub(super) static CHART: ChartSpec = ChartSpec {
    id: "commitments-by-priority",
    title: "Commitments by priority and strength",
    build,
};

/// The most priorities that are drawn.
const MAX_ROWS: usize = 30;

fn build(register: &Register, rule: CountingRule) -> Picture {
    let ladder = Ladder::of(register);
    let mut order: Vec<(usize, &Priority)> = register.priorities.iter().enumerate().collect();
    order.sort_by_key(|(_, priority)| priority.rank);
    let mut place_of = vec![0; order.len()];
    let mut groups: Vec<Group> = Vec::new();
    for (place, (index, priority)) in order.iter().enumerate() {
        place_of[*index] = place;
        groups.push(ladder.group(share::name(&priority.name)));
    }
    groups.push(ladder.group(outside(order.len())));
    let mut total = 0;
    for (index, commitment) in rule.commitments(register) {
        let at = commitment
            .priority
            .as_ref()
            .and_then(|link| register.find(link.as_str()))
            .filter(|at| at.kind == RecordKind::Priority);
        let place = at
            .and_then(|at| place_of.get(at.index as usize).copied())
            .unwrap_or(order.len());
        groups[place].by_step[ladder.place(commitment.step(register))]
            .push(share::commitment(index));
        total += 1;
    }
    if total == 0 {
        return CHART.without_commitments(register, rule);
    }
    // The row for what stands outside every priority is there only where something does.
    if groups.last().is_some_and(|g| g.total() == 0) {
        groups.pop();
    }
    let mut notes = vec![STEPS_NOTE.to_owned()];
    if groups.len() > MAX_ROWS {
        let left: usize = groups[MAX_ROWS..].iter().map(Group::total).sum();
        notes.push(format!(
            "Not drawn: {} more rows with {}.",
            groups.len() - MAX_ROWS,
            share::many(left, "commitment", "commitments")
        ));
        groups.truncate(MAX_ROWS);
    }
    let records: Vec<RecordRef> = groups.iter().flat_map(Group::records).collect();
    Picture {
        id: CHART.id.into(),
        guides: Vec::new(),
        remarks: Vec::new(),
        title: CHART.title.into(),
        subtitle: format!(
            "Number of records, firmest language first. {}",
            share::counted(total, rule)
        ),
        note: share::note(notes),
        source: share::source_line(register, &records),
        description: described(&ladder, &groups, &share::many(groups.len(), "row", "rows")),
        citations: share::citations(register, &records),
        body: Body::Stacked(ladder.stacked(&groups)),
    }
}

/// What a reader of colors for strength must know.
pub const STEPS_NOTE: &str = "The governing verb decides the step. Hatched kinds have no rank.";

/// "Outside the three priorities"
fn outside(count: usize) -> String {
    const WORDS: [&str; 8] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    match count {
        0 => "All commitments".into(),
        1 => "Outside the priority".into(),
        2..=9 => format!("Outside the {} priorities", WORDS[count - 2]),
        _ => format!("Outside the {count} priorities"),
    }
}
