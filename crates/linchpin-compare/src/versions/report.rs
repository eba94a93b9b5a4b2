//! Changes as a report: for a terminal, as Markdown, as an e-mail, and as JSON.

use super::change_groups::{ChangeGroup, ChangeImportance};
use super::version_change::{RecordSnapshot, VersionChange, VersionChangeKind, VersionDiff};
use linchpin_register::RecordKind;
use linchpin_report::text::{EMAIL_COLUMNS, TextStyle};
use linchpin_report::text_width::display_width;
use linchpin_report::{Block, Column, InlineText, ListItem, Report, Table, TextRun};
use serde_json::{Value, json};

/// How many changes an e-mail tells; the others are only counted.
const MAX_DETAILED_CHANGES: usize = 40;
/// The longest name of a register in the subject of an e-mail, in characters.
const MAX_TITLE_CHARS: usize = 40;

/// What the two versions are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionNames {
    /// What the register is about.
    pub title: String,
    /// "register.ron at HEAD"
    pub old: String,
    /// The later one.
    pub new: String,
}

/// The changes for a terminal: under each heading the records, below each what was said before and
/// what is said now.
pub fn terminal(changes: &VersionDiff, names: &VersionNames) -> Report {
    let mut report = Report::default();
    if changes.changes.is_empty() {
        report.blocks.push(Block::paragraph("No differences."));
        return report;
    }
    let versions = format!("From {} to {}", names.old, names.new);
    report.blocks.push(Block::paragraph(versions));
    for group in changes.groups() {
        let heading = format!("{} ({})", group.heading, group.changes.len());
        let items = group.changes.iter().map(|entry| item(entry)).collect();
        let section = Block::section(heading, vec![Block::List(items)]);
        report.blocks.push(section);
    }
    report.blocks.push(match changes.is_formatting_only() {
        true => Block::paragraph("They say the same."),
        false => Block::paragraph(format!("In all: {}", changes.summary())),
    });
    report
}

/// A page of Markdown: counts, then each change with its words.
pub fn markdown(changes: &VersionDiff, names: &VersionNames) -> String {
    let versions = format!("From {} to {}.", names.old, names.new);
    let mut report = Report {
        title: format!("Changes in {}", names.title),
        blocks: vec![Block::paragraph(versions)],
    };
    let groups = changes.groups();
    report.blocks.push(match groups.is_empty() {
        true => Block::paragraph("No differences."),
        false => {
            let row = |group: &ChangeGroup<'_>| (group.heading.clone(), group.record_count());
            Block::Counts(["What", "How many"], groups.iter().map(row).collect())
        }
    });
    for group in &groups {
        let block = match group.kind {
            VersionChangeKind::Weakened
            | VersionChangeKind::Strengthened
            | VersionChangeKind::StepChanged => Block::Table(step_table(group)),
            _ => Block::List(group.changes.iter().map(|entry| item(entry)).collect()),
        };
        let section = Block::section(group.heading.clone(), vec![block]);
        report.blocks.push(section);
    }
    linchpin_report::markdown::write(&report, 1)
}

/// Both steps next to each other, with the words.
fn step_table(group: &ChangeGroup<'_>) -> Table {
    let heads = [
        "Commitment",
        "Before",
        "After",
        "Words before",
        "Words after",
    ];
    let summary = |side: &Option<RecordSnapshot>| {
        let summary = side.as_ref().map(|side| side.summary.clone());
        summary.unwrap_or_default()
    };
    let words = |side: &Option<RecordSnapshot>| {
        let cited = side.as_ref().map_or(&[][..], |side| &side.cited);
        let words: Vec<String> = cited.iter().map(|cited| cited.quotation()).collect();
        words.join("; ")
    };
    let row = |entry: &&VersionChange| {
        let title = match &entry.reason {
            Some(why) => format!("{} ({why})", entry.title()),
            None => entry.title().to_owned(),
        };
        let (old, new) = (&entry.old, &entry.new);
        let cells = [title, summary(old), summary(new), words(old), words(new)];
        cells.map(Into::into).to_vec()
    };
    Table {
        columns: heads.map(Column::new).to_vec(),
        rows: group.changes.iter().map(row).collect(),
    }
}

