//! Right-to-left text in the order in which it is read, by the Unicode bidirectional algorithm
//! (UAX 9).
//!
//! egui shapes each stretch of one face in the direction of its own letters and sets the stretches
//! from left to right. So words, numbers and brackets among right-to-left letters stand in the
//! wrong order, and lines are broken at the wrong end. Here a paragraph with such letters is broken
//! into lines again, in the rows that egui made for it, and each line is put in order.

use crate::shaping::{ShapingRun, TextShaper};
use egui::epaint::text::{Galley, LayoutJob, PlacedRow};
use egui::{Align, Rangef};
use std::collections::BTreeMap;
use std::ops::Range;
use unicode_bidi::{BidiClass, Level, ParagraphBidiInfo, bidi_class};

/// Whether the letters of a text do not all follow one another from left to right.
pub(crate) fn is_mixed(text: &str) -> bool {
    // Every such letter begins with one of these bytes: most texts are known by them alone.
    let may_be = |b: u8| matches!(b, 0xD6..=0xDF | 0xE0 | 0xE2 | 0xEF | 0xF0);
    text.bytes().any(may_be) && text.chars().any(turns)
}

fn turns(c: char) -> bool {
    use BidiClass::{AL, AN, R, RLE, RLI, RLO};
    matches!(bidi_class(c), AL | AN | R | RLE | RLI | RLO)
}

/// A paragraph of a galley, and the rows that egui made for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// The bytes of the job's text, without the line break.
    pub bytes: Range<usize>,
    /// Indices into the galley's rows.
    pub rows: Range<usize>,
    /// Whether egui left out what did not fit.
    pub is_cut: bool,
}

/// The paragraphs of a galley, from top to bottom; `None` where its sections do not follow one
/// another, so that nobody can tell what its text is.
pub(crate) fn paragraphs(galley: &Galley) -> Option<Vec<Paragraph>> {
    let job = &galley.job;
    let mut end = 0;
    for section in &job.sections {
        if section.byte_range.start.0 != end {
            return None;
        }
        end = section.byte_range.end.0;
    }
    let text = job.text.get(..end)?;
    let ends = galley.rows.iter().enumerate().filter(|(at, row)| {
        let is_last = at + 1 == galley.rows.len();
        row.ends_with_newline || is_last
    });
    let (mut from, mut row) = (0, 0);
    let mut out = Vec::new();
    for (last, placed) in ends {
        let rest = text.get(from..)?;
        let length = match rest.find('\n').filter(|_| job.break_on_newline) {
            Some(length) => length,
            None => rest.len(),
        };
        out.push(Paragraph {
            bytes: from..from + length,
            rows: row..last + 1,
            is_cut: galley.elided && !placed.ends_with_newline,
        });
        from += length + 1;
        row = last + 1;
    }
    Some(out)
}

/// A line as it is seen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct VisualLine {
    /// Its runs, from left to right.
    pub runs: Vec<ShapingRun>,
    /// Whether its paragraph is read from right to left.
    pub is_rtl: bool,
    /// Where lines of its paragraph begin that do so on the right, in points.
    pub right_pt: f32,
    /// Whether the sign of a cut text stands behind what is read last.
    pub is_cut: bool,
}

/// What a line is broken by: a letter with its marks.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cluster {
    start: usize,
    chr: char,
    width_pt: f32,
}

/// The lines of a paragraph, at most one for each of its rows.
pub(crate) fn lines(
    shaper: &mut TextShaper<'_>,
    galley: &Galley,
    paragraph: &Paragraph,
) -> Vec<VisualLine> {
    let job = &galley.job;
    let from = paragraph.bytes.start;
    let Some(text) = job.text.get(paragraph.bytes.clone()) else {
        return Vec::new();
    };
    let info = ParagraphBidiInfo::new(text, None);
    let is_rtl = info.paragraph_level.is_rtl();
    let clusters = clusters(shaper, job, &info, from);
    let width_pt = job.effective_wrap_width();
    let rows = paragraph.rows.len().max(1);
    let mut broken = match paragraph.is_cut {
        // What does not fit is cut.
        true => break_lines(&clusters, width_pt),
        false => fit_lines(&clusters, width_pt, rows),
    };
    let mut sign_pt = None;
    if paragraph.is_cut && job.wrap.overflow_character.is_some() {
        let last = galley.rows.get(paragraph.rows.end - 1);
        sign_pt = last
            .and_then(|row| cut_sign(job, row))
            .map(|sign| sign.advance_width);
    }
    if paragraph.is_cut {
        broken.truncate(rows);
        if let (Some(line), Some(sign_pt)) = (broken.last_mut(), sign_pt) {
            line.end = clusters.len();
            cut(&clusters, line, width_pt - sign_pt);
        }
    }
    let widths = broken.iter().map(|line| ink_pt(&clusters[line.clone()]));
    let right_pt = widths.fold(galley.rect.right(), f32::max);
    let count = broken.len();
    let mut out = Vec::with_capacity(count);
    for (i, line) in broken.into_iter().enumerate() {
        let start = clusters
            .get(line.start)
            .map_or(text.len(), |c| c.start - from);
        let end = clusters
            .get(line.end)
            .map_or(text.len(), |c| c.start - from);
        let (levels, visual) = visual_runs(&info, start..end);
        let mut runs = Vec::new();
        for level in visual {
            let is_rtl = levels.get(level.start).is_some_and(|level| level.is_rtl());
            let bytes = from + start + level.start..from + start + level.end;
            let mut pieces = directed_runs(shaper, job, bytes, is_rtl);
            if is_rtl {
                pieces.reverse();
            }
            runs.append(&mut pieces);
        }
        out.push(VisualLine {
            runs,
            is_rtl,
            right_pt,
            is_cut: sign_pt.is_some() && i + 1 == count,
        });
    }
    out
}

