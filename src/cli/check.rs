//! `linchpin check`: every problem of a register, with its place.

use super::input::{FileArg, Input, open_alone};
use super::render::render;
use super::rows::{Rows, json};
use super::{Exit, Outcome, out};
use ron_lossless::codes;

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
            let rows = Rows::new(&input);
            let all = input
                .loaded
                .problems
                .iter()
                .map(|problem| rows.row(problem));
            out::result(&json(&all.collect::<Vec<_>>()))?;
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
