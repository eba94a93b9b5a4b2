//! `linchpin candidates`: what a document's text may hold that is worth a record, and how that
//! compares with what people coded.

mod score;

use super::coverage::require_document_text;
use super::input::{FileArg, open_without_texts};
use super::{CliError, CliResult, ExitStatus, output};
use linchpin_reading::{Candidate, Proposal, find_candidates};
use linchpin_register::{LadderStep, Register};
use linchpin_report::{Block, ListItem, Report, json};
use linchpin_text::prose::Prose;
use serde::Serialize;
use std::path::PathBuf;

/// List the commitments, figures and names that a document's text may hold, by rules
#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub struct CandidatesArgs {
    #[command(flatten)]
    file: FileArg,
    /// The document whose text is read
    #[arg(long, value_name = "ID")]
    document: String,
    /// A folder of texts for documents that have none beside the register: DIR/ID.txt is the text
    /// of the document ID
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// How the result is written
    #[arg(long, value_enum, default_value_t = CandidatesFormat::Text)]
    format: CandidatesFormat,
    /// Compare with what has been coded by hand: precision, recall, what is missed and what is
    /// surplus
    #[arg(long)]
    score: bool,
}

const AFTER: &str = "\
The rules are data: the verbs of the register's ladder, and its cues; where it has none of a kind, \
the standard ones. They propose and decide nothing.
What is denied, others' words and doings, purposes, predicted effects, past achievements and \
worries are excluded and shown as such.

--score counts a coded record as found where the phrase of a candidate overlaps a phrase that the \
record cites, and a candidate as right where a
coded record has its words. Recall is the share of records found, precision the share of \
candidates that are right. Names are those of bodies and
instruments; concerns are compared with what is excluded as a worry or as others' doings. \
Documents that stand on one page are scored together.

JSON is a list of {paragraph, kind, words, phrase, start, end, excluded, verb, step, committers, \
hedges, mode, value, qualifier, unit, currency, record}; what does not
apply is null. `start` and `end` are the bytes of `words` in the text. With --score it is \
{document, commitments, figures, names, concerns, steps, excluded, dismissed}; each
of the first four is {coded, found, recall, proposed, right, precision, missed, surplus}.

Exit codes: 0 done; 2 the register cannot be read, or the document has no text.";

#[derive(Clone, Copy, clap::ValueEnum)]
enum CandidatesFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// Runs the command.
pub fn run(args: CandidatesArgs) -> CliResult {
    let input = open_without_texts(args.file.file.as_deref())?;
    input.warn_about_problems()?;
    let register = &input.loaded.register;
    // Both of --texts and of the register's folder, so that no text is read twice.
    let texts = input.texts(args.texts.as_deref())?;
    let library = texts.library(register);
    require_document_text(&input, &library, &args.document)?;
    let Some(prose) = library.prose(&args.document) else {
        return Err(CliError(format!("{} has no text", args.document)));
    };
    let all = find_candidates(register, &args.document, prose);
    if args.score {
        let report = score::ScoreReport::new(register, &library, &args.document, prose, &all);
        match args.format {
            CandidatesFormat::Text => output::print_page(&report.page())?,
            CandidatesFormat::Json => output::print_result(&json::write(&report))?,
        }
        return Ok(ExitStatus::Success);
    }
    match args.format {
        CandidatesFormat::Text => output::print_page(&page(register, prose, &all))?,
        CandidatesFormat::Json => {
            let rows = all.iter();
            let rows = rows.map(|candidate| CandidateRow::new(register, prose, candidate));
            output::print_result(&json::write(&rows.collect::<Vec<_>>()))?;
        }
    }
    Ok(ExitStatus::Success)
}

/// A candidate as programs read it.
#[derive(Default, Serialize)]
struct CandidateRow {
    paragraph: u32,
    kind: &'static str,
    words: String,
    phrase: String,
    start: usize,
    end: usize,
    excluded: Option<&'static str>,
    verb: Option<String>,
    step: Option<String>,
    committers: Option<Vec<String>>,
    hedges: Option<Vec<String>>,
    mode: Option<&'static str>,
    value: Option<f64>,
    qualifier: Option<String>,
    unit: Option<String>,
    currency: Option<String>,
    record: Option<String>,
}

impl CandidateRow {
    fn new(register: &Register, prose: &Prose, candidate: &Candidate) -> Self {
        let words = |range: std::ops::Range<usize>| prose.text().get(range).unwrap_or_default();
        let row = CandidateRow {
            paragraph: candidate.paragraph,
            words: words(candidate.trigger.clone()).to_owned(),
            phrase: words(candidate.phrase.clone()).to_owned(),
            start: candidate.trigger.start,
            end: candidate.trigger.end,
            excluded: candidate.excluded.map(|excluded| excluded.label()),
            ..CandidateRow::default()
        };
        match candidate.proposal.clone() {
            Proposal::Commitment {
                verb,
                step,
                committers,
                hedges,
                mode,
            } => CandidateRow {
                kind: "commitment",
                verb: Some(verb),
                step,
                committers: Some(committers),
                hedges: Some(hedges),
                mode: Some(mode.name()),
                ..row
            },
            Proposal::Figure {
                value,
                qualifier,
                unit,
                currency,
            } => CandidateRow {
                kind: "figure",
                value,
                qualifier,
                unit,
                currency,
                ..row
            },
            Proposal::Name(at) => CandidateRow {
                kind: "name",
                record: register.record(at).map(|record| record.id().to_owned()),
                ..row
            },
        }
    }
}

/// The candidates for people, paragraph by paragraph.
fn page(register: &Register, prose: &Prose, all: &[Candidate]) -> Report {
    let paragraphs = all.chunk_by(|a, b| a.paragraph == b.paragraph);
    let section = |candidates: &[Candidate]| {
        let number = candidates.first().map_or(0, |first| first.paragraph);
        let lines = candidates
            .iter()
            .map(|c| candidate_line(register, prose, c));
        let items = lines.map(ListItem::new).collect();
        Block::section(format!("Paragraph {number}"), vec![Block::List(items)])
    };
    let mut report = Report::default();
    report.blocks.extend(paragraphs.map(section));
    if all.is_empty() {
        report.blocks.push(Block::paragraph("no candidates"));
    }
    report
}

/// A candidate in a line: what it is, then its words.
pub(super) fn candidate_line(register: &Register, prose: &Prose, candidate: &Candidate) -> String {
    let row = CandidateRow::new(register, prose, candidate);
    let mut what = match &candidate.proposal {
        Proposal::Commitment { verb, step, .. } => {
            let step = step
                .as_deref()
                .and_then(|id| register.get::<LadderStep>(id));
            let step = step.map_or("no step".to_owned(), LadderStep::ranked_label);
            let by = row.committers.unwrap_or_default().join(", ");
            let by = if by.is_empty() {
                by
            } else {
                format!(", by {by}")
            };
            match candidate.excluded {
                Some(_) => verb.clone(),
                None => format!("{verb} ({step}{by})"),
            }
        }
        Proposal::Figure { unit, .. } => {
            let unit = unit.as_ref().map(|unit| format!(" ({unit})"));
            format!("{}{}", row.words, unit.unwrap_or_default())
        }
        Proposal::Name(_) => row.record.unwrap_or_default(),
    };
    if let Some(excluded) = row.excluded {
        what = format!("{what}, excluded: {excluded}");
    }
    format!("{:<10}  {what}: “{}”", row.kind, row.phrase)
}
