//! Paragraphs with right-to-left letters, put in order.

use crate::bidi::{self, Paragraph, VisualLine};
use crate::builder::SceneBuilder;
use crate::shaping::{NOTDEF, ShapedGlyph, ShapingRun};
use crate::text::{DirectedPart, GalleyPlacement, KnownGlyphs, PlacedGlyph};
use egui::Rangef;
use egui::epaint::text::{Galley, Glyph as GalleyGlyph};

impl SceneBuilder<'_> {
    /// The paragraphs of a galley that must be put in order.
    pub(crate) fn mixed_paragraphs(&mut self, galley: &Galley) -> Vec<Paragraph> {
        let text = &galley.job.text;
        if !bidi::is_mixed(text) {
            return Vec::new();
        }
        let Some(mut paragraphs) = bidi::paragraphs(galley) else {
            self.warn("a right-to-left text in sections that do not follow one another");
            return Vec::new();
        };
        if galley.job.justify {
            self.warn("a right-to-left text is not justified");
        }
        paragraphs.retain(|p| text.get(p.bytes.clone()).is_some_and(bidi::is_mixed));
        paragraphs
    }

    pub(crate) fn mixed_paragraph(
        &mut self,
        placement: &GalleyPlacement<'_>,
        paragraph: &Paragraph,
        known: &KnownGlyphs,
    ) {
        let galley = &placement.shape.galley;
        let lines = bidi::lines(&mut self.shaper, galley, paragraph);
        for (line, row) in lines.iter().zip(paragraph.rows.clone()) {
            let cells = self.mixed_line(galley, line, row, known);
            if !cells.is_empty() {
                self.row(placement, &galley.rows[row], &cells);
            }
        }
    }

    /// The cells of a line from left to right, in the row of that number.
    fn mixed_line<'g>(
        &mut self,
        galley: &'g Galley,
        line: &VisualLine,
        row: usize,
        known: &KnownGlyphs,
    ) -> Vec<PlacedGlyph<'g>> {
        let job = &galley.job;
        let mut pen = LinePen::default();
        if line.is_rtl {
            self.cut_sign(galley, line, row, &mut pen);
        }
        for (number, run) in line.runs.iter().enumerate() {
            let Some(template) = template(galley, known, run, row) else {
                continue;
            };
            let is_rtl = run.is_rtl == Some(true);
            let format = &job.sections[run.section];
            let directed = Some(DirectedPart { number, is_rtl });
            for shaped in self.shaper.directed(job, run) {
                let exact = known.get(&shaped.bytes.start);
                let exact = exact
                    .map(|(_, glyph)| glyph)
                    .filter(|g| g.chr == shaped.chr);
                let mut placed = template;
                if let Some(exact) = exact {
                    (placed.is_color, placed.uv_rect) = (exact.is_color, exact.uv_rect);
                }
                placed.chr = shaped.chr;
                placed.advance_width = match exact.filter(|_| has_own_advance(&shaped)) {
                    Some(exact) => exact.advance_width,
                    None => shaped.advance_pt,
                };
                self.note_missing(job, &placed, &shaped);
                if shaped.bytes.start == format.byte_range.start.0 && !is_rtl {
                    pen.x += format.leading_space;
                }
                pen.put(placed, shaped, &format.format, directed);
            }
        }
        if !line.is_rtl {
            self.cut_sign(galley, line, row, &mut pen);
        }
        pen.finish(galley, line, row)
    }

    /// Put down the sign of a cut text, where the line ends with it.
    fn cut_sign<'g>(
        &mut self,
        galley: &'g Galley,
        line: &VisualLine,
        row: usize,
        pen: &mut LinePen<'g>,
    ) {
        let job = &galley.job;
        let sign = galley
            .rows
            .get(row)
            .and_then(|row| bidi::cut_sign(job, row));
        let (Some(sign), true) = (sign, line.is_cut) else {
            return;
        };
        let section = line.runs.iter().map(|run| run.section).max().unwrap_or(0);
        let Some(shaped) = self.shaper.single(job, section, sign.chr) else {
            return;
        };
        self.note_missing(job, sign, &shaped);
        let directed = Some(DirectedPart {
            number: usize::MAX,
            is_rtl: false,
        });
        pen.put(*sign, shaped, &job.sections[section].format, directed);
    }
}

/// Whether egui gives a character a width of its own.
fn has_own_advance(shaped: &ShapedGlyph) -> bool {
    let is_space = matches!(shaped.chr, '\t' | '\u{2009}' | '\u{202F}');
    is_space || matches!(shaped.glyph, None | Some(NOTDEF))
}

/// A glyph as high as those of a run, and where a row has them.
fn template(
    galley: &Galley,
    known: &KnownGlyphs,
    run: &ShapingRun,
    row: usize,
) -> Option<GalleyGlyph> {
    let within = known.range(run.bytes.clone()).next();
    let before = || known.range(..run.bytes.start).next_back();
    let (_, (from, glyph)) = within.or_else(before).or_else(|| known.iter().next())?;
    let mut glyph = *glyph;
    // Where the rows differ in height, letters keep their side of them.
    let height = |row: usize| galley.rows.get(row).map_or(0.0, |row| row.size.y);
    let side = galley.job.sections[run.section].format.valign.to_factor();
    glyph.pos.y += side * (height(row) - height(*from));
    Some(glyph)
}

/// Puts cells one after another.
#[derive(Default)]
struct LinePen<'g> {
    x: f32,
    cells: Vec<PlacedGlyph<'g>>,
}

impl<'g> LinePen<'g> {
    fn put(
        &mut self,
        mut placed: GalleyGlyph,
        shaped: ShapedGlyph,
        format: &'g egui::TextFormat,
        directed: Option<DirectedPart>,
    ) {
        if !self.cells.is_empty() {
            self.x += shaped.space_before_pt;
        }
        placed.pos.x = self.x + shaped.offset_x;
        let pen_x = self.x;
        self.x += placed.advance_width;
        self.cells.push(PlacedGlyph {
            placed,
            shaped,
            format,
            pen_x,
            directed,
        });
    }

    /// The cells, where their line stands in its row.
    fn finish(self, galley: &Galley, line: &VisualLine, row: usize) -> Vec<PlacedGlyph<'g>> {
        let mut cells = self.cells;
        let is_ink = |cell: &&PlacedGlyph<'_>| !cell.placed.chr.is_whitespace();
        let (first, last) = (cells.iter().find(is_ink), cells.iter().rfind(is_ink));
        let ink = match (first, last) {
            (Some(first), Some(last)) => {
                Rangef::new(first.pen_x, last.pen_x + last.placed.advance_width)
            }
            _ => Rangef::new(0.0, self.x),
        };
        let at_row = galley.rows.get(row).map_or(0.0, |row| row.pos.x);
        let by = bidi::line_left(galley, line, ink) - at_row;
        for cell in &mut cells {
            cell.pen_x += by;
            cell.placed.pos.x += by;
        }
        cells
    }
}
