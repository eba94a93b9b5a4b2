//! How long it takes from `main` until the first frame is on screen, against a window with nothing
//! in it, in turn: `cargo bench --bench first_paint`. Needs a display (`xvfb-run` will do).

use eframe::{App, CreationContext, Frame};
use linchpin::window::{MainWindow, options};
use linchpin_app::open_file::{StartupFile, preload_bundled};
use std::process::Command;
use std::time::Instant;

const ROUNDS: usize = 15;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().position(|a| a == "--window") {
        Some(at) => open(arguments.get(at + 1).is_some_and(|a| a == "empty")),
        None => compare(),
    }
}

/// Runs both kinds of window in turn and prints the medians.
fn compare() {
    if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        println!("first paint: skipped, there is no display");
        return;
    }
    let (mut empty, mut ours) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let pair = (one("empty"), one("linchpin"));
        // The first pair warms the disk's cache.
        if let ((Some(a), Some(b)), true) = (pair, round > 0) {
            empty.push(a);
            ours.push(b);
        }
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
    };
    let (empty, ours) = (median(&mut empty), median(&mut ours));
    println!(
        "first paint: empty window {empty:.0} ms, Linchpin {ours:.0} ms, ratio {:.2}",
        ours / empty
    );
}

/// Milliseconds until the first frame of one window is on screen.
fn one(kind: &str) -> Option<f64> {
    let program = std::env::current_exe().ok()?;
    let folder = std::env::temp_dir().join("linchpin-first-paint");
    let output = Command::new(program)
        .args(["--window", kind])
        .env("XDG_DATA_HOME", folder)
        .output()
        .ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}

fn open(empty: bool) {
    let begun = Instant::now();
    if !empty {
        preload_bundled();
    }
    let make = move |cc: &CreationContext<'_>| {
        let inside: Box<dyn App> = if empty {
            Box::new(Nothing)
        } else {
            Box::new(MainWindow::new(cc, StartupFile::LastFile))
        };
        Probe {
            inside,
            frames: 0,
            begun,
        }
    };
    let result = eframe::run_native(
        "linchpin-bench",
        options(),
        Box::new(move |cc| Ok(Box::new(make(cc)))),
    );
    if let Err(error) = result {
        eprintln!("{error}");
    }
}

struct Nothing;

impl App for Nothing {
    fn ui(&mut self, _: &mut egui::Ui, _: &mut Frame) {}
}

/// Prints the time when the second frame begins: the first has been shown by then.
struct Probe {
    inside: Box<dyn App>,
    frames: u32,
    begun: Instant,
}

impl App for Probe {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut Frame) {
        self.inside.logic(ctx, frame);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut Frame) {
        self.frames += 1;
        if self.frames == 2 {
            let ms = self.begun.elapsed().as_secs_f64() * 1e3;
            println!("{ms}");
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
        self.inside.ui(ui, frame);
        ui.ctx().request_repaint();
    }
}
