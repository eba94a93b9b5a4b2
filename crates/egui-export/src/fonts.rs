//! The font faces of a context, and which of them has a character.

use crate::path::PathCommand;
use egui::text::FontData;
use egui::{Context, FontFamily, pos2};
use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};
use skrifa::string::StringId;
use std::collections::BTreeMap;

/// A font that text can be set in.
#[derive(Clone, Debug)]
pub struct FontFace {
    /// The key it was installed under in `FontDefinitions`.
    pub key: String,
    /// The family's name as the font states it, such as "Inter".
    pub family: String,
    /// From 1 to 1000; 400 is regular, 600 semibold.
    pub weight: u16,
    /// Whether every glyph is equally wide.
    pub monospaced: bool,
    /// How many font units make an em.
    pub units_per_em: f32,
    /// The bytes, shared.
    pub data: FontData,
}

/// For each family the faces it falls back through, as indices.
pub(crate) type FallbackChains = BTreeMap<FontFamily, Vec<usize>>;

/// Every face of a context, in an order that does not change between runs.
pub(crate) fn collect(ctx: &Context) -> (Vec<FontFace>, FallbackChains) {
    // The first access makes the viewport, without which there is no number of passes; before the
    // first pass there are no fonts, and asking for them panics.
    ctx.input(|_| {});
    if ctx.cumulative_pass_nr() == 0 {
        return (Vec::new(), FallbackChains::new());
    }
    collect_in_pass(ctx)
}

/// The same within a pass, when there are fonts.
pub(crate) fn collect_in_pass(ctx: &Context) -> (Vec<FontFace>, FallbackChains) {
    ctx.fonts(|fonts| {
        let definitions = fonts.definitions();
        let mut faces: Vec<FontFace> = definitions
            .font_data
            .iter()
            .map(|(key, data)| FontFace::new(key, data))
            .collect();
        let mut chains = FallbackChains::new();
        for (family, keys) in &definitions.families {
            let chain = keys
                .iter()
                .filter_map(|key| faces.iter().position(|face| face.key == *key));
            chains.insert(family.clone(), chain.collect());
        }
        // Fonts that a program adds while it runs come after those it was set up with, as in egui.
        for found in fonts.discovered_fonts() {
            let index = faces
                .iter()
                .position(|face| face.key == found.name)
                .unwrap_or_else(|| {
                    faces.push(FontFace::new(&found.name, &found.data));
                    faces.len() - 1
                });
            for family in &found.families {
                let chain = chains.entry(family.family.clone()).or_default();
                if !chain.contains(&index) {
                    chain.push(index);
                }
            }
        }
        (faces, chains)
    })
}

impl FontFace {
    fn new(key: &str, data: &FontData) -> FontFace {
        let mut face = FontFace {
            key: key.to_owned(),
            family: key.to_owned(),
            weight: 400,
            monospaced: false,
            units_per_em: 1000.0,
            data: data.clone(),
        };
        if let Ok(font) = skrifa::FontRef::from_index(data.bytes(), data.index) {
            let name = |id| font.localized_strings(id).english_or_first();
            if let Some(name) =
                name(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| name(StringId::FAMILY_NAME))
            {
                face.family = name.to_string();
            }
            let metrics = font.metrics(Size::unscaled(), LocationRef::default());
            face.weight = font.attributes().weight.value() as u16;
            face.monospaced = metrics.is_monospace;
            face.units_per_em = f32::from(metrics.units_per_em.max(1));
        }
        face
    }

    /// A glyph's outline in font units, with y upward; empty where it has none.
    pub(crate) fn outline(&self, id: u32) -> Vec<PathCommand> {
        let mut pen = OutlineCollector(Vec::new());
        let font = skrifa::FontRef::from_index(self.data.bytes(), self.data.index);
        let glyph = font.ok().and_then(|font| {
            font.outline_glyphs()
                .get(skrifa::GlyphId::new(id))
                .map(|glyph| {
                    let settings = skrifa::outline::DrawSettings::unhinted(
                        Size::unscaled(),
                        LocationRef::default(),
                    );
                    glyph.draw(settings, &mut pen).is_ok()
                })
        });
        if glyph == Some(true) {
            pen.0
        } else {
            Vec::new()
        }
    }
}

struct OutlineCollector(Vec<PathCommand>);

impl skrifa::outline::OutlinePen for OutlineCollector {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(PathCommand::Move(pos2(x, y)));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(PathCommand::Line(pos2(x, y)));
    }
    fn quad_to(&mut self, ax: f32, ay: f32, x: f32, y: f32) {
        self.0.push(PathCommand::Quad(pos2(ax, ay), pos2(x, y)));
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0
            .push(PathCommand::Cubic(pos2(ax, ay), pos2(bx, by), pos2(x, y)));
    }
    fn close(&mut self) {
        self.0.push(PathCommand::Close);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use egui::FontDefinitions;
    use std::path::Path;

    /// The fonts of egui by their names, and those of the repository where this crate stands in it:
    /// they have outlines of the other kind (CFF) and other scripts.
    pub(crate) fn fonts() -> Vec<(String, Vec<u8>)> {
        let mut fonts: Vec<(String, Vec<u8>)> = FontDefinitions::default()
            .font_data
            .iter()
            .map(|(name, data)| (name.clone(), data.bytes().to_vec()))
            .collect();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts");
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|extension| extension == "otf") {
                let name = entry.file_name().to_string_lossy().into_owned();
                fonts.push((name, std::fs::read(path).expect("a readable font")));
            }
        }
        fonts.sort();
        assert!(!fonts.is_empty());
        fonts
    }
}
