//! Fonts made by tests: faces with other letters, and collections of faces.
//!
//! A module of this crate's tests and, by `#[path]`, of those of crates with fonts of their own.

// Each test file uses some of it.
#![allow(dead_code)]

use std::collections::BTreeMap;

/// A font whose characters are those of `map`, each shown by the glyph that `base` has for the
/// second of the pair; a font of the standard format without instructions for joining letters.
pub fn with_letters(base: &[u8], map: &[(char, char)]) -> Vec<u8> {
    let font = skrifa::FontRef::new(base).expect("a font");
    let charmap = skrifa::MetadataProvider::charmap(&font);
    let glyphs: BTreeMap<u32, u32> = map
        .iter()
        .map(|(letter, shown)| {
            let glyph = charmap.map(*shown).expect("a letter of the base");
            (u32::from(*letter), glyph.to_u32())
        })
        .collect();
    let mut tables = tables(base);
    tables.insert(*b"cmap", character_map(&glyphs));
    for dropped in [b"GSUB", b"GPOS", b"GDEF", b"kern"] {
        tables.remove(dropped);
    }
    assemble(&base[..4], &tables, 0)
}

/// A collection (TTC) of fonts.
pub fn collection(fonts: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"ttcf".to_vec();
    out.extend(0x0001_0000_u32.to_be_bytes());
    out.extend((fonts.len() as u32).to_be_bytes());
    let mut bodies = Vec::new();
    let header = 12 + 4 * fonts.len();
    for font in fonts {
        let offset = header + bodies.len();
        out.extend((offset as u32).to_be_bytes());
        // Tables say where they lie in the whole file.
        bodies.extend(assemble(&font[..4], &tables(font), offset));
    }
    out.extend(bodies);
    out
}

type Tables = BTreeMap<[u8; 4], Vec<u8>>;

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn tables(font: &[u8]) -> Tables {
    let count = (word(font, 4) >> 16) as usize;
    let record = |i: usize| 12 + 16 * i;
    (0..count)
        .map(|i| {
            let tag = font[record(i)..record(i) + 4].try_into().expect("a tag");
            let from = word(font, record(i) + 8) as usize;
            let length = word(font, record(i) + 12) as usize;
            (tag, font[from..from + length].to_vec())
        })
        .collect()
}

/// A map of single characters (format 12).
fn character_map(glyphs: &BTreeMap<u32, u32>) -> Vec<u8> {
    let mut out = Vec::new();
    for half in [0_u16, 1, 3, 10, 0, 12, 12, 0] {
        out.extend(half.to_be_bytes());
    }
    let count = glyphs.len() as u32;
    for value in [16 + 12 * count, 0, count] {
        out.extend(value.to_be_bytes());
    }
    for (letter, glyph) in glyphs {
        for value in [*letter, *letter, *glyph] {
            out.extend(value.to_be_bytes());
        }
    }
    out
}

/// A font file of these tables, which begins at `offset` of a larger one. Its sums are left out:
/// no reader here asks for them.
fn assemble(kind: &[u8], tables: &Tables, offset: usize) -> Vec<u8> {
    let mut out = kind.to_vec();
    let count = tables.len() as u16;
    let steps = count.max(1).ilog2() as u16;
    for half in [count, 16 << steps, steps, 16 * count - (16 << steps)] {
        out.extend(half.to_be_bytes());
    }
    let mut at = offset + 12 + 16 * tables.len();
    for (tag, table) in tables {
        out.extend(tag);
        for value in [0, at as u32, table.len() as u32] {
            out.extend(value.to_be_bytes());
        }
        at += table.len().next_multiple_of(4);
    }
    for table in tables.values() {
        out.extend(table);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

/// Text in Hebrew letters that stand for Latin ones: "abc" is alef, bet, gimel. Everything else
/// stays.
pub fn hebrew(latin: &str) -> String {
    let letter = |c: char| match c {
        'a'..='z' => char::from_u32(0x05D0 + u32::from(c) - u32::from('a')).expect("a letter"),
        c => c,
    };
    latin.chars().map(letter).collect()
}

/// The letters that [`hebrew`] makes, each with the Latin one that shows it.
pub fn hebrew_letters() -> Vec<(char, char)> {
    let pair = |latin: char| {
        hebrew(&latin.to_string())
            .chars()
            .map(move |c| (c, latin))
            .collect()
    };
    ('a'..='z').flat_map::<Vec<_>, _>(pair).collect()
}
