//! Where output goes: results to the standard output or a file, messages to the standard error.
//!
//! Nothing else in the command line prints (`tests/tidy.rs`), so that no word from a register, a
//! text, a file name or an argument controls a terminal: whatever is printed has stand-ins for
//! control characters. It is the same on a terminal, in a pipe and in a file; only the
//! text of a register goes into a pipe byte for byte.

use super::CliError;
use linchpin_files::{ReplacePolicy, WriteErrorKind, io_error_message};
use linchpin_render::export::provenance::may_replace_output;
use linchpin_report::Report;
use linchpin_report::text::{self, TextStyle};
use linchpin_report::visible::{visible, visible_but_colors};
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Writes a result to the standard output. A reader who has seen enough (`| head`) is no failure.
///
/// # Errors
/// Where it cannot be written, for instance to a full disk.
pub fn print_result(text: &str) -> Result<(), CliError> {
    write_to_stdout(&visible(text))
}

/// Writes a result that may have colors. The words in it are visible already: a color among
/// them would be obeyed.
///
/// # Errors
/// Where it cannot be written.
pub fn print_colored(text: &str) -> Result<(), CliError> {
    write_to_stdout(&visible_but_colors(text))
}

/// Writes the text of a register to the standard output: into a pipe or a file as it is, for it is
/// kept or read again; for eyes on a terminal like every other result.
///
/// # Errors
/// Where it cannot be written.
pub fn print_register(text: &str) -> Result<(), CliError> {
    match is_terminal() {
        true => print_result(text),
        false => write_to_stdout(text),
    }
}

fn write_to_stdout(text: &str) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    // Flushed here: at the end of the program, an error such as a full disk would go unnoticed.
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(CliError(format!(
            "Cannot write the result: {}",
            io_error_message(&e)
        ))),
        _ => Ok(()),
    }
}

/// Writes a report to the standard output, for a reader.
///
/// # Errors
/// Where it cannot be written.
pub fn print_page(report: &Report) -> Result<(), CliError> {
    print_result(&text::write(report, TextStyle::default()))
}

/// The option of every command that writes a file. The option that names the file is in the group
/// [`WRITTEN`].
#[derive(clap::Args, Clone, Copy)]
pub struct OverwriteArgs {
    /// Replace a file that is there already, whoever has made it. Without this, only images, pages
    /// and PDFs that Linchpin has made are replaced, by others of their kind
    #[arg(long, requires = WRITTEN)]
    pub force: bool,
}

/// The group of options that name the file to be written.
pub const WRITTEN: &str = "written";

/// Writes a result to a file: never over one of those that it was made from, and over a file that
/// Linchpin is not known to have made only where the user says so.
///
/// # Errors
/// Where another file stands there, or it cannot be written.
pub fn write_result(
    path: &Path,
    bytes: &[u8],
    overwrite: OverwriteArgs,
    sources: &[PathBuf],
) -> Result<(), CliError> {
    // By where both lead, so that a link to the register does not stand for another file.
    let real = path.canonicalize().ok();
    let is_same = |source: &PathBuf| real.is_some() && source.canonicalize().ok() == real;
    if let Some(source) = sources.iter().find(|source| is_same(source)) {
        return Err(CliError(format!(
            "{} is the register itself, or the file that was read. Choose another file to write",
            source.display()
        )));
    }
    write_replacing(path, bytes, overwrite)
}

/// The same for what may take the place of its source.
///
/// # Errors
/// As [`write_result`].
pub fn write_replacing(
    path: &Path,
    bytes: &[u8],
    overwrite: OverwriteArgs,
) -> Result<(), CliError> {
    let is_ours = |old: &[u8]| may_replace_output(old, bytes);
    let replace = match overwrite.force {
        true => ReplacePolicy::Any,
        false => ReplacePolicy::Known(&is_ours),
    };
    match linchpin_files::write(path, bytes, replace) {
        Ok(notice) => notice.iter().for_each(|notice| print_message(notice)),
        Err(error) if error.kind == WriteErrorKind::Foreign => {
            return Err(CliError(format!(
                "{} exists already and is left as it is: it is not known to be a file that \
                Linchpin has made. Choose another name, or add --force to replace it",
                path.display()
            )));
        }
        Err(error) => return Err(CliError(error.to_string())),
    }
    Ok(())
}

/// Removes the copies of old texts that nobody needs any more, as the window does at its start, and
/// tells of those that somebody may need.
pub fn clear_old_copies() {
    let Some(state) = linchpin_files::state_folder() else {
        return;
    };
    let found = linchpin_files::find_interrupted_saves(&state);
    for file in &found.files {
        print_message(&format!(
            "An earlier saving of {} was broken off, and a copy of its old text is kept: the \
            window (`linchpin`) shows what differs and offers to put it back",
            file.path.display()
        ));
    }
    found
        .errors
        .iter()
        .for_each(|error| print_message(&error.to_string()));
}

/// Writes several lines to the standard error.
pub fn print_report(text: &str) {
    // Nobody may be listening.
    let _ = std::io::stderr().write_all(visible(text).as_bytes());
}

/// Writes a message to the standard error, so that it is no part of the result.
pub fn print_message(text: &str) {
    print_report(&format!("linchpin: {text}\n"));
}

/// Prints help, or what is wrong with the arguments, in colors where there are any. It repeats
/// arguments: they are visible already.
pub fn print_usage(error: &clap::Error) {
    // Nobody may be listening.
    let _ = error.print();
}

/// Whether the result is read on a terminal.
pub fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Whether the result may be colored: on a terminal, unless NO_COLOR is set (no-color.org) or the
/// terminal has no colors.
pub fn use_color() -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty());
    is_terminal() && set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb")
}
