//! The texts of documents, where they lie beside the register: what they make sure of is looked up away from the frame.

use super::App;
use super::jobs::Done;
use crate::edit::phrase::{wants_texts, with_texts};
use crate::files::read;
use crate::ron_text::text_of;
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl App {
    /// Looks for what the texts make sure of, once for each reading of the draft.
    pub(super) fn look_into_texts(&mut self) {
        let latest = &self.file.latest;
        let Some(folder) = self.folder_of_texts().filter(|_| wants_texts(latest)) else {
            return;
        };
        let now = Arc::as_ptr(&latest.text).cast::<u8>().addr();
        if self.looked_into == Some(now) {
            return;
        }
        self.looked_into = Some(now);
        let (loaded, before) = (latest.clone(), latest.problems.clone());
        self.jobs.start("Looking into the texts", false, move |_| {
            let loaded = with_texts(loaded, &|path| text_at(&folder.join(path)));
            Done::then(move |app| {
                let latest = &mut app.file.latest;
                if Arc::ptr_eq(&latest.problems, &before) {
                    latest.problems = loaded.problems;
                }
            })
        });
    }

    /// The folder from which the paths of texts count.
    fn folder_of_texts(&self) -> Option<PathBuf> {
        let path = self.file.origin.path()?;
        match self.file.origin {
            super::file::Origin::Folder(_) => Some(path.to_owned()),
            _ => path.parent().map(Path::to_owned),
        }
    }
}

fn text_at(path: &Path) -> Option<String> {
    Some(text_of(read(path).ok()?).text)
}
