//! `linchpin compare`: what became of the commitments, and of the sentences, from one document to
//! another.

use super::documents::{TextsArg, find_document};
use super::input::open;
use super::{CliError, CliResult, ExitStatus, output};
use clap::ValueEnum;
use linchpin_compare::{
    CommitmentInDocument, CommitmentMatch, CommitmentMatching, MatchOutcome, MatchStatus,
    SentenceComparison, SentenceLocation, SentenceRow, SentenceRowKind, WordDiffKind,
    WordDiffSegment, compare_sentences, match_commitments,
};
use linchpin_register::Document;
use linchpin_register::english::{capitalize, count_noun};
use linchpin_register::vocabulary::WordingChange;
use linchpin_report::text::{self, TextStyle};
use linchpin_report::{Block, ListItem, Report, TextRun, json, markdown};
use serde_json::{Value, json};
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
Each match is confirmed (the register says so, in `continuity`) or proposed (worked out from \
words, themes, bodies and
steps, with the reasons). A commitment that has no partner is dropped or new only where the other \
document is coded
through for it; elsewhere it is \"not coded there\", and counts as no difference.

JSON: an object with `before` and `after` (id, short, date), `counts` (change, confirmed, \
proposed), `matches` (change,
standing, score from 0 to 1, before, after and older as commitments with id, title, verb, step, \
rank, phrase and
paragraph, reasons, notes, others) and, with --sentences, `sentences` (kind, before and after with \
paragraph, number and
text, similarity, words: pieces that are Same, Gone or New).

Examples:
  linchpin compare washington-declaration defense-vision-2023
  linchpin compare register.ron scm-54 scm-55 --format md
  linchpin compare register.ron scm-54 scm-55 --texts texts --sentences

Exit codes: 0 the same; 1 there are differences; 2 could not run.";

/// Two documents compared.
struct ComparisonReport<'r> {
    before: &'r Document,
    after: &'r Document,
    matching: CommitmentMatching,
    sentences: Option<(SentenceComparison, [&'r str; 2])>,
}

/// Runs the command.
pub fn run(args: CompareArgs) -> CliResult {
    // A file that may be left out cannot come first in clap, so that their number tells it from the
    // ids.
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
        matching: match_commitments(register, &library, ids[0], ids[1]),
        sentences: sentences
            .as_ref()
            .map(|[a, b]| (compare_sentences(a, b), [a.text(), b.text()])),
    };
    output::print_result(&match args.format {
        CompareFormat::Text => text::write(&compared.page(), TextStyle::default()),
        CompareFormat::Md => markdown::write(&compared.page(), 2),
        CompareFormat::Json => json::write(&compared.json()),
    })?;
    let same = compared
        .matching
        .matches
        .iter()
        .all(|m| !is_difference(m.outcome));
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

/// Whether a finding tells two documents apart.
fn is_difference(finding: MatchOutcome) -> bool {
    // What is not coded in a document may well stand there.
    !matches!(
        finding,
        MatchOutcome::Change(WordingChange::Repeated) | MatchOutcome::NotCoded
    )
}

impl ComparisonReport<'_> {
    fn page(&self) -> Report {
        let side = |d: &Document| format!("{} ({})", d.short, d.date.date.to_long_form());
        let mut blocks = vec![Block::paragraph(self.counts())];
        for outcome in MatchOutcome::ALL {
            let matches = self.matching.matches.iter();
            let matches = matches.filter(|one| one.outcome == *outcome);
            let items: Vec<ListItem> = matches.map(match_item).collect();
            if !items.is_empty() {
                let heading = capitalize(outcome.label());
                blocks.push(Block::section(heading, vec![Block::List(items)]));
            }
        }
        if let Some((sentences, texts)) = &self.sentences {
            let items = sentence_items(&sentences.rows, *texts);
            blocks.push(Block::section("Sentences", vec![Block::List(items)]));
        }
        Report {
            title: format!("{} → {}", side(self.before), side(self.after)),
            blocks,
        }
    }

    /// "2 dropped (1 confirmed), 3 weakened (proposed), …"
    fn counts(&self) -> String {
        let mut parts = Vec::new();
        for outcome in MatchOutcome::ALL {
            let confirmed = self.matching.count(*outcome, MatchStatus::Confirmed);
            let proposed = self.matching.count(*outcome, MatchStatus::Proposed);
            let how = match (*outcome, confirmed, proposed) {
                (_, 0, 0) => continue,
                (MatchOutcome::NotCoded, ..) => String::new(),
                (_, 0, _) => " (proposed)".into(),
                (_, _, 0) => " (confirmed)".into(),
                _ => format!(" ({confirmed} confirmed, {proposed} proposed)"),
            };
            parts.push(format!("{} {}{how}", confirmed + proposed, outcome.label()));
        }
        match parts.is_empty() {
            true => "No commitment of either document is recorded.".into(),
            false => format!("{}.", parts.join(", ")),
        }
    }

    fn json(&self) -> Value {
        let document = |document: &Document| {
            json!({
                "id": document.id.as_str(),
                "short": document.short,
                "date": document.date.date.to_code(),
            })
        };
        let counts = MatchOutcome::ALL.iter().map(|outcome| {
            json!({
                "change": outcome,
                "confirmed": self.matching.count(*outcome, MatchStatus::Confirmed),
                "proposed": self.matching.count(*outcome, MatchStatus::Proposed),
            })
        });
        let mut all = json!({
            "before": document(self.before),
            "after": document(self.after),
            "counts": counts.collect::<Vec<Value>>(),
            "matches": self.matching.matches,
        });
        if let Some((sentences, texts)) = &self.sentences {
            all["sentences"] = sentences.rows.iter().map(|r| row_json(r, *texts)).collect();
        }
        all
    }
}

