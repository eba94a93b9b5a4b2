//! An image that is opened: its chart comes back, drawn of the open register where that states its records, else of what the image carries.

use super::App;
use super::dialog::{Dialog, LeaveAction};
use super::open_file::{FileOrigin, OpenFile};
use super::reopened_chart::{ReopenedChart, ReopenedSource};
use super::tasks::TaskOutcome;
use linchpin_render::export::image::ImageOptions;
use std::path::PathBuf;

impl App {
    /// Reads an image away from the frame, and opens what it carries.
    pub(super) fn open_image(&mut self, path: PathBuf) {
        let open = self.file.shown.clone();
        self.tasks.start("Reading the image", true, move |_| {
            let read = ReopenedChart::read(&path, Some(&open));
            TaskOutcome::apply(|app| match read {
                Ok(reopened) => app.image_read(reopened),
                Err(words) => app.open_failed(words),
            })
        });
    }

    /// Takes in an image that was read.
    fn image_read(&mut self, reopened: ReopenedChart) {
        self.dialog = Dialog::None;
        self.charts.next_image_options = Some(ImageOptions::carried(&reopened.evidence));
        let title = reopened.evidence.chart.title.clone();
        let changed = reopened
            .in_open_register
            .as_ref()
            .map(|here| !here.changed.is_empty());
        self.charts.reopened = Some(Box::new(reopened));
        match changed {
            Some(true) => self.dialog = Dialog::Reopened,
            Some(false) => {
                self.draw_reopened(ReopenedSource::Open);
                self.notices.info(format!(
                    "“{title}”: its records have not changed since the image was made"
                ));
            }
            None => self.draw_reopened(ReopenedSource::Image),
        }
    }

    /// Shows the chart that was reopened.
    pub(super) fn draw_reopened(&mut self, source: ReopenedSource) {
        self.dialog = Dialog::None;
        match source {
            ReopenedSource::Open => {
                if let Some(reopened) = self.charts.reopened.take() {
                    reopened.show(&mut self.view);
                }
            }
            ReopenedSource::Image => self.leave_or_ask(LeaveAction::OpenReopened),
        }
    }

    /// Opens what an image carries as a register of its own.
    pub(super) fn open_reopened(&mut self) {
        let Some(mut reopened) = self.charts.reopened.take() else {
            return;
        };
        let Some(excerpt) = reopened.take_excerpt() else {
            self.notices.error(format!(
                "{} carries no records: {}",
                reopened.name(),
                reopened.evidence.left_out.as_deref().unwrap_or_default()
            ));
            return;
        };
        self.view.add_recent_file(&reopened.path);
        let origin = FileOrigin::Image(reopened.path.clone());
        self.replace_file(OpenFile {
            revision: self.file.revision + 1,
            ..OpenFile::from_loaded(origin, excerpt)
        });
        reopened.show(&mut self.view);
    }

    /// Begins with what the command line has read from an image.
    pub(super) fn start_with_image(&mut self, reopened: ReopenedChart) {
        self.charts.next_image_options = Some(ImageOptions::carried(&reopened.evidence));
        self.charts.reopened = Some(Box::new(reopened));
        self.open_reopened();
    }
}
