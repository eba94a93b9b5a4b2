//! Passes of egui with no window and no GPU.

use crate::accessibility::set_recorded;
use crate::error::{ExportError, MAX_PIXELS_PER_POINT, check_size};
use crate::scene::Scene;
use crate::textures::Textures;
use egui::{Context, FullOutput, Memory, RawInput, Rect, Ui, Vec2, ViewportId};
use std::num::NonZeroUsize;

/// The most passes that are run until the shapes stop changing.
const MAX_PASSES: usize = 8;

/// Run `paint` without a window, in egui's own style and fonts, and record what it paints.
///
/// `size_pt` is the size of the picture in points; `paint` gets all of it, without a margin and
/// without a background. It runs several times, until two passes paint the same.
/// `pixels_per_point` is the grid that text is laid out on: 1.0 gives the positions of a window at
/// 1x. It does not fix the size of a PNG: see [`PngOptions`](crate::PngOptions).
///
/// ```
/// let scene = egui_export::record(egui::vec2(120.0, 40.0), 1.0, |ui| {
///     ui.label("Hello");
/// })?;
/// assert_eq!(scene.text(), "Hello");
/// # Ok::<(), egui_export::ExportError>(())
/// ```
///
/// # Errors
/// Where the size is impossible, or a character is in no font.
pub fn record(
    size_pt: Vec2,
    pixels_per_point: f32,
    paint: impl FnMut(&mut Ui),
) -> Result<Scene, ExportError> {
    Canvas::new(|_| {}).record(size_pt, pixels_per_point, paint)
}

/// A context without a window, to be used again and again: its fonts are parsed once.
///
/// Every picture starts from the memory that [`Canvas::new`] left, so none depends on the one
/// before. A canvas is `Send`: a worker thread can own it.
///
/// ```
/// use egui_export::Canvas;
///
/// let mut canvas = Canvas::new(|ctx| ctx.set_theme(egui::Theme::Light));
/// for name in ["north", "south"] {
///     let scene = canvas.record(egui::vec2(100.0, 30.0), 1.0, |ui| {
///         ui.label(name);
///     })?;
///     assert_eq!(scene.text(), name);
/// }
/// # Ok::<(), egui_export::ExportError>(())
/// ```
pub struct Canvas {
    ctx: Context,
    initial_memory: Memory,
    textures: Textures,
    time_s: f64,
}

impl std::fmt::Debug for Canvas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Canvas").finish_non_exhaustive()
    }
}

impl Canvas {
    /// A canvas whose fonts, style and images `setup` installs.
    pub fn new(setup: impl FnOnce(&Context)) -> Canvas {
        let ctx = Context::default();
        setup(&ctx);
        set_recorded(&ctx);
        let mut canvas = Canvas {
            initial_memory: Memory::default(),
            ctx,
            textures: Textures::default(),
            time_s: 0.0,
        };
        // Fonts are taken up by the pass after they were installed.
        canvas.run_passes(Vec2::splat(64.0), 1.0, |_| {});
        canvas.initial_memory = canvas.ctx.memory(Memory::clone);
        canvas
    }

    /// The context, to choose a theme or a style between pictures. Other things put into its
    /// memory are forgotten.
    pub fn context(&self) -> &Context {
        &self.ctx
    }

    /// Record what `paint` paints: as [`record`] does, with the fonts and the style of this canvas.
    ///
    /// # Errors
    /// Where the size is impossible, or a character is in no font.
    pub fn record(
        &mut self,
        size_pt: Vec2,
        pixels_per_point: f32,
        paint: impl FnMut(&mut Ui),
    ) -> Result<Scene, ExportError> {
        let scene = self.record_lossy(size_pt, pixels_per_point, paint)?;
        scene.check_glyphs()?;
        Ok(scene)
    }

