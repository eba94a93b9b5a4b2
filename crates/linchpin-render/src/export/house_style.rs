//! A house style: fonts, colors, logo and width of those who publish. As it is written it is a
//! small RON file, with its fonts and its logo next to it.

use super::house_fonts::{self, MAX_FALLBACKS, MAX_FONT_BYTES};
use super::size::ImageSize;
use crate::theme::{self, FontFaces, Palette};
use egui::Color32;
use linchpin_files::ReadError;
use linchpin_files::sibling_texts::refuse_link_outside;
use linchpin_register::{check_characters, codes};
use ron_lossless::{
    Decode, Decoder, Diagnostic, LineIndex, NodeId, Severity, Span, check_with_ron, decode_bytes,
    parse,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Component, Path};
use std::sync::Arc;

/// The style of a house. An image carries its colors and the names of its files; the files
/// themselves do not travel along.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HouseStyle {
    /// The name of the publisher.
    pub name: String,
    /// The face of text.
    pub regular: Option<HouseStyleFile>,
    /// The face of titles and numbers; left out, the regular one stands there too.
    pub semibold: Option<HouseStyleFile>,
    /// Faces for letters that those before them lack, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fallback: Vec<HouseStyleFile>,
    /// Text.
    pub text: Option<Rgb>,
    /// Text of less weight.
    pub muted: Option<Rgb>,
    /// The background.
    pub ground: Option<Rgb>,
    /// Bars of one series, and what is set off.
    pub accent: Option<Rgb>,
    /// In their order; the style's own follow where there are more groups.
    pub categories: Vec<Rgb>,
    /// Weak to firm: none, or seven.
    pub ladder: Vec<Rgb>,
    /// A PNG at the foot, on the right.
    pub logo: Option<HouseStyleFile>,
    /// What an image is wide where nobody says otherwise.
    pub width: Option<ImageSize>,
}

/// A file that a house style names.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct HouseStyleFile {
    /// As the house style names it.
    pub name: String,
    /// What it holds; nothing where the style came out of an image.
    #[serde(skip)]
    pub bytes: Arc<[u8]>,
}

impl fmt::Debug for HouseStyleFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.bytes.len())
    }
}

/// A color, written "#0B5CAD".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rgb(pub [u8; 3]);

impl TryFrom<String> for Rgb {
    type Error = String;

    fn try_from(text: String) -> Result<Rgb, String> {
        let digits = text.trim().strip_prefix('#').unwrap_or_default();
        let hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        let value = u32::from_str_radix(digits, 16).ok();
        match (value, digits.len(), hex) {
            (Some(v), 6, true) => Ok(Rgb([(v >> 16) as u8, (v >> 8) as u8, v as u8])),
            _ => Err(format!(
                "\"{text}\" is no color: write six hexadecimal digits, such as \"#0B5CAD\""
            )),
        }
    }
}

impl From<Rgb> for String {
    fn from(Rgb([r, g, b]): Rgb) -> String {
        format!("#{r:02X}{g:02X}{b:02X}")
    }
}

/// A logo as straight RGBA, row by row.
pub(super) struct Logo {
    pub rgba: Vec<u8>,
    pub size_px: [usize; 2],
}

impl HouseStyle {
    /// Every file that it names.
    pub(super) fn files(&self) -> impl Iterator<Item = &HouseStyleFile> {
        let faces = self.regular.iter().chain(&self.semibold);
        faces.chain(&self.logo).chain(&self.fallback)
    }

    /// Its fonts.
    pub(super) fn fonts(&self) -> FontFaces {
        house_fonts::font_faces(
            self.regular.as_ref(),
            self.semibold.as_ref(),
            &self.fallback,
        )
    }

    /// The names of its fonts.
    pub(super) fn font_names(&self) -> Vec<String> {
        let faces = self.regular.iter().chain(&self.semibold);
        let names = faces.chain(&self.fallback).map(|file| file.name.clone());
        names.collect()
    }

