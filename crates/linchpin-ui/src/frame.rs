//! One frame of the window: the same in the window, in tests and in `linchpin screenshot`.

use egui::{Context, ThemePreference, Ui};
use linchpin_app::App;
use linchpin_app::view::{ThemeChoice, ViewState};

/// One frame: paint, then do what the user wants. The same in the window, in tests and in `linchpin
/// screenshot`.
pub fn frame(ui: &mut Ui, app: &mut App) {
    // The views read all of the state and write to these two alone: taken out, both can be lent.
    let mut dialog = std::mem::take(&mut app.dialog);
    let mut form = std::mem::take(&mut app.window.form_state);
    let commands = crate::show(ui, app, &mut dialog, &mut form);
    (app.dialog, app.window.form_state) = (dialog, form);
    // Before the commands are done, which may ask for something in the next frame.
    app.window.frame_requests = Default::default();
    if !std::mem::replace(&mut app.window.has_painted, true) {
        ui.ctx().request_repaint();
    }
    if !commands.is_empty() {
        let ctx = ui.ctx().clone();
        app.apply(commands, &ctx);
        app.poll();
        ctx.request_repaint();
    }
}

/// Theme and zoom as the user has set them.
pub fn set_look(ctx: &Context, view: &ViewState) {
    let theme = match view.preferences.theme {
        ThemeChoice::System => ThemePreference::System,
        ThemeChoice::Light => ThemePreference::Light,
        ThemeChoice::Dark => ThemePreference::Dark,
    };
    if ctx.options(|o| o.theme_preference) != theme {
        ctx.set_theme(theme);
    }
    if (ctx.zoom_factor() - view.preferences.zoom).abs() > 1e-3 {
        ctx.set_zoom_factor(view.preferences.zoom);
    }
}
