//! The fonts of a house style: which face of a file is meant, and whether it can be used.

use super::house_style::HouseStyleFile;
use crate::theme::{FontFaces, FontFile};
use linchpin_task::run_caught;
use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::FileRef;
use skrifa::string::StringId;

/// The largest font that is read, in bytes.
pub(super) const MAX_FONT_BYTES: u64 = 64 << 20;
/// The most fonts that stand in for one another.
pub(super) const MAX_FALLBACKS: usize = 16;
/// The most faces of a collection that a message lists, and the most letters of each name.
const MAX_LISTED: usize = 12;
const MAX_NAME: usize = 48;
/// How high a line may be, in times the size of its letters.
const MAX_LINE_EM: f32 = 8.0;

/// Why a font cannot be used, and what would be right.
pub(super) struct FontProblem {
    pub what: String,
    pub help: String,
}

fn problem(what: impl Into<String>, help: impl Into<String>) -> FontProblem {
    FontProblem {
        what: what.into(),
        help: help.into(),
    }
}

/// The name of a file, and which face of it is meant: "Sans.ttc#2" is the third face of "Sans.ttc".
pub(super) fn file_and_face(name: &str) -> (&str, Option<u32>) {
    let split = name.rsplit_once('#');
    let digits = split.filter(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    match digits {
        // A number that no file reaches is a number all the same, and refused as one.
        Some((file, number)) => (file, Some(number.parse().unwrap_or(u32::MAX))),
        None => (name, None),
    }
}

/// Checks that the bytes are a font with the face that `name` asks for.
pub(super) fn check_font(name: &str, bytes: &[u8]) -> Result<(), FontProblem> {
    // The file may come from anywhere: what a reader of fonts stumbles over is a damaged font.
    run_caught("Reading the house style", || check(name, bytes)).unwrap_or_else(|_| {
        Err(problem(
            "the font is damaged",
            "take the file from its publisher again",
        ))
    })
}

fn check(name: &str, bytes: &[u8]) -> Result<(), FontProblem> {
    const KINDS: &str = "name a TTF, an OTF, or a face of a TTC or OTC file";
    match bytes.get(..4) {
        Some(b"wOFF" | b"wOF2") => {
            return Err(problem(
                "it is a font packed for web pages (WOFF)",
                "name the TTF or the OTF file that it was made from",
            ));
        }
        Some(b"%!PS" | [0x80, 1, _, _]) => {
            return Err(problem("it is a PostScript font (Type 1)", KINDS));
        }
        _ => {}
    }
    let (file, face) = file_and_face(name);
    let damaged = |_| problem("it is no font, or a damaged one", KINDS);
    let font = match FileRef::new(bytes).map_err(damaged)? {
        FileRef::Font(font) => match face {
            None | Some(0) => font,
            Some(_) => {
                return Err(problem(
                    "it holds a single font",
                    format!("write \"{file}\" without a number"),
                ));
            }
        },
        FileRef::Collection(collection) => {
            let count = collection.len();
            let faces = || list_faces(file, bytes, count);
            match face {
                None => {
                    let what = format!("it is a collection of {count} fonts");
                    return Err(problem(what, faces()));
                }
                Some(face) if face >= count => {
                    let what = format!("the collection has no face {face}, but {count} in all");
                    return Err(problem(what, faces()));
                }
                Some(face) => collection.get(face).map_err(damaged)?,
            }
        }
    };
    if font.charmap().mappings().next().is_none() {
        return Err(problem("it does not say which letters it has", KINDS));
    }
    if font.outline_glyphs().format().is_none() {
        let what = "it has no outlines, only bitmaps or colored signs";
        return Err(problem(what, "name a font with outlines"));
    }
    let metrics = font.metrics(Size::unscaled(), LocationRef::default());
    let em = f32::from(metrics.units_per_em);
    let line = metrics.ascent - metrics.descent + metrics.leading;
    if !(16.0..=16_384.0).contains(&em) || !(0.0..=MAX_LINE_EM * em).contains(&line) {
        return Err(problem(
            "the heights that it states are impossible",
            "take the file from its publisher again",
        ));
    }
    Ok(())
}

/// How a face of a collection is named, and what there is to choose from.
fn list_faces(file: &str, bytes: &[u8], count: u32) -> String {
    let mut out = format!("write the number of one behind its name, such as \"{file}#0\"");
    for face in 0..count.min(MAX_LISTED as u32) {
        let name = skrifa::FontRef::from_index(bytes, face)
            .ok()
            .and_then(|font| face_name(&font))
            .unwrap_or_else(|| "a damaged font".to_owned());
        out.push_str(if face == 0 { " (" } else { ", " });
        out.push_str(&format!("{face}: {name}"));
    }
    if count > MAX_LISTED as u32 {
        out.push_str(&format!(" and {} more", count - MAX_LISTED as u32));
    }
    if count > 0 {
        out.push(')');
    }
    out
}

/// What a face calls itself, as far as it can be printed.
fn face_name(font: &skrifa::FontRef<'_>) -> Option<String> {
    let of = |id| font.localized_strings(id).english_or_first();
    let name = of(StringId::FULL_NAME).or_else(|| of(StringId::FAMILY_NAME))?;
    let printable = name
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_.'".contains(*c));
    let name: String = printable.take(MAX_NAME).collect();
    (!name.trim().is_empty()).then_some(name)
}

/// The faces that a house's files hold; a file that did not come along is none.
pub(super) fn font_faces(
    regular: Option<&HouseStyleFile>,
    semibold: Option<&HouseStyleFile>,
    fallback: &[HouseStyleFile],
) -> FontFaces {
    let face = |file: &HouseStyleFile| {
        let index = file_and_face(&file.name).1.unwrap_or(0);
        let bytes = file.bytes.clone();
        (!bytes.is_empty()).then_some(FontFile { bytes, index })
    };
    FontFaces {
        regular: regular.and_then(face),
        semibold: semibold.and_then(face),
        fallback: fallback.iter().filter_map(face).collect(),
    }
}
