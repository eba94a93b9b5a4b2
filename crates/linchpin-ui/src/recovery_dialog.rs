//! Offers back what a window left that is gone: unsaved edits, and files whose saving was broken off.

use super::widgets;
use egui::{ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::recovery::RecoveryChoice;
use linchpin_files::{InterruptedSave, OrphanedWork};
use linchpin_render::theme::space;
use std::time::{SystemTime, UNIX_EPOCH};

/// Paints the dialog. `true` where it should close.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) -> bool {
    widgets::caption(
        ui,
        "Linchpin ended before everything was saved. Nothing is lost.",
    );
    ScrollArea::vertical()
        .max_height(ui.available_height() - 48.0)
        .show(ui, |ui| {
            for (index, (lost, differs)) in app.recovery.found.lost.iter().enumerate() {
                ui.push_id(("lost", index), |ui| {
                    self::lost_edits(ui, index, lost, differs, out)
                });
            }
            for (index, (file, differs)) in app.recovery.found.interrupted.iter().enumerate() {
                ui.push_id(("file", index), |ui| {
                    interrupted_save(ui, index, file, differs, out)
                });
            }
        });
    ui.add_space(space::S);
    ui.button("Later")
        .on_hover_text("Offered again at the next start")
        .clicked()
}

fn lost_edits(
    ui: &mut Ui,
    index: usize,
    lost: &OrphanedWork,
    diff: &[Vec<String>],
    out: &mut Vec<Command>,
) {
    let unsaved = &lost.unsaved;
    let name = match &unsaved.origin {
        Some(path) => path.display().to_string(),
        None => "A register without a file".into(),
    };
    ui.add_space(space::S);
    widgets::section_heading(ui, &name);
    widgets::caption(ui, format!("Edited {}", elapsed(unsaved.when)));
    for (file, diff) in unsaved.files.iter().zip(diff) {
        if let Some(path) = file.path.as_ref().filter(|_| unsaved.files.len() > 1) {
            widgets::caption(ui, path.display().to_string());
        }
        diff_lines(ui, diff);
    }
    ui.horizontal(|ui| {
        if widgets::primary_button(ui, "Open with these edits").clicked() {
            out.push(Command::Recover(index, RecoveryChoice::Open));
        }
        if ui.button("Discard").clicked() {
            out.push(Command::Recover(index, RecoveryChoice::Discard));
        }
    });
}

fn interrupted_save(
    ui: &mut Ui,
    index: usize,
    file: &InterruptedSave,
    diff: &[String],
    out: &mut Vec<Command>,
) {
    ui.add_space(space::S);
    widgets::section_heading(ui, &file.path.display().to_string());
    widgets::caption(
        ui,
        format!(
            "Saving it was broken off {}. A copy of what was in it before is kept.",
            elapsed(file.when)
        ),
    );
    diff_lines(ui, diff);
    ui.horizontal(|ui| {
        if widgets::primary_button(ui, "Restore the old text").clicked() {
            out.push(Command::RestoreInterrupted(index, true));
        }
        if ui.button("Keep it as it is").clicked() {
            out.push(Command::RestoreInterrupted(index, false));
        }
    });
}

/// The lines that differ.
fn diff_lines(ui: &mut Ui, lines: &[String]) {
    for line in lines {
        widgets::caption(ui, line);
    }
}

/// How long ago, in words.
fn elapsed(when: SystemTime) -> String {
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
