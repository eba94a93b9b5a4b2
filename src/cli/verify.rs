//! `linchpin verify`: whether each quoted phrase stands where its citation says.

use super::input::{FileArg, Input, counted, open_alone};
use super::rows::{Row, Rows, json};
use super::text_table::plain;
use super::{Exit, Outcome, out};
use linchpin_edit::cited::{About, Finding, findings, shown};
use linchpin_reading::{self, Checked, Library, TextState, verify};
use linchpin_register::{Loaded, codes};
use linchpin_text::prose::Found;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Look for every quoted phrase in the text of its document
#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub struct Args {
    #[command(flatten)]
    file: FileArg,
    /// A folder of texts for documents that have none beside the register: DIR/ID.txt is the text of the document ID
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// How the result is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Fail as well where words stand there only but for quotation marks, dashes, case or white space
    #[arg(long)]
    strict: bool,
}

const AFTER: &str = "\
A phrase is exact where it stands in its paragraph letter for letter; normalized where it does but for quotation marks, dashes, case or white
space; moved where it stands in another paragraph; broken where it stands nowhere. Paragraphs are the lines of the text that are not blank,
counted from 1. `linchpin fix` carries out the repairs of texts that lie beside the register.

JSON is {documents, totals, findings}. Each of `documents` is {document, path, text, why, sha256, phrases}: `text` is same, unsigned (the register
says no hash), changed, missing (`why` says more) or none; `phrases` and `totals` are {exact, normalized, moved, broken, unread}, where unread
counts the phrases of documents without a text. Each of `findings` is a problem as `linchpin check --format json` writes it, with
{outcome, record, document, paragraph, phrase, found}: `outcome` is normalized, moved, broken, changed or missing; the last two are of a text, and
have no paragraph, phrase or found. `found` is null, or {paragraph, words, exact, others}: where the phrase stands first, the text's own words,
whether letter for letter, and in how many other paragraphs.

Exit codes: 0 every phrase of every text stands where it should (normalized ones count, unless --strict); 1 a phrase has moved or is broken, a text
has changed or cannot be read; 2 nothing could be verified: the register cannot be read, or no document has a text.";

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people: each finding with its place, then a summary
    Text,
    /// For programs
    Json,
}

/// Runs the command.
pub fn run(args: Args) -> Outcome {
    let input = open_alone(args.file.file.as_deref())?;
    input.warn_of_problems()?;
    let texts = input.texts(args.texts.as_deref())?;
    let library = texts.library(&input.loaded.register);
    let checked = verify(&input.loaded.register, &library);
    if !checked.is_empty() {
        texts.some(&input.name, &input.loaded.register, &library)?;
    }
    let found = findings(&input.loaded, &library, &checked);
    let report = Report::new(&input, &library, &checked, found);
    match args.format {
        Format::Text => out::result(&report.text())?,
        Format::Json => out::result(&json(&report))?,
    }
    let is_fine = |finding: &Noted| finding.outcome == "normalized" && !args.strict;
    Ok(match report.findings.iter().all(is_fine) {
        true => Exit::Fine,
        false => Exit::Problems,
    })
}

/// How many phrases of each outcome there are.
#[derive(Clone, Copy, Default, Serialize)]
struct Tally {
    exact: usize,
    normalized: usize,
    moved: usize,
    broken: usize,
    unread: usize,
}

impl Tally {
    fn add(&mut self, outcome: &linchpin_reading::Outcome) {
        let count = match outcome {
            linchpin_reading::Outcome::NoText => &mut self.unread,
            linchpin_reading::Outcome::Looked(Found::Exact(_)) => &mut self.exact,
            linchpin_reading::Outcome::Looked(Found::Normalized(_)) => &mut self.normalized,
            linchpin_reading::Outcome::Looked(Found::Moved { .. }) => &mut self.moved,
            linchpin_reading::Outcome::Looked(Found::Broken) => &mut self.broken,
        };
        *count += 1;
    }

    /// "52 phrases: 50 exact, 2 moved".
    fn in_words(&self) -> String {
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
            false => format!("{}: {}", counted(all, "phrase"), kinds.join(", ")),
        }
    }
}

#[derive(Serialize)]
struct OfDocument {
    document: String,
    path: Option<String>,
    text: &'static str,
    why: Option<String>,
    sha256: Option<String>,
    phrases: Tally,
}

/// A finding as programs read it.
#[derive(Serialize)]
struct Noted {
    #[serde(flatten)]
    row: Row,
    outcome: &'static str,
    record: String,
    document: String,
    paragraph: Option<u32>,
    phrase: Option<String>,
    found: Option<Place>,
}

