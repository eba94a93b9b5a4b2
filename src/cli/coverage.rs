//! `linchpin coverage`: which sentences have been coded or dismissed, and which nobody has looked
//! at.

use super::input::{FileArg, RegisterInput, open_without_texts};
use super::{CliError, CliResult, ExitStatus, output};
use linchpin_edit::text_diagnostics::first_words;
use linchpin_reading::{Coverage, CoverageIndex, SentenceState, TextLibrary, verify_citations};
use linchpin_register::Document;
use linchpin_register::english::count_noun;
use linchpin_report::{Block, ListItem, Report, json};
use ron_lossless::nearest;
use serde::Serialize;
use std::path::PathBuf;

/// Count the sentences of each document that have a record, are dismissed, or are open
#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub struct CoverageArgs {
    #[command(flatten)]
    file: FileArg,
    /// A folder of texts for documents that have none beside the register: DIR/ID.txt is the text
    /// of the document ID
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// Only this document
    #[arg(long, value_name = "ID")]
    document: Option<String>,
    /// How the result is written
    #[arg(long, value_enum, default_value_t = CoverageFormat::Text)]
    format: CoverageFormat,
    /// List the open sentences, each with its first words
    #[arg(long)]
    open: bool,
    /// Fail where less than this share of a document's sentences is coded or dismissed, in percent
    #[arg(long, value_name = "PERCENT", value_parser = parse_percent)]
    require: Option<f64>,
}

const AFTER: &str = "\
A sentence is coded where the phrase of a record stands in it, dismissed where only that of a \
dismissal does, and open otherwise. Documents that
stand on one page are read together.

JSON is {documents, without_text}. Each of `documents` is {document, path, sentences, coded, \
dismissed, open, share, open_sentences}: `share` is the part
that is coded or dismissed, 0 to 1; `open_sentences` is null without --open, else a list of \
{paragraph, number, words}, where number is the place in
the paragraph, and words are ten at most. `without_text` has the ids of documents that are cited \
and have no text.

Exit codes: 0 done, also where sentences are open; 1 a document has less than --require asks for; \
2 the register cannot be read, or no document has a text.";

#[derive(Clone, Copy, clap::ValueEnum)]
enum CoverageFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

fn parse_percent(text: &str) -> Result<f64, String> {
    let number = text.trim_end_matches('%').parse::<f64>().ok();
    let number = number.filter(|number| (0.0..=100.0).contains(number));
    number.ok_or_else(|| "write a number from 0 to 100".into())
}

/// Runs the command.
pub fn run(args: CoverageArgs) -> CliResult {
    // The texts are read once, below, together with those of --texts.
    let input = open_without_texts(args.file.file.as_deref())?;
    input.warn_about_problems()?;
    let texts = input.texts(args.texts.as_deref())?;
    let library = texts.library(&input.loaded.register);
    if let Some(id) = &args.document {
        require_document_text(&input, &library, id)?;
    }
    texts.require_any(&input.name, &input.loaded.register, &library)?;
    let report = CoverageReport::new(&input, &library, args.document.as_deref(), args.open);
    match args.format {
        CoverageFormat::Text => output::print_page(&report.page(args.require))?,
        CoverageFormat::Json => output::print_result(&json::write(&report))?,
    }
    let falls_short = |d: &DocumentCoverage| args.require.is_some_and(|least| d.is_below(least));
    Ok(match report.documents.iter().any(falls_short) {
        true => ExitStatus::Problems,
        false => ExitStatus::Success,
    })
}

/// # Errors
/// Where there is no such document, or it has no text.
pub(super) fn require_document_text(
    input: &RegisterInput,
    library: &TextLibrary,
    id: &str,
) -> Result<(), CliError> {
    let register = &input.loaded.register;
    if register.get::<Document>(id).is_none() {
        let ids = register.documents.iter().map(|d| d.id.as_str());
        let near = nearest(id, ids).map(|near| format!(" Did you mean `{near}`?"));
        let near = near.unwrap_or_default();
        return Err(CliError(format!("There is no document `{id}`.{near}")));
    }
    match library.prose(id) {
        Some(_) => Ok(()),
        None => Err(CliError(format!(
            "The document `{id}` has no text that can be read. Attach one, or name a folder with \
            --texts that holds {id}.txt"
        ))),
    }
}

