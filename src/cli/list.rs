//! `linchpin list`: the ids and titles of the tables and charts.

use super::input::{FileArg, open};
use super::{CliResult, ExitStatus, output};
use linchpin_charts as charts;
use linchpin_register::english::count_noun;
use linchpin_register::tables;
use linchpin_report::{Block, Report, Table};

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
    let tables = tables::all().map(|t| {
        let count = count_noun(register.count(t.kind), "record");
        vec![
            "table".into(),
            t.id.into(),
            format!("{} ({count})", t.title),
        ]
    });
    let charts = charts::charts_of(register);
    let charts = charts
        .iter()
        .map(|c| vec!["chart".into(), c.id.to_string(), c.title.clone()]);
    let rows = Table::without_headings(tables.chain(charts).collect());
    output::print_page(&Report::untitled(vec![Block::Table(rows)]))?;
    Ok(ExitStatus::Success)
}
