//! Where a picture lies in its image, how large its letters are there, and what is said where they
//! would be too small to read.

use super::image::{ImageOptions, inset, outer_pt};
use super::medium::{self, Medium};
use super::{Canvas, ImageError, ImageSize, Length, PRESETS, Unit, check_size};
use crate::paint;
use crate::theme::{self, RenderStyle, render_style::zoom};
use egui::{Rect, Vec2, pos2, vec2};
use linchpin_charts::picture::Picture;
use std::fmt;

/// How many sizes of letters are tried on a page of its own, from the largest down.
const PAGE_STEPS: u16 = 6;

/// By how much a size grows that almost suffices, and how often.
const GROWTH: f64 = 1.04;
const MAX_GROWTHS: u16 = 40;

/// Where a picture lies in its image.
#[derive(Clone, Copy, Debug)]
pub(super) struct ImageFrame {
    /// The whole image, in points of the picture.
    pub outer: Vec2,
    /// How far the picture lies within it, in the same points; `None`: it has a blank edge of its
    /// own.
    pub inset: Option<f32>,
    /// Points of the layout (96ths of an inch) to the point of the picture.
    pub zoom: f32,
    /// The size of its smallest letters, in printed points.
    letters_pt: f32,
    /// Nothing had to be made smaller than it is by itself.
    is_roomy: bool,
    /// As high as the picture would be, where a page is lower, in layout points.
    beyond_page: Option<f32>,
}

impl ImageFrame {
    /// The place of the picture, in its points.
    pub fn inner(&self) -> Rect {
        let inset = self.inset.unwrap_or_default();
        Rect::from_min_max(
            pos2(inset, inset),
            (self.outer - Vec2::splat(inset)).to_pos2(),
        )
    }
}

/// An image that is not made, since nobody could read it.
#[derive(Clone, Debug, PartialEq)]
pub struct TooSmall {
    /// The size that was asked for.
    pub size: ImageSize,
    /// What it is too small for.
    pub shortage: SizeShortage,
    /// A size that would do.
    pub sufficient: Option<ImageSize>,
    /// A preset that would do, by its id.
    pub preset: Option<&'static str>,
}

/// What a size is too small for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SizeShortage {
    /// Letters that can be read.
    Letters {
        /// The size that the smallest would have, in printed points.
        letters_pt: f32,
        /// Where they would be read.
        medium: Medium,
    },
    /// The height of a page.
    Page {
        /// As high as the image would be.
        height: Length,
        /// As high as it may be.
        page: Length,
    },
}

impl fmt::Display for TooSmall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.size;
        match self.shortage {
            SizeShortage::Letters { letters_pt, medium } => write!(
                f,
                "at {size} its smallest letters would be {letters_pt:.1} points, and {} needs {}",
                medium.label(),
                medium.min_letter_pt()
            )?,
            SizeShortage::Page { height, page } => write!(
                f,
                "at {size} it would be {height} high, and a page has room for {page}"
            )?,
        }
        match (self.preset, self.sufficient) {
            (Some(preset), Some(size)) => write!(f, ": {preset} would do, or {size}"),
            (Some(preset), None) => write!(f, ": {preset} would do"),
            (None, Some(size)) => write!(f, ": {size} would do, or fewer records"),
            (None, None) => write!(f, ": draw fewer records"),
        }
    }
}

