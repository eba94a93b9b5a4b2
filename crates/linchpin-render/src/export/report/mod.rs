//! A report: many charts with their data and their sources, to be read from beginning to end.
//!
//! [`ChartReport`] is what it says, as plain values; `html` and `pdf` set it.

mod html;
mod index;
mod number_ranges;
mod page_flow;
mod pdf_writer;
mod report_pages;
mod report_table;
mod rich_text;

use super::image::{ImageOptions, Studio};
use super::{ImageError, SOFTWARE};
use linchpin_charts::picture::Picture;
use linchpin_charts::picture::data_table::DataTable;
use linchpin_register::query::CountingRule;
use linchpin_register::{Chart, Register};
use std::ops::ControlFlow;

pub use index::{Passage, Source};
pub use number_ranges::{format_ranges, ranges};

/// What a report says.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartReport {
    pub title: String,
    pub summary: Option<String>,
    /// Who has compiled the register, and the license of its data; empty where it does not say.
    pub author: String,
    pub rights: String,
    /// What must be known of the whole, such as its date: a name and the words.
    pub facts: Vec<(&'static str, String)>,
    pub figures: Vec<ReportFigure>,
    /// The register's documents, each with its passages that the figures cite.
    pub sources: Vec<Source>,
}

/// A chart of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportFigure {
    /// From 1.
    pub number: usize,
    pub picture: Picture,
    /// What it shows, for those who cannot see it, and under it for those who can.
    pub alt: String,
    pub data: DataTable,
    /// For each row of the data, the numbers of the passages behind it.
    pub row_citation_numbers: Vec<Vec<usize>>,
    /// The numbers of all passages behind it, each once, ascending.
    pub citation_numbers: Vec<usize>,
}

/// How a report is set.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportOptions {
    /// How its charts look; their size is the report's own.
    pub image: ImageOptions,
    pub paper: PaperSize,
}

/// The paper of a paged report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaperSize {
    #[default]
    A4,
    Letter,
}

/// A kind of report file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    /// One page for the web, which needs nothing but itself.
    Html,
    /// Pages for print.
    Pdf,
}

impl ReportFormat {
    /// Every format, in the order menus list them.
    pub const ALL: [ReportFormat; 2] = [ReportFormat::Html, ReportFormat::Pdf];

    /// The file extension, in lower case and without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            ReportFormat::Html => "html",
            ReportFormat::Pdf => "pdf",
        }
    }

    /// The format that a file's extension names, in either case.
    pub fn from_path(path: &std::path::Path) -> Option<ReportFormat> {
        let extension = path.extension()?.to_str()?;
        let mut all = ReportFormat::ALL.into_iter();
        all.find(|format| extension.eq_ignore_ascii_case(format.extension()))
    }
}

/// Why there is no report.
#[derive(Clone, Debug, PartialEq)]
pub enum ReportError {
    /// A chart could not be drawn: its id, and why.
    Chart(String, ImageError),
    /// The file could not be made.
    File(ImageError),
    /// It was stopped.
    Canceled,
}

impl From<ImageError> for ReportError {
    fn from(error: ImageError) -> ReportError {
        ReportError::File(error)
    }
}

impl std::fmt::Display for ReportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ReportError::Chart(id, error) => write!(f, "{id}: {error}"),
            ReportError::File(error) => error.fmt(f),
            ReportError::Canceled => f.write_str("stopped"),
        }
    }
}

impl ChartReport {
    /// A report on these charts of a register. `rule` counts where a chart does not say how itself.
    pub fn from_charts(register: &Register, charts: &[&Chart], rule: CountingRule) -> ChartReport {
        let pictures: Vec<Picture> = charts
            .iter()
            .map(|chart| linchpin_charts::build_or_explain(register, chart, rule))
            .collect();
        let index = index::Cited::of(register, &pictures);
        let figures = pictures.into_iter().zip(1..).map(|(picture, number)| {
            let data = picture.data_table();
            let rows = data.rows.iter();
            ReportFigure {
                number,
                row_citation_numbers: rows
                    .map(|row| index.numbers(register, &row.records))
                    .collect(),
                citation_numbers: index.of_picture(register, &picture),
                alt: match picture.description.as_str() {
                    words if words.trim().is_empty() => picture.alt_text(),
                    words => words.to_owned(),
                },
                data,
                picture,
            }
        });
        ChartReport {
            title: title(register),
            summary: register.summary.clone(),
            author: register.compilers.join(", "),
            rights: register.license.clone().unwrap_or_default(),
            facts: facts(register, rule),
            figures: figures.collect(),
            sources: index.sources(register),
        }
    }

    /// The file. After each chart, `done` hears how many are drawn and how many there are; it may
    /// stop the work.
    ///
    /// # Errors
    /// Where a chart cannot be drawn, the file cannot be made, or it was stopped.
    pub fn write(
        &self,
        format: ReportFormat,
        options: &ReportOptions,
        studio: &mut Studio,
        progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Result<Vec<u8>, ReportError> {
        studio.with_fonts(&options.image, |studio| match format {
            ReportFormat::Html => Ok(html::write(self, options, studio, progress)?.into_bytes()),
            ReportFormat::Pdf => pdf_writer::write(self, options, studio, progress),
        })
    }
}

fn title(register: &Register) -> String {
    match register.title.trim() {
        "" => "A register without a title".into(),
        title => title.to_owned(),
    }
}

fn facts(register: &Register, rule: CountingRule) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if let Some(date) = register.compiled {
        facts.push(("Register as of", date.to_long_form()));
    }
    facts.push(("Counting rule", rule.description()));
    if !register.compilers.is_empty() {
        facts.push(("Compiled by", register.compilers.join(", ")));
    }
    if let Some(license) = &register.license {
        facts.push(("License of the data", license.clone()));
    }
    if let Some(hash) = register.sha256() {
        // A reader can tell the register of this report from any other.
        facts.push(("SHA-256 of the register", hash.to_owned()));
    }
    facts.push(("Made with", SOFTWARE.to_owned()));
    facts
}
