//! `linchpin inspect`: what an image carries.

use super::output::OverwriteArgs;
use super::{CliError, CliResult, ExitStatus, output};
use linchpin_charts::evidence::{DrawingState, Evidence, check_drawing, read};
use linchpin_report::{Block, Cell, Column, ListItem, Report, Table, json};
use serde::Serialize;
use std::path::PathBuf;

/// Print what an image carries: the chart, its data, its sources, the register
#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub struct InspectArgs {
    /// The image: a PNG, SVG or PDF that Linchpin has exported; `-` for the standard input
    #[arg(value_name = "IMAGE")]
    image: PathBuf,
    /// How it is written
    #[arg(long, value_enum, default_value_t = InspectFormat::Text)]
    format: InspectFormat,
    /// Also write the records that it carries into this file, as a register of their own
    #[arg(long, value_name = "OUT.ron", group = output::WRITTEN)]
    excerpt: Option<PathBuf>,
    #[command(flatten)]
    overwrite: OverwriteArgs,
}

const AFTER: &str = "\
JSON is an object {file, container, bytes, drawing, evidence}; data/FORMAT.md explains the \
evidence.
`drawing` says whether the image still draws what was exported: unaltered, altered, or that it \
cannot be checked.

Examples:
  linchpin inspect timeline.png
  linchpin inspect timeline.pdf --excerpt timeline.ron

Exit codes: 0 done; 1 the image carries nothing, or not what was asked for, or it was altered; \
2 it cannot be read, or --excerpt cannot be written.";

#[derive(Clone, Copy, clap::ValueEnum)]
enum InspectFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// The image with what it carries.
#[derive(Serialize)]
struct InspectedImage<'a> {
    file: String,
    container: &'static str,
    bytes: usize,
    drawing: DrawingReport,
    evidence: &'a Evidence,
}

/// Whether it draws what was exported.
#[derive(Serialize)]
struct DrawingReport {
    state: &'static str,
    /// The same in words, with how or why.
    words: String,
}

impl DrawingReport {
    fn of(state: &DrawingState) -> DrawingReport {
        DrawingReport {
            state: match state {
                DrawingState::Unaltered => "unaltered",
                DrawingState::Altered(_) => "altered",
                DrawingState::Unchecked(_) => "unchecked",
            },
            words: state.words(),
        }
    }
}

/// Runs the command.
pub fn run(args: InspectArgs) -> CliResult {
    let name = args.image.display().to_string();
    let bytes = match name.as_str() {
        "-" => linchpin_files::read_stream(std::io::stdin().lock())
            .map_err(|why| CliError(format!("Cannot read the standard input: {why}")))?,
        _ => linchpin_files::read(&args.image).map_err(|e| CliError(e.to_string()))?,
    };
    let (container, evidence) = match read(&bytes) {
        Ok(found) => found,
        Err(why) => {
            output::print_message(&format!("{name}: {why}"));
            return Ok(ExitStatus::Problems);
        }
    };
    let drawing = check_drawing(container, &bytes, &evidence);
    let image = InspectedImage {
        file: name.clone(),
        container: container.name(),
        bytes: bytes.len(),
        drawing: DrawingReport::of(&drawing),
        evidence: &evidence,
    };
    if let (Some(path), Some(excerpt)) = (&args.excerpt, &evidence.excerpt) {
        // The records must not be written over the image that holds them.
        let source = std::slice::from_ref(&args.image);
        output::write_result(path, excerpt.as_bytes(), args.overwrite, source)?;
    }
    match args.format {
        InspectFormat::Text => output::print_page(&page(&image))?,
        InspectFormat::Json => output::print_result(&json::write(&image))?,
    }
    // At the end, so that what the image does carry is told all the same.
    if args.excerpt.is_some() && evidence.excerpt.is_none() {
        let why = missing_records_reason(&evidence);
        output::print_message(&format!("{name} carries no records: {why}"));
        return Ok(ExitStatus::Problems);
    }
    if matches!(drawing, DrawingState::Altered(_)) {
        output::print_message(&drawing.sentence(&name));
        return Ok(ExitStatus::Problems);
    }
    Ok(ExitStatus::Success)
}

fn missing_records_reason(evidence: &Evidence) -> &str {
    evidence.left_out.as_deref().unwrap_or("nobody says why")
}

fn page(image: &InspectedImage) -> Report {
    let evidence = image.evidence;
    let register = &evidence.register;
    let carried = match &evidence.excerpt {
        Some(excerpt) => format!(
            "a register of {} bytes: --excerpt OUT.ron writes it",
            excerpt.len()
        ),
        None => format!("none: {}", missing_records_reason(evidence)),
    };
    let size = format!("{}, {} bytes", image.container, image.bytes);
    let facts = [
        ("image", size),
        ("drawing", image.drawing.words.clone()),
        ("chart", evidence.chart.id.clone()),
        ("counted", evidence.rule.description()),
        ("register", register.title.clone()),
        ("as of", register.compiled.clone().unwrap_or_default()),
        ("file", register.name.clone()),
        ("sha256", register.sha256.clone()),
        ("compilers", register.compilers.join(", ")),
        ("license", register.license.clone().unwrap_or_default()),
        ("made with", options_line(&evidence.image)),
        ("alt text", evidence.alt.clone()),
        ("records", carried),
    ];
    let facts = facts.into_iter().filter(|(_, words)| !words.is_empty());
    let facts = facts.map(|(name, words)| (name.to_owned(), words));
    let mut blocks = vec![Block::Facts(facts.collect())];
    let chart = &evidence.chart.definition;
    if !chart.is_empty() {
        let chart = Block::Verbatim(chart.clone());
        blocks.push(Block::section("The chart", vec![chart]));
    }
    let row = |row: &Vec<String>| row.iter().map(|cell| Cell::from(cell.as_str())).collect();
    let data = Table {
        columns: evidence.data.columns.iter().map(Column::new).collect(),
        rows: evidence.data.rows.iter().map(row).collect(),
    };
    if !data.columns.is_empty() {
        blocks.push(Block::section("The data", vec![Block::Table(data)]));
    }
    let citations = evidence.citations.iter().map(|citation| {
        let link = citation
            .link
            .iter()
            .map(|link| ListItem::new(link.as_str()));
        ListItem::new(citation.words.as_str()).with_items(link.collect())
    });
    let citations = Block::List(citations.collect());
    blocks.push(Block::section("The citations", vec![citations]));
    Report {
        title: evidence.chart.title.clone(),
        blocks,
    }
}

/// How the image was made, on one line: "dark false, scale 2.0".
fn options_line(options: &serde_json::Value) -> String {
    let Some(options) = options.as_object() else {
        return String::new();
    };
    let words: Vec<String> = options
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| match value.as_str() {
            Some(words) => format!("{name} {words}"),
            None => format!("{name} {value}"),
        })
        .collect();
    words.join(", ")
}