/// Places a picture: on a page of its own with the largest letters that fit, elsewhere with those
/// of its medium.
///
/// # Errors
/// Where the size is no size, or the letters would be too small to read.
pub(super) fn place(
    canvas: &mut Canvas,
    style: RenderStyle,
    picture: &Picture,
    options: &ImageOptions,
) -> Result<ImageFrame, ImageError> {
    let standard = options.medium().zoom();
    if options.is_page() {
        for step in 0..PAGE_STEPS {
            let share = f32::from(step) / f32::from(PAGE_STEPS);
            let larger = zoom::MAX_PAGE + (standard - zoom::MAX_PAGE) * share;
            let frame = place_at(canvas, style, picture, options, larger)?;
            if frame.is_roomy {
                return Ok(frame);
            }
        }
    }
    let frame = place_at(canvas, style, picture, options, standard)?;
    let medium = options.medium();
    if !medium.refuses_smaller_letters() || medium::is_readable(frame.letters_pt, medium) {
        return Ok(frame);
    }
    let shortage = match (options.size.max_height(), frame.beyond_page) {
        (Some(page), Some(height_pt)) => SizeShortage::Page {
            height: length(height_pt, page.unit),
            page,
        },
        _ => SizeShortage::Letters {
            letters_pt: frame.letters_pt,
            medium,
        },
    };
    Err(ImageError::TooSmall(Box::new(TooSmall {
        size: options.size,
        shortage,
        sufficient: sufficient_size(canvas, style, picture, options, frame),
        preset: sufficient_preset(canvas, style, picture, options),
    })))
}

/// Says what an image would be too small for, as far as the fonts of a window tell; `None` where it
/// can be read.
pub fn size_problem(ui: &egui::Ui, picture: &Picture, options: &ImageOptions) -> Option<String> {
    let medium = options.medium();
    let zoom = medium.zoom();
    let outer = outer_pt(ui, picture, options)?;
    // The window's pictures have a blank edge of their own.
    let own = theme::render_style(ui).margin_pt;
    let inset = inset(options, outer, options.size.height.is_some()).ok()?;
    let beyond = inset.map_or(0.0, |pt| pt / zoom - own);
    let scale = paint::fitted_scale(ui, picture, outer / zoom - Vec2::splat(2.0 * beyond));
    let letters_pt = medium::letters_pt(zoom, scale);
    medium::small_letters_text(letters_pt, medium)
}

/// Places a picture with letters of one size.
fn place_at(
    canvas: &mut Canvas,
    style: RenderStyle,
    picture: &Picture,
    options: &ImageOptions,
    zoom: f32,
) -> Result<ImageFrame, ImageError> {
    let (width, height) = (options.size.width, options.size.height);
    let side = |length: Length| length.layout_pt() as f32;
    let mut outer = vec2(side(width), height.map_or(1.0, side));
    check_size(outer, 1.0)?;
    let inset = inset(options, outer, height.is_some())?.map(|pt| pt / zoom);
    outer /= zoom;
    let edges = 2.0 * inset.unwrap_or_default();
    let style = picture_style(style, options, inset);
    let page = options.size.max_height().map(|page| side(page) / zoom);
    let (mut scale, mut is_roomy, mut beyond_page) = (1.0, true, None);
    let grid = options.scale() * zoom;
    canvas.record_lossy(vec2(outer.x, 64.0), grid, |ui| {
        theme::set_render_style(ui.ctx(), style);
        if height.is_none() {
            outer.y = (paint::height_pt(ui, picture, outer.x - edges) + edges).max(1.0);
            if let Some(page) = page.filter(|page| outer.y > *page) {
                beyond_page = Some(outer.y * zoom);
                outer.y = page;
            }
            if !options.size.is_on_paper() {
                // Whole pixels, where sizes are given in them.
                outer.y = (outer.y * zoom).ceil() / zoom;
            }
        }
        let inner = outer - Vec2::splat(edges);
        scale = paint::fitted_scale(ui, picture, inner);
        is_roomy = paint::is_roomy(ui, picture, inner);
    })?;
    check_size(outer * zoom, options.scale())?;
    Ok(ImageFrame {
        outer,
        inset,
        zoom,
        letters_pt: medium::letters_pt(zoom, scale),
        is_roomy,
        beyond_page,
    })
}

