//! Follows a file or a folder however an editor saves: in place, by renaming over it, behind a link.
//!
//! Asking the file system every few hundred milliseconds is dull and never misses: watching services lose a file at the first rename.

use super::folder_poller::FolderPoller;
use super::open_file::FileOrigin;
use super::tasks::Spawner;
use linchpin_files::signature::{Signature, signature};
use linchpin_register::{Loaded, load};
use linchpin_task::Task;
use ron_lossless::text_of;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often it is looked at.
const POLL_INTERVAL: Duration = Duration::from_millis(300);
/// How often the time before a watcher begins again is doubled: then it is 38 seconds.
const MAX_DOUBLINGS: u32 = 7;

/// What the watch has to say.
pub enum WatchEvent {
    /// The file was read.
    FileRead(Box<Loaded>),
    /// The file cannot be read, in words.
    ReadError(String),
    /// A document's text is not what it was when it was read.
    TextsChanged,
}

/// Follows a file or a folder until it is dropped.
pub struct FileWatcher {
    origin: FileOrigin,
    spawner: Spawner,
    /// Dropping it asks it to stop.
    task: Task<()>,
    poll_requests: Sender<()>,
    texts: Arc<Mutex<Vec<TextSnapshot>>>,
    events: Receiver<WatchEvent>,
    /// How often it was started again after it had failed.
    restarts: u32,
}

impl FileWatcher {
    /// Reads a file or the files of a folder at once, and again whenever their bytes change or files come and go.
    /// The window is woken after each piece of news. `None` for what is on no disk.
    pub fn start(origin: &FileOrigin, spawner: &Spawner) -> Option<Self> {
        FileWatcher::start_after(0, origin, spawner, Arc::default())
    }

    fn start_after(
        restarts: u32,
        origin: &FileOrigin,
        spawner: &Spawner,
        texts: Arc<Mutex<Vec<TextSnapshot>>>,
    ) -> Option<Self> {
        let follow = match origin {
            FileOrigin::Bundled(_) | FileOrigin::StandardInput | FileOrigin::Image(_) => {
                return None;
            }
            FileOrigin::File(_) => WatchTarget::File(FilePoller::default()),
            FileOrigin::Folder(_) => WatchTarget::Folder(FolderPoller::default()),
        };
        let mut state = WatchState {
            path: origin.path()?.to_owned(),
            target: follow,
            last_error: None,
        };
        let (nudge, poll_requested) = channel();
        let (event_sender, news) = channel();
        let watched_texts = texts.clone();
        // The first time at once; after a failure later and later, since the same file may fail again.
        let delay = match restarts {
            0 => Duration::ZERO,
            times => POLL_INTERVAL * 2_u32.pow(times.min(MAX_DOUBLINGS)),
        };
        let task = spawner.spawn("Watching the file", move |control| {
            if let Err(RecvTimeoutError::Disconnected) = poll_requested.recv_timeout(delay) {
                return;
            }
            while !control.is_cancelled() {
                let news = state.poll();
                let texts = texts_changed(&watched_texts).then_some(WatchEvent::TextsChanged);
                for event in news.into_iter().chain(texts) {
                    if event_sender.send(event).is_err() {
                        return;
                    }
                    control.wake();
                }
                match poll_requested.recv_timeout(POLL_INTERVAL) {
                    Ok(()) => state.invalidate(),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
        });
        Some(FileWatcher {
            origin: origin.clone(),
            spawner: spawner.clone(),
            task,
            poll_requests: nudge,
            texts,
            events: news,
            restarts,
        })
    }

    /// What has happened since the last call, one thing at a time. A watcher that has failed says so once, and begins
    /// again.
    pub fn take_event(&mut self) -> Option<WatchEvent> {
        if let Ok(event) = self.events.try_recv() {
            return Some(event);
        }
        let Some(Err(error)) = self.task.poll() else {
            return None;
        };
        let restarts = self.restarts + 1;
        let texts = self.texts.clone();
        if let Some(again) = FileWatcher::start_after(restarts, &self.origin, &self.spawner, texts)
        {
            *self = again;
        }
        (restarts == 1).then(|| WatchEvent::ReadError(error.to_string()))
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
    fn poll(&mut self, path: &Path, again: bool) -> Result<Option<Box<Loaded>>, String> {
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
        let source = text_of(bytes);
        let exact = source.is_exact;
        let loaded = load(source.text, source.problems).confirmed();
        self.text = exact.then(|| loaded.text.clone());
        Ok(Some(Box::new(loaded)))
    }
}
