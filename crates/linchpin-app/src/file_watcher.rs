//! Follows a file or a folder however an editor saves: in place, by renaming over it, behind a
//! link.
//!
//! Asking the file system every few hundred milliseconds is dull and never misses: watching
//! services lose a file at the first rename. How it is asked stands in `register_poller`.

use super::open_file::FileOrigin;
use super::register_poller::{FileSource, FolderSource, RegisterPoller, WatchSource};
use super::stillness::{LOOKS_UNTIL_STILL, Stillness};
use linchpin_files::signature::{FileSignature, file_signature};
use linchpin_register::LoadedRegister;
use linchpin_task::{Control, Task, TaskError, fault_point};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often the file system is asked. A person takes it for at once, and the disk is hardly busy.
const POLL_INTERVAL: Duration = Duration::from_millis(300);

/// The same while something is being written, so that its end is seen soon.
const UNREST_INTERVAL: Duration = Duration::from_millis(100);

/// How often the task is started again after a panic.
const MAX_RESTARTS: u32 = 3;

/// What the watcher reports.
pub enum WatchEvent {
    /// The file was read.
    FileRead {
        loaded: Box<LoadedRegister>,
        /// How often this program had begun or ended to write by then: see
        /// [`FileWatcher::is_outdated`].
        own_writes: u64,
    },
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
    own_writes: Arc<AtomicU64>,
    texts: Arc<Mutex<Vec<TextSnapshot>>>,
    events: Receiver<WatchEvent>,
    task: Task<()>,
}

impl FileWatcher {
    /// Reads a file or the files of a folder at once, and again whenever their bytes change or
    /// files come and go. `wake` is called after each event. `None` for what is on no disk.
    pub fn start(origin: &FileOrigin, wake: Arc<dyn Fn() + Send + Sync>) -> Option<Self> {
        let (path, is_folder) = (origin.path()?.to_owned(), origin.folder().is_some());
        let (poll_requests, poll_requested) = channel();
        let (event_sender, events) = channel();
        let texts: Arc<Mutex<Vec<TextSnapshot>>> = Arc::default();
        let own_writes: Arc<AtomicU64> = Arc::default();
        let channels = WatchChannels {
            events: event_sender,
            poll_requested,
            texts: texts.clone(),
            own_writes: own_writes.clone(),
        };
        let task = Task::new("Following the file").wake(wake.clone());
        let task = task.spawn(move |control| match is_folder {
            true => follow(&path, FolderSource::default(), control, &channels),
            false => follow(&path, FileSource::default(), control, &channels),
        });
        Some(FileWatcher {
            origin: origin.clone(),
            wake,
            restarts_left: MAX_RESTARTS,
            poll_requests,
            own_writes,
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
            // The app names the texts only when they are read again; until then the new task would
            // follow none.
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

    /// Notes that this program begins to write what is followed, or has ended to.
    pub fn note_own_write(&self) {
        self.own_writes.fetch_add(1, Ordering::AcqRel);
    }

    /// How often this program has begun or ended to write.
    pub fn own_writes(&self) -> u64 {
        self.own_writes.load(Ordering::Acquire)
    }

    /// Whether this program has begun or ended to write since: what was read before may not be what
    /// the disk holds now.
    pub fn is_outdated(&self, own_writes: u64) -> bool {
        own_writes != self.own_writes()
    }

    /// Reads it again now, even where nothing seems to have changed.
    pub fn poll_now(&self) {
        // A task that has ended reads everything when it is started again.
        let _ = self.poll_requests.send(());
    }
}

/// What the task and the watcher share.
struct WatchChannels {
    events: Sender<WatchEvent>,
    poll_requested: Receiver<()>,
    texts: Arc<Mutex<Vec<TextSnapshot>>>,
    own_writes: Arc<AtomicU64>,
}

/// Polls the file until the watcher is dropped.
fn follow(path: &Path, source: impl WatchSource, control: &Control, channels: &WatchChannels) {
    let mut poller = RegisterPoller::new(path, source);
    let mut texts = TextsPoller::default();
    while !control.is_cancelled() {
        // Before it is looked: whatever this program writes from now on is not in what is seen.
        let own_writes = channels.own_writes.load(Ordering::Acquire);
        let read = poller.poll().map(|read| match read {
            Ok(loaded) => WatchEvent::FileRead { loaded, own_writes },
            Err(words) => WatchEvent::ReadError(words),
        });
        let changed = texts
            .poll(&channels.texts)
            .then_some(WatchEvent::TextsChanged);
        for event in read.into_iter().chain(changed) {
            fault_point("Telling what was read");
            if channels.events.send(event).is_err() {
                return;
            }
            control.wake();
        }
        let interval = match poller.is_waiting() || texts.is_waiting {
            true => UNREST_INTERVAL,
            false => POLL_INTERVAL,
        };
        match channels.poll_requested.recv_timeout(interval) {
            Ok(()) => poller.request(),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// A file and how it looked; `None` where there was none.
pub type TextSnapshot = (PathBuf, Option<FileSignature>);

/// Looks at the texts.
#[derive(Default)]
struct TextsPoller {
    stillness: Stillness<Vec<TextSnapshot>>,
    /// One of them looks different, and does not stand still yet.
    is_waiting: bool,
}

impl TextsPoller {
    /// Whether one of the texts looks different from before, and all stand still. Each change is
    /// reported once.
    fn poll(&mut self, texts: &Mutex<Vec<TextSnapshot>>) -> bool {
        let known = texts.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let now: Vec<TextSnapshot> = known
            .iter()
            .map(|(path, _)| (path.clone(), file_signature(path).ok()))
            .collect();
        let looks = self.stillness.look(&now);
        self.is_waiting = now != known && looks < LOOKS_UNTIL_STILL;
        if now == known || self.is_waiting {
            return false;
        }
        let mut current = texts.lock().unwrap_or_else(PoisonError::into_inner);
        // Meanwhile the app may have named other texts: what was seen is not about those.
        if *current == known {
            *current = now;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_again_once_it_stands_still() {
        let path = std::env::temp_dir().join(format!("linchpin-texts-{}", std::process::id()));
        std::fs::write(&path, "One.").unwrap();
        let known = vec![(path.clone(), file_signature(&path).ok())];
        let (texts, mut poller) = (Mutex::new(known), TextsPoller::default());
        assert!(!poller.poll(&texts) && !poller.is_waiting);
        for chunk in 1..20 {
            std::fs::write(&path, "One. ".repeat(chunk + 1)).unwrap();
            assert!(!poller.poll(&texts) && poller.is_waiting, "chunk {chunk}");
        }
        assert!(!poller.poll(&texts));
        assert!(poller.poll(&texts) && !poller.is_waiting);
        assert!(!poller.poll(&texts));
        std::fs::remove_file(&path).unwrap();
    }
}
