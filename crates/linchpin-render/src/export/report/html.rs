//! A report as one page for the web: no scripts, nothing from elsewhere, fit to be printed.
//!
//! It is written so that it is sound XML as well: any reader of XML can be asked whether every
//! element is closed.

use super::number_ranges::{format_range, ranges};
use super::{ChartReport, ReportError, ReportFigure, ReportOptions, Source};
use crate::export::image::Studio;
use crate::export::image::svg_options;
use crate::export::{ImageSize, Metadata, SvgText, Unit};
use base64::Engine as _;
use linchpin_register::chart_vocabulary::ImageStyle;
use linchpin_register::document::is_web_address;
use linchpin_register::english::capitalize;
use linchpin_report::html::escape;
use sha2::{Digest as _, Sha256};
use std::ops::ControlFlow;

/// Its type and its print, as a style sheet.
const STYLE: &str = include_str!("report.css");

/// How wide its charts are laid out, in pixels.
const CHART_PX: f64 = 880.0;
/// How wide they are laid out for a phone, in pixels.
const PHONE_CHART_PX: f64 = 375.0;
/// The smallest letters that are read on a phone without effort, in pixels.
const MIN_PHONE_TYPE_PX: f32 = 9.0;

pub(super) fn write(
    report: &ChartReport,
    options: &ReportOptions,
    studio: &mut Studio,
    progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<String, ReportError> {
    let mut page = HtmlPage::default();
    page.head(report);
    page.cover(report);
    let mut inline_charts = InlineCharts {
        studio,
        options,
        prefixes: Vec::new(),
    };
    for figure in &report.figures {
        let drawings = inline_charts.drawings(figure)?;
        page.figure(figure, &drawings);
        if progress(figure.number, report.figures.len()).is_break() {
            return Err(ReportError::Canceled);
        }
    }
    page.sources(&report.sources);
    page.raw("</main>\n</body>\n</html>\n");
    Ok(page.0)
}

/// Draws the charts of a page, no two of which may share ids.
struct InlineCharts<'a> {
    studio: &'a mut Studio,
    options: &'a ReportOptions,
    prefixes: Vec<String>,
}

/// A chart as it stands in the page.
enum InlineDrawings {
    /// For wide screens and paper, and for a phone: a browser shows the one that fits.
    Two { wide: String, narrow: String },
    /// One that a phone shows at its true size, to be moved sideways: laid out for a phone, the
    /// chart cannot be drawn, or its letters cannot be read.
    Sideways(String),
}

impl InlineCharts<'_> {
    fn drawings(&mut self, figure: &ReportFigure) -> Result<InlineDrawings, ReportError> {
        let (wide, _) = self.inline_svg(figure, CHART_PX)?;
        let narrow = self.inline_svg(figure, PHONE_CHART_PX);
        Ok(match narrow {
            Ok((narrow, type_px)) if type_px >= MIN_PHONE_TYPE_PX => InlineDrawings::Two {
                wide: with_class(&wide, "wide"),
                narrow: with_class(&narrow, "narrow"),
            },
            _ => InlineDrawings::Sideways(with_class(&wide, "sideways")),
        })
    }

    /// A drawing, and the size of its smallest letters in pixels.
    fn inline_svg(
        &mut self,
        figure: &ReportFigure,
        width_px: f64,
    ) -> Result<(String, f32), ReportError> {
        let picture = &figure.picture;
        let failed = |error| ReportError::Chart(picture.id.clone(), error);
        let mut image = self.options.image.clone();
        image.size = ImageSize::wide(width_px, Unit::Px);
        image.margin = None;
        image.svg_text = SvgText::Overlay;
        if image.style != ImageStyle::Dark {
            image.style = ImageStyle::Light;
        }
        let scene = self.studio.scene(picture, &image).map_err(failed)?;
        // Type is told in printed points, of which 72 make the 96 pixels of an inch.
        let type_px = scene
            .smallest_text_pt()
            .map_or(f32::MAX, |pt| pt * 96.0 / 72.0);
        let mut metadata = Metadata {
            title: picture.title.clone(),
            description: figure.alt.clone(),
            keywords: vec![picture.id.clone()],
            language: "en".into(),
            ..Metadata::default()
        };
        loop {
            let svg = svg_options(metadata.clone(), &image);
            let text = scene.to_svg(&svg).map_err(|e| failed(e.into()))?;
            let prefix = first_id(&text).unwrap_or_default().to_owned();
            if prefix.is_empty() || !self.prefixes.contains(&prefix) {
                self.prefixes.push(prefix);
                return Ok((without_metadata(&text), type_px));
            }
            // Another word gives other ids.
            metadata.keywords.push(figure.number.to_string());
        }
    }
}

