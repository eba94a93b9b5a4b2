//! `linchpin fix`: carries out every sure repair of a register, and shows each.

use super::render::visible_range;
use super::texts::TextFinder;
use super::{CliError, CliResult, ExitStatus, output};
use linchpin_edit::fix_all::{AppliedFix, FixScope, FixedText, LineChange, fix_files};
use linchpin_files::folder::read_folder;
use linchpin_files::{
    SaveError, SavePrecondition, SavedFile, read, read_stream, save, save_in_folder,
};
use linchpin_register::document::masked_passwords;
use linchpin_register::english::count_noun;
use linchpin_register::{Document, RegisterFileText};
use linchpin_report::visible::visible_char;
use ron_lossless::{DecodedText, codes, decode_bytes};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Set right what has one sure repair: misspelt words, missing commas and quotation marks, dates in
/// words
#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub struct FixArgs {
    /// The register, a file or a folder of files; `-` for the standard input, whose repaired text
    /// goes to the standard output
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Show the changes, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Make repairs as well that lose something of what the file says, such as the end of an id
    /// that is too long
    #[arg(long)]
    lossy: bool,
}

const AFTER: &str = "\
Each change is shown with its place when it is made, the problem, and the lines before (-) and \
after (+). Everything else
in the file stays as it is, byte for byte. Problems that could be set right in more than one way \
are left to you, and so are repairs that lose something, unless --lossy is given; `linchpin check` \
shows them.
A file in UTF-16 is written as UTF-8. A file in an unknown encoding is left alone.

Exit codes: 0 no problems are left; 1 some are left; 2 the file cannot be read or written.";

/// Runs the command.
pub fn run(args: FixArgs) -> CliResult {
    if args.file.is_dir() {
        return fix_folder(&args);
    }
    let is_stream = args.file == Path::new("-");
    let (name, bytes) = match is_stream {
        true => {
            let bytes = read_stream(std::io::stdin().lock())
                .map_err(|why| CliError(format!("Cannot read the standard input: {why}")))?;
            ("<stdin>".to_owned(), bytes)
        }
        false => {
            let bytes = read(&args.file).map_err(|e| CliError(e.to_string()))?;
            (args.file.display().to_string(), bytes)
        }
    };
    // The bytes are kept: a save expects to find them, and refuses a file that has changed since.
    let (text, is_converted) = decode(decode_bytes(bytes.clone()), &name)?;
    let folder_path = args.file.parent().unwrap_or(Path::new(""));
    let file = RegisterFileText {
        name: "".into(),
        text,
        diagnostics: Vec::new(),
    };
    let texts = TextFinder::in_register_folder(folder_path);
    let text_of = |document: &Document| texts.text_of(document);
    let repaired = fix_files(vec![file], &text_of, scope(&args));
    let report = report(
        &repaired,
        (&name, &args.file.to_string_lossy()),
        &|_| name.clone(),
        is_converted,
        args.dry_run,
    );
    let is_changed = is_converted || !repaired.fixes.is_empty();
    if is_stream {
        // The repaired text has the standard output to itself, so that the report goes to the
        // standard error.
        if !args.dry_run {
            output::print_register(&repaired.text)?;
        }
        output::print_report(&report);
    } else {
        // Before the report, which says that the changes are made.
        if is_changed && !args.dry_run {
            write_fixed(&args.file, &bytes, &repaired.text)?;
        }
        output::print_result(&report)?;
    }
    Ok(match repaired.remaining.diagnostic_count() {
        0 => ExitStatus::Success,
        _ => ExitStatus::Problems,
    })
}

fn scope(args: &FixArgs) -> FixScope {
    match args.lossy {
        true => FixScope::Lossy,
        false => FixScope::Safe,
    }
}

/// Repairs the files of a folder together, and writes those that have changed.
fn fix_folder(args: &FixArgs) -> CliResult {
    let (path, dry_run) = (args.file.as_path(), args.dry_run);
    let read = read_folder(path).map_err(|e| CliError(e.to_string()))?;
    let whole = path.display().to_string();
    let name = |part: &str| format!("{}/{part}", whole.trim_end_matches('/'));
    let mut files = Vec::new();
    for (part, bytes) in &read {
        let source = decode_bytes(bytes.clone());
        if !source.is_exact {
            let file = name(part);
            return Err(CliError(format!(
                "{file} is not saved as UTF-8: repair it by itself first, with `linchpin fix \
                {file}`"
            )));
        }
        files.push(RegisterFileText::from_decoded(part, source));
    }
    let texts = TextFinder::in_register_folder(path);
    let text_of = |document: &Document| texts.text_of(document);
    let repaired = fix_files(files, &text_of, scope(args));
    let parts = &repaired.remaining.files;
    let part = |number: usize| {
        parts
            .get(number)
            .map_or_else(String::new, |p| name(&p.name))
    };
    let report = report(&repaired, (&whole, &whole), &part, false, dry_run);
    for ((file, bytes), part) in read.iter().zip(parts.iter()) {
        let text = part.span.of(&repaired.text);
        if !dry_run && text.as_bytes() != bytes.as_slice() {
            report_saved(save_in_folder(
                path,
                file,
                text.as_bytes(),
                SavePrecondition::Bytes(bytes),
            ))?;
        }
    }
    output::print_result(&report)?;
    Ok(match repaired.remaining.diagnostic_count() {
        0 => ExitStatus::Success,
        _ => ExitStatus::Problems,
    })
}

