//! What a save is asked for, and what it tells.

use std::path::PathBuf;

/// What the caller takes to be in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected<'a> {
    /// No file at all: a new one is made, and none is overwritten.
    NewFile,
    /// These bytes. Anything else is somebody's work that the caller has not seen.
    Bytes(&'a [u8]),
    /// Anything or nothing: the user has agreed to overwrite it.
    Whatever,
}

/// A save that is done: the new text is on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The file itself, behind links.
    pub path: PathBuf,
    /// How it was done.
    pub how: How,
    /// A sentence for the user where the disk reported trouble afterwards.
    pub doubt: Option<String>,
}

/// How a file was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// There was none.
    Created,
    /// A new file took the place of the old one.
    Replaced,
    /// It was written in place.
    InPlace(WhyInPlace),
    /// It had these bytes already.
    AlreadyThere,
}

/// Why no new file took the place of the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyInPlace {
    /// The folder takes no new file, or the file cannot be moved there, or its owner or attributes
    /// could not be kept.
    Folder,
    /// The file has several names, which would part.
    SeveralNames,
}

impl Saved {
    /// A sentence, where the user should know more than that it is saved.
    pub fn notice(&self) -> Option<String> {
        let in_place = |why| format!("{} was written in place, since {why}", self.path.display());
        self.doubt.clone().or_else(|| match self.how {
            How::InPlace(WhyInPlace::Folder) => Some(in_place(
                "its folder does not let a new file take its place",
            )),
            How::InPlace(WhyInPlace::SeveralNames) => {
                Some(in_place("it is known by several names"))
            }
            How::Created | How::Replaced | How::AlreadyThere => None,
        })
    }
}
