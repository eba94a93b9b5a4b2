//! What stands on the pages of a report: a cover with contents, a chart to the page with its data,
//! the sources at the end.

use super::number_ranges::{format_range, ranges};
use super::page_flow::{ChartExtent, PageFlow, PageItem};
use super::report_table::{self, ReportTable};
use super::rich_text::{ReportAnchor, RichTextSpan, TextTarget, break_lines};
use super::{ChartReport, ReportFigure, Source};
use crate::theme::{size, space};
use egui::{Color32, Rect, Stroke, pos2};
use egui_export::PdfBlock;
use linchpin_register::english::capitalize;
use std::collections::HashMap;

/// On which page, and how far down, each place is.
pub(super) type AnchorPositions = HashMap<ReportAnchor, (usize, f32)>;

/// Sets a whole report. `pages` is where everything is, as far as it is known.
pub(super) fn lay_out_report(
    flow: &mut PageFlow<'_>,
    report: &ChartReport,
    drawings: &[ChartExtent],
    pages: &AnchorPositions,
) {
    cover(flow, report, pages);
    for (figure, drawing) in report.figures.iter().zip(drawings) {
        flow.new_page();
        lay_out_figure(flow, figure, drawing);
    }
    flow.new_page();
    sources(flow, &report.sources);
}

fn cover(flow: &mut PageFlow<'_>, report: &ChartReport, pages: &AnchorPositions) {
    let p = flow.palette;
    let Rect { min, max } = flow.frame.text;
    flow.y += space::XL;
    let title = RichTextSpan::new(&report.title, size::DISPLAY, p.text).semibold();
    let heading = PdfBlock::Heading(1, report.title.clone());
    flow.paragraph(heading, &[title], min.x, max.x);
    if let Some(summary) = &report.summary {
        flow.y += space::M;
        let words = [RichTextSpan::new(summary, size::BODY, p.text)];
        flow.paragraph(PdfBlock::Paragraph, &words, min.x, max.x - 2.0 * space::XL);
    }
    flow.y += space::L;
    for (name, words) in &report.facts {
        flow.rule(Stroke::new(0.75, p.hairline));
        flow.y += space::XS;
        let words = [RichTextSpan::new(words, size::CAPTION, p.text)];
        let width = max.x - min.x - 150.0;
        let high: f32 = break_lines(flow.ctx, &words, width)
            .iter()
            .map(|l| l.height_pt)
            .sum();
        flow.ensure_room(high);
        let top = flow.y;
        let name = [RichTextSpan::new(name, size::CAPTION, p.text_muted)];
        flow.paragraph(PdfBlock::Paragraph, &name, min.x, min.x + 140.0);
        flow.y = top;
        flow.paragraph(PdfBlock::Paragraph, &words, min.x + 150.0, max.x);
        flow.y += space::XS;
    }
    flow.rule(Stroke::new(0.75, p.hairline));
    flow.y += space::XL;
    flow.ensure_room(4.0 * space::L);
    let contents = RichTextSpan::new("Contents", size::HEADING, p.text).semibold();
    flow.paragraph(
        PdfBlock::Heading(2, "Contents".into()),
        &[contents],
        min.x,
        max.x,
    );
    flow.y += space::S;
    let figures = report.figures.iter().map(|figure| {
        let number = figure.number.to_string();
        (
            number,
            figure.picture.title.as_str(),
            ReportAnchor::Figure(figure.number),
        )
    });
    for (number, words, place) in figures.chain([(String::new(), "Sources", ReportAnchor::Sources)])
    {
        let page = pages.get(&place).map_or(0, |(page, _)| page + 1);
        let span = |text: &str, color| {
            RichTextSpan::new(text, size::BODY, color).with_target(Some(TextTarget::Anchor(place)))
        };
        let words = [span(words, p.text)];
        let set_words = break_lines(flow.ctx, &words, max.x - min.x - 96.0);
        flow.ensure_room(set_words.iter().map(|line| line.height_pt).sum());
        let (top, page_at) = (flow.y, flow.begin_block(PdfBlock::Paragraph));
        for (text, right, color) in [
            (number, min.x + 24.0, p.text_muted),
            (page.to_string(), max.x, p.text_muted),
        ] {
            if let Some(line) = break_lines(flow.ctx, &[span(&text, color)], f32::INFINITY).first()
            {
                flow.line(page_at, line, pos2(right - line.width_pt, top));
            }
        }
        flow.paragraph(PdfBlock::Paragraph, &words, min.x + 36.0, max.x - 60.0);
        flow.y += space::XS;
    }
}

