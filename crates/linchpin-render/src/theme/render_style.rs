//! How pictures look where they are painted: the window's own style, or that of an image.

use super::palette::{self, DARK, LIGHT, PRINT, Palette};
use super::style::space;
use egui::{Context, Id, TextureId, Ui, Vec2};
use linchpin_register::chart_vocabulary::NumberStyle;
use std::sync::Mutex;

/// What a painter of pictures asks for beyond the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RenderStyle {
    /// The colors.
    pub palette: &'static Palette,
    /// Whether the picture paints its own background.
    pub paints_background: bool,
    /// Blank edge around a picture, in points.
    pub margin_pt: f32,
    /// An image at the foot on the right, and its size in points.
    pub logo: Option<(TextureId, Vec2)>,
    /// How numbers are written.
    pub numbers: NumberStyle,
}

/// How much larger than on screen letters and lines are, by where a picture is looked at.
pub mod zoom {
    /// At arm's length on a screen: body text of 14 points of the layout, 10.5 printed.
    pub const SCREEN: f32 = 1.0;
    /// In a journal: body text of 8.2 printed points, the smallest 7.
    pub const PRINT: f32 = 0.78;
    /// On a wall, or on a telephone: body text of 14 printed points, the smallest 12. The same for
    /// every chart, so that all slides of a deck have one scale of type.
    pub const SLIDE: f32 = 1.335;
    /// The largest on a page of its own, where a small chart would stand lost: body text of 13
    /// printed points.
    pub const MAX_PAGE: f32 = 1.25;
}

fn style_key() -> Id {
    Id::unique("the look of pictures")
}

/// The render style of a ui: what [`set_render_style`] set, or the window's.
pub fn render_style(ui: &Ui) -> RenderStyle {
    ui.data(|data| data.get_temp(style_key()))
        .unwrap_or(RenderStyle {
            palette: palette::palette_of(ui),
            paints_background: true,
            margin_pt: space::M,
            logo: None,
            numbers: NumberStyle::English,
        })
}

/// Gives the pictures of a context another render style than the window has.
pub fn set_render_style(ctx: &Context, style: RenderStyle) {
    ctx.data_mut(|data| data.insert_temp(style_key(), style));
}

/// A palette that stays: one of ours, or one that a house made, kept once for as long as the
/// program runs.
pub fn intern_palette(palette: Palette) -> &'static Palette {
    static KEPT: Mutex<Vec<&'static Palette>> = Mutex::new(Vec::new());
    for ours in [&LIGHT, &DARK, &PRINT] {
        if *ours == palette {
            return ours;
        }
    }
    let mut kept = KEPT.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(known) = kept.iter().find(|known| ***known == palette) {
        return known;
    }
    // Painters hold palettes for as long as they like; a few hundred bytes for each house style
    // that was ever shown.
    let palette: &'static Palette = Box::leak(Box::new(palette));
    kept.push(palette);
    palette
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_palettes_are_kept_once() {
        let made = |patterns| Palette {
            patterns,
            ..DARK.clone()
        };
        assert!(std::ptr::eq(intern_palette(made(false)), &DARK));
        assert!(std::ptr::eq(
            intern_palette(made(true)),
            intern_palette(made(true))
        ));
        assert_eq!(*intern_palette(made(true)), made(true));
    }
}
