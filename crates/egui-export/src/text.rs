//! Galleys as glyph runs, with their backgrounds, underlines and strikethroughs.

use crate::builder::SceneBuilder;
use crate::path::{Outline, Rgba, Rotation, StrokePaint};
use crate::scene::{Glyph, GlyphRun, Primitive};
use crate::shaping::{NOTDEF, ShapedGlyph};
use crate::snap;
use crate::textures::crop;
use egui::emath::{GuiRounding as _, Rot2, TSTransform};
use egui::epaint::TextShape;
use egui::epaint::text::{Galley, Glyph as GalleyGlyph, LayoutJob, PlacedRow, TextFormat};
use egui::{Color32, Pos2, Rect, Stroke, Vec2, pos2, vec2};
use std::collections::BTreeMap;
use std::ops::Range;

/// A glyph of a row: where egui put it, what it is, and where the pen stood before it was rounded
/// to a pixel.
pub(crate) struct PlacedGlyph<'a> {
    pub placed: GalleyGlyph,
    pub shaped: ShapedGlyph,
    pub format: &'a TextFormat,
    pub pen_x: f32,
    /// Which run of its line it belongs to, where right-to-left text was put in order.
    pub directed: Option<DirectedPart>,
}

/// A run among those of a line of right-to-left text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DirectedPart {
    /// From left to right.
    pub number: usize,
    /// Whether it is read from right to left.
    pub is_rtl: bool,
}

/// The glyphs that egui set for a paragraph, by where their clusters begin in the job's text, each
/// with its row: colors, bitmaps and heights are taken from them.
pub(crate) type KnownGlyphs = BTreeMap<usize, (usize, GalleyGlyph)>;

/// Where a galley stands.
pub(crate) struct GalleyPlacement<'a> {
    pub shape: &'a TextShape,
    origin: Pos2,
    turn: Rot2,
    zoom: f32,
}

