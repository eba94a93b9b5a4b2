//! What other programs write into the file: taken in as a step, or put together with edits that are not saved.

use super::App;
use super::file::{Disk, Origin};
use super::turns::CHANGE_AT_ONCE_BYTES;
use linchpin_edit::draft::Draft;
use linchpin_register::Loaded;

impl App {
    /// Takes in what the watch has read.
    pub(super) fn read_from_disk(&mut self, loaded: Loaded) {
        let plain_problems = self.plain_problems();
        let file = &mut self.file;
        file.trouble = None;
        if self.turns.is_away && file.draft.text().len() > CHANGE_AT_ONCE_BYTES {
            // The draft is on a thread and comes back in another state.
            self.from_disk = Some(Box::new(loaded));
            return;
        }
        if let Some(unsaved) = self.recovering.take() {
            return self.recover_onto(&unsaved, loaded);
        }
        if file.loading {
            file.disk = Disk::of(&loaded);
            file.draft = Draft::new(loaded.text.clone(), loaded.parts.clone());
            file.take(loaded);
            return;
        }
        let same = |text: &str, parts: &[linchpin_register::Part]| {
            *loaded.text == *text && *loaded.parts == *parts
        };
        if same(file.draft.text(), file.draft.parts()) {
            // Our own save, or somebody's who has made the same edits.
            file.disk = Disk::of(&loaded);
            file.draft.saved(file.draft.version());
            self.conflict = None;
            if !file.is_fresh() || loaded.problems.len() != plain_problems {
                file.draft.outside("", &loaded.text, &loaded.parts);
                file.take(loaded);
            }
            return;
        }
        if same(&file.disk.text, &file.disk.parts) {
            // Nothing new: what differs are our edits.
            self.conflict = None;
            return;
        }
        if file.draft.is_dirty() {
            return self.changed_meanwhile(loaded);
        }
        self.conflict = None;
        file.disk = Disk::of(&loaded);
        file.draft
            .outside("Changed by another program", &loaded.text, &loaded.parts);
        let broken = loaded.broken;
        file.take(loaded);
        if !broken {
            self.notices.say(match self.file.origin {
                Origin::Folder(_) => "The files have changed: read again",
                _ => "The file has changed: read again",
            });
        }
    }

    /// Takes in what the watch has read while the draft was on a thread.
    pub(super) fn read_what_waits(&mut self) {
        if let Some(loaded) = self.from_disk.take() {
            self.read_from_disk(*loaded);
        }
    }
}
