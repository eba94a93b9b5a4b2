//! The only drawing of charts: in the window and, with no window, for images.
//!
//! A picture is first laid out as a `PictureLayout`, a list of placed shapes and texts, and then
//! put on screen. No state, no clock: the same picture at the same size gives the same shapes.

mod annotations;
mod bar_groups;
mod bar_plot;
mod bar_rows;
mod bar_shapes;
mod bars;
mod body;
mod bullet;
mod columns;
mod coordinates;
mod geometry;
mod label_placer;
mod layout_at_scale;
mod legend;
mod mark_colors;
mod matrix;
mod navigation;
mod network;
mod picture_frame;
mod picture_layout;
mod picture_view;
mod reference_lines;
mod small_multiples;
mod squares;
mod stacked;
mod text_layout;
mod text_table;
mod timeline;
mod waffle;
mod xy;
mod year_axis;

pub use picture_view::{
    PictureResponse, fitted_scale, height_pt, is_roomy, needed_size_pt, show_picture,
};