/// A drawing with a class for the style sheet.
fn with_class(svg: &str, class: &str) -> String {
    svg.replacen("<svg ", &format!("<svg class=\"{class}\" "), 1)
}

/// What the first id of a drawing begins with, which all others share.
fn first_id(svg: &str) -> Option<&str> {
    let (_, rest) = svg.split_once(" id=\"")?;
    rest.split_inclusive('-').next()
}

/// A drawing without what it says about itself as a file: the page says it.
fn without_metadata(svg: &str) -> String {
    match (svg.find("<metadata>"), svg.find("</metadata>")) {
        (Some(from), Some(to)) if from < to => {
            let rest = &svg[to + "</metadata>".len()..];
            format!("{}{}", &svg[..from], rest.trim_start())
        }
        _ => svg.to_owned(),
    }
}

/// A page that is being written.
#[derive(Default)]
struct HtmlPage(String);

impl HtmlPage {
    fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// Text, with everything in it that would mean something to a browser taken literally.
    fn text(&mut self, text: &str) {
        self.0.push_str(&escape(text));
    }

    /// An element whose text may run either way.
    fn element(&mut self, name: &str, text: &str) {
        self.raw(&format!("<{name} dir=\"auto\">"));
        self.text(text);
        self.raw(&format!("</{name}>\n"));
    }

    /// Words that lead to a web address; plain words where it is none.
    fn link(&mut self, url: Option<&str>, words: &str) {
        let url = url.filter(|url| is_web_address(url));
        if let Some(url) = url {
            self.raw("<a rel=\"noopener\" href=\"");
            self.text(url);
            self.raw("\">");
        }
        self.raw("<bdi>");
        self.text(words);
        self.raw("</bdi>");
        if url.is_some() {
            self.raw("</a>");
        }
    }

