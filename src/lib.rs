//! Linchpin: a register of what allies have promised each other.
//!
//! Data flows one way, and so do the modules below: text → register → selection → table or picture → window or image.

pub mod bundled;
pub mod files;

pub mod ron_text;

pub mod prose;

pub mod extract;

pub mod register;

pub mod reading;

pub mod edit;

pub mod comparing;

pub mod query;

pub mod tables;

pub mod versions;

pub mod picture;

pub mod charts;

pub mod evidence;

pub mod theme;

pub mod paint;

pub mod export;

pub mod app;

pub mod ui;

pub mod window;

pub mod cli;
