//! The glyphs of a text, in the order in which egui's layout emits them.
//!
//! A laid out galley says where each glyph stands but not which glyph it is. So the text is cut
//! into runs and shaped once more, by egui's own rules and with its own shaper; glyph for glyph,
//! the two then agree, in right-to-left text too.

use super::faces::{Chains, Face};
use super::slots::{Emitter, Slot, TOFU};
use egui::FontFamily;
use egui::text::LayoutJob;
use skrifa::MetadataProvider as _;
use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

/// Shapes text with the faces of a context.
pub(super) struct Typesetter<'a> {
    faces: &'a [Face],
    chains: Chains,
    /// Parsed when first used.
    opened: Vec<Option<Opened<'a>>>,
    chosen: HashMap<(FontFamily, char), usize>,
}

struct Opened<'a> {
    font: skrifa::FontRef<'a>,
    charmap: skrifa::charmap::Charmap<'a>,
    shaper: Option<harfrust::ShaperData>,
}

impl<'a> Typesetter<'a> {
    pub fn new(faces: &'a [Face], chains: Chains) -> Typesetter<'a> {
        let open = |face: &'a Face| {
            let font = skrifa::FontRef::from_index(face.data.bytes(), face.data.index).ok()?;
            let charmap = font.charmap();
            Some(Opened {
                font,
                charmap,
                shaper: None,
            })
        };
        Typesetter {
            faces,
            chains,
            opened: faces.iter().map(open).collect(),
            chosen: HashMap::new(),
        }
    }

