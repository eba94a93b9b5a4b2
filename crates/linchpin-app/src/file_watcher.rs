//! Follows a file or a folder however an editor saves: in place, by renaming over it, behind a
//! link.
//!
//! Asking the file system every few hundred milliseconds is dull and never misses: watching
//! services lose a file at the first rename.

use super::open_file::FileOrigin;
use linchpin_files::folder::{FoundFile, check_total_size, find_files, read_found_file};
use linchpin_files::signature::{FileSignature, file_signature};
use linchpin_register::{LoadedRegister, RegisterFile, RegisterFileText, load, load_files};
use linchpin_task::{Control, Task, TaskError};
use ron_lossless::{Diagnostic, decode_bytes};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often the file system is asked. A person takes it for at once, and the disk is hardly busy.
const POLL_INTERVAL: Duration = Duration::from_millis(300);

/// How often the task is started again after a panic.
const MAX_RESTARTS: u32 = 3;

/// What the watcher reports.
pub enum WatchEvent {
    /// The file was read.
    FileRead(Box<LoadedRegister>),
    /// The file cannot be read: the message.
    ReadError(String),
    /// A document's text is not what it was when it was read.
    TextsChanged,
    /// Following the file has ended by a fault in the program.
    Failed {
        error: TaskError,
        /// It has been started again.
        is_restarted: bool,
    },
}

/// Follows a file or a folder until it is dropped.
pub struct FileWatcher {
    origin: FileOrigin,
    wake: Arc<dyn Fn() + Send + Sync>,
    restarts_left: u32,
    poll_requests: Sender<()>,
    texts: Arc<Mutex<Vec<TextSnapshot>>>,
    events: Receiver<WatchEvent>,
    task: Task<()>,
}

impl FileWatcher {
    /// Reads a file or the files of a folder at once, and again whenever their bytes change or
    /// files come and go. `wake` is called after each event. `None` for what is on no disk.
    pub fn start(origin: &FileOrigin, wake: Arc<dyn Fn() + Send + Sync>) -> Option<Self> {
        let target = match origin {
            FileOrigin::Bundled(_) | FileOrigin::StandardInput | FileOrigin::Image(_) => {
                return None;
            }
            FileOrigin::File(_) => WatchTarget::File(FilePoller::default()),
            FileOrigin::Folder(_) => WatchTarget::Folder(FolderPoller::default()),
        };
        let state = WatchState {
            path: origin.path()?.to_owned(),
            target,
            last_error: None,
            is_requested: false,
        };
        let (poll_requests, poll_requested) = channel();
        let (event_sender, events) = channel();
        let texts: Arc<Mutex<Vec<TextSnapshot>>> = Arc::default();
        let watched_texts = texts.clone();
        let task = Task::new("Following the file").wake(wake.clone());
        let task = task.spawn(move |control| {
            follow(
                state,
                control,
                &event_sender,
                &poll_requested,
                &watched_texts,
            );
        });
        Some(FileWatcher {
            origin: origin.clone(),
            wake,
            restarts_left: MAX_RESTARTS,
            poll_requests,
            texts,
            events,
            task,
        })
    }

    /// The next event, if there is one.
    ///
    /// Where the task itself has ended by a fault in the program, it is started again; not for
    /// ever, since the same file may bring the same fault.
    pub fn next_event(&mut self) -> Option<WatchEvent> {
        if let Ok(event) = self.events.try_recv() {
            return Some(event);
        }
        let error = self.task.poll()?.err()?;
        let restarts_left = self.restarts_left.checked_sub(1);
        if let Some(restarts_left) = restarts_left
            && let Some(again) = FileWatcher::start(&self.origin, self.wake.clone())
        {
            let texts = self
                .texts
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone();
            *self = FileWatcher {
                restarts_left,
                ..again
            };
            self.watch_texts(texts);
        }
        Some(WatchEvent::Failed {
            error,
            is_restarted: restarts_left.is_some(),
        })
    }

    /// Follows these files as well, each as it looked before it was read, in place of those before.
    pub fn watch_texts(&self, texts: Vec<TextSnapshot>) {
        *self.texts.lock().unwrap_or_else(PoisonError::into_inner) = texts;
    }

    /// Reads it again now, even where nothing seems to have changed.
    pub fn poll_now(&self) {
        // A task that has ended reads everything when it is started again.
        let _ = self.poll_requests.send(());
    }
}

