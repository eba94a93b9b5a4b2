//! The terms that a register defines for itself: priorities, themes and the ladder of strength.
//! Data, so that a user may edit them.

use super::check::CheckContext;
use super::messages::Problem;
use super::schema::record;
use super::{Citation, Id, Record};

record! {
    /// A priority under which the documents group their commitments.
    pub struct Priority "Priority" {
        id: required Id, "Readable slug.";
        name: required String, "Its name.";
        short: optional String, "A name of one or two words, for charts.";
        rank: required u8, "Its place in the order, from 1.";
        meaning: optional String, "What it covers.";
        citations: list Citation, "Where the documents state it.";
    }
}

record! {
    /// A subject that analysts follow.
    pub struct Theme "Theme" {
        id: required Id, "Readable slug.";
        name: required String, "Its name.";
        meaning: optional String, "What it covers.";
    }
}

record! {
    /// A step of the ladder of strength, with the verbs that place a commitment on it.
    pub struct LadderStep "Step" {
        id: required Id, "Readable slug.";
        rank: optional u8, "6 (firmest) to 0. Left out for kinds that have no rank.";
        label: required String, "Its name.";
        meaning: optional String, "What it says.";
        verbs: list String, "The verbs that place a commitment here.";
    }
}

impl LadderStep {
    /// "5 · explicit commitment", "– · practice".
    pub fn ranked_label(&self) -> String {
        match self.rank {
            Some(rank) => format!("{rank} · {}", self.label),
            None => format!("– · {}", self.label),
        }
    }
}

impl Record for Priority {
    fn title(&self) -> &str {
        &self.name
    }
    fn short_title(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.name)
    }
    fn citations(&self) -> &[Citation] {
        &self.citations
    }
    fn check(&self, check: &mut CheckContext<'_>) {
        check.check_text("name", &self.name);
    }
}

impl Record for Theme {
    fn title(&self) -> &str {
        &self.name
    }
    fn check(&self, check: &mut CheckContext<'_>) {
        check.check_text("name", &self.name);
    }
}

impl Record for LadderStep {
    fn title(&self) -> &str {
        &self.label
    }
    fn check(&self, check: &mut CheckContext<'_>) {
        check.check_text("label", &self.label);
        if let Some(rank) = self.rank
            && rank > 6
        {
            check.report(&["rank"], Problem::BadRank);
        }
    }
}
