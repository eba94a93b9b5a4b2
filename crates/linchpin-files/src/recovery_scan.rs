//! Finding unsaved work at the start of the program: that of windows which are gone, whatever ended
//! them.

use crate::app_folders::create_private_folder;
use crate::backup::not_ours;
use crate::checksummed::read_checksummed;
use crate::recovery_journal::{
    DiscardError, JournalHeader, RecoveryJournal, UnsavedFile, UnsavedWork, base_extension,
    journals_folder, lock_journal, with_extension,
};
use crate::system_error::SystemError;
use crate::temp_file::remove_stale_in;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

/// What is found at the start of the program.
#[derive(Debug, Default)]
pub struct RecoveryScan {
    /// Work to be offered back, the oldest first.
    pub orphaned: Vec<OrphanedWork>,
    /// Work that cannot be offered.
    pub errors: Vec<RecoveryError>,
}

/// Why unsaved work cannot be offered. Reads as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecoveryError {
    /// The folder of unsaved work cannot be used.
    FolderUnusable {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        error: SystemError,
    },
    /// Something lies among the unsaved work that is no file of ours: a pipe, a device, a link.
    NotRegularFile(PathBuf),
    /// There is work, but it is damaged.
    Damaged {
        /// What is damaged of it.
        part: DamagedPart,
        /// The folder in which it is now, out of the way.
        moved_to: PathBuf,
    },
    /// There is work, it is damaged, and it cannot be put out of the way.
    NotSetAside {
        /// What is damaged of it.
        part: DamagedPart,
        /// The file that cannot be moved.
        path: PathBuf,
        /// What the system says.
        error: SystemError,
    },
}

/// What is damaged of unsaved work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DamagedPart {
    /// The draft cannot be read.
    Unreadable(SystemError),
    /// The draft does not hold what was written.
    Draft,
    /// The text that the draft began with does not, or is not there.
    Base,
}

impl fmt::Display for RecoveryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FolderUnusable { folder, error } => write!(
                f,
                "Cannot look for unsaved work in {}: {error}",
                folder.display()
            ),
            Self::NotRegularFile(path) => not_ours(path, f),
            Self::Damaged { part, moved_to } => write!(
                f,
                "{DAMAGED}: {part}; what there is of it was put into {}",
                moved_to.display()
            ),
            Self::NotSetAside { part, path, error } => write!(
                f,
                "{DAMAGED}: {part}; {} cannot be put out of the way ({error}), so that the next \
                start says this again unless you move it",
                path.display()
            ),
        }
    }
}

const DAMAGED: &str = "Unsaved work was kept, but it is damaged and cannot be offered";

impl fmt::Display for DamagedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DamagedPart::Unreadable(error) => error.fmt(f),
            DamagedPart::Draft => f.write_str("its draft is not what was written"),
            DamagedPart::Base => f.write_str("the text that it began with is not what was written"),
        }
    }
}

impl std::error::Error for RecoveryError {}

/// Unsaved work of a window that is gone. As long as this lives, no other window offers it too;
/// dropped, it is offered again at the next start.
#[derive(Debug)]
pub struct OrphanedWork {
    /// The work.
    pub unsaved: UnsavedWork,
    journal: RecoveryJournal,
}

impl OrphanedWork {
    /// Takes the work over: the journal goes on with it, and nothing is written a second time.
    pub fn into_parts(self) -> (UnsavedWork, RecoveryJournal) {
        (self.unsaved, self.journal)
    }

    /// Removes it for good.
    ///
    /// # Errors
    /// Where it cannot be removed, and will be offered again.
    pub fn discard(mut self) -> Result<(), DiscardError> {
        self.journal.discard()
    }
}

