//! The letters of a page and where they stand.

use crate::extract::guard::{ExtractContext, FallbackFont};
use crate::extract::messages::ExtractError;
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
const MAX_CHARS: usize = 4_000_000;
/// The most things that one page may draw.
const MAX_OPERATIONS: usize = 10_000_000;

/// A letter. Places count in points from the page's upper left corner, in the direction in which it
/// is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PdfChar {
    pub x: f32,
    /// Its baseline.
    pub baseline: f32,
    pub width: f32,
    pub size: f32,
    pub value: char,
}

/// What stands on a page.
#[derive(Default)]
pub struct PdfPageChars {
    pub chars: Vec<PdfChar>,
    pub width: f32,
    pub height: f32,
    /// How many pictures there are.
    pub images: usize,
    /// How many letters run in another direction than most.
    pub rotated: usize,
    /// How many letters the file does not name.
    pub unmapped: usize,
}

/// How pages are read: with a face of ours where the file brings none, since only the places of its
/// letters count.
pub fn interpreter_settings(fallback_font: FallbackFont) -> InterpreterSettings {
    InterpreterSettings {
        font_resolver: Arc::new(move |_| Some((Arc::new(fallback_font), 0))),
        ..InterpreterSettings::default()
    }
}

/// Collects the letters of a page. `before`: how many the pages before it had.
pub fn page_chars<'a>(
    page: &Page<'a>,
    cache: &InterpreterCache<'a>,
    pdf: &'a Pdf,
    settings: &InterpreterSettings,
    before: usize,
    work: &ExtractContext,
) -> PdfPageChars {
    let (width, height) = page.render_dimensions();
    let start = page.initial_transform(true).to_kurbo();
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(start, area, cache, pdf.xref(), settings.clone());
    let mut collector = PdfCharCollector {
        by_rotation: Default::default(),
        page: PdfPageChars {
            width,
            height,
            ..PdfPageChars::default()
        },
        remaining: MAX_CHARS.saturating_sub(before),
        steps: 0,
        context: work.clone(),
    };
    interpret_page(page, &mut context, &mut collector);
    collector.finish()
}

struct PdfCharCollector {
    page: PdfPageChars,
    /// Letters that run to the right, down, to the left and up.
    by_rotation: [Vec<PdfChar>; 4],
    remaining: usize,
    steps: usize,
    context: ExtractContext,
}

impl PdfCharCollector {
    fn count_operation(&mut self) {
        self.steps += 1;
        if self.steps.is_multiple_of(1024) {
            self.context.stop_if_cancelled();
        }
        if self.steps > MAX_OPERATIONS {
            self.context.abort(ExtractError::TooMuchDrawn);
        }
    }

    fn add_glyph(&mut self, glyph: &Glyph<'_>, place: Affine) {
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
        self.page.unmapped += usize::from(text == "\u{fffd}");
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(_) => None,
        };
        let width = advance
            .filter(|w| w.is_finite())
            .map_or(0.5, |w| w / 1000.0)
            * along;
        // Pages are often turned, and so is their text: a quarter turn is a direction of its own,
        // of which the one with most letters is read. What runs askew is a stamp or a watermark.
        let angle = b.atan2(a).to_degrees();
        let quarter = (angle / 90.0).round();
        if (angle - quarter * 90.0).abs() > 3.0 {
            self.page.rotated += 1;
            return;
        }
        let quarter = quarter.rem_euclid(4.0) as usize;
        let (x, y) = match quarter {
            1 => (y, -x),
            2 => (-x, -y),
            3 => (-y, x),
            _ => (x, y),
        };
        let Some(chars) = self.by_rotation.get_mut(quarter) else {
            return;
        };
        // Several letters may share one sign.
        let count = text.chars().count().max(1) as f32;
        for (index, letter) in text.chars().enumerate() {
            if self.remaining == 0 {
                self.context.abort(ExtractError::TooManyLetters);
            }
            self.remaining -= 1;
            chars.push(PdfChar {
                x: x + width / count * index as f32,
                baseline: y,
                width: width / count,
                size,
                value: letter,
            });
        }
    }

    fn finish(mut self) -> PdfPageChars {
        let most = (0..4usize)
            .rev()
            .max_by_key(|at| self.by_rotation.get(*at).map_or(0, Vec::len))
            .unwrap_or_default();
        for (at, chars) in self.by_rotation.into_iter().enumerate() {
            match at == most {
                true => self.page.chars = chars,
                false => self.page.rotated += chars.len(),
            }
        }
        let (width, height) = (self.page.width, self.page.height);
        // Letters that run down begin at the upper right corner, and so on around.
        let (right, down) = match most {
            1 => (0.0, width),
            2 => (width, height),
            3 => (height, 0.0),
            _ => (0.0, 0.0),
        };
        if most % 2 == 1 {
            (self.page.width, self.page.height) = (height, width);
        }
        for letter in &mut self.page.chars {
            letter.x += right;
            letter.baseline += down;
        }
        self.page
    }
}

impl<'a> Device<'a> for PdfCharCollector {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        self.count_operation();
    }
    fn draw_rect(&mut self, _: &Rect, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        self.count_operation();
    }
    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count_operation();
    }
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count_operation();
    }
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        place: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        self.count_operation();
        self.add_glyph(glyph, transform * place);
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.count_operation();
        self.page.images += 1;
    }
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use crate::extract::{SourceFormat, extract_text};

    const SANS: &[u8] = include_bytes!("../../../../../assets/fonts/LinchpinSans-Regular.otf");

    #[test]
    fn a_sign_may_stand_for_any_number_of_letters() {
        let letters: String = ('0'..='9')
            .map(|c| format!("{:04x}", u32::from(c)))
            .collect();
        let map = format!("1 beginbfchar <41> <{}> endbfchar", letters.repeat(30));
        let drawn = "BT /F 12 Tf 50 700 Td (A) Tj ET";
        let stream = |words: &str| {
            let length = words.len();
            format!("<< /Length {length} >>\nstream\n{words}\nendstream")
        };
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
             /Resources << /Font << /F 5 0 R >> >> >>"
                .to_owned(),
            stream(drawn),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>".to_owned(),
            stream(&format!(
                "begincmap 1 begincodespacerange <00> <FF> endcodespacerange {map} endcmap"
            )),
        ];
        let mut file = "%PDF-1.7\n".to_owned();
        for (number, object) in (1..).zip(&objects) {
            file += &format!("{number} 0 obj\n{object}\nendobj\n");
        }
        file += "trailer\n<< /Root 1 0 R >>\n";
        let found = extract_text(file.into_bytes(), SourceFormat::Pdf, SANS);
        assert_eq!(found.unwrap().text.trim_end(), "0123456789".repeat(30));
    }
}
