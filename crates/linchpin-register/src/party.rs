//! Parties: whoever promises, receives, meets or commands.

use super::check::{CheckContext, uppercase_code};
use super::codes;
use super::schema::record;
use super::vocabulary::PartyKind;
use super::{Id, Link, Record, RecordKind};
use ron_lossless::Severity;

record! {
    /// A state, organization, command, office, person, region or grouping.
    pub struct Party "Party" {
        id: required Id, "Readable slug, unique in the register.";
        name: required String, "Full name.";
        short: optional String, "Short name, for tables and charts.";
        kind: required PartyKind, "What it is.";
        code: optional String, "ISO 3166-1 alpha-3 code of a state, such as KOR.";
        native_name: optional String, "Name in its own language.";
        role: optional String, "A person's post at the time.";
        parent: optional Link<Party>, "The party it belongs to.";
        members: list Link<Party>, "The members of a grouping.";
        note: optional String, "A remark.";
    }
}

impl Record for Party {
    fn title(&self) -> &str {
        &self.name
    }
    fn short_title(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.name)
    }
    fn parent(&self) -> Option<(RecordKind, &str)> {
        let parent = self.parent.as_ref()?;
        Some((RecordKind::Party, parent.as_str()))
    }
    fn check(&self, check: &mut CheckContext<'_>) {
        check.check_text("name", &self.name);
        if let Some(code) = &self.code
            && (code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()))
        {
            check.error_with_replacement(
                &["code"],
                codes::BAD_CODE,
                "A country code has three capital letters (ISO 3166-1 alpha-3)",
                "write the code, such as \"KOR\"",
                [code, &uppercase_code(code)],
            );
        }
        if self.kind == PartyKind::Grouping && self.members.is_empty() {
            check.error_if_missing(
                "members",
                &["kind"],
                Severity::Warning,
                codes::NO_MEMBERS,
                "This grouping names no members",
                "add members: [\"…\"] with the ids of parties",
            );
        }
    }
}
