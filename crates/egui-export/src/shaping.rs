//! The glyphs of a text, in the order in which egui's layout emits them.
//!
//! A laid out galley says where each glyph stands but not which glyph it is. So the text is cut
//! into runs and shaped once more, by egui's own rules and with its own shaper; glyph for glyph,
//! the two then agree. Right-to-left text is set by `bidi` instead, which says the direction of
//! each run.

use crate::fonts::{FallbackChains, FontFace};
use egui::FontFamily;
use egui::text::LayoutJob;
use skrifa::MetadataProvider as _;
use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

/// The glyph that every face has for characters it does not have: a box.
pub(crate) const NOTDEF: u32 = 0;

/// What egui emits as one glyph of a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ShapedGlyph {
    /// The character that egui names the glyph by.
    pub chr: char,
    /// Index into the job's sections.
    pub section: usize,
    /// Index into the faces.
    pub face: usize,
    /// `None` where nothing is drawn: the rest of a ligature, an invisible character.
    pub glyph: Option<u32>,
    /// From the pen to the glyph, in points; y downward.
    pub offset_x: f32,
    pub offset_y: f32,
    /// The bytes of the job's text that this glyph's cluster covers.
    pub bytes: Range<usize>,
    /// What the pen moves before this glyph beyond the advance of the one before, in points.
    pub space_before_pt: f32,
    /// What the face says that the pen moves with this glyph, in points.
    pub advance_pt: f32,
}

/// A stretch of text in one section, one face and one direction.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ShapingRun {
    /// Index into the job's sections.
    pub section: usize,
    /// Index into the faces.
    pub face: usize,
    /// The bytes of the job's text.
    pub bytes: Range<usize>,
    /// Whether it is read from right to left; `None`: its own letters say so, as in egui.
    pub is_rtl: Option<bool>,
}

/// Shapes text with the faces of a context.
pub(crate) struct TextShaper<'a> {
    faces: &'a [FontFace],
    chains: FallbackChains,
    /// Parsed when first used.
    opened: Vec<Option<OpenedFace<'a>>>,
    chosen: HashMap<(FontFamily, char), usize>,
}

struct OpenedFace<'a> {
    font: skrifa::FontRef<'a>,
    charmap: skrifa::charmap::Charmap<'a>,
    shaper: Option<harfrust::ShaperData>,
}

impl<'a> TextShaper<'a> {
    pub fn new(faces: &'a [FontFace], chains: FallbackChains) -> TextShaper<'a> {
        let open = |face: &'a FontFace| {
            let font = skrifa::FontRef::from_index(face.data.bytes(), face.data.index).ok()?;
            let charmap = font.charmap();
            Some(OpenedFace {
                font,
                charmap,
                shaper: None,
            })
        };
        TextShaper {
            faces,
            chains,
            opened: faces.iter().map(open).collect(),
            chosen: HashMap::new(),
        }
    }

