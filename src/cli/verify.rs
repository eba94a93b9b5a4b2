//! `linchpin verify`: whether each quoted phrase stands where its citation says.

use super::diagnostic_json::{DiagnosticRow, DiagnosticRows};
use super::input::{FileArg, RegisterInput, open_without_texts};
use super::{CliResult, ExitStatus, output};
use linchpin_edit::text_diagnostics::{
    TextDiagnostic, TextDiagnosticSubject, first_words, text_diagnostics,
};
use linchpin_reading::{
    CheckedCitation, TextLibrary, TextState, VerificationOutcome, verify_citations,
};
use linchpin_register::english::count_noun;
use linchpin_register::{LoadedRegister, codes};
use linchpin_report::{Block, ListItem, Report, json};
use linchpin_text::prose::PhraseMatch;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Look for every quoted phrase in the text of its document
#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub struct VerifyArgs {
    #[command(flatten)]
    file: FileArg,
    /// A folder of texts for documents that have none beside the register: DIR/ID.txt is the text
    /// of the document ID
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// How the result is written
    #[arg(long, value_enum, default_value_t = VerifyFormat::Text)]
    format: VerifyFormat,
    /// Fail as well where words stand there only but for quotation marks, dashes, case or white
    /// space
    #[arg(long)]
    strict: bool,
}

const AFTER: &str = "\
A phrase is exact where it stands in its paragraph letter for letter; normalized where it does but \
for quotation marks, dashes, case or white
space; moved where it stands in another paragraph; broken where it stands nowhere. Paragraphs are \
the lines of the text that are not blank,
counted from 1. `linchpin fix` carries out the repairs of texts that lie beside the register.

JSON is {documents, totals, findings}. Each of `documents` is {document, path, text, why, sha256, \
phrases}: `text` is same, unsigned (the register
says no hash), changed, missing (`why` says more) or none; `phrases` and `totals` are {exact, \
normalized, moved, broken, unread}, where unread
counts the phrases of documents without a text. Each of `findings` is a problem as `linchpin check \
--format json` writes it, with
{outcome, record, document, paragraph, phrase, found}: `outcome` is normalized, moved, broken, \
changed or missing; the last two are of a text, and
have no paragraph, phrase or found. `found` is null, or {paragraph, words, exact, others}: where \
the phrase stands first, the text's own words,
whether letter for letter, and in how many other paragraphs.

Exit codes: 0 every phrase of every text stands where it should (normalized ones count, unless \
--strict); 1 a phrase has moved or is broken, a text
has changed or cannot be read; 2 nothing could be verified: the register cannot be read, or no \
document has a text.";

#[derive(Clone, Copy, clap::ValueEnum)]
enum VerifyFormat {
    /// For people: each finding with its place, then a summary
    Text,
    /// For programs
    Json,
}

/// Runs the command.
pub fn run(args: VerifyArgs) -> CliResult {
    // What the texts say is the result of this command, and no warning before it.
    let input = open_without_texts(args.file.file.as_deref())?;
    input.warn_about_problems()?;
    let texts = input.texts(args.texts.as_deref())?;
    let library = texts.library(&input.loaded.register);
    let checked = verify_citations(&input.loaded.register, &library);
    // A register without phrases has nothing to verify, and needs no texts.
    if !checked.is_empty() {
        texts.require_any(&input.name, &input.loaded.register, &library)?;
    }
    let found = text_diagnostics(&input.loaded, &library, &checked);
    let report = VerifyReport::new(&input, &library, &checked, found);
    match args.format {
        VerifyFormat::Text => output::print_page(&report.page())?,
        VerifyFormat::Json => output::print_result(&json::write(&report))?,
    }
    let is_fine =
        |finding: &FindingRow| finding.outcome == FindingOutcome::Normalized && !args.strict;
    Ok(match report.findings.iter().all(is_fine) {
        true => ExitStatus::Success,
        false => ExitStatus::Problems,
    })
}

/// How many phrases of each outcome there are.
#[derive(Clone, Copy, Default, Serialize)]
struct PhraseTally {
    exact: usize,
    normalized: usize,
    moved: usize,
    broken: usize,
    unread: usize,
}

