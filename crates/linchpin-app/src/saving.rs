//! Saving the draft: into its own files, into others, and going back to what the disk holds.

use super::App;
use super::dialog::{Dialog, SaveForm};
use super::file::{Disk, Origin};
use super::jobs::Done;
use super::watch::Watch;
use linchpin_files::{Expected, NotSaved, save};
use linchpin_register::Part;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A save that is done.
pub struct DraftSaved {
    version: u64,
    text: Arc<str>,
    parts: Arc<[Part]>,
    /// What the user should know beyond that it is saved.
    notices: Vec<String>,
    /// The place of the draft from now on, where it was saved elsewhere.
    moved_to: Option<Origin>,
    /// Only a copy was written.
    copy: Option<PathBuf>,
}

/// One file to be written.
struct Target {
    path: PathBuf,
    part: Part,
    expected: Before,
}

enum Before {
    Nothing,
    Anything,
    /// The bytes at this stretch of what the disk is known to hold.
    Known(Part),
}

impl App {
    /// Whether there is something to save.
    pub fn is_dirty(&self) -> bool {
        self.file.draft.is_dirty()
    }

    /// Saves what has changed into its files.
    pub(super) fn save(&mut self) {
        if self.file.origin.path().is_none() {
            self.ask_save_as(false);
            return;
        }
        if self.saving || self.file.loading {
            return;
        }
        if self.conflict.is_some() {
            self.dialog = Dialog::Conflict;
            return;
        }
        if !self.file.disk.is_exact {
            self.notices.fail(
                "This file is not UTF-8 text, and saving it would change all of it. Use “Save as…”",
            );
            return;
        }
        let (draft, disk) = (&self.file.draft, &self.file.disk);
        let mut targets = Vec::new();
        for part in draft.parts().iter() {
            let before = disk.parts.iter().find(|other| other.name == part.name);
            let same = before.is_some_and(|b| b.span.of(&disk.text) == part.span.of(draft.text()));
            if let (false, Some(path)) = (same, self.file.origin.path_of(part)) {
                targets.push(Target {
                    path,
                    part: part.clone(),
                    expected: before.map_or(Before::Nothing, |b| Before::Known(b.clone())),
                });
            }
        }
        self.write(targets, None, None);
    }

