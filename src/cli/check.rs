//! `linchpin check`: every problem of a register, with its place.

use super::diagnostic_json::DiagnosticRows;
use super::input::{FileArg, RegisterInput, open_without_texts};
use super::render::render;
use super::{CliResult, ExitStatus, output};
use linchpin_charts::with_chart_diagnostics;
use linchpin_report::json;
use ron_lossless::codes;

/// Report every problem of a register with file, line and column
#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub struct CheckArgs {
    #[command(flatten)]
    file: FileArg,
    /// How problems are written
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    format: CheckFormat,
}

const AFTER: &str = "\
JSON is an array of {file, line, column, end_line, end_column, severity, code, message, help, \
repair}. Lines and columns
count from 1, columns in characters; the end is the place after the last character. `repair` is \
null, or {words, edits}
where there is one sure way to set the problem right: each edit, {line, column, end_line, \
end_column, text}, puts its
text in the place of another. data/FORMAT.md explains every code.

Exit codes: 0 no problems; 1 problems, warnings among them; 2 the file cannot be read.";

#[derive(Clone, Copy, clap::ValueEnum)]
enum CheckFormat {
    /// For people: the lines of the file, and what would be right
    Text,
    /// For programs
    Json,
}

/// Runs the command.
pub fn run(args: CheckArgs) -> CliResult {
    // The second reader comes first: it reads only a text without problems, and what the texts of
    // the documents say would be such.
    let mut input = open_without_texts(args.file.file.as_deref())?;
    input.loaded = input.loaded.checked_with_ron();
    let mut input = input.with_texts();
    input.loaded = with_chart_diagnostics(input.loaded);
    match args.format {
        CheckFormat::Text => {
            let lines = render(
                &input.files(),
                &input.loaded.diagnostics,
                output::use_color(),
            );
            output::print_colored(&lines)?;
            output::print_result(&summary(&input, !lines.is_empty()))?;
        }
        CheckFormat::Json => {
            let rows = DiagnosticRows::new(&input);
            let all = input
                .loaded
                .diagnostics
                .iter()
                .map(|problem| rows.row(problem));
            output::print_result(&json::write(&all.collect::<Vec<_>>()))?;
            if input.loaded.omitted_diagnostics > 0 {
                output::print_message(&format!(
                    "{} more problems are not shown",
                    input.loaded.omitted_diagnostics
                ));
            }
        }
    }
    Ok(match input.loaded.diagnostic_count() {
        0 => ExitStatus::Success,
        _ => ExitStatus::Problems,
    })
}

/// How many problems there are; `is_below` the problems themselves.
fn summary(input: &RegisterInput, is_below: bool) -> String {
    let mut out = String::new();
    if is_below {
        out.push('\n');
    }
    match input.problem_summary() {
        Some(words) => {
            out.push_str(&format!("{words}\n"));
            out.push_str(&fixable_summary(input));
        }
        None => out.push_str(&format!("no problems: {}\n", input.record_summary())),
    }
    out
}

/// How many problems can be set right by `linchpin fix`; nothing where none can.
fn fixable_summary(input: &RegisterInput) -> String {
    let problems = || input.loaded.diagnostics.iter();
    // A file in an unknown encoding is not written.
    if problems().any(|p| p.code == codes::NOT_UTF8) {
        return String::new();
    }
    let count = problems().filter(|p| p.safe_fix().is_some()).count();
    let has = match count {
        0 => return String::new(),
        1 => "1 of these has a safe quick fix",
        _ => &format!("{count} of these have a safe quick fix"),
    };
    format!("{has}: linchpin fix {}\n", input.argument())
}
