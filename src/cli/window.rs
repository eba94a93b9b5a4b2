//! `linchpin [FILE]`: the window.

use std::path::PathBuf;
use std::process::ExitCode;

/// Opens the window on a file; `None`: the last one, else the bundled register.
pub fn run(_file: Option<PathBuf>) -> ExitCode {
    super::out::message(
        "The window is not built yet. `linchpin table` and `linchpin check` work on the register",
    );
    ExitCode::from(2)
}
