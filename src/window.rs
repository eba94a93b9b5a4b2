//! The window itself: hands frames to the views and commands to the state; nothing else.

use eframe::{CreationContext, Frame, NativeOptions, Renderer, Storage};
use egui::{Context, Ui, ViewportBuilder, ViewportCommand};
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

/// The program as eframe runs it.
pub struct MainWindow {
    app: App,
    /// When the oldest message on screen came up.
    notice_since: Option<(u64, f64)>,
    title: String,
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
        if let Some(state) = state_folder() {
            app.enable_autosave(state);
        }
        MainWindow {
            app,
            notice_since: None,
            title: String::new(),
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
    fn logic(&mut self, ctx: &Context, _: &mut Frame) {
        set_look(ctx, &self.app.view);
        self.app.poll();
        self.expire_notices(ctx);
        if ctx.input(|i| i.viewport().close_requested()) && !self.app.can_close() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        }
        // As editors do: a mark for what is not saved.
        let mark = if self.app.is_dirty() { "● " } else { "" };
        let title = format!("{mark}{} · Linchpin", self.app.file.origin.name());
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut Frame) {
        frame(ui, &mut self.app);
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
