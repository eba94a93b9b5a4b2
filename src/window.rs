//! The window itself: hands frames to the views and commands to the state; nothing else.

use eframe::{CreationContext, Frame, NativeOptions, Renderer, Storage};
use egui::{Context, Pos2, Rect, Ui, Vec2, ViewportBuilder, ViewportCommand, pos2, vec2};
use linchpin_app::open_file::{StartupFile, preload_bundled};
use linchpin_app::view::ViewState;
use linchpin_app::{App, STATE_NAME};
use linchpin_files::state_folder;
use linchpin_render::theme;
use linchpin_ui::frame::{frame, set_look};

/// Where the view is kept between runs.
const VIEW_KEY: &str = "view";
/// How long a message stays, in seconds.
const NOTICE_SECONDS: f64 = 6.0;

/// How the window is opened.
pub fn options() -> NativeOptions {
    let viewport = ViewportBuilder::default()
        .with_title("Linchpin")
        .with_app_id(STATE_NAME)
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([480.0, 360.0])
        .with_drag_and_drop(true)
        .with_icon(icon());
    // Named: with other renderers compiled in, eframe would choose by itself.
    NativeOptions {
        viewport,
        renderer: Renderer::Glow,
        // Noise against banding costs a good part of a frame without a GPU, and nothing here has
        // gradients.
        dithering: false,
        ..NativeOptions::default()
    }
}

