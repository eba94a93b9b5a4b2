//! `linchpin screenshot`: the whole window as a picture, painted without a window.

use super::documents::find_document;
use super::input::{FileArg, open};
use super::output::OverwriteArgs;
use super::unknown::unknown_name;
use super::{CliError, CliResult, ExitStatus, output};
use linchpin_app::App;
use linchpin_app::compare::CompareState;
use linchpin_app::open_file::{FileOrigin, OpenFile};
use linchpin_app::page::Page;
use linchpin_app::reader::ReaderSession;
use linchpin_app::view::{ChartsView, ThemeChoice, ViewState};
use linchpin_register::Register;
use linchpin_render::export::{Canvas, Metadata, PngOptions, SOFTWARE, check_size};
use linchpin_render::theme;
use linchpin_ui::frame::frame;
use std::path::PathBuf;

/// Paint the whole window into a PNG, without a desktop
#[derive(clap::Args)]
#[command(
    override_usage = "linchpin screenshot [FILE] --page NAME --to OUT.png [OPTIONS]",
    after_help = AFTER
)]
pub struct ScreenshotArgs {
    #[command(flatten)]
    file: FileArg,
    /// The page: overview, commitments, bodies, figures, timeline, documents, charts, …
    #[arg(long, value_name = "NAME", default_value = "overview")]
    page: String,
    /// The file to write
    #[arg(long, value_name = "OUT.png", group = output::WRITTEN)]
    to: PathBuf,
    #[command(flatten)]
    overwrite: OverwriteArgs,
    /// Width and height of the window
    #[arg(long, value_name = "WxH", default_value = "1280x800", value_parser = parse_size)]
    size: (f32, f32),
    /// Pixels for each pixel of the window
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1.0,
        allow_negative_numbers = true
    )]
    scale: f32,
    #[arg(long, value_enum, default_value = "light")]
    theme: super::ThemeArg,
    /// The id of the record whose details are open
    #[arg(long, value_name = "ID")]
    select: Option<String>,
    /// What is typed into the search
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// The chart that is enlarged on the page of charts
    #[arg(long, value_name = "ID")]
    chart: Option<String>,
    /// Shows the fields of that chart beside its picture
    #[arg(long, requires = "chart")]
    edit: bool,
    /// The document that is open in the reader, and the paragraph in view
    #[arg(long, value_name = "ID[:PARAGRAPH]", value_parser = parse_document_place)]
    read: Option<(String, Option<u32>)>,
    /// Shows that document as it is being coded
    #[arg(long, requires = "read")]
    code: bool,
    /// The documents that stand beside each other on the page of comparisons
    #[arg(long, value_name = "ID:ID", value_parser = parse_pair)]
    compare: Option<(String, String)>,
    /// What is followed through time on the page of comparisons: a commitment or a theme by its id,
    /// else words
    #[arg(long, value_name = "ID", conflicts_with = "compare")]
    follow: Option<String>,
}

const AFTER: &str = "\
Examples:
  linchpin screenshot --page timeline --to timeline.png
  linchpin screenshot register.ron --page commitments --search exercise --to found.png --scale 2 \
--theme dark

Exit codes: 0 done; 2 could not run.";

