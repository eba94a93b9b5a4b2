//! Which lines of a file are shown with a problem, and where they are marked.

use annotate_snippets::{Annotation, AnnotationKind, Snippet};
use linchpin_register::SourceLocation;
use ron_lossless::LineIndex;
use std::ops::Range;

/// A place to point at, within one line.
pub struct LineMark<'a> {
    line: u32,
    bytes: Range<usize>,
    label: Option<&'a str>,
}

/// Where to point for a place, with the words that stand there.
pub fn line_mark<'a>(place: &SourceLocation, label: Option<&'a str>) -> LineMark<'a> {
    let SourceLocation {
        text, lines, span, ..
    } = *place;
    let start = text.floor_char_boundary(span.start as usize);
    let line = lines.position(text, start as u32).line;
    let line_end = line_bytes(text, lines, line).end;
    let end = text.floor_char_boundary(span.end as usize).min(line_end);
    LineMark {
        line,
        bytes: start.min(line_end)..end.max(start.min(line_end)),
        label,
    }
}

/// Lines to be shown together, with the marks on them.
pub struct SnippetWindow<'a> {
    lines: Range<u32>,
    marks: Vec<(AnnotationKind, LineMark<'a>)>,
}

/// One window around the problem's line and one for each far line that explains it, from top to
/// bottom. In another file than the problem's, all explain it.
pub fn windows(marks: Vec<LineMark<'_>>, last_line: u32, is_other: bool) -> Vec<SnippetWindow<'_>> {
    /// Lines this close are shown in one piece.
    const NEAR: u32 = 4;
    let mut windows: Vec<SnippetWindow> = Vec::new();
    for (index, mark) in marks.into_iter().enumerate() {
        let (kind, around) = match index {
            0 if !is_other => (AnnotationKind::Primary, 1),
            _ => (AnnotationKind::Context, 0),
        };
        let first = mark.line.saturating_sub(around).max(1);
        let end = (mark.line + around).min(last_line).max(mark.line) + 1;
        let is_near =
            |w: &&mut SnippetWindow| first <= w.lines.end + NEAR && w.lines.start <= end + NEAR;
        match windows.iter_mut().find(is_near) {
            Some(window) => {
                window.lines = window.lines.start.min(first)..window.lines.end.max(end);
                window.marks.push((kind, mark));
            }
            None => windows.push(SnippetWindow {
                lines: first..end,
                marks: vec![(kind, mark)],
            }),
        }
    }
    windows.sort_by_key(|window| window.lines.start);
    windows
}

/// A window as the library takes it.
pub fn snippet<'a>(
    text: &str,
    lines: &LineIndex,
    window: SnippetWindow<'a>,
) -> Snippet<'a, Annotation<'a>> {
    let mut source = String::new();
    let mut annotations = Vec::new();
    for line in window.lines.clone() {
        let bytes = line_bytes(text, lines, line);
        let on_line = || window.marks.iter().filter(|(_, mark)| mark.line == line);
        let focus = on_line()
            .next()
            .map_or(bytes.start, |(_, mark)| mark.bytes.start);
        let shown = visible_range(text, bytes.clone(), focus);
        let is_cut = (shown.start > bytes.start, shown.end < bytes.end);
        source.push_str(if is_cut.0 { "…" } else { "" });
        let shift = |at: usize| source.len() + at.clamp(shown.start, shown.end) - shown.start;
        for (kind, mark) in on_line() {
            let span = shift(mark.bytes.start)..shift(mark.bytes.end);
            annotations.push(kind.span(span).label(mark.label));
        }
        source.push_str(text.get(shown).unwrap_or(""));
        source.push_str(if is_cut.1 { "…\n" } else { "\n" });
    }
    Snippet::source(source)
        .line_start(window.lines.start as usize)
        .fold(false)
        .annotations(annotations)
}

/// A line without its line break and without a byte order mark.
fn line_bytes(text: &str, lines: &LineIndex, line: u32) -> Range<usize> {
    let range = lines.line_span(line).unwrap_or_default().range();
    let words = text.get(range.clone()).unwrap_or("");
    let end = range.end - (words.len() - words.trim_end_matches('\r').len());
    // A byte order mark has three bytes.
    let bom = if line == 1 && words.starts_with('\u{feff}') {
        3
    } else {
        0
    };
    range.start + bom..end
}

/// The part of a long line to show: what is around byte `focus`.
pub fn visible_range(text: &str, line: Range<usize>, focus: usize) -> Range<usize> {
    const BEFORE_CHARS: usize = 40;
    const AFTER_CHARS: usize = 60;
    let before = text.get(line.start..focus).unwrap_or("");
    let after = text.get(focus..line.end).unwrap_or("");
    let start = before
        .char_indices()
        .rev()
        .nth(BEFORE_CHARS - 1)
        .map_or(0, |(at, _)| at);
    let end = after
        .char_indices()
        .nth(AFTER_CHARS)
        .map_or(after.len(), |(at, _)| at);
    match start == 0 || before.len() + after.len() <= BEFORE_CHARS + AFTER_CHARS {
        true => line.start..focus.max(line.start) + end,
        false => line.start + start..focus + end,
    }
}
