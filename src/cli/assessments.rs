//! `linchpin assessments`: how far commitments have been met, what changed since a date, what
//! nobody has looked at.

use super::input::{FileArg, open};
use super::{CliError, CliResult, ExitStatus, output};
use linchpin_register::query::CountingRule;
use linchpin_register::tables::assessments::{
    self, AssessedCommitment, AssessmentChange, STALE_AFTER_DAYS, status_symbol,
};
use linchpin_register::tables::formatting;
use linchpin_register::vocabulary::FulfillmentStatus;
use linchpin_register::{Assessment, Commitment, Date, Register};
use linchpin_report::text::{self, TextStyle};
use linchpin_report::{Block, Column, ListItem, Report, Table, TextRun, csv, json, markdown};
use serde_json::{Value, json};
use std::collections::HashSet;

/// Say how far commitments have been met: status now, changes since a date, what nobody has looked
/// at for long
#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub struct AssessmentsArgs {
    #[command(flatten)]
    file: FileArg,
    /// Show the assessments since this date, that day included
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    since: Option<Date>,
    /// After how many days without a look a commitment is listed
    #[arg(
        long,
        value_name = "DAYS",
        default_value_t = STALE_AFTER_DAYS,
        value_parser = clap::value_parser!(i64).range(0..=400_000)
    )]
    stale: i64,
    /// The day to count from [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    today: Option<Date>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = AssessmentsFormat::Text)]
    format: AssessmentsFormat,
}

const AFTER: &str = "\
Every commitment counts once, parts of others included. \"Not assessed\" means that nobody has \
looked; \"no evidence found\" means
that somebody has. A date that is only a month or a year counts as its last day. DATE is written \
2024-05-03, 2024-05 or 2024.

JSON is one object: {title, today, total, status, since, changed, stale_days, stale, never}. \
`status` is an array of {status,
label, count} with every status; `changed` (null without --since) an array of {id, title, before, \
status, date, assessor,
note, evidence}; `stale` an array of {id, title, status, date, assessor, days}; `never` an array \
of {id, title}. CSV has a line for
each commitment: id, title, status, date, assessor, days since, whether it is stale, never \
assessed or changed.

Examples:
  linchpin assessments register.ron --since 2024-01-01
  linchpin assessments register.ron --stale 180 --format md > to-do.md

Exit codes: 0 done; 2 could not run.";

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum AssessmentsFormat {
    /// For reading on a terminal
    Text,
    /// For programs
    Json,
    /// A line for each commitment, for a spreadsheet
    Csv,
    /// Markdown
    Md,
}

/// What was asked for, worked out.
struct AssessmentsReport<'r> {
    register: &'r Register,
    today: Date,
    stale_days: i64,
    since: Option<Date>,
    /// `None` where no date was given.
    changed: Option<Vec<AssessmentChange<'r>>>,
    stale: Vec<AssessedCommitment<'r>>,
    never: Vec<AssessedCommitment<'r>>,
}

/// Runs the command.
pub fn run(args: AssessmentsArgs) -> CliResult {
    let input = open(args.file.file.as_deref())?;
    input.warn_about_problems()?;
    let register = &*input.loaded.register;
    let rule = CountingRule::default();
    let today = args.today.unwrap_or_else(Date::today);
    // Nothing can have changed in between, and an empty list would look like a finding.
    if let Some(since) = args.since.filter(|since| since.is_after(&today)) {
        let (since, today) = (since.to_long_form(), today.to_long_form());
        return Err(CliError(format!(
            "--since {since} lies after {today}. Give an earlier date"
        )));
    }
    let report = AssessmentsReport {
        register,
        today,
        stale_days: args.stale,
        since: args.since,
        changed: args
            .since
            .map(|date| assessments::changes_since(register, rule, date)),
        stale: assessments::stale_commitments(register, rule, today, args.stale),
        never: assessments::never_assessed(register, rule),
    };
    output::print_result(&match args.format {
        AssessmentsFormat::Text => text::write(&report.page(), TextStyle::default()),
        AssessmentsFormat::Md => markdown::write(&report.page(), 1),
        AssessmentsFormat::Json => json::write(&report.json()),
        AssessmentsFormat::Csv => csv::write(&report.table()),
    })?;
    Ok(ExitStatus::Success)
}

fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse(text.trim())
        .map_err(|why| format!("{why}; write it as 2024-05-03, 2024-05 or 2024"))
}

