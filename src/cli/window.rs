//! `linchpin [FILE]`: the window, on a file or a folder.

use super::CliError;
use super::input::open;
use linchpin_app::open_file::StartupFile;
use linchpin_app::reopened_chart::{ReopenedChart, is_image};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Opens the window on a file; `None`: the last one, else the bundled register.
///
/// The exit code is 2 where the file cannot be opened, or where there is no window to be had.
pub fn run(file: Option<PathBuf>) -> ExitCode {
    let opening = match opening(file) {
        Ok(opening) => opening,
        Err(CliError(words)) => {
            super::output::print_message(&words);
            return ExitCode::from(2);
        }
    };
    match crate::window::run(opening) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            super::output::print_message(&format!(
                "No window can be opened here: {error}\n\
                 A window needs a desktop (DISPLAY or WAYLAND_DISPLAY) and OpenGL; software OpenGL \
                 will do (on Debian: libgl1-mesa-dri).\n\
                 Without one, the command line does the same work:\n  \
                 linchpin export FILE --all --to FOLDER\n  \
                 linchpin table FILE commitments\n  \
                 linchpin screenshot FILE --page overview --to window.png"
            ));
            ExitCode::from(2)
        }
    }
}

/// What the window begins with. What is wrong is reported here, before a window opens only to
/// report it.
fn opening(file: Option<PathBuf>) -> Result<StartupFile, CliError> {
    let Some(path) = file else {
        return Ok(StartupFile::LastFile);
    };
    if path == Path::new("-") {
        let input = open(Some(&path))?;
        return Ok(StartupFile::StandardInput(Box::new(input.loaded)));
    }
    let why = match std::fs::metadata(&path) {
        Ok(data) if data.is_file() && is_image(&path) => {
            let reopened = ReopenedChart::read(&path, None).map_err(CliError)?;
            return Ok(StartupFile::Image(Box::new(reopened)));
        }
        Ok(data) if data.is_file() => return Ok(StartupFile::File(path)),
        Ok(data) if data.is_dir() => match linchpin_files::folder::find_files(&path) {
            Ok(_) => return Ok(StartupFile::File(path)),
            Err(error) => return Err(CliError(error.to_string())),
        },
        Ok(_) => "this is no file but a pipe, a socket or a device".to_owned(),
        Err(error) => linchpin_files::io_error_message(&error),
    };
    Err(CliError(format!("Cannot open {}: {why}", path.display())))
}
