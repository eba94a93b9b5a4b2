//! Commitments by strength alone.

use super::ladder::Ladder;
use super::{ChartSpec, share};
use crate::picture::{Bar, Bars, Body, Extent, Panel, Picture};
use crate::query::CountingRule;
use crate::register::{RecordRef, Register};
use crate::tables::words;

pub(super) static CHART: ChartSpec = ChartSpec {
    id: "commitments-by-strength",
    title: "Commitments by strength of the language",
    build,
};

fn build(register: &Register, rule: CountingRule) -> Picture {
    let ladder = Ladder::of(register);
    let mut all = ladder.group(String::new());
    for (index, commitment) in rule.commitments(register) {
        all.by_step[ladder.place(commitment.step(register))].push(share::commitment(index));
    }
    let total = all.total();
    if total == 0 {
        return CHART.without_commitments(register, rule);
    }
    let records: Vec<RecordRef> = all.records().collect();
    let none_given = ladder.keys.len().saturating_sub(1);
    // A step on which nothing stands is news; "no step given" is not.
    let bars: Vec<Bar> = (0..ladder.keys.len())
        .filter(|&k| k != none_given || !all.by_step[k].is_empty())
        .map(|k| {
            let count = all.by_step[k].len();
            Bar {
                name: ladder.keys[k].name.clone(),
                detail: None,
                extent: Extent::exactly(count as f64),
                text: words::number(count as f64),
                tone: ladder.keys[k].tone,
                mark: ladder.mark(k, "", all.by_step[k].clone()),
            }
        })
        .collect();
    let most = (0..ladder.keys.len())
        .rev()
        .max_by_key(|&k| all.by_step[k].len());
    let empty = bars
        .iter()
        .filter(|bar| bar.mark.records.is_empty())
        .count();
    let description = format!(
        "Horizontal bars: {} on {} of the ladder. Most: {}. Steps without a commitment: {empty}.",
        share::many(total, "commitment", "commitments"),
        share::many(bars.len(), "step or kind", "steps and kinds"),
        most.map_or_else(String::new, |k| format!(
            "{}, {}",
            ladder.keys[k].name,
            all.by_step[k].len()
        )),
    );
    Picture {
        id: CHART.id.into(),
        guides: Vec::new(),
        remarks: Vec::new(),
        title: CHART.title.into(),
        subtitle: format!(
            "Number of records by the step of the governing verb, 6 firmest. {}",
            share::counted(total, rule)
        ),
        note: Some("Hatched kinds have no rank. Strength is not precision: a firm verb can have a vague object.".into()),
        source: share::source_line(register, &records),
        description,
        citations: share::citations(register, &records),
        body: Body::Bars(Bars {
            panels: vec![Panel { title: None, bars }],
            upright: false,
        }),
    }
}