/// The levels of a line, and its runs of one level from left to right, counted from its beginning.
fn visual_runs(
    info: &ParagraphBidiInfo<'_>,
    line: Range<usize>,
) -> (Vec<Level>, Vec<Range<usize>>) {
    // An empty line has no levels to ask for.
    if line.is_empty() {
        return (Vec::new(), Vec::new());
    }
    // The line alone: of the whole paragraph, each line would copy all.
    let line = ParagraphBidiInfo {
        text: &info.text[line.clone()],
        original_classes: info.original_classes[line.clone()].to_vec(),
        levels: info.levels[line].to_vec(),
        ..*info
    };
    line.visual_runs(0..line.text.len())
}

/// The sign that egui put at the end of a cut row.
pub(crate) fn cut_sign<'a>(
    job: &LayoutJob,
    row: &'a PlacedRow,
) -> Option<&'a egui::epaint::text::Glyph> {
    let last = row.glyphs.last()?;
    (job.wrap.overflow_character == Some(last.chr)).then_some(last)
}

/// The runs of one level in the order of the text: each in one section, one face and one script.
fn directed_runs(
    shaper: &mut TextShaper<'_>,
    job: &LayoutJob,
    bytes: Range<usize>,
    is_rtl: bool,
) -> Vec<ShapingRun> {
    let mut out: Vec<ShapingRun> = Vec::new();
    let first = (job.sections).partition_point(|s| s.byte_range.end.0 <= bytes.start);
    let sections = job.sections.iter().enumerate().skip(first);
    for (section, format) in sections.take_while(|(_, s)| s.byte_range.start.0 < bytes.end) {
        let of_section = format.byte_range.start.0..format.byte_range.end.0;
        let start = of_section.start.max(bytes.start);
        let end = of_section.end.min(bytes.end);
        if start >= end {
            continue;
        }
        for run in shaper.face_runs(job, section, start..end) {
            let pieces = by_script(&job.text, run.bytes.clone());
            out.extend(pieces.into_iter().map(|bytes| ShapingRun {
                bytes,
                is_rtl: Some(is_rtl),
                ..run.clone()
            }));
        }
    }
    out
}

/// A stretch of text cut where another right-to-left script begins: a shaper joins the letters of
/// one script only.
fn by_script(text: &str, bytes: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = bytes.start;
    let mut script = None;
    for (at, c) in text.get(bytes.clone()).unwrap_or_default().char_indices() {
        let Some(next) = right_to_left_script(c) else {
            continue;
        };
        if script.is_some_and(|script| script != next) {
            out.push(from..bytes.start + at);
            from = bytes.start + at;
        }
        script = Some(next);
    }
    out.push(from..bytes.end);
    out
}

/// The name of the script of a letter that is written from right to left; `None` for all others.
pub(crate) fn right_to_left_script(c: char) -> Option<&'static str> {
    let name = match u32::from(c) {
        0x0591..=0x05F4 | 0xFB1D..=0xFB4F => "Hebrew",
        0x0600..=0x06FF | 0x0750..=0x077F | 0x0870..=0x08FF => "Arabic",
        0xFB50..=0xFDFF | 0xFE70..=0xFEFC | 0x1EE00..=0x1EEFF => "Arabic",
        0x0700..=0x074F | 0x0860..=0x086F => "Syriac",
        0x0780..=0x07BF => "Thaana",
        0x07C0..=0x07FF => "N'Ko",
        0x0800..=0x083F => "Samaritan",
        0x0840..=0x085F => "Mandaic",
        0x1E900..=0x1E95F => "Adlam",
        _ => return None,
    };
    Some(name)
}

