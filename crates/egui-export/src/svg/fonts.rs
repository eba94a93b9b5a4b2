//! The fonts of an SVG whose text is text: only the characters in use, within the file, so that it
//! looks the same everywhere.
//!
//! A subset made for PDF lacks two tables that a browser needs: `cmap`, by which it finds the glyph
//! of a character, and `OS/2`, without which it refuses the font. Both are put in here.

use crate::fonts::FontFace;
use crate::scene::{Primitive, Scene};
use base64::Engine as _;
use skrifa::MetadataProvider as _;
use std::collections::{BTreeMap, BTreeSet};
use subsetter::GlyphRemapper;

/// The name under which a picture's own copy of a family is known in it.
pub(crate) fn alias(prefix: &str, face: &FontFace) -> String {
    // Only what needs no escape in CSS or XML.
    let is_plain = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
    let family: String = face.family.chars().filter(is_plain).collect();
    format!("{prefix}{family}")
}

/// The style sheet that brings the fonts along; empty where no text needs one. A font that cannot
/// be subset stays out: then a viewer takes the families that are named after it.
pub(crate) fn style_sheet(scene: &Scene, prefix: &str) -> String {
    // Faces of one name and weight are one face: a program may install a font under two keys.
    let mut used: BTreeMap<(String, u16), (&FontFace, BTreeSet<char>)> = BTreeMap::new();
    for item in &scene.items {
        // Right-to-left text is drawn as outlines.
        if let Primitive::Text(run) = &item.primitive
            && !run.is_rtl
            && let Some(face) = scene.faces.get(run.face)
        {
            let key = (alias(prefix, face), face.weight);
            let (_, chars) = used.entry(key).or_insert((face, BTreeSet::new()));
            chars.extend(run.text.chars());
        }
    }
    let mut out = String::new();
    for ((name, weight), (face, chars)) in used {
        let Some(font) = subset(face.data.bytes(), face.data.index, &chars) else {
            continue;
        };
        let kind = if font.starts_with(b"OTTO") {
            "otf"
        } else {
            "ttf"
        };
        out.push_str(&format!(
            "@font-face{{font-family:'{name}';font-weight:{weight};src:url(data:font/{kind};base64,"
        ));
        base64::engine::general_purpose::STANDARD.encode_string(font, &mut out);
        out.push_str(")}\n");
    }
    if out.is_empty() {
        return out;
    }
    format!("<style>\n{out}</style>\n")
}

/// A font with the glyphs of these characters, and what a browser needs to use it.
fn subset(bytes: &[u8], index: u32, chars: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = skrifa::FontRef::from_index(bytes, index).ok()?;
    let charmap = font.charmap();
    let mut remapper = GlyphRemapper::new();
    // In the order of the characters, as the set is: `cmap` must rise.
    let mut map: Vec<(u32, u16)> = Vec::new();
    for c in chars {
        let glyph = charmap
            .map(*c)
            .and_then(|id| u16::try_from(id.to_u32()).ok());
        if let Some(glyph) = glyph.filter(|glyph| *glyph != 0) {
            map.push((u32::from(*c), remapper.remap(glyph)));
        }
    }
    if map.is_empty() {
        return None;
    }
    let cut = subsetter::subset(bytes, index, &remapper).ok()?;
    let mut tables = tables(&cut)?;
    tables.insert(*b"cmap", cmap(&map));
    let os2 = skrifa::raw::types::Tag::new(b"OS/2");
    // Weight and heights of the whole font hold for the subset too.
    tables.insert(*b"OS/2", font.table_data(os2)?.as_bytes().to_vec());
    Some(assemble(cut.get(..4)?, tables))
}

type Tables = BTreeMap<[u8; 4], Vec<u8>>;

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}

/// The tables of a font file by name.
fn tables(font: &[u8]) -> Option<Tables> {
    let count = word(font, 4)? >> 16;
    let mut tables = Tables::new();
    for i in 0..count as usize {
        let record = 12 + 16 * i;
        let tag: [u8; 4] = font.get(record..record + 4)?.try_into().ok()?;
        let (from, length) = (word(font, record + 8)?, word(font, record + 12)?);
        let (from, length) = (from as usize, length as usize);
        let table = font.get(from..from.checked_add(length)?)?;
        tables.insert(tag, table.to_vec());
    }
    Some(tables)
}