    /// The pixels of its logo, where it has one that can be read.
    pub(super) fn logo_pixels(&self) -> Option<Logo> {
        let file = self.logo.as_ref()?;
        logo(&file.bytes).ok()
    }

    /// Gives a palette the colors of the style; what follows from background and text follows.
    pub(super) fn recolor(&self, palette: &mut Palette) {
        let set = |role: &mut Color32, color: Option<Rgb>| {
            if let Some(color) = color {
                *role = color.into();
            }
        };
        set(&mut palette.background, self.ground);
        set(&mut palette.text, self.text);
        set(&mut palette.text_muted, self.muted);
        set(&mut palette.accent, self.accent);
        set(&mut palette.bar, self.accent);
        if self.ground.is_some() || self.text.is_some() {
            let between = |share| theme::mix(palette.background, palette.text, share);
            let (surface, grid, hairline) = (between(0.03), between(0.11), between(0.2));
            (palette.surface, palette.grid, palette.hairline) = (surface, grid, hairline);
        }
        for (role, color) in palette.category.iter_mut().zip(&self.categories) {
            *role = (*color).into();
        }
        if self.ladder.len() == palette.ladder.len() {
            for (role, color) in palette.ladder.iter_mut().zip(&self.ladder) {
                *role = (*color).into();
            }
        }
    }
}

/// The most pixels that a side of a logo may have.
const MAX_LOGO_PX: u32 = 4_096;

/// Reads a PNG.
///
/// # Errors
/// Why it cannot be read, in words.
fn logo(bytes: &[u8]) -> Result<Logo, String> {
    let mut decoder = ::png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(
        ::png::Transformations::normalize_to_color8() | ::png::Transformations::ALPHA,
    );
    let unreadable = |_| "it is no PNG that can be read".to_owned();
    let mut reader = decoder.read_info().map_err(unreadable)?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width > MAX_LOGO_PX || height > MAX_LOGO_PX {
        return Err(format!(
            "it has {width} x {height} pixels: at most {MAX_LOGO_PX} to a side"
        ));
    }
    let size = reader.output_buffer_size().unwrap_or(0);
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(unreadable)?;
    pixels.truncate(frame.buffer_size());
    let rgba = match frame.color_type {
        ::png::ColorType::Rgba => pixels,
        ::png::ColorType::GrayscaleAlpha => (pixels.chunks_exact(2))
            .flat_map(|p| [p[0], p[0], p[0], p[1]])
            .collect(),
        _ => return Err("it is no PNG that can be read".into()),
    };
    Ok(Logo {
        rgba,
        size_px: [width as usize, height as usize],
    })
}

impl From<Rgb> for Color32 {
    fn from(Rgb([r, g, b]): Rgb) -> Color32 {
        Color32::from_rgb(r, g, b)
    }
}

/// The code of the one warning: letters that hardly stand out from the background.
pub const LOW_CONTRAST: &str = "low-contrast";

/// The largest logo that is read, in bytes.
const MAX_LOGO_BYTES: u64 = 16 << 20;
/// How many categories a palette has, and how many steps its ladder.
const CATEGORIES: usize = 6;
const STEPS: usize = 7;

/// What was read of a house style.
pub struct HouseStyleText {
    /// The path of its file, as it was given.
    pub name: String,
    /// The text of its file.
    pub text: String,
    /// In the order of the text.
    pub problems: Vec<Diagnostic>,
    /// `None` where a problem is an error.
    pub house: Option<HouseStyle>,
}