#[derive(Serialize)]
struct CoverageReport {
    documents: Vec<DocumentCoverage>,
    without_text: Vec<String>,
}

#[derive(Serialize)]
struct DocumentCoverage {
    document: String,
    path: String,
    sentences: usize,
    coded: usize,
    dismissed: usize,
    open: usize,
    share: f64,
    open_sentences: Option<Vec<OpenSentence>>,
}

#[derive(Serialize)]
struct OpenSentence {
    paragraph: u32,
    number: u32,
    words: String,
}

impl CoverageReport {
    fn new(
        input: &RegisterInput,
        library: &TextLibrary,
        only: Option<&str>,
        with_open: bool,
    ) -> Self {
        let register = &input.loaded.register;
        let checked = verify_citations(register, library);
        let coverages = CoverageIndex::new(library, &checked);
        let mut report = CoverageReport {
            documents: Vec::new(),
            without_text: Vec::new(),
        };
        for document in &register.documents {
            let id = document.id.as_str();
            let Some(text) = library.get(id).filter(|_| library.prose(id).is_some()) else {
                if only.is_none() && checked.iter().any(|one| one.document == id) {
                    report.without_text.push(id.to_owned());
                }
                continue;
            };
            // What stands on the page of another document is counted there.
            let is_wanted = only.map_or(text.document == id, |only| only == id);
            if let Some(coverage) = coverages.coverage_of(id).filter(|_| is_wanted) {
                let words = |range: std::ops::Range<usize>| {
                    let words = text.prose.text().get(range).unwrap_or_default();
                    first_words(words)
                };
                let open = with_open.then(|| open_sentences(&coverage, &words));
                report.documents.push(DocumentCoverage {
                    document: id.to_owned(),
                    path: text.path.clone(),
                    sentences: coverage.sentences.len(),
                    coded: coverage.count(SentenceState::Coded),
                    dismissed: coverage.count(SentenceState::Dismissed),
                    open: coverage.count(SentenceState::Open),
                    share: coverage.reviewed_share(),
                    open_sentences: open,
                });
            }
        }
        report
    }

    fn page(&self, require: Option<f64>) -> Report {
        let item = |document: &DocumentCoverage| {
            let below = require.filter(|least| document.is_below(*least));
            let below = below.map(|least| format!(", less than {least}%"));
            let line = format!(
                "{}: {}: {} coded, {} dismissed, {} open; {}{}",
                document.document,
                count_noun(document.sentences, "sentence"),
                document.coded,
                document.dismissed,
                document.open,
                document.percent(),
                below.unwrap_or_default()
            );
            let open = document.open_sentences.iter().flatten().map(|open| {
                let (paragraph, number) = (open.paragraph, open.number);
                let words = &open.words;
                ListItem::new(format!("paragraph {paragraph}, sentence {number}: {words}"))
            });
            ListItem::new(line).with_items(open.collect())
        };
        let mut items: Vec<ListItem> = self.documents.iter().map(item).collect();
        if !self.without_text.is_empty() {
            let without = format!("no text: {}", self.without_text.join(", "));
            items.push(ListItem::new(without));
        }
        Report::untitled(vec![Block::List(items)])
    }
}

fn open_sentences(
    coverage: &Coverage,
    words: &dyn Fn(std::ops::Range<usize>) -> String,
) -> Vec<OpenSentence> {
    let open = coverage.sentences.iter();
    let open = open.filter(|sentence| sentence.state == SentenceState::Open);
    let listed = open.map(|sentence| OpenSentence {
        paragraph: sentence.paragraph,
        number: sentence.number,
        words: words(sentence.range.clone()),
    });
    listed.collect()
}

impl DocumentCoverage {
    fn is_below(&self, percent: f64) -> bool {
        let done = (self.sentences - self.open) as f64;
        // With a little room, so that a document at exactly the share that is required passes.
        done * 100.0 + 1e-6 < percent * self.sentences as f64
    }

    /// Rounded down, so that 100% means all.
    fn percent(&self) -> String {
        let tenths = match self.sentences {
            0 => 1000,
            all => (all - self.open) * 1000 / all,
        };
        match tenths % 10 {
            0 => format!("{}%", tenths / 10),
            tenth => format!("{}.{tenth}%", tenths / 10),
        }
    }
}
