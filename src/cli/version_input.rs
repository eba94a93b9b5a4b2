//! The two versions that a command compares: files, folders, or what they were at a revision.

use super::CliError;
use super::input::{RegisterInput, open};
use linchpin_files::git::{GitError, RevisionContent, content_at_revision, path_at_revision};
use linchpin_register::{RegisterFileText, load, load_files};
use ron_lossless::decode_bytes;
use std::path::Path;

/// A version as it was typed: a file or a folder where there is one, else `REV:PATH`.
///
/// # Errors
/// Where it cannot be read, or cannot be understood as RON.
pub fn read_version(typed: &Path) -> Result<RegisterInput, CliError> {
    if typed == Path::new("-") || typed.exists() {
        return refuse_broken(open(Some(typed))?);
    }
    let text = typed.to_string_lossy();
    match text.split_once(':') {
        // A drive of Windows has one letter.
        Some((rev, path)) if rev.chars().count() != 1 || !path.starts_with(['\\', '/']) => {
            let found = content_at_revision(Path::new("."), rev, path);
            refuse_broken(load_revision(&text, found)?)
        }
        _ => refuse_broken(open(Some(typed))?),
    }
}

/// What a file or folder was at a revision.
///
/// # Errors
/// As [`read_version`].
pub fn read_revision(path: &Path, rev: &str) -> Result<RegisterInput, CliError> {
    let name = format!("{} at {rev}", path.display());
    refuse_broken(load_revision(&name, path_at_revision(path, rev))?)
}

fn load_revision(
    name: &str,
    found: Result<RevisionContent, GitError>,
) -> Result<RegisterInput, CliError> {
    let found = found.map_err(|why| CliError(format!("Cannot read {name}: {why}")))?;
    let loaded = match found {
        RevisionContent::File(bytes) => {
            let source = decode_bytes(bytes);
            load(source.text, source.diagnostics)
        }
        RevisionContent::Folder(files) => {
            let files = files.into_iter();
            let files = files
                .map(|(name, bytes)| RegisterFileText::from_decoded(&name, decode_bytes(bytes)));
            load_files(files.collect())
        }
    };
    Ok(RegisterInput {
        name: name.to_owned(),
        loaded,
        folder: None,
        sources: Vec::new(),
    })
}

/// Refuses a text that is broken: what it lacks would look withdrawn.
fn refuse_broken(input: RegisterInput) -> Result<RegisterInput, CliError> {
    if !input.loaded.is_broken {
        return Ok(input);
    }
    let first = input.loaded.diagnostics.first();
    let first = first.map_or("", |problem| &problem.message);
    Err(CliError(format!(
        "{} is broken, and what it lacks would look withdrawn: {first}. Fix it first; `linchpin \
        check` says where",
        input.name
    )))
}