impl PhraseTally {
    fn add(&mut self, outcome: &VerificationOutcome) {
        let count = match outcome {
            VerificationOutcome::NoText => &mut self.unread,
            VerificationOutcome::Searched(PhraseMatch::Exact(_)) => &mut self.exact,
            VerificationOutcome::Searched(PhraseMatch::Normalized(_)) => &mut self.normalized,
            VerificationOutcome::Searched(PhraseMatch::Moved { .. }) => &mut self.moved,
            VerificationOutcome::Searched(PhraseMatch::Broken) => &mut self.broken,
        };
        *count += 1;
    }

    /// "52 phrases: 50 exact, 2 moved".
    fn summary(&self) -> String {
        let all = self.exact + self.normalized + self.moved + self.broken + self.unread;
        let kinds = [
            (self.exact, "exact"),
            (self.normalized, "normalized"),
            (self.moved, "moved"),
            (self.broken, "broken"),
            (self.unread, "without a text"),
        ];
        let kinds = kinds.iter().filter(|(count, _)| *count > 0);
        let kinds: Vec<String> = kinds.map(|(n, kind)| format!("{n} {kind}")).collect();
        match kinds.is_empty() {
            true => "no phrases".into(),
            false => format!("{}: {}", count_noun(all, "phrase"), kinds.join(", ")),
        }
    }
}

/// What there is to read of a document.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum TextStatus {
    None,
    Same,
    /// The register says no hash.
    Unsigned,
    Changed,
    Missing,
}

/// What is wrong with a phrase, or with a text.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum FindingOutcome {
    Normalized,
    Moved,
    Broken,
    Changed,
    Missing,
}

impl FindingOutcome {
    fn label(self) -> &'static str {
        match self {
            FindingOutcome::Normalized => "normalized",
            FindingOutcome::Moved => "moved",
            FindingOutcome::Broken => "broken",
            FindingOutcome::Changed => "changed",
            FindingOutcome::Missing => "missing",
        }
    }
}

#[derive(Serialize)]
struct DocumentPhrases {
    document: String,
    path: Option<String>,
    text: TextStatus,
    why: Option<String>,
    sha256: Option<String>,
    phrases: PhraseTally,
}

/// A finding as programs read it.
#[derive(Serialize)]
struct FindingRow {
    #[serde(flatten)]
    row: DiagnosticRow,
    outcome: FindingOutcome,
    record: String,
    document: String,
    paragraph: Option<u32>,
    phrase: Option<String>,
    found: Option<FoundPhrase>,
}

#[derive(Serialize)]
struct FoundPhrase {
    paragraph: Option<u32>,
    words: String,
    exact: bool,
    others: usize,
}

#[derive(Serialize)]
struct VerifyReport {
    documents: Vec<DocumentPhrases>,
    totals: PhraseTally,
    findings: Vec<FindingRow>,
}

impl VerifyReport {
    fn new(
        input: &RegisterInput,
        library: &TextLibrary,
        checked: &[CheckedCitation],
        found: Vec<TextDiagnostic>,
    ) -> Self {
        let loaded = &input.loaded;
        let (mut totals, mut tallies) =
            (PhraseTally::default(), BTreeMap::<&str, PhraseTally>::new());
        for one in checked {
            totals.add(&one.outcome);
            tallies.entry(&one.document).or_default().add(&one.outcome);
        }
        // A link may lead to no document.
        let mut ids: Vec<&str> = tallies.keys().copied().collect();
        let known: Vec<&str> = loaded
            .register
            .documents
            .iter()
            .map(|d| d.id.as_str())
            .collect();
        ids.retain(|id| !known.contains(id));
        let cited = |id: &&str| tallies.contains_key(id) || library.get(id).is_some();
        let all = known.iter().copied().filter(cited).chain(ids);
        let documents = all
            .map(|id| document_phrases(library, id, tallies.get(id).copied().unwrap_or_default()));
        let documents = documents.collect();
        let rows = DiagnosticRows::new(input);
        let findings = found.iter();
        let findings =
            findings.filter_map(|found| finding_row(loaded, library, checked, &rows, found));
        VerifyReport {
            documents,
            totals,
            findings: findings.collect(),
        }
    }

    fn page(&self) -> Report {
        let mut blocks: Vec<Block> = self.findings.iter().map(FindingRow::block).collect();
        let documents = self.documents.iter();
        let documents = documents.map(|document| ListItem::new(document.line()));
        blocks.push(Block::List(documents.collect()));
        blocks.push(Block::paragraph(self.totals.summary()));
        Report::untitled(blocks)
    }
}