impl SceneBuilder<'_> {
    pub(crate) fn text(&mut self, shape: &TextShape, transform: TSTransform) {
        let galley = &shape.galley;
        if galley.is_empty() || shape.opacity_factor <= 0.0 || !shape.pos.is_finite() {
            return;
        }
        let placement = GalleyPlacement {
            shape,
            origin: transform * shape.pos.round_to_pixels(galley.pixels_per_point),
            turn: Rot2::from_angle(shape.angle),
            zoom: transform.scaling,
        };
        let around = galley.mesh_bounds * placement.zoom;
        let around = around
            .rotate_bb(placement.turn)
            .translate(placement.origin.to_vec2());
        // Shaping is what costs time: text out of sight is not shaped.
        if around.is_finite() && !self.clip.intersects(around) {
            return;
        }
        let plan = self.shaper.plan(&galley.job);
        let mixed = self.mixed_paragraphs(galley);
        let mut mixed = mixed.iter().peekable();
        let mut known = KnownGlyphs::new();
        let (mut paragraph, mut from) = (0, 0);
        for (i, row) in galley.rows.iter().enumerate() {
            let shaped = plan.get(paragraph).and_then(|shaped| shaped.get(from..));
            let is_cut = galley.elided && i + 1 == galley.rows.len();
            let cells = self.placed_glyphs(galley, row, shaped.unwrap_or_default(), is_cut);
            from += row.glyphs.len();
            if row.ends_with_newline {
                (paragraph, from) = (paragraph + 1, 0);
            }
            while mixed.next_if(|mixed| mixed.rows.end <= i).is_some() {}
            if let Some(mixed) = mixed.peek().filter(|mixed| mixed.rows.contains(&i)) {
                for cell in &cells {
                    let glyph = known.entry(cell.shaped.bytes.start);
                    glyph.or_insert((i, cell.placed));
                }
                if i + 1 == mixed.rows.end {
                    self.mixed_paragraph(&placement, mixed, &known);
                    known.clear();
                }
            } else if !cells.is_empty() {
                self.row(&placement, row, &cells);
            }
        }
    }

    /// Match the glyphs of a row with what they are. Both are in egui's order; where a character
    /// differs all the same, that glyph alone is looked up, and the next ones match again.
    fn placed_glyphs<'g>(
        &mut self,
        galley: &'g Galley,
        row: &'g PlacedRow,
        shaped: &[ShapedGlyph],
        is_cut: bool,
    ) -> Vec<PlacedGlyph<'g>> {
        let job = &galley.job;
        let pixel_pt = 1.01 / galley.pixels_per_point;
        let mut cells: Vec<PlacedGlyph<'g>> = Vec::with_capacity(row.glyphs.len());
        let mut section = 0;
        for (i, placed) in row.glyphs.iter().enumerate() {
            let is_cut_sign = is_cut
                && i + 1 == row.glyphs.len()
                && job.wrap.overflow_character == Some(placed.chr);
            let planned = shaped
                .get(i)
                .filter(|glyph| !is_cut_sign && glyph.chr == placed.chr);
            let glyph = match planned {
                Some(glyph) => glyph.clone(),
                None => match self.shaper.single(job, section, placed.chr) {
                    Some(glyph) => glyph,
                    None => continue,
                },
            };
            section = glyph.section;
            self.note_missing(job, placed, &glyph);
            let Some(format) = job.sections.get(section).map(|s| &s.format) else {
                continue;
            };
            // egui rounds each glyph to a pixel (or a quarter of one). The exact place is where the
            // pen has come to, unless a line break or justified setting moved it.
            let placed_x = placed.pos.x - glyph.offset_x;
            let pen_x = cells.last().map_or(placed_x, |before| {
                before.pen_x + before.placed.advance_width + glyph.space_before_pt
            });
            let pen_x = if (pen_x - placed_x).abs() > pixel_pt {
                placed_x
            } else {
                pen_x
            };
            cells.push(PlacedGlyph {
                placed: *placed,
                shaped: glyph,
                format,
                pen_x,
                directed: None,
            });
        }
        cells
    }

    /// Remember a character that no face has.
    pub(crate) fn note_missing(
        &mut self,
        job: &LayoutJob,
        placed: &GalleyGlyph,
        glyph: &ShapedGlyph,
    ) {
        if glyph.glyph == Some(NOTDEF) && !placed.is_color && !glyph.chr.is_control() {
            let text = || job.text.clone();
            self.missing_glyphs.entry(glyph.chr).or_insert_with(text);
        }
    }

    /// Draw a row, whose cells stand from left to right.
    pub(crate) fn row(
        &mut self,
        placement: &GalleyPlacement<'_>,
        row: &PlacedRow,
        cells: &[PlacedGlyph<'_>],
    ) {
        let shape = placement.shape;
        let row_at = row.pos.to_vec2();
        for (behind, x) in spans(cells, |cell| {
            let rect = cell.placed.logical_rect();
            let format = cell.format;
            (format.background != Color32::TRANSPARENT).then_some((
                format.background,
                rect.top(),
                rect.bottom(),
                format.expand_bg,
            ))
        }) {
            let (color, top, bottom, grow) = behind;
            let rect = Rect::from_x_y_ranges(x.start..=x.end, top..=bottom).expand(grow);
            let rect = placement.place_rect(snap::edges(rect.translate(row_at)));
            let fill = Rgba::from_color32(placement.shade(color));
            self.outline(Outline::plain_rect(rect), fill, None, placement.rotation());
        }

        // A run has one face, size and color, so it ends with its section, its face, and where
        // glyphs become bitmaps.
        let key = |cell: &PlacedGlyph<'_>| {
            let directed = cell.directed.map(|part| part.number);
            let ShapedGlyph { section, face, .. } = cell.shaped;
            (section, face, cell.placed.is_color, directed)
        };
        let mut runs: Vec<_> = cells.chunk_by(|a, b| key(a) == key(b)).collect();
        if cells.iter().any(|cell| cell.directed.is_some()) {
            // In reading order: files list texts in the order in which they were drawn.
            let begins =
                |cells: &&[PlacedGlyph<'_>]| cells.iter().map(|cell| cell.shaped.bytes.start).min();
            runs.sort_by_key(begins);
        }
        for run in runs {
            if run.iter().any(|cell| cell.placed.is_color) {
                run.iter()
                    .for_each(|cell| self.color_glyph(placement, row_at, cell));
            } else {
                self.run(placement, row_at, run);
            }
        }

        // After all glyphs: a strikethrough crosses them.
        for is_under in [true, false] {
            let line = |cell: &PlacedGlyph<'_>| {
                let rect = cell.placed.logical_rect();
                let (stroke, y) = if is_under {
                    (cell.format.underline, rect.bottom())
                } else {
                    (cell.format.strikethrough, rect.center().y)
                };
                (!stroke.is_empty()).then_some((stroke, y))
            };
            for ((stroke, y), x) in spans(cells, line) {
                let points = [pos2(x.start, y) + row_at, pos2(x.end, y) + row_at];
                self.text_line(placement, points, stroke);
            }
        }
        if !shape.underline.is_empty() {
            let rect = row.rect();
            let points = [rect.left_bottom(), rect.right_bottom()];
            self.text_line(placement, points, shape.underline);
        }
    }

    /// A line of a text's own, such as an underline.
    fn text_line(&mut self, placement: &GalleyPlacement<'_>, points: [Pos2; 2], stroke: Stroke) {
        let width_pt = stroke.width * placement.zoom;
        let mut points = points.map(|p| placement.origin + p.to_vec2() * placement.zoom);
        if placement.shape.angle == 0.0 {
            points = snap::line(points, width_pt, self.pixels_per_point);
        }
        let stroke = Rgba::from_color32(placement.shade(stroke.color))
            .map(|color| StrokePaint { width_pt, color });
        self.outline(Outline::Line(points), None, stroke, placement.rotation());
    }

    fn run(&mut self, placement: &GalleyPlacement<'_>, row_at: Vec2, cells: &[PlacedGlyph<'_>]) {
        let (Some(first), Some(last)) = (cells.first(), cells.last()) else {
            return;
        };
        let Some(face) = self.shaper.face(first.shaped.face) else {
            return;
        };
        let format = first.format;
        let color = match placement.shape.override_text_color {
            Some(color) => color,
            None => format.color,
        };
        let Some(color) = Rgba::from_color32(placement.shade(color)) else {
            return;
        };
        let size = format.font_id.size * face.data.tweak.scale;
        let coords = [&format.coords, &face.data.tweak.coords];
        if coords.iter().any(|coords| !coords.as_ref().is_empty()) {
            self.warn("a variable font was set at its default");
        }
        let shift_y = size * face.data.tweak.y_offset_factor + face.data.tweak.y_offset;
        let baseline = first.placed.pos.y;
        let (text, starts) = reading_order(&placement.shape.galley.job.text, cells);
        let mut glyphs = Vec::with_capacity(cells.len());
        for cell in cells {
            let Some(id) = cell.shaped.glyph else {
                continue;
            };
            let start = starts.get(&cell.shaped.bytes.start).copied().unwrap_or(0);
            // Clusters of right-to-left text may be empty: see `ClusterEmitter::fill`.
            let length = match cell.shaped.bytes.len() {
                0 => cell.shaped.chr.len_utf8(),
                length => length,
            };
            glyphs.push(Glyph {
                id,
                x: (cell.pen_x + cell.shaped.offset_x - first.pen_x) * placement.zoom,
                y: (cell.placed.pos.y - baseline + cell.shaped.offset_y + shift_y) * placement.zoom,
                advance_pt: cell.placed.advance_width * placement.zoom,
                range: start..(start + length).min(text.len()),
            });
        }
        // A space between words of two directions is a run of its own, and belongs to the text.
        let is_blank = text.trim().is_empty() && first.directed.is_none();
        if glyphs.is_empty() || is_blank {
            return;
        }
        let start = (row_at + vec2(first.pen_x, baseline)) * placement.zoom;
        let end_x = last.pen_x + last.placed.advance_width;
        let run = GlyphRun {
            face: first.shaped.face,
            size_pt: size * placement.zoom,
            color,
            origin: placement.origin + placement.turn * start,
            angle_rad: placement.shape.angle,
            italic: format.italics,
            is_rtl: first.directed.is_some_and(|part| part.is_rtl),
            text,
            glyphs,
            width_pt: (end_x - first.pen_x) * placement.zoom,
        };
        // Room for what reaches out of its advance: slanted letters, marks, a deep descender.
        let reach = run.size_pt;
        let bounds = Rect::from_min_max(
            pos2(-0.3 * reach, -1.1 * reach),
            pos2(run.width_pt + 0.3 * reach, 0.4 * reach),
        );
        let bounds = bounds
            .rotate_bb(placement.turn)
            .translate(run.origin.to_vec2());
        let bounds = self.visible_bounds(bounds, placement);
        self.push(bounds, Primitive::Text(run));
    }

    /// The bounds to clip by: generous, but not beyond what egui's own mesh of the text covers.
    fn visible_bounds(&self, bounds: Rect, placement: &GalleyPlacement<'_>) -> Rect {
        let mesh = placement.shape.galley.mesh_bounds * placement.zoom;
        let mesh = mesh
            .rotate_bb(placement.turn)
            .translate(placement.origin.to_vec2());
        let both = bounds.intersect(mesh);
        if both.is_positive() { both } else { bounds }
    }

    /// A glyph with colors of its own, such as an emoji: a bitmap in the font's texture.
    fn color_glyph(
        &mut self,
        placement: &GalleyPlacement<'_>,
        row_at: Vec2,
        cell: &PlacedGlyph<'_>,
    ) {
        let uv = cell.placed.uv_rect;
        if uv.is_nothing() {
            return;
        }
        if placement.shape.angle != 0.0 {
            self.warn("a color glyph in turned text stands upright");
        }
        let ctx = self.ctx;
        let atlas = self.atlas.get_or_insert_with(|| ctx.fonts(|f| f.image()));
        let alpha = placement
            .shade(
                placement
                    .shape
                    .override_text_color
                    .unwrap_or(cell.format.color),
            )
            .a();
        let (rgba, size_px) = crop(
            atlas,
            uv.min.map(usize::from),
            uv.max.map(usize::from),
            Color32::from_white_alpha(alpha),
        );
        if rgba.is_empty() {
            return;
        }
        let at = (row_at + cell.placed.pos.to_vec2() + uv.offset) * placement.zoom;
        let rect = Rect::from_min_size(
            placement.origin + placement.turn * at,
            uv.size * placement.zoom,
        );
        let image = Primitive::Image {
            rect,
            rgba,
            size_px,
        };
        self.push(rect, image);
    }
}

