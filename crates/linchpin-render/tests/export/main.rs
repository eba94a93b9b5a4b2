//! Pictures as files: painted off-screen, then read back.

mod batch;
mod fonts;
mod hashes;
mod presets;
mod reference;
mod report;
mod report_paper;
