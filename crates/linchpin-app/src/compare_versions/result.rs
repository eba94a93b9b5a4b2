//! What a comparison has found, as the page shows it: headings with rows, in words.

use linchpin_compare::versions::{Changes, Entry, Line, Names, Weight, changes};
use linchpin_register::LoadedRegister;

/// What was found.
pub struct VersionsResult {
    pub names: Names,
    pub changes: Changes,
    /// "2 commitments withdrawn, 1 new figure"
    pub counts: String,
    pub sections: Vec<ChangeSection>,
}

/// Changes of one sort.
pub struct ChangeSection {
    pub heading: String,
    pub weight: Weight,
    pub rows: Vec<ChangeRow>,
}

/// One change.
pub struct ChangeRow {
    /// The id of the record; empty for what concerns no single one.
    pub id: String,
    pub title: String,
    pub headline: String,
    pub lines: Vec<Line>,
}

impl VersionsResult {
    /// Compares the other version with the register on screen; `turned`: that is the earlier one.
    pub fn compute(
        other: (String, LoadedRegister),
        now: (String, LoadedRegister),
        turned: bool,
    ) -> Self {
        let (old, new) = match turned {
            false => (other, now),
            true => (now, other),
        };
        let changes = changes(&old.1, &new.1);
        let sections = changes.groups().into_iter().map(|group| ChangeSection {
            heading: group.heading.clone(),
            weight: group.weight,
            rows: group
                .entries
                .iter()
                .map(|entry| change_row(entry))
                .collect(),
        });
        VersionsResult {
            sections: sections.collect(),
            counts: changes.in_words(),
            names: Names {
                title: new.1.register.title.clone(),
                old: old.0,
                new: new.0,
            },
            changes,
        }
    }
}

fn change_row(entry: &Entry) -> ChangeRow {
    let title = match (entry.kind, entry.id()) {
        (Some(kind), "") => kind.title(),
        (_, _) => entry.title(),
    };
    ChangeRow {
        id: entry.id().to_owned(),
        title: title.to_owned(),
        headline: entry.headline(),
        lines: entry.lines(),
    }
}
