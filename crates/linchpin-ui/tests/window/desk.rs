//! A window without a display, and ways to use it.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use linchpin_app::App;
use linchpin_app::open_file::{FileOrigin, OpenFile, StartupFile};
use linchpin_app::view::ViewState;
use linchpin_register::load;
use linchpin_render::theme;
use linchpin_text::extract::DocumentReader;
use linchpin_ui::frame::frame;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// The longest that a test waits for another thread before it fails.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Desk {
    pub harness: Harness<'static, App>,
    woken: Receiver<()>,
}

impl Desk {
    /// The bundled register.
    pub fn bundled() -> Self {
        Self::with(linchpin_register::bundled::ALLIANCE_TEXT)
    }

    /// A register from its text.
    pub fn with(text: &str) -> Self {
        let file = OpenFile::from_loaded(FileOrigin::BUNDLED, load(text, Vec::new()));
        Self::build(
            |wake| App::with_file(ViewState::default(), file, wake),
            [1280.0, 800.0],
            false,
        )
    }

    /// A register in scripts that only the system's fonts have.
    pub fn foreign(text: &str) -> Self {
        let file = OpenFile::from_loaded(FileOrigin::BUNDLED, load(text, Vec::new()));
        Self::build(
            |wake| App::with_file(ViewState::default(), file, wake),
            [1280.0, 800.0],
            true,
        )
    }

    /// A file on disk, as the command line opens it.
    pub fn open(path: PathBuf) -> Self {
        Self::build(
            |wake| App::new(ViewState::default(), StartupFile::File(path), wake),
            [1280.0, 800.0],
            false,
        )
    }

    /// What the window opens without a name, after a run in which this file was open.
    pub fn after(last: PathBuf) -> Self {
        let mut view = ViewState::default();
        view.files.last = Some(last);
        Self::build(
            |wake| App::new(view, StartupFile::LastFile, wake),
            [1280.0, 800.0],
            false,
        )
    }

    pub fn sized(size: [f32; 2]) -> Self {
        let file = OpenFile::from_loaded(
            FileOrigin::BUNDLED,
            load(linchpin_register::bundled::ALLIANCE_TEXT, Vec::new()),
        );
        Self::build(
            |wake| App::with_file(ViewState::default(), file, wake),
            size,
            false,
        )
    }

    fn build(
        app: impl FnOnce(Box<dyn Fn() + Send + Sync>) -> App,
        size: [f32; 2],
        foreign: bool,
    ) -> Self {
        let (wake, woken) = channel();
        let wake = std::sync::Mutex::new(wake);
        let mut app = app(Box::new(move || {
            let _ = wake.lock().map(|w| w.send(()));
        }));
        // What runs is a test, which cannot be started to read a document. That the program can is
        // what `tests/cli/hostile.rs` is about.
        app.platform.document_reader = DocumentReader::InProcess(theme::SANS);
        let builder = Harness::builder();
        let builder = if foreign {
            builder.allow_missing_glyphs()
        } else {
            builder
        };
        let mut harness = builder
            .with_size(size)
            .with_theme(egui::Theme::Light)
            .with_context_setup(theme::install)
            .with_max_steps(40)
            .build_ui_state(
                |ui, app: &mut App| {
                    app.poll();
                    frame(ui, app);
                },
                app,
            );
        harness.run_ok();
        Desk { harness, woken }
    }

    pub fn app(&self) -> &App {
        self.harness.state()
    }

    pub fn run(&mut self) {
        self.harness.run_ok();
    }

    /// Runs frames whenever another thread has news, until `done`.
    pub fn wait(&mut self, what: &str, done: impl Fn(&App) -> bool) {
        while !done(self.app()) {
            assert!(
                self.woken.recv_timeout(PATIENCE).is_ok(),
                "waited in vain: {what}"
            );
            self.run();
        }
    }

    /// Runs frames until these words are on screen.
    pub fn wait_for_words(&mut self, words: &str) {
        self.wait_for(words, |desk| desk.says(words));
    }

    /// Runs frames until `done`, also where nobody wakes the window.
    pub fn wait_for(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        let since = Instant::now();
        while !done(self) {
            assert!(since.elapsed() < PATIENCE, "waited in vain: {what}");
            // Either way it is looked at again.
            let _ = self.woken.recv_timeout(Duration::from_millis(20));
            self.run();
        }
    }

    pub fn click(&mut self, role: Role, name: &str) {
        self.harness.get_by_role_and_label(role, name).click();
        self.run();
    }

    /// As a screen reader does: works for what is scrolled out of view, too.
    pub fn choose(&mut self, role: Role, name: &str) {
        self.harness
            .get_by_role_and_label(role, name)
            .click_accesskit();
        self.run();
    }

    pub fn go(&mut self, page: &str) {
        self.click(Role::Tab, page);
    }

    pub fn search(&mut self, text: &str) {
        let field = self.harness.get_by_role(Role::TextInput);
        field.click();
        self.run();
        self.harness.get_by_role(Role::TextInput).type_text(text);
        self.run();
    }

    pub fn press(&mut self, modifiers: egui::Modifiers, key: egui::Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
    }

    /// Presses the key at a place of the keyboard, on which the layout has another one.
    pub fn press_at(&mut self, modifiers: egui::Modifiers, key: egui::Key, place: egui::Key) {
        for pressed in [true, false] {
            let event = egui::Event::Key {
                key,
                physical_key: Some(place),
                pressed,
                repeat: false,
                modifiers,
            };
            self.harness.event_modifiers(event, modifiers);
        }
        self.run();
    }

    /// The rows on screen, by name, each once.
    pub fn rows(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for row in self.harness.query_all_by_role(Role::Row) {
            let name = label(&row);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Whether some node carries this text.
    pub fn says(&self, text: &str) -> bool {
        self.harness
            .query_all_by_label_contains(text)
            .next()
            .is_some()
    }
}

pub fn label(node: &Node<'_>) -> String {
    node.accesskit_node().label().unwrap_or_default()
}

/// A folder of its own for a test, removed at its end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("linchpin-test-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
