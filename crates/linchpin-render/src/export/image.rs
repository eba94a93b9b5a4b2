//! A chart as an image file: paints a picture off-screen and hands the scene to the writer of a
//! format.

use super::house_style::{HouseStyle, Logo};
use super::{Canvas, FALLBACK_FAMILIES, Format, ImageError, SOFTWARE, Scene, image_frame};
use crate::paint;
use crate::theme::{self, FontFaces, RenderStyle};
use egui::{ColorImage, TextureHandle, TextureOptions, UiBuilder, Vec2, vec2};
use egui_export::{Attachment, Metadata, PdfOptions, PngOptions, Rgba, SvgOptions};
use linchpin_charts::evidence::{self, DrawingFingerprint, Evidence, EvidenceContainer};
use linchpin_charts::picture::Picture;
use linchpin_register::chart_vocabulary::{EvidenceScope, ImageStyle};
use linchpin_register::query::CountingRule;
use linchpin_register::{Chart, LoadedRegister, Register};
use linchpin_task::run_caught;

pub use super::options::{DPI_AT_1X, ImageOptions};

/// A finished image file.
pub struct Image {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// The size of its smallest letters, in printed points (72 to the inch).
    pub smallest_type: Option<f32>,
}

/// Makes images, one after another; fonts are read once for each style.
#[derive(Default)]
pub struct Studio {
    contexts: Vec<RenderContext>,
}

/// The most render styles that are kept.
const MAX_CONTEXTS: usize = 6;

/// The narrowest picture within the blank edge, in points of the layout.
const MIN_INNER_PT: f32 = 40.0;

impl Studio {
    /// Makes the image file of a chart of a register, with what it was drawn from inside. `name` is
    /// the name of the register's file or folder.
    ///
    /// # Errors
    /// Where the size is no size, or the writer of the format gives up.
    pub fn chart(
        &mut self,
        (loaded, name): (&LoadedRegister, &str),
        chart: &Chart,
        rule: CountingRule,
        format: Format,
        options: &ImageOptions,
    ) -> Result<Image, ImageError> {
        // A picture of why there is none would pass for the chart.
        let picture = linchpin_charts::build(&loaded.register, chart, rule)
            .map_err(|error| ImageError::NotDrawn(error.message()))?;
        let evidence = evidence::evidence_of_chart(loaded, name, chart, rule, &picture);
        self.image_with(&picture, Some(evidence), format, options)
    }

    /// Makes an image file that carries nothing but itself.
    ///
    /// # Errors
    /// Where the size is no size, a character is in no font, or the writer of the format gives up.
    pub fn image(
        &mut self,
        picture: &Picture,
        format: Format,
        options: &ImageOptions,
    ) -> Result<Image, ImageError> {
        self.image_with(picture, None, format, options)
    }

    /// Makes an image file that carries what it was drawn from.
    ///
    /// # Errors
    /// Where the size is no size, or the writer of the format gives up.
    pub fn image_with(
        &mut self,
        picture: &Picture,
        evidence: Option<Evidence>,
        format: Format,
        options: &ImageOptions,
    ) -> Result<Image, ImageError> {
        self.with_fonts(options, |studio| {
            studio.file(picture, evidence, format, options)
        })
    }

    /// Does what needs the fonts of a house style; where these make a reader of fonts panic, that
    /// is an error, and nothing that they touched is used again.
    pub(super) fn with_fonts<T, E: From<ImageError>>(
        &mut self,
        options: &ImageOptions,
        work: impl FnOnce(&mut Studio) -> Result<T, E>,
    ) -> Result<T, E> {
        let Some(house) = options.house.as_ref().filter(|h| !h.fonts().is_empty()) else {
            return work(self);
        };
        run_caught("Drawing with the fonts of a house style", || work(self)).unwrap_or_else(
            |fault| {
                self.contexts.clear();
                Err(E::from(ImageError::HouseFonts {
                    names: house.font_names(),
                    fault: fault.to_string(),
                }))
            },
        )
    }

    /// The image file, once its fonts are known to be ours or watched.
    fn file(
        &mut self,
        picture: &Picture,
        evidence: Option<Evidence>,
        format: Format,
        options: &ImageOptions,
    ) -> Result<Image, ImageError> {
        let scene = self.draw(picture, options)?;
        let metadata = metadata(picture, evidence.as_ref(), format, options);
        let evidence = evidence.and_then(|evidence| evidence.reduced_to(options.evidence));
        let bytes = write_image(&scene, metadata, evidence, format, options)?;
        Ok(Image {
            bytes,
            smallest_type: scene.smallest_text_pt(),
        })
    }

