//! Linchpin: a register of what allies have promised each other.
//!
//! The program itself: the window and the command line. Everything else is in the crates below
//! `crates/`; ARCHITECTURE.md is the map.

pub mod cli;
#[cfg(feature = "window")]
pub mod window;
