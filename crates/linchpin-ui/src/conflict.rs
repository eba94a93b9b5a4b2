//! What another program has changed while there were unsaved edits, beside the edits: record by record.

use super::parts;
use egui::{Align, Frame, Layout, Margin, RichText, ScrollArea, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::disk_conflict::{DiskConflict, FileMerge};
use linchpin_edit::difference::Difference;
use linchpin_edit::merge::{Conflict as Clash, Side};
use linchpin_render::theme::{self, size, space};

/// How many differences of each side are named.
const MAX_NAMED: usize = 200;

/// Paints the dialog. `true` where it should close.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) -> bool {
    let Some(conflict) = &app.disk_conflict else {
        return true;
    };
    let (asked, made) = conflict.decision_counts();
    parts::caption(
        ui,
        "Another program has changed the file while you had edits that are not saved. Nothing is overwritten. \
         What touches other records or fields is put together already; the rest is yours to decide.",
    );
    ui.add_space(space::S);
    ScrollArea::vertical()
        .max_height(ui.available_height() - 56.0)
        .show(ui, |ui| {
            parts::section(ui, &format!("To decide: {asked}"));
            for (number, file) in conflict.merges.iter().enumerate() {
                self::file(ui, number, file, conflict.merges.len() > 1, out);
            }
            sides(ui, conflict);
        });
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        let ready = ui.add_enabled_ui(made == asked, |ui| {
            parts::primary_button(ui, "Put both together")
                .on_disabled_hover_text(format!("{} still to decide", asked - made))
        });
        if ready.inner.clicked() {
            out.push(Command::ApplyMerge(Side::Mine));
        }
        if ui
            .button("Mine for the rest")
            .on_hover_text("Whatever is not decided becomes as you have it")
            .clicked()
        {
            out.push(Command::ApplyMerge(Side::Mine));
        }
        if ui
            .button("The file's for the rest")
            .on_hover_text("Whatever is not decided becomes as the file has it")
            .clicked()
        {
            out.push(Command::ApplyMerge(Side::Theirs));
        }
        if ui
            .button("Give up all my edits")
            .on_hover_text("Take the file as it is; undo brings your edits back")
            .clicked()
        {
            out.push(Command::TakeTheirs);
        }
        ui.button("Later").clicked()
    })
    .inner
}

fn file(ui: &mut Ui, number: usize, file: &FileMerge, named: bool, out: &mut Vec<Command>) {
    if named && !file.choices.is_empty() {
        parts::caption(ui, file.name.to_string());
    }
    for (index, (clash, choice)) in file.merge.conflicts.iter().zip(&file.choices).enumerate() {
        ui.push_id((number, index), |ui| {
            decision(ui, clash, *choice, |side| {
                out.push(Command::ResolveConflict(number, index, side));
            });
        });
    }
}

fn decision(ui: &mut Ui, clash: &Clash, choice: Option<Side>, mut decide: impl FnMut(Side)) {
    let p = theme::of(ui);
    Frame::new()
        .fill(p.surface)
        .inner_margin(Margin::symmetric(12, 10))
        .corner_radius(6)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(clash.words()).font(theme::semibold(size::BODY)));
            if let Some(base) = &clash.base {
                parts::caption(ui, format!("Before: {}", shortened(&base.words)));
            }
            for (side, whose) in [(Side::Mine, "Mine"), (Side::Theirs, "The file's")] {
                let words = format!("{whose}: {}", shortened(&clash.choice(side)));
                if ui.radio(choice == Some(side), words).clicked() {
                    decide(side);
                }
            }
        });
    ui.add_space(space::XS);
}

/// What both sides have changed that could be put together.
fn sides(ui: &mut Ui, conflict: &DiskConflict) {
    ui.add_space(space::S);
    ui.columns(2, |columns| {
        let mine: Vec<&Difference> = conflict
            .merges
            .iter()
            .flat_map(|file| &file.merge.taken)
            .collect();
        list(&mut columns[0], "Your edits, kept", &mine);
        let theirs: Vec<&Difference> = conflict.changed.iter().collect();
        list(&mut columns[1], "Changed in the file", &theirs);
    });
}

fn list(ui: &mut Ui, title: &str, differences: &[&Difference]) {
    // Columns stretch what stands in them, and so the spaces between words.
    ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
        lines(ui, title, differences)
    });
}

fn lines(ui: &mut Ui, title: &str, differences: &[&Difference]) {
    parts::section(ui, title);
    for difference in differences.iter().take(MAX_NAMED) {
        parts::caption(ui, format!("· {}", difference.words()));
    }
    match differences.len() {
        0 => drop(parts::caption(ui, "Nothing else")),
        many if many > MAX_NAMED => drop(parts::caption(
            ui,
            format!("… and {} more", many - MAX_NAMED),
        )),
        _ => {}
    }
}

fn shortened(text: &str) -> String {
    const MAX_CHARS: usize = 300;
    match text.char_indices().nth(MAX_CHARS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
