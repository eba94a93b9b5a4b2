//! Colors, type and spacing by role. The only place that names a color or a size of type.

use egui::{
    Color32, Context, FontData, FontDefinitions, FontFamily, FontId, Stroke, Style, TextStyle, Ui,
    Visuals,
};
use std::sync::Arc;

pub mod code;

/// Spacing of the 8-point grid, in points.
pub mod space {
    pub const XS: f32 = 4.0;
    pub const S: f32 = 8.0;
    pub const M: f32 = 16.0;
    pub const L: f32 = 24.0;
    pub const XL: f32 = 32.0;
}

/// The four sizes of type, in points.
pub mod size {
    pub const CAPTION: f32 = 12.0;
    pub const BODY: f32 = 14.0;
    pub const HEADING: f32 = 18.0;
    pub const DISPLAY: f32 = 28.0;
}

/// Corners, in points.
pub const RADIUS: u8 = 6;

/// The family of the semibold face.
pub const SEMIBOLD: &str = "semibold";

/// A font of the regular face.
pub fn regular(size_pt: f32) -> FontId {
    FontId::new(size_pt, FontFamily::Proportional)
}

/// A font of the semibold face.
pub fn semibold(size_pt: f32) -> FontId {
    FontId::new(size_pt, FontFamily::Name(SEMIBOLD.into()))
}

/// A font of fixed width, for lines of the file.
pub fn fixed(size_pt: f32) -> FontId {
    FontId::new(size_pt, FontFamily::Monospace)
}

/// Colors by role.
#[derive(Debug)]
pub struct Palette {
    pub background: Color32,
    pub sidebar: Color32,
    /// Cards, panels of a chart, the heads of tables.
    pub surface: Color32,
    pub hairline: Color32,
    pub text: Color32,
    pub text_muted: Color32,
    pub accent: Color32,
    /// Behind what is selected.
    pub accent_soft: Color32,
    pub on_accent: Color32,
    /// Behind what is under the pointer.
    pub hover: Color32,
    /// Behind a hit of the search.
    pub hit: Color32,
    pub error: Color32,
    pub error_soft: Color32,
    pub warning: Color32,
    pub warning_soft: Color32,
    pub good: Color32,
    /// Lines of a chart's grid.
    pub grid: Color32,
    /// Bars of a chart with one series.
    pub bar: Color32,
    /// The steps 0 to 6 of the ladder: one hue, weak to firm.
    pub ladder: [Color32; 7],
    /// Kinds without a rank: greys.
    pub unranked: [Color32; 3],
    /// Categories, told apart under the common kinds of color blindness (after Okabe and Ito, darkened for text-size marks).
    pub category: [Color32; 6],
    /// Whether fills carry a pattern beside their color: for print and for grey.
    pub patterns: bool,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// White paper: the window in light, and images.
pub static LIGHT: Palette = Palette {
    background: rgb(0xFFFFFF),
    sidebar: rgb(0xF3F5F7),
    surface: rgb(0xF8F9FB),
    hairline: rgb(0xDFE3E8),
    text: rgb(0x15191E),
    text_muted: rgb(0x59616B),
    accent: rgb(0x0B5CAD),
    accent_soft: rgb(0xDDEBFA),
    on_accent: rgb(0xFFFFFF),
    hover: rgb(0xEDF1F5),
    hit: rgb(0xFFE69A),
    error: rgb(0xB3261E),
    error_soft: rgb(0xFCEBEA),
    warning: rgb(0x855400),
    warning_soft: rgb(0xFFF4DC),
    good: rgb(0x1B6E3C),
    grid: rgb(0xE6E9ED),
    bar: rgb(0x2F6EA5),
    ladder: [
        rgb(0xD6E4F1),
        rgb(0xB6CFE6),
        rgb(0x8FB5D8),
        rgb(0x6599C7),
        rgb(0x3979B0),
        rgb(0x1E5D94),
        rgb(0x0A3D6B),
    ],
    unranked: [rgb(0x8A9099), rgb(0x6E747D), rgb(0xB4B9C0)],
    category: [
        rgb(0x0B5CAD),
        rgb(0xB65A00),
        rgb(0x00795C),
        rgb(0xA1487F),
        rgb(0x7A6A00),
        rgb(0x4A5560),
    ],
    patterns: false,
};

/// The window in dark.
pub static DARK: Palette = Palette {
    background: rgb(0x14171B),
    sidebar: rgb(0x1A1E23),
    surface: rgb(0x1D2127),
    hairline: rgb(0x2E343C),
    text: rgb(0xE7EAEE),
    text_muted: rgb(0xA4ACB7),
    accent: rgb(0x74B5F2),
    accent_soft: rgb(0x1C3A58),
    on_accent: rgb(0x0B1A29),
    hover: rgb(0x252B32),
    hit: rgb(0x66520F),
    error: rgb(0xFF8F86),
    error_soft: rgb(0x3B2020),
    warning: rgb(0xF0BC63),
    warning_soft: rgb(0x38301C),
    good: rgb(0x7FD19B),
    grid: rgb(0x2A3037),
    bar: rgb(0x5E9FD8),
    ladder: [
        rgb(0x24394F),
        rgb(0x2C5072),
        rgb(0x386896),
        rgb(0x4C89BE),
        rgb(0x68A1D3),
        rgb(0x94C1E8),
        rgb(0xCBE3F8),
    ],
    unranked: [rgb(0x8B929C), rgb(0xAAB0B9), rgb(0x656C76)],
    category: [
        rgb(0x74B5F2),
        rgb(0xF0A04B),
        rgb(0x4CC3A0),
        rgb(0xE08FC0),
        rgb(0xD9C74A),
        rgb(0xA4ACB7),
    ],
    patterns: false,
};

/// The palette of a ui.
pub fn of(ui: &Ui) -> &'static Palette {
    palette(ui.visuals().dark_mode)
}

