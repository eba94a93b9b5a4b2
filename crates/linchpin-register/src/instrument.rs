//! Treaties, declarations, strategies, plans and processes that are named.

use super::check::CheckContext;
use super::citation::{Citation, SourcedDate};
use super::messages::Problem;
use super::schema::record;
use super::vocabulary::InstrumentKind;
use super::{Document, Id, Link, Party, Priority, Record, Theme};

record! {
    /// A treaty, declaration, strategy, plan, process, system or program that a document names.
    pub struct Instrument "Instrument" {
        id: required Id, "Readable slug, unique in the register.";
        name: required String, "Full name.";
        short: optional String, "Short name or abbreviation.";
        native_name: optional String, "Name in another language of its parties.";
        kind: required InstrumentKind, "What it is.";
        parties: list Link<Party>, "Whose it is.";
        signed: optional SourcedDate, "When it was signed or adopted.";
        in_force: optional SourcedDate, "When it came into force.";
        document: optional Link<Document>, "Its text, where that is recorded.";
        priority: optional Link<Priority>, "The priority under which it is named.";
        themes: list Link<Theme>, "Its subjects.";
        note: optional String, "A remark.";
        citations: list Citation, "Where it is named. Needed.";
    }
}

impl Record for Instrument {
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
        check.require_citations(&self.citations);
        for (field, dated) in [("signed", &self.signed), ("in_force", &self.in_force)] {
            if let Some(dated) = dated {
                check.check_date(&[field], dated);
            }
        }
        if let (Some(signed), Some(in_force)) = (&self.signed, &self.in_force)
            && signed.date.is_after(&in_force.date)
        {
            check.report(&["in_force"], Problem::SigningOrder);
        }
    }
}
