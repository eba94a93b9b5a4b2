//! `linchpin series`: a phrase, a commitment or a theme through the documents of a series.

use super::documents::{TextsArg, find_document};
use super::image_args::{ImageArgs, size_help, style_parser};
use super::input::{FileArg, RegisterInput, open};
use super::output::OverwriteArgs;
use super::unknown::unknown_name;
use super::{CliError, CliResult, ExitStatus, output};
use clap::ValueEnum;
use linchpin_charts::evidence;
use linchpin_charts::picture::Picture;
use linchpin_compare::series_picture as charts;
use linchpin_compare::{
    DocumentTrace, Presence, TraceRow, TraceSubject, series_documents, series_names,
    sort_documents, trace_documents,
};
use linchpin_register::chart_vocabulary::ImageStyle;
use linchpin_register::{Commitment, Document, Register, Theme};
use linchpin_render::export::Format;
use linchpin_render::export::data::{table, table_with_ids};
use linchpin_render::export::image::Studio;
use linchpin_report::text::{self, TextStyle};
use linchpin_report::{Block, ListItem, Report, Table, csv, json, markdown};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Follow a phrase, a commitment or a theme through a series of documents: first seen, last seen,
/// gaps, steps up and down
#[derive(clap::Args)]
#[command(
    override_usage = "linchpin series [FILE] (--phrase \"…\" | --commitment ID | --theme ID) \
        [OPTIONS]",
    after_help = after_help()
)]
pub struct SeriesArgs {
    #[command(flatten)]
    file: FileArg,
    #[command(flatten)]
    what: SubjectArg,
    /// The series by its name [default: that of the commitment's document; the only one of the
    /// register; else all documents]
    #[arg(long, value_name = "NAME", conflicts_with = "documents")]
    series: Option<String>,
    /// Documents of choice by their ids, with commas between, in this order
    #[arg(long, value_name = "ID,ID,…", value_delimiter = ',')]
    documents: Vec<String>,
    #[command(flatten)]
    texts: TextsArg,
    /// How it is written
    #[arg(long, value_enum, default_value = "text")]
    format: SeriesFormat,
    /// Write a chart to this file, whose extension names the format (.svg, .png, .pdf), or the
    /// table (.csv, .md, .json)
    #[arg(long, value_name = "OUT", group = output::WRITTEN)]
    to: Option<PathBuf>,
    #[command(flatten)]
    overwrite: OverwriteArgs,
    /// With a chart: its size, a name or a width ("90 mm") or a width and a height ("90 x 60 mm")
    #[arg(long, value_name = "SIZE", requires = "to", allow_hyphen_values = true)]
    size: Option<String>,
    /// With a chart: how it looks
    #[arg(long, value_parser = style_parser(), requires = "to")]
    style: Option<ImageStyle>,
    /// With a chart: pixels to the inch of a PNG
    #[arg(long, value_name = "N", requires = "to", allow_negative_numbers = true)]
    dpi: Option<f32>,
}

#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct SubjectArg {
    /// Words: looked for in the texts at hand, and in cited phrases where there is no text
    #[arg(long, value_name = "WORDS")]
    phrase: Option<String>,
    /// A commitment by its id, with those that are confirmed to be the same, and those that are
    /// proposed
    #[arg(long, value_name = "ID")]
    commitment: Option<String>,
    /// A theme by its id: the firmest commitment of each document
    #[arg(long, value_name = "ID")]
    theme: Option<String>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum SeriesFormat {
    Text,
    Json,
    Csv,
    Md,
}

fn after_help() -> String {
    format!("{}\n{AFTER}", size_help())
}

const AFTER: &str = "\
A document says it, is known not to say it (its text is at hand, or it is coded through for the \
subject), or nobody can
say. In the table \"known by\" tells confirmed from proposed.

JSON: an object with `title`, `first`, `last`, `gaps` (ids of documents) and `documents`: id, \
short, date, state (Present,
Absent, Unknown), why (for Absent and Unknown), said (record, title, verb, step, rank, phrase, \
paragraph, source, others),
change (First, Firmer, Weaker, Same, NotRanked) and back (true after documents that do not say it).

