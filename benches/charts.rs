//! One bar chart as an image, beside the same chart by vl-convert (Vega-Lite without a browser) and
//! by matplotlib: each in turn, in one run.
//!
//! `pip install vl-convert-python matplotlib`, then `cargo bench --bench charts`. A program that is
//! not there is left out and named.

use linchpin_charts as charts;
use linchpin_charts::picture::PictureBody;
use linchpin_register::bundled;
use linchpin_register::load;
use linchpin_register::query::CountingRule;
use linchpin_render::export::Format;
use linchpin_render::export::image::{DPI_AT_1X, ImageOptions, Studio};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

const CHART: &str = "commitments-by-theme";
const ROUNDS: usize = 15;
const OTHERS: [&str; 2] = ["vega", "matplotlib"];

fn main() {
    let loaded = load(bundled::ALLIANCE_TEXT, Vec::new());
    let Some(chart) = charts::by_id(&loaded.register, CHART) else {
        return println!("no chart {CHART}");
    };
    let rule = CountingRule::default();
    let bars = match charts::build_or_explain(&loaded.register, chart, rule).body {
        PictureBody::Bars(bars) => bars.panels.into_iter().flat_map(|panel| panel.bars),
        _ => return println!("{CHART} has no bars"),
    };
    let bars: Vec<String> = bars
        .map(|bar| format!("{}={}", bar.name, bar.text))
        .collect();
    println!(
        "{CHART}: {} bars, median of {ROUNDS} in turn, ms",
        bars.len()
    );
    let folder = std::env::temp_dir();
    for format in Format::ALL {
        let name = format.extension();
        let out = folder.join(format!("linchpin-bench.{name}"));
        let mut cold = vec![Vec::new(); 1 + OTHERS.len()];
        for _ in 0..ROUNDS {
            let mut ours = Command::new(env!("CARGO_BIN_EXE_linchpin"));
            ours.args(["export", "--chart", CHART, "--to"]).arg(&out);
            cold[0].extend(timed(&mut ours));
            for (times, other) in cold[1..].iter_mut().zip(OTHERS) {
                times.extend(timed(python(other, name).arg(&out).args(&bars)));
            }
        }
        say(&format!("{name} cold process"), cold);
        let mut studio = Studio::default();
        let options = ImageOptions {
            dpi: 2.0 * DPI_AT_1X,
            ..ImageOptions::default()
        };
        let mut others: Vec<Option<Warm>> = OTHERS
            .iter()
            .map(|other| Warm::start(python(other, name).arg("-").args(&bars)))
            .collect();
        let mut warm = vec![Vec::new(); 1 + OTHERS.len()];
        for round in 0..=ROUNDS {
            let start = Instant::now();
            let image = studio.chart(
                (&loaded, bundled::ALLIANCE_NAME),
                chart,
                rule,
                format,
                &options,
            );
            let ms = start.elapsed().as_secs_f64() * 1e3;
            if let Err(error) = image {
                return println!("{error}");
            }
            // The first warms up.
            if round > 0 {
                warm[0].push(ms);
                for (times, other) in warm[1..].iter_mut().zip(&mut others) {
                    times.extend(other.as_mut().and_then(Warm::once));
                }
            }
        }
        say(&format!("{name} warm"), warm);
    }
}

fn python(how: &str, format: &str) -> Command {
    let mut command = Command::new("python3");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/charts.py");
    command.args([script, how, format]);
    command.stderr(Stdio::null());
    command
}

/// How long a process takes; nothing where it fails.
fn timed(command: &mut Command) -> Option<f64> {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).status().ok()?;
    status
        .success()
        .then(|| start.elapsed().as_secs_f64() * 1e3)
}

/// A process that makes the chart again and again.
struct Warm {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Warm {
    fn start(command: &mut Command) -> Option<Warm> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let mut warm = Warm {
            input: child.stdin.take()?,
            output: BufReader::new(child.stdout.take()?),
            child,
        };
        (warm.line()?.trim() == "ready").then_some(warm)
    }

    fn once(&mut self) -> Option<f64> {
        writeln!(self.input, "again").ok()?;
        self.line()?.trim().parse().ok()
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        (self.output.read_line(&mut line).ok()? > 0).then_some(line)
    }
}

impl Drop for Warm {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn say(what: &str, times: Vec<Vec<f64>>) {
    let names = ["linchpin", "vl-convert", "matplotlib"];
    let mut line = format!("{what:16}");
    let ours = median(&times[0]);
    for (name, times) in names.iter().zip(&times) {
        match (median(times), ours) {
            (Some(ms), Some(ours)) => {
                line.push_str(&format!("  {name} {ms:8.2} ({:.3})", ours / ms));
            }
            _ => line.push_str(&format!("  {name} is not there")),
        }
    }
    println!("{line}");
}

fn median(times: &[f64]) -> Option<f64> {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}
