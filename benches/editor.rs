//! How long the editor takes from a key to the next picture, and to scroll: `cargo bench --bench
//! editor`.
//!
//! With everything but the GPU's work: input, layout, shapes, tessellation. The key's own frame,
//! the change of the text and the frame that shows it are counted together; reading the text anew
//! is the app's, and measured elsewhere.

mod generate;

use egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, vec2,
};
use linchpin_render::theme;
use linchpin_ui::text_editor::{self, EditorState, EditorText, LanguageService};
use ron_lossless::{LineIndex, apply};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let megabyte = text(1 << 20);
    let mut desk = Desk::new(megabyte.clone(), false);
    desk.state.reveal(desk.text.len() as u32 / 2);
    desk.report("1 MB, a letter in the middle", 200, |at| {
        Event::Text(if at % 8 == 7 { " " } else { "a" }.into())
    });
    desk.state.reveal(50);
    desk.report("1 MB, a letter at the start", 200, |_| {
        Event::Text("한".into())
    });
    desk.report("1 MB, Enter", 100, |_| key(Key::Enter));
    desk.report("1 MB, a page down", 100, |_| key(Key::PageDown));
    desk.state.open_find(false);
    desk.frame(Vec::new());
    desk.report("1 MB, a letter to look for", 5, |_| Event::Text("e".into()));
    desk.state.focus();
    desk.frame(Vec::new());
    desk.report("1 MB, a letter with all hits marked", 100, |_| {
        Event::Text("a".into())
    });

    let long = format!("(\n{}\n)", "statement of 한국, ".repeat(5_000));
    let mut desk = Desk::new(long, false);
    desk.state.reveal(50_000);
    desk.report("a line of 100 kB, a letter", 100, |_| {
        Event::Text("a".into())
    });

    let mut desk = Desk::new(text(50 << 20), true);
    desk.report("50 MB, the wheel", 300, |_| wheel());
    desk.state.reveal(desk.text.len() as u32 - 10);
    desk.report("50 MB, at the end, while it is read", 60, |_| wheel());
    desk.report("50 MB, the wheel at the end", 100, |_| wheel());
    desk.state.open_find(false);
    desk.frame(Vec::new());
    desk.report("50 MB, a letter to look for", 5, |_| {
        Event::Text("q".into())
    });
}

fn key(key: Key) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    }
}

fn wheel() -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        source: MouseWheelSource::Unknown,
        delta: vec2(0.0, -173.0),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    }
}

/// A register of about so many bytes.
fn text(bytes: usize) -> String {
    let sample = generate::register(2_000).len();
    generate::register(2_000 * bytes / sample)
}

struct Desk {
    ctx: egui::Context,
    state: EditorState,
    text: String,
    lines: LineIndex,
    revision: u64,
    read_only: bool,
    time_s: f64,
}

impl Desk {
    fn new(text: String, read_only: bool) -> Self {
        let ctx = egui::Context::default();
        theme::install(&ctx);
        let mut desk = Desk {
            ctx,
            state: EditorState::default(),
            lines: LineIndex::new(&text),
            text,
            revision: 1,
            read_only,
            time_s: 0.0,
        };
        desk.state.focus();
        for _ in 0..10 {
            desk.frame(vec![Event::PointerMoved(Pos2::new(400.0, 400.0))]);
        }
        desk
    }

    /// One frame, and what the app does after it.
    fn frame(&mut self, events: Vec<Event>) {
        self.time_s += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(self.time_s),
            events,
            ..RawInput::default()
        };
        let mut edits = Vec::new();
        let mut output = self.ctx.run_ui(input, |ui| {
            let source = EditorText {
                name: "large.ron",
                text: &self.text,
                lines: &self.lines,
                revision: self.revision,
                problems: &[],
                highlight: None,
                read_only: self.read_only,
            };
            let aid = LanguageService {
                complete: &|_| Vec::new(),
                hover: &|_| None,
            };
            edits.extend(text_editor::show(ui, &source, &mut self.state, &aid).changes);
        });
        output.textures_delta.clear();
        let shapes = std::mem::take(&mut output.shapes);
        black_box(self.ctx.tessellate(shapes, output.pixels_per_point));
        for edit in edits {
            if let Some(after) = apply(&self.text, &edit.text_edits) {
                self.lines = LineIndex::new(&after);
                self.text = after;
                self.revision += 1;
            }
        }
    }

    /// Prints how long an event and the picture after it take: the median and the longest of
    /// `times`.
    fn report(&mut self, what: &str, times: usize, event: impl Fn(usize) -> Event) {
        let mut taken: Vec<f64> = (0..times)
            .map(|at| {
                let start = Instant::now();
                self.frame(vec![event(at)]);
                self.frame(Vec::new());
                start.elapsed().as_secs_f64() * 1000.0
            })
            .collect();
        taken.sort_by(f64::total_cmp);
        let (median, longest) = (taken[times / 2], taken[times - 1]);
        println!("{what:<40} {median:7.2} ms   longest {longest:7.2} ms");
    }
}
