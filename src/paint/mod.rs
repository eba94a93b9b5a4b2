//! The only drawing of charts: in the window and, with no window, for images.
//!
//! A picture is first laid out on a [`sheet`](sheet::Sheet), a list of placed shapes and texts, and then put on screen. No state, no
//! clock: the same picture at the same size gives the same shapes.

mod area;
mod axis;
mod bars;
mod frame;
mod marks;
mod matrix;
mod panels;
mod part;
mod picture;
mod plot;
mod rows;
mod sheet;
mod stacked;
mod timeline;
mod tone;
mod typeset;
mod walk;

pub use part::{Part, Sign, keep_signs, sign_of};
pub use picture::{PictureResponse, height_pt, picture};
