//! What is followed on the disk is read where it has changed and stands still: what another program
//! is just writing would be read half. Everything is counted in looks, so that a test decides when
//! is looked.

use super::stillness::{LOOKS_UNTIL_STILL, Stillness};
use linchpin_files::folder::{FoundFile, check_total_size, find_files, read_found_file};
use linchpin_files::signature::{FileSignature, file_signature};
use linchpin_register::{LoadedRegister, RegisterFile, RegisterFileText, load, load_files};
use ron_lossless::{Diagnostic, decode_bytes};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// What is no whole register, while the one before was, must stand still for so many looks: a
/// program that writes may pause. At ten looks a second two seconds.
const LOOKS_UNTIL_BROKEN: u32 = 20;

/// A file that was written so shortly before it is opened may still be being written.
const FRESH: Duration = Duration::from_secs(2);

/// Where a change may look like none, the bytes are compared once more after so many looks that
/// have seen nothing new: by then the clock of any disk has moved on.
const LOOKS_UNTIL_COMPARED: u32 = 8;

/// A file or a folder, as it is looked at and read.
pub(super) trait WatchSource {
    /// What a look from outside sees.
    type Look: Clone + PartialEq;
    /// What is known of it since it was read.
    type Known;

    fn look(&self, path: &Path) -> Self::Look;

    /// The files that a look has seen.
    fn signatures(look: &Self::Look) -> Vec<&FileSignature>;

    /// Whether a look has seen what was read last.
    fn is_known(&self, look: &Self::Look) -> bool;

    /// Reads it. `anew`: also those files that look as they did before. `tell`: it is wanted also
    /// where nothing has changed.
    fn read(
        &self,
        path: &Path,
        look: &Self::Look,
        anew: bool,
        tell: bool,
    ) -> Result<SourceReading<Self::Known>, String>;

    /// What was read has reached whoever follows.
    fn set_known(&mut self, known: Self::Known);
}

/// What was read.
pub(super) enum SourceReading<K> {
    /// There is nothing just now, as between two names of a folder that is being replaced.
    Nothing,
    /// The bytes are what they were.
    Same(K),
    New(Box<LoadedRegister>, K),
}

/// Looks at a register on the disk and reads it.
pub(super) struct RegisterPoller<S: WatchSource> {
    path: PathBuf,
    source: S,
    stillness: Stillness<S::Look>,
    /// It has been looked at before.
    has_begun: bool,
    /// Whether what was told last was a whole register; `None` before that.
    was_sound: Option<bool>,
    /// No whole register, which may be half of what is being written.
    held: Option<(Box<LoadedRegister>, S::Known)>,
    /// Something is waited for.
    is_waiting: bool,
    /// Why it could not be read the last time.
    last_error: Option<String>,
    /// It is to be read again and told, even where the bytes are the same.
    is_requested: bool,
    /// The bytes are to be compared once more after some looks.
    may_hide_a_change: bool,
    quiet_looks: u32,
}

impl<S: WatchSource> RegisterPoller<S> {
    pub fn new(path: &Path, source: S) -> Self {
        RegisterPoller {
            path: path.to_owned(),
            source,
            stillness: Stillness::default(),
            has_begun: false,
            was_sound: None,
            held: None,
            is_waiting: false,
            last_error: None,
            is_requested: false,
            may_hide_a_change: false,
            quiet_looks: 0,
        }
    }

    /// Whether it is worth while to look again soon.
    pub fn is_waiting(&self) -> bool {
        self.is_waiting
    }

    /// Makes the next look read everything again. Whoever asks has lost what was read before, as a
    /// merge does that was cancelled: it is told in any case.
    pub fn request(&mut self) {
        self.is_requested = true;
        self.held = None;
    }

    /// Looks, and reads what has changed: what was read, or why it cannot be read.
    pub fn poll(&mut self) -> Option<Result<Box<LoadedRegister>, String>> {
        let look = self.source.look(&self.path);
        let looks = self.stillness.look(&look);
        if looks == 1 {
            self.held = None;
        }
        if self.held.is_some() && looks < LOOKS_UNTIL_BROKEN {
            return self.wait();
        }
        if let Some((loaded, known)) = self.held.take() {
            return Some(Ok(self.tell(loaded, known)));
        }
        let tell = self.is_requested || self.last_error.is_some();
        let compares = self.is_compare_due(&look);
        let is_due = tell || compares || !self.source.is_known(&look);
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        if !is_due {
            self.is_waiting = false;
            return None;
        }
        // The first time it is read at once: nobody likes to wait for a file that is opened.
        if !is_first && looks < LOOKS_UNTIL_STILL {
            return self.wait();
        }
        self.read(&look, looks, compares)
    }