    pub fn face(&self, index: usize) -> Option<&'a Face> {
        self.faces.get(index)
    }

    /// The slots of each paragraph of a job.
    pub fn plan(&mut self, job: &LayoutJob) -> Vec<Vec<Slot>> {
        let mut paragraphs = vec![Vec::new()];
        for (section, format) in job.sections.iter().enumerate() {
            let range = format.byte_range.start.0..format.byte_range.end.0;
            let Some(text) = job.text.get(range.clone()) else {
                continue;
            };
            let mut from = range.start;
            let mut lead_pt = format.leading_space;
            for (i, line) in lines(text, job.break_on_newline).enumerate() {
                if i > 0 {
                    paragraphs.push(Vec::new());
                    lead_pt = 0.0;
                }
                if let Some(slots) = paragraphs.last_mut() {
                    let start = slots.len();
                    self.line(job, section, from..from + line.len(), slots);
                    if let Some(first) = slots.get_mut(start) {
                        first.space_before_pt += lead_pt;
                        if start == 0 {
                            // No letter stands before the first one of a paragraph.
                            first.space_before_pt = lead_pt;
                        }
                    }
                }
                from += line.len() + 1;
            }
        }
        paragraphs
    }

    /// The slot of a single character, unshaped: egui puts the sign of a cut line this way.
    pub fn single(&mut self, job: &LayoutJob, section: usize, chr: char) -> Option<Slot> {
        let family = &job.sections.get(section)?.format.font_id.family;
        let face = self.choose(family, chr)?;
        Some(Slot {
            chr,
            section,
            face,
            glyph: self.stand_in(face, chr),
            offset_x: 0.0,
            offset_y: 0.0,
            bytes: job.text.len()..job.text.len(),
            space_before_pt: 0.0,
        })
    }

    /// Shape a stretch of one section without line breaks.
    fn line(&mut self, job: &LayoutJob, section: usize, line: Range<usize>, out: &mut Vec<Slot>) {
        let Some(format) = job.sections.get(section).map(|s| &s.format) else {
            return;
        };
        let text = &job.text[line.clone()];
        let mut runs: Vec<(usize, Range<usize>)> = Vec::new();
        for (at, cluster) in text.grapheme_indices(true) {
            let Some(first) = cluster.chars().next() else {
                continue;
            };
            let Some(face) = self.choose(&format.font_id.family, first) else {
                continue;
            };
            let bytes = line.start + at..line.start + at + cluster.len();
            match runs.last_mut() {
                Some((last, range)) if *last == face => range.end = bytes.end,
                _ => runs.push((face, bytes)),
            }
        }
        let count = runs.len();
        for (i, (face, bytes)) in runs.into_iter().enumerate() {
            let mut flags = harfrust::BufferFlags::empty();
            flags.set(harfrust::BufferFlags::BEGINNING_OF_TEXT, i == 0);
            flags.set(harfrust::BufferFlags::END_OF_TEXT, i + 1 == count);
            self.run(job, section, face, bytes, flags, out);
        }
    }

    fn run(
        &mut self,
        job: &LayoutJob,
        section: usize,
        face: usize,
        bytes: Range<usize>,
        flags: harfrust::BufferFlags,
        out: &mut Vec<Slot>,
    ) {
        let format = &job.sections[section].format;
        let text = &job.text[bytes.clone()];
        let Some(Some(opened)) = self.opened.get_mut(face) else {
            return;
        };
        let shaper = opened
            .shaper
            .get_or_insert_with(|| harfrust::ShaperData::new(&opened.font))
            .shaper(&opened.font)
            .build();
        let mut buffer = harfrust::UnicodeBuffer::new();
        buffer.set_flags(flags);
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = shaper.shape(buffer, harfrust::ShapeOptions::new());

        let used = &self.faces[face];
        let scale = format.font_id.size * used.data.tweak.scale / used.units_per_em;
        let infos = shaped.glyph_infos();
        let mut starts: Vec<usize> = infos.iter().map(|i| i.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut emit = Emitter::new(text, bytes.start, section, face, out);
        for (info, position) in infos.iter().zip(shaped.glyph_positions()) {
            let cluster = info.cluster as usize;
            let chr = text
                .get(cluster..)
                .and_then(|rest| rest.chars().next())
                .unwrap_or(char::REPLACEMENT_CHARACTER);
            let is_new = emit.begin(cluster);
            let mut glyph = Some(info.glyph_id);
            if info.glyph_id == TOFU {
                if is_combining_mark(chr) || !is_new {
                    continue;
                }
                glyph = self.stand_in(face, chr);
            }
            let end = starts
                .get(starts.partition_point(|start| *start <= cluster))
                .copied();
            emit.push(Slot {
                chr,
                section,
                face,
                glyph,
                offset_x: position.x_offset as f32 * scale,
                offset_y: -position.y_offset as f32 * scale,
                bytes: bytes.start + cluster..bytes.start + end.unwrap_or(text.len()),
                space_before_pt: if is_new {
                    format.extra_letter_spacing
                } else {
                    0.0
                },
            });
        }
        emit.finish();
    }

    /// What is drawn for a character that the shaper found no glyph for: [`TOFU`] unless it is a
    /// space or invisible.
    fn stand_in(&self, face: usize, chr: char) -> Option<u32> {
        (!is_invisible(chr)).then(|| self.nominal(face, chr).unwrap_or(TOFU))
    }

    /// The first face of a family with a character, or its first face of all.
    fn choose(&mut self, family: &FontFamily, chr: char) -> Option<usize> {
        if let Some(face) = self.chosen.get(&(family.clone(), chr)) {
            return Some(*face);
        }
        let chain = self.chains.get(family)?;
        let has = |face: &&usize| is_invisible(chr) || self.nominal(**face, chr).is_some();
        let face = *chain.iter().find(has).or(chain.first())?;
        self.chosen.insert((family.clone(), chr), face);
        Some(face)
    }

    fn nominal(&self, face: usize, chr: char) -> Option<u32> {
        let chr = match chr {
            '\t' | '\u{2009}' | '\u{202F}' => ' ', // spaces of a width of their own
            chr => chr,
        };
        let opened = self.opened.get(face)?.as_ref()?;
        let glyph = opened.charmap.map(chr)?.to_u32();
        (glyph != TOFU).then_some(glyph)
    }
}