impl HouseStyleText {
    /// Reads a house style and the files next to it that it names. What is wrong with it is in its
    /// problems.
    ///
    /// # Errors
    /// Where the file cannot be read at all.
    pub fn read(path: &Path) -> Result<HouseStyleText, ReadError> {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        // A house style from elsewhere must not have other files of the user put into images.
        let read_sibling = |name: &str, max_bytes: u64| {
            let path = folder.join(name);
            refuse_link_outside(&folder, name).map_err(|kind| {
                let path = path.clone();
                ReadError { path, kind }.to_string()
            })?;
            // Asked before reading: a file of gigabytes need not be read to be refused.
            let bytes = std::fs::metadata(&path).map_or(0, |data| data.len());
            let too_large = || format!("\"{name}\" is larger than {} MiB", max_bytes >> 20);
            if bytes > max_bytes {
                return Err(too_large());
            }
            let bytes = linchpin_files::read(&path).map_err(|e| e.to_string())?;
            match bytes.len() as u64 > max_bytes {
                true => Err(too_large()),
                false => Ok(bytes),
            }
        };
        let mut read = HouseStyleText::from_bytes(linchpin_files::read(path)?, &read_sibling);
        read.name = path.display().to_string();
        Ok(read)
    }

    /// Reads a house style that is in memory, without a name. `read_sibling` has the files next to
    /// it, or says why one cannot be read.
    pub fn from_bytes(bytes: Vec<u8>, read_sibling: ReadSibling<'_>) -> HouseStyleText {
        let source = decode_bytes(bytes);
        of_text(&source.text, source.diagnostics, read_sibling)
    }

    /// The problems as lines: file, line, column, what is wrong, what would be right.
    pub fn messages(&self) -> Vec<String> {
        let lines = LineIndex::new(&self.text);
        let line = |problem: &Diagnostic| {
            let at = lines.position(&self.text, problem.span.start);
            let help = problem.help.as_ref().map(|h| format!(": {h}"));
            format!(
                "{}:{}:{}: {}{}",
                self.name,
                at.line,
                at.column,
                problem.message,
                help.unwrap_or_default()
            )
        };
        self.problems.iter().map(line).collect()
    }
}

/// Reads the files next to a house style, up to so many bytes: what they hold, or why they cannot
/// be read.
pub type ReadSibling<'a> = &'a dyn Fn(&str, u64) -> Result<Vec<u8>, String>;

fn of_text(
    text: &str,
    mut problems: Vec<Diagnostic>,
    read_sibling: ReadSibling<'_>,
) -> HouseStyleText {
    let tree = parse(text);
    let mut decoder = Decoder::new(text, &tree).with_text_rule(check_characters);
    let record = tree
        .value()
        .and_then(|n| HouseStyleRecord::decode(&mut decoder, n));
    let house = record.map(|record| record.house(&mut decoder, read_sibling));
    problems.extend(tree.diagnostics.iter().cloned());
    problems.extend(decoder.into_diagnostics());
    // A second opinion, where ours has nothing to say: what is not RON to others is not passed on.
    if problems.is_empty() {
        problems.extend(check_with_ron(text));
    }
    problems.sort_by_key(|problem| problem.span.start);
    let is_sound = problems.iter().all(|p| p.severity == Severity::Warning);
    HouseStyleText {
        name: String::new(),
        text: text.to_owned(),
        house: house.filter(|_| is_sound),
        problems,
    }
}

/// A value with its place.
struct Spanned<T> {
    value: T,
    span: Span,
}

impl<T: Decode> Decode for Spanned<T> {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let span = d.span(node);
        T::decode(d, node).map(|value| Spanned { value, span })
    }
}

impl Decode for Rgb {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let text = String::decode(d, node)?;
        reported(d, node, Rgb::try_from(text))
    }
}

impl Decode for ImageSize {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let text = String::decode(d, node)?;
        reported(d, node, text.parse())
    }
}

/// Reports what a text was refused for: what is wrong, and what would be right behind the colon.
fn reported<T>(d: &mut Decoder<'_>, node: NodeId, read: Result<T, String>) -> Option<T> {
    read.map_err(|why| {
        let (what, right) = match why.split_once(": ") {
            Some((what, right)) => (what.to_owned(), Some(right.to_owned())),
            None => (why, None),
        };
        let mut problem = Diagnostic::error(d.span(node), codes::BAD_VALUE, what);
        problem.help = right;
        d.report(problem);
    })
    .ok()
}