/// Which glyph stands for which character, both rising (format 12).
fn cmap(map: &[(u32, u16)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(28 + 12 * map.len());
    // One table, for Unicode beyond the first 65,536 characters too.
    for half in [0_u16, 1, 3, 10, 0, 12, 12, 0] {
        out.extend_from_slice(&half.to_be_bytes());
    }
    let length = 16 + 12 * map.len() as u32;
    for value in [length, 0, map.len() as u32] {
        out.extend_from_slice(&value.to_be_bytes());
    }
    for (c, glyph) in map {
        for value in [*c, *c, u32::from(*glyph)] {
            out.extend_from_slice(&value.to_be_bytes());
        }
    }
    out
}

/// A font file of these tables.
fn assemble(kind: &[u8], mut tables: Tables) -> Vec<u8> {
    // The sum over the whole file is taken with this field empty, and then put into it.
    if let Some(field) = tables.get_mut(b"head").and_then(|head| head.get_mut(8..12)) {
        field.fill(0);
    }
    let count = tables.len() as u16;
    // For a binary search: the largest power of two, its logarithm, and the rest.
    let steps = count.max(1).ilog2() as u16;
    let range = 16 << steps;
    let mut out = kind.to_vec();
    for half in [count, range, steps, count * 16 - range] {
        out.extend_from_slice(&half.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    let mut head = None;
    for (tag, table) in &tables {
        if tag == b"head" {
            head = Some(offset + 8);
        }
        out.extend_from_slice(tag);
        for value in [sum(table), offset as u32, table.len() as u32] {
            out.extend_from_slice(&value.to_be_bytes());
        }
        offset += table.len().next_multiple_of(4);
    }
    for table in tables.values() {
        out.extend_from_slice(table);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    // The number that the standard wants the sum of the file to make up to.
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(sum(&out));
    if let Some(field) = head.and_then(|at| out.get_mut(at..at + 4)) {
        field.copy_from_slice(&adjustment.to_be_bytes());
    }
    out
}

fn sum(table: &[u8]) -> u32 {
    table.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subset_has_its_characters_with_their_outlines_and_no_others() {
        for (name, font) in crate::fonts::tests::fonts() {
            let font: &'static [u8] = font.leak();
            let all = skrifa::FontRef::new(font).expect("a font").charmap();
            let chars: BTreeSet<char> = "Aé 대한,🎯".chars().collect();
            let chars: BTreeSet<char> = chars
                .into_iter()
                .filter(|c| all.map(*c).is_some())
                .collect();
            let Some(cut) = subset(font, 0, &chars) else {
                assert!(chars.is_empty(), "{name}");
                continue;
            };
            // TrueType keeps its programs for hinting.
            let most = if cut.starts_with(b"OTTO") {
                8_000
            } else {
                16_000
            };
            assert!(cut.len() < most, "{name}: {}", cut.len());
            // The sum over a sound file.
            assert_eq!(sum(&cut), 0xB1B0_AFBA, "{name}");
            let cut: &'static [u8] = cut.leak();
            for c in chars {
                assert_eq!(outline(cut, c), outline(font, c), "{c} of {name}");
                assert!(outline(cut, c).1.is_some(), "{c} of {name}");
            }
            assert_eq!(outline(cut, 'B').0, None, "{name}");
        }
    }

    /// The outline of a character, and its advance.
    fn outline(bytes: &'static [u8], c: char) -> (Option<Vec<crate::PathCommand>>, Option<f32>) {
        let face = FontFace {
            key: String::new(),
            family: String::new(),
            weight: 400,
            monospaced: false,
            units_per_em: 1000.0,
            data: egui::FontData::from_static(bytes),
        };
        let font = skrifa::FontRef::new(bytes).expect("a font");
        let glyph = font.charmap().map(c).map(|id| id.to_u32());
        let width = glyph.and_then(|id| {
            let metrics = font.glyph_metrics(
                skrifa::instance::Size::unscaled(),
                skrifa::instance::LocationRef::default(),
            );
            metrics.advance_width(skrifa::GlyphId::new(id))
        });
        (glyph.map(|id| face.outline(id)), width)
    }

    #[test]
    fn what_is_no_font_has_no_subset() {
        let chars: BTreeSet<char> = "A".chars().collect();
        assert_eq!(subset(b"no font", 0, &chars), None);
        for (name, font) in crate::fonts::tests::fonts() {
            assert_eq!(subset(&font[..font.len() / 4], 0, &chars), None, "{name}");
            assert_eq!(
                subset(&font, 0, &"\u{F0001}".chars().collect()),
                None,
                "{name}"
            );
        }
    }
}
