//! The only drawing of charts: in the window and, with no window, for images.
//!
//! A picture is first laid out on a [`sheet`](sheet::Sheet), a list of placed shapes and texts, and then put on screen. No state, no
//! clock: the same picture at the same size gives the same shapes.

mod area;
mod axis;
mod bars;
mod body;
mod column_names;
mod columns;
mod direct;
mod fit;
mod frame;
mod groups;
mod key;
mod lying;
mod marks;
mod matrix;
mod multiples;
mod panels;
mod pattern;
mod picture;
mod piece;
mod plot;
mod rows;
mod sheet;
mod stacked;
mod text_table;
mod ticks;
mod timeline;
mod tone;
mod typeset;

pub use picture::{PictureResponse, height_pt, picture};