/// A match with both sides, and why it is one.
fn match_item(one: &CommitmentMatch) -> ListItem {
    let title = |side: &Option<CommitmentInDocument>| side.as_ref().map(|s| s.title.clone());
    let named = match (title(&one.before), title(&one.after)) {
        (Some(a), Some(b)) if a != b => format!("{a} → {b}"),
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => String::new(),
    };
    let heading = match (one.outcome, one.status, one.score) {
        (MatchOutcome::NotCoded, ..) => named,
        (_, MatchStatus::Confirmed, _) => format!("{named} [confirmed]"),
        (_, MatchStatus::Proposed, Some(score)) => format!("{named} [proposed, {score:.2}]"),
        (_, MatchStatus::Proposed, None) => format!("{named} [proposed]"),
    };
    // The labels are as wide as the longest, so that what follows them stands in a column.
    let item = |label: &str, words: &str| ListItem::new(format!("{label:<7} {words}"));
    let sides = [
        ("older:", &one.restored_from),
        ("before:", &one.before),
        ("after:", &one.after),
    ];
    let sides = sides.into_iter().filter_map(|(label, side)| {
        let line = side_line(side.as_ref()?);
        Some(item(label, &line))
    });
    let mut items: Vec<ListItem> = sides.collect();
    items.extend(
        one.notes
            .iter()
            .map(|note| item("note:", &note.to_string())),
    );
    if one.status == MatchStatus::Proposed && !one.reasons.is_empty() {
        items.push(item("why:", &one.reasons_text()));
    }
    ListItem::new(vec![TextRun::Strong(heading)]).with_items(items)
}

fn side_line(side: &CommitmentInDocument) -> String {
    let mut parts = vec![side.step_label.clone(), format!("“{}”", side.verb)];
    parts.extend(side.phrase.iter().map(|phrase| format!("“{phrase}”")));
    parts.extend(side.paragraph.map(|number| format!("paragraph {number}")));
    format!("{} <{}>", parts.join(", "), side.id)
}

