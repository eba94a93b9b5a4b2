//! A picture laid out for a size, once: the layout is kept until the picture, the size or the
//! render style changes.
//!
//! What is kept is where things stand. Texts are set again for each frame from what they say, since
//! their letters may have moved in the font's texture.

use super::picture_layout::PictureLayout;
use super::text_layout::TextLayouter;
use super::{body, picture_frame};
use crate::theme::{self, RenderStyle};
use egui::{Id, Ui, Vec2, vec2};
use linchpin_charts::picture::Picture;
use std::sync::Arc;

/// How far a picture may be shrunk.
const MIN_SCALE: f32 = 1.0 / 64.0;

/// How many sizes of one picture are kept.
const MAX_CACHED: usize = 6;

/// A layout with the scale at which it fits.
pub(super) struct ScaledLayout {
    pub layout: PictureLayout,
    pub scale: f32,
}

/// The height at which nothing is cramped, in points, margins included.
pub(super) fn height_pt(ui: &Ui, picture: &Picture, width_pt: f32) -> f32 {
    with_cache(ui, picture, |cache| {
        let known = cache.heights.iter().find(|(width, _)| *width == width_pt);
        if let Some((_, height)) = known {
            return *height;
        }
        let layouter = TextLayouter::new(ui, 1.0);
        let layout_width = width_pt.max(picture_frame::min_width_pt(&layouter, picture));
        let (_, height) = picture_frame::lay_out(&layouter, picture, layout_width, None);
        let height = (height * width_pt / layout_width).ceil();
        push_bounded(&mut cache.heights, (width_pt, height));
        height
    })
}

/// The layout that fits a size, and the scale at which it does: 1 wherever there is room.
pub(super) fn fitted(ui: &Ui, picture: &Picture, size_pt: Vec2) -> Arc<ScaledLayout> {
    with_cache(ui, picture, |cache| {
        let known = cache.layouts.iter().find(|(size, _)| *size == size_pt);
        if let Some((_, layout)) = known {
            return layout.clone();
        }
        let made = Arc::new(fit(ui, picture, size_pt));
        push_bounded(&mut cache.layouts, (size_pt, made.clone()));
        made
    })
}

/// Whether a picture fits as it is by itself: not shrunk, and nothing cramped.
pub(super) fn is_roomy(ui: &Ui, picture: &Picture, size_pt: Vec2) -> bool {
    let layouter = TextLayouter::new(ui, 1.0);
    picture_frame::min_width_pt(&layouter, picture) <= size_pt.x
        && height_pt(ui, picture, size_pt.x) <= size_pt.y
}

/// About the least size at which a picture is shrunk no further than by a scale.
pub(super) fn needed_size_pt(ui: &Ui, picture: &Picture, width_pt: f32, min_scale: f32) -> Vec2 {
    let layouter = TextLayouter::new(ui, min_scale);
    let width = (width_pt / min_scale).max(picture_frame::min_width_pt(&layouter, picture));
    let lowest = body::can_shrink(&picture.body).then_some(0.0);
    let (_, height) = picture_frame::lay_out(&layouter, picture, width, lowest);
    vec2(width, height) * min_scale
}

/// What is known of one picture in one render style.
#[derive(Clone)]
struct LayoutCache {
    picture: Arc<Picture>,
    render_style: RenderStyle,
    pixels_per_point: f32,
    heights: Vec<(f32, f32)>,
    layouts: Vec<(Vec2, Arc<ScaledLayout>)>,
}

/// Works with what is known of a picture; forgets it where the picture or the render style is
/// another now.
fn with_cache<T>(ui: &Ui, picture: &Picture, work: impl FnOnce(&mut LayoutCache) -> T) -> T {
    let id = Id::unique(("layout", &picture.id));
    let render_style = theme::render_style(ui);
    let pixels_per_point = ui.ctx().pixels_per_point();
    // A copy, which shares its layouts: to set text asks the context, too.
    let known: Option<LayoutCache> = ui.data(|data| data.get_temp(id));
    let is_same = |known: &LayoutCache| {
        known.render_style == render_style
            && known.pixels_per_point == pixels_per_point
            && *known.picture == *picture
    };
    let mut cache = known.filter(is_same).unwrap_or_else(|| LayoutCache {
        picture: Arc::new(picture.clone()),
        render_style,
        pixels_per_point,
        heights: Vec::new(),
        layouts: Vec::new(),
    });
    let result = work(&mut cache);
    ui.data_mut(|data| data.insert_temp(id, cache));
    result
}

fn push_bounded<T>(list: &mut Vec<T>, item: T) {
    if list.len() >= MAX_CACHED {
        list.remove(0);
    }
    list.push(item);
}

fn fit(ui: &Ui, picture: &Picture, size_pt: Vec2) -> ScaledLayout {
    let full = TextLayouter::new(ui, 1.0);
    // A picture that is too high for its width is laid out wider and then shrunk. Heights fall in
    // steps as lines join, so the width is bracketed and halved rather than computed.
    let fits = |width: f32| {
        let wanted = size_pt.y * width / size_pt.x;
        let wanted = body::can_shrink(&picture.body).then_some(wanted);
        let (_, height) = picture_frame::lay_out(&full, picture, width, wanted);
        height * size_pt.x <= (size_pt.y + 0.5) * width
    };
    let mut width = size_pt.x.max(picture_frame::min_width_pt(&full, picture));
    if !fits(width) {
        let mut too_narrow = width;
        while !fits(width) && size_pt.x / width > MIN_SCALE {
            too_narrow = width;
            width *= 1.5;
        }
        for _ in 0..5 {
            let middle = (too_narrow + width) / 2.0;
            if fits(middle) {
                width = middle;
            } else {
                too_narrow = middle;
            }
        }
    }
    // Letters are not quite as wide at another size: a line may break elsewhere, and then a little
    // more is needed.
    for _ in 0..8 {
        let scale = size_pt.x / width;
        let wanted = size_pt.y / scale;
        let (layout, height) =
            picture_frame::lay_out(&TextLayouter::new(ui, scale), picture, width, Some(wanted));
        if height <= wanted + 0.5 || scale <= MIN_SCALE {
            return ScaledLayout { layout, scale };
        }
        width *= 1.02;
    }
    let scale = size_pt.x / width;
    let (layout, _) = picture_frame::lay_out(&TextLayouter::new(ui, scale), picture, width, None);
    ScaledLayout { layout, scale }
}