    fn read(
        &mut self,
        look: &S::Look,
        looks: u32,
        compares: bool,
    ) -> Option<Result<Box<LoadedRegister>, String>> {
        let now = SystemTime::now();
        let tell = self.is_requested || self.last_error.is_some();
        let read = self.source.read(&self.path, look, tell || compares, tell);
        // Written while it was read: nobody knows what of it was read.
        if self.source.look(&self.path) != *look {
            return self.wait();
        }
        self.is_waiting = false;
        self.quiet_looks = 0;
        let hides = |file: &&FileSignature| file.may_hide_a_change(now);
        self.may_hide_a_change = !compares && S::signatures(look).iter().any(hides);
        match read {
            Ok(SourceReading::Nothing) => self.wait(),
            Ok(SourceReading::Same(known)) => {
                self.source.set_known(known);
                None
            }
            Ok(SourceReading::New(loaded, known)) => {
                let is_fresh = |file: &&FileSignature| file.is_younger_than(FRESH, now);
                let is_doubtful = match self.was_sound {
                    Some(was_sound) => was_sound,
                    None => S::signatures(look).iter().any(is_fresh),
                };
                if loaded.is_broken && is_doubtful && looks < LOOKS_UNTIL_BROKEN {
                    self.held = Some((loaded, known));
                    return self.wait();
                }
                Some(Ok(self.tell(loaded, known)))
            }
            // Several times a second the same message would be no news.
            Err(error) if self.last_error.as_ref() == Some(&error) => None,
            Err(error) => {
                self.last_error = Some(error.clone());
                Some(Err(error))
            }
        }
    }

    fn wait<T>(&mut self) -> Option<T> {
        self.is_waiting = true;
        None
    }

    /// Whether the bytes are to be compared though nothing seems to have changed.
    fn is_compare_due(&mut self, look: &S::Look) -> bool {
        if !self.may_hide_a_change || !self.source.is_known(look) {
            return false;
        }
        self.quiet_looks += 1;
        self.quiet_looks >= LOOKS_UNTIL_COMPARED
    }

    fn tell(&mut self, loaded: Box<LoadedRegister>, known: S::Known) -> Box<LoadedRegister> {
        self.is_waiting = false;
        self.is_requested = false;
        self.last_error = None;
        self.was_sound = Some(!loaded.is_broken);
        self.source.set_known(known);
        // Here, since the first question to a register would otherwise be answered in a frame.
        loaded.register.warm_up();
        loaded
    }
}

/// A register in one file.
#[derive(Default)]
pub(super) struct FileSource {
    known: FileKnown,
}

/// What is known of a file.
#[derive(Default)]
pub(super) struct FileKnown {
    signature: Option<FileSignature>,
    /// `None` for bytes that are no UTF-8: of them only a copy is known, which proves nothing about
    /// the next bytes.
    text: Option<Arc<str>>,
}

impl WatchSource for FileSource {
    type Look = Option<FileSignature>;
    type Known = FileKnown;

    fn look(&self, path: &Path) -> Self::Look {
        file_signature(path).ok()
    }

    fn signatures(look: &Self::Look) -> Vec<&FileSignature> {
        look.iter().collect()
    }

    fn is_known(&self, look: &Self::Look) -> bool {
        look.is_some() && *look == self.known.signature
    }

    fn read(
        &self,
        path: &Path,
        look: &Self::Look,
        _anew: bool,
        tell: bool,
    ) -> Result<SourceReading<FileKnown>, String> {
        let bytes = linchpin_files::read(path).map_err(|error| error.to_string())?;
        let known = |text| FileKnown {
            signature: look.clone(),
            text,
        };
        // Touched, or written with the same bytes, as many programs do: no news.
        let before = self.known.text.as_ref();
        if let Some(text) = before.filter(|text| !tell && text.as_bytes() == bytes.as_slice()) {
            return Ok(SourceReading::Same(known(Some(text.clone()))));
        }
        let source = decode_bytes(bytes);
        let exact = source.is_exact;
        let loaded = load(source.text, source.diagnostics).checked_with_ron();
        let text = exact.then(|| loaded.text.clone());
        Ok(SourceReading::New(Box::new(loaded), known(text)))
    }

    fn set_known(&mut self, known: FileKnown) {
        self.known = known;
    }
}

/// A register in the files of a folder.
#[derive(Default)]
pub(super) struct FolderSource {
    known: FolderKnown,
}

