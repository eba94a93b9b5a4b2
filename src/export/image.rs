//! A chart as an image file: paints a picture off-screen and hands the scene to the writer of a format.

use super::{Canvas, ExportError, Format, Meta, Scene, SvgText, pdf, png, svg};
use crate::paint;
use crate::picture::Picture;
use crate::register::Register;
use crate::theme;

/// CSS pixels to the inch: one point of the layout at scale 1.
pub const DPI_AT_1X: f32 = 96.0;

/// How an image is made.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageOptions {
    /// Width of the layout, in points; in a PNG at scale 1 also in pixels.
    pub width_pt: f32,
    /// Height of the layout; `None`: as high as the chart needs.
    pub height_pt: Option<f32>,
    /// Pixels to the point in a PNG.
    pub scale: f32,
    pub dark: bool,
    pub svg_text: SvgText,
    /// Seconds since 1970 that the file names as its date; `None` leaves it out.
    pub created: Option<i64>,
}

impl Default for ImageOptions {
    fn default() -> Self {
        ImageOptions {
            width_pt: 800.0,
            height_pt: None,
            scale: 2.0,
            dark: false,
            svg_text: SvgText::Overlay,
            created: created(),
        }
    }
}

/// The date that reproducible builds ask for (SOURCE_DATE_EPOCH); otherwise files carry none, so that the same register gives the same bytes.
fn created() -> Option<i64> {
    std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()
}

/// A finished image file.
pub struct Image {
    pub bytes: Vec<u8>,
    /// Characters that no face has; empty in a sound image.
    pub missing: std::collections::BTreeSet<char>,
}

/// Makes images, one after another; fonts are read once.
#[derive(Default)]
pub struct Studio {
    light: Option<Canvas>,
    dark: Option<Canvas>,
}

impl Studio {
    /// Makes an image file.
    ///
    /// # Errors
    /// Where the size is no size, or the writer of the format gives up.
    pub fn image(
        &mut self,
        picture: &Picture,
        format: Format,
        options: &ImageOptions,
    ) -> Result<Image, ExportError> {
        let scene = self.scene(picture, options)?;
        let meta = Meta {
            title: picture.title.clone(),
            description: picture.description.clone(),
            source: picture.source.clone(),
            citations: picture.citations.clone(),
            keywords: vec!["Linchpin".into(), picture.id.clone()],
            language: "en".into(),
            created: options.created,
        };
        let bytes = match format {
            Format::Png => png::write(&scene, &meta, options.scale, DPI_AT_1X * options.scale)?,
            Format::Svg => svg::write(&scene, &meta, options.svg_text).into_bytes(),
            Format::Pdf => pdf::write(&scene, &meta)?,
        };
        Ok(Image {
            bytes,
            missing: scene.missing,
        })
    }

    /// The display list of a picture at the size asked for.
    ///
    /// # Errors
    /// Where the size is no size.
    pub fn scene(
        &mut self,
        picture: &Picture,
        options: &ImageOptions,
    ) -> Result<Scene, ExportError> {
        let slot = if options.dark {
            &mut self.dark
        } else {
            &mut self.light
        };
        let dark = options.dark;
        let canvas = slot.get_or_insert_with(|| {
            Canvas::new(|ctx| {
                theme::install(ctx);
                paint::keep_signs(ctx);
                ctx.set_theme(if dark {
                    egui::Theme::Dark
                } else {
                    egui::Theme::Light
                });
            })
        });
        let mut size_pt = egui::vec2(options.width_pt, options.height_pt.unwrap_or(1.0));
        super::check_size(size_pt, 1.0)?;
        if options.height_pt.is_none() {
            let mut height_pt = size_pt.y;
            canvas.scene(egui::vec2(size_pt.x, 64.0), options.scale, |ui| {
                height_pt = paint::height_pt(ui, picture, size_pt.x)
            });
            size_pt.y = height_pt.ceil();
        }
        super::check_size(size_pt, options.scale)?;
        Ok(canvas.scene(size_pt, options.scale, |ui| {
            // Nobody points at an image: no record needs a name.
            paint::picture(ui, &Register::default(), picture, size_pt, None);
        }))
    }
}
