//! The file on screen: the text as it is being edited, what was last read from the disk, and the
//! last register that was good.

use super::disk_sync::DiskSync;
use super::reopened_chart::ReopenedChart;
use linchpin_edit::draft::Draft;
use linchpin_register::bundled::{self, BundledRegister};
use linchpin_register::{self, LoadedRegister, RegisterFile, load};
use linchpin_report::visible::visible_line;
use linchpin_task::{Task, drop_in_background};
use ron_lossless::{Diagnostic, codes};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// Where a register comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileOrigin {
    /// Comes with the program.
    Bundled(&'static BundledRegister),
    /// Came down a pipe: read once, followed by nobody.
    StandardInput,
    File(PathBuf),
    /// The files below a folder form the register.
    Folder(PathBuf),
    /// Cut out of what an image carries: the image itself is never written.
    Image(PathBuf),
}

impl FileOrigin {
    /// The first of the registers that come with the program.
    pub const BUNDLED: FileOrigin = FileOrigin::Bundled(&bundled::ALLIANCE);

    /// What stands at a path just now: a folder, else a file.
    pub fn from_path(path: PathBuf) -> Self {
        if path.is_dir() {
            FileOrigin::Folder(path)
        } else {
            FileOrigin::File(path)
        }
    }

    /// The name on screen of one of its files.
    pub fn part_name(&self, part: &RegisterFile) -> String {
        match self {
            FileOrigin::Folder(_) => format!("{}/{}", self.name(), part.name),
            _ => self.name(),
        }
    }

    /// Where one of its files is.
    pub fn part_path(&self, part: &RegisterFile) -> Option<PathBuf> {
        match self {
            FileOrigin::Bundled(_) | FileOrigin::StandardInput | FileOrigin::Image(_) => None,
            FileOrigin::File(path) => Some(path.clone()),
            FileOrigin::Folder(path) => Some(path.join(&*part.name)),
        }
    }

    /// The name on screen.
    pub fn name(&self) -> String {
        match self {
            FileOrigin::Bundled(shipped) => shipped.name.into(),
            FileOrigin::StandardInput => "standard input".into(),
            FileOrigin::File(path) | FileOrigin::Folder(path) | FileOrigin::Image(path) => {
                let name = path.file_name().map_or_else(
                    || path.display().to_string(),
                    |n| n.to_string_lossy().into_owned(),
                );
                visible_line(&name)
            }
        }
    }

    /// The folder whose files form it.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            FileOrigin::Folder(path) => Some(path),
            _ => None,
        }
    }

    pub fn path(&self) -> Option<&Path> {
        match self {
            FileOrigin::Bundled(_) | FileOrigin::StandardInput | FileOrigin::Image(_) => None,
            FileOrigin::File(path) | FileOrigin::Folder(path) => Some(path),
        }
    }

    /// The file or folder whose siblings the user works with.
    pub fn path_or_image(&self) -> Option<&Path> {
        match self {
            FileOrigin::Image(path) => Some(path),
            other => other.path(),
        }
    }
}

/// The first register that comes with the program. It is read once; whoever asks first reads it, so
/// that it can be read while a window is still being made.
pub fn bundled_register() -> &'static LoadedRegister {
    static READ: OnceLock<LoadedRegister> = OnceLock::new();
    READ.get_or_init(|| load(bundled::ALLIANCE_TEXT, Vec::new()))
}

/// Reads the bundled register in a task, while the system makes the window.
pub fn preload_bundled() {
    let task = Task::new("Reading the bundled register");
    // Where it fails, the first who asks reads it.
    task.spawn(|_| _ = bundled_register()).detach();
}

/// What a window begins with.
pub enum StartupFile {
    /// The file of the last run, else the bundled register.
    LastFile,
    /// A file, or a folder of files.
    File(PathBuf),
    /// The chart of an image, with what it carries.
    Image(Box<ReopenedChart>),
    /// What has come down a pipe.
    StandardInput(Box<LoadedRegister>),
}

/// A number that nothing else in this run has: addresses may be reused, numbers are not.
fn next_revision() -> u64 {
    static NEXT_REVISION: AtomicU64 = AtomicU64::new(1);
    // Relaxed: all that counts is that no two get the same number.
    NEXT_REVISION.fetch_add(1, Ordering::Relaxed)
}

/// What the disk holds.
#[derive(Clone, Debug)]
pub struct DiskState {
    pub text: Arc<str>,
    pub parts: Arc<[RegisterFile]>,
    /// The bytes are this text and nothing else, so that they can be written again.
    pub is_exact: bool,
    revision: u64,
}

impl DiskState {
    /// What was read from the disk.
    pub fn from_loaded(loaded: &LoadedRegister) -> Self {
        // Bytes that are no UTF-8 are shown as well as may be, and never written.
        const UNLIKE: [&str; 4] = [
            codes::UTF16,
            codes::NOT_UTF8,
            codes::BINARY,
            codes::TOO_LARGE,
        ];
        let is_exact = !loaded.diagnostics.iter().any(|p| UNLIKE.contains(&p.code));
        DiskState::new(loaded.text.clone(), loaded.files.clone(), is_exact)
    }

