//! `linchpin fmt`: the standard format of a register.

use super::{CliError, CliResult, ExitStatus, output};
use linchpin_edit::format::format_register;
use linchpin_files::{self, SavePrecondition};
use ron_lossless::{FormatError, LineIndex, decode_bytes};
use similar::{Algorithm, TextDiff};
use std::path::{Path, PathBuf};

/// The most lines of a difference that `--check` shows for a file.
const MAX_DIFF_LINES: usize = 40;

/// Format registers: fields in their order, one a line, a blank line between
/// records
#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub struct FmtArgs {
    /// The registers to lay out in place, files or folders of files; `-` reads the standard input
    /// and writes to the standard output
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Write nothing; show what would change
    #[arg(long)]
    check: bool,
}

const AFTER: &str = "\
Only white space, the order of fields in a record and commas that may be left out ever change: \
values, comments and line
ends stay as they are, and a file in the standard format is not written at all. A file that breaks \
the rules of RON is left
alone. The result is read back and held against the file before anything is written.

Exit codes: 0 done, or nothing to do; 1 `--check` found files that would change; 2 a file cannot \
be read, laid out or
written (the others are laid out all the same).";

/// Runs the command.
pub fn run(args: FmtArgs) -> CliResult {
    let mut exit = ExitStatus::Success;
    let mut failed: Option<CliError> = None;
    let mut note = |outcome| match outcome {
        Ok(ExitStatus::Success) => {}
        Ok(ExitStatus::Problems) => exit = ExitStatus::Problems,
        Err(failure) => {
            // The last failure becomes the result of the command; each one before is told when the
            // next takes its place.
            if let Some(CliError(earlier)) = failed.replace(failure) {
                output::print_message(&earlier);
            }
        }
    };
    for path in &args.files {
        if !path.is_dir() {
            note(format_file(path, args.check));
            continue;
        }
        match linchpin_files::folder::find_files(path) {
            Ok(found) => found.iter().for_each(|file| {
                // Through a link, a file would be written that nobody has named.
                let inside = file.refuse_link_outside();
                let inside = inside.map_err(|error| CliError(error.to_string()));
                note(inside.and_then(|()| format_file(&file.path, args.check)));
            }),
            Err(error) => note(Err(CliError(error.to_string()))),
        }
    }
    failed.map_or(Ok(exit), Err)
}

fn format_file(path: &Path, only_check: bool) -> CliResult {
    let is_stream = path == Path::new("-");
    let (name, bytes) = if is_stream {
        let bytes = linchpin_files::read_stream(std::io::stdin().lock())
            .map_err(|why| CliError(format!("Cannot read the standard input: {why}")))?;
        ("<stdin>".to_owned(), bytes)
    } else {
        let bytes = linchpin_files::read(path).map_err(|e| CliError(e.to_string()))?;
        (path.display().to_string(), bytes)
    };
    let source = decode_bytes(bytes);
    let refused = |why: String| CliError(format!("Cannot format {name}: {why}"));
    if let Some(problem) = source.diagnostics.first()
        && !source.is_exact
    {
        return Err(refused(problem.message.clone()));
    }
    let old = source.text;
    let new = format_register(&old)
        .map_err(|e| refused(format_error_message(&e, &old, &path.display())))?;
    if only_check {
        return check(&old, &new, &name);
    }
    if is_stream {
        output::print_register(&new)?;
    } else if old == new {
        output::print_message(&format!("{name} has the standard format already"));
    } else {
        let saved = linchpin_files::save(
            path,
            new.as_bytes(),
            SavePrecondition::Bytes(old.as_bytes()),
        )
        .map_err(|e| CliError(e.to_string()))?;
        output::print_message(&format!("Formatted {name}"));
        if let Some(notice) = saved.notice() {
            output::print_message(&notice);
        }
    }
    Ok(ExitStatus::Success)
}

fn check(old: &str, new: &str, name: &str) -> CliResult {
    if old == new {
        output::print_message(&format!("{name} has the standard format"));
        return Ok(ExitStatus::Success);
    }
    // Patience: a record that moved is shown as one block out and one block in.
    let lines = TextDiff::configure()
        .algorithm(Algorithm::Patience)
        .diff_lines(old, new);
    let difference = lines.unified_diff().header(name, name).to_string();
    let mut shown = format!("{name} would change:\n");
    shown.extend(difference.split_inclusive('\n').take(MAX_DIFF_LINES));
    let hidden = difference.lines().count().saturating_sub(MAX_DIFF_LINES);
    if hidden > 0 {
        shown.push_str(&format!("… and {hidden} more lines\n"));
    }
    output::print_result(&shown)?;
    Ok(ExitStatus::Problems)
}

/// What stands in the way, with its place and where to learn more.
fn format_error_message(
    error: &FormatError,
    text: &str,
    argument: &dyn std::fmt::Display,
) -> String {
    let FormatError::Syntax(problem) = error else {
        return error.to_string();
    };
    let place = LineIndex::new(text).position(text, problem.span.start);
    format!(
        "in line {}, column {}: {}. See `linchpin check {argument}`",
        place.line, place.column, problem.message
    )
}