/// What is known of a folder.
#[derive(Default)]
pub(super) struct FolderKnown {
    /// Each file as it was when it was read.
    snapshots: Vec<FileSnapshot>,
    /// What was read, in the same order.
    text: Arc<str>,
    parts: Arc<[RegisterFile]>,
}

#[derive(Clone)]
struct FileSnapshot {
    signature: Option<FileSignature>,
    problems: Vec<Diagnostic>,
    /// The text is the file byte for byte.
    is_exact: bool,
}

impl FileSnapshot {
    fn matches(&self, now: &Option<FileSignature>) -> bool {
        now.is_some() && self.signature == *now
    }
}

/// The files of a folder, each with how it looks, or why they cannot be found.
type FolderLook = Result<Vec<(FoundFile, Option<FileSignature>)>, String>;

impl WatchSource for FolderSource {
    type Look = FolderLook;
    type Known = FolderKnown;

    fn look(&self, path: &Path) -> FolderLook {
        let found = find_files(path).map_err(|error| error.to_string())?;
        let look = |file: FoundFile| {
            let signature = file_signature(&file.path).ok();
            (file, signature)
        };
        Ok(found.into_iter().map(look).collect())
    }

    fn signatures(look: &FolderLook) -> Vec<&FileSignature> {
        let files = look.iter().flatten();
        files
            .filter_map(|(_, signature)| signature.as_ref())
            .collect()
    }

    fn is_known(&self, look: &FolderLook) -> bool {
        let Ok(files) = look else {
            return false;
        };
        let mut both = self.known.snapshots.iter().zip(files);
        self.known
            .has_names(files.iter().map(|(file, _)| &*file.name))
            && both.all(|(seen, (_, now))| seen.matches(now))
    }

    fn read(
        &self,
        folder: &Path,
        look: &FolderLook,
        anew: bool,
        tell: bool,
    ) -> Result<SourceReading<FolderKnown>, String> {
        let (mut seen, mut files) = (Vec::new(), Vec::new());
        let mut total_bytes = 0;
        let parts = &self.known.parts;
        let known: HashMap<&str, usize> = (0..self.known.snapshots.len())
            .filter_map(|index| Some((&*parts.get(index)?.name, index)))
            .collect();
        for (found, now) in look.as_ref().map_err(String::clone)? {
            let known = known.get(&*found.name).filter(|_| !anew);
            let read = match known.and_then(|index| self.known.unchanged_file(*index, now)) {
                Some(unchanged) => Some(unchanged),
                None => read_file(found, now.clone())?,
            };
            // A file that has gone since it was found is missed at the next look.
            if let Some((file, as_seen)) = read {
                total_bytes += file.text.len() as u64;
                check_total_size(folder, total_bytes).map_err(|e| e.to_string())?;
                files.push(file);
                seen.push(as_seen);
            }
        }
        if files.is_empty() {
            return Ok(SourceReading::Nothing);
        }
        let known = |text, parts| FolderKnown {
            snapshots: seen,
            text,
            parts,
        };
        if self.known.is_same(&files) && !tell {
            let (text, parts) = (self.known.text.clone(), parts.clone());
            return Ok(SourceReading::Same(known(text, parts)));
        }
        let loaded = load_files(files).checked_with_ron();
        let (text, parts) = (loaded.text.clone(), loaded.files.clone());
        Ok(SourceReading::New(Box::new(loaded), known(text, parts)))
    }

    fn set_known(&mut self, known: FolderKnown) {
        self.known = known;
    }
}

impl FolderKnown {
    fn has_names<'a>(&self, names: impl Iterator<Item = &'a str>) -> bool {
        let known = self.parts.iter().take(self.snapshots.len());
        known.map(|part| &*part.name).eq(names)
    }

    /// A file as it was read before, where it has not changed.
    fn unchanged_file(
        &self,
        index: usize,
        now: &Option<FileSignature>,
    ) -> Option<(RegisterFileText, FileSnapshot)> {
        let seen = self.snapshots.get(index).filter(|s| s.matches(now))?;
        let part = self.parts.get(index).filter(|_| seen.is_exact)?;
        let file = RegisterFileText {
            name: part.name.clone(),
            text: part.span.of(&self.text).to_owned(),
            diagnostics: seen.problems.clone(),
        };
        Some((file, seen.clone()))
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

/// Reads a file; `None` where it has gone.
fn read_file(
    found: &FoundFile,
    now: Option<FileSignature>,
) -> Result<Option<(RegisterFileText, FileSnapshot)>, String> {
    let Some(bytes) = read_found_file(found).map_err(|e| e.to_string())? else {
        return Ok(None);
    };
    let source = decode_bytes(bytes);
    let seen = FileSnapshot {
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
mod tests;
