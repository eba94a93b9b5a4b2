//! What the register on screen is compared with: another file, what is saved, a revision of git,
//! the bundled register. Computed in tasks.

use super::App;
use super::compare::CompareMode;
use super::export_task::write_result;
use super::open_file::{FileOrigin, bundled_register};
use super::page::Page;
use super::system_dialogs::IS_REGISTER;
use super::tasks::TaskOutcome;
use egui::Context;
use linchpin_compare::versions::report::{email, json, markdown};
use linchpin_compare::versions::{
    ChangeImportance, DetailLine, VersionChange, VersionDiff, VersionNames, diff_versions,
};
use linchpin_files::folder::read_folder;
use linchpin_files::git::{Revision, RevisionContent, log, path_at_revision};
use linchpin_files::read;
use linchpin_register::{
    LoadedRegister, RegisterFile, RegisterFileText, bundled, load, load_files, load_joined_files,
};
use ron_lossless::decode_bytes;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many revisions are offered.
const MAX_REVISIONS: usize = 20;

/// What the register is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionSource {
    /// Another file, or a folder of files.
    File(PathBuf),
    /// What the disk holds: the difference is what is not saved.
    OnDisk,
    /// The open file at a revision: its whole name, and the name on screen.
    Revision { hash: String, short: String },
    /// The register that comes with the program.
    Bundled,
}

/// What the user wants of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionsCommand {
    Compare(VersionSource),
    /// What is typed as the path of the other file.
    SetPath(String),
    /// Compares with the file at that path.
    CompareWithPath,
    /// Opens the system's dialog for the other file.
    PickFile,
    /// Which of the two is the earlier one.
    SwapSides,
    /// Asks git again.
    ReloadGitLog,
    /// Shows more of what was found.
    ShowMore,
    CopyEmail,
    CopyMarkdown,
    /// Begins or gives up saving the changes.
    SetSaveForm(Option<String>),
    /// Writes the changes where the path says.
    SaveChanges,
}

/// Where the changes are to be saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaveChangesForm {
    pub path: String,
    /// Why they cannot be written there.
    pub error: Option<String>,
    /// The path at which the user has agreed to replace a file.
    pub overwrite: Option<String>,
}

/// What a comparison depends on.
#[derive(Clone, PartialEq)]
struct VersionsKey {
    source: VersionSource,
    revision: u64,
    is_swapped: bool,
    /// Where it is compared with what the disk holds.
    disk_revision: Option<u64>,
}

/// The revisions of the open file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum GitLog {
    /// Nobody has asked, or there is no file.
    #[default]
    NotLoaded,
    Loading,
    Loaded(Vec<Revision>),
    /// Why there are none.
    Unavailable(String),
}

/// The comparison on screen.
#[derive(Default)]
pub struct VersionsState {
    pub source: Option<VersionSource>,
    /// The register on screen is the earlier one.
    pub is_swapped: bool,
    pub path: String,
    pub log: GitLog,
    log_path: Option<PathBuf>,
    requested: Option<VersionsKey>,
    /// A comparison is under way.
    pub is_loading: bool,
    pub result: Option<Arc<VersionsResult>>,
    /// Why nothing can be compared.
    pub error: Option<String>,
    /// How many rows are shown.
    pub visible_rows: usize,
    pub save_form: Option<SaveChangesForm>,
}

/// So many rows are shown at first, and more when somebody asks.
pub const ROWS_PER_PAGE: usize = 200;

impl App {
    /// Does what the user wants of a comparison.
    pub(super) fn run_versions_command(&mut self, command: VersionsCommand, ctx: &Context) {
        match command {
            VersionsCommand::Compare(against) => {
                self.versions.source = Some(against);
                // Also for the version that is chosen already: its file may have changed since.
                self.versions.result = None;
                self.versions.requested = None;
            }
            VersionsCommand::SetPath(path) => {
                self.versions.path = path;
                self.versions.error = None;
            }
            VersionsCommand::CompareWithPath => {
                let path = PathBuf::from(self.versions.path.trim());
                self.run_versions_command(VersionsCommand::Compare(VersionSource::File(path)), ctx);
            }
            VersionsCommand::PickFile => self.pick_version_file(),
            VersionsCommand::SwapSides => self.versions.is_swapped = !self.versions.is_swapped,
            VersionsCommand::ReloadGitLog => self.versions.log_path = None,
            VersionsCommand::ShowMore => self.versions.visible_rows += ROWS_PER_PAGE,
            VersionsCommand::CopyEmail => {
                self.copy_changes(ctx, "e-mail", |found| email(&found.changes, &found.names))
            }
            VersionsCommand::CopyMarkdown => self.copy_changes(ctx, "Markdown", |found| {
                markdown(&found.changes, &found.names)
            }),
            VersionsCommand::SetSaveForm(path) => {
                let overwrite = self
                    .versions
                    .save_form
                    .take()
                    .and_then(|saving| saving.overwrite);
                self.versions.save_form = path.map(|path| SaveChangesForm {
                    path,
                    error: None,
                    overwrite,
                });
            }
            VersionsCommand::SaveChanges => self.save_changes(),
        }
    }

