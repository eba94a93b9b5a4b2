//! The only drawing of charts: in the window and, with no window, for images.
//!
//! A picture is first laid out on a [`sheet`](sheet::Sheet), a list of placed shapes and texts, and
//! then put on screen. No state, no clock: the same picture at the same size gives the same shapes.

mod annotated;
mod area;
mod axis;
mod bars;
mod body;
mod column_names;
mod columns;
mod direct;
mod fit;
mod fitted;
mod frame;
mod geometry;
mod ground;
mod groups;
mod guides;
mod key;
mod links;
mod lying;
mod marks;
mod matrix;
mod multiples;
mod names;
mod network;
mod node_shapes;
mod panels;
mod part;
mod pattern;
mod picture;
mod piece;
mod place;
mod plot;
mod remarks;
mod rows;
mod sheet;
mod slots;
mod squares;
mod stacked;
mod text_table;
mod ticks;
mod timeline;
mod tone;
mod typeset;
mod waffle;
mod waffle_blocks;
mod walk;
mod xy;

pub use picture::{PictureResponse, height_pt, picture};