/// The clusters of a paragraph in the order of its text.
fn clusters(
    shaper: &mut TextShaper<'_>,
    job: &LayoutJob,
    info: &ParagraphBidiInfo<'_>,
    from: usize,
) -> Vec<Cluster> {
    let mut found: BTreeMap<usize, Cluster> = BTreeMap::new();
    let mut start = 0;
    for level in info.levels.chunk_by(|a, b| a == b) {
        let bytes = from + start..from + start + level.len();
        start += level.len();
        let is_rtl = level.first().is_some_and(|level| level.is_rtl());
        for run in directed_runs(shaper, job, bytes, is_rtl) {
            let lead_pt = job.sections[run.section].leading_space;
            for glyph in shaper.directed(job, &run) {
                let begins = glyph.bytes.start;
                let is_first = begins == job.sections[run.section].byte_range.start.0;
                let cluster = found.entry(begins).or_insert(Cluster {
                    start: begins,
                    chr: glyph.chr,
                    width_pt: if is_first { lead_pt } else { 0.0 },
                });
                cluster.width_pt += glyph.advance_pt + glyph.space_before_pt;
            }
        }
    }
    found.into_values().collect()
}

/// Lines of at most `width_pt`, and at most `rows` of them: where there would be more, lines are as
/// much wider as they must be. egui made room for so many rows, and what follows must not be
/// covered.
fn fit_lines(clusters: &[Cluster], width_pt: f32, rows: usize) -> Vec<Range<usize>> {
    let lines = break_lines(clusters, width_pt);
    if lines.len() <= rows {
        return lines;
    }
    let mut narrow = width_pt;
    let mut wide = clusters.iter().map(|c| c.width_pt).sum::<f32>() + 1.0;
    for _ in 0..16 {
        let middle = 0.5 * (narrow + wide);
        match break_lines(clusters, middle).len() <= rows {
            true => wide = middle,
            false => narrow = middle,
        }
    }
    break_lines(clusters, wide)
}

/// As many clusters to a line as fit it, broken where egui breaks lines: behind a space or by a
/// sign of Chinese or Japanese, else behind a hyphen, else behind punctuation, else anywhere.
fn break_lines(clusters: &[Cluster], width_pt: f32) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut at, mut used_pt) = (0, 0, 0.0);
    while let Some(cluster) = clusters.get(at) {
        if at > start && used_pt + cluster.width_pt > width_pt {
            let next = break_before(clusters, start..at);
            lines.push(start..next);
            (start, at, used_pt) = (next, next, 0.0);
            continue;
        }
        used_pt += cluster.width_pt;
        at += 1;
    }
    lines.push(start..clusters.len());
    lines
}

/// Where the line after `fitting` begins.
fn break_before(clusters: &[Cluster], fitting: Range<usize>) -> usize {
    let chr = |at: usize| clusters.get(at).map_or(' ', |cluster| cluster.chr);
    let after = |is_place: &dyn Fn(usize) -> bool| {
        fitting
            .clone()
            .rev()
            .find(|at| is_place(*at))
            .map(|at| at + 1)
    };
    let is_space = |at: usize| chr(at).is_whitespace() && chr(at) != '\u{A0}';
    let is_sign = |at: usize| {
        let (here, next) = (is_ideograph(chr(at)), is_ideograph(chr(at + 1)));
        (here && chr(at + 1).is_alphanumeric()) || next
    };
    after(&|at| is_space(at) || is_sign(at))
        .or_else(|| after(&|at| chr(at) == '-'))
        .or_else(|| after(&|at| chr(at).is_ascii_punctuation()))
        .unwrap_or(fitting.end)
}

/// Chinese characters and kana.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// The width of a line without the spaces at its end.
fn ink_pt(line: &[Cluster]) -> f32 {
    let last = line
        .iter()
        .rposition(|cluster| !cluster.chr.is_whitespace());
    let ink = line.iter().take(last.map_or(0, |last| last + 1));
    ink.map(|cluster| cluster.width_pt).sum()
}

/// Shorten a line to `width_pt`.
fn cut(clusters: &[Cluster], line: &mut Range<usize>, width_pt: f32) {
    let mut used_pt = 0.0;
    for (at, cluster) in clusters.iter().enumerate().take(line.end).skip(line.start) {
        used_pt += cluster.width_pt;
        if used_pt > width_pt {
            line.end = at;
            return;
        }
    }
}

/// Where a line begins in its galley, in points. `ink`: from where to where on the line there is
/// more than spaces.
pub(crate) fn line_left(galley: &Galley, line: &VisualLine, ink: Rangef) -> f32 {
    match galley.job.halign {
        Align::Center => -ink.center(),
        Align::RIGHT => -ink.max,
        // Right-to-left paragraphs begin on the right of what the text covers.
        Align::LEFT if line.is_rtl => line.right_pt - ink.max,
        Align::LEFT => 0.0,
    }
}

/// The character that stands for another one in text of the other direction.
pub(crate) fn mirrored(c: char) -> char {
    const PAIRS: &str = "()[]{}<>«»‹›≤≥⟨⟩⟪⟫〈〉《》「」『』【】〔〕";
    let mut pairs = PAIRS.chars();
    while let (Some(open), Some(close)) = (pairs.next(), pairs.next()) {
        match c {
            _ if c == open => return close,
            _ if c == close => return open,
            _ => {}
        }
    }
    c
}
