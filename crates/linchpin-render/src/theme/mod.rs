//! Colors, type and spacing by role. The only place that names a color or a size of type.

pub mod editor_colors;
mod palette;
pub mod reader_layout;
pub mod render_style;
mod style;

pub use palette::{
    DARK, LIGHT, PRINT, Palette, contrast, mix, palette_for, palette_of, text_color_on,
};
pub use render_style::{RenderStyle, render_style, set_render_style};
pub use style::{
    FontFaces, FontFile, RADIUS, SANS, SEMIBOLD, UNTINTED, install, install_with_fonts,
    leaves_right_to_left_text, monospace, regular, semibold, size, space,
};