Examples:
  linchpin series register.ron --phrase \"current force level\"
  linchpin series register.ron --theme extended-deterrence --series \"Communiqués\" --to \
deterrence.svg
  linchpin series register.ron --commitment scm-54-force-level --format csv

Exit codes: 0 done; 2 could not run.";

/// Runs the command.
pub fn run(args: SeriesArgs) -> CliResult {
    let file = args.file.file.as_deref();
    let input = open(file)?;
    input.warn_about_problems()?;
    let register = &input.loaded.register;
    let what = args.what.subject(register)?;
    let (documents, words) = args.chosen_documents(register, what)?;
    let library = args.texts.library(&input)?;
    let found = trace_documents(register, &library, &documents, what);
    let picture = charts::series_picture(register, &found, &words);
    match &args.to {
        Some(path) => args.write_to(&input, &found, &picture, path)?,
        None => output::print_result(&render(register, &found, &picture, args.format))?,
    }
    Ok(ExitStatus::Success)
}

impl SubjectArg {
    fn subject(&self, register: &Register) -> Result<TraceSubject<'_>, CliError> {
        let named = |id: &String| (id.clone(), None);
        if let Some(id) = &self.commitment {
            if register.get::<Commitment>(id).is_none() {
                let ids: Vec<_> = register
                    .commitments
                    .iter()
                    .map(|c| c.id.to_string())
                    .collect();
                let names: Vec<_> = ids.iter().map(named).collect();
                return Err(unknown_name("commitment", id, "Commitments", &names));
            }
            return Ok(TraceSubject::Commitment(id));
        }
        if let Some(id) = &self.theme {
            if register.get::<Theme>(id).is_none() {
                let themes = register.themes.iter();
                let names: Vec<_> = themes
                    .map(|t| (t.id.to_string(), Some(t.name.clone())))
                    .collect();
                return Err(unknown_name("theme", id, "Themes", &names));
            }
            return Ok(TraceSubject::Theme(id));
        }
        let phrase = self.phrase.as_deref().unwrap_or_default();
        match phrase.trim().is_empty() {
            true => Err(CliError("Give --phrase words to look for".into())),
            false => Ok(TraceSubject::Phrase(phrase)),
        }
    }
}

impl SeriesArgs {
    /// The documents in their order, and the words for them.
    fn chosen_documents<'r>(
        &self,
        register: &'r Register,
        what: TraceSubject<'_>,
    ) -> Result<(Vec<&'r Document>, String), CliError> {
        // What is chosen one by one is taken in the order given.
        if !self.documents.is_empty() {
            let chosen = self
                .documents
                .iter()
                .map(|id| find_document(register, id.trim()));
            return Ok((chosen.collect::<Result<_, _>>()?, String::new()));
        }
        let all = series_names(register);
        let of_commitment = || match what {
            TraceSubject::Commitment(id) => {
                let commitment = register.get::<Commitment>(id)?;
                let at = commitment.citations.iter().find(|c| !c.external)?;
                let document = register.get::<Document>(at.document.as_str())?;
                document.series.as_deref()
            }
            _ => None,
        };
        let only = || all.first().copied().filter(|_| all.len() == 1);
        let name = match &self.series {
            Some(typed) => {
                let same = |name: &&&str| name.eq_ignore_ascii_case(typed);
                Some(*all.iter().find(same).ok_or_else(|| {
                    let names: Vec<_> = all.iter().map(|n| ((*n).to_owned(), None)).collect();
                    unknown_name("series", typed, "Series", &names)
                })?)
            }
            None => of_commitment().or_else(only),
        };
        Ok(match name {
            Some(name) => (
                sort_documents(series_documents(register, name)),
                name.to_owned(),
            ),
            None => (
                sort_documents(register.documents.iter().collect()),
                String::new(),
            ),
        })
    }

    fn write_to(
        &self,
        input: &RegisterInput,
        found: &DocumentTrace,
        picture: &Picture,
        path: &Path,
    ) -> Result<(), CliError> {
        let register = &input.loaded.register;
        if let Some(format) = Format::from_path(path) {
            let evidence =
                evidence::evidence_of_picture(&input.loaded, &input.file_name(), picture);
            let options =
                ImageArgs::with_basics(self.size.clone(), self.style, self.dpi).options()?;
            let image = Studio::default()
                .image_with(picture, Some(evidence), format, &options)
                .map_err(|why| CliError(why.to_string()))?;
            return output::write_result(path, &image.bytes, self.overwrite, &input.sources);
        }
        let format = match path.extension().and_then(|e| e.to_str()) {
            Some("csv") => SeriesFormat::Csv,
            Some("md") => SeriesFormat::Md,
            Some("json") => SeriesFormat::Json,
            Some("txt") => SeriesFormat::Text,
            _ => {
                return Err(CliError(format!(
                    "{} names no format: end it with .png, .svg or .pdf for a chart, or .csv, .md \
                    or .json for the table",
                    path.display()
                )));
            }
        };
        let text = render(register, found, picture, format);
        output::write_result(path, text.as_bytes(), self.overwrite, &input.sources)
    }
}

