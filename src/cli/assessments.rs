//! `linchpin assessments`: how far commitments have been met, what changed since a date, what
//! nobody has looked at.

mod write;

use super::input::{FileArg, open};
use super::{CliError, CliResult, ExitStatus, output};
use linchpin_register::query::CountingRule;
use linchpin_register::tables::assessments::{
    self, AssessedCommitment, AssessmentChange, STALE_AFTER_DAYS,
};
use linchpin_register::{Date, Register};
use write::PageMarkup;

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
    #[arg(long, value_name = "DAYS", default_value_t = STALE_AFTER_DAYS, value_parser = clap::value_parser!(i64).range(0..=400_000))]
    stale: i64,
    /// The day to count from [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    today: Option<Date>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = AssessmentsFormat::Text)]
    format: AssessmentsFormat,
}

const AFTER: &str = "\
Every commitment counts once, parts of others included. \"Not assessed\" means that nobody has looked; \"no evidence found\" means
that somebody has. A date that is only a month or a year counts as its last day. DATE is written 2024-05-03, 2024-05 or 2024.

JSON is one object: {title, today, total, status, since, changed, stale_days, stale, never}. `status` is an array of {status,
label, count} with every status; `changed` (null without --since) an array of {id, title, before, status, date, assessor,
note, evidence}; `stale` an array of {id, title, status, date, assessor, days}; `never` an array of {id, title}. CSV has a line for
each commitment: id, title, status, date, assessor, days since, whether it is stale, never assessed or changed.

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
    if let Some(since) = args
        .since
        .filter(|s| s.first_day_number() > today.last_day_number())
    {
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
        AssessmentsFormat::Text => write::write_page(&report, PageMarkup::Text),
        AssessmentsFormat::Md => write::write_page(&report, PageMarkup::Markdown),
        AssessmentsFormat::Json => write::write_json(&report),
        AssessmentsFormat::Csv => write::write_csv(&report),
    })?;
    Ok(ExitStatus::Success)
}

fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse(text.trim())
        .map_err(|why| format!("{why}; write it as 2024-05-03, 2024-05 or 2024"))
}
