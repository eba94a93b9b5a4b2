//! `linchpin [FILE]`: the window.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Opens the window on a file; `None`: the last one, else the bundled register.
///
/// The exit code is 2 where the file cannot be opened, or where there is no window to be had.
pub fn run(file: Option<PathBuf>) -> ExitCode {
    if let Some(trouble) = file.as_deref().and_then(trouble) {
        super::out::message(&trouble);
        return ExitCode::from(2);
    }
    match crate::window::run(file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            super::out::message(&format!(
                "No window can be opened here: {error}\n\
                 A window needs a desktop (DISPLAY or WAYLAND_DISPLAY) and OpenGL; software OpenGL will do (on Debian: libgl1-mesa-dri).\n\
                 Without one, the command line does the same work:\n  \
                 linchpin export FILE --all --to FOLDER\n  \
                 linchpin table FILE commitments\n  \
                 linchpin screenshot FILE --page overview --to window.png"
            ));
            ExitCode::from(2)
        }
    }
}

/// What speaks against opening a file, before a window comes up only to say it.
fn trouble(file: &Path) -> Option<String> {
    match std::fs::metadata(file) {
        Ok(data) if data.is_file() => None,
        Ok(_) => Some(format!(
            "Cannot open {}: this is no file but a folder or a device",
            file.display()
        )),
        Err(error) => Some(format!(
            "Cannot open {}: {}",
            file.display(),
            crate::files::in_words(&error)
        )),
    }
}
