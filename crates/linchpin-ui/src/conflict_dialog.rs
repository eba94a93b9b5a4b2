//! What another program has changed while there were unsaved edits, beside the edits: record by record.

use super::widgets;
use egui::{Align, Frame, Layout, Margin, RichText, ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::disk_sync::{DiskConflict, FileMerge};
use linchpin_edit::Difference;
use linchpin_edit::three_way_merge::{MergeConflict as Clash, MergeSide};
use linchpin_render::theme::{self, size, space};

/// How many differences of each side are named.
const MAX_NAMED: usize = 200;

/// Paints the dialog. `true` where it should close.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) -> bool {
    let Some(conflict) = &app.file.sync.conflict else {
        return true;
    };
    let (asked, made) = conflict.decision_counts();
    widgets::caption(
        ui,
        "Another program has changed the file while you had edits that are not saved. Nothing is overwritten. \
         Changes to other records or fields are merged already; the rest is yours to decide.",
    );
    ui.add_space(space::S);
    ScrollArea::vertical()
        .max_height(ui.available_height() - 56.0)
        .show(ui, |ui| {
            widgets::section_heading(ui, &format!("To decide: {asked}"));
            for (number, file) in conflict.merges.iter().enumerate() {
                self::file_decisions(ui, number, file, conflict.merges.len() > 1, out);
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
                widgets::caption(ui, format!("Before: {}", truncated(&base.text)));
            }
            for (side, whose) in [(MergeSide::Ours, "Mine"), (MergeSide::Theirs, "The file's")] {
                let words = format!("{whose}: {}", truncated(&conflict.choice_label(side)));
                if ui.radio(choice == Some(side), words).clicked() {
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

fn truncated(text: &str) -> String {
    const MAX_CHARS: usize = 300;
    match text.char_indices().nth(MAX_CHARS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
