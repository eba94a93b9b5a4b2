//! A house style as it is written: a small RON file, with its fonts and its logo beside it.

use super::house::{House, HouseFile, Rgb, logo};
use super::size::ImageSize;
use crate::theme;
use egui::Color32;
use linchpin_files::{self, Unreadable};
use linchpin_register::codes;
use ron_lossless::{
    Decode, Decoder, Diagnostic, LineIndex, NodeId, Severity, Span, check_with_ron, decode_bytes,
    parse,
};
use std::path::{Component, Path};

/// The code of the one warning: letters that hardly stand out from the ground.
pub const LOW_CONTRAST: &str = "low-contrast";

/// The largest font or logo that is read, in bytes.
const MAX_FILE_BYTES: usize = 64 << 20;
/// How many categories a palette has, and how many steps its ladder.
const CATEGORIES: usize = 6;
const STEPS: usize = 7;

/// What was read of a house style.
pub struct HouseText {
    /// The path of its file, as it was given.
    pub name: String,
    pub text: String,
    /// In the order of the text.
    pub problems: Vec<Diagnostic>,
    /// `None` where a problem is an error.
    pub house: Option<House>,
}

impl HouseText {
    /// Reads a house style and the files beside it that it names. What is wrong with it is in its
    /// problems.
    ///
    /// # Errors
    /// Where the file cannot be read at all.
    pub fn read(path: &Path) -> Result<HouseText, Unreadable> {
        let source = decode_bytes(linchpin_files::read(path)?);
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let beside =
            |name: &str| linchpin_files::read(&folder.join(name)).map_err(|e| e.to_string());
        let mut read = of_text(&source.text, source.diagnostics, &beside);
        read.name = path.display().to_string();
        Ok(read)
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

/// Reads the files beside a house style: what they hold, or why they cannot be read.
type Beside<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, String>;

fn of_text(text: &str, mut problems: Vec<Diagnostic>, beside: Beside<'_>) -> HouseText {
    let tree = parse(text);
    let mut decoder = Decoder::new(text, &tree);
    let draft = tree.value().and_then(|n| Draft::decode(&mut decoder, n));
    let house = draft.map(|draft| draft.house(&mut decoder, beside));
    problems.extend(tree.diagnostics.iter().cloned());
    problems.extend(decoder.into_diagnostics());
    if problems.is_empty() {
        problems.extend(check_with_ron(text));
    }
    problems.sort_by_key(|problem| problem.span.start);
    let is_sound = problems.iter().all(|p| p.severity == Severity::Warning);
    HouseText {
        name: String::new(),
        text: text.to_owned(),
        house: house.filter(|_| is_sound),
        problems,
    }
}

/// A value with its place.
struct At<T> {
    value: T,
    span: Span,
}

impl<T: Decode> Decode for At<T> {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let span = d.span(node);
        T::decode(d, node).map(|value| At { value, span })
    }
}

impl Decode for Rgb {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let text = String::decode(d, node)?;
        said(d, node, Rgb::try_from(text))
    }
}

impl Decode for ImageSize {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let text = String::decode(d, node)?;
        said(d, node, text.parse())
    }
}

/// Reports what a text was refused for: what is wrong, and what would be right behind the colon.
fn said<T>(d: &mut Decoder<'_>, node: NodeId, read: Result<T, String>) -> Option<T> {
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
struct Draft {
    name: Option<String>,
    fonts: Option<Fonts>,
    colors: Option<Colors>,
    logo: Option<At<String>>,
    width: Option<ImageSize>,
}

impl Decode for Draft {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        const NAMES: &[&str] = &["name", "fonts", "colors", "logo", "width"];
        let fields = d.record(node, "House", NAMES)?;
        Some(Draft {
            name: fields.optional(d, 0),
            fonts: fields.optional(d, 1),
            colors: fields.optional(d, 2),
            logo: fields.optional(d, 3),
            width: fields.optional(d, 4),
        })
    }
}

