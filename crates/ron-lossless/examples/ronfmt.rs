//! A formatter for RON files, as `rustfmt` is for Rust: prints errors with line and column, or
//! writes the file anew.
//!
//! ```text
//! cargo run --example ronfmt FILE...             (formats the files)
//! cargo run --example ronfmt -- --check FILE...  (changes nothing; exit code 1 where it would)
//! cargo run --example ronfmt -- --fix FILE...    (applies all quick fixes first)
//! ```

use ron_lossless::{DefaultFormatRules, LineIndex, RonDocument, decode_bytes};
use std::fmt::Write as _;
use std::process::ExitCode;

/// What became of one file.
#[derive(Debug, PartialEq)]
enum Outcome {
    Unchanged,
    Formatted(String),
    /// The errors, each with its place.
    Invalid(String),
}

fn main() -> std::io::Result<ExitCode> {
    let (options, files): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|arg| arg.starts_with("--"));
    let has = |option: &str| options.iter().any(|o| o == option);
    let mut exit = ExitCode::SUCCESS;
    for file in &files {
        match format(file, std::fs::read(file)?, has("--fix")) {
            Outcome::Unchanged => {}
            Outcome::Formatted(_) if has("--check") => {
                println!("{file} would change");
                exit = ExitCode::FAILURE;
            }
            Outcome::Formatted(text) => std::fs::write(file, text)?,
            Outcome::Invalid(errors) => {
                eprint!("{errors}");
                exit = ExitCode::FAILURE;
            }
        }
    }
    Ok(exit)
}

fn format(name: &str, bytes: Vec<u8>, with_fixes: bool) -> Outcome {
    let decoded = decode_bytes(bytes);
    if !decoded.is_exact {
        return Outcome::Invalid(shown(name, &decoded.text, &decoded.diagnostics));
    }
    let mut doc = RonDocument::parse(decoded.text.as_str());
    while with_fixes && let Some(fix) = doc.diagnostics().iter().find_map(|d| d.fix.clone()) {
        doc.apply(&fix.edits);
    }
    if !doc.diagnostics().is_empty() {
        return Outcome::Invalid(shown(name, doc.text(), doc.diagnostics()));
    }
    match doc.format(&DefaultFormatRules::default()) {
        Err(error) => Outcome::Invalid(format!("{name}: {error}\n")),
        Ok(()) if doc.text() == decoded.text => Outcome::Unchanged,
        Ok(()) => Outcome::Formatted(doc.to_string()),
    }
}

fn shown(name: &str, text: &str, diagnostics: &[ron_lossless::Diagnostic]) -> String {
    let lines = LineIndex::new(text);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let at = lines.position(text, diagnostic.span.start);
        let (severity, code) = (diagnostic.severity, diagnostic.code);
        let message = &diagnostic.message;
        let _ = writeln!(
            out,
            "{name}:{}:{}: {severity}[{code}]: {message}",
            at.line, at.column
        );
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(out, "  help: {help}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_have_a_line_and_a_column() {
        let text = "(\n  volume: 0.5\n  title: 'Demo',\n)";
        let expected = "a.ron:2:14: error[missing-comma]: A comma is missing before `title`\n  \
            help: add `,` here\na.ron:3:10: error[bad-character]: Single quotation marks can hold \
            one character only\n  help: put text in double quotation marks: \"…\"\n";
        assert_eq!(
            format("a.ron", text.into(), false),
            Outcome::Invalid(expected.to_owned())
        );
        let fixed = "(\n    volume: 0.5,\n    title: \"Demo\",\n)\n";
        assert_eq!(
            format("a.ron", text.into(), true),
            Outcome::Formatted(fixed.to_owned())
        );
        assert_eq!(format("a.ron", fixed.into(), false), Outcome::Unchanged);
    }

    #[test]
    fn a_scene_keeps_its_comments() {
        let scene = include_str!("level.scn.ron");
        let Outcome::Formatted(formatted) = format("level.scn.ron", scene.into(), false) else {
            panic!("the example is formatted already");
        };
        for comment in scene.lines().filter_map(|line| line.split_once("//")) {
            assert!(formatted.contains(comment.1), "{}", comment.1);
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        let Outcome::Invalid(error) = format("a.ron", b"PK\x03\x04".to_vec(), false) else {
            panic!("a ZIP archive is no text");
        };
        assert!(error.contains("a ZIP archive"), "{error}");
    }
}