    /// Sees to it that the comparison on screen is that of the register on screen. Before every
    /// frame of its page.
    pub(super) fn request_versions(&mut self) {
        let is_shown =
            self.view.page == Page::Compare && self.view.comparing.mode == CompareMode::Versions;
        if !is_shown {
            return;
        }
        self.load_git_log();
        let Some(against) = self.versions.source.clone() else {
            return;
        };
        let key = VersionsKey {
            disk_revision: (against == VersionSource::OnDisk).then(|| self.file.disk.revision()),
            source: against,
            revision: self.file.revision,
            is_swapped: self.versions.is_swapped,
        };
        if self.file.is_loading || self.versions.requested.as_ref() == Some(&key) {
            return;
        }
        self.versions.requested = Some(key.clone());
        self.versions.is_loading = true;
        self.versions.error = None;
        let source = VersionReader {
            source: key.source.clone(),
            open_path: self.file.origin.path().map(Path::to_owned),
            disk: (self.file.disk.text.clone(), self.file.disk.parts.clone()),
        };
        let (now, name) = (self.file.shown.clone(), self.file.origin.name());
        let recover = |app: &mut App| app.versions.is_loading = false;
        self.tasks
            .start_or_recover("Comparing", false, recover, move |_| {
                let found = source
                    .read(&name)
                    .map(|other| VersionsResult::compute(other, (name, now), key.is_swapped));
                TaskOutcome::apply_unless_cancelled(move |app| {
                    // Another comparison may have been asked for meanwhile, or the register edited.
                    if app.versions.requested.as_ref() != Some(&key) {
                        return;
                    }
                    app.versions.is_loading = false;
                    match found {
                        Ok(found) => {
                            app.versions.result = Some(Arc::new(found));
                            app.versions.visible_rows = ROWS_PER_PAGE;
                        }
                        Err(why) => {
                            app.versions.result = None;
                            app.versions.error = Some(why);
                        }
                    }
                })
            });
    }

    /// Asks git for the revisions of the open file, once for each file.
    fn load_git_log(&mut self) {
        let path = match &self.file.origin {
            FileOrigin::File(path) | FileOrigin::Folder(path) => Some(path.clone()),
            _ => None,
        };
        if path == self.versions.log_path {
            return;
        }
        self.versions.log_path = path.clone();
        let Some(path) = path else {
            self.versions.log = GitLog::NotLoaded;
            return;
        };
        self.versions.log = GitLog::Loading;
        let recover = |app: &mut App| {
            app.versions.log = GitLog::Unavailable("git could not be asked".into());
        };
        self.tasks
            .start_or_recover("Asking git", false, recover, move |_| {
                let found = match log(&path, MAX_REVISIONS) {
                    Ok(all) if all.is_empty() => {
                        GitLog::Unavailable("git has no revision of this file yet".into())
                    }
                    Ok(all) => GitLog::Loaded(all),
                    Err(why) => GitLog::Unavailable(why.to_string()),
                };
                TaskOutcome::apply(move |app| {
                    if app.versions.log_path.as_ref() == Some(&path) {
                        app.versions.log = found;
                    }
                })
            });
    }

    fn pick_version_file(&mut self) {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Compare with another register")
            .add_filter("Registers", &["ron"])
            .set_directory(self.working_folder())
            .pick_file();
        self.tasks.start("Choosing a file", false, move |_| {
            let path = pollster::block_on(dialog).map(|f| f.path().to_owned());
            TaskOutcome::apply(move |app| match path {
                Some(path) => {
                    app.versions.path = path.display().to_string();
                    app.versions.source = Some(VersionSource::File(path));
                    app.versions.requested = None;
                }
                // No dialog, or a dialog that was closed: the system does not say which.
                None => app.notices.info("No file chosen; its path can be typed"),
            })
        });
    }

    fn copy_changes(
        &mut self,
        ctx: &Context,
        what: &str,
        write: impl Fn(&VersionsResult) -> String,
    ) {
        if let Some(found) = &self.versions.result {
            ctx.copy_text(write(found));
            self.notices.info(format!("Copied: changes as {what}"));
        }
    }