fn lines(text: &str, breaks: bool) -> impl Iterator<Item = &str> {
    let whole = (!breaks).then_some(text);
    let split = breaks.then(|| text.split('\n')).into_iter().flatten();
    whole.into_iter().chain(split)
}

/// Characters that egui never draws: the carriage return, zero-width spaces and joiners, marks of
/// direction.
fn is_invisible(chr: char) -> bool {
    matches!(chr, '\r' | '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(chr, '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{Canvas, faces};
    use egui::{Color32, FontData, FontDefinitions, FontId, TextFormat, vec2};
    use std::sync::Arc;

    fn install(ctx: &egui::Context) {
        let mut fonts = FontDefinitions::default();
        let bytes = include_bytes!("../../../../assets/fonts/LinchpinSans-Regular.otf");
        let data = Arc::new(FontData::from_static(bytes));
        fonts.font_data.insert("sans".to_owned(), data);
        let chain = fonts.families.entry(FontFamily::Proportional).or_default();
        chain.insert(0, "sans".to_owned());
        ctx.set_fonts(fonts);
    }

    /// Lay `job` out and hold every glyph of egui's against the plan.
    fn agrees(ui: &egui::Ui, job: LayoutJob) {
        let (faces, chains) = faces::collect(ui.ctx());
        let plan = Typesetter::new(&faces, chains).plan(&job);
        let galley = ui.painter().layout_job(job);
        let (mut paragraph, mut from) = (0, 0);
        for row in &galley.rows {
            for (i, placed) in row.glyphs.iter().enumerate() {
                let text = &galley.job.text;
                let slot = plan[paragraph].get(from + i);
                let slot = slot.unwrap_or_else(|| panic!("no slot for glyph {i} of {text:?}"));
                assert_eq!(slot.chr, placed.chr, "glyph {i} of {text:?}");
                let has_ink = slot
                    .glyph
                    .is_some_and(|id| !faces[slot.face].outline(id).is_empty());
                assert_eq!(
                    has_ink,
                    !placed.uv_rect.is_nothing(),
                    "{:?} in {text:?}",
                    placed.chr
                );
                assert!(text.get(slot.bytes.clone()).is_some(), "{slot:?}");
            }
            from += row.glyphs.len();
            if row.ends_with_newline {
                (paragraph, from) = (paragraph + 1, 0);
            }
        }
    }

    #[test]
    fn the_plan_agrees_with_egui_glyph_for_glyph() {
        // Scripts that join, combine, run leftward or are missing; spaces and breaks of every kind.
        let pool: Vec<char> = "abfi ffi AV To. 28,500 대한민국 \u{1112}\u{1161}\u{11ab} é \
            e\u{301} \u{644}\u{627} سلام                                שלום क्षि 字漢 \
            🎯🇰🇷👩\u{200D}👩 \t\r\n\n\u{200B}\u{2009}\u{202F}\u{A0}\u{FEFF}\u{7}"
            .chars()
            .collect();
        let mut state: u32 = 7;
        let mut random = move |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below
        };
        Canvas::new(install).scene(vec2(400.0, 400.0), 1.0, |ui| {
            for case in 0..300 {
                let mut job = LayoutJob::default();
                for _ in 0..1 + random(4) {
                    let length = random(20);
                    let text: String = (0..length).map(|_| pool[random(pool.len())]).collect();
                    let size = [11.0, 14.0, 22.0][random(3)];
                    let mut format = TextFormat::simple(FontId::proportional(size), Color32::RED);
                    format.extra_letter_spacing = [0.0, 1.5][random(2)];
                    job.append(&text, [0.0, 8.0][random(2)], format);
                }
                job.break_on_newline = case % 5 != 0;
                job.wrap.max_width = [60.0, 200.0, f32::INFINITY][random(3)];
                agrees(ui, job);
            }
        });
    }
}
