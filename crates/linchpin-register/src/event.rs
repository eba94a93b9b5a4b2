//! Events: what happened, and when.

use super::check::CheckContext;
use super::citation::{Citation, SourcedDate};
use super::messages::Problem;
use super::schema::record;
use super::{Body, Id, Instrument, Link, Party, Record, Theme};

record! {
    /// Something dated.
    pub struct Event "Event" {
        id: required Id, "Readable slug, unique in the register.";
        title: required String, "What happened, in a few words.";
        date: required SourcedDate, "When.";
        end: optional SourcedDate, "When it ended, where it lasted.";
        parties: list Link<Party>, "Who took part.";
        bodies: list Link<Body>, "Bodies concerned.";
        instruments: list Link<Instrument>, "Instruments concerned.";
        themes: list Link<Theme>, "Its subjects.";
        note: optional String, "A remark.";
        citations: list Citation, "Where it stands. Needed.";
    }
}

impl Record for Event {
    fn title(&self) -> &str {
        &self.title
    }
    fn citations(&self) -> &[Citation] {
        &self.citations
    }
    fn check(&self, check: &mut CheckContext<'_>) {
        check.check_text("title", &self.title);
        check.require_citations(&self.citations);
        check.check_date(&["date"], &self.date);
        if let Some(end) = &self.end {
            check.check_date(&["end"], end);
            if self.date.date.is_after(&end.date) {
                check.report(&["end"], Problem::EventOrder);
            }
        }
    }
}
