//! What a save is asked for, and what it reports.

use crate::system_error::SystemError;
use std::fmt;
use std::path::PathBuf;

/// What the caller takes to be in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SavePrecondition<'a> {
    /// No file at all: a new one is made, and none is overwritten.
    NewFile,
    /// These bytes. Anything else is somebody's work that the caller has not seen.
    Bytes(&'a [u8]),
    /// Anything or nothing: the user has agreed to overwrite it.
    Any,
}

/// A save that is done: the new text is on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFile {
    /// The file itself, behind links.
    pub path: PathBuf,
    /// How it was done.
    pub method: SaveMethod,
    /// What the disk reported afterwards.
    pub warning: Option<SaveWarning>,
}

/// A file is saved, but the disk did not confirm that its folder has the new name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveWarning {
    /// The file itself, behind links.
    pub path: PathBuf,
    /// What the system said.
    pub error: SystemError,
}

impl fmt::Display for SaveWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} is saved, but the disk reports trouble since ({}); keep a copy on another disk",
            self.path.display(),
            self.error
        )
    }
}

/// How a file was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveMethod {
    /// There was none.
    Created,
    /// A new file took the place of the old one.
    Replaced,
    /// It was written in place.
    InPlace(InPlaceReason),
    /// It had these bytes already.
    Unchanged,
}

/// Why no new file took the place of the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InPlaceReason {
    /// The folder takes no new file, or the file cannot be moved there, or its owner or attributes
    /// could not be kept.
    CannotReplace,
    /// The file has several names, which would part.
    HardLinks,
}

impl SavedFile {
    /// A sentence, where the user should know more than that it is saved.
    pub fn notice(&self) -> Option<String> {
        let in_place = |why| format!("{} was written in place, since {why}", self.path.display());
        let warning = self.warning.as_ref().map(SaveWarning::to_string);
        warning.or_else(|| match self.method {
            SaveMethod::InPlace(InPlaceReason::CannotReplace) => Some(in_place(
                "its folder does not let a new file take its place",
            )),
            SaveMethod::InPlace(InPlaceReason::HardLinks) => {
                Some(in_place("it is known by several names"))
            }
            SaveMethod::Created | SaveMethod::Replaced | SaveMethod::Unchanged => None,
        })
    }
}
