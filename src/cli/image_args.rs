//! How images look: the options that every command that makes images has.

use super::render::{SourceFiles, render};
use super::{CliError, output};
use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use linchpin_register::RegisterFile;
use linchpin_register::chart_vocabulary::{EvidenceScope, ImageStyle, NumberStyle};
use linchpin_render::export::house_style::HouseStyleText;
use linchpin_render::export::image::{DPI_AT_1X, ImageOptions};
use linchpin_render::export::options::{check_source_date, evidence_word};
use linchpin_render::export::{HouseStyle, ImageSize, Length, PRESETS, SvgText, Unit};
use ron_lossless::Severity;
use std::path::{Path, PathBuf};

/// Size, style and color.
#[derive(clap::Args)]
pub struct ImageArgs {
    /// Size of the image: a name below, a width ("90 mm", "6.5 in") or a width and a height ("90 x
    /// 60 mm", "1200x675 px") [default: 800 px wide, and as high as the chart needs]
    #[arg(
        long,
        value_name = "SIZE",
        conflicts_with_all = ["width", "height"],
        allow_hyphen_values = true
    )]
    size: Option<String>,
    /// How it looks: size of letters, inks, patterns [default: what suits the size]
    #[arg(long, value_parser = style_parser(), conflicts_with = "theme")]
    style: Option<ImageStyle>,
    /// Blank edge, such as "5 mm"; it is part of the size
    #[arg(long, value_name = "LENGTH", allow_hyphen_values = true)]
    margin: Option<String>,
    /// Pixels to the inch of a PNG; a "px" of the size is a 96th of an inch [default: what suits
    /// the size]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    dpi: Option<f32>,
    /// In greys, with patterns where colors told groups apart
    #[arg(long)]
    grey: bool,
    /// Without a ground
    #[arg(long)]
    transparent: bool,
    /// How numbers are written
    #[arg(long, value_parser = number_style_parser(), ignore_case = true)]
    numbers: Option<NumberStyle>,
    /// A house style: a file with fonts, colors, logo and width
    #[arg(long, value_name = "FILE")]
    house: Option<PathBuf>,
    /// What the image carries of the register [default: full, so that it can be opened as a chart
    /// again]
    #[arg(long, value_parser = evidence_parser())]
    evidence: Option<EvidenceScope>,
    /// Text of an SVG: outlines with selectable text above them, or plain text with its font
    #[arg(long, value_enum, default_value = "overlay")]
    svg_text: SvgTextArg,
    /// Width in pixels at scale 1: the short way for --size
    #[arg(long, value_name = "PX", allow_negative_numbers = true)]
    width: Option<f32>,
    /// Height in pixels at scale 1
    #[arg(long, value_name = "PX", allow_negative_numbers = true)]
    height: Option<f32>,
    /// Pixels of a PNG for each pixel of the size: 2 is 192 dpi
    #[arg(
        long,
        value_name = "N",
        conflicts_with = "dpi",
        allow_negative_numbers = true
    )]
    scale: Option<f32>,
    /// Light or dark: the short way for --style
    #[arg(long, value_enum)]
    theme: Option<super::ThemeArg>,
}

#[derive(Clone, Copy, ValueEnum)]
enum SvgTextArg {
    Overlay,
    Real,
}

/// What `--style` takes. The command line has names of its own: a script must not depend on the
/// words on screen.
pub fn style_parser() -> impl clap::builder::TypedValueParser<Value = ImageStyle> {
    let name = |style: &ImageStyle| match style {
        ImageStyle::Light => "light",
        ImageStyle::Dark => "dark",
        ImageStyle::Print => "print",
        ImageStyle::Slide => "slide",
    };
    let values = ImageStyle::ALL.iter().map(move |style| {
        let meaning = style.meaning().trim_end_matches('.');
        clap::builder::PossibleValue::new(name(style)).help(meaning)
    });
    PossibleValuesParser::new(values).map(move |word| {
        let style = ImageStyle::ALL.iter().find(|style| name(style) == word);
        // The parser lets only these names pass.
        style.copied().unwrap_or(ImageStyle::Light)
    })
}

fn evidence_parser() -> impl clap::builder::TypedValueParser<Value = EvidenceScope> {
    let values = EvidenceScope::ALL.iter().map(|scope| {
        let meaning = scope.meaning().trim_end_matches('.');
        clap::builder::PossibleValue::new(evidence_word(*scope)).help(meaning)
    });
    PossibleValuesParser::new(values).map(|word| {
        let mut all = EvidenceScope::ALL.iter();
        let scope = all.find(|scope| evidence_word(**scope) == word);
        scope.copied().unwrap_or(EvidenceScope::Full)
    })
}