impl GalleyPlacement<'_> {
    /// The color that is painted for a color of the galley.
    fn shade(&self, color: Color32) -> Color32 {
        let color = if color == Color32::PLACEHOLDER {
            self.shape.fallback_color
        } else {
            color
        };
        if self.shape.opacity_factor < 1.0 {
            color.gamma_multiply(self.shape.opacity_factor)
        } else {
            color
        }
    }

    fn place_rect(&self, rect: Rect) -> Rect {
        (rect * self.zoom).translate(self.origin.to_vec2())
    }

    fn rotation(&self) -> Option<Rotation> {
        (self.shape.angle != 0.0).then_some(Rotation {
            angle_rad: self.shape.angle,
            pivot: self.origin,
        })
    }
}

/// Stretches of cells with an equal key, from the left of the first cell to the right of the last.
fn spans<K: PartialEq + Copy>(
    cells: &[PlacedGlyph<'_>],
    key: impl Fn(&PlacedGlyph<'_>) -> Option<K>,
) -> Vec<(K, Range<f32>)> {
    let mut spans: Vec<(K, Range<f32>)> = Vec::new();
    let mut open = None;
    for cell in cells {
        let now = key(cell);
        let right = cell.pen_x + cell.placed.advance_width;
        match (now, spans.last_mut()) {
            (Some(key), Some((_, x))) if open == Some(key) => x.end = right,
            (Some(key), _) => spans.push((key, cell.pen_x..right)),
            (None, _) => {}
        }
        open = now;
    }
    spans
}

/// The text of a run in reading order, and where in it each cluster starts, by its place in the
/// job's text.
fn reading_order(job_text: &str, cells: &[PlacedGlyph<'_>]) -> (String, BTreeMap<usize, usize>) {
    // Cells stand from left to right; the map puts right-to-left ones back into the order of the
    // text, and keeps one cell of each cluster.
    let mut clusters: BTreeMap<usize, &PlacedGlyph<'_>> = BTreeMap::new();
    for cell in cells {
        clusters.entry(cell.shaped.bytes.start).or_insert(cell);
    }
    let mut text = String::new();
    let mut starts = BTreeMap::new();
    for (start, cell) in clusters {
        starts.insert(start, text.len());
        match job_text.get(cell.shaped.bytes.clone()) {
            Some(cluster) if !cluster.is_empty() => text.push_str(cluster),
            _ => text.push(cell.shaped.chr),
        }
    }
    (text, starts)
}
