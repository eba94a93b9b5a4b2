//! Passes of egui with no window and no GPU.

use super::scene::Scene;
use super::textures::Textures;
use egui::{Context, FullOutput, Memory, RawInput, Rect, Ui, Vec2, ViewportId};
use std::num::NonZeroUsize;

/// The most passes a picture may take to come to rest.
const MAX_PASSES: usize = 8;

/// A context without a window, to be used again and again: its fonts are parsed once.
///
/// Every picture starts from the memory that `new` left, so none depends on the one before. It is
/// `Send`: a worker thread can own it.
pub struct Canvas {
    ctx: Context,
    fresh: Memory,
    textures: Textures,
    time_s: f64,
}

impl Canvas {
    /// `setup` installs fonts and styles.
    pub fn new(setup: impl FnOnce(&Context)) -> Canvas {
        let ctx = Context::default();
        setup(&ctx);
        let mut canvas = Canvas {
            fresh: Memory::default(),
            ctx,
            textures: Textures::default(),
            time_s: 0.0,
        };
        // Fonts are taken up by the pass after they were installed.
        canvas.settle(Vec2::splat(64.0), 1.0, |_| {});
        canvas.fresh = canvas.ctx.memory(Memory::clone);
        canvas
    }

    /// The context, to choose a theme or a style between pictures. Other things kept in its memory
    /// are forgotten.
    pub fn context(&self) -> &Context {
        &self.ctx
    }

    /// Paint until the shapes stop changing, and translate them.
    ///
    /// `paint` gets the whole area: no margin, no fill. It runs several times. `pixels_per_point`
    /// is the grid that text is laid out on; 1.0 gives the positions that a window has at 1x.
    pub fn scene(
        &mut self,
        size_pt: Vec2,
        pixels_per_point: f32,
        paint: impl FnMut(&mut Ui),
    ) -> Scene {
        let options = self.ctx.options(Clone::clone);
        let mut memory = self.fresh.clone();
        memory.options = options;
        self.ctx.memory_mut(|m| *m = memory);
        let output = self.settle(size_pt, pixels_per_point, paint);
        Scene::from_shapes(&self.ctx, size_pt, output.shapes, &self.textures)
    }

    fn settle(
        &mut self,
        size_pt: Vec2,
        pixels_per_point: f32,
        mut paint: impl FnMut(&mut Ui),
    ) -> FullOutput {
        still(&self.ctx);
        let mut pass = || {
            self.time_s += 1.0;
            let input = input(size_pt, pixels_per_point, self.time_s);
            let mut output = self.ctx.run_ui(input, &mut paint);
            self.textures.apply(&mut output.textures_delta);
            output
        };
        let mut output = pass();
        for _ in 1..MAX_PASSES {
            let before = std::mem::replace(&mut output, pass());
            if output.shapes == before.shapes {
                break;
            }
        }
        output
    }
}

/// Turn off what would make two passes differ: animation, and hinting, which bends letters to one
/// size.
pub fn still(ctx: &Context) {
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
        let scene = canvas.scene(vec2(100.0, 50.0), 1.0, |ui| {
            passes += 1;
            let text = format!("pass {}", passes.min(3));
            ui.label(text);
        });
        assert_eq!(scene.text(), "pass 3");
        assert_eq!(passes, 4);

        let mut endless = 0;
        canvas.scene(vec2(100.0, 50.0), 1.0, |ui| {
            endless += 1;
            ui.label(endless.to_string());
        });
        assert_eq!(endless, MAX_PASSES);
    }

    #[test]
    fn no_picture_sees_the_memory_of_the_one_before() {
        let mut canvas = Canvas::new(|ctx| {
            ctx.data_mut(|d| d.insert_temp(Id::unique("kept"), 5));
        });
        let mut seen = Vec::new();
        for _ in 0..2 {
            canvas.scene(vec2(100.0, 50.0), 1.0, |ui| {
                let kept: Option<i32> = ui.data(|d| d.get_temp(Id::unique("kept")));
                let left: Option<i32> = ui.data(|d| d.get_temp(Id::unique("left")));
                seen.push((kept, left));
            });
            canvas
                .context()
                .data_mut(|d| d.insert_temp(Id::unique("left"), 1));
        }
        assert!(seen.iter().all(|s| *s == (Some(5), None)), "{seen:?}");
    }
}