struct Fonts {
    regular: Option<At<String>>,
    semibold: Option<At<String>>,
}

impl Decode for Fonts {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        let fields = d.record(node, "Typeface", &["regular", "semibold"])?;
        Some(Fonts {
            regular: fields.required(d, 0),
            semibold: fields.optional(d, 1),
        })
    }
}

struct Colors {
    text: Option<At<Rgb>>,
    muted: Option<At<Rgb>>,
    ground: Option<Rgb>,
    accent: Option<Rgb>,
    categories: Vec<Rgb>,
    ladder: Vec<Rgb>,
}

impl Decode for Colors {
    fn decode(d: &mut Decoder<'_>, node: NodeId) -> Option<Self> {
        const NAMES: &[&str] = &["text", "muted", "ground", "accent", "categories", "ladder"];
        let fields = d.record(node, "Palette", NAMES)?;
        let colors = Colors {
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

impl Draft {
    fn house(self, d: &mut Decoder<'_>, beside: Beside<'_>) -> House {
        let mut house = House {
            name: self.name.unwrap_or_default(),
            width: self.width,
            ..House::default()
        };
        if let Some(fonts) = self.fonts {
            let is_font = |bytes: &[u8]| is_font(bytes);
            house.regular = file(d, beside, fonts.regular, &is_font);
            house.semibold = file(d, beside, fonts.semibold, &is_font);
        }
        let is_logo = |bytes: &[u8]| logo(bytes).map(|_| ());
        house.logo = file(d, beside, self.logo, &is_logo);
        if let Some(colors) = self.colors {
            let ground = colors.ground.unwrap_or(Rgb([255; 3]));
            for (role, ink) in [("text", &colors.text), ("muted", &colors.muted)] {
                if let Some(ink) = ink {
                    stands_out(d, role, ink, ground);
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

fn stands_out(d: &mut Decoder<'_>, role: &str, ink: &At<Rgb>, ground: Rgb) {
    let found = theme::contrast(Color32::from(ink.value), Color32::from(ground));
    if found < 4.5 {
        let what = format!("`{role}` has a contrast of only {found:.1} with the ground");
        let help = "letters are easy to read from 4.5 on";
        d.report(Diagnostic::warning(ink.span, LOW_CONTRAST, what).with_help(help));
    }
}

/// Reads a file that the house style names, and says what is wrong with it.
fn file(
    d: &mut Decoder<'_>,
    beside: Beside<'_>,
    name: Option<At<String>>,
    check: &dyn Fn(&[u8]) -> Result<(), String>,
) -> Option<HouseFile> {
    let At { value: name, span } = name?;
    let stays = |path: &Path| path.components().all(|c| matches!(c, Component::Normal(_)));
    if name.trim().is_empty() || !stays(Path::new(&name)) {
        let what = format!("\"{name}\" is no file next to the house style");
        let help = "put the file into the same folder, or one in it, and write its name";
        d.report(Diagnostic::error(span, codes::BAD_PATH, what).with_help(help));
        return None;
    }
    let read = beside(&name).and_then(|bytes| {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(format!(
                "\"{name}\" is larger than {} MiB",
                MAX_FILE_BYTES >> 20
            ));
        }
        check(&bytes).map_err(|why| format!("\"{name}\" cannot be used, {why}"))?;
        Ok(bytes)
    });
    match read {
        Ok(bytes) => Some(HouseFile {
            name,
            bytes: bytes.into(),
        }),
        Err(why) => {
            d.report(Diagnostic::error(span, codes::BAD_VALUE, why));
            None
        }
    }
}

fn is_font(bytes: &[u8]) -> Result<(), String> {
    use skrifa::MetadataProvider as _;
    let font = skrifa::FontRef::from_index(bytes, 0);
    let usable = font.is_ok_and(|font| font.charmap().has_map());
    let format = bytes.get(..4);
    if usable && format != Some(b"ttcf") {
        Ok(())
    } else {
        Err("it is no font: name a TTF or an OTF file".into())
    }
}
