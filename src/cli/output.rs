//! Where output goes: results to the standard output or a file, messages to the standard error.

use super::CliError;
use linchpin_files::io_error_message;
use linchpin_report::Report;
use linchpin_report::text::{self, TextStyle};
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::Path;

/// Writes a result to the standard output. A reader who has seen enough (`| head`) is no failure.
///
/// # Errors
/// Where it cannot be written, for instance to a full disk.
pub fn print_result(text: &str) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
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

/// Writes a result to a file, over what was there.
///
/// # Errors
/// Where it cannot be written.
pub fn write_result(path: &Path, text: &str) -> Result<(), CliError> {
    std::fs::write(path, text).map_err(|e| cannot_write(path, &e))
}

/// The words for a file that cannot be written.
pub fn cannot_write(path: &Path, error: &std::io::Error) -> CliError {
    let why = match error.kind() {
        ErrorKind::NotFound => "its folder does not exist".into(),
        _ => io_error_message(error),
    };
    CliError(format!("Cannot write {}: {why}", path.display()))
}

/// Writes several lines to the standard error, as they are.
pub fn print_report(text: &str) {
    // Nobody may be listening.
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Writes a message to the standard error, so that it is no part of the result.
pub fn print_message(text: &str) {
    // Nobody may be listening.
    let _ = writeln!(std::io::stderr(), "linchpin: {text}");
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