/// The file as it stands.
struct HouseStyleRecord {
    name: Option<String>,
    fonts: Option<HouseFonts>,
    colors: Option<HouseColors>,
    logo: Option<Spanned<String>>,
    width: Option<ImageSize>,
}

impl Decode for HouseStyleRecord {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        const NAMES: &[&str] = &["name", "fonts", "colors", "logo", "width"];
        let fields = d.record(node, "House", NAMES)?;
        Some(HouseStyleRecord {
            name: fields.optional(d, 0),
            fonts: fields.optional(d, 1),
            colors: fields.optional(d, 2),
            logo: fields.optional(d, 3),
            width: fields.optional(d, 4),
        })
    }
}

struct HouseFonts {
    regular: Option<Spanned<String>>,
    semibold: Option<Spanned<String>>,
    fallback: Vec<Spanned<String>>,
}

impl Decode for HouseFonts {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let fields = d.record(node, "Typeface", &["regular", "semibold", "fallback"])?;
        let fallback: Vec<Spanned<String>> = fields.list(d, 2);
        // Without a face of its own, a house completes the program's.
        let needs_regular = fallback.is_empty() || fields.node(1).is_some();
        if let Some(list) = fields.node(2).filter(|_| fallback.len() > MAX_FALLBACKS) {
            let what = format!("There are {} fallback fonts", fallback.len());
            let problem = Diagnostic::error(d.span(list), codes::BAD_VALUE, what);
            d.report(problem.with_help(format!("give at most {MAX_FALLBACKS}")));
        }
        Some(HouseFonts {
            regular: match needs_regular {
                true => fields.required(d, 0),
                false => fields.optional(d, 0),
            },
            semibold: fields.optional(d, 1),
            fallback: fallback.into_iter().take(MAX_FALLBACKS).collect(),
        })
    }
}

struct HouseColors {
    text: Option<Spanned<Rgb>>,
    muted: Option<Spanned<Rgb>>,
    ground: Option<Rgb>,
    accent: Option<Rgb>,
    categories: Vec<Rgb>,
    ladder: Vec<Rgb>,
}

impl Decode for HouseColors {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        const NAMES: &[&str] = &["text", "muted", "ground", "accent", "categories", "ladder"];
        let fields = d.record(node, "Palette", NAMES)?;
        let colors = HouseColors {
            text: fields.optional(d, 0),
            muted: fields.optional(d, 1),
            ground: fields.optional(d, 2),
            accent: fields.optional(d, 3),
            categories: fields.list(d, 4),
            ladder: fields.list(d, 5),
        };
        let items = |d: &Decoder<'_>, at: usize| {
            let list = fields.node(at)?;
            Some((d.span(list), d.tree().children(list).count()))
        };
        if let Some((span, count)) = items(d, 4).filter(|(_, count)| *count > CATEGORIES) {
            let what = format!("There are {count} categories");
            let problem = Diagnostic::error(span, codes::BAD_VALUE, what);
            d.report(problem.with_help(format!("give at most {CATEGORIES} colors")));
        }
        let wrong = |count: usize| count != 0 && count != STEPS;
        if let Some((span, count)) = items(d, 5).filter(|(_, count)| wrong(*count)) {
            let what = format!("The ladder has {count} colors");
            let help = format!("give {STEPS}, from the weakest step to the firmest, or none");
            d.report(Diagnostic::error(span, codes::BAD_VALUE, what).with_help(help));
        }
        Some(colors)
    }
}

