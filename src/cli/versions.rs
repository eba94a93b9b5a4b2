//! The two versions that a command compares: files, folders, or what they were at a revision.

use super::Failure;
use super::input::{Input, open};
use linchpin_files::git::{AtRevision, NoAnswer, at_revision, was};
use linchpin_register::{FileText, load, load_parts};
use ron_lossless::text_of;
use std::path::Path;

/// A version as it was typed: a file or a folder where there is one, else `REV:PATH`.
///
/// # Errors
/// Where it cannot be read, or cannot be understood as RON.
pub fn version(typed: &Path) -> Result<Input, Failure> {
    if typed == Path::new("-") || typed.exists() {
        return sound(open(Some(typed))?);
    }
    let text = typed.to_string_lossy();
    match text.split_once(':') {
        // A drive of Windows has one letter.
        Some((rev, path)) if rev.chars().count() != 1 || !path.starts_with(['\\', '/']) => {
            let found = at_revision(Path::new("."), rev, path);
            sound(at(&text, found)?)
        }
        _ => sound(open(Some(typed))?),
    }
}

/// What a file or folder was at a revision.
///
/// # Errors
/// As [`version`].
pub fn before(path: &Path, rev: &str) -> Result<Input, Failure> {
    let name = format!("{} at {rev}", path.display());
    sound(at(&name, was(path, rev))?)
}

fn at(name: &str, found: Result<AtRevision, NoAnswer>) -> Result<Input, Failure> {
    let found = found.map_err(|why| Failure(format!("Cannot read {name}: {why}")))?;
    let loaded = match found {
        AtRevision::File(bytes) => {
            let source = text_of(bytes);
            load(source.text, source.problems)
        }
        AtRevision::Folder(files) => {
            let files = files.into_iter();
            let files = files.map(|(name, bytes)| FileText::read(&name, text_of(bytes)));
            load_parts(files.collect())
        }
    };
    Ok(Input {
        name: name.to_owned(),
        loaded,
        folder: None,
    })
}

/// Refuses a text that is broken: what it lacks would look withdrawn.
fn sound(input: Input) -> Result<Input, Failure> {
    if !input.loaded.broken {
        return Ok(input);
    }
    let first = input.loaded.problems.first();
    let first = first.map_or("", |problem| &problem.message);
    Err(Failure(format!(
        "{} is broken, and what it lacks would look withdrawn: {first}. Mend it first; `linchpin check` says where",
        input.name
    )))
}
