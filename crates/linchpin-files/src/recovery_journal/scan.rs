//! Finding unsaved work at the start of the program: that of windows which are gone, whatever ended
//! them.

use super::{
    JournalHeader, RecoveryJournal, UnsavedFile, UnsavedWork, base_extension, lock_journal,
    with_extension,
};
use crate::checksummed::read_checksummed;
use crate::io_error::io_error_message;
use crate::temp_file::remove_stale_in;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

/// What is found at the start of the program.
#[derive(Debug, Default)]
pub struct RecoveryScan {
    /// Work to be offered back, the oldest first.
    pub orphaned: Vec<OrphanedWork>,
    /// Sentences about work that is damaged. It is set aside in the folder `damaged`.
    pub errors: Vec<String>,
}

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
    pub fn discard(mut self) {
        self.journal.discard();
    }
}

/// Looks for the unsaved work of windows that are gone.
pub fn scan_unsaved_work(state: &Path) -> RecoveryScan {
    let mut found = RecoveryScan::default();
    let folder = state.join("unsaved");
    remove_stale_in(&folder);
    let mut stems = BTreeSet::new();
    for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path
            .extension()
            .is_some_and(|e| e == "draft" || e == "open")
        {
            stems.insert(path.with_extension(""));
        }
    }
    for stem in stems {
        let open = match lock_journal(&stem, false) {
            Ok(Some(open)) => open,
            // Its window is alive.
            Ok(None) => continue,
            Err(e) => {
                let folder = folder.display();
                found.errors.push(format!(
                    "Cannot look for unsaved work in {folder}: {}",
                    io_error_message(&e)
                ));
                continue;
            }
        };
        let mut journal = RecoveryJournal {
            bases: base_extensions(&stem),
            stem,
            lock_file: open,
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
            Err(why) => {
                let aside = quarantine(state, &journal);
                journal.has_draft = false;
                found.errors.push(format!(
                    "Unsaved work was kept, but it is damaged and cannot be offered: {why}; what \
                    there is of it was put into {}",
                    aside.display()
                ));
            }
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

fn read_draft(stem: &Path) -> Result<Option<UnsavedWork>, String> {
    let bytes = match fs::read(with_extension(stem, "draft")) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(|e| io_error_message(&e))?,
    };
    let (head, mut texts) = read_checksummed::<JournalHeader>(&bytes)
        .map_err(|_| "its draft is not what was written".to_owned())?;
    let mut files = Vec::new();
    for file in head.files {
        let lost_base = || "the text that it began with is not what was written".to_owned();
        let base = fs::read(with_extension(stem, &file.base)).map_err(|_| lost_base())?;
        if base_extension(&base) != file.base {
            return Err(lost_base());
        }
        let part = |range: Option<&[u8]>| range.map(<[u8]>::to_vec).ok_or_else(lost_base);
        let mut draft = part(base.get(..file.start))?;
        let (middle, rest) = texts.split_at_checked(file.middle).ok_or_else(lost_base)?;
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

/// Moves what there is of damaged work out of the way, and says where to.
fn quarantine(state: &Path, journal: &RecoveryJournal) -> PathBuf {
    let quarantine_folder = state.join("damaged");
    let _ = crate::app_folders::create_private_folder(&quarantine_folder);
    for ending in journal.bases.iter().map(String::as_str).chain(["draft"]) {
        let from = with_extension(&journal.stem, ending);
        if let Some(name) = from.file_name() {
            let _ = fs::rename(&from, quarantine_folder.join(name));
        }
    }
    quarantine_folder
}
