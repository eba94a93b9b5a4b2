//! Saves unsaved work where the next start finds it, in a task of its own.

use linchpin_files::{JournalError, RecoveryJournal, UnsavedWork};
use linchpin_task::Task;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

/// What the thread is asked to do.
enum AutosaveRequest {
    Save(Box<UnsavedWork>),
    Discard,
    /// Goes on with a journal that was found at the start.
    Adopt(Box<RecoveryJournal>),
}

/// Keeps the unsaved work of one window. Dropped, it lets the thread finish what it was asked.
pub struct Autosaver {
    state: PathBuf,
    requests: Sender<AutosaveRequest>,
    errors: Receiver<String>,
    /// The version of the draft that was handed over last.
    pub saved_version: Option<u64>,
    /// `None` only while it is dropped.
    task: Option<Task<()>>,
}

impl Autosaver {
    /// An autosaver for one window, with the folder of the program's state.
    pub fn new(state: PathBuf) -> Self {
        let (requests, requested) = channel();
        let (error_sender, errors) = channel();
        let folder = state.clone();
        let task = Task::new("Saving unsaved work");
        let task = task.spawn(move |_| run(&folder, &requested, &error_sender));
        Autosaver {
            state,
            requests,
            errors,
            saved_version: None,
            task: Some(task),
        }
    }

    /// Keeps the work as it is now.
    pub fn save(&self, unsaved: UnsavedWork) {
        // Without its thread there is nobody to keep it; that has been said.
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

    /// What went wrong since the last call, in words.
    ///
    /// Where the task itself has ended, it is started again, and everything is saved anew.
    pub fn take_error(&mut self) -> Option<String> {
        if let Some(Err(error)) = self.task.as_mut().and_then(Task::poll) {
            *self = Autosaver::new(self.state.clone());
            return Some(error.to_string());
        }
        self.errors.try_recv().ok()
    }
}

impl Drop for Autosaver {
    fn drop(&mut self) {
        // Hanging up ends the thread once it has done what it was asked.
        let (nobody, _) = channel();
        self.requests = nobody;
        if let Some(task) = self.task.take() {
            // What went wrong can be told to nobody any more.
            let _ = task.wait();
        }
    }
}

fn run(state: &std::path::Path, requests: &Receiver<AutosaveRequest>, errors: &Sender<String>) {
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
            Some(AutosaveRequest::Save(unsaved)) => keep(&mut journal, state, &unsaved),
            Some(AutosaveRequest::Discard) => {
                if let Some(journal) = &mut journal {
                    journal.discard();
                }
                Ok(())
            }
            _ => Ok(()),
        };
        // The same trouble at every keystroke is said once.
        if let Err(error) = done
            && last_error.as_ref() != Some(&error)
        {
            let _ = errors.send(error.to_string());
            last_error = Some(error);
        }
    }
}

fn keep(
    journal: &mut Option<RecoveryJournal>,
    state: &std::path::Path,
    unsaved: &UnsavedWork,
) -> Result<(), JournalError> {
    let journal = match journal {
        Some(journal) => journal,
        None => journal.insert(RecoveryJournal::new(state)?),
    };
    journal.store(unsaved)
}
