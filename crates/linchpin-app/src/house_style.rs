//! House styles that the user names in the window.

use super::App;
use super::dialog::Dialog;
use super::export_task::ExportForm;
use super::tasks::TaskOutcome;
use linchpin_render::export::house_style::HouseStyleText;
use linchpin_render::export::options::ImageOptions;
use linchpin_task::run_caught;
use std::path::{Path, PathBuf};

impl App {
    /// Reads the house style that a form names, and shows the form with it or with what is wrong.
    pub(super) fn load_house_style(&mut self, mut form: ExportForm) {
        let folder = self.working_folder();
        form.load_house_style(&folder);
        let width = form.image.house.as_ref().and_then(|house| house.width);
        if let Some(size) = width
            && let Ok(usual) = ImageOptions::of_size(&size.to_string())
        {
            form.image.size = usual.size;
            form.image.style = usual.style;
            form.image.dpi = usual.dpi;
            form.image.margin = usual.margin;
        }
        self.dialog = Dialog::Export(Box::new(form));
    }

    /// Opens the system's dialog for a house style.
    pub(super) fn pick_house_style(&mut self) {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Choose a house style")
            .add_filter("House styles", &["ron"])
            .set_directory(self.working_folder())
            .pick_file();
        self.tasks.start("Choosing a file", false, move |_| {
            let chosen = pollster::block_on(dialog).map(|file| file.path().to_owned());
            TaskOutcome::apply(move |app| {
                if let (Some(path), Dialog::Export(form)) = (chosen, &app.dialog) {
                    let mut form = form.as_ref().clone();
                    form.house_style_path = path.display().to_string();
                    app.load_house_style(form);
                }
            })
        });
    }
}

impl ExportForm {
    /// Reads the house style at the path of the form, from `folder` on; without a path there is
    /// none. `false` where it is wrong: then the form says why.
    pub(super) fn load_house_style(&mut self, folder: &Path) -> bool {
        self.error = None;
        let path = self.house_style_path.trim();
        if path.is_empty() {
            self.image.house = None;
            return true;
        }
        let path: PathBuf = folder.join(path);
        // Read within the frame, since it is small; a panic becomes a message in the form.
        let read = run_caught("Reading the house style", || HouseStyleText::read(&path));
        let read = read
            .map_err(|fault| fault.to_string())
            .and_then(|read| read.map_err(|unreadable| unreadable.to_string()));
        match read {
            Ok(read) => {
                let message = read.messages().into_iter().next();
                self.error = message.filter(|_| read.house.is_none());
                self.image.house = read.house;
            }
            Err(words) => {
                self.error = Some(words);
                self.image.house = None;
            }
        }
        self.error.is_none()
    }
}
