//! A chart as an image file: paints a picture off-screen and hands the scene to the writer of a format.

use super::{Canvas, ExportError, Format, Meta, Scene, pdf, png, svg};
use crate::paint;
use crate::picture::Picture;
use crate::register::Register;
use crate::register::chart_words::ImageStyle;
use crate::theme;

pub use super::options::{DPI_AT_1X, ImageOptions};

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
            Format::Png => png::write(&scene, &meta, options.scale(), options.dpi)?,
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
        let dark = options.style == ImageStyle::Dark;
        let slot = if dark {
            &mut self.dark
        } else {
            &mut self.light
        };
        let canvas = slot.get_or_insert_with(|| {
            Canvas::new(|ctx| {
                theme::install(ctx);
                ctx.set_theme(if dark {
                    egui::Theme::Dark
                } else {
                    egui::Theme::Light
                });
            })
        });
        let size = options.size;
        let height_pt = size.height.map_or(1.0, |h| h.layout_pt() as f32);
        let mut size_pt = egui::vec2(size.width.layout_pt() as f32, height_pt);
        super::check_size(size_pt, 1.0)?;
        if size.height.is_none() {
            let mut height_pt = size_pt.y;
            canvas.scene(egui::vec2(size_pt.x, 64.0), options.scale(), |ui| {
                height_pt = paint::height_pt(ui, picture, size_pt.x)
            });
            size_pt.y = height_pt.ceil();
        }
        super::check_size(size_pt, options.scale())?;
        Ok(canvas.scene(size_pt, options.scale(), |ui| {
            // Nobody points at an image: no record needs a name.
            paint::picture(ui, &Register::default(), picture, size_pt, None);
        }))
    }
}
