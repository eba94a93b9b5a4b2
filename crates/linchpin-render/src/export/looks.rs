//! How the pictures of an image look: the palette and the size of letters that its options ask for.

use super::house::{House, Rgb};
use super::options::ImageOptions;
use crate::theme::{self, DARK, LIGHT, PRINT, Palette, render_style::zoom};
use egui::Color32;
use linchpin_register::chart_vocabulary::ImageStyle;

/// The palette that the options ask for.
pub fn palette(options: &ImageOptions) -> &'static Palette {
    let ours = match options.style {
        ImageStyle::Light | ImageStyle::Slide => &LIGHT,
        ImageStyle::Dark => &DARK,
        ImageStyle::Print => &PRINT,
    };
    let mut palette = ours.clone();
    // Without color, the patterns tell groups apart.
    palette.patterns |= options.grey;
    if let Some(house) = &options.house {
        dress(&mut palette, house);
    }
    theme::render_style::intern_palette(palette)
}

/// How many times as large as on screen letters and lines are: what the style asks for, and light
/// and dark follow the size.
pub fn zoom_of(options: &ImageOptions) -> f32 {
    let of = |style| match style {
        ImageStyle::Light | ImageStyle::Dark => zoom::SCREEN,
        ImageStyle::Print => zoom::PRINT,
        ImageStyle::Slide => zoom::SLIDE,
    };
    match (options.style, options.size.preset()) {
        (ImageStyle::Print | ImageStyle::Slide, _) => of(options.style),
        (_, Some(preset)) => of(preset.style),
        (_, None) if options.size.is_on_paper() => zoom::PRINT,
        _ => zoom::SCREEN,
    }
}

/// Gives a palette the colors of a house; what follows from ground and text follows.
fn dress(palette: &mut Palette, house: &House) {
    let set = |role: &mut Color32, color: Option<Rgb>| {
        if let Some(color) = color {
            *role = color.into();
        }
    };
    set(&mut palette.background, house.ground);
    set(&mut palette.text, house.text);
    set(&mut palette.text_muted, house.muted);
    set(&mut palette.accent, house.accent);
    set(&mut palette.bar, house.accent);
    if house.ground.is_some() || house.text.is_some() {
        let between = |share| theme::mix(palette.background, palette.text, share);
        let (surface, grid, hairline) = (between(0.03), between(0.11), between(0.2));
        (palette.surface, palette.grid, palette.hairline) = (surface, grid, hairline);
    }
    for (role, color) in palette.category.iter_mut().zip(&house.categories) {
        *role = (*color).into();
    }
    if house.ladder.len() == palette.ladder.len() {
        for (role, color) in palette.ladder.iter_mut().zip(&house.ladder) {
            *role = (*color).into();
        }
    }
}

impl From<Rgb> for Color32 {
    fn from(Rgb([r, g, b]): Rgb) -> Color32 {
        Color32::from_rgb(r, g, b)
    }
}