/// The palette for light or dark.
pub fn palette(dark: bool) -> &'static Palette {
    if dark { &DARK } else { &LIGHT }
}

/// Black or white, whichever reads better on `fill`.
pub fn ink_on(fill: Color32) -> Color32 {
    if luminance(fill) > 0.22 {
        LIGHT.text
    } else {
        LIGHT.background
    }
}

/// A color between two: `share` 0 gives the first, 1 the second.
pub fn mix(first: Color32, second: Color32, share: f32) -> Color32 {
    first.lerp_to_gamma(second, share)
}

/// Relative luminance (WCAG 2), 0 to 1.
fn luminance(color: Color32) -> f32 {
    let rgba = egui::Rgba::from(color);
    0.2126 * rgba.r() + 0.7152 * rgba.g() + 0.0722 * rgba.b()
}

/// Contrast of two colors (WCAG 2), 1 to 21.
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Gives a context the faces and the styles of the house. Once per context.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    ctx.set_style_of(egui::Theme::Light, style(&LIGHT, Visuals::light()));
    ctx.set_style_of(egui::Theme::Dark, style(&DARK, Visuals::dark()));
    // Where the system does not say: white paper, as in the images.
    ctx.options_mut(|o| o.fallback_theme = egui::Theme::Light);
}

/// The faces: our own for text, egui's for signs that they lack and for fixed width.
fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let faces: [(&str, &'static [u8]); 2] = [
        (
            "Linchpin Sans Regular",
            include_bytes!("../assets/fonts/LinchpinSans-Regular.otf"),
        ),
        (
            "Linchpin Sans SemiBold",
            include_bytes!("../assets/fonts/LinchpinSans-SemiBold.otf"),
        ),
    ];
    for (name, bytes) in faces {
        fonts
            .font_data
            .insert(name.into(), Arc::new(FontData::from_static(bytes)));
    }
    let others = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    let chain = |first: &str| [vec![first.to_owned()], others.clone()].concat();
    fonts.families.insert(
        FontFamily::Name(SEMIBOLD.into()),
        chain("Linchpin Sans SemiBold"),
    );
    fonts
        .families
        .insert(FontFamily::Proportional, chain("Linchpin Sans Regular"));
    if let Some(fixed) = fonts.families.get_mut(&FontFamily::Monospace) {
        fixed.insert(1, "Linchpin Sans Regular".into());
    }
    fonts
}

