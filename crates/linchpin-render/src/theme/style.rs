//! Type, spacing and the style of the window.

use super::palette::{DARK, LIGHT, Palette};
use egui::{
    Color32, Context, FontData, FontDefinitions, FontFamily, FontId, Stroke, Style, TextStyle,
    Visuals,
};
use std::sync::Arc;

/// Spacing of the 8-point grid, in points.
pub mod space {
    /// Between things that belong together.
    pub const XS: f32 = 4.0;
    /// Between a thing and its label.
    pub const S: f32 = 8.0;
    /// Between things; the margin of a picture.
    pub const M: f32 = 16.0;
    /// Between groups.
    pub const L: f32 = 24.0;
    /// Between parts of a page.
    pub const XL: f32 = 32.0;
}

/// The four sizes of type, in points.
pub mod size {
    /// Labels of axes, notes, keys.
    pub const CAPTION: f32 = 12.0;
    /// Running text.
    pub const BODY: f32 = 14.0;
    /// Titles.
    pub const HEADING: f32 = 18.0;
    /// A single number.
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
pub fn monospace(size_pt: f32) -> FontId {
    FontId::new(size_pt, FontFamily::Monospace)
}

/// What an image is multiplied by to stay as it is.
pub const UNTINTED: Color32 = Color32::WHITE;

/// A face of a font file.
#[derive(Clone, PartialEq, Eq)]
pub struct FontFile {
    /// A TTF or an OTF file, or a collection of such.
    pub bytes: Arc<[u8]>,
    /// Which face of a collection, from 0.
    pub index: u32,
}

impl std::fmt::Debug for FontFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "face {} of {} bytes", self.index, self.bytes.len())
    }
}

/// Faces besides our own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FontFaces {
    /// For all text but titles and numbers; left out, our own stands there.
    pub regular: Option<FontFile>,
    /// Left out, the regular one stands there too.
    pub semibold: Option<FontFile>,
    /// For letters that those before them lack, in order.
    pub fallback: Vec<FontFile>,
}

impl FontFaces {
    /// Whether there is any.
    pub fn is_empty(&self) -> bool {
        *self == FontFaces::default()
    }
}

/// Gives a context the faces and the styles of the house. Once per context.
pub fn install(ctx: &Context) {
    install_with_fonts(ctx, &FontFaces::default());
    // Right-to-left text in the window; images put theirs in order as they are written.
    ctx.add_plugin(egui_export::BidiPlugin::default());
}

/// Whether the window shows right-to-left text that stays in egui's order, since it can be edited.
pub fn leaves_right_to_left_text(ctx: &Context) -> bool {
    egui_export::BidiPlugin::leaves_text(ctx)
}

/// The same, with faces before our own, which stay for what those lack.
pub fn install_with_fonts(ctx: &Context, faces: &FontFaces) {
    ctx.set_fonts(fonts(faces));
    ctx.set_style_of(egui::Theme::Light, style(&LIGHT, Visuals::light()));
    ctx.set_style_of(egui::Theme::Dark, style(&DARK, Visuals::dark()));
    // Where the system does not say: white paper, as in the images.
    ctx.options_mut(|o| o.fallback_theme = egui::Theme::Light);
}

/// The regular face of the window and of images, an OpenType font.
pub static SANS: &[u8] = include_bytes!("../../../../assets/fonts/LinchpinSans-Regular.otf");

/// The faces: our own for text, egui's for signs that they lack and for fixed width.
fn fonts(first: &FontFaces) -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let faces: [(&str, &'static [u8]); 2] = [
        ("Linchpin Sans Regular", SANS),
        (
            "Linchpin Sans SemiBold",
            include_bytes!("../../../../assets/fonts/LinchpinSans-SemiBold.otf"),
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
    // A house without a semibold face is set in its regular one, not half in ours.
    let semibold = first.semibold.as_ref().or(first.regular.as_ref());
    let families = [FontFamily::Proportional, FontFamily::Name(SEMIBOLD.into())];
    for (at, file) in first.fallback.iter().enumerate() {
        let name = format!("House Fallback {}", at + 1);
        fonts.font_data.insert(name.clone(), font_data(file));
        for family in &families {
            if let Some(chain) = fonts.families.get_mut(family) {
                // Behind our own face where the house style has none, before it where it has.
                let behind = usize::from(first.regular.is_none());
                chain.insert((behind + at).min(chain.len()), name.clone());
            }
        }
        if let Some(chain) = fonts.families.get_mut(&FontFamily::Monospace) {
            chain.push(name);
        }
    }
    let own = [
        ("House Regular", first.regular.as_ref()),
        ("House SemiBold", semibold),
    ];
    for ((name, face), family) in own.into_iter().zip(families) {
        let Some(file) = face else { continue };
        fonts.font_data.insert(name.into(), font_data(file));
        if let Some(chain) = fonts.families.get_mut(&family) {
            chain.insert(0, name.into());
        }
    }
    fonts
}

/// A face as egui has it, without a copy of the file.
fn font_data(file: &FontFile) -> Arc<FontData> {
    let blob = Arc::new(file.bytes.clone());
    Arc::new(FontData::from_blob(blob, file.index))
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
    for (state, fill, line, text) in [
        (&mut w.noninteractive, p.background, p.hairline, p.text),
        (&mut w.inactive, p.surface, p.hairline, p.text),
        (&mut w.hovered, p.hover, p.text_muted, p.text),
        (&mut w.active, p.accent_soft, p.accent, p.text),
        (&mut w.open, p.hover, p.hairline, p.text),
    ] {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::new(1.0, line);
        state.fg_stroke = Stroke::new(1.0, text);
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
        (TextStyle::Monospace, monospace(size::CAPTION + 0.5)),
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
