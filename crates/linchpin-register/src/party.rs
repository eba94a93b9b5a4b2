//! Parties: whoever promises, receives, meets or commands.

use super::check::{CheckContext, uppercase_code};
use super::messages::Problem;
use super::schema::record;
use super::vocabulary::PartyKind;
use super::{Id, Link, Record, RecordKind};

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
            let change = [code.as_str(), &uppercase_code(code)];
            check.report_with_replacement(&["code"], Problem::BadCountryCode, change);
        }
        if self.kind == PartyKind::Grouping && self.members.is_empty() {
            check.report_if_missing("members", &["kind"], Problem::NoMembers);
        }
    }
}
