//! Saving into a file that somebody else may be writing to as well. Whatever happens, the old or
//! the new text stands whole.
//!
//! The new text goes into a file beside the old one, which then takes its place: there is no moment
//! at which a kill or a lost disk could leave a mixture. Where that cannot be done, the file is
//! written in place, after a copy of the old text was put where the next start finds it
//! ([`super::interrupted`]).

use super::beside::{Beside, Doubt, sweep};
use super::not_saved::NotSaved;
use super::read::{MAX_BYTES, refuse, too_large};
use super::real::real_path;
use super::saved::{Expected, How, Saved, WhyInPlace};
use super::words::in_words;
use super::{in_place, kept, lock, place};
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::Path;

/// Saves a file: links, second names, mode and owner stay as they are, and on Linux access lists
/// and other extended attributes (on other systems a file that a new one replaces loses them). May
/// take as long as the disk takes, and ten seconds more where another save is under way.
///
/// # Errors
/// Where the file is not what is [`Expected`], is read-only, is no file, or the system refuses.
pub fn save(path: &Path, bytes: &[u8], expected: Expected<'_>) -> Result<Saved, NotSaved> {
    save_in(path, bytes, expected, place::state_folder().as_deref())
}

/// Saves a file as [`save`] does, with the folder that copies go to.
///
/// # Errors
/// As for [`save`].
pub fn save_in(
    path: &Path,
    bytes: &[u8],
    expected: Expected<'_>,
    state: Option<&Path>,
) -> Result<Saved, NotSaved> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(NotSaved::Failed {
            path: path.to_owned(),
            why: too_large(Some(bytes.len() as u64)),
        });
    }
    let save = Save {
        path,
        bytes,
        expected,
        state,
    };
    // Asked of the name as it is: what leads to a pipe has no real path.
    if let Ok(data) = fs::metadata(path) {
        if expected == Expected::NewFile && data.is_file() {
            return Err(save.exists());
        }
        save.may_write(&data)?;
    }
    let real = match real_path(path) {
        Err(e) if e.kind() == ErrorKind::NotFound && matches!(expected, Expected::Bytes(_)) => {
            return Err(save.vanished());
        }
        other => other.map_err(|e| save.failed(&e))?,
    };
    // Before the file is held: what a killed save left may be a second name of it.
    sweep(&real);
    match fs::metadata(&real) {
        Ok(_) => save.over(&real),
        Err(e) if e.kind() == ErrorKind::NotFound => save.new_file(&real),
        Err(e) => Err(save.failed(&e)),
    }
}

struct Save<'a> {
    path: &'a Path,
    bytes: &'a [u8],
    expected: Expected<'a>,
    state: Option<&'a Path>,
}