fn style(p: &Palette, mut visuals: Visuals) -> Style {
    use egui::{CornerRadius, Shadow};
    let corner = CornerRadius::same(RADIUS);
    visuals.override_text_color = None;
    visuals.panel_fill = p.background;
    visuals.window_fill = p.background;
    visuals.window_stroke = Stroke::new(1.0, p.hairline);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.extreme_bg_color = p.background;
    visuals.text_edit_bg_color = Some(p.background);
    visuals.faint_bg_color = p.surface;
    visuals.code_bg_color = p.surface;
    visuals.hyperlink_color = p.accent;
    visuals.warn_fg_color = p.warning;
    visuals.error_fg_color = p.error;
    visuals.weak_text_color = Some(p.text_muted);
    visuals.selection.bg_fill = p.accent_soft;
    visuals.selection.stroke = Stroke::new(1.0, p.accent);
    visuals.striped = false;
    visuals.indent_has_left_vline = false;
    visuals.popup_shadow = Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: Color32::from_black_alpha(40),
    };
    visuals.window_shadow = Shadow {
        offset: [0, 8],
        blur: 24,
        spread: 0,
        color: Color32::from_black_alpha(48),
    };
    let w = &mut visuals.widgets;
    for (state, fill, line, ink) in [
        (&mut w.noninteractive, p.background, p.hairline, p.text),
        (&mut w.inactive, p.surface, p.hairline, p.text),
        (&mut w.hovered, p.hover, p.text_muted, p.text),
        (&mut w.active, p.accent_soft, p.accent, p.text),
        (&mut w.open, p.hover, p.hairline, p.text),
    ] {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::new(1.0, line);
        state.fg_stroke = Stroke::new(1.0, ink);
        state.corner_radius = corner;
        state.expansion = 0.0;
    }
    let mut style = Style {
        visuals,
        ..Default::default()
    };
    style.text_styles = [
        (TextStyle::Small, regular(size::CAPTION)),
        (TextStyle::Body, regular(size::BODY)),
        (TextStyle::Button, regular(size::BODY)),
        (TextStyle::Heading, semibold(size::HEADING)),
        (TextStyle::Monospace, fixed(size::CAPTION + 0.5)),
    ]
    .into();
    let s = &mut style.spacing;
    s.item_spacing = egui::vec2(space::S, space::S);
    s.button_padding = egui::vec2(10.0, 5.0);
    s.interact_size = egui::vec2(32.0, 28.0);
    s.menu_margin = egui::Margin::same(6);
    s.window_margin = egui::Margin::same(16);
    s.icon_width = 16.0;
    s.scroll = egui::style::ScrollStyle::solid();
    s.scroll.bar_width = 8.0;
    s.scroll.bar_inner_margin = 2.0;
    s.scroll.bar_outer_margin = 2.0;
    style.url_in_tooltip = true;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.35;
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_on_every_ground() {
        for p in [&LIGHT, &DARK] {
            for ink in [p.text, p.text_muted, p.accent, p.error, p.warning, p.good] {
                for ground in [p.background, p.sidebar, p.surface] {
                    assert!(
                        contrast(ink, ground) >= 4.5,
                        "{ink:?} on {ground:?}: {}",
                        contrast(ink, ground)
                    );
                }
            }
            for (ink, ground) in [
                (p.text, p.hit),
                (p.text, p.accent_soft),
                (p.text, p.hover),
                (p.text_muted, p.hover),
                (p.accent, p.accent_soft),
                (p.on_accent, p.accent),
                (p.error, p.error_soft),
                (p.warning, p.warning_soft),
            ] {
                assert!(
                    contrast(ink, ground) >= 4.5,
                    "{ink:?} on {ground:?}: {}",
                    contrast(ink, ground)
                );
            }
            for fill in p.ladder.iter().chain(&p.unranked).chain(&p.category) {
                assert!(
                    contrast(ink_on(*fill), *fill) >= 4.5,
                    "ink on {fill:?}: {}",
                    contrast(ink_on(*fill), *fill)
                );
            }
        }
    }

    #[test]
    fn marks_stand_out_from_their_ground() {
        for p in [&LIGHT, &DARK] {
            for mark in p.category.iter().chain([&p.bar, &p.accent]) {
                assert!(contrast(*mark, p.background) >= 3.0, "{mark:?}");
            }
        }
        assert_eq!(mix(LIGHT.bar, DARK.bar, 0.0), LIGHT.bar);
        assert_eq!(mix(LIGHT.bar, DARK.bar, 1.0), DARK.bar);
    }

    #[test]
    fn the_ladder_goes_one_way() {
        let steps = |p: &Palette| p.ladder.map(luminance);
        assert!(steps(&LIGHT).windows(2).all(|w| w[0] > w[1]));
        assert!(steps(&DARK).windows(2).all(|w| w[0] < w[1]));
    }
}
