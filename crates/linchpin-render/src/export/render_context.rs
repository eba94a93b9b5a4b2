//! A canvas with the fonts, the palette and the logo of one look.

use super::house::{House, Logo};
use super::options::ImageOptions;
use super::{Canvas, looks};
use crate::theme::{self, FontFaces, RenderStyle};
use egui::{ColorImage, TextureHandle, TextureOptions, Vec2, vec2};
use linchpin_register::chart_vocabulary::ImageStyle;

/// The highest and the widest that a logo is, in points of the layout.
const LOGO_PT: Vec2 = vec2(132.0, 28.0);

/// Where pictures of one look are painted.
pub(super) struct RenderContext {
    pub canvas: Canvas,
    pub look: RenderStyle,
    style: ImageStyle,
    grey: bool,
    house: Option<House>,
    /// Kept, so that the canvas keeps the image.
    _logo: Option<TextureHandle>,
}

impl RenderContext {
    pub fn new(options: &ImageOptions) -> RenderContext {
        let house = options.house.clone();
        let dark = options.style == ImageStyle::Dark;
        let file = |file: &Option<super::house::HouseFile>| {
            let bytes = file.as_ref().map(|file| file.bytes.clone());
            bytes.filter(|bytes| !bytes.is_empty())
        };
        let faces = house
            .as_ref()
            .map_or_else(FontFaces::default, |house| FontFaces {
                regular: file(&house.regular),
                semibold: file(&house.semibold),
            });
        let canvas = Canvas::new(|ctx| {
            theme::install_with_fonts(ctx, &faces);
            ctx.set_theme(if dark {
                egui::Theme::Dark
            } else {
                egui::Theme::Light
            });
        });
        let logo = house.as_ref().and_then(House::logo_pixels);
        let logo = logo.map(|Logo { rgba, size_px }| {
            let image = ColorImage::from_rgba_unmultiplied(size_px, &rgba);
            let texture = canvas
                .context()
                .load_texture("logo", image, TextureOptions::LINEAR);
            let size = vec2(size_px[0] as f32, size_px[1] as f32);
            let fit = (LOGO_PT / size).min_elem();
            (texture, size * fit)
        });
        RenderContext {
            look: RenderStyle {
                numbers: options.numbers,
                palette: looks::palette(options),
                paints_background: false,
                margin_pt: theme::space::M,
                logo: logo.as_ref().map(|(texture, size)| (texture.id(), *size)),
            },
            canvas,
            style: options.style,
            grey: options.grey,
            house,
            _logo: logo.map(|(texture, _)| texture),
        }
    }

    /// Whether images of these options are painted here.
    pub fn fits(&self, options: &ImageOptions) -> bool {
        self.style == options.style && self.grey == options.grey && self.house == options.house
    }
}
