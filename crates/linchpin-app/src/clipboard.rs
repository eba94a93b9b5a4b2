//! The system's clipboard: what leaves by it, and who keeps it there.
//!
//! On X11 and on Wayland what was copied lives only as long as the program that offers it, so one
//! connection is held for as long as the window lives. It is opened when something is first copied,
//! away from the frame. When the window closes, a clipboard manager is asked to take over what was
//! copied; where there is none it is gone, which is said when something is first copied.

use super::App;
use super::action::Action;
use super::tasks::TaskOutcome;
use arboard::Error;
use egui::Context;
use linchpin_charts;
use linchpin_register::chart_vocabulary::ImageStyle;
use linchpin_register::query::CountingRule;
use linchpin_register::{Chart, LoadedRegister};
use linchpin_render::export::Format;
use linchpin_render::export::data::{self, DataFormat};
use linchpin_render::export::image::{ImageOptions, Studio};
use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// As what a chart is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyAs {
    /// Pixels.
    Image,
    /// The text of an SVG file.
    Svg,
    /// Title, data as a table, source and citations with links.
    Markdown,
    /// The data alone.
    Csv,
}

impl CopyAs {
    /// "Copied …: Commitments by theme"
    fn label(self) -> &'static str {
        match self {
            CopyAs::Image => "as an image",
            CopyAs::Svg => "as SVG",
            CopyAs::Markdown => "as Markdown",
            CopyAs::Csv => "as CSV",
        }
    }
}

/// What is put on the clipboard.
#[derive(Clone, Debug, PartialEq)]
pub enum ClipboardContent {
    Text(String),
    /// Straight RGBA, row by row.
    Image {
        width_px: usize,
        height_px: usize,
        rgba: Vec<u8>,
    },
}

/// The clipboard, and what it takes to keep something there.
#[derive(Clone)]
pub struct Clipboard {
    open: fn() -> Result<arboard::Clipboard, Error>,
    connection: Arc<Mutex<Option<arboard::Clipboard>>>,
    /// It was said how long something stays there.
    has_told: Arc<AtomicBool>,
}

impl Default for Clipboard {
    fn default() -> Self {
        Clipboard::with_opener(arboard::Clipboard::new)
    }
}

impl Clipboard {
    /// A clipboard that is opened in this way when something is first copied.
    pub fn with_opener(open: fn() -> Result<arboard::Clipboard, Error>) -> Self {
        Clipboard {
            open,
            connection: Arc::default(),
            has_told: Arc::default(),
        }
    }

    /// "Copied as SVG: …", the first time with how long that lasts.
    fn copied_message(&self, copy_as: CopyAs, title: &str) -> String {
        let mut message = format!("Copied {}: {title}", copy_as.label());
        // Elsewhere the system itself keeps what was copied.
        let is_lent = cfg!(all(unix, not(target_os = "macos")));
        // Relaxed: nothing but the flag itself is shared by it.
        if is_lent && !self.has_told.swap(true, Ordering::Relaxed) {
            message.push_str(LENT);
        }
        message
    }

    /// Puts something on the clipboard, where it stays while this value lives. May wait for the
    /// system: never call it in a frame.
    ///
    /// # Errors
    /// Why it could not be done, as a message.
    pub fn set_content(&self, content: ClipboardContent) -> Result<(), String> {
        let mut connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(clipboard) = connection.as_mut()
            // A copy, since the content is needed once more where the connection is lost.
            && set_clipboard(clipboard, content.clone()).is_ok()
        {
            return Ok(());
        }
        // There is no connection yet, or it is lost.
        *connection = None;
        let mut clipboard = (self.open)().map_err(|error| unreachable_message(&error))?;
        set_clipboard(&mut clipboard, content).map_err(|error| refused_message(&error))?;
        *connection = Some(clipboard);
        Ok(())
    }
}

/// What is true of X11 and Wayland.
const LENT: &str = ". Paste it before you close Linchpin, unless a clipboard manager runs here";

fn set_clipboard(
    clipboard: &mut arboard::Clipboard,
    content: ClipboardContent,
) -> Result<(), Error> {
    match content {
        ClipboardContent::Text(text) => clipboard.set_text(text),
        ClipboardContent::Image {
            width_px,
            height_px,
            rgba,
        } => clipboard.set_image(arboard::ImageData {
            width: width_px,
            height: height_px,
            bytes: Cow::Owned(rgba),
        }),
    }
}

fn unreachable_message(error: &Error) -> String {
    format!(
        "Nothing was copied: no clipboard can be reached ({}). Export the chart to a file instead",
        reason(error)
    )
}

fn refused_message(error: &Error) -> String {
    match error {
        Error::ClipboardOccupied => {
            "Nothing was copied: another program holds the clipboard. Try again".to_owned()
        }
        error => format!(
            "Nothing was copied: the clipboard did not take it ({}). \
            Export the chart to a file instead",
            reason(error)
        ),
    }
}

fn reason(error: &Error) -> String {
    match error {
        Error::ClipboardNotSupported => "this system offers none".to_owned(),
        Error::ClipboardOccupied => "another program holds it".to_owned(),
        Error::ConversionFailure => "it does not take images of this kind".to_owned(),
        Error::Unknown { description } => description.trim_end_matches('.').to_owned(),
        other => other.to_string().trim_end_matches('.').to_owned(),
    }
}

