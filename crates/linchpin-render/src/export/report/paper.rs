//! What stands on the pages of a report: a cover with contents, a chart to the page with its data,
//! the sources at the end.

use super::flow::{Drawing, Drawn, Flow};
use super::grid::{self, Grid};
use super::numbers::{range_in_words, ranges};
use super::words::{Place, Span, Target, lines};
use super::{Figure, Report, Source};
use crate::theme::{size, space};
use egui::{Color32, Rect, Stroke, pos2};
use egui_export::PdfBlock;
use linchpin_register::english::capitalize;
use std::collections::HashMap;

/// On which page, and how far down, each place is.
pub(super) type Pages = HashMap<Place, (usize, f32)>;

/// Sets a whole report. `pages` is where everything is, as far as it is known.
pub(super) fn fill(flow: &mut Flow<'_>, report: &Report, drawings: &[Drawing], pages: &Pages) {
    cover(flow, report, pages);
    for (figure, drawing) in report.figures.iter().zip(drawings) {
        flow.turn();
        put_figure(flow, figure, drawing);
    }
    flow.turn();
    sources(flow, &report.sources);
}

fn cover(flow: &mut Flow<'_>, report: &Report, pages: &Pages) {
    let p = flow.palette;
    let Rect { min, max } = flow.frame.text;
    flow.y += space::XL;
    let title = Span::new(&report.title, size::DISPLAY, p.text).semibold();
    let heading = PdfBlock::Heading(1, report.title.clone());
    flow.words(heading, &[title], min.x, max.x);
    if let Some(summary) = &report.summary {
        flow.y += space::M;
        let words = [Span::new(summary, size::BODY, p.text)];
        flow.words(PdfBlock::Paragraph, &words, min.x, max.x - 2.0 * space::XL);
    }
    flow.y += space::L;
    for (name, words) in &report.facts {
        flow.rule(Stroke::new(0.75, p.hairline));
        flow.y += space::XS;
        let words = [Span::new(words, size::CAPTION, p.text)];
        let width = max.x - min.x - 150.0;
        let high: f32 = lines(flow.ctx, &words, width)
            .iter()
            .map(|l| l.height_pt)
            .sum();
        flow.need(high);
        let top = flow.y;
        let name = [Span::new(name, size::CAPTION, p.text_muted)];
        flow.words(PdfBlock::Paragraph, &name, min.x, min.x + 140.0);
        flow.y = top;
        flow.words(PdfBlock::Paragraph, &words, min.x + 150.0, max.x);
        flow.y += space::XS;
    }
    flow.rule(Stroke::new(0.75, p.hairline));
    flow.y += space::XL;
    flow.need(4.0 * space::L);
    let contents = Span::new("Contents", size::HEADING, p.text).semibold();
    flow.words(
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
            Place::Figure(figure.number),
        )
    });
    for (number, words, place) in figures.chain([(String::new(), "Sources", Place::Sources)]) {
        let page = pages.get(&place).map_or(0, |(page, _)| page + 1);
        let span =
            |text: &str, color| Span::new(text, size::BODY, color).to(Some(Target::Place(place)));
        let words = [span(words, p.text)];
        let set_words = lines(flow.ctx, &words, max.x - min.x - 96.0);
        flow.need(set_words.iter().map(|line| line.height_pt).sum());
        let (top, page_at) = (flow.y, flow.piece(PdfBlock::Paragraph));
        for (text, right, color) in [
            (number, min.x + 24.0, p.text_muted),
            (page.to_string(), max.x, p.text_muted),
        ] {
            if let Some(line) = lines(flow.ctx, &[span(&text, color)], f32::INFINITY).first() {
                flow.line(page_at, line, pos2(right - line.width_pt, top));
            }
        }
        flow.words(PdfBlock::Paragraph, &words, min.x + 36.0, max.x - 60.0);
        flow.y += space::XS;
    }
}

fn put_figure(flow: &mut Flow<'_>, figure: &Figure, drawing: &Drawing) {
    let p = flow.palette;
    let Rect { min, max } = flow.frame.text;
    flow.here(Place::Figure(figure.number));
    flow.rule(Stroke::new(1.5, p.text));
    flow.y += space::S;
    let words = format!("Figure {}", figure.number);
    let span = Span::new(&words, size::CAPTION, p.text_muted).semibold();
    let heading = PdfBlock::Heading(2, format!("{words}: {}", figure.picture.title));
    flow.words(heading, &[span], min.x, max.x);
    flow.y += space::S;
    let piece = flow.piece(PdfBlock::Figure(match figure.alt.trim() {
        "" => figure.picture.title.clone(),
        words => words.to_owned(),
    }));
    let at = pos2(min.x, flow.y);
    let index = figure.number - 1;
    flow.draw(piece, Drawn::Chart { at, index });
    flow.y += drawing.height_pt;
    flow.gap(space::S);
    let caption = [Span::new(&figure.alt, size::CAPTION, p.text_muted)];
    flow.words(PdfBlock::Paragraph, &caption, min.x, max.x);
    if !figure.cites.is_empty() {
        flow.gap(space::S);
        let noun = if figure.cites.len() == 1 {
            "passage"
        } else {
            "passages"
        };
        let words = format!("Cites {} {noun}: ", figure.cites.len());
        let mut words = vec![Span::new(&words, size::CAPTION, p.text_muted)];
        words.extend(numbers(
            &figure.cites,
            size::CAPTION,
            p.accent,
            p.text_muted,
        ));
        flow.words(PdfBlock::Paragraph, &words, min.x, max.x);
    }
    if !figure.data.rows.is_empty() {
        flow.gap(space::L);
        data(flow, figure);
    }
}