fn lay_out_figure(flow: &mut PageFlow<'_>, figure: &ReportFigure, drawing: &ChartExtent) {
    let p = flow.palette;
    let Rect { min, max } = flow.frame.text;
    flow.set_anchor(ReportAnchor::Figure(figure.number));
    flow.rule(Stroke::new(1.5, p.text));
    flow.y += space::S;
    let words = format!("Figure {}", figure.number);
    let span = RichTextSpan::new(&words, size::CAPTION, p.text_muted).semibold();
    let heading = PdfBlock::Heading(2, format!("{words}: {}", figure.picture.title));
    flow.paragraph(heading, &[span], min.x, max.x);
    flow.y += space::S;
    let piece = flow.begin_block(PdfBlock::Figure(match figure.alt.trim() {
        "" => figure.picture.title.clone(),
        words => words.to_owned(),
    }));
    let at = pos2(min.x, flow.y);
    let index = figure.number - 1;
    flow.draw(piece, PageItem::Chart { at, index });
    flow.y += drawing.height_pt;
    flow.add_gap(space::S);
    let caption = [RichTextSpan::new(&figure.alt, size::CAPTION, p.text_muted)];
    flow.paragraph(PdfBlock::Paragraph, &caption, min.x, max.x);
    if !figure.citation_numbers.is_empty() {
        flow.add_gap(space::S);
        let noun = if figure.citation_numbers.len() == 1 {
            "passage"
        } else {
            "passages"
        };
        let words = format!("Cites {} {noun}: ", figure.citation_numbers.len());
        let mut words = vec![RichTextSpan::new(&words, size::CAPTION, p.text_muted)];
        words.extend(number_links(
            &figure.citation_numbers,
            size::CAPTION,
            p.accent,
            p.text_muted,
        ));
        flow.paragraph(PdfBlock::Paragraph, &words, min.x, max.x);
    }
    if !figure.data.rows.is_empty() {
        flow.add_gap(space::L);
        data_table(flow, figure);
    }
}

/// Numbers of passages, each run of them leading to its first.
fn number_links(
    numbers: &[usize],
    letters: f32,
    color: Color32,
    between: Color32,
) -> Vec<RichTextSpan> {
    let mut spans = Vec::new();
    for (at, range) in ranges(numbers).into_iter().enumerate() {
        if at > 0 {
            spans.push(RichTextSpan::new(", ", letters, between));
        }
        let to = Some(TextTarget::Anchor(ReportAnchor::Passage(range.0)));
        spans.push(RichTextSpan::new(&format_range(range), letters, color).with_target(to));
    }
    spans
}

fn data_table(flow: &mut PageFlow<'_>, figure: &ReportFigure) {
    // Words that break within themselves are worse than small ones.
    let sizes = [size::CAPTION, 10.5, 9.0];
    let grids = sizes.map(|letters| table_of(flow, figure, letters));
    let fits = |grid: &&ReportTable| report_table::fits_unbroken(flow, grid);
    let narrow = grids.last();
    if let Some(grid) = grids.iter().find(fits).or(narrow) {
        report_table::lay_out(flow, grid);
    }
}

