//! The charts: from the records of a register to a picture as a plain value.
//!
//! A chart is a record itself ([`Chart`]): a mark, and what its places, lengths and colors stand
//! for. A new mark is one new file and its line in [`mark_of`].

mod bar;
mod drawn;
pub mod evidence;
mod facet;
mod fields;
mod figure_words;
mod finish;
mod groups;
mod matrix;
mod measure;
pub mod narrow;
mod network;
mod network_layout;
mod network_stress;
mod offered;
mod parts;
pub mod picture;
mod plan;
mod plot;
mod refusal;
pub mod share;
mod standard;
pub mod suggest;
mod table;
mod timeline;
mod values;
mod waffle;

use crate::picture::Picture;
use drawn::Drawn;
use linchpin_register::chart_words::MarkKind;
use linchpin_register::query::CountingRule;
use linchpin_register::{Chart, RecordRef, Register};

pub use fields::{Field, Holds, NOTHING, noun};
pub use offered::offered;
pub use plan::{Plan, counting};
pub use refusal::Refusal;
pub use standard::{free_chart_id, in_text, is_standard, loaded, read, timeline};
pub use values::{FieldValue, values};

/// The charts of a register: its own, or the standard ones where it states none.
pub fn of(register: &Register) -> &[Chart] {
    if register.charts.is_empty() {
        &standard().charts
    } else {
        &register.charts
    }
}

/// The chart of a register with this id.
pub fn by_id<'r>(register: &'r Register, id: &str) -> Option<&'r Chart> {
    of(register).iter().find(|chart| chart.id.as_str() == id)
}

/// The chart of a register with this id, else the standard one.
pub fn named<'r>(register: &'r Register, id: &str) -> Option<&'r Chart> {
    let one = |charts: &'r [Chart]| charts.iter().find(|chart| chart.id.as_str() == id);
    one(of(register)).or_else(|| one(&standard().charts))
}

/// The standard charts, as a register of their own.
pub fn standard() -> &'static Register {
    &loaded().register
}

/// Makes a chart of the register's records. Never fails: what cannot be drawn gives a picture that
/// says why, and what to do. `rule` counts where the chart itself does not say how.
pub fn build(register: &Register, chart: &Chart, rule: CountingRule) -> Picture {
    let made = Plan::new(register, chart, rule).and_then(|plan| {
        let drawn = draw(&plan)?;
        finish::finished(&plan, drawn)
    });
    made.unwrap_or_else(|refusal| finish::refused(register, chart, rule, &refusal))
}

/// Why a chart cannot be drawn; `None` where it can.
pub fn refusal(register: &Register, chart: &Chart, rule: CountingRule) -> Option<Refusal> {
    let made = Plan::new(register, chart, rule).and_then(|plan| {
        let drawn = draw(&plan)?;
        finish::finished(&plan, drawn)
    });
    made.err()
}

fn draw(plan: &Plan<'_>) -> Result<Drawn, Refusal> {
    if plan.records.is_empty() {
        return Err(measure::nothing(plan));
    }
    match &plan.chart.facet {
        Some(channel) => facet::draw(plan, channel),
        None => mark_of(plan, &plan.records),
    }
}

/// Draws some of a plan's records with its mark.
fn mark_of(plan: &Plan<'_>, records: &[RecordRef]) -> Result<Drawn, Refusal> {
    match plan.chart.mark {
        MarkKind::Bar => bar::draw(plan, records),
        MarkKind::Timeline => timeline::draw(plan, records),
        MarkKind::Matrix => matrix::draw(plan, records),
        MarkKind::Table => table::draw(plan, records),
        MarkKind::Network => network::draw(plan, records),
        MarkKind::Waffle => waffle::draw(plan, records),
        MarkKind::Dot | MarkKind::Range | MarkKind::Line | MarkKind::Step => {
            plot::draw(plan, records)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_register_gives_empty_pictures() {
        let register = Register::default();
        assert_eq!(of(&register).len(), 7);
        for chart in of(&register) {
            let picture = build(&register, chart, CountingRule::default());
            assert_eq!(picture.id, chart.id.as_str());
            assert!(
                matches!(picture.body, crate::picture::Body::Empty(_)),
                "{}",
                chart.id
            );
        }
    }
}
