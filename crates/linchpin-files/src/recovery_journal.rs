//! Unsaved work, stored where the next start finds it: a crash or a kill loses at most what was
//! typed since it was stored last.
//!
//! In the folder `unsaved` of the program's state, each open register has one name and up to three
//! kinds of files: `NAME.open`, locked as long as its window lives; `NAME.draft`, what differs;
//! `NAME.base-SUM-LENGTH`, the text that the draft began with. The base is written once; of a draft
//! only what stands between its first and its last difference, so that a word changed in a large
//! register costs a few bytes.

use crate::app_folders::{create_private_folder, random_id};
use crate::checksummed::{SerializedPath, checksum, write_checksummed};
use crate::system_error::SystemError;
use crate::temp_file::TempFile;
use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Work that is not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsavedWork {
    /// What was opened, a file or a folder; `None` for a register that has no file yet.
    pub origin: Option<PathBuf>,
    /// The files that differ from the disk.
    pub files: Vec<UnsavedFile>,
    /// When it was stored.
    pub when: SystemTime,
}

/// A file with edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsavedFile {
    /// The file; `None` where it has none yet.
    pub path: Option<PathBuf>,
    /// The bytes that the edits began with: those that were read or saved last.
    pub base: Arc<[u8]>,
    /// The bytes with all edits.
    pub draft: Arc<[u8]>,
}

/// Work could not be stored in a folder. Reads as a sentence with what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalError {
    /// The folder.
    pub folder: PathBuf,
    /// What the system says.
    pub error: SystemError,
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Unsaved work cannot be kept in {}: {}; save it soon",
            self.folder.display(),
            self.error
        )
    }
}

impl std::error::Error for JournalError {}

/// Unsaved work or a backup that is not wanted any more cannot be removed. Reads as a sentence with
/// what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscardError {
    /// The file that stays.
    pub path: PathBuf,
    /// What the system says.
    pub error: SystemError,
}

impl fmt::Display for DiscardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "What is not needed any more cannot be removed: {}; it is offered again at the next \
            start unless you remove {}",
            self.error,
            self.path.display()
        )
    }
}

impl std::error::Error for DiscardError {}

/// Stores the unsaved work of one open register. Dropped, it leaves what it stored, as a crash
/// would; [`RecoveryJournal::discard`] comes first where the work is saved or given up.
#[derive(Debug)]
pub struct RecoveryJournal {
    /// `unsaved/NAME`, to which the kinds of files add their endings.
    pub(crate) stem: PathBuf,
    pub(crate) lock_file: File,
    /// The names of the bases on the disk.
    pub(crate) bases: BTreeSet<String>,
    /// Those that were stored last, to know them again without a checksum over all of a large text.
    pub(crate) last_bases: Vec<(Arc<[u8]>, String)>,
    pub(crate) has_draft: bool,
}

#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct JournalHeader {
    pub origin: Option<SerializedPath>,
    pub when_ms: u64,
    pub files: Vec<JournalFileHeader>,
}

/// A draft is the base's first `start` bytes, then `middle` bytes of its own, then the base's last
/// `end` bytes.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct JournalFileHeader {
    pub path: Option<SerializedPath>,
    pub base: String,
    pub start: usize,
    pub middle: usize,
    pub end: usize,
}

/// Where journals lie in the program's state.
pub(crate) fn journals_folder(state: &Path) -> PathBuf {
    state.join("unsaved")
}

impl RecoveryJournal {
    /// A journal for one open register. Nothing is stored yet.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn new(state: &Path) -> Result<Self, JournalError> {
        let folder = journals_folder(state);
        let create = || {
            create_private_folder(&folder)?;
            loop {
                let stem = folder.join(format!("{:016x}", random_id()));
                if let Some(lock_file) = lock_journal(&stem, true)? {
                    return Ok((stem, lock_file));
                }
            }
        };
        let (stem, lock_file) = create().map_err(|error: io::Error| JournalError {
            folder: folder.clone(),
            error: error.into(),
        })?;
        Ok(RecoveryJournal {
            stem,
            lock_file,
            bases: BTreeSet::new(),
            last_bases: Vec::new(),
            has_draft: false,
        })
    }

    /// Stores the work as it is now, in the place of what was stored before. Until this is done,
    /// what was stored before stands. Where no file differs from its base, nothing is stored.
    ///
    /// # Errors
    /// Where the disk does not take it. What was stored before stands.
    pub fn store(&mut self, unsaved: &UnsavedWork) -> Result<(), JournalError> {
        if unsaved.files.iter().all(|file| file.base == file.draft) {
            return self.discard().map_err(|left| JournalError {
                folder: left.path,
                error: left.error,
            });
        }
        self.write_draft(unsaved).map_err(|error| JournalError {
            folder: self.stem.parent().unwrap_or(&self.stem).to_owned(),
            error: error.into(),
        })
    }

    /// Removes what was stored: the work is saved, or the user has given it up. More can be stored
    /// afterwards.
    ///
    /// # Errors
    /// Where the draft cannot be removed, and will be offered again.
    pub fn discard(&mut self) -> Result<(), DiscardError> {
        if self.has_draft {
            // The draft goes first: without one, nothing is offered.
            let path = with_extension(&self.stem, "draft");
            remove_or_empty(&path).map_err(|error| DiscardError {
                path,
                error: error.into(),
            })?;
            self.has_draft = false;
        }
        self.remove_unused_bases(&BTreeSet::new());
        Ok(())
    }

    /// The bases first, then the draft that names them, last of all the removal of bases that no
    /// draft names any more: whenever this ends, the draft on the disk finds its bases.
    fn write_draft(&mut self, unsaved: &UnsavedWork) -> io::Result<()> {
        let mut last = Vec::new();
        for file in &unsaved.files {
            let known = self
                .last_bases
                .iter()
                .find(|(base, _)| Arc::ptr_eq(base, &file.base));
            let name = match known {
                Some((_, name)) => name.clone(),
                None => base_extension(&file.base),
            };
            if !self.bases.contains(&name) {
                write_atomically(&with_extension(&self.stem, &name), |temp| {
                    temp.write_synced(&file.base)
                })?;
                self.bases.insert(name.clone());
            }
            last.push((file.base.clone(), name));
        }
        let mut head = JournalHeader {
            origin: unsaved.origin.as_deref().map(SerializedPath::from),
            when_ms: unsaved
                .when
                .duration_since(UNIX_EPOCH)
                .map_or(0, |d| d.as_millis() as u64),
            files: Vec::new(),
        };
        let mut middles = Vec::new();
        for (file, (_, base)) in unsaved.files.iter().zip(&last) {
            let (start, end) = common_affixes(&file.base, &file.draft);
            let middle = &file.draft[start..file.draft.len() - end];
            middles.push(middle);
            head.files.push(JournalFileHeader {
                path: file.path.as_deref().map(SerializedPath::from),
                base: base.clone(),
                start,
                middle: middle.len(),
                end,
            });
        }
        write_atomically(&with_extension(&self.stem, "draft"), |temp| {
            write_checksummed(temp.file(), &head, &middles)?;
            temp.sync()
        })?;
        self.has_draft = true;
        self.remove_unused_bases(&last.iter().map(|(_, name)| name.clone()).collect());
        self.last_bases = last;
        Ok(())
    }

    /// Removes bases that no draft needs any more.
    fn remove_unused_bases(&mut self, needed: &BTreeSet<String>) {
        let stem = &self.stem;
        self.bases.retain(|name| {
            needed.contains(name) || fs::remove_file(with_extension(stem, name)).is_err()
        });
        self.last_bases.retain(|(_, name)| needed.contains(name));
    }
}

