//! `linchpin diff`: what changed between two versions of a register, in words of the field.

use super::input::Input;
use super::text_table::plain;
use super::versions::{before, version};
use super::{Exit, Failure, Outcome, out};
use linchpin_compare::versions::report::{email, json, markdown};
use linchpin_compare::versions::{Changes, Names, Sign, changes};
use std::path::{Path, PathBuf};

/// Tell what changed between two versions of a register: what is withdrawn, weakened, new, assessed
#[derive(clap::Args)]
#[command(
    override_usage = "linchpin diff A B [OPTIONS]\n       linchpin diff --git REV FILE [OPTIONS]",
    after_help = AFTER
)]
pub struct Args {
    /// The earlier and the later version: files, folders, or REV:PATH for a revision of git; `-` for the standard input
    #[arg(value_name = "VERSION", required = true, num_args = 1..=2)]
    versions: Vec<PathBuf>,
    /// Compare one file or folder as it was at this revision of git with what it is now
    #[arg(long, value_name = "REV", allow_hyphen_values = true)]
    git: Option<String>,
    /// How the changes are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

const AFTER: &str = "\
A change of a commitment is withdrawn, weakened or strengthened (by the step of the ladder), new, assessed, reworded, under
another priority or subject, or with other parties; figures, documents, bodies and the rest are new, gone or changed.
Corrected citations, remarks, order and layout come last, each under its own heading.

REV:PATH is read as git reads it: PATH counts from the top of the repository, or from here where it begins with `./`. An empty
REV (`:PATH`) is what is staged. git itself is asked; nothing is written.

JSON is one object: {title, old, new, same, counts, changes}. `counts` is an array of {what, kind, count, words}. `changes` is an
array of {what, kind, id, title, headline, because, count, old, new, differences}: `what` is one of gone, weakened, strengthened,
other-step, added, assessed, assessment-taken-out, assessment-corrected, reworded, parties, subject, continuity, changed,
citation, renamed, remarks, order, layout; `kind` is the type of the record, or null for the register itself; `old` and `new` are
null or {id, title, gist, statement, citations}, a citation being {document, paragraph, phrase, place}; `differences` is an
array of {field, old, new} in words; `count` is for how many records the change stands, which is one but for order and layout.

Examples:
  linchpin diff last-year.ron register.ron
  linchpin diff HEAD~5:data/register.ron data/register.ron --format md > changes.md
  linchpin diff --git v1.2 register.ron --format email

Exit codes: 0 both say the same, even where comments or layout differ; 1 they differ; 2 a version cannot be read.";

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
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
pub fn run(args: Args) -> Outcome {
    let (old, new) = read(&args)?;
    for input in [&old, &new] {
        input.warn_of_problems()?;
    }
    let changes = changes(&old.loaded, &new.loaded);
    let names = Names {
        title: new.loaded.register.title.clone(),
        old: old.name.clone(),
        new: new.name.clone(),
    };
    let text = match args.format {
        Format::Text => text(&changes, &names, out::color()),
        Format::Json => json(&changes, &names),
        Format::Md => markdown(&changes, &names),
        Format::Email => email(&changes, &names),
    };
    out::result(&text)?;
    Ok(match changes.says_the_same() {
        true => Exit::Fine,
        false => Exit::Problems,
    })
}

fn read(args: &Args) -> Result<(Input, Input), Failure> {
    match (&args.git, args.versions.as_slice()) {
        (Some(rev), [file]) => {
            let now = version(file)?;
            Ok((before(file, rev)?, now))
        }
        (None, [a, b]) => {
            let stdin = Path::new("-");
            if a == stdin && b == stdin {
                let words = "The standard input can be one of the two versions, not both";
                return Err(Failure(words.into()));
            }
            Ok((version(a)?, version(b)?))
        }
        (Some(_), _) => Err(Failure("With --git, name one file or folder".into())),
        (None, _) => Err(Failure(
            "Name two versions: `linchpin diff A B`, or `linchpin diff --git REV FILE`".into(),
        )),
    }
}

/// The changes for a terminal: under each heading the records, below each what was said before (−) and what is said now (+).
fn text(changes: &Changes, names: &Names, color: bool) -> String {
    let ink = |code: &str, words: &str| match color {
        true => format!("\u{1b}[{code}m{words}\u{1b}[0m"),
        false => words.to_owned(),
    };
    if changes.entries.is_empty() {
        return "No differences.\n".into();
    }
    let mut out = format!("From {} to {}\n", plain(&names.old), plain(&names.new));
    for group in changes.groups() {
        let heading = format!("{} ({})", group.heading, group.entries.len());
        out.push_str(&format!("\n{}\n", ink("1", &heading)));
        for entry in &group.entries {
            let name = match (entry.kind, entry.id()) {
                (None, _) => "The register".to_owned(),
                (Some(kind), "") => kind.plural().to_owned(),
                (Some(_), id) => format!("{} [{id}]", entry.title()),
            };
            let (name, headline) = (plain(&name), plain(&entry.headline()));
            out.push_str(&format!("  {name}\n    {headline}\n"));
            for line in entry.lines() {
                let words = format!("{} {}", line.sign.mark(), plain(&line.words));
                let words = match line.sign {
                    Sign::Old => ink("31", &words),
                    Sign::New => ink("32", &words),
                    Sign::Both => words,
                };
                out.push_str(&format!("      {words}\n"));
            }
        }
    }
    if changes.says_the_same() {
        out.push_str("\nThey say the same.\n");
    } else {
        out.push_str(&format!("\nIn all: {}\n", changes.in_words()));
    }
    out
}