fn write_fixed(path: &Path, before: &[u8], text: &str) -> Result<(), CliError> {
    report_saved(save(path, text.as_bytes(), SavePrecondition::Bytes(before)))
}

fn report_saved(saved: Result<SavedFile, SaveError>) -> Result<(), CliError> {
    let saved = saved.map_err(|e| CliError(e.to_string()))?;
    if let Some(notice) = saved.notice() {
        output::print_message(&notice);
    }
    Ok(())
}

/// The text of a file, and whether it was converted to UTF-8.
///
/// # Errors
/// Where a character of it is not certain: what would be written then could lose some.
fn decode(source: DecodedText, name: &str) -> Result<(String, bool), CliError> {
    if source.is_exact {
        return Ok((source.text, false));
    }
    if source.is_lossless {
        let text = source.text.strip_prefix('\u{feff}');
        return Ok((text.unwrap_or(&source.text).to_owned(), true));
    }
    let problem = source.diagnostics.first();
    let why = problem.map_or("It is no text", |p| p.message.as_str());
    let help = problem.and_then(|p| p.help.as_deref());
    let help = match problem {
        Some(p) if p.code == codes::UTF16 => Some("a part of it is damaged"),
        _ => help,
    };
    let help = help.map_or(String::new(), |help| format!(": {help}"));
    Err(CliError(format!("{name} is left as it is. {why}{help}")))
}

/// The whole report: each change, what was done in all, what is left. `argument` is the register as
/// it was named to the program; `part` names a file by its number.
fn report(
    repaired: &FixedText,
    (name, argument): (&str, &str),
    part: &dyn Fn(usize) -> String,
    is_converted: bool,
    is_dry: bool,
) -> String {
    let mut out = String::new();
    if is_converted {
        out.push_str(&format!(
            "{name}: The file is saved as UTF-16, and only UTF-8 can be read\n  Save it as \
            UTF-8\n\n"
        ));
    }
    for made in &repaired.fixes {
        out.push_str(&change_text(made, part));
        out.push('\n');
    }
    let count = repaired.fixes.len() + usize::from(is_converted);
    let done = match (count, is_dry) {
        (0, _) => "nothing to change".to_owned(),
        (1, true) => "1 change would be made".to_owned(),
        (_, true) => format!("{count} changes would be made"),
        (_, false) => format!("{} made", count_noun(count, "change")),
    };
    let left = match repaired.remaining.diagnostic_count() {
        0 => "no problems are left".to_owned(),
        1 => format!("1 problem is left; see `linchpin check {argument}`"),
        left => format!("{left} problems are left; see `linchpin check {argument}`"),
    };
    out.push_str(&format!("{name}: {done}; {left}\n"));
    out
}

fn change_text(change: &AppliedFix, part: &dyn Fn(usize) -> String) -> String {
    let (name, line, column) = (
        part(change.part),
        change.position.line,
        change.position.column,
    );
    let mut out = format!("{name}:{line}:{column}: {}\n", change.diagnostic.message);
    // Writing to a text cannot fail.
    let _ = writeln!(out, "  {}", change.change.label);
    for touched in &change.lines {
        if touched.part != change.part {
            let _ = writeln!(out, "  in {}:{}", part(touched.part), touched.line);
        }
        let both = [('-', &touched.before), ('+', &touched.after)];
        for (sign, lines) in both {
            for line in preview_lines(lines, touched) {
                let _ = writeln!(out, "{sign} {line}");
            }
        }
    }
    out
}

/// The lines for a reader: long ones shortened around the change, many cut, and nothing for none.
fn preview_lines(lines: &str, touched: &LineChange) -> Vec<String> {
    const MAX_LINES: usize = 20;
    let lines: &str = &masked_passwords(lines);
    let mut shown = Vec::new();
    let mut start = 0;
    for line in lines.split('\n').take(MAX_LINES) {
        let end = start + line.trim_end_matches('\r').len();
        let at = touched.same_bytes.clamp(start, end);
        let part = visible_range(lines, start..end, lines.floor_char_boundary(at));
        let cut = |is_cut| if is_cut { "…" } else { "" };
        let words = lines.get(part.clone()).unwrap_or("");
        let words: String = words.chars().map(visible_char).collect();
        shown.push(format!(
            "{}{words}{}",
            cut(part.start > start),
            cut(part.end < end)
        ));
        start += line.len() + 1;
    }
    if lines.is_empty() {
        shown.clear();
    }
    if lines.split('\n').nth(MAX_LINES).is_some() {
        shown.push("…".to_owned());
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_shown_around_the_change() {
        let before = format!("(a: \"{}\", b = 1)", "x".repeat(500));
        let touched = LineChange {
            part: 0,
            line: 1,
            same_bytes: before.find('=').unwrap(),
            before: before.clone(),
            after: String::new(),
        };
        let shown = preview_lines(&before, &touched);
        assert!(shown[0].starts_with("…xxx") && shown[0].ends_with("b = 1)"));
        assert!(shown[0].len() < 200);
        assert_eq!(preview_lines("", &touched), [""; 0]);
    }

    #[test]
    fn no_line_gives_orders_to_a_terminal() {
        let touched = LineChange {
            part: 0,
            line: 1,
            same_bytes: 0,
            before: String::new(),
            after: String::new(),
        };
        assert_eq!(preview_lines("a\u{1b}[31m\tb", &touched), ["a␛[31m\tb"]);
    }
}
