//! Saves unsaved work where the next start finds it, in a task of its own.

use linchpin_files::{JournalError, RecoveryJournal, UnsavedWork};
use linchpin_task::{Task, Wake};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

/// Why unsaved work is not kept, or not removed, as a message.
type AutosaveResult = Result<(), String>;

/// What the task is asked to do.
enum AutosaveRequest {
    Save(Box<UnsavedWork>),
    Discard,
    /// Goes on with a journal that was found at the start.
    Adopt(Box<RecoveryJournal>),
}

/// Saves the unsaved work of one window. Dropped, it lets the task finish what it was asked.
pub struct Autosaver {
    state: PathBuf,
    wake: Wake,
    requests: Sender<AutosaveRequest>,
    errors: Receiver<String>,
    /// The draft that was handed over last, and its version.
    pub saved_draft: Option<(u64, u64)>,
    /// `None` only while it is dropped.
    task: Option<Task<()>>,
}

impl Autosaver {
    /// An autosaver for one window, with the folder of the program's state. `wake` is called where
    /// there is something to tell.
    pub fn new(state: PathBuf, wake: Wake) -> Self {
        let (requests, requested) = channel();
        let (error_sender, errors) = channel();
        let folder = state.clone();
        let task = Task::new("Saving unsaved work").wake(wake.clone());
        let task = task.spawn(move |control| {
            run(&folder, &requested, |error| {
                // The window may have closed.
                let _ = error_sender.send(error);
                control.wake();
            });
        });
        Autosaver {
            state,
            wake,
            requests,
            errors,
            saved_draft: None,
            task: Some(task),
        }
    }

    /// Saves the work as it is now.
    pub fn save(&self, unsaved: UnsavedWork) {
        // Where the task has ended, `take_error` starts it again and saves everything anew.
        let _ = self.requests.send(AutosaveRequest::Save(Box::new(unsaved)));
    }

    /// There is nothing unsaved any more.
    pub fn discard(&self) {
        let _ = self.requests.send(AutosaveRequest::Discard);
    }

    /// Goes on with a journal that was found at the start.
    pub fn adopt(&self, journal: RecoveryJournal) {
        let _ = self
            .requests
            .send(AutosaveRequest::Adopt(Box::new(journal)));
    }

    /// The next error since the last call, as a message.
    ///
    /// Where the task itself has ended, it is started again, and everything is saved anew.
    pub fn take_error(&mut self) -> Option<String> {
        if let Some(Err(error)) = self.task.as_mut().and_then(Task::poll) {
            *self = Autosaver::new(self.state.clone(), self.wake.clone());
            return Some(error.to_string());
        }
        self.errors.try_recv().ok()
    }
}

impl Drop for Autosaver {
    fn drop(&mut self) {
        // Closing the channel ends the task once it has done what it was asked. It is waited for,
        // since a program that ends takes its threads with it, and the last edits would be lost.
        let (nobody, _) = channel();
        self.requests = nobody;
        if let Some(task) = self.task.take() {
            // The window is gone, and with it the place for messages.
            let _ = task.wait();
        }
    }
}

fn run(state: &Path, requests: &Receiver<AutosaveRequest>, report: impl Fn(String)) {
    let mut journal: Option<RecoveryJournal> = None;
    let mut last_error = None;
    while let Ok(first) = requests.recv() {
        // Of several drafts only the last one matters.
        let mut all = vec![first];
        all.extend(requests.try_iter());
        let mut last = None;
        for ask in all {
            match ask {
                AutosaveRequest::Adopt(found) => journal = Some(*found),
                other => last = Some(other),
            }
        }
        let done = match last {
            Some(AutosaveRequest::Save(unsaved)) => store(&mut journal, state, &unsaved),
            Some(AutosaveRequest::Discard) => match &mut journal {
                Some(journal) => journal.discard().map_err(|left| left.to_string()),
                None => Ok(()),
            },
            _ => Ok(()),
        };
        // The same error at every keystroke is reported once.
        if let Err(error) = done
            && last_error.as_ref() != Some(&error)
        {
            report(error.clone());
            last_error = Some(error);
        }
    }
}

fn store(
    journal: &mut Option<RecoveryJournal>,
    state: &Path,
    unsaved: &UnsavedWork,
) -> AutosaveResult {
    let words = |error: JournalError| error.to_string();
    let journal = match journal {
        Some(journal) => journal,
        None => journal.insert(RecoveryJournal::new(state).map_err(words)?),
    };
    journal.store(unsaved).map_err(words)
}