fn number_style_parser() -> impl clap::builder::TypedValueParser<Value = NumberStyle> {
    let values = NumberStyle::ALL
        .iter()
        .map(|style| clap::builder::PossibleValue::new(style.name()).help(style.label()));
    PossibleValuesParser::new(values).map(|word| {
        let mut all = NumberStyle::ALL.iter();
        let style = all.find(|style| style.name().eq_ignore_ascii_case(&word));
        // The parser lets only these names pass.
        style.copied().unwrap_or(NumberStyle::English)
    })
}

/// The sizes that have names, for the help.
pub fn size_help() -> String {
    let mut out = String::from("Sizes:\n");
    for preset in PRESETS {
        let (id, size) = (preset.id, preset.size.to_string());
        let (dpi, style) = (preset.dpi, preset.style.label());
        out.push_str(&format!(
            "  {id:14} {:26} {size:16} {dpi} dpi, {style}\n",
            preset.title
        ));
    }
    out
}

impl ImageArgs {
    /// A look with nothing but size, style and resolution.
    pub fn with_basics(size: Option<String>, style: Option<ImageStyle>, dpi: Option<f32>) -> Self {
        ImageArgs {
            size,
            style,
            margin: None,
            dpi,
            grey: false,
            transparent: false,
            numbers: None,
            house: None,
            evidence: None,
            svg_text: SvgTextArg::Overlay,
            width: None,
            height: None,
            scale: None,
            theme: None,
        }
    }

    /// The options of an image; the house style is read, and its problems are reported.
    ///
    /// # Errors
    /// Where a size, a length or a number is none, or the house style cannot be read.
    pub fn options(&self) -> Result<ImageOptions, CliError> {
        check_source_date().map_err(CliError)?;
        let house = self.house.as_deref().map(read_house_style).transpose()?;
        let own_width = house.as_ref().and_then(|house| house.width);
        let mut options = match (&self.size, own_width) {
            (Some(size), _) => {
                ImageOptions::of_size(size).map_err(|why| CliError(format!("--size: {why}")))?
            }
            // What is asked for on the command line goes before the width of the house style.
            (None, Some(size)) if self.width.is_none() => {
                ImageOptions::of_size(&size.to_string()).map_err(CliError)?
            }
            _ => ImageOptions::default(),
        };
        if self.width.is_some() || self.height.is_some() {
            let px = |value: f32| Length::new(f64::from(value), Unit::Px);
            options.size = ImageSize {
                width: self.width.map_or(options.size.width, px),
                height: self.height.map(px),
            };
        }
        if let Some(style) = self.style {
            options.style = style;
        }
        match self.theme {
            Some(theme) if theme.is_dark() => options.style = ImageStyle::Dark,
            Some(_) => options.style = ImageStyle::Light,
            None => {}
        }
        if let Some(margin) = &self.margin {
            let margin = margin
                .parse()
                .map_err(|why| CliError(format!("--margin: {why}")))?;
            options.margin = Some(margin);
        }
        if let Some(dpi) = self.dpi.or(self.scale.map(|scale| scale * DPI_AT_1X)) {
            options.dpi = dpi;
        }
        if !(0.1..=20.0).contains(&options.scale()) {
            return Err(CliError(
                "--scale goes from 0.1 to 20 (--dpi from 10 to 1920)".into(),
            ));
        }
        options.grey = self.grey;
        options.transparent = self.transparent;
        options.numbers = self.numbers.unwrap_or(options.numbers);
        options.evidence = self.evidence.unwrap_or(options.evidence);
        options.house = house;
        options.svg_text = match self.svg_text {
            SvgTextArg::Overlay => SvgText::Overlay,
            SvgTextArg::Real => SvgText::Real,
        };
        Ok(options)
    }
}

/// Reads a house style, and says what is wrong with it.
fn read_house_style(path: &Path) -> Result<HouseStyle, CliError> {
    let read = HouseStyleText::read(path).map_err(|e| CliError(e.to_string()))?;
    if !read.problems.is_empty() {
        let files = SourceFiles {
            text: &read.text,
            parts: &[RegisterFile::single("", &read.text)],
            names: vec![read.name.clone()],
        };
        output::print_report(&render(&files, &read.problems, false));
    }
    let errors = (read.problems.iter()).filter(|p| p.severity == Severity::Error);
    let errors = match errors.count() {
        1 => "one error".to_owned(),
        n => format!("{n} errors"),
    };
    read.house.ok_or_else(|| {
        CliError(format!(
            "The house style {} has {errors}: no image was written",
            path.display()
        ))
    })
}
