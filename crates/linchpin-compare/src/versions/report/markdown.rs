//! Changes as Markdown, for notes and pull requests: counts, then each change with its words.

use super::Names;
use crate::versions::detail::Sign;
use crate::versions::entry::{Changes, Entry, Side, What};
use crate::versions::groups::Group;

/// A page of Markdown.
pub fn markdown(changes: &Changes, names: &Names) -> String {
    let mut out = format!("# Changes in {}\n\n", inline(&names.title));
    out.push_str(&format!(
        "From {} to {}.\n",
        inline(&names.old),
        inline(&names.new)
    ));
    if changes.entries.is_empty() {
        out.push_str("\nNo differences.\n");
        return out;
    }
    let groups = changes.groups();
    out.push_str("\n| What | How many |\n| --- | ---: |\n");
    for group in &groups {
        let count: usize = group.entries.iter().map(|entry| entry.count).sum();
        out.push_str(&format!("| {} | {count} |\n", group.heading));
    }
    for group in &groups {
        out.push_str(&format!("\n## {}\n\n", group.heading));
        match group.what {
            What::Weakened | What::Strengthened | What::OtherStep => steps(&mut out, group),
            _ => group.entries.iter().for_each(|e| item(&mut out, e)),
        }
    }
    out
}

/// Both steps beside each other, with the words.
fn steps(out: &mut String, group: &Group<'_>) {
    out.push_str("| Commitment | Before | After | Words before | Words after |\n");
    out.push_str("| --- | --- | --- | --- | --- |\n");
    let gist = |side: &Option<Side>| side.as_ref().map_or("", |side| &side.gist).to_owned();
    let words = |side: &Option<Side>| {
        let cited = side.as_ref().map_or(&[][..], |side| &side.cited);
        let words: Vec<String> = cited.iter().map(|cited| cited.words()).collect();
        words.join("; ")
    };
    for entry in &group.entries {
        let title = match &entry.because {
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
        let cells: Vec<String> = cells.iter().map(|cell| inline(cell)).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
}

fn item(out: &mut String, entry: &Entry) {
    let headline = inline(&entry.headline());
    match (entry.kind, entry.id()) {
        (Some(kind), "") => out.push_str(&format!("- {}: {headline}\n", kind.title())),
        (None, _) => out.push_str(&format!("- {headline}\n")),
        (Some(_), id) => {
            let title = inline(entry.title());
            out.push_str(&format!("- **{title}** (`{id}`): {headline}\n"));
        }
    }
    for line in entry.lines() {
        let words = inline(&line.words);
        out.push_str(&match line.sign {
            Sign::Old => format!("  - Before: {words}\n"),
            Sign::New => format!("  - After: {words}\n"),
            Sign::Both => format!("  - {words}\n"),
        });
    }
}

/// Words that Markdown reads as words, on one line.
pub fn inline(text: &str) -> String {
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
