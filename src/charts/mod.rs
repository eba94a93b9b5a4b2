//! The charts: from register and counting rule to a picture as a plain value.
//!
//! A new chart is one new file and its line in [`ALL`].

mod bodies;
mod committers;
mod figures;
mod ladder;
mod priorities;
mod share;
mod strength;
mod themes;
mod timeline;

use crate::picture::Picture;
use crate::query::CountingRule;
use crate::register::Register;

/// Every chart, in the order of `linchpin list`.
pub static ALL: &[&ChartSpec] = &[
    &figures::CHART,
    &priorities::CHART,
    &themes::CHART,
    &strength::CHART,
    &committers::CHART,
    &timeline::CHART,
    &bodies::CHART,
];

/// What a chart is.
pub struct ChartSpec {
    /// The name on the command line.
    pub id: &'static str,
    pub title: &'static str,
    /// One line that says what it shows.
    pub about: &'static str,
    /// Makes it. Never fails: a register that has nothing to show gives a picture that says so.
    pub build: fn(&Register, CountingRule) -> Picture,
}

/// The chart with this id.
pub fn by_id(id: &str) -> Option<&'static ChartSpec> {
    ALL.iter().copied().find(|chart| chart.id == id)
}

impl ChartSpec {
    /// A picture of nothing.
    fn empty(&self, register: &Register, subtitle: String, why: &str) -> Picture {
        Picture {
            id: self.id,
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
    fn ids_are_unique_and_an_empty_register_gives_empty_pictures() {
        for chart in ALL {
            assert_eq!(
                by_id(chart.id).map(|c| c.title),
                Some(chart.title),
                "{}",
                chart.id
            );
            let picture = (chart.build)(&Register::default(), CountingRule::default());
            assert_eq!(picture.id, chart.id);
            assert!(
                matches!(picture.body, crate::picture::Body::Empty(_)),
                "{}",
                chart.id
            );
        }
    }
}
