//! How long a frame and an image take: `cargo bench --bench window [-- --full]`.
//!
//! Frames are painted without a window, with everything but the GPU's work: input, layout, shapes,
//! tessellation. The table of a hundred thousand records is measured against that of a thousand, in
//! turn, since a frame must not depend on how many there are.

mod generate;

use egui::{Pos2, RawInput, Rect, vec2};
use linchpin_app::App;
use linchpin_app::open_file::{FileOrigin, OpenFile};
use linchpin_app::page::Page;
use linchpin_app::view::ViewState;
use linchpin_register::bundled;
use linchpin_register::query::CountingRule;
use linchpin_register::{RecordKind, load};
use linchpin_render::export::Format;
use linchpin_render::export::image::{ImageOptions, Studio};
use linchpin_render::export::{ImageSize, Unit};
use linchpin_render::theme;
use linchpin_ui::frame::frame;
use std::hint::black_box;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

fn main() {
    let full = std::env::args().any(|a| a == "--full");
    let large = if full { 1_000_000 } else { 100_000 };
    frames(1_000, large);
    images();
}

struct Desk {
    ctx: egui::Context,
    app: App,
    woken: Receiver<()>,
    time_s: f64,
}

impl Desk {
    fn new(records: usize) -> Self {
        let loaded = load(generate::register(records), Vec::new());
        let (wake, woken) = channel();
        let wake = std::sync::Mutex::new(wake);
        let view = ViewState {
            page: Page::Commitments,
            ..ViewState::default()
        };
        let app = App::with_file(
            view,
            OpenFile::from_loaded(FileOrigin::BUNDLED, loaded),
            move || {
                let _ = wake.lock().map(|w| w.send(()));
            },
        );
        let ctx = egui::Context::default();
        theme::install(&ctx);
        let mut desk = Desk {
            ctx,
            app,
            woken,
            time_s: 0.0,
        };
        desk.frame();
        while desk.app.derived.table(RecordKind::Commitment).is_none() {
            let _ = desk.woken.recv_timeout(Duration::from_secs(120));
            desk.frame();
        }
        for _ in 0..10 {
            desk.frame();
        }
        desk
    }

    /// One frame; milliseconds.
    fn frame(&mut self) -> f64 {
        self.time_s += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(self.time_s),
            ..RawInput::default()
        };
        let start = Instant::now();
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| {
            app.poll();
            frame(ui, app);
        });
        let shapes = std::mem::take(&mut output.shapes);
        black_box(self.ctx.tessellate(shapes, output.pixels_per_point));
        let ms = start.elapsed().as_secs_f64() * 1e3;
        output.textures_delta.clear();
        ms
    }
}

fn median(mut times_ms: Vec<f64>) -> f64 {
    times_ms.sort_by(f64::total_cmp);
    times_ms
        .get(times_ms.len() / 2)
        .copied()
        .unwrap_or_default()
}

fn frames(small: usize, large: usize) {
    let (mut few, mut many) = (Desk::new(small), Desk::new(large));
    let (mut few_ms, mut many_ms) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        few_ms.push(few.frame());
        many_ms.push(many.frame());
    }
    let (few_ms, many_ms) = (median(few_ms), median(many_ms));
    println!(
        "a frame of the table        {small} records {few_ms:.2} ms   {large} records {many_ms:.2} \
        ms   ratio {:.2}",
        many_ms / few_ms
    );
}

fn images() {
    let register = load(bundled::ALLIANCE_TEXT, Vec::new()).register;
    let mut studio = Studio::default();
    println!("one chart, warm, median of 30 (building the picture included)");
    for chart in linchpin_charts::charts_of(&register) {
        let mut line = format!("  {:26}", chart.id.as_str());
        let low = ImageSize::wide(800.0, Unit::Px);
        for (format, size, dpi) in [
            (Format::Svg, low, 96.0),
            (Format::Pdf, low, 96.0),
            (Format::Png, ImageSize::of(800.0, 500.0, Unit::Px), 288.0),
        ] {
            let options = ImageOptions {
                size,
                dpi,
                ..ImageOptions::default()
            };
            let mut times = Vec::new();
            for _ in 0..32 {
                let start = Instant::now();
                let picture =
                    linchpin_charts::build_or_explain(&register, chart, CountingRule::default());
                let image = studio.image(&picture, format, &options);
                let ms = start.elapsed().as_secs_f64() * 1e3;
                if let Err(error) = image {
                    println!("{line}: {error}");
                    return;
                }
                times.push(ms);
            }
            times.drain(..2);
            let what = match format {
                Format::Png => "PNG 2400x1500",
                Format::Svg => "SVG",
                Format::Pdf => "PDF",
            };
            line.push_str(&format!("  {what} {:6.2} ms", median(times)));
        }
        println!("{line}");
    }
}