    /// Asks where to save to.
    pub(super) fn ask_save_as(&mut self, copy: bool) {
        let name = match &self.file.origin {
            Origin::Bundled(_) | Origin::StandardInput => "register.ron".to_owned(),
            Origin::Image(path) => {
                let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned());
                format!("{}.ron", stem.unwrap_or_else(|| "register".into()))
            }
            Origin::File(path) | Origin::Folder(path) => {
                let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned());
                let stem = stem.unwrap_or_else(|| "register".into());
                match (&self.file.origin, copy) {
                    (Origin::Folder(_), _) => format!("{stem}-copy"),
                    (_, true) => format!("{stem}-copy.ron"),
                    (_, false) => format!("{stem}-2.ron"),
                }
            }
        };
        self.dialog = Dialog::SaveAs(SaveForm {
            path: self.folder().join(name).display().to_string(),
            copy,
            error: None,
            overwrite: None,
            attach: None,
        });
    }

    /// Saves into other files: the draft's own from now on, or a copy.
    pub(super) fn save_as(&mut self, mut form: SaveForm) {
        let path = PathBuf::from(form.path.trim());
        let path = std::path::absolute(&path).unwrap_or(path);
        let is_folder = matches!(self.file.origin, Origin::Folder(_));
        form.error = if form.path.trim().is_empty() {
            Some("Type where the file should go".into())
        } else if path.is_dir() && !is_folder {
            Some("This is a folder: add a file name".into())
        } else if path.exists() && form.overwrite.as_deref() != Some(form.path.as_str()) {
            form.overwrite = Some(form.path.clone());
            Some("There is such a file already. Save again to replace it".into())
        } else {
            None
        };
        if form.error.is_some() || self.saving {
            self.dialog = Dialog::SaveAs(form);
            return;
        }
        self.dialog = Dialog::None;
        self.attach_next = form.attach.take();
        let replaces = form.overwrite.is_some();
        let to = |part: &Part| match is_folder {
            true => path.join(&*part.name),
            false => path.clone(),
        };
        let targets = self.file.draft.parts().iter().map(|part| Target {
            path: to(part),
            part: part.clone(),
            expected: if replaces {
                Before::Anything
            } else {
                Before::Nothing
            },
        });
        let targets = targets.collect();
        let origin = match is_folder {
            true => Origin::Folder(path.clone()),
            false => Origin::File(path.clone()),
        };
        if form.copy {
            self.write(targets, None, Some(path));
        } else {
            self.write(targets, Some(origin), None);
        }
    }

    fn write(&mut self, targets: Vec<Target>, moved_to: Option<Origin>, copy: Option<PathBuf>) {
        self.saving = true;
        let disk = self.file.disk.text.clone();
        let saved = DraftSaved {
            version: self.file.draft.version(),
            text: self.file.draft.text().clone(),
            parts: self.file.draft.parts().clone(),
            notices: Vec::new(),
            moved_to,
            copy,
        };
        self.jobs.start("Saving", true, move |_| {
            let mut saved = saved;
            for target in targets {
                match write_one(&target, &saved.text, &disk) {
                    Ok(notice) => saved.notices.extend(notice),
                    Err(why) => return Done::then(move |app| app.not_saved(&why)),
                }
            }
            Done::then(|app| app.draft_saved(saved))
        });
    }

    /// Takes in a save that is done.
    pub(super) fn draft_saved(&mut self, saved: DraftSaved) {
        self.saving = false;
        for notice in saved.notices {
            self.notices.say(notice);
        }
        if let Some(copy) = saved.copy {
            self.notices
                .say(format!("Saved a copy: {}", copy.display()));
            return;
        }
        self.file.draft.saved(saved.version);
        self.file.disk = Disk {
            text: saved.text,
            parts: saved.parts,
            is_exact: true,
        };
        if let Some(origin) = saved.moved_to {
            if let Some(path) = origin.path() {
                self.view.remember_file(path);
                self.view.last_file = Some(path.to_owned());
            }
            let wake = self.wake.clone();
            self.watch = Watch::start(&origin, move || wake());
            self.file.origin = origin;
            // The texts are looked for where the register lies now.
            self.look_into_texts_again();
            if let Some(document) = self.attach_next.take() {
                self.ask_attach(&document);
            }
            self.notices
                .say(format!("Saved as {}", self.file.origin.name()));
        } else if !self.view.save_each_change {
            self.notices
                .say(format!("Saved {}", self.file.origin.name()));
        }
        self.go_on();
    }

    /// Says why nothing was saved. The draft is as it was.
    pub(super) fn not_saved(&mut self, why: &NotSaved) {
        self.saving = false;
        (self.then, self.attach_next) = (None, None);
        // A file that cannot be written stays so: no trying again at each change.
        self.view.save_each_change = false;
        self.notices.fail(why.to_string());
        if why.is_conflict()
            && let Some(watch) = &self.watch
        {
            watch.look_now();
        }
    }

    /// Goes back to what the disk holds, as a step that can be undone.
    pub(super) fn revert(&mut self) {
        let disk = self.file.disk.clone();
        self.conflict = None;
        self.file
            .draft
            .outside("Go back to the saved file", &disk.text, &disk.parts);
        self.work_off();
    }

    /// Saves by itself, where the user has asked for that.
    pub(super) fn save_by_itself(&mut self) {
        let file = &self.file;
        let may = file.is_fresh() && !file.latest.broken && file.origin.path().is_some();
        if self.view.save_each_change
            && may
            && self.is_dirty()
            && !self.saving
            && self.conflict.is_none()
        {
            self.save();
        }
    }
}

fn write_one(target: &Target, text: &str, disk: &str) -> Result<Option<String>, NotSaved> {
    if let Some(folder) = target.path.parent()
        && !folder.as_os_str().is_empty()
        && !folder.exists()
    {
        make_folder(folder, &target.path)?;
    }
    let expected = match &target.expected {
        Before::Nothing => Expected::NewFile,
        Before::Anything => Expected::Whatever,
        Before::Known(part) => Expected::Bytes(part.span.of(disk).as_bytes()),
    };
    let saved = save(&target.path, target.part.span.of(text).as_bytes(), expected)?;
    Ok(saved.notice())
}

fn make_folder(folder: &Path, file: &Path) -> Result<(), NotSaved> {
    std::fs::create_dir_all(folder).map_err(|error| NotSaved::Failed {
        path: file.to_owned(),
        why: linchpin_files::in_words(&error),
    })
}
