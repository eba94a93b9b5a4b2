//! Galleys as runs of glyphs, with what is painted behind, under and through them.

use super::geom::{Geom, Ink, Pen, Rotation};
use super::scene::{Builder, Glyph, Mark, TextRun};
use super::slots::{Slot, TOFU};
use super::snap;
use super::textures::cut;
use egui::emath::{GuiRounding as _, Rot2, TSTransform};
use egui::epaint::TextShape;
use egui::epaint::text::{Galley, Glyph as Placed, PlacedRow, TextFormat};
use egui::{Color32, Pos2, Rect, Stroke, Vec2, pos2, vec2};
use std::collections::BTreeMap;
use std::ops::Range;

/// How far a point above the baseline leans to the right in slanted text, for each point of height.
pub(super) const SLANT: f32 = 0.25;

/// A glyph of a row: where egui put it, what it is, and where the pen stood before it was rounded
/// to a pixel.
struct Cell<'a> {
    placed: &'a Placed,
    slot: Slot,
    format: &'a TextFormat,
    pen_x: f32,
}

/// Where a galley stands.
struct Frame<'a> {
    shape: &'a TextShape,
    origin: Pos2,
    turn: Rot2,
    zoom: f32,
}

impl Builder<'_> {
    pub(super) fn text(&mut self, shape: &TextShape, transform: TSTransform) {
        let galley = &shape.galley;
        if galley.is_empty() || shape.opacity_factor <= 0.0 || !shape.pos.is_finite() {
            return;
        }
        let frame = Frame {
            shape,
            origin: transform * shape.pos.round_to_pixels(galley.pixels_per_point),
            turn: Rot2::from_angle(shape.angle),
            zoom: transform.scaling,
        };
        let around = galley.mesh_bounds * frame.zoom;
        let around = around
            .rotate_bb(frame.turn)
            .translate(frame.origin.to_vec2());
        if around.is_finite() && !self.clip.intersects(around) {
            return;
        }
        let plan = self.typesetter.plan(&galley.job);
        let (mut paragraph, mut from) = (0, 0);
        for (i, row) in galley.rows.iter().enumerate() {
            let slots = plan.get(paragraph).and_then(|slots| slots.get(from..));
            let is_cut = galley.elided && i + 1 == galley.rows.len();
            let cells = self.cells(galley, row, slots.unwrap_or_default(), is_cut);
            from += row.glyphs.len();
            if row.ends_with_newline {
                (paragraph, from) = (paragraph + 1, 0);
            }
            if !cells.is_empty() {
                self.row(&frame, row, &cells);
            }
        }
    }

    /// Match the glyphs of a row with what they are.
    fn cells<'g>(
        &mut self,
        galley: &'g Galley,
        row: &'g PlacedRow,
        slots: &[Slot],
        is_cut: bool,
    ) -> Vec<Cell<'g>> {
        let job = &galley.job;
        let pixel_pt = 1.01 / galley.pixels_per_point;
        let mut cells: Vec<Cell<'g>> = Vec::with_capacity(row.glyphs.len());
        let mut section = 0;
        for (i, placed) in row.glyphs.iter().enumerate() {
            let is_cut_sign = is_cut
                && i + 1 == row.glyphs.len()
                && job.wrap.overflow_character == Some(placed.chr);
            let planned = slots
                .get(i)
                .filter(|slot| !is_cut_sign && slot.chr == placed.chr);
            let slot = match planned {
                Some(slot) => slot.clone(),
                None => match self.typesetter.single(job, section, placed.chr) {
                    Some(slot) => slot,
                    None => continue,
                },
            };
            section = slot.section;
            if slot.glyph == Some(TOFU) && !placed.is_color && !placed.chr.is_control() {
                let text = || job.text.clone();
                self.missing.entry(placed.chr).or_insert_with(text);
            }
            let Some(format) = job.sections.get(section).map(|s| &s.format) else {
                continue;
            };
            // egui rounds each glyph to a pixel (or a quarter of one). The exact place is where the
            // pen has come to, unless a line break or justified setting moved it.
            let placed_x = placed.pos.x - slot.offset_x;
            let pen_x = cells.last().map_or(placed_x, |before| {
                before.pen_x + before.placed.advance_width + slot.space_before_pt
            });
            let pen_x = if (pen_x - placed_x).abs() > pixel_pt {
                placed_x
            } else {
                pen_x
            };
            cells.push(Cell {
                placed,
                slot,
                format,
                pen_x,
            });
        }
        cells
    }

    fn row(&mut self, frame: &Frame<'_>, row: &PlacedRow, cells: &[Cell<'_>]) {
        let shape = frame.shape;
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
            let rect = frame.place_rect(snap::edges(rect.translate(row_at)));
            let fill = Ink::visible(frame.shade(color));
            self.outline(Geom::plain_rect(rect), fill, None, frame.rotation());
        }

        let mut start = 0;
        while start < cells.len() {
            let key = |cell: &Cell<'_>| (cell.slot.section, cell.slot.face, cell.placed.is_color);
            let first = key(&cells[start]);
            let length = cells[start..]
                .iter()
                .take_while(|c| key(c) == first)
                .count();
            let run = &cells[start..start + length];
            if cells[start].placed.is_color {
                run.iter()
                    .for_each(|cell| self.color_glyph(frame, row_at, cell));
            } else {
                self.run(frame, row_at, run);
            }
            start += length;
        }

        for is_under in [true, false] {
            let line = |cell: &Cell<'_>| {
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
                self.text_line(frame, points, stroke);
            }
        }
        if !shape.underline.is_empty() {
            let rect = row.rect();
            let points = [rect.left_bottom(), rect.right_bottom()];
            self.text_line(frame, points, shape.underline);
        }
    }

    /// A line of a text's own, such as an underline.
    fn text_line(&mut self, frame: &Frame<'_>, points: [Pos2; 2], stroke: Stroke) {
        let width_pt = stroke.width * frame.zoom;
        let mut points = points.map(|p| frame.origin + p.to_vec2() * frame.zoom);
        if frame.shape.angle == 0.0 {
            points = snap::line(points, width_pt, self.pixels_per_point);
        }
        let pen = Ink::visible(frame.shade(stroke.color)).map(|ink| Pen { width_pt, ink });
        self.outline(Geom::Line(points), None, pen, frame.rotation());
    }

    fn run(&mut self, frame: &Frame<'_>, row_at: Vec2, cells: &[Cell<'_>]) {
        let (Some(first), Some(last)) = (cells.first(), cells.last()) else {
            return;
        };
        let Some(face) = self.typesetter.face(first.slot.face) else {
            return;
        };
        let format = first.format;
        let color = match frame.shape.override_text_color {
            Some(color) => color,
            None => format.color,
        };
        let Some(ink) = Ink::visible(frame.shade(color)) else {
            return;
        };
        let size = format.font_id.size * face.data.tweak.scale;
        let coords = [&format.coords, &face.data.tweak.coords];
        if coords.iter().any(|coords| !coords.as_ref().is_empty()) {
            self.warn("a variable font was set at its default");
        }
        let sink = size * face.data.tweak.y_offset_factor + face.data.tweak.y_offset;
        let baseline = first.placed.pos.y;
        let (text, starts) = reading_order(&frame.shape.galley.job.text, cells);
        let mut glyphs = Vec::with_capacity(cells.len());
        for cell in cells {
            let Some(id) = cell.slot.glyph else { continue };
            let start = starts.get(&cell.slot.bytes.start).copied().unwrap_or(0);
            let length = match cell.slot.bytes.len() {
                0 => cell.slot.chr.len_utf8(),
                length => length,
            };
            glyphs.push(Glyph {
                id,
                x: (cell.pen_x + cell.slot.offset_x - first.pen_x) * frame.zoom,
                y: (cell.placed.pos.y - baseline + cell.slot.offset_y + sink) * frame.zoom,
                advance_pt: cell.placed.advance_width * frame.zoom,
                range: start..(start + length).min(text.len()),
            });
        }
        if glyphs.is_empty() || text.trim().is_empty() {
            return;
        }
        let start = (row_at + vec2(first.pen_x, baseline)) * frame.zoom;
        let end_x = last.pen_x + last.placed.advance_width;
        let run = TextRun {
            face: first.slot.face,
            size_pt: size * frame.zoom,
            ink,
            origin: frame.origin + frame.turn * start,
            angle_rad: frame.shape.angle,
            italic: format.italics,
            text,
            glyphs,
            width_pt: (end_x - first.pen_x) * frame.zoom,
        };
        // Room for what reaches out of its advance: slanted letters, marks, a deep descender.
        let reach = run.size_pt;
        let bounds = Rect::from_min_max(
            pos2(-0.3 * reach, -1.1 * reach),
            pos2(run.width_pt + 0.3 * reach, 0.4 * reach),
        );
        let bounds = bounds.rotate_bb(frame.turn).translate(run.origin.to_vec2());
        let inked = self.inked(bounds, frame);
        self.push(inked, Mark::Text(run));
    }

    /// The bounds to clip by: generous, but not beyond what egui's own mesh of the text covers.
    fn inked(&self, bounds: Rect, frame: &Frame<'_>) -> Rect {
        let mesh = frame.shape.galley.mesh_bounds * frame.zoom;
        let mesh = mesh.rotate_bb(frame.turn).translate(frame.origin.to_vec2());
        let both = bounds.intersect(mesh);
        if both.is_positive() { both } else { bounds }
    }

    /// A glyph with colors of its own, such as an emoji: a bitmap in the font's texture.
    fn color_glyph(&mut self, frame: &Frame<'_>, row_at: Vec2, cell: &Cell<'_>) {
        let uv = cell.placed.uv_rect;
        if uv.is_nothing() {
            return;
        }
        if frame.shape.angle != 0.0 {
            self.warn("a color glyph in turned text stands upright");
        }
        let ctx = self.ctx;
        let atlas = self.atlas.get_or_insert_with(|| ctx.fonts(|f| f.image()));
        let alpha = frame
            .shade(frame.shape.override_text_color.unwrap_or(cell.format.color))
            .a();
        let (rgba, size_px) = cut(
            atlas,
            uv.min.map(usize::from),
            uv.max.map(usize::from),
            Color32::from_white_alpha(alpha),
        );
        if rgba.is_empty() {
            return;
        }
        let at = (row_at + cell.placed.pos.to_vec2() + uv.offset) * frame.zoom;
        let rect = Rect::from_min_size(frame.origin + frame.turn * at, uv.size * frame.zoom);
        let mark = Mark::Image {
            rect,
            rgba,
            size_px,
        };
        self.push(rect, mark);
    }
}

impl Frame<'_> {
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
    cells: &[Cell<'_>],
    key: impl Fn(&Cell<'_>) -> Option<K>,
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
fn reading_order(job_text: &str, cells: &[Cell<'_>]) -> (String, BTreeMap<usize, usize>) {
    let mut clusters: BTreeMap<usize, &Cell<'_>> = BTreeMap::new();
    for cell in cells {
        clusters.entry(cell.slot.bytes.start).or_insert(cell);
    }
    let mut text = String::new();
    let mut starts = BTreeMap::new();
    for (start, cell) in clusters {
        starts.insert(start, text.len());
        match job_text.get(cell.slot.bytes.clone()) {
            Some(cluster) if !cluster.is_empty() => text.push_str(cluster),
            _ => text.push(cell.slot.chr),
        }
    }
    (text, starts)
}
