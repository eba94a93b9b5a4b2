//! `linchpin list`: the ids and titles of the tables and charts.

use super::input::{FileArg, open};
use super::{CliResult, ExitStatus, output};
use linchpin_charts as charts;
use linchpin_register::english::count_noun;
use linchpin_register::tables;

/// List the ids and titles of the tables and charts
#[derive(clap::Args)]
#[command(after_help = "Each line: `table` or `chart`, the id, the title.")]
pub struct ListArgs {
    #[command(flatten)]
    file: FileArg,
}

/// Runs the command.
pub fn run(args: ListArgs) -> CliResult {
    let input = open(args.file.file.as_deref())?;
    input.warn_about_problems()?;
    let register = &input.loaded.register;
    let mut rows: Vec<(&str, &str, String)> = tables::all()
        .map(|t| {
            let count = count_noun(register.count(t.kind), "record");
            ("table", t.id, format!("{} ({count})", t.title))
        })
        .collect();
    rows.extend(
        charts::charts_of(register)
            .iter()
            .map(|chart| ("chart", chart.id.as_str(), chart.title.clone())),
    );
    let width = rows.iter().map(|(_, id, _)| id.len()).max().unwrap_or(0);
    let text: String = rows
        .iter()
        .map(|(what, id, title)| format!("{what}  {id:width$}  {title}\n"))
        .collect();
    output::print_result(&text)?;
    Ok(ExitStatus::Success)
}
