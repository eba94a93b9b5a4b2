//! The only drawing of charts: in the window and, with no window, for images.
//!
//! A picture is first laid out on a [`sheet`](sheet::Sheet), a list of placed shapes and texts, and
//! then put on screen. No state, no clock: the same picture at the same size gives the same shapes.

mod annotated_body;
mod annotations;
mod axis_ticks;
mod bar_ends;
mod bar_groups;
mod bar_plot;
mod bar_rows;
mod bar_segment;
mod bars;
mod body;
mod column_labels;
mod column_slots;
mod columns;
mod coordinates;
mod direct_labels;
mod fill_pattern;
mod geometry;
mod horizontal_bars;
mod label_placer;
mod layout_area;
mod layout_at_scale;
mod legend;
mod matrix;
mod navigation;
mod network;
mod network_links;
mod node_labels;
mod node_shapes;
mod part;
mod picture_frame;
mod picture_layout;
mod picture_view;
mod reference_lines;
mod small_multiples;
mod squares;
mod stacked;
mod text_fit;
mod text_layout;
mod text_table;
mod timeline;
mod tone;
mod unit_panels;
mod waffle;
mod waffle_blocks;
mod xy;
mod year_axis;

pub use picture_view::{PictureResponse, height_pt, show_picture};