    /// Writes the changes, in the format that the name of the file asks for.
    fn save_changes(&mut self) {
        let (Some(found), Some(saving)) =
            (self.versions.result.clone(), &mut self.versions.save_form)
        else {
            return;
        };
        let path = PathBuf::from(saving.path.trim());
        let extension = path.extension().and_then(|e| e.to_str());
        let write: fn(
            &linchpin_compare::versions::VersionDiff,
            &linchpin_compare::versions::VersionNames,
        ) -> String = match extension.map(str::to_lowercase).as_deref() {
            Some("md") => markdown,
            Some("txt" | "eml") => email,
            Some("json") => json,
            _ => {
                let words = "Give the file a name that ends in .md, .txt or .json";
                saving.error = Some(words.into());
                return;
            }
        };
        // A report of the changes must not take the place of the register.
        if self.file.is_own_file(&path) {
            saving.error = Some(IS_REGISTER.into());
            return;
        }
        let is_agreed = saving.overwrite.as_ref() == Some(&saving.path);
        if path.exists() && !is_agreed {
            saving.overwrite = Some(saving.path.clone());
            saving.error = Some("There is such a file already. Save again to replace it".into());
            return;
        }
        self.versions.save_form = None;
        self.tasks
            .start("Saving the changes", true, move |control| {
                let text = write(&found.changes, &found.names);
                write_result(path, text.as_bytes(), is_agreed, control)
            });
    }
}

/// Where the other version comes from.
pub struct VersionReader {
    pub source: VersionSource,
    /// The open file or folder.
    pub open_path: Option<PathBuf>,
    /// What the disk holds.
    pub disk: (Arc<str>, Arc<[RegisterFile]>),
}

impl VersionReader {
    /// Reads it; `name` is that of the open file. Its name comes with it.
    ///
    /// # Errors
    /// Why it cannot be read, as a message.
    pub fn read(self, name: &str) -> Result<(String, LoadedRegister), String> {
        let (called, loaded) = match self.source {
            VersionSource::Bundled => (
                bundled::ALLIANCE_NAME.to_owned(),
                bundled_register().clone(),
            ),
            VersionSource::OnDisk => {
                let (text, parts) = self.disk;
                (format!("{name} as saved"), load_joined_files(text, parts))
            }
            VersionSource::File(path) if path.is_dir() => {
                let files = read_folder(&path).map_err(|why| why.to_string())?;
                (path.display().to_string(), load_read_files(files))
            }
            VersionSource::File(path) => {
                let source = decode_bytes(read(&path).map_err(|why| why.to_string())?);
                (
                    path.display().to_string(),
                    load(source.text, source.diagnostics),
                )
            }
            VersionSource::Revision { hash, short } => {
                let open = self
                    .open_path
                    .ok_or("There is no file that git could know")?;
                let called = format!("{name} at {short}");
                match path_at_revision(&open, &hash) {
                    Ok(RevisionContent::File(bytes)) => {
                        let source = decode_bytes(bytes);
                        (called, load(source.text, source.diagnostics))
                    }
                    Ok(RevisionContent::Folder(files)) => (called, load_read_files(files)),
                    Err(why) => return Err(format!("Cannot read {called}: {why}")),
                }
            }
        };
        if loaded.is_broken {
            let first = loaded.diagnostics.first();
            let first = first.map_or("", |problem| &problem.message);
            return Err(format!(
                "{called} is broken, and what it lacks would look withdrawn: {first}"
            ));
        }
        Ok((called, loaded))
    }
}

fn load_read_files(files: Vec<(String, Vec<u8>)>) -> LoadedRegister {
    let files = files.into_iter();
    load_files(
        files
            .map(|(name, bytes)| RegisterFileText::from_decoded(&name, decode_bytes(bytes)))
            .collect(),
    )
}

/// What was found.
pub struct VersionsResult {
    pub names: VersionNames,
    pub changes: VersionDiff,
    /// "2 commitments withdrawn, 1 new figure"
    pub counts: String,
    pub sections: Vec<ChangeSection>,
}

/// Changes of one sort.
pub struct ChangeSection {
    pub heading: String,
    pub weight: ChangeImportance,
    pub rows: Vec<ChangeRow>,
}

/// One change.
pub struct ChangeRow {
    /// The id of the record; empty for what concerns no single one.
    pub id: String,
    pub title: String,
    pub headline: String,
    pub lines: Vec<DetailLine>,
}

impl VersionsResult {
    /// Compares the other version with the register on screen; `turned`: that is the earlier one.
    pub fn compute(
        other: (String, LoadedRegister),
        now: (String, LoadedRegister),
        turned: bool,
    ) -> Self {
        let (old, new) = match turned {
            false => (other, now),
            true => (now, other),
        };
        let changes = diff_versions(&old.1, &new.1);
        let sections = changes.groups().into_iter().map(|group| ChangeSection {
            heading: group.heading.clone(),
            weight: group.importance,
            rows: group
                .changes
                .iter()
                .map(|entry| change_row(entry))
                .collect(),
        });
        VersionsResult {
            sections: sections.collect(),
            counts: changes.summary(),
            names: VersionNames {
                title: new.1.register.title.clone(),
                old: old.0,
                new: new.0,
            },
            changes,
        }
    }
}

fn change_row(entry: &VersionChange) -> ChangeRow {
    let title = match (entry.record_kind, entry.id()) {
        (Some(kind), "") => kind.title(),
        (_, _) => entry.title(),
    };
    ChangeRow {
        id: entry.id().to_owned(),
        title: title.to_owned(),
        headline: entry.headline(),
        lines: entry.detail_lines(),
    }
}
