//! Events: what happened, and when.

use super::check::Check;
use super::citation::{Citation, Dated};
use super::codes;
use super::declare::record;
use super::{Body, Id, Instrument, Link, Party, Record, Theme};

record! {
    /// Something dated.
    pub struct Event "Event" {
        id: required Id, "Readable slug, unique in the register.";
        title: required String, "What happened, in a few words.";
        date: required Dated, "When.";
        end: optional Dated, "When it ended, where it lasted.";
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
    fn check(&self, check: &mut Check<'_>) {
        check.text("title", &self.title);
        check.cited(&self.citations);
        check.dated(&["date"], &self.date);
        if let Some(end) = &self.end {
            check.dated(&["end"], end);
            if end.date.end_year() <= self.date.date.start_year() {
                check.error(
                    &["end"],
                    codes::ORDER,
                    "This event ends before it begins",
                    "swap date and end",
                );
            }
        }
    }
}
