//! Dismissals: sentences that yield no record, and why.

use super::check::CheckContext;
use super::citation::Citation;
use super::messages::Problem;
use super::schema::record;
use super::vocabulary::DismissalReason;
use super::{Id, Record};

record! {
    /// A sentence that somebody has looked at and that yields no record.
    pub struct Dismissal "Dismissal" {
        id: required Id, "Readable slug, unique in the register.";
        reason: required DismissalReason, "Why it yields no record.";
        note: optional String, "The reason in own words. Needed where it is another one than those \
            listed.";
        citations: list Citation, "The sentence: its document, its paragraph, a phrase of it. \
            Needed.";
    }
}

impl Record for Dismissal {
    fn title(&self) -> &str {
        let citation = self.citations.first();
        let phrase = citation.and_then(|c| c.phrase.as_deref());
        phrase.unwrap_or(self.id.as_str())
    }
    fn citations(&self) -> &[Citation] {
        &self.citations
    }
    fn check(&self, check: &mut CheckContext<'_>) {
        check.require_citations(&self.citations);
        if self.reason == DismissalReason::Other && self.note.is_none() {
            check.report_if_missing("note", &["reason"], Problem::NoDismissalNote);
        }
        for (index, citation) in self.citations.iter().enumerate() {
            if citation.external {
                check.report_at_item("citations", index, Problem::ExternalDismissal);
            }
        }
    }
}