    /// The display list of a picture at the size asked for.
    ///
    /// # Errors
    /// Where the size is no size, or a character is in no font.
    pub fn scene(
        &mut self,
        picture: &Picture,
        options: &ImageOptions,
    ) -> Result<Scene, ImageError> {
        self.with_fonts(options, |studio| studio.draw(picture, options))
    }

    fn draw(&mut self, picture: &Picture, options: &ImageOptions) -> Result<Scene, ImageError> {
        let context = self.context(options);
        let style = context.render_style;
        let frame = image_frame::place(&mut context.canvas, style, picture, options)?;
        let style = image_frame::picture_style(style, options, frame.inset);
        // Text is laid out for the pixels of the final image. Letters that were laid out at another
        // scale would stand on other fractions of a pixel, and PNG, SVG and PDF would differ.
        let grid = options.scale() * frame.zoom;
        let inner = frame.inner();
        let mut scene = context.canvas.record(frame.outer, grid, |ui| {
            theme::set_render_style(ui.ctx(), style);
            let mut ui = ui.new_child(UiBuilder::new().max_rect(inner));
            // Nobody points at an image: no record needs a name.
            paint::show_picture(&mut ui, &Register::default(), picture, inner.size(), None);
        })?;
        scene.scale(frame.zoom);
        if !options.transparent
            && let Some(background) = Rgba::from_color32(style.palette.background)
        {
            scene.fill_background(background);
        }
        if options.grey {
            scene.to_grayscale();
        }
        Ok(scene)
    }

    /// The context for a render style: one that was used before, or a new one.
    fn context(&mut self, options: &ImageOptions) -> &mut RenderContext {
        let known = self
            .contexts
            .iter()
            .position(|context| context.fits(options));
        let at = known.unwrap_or_else(|| {
            // The oldest goes: a batch asks for the same few styles again and again.
            if self.contexts.len() >= MAX_CONTEXTS {
                self.contexts.remove(0);
            }
            self.contexts.push(RenderContext::new(options));
            self.contexts.len() - 1
        });
        &mut self.contexts[at]
    }
}

/// What the file says about itself, without what it carries.
fn metadata(
    picture: &Picture,
    evidence: Option<&Evidence>,
    format: Format,
    options: &ImageOptions,
) -> Metadata {
    let register = evidence.map(|evidence| &evidence.register);
    Metadata {
        title: picture.title.clone(),
        description: picture.description.clone(),
        author: register.map_or_else(String::new, |register| register.compilers.join(", ")),
        rights: register
            .and_then(|register| register.license.clone())
            .unwrap_or_default(),
        source: picture.source.clone(),
        citations: match (evidence, options.evidence, format) {
            (_, EvidenceScope::Nothing, _) => Vec::new(),
            // A PDF has no field for them: hundreds of lines would stand behind the description,
            // twice, and the attached file has them with their links.
            (Some(_), _, Format::Pdf) => Vec::new(),
            _ => picture.citations.clone(),
        },
        keywords: vec!["Linchpin".into(), picture.id.clone()],
        language: "en".into(),
        software: SOFTWARE.to_owned(),
        created_unix_s: options.created,
        ..Metadata::default()
    }
}

/// The file, with a fingerprint of what it draws among what it carries.
fn write_image(
    scene: &Scene,
    mut metadata: Metadata,
    evidence: Option<Evidence>,
    format: Format,
    options: &ImageOptions,
) -> Result<Vec<u8>, ImageError> {
    let attach = |metadata: &mut Metadata, drawing: Option<DrawingFingerprint>| {
        let attached = evidence.clone().map(|mut evidence| {
            evidence.image = serde_json::to_value(options).unwrap_or_default();
            evidence.drawing = drawing;
            attachment(&evidence)
        });
        metadata.attachments.extend(attached);
    };
    if format == Format::Png {
        let pixels = scene.to_pixels(options.scale())?;
        let size_px = [pixels.width_px, pixels.height_px];
        let drawing = evidence::pixel_fingerprint(size_px, &pixels.rgba);
        attach(&mut metadata, Some(drawing));
        let png = PngOptions {
            metadata,
            pixels_per_point: options.scale(),
            dpi: Some(options.dpi),
        };
        return Ok(pixels.to_png(&png)?);
    }
    let (container, write): (_, WriteShapes) = match format {
        Format::Pdf => (EvidenceContainer::Pdf, write_pdf),
        _ => (EvidenceContainer::Svg, write_svg),
    };
    if evidence.is_some() {
        // Without what it carries, the file draws the same: read as whoever checks it reads it.
        let bare = write(scene, metadata.clone(), options)?;
        let drawing = evidence::drawing_fingerprint(container, &bare);
        attach(&mut metadata, drawing);
    }
    write(scene, metadata, options)
}