/// Polls the file until the watcher is dropped.
fn follow(
    mut state: WatchState,
    control: &Control,
    events: &Sender<WatchEvent>,
    poll_requested: &Receiver<()>,
    texts: &Mutex<Vec<TextSnapshot>>,
) {
    while !control.is_cancelled() {
        let changed = texts_changed(texts).then_some(WatchEvent::TextsChanged);
        for event in state.poll().into_iter().chain(changed) {
            if events.send(event).is_err() {
                return;
            }
            control.wake();
        }
        match poll_requested.recv_timeout(POLL_INTERVAL) {
            Ok(()) => state.invalidate(),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// A file and how it looked; `None` where there was none.
pub type TextSnapshot = (PathBuf, Option<FileSignature>);

/// Whether one of the texts looks different from before. Each change is reported once.
fn texts_changed(texts: &Mutex<Vec<TextSnapshot>>) -> bool {
    let known = texts.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let now: Vec<TextSnapshot> = known
        .iter()
        .map(|(path, _)| (path.clone(), file_signature(path).ok()))
        .collect();
    if now == known {
        return false;
    }
    let mut current = texts.lock().unwrap_or_else(PoisonError::into_inner);
    // Meanwhile the app may have named other texts: what was seen is not about those.
    if *current == known {
        *current = now;
    }
    true
}

/// What is followed, and what is known of it.
struct WatchState {
    path: PathBuf,
    target: WatchTarget,
    /// Why it could not be read the last time.
    last_error: Option<String>,
    /// It is to be read again, and the event sent, even where the bytes are the same.
    is_requested: bool,
}

enum WatchTarget {
    File(FilePoller),
    Folder(FolderPoller),
}

impl WatchState {
    fn poll(&mut self) -> Option<WatchEvent> {
        let again = self.last_error.is_some() || std::mem::take(&mut self.is_requested);
        let read = match &mut self.target {
            WatchTarget::File(file) => file.poll(&self.path, again),
            WatchTarget::Folder(folder) => folder.poll(&self.path, again),
        };
        match read {
            Ok(None) => None,
            Ok(Some(loaded)) => {
                self.last_error = None;
                // Here, since the first question to a register would otherwise be answered in a
                // frame.
                loaded.register.warm_up();
                Some(WatchEvent::FileRead(loaded))
            }
            // Three times a second the same message would be no news.
            Err(error) if self.last_error.as_ref() == Some(&error) => None,
            Err(error) => {
                self.last_error = Some(error.clone());
                Some(WatchEvent::ReadError(error))
            }
        }
    }

    /// Reads everything again. Whoever asks has lost what was read before, as a merge does that was
    /// cancelled: an event comes in any case.
    fn invalidate(&mut self) {
        self.is_requested = true;
        match &mut self.target {
            WatchTarget::File(file) => file.snapshot = None,
            WatchTarget::Folder(folder) => folder.invalidate(),
        }
    }
}

#[derive(Default)]
struct FilePoller {
    snapshot: Option<FileSignature>,
    text: Option<Arc<str>>,
}

impl FilePoller {
    /// Reads the file where it has changed, or `again` in any case.
    fn poll(&mut self, path: &Path, again: bool) -> Result<Option<Box<LoadedRegister>>, String> {
        // Taken before the file is read: a write in between gives another signature the next time,
        // and the file is read once more. The other way round it would be missed.
        let now = file_signature(path).ok();
        if now.is_some() && now == self.snapshot {
            return Ok(None);
        }
        let bytes = linchpin_files::read(path).map_err(|error| {
            self.snapshot = None;
            error.to_string()
        })?;
        self.snapshot = now;
        // Touched, or written with the same bytes, as many programs do: no event.
        let same = |text: &Arc<str>| text.as_bytes() == bytes.as_slice();
        if !again && self.text.as_ref().is_some_and(same) {
            return Ok(None);
        }
        let source = decode_bytes(bytes);
        let exact = source.is_exact;
        let loaded = load(source.text, source.diagnostics).checked_with_ron();
        // Of bytes that are no UTF-8 only a copy is known, which proves nothing about the next
        // bytes.
        self.text = exact.then(|| loaded.text.clone());
        Ok(Some(Box::new(loaded)))
    }
}

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
    signature: Option<FileSignature>,
    problems: Vec<Diagnostic>,
    /// The text is the file byte for byte.
    is_exact: bool,
}

impl FolderPoller {
    /// Reads what has changed, and all of it together as a register; `None` where nothing has,
    /// unless it is wanted `again` in any case.
    ///
    /// # Errors
    /// Why the folder or a file of it cannot be read, in words.
    pub fn poll(
        &mut self,
        folder: &Path,
        again: bool,
    ) -> Result<Option<Box<LoadedRegister>>, String> {
        let found = find_files(folder).map_err(|e| e.to_string())?;
        let now: Vec<Option<FileSignature>> =
            found.iter().map(|f| file_signature(&f.path).ok()).collect();
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
                Some(unchanged) => Some(unchanged),
                None => read_file(found, now)?,
            };
            // A file that has gone since it was found is missed at the next look.
            if let Some((file, as_seen)) = read {
                total_bytes += file.text.len() as u64;
                check_total_size(folder, total_bytes).map_err(|e| e.to_string())?;
                files.push(file);
                seen.push(as_seen);
            }
        }
        // Between two names of a folder that is being replaced there may be no file for a moment.
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
        now: &Option<FileSignature>,
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
    fn matches(&self, now: &Option<FileSignature>) -> bool {
        !self.is_invalidated && now.is_some() && self.signature == *now
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
