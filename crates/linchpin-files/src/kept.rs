//! A copy of the old bytes while a file is written in place: what a kill or a dead disk tears can
//! be put back.

use super::not_saved::NotSaved;
use super::place::{make_private, unique};
use super::sealed::{Damage, PathText, seal, sum, unseal};
use super::{in_place, lock};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A file whose saving was broken off midway: it holds parts of the old and of the new text.
///
/// As long as this lives, no other Linchpin offers it too. Dropped without
/// [`Interrupted::put_back`] or [`Interrupted::forget`], it is offered again at the next start.
#[derive(Debug)]
pub struct Interrupted {
    /// The file.
    pub path: PathBuf,
    /// What was in it before, whole.
    pub old: Vec<u8>,
    /// What is in it now.
    pub now: Vec<u8>,
    /// When that saving began.
    pub when: SystemTime,
    copy: Copy,
}

/// What [`interrupted`] finds.
#[derive(Debug, Default)]
pub struct Interruptions {
    /// Files to be put back.
    pub files: Vec<Interrupted>,
    /// Sentences about copies that cannot be used.
    pub trouble: Vec<String>,
}

impl Interrupted {
    /// Puts the old text back, unless the file has changed since it was looked at.
    ///
    /// # Errors
    /// As for [`super::save`]. The copy is kept then.
    pub fn put_back(self) -> Result<(), NotSaved> {
        let mut held =
            lock::hold(&self.path, None).map_err(|e| NotSaved::not_held(&self.path, e))?;
        let now = in_place::contents(&mut held.file).map_err(|e| NotSaved::of(&self.path, &e))?;
        if now != self.now {
            return Err(NotSaved::Changed {
                path: self.path.clone(),
                now,
            });
        }
        // The copy stays until the disk has the old text again, so one more interruption does no
        // harm.
        in_place::overwrite(&mut held.file, now.len() as u64, &self.old)
            .map_err(|e| NotSaved::of(&self.path, &e))?;
        self.copy.remove();
        Ok(())
    }

    /// Leaves the file as it is, and removes the copy.
    pub fn forget(self) {
        self.copy.remove();
    }
}

/// A copy on the disk, locked.
#[derive(Debug)]
pub(super) struct Copy {
    pub path: PathBuf,
    file: File,
}

#[derive(Serialize, Deserialize)]
struct Head {
    path: PathText,
    when_ms: u64,
    /// How long the new text is, and its checksum: a file that holds it is no torn one.
    new: (u64, u64),
}

impl Copy {
    /// Keeps the old bytes of a file that is about to be written in place.
    pub fn keep(state: &Path, target: &Path, old: &[u8], new: &[u8]) -> io::Result<Self> {
        let folder = state.join("kept");
        make_private(&folder)?;
        let path = folder.join(format!("{:016x}.kept", unique()));
        let mut options = File::options();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let mut file = options.open(&path)?;
        let when = SystemTime::now().duration_since(UNIX_EPOCH);
        let head = Head {
            path: target.into(),
            when_ms: when.map_or(0, |d| d.as_millis() as u64),
            new: (new.len() as u64, sum(new)),
        };
        let copy = |file: &mut File| {
            // A disk without locks keeps it from being offered too early only by chance; it is
            // whole all the same.
            let _ = file.try_lock();
            seal(file, &head, &[old])?;
            file.sync_all()?;
            #[cfg(unix)]
            File::open(&folder)?.sync_all()?;
            Ok(())
        };
        match copy(&mut file) {
            Ok(()) => Ok(Copy { path, file }),
            Err(e) => {
                let _ = fs::remove_file(&path);
                Err(e)
            }
        }
    }

    /// The file is whole again: nobody needs the copy.
    pub fn remove(self) {
        // Where this fails, the next start sees that the file is whole, and tries again.
        let _ = fs::remove_file(&self.path);
    }
}

/// Looks for files whose saving was broken off, at the start of the program. Copies of files that
/// are whole are removed.
pub fn interrupted(state: &Path) -> Interruptions {
    let mut found = Interruptions::default();
    let folder = state.join("kept");
    for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|e| e != "kept") {
            continue;
        }
        let Ok(file) = File::options().read(true).write(true).open(&path) else {
            continue;
        };
        // Its saving is under way.
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            continue;
        }
        let copy = Copy { path, file };
        match look(copy) {
            Ok(Some(file)) => found.files.push(file),
            Ok(None) => {}
            Err(trouble) => found.trouble.push(trouble),
        }
    }
    found.files.sort_by_key(|file| file.when);
    found
}

fn look(mut copy: Copy) -> Result<Option<Interrupted>, String> {
    let bytes = in_place::contents(&mut copy.file).map_err(|e| {
        format!(
            "Cannot read {}: {}",
            copy.path.display(),
            super::words::in_words(&e)
        )
    })?;
    let (head, old) = match unseal::<Head>(&bytes) {
        Ok(whole) => whole,
        // The file is written only after its copy is whole.
        Err(Damage::CutShort) => {
            copy.remove();
            return Ok(None);
        }
        Err(Damage::Altered) => {
            let aside = copy.path.with_extension("damaged");
            let _ = fs::rename(&copy.path, &aside);
            return Err(format!(
                "The saving of a file was broken off, and the copy of its old text is damaged; it \
                was set aside as {}",
                aside.display()
            ));
        }
    };
    let path = PathBuf::from(head.path);
    let now = match fs::metadata(&path) {
        Ok(data) if data.is_file() => fs::read(&path).ok(),
        _ => None,
    };
    let Some(now) = now else {
        // Perhaps on a disk that is not there today.
        return Err(format!(
            "The saving of {} was broken off, and the file cannot be read now; the copy of its old \
            text is {}",
            path.display(),
            copy.path.display()
        ));
    };
    if now == old || (now.len() as u64, sum(&now)) == head.new {
        copy.remove();
        return Ok(None);
    }
    Ok(Some(Interrupted {
        old: old.to_vec(),
        now,
        when: UNIX_EPOCH + Duration::from_millis(head.when_ms),
        path,
        copy,
    }))
}
