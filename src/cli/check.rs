//! `linchpin check`: every problem of a register, with its place.

use super::input::{FileArg, Input, open_alone};
use super::render::render;
use super::{Exit, Outcome, out};
use crate::register::Places;
use crate::ron_text::{Change, Splice, codes};
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
JSON is an array of {file, line, column, end_line, end_column, severity, code, message, help, repair}. Lines and columns
count from 1, columns in characters; the end is the place after the last character. `repair` is null, or {words, edits}
where there is one sure way to set the problem right: each edit, {line, column, end_line, end_column, text}, puts its
text in the place of another. data/FORMAT.md explains every code.

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
    let mut input = open_alone(args.file.file.as_deref())?;
    input.loaded = input.loaded.confirmed();
    let input = input.with_texts();
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
        Some(words) => {
            out.push_str(&format!("{words}\n"));
            out.push_str(&repairs_in_words(input));
        }
        None => out.push_str(&format!("no problems: {}\n", input.records_in_words())),
    }
    out
}

/// How many problems can be set right by `linchpin fix`; nothing where none can.
fn repairs_in_words(input: &Input) -> String {
    let problems = || input.loaded.problems.iter();
    // A file in an unknown encoding is not written.
    if problems().any(|p| p.code == codes::NOT_UTF8) {
        return String::new();
    }
    let count = problems().filter(|p| p.repair.is_some()).count();
    let has = match count {
        0 => return String::new(),
        1 => "1 of these has a sure repair",
        _ => &format!("{count} of these have a sure repair"),
    };
    format!("{has}: linchpin fix {}\n", input.argument())
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
    repair: Option<Repair<'a>>,
}

/// The one sure way to set a problem right.
#[derive(Serialize)]
struct Repair<'a> {
    words: &'a str,
    edits: Vec<Edit<'a>>,
}

/// What stands from one place to another gives way to `text`.
#[derive(Serialize)]
struct Edit<'a> {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    text: &'a str,
}

impl<'a> Repair<'a> {
    fn new(change: &'a Change, input: &Input, places: &Places) -> Self {
        let edit = |splice: &'a Splice| {
            let place = places.at(&input.loaded.text, &input.loaded.parts, splice.span);
            let (start, end) = (place.start(), place.end());
            Edit {
                line: start.line,
                column: start.column,
                end_line: end.line,
                end_column: end.column,
                text: &splice.text,
            }
        };
        Repair {
            words: &change.words,
            edits: change.splices.iter().map(edit).collect(),
        }
    }
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
                repair: problem
                    .repair
                    .as_ref()
                    .map(|change| Repair::new(change, input, &places)),
            }
        })
        .collect();
    let mut out = serde_json::to_string_pretty(&rows).unwrap_or_default();
    out.push('\n');
    out
}
