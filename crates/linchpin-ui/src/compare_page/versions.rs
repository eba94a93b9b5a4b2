//! The register on screen held against another version of it: another file, what is saved, a
//! revision of git, the bundled one.

use crate::widgets;
use egui::{Button, Frame, Key, Margin, RichText, ScrollArea, TextEdit, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::compare_versions::{
    ChangeRow, GitLog, SaveChangesForm, VersionSource, VersionsCommand, VersionsResult,
};
use linchpin_app::open_file::FileOrigin;
use linchpin_compare::versions::DiffSign;
use linchpin_files::git::Revision;
use linchpin_render::theme::{self, space};
use std::path::Path;

/// The longest line of words that are read.
const MAX_TEXT_WIDTH_PT: f32 = 720.0;

/// Paints what to compare with, and what was found.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    ScrollArea::vertical()
        .id_salt("versions")
        .auto_shrink(false)
        .show(ui, |ui| {
            let margin = widgets::page_margin(8, 24);
            Frame::new().inner_margin(margin).show(ui, |ui| {
                widgets::caption(
                    ui,
                    "What changed between another version and this register, in words of the \
                     field.",
                );
                ui.add_space(space::S);
                version_picker(ui, app, out);
                ui.add_space(space::M);
                result(ui, app, out);
            });
        });
}

/// What the comparison has found: counts, then every change under its heading, with the words
/// before and after; or why there is nothing.
fn result(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let versions = &app.versions;
    if let Some(why) = &versions.error {
        widgets::error_text(ui, why);
        return;
    }
    let Some(found) = &versions.result else {
        if versions.is_loading {
            widgets::spinner_row(ui, "Comparing");
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
            change_row(ui, app, row, out);
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
    if found.changes.changes.is_empty() {
        widgets::empty_state(ui, "No differences", "Both versions are the same.", |_| {});
        return;
    }
    let mut text = found.counts.clone();
    if found.changes.is_formatting_only() {
        text.push_str(": both say the same");
    }
    widgets::selectable_text(ui, text);
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
        response.widget_info(|| widgets::text_input_info("Save changes to", &path));
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
            widgets::error_text(ui, why);
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
    // With the headline, since rows that concern no record all have the same empty id.
    ui.indent(("words", &row.id, &row.headline), |ui| {
        ui.set_max_width(ui.available_width().min(MAX_TEXT_WIDTH_PT));
        ui.spacing_mut().item_spacing.y = 1.0;
        widgets::selectable_text(ui, RichText::new(&row.headline).color(p.text));
        for line in &row.lines {
            let color = match line.sign {
                DiffSign::Old => p.error,
                DiffSign::New => p.success,
                DiffSign::Both => p.text_muted,
            };
            let text = format!("{} {}", line.sign.symbol(), line.text);
            widgets::selectable_text(ui, RichText::new(text).color(color));
        }
    });
}

/// Paints the ways to another version.
fn version_picker(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    let now = app.versions.source.as_ref();
    let mut ask = |ask: VersionsCommand| out.push(Command::Versions(ask));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let has_file = app.file.origin.path().is_some();
        ui.add_enabled_ui(has_file, |ui| {
            let is_on = now == Some(&VersionSource::OnDisk);
            let button = ui.add(Button::new("The file as saved").selected(is_on));
            let button = button
                .on_hover_text("What is not saved yet")
                .on_disabled_hover_text("Nothing is open that is a file");
            if button.clicked() {
                ask(VersionsCommand::Compare(VersionSource::OnDisk));
            }
        });
        let is_bundled = app.file.origin == FileOrigin::BUNDLED;
        // As long as nothing is edited, the bundled register would be compared with itself.
        ui.add_enabled_ui(!is_bundled || app.file.draft.is_dirty(), |ui| {
            let is_on = now == Some(&VersionSource::Bundled);
            let button = ui.add(Button::new("The bundled register").selected(is_on));
            let button = button.on_disabled_hover_text("The bundled register is what is open");
            if button.clicked() {
                ask(VersionsCommand::Compare(VersionSource::Bundled));
            }
        });
        path_field(ui, app, &mut ask);
    });
    revisions(ui, app, now, &mut ask);
}

/// Another file: its path, or the system's dialog.
fn path_field(ui: &mut Ui, app: &App, ask: &mut impl FnMut(VersionsCommand)) {
    let mut text = app.versions.path.clone();
    let edit = TextEdit::singleline(&mut text)
        .hint_text("Path of another register")
        .desired_width(260.0)
        .margin(Margin::symmetric(8, 4))
        .id(egui::Id::unique("path of the other version"));
    let response = ui.add(edit);
    response.widget_info(|| widgets::text_input_info("Path of another register", &text));
    let enter = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    if response.changed() {
        ask(VersionsCommand::SetPath(text.clone()));
    }
    let ready = !text.trim().is_empty();
    let compare = ui.add_enabled(ready, Button::new("Compare"));
    if (compare.clicked() || enter) && ready {
        ask(VersionsCommand::CompareWithPath);
    }
    if ui
        .button("Open…")
        .on_hover_text("Choose another register")
        .clicked()
    {
        ask(VersionsCommand::PickFile);
    }
}

/// The last revisions of the open file in its git repository.
fn revisions(
    ui: &mut Ui,
    app: &App,
    now: Option<&VersionSource>,
    ask: &mut impl FnMut(VersionsCommand),
) {
    let all = match &app.versions.log {
        GitLog::NotLoaded => return,
        GitLog::Loading => {
            widgets::caption(ui, "Asking git for earlier revisions…");
            return;
        }
        GitLog::Unavailable(why) => {
            widgets::caption(ui, format!("No earlier revisions: {why}"));
            return;
        }
        GitLog::Loaded(all) => all,
    };
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        widgets::section_heading(ui, "Earlier revisions of this file");
        if widgets::toolbar_button(ui, "Ask git again", "Look for revisions that are new").clicked()
        {
            ask(VersionsCommand::ReloadGitLog);
        }
    });
    ui.spacing_mut().item_spacing.y = 1.0;
    for revision in all {
        let is_on =
            matches!(now, Some(VersionSource::Revision { hash, .. }) if *hash == revision.hash);
        if revision_row(ui, revision, is_on) {
            ask(VersionsCommand::Compare(VersionSource::Revision {
                hash: revision.hash.clone(),
                short: revision.short.clone(),
            }));
        }
    }
    ui.spacing_mut().item_spacing.y = space::XS;
}

fn revision_row(ui: &mut Ui, revision: &Revision, is_on: bool) -> bool {
    let Revision {
        short,
        date,
        author,
        subject,
        ..
    } = revision;
    let message: String = subject.chars().take(90).collect();
    let p = theme::palette_of(ui);
    ui.horizontal(|ui| {
        let text = RichText::new(format!("{date}  {message}")).color(p.text);
        let label = ui.selectable_label(is_on, text);
        let name = format!("Revision {short}: {subject}");
        label.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_on, &name));
        widgets::caption(ui, format!("{author} · {short}"));
        label.clicked()
    })
    .inner
}
