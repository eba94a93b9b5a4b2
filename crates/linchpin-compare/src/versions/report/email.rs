//! Changes as a plain e-mail: a subject, the counts, then what matters most, in lines of 72
//! columns.

use super::VersionNames;
use crate::versions::change_groups::{ChangeGroup, ChangeImportance};
use crate::versions::detail_lines::DiffSign;
use crate::versions::version_change::{VersionChange, VersionChangeKind, VersionDiff};
use linchpin_register::tables::text_width::{display_width, wrap_text};

/// The longest line, in columns.
const MAX_COLUMNS: usize = 72;
/// How many changes are told; the others are only counted.
const MAX_DETAILED_CHANGES: usize = 40;
/// The longest name of a register in the subject, in characters.
const MAX_TITLE_CHARS: usize = 40;

/// The whole e-mail, its subject first.
pub fn email(changes: &VersionDiff, names: &VersionNames) -> String {
    let mut out = subject(changes, names);
    out.push('\n');
    let what = match names.title.as_str() {
        "" => "the register".to_owned(),
        title => format!("“{title}”"),
    };
    let intro = format!("Changes in {what} from {} to {}.", names.old, names.new);
    out.push_str(&wrap_text(&intro, MAX_COLUMNS, ""));
    let groups = changes.groups();
    if groups.is_empty() {
        out.push_str("\nNo differences.\n");
        return out;
    }
    out.push_str("\nIn short\n");
    for group in &groups {
        out.push_str(&wrap_text(&group.count_label(), MAX_COLUMNS, "  "));
    }
    let mut left = MAX_DETAILED_CHANGES;
    for group in groups.iter().filter(|group| is_detailed(group)) {
        let shown = group.changes.len().min(left);
        if shown == 0 {
            continue;
        }
        out.push_str(&format!("\n{}\n", group.heading));
        for entry in group.changes.iter().take(shown) {
            write_change(&mut out, entry);
        }
        if let Some(more) = group.changes.len().checked_sub(shown).filter(|m| *m > 0) {
            out.push_str(&format!("  … and {more} more\n"));
        }
        left -= shown;
    }
    out
}

/// A subject in one line, with the counts that matter most.
fn subject(changes: &VersionDiff, names: &VersionNames) -> String {
    let groups = changes.groups();
    let told = groups.iter().filter(|group| is_detailed(group));
    let counts: Vec<String> = told.map(ChangeGroup::count_label).collect();
    let name: String = match names.title.chars().count() > MAX_TITLE_CHARS {
        true => {
            let cut: String = names.title.chars().take(MAX_TITLE_CHARS - 1).collect();
            format!("{}…", cut.trim_end())
        }
        false => names.title.clone(),
    };
    let mut line = match name.as_str() {
        "" => "Subject: Register".to_owned(),
        name => format!("Subject: {}", name.replace(['\n', '\r'], " ")),
    };
    let rest = match (counts.is_empty(), groups.is_empty()) {
        (_, true) => vec!["no differences".to_owned()],
        (true, false) => vec!["minor changes".to_owned()],
        (false, _) => counts,
    };
    for (at, words) in rest.iter().enumerate() {
        let sign = if at == 0 { ": " } else { ", " };
        if at > 0 && display_width(&line) + display_width(words) + 2 > MAX_COLUMNS + 6 {
            line.push_str(", …");
            break;
        }
        line.push_str(sign);
        line.push_str(words);
    }
    line.push('\n');
    line
}

/// What an e-mail tells in full: what commitments say and how far they are met, and new numbers.
fn is_detailed(group: &ChangeGroup<'_>) -> bool {
    match group.importance {
        ChangeImportance::Policy => !matches!(group.kind, VersionChangeKind::Changed),
        ChangeImportance::Facts => {
            let kind = group.record_kind;
            matches!(kind, Some(linchpin_register::RecordKind::Figure))
                || matches!(
                    group.kind,
                    VersionChangeKind::Added | VersionChangeKind::Removed
                ) && kind == Some(linchpin_register::RecordKind::Document)
        }
        ChangeImportance::Housekeeping => false,
    }
}

fn write_change(out: &mut String, entry: &VersionChange) {
    let line = format!("{}: {}", entry.title(), entry.headline());
    out.push_str(&wrap_text(&line, MAX_COLUMNS, "- "));
    for line in entry.detail_lines() {
        let first = match line.sign {
            DiffSign::Old => "  Before: ",
            DiffSign::New => "  After:  ",
            DiffSign::Both => "  ",
        };
        out.push_str(&wrap_text(&line.text, MAX_COLUMNS, first));
    }
}
