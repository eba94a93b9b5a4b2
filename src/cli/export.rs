//! `linchpin export`: charts as images, without a window.

use super::export_batch;
use super::image_args::{ImageArgs, size_help};
use super::input::{FileArg, RegisterInput, open};
use super::output::OverwriteArgs;
use super::unknown::unknown_name;
use super::{CliError, CliResult, ExitStatus, output};
use clap::ValueEnum;
use linchpin_charts;
use linchpin_register::Chart;
use linchpin_register::query::{CountScope, CountingRule, VoiceScope};
use linchpin_render::export::data::{self, DataFormat};
use linchpin_render::export::image::{ImageOptions, Studio};
use linchpin_render::export::medium::small_letters_text;
use linchpin_render::export::{Format, ImageError};
use std::path::PathBuf;

/// Save charts as images (PNG, SVG, PDF), as data (CSV, Markdown, JSON), or as a report (HTML, PDF)
#[derive(clap::Args)]
#[command(
    override_usage = "linchpin export [FILE] --chart ID --to OUT.png|svg|pdf|csv|md|json \
        [OPTIONS]\n       linchpin export [FILE] --all --to DIR [--format png,svg,pdf] \
        [OPTIONS]\n       linchpin export [FILE] --recipe ID --to DIR\n       linchpin export \
        [FILE] --report --to OUT.html|pdf",
    after_help = after_help()
)]
pub struct ExportArgs {
    #[command(flatten)]
    file: FileArg,
    /// The chart, by its id (see `linchpin list`)
    #[arg(long, value_name = "ID", conflicts_with_all = ["many", "report"])]
    chart: Option<String>,
    #[command(flatten)]
    many: export_batch::BatchArgs,
    /// The file to write, whose extension names the format; with --all and recipes the folder
    #[arg(long, value_name = "OUT", group = output::WRITTEN)]
    to: PathBuf,
    #[command(flatten)]
    overwrite: OverwriteArgs,
    /// With --all: the formats, with commas between
    #[arg(
        long,
        value_delimiter = ',',
        value_enum,
        default_value = "png",
        requires = "all"
    )]
    format: Vec<ImageFormatArg>,
    #[command(flatten)]
    look: ImageArgs,
    #[command(flatten)]
    counted: CountingArgs,
}

#[derive(clap::Args)]
struct CountingArgs {
    /// Which commitments count
    #[arg(long, value_enum, default_value = "all")]
    count: CountArg,
    /// Whose words count
    #[arg(long, value_enum, default_value = "all")]
    voices: VoicesArg,
}

#[derive(Clone, Copy, ValueEnum)]
enum ImageFormatArg {
    Png,
    Svg,
    Pdf,
}

#[derive(Clone, Copy, ValueEnum)]
enum CountArg {
    All,
    WithoutChildren,
    Strict,
}

#[derive(Clone, Copy, ValueEnum)]
enum VoicesArg {
    All,
    Document,
}

fn after_help() -> String {
    format!("{}\n{AFTER}", size_help())
}

const AFTER: &str = "\
The same register gives the same bytes, every time. SOURCE_DATE_EPOCH, where it is set, is the \
date that the files name.
A chart's data as a table goes to .csv, .md or .json: what is drawn, with the ids of the records \
behind it.

Examples:
  linchpin export --chart timeline --to timeline.svg
  linchpin export --chart timeline --to timeline.csv
  linchpin export register.ron --all --to figures --format png,pdf --dpi 300
  linchpin export --chart timeline --to timeline.pdf --size single-column --grey
  linchpin export --chart timeline --to timeline.png --size \"150 x 100 mm\" --house house-style.ron
  linchpin export register.ron --recipe annual-report --to figures
  linchpin export register.ron --report --to report.html

A folder of images knows what they were made from, in `.linchpin-export.json`: what has not \
changed is not made again,
unless --force asks for all of them.

