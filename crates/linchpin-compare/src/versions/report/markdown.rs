//! Changes as Markdown, for notes and pull requests: counts, then each change with its words.

use super::VersionNames;
use crate::versions::change_groups::ChangeGroup;
use crate::versions::detail_lines::DiffSign;
use crate::versions::version_change::{
    RecordSnapshot, VersionChange, VersionChangeKind, VersionDiff,
};

/// A page of Markdown.
pub fn markdown(changes: &VersionDiff, names: &VersionNames) -> String {
    let mut out = format!("# Changes in {}\n\n", escape_inline(&names.title));
    out.push_str(&format!(
        "From {} to {}.\n",
        escape_inline(&names.old),
        escape_inline(&names.new)
    ));
    if changes.changes.is_empty() {
        out.push_str("\nNo differences.\n");
        return out;
    }
    let groups = changes.groups();
    out.push_str("\n| What | How many |\n| --- | ---: |\n");
    for group in &groups {
        let count: usize = group.changes.iter().map(|entry| entry.count).sum();
        out.push_str(&format!("| {} | {count} |\n", group.heading));
    }
    for group in &groups {
        out.push_str(&format!("\n## {}\n\n", group.heading));
        match group.kind {
            VersionChangeKind::Weakened
            | VersionChangeKind::Strengthened
            | VersionChangeKind::StepChanged => write_step_table(&mut out, group),
            _ => group.changes.iter().for_each(|e| write_change(&mut out, e)),
        }
    }
    out
}

/// Both steps beside each other, with the words.
fn write_step_table(out: &mut String, group: &ChangeGroup<'_>) {
    out.push_str("| Commitment | Before | After | Words before | Words after |\n");
    out.push_str("| --- | --- | --- | --- | --- |\n");
    let gist =
        |side: &Option<RecordSnapshot>| side.as_ref().map_or("", |side| &side.summary).to_owned();
    let words = |side: &Option<RecordSnapshot>| {
        let cited = side.as_ref().map_or(&[][..], |side| &side.cited);
        let words: Vec<String> = cited.iter().map(|cited| cited.quotation()).collect();
        words.join("; ")
    };
    for entry in &group.changes {
        let title = match &entry.reason {
            Some(why) => format!("{} ({why})", entry.title()),
            None => entry.title().to_owned(),
        };
        let cells = [
            title,
            gist(&entry.old),
            gist(&entry.new),
            words(&entry.old),
            words(&entry.new),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| escape_inline(cell)).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
}

fn write_change(out: &mut String, entry: &VersionChange) {
    let headline = escape_inline(&entry.headline());
    match (entry.record_kind, entry.id()) {
        (Some(kind), "") => out.push_str(&format!("- {}: {headline}\n", kind.title())),
        (None, _) => out.push_str(&format!("- {headline}\n")),
        (Some(_), id) => {
            let title = escape_inline(entry.title());
            out.push_str(&format!("- **{title}** (`{id}`): {headline}\n"));
        }
    }
    for line in entry.detail_lines() {
        let words = escape_inline(&line.text);
        out.push_str(&match line.sign {
            DiffSign::Old => format!("  - Before: {words}\n"),
            DiffSign::New => format!("  - After: {words}\n"),
            DiffSign::Both => format!("  - {words}\n"),
        });
    }
}

/// Words that Markdown reads as words, on one line.
pub fn escape_inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