    pub fn face(&self, index: usize) -> Option<&'a FontFace> {
        self.faces.get(index)
    }

    /// The glyphs of each paragraph of a job.
    pub fn plan(&mut self, job: &LayoutJob) -> Vec<Vec<ShapedGlyph>> {
        let mut paragraphs = vec![Vec::new()];
        for (section, format) in job.sections.iter().enumerate() {
            let range = format.byte_range.start.0..format.byte_range.end.0;
            let Some(text) = job.text.get(range.clone()) else {
                continue;
            };
            let mut from = range.start;
            let mut lead_pt = format.leading_space;
            // Each line alone, as in egui: shaping must not reach over a line break.
            for (i, line) in lines(text, job.break_on_newline).enumerate() {
                if i > 0 {
                    paragraphs.push(Vec::new());
                    lead_pt = 0.0;
                }
                if let Some(shaped) = paragraphs.last_mut() {
                    let start = shaped.len();
                    self.line(job, section, from..from + line.len(), shaped);
                    if let Some(first) = shaped.get_mut(start) {
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

    /// The glyph of a single character, unshaped: egui puts the sign of a cut line this way.
    pub fn single(&mut self, job: &LayoutJob, section: usize, chr: char) -> Option<ShapedGlyph> {
        let family = &job.sections.get(section)?.format.font_id.family;
        let face = self.choose(family, chr)?;
        Some(ShapedGlyph {
            chr,
            section,
            face,
            glyph: self.substitute(face, chr),
            offset_x: 0.0,
            offset_y: 0.0,
            bytes: job.text.len()..job.text.len(),
            space_before_pt: 0.0,
            advance_pt: 0.0,
        })
    }

    /// Shape a stretch of one section without line breaks.
    fn line(
        &mut self,
        job: &LayoutJob,
        section: usize,
        line: Range<usize>,
        out: &mut Vec<ShapedGlyph>,
    ) {
        let runs = self.face_runs(job, section, line);
        let count = runs.len();
        for (i, run) in runs.into_iter().enumerate() {
            let mut flags = harfrust::BufferFlags::empty();
            flags.set(harfrust::BufferFlags::BEGINNING_OF_TEXT, i == 0);
            flags.set(harfrust::BufferFlags::END_OF_TEXT, i + 1 == count);
            let text = &job.text[run.bytes.clone()];
            let mut emit = ClusterEmitter::new(text, run.bytes.start, section, run.face, &mut *out);
            for (cluster, glyph) in self.shape(job, &run, flags) {
                emit.begin(cluster);
                if let Some(glyph) = glyph {
                    emit.push(glyph);
                }
            }
            emit.finish();
        }
    }

    /// The stretches of one face in a stretch of a section, in the order of the text.
    pub fn face_runs(
        &mut self,
        job: &LayoutJob,
        section: usize,
        line: Range<usize>,
    ) -> Vec<ShapingRun> {
        let mut runs: Vec<ShapingRun> = Vec::new();
        let (Some(format), Some(text)) = (
            job.sections.get(section).map(|s| &s.format),
            job.text.get(line.clone()),
        ) else {
            return runs;
        };
        // By grapheme, so that a mark stays with its letter: the face with the letter sets both.
        for (at, cluster) in text.grapheme_indices(true) {
            let Some(first) = cluster.chars().next() else {
                continue;
            };
            let Some(face) = self.choose(&format.font_id.family, first) else {
                continue;
            };
            let bytes = line.start + at..line.start + at + cluster.len();
            match runs.last_mut() {
                Some(last) if last.face == face => last.bytes.end = bytes.end,
                _ => runs.push(ShapingRun {
                    section,
                    face,
                    bytes,
                    is_rtl: None,
                }),
            }
        }
        runs
    }

    /// The glyphs of a run whose direction is known, from left to right.
    pub fn directed(&mut self, job: &LayoutJob, run: &ShapingRun) -> Vec<ShapedGlyph> {
        let flags = harfrust::BufferFlags::BEGINNING_OF_TEXT | harfrust::BufferFlags::END_OF_TEXT;
        let shaped = self.shape(job, run, flags).into_iter();
        shaped.filter_map(|(_, glyph)| glyph).collect()
    }

    /// The glyphs of a run from left to right, each with its cluster; no glyph where egui draws
    /// none.
    fn shape(
        &mut self,
        job: &LayoutJob,
        run: &ShapingRun,
        flags: harfrust::BufferFlags,
    ) -> Vec<(usize, Option<ShapedGlyph>)> {
        let ShapingRun {
            section,
            face,
            ref bytes,
            is_rtl,
        } = *run;
        let format = &job.sections[section].format;
        let text = &job.text[bytes.clone()];
        let Some(Some(opened)) = self.opened.get_mut(face) else {
            return Vec::new();
        };
        let shaper = opened
            .shaper
            .get_or_insert_with(|| harfrust::ShaperData::new(&opened.font))
            .shaper(&opened.font)
            .build();
        let mut buffer = harfrust::UnicodeBuffer::new();
        buffer.set_flags(flags);
        buffer.push_str(text);
        if let Some(is_rtl) = is_rtl {
            buffer.set_direction(match is_rtl {
                true => harfrust::Direction::RightToLeft,
                false => harfrust::Direction::LeftToRight,
            });
        }
        buffer.guess_segment_properties();
        let shaped = shaper.shape(buffer, harfrust::ShapeOptions::new());

        let used = &self.faces[face];
        let scale = format.font_id.size * used.data.tweak.scale / used.units_per_em;
        let infos = shaped.glyph_infos();
        // A cluster ends where the next one begins in the text; in right-to-left runs that is the
        // glyph before.
        let mut starts: Vec<usize> = infos.iter().map(|i| i.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut before = None;
        let mut out = Vec::with_capacity(infos.len());
        for (info, position) in infos.iter().zip(shaped.glyph_positions()) {
            let cluster = info.cluster as usize;
            let chr = text
                .get(cluster..)
                .and_then(|rest| rest.chars().next())
                .unwrap_or(char::REPLACEMENT_CHARACTER);
            let is_new = before.replace(cluster) != Some(cluster);
            let mut glyph = Some(info.glyph_id);
            if info.glyph_id == NOTDEF {
                // egui draws one box for a cluster, and none for a mark that the face lacks.
                if is_combining_mark(chr) || !is_new {
                    out.push((cluster, None));
                    continue;
                }
                glyph = self.substitute(face, chr);
            }
            let end = starts
                .get(starts.partition_point(|start| *start <= cluster))
                .copied();
            let shaped = ShapedGlyph {
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
                advance_pt: position.x_advance as f32 * scale,
            };
            out.push((cluster, Some(shaped)));
        }
        out
    }

    /// What is drawn for a character that the shaper found no glyph for: [`NOTDEF`] unless it is a
    /// space or invisible.
    fn substitute(&self, face: usize, chr: char) -> Option<u32> {
        (!is_invisible(chr)).then(|| self.nominal(face, chr).unwrap_or(NOTDEF))
    }

    /// The first face of a family with a character, or its first face of all.
    fn choose(&mut self, family: &FontFamily, chr: char) -> Option<usize> {
        if let Some(face) = self.chosen.get(&(family.clone(), chr)) {
            return Some(*face);
        }
        let chain = self.chains.get(family)?;
        // What is never drawn must not end a run.
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
        (glyph != NOTDEF).then_some(glyph)
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

/// Emits glyphs with egui's bookkeeping: a cluster with more characters than glyphs is filled up
/// with empty ones.
pub(crate) struct ClusterEmitter<'a> {
    text: &'a str,
    base: usize,
    section: usize,
    face: usize,
    cluster: Option<usize>,
    count: usize,
    out: &'a mut Vec<ShapedGlyph>,
}

impl<'a> ClusterEmitter<'a> {
    /// `base` is where `text` begins in the job's text.
    pub fn new(
        text: &'a str,
        base: usize,
        section: usize,
        face: usize,
        out: &'a mut Vec<ShapedGlyph>,
    ) -> ClusterEmitter<'a> {
        ClusterEmitter {
            text,
            base,
            section,
            face,
            cluster: None,
            count: 0,
            out,
        }
    }

    /// The next glyph is one of `cluster`.
    pub fn begin(&mut self, cluster: usize) {
        if self.cluster == Some(cluster) {
            return;
        }
        if let Some(previous) = self.cluster {
            self.fill(previous..cluster);
        }
        self.cluster = Some(cluster);
        self.count = 0;
    }

    pub fn push(&mut self, glyph: ShapedGlyph) {
        self.out.push(glyph);
        self.count += 1;
    }

    pub fn finish(mut self) {
        if let Some(cluster) = self.cluster {
            self.fill(cluster..self.text.len());
        }
    }

    /// Right-to-left clusters come last first, so their range runs backward and holds nothing: as
    /// in egui.
    fn fill(&mut self, range: Range<usize>) {
        let Some(text) = self.text.get(range.clone()) else {
            return;
        };
        let bytes = self.base + range.start..self.base + range.end;
        for chr in text.chars().skip(self.count) {
            self.out.push(ShapedGlyph {
                chr,
                section: self.section,
                face: self.face,
                glyph: None,
                offset_x: 0.0,
                offset_y: 0.0,
                bytes: bytes.clone(),
                space_before_pt: 0.0,
                advance_pt: 0.0,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Canvas;
    use crate::fonts;
    use egui::{Color32, FontData, FontDefinitions, FontId, TextFormat, vec2};
    use std::sync::Arc;

    /// egui's fonts, after one of each of the others.
    fn install(ctx: &egui::Context) {
        let mut definitions = FontDefinitions::default();
        let chain = definitions
            .families
            .entry(FontFamily::Proportional)
            .or_default();
        for (name, bytes) in fonts::tests::fonts() {
            let is_new = !definitions.font_data.contains_key(&name);
            if is_new {
                let data = Arc::new(FontData::from_owned(bytes));
                definitions.font_data.insert(name.clone(), data);
                chain.insert(0, name);
            }
        }
        ctx.set_fonts(definitions);
    }

    /// Lay `job` out, and compare every glyph of egui's with the plan.
    fn agrees(ui: &egui::Ui, job: LayoutJob) {
        let (faces, chains) = fonts::collect(ui.ctx());
        let plan = TextShaper::new(&faces, chains).plan(&job);
        let galley = ui.painter().layout_job(job);
        let (mut paragraph, mut from) = (0, 0);
        for row in &galley.rows {
            for (i, placed) in row.glyphs.iter().enumerate() {
                let text = &galley.job.text;
                let glyph = plan[paragraph].get(from + i);
                let glyph = glyph.unwrap_or_else(|| panic!("no plan for glyph {i} of {text:?}"));
                assert_eq!(glyph.chr, placed.chr, "glyph {i} of {text:?}");
                let has_ink = glyph
                    .glyph
                    .is_some_and(|id| !faces[glyph.face].outline(id).is_empty());
                assert_eq!(
                    has_ink,
                    !placed.uv_rect.is_nothing(),
                    "{:?} in {text:?}",
                    placed.chr
                );
                assert!(text.get(glyph.bytes.clone()).is_some(), "{glyph:?}");
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
        let scene = Canvas::new(install).record_lossy(vec2(400.0, 400.0), 1.0, |ui| {
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
        assert!(scene.is_ok());
    }
}
