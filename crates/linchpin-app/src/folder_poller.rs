//! Follows a folder: files that change, come, go and get other names. Only what has changed is read again.

use linchpin_files::folder::{Found, find, limit, read_found};
use linchpin_files::signature::{Signature, signature};
use linchpin_register::{LoadedRegister, RegisterFile, RegisterFileText, load_files};
use ron_lossless::{Diagnostic, decode_bytes};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// What is known of the folder.
#[derive(Default)]
pub struct FolderPoller {
    /// Each file as it was when it was read.
    snapshots: Vec<FileSnapshot>,
    /// What was read, in the same order.
    text: Arc<str>,
    parts: Arc<[RegisterFile]>,
}

struct FileSnapshot {
    /// Whether it must be read again, whatever it looks like.
    is_invalidated: bool,
    signature: Option<Signature>,
    problems: Vec<Diagnostic>,
    /// The text is the file byte for byte.
    is_exact: bool,
}

impl FolderPoller {
    /// Reads what has changed, and all of it together as a register; `None` where nothing has, unless it is wanted `again` in any
    /// case.
    ///
    /// # Errors
    /// Why the folder or a file of it cannot be read, in words.
    pub fn poll(
        &mut self,
        folder: &Path,
        again: bool,
    ) -> Result<Option<Box<LoadedRegister>>, String> {
        let found = find(folder).map_err(|e| e.to_string())?;
        let now: Vec<Option<Signature>> = found.iter().map(|f| signature(&f.path).ok()).collect();
        let same_names = self.has_names(found.iter().map(|f| f.name.as_str()));
        let mut both = self.snapshots.iter().zip(&now);
        if !again && same_names && both.all(|(seen, now)| seen.matches(now)) {
            return Ok(None);
        }
        let (mut seen, mut files) = (Vec::new(), Vec::new());
        let mut total_bytes = 0;
        let known: HashMap<&str, usize> = (0..self.snapshots.len())
            .filter_map(|index| Some((&*self.parts.get(index)?.name, index)))
            .collect();
        for (found, now) in found.iter().zip(now) {
            let known = known.get(&*found.name).copied();
            let read = match known.and_then(|index| self.unchanged_file(index, &now)) {
                Some(kept) => Some(kept),
                None => read_file(found, now)?,
            };
            // A file that has gone since it was found is missed at the next look.
            if let Some((file, as_seen)) = read {
                total_bytes += file.text.len() as u64;
                limit(folder, total_bytes).map_err(|e| e.to_string())?;
                files.push(file);
                seen.push(as_seen);
            }
        }
        if files.is_empty() {
            return Ok(None);
        }
        let is_same = self.is_same(&files);
        self.snapshots = seen;
        if is_same && !again {
            return Ok(None);
        }
        let loaded = load_files(files).checked_with_ron();
        (self.text, self.parts) = (loaded.text.clone(), loaded.files.clone());
        Ok(Some(Box::new(loaded)))
    }

    /// Makes the next look read every file again.
    pub fn invalidate(&mut self) {
        for seen in &mut self.snapshots {
            seen.is_invalidated = true;
        }
    }

    fn has_names<'a>(&self, names: impl Iterator<Item = &'a str>) -> bool {
        let known = self.parts.iter().take(self.snapshots.len());
        known.map(|part| &*part.name).eq(names)
    }

    /// A file as it was read before, where it has not changed.
    fn unchanged_file(
        &self,
        index: usize,
        now: &Option<Signature>,
    ) -> Option<(RegisterFileText, FileSnapshot)> {
        let seen = self.snapshots.get(index).filter(|s| s.matches(now))?;
        let part = self.parts.get(index).filter(|_| seen.is_exact)?;
        let file = RegisterFileText {
            name: part.name.clone(),
            text: part.span.of(&self.text).to_owned(),
            diagnostics: seen.problems.clone(),
        };
        let seen = FileSnapshot {
            is_invalidated: false,
            signature: seen.signature.clone(),
            problems: seen.problems.clone(),
            is_exact: true,
        };
        Some((file, seen))
    }

    /// Whether the files hold what was read before.
    fn is_same(&self, files: &[RegisterFileText]) -> bool {
        let unchanged = |(index, file): (usize, &RegisterFileText)| {
            let part = self.parts.get(index).map(|part| part.span.of(&self.text));
            let problems = self.snapshots.get(index).map(|seen| &seen.problems);
            part == Some(&*file.text) && problems == Some(&file.diagnostics)
        };
        self.has_names(files.iter().map(|f| &*f.name)) && files.iter().enumerate().all(unchanged)
    }
}

impl FileSnapshot {
    fn matches(&self, now: &Option<Signature>) -> bool {
        !self.is_invalidated && now.is_some() && self.signature == *now
    }
}

/// Reads a file; `None` where it has gone.
fn read_file(
    found: &Found,
    now: Option<Signature>,
) -> Result<Option<(RegisterFileText, FileSnapshot)>, String> {
    let Some(bytes) = read_found(found).map_err(|e| e.to_string())? else {
        return Ok(None);
    };
    let source = decode_bytes(bytes);
    let seen = FileSnapshot {
        is_invalidated: false,
        signature: now,
        problems: source.diagnostics.clone(),
        is_exact: source.is_exact,
    };
    Ok(Some((
        RegisterFileText::from_decoded(&found.name, source),
        seen,
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;

    #[test]
    fn only_what_looks_changed_is_read_again() {
        let folder = std::env::temp_dir().join(format!("linchpin-look-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let write = |name: &str, title: &str| {
            let path = folder.join(name);
            let before = std::fs::metadata(&path).and_then(|d| d.modified()).ok();
            std::fs::write(&path, format!("(format: 1, title: \"{title}\")")).unwrap();
            (path, before)
        };
        write("a.ron", "One");
        write("b.ron", "One");
        let mut state = FolderPoller::default();
        let mut look = |again| {
            let loaded = state.poll(&folder, again).unwrap();
            loaded.map(|l| l.text.to_string())
        };
        let first = look(false).unwrap();
        assert!(look(false).is_none());
        assert_eq!(look(true).as_ref(), Some(&first));
        // Changed behind its back: size, time and place are as they were.
        let (path, before) = write("a.ron", "Two");
        let touch = |time| {
            File::options()
                .write(true)
                .open(&path)
                .unwrap()
                .set_modified(time)
        };
        touch(before.unwrap()).unwrap();
        write("b.ron", "Three");
        let second = look(false).unwrap();
        assert!(second.contains("One") && second.contains("Three") && !second.contains("Two"));
        // Touched, but the same: read and found unchanged.
        write("b.ron", "Three");
        assert!(look(false).is_none());
        state.invalidate();
        let third = state.poll(&folder, false).unwrap().unwrap();
        assert!(third.text.contains("Two"));
        assert!(state.poll(&folder, false).unwrap().is_none());
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(state.poll(&folder, false).is_err());
    }
}
