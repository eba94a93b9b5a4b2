//! Save what [`egui`] paints as SVG, PDF and PNG: without a window, without a GPU, in a test, on a
//! server, on a thread.
//!
//! Any code that paints into an [`egui::Ui`] can be recorded: widgets, tables, plots, shapes of
//! your own. The result is a [`Scene`], a display list of outlines, glyph runs and images, which
//! three writers turn into files:
//!
//! ```
//! use egui_export::{PdfOptions, PngOptions, SvgOptions, record};
//!
//! let scene = record(egui::vec2(300.0, 80.0), 1.0, |ui| {
//!     ui.heading("Hello");
//!     ui.label("Text stays text: it can be selected and searched.");
//! })?;
//! let svg: String = scene.to_svg(&SvgOptions::default())?;
//! let pdf: Vec<u8> = scene.to_pdf(&PdfOptions::default())?;
//! let png: Vec<u8> = scene.to_png(&PngOptions::at_scale(2.0))?;
//! # assert!(svg.contains("Hello") && pdf.starts_with(b"%PDF") && png.starts_with(b"\x89PNG"));
//! # Ok::<(), egui_export::ExportError>(())
//! ```
//!
//! # What you can rely on
//!
//! - **The same input gives the same bytes**, on every machine: no clock, no hash order and no
//!   system font has a say. Animations and blinking cursors stand still while a scene is recorded.
//! - **Text is text**: selectable and searchable in SVG and PDF, set in the fonts of your egui
//!   context, of which files hold only the glyphs they use.
//! - **Missing characters are errors**, not boxes: see [`ExportError::MissingGlyphs`].
//! - **No panics** on shapes with NaN, infinite or absurd numbers.
//!
//! # Units
//!
//! Names say the unit. A point (`_pt`) is a point of egui, which files take for a 96th of an inch,
//! a pixel of CSS. [`Length`] converts from millimeters, inches and printed points. Pixels (`_px`)
//! are points times `pixels_per_point`.
//!
//! # Where to begin
//!
//! - [`record`] makes one scene with egui's own style and fonts; a [`Canvas`] makes many, with
//!   fonts and a style of yours.
//! - [`Scene::from_shapes`] translates the shapes of a pass that your program has run already.
//! - [`Metadata`] says what a file is and takes attachments along; [`begin_part`] and
//!   [`add_symbols`] describe a picture to screen readers.
//! - [`PdfDocument`] puts scenes on many pages, with links and bookmarks.

#![warn(missing_docs)]

mod accessibility;
mod bidi;
mod bidi_plugin;
mod builder;
mod canvas;
mod clusters;
mod error;
mod fonts;
mod length;
mod mesh;
mod metadata;
mod mixed_text;
mod path;
mod pdf;
mod png;
mod raster;
mod scene;
mod shaping;
mod snap;
mod svg;
mod text;
mod textures;
mod xmp;

pub use accessibility::{PartRole, Symbol, add_symbols, begin_part, is_recorded, set_recorded};
pub use bidi_plugin::BidiPlugin;
pub use canvas::{Canvas, record};
pub use clusters::{TextCluster, text_clusters};
pub use error::{ExportError, Format, MAX_PIXELS, MAX_PIXELS_PER_POINT, MAX_SIDE_PX, check_size};
pub use fonts::FontFace;
pub use length::{Length, LengthError, Unit};
pub use metadata::{Attachment, Metadata};
pub use path::{Outline, PathCommand, Rgba, Rotation, StrokePaint};
pub use pdf::PdfOptions;
pub use pdf::document::{PdfBlock, PdfDocument, PdfLayer, PdfLink, PdfPage, PdfTarget};
pub use png::{Pixels, PngOptions};
pub use scene::{DisplayItem, Glyph, GlyphRun, Primitive, SLANT, Scene};
pub use svg::{SvgOptions, SvgText};
pub use textures::Textures;