/// Numbers of passages, each run of them leading to its first.
fn numbers(numbers: &[usize], letters: f32, color: Color32, between: Color32) -> Vec<Span> {
    let mut spans = Vec::new();
    for (at, range) in ranges(numbers).into_iter().enumerate() {
        if at > 0 {
            spans.push(Span::new(", ", letters, between));
        }
        let to = Some(Target::Place(Place::Passage(range.0)));
        spans.push(Span::new(&range_in_words(range), letters, color).to(to));
    }
    spans
}

fn data(flow: &mut Flow<'_>, figure: &Figure) {
    // Words that break within themselves are worse than small ones.
    let sizes = [size::CAPTION, 10.5, 9.0];
    let grids = sizes.map(|letters| grid_of(flow, figure, letters));
    let fits = |grid: &&Grid| grid::fits(flow, grid);
    let narrow = grids.last();
    if let Some(grid) = grids.iter().find(fits).or(narrow) {
        grid::put(flow, grid);
    }
}

/// The data of a figure in letters of this size.
fn grid_of(flow: &Flow<'_>, figure: &Figure, letters: f32) -> Grid {
    let p = flow.palette;
    let data = &figure.data;
    let has_cites = figure.row_cites.iter().any(|cites| !cites.is_empty());
    let head = |text: &str| vec![Span::new(text, letters, p.text_muted)];
    let mut heads: Vec<Vec<Span>> = data.columns.iter().map(|c| head(&capitalize(c))).collect();
    if has_cites {
        heads.push(head("Cites"));
    }
    let rows = data.rows.iter().zip(&figure.row_cites).map(|(row, cites)| {
        let cells = row.cells.iter();
        let mut cells: Vec<_> = cells
            .map(|cell| vec![Span::new(cell, letters, p.text)])
            .collect();
        if has_cites {
            cells.push(numbers(cites, letters, p.accent, p.text_muted));
        }
        cells
    });
    Grid {
        number: figure.number,
        gap_pt: letters * 1.25,
        is_number: (0..data.columns.len())
            .map(|at| data.is_numeric_column(at))
            .collect(),
        rows: rows.collect(),
        heads,
    }
}

fn sources(flow: &mut Flow<'_>, sources: &[Source]) {
    let p = flow.palette;
    let Rect { min, max } = flow.frame.text;
    flow.here(Place::Sources);
    flow.rule(Stroke::new(1.5, p.text));
    flow.y += space::S;
    let title = Span::new("Sources", size::HEADING, p.text).semibold();
    flow.words(
        PdfBlock::Heading(2, "Sources".into()),
        &[title],
        min.x,
        max.x,
    );
    for source in sources {
        flow.gap(space::M);
        // A title does not stand alone at the foot of a page.
        flow.need(5.0 * size::BODY * 1.5);
        let web = source.url.clone().map(Target::Web);
        let title = Span::new(&source.title, size::BODY, p.text).semibold();
        let heading = PdfBlock::Heading(3, source.title.clone());
        flow.words(heading, &[title.to(web.clone())], min.x, max.x);
        let about = Span::new(&source.about, size::CAPTION, p.text_muted);
        flow.words(PdfBlock::Paragraph, &[about], min.x, max.x);
        for (before, url) in [("", &source.url), ("Archived: ", &source.archive_url)] {
            if let Some(url) = url {
                let link = Span::new(url, size::CAPTION, p.accent);
                let before = Span::new(before, size::CAPTION, p.text_muted);
                let words = [before, link.to(Some(Target::Web(url.clone())))];
                flow.words(PdfBlock::Paragraph, &words, min.x, max.x);
            }
        }
        flow.gap(space::XS);
        for passage in &source.passages {
            let words = Span::new(&passage.words, size::CAPTION, p.text);
            let words = [words.to(passage.url.clone().map(Target::Web))];
            let set_words = lines(flow.ctx, &words, max.x - min.x - 40.0);
            flow.need(set_words.iter().map(|line| line.height_pt).sum());
            flow.here(Place::Passage(passage.number));
            let number = passage.number.to_string();
            let number = [Span::new(&number, size::CAPTION, p.text_muted)];
            let (top, piece) = (flow.y, flow.piece(PdfBlock::Paragraph));
            if let Some(line) = lines(flow.ctx, &number, f32::INFINITY).first() {
                flow.line(piece, line, pos2(min.x + 28.0 - line.width_pt, top));
            }
            flow.words(PdfBlock::Paragraph, &words, min.x + 40.0, max.x);
        }
    }
}
