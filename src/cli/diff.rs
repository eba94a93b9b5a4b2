//! `linchpin diff`: what changed between two versions of a register, in words of the field.

use super::input::RegisterInput;
use super::version_input::{read_revision, read_version};
use super::{CliError, CliResult, ExitStatus, output};
use linchpin_compare::versions::report::{email, json, markdown, terminal};
use linchpin_compare::versions::{VersionNames, diff_versions};
use linchpin_report::text::{self, TextStyle};
use std::path::{Path, PathBuf};

/// Tell what changed between two versions of a register: what is withdrawn, weakened, new, assessed
#[derive(clap::Args)]
#[command(
    override_usage = "linchpin diff A B [OPTIONS]\n       linchpin diff --git REV FILE [OPTIONS]",
    after_help = AFTER
)]
pub struct DiffArgs {
    /// The earlier and the later version: files, folders, or REV:PATH for a revision of git; `-`
    /// for the standard input
    #[arg(value_name = "VERSION", required = true, num_args = 1..=2)]
    versions: Vec<PathBuf>,
    /// Compare one file or folder as it was at this revision of git with what it is now
    #[arg(long, value_name = "REV", allow_hyphen_values = true)]
    git: Option<String>,
    /// How the changes are written
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,
}

const AFTER: &str = "\
A change of a commitment is withdrawn, weakened or strengthened (by the step of the ladder), new, \
assessed, reworded, under
another priority or subject, or with other parties; figures, documents, bodies and the rest are \
new, gone or changed.
Corrected citations, remarks, order and layout come last, each under its own heading.

REV:PATH is read as git reads it: PATH counts from the top of the repository, or from here where \
it begins with `./`. An empty
REV (`:PATH`) is what is staged. git itself is asked; nothing is written.

JSON is one object: {title, old, new, same, counts, changes}. `counts` is an array of {what, kind, \
count, words}. `changes` is an
array of {what, kind, id, title, headline, because, count, old, new, differences}: `what` is one \
of gone, weakened, strengthened,
other-step, added, assessed, assessment-taken-out, assessment-corrected, reworded, parties, \
subject, continuity, changed,
citation, renamed, remarks, order, layout; `kind` is the type of the record, or null for the \
register itself; `old` and `new` are
null or {id, title, gist, statement, citations}, a citation being {document, paragraph, phrase, \
place}; `differences` is an
array of {field, old, new} in words; `count` is for how many records the change stands, which is \
one but for order and layout.

Examples:
  linchpin diff last-year.ron register.ron
  linchpin diff HEAD~5:data/register.ron data/register.ron --format md > changes.md
  linchpin diff --git v1.2 register.ron --format email

Exit codes: 0 both say the same, even where comments or layout differ; 1 they differ; 2 a version \
cannot be read.";

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum DiffFormat {
    /// For reading on a terminal
    Text,
    /// For programs
    Json,
    /// Markdown, for notes and pull requests
    Md,
    /// A plain e-mail with a subject, in lines of 72 columns
    Email,
}

/// Runs the command.
pub fn run(args: DiffArgs) -> CliResult {
    let (old, new) = read_versions(&args)?;
    for input in [&old, &new] {
        input.warn_about_problems()?;
    }
    let changes = diff_versions(&old.loaded, &new.loaded);
    let names = VersionNames {
        title: new.loaded.register.title.clone(),
        old: old.name.clone(),
        new: new.name.clone(),
    };
    match args.format {
        DiffFormat::Text => {
            let (color, width) = (output::use_color(), None);
            let style = TextStyle::Terminal { color, width };
            output::print_colored(&text::write(&terminal(&changes, &names), style))?;
        }
        DiffFormat::Json => output::print_result(&json(&changes, &names))?,
        DiffFormat::Md => output::print_result(&markdown(&changes, &names))?,
        DiffFormat::Email => output::print_result(&email(&changes, &names))?,
    }
    Ok(match changes.is_formatting_only() {
        true => ExitStatus::Success,
        false => ExitStatus::Problems,
    })
}

fn read_versions(args: &DiffArgs) -> Result<(RegisterInput, RegisterInput), CliError> {
    match (&args.git, args.versions.as_slice()) {
        (Some(rev), [file]) => {
            let now = read_version(file)?;
            Ok((read_revision(file, rev)?, now))
        }
        (None, [a, b]) => {
            let stdin = Path::new("-");
            // It can be read only once.
            if a == stdin && b == stdin {
                let words = "The standard input can be one of the two versions, not both";
                return Err(CliError(words.into()));
            }
            Ok((read_version(a)?, read_version(b)?))
        }
        (Some(_), _) => Err(CliError("With --git, name one file or folder".into())),
        (None, _) => Err(CliError(
            "Name two versions: `linchpin diff A B`, or `linchpin diff --git REV FILE`".into(),
        )),
    }
}
