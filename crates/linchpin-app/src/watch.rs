//! Follows a file or a folder however an editor saves: in place, by renaming over it, behind a link.
//!
//! Asking the file system every few hundred milliseconds is dull and never misses: watching services lose a file at the first rename.

use super::file::Origin;
use super::follow_folder::Folder;
use linchpin_files;
use linchpin_files::signature::{Signature, signature};
use linchpin_register::{Loaded, load};
use ron_lossless::text_of;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often it is looked at.
const EVERY: Duration = Duration::from_millis(300);

/// What the watch has to say.
pub enum News {
    /// The file was read.
    Read(Box<Loaded>),
    /// The file cannot be read, in words.
    Trouble(String),
    /// A document's text is not what it was when it was read.
    TextsChanged,
}

/// Follows a file or a folder until it is dropped.
pub struct Watch {
    stop: Arc<AtomicBool>,
    nudge: Sender<()>,
    texts: Arc<Mutex<Vec<Seen>>>,
    pub news: Receiver<News>,
}

impl Watch {
    /// Reads a file or the files of a folder at once, and again whenever their bytes change or files come and go. `wake` is called
    /// after each piece of news. `None` for what is on no disk.
    pub fn start(origin: &Origin, wake: impl Fn() + Send + 'static) -> Option<Self> {
        let follow = match origin {
            Origin::Bundled(_) | Origin::StandardInput | Origin::Image(_) => return None,
            Origin::File(_) => Follow::File(OneFile::default()),
            Origin::Folder(_) => Follow::Folder(Folder::default()),
        };
        let mut state = State {
            path: origin.path()?.to_owned(),
            follow,
            trouble: None,
        };
        let stop = Arc::new(AtomicBool::new(false));
        let (nudge, nudged) = channel();
        let (tell, news) = channel();
        let stopped = stop.clone();
        let texts: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let followed = texts.clone();
        std::thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                if let Some(news) = state.look() {
                    if tell.send(news).is_err() {
                        break;
                    }
                    wake();
                }
                if texts_changed(&followed) {
                    if tell.send(News::TextsChanged).is_err() {
                        break;
                    }
                    wake();
                }
                match nudged.recv_timeout(EVERY) {
                    Ok(()) => state.forget(),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
        });
        Some(Watch {
            stop,
            nudge,
            texts,
            news,
        })
    }

    /// Follows these files as well, each as it looked before it was read, in place of those before.
    pub fn follow_texts(&self, texts: Vec<Seen>) {
        *self.texts.lock().unwrap_or_else(PoisonError::into_inner) = texts;
    }

    /// Looks again now, even where nothing seems to have changed.
    pub fn look_now(&self) {
        // A watch that has ended has nothing left to look at.
        let _ = self.nudge.send(());
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// A file and how it looked; `None` where there was none.
pub type Seen = (PathBuf, Option<Signature>);

/// Whether one of the texts looks different from before; that is said once.
fn texts_changed(texts: &Mutex<Vec<Seen>>) -> bool {
    let known = texts.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let now: Vec<Seen> = known
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
struct State {
    path: PathBuf,
    follow: Follow,
    /// Why it could not be read the last time.
    trouble: Option<String>,
}

enum Follow {
    File(OneFile),
    Folder(Folder),
}

impl State {
    fn look(&mut self) -> Option<News> {
        let again = self.trouble.is_some();
        let read = match &mut self.follow {
            Follow::File(file) => file.look(&self.path, again),
            Follow::Folder(folder) => folder.look(&self.path, again),
        };
        match read {
            Ok(None) => None,
            Ok(Some(loaded)) => {
                self.trouble = None;
                loaded.register.warm_up();
                Some(News::Read(loaded))
            }
            Err(trouble) if self.trouble.as_ref() == Some(&trouble) => None,
            Err(trouble) => {
                self.trouble = Some(trouble.clone());
                Some(News::Trouble(trouble))
            }
        }
    }

    fn forget(&mut self) {
        match &mut self.follow {
            Follow::File(file) => file.seen = None,
            Follow::Folder(folder) => folder.forget(),
        }
    }
}

#[derive(Default)]
struct OneFile {
    seen: Option<Signature>,
    text: Option<Arc<str>>,
}

impl OneFile {
    /// Reads the file where it has changed, or `again` in any case.
    fn look(&mut self, path: &Path, again: bool) -> Result<Option<Box<Loaded>>, String> {
        let now = signature(path).ok();
        if now.is_some() && now == self.seen {
            return Ok(None);
        }
        let bytes = linchpin_files::read(path).map_err(|trouble| {
            self.seen = None;
            trouble.to_string()
        })?;
        self.seen = now;
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
