//! Problems as text for a terminal: the place, the lines, what is wrong, what would be right.

mod snippets;

use annotate_snippets::{Group, Level, Origin, Renderer};
use linchpin_register::document::masked_passwords;
use linchpin_register::{RegisterFile, SourceLocator};
use linchpin_report::visible::{visible_but_colors, visible_char, visible_line};
use ron_lossless::{Diagnostic, Severity, Span};
pub use snippets::visible_range;
use snippets::{line_mark, snippet, windows};

/// The files of a register as a reader is shown them.
pub struct SourceFiles<'a> {
    /// Their joined text.
    pub text: &'a str,
    pub parts: &'a [RegisterFile],
    /// The name of each.
    pub names: Vec<String>,
}

impl SourceFiles<'_> {
    /// The name of a file by its place among the parts.
    pub fn name(&self, part: usize) -> &str {
        self.names.get(part).map_or("", String::as_str)
    }
}

/// All `problems` of the files, in their order, with an empty line between them and a line break at
/// the end.
///
/// Each begins with its severity, code and message, followed by `file:line:column` (columns count
/// characters), the lines it speaks about, and its help. Of a place that spans lines, the first is
/// shown; long lines are shortened around the place. Places outside the text are moved to its end.
/// `color` adds ANSI colors. No problems: an empty text.
pub fn render(files: &SourceFiles, problems: &[Diagnostic], color: bool) -> String {
    let renderer = match color {
        true => Renderer::styled(),
        false => Renderer::plain(),
    };
    // What is shown may end in a log or an issue.
    let text = masked_passwords(files.text);
    let files = &SourceFiles {
        text: &text,
        parts: files.parts,
        names: files.names.iter().map(|name| visible_line(name)).collect(),
    };
    // Masked passwords have as many bytes, so that all places hold.
    let places = SourceLocator::new(files.text, files.parts);
    let mut rendered = String::new();
    for problem in problems {
        if !rendered.is_empty() {
            rendered.push('\n');
        }
        let report = renderer.render(&[group(files, &places, problem)]);
        push_without_markers(&mut rendered, &report);
    }
    // Of the lines of the file, the library has stand-ins for some characters and not for others.
    match color {
        true => visible_but_colors(&rendered),
        false => rendered.chars().map(visible_char).collect(),
    }
}