/// Sentences one after another; those that are the same are told by their number.
fn sentence_items(rows: &[SentenceRow], texts: [&str; 2]) -> Vec<ListItem> {
    let is_same = |row: &SentenceRow| row.kind == SentenceRowKind::Same;
    let runs = rows.chunk_by(|a, b| is_same(a) && is_same(b));
    let item = |run: &[SentenceRow]| match run {
        [row] if !is_same(row) => row_item(row, texts),
        run => ListItem::new(format!("… {} the same", count_noun(run.len(), "sentence"))),
    };
    runs.map(item).collect()
}

fn row_item(row: &SentenceRow, texts: [&str; 2]) -> ListItem {
    let place = |places: &[SentenceLocation]| {
        let numbers = places.iter();
        let numbers = numbers.map(|p| format!("{}.{}", p.paragraph, p.number));
        numbers.collect::<Vec<_>>().join("+")
    };
    let whole = |places: &[SentenceLocation], text: &str, run: fn(String) -> TextRun| {
        let words = places.iter().filter_map(|p| text.get(p.range.clone()));
        vec![run(words.collect::<Vec<_>>().join(" "))]
    };
    let (before, after) = (place(&row.before), place(&row.after));
    let (head, words) = match row.kind {
        SentenceRowKind::Removed => (
            format!("gone {before}"),
            whole(&row.before, texts[0], TextRun::Removed),
        ),
        SentenceRowKind::Added => (
            format!("new {after}"),
            whole(&row.after, texts[1], TextRun::Added),
        ),
        SentenceRowKind::MovedFrom => (
            format!("moved away {before}"),
            whole(&row.before, texts[0], TextRun::Plain),
        ),
        SentenceRowKind::Moved => (format!("moved {before} → {after}"), diff_runs(row, texts)),
        _ => (format!("changed {before} → {after}"), diff_runs(row, texts)),
    };
    let mut runs = vec![TextRun::Plain(format!("{head}: "))];
    runs.extend(words);
    ListItem::new(runs)
}

/// The words of a row one after another, with a space wherever there is one on the side they come
/// from.
fn diff_runs(row: &SentenceRow, [before, after]: [&str; 2]) -> Vec<TextRun> {
    let mut runs = Vec::new();
    let mut ends_with_space = true;
    for piece in &row.pieces {
        let (text, range) = match piece.kind {
            WordDiffKind::Removed => (before, &piece.before),
            WordDiffKind::Equal | WordDiffKind::Added => (after, &piece.after),
        };
        let before_piece = text.get(..range.start).unwrap_or_default();
        if before_piece.ends_with(char::is_whitespace) && !ends_with_space {
            runs.push(TextRun::Plain(" ".into()));
        }
        let words = text.get(range.clone()).unwrap_or_default().to_owned();
        ends_with_space = piece.kind == WordDiffKind::Equal && words.ends_with(' ');
        runs.push(match piece.kind {
            WordDiffKind::Equal => TextRun::Plain(words),
            WordDiffKind::Removed => TextRun::Removed(words),
            WordDiffKind::Added => TextRun::Added(words),
        });
    }
    runs
}

fn row_json(row: &SentenceRow, [before, after]: [&str; 2]) -> Value {
    let side = |places: &[SentenceLocation], text: &str| -> Value {
        let place = |place: &SentenceLocation| {
            json!({
                "paragraph": place.paragraph,
                "number": place.number,
                "text": text.get(place.range.clone()).unwrap_or_default(),
            })
        };
        places.iter().map(place).collect()
    };
    let piece = |piece: &WordDiffSegment| {
        let text = match piece.kind {
            WordDiffKind::Removed => before.get(piece.before.clone()),
            WordDiffKind::Equal | WordDiffKind::Added => after.get(piece.after.clone()),
        };
        json!({ "kind": piece.kind, "text": text.unwrap_or_default() })
    };
    json!({
        "kind": row.kind,
        "before": side(&row.before, before),
        "after": side(&row.after, after),
        "similarity": (row.similarity * 100.0).round() / 100.0,
        "words": row.pieces.iter().map(piece).collect::<Vec<_>>(),
    })
}
