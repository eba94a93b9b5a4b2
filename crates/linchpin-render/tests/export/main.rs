//! Pictures as files: painted off-screen, then read back.

mod batch;
#[path = "../../../egui-export/tests/common/font_files.rs"]
mod font_files;
mod fonts;
mod hashes;
mod house_fonts;
mod lines;
mod presets;
mod reference;
mod report;
mod report_paper;
mod sizes;