impl FindingRow {
    /// Its place with the phrase, and below it what is wrong and what would be right.
    fn block(&self) -> Block {
        let row = &self.row;
        let mut line = format!(
            "{}:{}:{}: {}: {}",
            row.file,
            row.line,
            row.column,
            self.outcome.label(),
            self.record
        );
        if let Some(phrase) = &self.phrase {
            let paragraph = self.paragraph.map(|number| format!(", paragraph {number}"));
            let (words, document) = (first_words(phrase), &self.document);
            let paragraph = paragraph.unwrap_or_default();
            line.push_str(&format!(": \"{words}\" ({document}{paragraph})"));
        }
        let help = row.help.as_ref().map(|help| format!("help: {help}"));
        let repair = row.repair.as_ref();
        let repair = repair.map(|repair| format!("repair: {}", repair.words));
        let below = [Some(row.message.clone()), help, repair];
        let below = below.into_iter().flatten().map(ListItem::new);
        Block::List(vec![ListItem::new(line).with_items(below.collect())])
    }
}

impl DocumentPhrases {
    fn line(&self) -> String {
        let text = match (self.text, &self.path, &self.why) {
            (TextStatus::None, ..) => "no text".to_owned(),
            (TextStatus::Missing, Some(path), Some(why)) => format!("{path} cannot be read: {why}"),
            (TextStatus::Changed, Some(path), _) => format!("{path} has changed"),
            (_, Some(path), _) => path.clone(),
            (_, None, _) => String::new(),
        };
        format!("{}: {} ({text})", self.document, self.phrases.summary())
    }
}

fn document_phrases(library: &TextLibrary, id: &str, phrases: PhraseTally) -> DocumentPhrases {
    let text = library.get(id);
    let (state, why) = match text.map(|text| &text.state) {
        None => (TextStatus::None, None),
        Some(TextState::Unchanged) => (TextStatus::Same, None),
        Some(TextState::NoHash) => (TextStatus::Unsigned, None),
        Some(TextState::Changed) => (TextStatus::Changed, None),
        Some(TextState::Missing(why)) => (TextStatus::Missing, Some(why.clone())),
    };
    DocumentPhrases {
        document: id.to_owned(),
        path: text.map(|text| text.path.clone()),
        text: state,
        why,
        sha256: text
            .map(|t| t.sha256.clone())
            .filter(|hash| !hash.is_empty()),
        phrases,
    }
}

/// A finding with what it is about; `None` for what is no matter of phrases.
fn finding_row(
    loaded: &LoadedRegister,
    library: &TextLibrary,
    checked: &[CheckedCitation],
    rows: &DiagnosticRows<'_>,
    finding: &TextDiagnostic,
) -> Option<FindingRow> {
    let row = rows.row(&finding.diagnostic);
    let outcome = match finding.diagnostic.code {
        codes::PHRASE_NORMALIZED => FindingOutcome::Normalized,
        codes::PHRASE_MOVED => FindingOutcome::Moved,
        codes::PHRASE_BROKEN => FindingOutcome::Broken,
        codes::TEXT_CHANGED => FindingOutcome::Changed,
        codes::TEXT_MISSING => FindingOutcome::Missing,
        _ => return None,
    };
    Some(match &finding.subject {
        TextDiagnosticSubject::Citation(index) => {
            let one = checked.get(*index)?;
            let record = loaded.register.record(one.record)?;
            FindingRow {
                row,
                outcome,
                record: record.id().to_owned(),
                document: one.document.clone(),
                paragraph: one.paragraph,
                phrase: Some(one.phrase.clone()),
                found: found_phrase(library, one),
            }
        }
        TextDiagnosticSubject::Text(id) | TextDiagnosticSubject::Sentences(id) => FindingRow {
            row,
            outcome,
            record: id.clone(),
            document: id.clone(),
            paragraph: None,
            phrase: None,
            found: None,
        },
    })
}

fn found_phrase(library: &TextLibrary, one: &CheckedCitation) -> Option<FoundPhrase> {
    let VerificationOutcome::Searched(found) = &one.outcome else {
        return None;
    };
    let (range, prose) = (found.range()?, library.prose(&one.document)?);
    let (exact, others) = match found {
        PhraseMatch::Moved { exact, others, .. } => (*exact, *others),
        other => (matches!(other, PhraseMatch::Exact(_)), 0),
    };
    Some(FoundPhrase {
        paragraph: prose.paragraph_at(range.start),
        words: prose.text().get(range)?.to_owned(),
        exact,
        others,
    })
}
