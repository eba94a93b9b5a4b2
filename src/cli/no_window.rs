//! `linchpin [FILE]` in a build without the window.

use std::path::PathBuf;
use std::process::ExitCode;

/// Says that there is no window in this build, and what does its work. The exit code is 2.
pub fn run(_: Option<PathBuf>) -> ExitCode {
    super::output::print_message(
        "This build of Linchpin has no window: it was built with --no-default-features.\n\
         The command line does its work:\n  \
         linchpin export FILE --all --to FOLDER\n  \
         linchpin table FILE commitments\n  \
         linchpin --help",
    );
    ExitCode::from(2)
}
