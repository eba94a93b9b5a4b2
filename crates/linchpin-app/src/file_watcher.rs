//! Follows a file or a folder however an editor saves: in place, by renaming over it, behind a link.
//!
//! Asking the file system every few hundred milliseconds is dull and never misses: watching services lose a file at the first rename.

use super::folder_poller::FolderPoller;
use super::open_file::FileOrigin;
use linchpin_files::signature::{Signature, signature};
use linchpin_register::{LoadedRegister, load};
use linchpin_task::{Control, Task};
use ron_lossless::decode_bytes;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often it is looked at.
const POLL_INTERVAL: Duration = Duration::from_millis(300);

/// How often following is started again after a fault.
const MAX_RESTARTS: u32 = 3;

/// What the watch has to say.
pub enum WatchEvent {
    /// The file was read.
    FileRead(Box<LoadedRegister>),
    /// The file cannot be read, in words.
    ReadError(String),
    /// A document's text is not what it was when it was read.
    TextsChanged,
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
    /// Reads a file or the files of a folder at once, and again whenever their bytes change or files
    /// come and go. `wake` is called after each event. `None` for what is on no disk.
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
    /// Where the task itself has ended by a fault in the program, that is told as an error, and it is
    /// started again; not for ever, since the same file may bring the same fault.
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
        let stopped = match restarts_left {
            Some(_) => "",
            None => ". The file is no longer followed: open it again to see its changes",
        };
        Some(WatchEvent::ReadError(format!("{error}{stopped}")))
    }

    /// Follows these files as well, each as it looked before it was read, in place of those before.
    pub fn watch_texts(&self, texts: Vec<TextSnapshot>) {
        *self.texts.lock().unwrap_or_else(PoisonError::into_inner) = texts;
    }

    /// Looks again now, even where nothing seems to have changed.
    pub fn poll_now(&self) {
        // A watch that has ended has nothing left to look at.
        let _ = self.poll_requests.send(());
    }
}

/// Looks at the file until nobody wants to know any more.
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
pub type TextSnapshot = (PathBuf, Option<Signature>);

/// Whether one of the texts looks different from before; that is said once.
fn texts_changed(texts: &Mutex<Vec<TextSnapshot>>) -> bool {
    let known = texts.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let now: Vec<TextSnapshot> = known
        .iter()
        .map(|(path, _)| (path.clone(), signature(path).ok()))
        .collect();
    if now == known {
        return false;
    }
    let mut held = texts.lock().unwrap_or_else(PoisonError::into_inner);
    // Others may be followed by now.
    if *held == known {
        *held = now;
    }
    true
}

/// What is followed, and what is known of it.
struct WatchState {
    path: PathBuf,
    target: WatchTarget,
    /// Why it could not be read the last time.
    last_error: Option<String>,
}

enum WatchTarget {
    File(FilePoller),
    Folder(FolderPoller),
}

impl WatchState {
    fn poll(&mut self) -> Option<WatchEvent> {
        let again = self.last_error.is_some();
        let read = match &mut self.target {
            WatchTarget::File(file) => file.poll(&self.path, again),
            WatchTarget::Folder(folder) => folder.poll(&self.path, again),
        };
        match read {
            Ok(None) => None,
            Ok(Some(loaded)) => {
                self.last_error = None;
                loaded.register.warm_up();
                Some(WatchEvent::FileRead(loaded))
            }
            Err(trouble) if self.last_error.as_ref() == Some(&trouble) => None,
            Err(trouble) => {
                self.last_error = Some(trouble.clone());
                Some(WatchEvent::ReadError(trouble))
            }
        }
    }

    fn invalidate(&mut self) {
        match &mut self.target {
            WatchTarget::File(file) => file.snapshot = None,
            WatchTarget::Folder(folder) => folder.invalidate(),
        }
    }
}

#[derive(Default)]
struct FilePoller {
    snapshot: Option<Signature>,
    text: Option<Arc<str>>,
}

impl FilePoller {
    /// Reads the file where it has changed, or `again` in any case.
    fn poll(&mut self, path: &Path, again: bool) -> Result<Option<Box<LoadedRegister>>, String> {
        let now = signature(path).ok();
        if now.is_some() && now == self.snapshot {
            return Ok(None);
        }
        let bytes = linchpin_files::read(path).map_err(|trouble| {
            self.snapshot = None;
            trouble.to_string()
        })?;
        self.snapshot = now;
        let same = |text: &Arc<str>| text.as_bytes() == bytes.as_slice();
        if !again && self.text.as_ref().is_some_and(same) {
            return Ok(None);
        }
        let source = decode_bytes(bytes);
        let exact = source.is_exact;
        let loaded = load(source.text, source.diagnostics).checked_with_ron();
        self.text = exact.then(|| loaded.text.clone());
        Ok(Some(Box::new(loaded)))
    }
}
