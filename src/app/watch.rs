//! Follows a file however an editor saves it: in place, by renaming over it, behind a link.
//!
//! Asking the file system every few hundred milliseconds is dull and never misses: watching services lose a file at the first rename.

use crate::files;
use crate::register::{Loaded, load};
use crate::ron_text::text_of;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, SystemTime};

/// How often the file is looked at.
const EVERY: Duration = Duration::from_millis(300);

/// What the watch has to say.
pub enum News {
    /// The file was read.
    Read(Box<Loaded>),
    /// The file cannot be read, in words.
    Trouble(String),
}

/// Follows a file until it is dropped.
pub struct Watch {
    stop: Arc<AtomicBool>,
    nudge: Sender<()>,
    pub news: Receiver<News>,
}

impl Watch {
    /// Reads the file at once, and again whenever its bytes change. `wake` is called after each piece of news.
    pub fn start(path: PathBuf, wake: impl Fn() + Send + 'static) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (nudge, nudged) = channel();
        let (tell, news) = channel();
        let stopped = stop.clone();
        std::thread::spawn(move || {
            let mut state = State::default();
            while !stopped.load(Ordering::Relaxed) {
                if let Some(news) = state.look(&path) {
                    if tell.send(news).is_err() {
                        break;
                    }
                    wake();
                }
                match nudged.recv_timeout(EVERY) {
                    Ok(()) => state.seen = None,
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
        });
        Watch { stop, nudge, news }
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

/// What tells one state of a file from another without reading it.
#[derive(Clone, Debug, PartialEq)]
struct Signature {
    real: PathBuf,
    size: u64,
    modified: Option<SystemTime>,
    identity: (u64, u64),
}

fn signature(path: &Path) -> std::io::Result<Signature> {
    let real = path.canonicalize()?;
    let data = std::fs::metadata(&real)?;
    #[cfg(unix)]
    let identity = {
        use std::os::unix::fs::MetadataExt as _;
        (data.dev(), data.ino())
    };
    #[cfg(not(unix))]
    let identity = (0, 0);
    Ok(Signature {
        real,
        size: data.len(),
        modified: data.modified().ok(),
        identity,
    })
}

#[derive(Default)]
struct State {
    seen: Option<Signature>,
    text: Option<Arc<str>>,
    trouble: Option<String>,
}

impl State {
    fn look(&mut self, path: &Path) -> Option<News> {
        let now = signature(path).ok();
        if now.is_some() && now == self.seen {
            return None;
        }
        let bytes = match files::read(path) {
            Ok(bytes) => bytes,
            Err(trouble) => {
                self.seen = None;
                let trouble = trouble.to_string();
                return (self.trouble.as_ref() != Some(&trouble)).then(|| {
                    self.trouble = Some(trouble.clone());
                    News::Trouble(trouble)
                });
            }
        };
        self.seen = now;
        let recovered = self.trouble.take().is_some();
        if !recovered
            && self
                .text
                .as_ref()
                .is_some_and(|text| text.as_bytes() == bytes.as_slice())
        {
            return None;
        }
        let source = text_of(bytes);
        let exact = source.is_exact;
        let loaded = load(source.text, source.problems).confirmed();
        loaded.register.warm_up();
        self.text = exact.then(|| loaded.text.clone());
        Some(News::Read(Box::new(loaded)))
    }
}
