//! Pictures of a tested window, without a GPU.

use egui_export::{ExportError, Pixels, Scene, Textures};
use egui_kittest::TestRenderer;
use std::sync::{Arc, Mutex, PoisonError};

/// A renderer for `egui_kittest` that draws with the export's own rasterizer.
///
/// A clone shares its textures: hand one to the harness, keep one to take pictures with.
#[derive(Clone, Default)]
pub struct SkiaRenderer {
    textures: Arc<Mutex<Textures>>,
}

impl TestRenderer for SkiaRenderer {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        self.textures
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .apply(delta);
    }
}

impl SkiaRenderer {
    /// What the window of a harness shows, in its own pixels.
    pub fn picture<S>(
        &self,
        harness: &egui_kittest::Harness<'_, S>,
    ) -> Result<Pixels, ExportError> {
        self.scene(harness)
            .to_pixels(harness.ctx.pixels_per_point())
    }

    /// The same as a display list, which knows the text that was painted and the characters no font
    /// has.
    pub fn scene<S>(&self, harness: &egui_kittest::Harness<'_, S>) -> Scene {
        let textures = self.textures.lock().unwrap_or_else(PoisonError::into_inner);
        let shapes = harness.output().shapes.clone();
        let size_pt = harness.ctx.content_rect().size();
        Scene::from_shapes(&harness.ctx, size_pt, shapes, &textures)
    }
}