    /// What was written to the disk: these very bytes.
    pub fn written(text: Arc<str>, parts: Arc<[RegisterFile]>) -> Self {
        DiskState::new(text, parts, true)
    }

    fn new(text: Arc<str>, parts: Arc<[RegisterFile]>, is_exact: bool) -> Self {
        DiskState {
            text,
            parts,
            is_exact,
            revision: next_revision(),
        }
    }

    /// Differs between any two that were read or written: what is derived from one is known by it.
    pub fn revision(&self) -> u64 {
        self.revision
    }
}

/// The open file.
pub struct OpenFile {
    pub origin: FileOrigin,
    /// The text as it is being edited, with its history.
    pub draft: Draft,
    /// What the disk holds, as far as is known: what was read or saved last.
    pub disk: DiskState,
    /// The draft as it was read last; the very text, or one that is being caught up with. Problems
    /// are its problems.
    pub latest: LoadedRegister,
    pub(super) latest_revision: u64,
    /// What is on screen: the latest, or where that is broken the last that was not.
    pub shown: LoadedRegister,
    /// Counts the registers that were shown, so that whatever is derived from one knows when it is
    /// out of date.
    pub revision: u64,
    /// Why the file cannot be read just now.
    pub read_error: Option<String>,
    /// Nothing has been read yet.
    pub is_loading: bool,
    /// The register from which this one was cut: it holds as long as nothing is edited.
    pub(super) excerpt_origin: Option<linchpin_register::ExcerptOrigin>,
    pub sync: DiskSync,
}

impl OpenFile {
    /// Whether a path leads to one of its files, under whatever name.
    pub fn is_own_file(&self, path: &Path) -> bool {
        let Ok(real) = path.canonicalize() else {
            return false;
        };
        let parts = self.disk.parts.iter();
        let mut own = parts.filter_map(|part| self.origin.part_path(part)?.canonicalize().ok());
        own.any(|own| own == real)
    }

    /// A register that comes with the program.
    pub fn bundled(shipped: &'static BundledRegister, revision: u64) -> Self {
        let loaded = match shipped.name {
            bundled::ALLIANCE_NAME => bundled_register().clone(),
            _ => load(shipped.text, Vec::new()),
        };
        OpenFile {
            revision,
            ..OpenFile::from_loaded(FileOrigin::Bundled(shipped), loaded)
        }
    }

    /// A register that has been read already.
    pub fn from_loaded(origin: FileOrigin, loaded: LoadedRegister) -> Self {
        OpenFile {
            origin,
            excerpt_origin: loaded.register.excerpt_origin().cloned(),
            draft: Draft::from_loaded(&loaded),
            disk: DiskState::from_loaded(&loaded),
            latest: loaded.clone(),
            latest_revision: next_revision(),
            shown: loaded,
            revision: 0,
            read_error: None,
            is_loading: false,
            sync: DiskSync::default(),
        }
    }

    /// A file, or a folder of files, that is about to be read.
    pub fn loading_from(path: PathBuf, revision: u64) -> Self {
        OpenFile {
            revision,
            is_loading: true,
            ..OpenFile::from_loaded(FileOrigin::from_path(path), LoadedRegister::empty())
        }
    }

    /// Differs between any two readings, and when the problems of one change: what is derived from
    /// the latest reading is known by it.
    pub fn latest_revision(&self) -> u64 {
        self.latest_revision
    }

    /// Replaces the diagnostics by those that were found with the texts at hand.
    pub(super) fn set_problems(&mut self, problems: Arc<[Diagnostic]>, omitted: usize) {
        self.latest.diagnostics = problems;
        self.latest.omitted_diagnostics = omitted;
        self.latest_revision = next_revision();
    }

    /// Whether the draft has been read as it is now.
    pub fn is_up_to_date(&self) -> bool {
        Arc::ptr_eq(&self.latest.text, self.draft.text())
    }

    /// Takes the draft as it was read. A broken text does not replace a register that is on screen.
    pub fn accept_loaded(&mut self, mut loaded: LoadedRegister) {
        if let Some(origin) = &self.excerpt_origin
            && *loaded.text == *self.disk.text
        {
            loaded = loaded.as_excerpt_of(origin.clone());
        }
        self.latest_revision = next_revision();
        let first = std::mem::take(&mut self.is_loading);
        let mut old = vec![std::mem::replace(&mut self.latest, loaded.clone())];
        if first || !loaded.is_broken {
            old.push(std::mem::replace(&mut self.shown, loaded));
            self.revision += 1;
        }
        // To forget a hundred thousand records takes longer than a frame has.
        if old.iter().any(|l| l.text.len() > 1 << 20) {
            drop_in_background(old);
        }
    }

    /// Whether an older register than the file's is on screen.
    pub fn is_stale(&self) -> bool {
        self.read_error.is_some()
            || !std::sync::Arc::ptr_eq(&self.latest.register, &self.shown.register)
    }
}