#[derive(Serialize)]
struct Place {
    paragraph: Option<u32>,
    words: String,
    exact: bool,
    others: usize,
}

#[derive(Serialize)]
struct Report {
    documents: Vec<OfDocument>,
    totals: Tally,
    findings: Vec<Noted>,
}

impl Report {
    fn new(input: &Input, library: &Library, checked: &[Checked], found: Vec<Finding>) -> Self {
        let loaded = &input.loaded;
        let (mut totals, mut tallies) = (Tally::default(), BTreeMap::<&str, Tally>::new());
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
        let documents =
            all.map(|id| of_document(library, id, tallies.get(id).copied().unwrap_or_default()));
        let documents = documents.collect();
        let rows = Rows::new(input);
        let findings = found.iter();
        let findings = findings.filter_map(|found| noted(loaded, library, checked, &rows, found));
        Report {
            documents,
            totals,
            findings: findings.collect(),
        }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a text cannot fail.
        for found in &self.findings {
            let row = &found.row;
            let _ = write!(
                out,
                "{}:{}:{}: {}: {}",
                row.file, row.line, row.column, found.outcome, found.record
            );
            if let Some(phrase) = &found.phrase {
                let _ = write!(out, ": \"{}\" ({}", plain(&shown(phrase)), found.document);
                let paragraph = found
                    .paragraph
                    .map(|number| format!(", paragraph {number}"));
                let _ = write!(out, "{})", paragraph.unwrap_or_default());
            }
            let _ = writeln!(out, "\n  {}", plain(&row.message));
            if let Some(help) = &row.help {
                let _ = writeln!(out, "  help: {}", plain(help));
            }
            if let Some(repair) = &row.repair {
                let _ = writeln!(out, "  repair: {}", plain(&repair.words));
            }
            out.push('\n');
        }
        for document in &self.documents {
            let _ = writeln!(out, "{}", document.line());
        }
        let _ = writeln!(out, "\n{}", self.totals.in_words());
        out
    }
}

impl OfDocument {
    fn line(&self) -> String {
        let text = match (self.text, &self.path, &self.why) {
            ("none", ..) => "no text".to_owned(),
            ("missing", Some(path), Some(why)) => format!("{path} cannot be read: {why}"),
            ("changed", Some(path), _) => format!("{path} has changed"),
            (_, Some(path), _) => path.clone(),
            (_, None, _) => String::new(),
        };
        plain(&format!(
            "{}: {} ({text})",
            self.document,
            self.phrases.in_words()
        ))
    }
}

fn of_document(library: &Library, id: &str, phrases: Tally) -> OfDocument {
    let text = library.get(id);
    let (state, why) = match text.map(|text| &text.state) {
        None => ("none", None),
        Some(TextState::Same) => ("same", None),
        Some(TextState::Unsigned) => ("unsigned", None),
        Some(TextState::Changed) => ("changed", None),
        Some(TextState::Missing(why)) => ("missing", Some(why.clone())),
    };
    OfDocument {
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
fn noted(
    loaded: &Loaded,
    library: &Library,
    checked: &[Checked],
    rows: &Rows<'_>,
    finding: &Finding,
) -> Option<Noted> {
    let row = rows.row(&finding.problem);
    let outcome = match finding.problem.code {
        codes::PHRASE_NORMALIZED => "normalized",
        codes::PHRASE_MOVED => "moved",
        codes::PHRASE_BROKEN => "broken",
        codes::TEXT_CHANGED => "changed",
        codes::TEXT_MISSING => "missing",
        _ => return None,
    };
    Some(match &finding.about {
        About::Citation(index) => {
            let one = checked.get(*index)?;
            let record = loaded.register.record(one.record)?;
            Noted {
                row,
                outcome,
                record: record.id().to_owned(),
                document: one.document.clone(),
                paragraph: one.paragraph,
                phrase: Some(one.phrase.clone()),
                found: place(library, one),
            }
        }
        About::Text(id) | About::Sentences(id) => Noted {
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

fn place(library: &Library, one: &Checked) -> Option<Place> {
    let linchpin_reading::Outcome::Looked(found) = &one.outcome else {
        return None;
    };
    let (range, prose) = (found.range()?, library.prose(&one.document)?);
    let (exact, others) = match found {
        Found::Moved { exact, others, .. } => (*exact, *others),
        other => (matches!(other, Found::Exact(_)), 0),
    };
    Some(Place {
        paragraph: prose.paragraph_at(range.start),
        words: prose.text().get(range)?.to_owned(),
        exact,
        others,
    })
}
