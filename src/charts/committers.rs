//! Commitments by who makes them, split by strength.

use super::ladder::{Group, Ladder, described};
use super::{ChartSpec, priorities, share};
use crate::picture::{Body, Picture};
use crate::query::CountingRule;
use crate::register::{Commitment, Link, Party, RecordRef, Register};
use std::collections::HashMap;

pub(super) static CHART: ChartSpec = ChartSpec {
    id: "commitments-by-committer",
    title: "Commitments by who makes them",
    build,
};

/// The most rows that are drawn.
const MAX_ROWS: usize = 20;

fn build(register: &Register, rule: CountingRule) -> Picture {
    let ladder = Ladder::of(register);
    let mut place_of: HashMap<Vec<&str>, usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut total = 0;
    for (index, commitment) in rule.commitments(register) {
        // Those who promise together are a committer of their own, in whichever order they are named.
        let mut key: Vec<&str> = commitment.committers.iter().map(|c| c.as_str()).collect();
        key.sort_unstable();
        key.dedup();
        let place = *place_of.entry(key).or_insert_with(|| {
            groups.push(ladder.group(committers(register, commitment)));
            groups.len() - 1
        });
        groups[place].by_step[ladder.place(commitment.step(register))]
            .push(share::commitment(index));
        total += 1;
    }
    if total == 0 {
        return CHART.without_commitments(register, rule);
    }
    // Stable: equals stay in the order of the file.
    groups.sort_by_key(|g| std::cmp::Reverse(g.total()));
    let mut notes = vec![
        "Those who promise together stand together.".to_owned(),
        priorities::STEPS_NOTE.to_owned(),
    ];
    if groups.len() > MAX_ROWS {
        let left: usize = groups[MAX_ROWS..].iter().map(Group::total).sum();
        notes.push(format!(
            "Not drawn: {} more committers with {}.",
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
        description: described(
            &ladder,
            &groups,
            &share::many(groups.len(), "committer", "committers"),
        ),
        citations: share::citations(register, &records),
        body: Body::Stacked(ladder.stacked(&groups)),
    }
}

/// Their names; whoever stands alone is named in full rather than by an abbreviation.
fn committers(register: &Register, commitment: &Commitment) -> String {
    match commitment.committers.as_slice() {
        [one] => share::party(register, one),
        several => {
            let short = |link: &Link<Party>| share::name(register.short_of(link.as_str()));
            let names: Vec<String> = several.iter().map(short).collect();
            share::name(&share::listed(&names))
        }
    }
}