    /// The same, with a box for each character that is in no font: they are listed in
    /// [`Scene::missing_glyphs`].
    ///
    /// # Errors
    /// Where the size is impossible.
    pub fn record_lossy(
        &mut self,
        size_pt: Vec2,
        pixels_per_point: f32,
        paint: impl FnMut(&mut Ui),
    ) -> Result<Scene, ExportError> {
        check_size(size_pt, 1.0)?;
        // A comparison with NaN is false.
        if !(pixels_per_point > 0.0 && pixels_per_point <= MAX_PIXELS_PER_POINT) {
            return Err(ExportError::PixelsPerPoint(pixels_per_point));
        }
        // All memory of the picture before goes, but not the theme and the style: those are chosen
        // through `context`.
        let options = self.ctx.options(Clone::clone);
        let mut memory = self.initial_memory.clone();
        memory.options = options;
        self.ctx.memory_mut(|m| *m = memory);
        let output = self.run_passes(size_pt, pixels_per_point, paint);
        Ok(Scene::from_shapes(
            &self.ctx,
            size_pt,
            output.shapes,
            &self.textures,
        ))
    }

    /// Paint until the shapes stop changing: some widgets know their size only in the second pass.
    fn run_passes(
        &mut self,
        size_pt: Vec2,
        pixels_per_point: f32,
        mut paint: impl FnMut(&mut Ui),
    ) -> FullOutput {
        stop_motion(&self.ctx);
        let mut pass = || {
            // A second passes: what waits a moment before it shows, such as a tooltip, does not
            // depend on how long a pass took.
            self.time_s += 1.0;
            let input = input(size_pt, pixels_per_point, self.time_s);
            let mut output = self.ctx.run_ui(input, &mut paint);
            self.textures.apply(&mut output.textures_delta);
            output
        };
        let mut output = pass();
        for _ in 1..MAX_PASSES {
            let before = std::mem::replace(&mut output, pass());
            // Two equal passes: the layout has settled.
            if output.shapes == before.shapes {
                break;
            }
        }
        output
    }
}

/// Turn off what would make two passes differ: animation, and hinting, which bends letters to one
/// size.
fn stop_motion(ctx: &Context) {
    ctx.options_mut(|options| options.max_passes = NonZeroUsize::MIN.saturating_add(1));
    ctx.all_styles_mut(|style| {
        style.animation_time = 0.0;
        style.visuals.text_options.font_hinting = false;
        style.visuals.text_cursor.blink = false;
    });
}

/// The input of a pass in which nobody does anything.
fn input(size_pt: Vec2, pixels_per_point: f32, time_s: f64) -> RawInput {
    let mut input = RawInput {
        screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, size_pt)),
        time: Some(time_s),
        // A focused window draws cursors and outlines.
        focused: false,
        max_texture_side: Some(8_192),
        ..RawInput::default()
    };
    input
        .viewports
        .entry(ViewportId::ROOT)
        .or_default()
        .native_pixels_per_point = Some(pixels_per_point);
    input
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Id, vec2};

    #[test]
    fn a_canvas_can_move_to_a_worker() {
        fn is_send<T: Send>() {}
        is_send::<Canvas>();
    }

    #[test]
    fn passes_go_on_until_the_picture_rests_and_no_further() {
        let mut canvas = Canvas::new(|_| {});
        let mut passes = 0;
        let scene = canvas.record(vec2(100.0, 50.0), 1.0, |ui| {
            passes += 1;
            let text = format!("pass {}", passes.min(3));
            ui.label(text);
        });
        let scene = scene.expect("a possible size");
        assert_eq!(scene.text(), "pass 3");
        assert_eq!(passes, 4);

        let mut endless = 0;
        let scene = canvas.record(vec2(100.0, 50.0), 1.0, |ui| {
            endless += 1;
            ui.label(endless.to_string());
        });
        assert!(scene.is_ok());
        assert_eq!(endless, MAX_PASSES);
    }

    #[test]
    fn no_picture_sees_the_memory_of_the_one_before() {
        let mut canvas = Canvas::new(|ctx| {
            ctx.data_mut(|d| d.insert_temp(Id::unique("remembered"), 5));
        });
        let mut seen = Vec::new();
        for _ in 0..2 {
            let scene = canvas.record(vec2(100.0, 50.0), 1.0, |ui| {
                let remembered: Option<i32> = ui.data(|d| d.get_temp(Id::unique("remembered")));
                let left: Option<i32> = ui.data(|d| d.get_temp(Id::unique("left")));
                seen.push((remembered, left));
            });
            assert!(scene.is_ok());
            canvas
                .context()
                .data_mut(|d| d.insert_temp(Id::unique("left"), 1));
        }
        assert!(seen.iter().all(|s| *s == (Some(5), None)), "{seen:?}");
    }
}
