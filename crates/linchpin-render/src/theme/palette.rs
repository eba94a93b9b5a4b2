//! The palettes: a window in light and in dark, and paper.

use super::rgb;
use egui::Color32;

/// Colors by role.
#[derive(Clone, Debug, PartialEq)]
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
    pub search_hit: Color32,
    pub error: Color32,
    pub error_soft: Color32,
    pub warning: Color32,
    pub warning_soft: Color32,
    pub success: Color32,
    /// Lines of a chart's grid.
    pub grid: Color32,
    /// Bars of a chart with one series.
    pub bar: Color32,
    /// The steps 0 to 6 of the ladder: one hue, weak to firm.
    pub ladder: [Color32; 7],
    /// Kinds without a rank: greys.
    pub unranked: [Color32; 3],
    /// Categories, told apart under the common kinds of color blindness and in normal sight, by at
    /// least 0.1 in Oklab.
    pub category: [Color32; 6],
    /// Kinds and categories have a pattern beside their color, so that they are told apart in grey
    /// too.
    pub patterns: bool,
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
    search_hit: rgb(0xFFE69A),
    error: rgb(0xB3261E),
    error_soft: rgb(0xFCEBEA),
    warning: rgb(0x855400),
    warning_soft: rgb(0xFFF4DC),
    success: rgb(0x1B6E3C),
    grid: rgb(0xE6E9ED),
    bar: rgb(0x2F6EA5),
    ladder: [
        rgb(0x609ABD),
        rgb(0x4889B5),
        rgb(0x2971A7),
        rgb(0x035A99),
        rgb(0x0A457F),
        rgb(0x0C3267),
        rgb(0x09214F),
    ],
    unranked: [rgb(0x8A8F97), rgb(0x70767F), rgb(0x5A616A)],
    category: [
        rgb(0x105CB8),
        rgb(0xE86C1E),
        rgb(0x06A08A),
        rgb(0xC070DC),
        rgb(0x80600E),
        rgb(0x404758),
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
    search_hit: rgb(0x66520F),
    error: rgb(0xFF8F86),
    error_soft: rgb(0x3B2020),
    warning: rgb(0xF0BC63),
    warning_soft: rgb(0x38301C),
    success: rgb(0x7FD19B),
    grid: rgb(0x2A3037),
    bar: rgb(0x5E9FD8),
    ladder: [
        rgb(0x4365A5),
        rgb(0x4A77B8),
        rgb(0x5991D4),
        rgb(0x67ACEE),
        rgb(0x8CC4F4),
        rgb(0xB3DCFA),
        rgb(0xDEF2FF),
    ],
    unranked: [rgb(0x8B929C), rgb(0xAAB0B9), rgb(0x6E7681)],
    category: [
        rgb(0x5295FE),
        rgb(0xF5852A),
        rgb(0x74F0C0),
        rgb(0xC73F77),
        rgb(0xF5D250),
        rgb(0xA6AAB8),
    ],
    patterns: false,
};

/// Paper: inks that hold on a press, lines that survive being fine, patterns beside the colors.
pub static PRINT: Palette = Palette {
    background: rgb(0xFFFFFF),
    sidebar: rgb(0xF3F5F7),
    surface: rgb(0xF6F7F8),
    hairline: rgb(0xA9B0B8),
    text: rgb(0x000000),
    text_muted: rgb(0x3C434B),
    accent: rgb(0x0A4C92),
    accent_soft: rgb(0xDDEBFA),
    on_accent: rgb(0xFFFFFF),
    hover: rgb(0xEDF1F5),
    search_hit: rgb(0xFFE69A),
    error: rgb(0xA01F18),
    error_soft: rgb(0xFCEBEA),
    warning: rgb(0x7A4C00),
    warning_soft: rgb(0xFFF4DC),
    success: rgb(0x155C31),
    grid: rgb(0xCDD2D8),
    bar: rgb(0x1F5F99),
    ladder: [
        rgb(0x6E98B2),
        rgb(0x5588AC),
        rgb(0x336F9E),
        rgb(0x0E5690),
        rgb(0x0F3F71),
        rgb(0x0A2953),
        rgb(0x051638),
    ],
    unranked: [rgb(0x8A8F97), rgb(0x70767F), rgb(0x5A616A)],
    category: [
        rgb(0x1F4FB0),
        rgb(0xDF6412),
        rgb(0x0A9A80),
        rgb(0xB866D0),
        rgb(0x74560E),
        rgb(0x2F3C4A),
    ],
    patterns: true,
};