/// Runs the command.
pub fn run(args: ScreenshotArgs) -> CliResult {
    let input = open(args.file.file.as_deref())?;
    let page = if args.read.is_some() {
        "reader"
    } else if args.compare.is_some() || args.follow.is_some() {
        "compare"
    } else {
        &args.page
    };
    let page = Page::by_id(page).ok_or_else(|| {
        let names: Vec<_> = Page::ALL
            .into_iter()
            .map(|page| (page.id().to_owned(), None))
            .collect();
        unknown_name("page", &args.page, "Pages", &names)
    })?;
    require_known(&args, &input.loaded.register, page)?;
    let size_pt = egui::vec2(args.size.0, args.size.1);
    if !(0.1..=20.0).contains(&args.scale) {
        return Err(CliError("--scale goes from 0.1 to 20".into()));
    }
    check_size(size_pt, args.scale).map_err(|e| CliError(e.to_string()))?;
    let mut view = ViewState {
        page,
        selected: args.select,
        charts: ChartsView {
            open: args.chart,
            is_building: args.edit,
            ..ChartsView::default()
        },
        ..ViewState::default()
    };
    if let Some((document, paragraph)) = args.read {
        let document = find_document(&input.loaded.register, &document)?
            .id
            .to_string();
        view.detail_open = !args.code || view.selected.is_some();
        view.reading = ReaderSession::at_paragraph(document, paragraph, args.code);
    }
    if let (Some(search), Some(kind)) = (args.search, page.table()) {
        view.update_query(kind, |q| q.search = search);
    }
    let id = |typed: &str| find_document(&input.loaded.register, typed).map(|d| d.id.to_string());
    let both = args
        .compare
        .map(|(a, b)| Ok((id(&a)?, id(&b)?)))
        .transpose()?;
    let follow = args.follow.as_deref();
    view.comparing = CompareState::with_selection(&input.loaded.register, both, follow);
    let dark = args.theme.is_dark();
    view.preferences.theme = if dark {
        ThemeChoice::Dark
    } else {
        ThemeChoice::Light
    };
    let origin = match args.file.file {
        None => FileOrigin::BUNDLED,
        Some(path) if path == std::path::Path::new("-") => FileOrigin::StandardInput,
        Some(path) => FileOrigin::from_path(path),
    };
    // The app takes over what was read; the paths are needed once more at the end.
    let sources = input.sources;
    let mut app = App::with_file(view, OpenFile::from_loaded(origin, input.loaded), || {});
    // Two equal frames end the picture, which would not wait for the result of another thread.
    app.derived.runs_in_frame = true;
    let mut canvas = Canvas::new(|ctx| {
        theme::install(ctx);
        ctx.set_theme(if dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        });
    });
    let palette = theme::palette_for(dark);
    // A character that no font has is a box, as it is in the window, and no reason to give up.
    let scene = canvas.record_lossy(size_pt, args.scale, |ui| {
        app.poll();
        // In each pass, since those before the last one only measure.
        app.window.frame_requests.scroll_to_selected = true;
        ui.painter()
            .rect_filled(ui.max_rect(), 0.0, palette.background);
        frame(ui, &mut app);
    });
    let scene = scene.map_err(|e| CliError(e.to_string()))?;
    if !scene.missing_glyphs.is_empty() {
        let signs: String = scene.missing_glyphs.keys().take(20).collect();
        output::print_message(&format!("No face has these characters: {signs}"));
    }
    let metadata = Metadata {
        title: format!("Linchpin: {}", page.title()),
        software: SOFTWARE.to_owned(),
        ..Metadata::default()
    };
    let options = PngOptions {
        metadata,
        pixels_per_point: args.scale,
        dpi: None,
    };
    let bytes = scene.to_png(&options);
    let bytes = bytes.map_err(|e| CliError(e.to_string()))?;
    output::write_result(&args.to, &bytes, args.overwrite, &sources)?;
    Ok(ExitStatus::Success)
}

/// Whether there is what the options name: a picture of the page without it would not say so.
///
/// # Errors
/// What there is not, and what may have been meant.
fn require_known(args: &ScreenshotArgs, register: &Register, page: Page) -> Result<(), CliError> {
    if let Some(id) = &args.select
        && register.find(id).is_none()
    {
        let records = register.iter_records();
        let names = records.map(|(_, record)| (record.id().to_owned(), None));
        return Err(unknown_name(
            "record",
            id,
            "Records",
            &names.collect::<Vec<_>>(),
        ));
    }
    if let Some(id) = &args.chart
        && linchpin_charts::by_id(register, id).is_none()
    {
        let charts = linchpin_charts::charts_of(register).iter();
        let names = charts.map(|c| (c.id.to_string(), Some(c.title.clone())));
        return Err(unknown_name(
            "chart",
            id,
            "Charts",
            &names.collect::<Vec<_>>(),
        ));
    }
    if args.search.is_some() && page.table().is_none() {
        return Err(CliError(format!(
            "The page {} has no search. --search goes with a page that is a table, such as \
            commitments",
            page.id()
        )));
    }
    Ok(())
}

/// "washington-declaration-2023:defense-vision-2023"
fn parse_pair(text: &str) -> Result<(String, String), String> {
    let two = text.split_once(':');
    let two = two.ok_or("write the ids of two documents with `:` between")?;
    Ok((two.0.to_owned(), two.1.to_owned()))
}

/// "defense-vision-2023:5"
fn parse_document_place(text: &str) -> Result<(String, Option<u32>), String> {
    match text.split_once(':') {
        None => Ok((text.to_owned(), None)),
        Some((document, paragraph)) => {
            let number = paragraph.trim().parse::<u32>();
            let number = number.map_err(|_| format!("{paragraph} is no number of a paragraph"))?;
            Ok((document.to_owned(), Some(number)))
        }
    }
}

/// "1280x800"
fn parse_size(text: &str) -> Result<(f32, f32), String> {
    let (width, height) = text
        .split_once(['x', 'X', '×'])
        .ok_or("write width and height as 1280x800")?;
    let side = |s: &str| {
        s.trim()
            .parse::<f32>()
            .map_err(|_| format!("{s} is no number of pixels"))
    };
    Ok((side(width)?, side(height)?))
}
