//! The charts: from register and counting rule to a picture as a plain value.
//!
//! A chart is a record of the register ([`Chart`]); a register that states none has the standard ones.

mod bodies;
mod committers;
mod figures;
mod ladder;
mod priorities;
mod share;
mod strength;
mod themes;
mod timeline;

use crate::bundled;
use crate::picture::Picture;
use crate::query::CountingRule;
use crate::register::{Chart, Register, load};
use std::sync::{Arc, OnceLock};

/// How the standard charts are made until the grammar makes them.
static BUILDERS: &[&ChartSpec] = &[
    &figures::CHART,
    &priorities::CHART,
    &themes::CHART,
    &strength::CHART,
    &committers::CHART,
    &timeline::CHART,
    &bodies::CHART,
];

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

/// The standard charts, as a register of their own.
pub fn standard() -> &'static Register {
    static STANDARD: OnceLock<Arc<Register>> = OnceLock::new();
    STANDARD.get_or_init(|| load(bundled::CHARTS, Vec::new()).register)
}

/// Makes a chart of the register's records. Never fails: what cannot be drawn gives a picture that says why, and what to do.
/// `rule` counts where the chart itself does not say how.
pub fn build(register: &Register, chart: &Chart, rule: CountingRule) -> Picture {
    BUILDERS
        .iter()
        .find(|spec| spec.id == chart.id.as_str())
        .map_or_else(
            || BUILDERS[0].empty(register, String::new(), "not yet"),
            |spec| (spec.build)(register, rule),
        )
}

/// What a chart is.
struct ChartSpec {
    /// The name on the command line.
    pub id: &'static str,
    pub title: &'static str,
    /// Makes it. Never fails: a register that has nothing to show gives a picture that says so.
    pub build: fn(&Register, CountingRule) -> Picture,
}

impl ChartSpec {
    /// A picture of nothing.
    fn empty(&self, register: &Register, subtitle: String, why: &str) -> Picture {
        Picture {
            id: self.id.into(),
            guides: Vec::new(),
            remarks: Vec::new(),
            title: self.title.into(),
            subtitle,
            note: None,
            source: share::source_line(register, &[]),
            description: format!("{}. Nothing to draw: {why}", self.title),
            citations: Vec::new(),
            body: crate::picture::Body::Empty(why.into()),
        }
    }

    /// A picture of no commitments, which says whether the rule or the register is the reason.
    fn without_commitments(&self, register: &Register, rule: CountingRule) -> Picture {
        let why = if register.commitments.is_empty() {
            "The register has no commitments yet. Add the first one to the list “commitments” in the file."
        } else {
            "The counting rule leaves no commitment. Count all records and all voices to see them."
        };
        self.empty(register, share::counted(0, rule), why)
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
                chart.id.as_str()
            );
        }
    }
}
