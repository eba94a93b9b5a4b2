//! The only drawing of charts: in the window and, with no window, for images.
//!
//! A picture is first laid out on a [`sheet`](sheet::Sheet), a list of placed shapes and texts, and then put on screen. No state, no
//! clock: the same picture at the same size gives the same shapes.

mod area;
mod axis;
mod bars;
mod frame;
mod ground;
mod guides;
mod key;
mod marks;
mod matrix;
mod panels;
mod picture;
mod place;
mod plot;
mod remarks;
mod rows;
mod sheet;
mod stacked;
mod timeline;
mod tone;
mod typeset;
mod xy;

pub use picture::{PictureResponse, height_pt, picture};
