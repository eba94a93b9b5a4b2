//! Concerns: threats and worries that a document states. Never commitments.

use super::check::CheckContext;
use super::citation::Citation;
use super::schema::record;
use super::{Id, Link, Party, Record, Theme};

record! {
    /// A threat or worry that a document states, with its hedge.
    pub struct Concern "Concern" {
        id: required Id, "Readable slug, unique in the register.";
        title: required String, "A short name in own words.";
        statement: required String, "What is feared, paraphrased in one sentence.";
        actors: list Link<Party>, "Whose conduct worries.";
        targets: list Link<Party>, "Who is threatened.";
        hedge: optional String, "The text's own words for how sure it is.";
        themes: list Link<Theme>, "Its subjects.";
        note: optional String, "A remark.";
        citations: list Citation, "Where it stands. Needed.";
    }
}

impl Record for Concern {
    fn title(&self) -> &str {
        &self.title
    }
    fn citations(&self) -> &[Citation] {
        &self.citations
    }
    fn check(&self, check: &mut CheckContext<'_>) {
        check.check_text("title", &self.title);
        check.check_text("statement", &self.statement);
        check.require_citations(&self.citations);
    }
}
