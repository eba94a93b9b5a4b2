//! Pictures as files: painted off-screen, then read back.

mod files;
mod odd;
mod page;
#[path = "../support/renderer.rs"]
mod renderer;
mod scenes;
mod window;