/// The library marks each piece of source whose path it was not told with a line `:::`. Ours are
/// all of the file named above, unless the mark has a path: the first needs no mark, and `...`
/// stands for the lines left out before the others.
fn push_without_markers(rendered: &mut String, report: &str) {
    // A color ends with `m`.
    let words = |piece: &str| {
        let words = piece.split_once('m').map_or("", |(_, words)| words);
        !words.trim().is_empty()
    };
    let has_path = |rest: &str| {
        let mut pieces = rest.split('\u{1b}');
        pieces.next().is_some_and(|p| !p.trim().is_empty()) || pieces.any(words)
    };
    let is_mark = |line: &str| {
        let rest = line.split_once(":::").map(|(_, rest)| rest);
        rest.is_some_and(|rest| !has_path(rest)) && !line.contains(['|', '=', '>'])
    };
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

fn group<'a>(files: &'a SourceFiles, places: &SourceLocator, problem: &'a Diagnostic) -> Group<'a> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let place = |span: Span| places.locate(files.text, files.parts, span);
    let main = place(problem.span);
    let start = main.start();
    let origin = Origin::path(files.name(main.file))
        .line(start.line as usize)
        .char_column(start.column as usize);
    let title = level
        .primary_title(problem.message.as_str())
        .id(problem.code);
    let mut group = title.element(origin);
    // The problem's own file first, then those that explain it.
    let mut marks = vec![(main, vec![line_mark(&main, None)])];
    for (span, words) in &problem.labels {
        let place = place(*span);
        let mark = line_mark(&place, Some(words.as_str()));
        match marks.iter_mut().find(|(of, _)| of.file == place.file) {
            Some((_, marks)) => marks.push(mark),
            None => marks.push((place, vec![mark])),
        }
    }
    for (place, marks) in marks {
        let (text, lines) = (place.text, place.lines);
        let is_other = place.file != main.file;
        // An empty last line says nothing.
        let last_line = lines.count() - u32::from(text.ends_with('\n'));
        for window in windows(marks, last_line, is_other) {
            let path = is_other.then(|| files.name(place.file));
            group = group.element(snippet(text, lines, window).path(path));
        }
    }
    match &problem.help {
        Some(help) => group.element(Level::HELP.message(help.as_str())),
        None => group,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_report::visible::is_harmless;
    use ron_lossless::parse;

    /// The problems of one file.
    fn shown(name: &str, text: &str, problems: &[Diagnostic], color: bool) -> String {
        let files = SourceFiles {
            text,
            parts: &[RegisterFile::single("", text)],
            names: vec![name.to_owned()],
        };
        render(&files, problems, color)
    }

    fn show(text: &str) -> String {
        shown("a.ron", text, &parse(text).diagnostics, false)
    }

    #[test]
    fn each_file_is_named_with_its_own_lines() {
        let text = "\u{feff}one\n둘\n\u{feff}셋 three\r\nfour\nfive";
        let part = |start, end| RegisterFile {
            name: "".into(),
            span: Span::new(start, end),
        };
        let parts = [part(0, 10), part(11, 33)];
        let files = SourceFiles {
            text,
            parts: &parts,
            names: vec!["a/one.ron".into(), "a/two.ron".into()],
        };
        let at = |words: &str| {
            let start = text.find(words).unwrap() as u32;
            Span::new(start, start + words.len() as u32)
        };
        let problem = Diagnostic::error(at("three"), "x", "Too many")
            .with_label(at("둘"), "as here")
            .with_label(at("four"), "and here")
            .with_help("say less");
        let expected = "\
error[x]: Too many
 --> a/two.ron:1:3
  |
1 | 셋 three
  |    ^^^^^
2 | four
  | ---- and here
  |
 ::: a/one.ron:2:1
  |
2 | 둘
  | -- as here
  |
  = help: say less
";
        let problems = [problem];
        assert_eq!(render(&files, &problems, false), expected);
        assert_eq!(without_color(&render(&files, &problems, true)), expected);
    }

    fn without_color(colored: &str) -> String {
        let mut plain = String::new();
        for (index, part) in colored.split('\u{1b}').enumerate() {
            let words = if index == 0 {
                Some(part)
            } else {
                part.split_once('m').map(|p| p.1)
            };
            plain.push_str(words.unwrap_or(""));
        }
        plain
            .lines()
            .map(|l| format!("{}\n", l.trim_end()))
            .collect()
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
        let problem = parse("(b: )").diagnostics.remove(0);
        let problem = Diagnostic {
            span: Span::new(4, 6),
            ..problem
        };
        assert_eq!(
            shown("a.ron", text, &[problem], false),
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
  = help: a file holds one value, most often a record: `(name: value)`
";
        assert_eq!(show("// only a note\n"), end);
    }

    #[test]
    fn places_outside_the_text_or_inside_a_character_are_moved() {
        let far = Diagnostic::warning(Span::new(900, 1000), "far", "Far")
            .with_label(Span::new(1, 2), "here");
        let rendered = shown("-", "한국", &[far.clone(), far], false);
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
        assert_eq!(shown("-", "", &[], false), "");
    }

    #[test]
    fn color_changes_nothing_but_the_color() {
        let text = "(a: @, b: [\n\n\n\n\n\n\n\n";
        let problems = parse(text).diagnostics;
        let colored = shown("a.ron", text, &problems, true);
        assert!(colored.contains("\u{1b}["));
        assert_eq!(
            without_color(&colored),
            shown("a.ron", text, &problems, false)
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
            "\u{9b}2J",
            "\u{2066}",
            "👩‍👩‍👧",
            "e\u{301}",
            "\u{2028}",
        ] {
            let text = format!("(a: \"{odd}{odd}\" @{odd}\n{odd})");
            assert!(show(&text).contains("a.ron:"), "{odd:?}");
            assert!(is_harmless(&show(&text)), "{odd:?}");
        }
    }
}
