//! `linchpin table`: the records of one table, searched, filtered and sorted, in a format of
//! choice.

use super::filter::{field_named, parse_conditions, retain_matching};
use super::input::open;
use super::output::OverwriteArgs;
use super::unknown::unknown_name;
use super::{CliError, CliResult, ExitStatus, output};
use clap::builder::PossibleValuesParser;
use linchpin_register::query::{SortBy, TableQuery, run_query};
use linchpin_register::tables::{self, TableSpec};
use linchpin_render::export::table as formats;
use linchpin_report::text::{self, TextStyle};
use linchpin_report::{Block, Report};
use std::path::{Path, PathBuf};

/// Print a table of the register: commitments, bodies, figures and others
#[derive(clap::Args)]
#[command(
    override_usage = "linchpin table [FILE] TABLE [OPTIONS]",
    after_help = AFTER
)]
pub struct TableArgs {
    /// The register (left out: the bundled one; `-`: the standard input), then the id of the table,
    /// see `linchpin list`
    #[arg(value_names = ["FILE", "TABLE"], num_args = 1..=2)]
    names: Vec<PathBuf>,
    /// How the table is written [default: by the extension of OUT; else text on a terminal, csv
    /// elsewhere]
    #[arg(long, value_parser = PossibleValuesParser::new(format_ids()))]
    format: Option<String>,
    /// Only records that hold these words, case and accents aside; words in "double quotes" stand
    /// together
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    search: String,
    /// Only records whose field has this value. May be given again: the same field twice means
    /// either, two fields mean both
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    conditions: Vec<String>,
    /// Sort by this field, `:desc` for the other direction. May be given again for ties
    #[arg(long, value_name = "FIELD[:desc]")]
    sort: Vec<String>,
    /// Write to this file instead of the standard output
    #[arg(long, value_name = "OUT", group = output::WRITTEN)]
    to: Option<PathBuf>,
    #[command(flatten)]
    overwrite: OverwriteArgs,
}

const AFTER: &str = "\
FIELD is a column, a facet (such as priority, theme, committer, document) or any field of the \
record. VALUE is an id, a
name or a label; `none` finds records without a value. JSON holds every field of each record with \
its citations; csv
and md hold the columns of the window.

Examples:
  linchpin table commitments --where committer=rok --sort strength:desc
  linchpin table register.ron figures --search billion --format json
  linchpin table register.ron bodies --to bodies.csv

Exit codes: 0 done, also where the register has problems (their number goes to the standard \
error); 2 could not run.";

const TEXT: &str = "text";
/// How wide a table is on a terminal that does not say its width.
const DEFAULT_WIDTH: usize = 120;

fn format_ids() -> Vec<&'static str> {
    let ids = formats::ALL.iter().map(|f| f.id);
    ids.chain([TEXT]).collect()
}

/// Runs the command.
pub fn run(args: TableArgs) -> CliResult {
    let (file, table) = file_and_table(&args.names)?;
    // Names are checked before the register is read, so that a misspelt one is told at once.
    let filters = parse_conditions(table, &args.conditions)?;
    let sort = args
        .sort
        .iter()
        .map(|s| parse_sort(table, s))
        .collect::<Result<Vec<_>, _>>()?;
    let format = chosen_format(&args)?;
    let input = open(file)?;
    input.warn_about_problems()?;
    let register = &input.loaded.register;
    let query = TableQuery {
        search: args.search,
        sort: if sort.is_empty() {
            table.default_sort()
        } else {
            sort
        },
        ..TableQuery::default()
    };
    let mut rows = run_query(&table.build_index(register), &query).rows;
    retain_matching(register, table, &filters, &mut rows)?;
    let text = match format {
        Some(format) => (format.write)(register, table, &rows),
        None => {
            let rows = Block::Table(formats::as_shown(register, table, &rows));
            let (color, width) = (false, Some(terminal_width()));
            let style = TextStyle::Terminal { color, width };
            text::write(&Report::untitled(vec![rows]), style)
        }
    };
    match &args.to {
        Some(path) => output::write_result(path, text.as_bytes(), args.overwrite, &input.sources)?,
        None => output::print_result(&text)?,
    }
    Ok(ExitStatus::Success)
}

fn file_and_table(names: &[PathBuf]) -> Result<(Option<&Path>, &'static TableSpec), CliError> {
    let (file, table) = match names {
        [] => return Err(CliError(format!("Which table? {}", table_ids().join(", ")))),
        // The name of a table goes before a file that is called the same.
        [table] if table.is_file() && tables::by_id(&table.to_string_lossy()).is_none() => {
            return Err(CliError(format!(
                "Which table of {}? {}",
                table.display(),
                table_ids().join(", ")
            )));
        }
        [table] => (None, table),
        [file, table, ..] => (Some(file.as_path()), table),
    };
    let typed = table.to_string_lossy();
    match tables::by_id(&typed) {
        Some(table) => Ok((file, table)),
        None => {
            let names: Vec<_> = table_ids()
                .into_iter()
                .map(|id| (id.to_owned(), None))
                .collect();
            Err(unknown_name("table", &typed, "Tables", &names))
        }
    }
}

fn table_ids() -> Vec<&'static str> {
    tables::all().map(|t| t.id).collect()
}

fn parse_sort(table: &'static TableSpec, typed: &str) -> Result<SortBy, CliError> {
    let (name, descending) = match typed.rsplit_once(':') {
        Some((name, "desc")) => (name, true),
        Some((name, "asc")) => (name, false),
        Some((_, direction)) => {
            return Err(CliError(format!(
                "There is no direction `{direction}`. Write --sort FIELD or --sort FIELD:desc"
            )));
        }
        None => (typed, false),
    };
    Ok(SortBy {
        column: field_named(table, name)?.to_owned(),
        descending,
    })
}

/// The format; `None` is aligned text.
fn chosen_format(args: &TableArgs) -> Result<Option<&'static formats::TableFormat>, CliError> {
    let id = match (&args.format, &args.to) {
        (Some(id), _) => id.as_str(),
        (None, Some(path)) => match path.extension().and_then(|e| e.to_str()) {
            Some("txt") => TEXT,
            Some(extension) if formats::by_id(extension).is_some() => extension,
            Some(extension) => {
                let names: Vec<_> = format_ids()
                    .into_iter()
                    .map(|id| (id.to_owned(), None))
                    .collect();
                return Err(unknown_name("format", extension, "Formats", &names));
            }
            None => "csv",
        },
        (None, None) if output::is_terminal() => TEXT,
        (None, None) => "csv",
    };
    Ok(formats::by_id(id))
}

fn terminal_width() -> usize {
    let set = std::env::var("COLUMNS").ok();
    set.and_then(|w| w.parse().ok())
        .filter(|w| *w >= 40)
        .unwrap_or(DEFAULT_WIDTH)
}
