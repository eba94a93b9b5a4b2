//! The bar at the top: menus, back and forward, the name of the register.

use super::widgets;
use egui::{Align, Button, Layout, RichText, Ui};
use linchpin_app::App;
use linchpin_app::command::{ACTIONS, Action, Command, Menu, page_shortcut};
use linchpin_app::page::Page;
use linchpin_app::view::ThemeChoice;
use linchpin_render::theme::{self, size};
use linchpin_report::visible::visible;

/// Paints the bar.
pub fn show(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    egui::MenuBar::new().ui(ui, |ui| {
        for (menu, title) in [
            (Menu::File, "File"),
            (Menu::Edit, "Edit"),
            (Menu::Record, "Record"),
            (Menu::Reader, "Reader"),
            (Menu::View, "View"),
            (Menu::Help, "Help"),
        ] {
            ui.menu_button(title, |ui| {
                ui.set_min_width(220.0);
                action_items(ui, app, menu, out);
                match menu {
                    Menu::File => {
                        save_each_change_item(ui, app, out);
                        recent_files(ui, app, out);
                    }
                    Menu::View => {
                        page_items(ui, out);
                        theme_items(ui, app, out);
                    }
                    Menu::Edit | Menu::Record | Menu::Reader | Menu::Help => {}
                }
            });
        }
        ui.separator();
        for (action, sign) in [(Action::Back, "←"), (Action::Forward, "→")] {
            let possible = app.availability(action).is_enabled();
            let spec = action.spec();
            let button = ui
                .add_enabled(possible, Button::new(sign).frame_when_inactive(false))
                .on_hover_text(spec.help);
            button.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::Button, possible, spec.label)
            });
            if button.clicked() {
                out.push(Command::RunAction(action));
            }
        }
        // From the right, so that the title comes last and is cut to the room that is left.
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let spec = Action::CommandPalette.spec();
            let key = spec
                .shortcut
                .map_or_else(String::new, |s| ui.format_shortcut(&s));
            if widgets::toolbar_button(ui, &format!("{}  {key}", spec.label), spec.help).clicked() {
                out.push(Command::RunAction(Action::CommandPalette));
            }
            ui.add_space(8.0);
            let title = if app.file.is_loading {
                app.file.origin.name()
            } else {
                app.register().title.clone()
            };
            if app.is_dirty() {
                unsaved_button(ui, out);
            }
            let galley = widgets::elided_line(
                ui,
                &title,
                theme::semibold(size::BODY),
                theme::palette_of(ui).text,
                ui.available_width() - 16.0,
            );
            ui.label(galley).on_hover_text(title);
        });
    });
}

fn action_items(ui: &mut Ui, app: &App, menu: Menu, out: &mut Vec<Command>) {
    for spec in ACTIONS.iter().filter(|s| s.menu == menu) {
        let mut button = Button::new(action_label(app, spec));
        if let Some(shortcut) = spec.shortcut {
            button = button.shortcut_text(ui.format_shortcut(&shortcut));
        }
        let availability = app.availability(spec.action);
        let response = ui.add_enabled(availability.is_enabled(), button);
        let response = match availability.reason() {
            Some(reason) => response.on_disabled_hover_text(reason.to_string()),
            None => response.on_hover_text(spec.help),
        };
        if response.clicked() {
            out.push(Command::RunAction(spec.action));
            ui.close();
        }
    }
}

/// The mark of edits that are not saved, which saves them.
fn unsaved_button(ui: &mut Ui, out: &mut Vec<Command>) {
    let p = theme::palette_of(ui);
    let spec = Action::Save.spec();
    let key = spec
        .shortcut
        .map_or_else(String::new, |s| ui.format_shortcut(&s));
    let button =
        Button::new(RichText::new("● Not saved").color(p.warning)).frame_when_inactive(false);
    let button = ui
        .add(button)
        .on_hover_text(format!("{}  {key}", spec.help));
    button
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Not saved: save now"));
    if button.clicked() {
        out.push(Command::RunAction(Action::Save));
    }
}

/// The words of an action; undo and redo say what they would do.
fn action_label(app: &App, spec: &linchpin_app::command::ActionSpec) -> String {
    let (made, undone) = app.file.draft.transactions();
    let step = match spec.action {
        Action::Undo => made.last(),
        // Both lists are in the order in which the steps were made.
        Action::Redo => undone.first(),
        _ => None,
    };
    match step {
        Some(step) => format!("{}: {}", spec.label, step.label),
        None => spec.label_for(app.open_chart().is_some()),
    }
}

fn save_each_change_item(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    ui.separator();
    let mut each = app.view.preferences.save_each_change;
    if ui
        .checkbox(&mut each, "Save after each change")
        .on_hover_text("Write every edit into the file at once")
        .changed()
    {
        out.push(Command::SetSaveEachChange(each));
        ui.close();
    }
}

fn recent_files(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    if app.view.files.recent.is_empty() {
        return;
    }
    ui.separator();
    widgets::caption(ui, "Recent files");
    for path in &app.view.files.recent {
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |n| n.to_string_lossy().into_owned(),
        );
        if ui
            // A file's name may hold characters that hide or turn round what is read.
            .button(&*visible(&name))
            .on_hover_text(&*visible(&path.display().to_string()))
            .clicked()
        {
            out.push(Command::OpenFile(path.clone()));
            ui.close();
        }
    }
}

fn page_items(ui: &mut Ui, out: &mut Vec<Command>) {
    ui.separator();
    ui.menu_button("Go to page", |ui| {
        for page in Page::ALL.into_iter().filter(|p| *p != Page::Problems) {
            let mut button = Button::new(page.title());
            if let Some(shortcut) = page_shortcut(page) {
                button = button.shortcut_text(ui.format_shortcut(&shortcut));
            }
            if ui.add(button).clicked() {
                out.push(Command::GoToPage(page));
                ui.close();
            }
        }
    });
}

fn theme_items(ui: &mut Ui, app: &App, out: &mut Vec<Command>) {
    ui.separator();
    for (theme, label) in [
        (ThemeChoice::System, "Theme of the system"),
        (ThemeChoice::Light, "Light theme"),
        (ThemeChoice::Dark, "Dark theme"),
    ] {
        if ui
            .radio(app.view.preferences.theme == theme, RichText::new(label))
            .clicked()
        {
            out.push(Command::SetTheme(theme));
            ui.close();
        }
    }
}
