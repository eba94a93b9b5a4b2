//! Problems as text for a terminal: the place, the lines, what is wrong, what would be right.

use crate::ron_text::{Lines, Problem, Severity, Span};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// All `problems` of the file's `text`, in their order, with an empty line between them and a line break at the end.
///
/// Each begins with its severity, code and message, followed by `file:line:column` (columns count characters), the lines it speaks
/// about, and its help. Of a place that spans lines, the first is shown; long lines are shortened around the place. Places outside
/// `text` are moved to its end. `color` adds ANSI colors. No problems: an empty text.
pub fn render(file: &str, text: &str, problems: &[Problem], color: bool) -> String {
    let renderer = match color {
        true => Renderer::styled(),
        false => Renderer::plain(),
    };
    let lines = Lines::new(text);
    let mut rendered = String::new();
    for problem in problems {
        if !rendered.is_empty() {
            rendered.push('\n');
        }
        let report = renderer.render(&[group(file, text, &lines, problem)]);
        push_without_gap(&mut rendered, &report);
    }
    rendered
}

/// The library marks each piece of source whose path it was not told with a line `:::`. Ours are all of the file named above: the first
/// needs no mark, and `...` stands for the lines left out before the others.
fn push_without_gap(rendered: &mut String, report: &str) {
    let is_mark = |line: &str| line.contains(":::") && !line.contains(['|', '=', '>']);
    let mut is_first = true;
    // The title may hold anything.
    for (index, line) in report.lines().enumerate() {
        match index > 0 && is_mark(line) {
            true if is_first => is_first = false,
            true => rendered.push_str("...\n"),
            false => {
                rendered.push_str(line.trim_end());
                rendered.push('\n');
            }
        }
    }
}

fn group<'a>(file: &'a str, text: &str, lines: &Lines, problem: &'a Problem) -> Group<'a> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let place = lines.position(text, problem.span.start);
    let origin = Origin::path(file)
        .line(place.line as usize)
        .char_column(place.column as usize);
    let title = level
        .primary_title(problem.message.as_str())
        .id(problem.code);
    let mut group = title.element(origin);
    // An empty last line says nothing.
    let last_line = lines.count() - u32::from(text.ends_with('\n'));
    for window in windows(marks(text, lines, problem), last_line) {
        group = group.element(snippet(text, lines, window));
    }
    match &problem.help {
        Some(help) => group.element(Level::HELP.message(help.as_str())),
        None => group,
    }
}

/// A place to point at, within one line.
struct Mark<'a> {
    line: u32,
    bytes: Range<usize>,
    label: Option<&'a str>,
}

/// The problem's place first, then those that explain it.
fn marks<'a>(text: &str, lines: &Lines, problem: &'a Problem) -> Vec<Mark<'a>> {
    let mark = |span: Span, label| {
        let start = text.floor_char_boundary(span.start as usize);
        let line = lines.position(text, start as u32).line;
        let line_end = line_bytes(text, lines, line).end;
        let end = text.floor_char_boundary(span.end as usize).min(line_end);
        Mark {
            line,
            bytes: start.min(line_end)..end.max(start.min(line_end)),
            label,
        }
    };
    let labels = problem.labels.iter();
    let others = labels.map(|(span, words)| mark(*span, Some(words.as_str())));
    std::iter::once(mark(problem.span, None))
        .chain(others)
        .collect()
}

/// Lines to be shown together, with the marks on them.
struct Window<'a> {
    lines: Range<u32>,
    marks: Vec<(AnnotationKind, Mark<'a>)>,
}

