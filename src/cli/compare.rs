//! `linchpin compare`: what became of the commitments, and of the sentences, from one document to
//! another.

mod json;
mod write;

use super::documents::{TextsArg, find_document};
use super::input::open;
use super::{CliError, CliResult, ExitStatus, output};
use clap::ValueEnum;
use linchpin_compare::{Matching, Sentences, commitments, documents};
use linchpin_register::Document;
use std::path::{Path, PathBuf};

/// Compare two documents: which commitments are new, repeated, reworded, stronger, weaker, dropped
/// or restored
#[derive(clap::Args)]
#[command(
    override_usage = "linchpin compare [FILE] DOC1 DOC2 [OPTIONS]",
    after_help = AFTER
)]
pub struct CompareArgs {
    /// The register (left out: the bundled one; `-`: the standard input), then the documents by id:
    /// the one before, and the one after
    #[arg(value_names = ["FILE", "DOC1", "DOC2"], num_args = 2..=3, required = true)]
    names: Vec<PathBuf>,
    #[command(flatten)]
    texts: TextsArg,
    /// How it is written
    #[arg(long, value_enum, default_value = "text")]
    format: CompareFormat,
    /// Also sentence by sentence; both documents need their texts
    #[arg(long)]
    sentences: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum CompareFormat {
    Text,
    Json,
    Md,
}

const AFTER: &str = "\
Each match is confirmed (the register says so, in `continuity`) or proposed (worked out from words, themes, bodies and
steps, with the reasons). A commitment that has no partner is dropped or new only where the other document is coded
through for it; elsewhere it is \"not coded there\", and counts as no difference.

JSON: an object with `before` and `after` (id, short, date), `counts` (change, confirmed, proposed), `matches` (change,
standing, score from 0 to 1, before, after and older as commitments with id, title, verb, step, rank, phrase and
paragraph, reasons, notes, others) and, with --sentences, `sentences` (kind, before and after with paragraph, number and
text, similarity, words: pieces that are Same, Gone or New).

Examples:
  linchpin compare washington-declaration defense-vision-2023
  linchpin compare register.ron scm-54 scm-55 --format md
  linchpin compare register.ron scm-54 scm-55 --texts texts --sentences

Exit codes: 0 the same; 1 there are differences; 2 could not run.";

/// Two documents beside each other.
struct ComparisonReport<'r> {
    before: &'r Document,
    after: &'r Document,
    matching: Matching,
    sentences: Option<(Sentences, [&'r str; 2])>,
}

/// Runs the command.
pub fn run(args: CompareArgs) -> CliResult {
    let (file, before, after) = match args.names.as_slice() {
        [before, after] => (None, before, after),
        [file, before, after, ..] => (Some(file.as_path()), before, after),
        _ => return Err(CliError("Which two documents? Give their ids".into())),
    };
    let input = open(file)?;
    input.warn_about_problems()?;
    let register = &input.loaded.register;
    let before = find_document(register, &before.to_string_lossy())?;
    let after = find_document(register, &after.to_string_lossy())?;
    let library = args.texts.library(&input)?;
    let ids = [before, after].map(|d| d.id.as_str());
    let sentences = match args.sentences {
        true => Some(both_texts(&library, [before, after], file)?),
        false => None,
    };
    let compared = ComparisonReport {
        before,
        after,
        matching: commitments(register, &library, ids[0], ids[1]),
        sentences: sentences
            .as_ref()
            .map(|[a, b]| (documents(a, b), [a.text(), b.text()])),
    };
    output::print_result(&match args.format {
        CompareFormat::Text => write::text(&compared),
        CompareFormat::Md => write::markdown(&compared),
        CompareFormat::Json => json::json(&compared),
    })?;
    let same = compared
        .matching
        .matches
        .iter()
        .all(|m| !write::is_difference(m.finding));
    let same_words = compared.sentences.as_ref().is_none_or(|(s, _)| s.is_same());
    Ok(match same && same_words {
        true => ExitStatus::Success,
        false => ExitStatus::Problems,
    })
}

fn both_texts<'l>(
    library: &'l linchpin_reading::TextLibrary,
    both: [&Document; 2],
    file: Option<&Path>,
) -> Result<[&'l linchpin_text::prose::Prose; 2], CliError> {
    let one = |document: &Document| match library.prose(document.id.as_str()) {
        Some(prose) => Ok(prose.as_ref()),
        None => {
            let id = document.id.as_str();
            let advice = match file {
                Some(_) => "attach one to the register, or put it",
                None => "put it",
            };
            Err(CliError(format!(
                "There is no text of {}: {advice} into a folder as {id}.txt, and name the folder \
                with --texts",
                document.short
            )))
        }
    };
    Ok([one(both[0])?, one(both[1])?])
}