impl HouseStyleRecord {
    fn house(self, d: &mut Decoder<'_>, read_sibling: ReadSibling<'_>) -> HouseStyle {
        let mut house = HouseStyle {
            name: self.name.unwrap_or_default(),
            width: self.width,
            ..HouseStyle::default()
        };
        if let Some(fonts) = self.fonts {
            house.regular = fonts.regular.and_then(|at| font(d, read_sibling, at));
            house.semibold = fonts.semibold.and_then(|at| font(d, read_sibling, at));
            let fallback = fonts.fallback.into_iter();
            house.fallback = fallback
                .filter_map(|at| font(d, read_sibling, at))
                .collect();
        }
        house.logo = self.logo.and_then(|at| read_logo(d, read_sibling, at));
        if let Some(colors) = self.colors {
            let ground = colors.ground.unwrap_or(Rgb([255; 3]));
            for (role, color) in [("text", &colors.text), ("muted", &colors.muted)] {
                if let Some(color) = color {
                    check_contrast(d, role, color, ground);
                }
            }
            house.text = colors.text.map(|at| at.value);
            house.muted = colors.muted.map(|at| at.value);
            house.ground = colors.ground;
            house.accent = colors.accent;
            house.categories = colors.categories;
            house.ladder = colors.ladder;
        }
        house
    }
}

fn check_contrast(d: &mut Decoder<'_>, role: &str, color: &Spanned<Rgb>, ground: Rgb) {
    let found = theme::contrast(Color32::from(color.value), Color32::from(ground));
    if found < 4.5 {
        let what = format!("`{role}` has a contrast of only {found:.1} with the ground");
        let help = "letters are easy to read from 4.5 on";
        d.report(Diagnostic::warning(color.span, LOW_CONTRAST, what).with_help(help));
    }
}

/// Reads a font that the house style names, and says what is wrong with it.
fn font(
    d: &mut Decoder<'_>,
    read_sibling: ReadSibling<'_>,
    name: Spanned<String>,
) -> Option<HouseStyleFile> {
    let Spanned { value: name, span } = name;
    let (file, _) = house_fonts::file_and_face(&name);
    let bytes = sibling(d, read_sibling, file, span, MAX_FONT_BYTES)?;
    if let Err(problem) = house_fonts::check_font(&name, &bytes) {
        let what = format!("\"{name}\" cannot be used, {}", problem.what);
        d.report(Diagnostic::error(span, codes::BAD_VALUE, what).with_help(problem.help));
        return None;
    }
    let bytes = bytes.into();
    Some(HouseStyleFile { name, bytes })
}

/// Reads the logo that the house style names, and says what is wrong with it.
fn read_logo(
    d: &mut Decoder<'_>,
    read_sibling: ReadSibling<'_>,
    name: Spanned<String>,
) -> Option<HouseStyleFile> {
    let Spanned { value: name, span } = name;
    let bytes = sibling(d, read_sibling, &name, span, MAX_LOGO_BYTES)?;
    if let Err(why) = logo(&bytes) {
        let what = format!("\"{name}\" cannot be used, {why}");
        d.report(Diagnostic::error(span, codes::BAD_VALUE, what));
        return None;
    }
    let bytes = bytes.into();
    Some(HouseStyleFile { name, bytes })
}

/// Reads a file next to the house style, and says why it cannot be read.
fn sibling(
    d: &mut Decoder<'_>,
    read_sibling: ReadSibling<'_>,
    name: &str,
    span: Span,
    max_bytes: u64,
) -> Option<Vec<u8>> {
    // A house style may come from a stranger: it must not make the program read files elsewhere.
    let stays = |path: &Path| path.components().all(|c| matches!(c, Component::Normal(_)));
    if name.trim().is_empty() || !stays(Path::new(name)) {
        let what = format!("\"{name}\" is no file next to the house style");
        let help = "put the file into the same folder, or one in it, and write its name";
        d.report(Diagnostic::error(span, codes::BAD_PATH, what).with_help(help));
        return None;
    }
    match read_sibling(name, max_bytes) {
        Ok(bytes) => Some(bytes),
        Err(why) => {
            d.report(Diagnostic::error(span, codes::BAD_VALUE, why));
            None
        }
    }
}
