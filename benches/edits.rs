//! How long the window is held up by an edit: `cargo bench --bench edits [-- --full]`.
//!
//! From the edit of a field to the table that shows it, with a hundred thousand records (a million
//! with `--full`). Counted is what the thread of the window does: handing the edit over, then frame
//! after frame with everything but the GPU's work, until the new register is on screen and its
//! table is there. What other threads do meanwhile is waited for and not counted, but told. A frame
//! has 16 ms. From a key to the next picture in the text: `cargo bench --bench editor`.

mod generate;

use egui::{Pos2, RawInput, Rect, vec2};
use linchpin_app::App;
use linchpin_app::open_file::{FileOrigin, OpenFile};
use linchpin_app::page::Page;
use linchpin_app::transactions::TransactionRequest;
use linchpin_app::view::ViewState;
use linchpin_edit::{Edit, EditTarget};
use linchpin_register::schema::PathStep;
use linchpin_register::{RecordKind, load};
use linchpin_render::theme;
use linchpin_ui::frame::frame;
use ron_lossless::RonValue;
use std::hint::black_box;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const ROUNDS: usize = 15;

fn main() {
    let full = std::env::args().any(|a| a == "--full");
    let sizes: &[usize] = if full {
        &[1_000, 20_000, 100_000, 1_000_000]
    } else {
        &[1_000, 20_000, 100_000]
    };
    for &records in sizes {
        let text = generate::register(records);
        println!("\n{records} records, {:.1} MB", text.len() as f64 / 1e6);
        let mut desk = Desk::new(text);
        desk.report("a frame where nothing happens", |_, _| None);
        desk.report("a title changed in the form", |_, round| {
            Some(TransactionRequest::Edit(retitled(round)))
        });
        desk.report("the same undone", |_, _| Some(TransactionRequest::Undo));
        desk.report("a record removed", |_, round| {
            let ids = vec![format!("event-{round}")];
            Some(TransactionRequest::Edit(Edit::RemoveRecords {
                ids,
                unlink: true,
            }))
        });
    }
}

fn retitled(round: usize) -> Edit {
    Edit::set(
        EditTarget::Record(format!("commitment-{}", round * 17)),
        vec![PathStep::Field("title")],
        Some(RonValue::text(format!("Another title, {round}"))),
    )
}

struct Desk {
    ctx: egui::Context,
    app: App,
    woken: Receiver<()>,
    time_s: f64,
}

/// What one edit took, in milliseconds.
struct Taken {
    /// The longest frame, the handing over among them.
    longest: f64,
    /// All frames together.
    sum: f64,
    /// From the click to the table.
    wall: f64,
}

impl Desk {
    fn new(text: String) -> Self {
        let (wake, woken) = channel();
        let wake = std::sync::Mutex::new(wake);
        let view = ViewState {
            page: Page::Commitments,
            ..ViewState::default()
        };
        let file = OpenFile::from_loaded(FileOrigin::BUNDLED, load(text, Vec::new()));
        let app = App::with_file(view, file, move || {
            let _ = wake.lock().map(|w| w.send(()));
        });
        let ctx = egui::Context::default();
        theme::install(&ctx);
        let mut desk = Desk {
            ctx,
            app,
            woken,
            time_s: 0.0,
        };
        desk.settled(&mut Vec::new());
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

    /// Paints until all is there, and waits for other threads in between.
    fn settled(&mut self, frames: &mut Vec<f64>) {
        loop {
            frames.push(self.frame());
            let app = &self.app;
            let has_table = app.derived.table(RecordKind::Commitment).is_some();
            let works = app.derived.is_table_pending(RecordKind::Commitment);
            if app.file.is_up_to_date()
                && !app.editing.transactions.is_running
                && has_table
                && !works
            {
                return;
            }
            let _ = self.woken.recv_timeout(Duration::from_secs(60));
        }
    }

    fn taken(&mut self, turn: Option<TransactionRequest>) -> Taken {
        while self.woken.try_recv().is_ok() {}
        let start = Instant::now();
        let mut frames = Vec::new();
        let revision = self.app.file.revision;
        if let Some(turn) = turn {
            self.app.queue_transaction(turn);
            frames.push(start.elapsed().as_secs_f64() * 1e3);
            self.settled(&mut frames);
            assert!(self.app.file.revision > revision, "nothing was edited");
        }
        // One more: what is done away with is done away with then.
        frames.push(self.frame());
        Taken {
            longest: frames.iter().copied().fold(0.0, f64::max),
            sum: frames.iter().sum(),
            wall: start.elapsed().as_secs_f64() * 1e3,
        }
    }

    fn report(&mut self, what: &str, turn: impl Fn(&App, usize) -> Option<TransactionRequest>) {
        let mut taken = Vec::new();
        for round in 0..ROUNDS {
            let turn = turn(&self.app, round);
            taken.push(self.taken(turn));
        }
        let column = |of: fn(&Taken) -> f64| {
            let mut all: Vec<f64> = taken.iter().map(of).collect();
            all.sort_by(f64::total_cmp);
            (all[all.len() / 2], all[all.len() - 1])
        };
        let (longest, worst) = column(|t| t.longest);
        let (sum, _) = column(|t| t.sum);
        let (wall, _) = column(|t| t.wall);
        println!(
            "{what:<32} longest frame {longest:6.2} ms (at most {worst:6.2})   all frames \
            {sum:6.2} ms   on screen after {wall:7.1} ms"
        );
    }
}