/// The sign of the program: a pin through a bar.
fn icon() -> egui::IconData {
    let bytes: &[u8] = include_bytes!("../assets/icon.png");
    eframe::icon_data::from_png_bytes(bytes).unwrap_or_default()
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// Where no window can be opened, in the words of the system.
pub fn run(opening: StartupFile) -> Result<(), String> {
    preload_bundled();
    eframe::run_native(
        STATE_NAME,
        options(),
        Box::new(|cc| Ok(Box::new(MainWindow::new(cc, opening)))),
    )
    .map_err(|e| e.to_string())
}

/// So much of a window's title bar must be on a screen that it can be seen and taken hold of, in
/// pixels: its height and a part of its width.
const TITLE_BAR_PX: Vec2 = vec2(100.0, 24.0);

/// Where a window belongs whose title bar is on none of the screens that there are now, such as one
/// that was closed on a screen that has been unplugged; `None` where it can stay. The first screen
/// is the main one. All in pixels.
fn place_on_screen(window: Rect, screens: &[Rect]) -> Option<Pos2> {
    let bar = Rect::from_min_size(window.min, vec2(window.width(), TITLE_BAR_PX.y));
    let wanted = vec2(TITLE_BAR_PX.x.min(window.width()), TITLE_BAR_PX.y);
    let is_seen = |screen: &Rect| {
        let part = bar.intersect(*screen);
        part.width() >= wanted.x && part.height() >= wanted.y
    };
    let main = screens.first()?;
    if screens.iter().any(is_seen) {
        return None;
    }
    // The screen that has most of it, so that it moves no farther than it must.
    let shared = |screen: &Rect| {
        let part = window.intersect(*screen);
        part.width().max(0.0) * part.height().max(0.0)
    };
    let most = screens.iter().fold((main, shared(main)), |best, screen| {
        let share = shared(screen);
        if share > best.1 {
            (screen, share)
        } else {
            best
        }
    });
    let screen = most.0;
    let room = (screen.size() - window.size()).max(Vec2::ZERO);
    Some(window.min.clamp(screen.min, screen.min + room))
}

/// Moves the window to where it can be seen, where the system has put it elsewhere.
fn show_on_screen(ctx: &Context, frame: &Frame) {
    let Some(window) = frame.winit_window() else {
        return;
    };
    // Where windows do not know their place (Wayland), the system sees to it.
    let Ok(place) = window.outer_position() else {
        return;
    };
    let rect = |(x, y): (i32, i32), (width, height): (u32, u32)| {
        Rect::from_min_size(pos2(x as f32, y as f32), vec2(width as f32, height as f32))
    };
    let main = window.primary_monitor();
    let screens: Vec<Rect> = (main.into_iter().chain(window.available_monitors()))
        .map(|screen| rect(screen.position().into(), screen.size().into()))
        .collect();
    let outer = rect(place.into(), window.outer_size().into());
    if let Some(place) = place_on_screen(outer, &screens) {
        let place = place / ctx.pixels_per_point();
        ctx.send_viewport_cmd(ViewportCommand::OuterPosition(place));
    }
}

/// The program as eframe runs it.
pub struct MainWindow {
    app: App,
    /// When the oldest message on screen came up.
    notice_since: Option<(u64, f64)>,
    title: String,
    /// It has been seen to that the window can be seen.
    is_on_screen: bool,
}

impl MainWindow {
    /// Takes up the view of the last run and opens what is to be opened.
    pub fn new(cc: &CreationContext<'_>, opening: StartupFile) -> Self {
        theme::install(&cc.egui_ctx);
        let view: ViewState = cc
            .storage
            .and_then(|s| eframe::get_value(s, VIEW_KEY))
            .unwrap_or_default();
        let ctx = cc.egui_ctx.clone();
        let mut app = App::new(view, opening, move || ctx.request_repaint());
        // Here and not in `App`: tests and `linchpin screenshot` keep no unsaved work.
        if let Some(state) = state_folder() {
            app.enable_autosave(state);
        }
        MainWindow {
            app,
            notice_since: None,
            title: String::new(),
            is_on_screen: false,
        }
    }

    fn expire_notices(&mut self, ctx: &Context) {
        let now = ctx.input(|i| i.time);
        let oldest = self.app.notices.all().first().map(|n| n.id);
        match (oldest, self.notice_since) {
            (Some(id), Some((since_id, since))) if id == since_id => {
                if now - since >= NOTICE_SECONDS {
                    self.app.notices.dismiss(id);
                    self.notice_since = None;
                    ctx.request_repaint();
                } else {
                    ctx.request_repaint_after(std::time::Duration::from_secs_f64(
                        NOTICE_SECONDS - (now - since),
                    ));
                }
            }
            (Some(id), _) => {
                self.notice_since = Some((id, now));
                ctx.request_repaint_after(std::time::Duration::from_secs_f64(NOTICE_SECONDS));
            }
            (None, _) => self.notice_since = None,
        }
    }
}

impl eframe::App for MainWindow {
    fn logic(&mut self, ctx: &Context, frame: &mut Frame) {
        if !std::mem::replace(&mut self.is_on_screen, true) {
            show_on_screen(ctx, frame);
        }
        set_look(ctx, &self.app.view);
        self.app.poll();
        self.expire_notices(ctx);
        // The app asks what becomes of unsaved edits; until that is answered, the window stays.
        if ctx.input(|i| i.viewport().close_requested()) && !self.app.can_close() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        }
        // As editors do: a mark for what is not saved.
        let mark = if self.app.is_dirty() { "● " } else { "" };
        let title = format!("{mark}{} · Linchpin", self.app.file.origin.name());
        // Each command to the window asks for another frame: sent in every one, they would never
        // end.
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut Frame) {
        frame(ui, &mut self.app);
        // After the frame, whose commands may have asked for it.
        if std::mem::take(&mut self.app.window.frame_requests.close_window) {
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// The ground of every page: painted once, by clearing, and not again by panels.
    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn save(&mut self, storage: &mut dyn Storage) {
        eframe::set_value(storage, VIEW_KEY, &self.app.view);
    }

    fn auto_save_interval(&self) -> std::time::Duration {
        std::time::Duration::from_secs(5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(x, y), vec2(width, height))
    }

    #[test]
    fn a_window_that_can_be_seen_stays_where_it_is() {
        let screens = [
            rect(0.0, 0.0, 1920.0, 1080.0),
            rect(-1280.0, 0.0, 1280.0, 1024.0),
        ];
        for (x, y) in [
            (0.0, 0.0),
            (640.0, 200.0),
            // Half of it is beyond the edge, and its title can be taken hold of.
            (1700.0, 900.0),
            (-1000.0, 30.0),
            // It stands on both screens.
            (-60.0, 10.0),
        ] {
            let place = place_on_screen(rect(x, y, 1280.0, 800.0), &screens);
            assert_eq!(place, None, "{x} {y}");
        }
        // One that is narrower than what must be seen of others.
        assert_eq!(place_on_screen(rect(0.0, 0.0, 64.0, 64.0), &screens), None);
    }

    #[test]
    fn a_window_on_no_screen_comes_back_whole() {
        let screens = [
            rect(0.0, 0.0, 1920.0, 1080.0),
            rect(1920.0, 0.0, 1280.0, 1024.0),
        ];
        for ((x, y), place) in [
            // The screen on the left has been unplugged.
            ((-1900.0, 100.0), (0.0, 100.0)),
            ((5000.0, 4000.0), (640.0, 280.0)),
            // Its title is above the screen, or only a corner of it is left.
            ((200.0, -40.0), (200.0, 0.0)),
            ((3190.0, 100.0), (1920.0, 100.0)),
            ((100.0, 1070.0), (100.0, 280.0)),
        ] {
            let found = place_on_screen(rect(x, y, 1280.0, 800.0), &screens);
            assert_eq!(found, Some(pos2(place.0, place.1)), "{x} {y}");
        }
        // Larger than the screen: its title is on it.
        let large = place_on_screen(rect(-9000.0, 0.0, 4000.0, 3000.0), &screens);
        assert_eq!(large, Some(pos2(0.0, 0.0)));
        assert_eq!(place_on_screen(rect(9.0, 9.0, 100.0, 100.0), &[]), None);
    }
}
