//! A renderer for `egui_kittest` that needs no GPU.

use egui_export::{ExportError, Pixels, Scene, Textures};
use egui_kittest::{Harness, TestRenderer};
use std::sync::{Arc, Mutex, PoisonError};

/// Takes pictures of a tested window.
///
/// A clone shares its textures: hand one to the harness, keep one to take pictures with.
///
/// With the feature `snapshot` of `egui_kittest`, the trait asks for `render` too: make a scene of
/// its `ctx` and `output` as [`HeadlessRenderer::scene`] does, and put the pixels into an
/// `image::RgbaImage`.
#[derive(Clone, Default)]
pub struct HeadlessRenderer {
    textures: Arc<Mutex<Textures>>,
}

impl TestRenderer for HeadlessRenderer {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        self.textures
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .apply(delta);
    }
}

impl HeadlessRenderer {
    /// What the window shows, in its own pixels.
    pub fn picture<S>(&self, harness: &Harness<'_, S>) -> Result<Pixels, ExportError> {
        self.scene(harness)
            .to_pixels(harness.ctx.pixels_per_point())
    }

    /// The same as a display list, which knows the text that was painted and the characters that
    /// no font has.
    pub fn scene<S>(&self, harness: &Harness<'_, S>) -> Scene {
        let textures = self.textures.lock().unwrap_or_else(PoisonError::into_inner);
        let shapes = harness.output().shapes.clone();
        let size_pt = harness.ctx.content_rect().size();
        Scene::from_shapes(&harness.ctx, size_pt, shapes, &textures)
    }
}