/// The style of a picture within an image.
pub(super) fn picture_style(
    mut style: RenderStyle,
    options: &ImageOptions,
    inset: Option<f32>,
) -> RenderStyle {
    style.numbers = options.numbers;
    if inset.is_some() {
        style.margin_pt = 0.0;
    }
    style
}

/// A length of so many layout points, rounded up as people write it.
fn length(layout_pt: f32, unit: Unit) -> Length {
    let steps = match unit {
        Unit::Px | Unit::Mm | Unit::Pt => 1.0,
        Unit::Cm | Unit::In => 10.0,
    };
    let value = f64::from(layout_pt) / unit.layout_pt();
    Length::new((value * steps).ceil() / steps, unit)
}

/// A size at which the letters can be read: as wide as asked for where that suffices.
fn sufficient_size(
    canvas: &mut Canvas,
    style: RenderStyle,
    picture: &Picture,
    options: &ImageOptions,
    frame: ImageFrame,
) -> Option<ImageSize> {
    let medium = options.medium();
    let smallest = medium.min_letter_pt() / medium::letters_pt(frame.zoom, 1.0);
    let inset = frame.inset.unwrap_or_default();
    let inner = frame.outer - Vec2::splat(2.0 * inset);
    let picture_style = picture_style(style, options, frame.inset);
    let mut needed = inner;
    let grid = options.scale() * frame.zoom;
    let measured = canvas.record_lossy(vec2(frame.outer.x, 64.0), grid, |ui| {
        theme::set_render_style(ui.ctx(), picture_style);
        needed = paint::needed_size_pt(ui, picture, inner.x, smallest.min(1.0));
    });
    measured.ok()?;
    let outer = (needed + Vec2::splat(2.0 * inset)) * frame.zoom;
    let unit = options.size.width.unit;
    let is_too_narrow = needed.x > inner.x + 0.5;
    let mut size = options.size;
    if is_too_narrow {
        size.width = length(outer.x, unit);
    }
    // Without a height, a greater width may be all that is missing.
    if size.height.is_some() || frame.beyond_page.is_some() {
        size.height = Some(length(outer.y, unit));
    }
    for _ in 0..MAX_GROWTHS {
        if is_sufficient(canvas, style, picture, options, size) {
            return Some(size);
        }
        let grown = |side: Length| length((side.layout_pt() * GROWTH) as f32, unit);
        match size.height {
            Some(height) if !is_too_narrow => size.height = Some(grown(height)),
            height => {
                size.width = grown(size.width);
                size.height = height.map(grown);
            }
        }
    }
    None
}

/// The first larger preset for the same medium at which the letters can be read.
fn sufficient_preset(
    canvas: &mut Canvas,
    style: RenderStyle,
    picture: &Picture,
    options: &ImageOptions,
) -> Option<&'static str> {
    let medium = options.medium();
    let area = |size: &ImageSize| {
        let height = size.height.or(size.max_height());
        size.width.layout_pt() * height.map_or(0.0, Length::layout_pt)
    };
    let mut others = PRESETS.iter().filter(|preset| {
        ImageOptions::of_preset(preset).medium() == medium
            && preset.size != options.size
            && area(&preset.size) >= area(&options.size)
    });
    let sufficient = others.find(|preset| {
        let with_preset = ImageOptions {
            margin: preset.margin,
            ..options.clone()
        };
        is_sufficient(canvas, style, picture, &with_preset, preset.size)
    });
    sufficient.map(|preset| preset.id)
}

/// Whether the letters could be read at another size.
fn is_sufficient(
    canvas: &mut Canvas,
    style: RenderStyle,
    picture: &Picture,
    options: &ImageOptions,
    size: ImageSize,
) -> bool {
    let medium = options.medium();
    let other = ImageOptions {
        size,
        ..options.clone()
    };
    let mut placed = || place_at(canvas, style, picture, &other, medium.zoom());
    other.medium() == medium
        && placed().is_ok_and(|frame| medium::is_readable(frame.letters_pt, medium))
}
