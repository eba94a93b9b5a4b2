//! A chart that an image has brought along, compared with the register that is open.

use super::App;
use super::dialog::{Dialog, LeaveAction};
use super::open_file::{FileOrigin, OpenFile};
use super::page::Page;
use super::tasks::TaskOutcome;
use super::view::ViewState;
use linchpin_charts;
use linchpin_charts::evidence::{self, DrawingState, Evidence};
use linchpin_edit::Difference;
use linchpin_edit::diff::diff_registers;
use linchpin_register::{LoadedRegister, RecordKind, load};
use linchpin_render::export::Format;
use linchpin_render::export::image::ImageOptions;
use std::path::{Path, PathBuf};

/// What images have brought along.
#[derive(Default)]
pub struct ChartsState {
    /// The chart of an image that is being opened.
    pub reopened: Option<Box<ReopenedChart>>,
    /// How the image was made that was opened last: what the next export begins with.
    pub(super) next_image_options: Option<ImageOptions>,
}

/// A chart that an image has brought along.
pub struct ReopenedChart {
    pub path: PathBuf,
    pub evidence: Evidence,
    /// Whether the image still draws what was exported.
    pub drawing: DrawingState,
    /// The records that it carries, as a register of their own.
    excerpt: Option<LoadedRegister>,
    /// What the open register has of them; `None` where that is another register.
    pub in_open_register: Option<ExcerptComparison>,
}

/// What the open register has of an image's records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExcerptComparison {
    /// How many records the image carries, and how many of them the register states.
    pub carried: usize,
    pub stated: usize,
    /// What has changed since the image was made, among what the chart is drawn from.
    pub changed: Vec<Difference>,
}

/// Which of two registers a chart is to be drawn of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReopenedSource {
    /// The open one, as it is now.
    Open,
    /// The image's own, as it was.
    Image,
}

/// Whether a path names an image rather than a register.
pub fn is_image(path: &Path) -> bool {
    Format::from_path(path).is_some() && !path.is_dir()
}

impl ReopenedChart {
    /// Reads an image, and holds it against the register that is open.
    ///
    /// # Errors
    /// Where there is no chart to be had from it, as a message that names the file.
    pub fn read(path: &Path, open: Option<&LoadedRegister>) -> Result<Self, String> {
        let bytes = linchpin_files::read(path).map_err(|error| error.to_string())?;
        let cannot = |why: &str| format!("Cannot open {}: {why}", path.display());
        let (container, evidence) =
            evidence::read(&bytes).map_err(|why| cannot(&why.to_string()))?;
        let drawing = evidence::check_drawing(container, &bytes, &evidence);
        let excerpt = evidence.load_excerpt();
        let here =
            open.and_then(|open| ExcerptComparison::compute(&evidence, excerpt.as_ref(), open));
        let own = excerpt.as_ref().map(|own| &own.register);
        if here.is_none() && own.is_none_or(|own| evidence.chart_in(own).is_none()) {
            let name = &evidence.register.name;
            return Err(cannot(&match &evidence.left_out {
                Some(why) => format!(
                    "{why}. Open the register first, as it was then ({name}, SHA-256 {}), then the \
                    image",
                    evidence.register.sha256
                ),
                None => "what it carries has no chart that this Linchpin knows".to_owned(),
            }));
        }
        Ok(ReopenedChart {
            path: path.to_owned(),
            evidence,
            drawing,
            excerpt,
            in_open_register: here,
        })
    }

    /// The name of the image's file.
    pub fn name(&self) -> String {
        let name = self.path.file_name();
        name.map_or_else(
            || self.path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        )
    }

    /// Whether the chart can be drawn of what the image carries.
    pub fn has_records(&self) -> bool {
        self.excerpt.is_some()
    }

    /// The records that it carries, as a register of their own. They are given away once.
    pub(super) fn take_excerpt(&mut self) -> Option<LoadedRegister> {
        self.excerpt.take()
    }

    /// Goes to the chart.
    pub(super) fn show(&self, view: &mut ViewState) {
        view.push_history();
        view.page = Page::Charts;
        view.charts.open = Some(self.evidence.chart.id.clone());
        view.rule = self.evidence.rule;
    }
}

/// The records by which a register is known again: two registers may share their terms.
fn identifying_records(loaded: &LoadedRegister) -> impl Iterator<Item = (RecordKind, &str)> {
    use RecordKind::{Chart, LadderStep, Priority, Recipe, Theme};
    let all = loaded.register.iter_records();
    all.filter(|(at, _)| !matches!(at.kind, Chart | Priority | Recipe | LadderStep | Theme))
        .map(|(at, record)| (at.kind, record.id()))
}

impl ExcerptComparison {
    /// What a register has of an image's records; `None` where it has no such chart, or less than
    /// half of them.
    fn compute(
        evidence: &Evidence,
        excerpt: Option<&LoadedRegister>,
        open: &LoadedRegister,
    ) -> Option<ExcerptComparison> {
        let chart = linchpin_charts::by_id(&open.register, &evidence.chart.id)?;
        let is_same = open.register.sha256() == Some(evidence.register.sha256.as_str());
        let Some(excerpt) = excerpt else {
            return is_same.then(ExcerptComparison::default);
        };
        let has = |(kind, id): &(RecordKind, &str)| {
            let at = open.register.find(id);
            at.is_some_and(|at| at.kind == *kind)
        };
        let carried = identifying_records(excerpt).count();
        let stated = identifying_records(excerpt).filter(has).count();
        // Without any such record there is nothing to know the register by.
        if stated * 2 < carried.max(1) {
            return None;
        }
        let changed = match is_same {
            true => Vec::new(),
            false => {
                let now = load(evidence::excerpt(open, chart), Vec::new());
                diff_registers(excerpt, &now)
            }
        };
        Some(ExcerptComparison {
            carried,
            stated,
            changed,
        })
    }
}

impl App {
    /// Reads an image away from the frame, and opens what it carries.
    pub(super) fn open_image(&mut self, path: PathBuf) {
        let open = self.file.shown.clone();
        self.tasks.start("Reading the image", true, move |_| {
            let read = ReopenedChart::read(&path, Some(&open));
            TaskOutcome::apply_unless_cancelled(|app| match read {
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
        self.report_drawing(&reopened);
        let drawing = match reopened.drawing {
            DrawingState::Unaltered => ", and its drawing was not altered",
            _ => "",
        };
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
                    "“{title}”: its records have not changed since the image was made{drawing}"
                ));
            }
            None => self.draw_reopened(ReopenedSource::Image),
        }
    }

    /// Says where an image may not show what was exported, and whether that could be checked.
    fn report_drawing(&mut self, reopened: &ReopenedChart) {
        let words = reopened.drawing.sentence(&reopened.name());
        match reopened.drawing {
            DrawingState::Unaltered => {}
            DrawingState::Altered(_) => self.notices.error(words),
            DrawingState::Unchecked(_) => self.notices.info(words),
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
            // What is kept by revision must not take this register for the one before.
            revision: self.file.revision + 1,
            ..OpenFile::from_loaded(origin, excerpt)
        });
        reopened.show(&mut self.view);
    }

    /// Begins with what the command line has read from an image.
    pub(super) fn start_with_image(&mut self, reopened: ReopenedChart) {
        self.report_drawing(&reopened);
        self.charts.next_image_options = Some(ImageOptions::carried(&reopened.evidence));
        self.charts.reopened = Some(Box::new(reopened));
        self.open_reopened();
    }
}
