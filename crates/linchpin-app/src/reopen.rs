//! An image that is opened: its chart comes back, drawn of the open register where that states its records, else of what the image carries.

use super::App;
use super::dialog::{Dialog, Then};
use super::file::{OpenFile, Origin};
use super::jobs::Done;
use super::reopened::{Of, Reopened};
use linchpin_render::export::image::ImageOptions;
use std::path::PathBuf;

impl App {
    /// Reads an image away from the frame, and opens what it carries.
    pub(super) fn open_image(&mut self, path: PathBuf) {
        let open = self.file.shown.clone();
        self.jobs.start("Reading the image", true, move |_| {
            let read = Reopened::read(&path, Some(&open));
            Done::then(|app| match read {
                Ok(reopened) => app.reopen(reopened),
                Err(words) => app.cannot_open(words),
            })
        });
    }

    /// Takes in an image that was read.
    fn reopen(&mut self, reopened: Reopened) {
        self.dialog = Dialog::None;
        self.next_image = Some(ImageOptions::carried(&reopened.evidence));
        let title = reopened.evidence.chart.title.clone();
        let changed = reopened.here.as_ref().map(|here| !here.changed.is_empty());
        self.reopened = Some(Box::new(reopened));
        match changed {
            Some(true) => self.dialog = Dialog::Reopened,
            Some(false) => {
                self.draw_of(Of::Open);
                self.notices.say(format!(
                    "“{title}”: its records have not changed since the image was made"
                ));
            }
            None => self.draw_of(Of::Image),
        }
    }

    /// Shows the chart that was reopened.
    pub(super) fn draw_of(&mut self, of: Of) {
        self.dialog = Dialog::None;
        match of {
            Of::Open => {
                if let Some(reopened) = self.reopened.take() {
                    reopened.show(&mut self.view);
                }
            }
            Of::Image => self.leave_for(Then::OpenReopened),
        }
    }

    /// Opens what an image carries as a register of its own.
    pub(super) fn open_reopened(&mut self) {
        let Some(mut reopened) = self.reopened.take() else {
            return;
        };
        let Some(excerpt) = reopened.take_records() else {
            self.notices.fail(format!(
                "{} carries no records: {}",
                reopened.name(),
                reopened.evidence.left_out.as_deref().unwrap_or_default()
            ));
            return;
        };
        self.view.remember_file(&reopened.path);
        let origin = Origin::Image(reopened.path.clone());
        self.start_with(OpenFile {
            revision: self.file.revision + 1,
            ..OpenFile::of(origin, excerpt)
        });
        reopened.show(&mut self.view);
    }

    /// Begins with what the command line has read from an image.
    pub(super) fn begin_with(&mut self, reopened: Reopened) {
        self.next_image = Some(ImageOptions::carried(&reopened.evidence));
        self.reopened = Some(Box::new(reopened));
        self.open_reopened();
    }
}