fn render(
    register: &Register,
    found: &DocumentTrace,
    picture: &Picture,
    format: SeriesFormat,
) -> String {
    let data = charts::series_table(found);
    let summary = charts::summary_sentences(found).into_iter();
    let mut blocks = vec![
        Block::paragraph(picture.subtitle.as_str()),
        Block::List(summary.map(ListItem::new).collect()),
    ];
    let title = picture.title.clone();
    match format {
        SeriesFormat::Text => {
            let rows = found.rows.iter().map(text_row).collect();
            blocks.push(Block::Table(Table::without_headings(rows)));
            let note = picture.note.as_deref();
            blocks.extend(note.map(Block::paragraph));
            text::write(&Report { title, blocks }, TextStyle::default())
        }
        SeriesFormat::Csv => csv::write(&table_with_ids(&data, register)),
        SeriesFormat::Md => {
            blocks.push(Block::Table(table(&data)));
            blocks.push(Block::paragraph(picture.source.as_str()));
            markdown::write(&Report { title, blocks }, 3)
        }
        SeriesFormat::Json => json::write(&json_of(register, found)),
    }
}

/// A document for a terminal: a sign and its date, its name, what it says.
fn text_row(row: &TraceRow) -> Vec<String> {
    let sign = match &row.presence {
        Presence::Present(_) => "●",
        Presence::Absent(_) => "○",
        Presence::Unknown(_) => "?",
    };
    let words = charts::presence_text(&row.presence);
    let words = match charts::change_text(row) {
        change if change.is_empty() => words,
        change => format!("{words} [{change}]"),
    };
    vec![
        format!("{sign} {}", row.date.to_code()),
        row.short.clone(),
        words,
    ]
}

fn json_of(register: &Register, found: &DocumentTrace) -> Value {
    let rows = found.rows.iter().map(|row| {
        let statement = row.presence.mention().map(|statement| {
            let record = statement.record.and_then(|at| register.record(at));
            json!({
                "record": record.map(|record| record.id()),
                "title": statement.title,
                "verb": statement.verb,
                "step": statement.step,
                "rank": statement.rank,
                "phrase": statement.phrase,
                "paragraph": statement.paragraph,
                "source": statement.source,
                "others": statement.other_count,
            })
        });
        let why = match &row.presence {
            Presence::Present(_) => None,
            Presence::Absent(why) | Presence::Unknown(why) => Some(why.to_string()),
        };
        json!({
            "id": row.id,
            "short": row.short,
            "date": row.date.to_code(),
            "state": row.presence.state(),
            "why": why,
            "said": statement,
            "change": row.step_change,
            "back": row.is_resumed,
        })
    });
    let id = |row: Option<&TraceRow>| row.map(|row| row.id.clone());
    json!({
        "title": found.title,
        "first": id(found.first()),
        "last": id(found.last()),
        "gaps": found.gaps().iter().map(|row| row.id.as_str()).collect::<Vec<_>>(),
        "documents": rows.collect::<Vec<Value>>(),
    })
}
