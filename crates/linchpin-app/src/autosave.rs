//! Keeps unsaved work where the next start finds it, on a thread of its own.

use super::tasks::Spawner;
use linchpin_files::{Journal, Unsaved};
use linchpin_task::Task;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

/// What the thread is asked to do.
enum AutosaveRequest {
    Save(Box<Unsaved>),
    Discard,
    /// Goes on with a journal that was found at the start.
    Adopt(Box<Journal>),
}

/// Keeps the unsaved work of one window. Dropped, it lets its task finish what it was asked.
pub struct Autosaver {
    state: PathBuf,
    spawner: Spawner,
    requests: Sender<AutosaveRequest>,
    errors: Receiver<String>,
    /// The version of the draft that was handed over last.
    pub saved_version: Option<u64>,
    task: Option<Task<()>>,
}

impl Autosaver {
    /// A keeper for one window, with the folder of the program's state.
    pub fn new(state: PathBuf, spawner: Spawner) -> Self {
        let (requests, asked) = channel();
        let (tell, errors) = channel();
        let folder = state.clone();
        let task = spawner.spawn("Keeping unsaved work", move |_| run(&folder, &asked, &tell));
        Autosaver {
            state,
            spawner,
            requests,
            errors,
            saved_version: None,
            task: Some(task),
        }
    }

    /// Keeps the work as it is now.
    pub fn save(&self, unsaved: Unsaved) {
        // Without its thread there is nobody to keep it; that has been said.
        let _ = self.requests.send(AutosaveRequest::Save(Box::new(unsaved)));
    }

    /// There is nothing unsaved any more.
    pub fn discard(&self) {
        let _ = self.requests.send(AutosaveRequest::Discard);
    }

    /// Goes on with a journal that was found at the start.
    pub fn adopt(&self, journal: Journal) {
        let _ = self
            .requests
            .send(AutosaveRequest::Adopt(Box::new(journal)));
    }

    /// What went wrong since the last call, in words.
    pub fn take_error(&mut self) -> Option<String> {
        let answer = self.task.as_mut().and_then(Task::poll);
        if let Some(Err(error)) = answer {
            // Begins again, and keeps the next version of the draft: not the same one, which may fail in the same way
            // at every frame. The journal so far is left to be found at the next start.
            let saved_version = self.saved_version;
            *self = Autosaver::new(self.state.clone(), self.spawner.clone());
            self.saved_version = saved_version;
            return Some(error.to_string());
        }
        self.errors.try_recv().ok()
    }
}

impl Drop for Autosaver {
    fn drop(&mut self) {
        // Hanging up ends the task once it has done what it was asked: it receives until nobody can send any more.
        let (nobody, _) = channel();
        self.requests = nobody;
        if let Some(task) = self.task.take() {
            // A failure at the very end has nobody left to tell.
            let _ = task.wait();
        }
    }
}

fn run(state: &std::path::Path, requests: &Receiver<AutosaveRequest>, errors: &Sender<String>) {
    let mut journal: Option<Journal> = None;
    let mut last_error = String::new();
    while let Ok(first) = requests.recv() {
        // Of several drafts only the last one matters. A journal is taken over in any case, before them: they go on in it.
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
                    journal.forget();
                }
                Ok(())
            }
            _ => Ok(()),
        };
        // The same trouble at every keystroke is said once.
        if let Err(words) = done
            && words != last_error
        {
            last_error.clone_from(&words);
            let _ = errors.send(words);
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