impl AssessmentsReport<'_> {
    fn status_counts(&self) -> Vec<(FulfillmentStatus, usize)> {
        assessments::status_counts(self.register, CountingRule::default())
    }

    fn page(&self) -> Report {
        let counts = self.status_counts();
        let total: usize = counts.iter().map(|(_, count)| count).sum();
        let today = self.today.to_long_form();
        let counts = counts.iter();
        let counts = counts.map(|(status, count)| (status_with_symbol(*status), *count));
        let counts = Block::Counts(["Status", "Commitments"], counts.collect());
        let mut blocks = vec![
            Block::paragraph(format!(
                "{total} commitments on {today}; every one counts once, parts of others included."
            )),
            Block::section("Status now", vec![counts]),
        ];
        let mut list = |heading: String, items: Vec<ListItem>| {
            let heading = format!("{heading} ({})", items.len());
            let list = Block::list_or(items, "None.");
            blocks.push(Block::section(heading, vec![list]));
        };
        if let (Some(since), Some(changed)) = (self.since, &self.changed) {
            let items = changed.iter().map(|step| self.change_item(step)).collect();
            list(format!("Changed since {}", since.to_long_form()), items);
        }
        let stale = self.stale.iter().map(|looked| {
            let by = looked.last_assessment.map(assessor_and_date);
            let status = status_with_symbol(looked.commitment.current_status());
            let words = format!("{status}, {}", by.unwrap_or_default());
            item(looked.commitment, &format!(": {words}"))
        });
        let days = self.stale_days;
        list(
            format!("Not looked at for more than {days} days"),
            stale.collect(),
        );
        let never = self.never.iter();
        let never = never.map(|looked| item(looked.commitment, "")).collect();
        list("Never assessed".into(), never);
        Report {
            title: format!("Assessments of {}", self.register.title),
            blocks,
        }
    }

    /// "Title: ◐ in progress (before: – not assessed), J. Kim, 3 May 2024; evidence: Vision ¶5"
    fn change_item(&self, step: &AssessmentChange<'_>) -> ListItem {
        let (now, before) = (step.assessment.status, step.previous_status);
        let change = match now == before {
            true => "as before".to_owned(),
            false => format!("before: {}", status_with_symbol(before)),
        };
        let (status, by) = (status_with_symbol(now), assessor_and_date(step.assessment));
        let mut words = format!(": {status} ({change}), {by}");
        let places = self.evidence_places(step.assessment);
        if !places.is_empty() {
            words.push_str(&format!("; evidence: {}", places.join(", ")));
        }
        item(step.commitment, &words)
    }

    fn evidence_places(&self, assessment: &Assessment) -> Vec<String> {
        let places = assessment.citations.iter();
        places
            .map(|c| formatting::format_location(self.register, c))
            .collect()
    }

    fn json(&self) -> Value {
        let counts = self.status_counts();
        let total: usize = counts.iter().map(|(_, count)| count).sum();
        let change = |step: &AssessmentChange<'_>| {
            json!({
                "id": step.commitment.id,
                "title": step.commitment.title,
                "before": step.previous_status.name(),
                "status": step.assessment.status.name(),
                "date": step.assessment.date,
                "assessor": step.assessment.assessor,
                "note": step.assessment.note,
                "evidence": self.evidence_places(step.assessment),
            })
        };
        let stale = |looked: &AssessedCommitment<'_>| {
            json!({
                "id": looked.commitment.id,
                "title": looked.commitment.title,
                "status": looked.commitment.current_status().name(),
                "date": looked.last_assessment.map(|last| last.date),
                "assessor": looked.last_assessment.map(|last| &last.assessor),
                "days": looked.days_ago(self.today),
            })
        };
        let never = |looked: &AssessedCommitment<'_>| {
            json!({
                "id": looked.commitment.id,
                "title": looked.commitment.title,
            })
        };
        let count = |(status, count): &(FulfillmentStatus, usize)| {
            json!({
                "status": status.name(),
                "label": status.label(),
                "count": count,
            })
        };
        let changed = self.changed.as_ref();
        let changed = changed.map(|steps| steps.iter().map(change).collect::<Vec<Value>>());
        json!({
            "title": self.register.title,
            "today": self.today,
            "total": total,
            "status": counts.iter().map(count).collect::<Vec<Value>>(),
            "since": self.since,
            "changed": changed,
            "stale_days": self.stale_days,
            "stale": self.stale.iter().map(stale).collect::<Vec<Value>>(),
            "never": self.never.iter().map(never).collect::<Vec<Value>>(),
        })
    }

    /// A line for each commitment.
    fn table(&self) -> Table {
        let ids = |all: &[AssessedCommitment<'_>]| -> HashSet<u32> {
            all.iter().map(|looked| looked.record.index).collect()
        };
        let (stale, never) = (ids(&self.stale), ids(&self.never));
        let changed = self.changed.as_ref().map(|steps| {
            let records = steps.iter().map(|step| step.record.index);
            records.collect::<HashSet<u32>>()
        });
        let heads = [
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
        let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
        let row = |looked: &AssessedCommitment<'_>| {
            let (commitment, last) = (looked.commitment, looked.last_assessment);
            let days = looked.days_ago(self.today).map(|days| days.to_string());
            let index = looked.record.index;
            let is_changed = changed
                .as_ref()
                .map(|changed| yes(changed.contains(&index)));
            let cells = [
                Some(commitment.id.to_string()),
                Some(commitment.title.clone()),
                Some(commitment.current_status().label().to_owned()),
                last.map(|last| last.date.to_code()),
                last.map(|last| last.assessor.clone()),
                days,
                Some(yes(stale.contains(&index))),
                Some(yes(never.contains(&index))),
                is_changed,
                last.map(|last| self.evidence_places(last).join("; ")),
                last.and_then(|last| last.note.clone()),
            ];
            cells.map(|cell| cell.unwrap_or_default().into()).to_vec()
        };
        let all = assessments::assessed_commitments(self.register, CountingRule::default());
        Table {
            columns: heads.map(Column::new).to_vec(),
            rows: all.iter().map(row).collect(),
        }
    }
}

/// The title of a commitment, what is said of it, its id.
fn item(commitment: &Commitment, words: &str) -> ListItem {
    let words = TextRun::Plain(format!("{}{words} ", commitment.title));
    ListItem::new(vec![words, TextRun::Id(commitment.id.to_string())])
}

fn status_with_symbol(status: FulfillmentStatus) -> String {
    format!("{} {}", status_symbol(status), status.label())
}

fn assessor_and_date(assessment: &Assessment) -> String {
    let date = assessment.date.to_long_form();
    format!("{}, {date}", assessment.assessor)
}
