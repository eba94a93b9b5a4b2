//! The dialogs about the open file: where to save it, work that an earlier window left, an image
//! that was opened again, and a file that another program has changed meanwhile.

use super::widgets;
use egui::{Align, Frame, Key, Layout, Margin, RichText, ScrollArea, TextEdit, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::dialog::SaveAsForm;
use linchpin_app::disk_sync::{DiskConflict, FileMerge};
use linchpin_app::recovery::RecoveryChoice;
use linchpin_app::reopened_chart::{ExcerptComparison, ReopenedSource};
use linchpin_edit::Difference;
use linchpin_edit::three_way_merge::{MergeConflict as Clash, MergeSide};
use linchpin_files::{InterruptedSave, OrphanedWork};
use linchpin_register::Date;
use linchpin_render::theme::{self, size, space};
use std::time::{SystemTime, UNIX_EPOCH};

/// How many differences of one side are listed.
const MAX_NAMED: usize = 200;
/// The longest value of a field that is shown, in characters.
const MAX_VALUE_CHARS: usize = 300;

/// Asks where the register should go. `true` where the dialog should close.
pub fn save_as(ui: &mut Ui, form: &mut SaveAsForm, out: &mut Vec<Command>) -> bool {
    widgets::caption(
        ui,
        if form.is_copy {
            "The copy holds all edits. You go on in the file that is open."
        } else {
            "You go on in the new file. The old one stays as it was saved last."
        },
    );
    let edit = ui.add(TextEdit::singleline(&mut form.path).desired_width(f32::INFINITY));
    edit.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path"));
    if edit.changed() {
        form.error = None;
    }
    if let Some(error) = &form.error {
        widgets::error_text(ui, error);
    }
    let enter = edit.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        // Only for the path that was asked about: another one is asked about again.
        let label = if form.is_agreed() { "Replace" } else { "Save" };
        if widgets::primary_button(ui, label).clicked() || enter {
            out.push(Command::SaveAs(form.clone()));
        }
        if widgets::browse_button(ui, "Browse…").clicked() {
            out.push(Command::PickSaveAsPath(form.clone()));
        }
        ui.button("Cancel").clicked()
    })
    .inner
}

