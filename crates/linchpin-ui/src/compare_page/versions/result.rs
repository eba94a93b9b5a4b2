//! What a comparison has found: counts, then every change under its heading, with the words before and after.

use crate::widgets;
use egui::{Margin, RichText, TextEdit, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::compare_versions::{ChangeRow, SaveChangesForm, VersionsCommand, VersionsResult};
use linchpin_compare::versions::Sign;
use linchpin_render::theme::{self, space};
use std::path::Path;

/// The longest line of words that are read.
const MAX_TEXT_WIDTH_PT: f32 = 720.0;

/// Paints what was found, or why there is nothing.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let versions = &app.versions;
    if let Some(why) = &versions.error {
        ui.label(RichText::new(why).color(theme::palette_of(ui).error));
        return;
    }
    let Some(found) = &versions.result else {
        if versions.is_loading {
            ui.horizontal(|ui| {
                ui.spinner();
                widgets::caption(ui, "Comparing");
            });
        } else {
            widgets::caption(
                ui,
                "Choose above what this register is to be compared with.",
            );
        }
        return;
    };
    header(ui, app, found, out);
    ui.add_space(space::S);
    let mut left = versions.visible_rows;
    for section in &found.sections {
        if left == 0 {
            break;
        }
        ui.add_space(space::S);
        let heading = format!("{} ({})", section.heading, section.rows.len());
        widgets::section_heading(ui, &heading);
        for row in section.rows.iter().take(left) {
            self::change_row(ui, app, row, out);
        }
        left = left.saturating_sub(section.rows.len());
    }
    let total: usize = found.sections.iter().map(|s| s.rows.len()).sum();
    if let Some(more) = total
        .checked_sub(versions.visible_rows)
        .filter(|more| *more > 0)
    {
        ui.add_space(space::S);
        if widgets::link(ui, &format!("Show more ({more} left)")).clicked() {
            out.push(Command::Versions(VersionsCommand::ShowMore));
        }
    }
}

fn header(ui: &mut Ui, app: &App, found: &VersionsResult, out: &mut Vec<Command>) {
    let mut ask = |ask: VersionsCommand| out.push(Command::Versions(ask));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let names = format!("From {} to {}", found.names.old, found.names.new);
        widgets::selectable_text(
            ui,
            RichText::new(names).font(theme::semibold(theme::size::BODY)),
        );
        if widgets::toolbar_button(
            ui,
            "Other way round",
            "Take the other one for the earlier version",
        )
        .clicked()
        {
            ask(VersionsCommand::SwapSides);
        }
        if app.versions.is_loading {
            ui.spinner();
        }
    });
    if found.changes.entries.is_empty() {
        widgets::empty_state(ui, "No differences", "Both versions are the same.", |_| {});
        return;
    }
    let mut words = found.counts.clone();
    if found.changes.says_the_same() {
        words.push_str(": both say the same");
    }
    widgets::selectable_text(ui, words);
    ui.add_space(space::XS);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        if ui.button("Copy as email").clicked() {
            ask(VersionsCommand::CopyEmail);
        }
        if ui.button("Copy as Markdown").clicked() {
            ask(VersionsCommand::CopyMarkdown);
        }
        if ui.button("Save…").clicked() {
            let folder = app.file.origin.path_or_image().and_then(Path::parent);
            let path = folder.map_or_else(|| "changes.md".into(), |b| b.join("changes.md"));
            ask(VersionsCommand::SetSaveForm(Some(
                path.display().to_string(),
            )));
        }
    });
    if let Some(saving) = &app.versions.save_form {
        save_form(ui, saving, &mut ask);
    }
}

/// Where the changes are to be saved.
fn save_form(ui: &mut Ui, saving: &SaveChangesForm, ask: &mut impl FnMut(VersionsCommand)) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        widgets::caption(ui, "Save to");
        let mut path = saving.path.clone();
        let edit = TextEdit::singleline(&mut path)
            .desired_width(340.0)
            .margin(Margin::symmetric(8, 4))
            .id(egui::Id::unique("path of the changes"));
        let response = ui.add(edit);
        response.widget_info(|| {
            let mut info =
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Save changes to");
            info.current_text_value = Some(path.clone());
            info
        });
        if response.changed() {
            ask(VersionsCommand::SetSaveForm(Some(path)));
        }
        if widgets::primary_button(ui, "Save").clicked() {
            ask(VersionsCommand::SaveChanges);
        }
        if ui.button("Cancel").clicked() {
            ask(VersionsCommand::SetSaveForm(None));
        }
    });
    match &saving.error {
        Some(why) => {
            ui.label(RichText::new(why).color(theme::palette_of(ui).error));
        }
        None => {
            widgets::caption(
                ui,
                ".md is Markdown, .txt a plain e-mail, .json for programs",
            );
        }
    }
}

fn change_row(ui: &mut Ui, app: &App, row: &ChangeRow, out: &mut Vec<Command>) {
    let p = theme::palette_of(ui);
    ui.add_space(space::XS);
    // What is gone has no record to go to.
    let is_here = !row.id.is_empty() && app.register().find(&row.id).is_some();
    if is_here {
        if widgets::link(ui, &row.title).clicked() {
            out.push(Command::ShowRecordById(row.id.clone()));
        }
    } else {
        widgets::selectable_text(ui, RichText::new(&row.title).color(p.text));
    }
    ui.indent(("words", &row.id, &row.headline), |ui| {
        ui.set_max_width(ui.available_width().min(MAX_TEXT_WIDTH_PT));
        ui.spacing_mut().item_spacing.y = 1.0;
        widgets::selectable_text(ui, RichText::new(&row.headline).color(p.text));
        for line in &row.lines {
            let color = match line.sign {
                Sign::Old => p.error,
                Sign::New => p.success,
                Sign::Both => p.text_muted,
            };
            let words = format!("{} {}", line.sign.mark(), line.words);
            widgets::selectable_text(ui, RichText::new(words).color(color));
        }
    });
}