impl App {
    /// Does what an action does to the chart on screen.
    pub(super) fn run_chart_copy_action(&mut self, action: Action, ctx: &Context) {
        let id = self.chart_on_screen();
        match action {
            Action::CopySvg => self.copy_chart(&id, CopyAs::Svg, ctx),
            Action::CopyMarkdown => self.copy_chart(&id, CopyAs::Markdown, ctx),
            Action::ToggleChartTable => self.view.toggle_chart_data(&id),
            _ => self.copy_chart(&id, CopyAs::Image, ctx),
        }
    }

    /// Copies the chart with this id, on a thread.
    pub(super) fn copy_chart(&mut self, id: &str, copy_as: CopyAs, ctx: &Context) {
        let subject = ChartSource {
            loaded: self.file.shown.clone(),
            name: self.file.origin.name(),
            rule: self.view.rule,
        };
        let Some(chart) = linchpin_charts::by_id_or_standard(&subject.loaded.register, id).cloned()
        else {
            return;
        };
        let options = ImageOptions {
            style: if ctx.theme() == egui::Theme::Dark {
                ImageStyle::Dark
            } else {
                ImageStyle::Light
            },
            ..ImageOptions::default()
        };
        let clipboard = self.platform.clipboard.clone();
        self.tasks.start("Copying the chart", true, move |control| {
            let rendered = render_chart(&subject, &chart, copy_as, &options);
            // What is on the clipboard cannot be taken back: up to here the task can be cancelled.
            if !control.forbid_cancel() {
                return TaskOutcome::Cancelled;
            }
            match rendered.and_then(|content| clipboard.set_content(content)) {
                Ok(()) => {
                    let message = clipboard.copied_message(copy_as, &chart.title);
                    TaskOutcome::apply(move |app| app.notices.info(message))
                }
                Err(words) => TaskOutcome::Failed(words),
            }
        });
    }
}

/// What a chart is drawn of.
#[derive(Clone)]
pub struct ChartSource {
    pub loaded: LoadedRegister,
    /// The name of the register's file or folder.
    pub name: String,
    pub rule: CountingRule,
}

/// A chart as the clipboard takes it. An SVG carries what it was drawn from, as its file does.
///
/// # Errors
/// Where it cannot be painted: the message.
pub fn render_chart(
    subject: &ChartSource,
    chart: &Chart,
    copy_as: CopyAs,
    options: &ImageOptions,
) -> Result<ClipboardContent, String> {
    let register = &subject.loaded.register;
    // A picture of why there is none would pass for the chart.
    let picture =
        linchpin_charts::build(register, chart, subject.rule).map_err(|error| error.message())?;
    let mut studio = Studio::default();
    match copy_as {
        CopyAs::Markdown => {
            let text = data::write(&picture, register, DataFormat::Markdown);
            Ok(ClipboardContent::Text(text))
        }
        CopyAs::Csv => {
            let text = data::write(&picture, register, DataFormat::Csv);
            Ok(ClipboardContent::Text(text))
        }
        CopyAs::Svg => {
            let of = (&subject.loaded, subject.name.as_str());
            let image = studio.chart(of, chart, subject.rule, Format::Svg, options);
            let bytes = image.map_err(|error| error.to_string())?.bytes;
            String::from_utf8(bytes)
                .map(ClipboardContent::Text)
                .map_err(|error| error.to_string())
        }
        CopyAs::Image => {
            let scene = studio.scene(&picture, options);
            let pixels = scene.and_then(|scene| Ok(scene.to_pixels(options.scale())?));
            let pixels = pixels.map_err(|error| error.to_string())?;
            Ok(ClipboardContent::Image {
                width_px: pixels.width_px as usize,
                height_px: pixels.height_px as usize,
                rgba: pixels.rgba,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(all(unix, not(target_os = "macos")))]
    fn how_long_something_stays_there_is_said_once() {
        let clipboard = Clipboard::default();
        let said = [CopyAs::Svg, CopyAs::Csv].map(|copy| clipboard.copied_message(copy, "Aims"));
        assert_eq!(
            said,
            [
                "Copied as SVG: Aims. Paste it before you close Linchpin, unless a clipboard \
                    manager runs here",
                "Copied as CSV: Aims",
            ]
        );
    }

    #[test]
    fn a_system_without_a_clipboard_is_named_with_the_way_out() {
        let none = Clipboard::with_opener(|| Err(Error::ClipboardNotSupported));
        let said = none.set_content(ClipboardContent::Text("x".into()));
        assert_eq!(
            said.as_ref().map_err(String::as_str),
            Err(
                "Nothing was copied: no clipboard can be reached (this system offers none). \
                Export the chart to a file instead"
            )
        );
        let unknown = Error::Unknown {
            description: "X11 server is unreachable.".into(),
        };
        assert!(unreachable_message(&unknown).contains("(X11 server is unreachable)."));
        assert!(refused_message(&Error::ClipboardOccupied).ends_with("Try again"));
    }
}