impl Save<'_> {
    fn vanished(&self) -> NotSaved {
        NotSaved::Vanished {
            path: self.path.to_owned(),
        }
    }

    fn exists(&self) -> NotSaved {
        NotSaved::Exists {
            path: self.path.to_owned(),
        }
    }

    fn failed(&self, error: &io::Error) -> NotSaved {
        NotSaved::of(self.path, error)
    }

    /// Whether the file is one that we may write.
    fn may_write(&self, data: &Metadata) -> Result<(), NotSaved> {
        let path = || self.path.to_owned();
        if !data.is_file() {
            let why = refuse(data).err().unwrap_or_default();
            return Err(NotSaved::NoFile { path: path(), why });
        }
        #[cfg(unix)]
        let read_only = {
            use std::os::unix::fs::PermissionsExt as _;
            data.permissions().mode() & 0o200 == 0
        };
        #[cfg(not(unix))]
        let read_only = data.permissions().readonly();
        // Asked of the mode too: the system would let an administrator write, and let anybody put
        // another file in its place.
        if read_only {
            return Err(NotSaved::ReadOnly {
                path: path(),
                why: "it is read-only".into(),
            });
        }
        Ok(())
    }

    fn new_file(&self, real: &Path) -> Result<Saved, NotSaved> {
        if let Expected::Bytes(_) = self.expected {
            return Err(self.vanished());
        }
        let made = Beside::new(real, None, false).and_then(|mut beside| {
            beside.fill(self.bytes)?;
            beside.claim(real)
        });
        let doubt = made.map_err(|e| match e.kind() {
            ErrorKind::AlreadyExists => self.exists(),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => NotSaved::Failed {
                path: self.path.to_owned(),
                why: "its folder takes no new files; choose another folder".into(),
            },
            _ => self.failed(&e),
        })?;
        Ok(Saved {
            path: real.to_owned(),
            how: How::Created,
            doubt,
        })
    }

    fn over(&self, real: &Path) -> Result<Saved, NotSaved> {
        if self.expected == Expected::NewFile {
            return Err(self.exists());
        }
        let mut held =
            lock::hold(real, self.state).map_err(|e| NotSaved::not_held(self.path, e))?;
        self.may_write(&held.file.metadata().map_err(|e| self.failed(&e))?)?;
        let now = in_place::contents(&mut held.file).map_err(|e| self.failed(&e))?;
        self.compare(&now)?;
        let done = |how, doubt| {
            Ok(Saved {
                path: real.to_owned(),
                how,
                doubt,
            })
        };
        if now == self.bytes {
            return done(How::AlreadyThere, None);
        }
        let why = if super::attributes::names(&held.file) > 1 {
            WhyInPlace::SeveralNames
        } else {
            match self.replace(real, &held.file, &now)? {
                Ok(doubt) => return done(How::Replaced, doubt),
                Err(NotHere) => WhyInPlace::Folder,
            }
        };
        self.in_place(real, &mut held.file, &now)?;
        done(How::InPlace(why), None)
    }

    /// Compares what is in the file with what the caller takes to be there.
    fn compare(&self, now: &[u8]) -> Result<(), NotSaved> {
        match self.expected {
            Expected::Bytes(expected) if expected != now => Err(NotSaved::Changed {
                path: self.path.to_owned(),
                now: now.to_vec(),
            }),
            _ => Ok(()),
        }
    }

    /// Compares once more, right before the bytes are replaced: other programs do not wait for our
    /// lock.
    fn compare_again(&self, real: &Path, file: &File, before: &[u8]) -> Result<(), NotSaved> {
        if self.expected == Expected::Whatever {
            return Ok(());
        }
        let look = || Ok::<_, io::Error>((fs::read(real)?, lock::is_at(file, real)?));
        match look() {
            Ok((now, same)) if now != before || !same => Err(NotSaved::Changed {
                path: self.path.to_owned(),
                now,
            }),
            Ok(_) => Ok(()),
            Err(e) if e.kind() == ErrorKind::NotFound => Err(self.vanished()),
            Err(e) => Err(self.failed(&e)),
        }
    }

    fn replace(
        &self,
        real: &Path,
        file: &File,
        before: &[u8],
    ) -> Result<Result<Doubt, NotHere>, NotSaved> {
        let mut beside = match Beside::new(real, Some(file), false) {
            Ok(beside) => beside,
            Err(e) if is_about_here(&e) => return Ok(Err(NotHere)),
            Err(e) => return Err(self.failed(&e)),
        };
        beside.fill(self.bytes).map_err(|e| self.failed(&e))?;
        self.compare_again(real, file, before)?;
        match beside.replace(real) {
            Ok(doubt) => Ok(Ok(doubt)),
            Err(e) if is_about_here(&e) => Ok(Err(NotHere)),
            Err(e) => Err(self.failed(&e)),
        }
    }

    fn in_place(&self, real: &Path, file: &mut File, before: &[u8]) -> Result<(), NotSaved> {
        let kept = self
            .state
            .ok_or_else(|| "there is no home folder".to_owned())
            .and_then(|state| {
                kept::Copy::keep(state, real, before, self.bytes)
                    .map_err(|e| format!("{} cannot be written: {}", state.display(), in_words(&e)))
            })
            .map_err(|why| NotSaved::Failed {
                path: self.path.to_owned(),
                why: format!(
                    "it must be written in place, and there is nowhere to keep a copy of the old \
                    text meanwhile ({why}); save it under another name"
                ),
            })?;
        if let Err(refused) = self.compare_again(real, file, before) {
            kept.remove();
            return Err(refused);
        }
        match in_place::overwrite_or_restore(file, before, self.bytes) {
            Ok(()) => kept.remove(),
            Err((error, true)) => {
                kept.remove();
                return Err(self.failed(&error));
            }
            Err((error, false)) => {
                return Err(NotSaved::Torn {
                    path: self.path.to_owned(),
                    kept: kept.path,
                    why: in_words(&error),
                });
            }
        }
        Ok(())
    }
}

/// No file can take another one's place here; writing in place may do.
struct NotHere;

/// Whether trouble lies in the folder, or in what the new file cannot be given, and not in the
/// disk.
fn is_about_here(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::ResourceBusy
            | ErrorKind::CrossesDevices
            | ErrorKind::Unsupported
    )
}