/// Offers back what an earlier window left: unsaved edits, and files whose saving was interrupted.
/// `true` where the dialog should close.
pub fn recovery(ui: &mut Ui, app: &App, out: &mut Vec<Command>) -> bool {
    widgets::caption(
        ui,
        "Linchpin ended before everything was saved. Nothing is lost.",
    );
    ScrollArea::vertical()
        .max_height(ui.available_height() - 48.0)
        .show(ui, |ui| {
            for (index, (lost, differs)) in app.recovery.found.lost.iter().enumerate() {
                ui.push_id(("lost", index), |ui| {
                    lost_edits(ui, index, lost, differs, out)
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
    let has_changed = file.has_changed_since();
    if has_changed {
        let when = match file.modified {
            Some(modified) => format!("It was written again {}", elapsed(modified)),
            None => "Nobody can say when it was written last".into(),
        };
        widgets::caption(
            ui,
            format!("{when}: the old text would take the place of what is in it now."),
        );
    }
    widgets::caption(
        ui,
        "− only in the old text, + only in the file as it is now:",
    );
    diff_lines(ui, diff);
    ui.horizontal(|ui| {
        // The first button is the one that loses nothing.
        let order = match has_changed {
            true => [false, true],
            false => [true, false],
        };
        for (place, restores) in order.into_iter().enumerate() {
            let label = match restores {
                true => "Restore the old text",
                false => "Keep it as it is",
            };
            let button = match place {
                0 => widgets::primary_button(ui, label),
                _ => ui.button(label),
            };
            if button.clicked() {
                out.push(Command::RestoreInterrupted(index, restores));
            }
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

/// Says what has changed since an image was made, before its chart is drawn again. `true` where the
/// dialog should close.
pub fn reopened(ui: &mut Ui, app: &App, out: &mut Vec<Command>) -> bool {
    let Some(reopened) = &app.charts.reopened else {
        return true;
    };
    let (evidence, Some(here)) = (&reopened.evidence, &reopened.in_open_register) else {
        return true;
    };
    ui.label(format!(
        "“{}”, from {}",
        evidence.chart.title,
        reopened.name()
    ));
    widgets::caption(
        ui,
        comparison_summary(here, evidence.register.compiled.as_deref()),
    );
    widgets::caption(ui, reopened.drawing.sentence("The image"));
    ui.add_space(space::S);
    ScrollArea::vertical()
        .max_height(ui.available_height() - 56.0)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            for difference in here.changed.iter().take(MAX_NAMED) {
                widgets::caption(ui, format!("· {difference}"));
            }
            if here.changed.len() > MAX_NAMED {
                let rest = here.changed.len() - MAX_NAMED;
                widgets::caption(ui, format!("… and {rest} more"));
            }
        });
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        if widgets::primary_button(ui, "Draw it as it is now")
            .on_hover_text("The chart of the open register")
            .clicked()
        {
            out.push(Command::DrawReopened(ReopenedSource::Open));
        }
        if reopened.has_records()
            && ui
                .button("Open it as it was")
                .on_hover_text("The records that the image carries, as a register of their own")
                .clicked()
        {
            out.push(Command::DrawReopened(ReopenedSource::Image));
        }
        ui.button("Cancel").clicked()
    })
    .inner
}

fn comparison_summary(here: &ExcerptComparison, compiled: Option<&str>) -> String {
    let since = match compiled.and_then(|date| Date::parse(date).ok()) {
        Some(date) => format!(
            "The image shows the register as of {}. ",
            date.to_long_form()
        ),
        None => String::new(),
    };
    let stated = match here.carried - here.stated.min(here.carried) {
        0 => "The open register has all of its records".to_owned(),
        1 => "The open register has all but one of its records".to_owned(),
        many => format!(
            "The open register lacks {many} of its {} records",
            here.carried
        ),
    };
    let changed = match here.changed.len() {
        1 => "one thing has changed".to_owned(),
        many => format!("{many} things have changed"),
    };
    format!("{since}{stated}; {changed} among what the chart is drawn from:")
}

/// Shows what another program has changed while there were unsaved edits, for the user to decide.
/// `true` where the dialog should close.
pub fn conflict(ui: &mut Ui, app: &App, out: &mut Vec<Command>) -> bool {
    let Some(conflict) = &app.file.sync.conflict else {
        return true;
    };
    let (asked, made) = conflict.decision_counts();
    widgets::caption(
        ui,
        "Another program has changed the file while you had edits that are not saved. Nothing is \
         overwritten. Changes to other records or fields are merged already; the rest is yours to \
         decide.",
    );
    ui.add_space(space::S);
    ScrollArea::vertical()
        .max_height(ui.available_height() - 56.0)
        .show(ui, |ui| {
            widgets::section_heading(ui, &format!("To decide: {asked}"));
            for (number, file) in conflict.merges.iter().enumerate() {
                file_decisions(ui, number, file, conflict.merges.len() > 1, out);
            }
            merged_changes(ui, conflict);
        });
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        let ready = ui.add_enabled_ui(made == asked, |ui| {
            widgets::primary_button(ui, "Merge both")
                .on_disabled_hover_text(format!("{} still to decide", asked - made))
        });
        if ready.inner.clicked() {
            // All is decided, so that the side for the rest means nothing here.
            out.push(Command::ApplyMerge(MergeSide::Ours));
        }
        if ui
            .button("Mine for the rest")
            .on_hover_text("Whatever is not decided becomes as you have it")
            .clicked()
        {
            out.push(Command::ApplyMerge(MergeSide::Ours));
        }
        if ui
            .button("The file's for the rest")
            .on_hover_text("Whatever is not decided becomes as the file has it")
            .clicked()
        {
            out.push(Command::ApplyMerge(MergeSide::Theirs));
        }
        if ui
            .button("Discard all my edits")
            .on_hover_text("Take the file as it is; undo brings your edits back")
            .clicked()
        {
            out.push(Command::TakeTheirs);
        }
        ui.button("Later").clicked()
    })
    .inner
}

fn file_decisions(
    ui: &mut Ui,
    number: usize,
    file: &FileMerge,
    named: bool,
    out: &mut Vec<Command>,
) {
    if named && !file.choices.is_empty() {
        widgets::caption(ui, file.name.to_string());
    }
    for (index, (conflict, choice)) in file.merge.conflicts.iter().zip(&file.choices).enumerate() {
        ui.push_id((number, index), |ui| {
            decision(ui, conflict, *choice, |side| {
                out.push(Command::ResolveConflict(number, index, side));
            });
        });
    }
}

fn decision(
    ui: &mut Ui,
    conflict: &Clash,
    choice: Option<MergeSide>,
    mut decide: impl FnMut(MergeSide),
) {
    let p = theme::palette_of(ui);
    Frame::new()
        .fill(p.surface)
        .inner_margin(Margin::symmetric(12, 10))
        .corner_radius(6)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(conflict.to_string()).font(theme::semibold(size::BODY)));
            if let Some(base) = &conflict.values.base {
                widgets::caption(
                    ui,
                    format!(
                        "Before: {}",
                        widgets::truncated(&base.text, MAX_VALUE_CHARS)
                    ),
                );
            }
            for (side, whose) in [(MergeSide::Ours, "Mine"), (MergeSide::Theirs, "The file's")] {
                let text = format!(
                    "{whose}: {}",
                    widgets::truncated(&conflict.choice_label(side), MAX_VALUE_CHARS)
                );
                if ui.radio(choice == Some(side), text).clicked() {
                    decide(side);
                }
            }
        });
    ui.add_space(space::XS);
}

/// What both sides have changed that could be put together.
fn merged_changes(ui: &mut Ui, conflict: &DiskConflict) {
    ui.add_space(space::S);
    ui.columns(2, |columns| {
        let mine: Vec<&Difference> = conflict
            .merges
            .iter()
            .flat_map(|file| &file.merge.our_changes)
            .collect();
        difference_column(&mut columns[0], "Your edits, kept", &mine);
        let theirs: Vec<&Difference> = conflict.changed.iter().collect();
        difference_column(&mut columns[1], "Changed in the file", &theirs);
    });
}

fn difference_column(ui: &mut Ui, title: &str, differences: &[&Difference]) {
    // Columns stretch what stands in them, and so the spaces between words.
    ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
        difference_lines(ui, title, differences)
    });
}

fn difference_lines(ui: &mut Ui, title: &str, differences: &[&Difference]) {
    widgets::section_heading(ui, title);
    for difference in differences.iter().take(MAX_NAMED) {
        widgets::caption(ui, format!("· {difference}"));
    }
    match differences.len() {
        0 => drop(widgets::caption(ui, "Nothing else")),
        many if many > MAX_NAMED => drop(widgets::caption(
            ui,
            format!("… and {} more", many - MAX_NAMED),
        )),
        _ => {}
    }
}