/// Writes a file of shapes.
type WriteShapes = fn(&Scene, Metadata, &ImageOptions) -> Result<Vec<u8>, ImageError>;

fn write_svg(
    scene: &Scene,
    metadata: Metadata,
    options: &ImageOptions,
) -> Result<Vec<u8>, ImageError> {
    Ok(scene.to_svg(&svg_options(metadata, options))?.into_bytes())
}

fn write_pdf(scene: &Scene, metadata: Metadata, _: &ImageOptions) -> Result<Vec<u8>, ImageError> {
    Ok(scene.to_pdf(&PdfOptions { metadata })?)
}

/// What an image was drawn from, as a file inside it.
fn attachment(evidence: &Evidence) -> Attachment {
    Attachment {
        key: evidence::PNG_KEYWORD.to_owned(),
        element: "evidence".to_owned(),
        namespace: evidence::SVG_NAMESPACE.to_owned(),
        file_name: evidence::PDF_ATTACHMENT.to_owned(),
        media_type: "application/json".to_owned(),
        description: "What the chart was drawn from".to_owned(),
        text: evidence.to_json(),
    }
}

/// How an SVG of these options is written.
pub(super) fn svg_options(metadata: Metadata, options: &ImageOptions) -> SvgOptions {
    SvgOptions {
        metadata,
        text: options.svg_text,
        fallback_families: FALLBACK_FAMILIES.map(str::to_owned).to_vec(),
        unit: options.size.width.unit,
    }
}

/// The size of an image in points of the layout (96ths of an inch), as far as the fonts of a ui
/// tell: an image that is as high as its chart needs may come out a little different with the fonts
/// of a house. `None` where no such image can be made.
pub fn outer_pt(ui: &egui::Ui, picture: &Picture, options: &ImageOptions) -> Option<Vec2> {
    let zoom = options.medium().zoom();
    let side = |length: super::Length| length.layout_pt() as f32;
    let width = side(options.size.width);
    let height = options.size.height.map(side);
    let outer = vec2(width, height.unwrap_or(1.0));
    let inset = inset(options, outer, height.is_some()).ok()?;
    let height = height.unwrap_or_else(|| {
        // The window's pictures have a blank edge of their own.
        let own = crate::theme::render_style(ui).margin_pt;
        let beyond = inset.map_or(0.0, |pt| pt / zoom - own);
        let needed = paint::height_pt(ui, picture, width / zoom - 2.0 * beyond);
        let needed = (needed + 2.0 * beyond) * zoom;
        let page = options.size.max_height().map_or(needed, side);
        needed.min(page)
    });
    let size = vec2(width, height);
    super::check_size(size, options.scale()).ok().map(|_| size)
}

/// How far the picture lies within the image, in points of the layout; `None`: the picture has a
/// blank edge of its own.
pub(super) fn inset(
    options: &ImageOptions,
    outer: Vec2,
    is_fixed: bool,
) -> Result<Option<f32>, ImageError> {
    let Some(margin) = options.margin else {
        return Ok(None);
    };
    let margin_pt = margin.layout_pt() as f32;
    let least = if is_fixed { outer.min_elem() } else { outer.x };
    if least - 2.0 * margin_pt < MIN_INNER_PT {
        return Err(ImageError::Margin {
            margin,
            size: options.size,
        });
    }
    Ok(Some(margin_pt))
}

/// The highest and the widest that a logo is, in points of the layout.
const LOGO_PT: Vec2 = vec2(132.0, 28.0);

/// Where pictures of one render style are painted.
struct RenderContext {
    canvas: Canvas,
    render_style: RenderStyle,
    style: ImageStyle,
    grey: bool,
    house: Option<HouseStyle>,
    /// Kept, so that the canvas keeps the image.
    _logo: Option<TextureHandle>,
}

impl RenderContext {
    fn new(options: &ImageOptions) -> RenderContext {
        let house = options.house.clone();
        let dark = options.style == ImageStyle::Dark;
        let faces = house
            .as_ref()
            .map_or_else(FontFaces::default, HouseStyle::fonts);
        let canvas = Canvas::new(|ctx| {
            theme::install_with_fonts(ctx, &faces);
            ctx.set_theme(if dark {
                egui::Theme::Dark
            } else {
                egui::Theme::Light
            });
        });
        let logo = house.as_ref().and_then(HouseStyle::logo_pixels);
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
            render_style: RenderStyle {
                numbers: options.numbers,
                palette: options.palette(),
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
    fn fits(&self, options: &ImageOptions) -> bool {
        self.style == options.style && self.grey == options.grey && self.house == options.house
    }
}