/// Looks for the unsaved work of windows that are gone.
pub fn scan_unsaved_work(state: &Path) -> RecoveryScan {
    let mut found = RecoveryScan::default();
    let folder = journals_folder(state);
    remove_stale_in(&folder);
    let mut stems = BTreeSet::new();
    let mut foreign = BTreeSet::new();
    for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
        let path = entry.path();
        // Opening a pipe waits for somebody, and a link leads to a file that is not ours.
        if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let extension = path.extension().and_then(|e| e.to_str());
            if extension.is_some_and(|e| e == "draft" || e == "open" || e.starts_with("base-")) {
                foreign.insert(path.with_extension(""));
            }
            found.errors.push(RecoveryError::NotRegularFile(path));
            continue;
        }
        if path
            .extension()
            .is_some_and(|e| e == "draft" || e == "open")
        {
            stems.insert(path.with_extension(""));
        }
    }
    for stem in stems.difference(&foreign).cloned() {
        let lock_file = match lock_journal(&stem, false) {
            Ok(Some(lock_file)) => lock_file,
            // Its window is alive.
            Ok(None) => continue,
            Err(error) => {
                found.errors.push(RecoveryError::FolderUnusable {
                    folder: folder.clone(),
                    error: error.into(),
                });
                continue;
            }
        };
        let mut journal = RecoveryJournal {
            bases: base_extensions(&stem),
            stem,
            lock_file,
            last_bases: Vec::new(),
            has_draft: true,
        };
        match read_draft(&journal.stem) {
            Ok(Some(unsaved)) => {
                for file in &unsaved.files {
                    journal
                        .last_bases
                        .push((file.base.clone(), base_extension(&file.base)));
                }
                found.orphaned.push(OrphanedWork { unsaved, journal });
            }
            // It ended with nothing unsaved.
            Ok(None) => journal.has_draft = false,
            Err(part) => found.errors.push(match quarantine(state, &journal) {
                Ok(moved_to) => {
                    journal.has_draft = false;
                    RecoveryError::Damaged { part, moved_to }
                }
                // The journal leaves it where it is.
                Err((path, error)) => RecoveryError::NotSetAside {
                    part,
                    path,
                    error: error.into(),
                },
            }),
        }
    }
    found.orphaned.sort_by_key(|lost| lost.unsaved.when);
    found
}

/// The names of the bases on the disk.
fn base_extensions(stem: &Path) -> BTreeSet<String> {
    let Some((folder, name)) = stem
        .parent()
        .zip(stem.file_name().and_then(|name| name.to_str()))
    else {
        return BTreeSet::new();
    };
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let file = entry.file_name().into_string().ok()?;
            let ending = file.strip_prefix(name)?.strip_prefix('.')?;
            ending.starts_with("base-").then(|| ending.to_owned())
        })
        .collect()
}

fn read_draft(stem: &Path) -> Result<Option<UnsavedWork>, DamagedPart> {
    let bytes = match fs::read(with_extension(stem, "draft")) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        // Given up, where it could not be removed.
        Ok(bytes) if bytes.is_empty() => return Ok(None),
        other => other.map_err(|error| DamagedPart::Unreadable(error.into()))?,
    };
    let (head, mut texts) =
        read_checksummed::<JournalHeader>(&bytes).map_err(|_| DamagedPart::Draft)?;
    let mut files = Vec::new();
    for file in head.files {
        let base = fs::read(with_extension(stem, &file.base)).map_err(|_| DamagedPart::Base)?;
        // The name of a base holds its checksum.
        if base_extension(&base) != file.base {
            return Err(DamagedPart::Base);
        }
        let part = |range: Option<&[u8]>| range.map(<[u8]>::to_vec).ok_or(DamagedPart::Base);
        let mut draft = part(base.get(..file.start))?;
        let (middle, rest) = texts
            .split_at_checked(file.middle)
            .ok_or(DamagedPart::Base)?;
        texts = rest;
        draft.extend(middle);
        draft.extend(part(
            base.len()
                .checked_sub(file.end)
                .and_then(|at| base.get(at..)),
        )?);
        files.push(UnsavedFile {
            path: file.path.map(PathBuf::from),
            base: base.into(),
            draft: draft.into(),
        });
    }
    Ok(Some(UnsavedWork {
        origin: head.origin.map(PathBuf::from),
        files,
        when: UNIX_EPOCH + Duration::from_millis(head.when_ms),
    }))
}

/// Moves what there is of damaged work out of the way: into a folder of its own, or where that
/// takes nothing, under other names. Where it is now; or what cannot be moved, and why.
fn quarantine(state: &Path, journal: &RecoveryJournal) -> Result<PathBuf, (PathBuf, io::Error)> {
    let folder = state.join("damaged");
    let mut moved_to = folder.clone();
    let made = create_private_folder(&folder);
    // The draft goes last: as long as it is there, its bases are not taken for unused.
    for extension in journal.bases.iter().map(String::as_str).chain(["draft"]) {
        let from = with_extension(&journal.stem, extension);
        let Some(name) = from.file_name() else {
            continue;
        };
        if made.is_ok() && fs::rename(&from, folder.join(name)).is_ok() {
            continue;
        }
        let renamed = with_extension(&journal.stem, &format!("damaged-{extension}"));
        fs::rename(&from, &renamed).map_err(|error| (from, error))?;
        moved_to = journals_folder(state);
    }
    Ok(moved_to)
}