Letters never fall below 6 points in print and 12 on a slide: where a size is too small for a \
chart, no image is made,
and a size that would do is named.

Exit codes: 0 done; 1 a chart cannot be drawn, or cannot be read at its size, and its reason is \
told: it has no file,
and a report says why in its place; 2 could not run.";

/// Runs the command.
pub fn run(args: ExportArgs) -> CliResult {
    let input = open(args.file.file.as_deref())?;
    input.warn_about_problems()?;
    let options = args.look.options()?;
    let rule = args.counted.rule();
    let order = export_batch::BatchExport {
        input: &input,
        file: args.file.file.as_deref(),
        to: &args.to,
        options: &options,
        rule,
        overwrite: args.overwrite,
    };
    if let Some(id) = &args.chart {
        let chart = linchpin_charts::by_id(&input.loaded.register, id).ok_or_else(|| {
            let names: Vec<_> = linchpin_charts::charts_of(&input.loaded.register)
                .iter()
                .map(|c| (c.id.as_str().to_owned(), Some(c.title.clone())))
                .collect();
            unknown_name("chart", id, "Charts", &names)
        })?;
        let register = &input.loaded.register;
        // A picture of why there is none would pass for the chart.
        let picture = match linchpin_charts::build(register, chart, rule) {
            Ok(picture) => picture,
            Err(error) => {
                output::print_message(&format!("{id} cannot be drawn: {}", error.message()));
                return Ok(ExitStatus::Problems);
            }
        };
        if let Some(format) = DataFormat::from_path(&args.to) {
            let text = data::write(&picture, register, format);
            let (to, sources) = (&args.to, &input.sources);
            output::write_result(to, text.as_bytes(), args.overwrite, sources)?;
            return Ok(ExitStatus::Success);
        }
        return write_image(&input, chart, &args, &options);
    }
    let formats: Vec<Format> = args.format.iter().map(|format| format.format()).collect();
    order.run(&args.many, &formats)
}

impl ImageFormatArg {
    fn format(self) -> Format {
        match self {
            ImageFormatArg::Png => Format::Png,
            ImageFormatArg::Svg => Format::Svg,
            ImageFormatArg::Pdf => Format::Pdf,
        }
    }
}

impl CountingArgs {
    fn rule(&self) -> CountingRule {
        CountingRule {
            count: match self.count {
                CountArg::All => CountScope::All,
                CountArg::WithoutChildren => CountScope::WithoutChildren,
                CountArg::Strict => CountScope::Strict,
            },
            voices: match self.voices {
                VoicesArg::All => VoiceScope::All,
                VoicesArg::Document => VoiceScope::Document,
            },
        }
    }
}

/// Writes the image of a chart, or says why there is none.
fn write_image(
    input: &RegisterInput,
    chart: &Chart,
    args: &ExportArgs,
    options: &ImageOptions,
) -> CliResult {
    let id = chart.id.as_str();
    let format = Format::from_path(&args.to).ok_or_else(|| {
        CliError(format!(
            "{} names no format: end it with .png, .svg or .pdf for an image, or .csv, .md or \
            .json for its data",
            args.to.display()
        ))
    })?;
    let name = input.file_name();
    let register = (&input.loaded, name.as_str());
    let rule = args.counted.rule();
    let image = match Studio::default().chart(register, chart, rule, format, options) {
        Ok(image) => image,
        Err(ImageError::TooSmall(why)) => {
            output::print_message(&format!("{id} cannot be read: {why}"));
            return Ok(ExitStatus::Problems);
        }
        Err(error) => return Err(CliError(format!("{id}: {error}"))),
    };
    let small = image
        .smallest_type
        .and_then(|pt| small_letters_text(pt, options.medium()));
    if let Some(small) = small {
        output::print_message(&format!("{id}: {small}"));
    }
    output::write_result(&args.to, &image.bytes, args.overwrite, &input.sources)?;
    Ok(ExitStatus::Success)
}
