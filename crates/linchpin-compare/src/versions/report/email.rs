//! Changes as a plain e-mail: a subject, the counts, then what matters most, in lines of 72
//! columns.

use super::Names;
use crate::versions::detail::Sign;
use crate::versions::entry::{Changes, Entry, What};
use crate::versions::groups::{Group, Weight};
use linchpin_register::tables::width::{display_width, wrap_text};

/// The longest line, in columns.
const WIDTH: usize = 72;
/// How many changes are told; the others are only counted.
const MAX_TOLD: usize = 40;
/// The longest name of a register in the subject, in characters.
const MAX_NAME: usize = 40;

/// The whole e-mail, its subject first.
pub fn email(changes: &Changes, names: &Names) -> String {
    let mut out = subject(changes, names);
    out.push('\n');
    let what = match names.title.as_str() {
        "" => "the register".to_owned(),
        title => format!("“{title}”"),
    };
    let intro = format!("Changes in {what} from {} to {}.", names.old, names.new);
    out.push_str(&wrap_text(&intro, WIDTH, ""));
    let groups = changes.groups();
    if groups.is_empty() {
        out.push_str("\nNo differences.\n");
        return out;
    }
    out.push_str("\nIn short\n");
    for group in &groups {
        out.push_str(&wrap_text(&group.counted(), WIDTH, "  "));
    }
    let mut left = MAX_TOLD;
    for group in groups.iter().filter(|group| is_told(group)) {
        let shown = group.entries.len().min(left);
        if shown == 0 {
            continue;
        }
        out.push_str(&format!("\n{}\n", group.heading));
        for entry in group.entries.iter().take(shown) {
            item(&mut out, entry);
        }
        if let Some(more) = group.entries.len().checked_sub(shown).filter(|m| *m > 0) {
            out.push_str(&format!("  … and {more} more\n"));
        }
        left -= shown;
    }
    out
}

/// A subject in one line, with the counts that matter most.
fn subject(changes: &Changes, names: &Names) -> String {
    let groups = changes.groups();
    let told = groups.iter().filter(|group| is_told(group));
    let counts: Vec<String> = told.map(Group::counted).collect();
    let name: String = match names.title.chars().count() > MAX_NAME {
        true => {
            let cut: String = names.title.chars().take(MAX_NAME - 1).collect();
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
        if at > 0 && display_width(&line) + display_width(words) + 2 > WIDTH + 6 {
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
fn is_told(group: &Group<'_>) -> bool {
    match group.weight {
        Weight::Policy => !matches!(group.what, What::Changed),
        Weight::Facts => {
            let kind = group.kind;
            matches!(kind, Some(linchpin_register::RecordKind::Figure))
                || matches!(group.what, What::Added | What::Gone)
                    && kind == Some(linchpin_register::RecordKind::Document)
        }
        Weight::Housekeeping => false,
    }
}

fn item(out: &mut String, entry: &Entry) {
    let line = format!("{}: {}", entry.title(), entry.headline());
    out.push_str(&wrap_text(&line, WIDTH, "- "));
    for line in entry.lines() {
        let first = match line.sign {
            Sign::Old => "  Before: ",
            Sign::New => "  After:  ",
            Sign::Both => "  ",
        };
        out.push_str(&wrap_text(&line.words, WIDTH, first));
    }
}
