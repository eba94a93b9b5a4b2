//! The editor of the file's text, through keys, mouse and names, as its users have it.

mod desk;
mod find;
mod keys;
mod look;
mod mouse;
mod random;
