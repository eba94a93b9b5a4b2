//! What the register is compared with.

use crate::widgets;
use egui::{Button, Key, Margin, RichText, TextEdit, Ui};
use linchpin_app::App;
use linchpin_app::command::Command;
use linchpin_app::compare_versions::{GitLog, VersionSource, VersionsCommand};
use linchpin_app::open_file::FileOrigin;
use linchpin_files::git::Revision;
use linchpin_render::theme::{self, space};

/// Paints the ways to another version.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
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
    response.widget_info(|| {
        let mut info =
            egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path of another register");
        info.current_text_value = Some(text.clone());
        info
    });
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
    let words: String = subject.chars().take(90).collect();
    let p = theme::palette_of(ui);
    ui.horizontal(|ui| {
        let text = RichText::new(format!("{date}  {words}")).color(p.text);
        let label = ui.selectable_label(is_on, text);
        let name = format!("Revision {short}: {subject}");
        label.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_on, &name));
        widgets::caption(ui, format!("{author} · {short}"));
        label.clicked()
    })
    .inner
}
