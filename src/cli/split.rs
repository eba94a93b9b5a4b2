//! `linchpin split`: a register in one file made into a folder of files.

use super::input::open;
use super::{CliError, CliResult, ExitStatus, output};
use linchpin_edit::split::{HEAD_FILE, SplitFile, split_register};
use linchpin_files::{ReadErrorKind, SavePrecondition, folder, io_error_message, save_in_folder};
use linchpin_register::english::count_noun;
use std::path::{Path, PathBuf};

/// Make a folder of files from a register in one file
#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub struct SplitArgs {
    /// The register; `-` for the standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The folder to write to; it is made where there is none
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
}

const AFTER: &str = "\
Each list comes into a file of its own, such as commitments.ron; the title and what else heads the \
register stay in
register.ron. Remarks go with what they stand by. The file itself is left as it is. All commands \
and the window take the
folder in place of a file; `linchpin merge` makes one file of it again.

Exit codes: 0 done; 2 the register cannot be read in full, the folder holds .ron files already, or \
cannot be written.";

/// Runs the command.
pub fn run(args: SplitArgs) -> CliResult {
    let (file, to) = (&args.file, &args.to);
    if file.is_dir() {
        return Err(CliError(format!(
            "{} is a folder already. Give a register in one file",
            file.display()
        )));
    }
    match folder::find_files(to) {
        Ok(_) => {
            return Err(CliError(format!(
                "{} holds .ron files already, and they would become part of the register. Choose \
                another folder",
                to.display()
            )));
        }
        Err(error) if is_free(&error.kind) => {}
        Err(error) => return Err(CliError(error.to_string())),
    }
    let input = open(Some(file))?;
    let files = split_register(&input.loaded).ok_or_else(|| {
        let name = &input.name;
        CliError(format!(
            "{name} cannot be read in full, so it is not split. Fix it first: `linchpin check \
            {name}` says where"
        ))
    })?;
    write_all(to, &files)?;
    output::print_message(&format!(
        "Wrote {} into {}: the head in {HEAD_FILE}, each list in its own",
        count_noun(files.len(), "file"),
        to.display()
    ));
    Ok(ExitStatus::Success)
}

/// Whether a folder holds no register, or is not there yet. Of one that cannot be looked through
/// nobody knows that.
fn is_free(error: &ReadErrorKind) -> bool {
    matches!(
        error,
        ReadErrorKind::NoRegisterFile | ReadErrorKind::NoSuchFolder
    )
}

/// Writes the files, or none of them.
fn write_all(to: &Path, files: &[SplitFile]) -> Result<(), CliError> {
    let is_new = !to.exists();
    if is_new {
        std::fs::create_dir(to).map_err(|error| {
            let why = match error.kind() {
                std::io::ErrorKind::NotFound => "the folder around it does not exist".into(),
                _ => io_error_message(&error),
            };
            CliError(format!("Cannot make the folder {}: {why}", to.display()))
        })?;
    }
    for (index, file) in files.iter().enumerate() {
        let saved = save_in_folder(
            to,
            &file.name,
            file.text.as_bytes(),
            SavePrecondition::NewFile,
        );
        if let Err(why) = saved {
            // Half a register would look like a whole one.
            for file in files.iter().take(index) {
                let path = to.join(&file.name);
                if let Err(error) = std::fs::remove_file(&path) {
                    output::print_message(&format!(
                        "{} is written and cannot be removed: {}",
                        path.display(),
                        io_error_message(&error)
                    ));
                }
            }
            if is_new {
                // A folder in which something has come to lie stays.
                let _ = std::fs::remove_dir(to);
            }
            return Err(CliError(why.to_string()));
        }
    }
    Ok(())
}
