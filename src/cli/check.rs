//! `linchpin check`: every problem of a register, with its place.

use super::input::{FileArg, Input, open};
use super::render::render;
use super::{Exit, Outcome, out};
use serde::Serialize;

/// Report every problem of a register with file, line and column
#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub struct Args {
    #[command(flatten)]
    file: FileArg,
    /// How problems are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

const AFTER: &str = "\
JSON is an array of {file, line, column, end_line, end_column, severity, code, message, help}. Lines and columns count
from 1, columns in characters; the end is the place after the last character. data/FORMAT.md explains every code.

Exit codes: 0 no problems; 1 problems, warnings among them; 2 the file cannot be read.";

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people: the lines of the file, and what would be right
    Text,
    /// For programs
    Json,
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let mut input = open(args.file.file.as_deref())?;
    input.loaded = input.loaded.confirmed();
    match args.format {
        Format::Text => out::result(&text(&input, out::color()))?,
        Format::Json => {
            out::result(&json(&input))?;
            if input.loaded.more_problems > 0 {
                out::message(&format!(
                    "{} more problems are not shown",
                    input.loaded.more_problems
                ));
            }
        }
    }
    Ok(match input.loaded.problem_count() {
        0 => Exit::Fine,
        _ => Exit::Problems,
    })
}

fn text(input: &Input, color: bool) -> String {
    let loaded = &input.loaded;
    let mut out = render(&input.files(), &loaded.problems, color);
    if !out.is_empty() {
        out.push('\n');
    }
    match input.problems_in_words() {
        Some(words) => out.push_str(&format!("{words}\n")),
        None => out.push_str(&format!("no problems: {}\n", input.records_in_words())),
    }
    out
}

/// One problem as programs read it.
#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    severity: String,
    code: &'static str,
    message: &'a str,
    help: Option<&'a str>,
}

fn json(input: &Input) -> String {
    let loaded = &input.loaded;
    let (files, places) = (input.files(), loaded.places());
    let rows: Vec<Row> = loaded
        .problems
        .iter()
        .map(|problem| {
            let place = places.at(&loaded.text, &loaded.parts, problem.span);
            let (start, end) = (place.start(), place.end());
            Row {
                file: files.name(place.part),
                line: start.line,
                column: start.column,
                end_line: end.line,
                end_column: end.column,
                severity: problem.severity.to_string(),
                code: problem.code,
                message: &problem.message,
                help: problem.help.as_deref(),
            }
        })
        .collect();
    let mut out = serde_json::to_string_pretty(&rows).unwrap_or_default();
    out.push('\n');
    out
}
