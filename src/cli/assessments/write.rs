//! The formats in which assessments are written.

use super::AssessmentsReport;
use linchpin_compare::versions::report::escape_inline;
use linchpin_register::Assessment;
use linchpin_register::query::CountingRule;
use linchpin_register::tables::assessments::{
    self, AssessedCommitment, AssessmentChange, status_symbol,
};
use linchpin_register::tables::formatting;
use linchpin_register::vocabulary::FulfillmentStatus;
use linchpin_render::export::table::csv::write_row;
use serde_json::{Value, json};
use std::collections::HashSet;

/// How a page is marked up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PageMarkup {
    Text,
    Markdown,
}

impl PageMarkup {
    fn heading(self, words: &str) -> String {
        match self {
            PageMarkup::Text => format!("\n{words}\n"),
            PageMarkup::Markdown => format!("\n## {words}\n\n"),
        }
    }

    fn escape(self, words: &str) -> String {
        match self {
            PageMarkup::Text => super::super::text_table::printable_line(words),
            PageMarkup::Markdown => escape_inline(words),
        }
    }

    fn item(self, words: &str, id: &str) -> String {
        let words = self.escape(words);
        match self {
            PageMarkup::Text => format!("  {words} [{id}]\n"),
            PageMarkup::Markdown => format!("- {words} (`{id}`)\n"),
        }
    }
}

fn status_with_sign(status: FulfillmentStatus) -> String {
    format!("{} {}", status_symbol(status), status.label())
}

/// The whole report as a page to read.
pub fn write_page(report: &AssessmentsReport<'_>, page: PageMarkup) -> String {
    let register = report.register;
    let counts = assessments::status_counts(register, CountingRule::default());
    let total: usize = counts.iter().map(|(_, count)| count).sum();
    let title = format!("Assessments of {}", register.title);
    let today = report.today.to_long_form();
    let mut out = match page {
        PageMarkup::Text => format!("{}\n", page.escape(&title)),
        PageMarkup::Markdown => format!("# {}\n\n", page.escape(&title)),
    };
    out.push_str(&format!(
        "{total} commitments on {today}; every one counts once, parts of others included.\n"
    ));
    out.push_str(&page.heading("Status now"));
    if page == PageMarkup::Markdown {
        out.push_str("| Status | Commitments |\n| --- | ---: |\n");
    }
    for (status, count) in &counts {
        match page {
            PageMarkup::Text => {
                out.push_str(&format!("  {count:>6}  {}\n", status_with_sign(*status)))
            }
            PageMarkup::Markdown => {
                out.push_str(&format!("| {} | {count} |\n", status_with_sign(*status)))
            }
        }
    }
    if let (Some(since), Some(changed)) = (report.since, &report.changed) {
        let heading = format!("Changed since {} ({})", since.to_long_form(), changed.len());
        out.push_str(&page.heading(&heading));
        for step in changed {
            out.push_str(&page.item(&step_line(report, step), step.commitment.id.as_str()));
        }
        write_none_if_empty(&mut out, page, changed.is_empty());
    }
    let (stale, days) = (&report.stale, report.stale_days);
    let heading = format!("Not looked at for more than {days} days ({})", stale.len());
    out.push_str(&page.heading(&heading));
    for looked in stale {
        let by = looked
            .last_assessment
            .map(assessor_and_date)
            .unwrap_or_default();
        let status = status_with_sign(looked.commitment.current_status());
        let words = format!("{}: {status}, {by}", looked.commitment.title);
        out.push_str(&page.item(&words, looked.commitment.id.as_str()));
    }
    write_none_if_empty(&mut out, page, stale.is_empty());
    let heading = format!("Never assessed ({})", report.never.len());
    out.push_str(&page.heading(&heading));
    for looked in &report.never {
        let commitment = looked.commitment;
        out.push_str(&page.item(&commitment.title, commitment.id.as_str()));
    }
    write_none_if_empty(&mut out, page, report.never.is_empty());
    out
}

fn write_none_if_empty(out: &mut String, page: PageMarkup, is_empty: bool) {
    if is_empty {
        out.push_str(match page {
            PageMarkup::Text => "  None.\n",
            PageMarkup::Markdown => "None.\n",
        });
    }
}

