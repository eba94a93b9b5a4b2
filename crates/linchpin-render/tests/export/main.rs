//! Pictures as files: painted off-screen, then read back.

mod batch;
mod files;
mod hashes;
mod odd;
mod page;
mod perceived;
mod presets;
mod reference;
#[path = "../../../../tests/support/renderer.rs"]
mod renderer;
mod report;
mod report_paper;
mod scenes;
mod window;