    fn head(&mut self, report: &ChartReport) {
        let digest = Sha256::digest(STYLE.as_bytes());
        let digest = base64::engine::general_purpose::STANDARD.encode(digest);
        self.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        // Nothing is fetched, and nothing runs, whatever the register's texts hold.
        self.raw(&format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; \
             style-src &#39;sha256-{digest}&#39;; img-src data:; base-uri &#39;none&#39;; \
             form-action &#39;none&#39;\"/>\n"
        ));
        self.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        self.raw(
            "<meta name=\"referrer\" content=\"no-referrer\"/>\n<meta name=\"generator\" \
                content=\"",
        );
        self.text(crate::export::SOFTWARE);
        self.raw("\"/>\n");
        if let Some(summary) = &report.summary {
            self.raw("<meta name=\"description\" content=\"");
            self.text(summary);
            self.raw("\"/>\n");
        }
        self.raw("<title>");
        self.text(&report.title);
        self.raw("</title>\n<style>");
        self.raw(STYLE);
        self.raw("</style>\n</head>\n");
    }

    fn cover(&mut self, report: &ChartReport) {
        self.raw("<body>\n<header>\n");
        self.element("h1", &report.title);
        if let Some(summary) = &report.summary {
            self.element("p", summary);
        }
        self.raw("<dl>\n");
        for (name, words) in &report.facts {
            self.raw("<div>");
            self.element("dt", name);
            self.element("dd", words);
            self.raw("</div>\n");
        }
        self.raw(
            "</dl>\n<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n<ol>\n",
        );
        for figure in &report.figures {
            self.raw("<li><a href=\"#chart-");
            self.text(&figure.picture.id);
            self.raw("\"><bdi>");
            self.text(&figure.picture.title);
            self.raw("</bdi></a></li>\n");
        }
        self.raw("</ol>\n<p><a href=\"#sources\">Sources</a></p>\n</nav>\n</header>\n<main>\n");
    }

    fn figure(&mut self, figure: &ReportFigure, drawings: &InlineDrawings) {
        let picture = &figure.picture;
        self.raw("<section class=\"chart\" id=\"chart-");
        self.text(&picture.id);
        self.raw("\">\n");
        // The drawing shows the title; here it stands for readers and for the outline.
        self.raw(&format!(
            "<h2>Figure {}<span class=\"unseen\">: ",
            figure.number
        ));
        self.text(&picture.title);
        self.raw("</span></h2>\n<figure>\n");
        match drawings {
            InlineDrawings::Two { wide, narrow } => {
                self.raw(wide);
                self.raw(narrow);
            }
            InlineDrawings::Sideways(svg) => {
                self.raw("<div class=\"sideways\" tabindex=\"0\">\n");
                self.raw(svg);
                self.raw("</div>\n");
            }
        }
        self.raw("<figcaption dir=\"auto\">");
        self.text(&figure.alt);
        self.raw("</figcaption>\n</figure>\n");
        if !figure.citation_numbers.is_empty() {
            let noun = match figure.citation_numbers.len() {
                1 => "passage",
                _ => "passages",
            };
            let count = figure.citation_numbers.len();
            self.raw(&format!("<p class=\"cites\">Cites {count} {noun}: "));
            self.numbers(&figure.citation_numbers);
            self.raw("</p>\n");
        }
        if !figure.data.rows.is_empty() {
            self.data(figure);
        }
        self.raw("</section>\n");
    }

    /// The data behind a chart.
    fn data(&mut self, figure: &ReportFigure) {
        let data = &figure.data;
        let rows = data.rows.len();
        let noun = if rows == 1 { "row" } else { "rows" };
        self.raw(&format!(
            "<details>\n<summary>Data: {rows} {noun}</summary>\n<div \
            class=\"scroll\">\n<table>\n<caption dir=\"auto\">"
        ));
        self.text(&figure.picture.title);
        self.raw("</caption>\n<thead>\n<tr>");
        let is_number: Vec<bool> = (0..data.columns.len())
            .map(|column| data.is_numeric_column(column))
            .collect();
        let class = |column: usize| match is_number.get(column) {
            Some(true) => " class=\"number\"",
            _ => "",
        };
        for (column, name) in data.columns.iter().enumerate() {
            self.raw(&format!("<th scope=\"col\" dir=\"auto\"{}>", class(column)));
            self.text(&capitalize(name));
            self.raw("</th>");
        }
        let has_cites = figure
            .row_citation_numbers
            .iter()
            .any(|cites| !cites.is_empty());
        if has_cites {
            self.raw("<th scope=\"col\">Cites</th>");
        }
        self.raw("</tr>\n</thead>\n<tbody>\n");
        for (row, cites) in data.rows.iter().zip(&figure.row_citation_numbers) {
            self.raw("<tr>");
            for (column, cell) in row.cells.iter().enumerate() {
                let (open, close) = match column {
                    0 => ("th scope=\"row\"", "th"),
                    _ => ("td", "td"),
                };
                self.raw(&format!("<{open} dir=\"auto\"{}>", class(column)));
                self.text(cell);
                self.raw(&format!("</{close}>"));
            }
            if has_cites {
                self.raw("<td class=\"cites\">");
                self.numbers(cites);
                self.raw("</td>");
            }
            self.raw("</tr>\n");
        }
        self.raw("</tbody>\n</table>\n</div>\n</details>\n");
    }

    /// Numbers of passages, each run of them a link to its first.
    fn numbers(&mut self, numbers: &[usize]) {
        for (at, range) in ranges(numbers).into_iter().enumerate() {
            if at > 0 {
                self.raw(", ");
            }
            let words = format_range(range);
            self.raw(&format!("<a href=\"#cited-{}\">{words}</a>", range.0));
        }
    }

    fn sources(&mut self, sources: &[Source]) {
        self.raw("<section id=\"sources\">\n<h2>Sources</h2>\n");
        if sources.is_empty() {
            self.raw("<p>The register describes no documents.</p>\n");
        }
        for source in sources {
            self.raw("<h3 dir=\"auto\">");
            self.link(source.url.as_deref(), &source.title);
            self.raw("</h3>\n");
            self.raw("<p class=\"about\">");
            self.text(&source.about);
            if let Some(url) = &source.url {
                self.raw("<br/>");
                self.link(Some(url), url);
            }
            if let Some(url) = &source.archive_url {
                self.raw("<br/>Archived: ");
                self.link(Some(url), url);
            }
            self.raw("</p>\n");
            let Some(first) = source.passages.first() else {
                continue;
            };
            self.raw(&format!("<ol start=\"{}\">\n", first.number));
            for passage in &source.passages {
                let number = passage.number;
                self.raw(&format!("<li id=\"cited-{number}\" value=\"{number}\">"));
                self.link(passage.url.as_deref(), &passage.words);
                self.raw("</li>\n");
            }
            self.raw("</ol>\n");
        }
        self.raw("</section>\n");
    }
}
