//! `linchpin new`: a register to begin with.

use super::{CliError, CliResult, ExitStatus, output};
use linchpin_files::{SaveErrorKind, SavePrecondition, save};
use std::path::{Path, PathBuf};

/// The text of a new register: a worked example of each common type of record, with remarks.
const TEXT: &str = include_str!("../../data/new-register.ron");

/// Write a commented register to begin with
#[derive(clap::Args)]
#[command(
    after_help = "The file holds one worked example of each common type of record; replace them \
        with your own.\n\nExit codes: 0 done; 2 the file exists already or cannot be written."
)]
pub struct NewArgs {
    /// The file to write; it must not exist yet. `-` for the standard output
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Runs the command.
pub fn run(args: NewArgs) -> CliResult {
    if args.file == Path::new("-") {
        output::print_result(TEXT)?;
        return Ok(ExitStatus::Success);
    }
    write_new(&args.file)?;
    let name = args.file.display();
    output::print_message(&format!(
        "Wrote {name}. Edit it in any text editor; `linchpin check {name}` says what is wrong with \
        it"
    ));
    Ok(ExitStatus::Success)
}

fn write_new(path: &Path) -> Result<(), CliError> {
    let written = save(path, TEXT.as_bytes(), SavePrecondition::NewFile);
    let saved = written.map_err(|error| match error.kind {
        SaveErrorKind::Exists => CliError(format!(
            "{} exists already and is left as it is. Choose another name",
            path.display()
        )),
        kind => CliError(format!("Cannot write {}: {kind}", path.display())),
    })?;
    saved
        .notice()
        .iter()
        .for_each(|notice| output::print_message(notice));
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_new_register_has_no_problems() {
        let loaded = linchpin_register::load(super::TEXT, Vec::new());
        let problems: Vec<&str> = loaded
            .diagnostics
            .iter()
            .map(|p| p.message.as_str())
            .collect();
        assert_eq!(problems, [""; 0]);
        assert!(loaded.register.iter_records().count() > 8);
    }
}
