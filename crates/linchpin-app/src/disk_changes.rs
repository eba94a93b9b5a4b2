//! What other programs write into the file: taken in as a step, or put together with edits that are not saved.

use super::App;
use super::open_file::{DiskState, FileOrigin};
use super::transactions::SYNC_MAX_EDIT_BYTES;
use linchpin_edit::draft::Draft;
use linchpin_register::LoadedRegister;

impl App {
    /// Takes in what the watch has read.
    pub(super) fn apply_disk_read(&mut self, loaded: LoadedRegister) {
        let plain_problems = self.own_problem_count();
        let file = &mut self.file;
        file.read_error = None;
        if self.editing.transactions.is_running && file.draft.text().len() > SYNC_MAX_EDIT_BYTES {
            // The draft is on a thread and comes back in another state.
            file.sync.pending_read = Some(Box::new(loaded));
            return;
        }
        if let Some(unsaved) = file.sync.pending_recovery.take() {
            return self.recover_onto(&unsaved, loaded);
        }
        if file.is_loading {
            file.disk = DiskState::from_loaded(&loaded);
            file.draft = Draft::new(loaded.text.clone(), loaded.files.clone());
            file.accept_loaded(loaded);
            return;
        }
        let same = |text: &str, parts: &[linchpin_register::RegisterFile]| {
            *loaded.text == *text && *loaded.files == *parts
        };
        if same(file.draft.text(), file.draft.parts()) {
            // Our own save, or somebody's who has made the same edits.
            file.disk = DiskState::from_loaded(&loaded);
            file.draft.mark_saved(file.draft.version());
            file.sync.conflict = None;
            if !file.is_up_to_date() || loaded.diagnostics.len() != plain_problems {
                file.draft
                    .apply_external_text("", &loaded.text, &loaded.files);
                file.accept_loaded(loaded);
            }
            return;
        }
        if same(&file.disk.text, &file.disk.parts) {
            // Nothing new: what differs are our edits.
            file.sync.conflict = None;
            return;
        }
        if file.draft.is_dirty() {
            return self.merge_with_disk(loaded);
        }
        file.sync.conflict = None;
        file.disk = DiskState::from_loaded(&loaded);
        file.draft
            .apply_external_text("Changed by another program", &loaded.text, &loaded.files);
        let broken = loaded.is_broken;
        file.accept_loaded(loaded);
        if !broken {
            self.notices.info(match self.file.origin {
                FileOrigin::Folder(_) => "The files have changed: read again",
                _ => "The file has changed: read again",
            });
        }
    }

    /// Takes in what the watch has read while the draft was on a thread.
    pub(super) fn apply_pending_disk_read(&mut self) {
        if let Some(loaded) = self.file.sync.pending_read.take() {
            self.apply_disk_read(*loaded);
        }
    }
}
