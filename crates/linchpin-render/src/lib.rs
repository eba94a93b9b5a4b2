//! Pictures as egui paints them, and as files: theme, painter, export.

pub mod export;
pub mod paint;
pub mod theme;
