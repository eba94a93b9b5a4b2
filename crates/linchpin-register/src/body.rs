//! Consultative bodies, dialogues and working groups.

use super::check::CheckContext;
use super::citation::{Citation, SourcedDate};
use super::schema::record;
use super::vocabulary::BodyKind;
use super::{Id, Link, Party, Priority, Record, RecordKind, Theme};

record! {
    /// A consultative body, dialogue, working group or command arrangement.
    pub struct Body "Body" {
        id: required Id, "Readable slug, unique in the register.";
        name: required String, "Full name.";
        abbreviation: optional String, "Such as NCG.";
        native_name: optional String, "Name in another language of its members.";
        kind: required BodyKind, "What it is.";
        members: list Link<Party>, "Who sits in it.";
        parent: optional Link<Body>, "The body above it.";
        established: optional SourcedDate, "When it was set up or first met.";
        mandate: optional String, "What it is for, in a line.";
        priority: optional Link<Priority>, "The priority it serves.";
        themes: list Link<Theme>, "Its subjects.";
        note: optional String, "A remark.";
        citations: list Citation, "Where it is named. Needed.";
    }
}

impl Record for Body {
    fn title(&self) -> &str {
        &self.name
    }
    fn short_title(&self) -> &str {
        self.abbreviation.as_deref().unwrap_or(&self.name)
    }
    fn citations(&self) -> &[Citation] {
        &self.citations
    }
    fn parent(&self) -> Option<(RecordKind, &str)> {
        self.parent.as_ref().map(|p| (RecordKind::Body, p.as_str()))
    }
    fn check(&self, check: &mut CheckContext<'_>) {
        check.check_text("name", &self.name);
        check.require_citations(&self.citations);
        if let Some(established) = &self.established {
            check.check_date(&["established"], established);
        }
    }
}
