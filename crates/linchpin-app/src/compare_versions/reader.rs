//! Reading the version that the register is compared with, away from the frame.

use super::VersionSource;
use crate::open_file::bundled_register;
use linchpin_files::folder::read_folder;
use linchpin_files::git::{AtRevision, was};
use linchpin_files::read;
use linchpin_register::bundled;
use linchpin_register::{
    LoadedRegister, RegisterFile, RegisterFileText, load, load_files, load_joined_files,
};
use ron_lossless::decode_bytes;
use std::path::PathBuf;
use std::sync::Arc;

/// Where the other version comes from.
pub struct VersionReader {
    pub source: VersionSource,
    /// The open file or folder.
    pub open_path: Option<PathBuf>,
    /// What the disk holds.
    pub disk: (Arc<str>, Arc<[RegisterFile]>),
}

impl VersionReader {
    /// Reads it; `name` is that of the open file. Its name comes with it.
    ///
    /// # Errors
    /// Why it cannot be read, in words.
    pub fn read(self, name: &str) -> Result<(String, LoadedRegister), String> {
        let (called, loaded) = match self.source {
            VersionSource::Bundled => (bundled::NAME.to_owned(), bundled_register().clone()),
            VersionSource::OnDisk => {
                let (text, parts) = self.disk;
                (format!("{name} as saved"), load_joined_files(text, parts))
            }
            VersionSource::File(path) if path.is_dir() => {
                let files = read_folder(&path).map_err(|why| why.to_string())?;
                (path.display().to_string(), load_read_files(files))
            }
            VersionSource::File(path) => {
                let source = decode_bytes(read(&path).map_err(|why| why.to_string())?);
                (
                    path.display().to_string(),
                    load(source.text, source.diagnostics),
                )
            }
            VersionSource::Revision { hash, short } => {
                let open = self
                    .open_path
                    .ok_or("There is no file that git could know")?;
                let called = format!("{name} at {short}");
                match was(&open, &hash) {
                    Ok(AtRevision::File(bytes)) => {
                        let source = decode_bytes(bytes);
                        (called, load(source.text, source.diagnostics))
                    }
                    Ok(AtRevision::Folder(files)) => (called, load_read_files(files)),
                    Err(why) => return Err(format!("Cannot read {called}: {why}")),
                }
            }
        };
        if loaded.is_broken {
            let first = loaded.diagnostics.first();
            let first = first.map_or("", |problem| &problem.message);
            return Err(format!(
                "{called} is broken, and what it lacks would look withdrawn: {first}"
            ));
        }
        Ok((called, loaded))
    }
}

fn load_read_files(files: Vec<(String, Vec<u8>)>) -> LoadedRegister {
    let files = files.into_iter();
    load_files(
        files
            .map(|(name, bytes)| RegisterFileText::from_decoded(&name, decode_bytes(bytes)))
            .collect(),
    )
}