/// The record, its headline, and the words below it.
fn item(entry: &VersionChange) -> ListItem {
    let title = |words: &str| TextRun::Strong(words.to_owned());
    let words = match (entry.record_kind, entry.id()) {
        (None, _) => vec![title("The register")],
        (Some(kind), "") => vec![title(kind.title())],
        (Some(_), id) => {
            let (space, id) = (TextRun::Plain(" ".into()), TextRun::Id(id.into()));
            vec![title(entry.title()), space, id]
        }
    };
    let details = entry.detail_lines().into_iter().map(|line| ListItem {
        sign: Some(line.sign),
        ..ListItem::new(line.text)
    });
    ListItem {
        sign: None,
        words: InlineText(words),
        detail: entry.headline(),
        items: details.collect(),
    }
}

/// A plain e-mail, its subject first: the counts, then what matters most.
pub fn email(changes: &VersionDiff, names: &VersionNames) -> String {
    let what = match names.title.as_str() {
        "" => "the register".to_owned(),
        title => format!("“{title}”"),
    };
    let intro = format!("Changes in {what} from {} to {}.", names.old, names.new);
    let mut blocks = vec![Block::paragraph(intro)];
    let groups = changes.groups();
    if groups.is_empty() {
        blocks.push(Block::paragraph("No differences."));
    } else {
        let counts = groups
            .iter()
            .map(|group| ListItem::new(group.count_label()));
        let counts = Block::List(counts.collect());
        blocks.push(Block::section("In short", vec![counts]));
    }
    let mut left = MAX_DETAILED_CHANGES;
    for group in groups.iter().filter(|group| is_detailed(group)) {
        let shown = group.changes.len().min(left);
        if shown == 0 {
            continue;
        }
        let without_id = |entry: &&VersionChange| ListItem {
            words: entry.title().into(),
            ..item(entry)
        };
        let mut items: Vec<_> = group.changes.iter().take(shown).map(without_id).collect();
        if group.changes.len() > shown {
            let more = group.changes.len() - shown;
            items.push(ListItem::new(format!("… and {more} more")));
        }
        blocks.push(Block::section(
            group.heading.clone(),
            vec![Block::List(items)],
        ));
        left -= shown;
    }
    let report = Report::untitled(blocks);
    let body = linchpin_report::text::write(&report, TextStyle::Email);
    format!("{}\n{body}", subject(&groups, names))
}

/// A subject in one line, with the counts that matter most.
fn subject(groups: &[ChangeGroup<'_>], names: &VersionNames) -> String {
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
        // 78 columns in all: RFC 5322 asks for no longer lines in a header.
        if at > 0 && display_width(&line) + display_width(words) + 2 > EMAIL_COLUMNS + 6 {
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
    match (group.importance, group.record_kind) {
        (ChangeImportance::Policy, _) => group.kind != VersionChangeKind::Changed,
        (ChangeImportance::Facts, Some(RecordKind::Figure)) => true,
        (ChangeImportance::Facts, Some(RecordKind::Document)) => matches!(
            group.kind,
            VersionChangeKind::Added | VersionChangeKind::Removed
        ),
        _ => false,
    }
}

/// One object for programs; `linchpin diff --help` tells its fields.
pub fn json(changes: &VersionDiff, names: &VersionNames) -> String {
    let groups = changes.groups();
    let counts = groups.iter().map(|group| {
        json!({
            "what": group.kind.code(),
            "kind": group.record_kind.map(|kind| kind.what()),
            "count": group.record_count(),
            "words": group.count_label(),
        })
    });
    let change = |entry: &VersionChange| {
        let id = entry.id();
        json!({
            "what": entry.kind.code(),
            "kind": entry.record_kind.map(|kind| kind.what()),
            "id": (!id.is_empty()).then_some(id),
            "title": entry.title(),
            "headline": entry.headline(),
            "because": entry.reason,
            "count": entry.count,
            "old": entry.old,
            "new": entry.new,
            "differences": entry.value_diffs,
        })
    };
    linchpin_report::json::write(&json!({
        "title": names.title,
        "old": names.old,
        "new": names.new,
        "same": changes.is_formatting_only(),
        "counts": counts.collect::<Vec<Value>>(),
        "changes": changes.changes.iter().map(change).collect::<Vec<Value>>(),
    }))
}
