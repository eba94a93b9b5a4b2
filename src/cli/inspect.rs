//! `linchpin inspect`: what an image carries.

use super::{CliError, CliResult, ExitStatus, output};
use linchpin_charts::evidence::{Evidence, EvidenceContainer, read};
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
    #[arg(long, value_name = "OUT.ron")]
    excerpt: Option<PathBuf>,
}

const AFTER: &str = "\
JSON is an object {file, container, bytes, evidence}; data/FORMAT.md explains the evidence.

Examples:
  linchpin inspect timeline.png
  linchpin inspect timeline.pdf --excerpt timeline.ron

Exit codes: 0 done; 1 the image carries nothing, or not what was asked for; 2 it cannot be read, or --excerpt cannot be written.";

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
    evidence: &'a Evidence,
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
    let image = InspectedImage {
        file: name.clone(),
        container: container.name(),
        bytes: bytes.len(),
        evidence: &evidence,
    };
    match args.format {
        InspectFormat::Text => output::print_result(&report_text(&image, container))?,
        InspectFormat::Json => {
            let mut json = serde_json::to_string_pretty(&image).unwrap_or_default();
            json.push('\n');
            output::print_result(&json)?;
        }
    }
    if let Some(path) = args.excerpt {
        let Some(excerpt) = &evidence.excerpt else {
            output::print_message(&format!(
                "{name} carries no records: {}",
                missing_records_reason(&evidence)
            ));
            return Ok(ExitStatus::Problems);
        };
        linchpin_files::write(&path, excerpt.as_bytes()).map_err(CliError)?;
    }
    Ok(ExitStatus::Success)
}

fn missing_records_reason(evidence: &Evidence) -> &str {
    evidence.left_out.as_deref().unwrap_or("nobody says why")
}

fn report_text(image: &InspectedImage, container: EvidenceContainer) -> String {
    let evidence = image.evidence;
    let mut out = String::new();
    let mut line = |words: &str| {
        out.push_str(&printable_text(words));
        out.push('\n');
    };
    line(&evidence.chart.title);
    line("");
    let register = &evidence.register;
    let mut row = |name: &str, words: &str| {
        if !words.is_empty() {
            line(&format!("{name:<10} {words}"));
        }
    };
    row(
        "image",
        &format!("{}, {} bytes", container.name(), image.bytes),
    );
    row("chart", &evidence.chart.id);
    row("counted", &evidence.rule.description());
    row("register", &register.title);
    row("as of", register.compiled.as_deref().unwrap_or_default());
    row("file", &register.name);
    row("sha256", &register.sha256);
    row("made with", &options_line(&evidence.image));
    row("alt text", &evidence.alt);
    let carried = match &evidence.excerpt {
        Some(excerpt) => format!(
            "a register of {} bytes: --excerpt OUT.ron writes it",
            excerpt.len()
        ),
        None => format!("none: {}", missing_records_reason(evidence)),
    };
    row("records", &carried);
    if !evidence.chart.definition.is_empty() {
        section(&mut out, "The chart");
        out.push_str(&printable_text(&evidence.chart.definition));
        out.push('\n');
    }
    section(&mut out, "The data");
    let rows = std::iter::once(&evidence.data.columns).chain(&evidence.data.rows);
    for row in rows {
        out.push_str(&printable_text(&row.join("\t")));
        out.push('\n');
    }
    section(&mut out, "The citations");
    for citation in &evidence.citations {
        out.push_str(&printable_text(&citation.words));
        out.push('\n');
        if let Some(link) = &citation.link {
            out.push_str(&format!("  {}\n", printable_text(link)));
        }
    }
    out
}

fn section(out: &mut String, title: &str) {
    out.push_str(&format!("\n{title}\n\n"));
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

/// Without the characters by which a file could give a terminal orders.
fn printable_text(text: &str) -> String {
    let sound = |c: char| match c {
        '\n' | '\t' => c,
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.replace("\r\n", "\n").chars().map(sound).collect()
}
