//! Offers back what a window left that is gone: unsaved edits, and files whose saving was broken off.

use super::parts;
use crate::app::App;
use crate::app::command::Command;
use crate::app::recovery::Fate;
use crate::files::{Interrupted, Lost};
use crate::theme::space;
use egui::{ScrollArea, Ui};
use std::time::{SystemTime, UNIX_EPOCH};

/// Paints the dialog. `true` where it should close.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) -> bool {
    parts::caption(
        ui,
        "Linchpin ended before everything was saved. Nothing is lost.",
    );
    ScrollArea::vertical()
        .max_height(ui.available_height() - 48.0)
        .show(ui, |ui| {
            for (index, lost) in app.left.lost.iter().enumerate() {
                ui.push_id(("lost", index), |ui| self::lost(ui, index, lost, out));
            }
            for (index, file) in app.left.interruptions.files.iter().enumerate() {
                ui.push_id(("file", index), |ui| interrupted(ui, index, file, out));
            }
        });
    ui.add_space(space::S);
    ui.button("Later")
        .on_hover_text("Offered again at the next start")
        .clicked()
}

fn lost(ui: &mut Ui, index: usize, lost: &Lost, out: &mut Vec<Command>) {
    let unsaved = &lost.unsaved;
    let name = match &unsaved.origin {
        Some(path) => path.display().to_string(),
        None => "A register without a file".into(),
    };
    ui.add_space(space::S);
    parts::section(ui, &name);
    parts::caption(ui, format!("Edited {}", ago(unsaved.when)));
    for file in &unsaved.files {
        if let Some(path) = file.path.as_ref().filter(|_| unsaved.files.len() > 1) {
            parts::caption(ui, path.display().to_string());
        }
        difference(ui, &file.base, &file.draft);
    }
    ui.horizontal(|ui| {
        if parts::primary_button(ui, "Open with these edits").clicked() {
            out.push(Command::Recover(index, Fate::Open));
        }
        if ui.button("Give them up").clicked() {
            out.push(Command::Recover(index, Fate::Forget));
        }
    });
}

fn interrupted(ui: &mut Ui, index: usize, file: &Interrupted, out: &mut Vec<Command>) {
    ui.add_space(space::S);
    parts::section(ui, &file.path.display().to_string());
    parts::caption(
        ui,
        format!(
            "Saving it was broken off {}. A copy of what was in it before is kept.",
            ago(file.when)
        ),
    );
    difference(ui, &file.old, &file.now);
    ui.horizontal(|ui| {
        if parts::primary_button(ui, "Put the old text back").clicked() {
            out.push(Command::PutBack(index, true));
        }
        if ui.button("Leave it as it is").clicked() {
            out.push(Command::PutBack(index, false));
        }
    });
}

/// The lines that differ, as many as fit.
fn difference(ui: &mut Ui, old: &[u8], new: &[u8]) {
    const MAX_LINES: usize = 12;
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let (a, b): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = a.len().min(b.len()) - start;
    let same = a.iter().rev().zip(b.iter().rev()).take(rest);
    let end = same.take_while(|(x, y)| x == y).count();
    let gone = a[start..a.len() - end].iter().map(|line| ("−", line));
    let come = b[start..b.len() - end].iter().map(|line| ("+", line));
    let all: Vec<(&str, &&str)> = gone.chain(come).collect();
    for (sign, line) in all.iter().take(MAX_LINES) {
        let line: String = line.trim().chars().take(120).collect();
        parts::caption(ui, format!("{sign} {line}"));
    }
    if all.len() > MAX_LINES {
        parts::caption(ui, format!("… and {} more lines", all.len() - MAX_LINES));
    }
}

/// How long ago, in words.
fn ago(when: SystemTime) -> String {
    let since = |time: SystemTime| time.duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let minutes = since(SystemTime::now()).saturating_sub(since(when)) / 60;
    match minutes {
        0 => "just now".into(),
        1 => "a minute ago".into(),
        2..=119 => format!("{minutes} minutes ago"),
        120..=2879 => format!("{} hours ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    }
}