impl Drop for RecoveryJournal {
    fn drop(&mut self) {
        if !self.has_draft {
            self.remove_unused_bases(&BTreeSet::new());
            let _ = fs::remove_file(with_extension(&self.stem, "open"));
        }
        // The lock ends with the file, in any case.
        let _ = self.lock_file.unlock();
    }
}

/// Removes a draft or a backup. Where its folder takes no change, it is made empty: such a one is
/// none.
pub(crate) fn remove_or_empty(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            let mut options = File::options();
            let emptied = options.write(true).truncate(true).open(path);
            emptied.and_then(|file| file.sync_all()).map_err(|_| error)
        }
        _ => Ok(()),
    }
}

/// Opens and locks the file that says that a window is alive. `None` where one is.
pub(crate) fn lock_journal(stem: &Path, is_new: bool) -> io::Result<Option<File>> {
    let path = with_extension(stem, "open");
    let mut options = File::options();
    options.write(true).create(true).create_new(is_new);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let file = match options.open(&path) {
        Err(e) if is_new && e.kind() == io::ErrorKind::AlreadyExists => return Ok(None),
        other => other?,
    };
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        return Ok(None);
    }
    // Another start that tidied up may have removed it between the two.
    Ok(crate::lock::is_same_file(&file, &path)
        .unwrap_or(false)
        .then_some(file))
}

pub(crate) fn with_extension(stem: &Path, ending: &str) -> PathBuf {
    let mut name = stem.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Writes a file of the journal whole, or leaves what was there.
fn write_atomically(
    path: &Path,
    fill: impl FnOnce(&mut TempFile) -> io::Result<()>,
) -> io::Result<()> {
    let mut temp = TempFile::new(path, None, true)?;
    fill(&mut temp)?;
    temp.persist(path).map(drop)
}

pub(crate) fn base_extension(base: &[u8]) -> String {
    format!("base-{:016x}-{}", checksum(base), base.len())
}

/// How many bytes are the same at the start and, not counting those, at the end of two texts.
fn common_affixes(a: &[u8], b: &[u8]) -> (usize, usize) {
    // In steps, which the compiler compares as a whole.
    const STEP: usize = 4096;
    let shorter = a.len().min(b.len());
    let mut start = 0;
    while start + STEP <= shorter && a[start..start + STEP] == b[start..start + STEP] {
        start += STEP;
    }
    start += a[start..]
        .iter()
        .zip(&b[start..])
        .take_while(|(x, y)| x == y)
        .count();
    let (a, b) = (&a[start..], &b[start..]);
    let shorter = a.len().min(b.len());
    let mut end = 0;
    while end + STEP <= shorter
        && a[a.len() - end - STEP..a.len() - end] == b[b.len() - end - STEP..b.len() - end]
    {
        end += STEP;
    }
    end += a[..a.len() - end]
        .iter()
        .rev()
        .zip(b[..b.len() - end].iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_that_are_the_same() {
        assert_eq!(common_affixes(b"abcd", b"abxd"), (2, 1));
        assert_eq!(common_affixes(b"aa", b"aaa"), (2, 0));
        assert_eq!(common_affixes(b"", b"x"), (0, 0));
        assert_eq!(common_affixes(b"same", b"same"), (4, 0));
        let long = vec![b'x'; 20_000];
        let mut other = long.clone();
        other[9_999] = b'y';
        assert_eq!(common_affixes(&long, &other), (9_999, 10_000));
        other.insert(9_999, b'z');
        assert_eq!(common_affixes(&long, &other), (9_999, 10_000));
    }
}