/// The data of a figure in letters of this size.
fn table_of(flow: &PageFlow<'_>, figure: &ReportFigure, letters: f32) -> ReportTable {
    let p = flow.palette;
    let data = &figure.data;
    let has_cites = figure
        .row_citation_numbers
        .iter()
        .any(|cites| !cites.is_empty());
    let head = |text: &str| vec![RichTextSpan::new(text, letters, p.text_muted)];
    let mut heads: Vec<Vec<RichTextSpan>> =
        data.columns.iter().map(|c| head(&capitalize(c))).collect();
    if has_cites {
        heads.push(head("Cites"));
    }
    let rows = data
        .rows
        .iter()
        .zip(&figure.row_citation_numbers)
        .map(|(row, cites)| {
            let cells = row.cells.iter();
            let mut cells: Vec<_> = cells
                .map(|cell| vec![RichTextSpan::new(cell, letters, p.text)])
                .collect();
            if has_cites {
                cells.push(number_links(cites, letters, p.accent, p.text_muted));
            }
            cells
        });
    ReportTable {
        number: figure.number,
        gap_pt: letters * 1.25,
        is_number: (0..data.columns.len())
            .map(|at| data.is_numeric_column(at))
            .collect(),
        rows: rows.collect(),
        headers: heads,
    }
}

fn sources(flow: &mut PageFlow<'_>, sources: &[Source]) {
    let p = flow.palette;
    let Rect { min, max } = flow.frame.text;
    flow.set_anchor(ReportAnchor::Sources);
    flow.rule(Stroke::new(1.5, p.text));
    flow.y += space::S;
    let title = RichTextSpan::new("Sources", size::HEADING, p.text).semibold();
    flow.paragraph(
        PdfBlock::Heading(2, "Sources".into()),
        &[title],
        min.x,
        max.x,
    );
    for source in sources {
        flow.add_gap(space::M);
        // A title does not stand alone at the foot of a page.
        flow.ensure_room(5.0 * size::BODY * 1.5);
        let web = source.url.clone().map(TextTarget::Web);
        let title = RichTextSpan::new(&source.title, size::BODY, p.text).semibold();
        let heading = PdfBlock::Heading(3, source.title.clone());
        flow.paragraph(heading, &[title.with_target(web.clone())], min.x, max.x);
        let about = RichTextSpan::new(&source.about, size::CAPTION, p.text_muted);
        flow.paragraph(PdfBlock::Paragraph, &[about], min.x, max.x);
        for (before, url) in [("", &source.url), ("Archived: ", &source.archive_url)] {
            if let Some(url) = url {
                let link = RichTextSpan::new(url, size::CAPTION, p.accent);
                let before = RichTextSpan::new(before, size::CAPTION, p.text_muted);
                let words = [before, link.with_target(Some(TextTarget::Web(url.clone())))];
                flow.paragraph(PdfBlock::Paragraph, &words, min.x, max.x);
            }
        }
        flow.add_gap(space::XS);
        for passage in &source.passages {
            let words = RichTextSpan::new(&passage.words, size::CAPTION, p.text);
            let words = [words.with_target(passage.url.clone().map(TextTarget::Web))];
            let set_words = break_lines(flow.ctx, &words, max.x - min.x - 40.0);
            flow.ensure_room(set_words.iter().map(|line| line.height_pt).sum());
            flow.set_anchor(ReportAnchor::Passage(passage.number));
            let number = passage.number.to_string();
            let number = [RichTextSpan::new(&number, size::CAPTION, p.text_muted)];
            let (top, piece) = (flow.y, flow.begin_block(PdfBlock::Paragraph));
            if let Some(line) = break_lines(flow.ctx, &number, f32::INFINITY).first() {
                flow.line(piece, line, pos2(min.x + 28.0 - line.width_pt, top));
            }
            flow.paragraph(PdfBlock::Paragraph, &words, min.x + 40.0, max.x);
        }
    }
}
