//! The letters of a page and where they stand.

use crate::extract::guard::{ExtractContext, FallbackFont};
use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, TransformExt as _, interpret_page,
};
use hayro_syntax::Pdf;
use hayro_syntax::page::Page;
use kurbo::{Affine, BezPath, Rect};
use std::sync::Arc;

/// The most letters that one file may have.
const MAX_LETTERS: usize = 4_000_000;
/// The most things that one page may draw.
const MAX_STEPS: usize = 10_000_000;

/// A letter. Places count in points from the page's upper left corner, in the direction in which it is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Letter {
    pub x: f32,
    /// Its baseline.
    pub y: f32,
    pub width: f32,
    pub size: f32,
    pub letter: char,
}

/// What stands on a page.
#[derive(Default)]
pub struct Letters {
    pub all: Vec<Letter>,
    pub width: f32,
    pub height: f32,
    /// How many pictures there are.
    pub pictures: usize,
    /// How many letters run in another direction than most.
    pub askew: usize,
    /// How many letters the file does not name.
    pub unknown: usize,
}

/// How pages are read: with a face of ours where the file brings none, since only the places of its letters count.
pub fn settings(fallback_font: FallbackFont) -> InterpreterSettings {
    InterpreterSettings {
        font_resolver: Arc::new(move |_| Some((Arc::new(fallback_font), 0))),
        ..InterpreterSettings::default()
    }
}

/// Collects the letters of a page. `before`: how many the pages before it had.
pub fn collected<'a>(
    page: &Page<'a>,
    cache: &InterpreterCache<'a>,
    pdf: &'a Pdf,
    settings: &InterpreterSettings,
    before: usize,
    work: &ExtractContext,
) -> Letters {
    let (width, height) = page.render_dimensions();
    let start = page.initial_transform(true).to_kurbo();
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(start, area, cache, pdf.xref(), settings.clone());
    let mut collector = Collector {
        turned: Default::default(),
        letters: Letters {
            width,
            height,
            ..Letters::default()
        },
        room: MAX_LETTERS.saturating_sub(before),
        steps: 0,
        work: work.clone(),
    };
    interpret_page(page, &mut context, &mut collector);
    collector.end()
}

struct Collector {
    letters: Letters,
    /// Letters that run to the right, down, to the left and up.
    turned: [Vec<Letter>; 4],
    room: usize,
    steps: usize,
    work: ExtractContext,
}

impl Collector {
    fn step(&mut self) {
        self.steps += 1;
        if self.steps.is_multiple_of(1024) {
            self.work.stop_if_cancelled();
        }
        if self.steps > MAX_STEPS {
            self.work.abort(
                "A page of this PDF draws too much to be a text. Open it in a PDF program, and paste its text",
            );
        }
    }

    fn letter(&mut self, glyph: &Glyph<'_>, place: Affine) {
        // One em along the line, and across it.
        let [a, b, c, d, x, y] = place.as_coeffs().map(|v| v as f32);
        let (along, size) = (a.hypot(b) * 1000.0, c.hypot(d) * 1000.0);
        let is_sound = [along, size, x, y]
            .iter()
            .all(|v| v.is_finite() && v.abs() < 1e6);
        if !is_sound || size < 0.1 {
            return;
        }
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => '\u{fffd}'.to_string(),
        };
        self.letters.unknown += usize::from(text == "\u{fffd}");
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(_) => None,
        };
        let width = advance
            .filter(|w| w.is_finite())
            .map_or(0.5, |w| w / 1000.0)
            * along;
        let angle = b.atan2(a).to_degrees();
        let quarter = (angle / 90.0).round();
        if (angle - quarter * 90.0).abs() > 3.0 {
            self.letters.askew += 1;
            return;
        }
        let quarter = quarter.rem_euclid(4.0) as usize;
        let (x, y) = match quarter {
            1 => (y, -x),
            2 => (-x, -y),
            3 => (-y, x),
            _ => (x, y),
        };
        let Some(turned) = self.turned.get_mut(quarter) else {
            return;
        };
        // Several letters may share one sign.
        let count = text.chars().count().max(1) as f32;
        for (index, letter) in (0u8..).zip(text.chars()) {
            if self.room == 0 {
                self.work.abort(
                    "This PDF has more letters than a text has. Save the pages that are the document",
                );
            }
            self.room -= 1;
            turned.push(Letter {
                x: x + width / count * f32::from(index),
                y,
                width: width / count,
                size,
                letter,
            });
        }
    }

    fn end(mut self) -> Letters {
        let most = (0..4usize)
            .rev()
            .max_by_key(|at| self.turned.get(*at).map_or(0, Vec::len))
            .unwrap_or_default();
        for (at, turned) in self.turned.into_iter().enumerate() {
            match at == most {
                true => self.letters.all = turned,
                false => self.letters.askew += turned.len(),
            }
        }
        let (width, height) = (self.letters.width, self.letters.height);
        // Letters that run down begin at the upper right corner, and so on around.
        let (right, down) = match most {
            1 => (0.0, width),
            2 => (width, height),
            3 => (height, 0.0),
            _ => (0.0, 0.0),
        };
        if most % 2 == 1 {
            (self.letters.width, self.letters.height) = (height, width);
        }
        for letter in &mut self.letters.all {
            letter.x += right;
            letter.y += down;
        }
        self.letters
    }
}

impl<'a> Device<'a> for Collector {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        self.step();
    }
    fn draw_rect(&mut self, _: &Rect, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        self.step();
    }
    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step();
    }
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step();
    }
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        place: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        self.step();
        self.letter(glyph, transform * place);
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.step();
        self.letters.pictures += 1;
    }
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