/// One window around the problem's line and one for each far line that explains it, from top to bottom.
fn windows(marks: Vec<Mark<'_>>, last_line: u32) -> Vec<Window<'_>> {
    /// Lines this close are shown in one piece.
    const NEAR: u32 = 4;
    let mut windows: Vec<Window> = Vec::new();
    for (index, mark) in marks.into_iter().enumerate() {
        let (kind, around) = match index {
            0 => (AnnotationKind::Primary, 1),
            _ => (AnnotationKind::Context, 0),
        };
        let first = mark.line.saturating_sub(around).max(1);
        let end = (mark.line + around).min(last_line).max(mark.line) + 1;
        let is_near = |w: &&mut Window| first <= w.lines.end + NEAR && w.lines.start <= end + NEAR;
        match windows.iter_mut().find(is_near) {
            Some(window) => {
                window.lines = window.lines.start.min(first)..window.lines.end.max(end);
                window.marks.push((kind, mark));
            }
            None => windows.push(Window {
                lines: first..end,
                marks: vec![(kind, mark)],
            }),
        }
    }
    windows.sort_by_key(|window| window.lines.start);
    windows
}

fn snippet<'a>(text: &str, lines: &Lines, window: Window<'a>) -> Snippet<'a, Annotation<'a>> {
    let mut source = String::new();
    let mut annotations = Vec::new();
    for line in window.lines.clone() {
        let bytes = line_bytes(text, lines, line);
        let on_line = || window.marks.iter().filter(|(_, mark)| mark.line == line);
        let focus = on_line()
            .next()
            .map_or(bytes.start, |(_, mark)| mark.bytes.start);
        let shown = around(text, bytes.clone(), focus);
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
fn line_bytes(text: &str, lines: &Lines, line: u32) -> Range<usize> {
    let range = lines.line_span(line).unwrap_or_default().range();
    let words = text.get(range.clone()).unwrap_or("");
    let end = range.end - (words.len() - words.trim_end_matches('\r').len());
    let bom = if line == 1 && words.starts_with('\u{feff}') {
        3
    } else {
        0
    };
    range.start + bom..end
}

/// The part of a long line to show: what is around byte `focus`.
pub fn around(text: &str, line: Range<usize>, focus: usize) -> Range<usize> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ron_text::parse;

    fn show(text: &str) -> String {
        render("a.ron", text, &parse(text).problems, false)
    }

    #[test]
    fn the_place_is_right_after_korean_text() {
        let expected = "\
error[missing-comma]: A comma is missing before `y`
 --> a.ron:3:16
  |
2 |
3 |   title: \"한미동맹\" y: 3,
  |                    ^
4 | )
  |
  = help: add `,` here
";
        assert_eq!(show("(\n\n  title: \"한미동맹\" y: 3,\n)\n"), expected);
    }

    #[test]
    fn places_that_explain_are_shown_near_or_far() {
        let near = "\
error[mismatched]: `]` belongs here instead of `)`
 --> a.ron:2:11
  |
1 | (
2 |   x: [1, 2),
  |      -    ^
  |      |
  |      to close this `[`
3 | )
  |
";
        assert_eq!(show("(\r\n  x: [1, 2),\r\n)"), near);
        let far = "\
error[mismatched]: `]` belongs here instead of `)`
  --> a.ron:11:1
   |
 2 |   x: [
   |      - to close this `[`
   |
...
10 |
11 | )
   | ^
";
        let lines = "\n".repeat(9);
        assert_eq!(show(&format!("(\n  x: [{lines})\n")), far);
    }

    #[test]
    fn long_lines_are_shortened_around_the_place() {
        let text = format!(
            "(a: \"{}\", b: @, c: \"{}\")",
            "k".repeat(10_000),
            "l".repeat(10_000)
        );
        let expected = format!(
            "\
error[unexpected-character]: `@` has no meaning here
 --> a.ron:1:10012
  |
1 | …{}\", b: @, c: \"{}…
  | {}^
  |
  = help: delete it, or put text in quotation marks
",
            "k".repeat(34),
            "l".repeat(53),
            " ".repeat(41)
        );
        assert_eq!(show(&text), expected);
    }

    #[test]
    fn tabs_byte_order_marks_and_the_end_of_the_file() {
        let expected = "\
error[missing-value]: The field `b` has no value
 --> a.ron:1:1
  |
1 |     b: )
  |     ^^
  |
  = help: write its value after the colon, or delete the field
";
        let text = "\u{feff}\tb: )";
        let problem = parse("(b: )").problems.remove(0);
        let problem = Problem {
            span: Span::new(4, 6),
            ..problem
        };
        assert_eq!(
            render("a.ron", text, &[problem], false),
            expected.replace("1:1", "1:2")
        );
        let end = "\
error[empty]: The file holds nothing
 --> a.ron:2:1
  |
1 | // only a note
2 |
  | ^
  |
  = help: a register begins with `(` and ends with `)`
";
        assert_eq!(show("// only a note\n"), end);
    }

    #[test]
    fn places_outside_the_text_or_inside_a_character_are_moved() {
        let far =
            Problem::warning(Span::new(900, 1000), "far", "Far").label(Span::new(1, 2), "here");
        let rendered = render("-", "한국", &[far.clone(), far], false);
        let one = "\
warning[far]: Far
 --> -:1:3
  |
1 | 한국
  | -   ^
  | |
  | here
";
        assert_eq!(rendered, format!("{one}\n{one}"));
        assert_eq!(render("-", "", &[], false), "");
    }

    #[test]
    fn color_changes_nothing_but_the_color() {
        let text = "(a: @, b: [\n\n\n\n\n\n\n\n";
        let problems = parse(text).problems;
        let colored = render("a.ron", text, &problems, true);
        assert!(colored.contains("\u{1b}["));
        let mut plain = String::new();
        for (index, part) in colored.split('\u{1b}').enumerate() {
            let words = if index == 0 {
                Some(part)
            } else {
                part.split_once('m').map(|p| p.1)
            };
            plain.push_str(words.unwrap_or(""));
        }
        let trimmed: Vec<&str> = plain.lines().map(str::trim_end).collect();
        assert_eq!(
            trimmed,
            render("a.ron", text, &problems, false)
                .lines()
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn odd_characters_do_not_break_the_rendering() {
        for odd in [
            "\0",
            "\r",
            "\t",
            "\u{202e}",
            "\u{200f}",
            "\u{feff}",
            "\u{1b}[31m",
            "👩‍👩‍👧",
            "e\u{301}",
            "\u{2028}",
        ] {
            let text = format!("(a: \"{odd}{odd}\" @{odd}\n{odd})");
            assert!(show(&text).contains("a.ron:"), "{odd:?}");
        }
    }
}
