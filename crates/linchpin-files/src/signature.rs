//! Telling whether a file has changed without reading it.
//!
//! Any write moves the time at which the system says that the file changed, which no program can
//! set back, so a change of equal size and equal time of writing is seen as well. Where it cannot
//! be seen:
//!
//! - Two writes of equal size within one tick of the disk's clock: some milliseconds, two seconds
//!   on disks with an old format. [`FileSignature::may_hide_a_change`] says that; whoever follows
//!   a file compares the bytes once more when the tick is over.
//! - On systems other than Unix, a program that writes as many bytes and then sets the time of
//!   writing back.
//! - What another program has only in its memory: a file that it maps and has not synced.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How far apart two changes must be to look different: the system's clock ticks at least every
/// ten milliseconds.
const TICK: Duration = Duration::from_millis(40);
/// The same on a disk that keeps only whole seconds, some of them every other one.
const COARSE_TICK: Duration = Duration::from_millis(2_100);

/// What tells one state of a file from another without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSignature {
    path: PathBuf,
    size: u64,
    modified: Option<SystemTime>,
    /// When its bytes or what is known of it changed last; `None` where the system does not say.
    changed: Option<SystemTime>,
    identity: (u64, u64),
}

impl FileSignature {
    /// Whether the file changed last so shortly before `now`; also where the system does not say,
    /// or says a time to come.
    pub fn is_younger_than(&self, age: Duration, now: SystemTime) -> bool {
        let is_old = |time: SystemTime| now.duration_since(time).is_ok_and(|passed| passed > age);
        let last = self.modified.into_iter().chain(self.changed).max();
        !last.is_some_and(is_old)
    }

    /// Whether the file may have been changed since without looking different: its last change is
    /// so near to `now` that the disk's clock may not have moved on.
    pub fn may_hide_a_change(&self, now: SystemTime) -> bool {
        let times = [self.modified, self.changed];
        let is_whole = |time: SystemTime| {
            let since = time.duration_since(UNIX_EPOCH);
            since.is_ok_and(|since| since.subsec_nanos() == 0)
        };
        let is_coarse = times.iter().flatten().all(|time| is_whole(*time));
        let tick = if is_coarse { COARSE_TICK } else { TICK };
        self.is_younger_than(tick, now)
    }
}

/// What a file looks like from outside just now; a link is followed.
///
/// # Errors
/// Where the system cannot say.
pub fn file_signature(path: &Path) -> std::io::Result<FileSignature> {
    let real = path.canonicalize()?;
    let data = std::fs::metadata(&real)?;
    #[cfg(unix)]
    let (identity, changed) = {
        use std::os::unix::fs::MetadataExt as _;
        let seconds = u64::try_from(data.ctime()).unwrap_or(0);
        let nanoseconds = u32::try_from(data.ctime_nsec()).unwrap_or(0);
        let changed = UNIX_EPOCH + Duration::new(seconds, nanoseconds);
        ((data.dev(), data.ino()), Some(changed))
    };
    #[cfg(not(unix))]
    let (identity, changed) = ((0, 0), None);
    Ok(FileSignature {
        path: real,
        size: data.len(),
        modified: data.modified().ok(),
        changed,
        identity,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_hidden_as_long_as_the_clock_stands() {
        let at = |ms: u64| UNIX_EPOCH + Duration::from_millis(1_000_000_000 + ms);
        let hides = |modified, changed, now| {
            let signature = FileSignature {
                path: PathBuf::new(),
                size: 0,
                modified,
                changed,
                identity: (0, 0),
            };
            signature.may_hide_a_change(at(now))
        };
        assert!(hides(Some(at(5)), Some(at(7)), 20));
        assert!(!hides(Some(at(5)), Some(at(7)), 60));
        // A time that was set tells nothing about the disk's clock, one to come nothing at all.
        assert!(!hides(Some(at(0)), Some(at(7)), 60));
        assert!(hides(Some(at(5_000)), Some(at(7)), 60));
        // Whole seconds only.
        assert!(hides(Some(at(0)), Some(at(0)), 2_000));
        assert!(!hides(Some(at(0)), Some(at(0)), 3_000));
        assert!(hides(None, None, 3_000));
    }

    #[cfg(unix)]
    #[test]
    fn equal_size_and_equal_time_are_no_disguise() {
        let path = std::env::temp_dir().join(format!("linchpin-equal-{}", std::process::id()));
        std::fs::write(&path, "one").unwrap();
        let before = file_signature(&path).unwrap();
        let time = std::fs::metadata(&path).unwrap().modified().unwrap();
        let changed = |path: &Path| {
            use std::os::unix::fs::MetadataExt as _;
            let data = std::fs::metadata(path).unwrap();
            (data.ctime(), data.ctime_nsec())
        };
        // Until the system's clock has moved on.
        let first = changed(&path);
        while changed(&path) == first {
            std::fs::write(&path, "two").unwrap();
            let file = std::fs::File::options().write(true).open(&path).unwrap();
            file.set_modified(time).unwrap();
        }
        let after = file_signature(&path).unwrap();
        assert_eq!((after.size, after.modified), (before.size, before.modified));
        assert_ne!(after, before);
        std::fs::remove_file(&path).unwrap();
    }
}