/// "Title: ◐ in progress (before: – not assessed), J. Kim, 3 May 2024; evidence: Vision ¶5"
fn step_line(report: &AssessmentsReport<'_>, step: &AssessmentChange<'_>) -> String {
    let (now, before) = (step.assessment.status, step.previous_status);
    let mut words = format!("{}: {}", step.commitment.title, status_with_sign(now));
    if now == before {
        words.push_str(" (as before)");
    } else {
        words.push_str(&format!(" (before: {})", status_with_sign(before)));
    }
    words.push_str(&format!(", {}", assessor_and_date(step.assessment)));
    let places = evidence_places(report, step.assessment);
    if !places.is_empty() {
        words.push_str(&format!("; evidence: {}", places.join(", ")));
    }
    words
}

fn assessor_and_date(assessment: &Assessment) -> String {
    format!(
        "{}, {}",
        assessment.assessor,
        assessment.date.to_long_form()
    )
}

fn evidence_places(report: &AssessmentsReport<'_>, assessment: &Assessment) -> Vec<String> {
    let places = assessment.citations.iter();
    places
        .map(|c| formatting::format_location(report.register, c))
        .collect()
}

/// The report for programs.
pub fn write_json(report: &AssessmentsReport<'_>) -> String {
    let register = report.register;
    let counts = assessments::status_counts(register, CountingRule::default());
    let total: usize = counts.iter().map(|(_, count)| count).sum();
    let step = |step: &AssessmentChange<'_>| {
        json!({
            "id": step.commitment.id,
            "title": step.commitment.title,
            "before": step.previous_status.name(),
            "status": step.assessment.status.name(),
            "date": step.assessment.date,
            "assessor": step.assessment.assessor,
            "note": step.assessment.note,
            "evidence": evidence_places(report, step.assessment),
        })
    };
    let stale = |looked: &AssessedCommitment<'_>| {
        json!({
            "id": looked.commitment.id,
            "title": looked.commitment.title,
            "status": looked.commitment.current_status().name(),
            "date": looked.last_assessment.map(|last| last.date),
            "assessor": looked.last_assessment.map(|last| &last.assessor),
            "days": looked.days_ago(report.today),
        })
    };
    let status = |(status, count): &(FulfillmentStatus, usize)| json!({ "status": status.name(), "label": status.label(), "count": count });
    let never = |looked: &AssessedCommitment<'_>| json!({ "id": looked.commitment.id, "title": looked.commitment.title });
    let changed = report.changed.as_ref();
    let changed: Option<Vec<Value>> = changed.map(|steps| steps.iter().map(step).collect());
    let value = json!({
        "title": register.title,
        "today": report.today,
        "total": total,
        "status": counts.iter().map(status).collect::<Vec<Value>>(),
        "since": report.since,
        "changed": changed,
        "stale_days": report.stale_days,
        "stale": report.stale.iter().map(stale).collect::<Vec<Value>>(),
        "never": report.never.iter().map(never).collect::<Vec<Value>>(),
    });
    let mut out = serde_json::to_string_pretty(&value).unwrap_or_default();
    out.push('\n');
    out
}

/// A line for each commitment.
pub fn write_csv(report: &AssessmentsReport<'_>) -> String {
    let ids = |all: &[AssessedCommitment<'_>]| -> HashSet<u32> {
        all.iter().map(|l| l.record.index).collect()
    };
    let (stale, never) = (ids(&report.stale), ids(&report.never));
    let changed: Option<HashSet<u32>> = report
        .changed
        .as_ref()
        .map(|steps| steps.iter().map(|step| step.record.index).collect());
    let mut out = String::new();
    let head = [
        "id",
        "title",
        "status",
        "date",
        "assessor",
        "days_since",
        "stale",
        "never_assessed",
        "changed_since",
        "evidence",
        "note",
    ];
    write_row(&mut out, head.iter().map(|name| (*name).to_owned()));
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    for looked in assessments::assessed_commitments(report.register, CountingRule::default()) {
        let (commitment, last) = (looked.commitment, looked.last_assessment);
        let of = |value: &dyn Fn(&Assessment) -> String| last.map_or_else(String::new, value);
        let days = looked.days_ago(report.today);
        let index = looked.record.index;
        let cells = [
            commitment.id.to_string(),
            commitment.title.clone(),
            commitment.current_status().label().to_owned(),
            of(&|last| last.date.to_code()),
            of(&|last| last.assessor.clone()),
            days.map_or_else(String::new, |days| days.to_string()),
            yes(stale.contains(&index)),
            yes(never.contains(&index)),
            changed
                .as_ref()
                .map_or_else(String::new, |changed| yes(changed.contains(&index))),
            of(&|last| evidence_places(report, last).join("; ")),
            of(&|last| last.note.clone().unwrap_or_default()),
        ];
        write_row(&mut out, cells.into_iter());
    }
    out
}
