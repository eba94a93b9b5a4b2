//! Keeps unsaved work where the next start finds it, on a thread of its own.

use linchpin_files::{Journal, Unsaved};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

/// What the thread is asked to do.
enum Ask {
    Keep(Box<Unsaved>),
    Forget,
    /// Goes on with a journal that was found at the start.
    TakeOver(Box<Journal>),
}

/// Keeps the unsaved work of one window. Dropped, it lets the thread finish what it was asked.
pub struct Keeper {
    ask: Sender<Ask>,
    trouble: Receiver<String>,
    /// The version of the draft that was handed over last.
    pub version: Option<u64>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Keeper {
    /// A keeper for one window, with the folder of the program's state.
    pub fn new(state: PathBuf) -> Self {
        let (ask, asked) = channel();
        let (tell, trouble) = channel();
        let thread = std::thread::spawn(move || work(&state, &asked, &tell));
        Keeper {
            ask,
            trouble,
            version: None,
            thread: Some(thread),
        }
    }

    /// Keeps the work as it is now.
    pub fn keep(&self, unsaved: Unsaved) {
        // Without its thread there is nobody to keep it; that has been said.
        let _ = self.ask.send(Ask::Keep(Box::new(unsaved)));
    }

    /// There is nothing unsaved any more.
    pub fn forget(&self) {
        let _ = self.ask.send(Ask::Forget);
    }

    /// Goes on with a journal that was found at the start.
    pub fn take_over(&self, journal: Journal) {
        let _ = self.ask.send(Ask::TakeOver(Box::new(journal)));
    }

    /// What went wrong since the last call, in words.
    pub fn trouble(&self) -> Option<String> {
        self.trouble.try_recv().ok()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        // Hanging up ends the thread once it has done what it was asked.
        let (nobody, _) = channel();
        self.ask = nobody;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn work(state: &std::path::Path, asked: &Receiver<Ask>, tell: &Sender<String>) {
    let mut journal: Option<Journal> = None;
    let mut said = String::new();
    while let Ok(first) = asked.recv() {
        // Of several drafts only the last one matters.
        let mut all = vec![first];
        all.extend(asked.try_iter());
        let mut last = None;
        for ask in all {
            match ask {
                Ask::TakeOver(found) => journal = Some(*found),
                other => last = Some(other),
            }
        }
        let done = match last {
            Some(Ask::Keep(unsaved)) => keep(&mut journal, state, &unsaved),
            Some(Ask::Forget) => {
                if let Some(journal) = &mut journal {
                    journal.forget();
                }
                Ok(())
            }
            _ => Ok(()),
        };
        // The same trouble at every keystroke is said once.
        if let Err(words) = done
            && words != said
        {
            said.clone_from(&words);
            let _ = tell.send(words);
        }
    }
}

fn keep(
    journal: &mut Option<Journal>,
    state: &std::path::Path,
    unsaved: &Unsaved,
) -> Result<(), String> {
    let journal = match journal {
        Some(journal) => journal,
        None => journal.insert(Journal::new(state)?),
    };
    journal.keep(unsaved)
}
