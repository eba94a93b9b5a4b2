//! The file on screen: its latest text, and the last register of it that was good.

use crate::bundled;
use crate::register::{Loaded, Part, load};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Where a register comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    Bundled,
    /// Came down a pipe: read once, followed by nobody.
    StandardInput,
    File(PathBuf),
    /// The files below a folder form the register.
    Folder(PathBuf),
}

impl Origin {
    /// What stands at a path just now: a folder, else a file.
    pub fn at(path: PathBuf) -> Self {
        if path.is_dir() {
            Origin::Folder(path)
        } else {
            Origin::File(path)
        }
    }

    /// The name on screen of one of its files.
    pub fn name_of(&self, part: &Part) -> String {
        match self {
            Origin::Folder(_) => format!("{}/{}", self.name(), part.name),
            _ => self.name(),
        }
    }

    /// Where one of its files is.
    pub fn path_of(&self, part: &Part) -> Option<PathBuf> {
        match self {
            Origin::Bundled | Origin::StandardInput => None,
            Origin::File(path) => Some(path.clone()),
            Origin::Folder(path) => Some(path.join(&*part.name)),
        }
    }

    /// The name on screen.
    pub fn name(&self) -> String {
        match self {
            Origin::Bundled => bundled::NAME.into(),
            Origin::StandardInput => "standard input".into(),
            Origin::File(path) | Origin::Folder(path) => path.file_name().map_or_else(
                || path.display().to_string(),
                |n| n.to_string_lossy().into_owned(),
            ),
        }
    }

    pub fn path(&self) -> Option<&Path> {
        match self {
            Origin::Bundled | Origin::StandardInput => None,
            Origin::File(path) | Origin::Folder(path) => Some(path),
        }
    }
}

/// The register that comes with the program. It is read once; whoever asks first reads it, so that it can be read while a window
/// is still being made.
pub fn bundled_register() -> &'static Loaded {
    static READ: OnceLock<Loaded> = OnceLock::new();
    READ.get_or_init(|| load(bundled::TEXT, Vec::new()))
}

/// What a window begins with.
pub enum Opening {
    /// The file of the last run, else the bundled register.
    AsLast,
    /// A file, or a folder of files.
    File(PathBuf),
    /// What has come down a pipe.
    Piped(Box<Loaded>),
}

/// The open file.
pub struct OpenFile {
    pub origin: Origin,
    /// The last text that was read. Problems are its problems.
    pub latest: Loaded,
    /// What is on screen: the latest, or where that is broken the last that was not.
    pub shown: Loaded,
    /// Counts the registers that were shown, so that whatever is derived from one knows when it is out of date.
    pub revision: u64,
    /// Why the file cannot be read just now.
    pub trouble: Option<String>,
    /// Nothing has been read yet.
    pub loading: bool,
}

impl OpenFile {
    /// The register that comes with the program.
    pub fn bundled(revision: u64) -> Self {
        OpenFile {
            revision,
            ..OpenFile::of(Origin::Bundled, bundled_register().clone())
        }
    }

    /// A register that has been read already.
    pub fn of(origin: Origin, loaded: Loaded) -> Self {
        OpenFile {
            origin,
            latest: loaded.clone(),
            shown: loaded,
            revision: 0,
            trouble: None,
            loading: false,
        }
    }

    /// A file, or a folder of files, that is about to be read.
    pub fn opening(path: PathBuf, revision: u64) -> Self {
        let nothing = Loaded::empty();
        OpenFile {
            origin: Origin::at(path),
            latest: nothing.clone(),
            shown: nothing,
            revision,
            trouble: None,
            loading: true,
        }
    }

    /// Takes what was read. A broken text does not replace a register that is on screen.
    pub fn take(&mut self, loaded: Loaded) {
        self.trouble = None;
        let first = std::mem::take(&mut self.loading);
        self.latest = loaded.clone();
        if first || !loaded.broken {
            self.shown = loaded;
            self.revision += 1;
        }
    }

    /// Whether an older register than the file's is on screen.
    pub fn is_stale(&self) -> bool {
        self.trouble.is_some()
            || !std::sync::Arc::ptr_eq(&self.latest.register, &self.shown.register)
    }
}
