//! The charts: their values as text, their pictures without a window.
//!
//! `LINCHPIN_BLESS=1 cargo test --test charts` writes the snapshots anew; look at what changed
//! before you keep it.

mod accessible;
mod bars;
mod boxes;
mod dates;
mod grammar;
mod made;
mod marks;
mod nasty;
mod networks;
mod plot_grammar;
mod plots;
mod samples;
mod waffles;
mod window;

use linchpin_charts::picture::{Extent, Picture, PictureBody};
use linchpin_register::query::{CountScope, CountingRule, VoiceScope};
use linchpin_register::{Register, load};
use std::collections::BTreeSet;
use std::path::Path;

fn register(text: &str) -> Register {
    (*load(text, Vec::new()).register).clone()
}

fn shipped() -> Register {
    register(include_str!("../../../../data/us-rok-alliance.ron"))
}

fn build(id: &str, register: &Register, rule: CountingRule) -> Picture {
    let chart = linchpin_charts::by_id(register, id).unwrap_or_else(|| panic!("no chart {id}"));
    linchpin_charts::build_or_explain(register, chart, rule)
}

#[test]
fn charts_of_the_shipped_register_say_what_they_said() {
    let register = shipped();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let bless = std::env::var_os("LINCHPIN_BLESS").is_some();
    let mut changed = Vec::new();
    for chart in linchpin_charts::charts_of(&register) {
        let now =
            linchpin_charts::build_or_explain(&register, chart, CountingRule::default()).to_text();
        let path = folder.join(format!("{}.txt", chart.id));
        if bless {
            std::fs::write(&path, &now).unwrap();
        }
        let then = std::fs::read_to_string(&path).unwrap_or_default();
        if now != then {
            let differs = now.lines().zip(then.lines()).find(|(a, b)| a != b);
            changed.push(format!("{}: {differs:#?}", chart.id));
        }
    }
    assert!(
        changed.is_empty(),
        "run with LINCHPIN_BLESS=1 if this is meant:\n{}",
        changed.join("\n")
    );
}

#[test]
fn every_total_follows_its_rule_and_says_so() {
    let register = shipped();
    for &count in CountScope::ALL {
        for &voices in VoiceScope::ALL {
            let rule = CountingRule { count, voices };
            let total = rule.commitments(&register).count();
            for id in [
                "commitments-by-priority",
                "commitments-by-committer",
                "commitments-by-strength",
            ] {
                let picture = build(id, &register, rule);
                let said = format!("{total} commitments: {}", rule.description());
                assert!(
                    picture.subtitle.ends_with(&said),
                    "{id}: {}",
                    picture.subtitle
                );
                let drawn: Vec<_> = picture
                    .marks()
                    .flat_map(|(_, m)| m.records.clone())
                    .collect();
                let unique: BTreeSet<_> = drawn.iter().copied().collect();
                assert_eq!((drawn.len(), unique.len()), (total, total), "{id}");
            }
        }
    }
}

#[test]
fn a_bound_stays_a_bound_and_a_rank_is_no_bar() {
    let register = shipped();
    let PictureBody::Bars(bars) = build("figures", &register, CountingRule::default()).body else {
        panic!("figures are bars");
    };
    for panel in &bars.panels {
        for bar in &panel.bars {
            let figure = &register.figures[bar.mark.records[0].index as usize];
            assert!(figure.is_chartable(), "{}", bar.name);
            assert_eq!(Some(bar.extent), Extent::from_amount(&figure.amount));
            assert_eq!(
                bar.text.to_string().starts_with('>'),
                bar.extent.has_no_upper_bound(),
                "{}",
                bar.text
            );
            let units: BTreeSet<_> = panel
                .bars
                .iter()
                .map(|b| &register.figures[b.mark.records[0].index as usize].unit)
                .collect();
            assert_eq!(units.len(), 1, "two units on one scale");
        }
    }
    let open = bars
        .panels
        .iter()
        .flat_map(|p| &p.bars)
        .filter(|b| b.extent.has_no_upper_bound());
    assert!(
        open.count() >= 2,
        "the shipped register has two lower bounds"
    );
}

#[test]
fn what_is_left_out_is_said() {
    let register = register(&nasty::huge());
    for (id, said) in [
        ("commitments-by-theme", "Not drawn: 270 more themes with"),
        ("figures", "Not drawn: 26 more units with 104 figures."),
        ("timeline", "Where a row would have more than 60"),
        ("commitments-by-committer", "more committers with"),
        ("bodies-by-theme", "more bodies"),
    ] {
        let picture = build(id, &register, CountingRule::default());
        let note = picture.note.clone().unwrap_or_default();
        assert!(note.contains(said), "{id}: {note}");
    }
}

#[test]
fn a_rule_that_leaves_nothing_is_named_as_the_reason() {
    let mut register = shipped();
    register.commitments.retain(|c| c.parent.is_some());
    let strict = CountingRule {
        count: CountScope::Strict,
        voices: VoiceScope::All,
    };
    let picture = build("commitments-by-priority", &register, strict);
    let PictureBody::Empty(why) = picture.body else {
        panic!("nothing should be left");
    };
    assert!(why.contains("counting rule"), "{why}");
}
