//! What the register on screen is compared with: another file, what is saved, a revision of git, the bundled register. Worked out by jobs.

mod found;
mod read;

use super::App;
use super::comparison::Mode;
use super::file::Origin;
use super::jobs::Done;
use super::page::Page;
use egui::Context;
use linchpin_compare::versions::report::{email, json, markdown};
use linchpin_files::git::{Revision, log};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use found::{Found, Row, Section};

/// How many revisions are offered.
const MAX_REVISIONS: usize = 20;

/// What the register is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// Another file, or a folder of files.
    File(PathBuf),
    /// What the disk holds: the difference is what is not saved.
    Saved,
    /// The open file at a revision: its whole name, and the name on screen.
    Revision { hash: String, short: String },
    /// The register that comes with the program.
    Bundled,
}

/// What the user wants of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    Compare(Against),
    /// What is typed as the path of the other file.
    Path(String),
    /// Compares with the file at that path.
    CompareTyped,
    /// Opens the system's dialog for the other file.
    Pick,
    /// Which of the two is the earlier one.
    TurnRound,
    /// Asks git again.
    AskGit,
    /// Shows more of what was found.
    More,
    CopyEmail,
    CopyMarkdown,
    /// Begins or gives up saving the changes.
    Saving(Option<String>),
    /// Writes the changes where the path says.
    Save,
}

/// Where the changes are to be saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaveAs {
    pub path: String,
    /// Why they cannot be written there.
    pub error: Option<String>,
    /// The path at which there is a file already, of which the user was told.
    pub told: Option<String>,
}

/// What a comparison depends on.
#[derive(Clone, PartialEq)]
struct Key {
    against: Against,
    revision: u64,
    turned: bool,
    disk: usize,
}

/// The revisions of the open file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Log {
    /// Nobody has asked, or there is no file.
    #[default]
    Unknown,
    Asking,
    Known(Vec<Revision>),
    /// Why there are none.
    None(String),
}

/// The comparison on screen.
#[derive(Default)]
pub struct Versions {
    pub against: Option<Against>,
    /// The register on screen is the earlier one.
    pub turned: bool,
    pub path: String,
    pub log: Log,
    log_of: Option<PathBuf>,
    wanted: Option<Key>,
    /// A comparison is under way.
    pub is_working: bool,
    pub found: Option<Arc<Found>>,
    /// Why nothing can be compared.
    pub trouble: Option<String>,
    /// How many rows are shown.
    pub shown: usize,
    pub saving: Option<SaveAs>,
}

/// So many rows are shown at first, and more when somebody asks.
pub const ROWS_AT_ONCE: usize = 200;

impl App {
    /// Does what the user wants of a comparison.
    pub(super) fn ask_versions(&mut self, ask: Ask, ctx: &Context) {
        match ask {
            Ask::Compare(against) => {
                self.versions.against = Some(against);
                self.versions.found = None;
                self.versions.wanted = None;
            }
            Ask::Path(path) => {
                self.versions.path = path;
                self.versions.trouble = None;
            }
            Ask::CompareTyped => {
                let path = PathBuf::from(self.versions.path.trim());
                self.ask_versions(Ask::Compare(Against::File(path)), ctx);
            }
            Ask::Pick => self.pick_version(),
            Ask::TurnRound => self.versions.turned = !self.versions.turned,
            Ask::AskGit => self.versions.log_of = None,
            Ask::More => self.versions.shown += ROWS_AT_ONCE,
            Ask::CopyEmail => {
                self.copy_changes(ctx, "e-mail", |found| email(&found.changes, &found.names))
            }
            Ask::CopyMarkdown => self.copy_changes(ctx, "Markdown", |found| {
                markdown(&found.changes, &found.names)
            }),
            Ask::Saving(path) => {
                let told = self.versions.saving.take().and_then(|saving| saving.told);
                self.versions.saving = path.map(|path| SaveAs {
                    path,
                    error: None,
                    told,
                });
            }
            Ask::Save => self.save_changes(),
        }
    }

    /// Sees to it that the comparison on screen is that of the register on screen. Before every frame of its page.
    pub(super) fn compare_versions(&mut self) {
        let is_shown =
            self.view.page == Page::Compare && self.view.comparing.mode == Mode::Versions;
        if !is_shown {
            return;
        }
        self.ask_git();
        let Some(against) = self.versions.against.clone() else {
            return;
        };
        let disk = &self.file.disk.text;
        let key = Key {
            disk: match against {
                Against::Saved => Arc::as_ptr(disk).cast::<u8>().addr(),
                _ => 0,
            },
            against,
            revision: self.file.revision,
            turned: self.versions.turned,
        };
        if self.file.loading || self.versions.wanted.as_ref() == Some(&key) {
            return;
        }
        self.versions.wanted = Some(key.clone());
        self.versions.is_working = true;
        self.versions.trouble = None;
        let source = read::Source {
            against: key.against.clone(),
            open: self.file.origin.path().map(Path::to_owned),
            disk: (self.file.disk.text.clone(), self.file.disk.parts.clone()),
        };
        let (now, name) = (self.file.shown.clone(), self.file.origin.name());
        self.jobs.start("Comparing", false, move |_| {
            let found = source
                .read(&name)
                .map(|other| Found::of(other, (name, now), key.turned));
            Done::then(move |app| {
                if app.versions.wanted.as_ref() != Some(&key) {
                    return;
                }
                app.versions.is_working = false;
                match found {
                    Ok(found) => {
                        app.versions.found = Some(Arc::new(found));
                        app.versions.shown = ROWS_AT_ONCE;
                    }
                    Err(why) => {
                        app.versions.found = None;
                        app.versions.trouble = Some(why);
                    }
                }
            })
        });
    }

    /// Asks git for the revisions of the open file, once for each file.
    fn ask_git(&mut self) {
        let path = match &self.file.origin {
            Origin::File(path) | Origin::Folder(path) => Some(path.clone()),
            _ => None,
        };
        if path == self.versions.log_of {
            return;
        }
        self.versions.log_of = path.clone();
        let Some(path) = path else {
            self.versions.log = Log::Unknown;
            return;
        };
        self.versions.log = Log::Asking;
        self.jobs.start("Asking git", false, move |_| {
            let found = match log(&path, MAX_REVISIONS) {
                Ok(all) if all.is_empty() => {
                    Log::None("git has no revision of this file yet".into())
                }
                Ok(all) => Log::Known(all),
                Err(why) => Log::None(why.to_string()),
            };
            Done::then(move |app| {
                if app.versions.log_of.as_ref() == Some(&path) {
                    app.versions.log = found;
                }
            })
        });
    }

    fn pick_version(&mut self) {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Compare with another register")
            .add_filter("Registers", &["ron"])
            .set_directory(self.folder())
            .pick_file();
        self.jobs.start("Choosing a file", false, move |_| {
            let path = pollster::block_on(dialog).map(|f| f.path().to_owned());
            Done::then(move |app| match path {
                Some(path) => {
                    app.versions.path = path.display().to_string();
                    app.versions.against = Some(Against::File(path));
                    app.versions.wanted = None;
                }
                // No dialog, or a dialog that was closed: the system does not say which.
                None => app.notices.say("No file chosen; its path can be typed"),
            })
        });
    }

    fn copy_changes(&mut self, ctx: &Context, what: &str, write: impl Fn(&Found) -> String) {
        if let Some(found) = &self.versions.found {
            ctx.copy_text(write(found));
            self.notices.say(format!("Copied: changes as {what}"));
        }
    }

    /// Writes the changes, in the format that the name of the file asks for.
    fn save_changes(&mut self) {
        let (Some(found), Some(saving)) = (self.versions.found.clone(), &mut self.versions.saving)
        else {
            return;
        };
        let path = PathBuf::from(saving.path.trim());
        let extension = path.extension().and_then(|e| e.to_str());
        let write: fn(
            &linchpin_compare::versions::Changes,
            &linchpin_compare::versions::Names,
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
        if path.exists() && saving.told.as_ref() != Some(&saving.path) {
            saving.told = Some(saving.path.clone());
            saving.error = Some("There is such a file already. Save again to replace it".into());
            return;
        }
        self.versions.saving = None;
        self.jobs.start("Saving the changes", true, move |_| {
            let text = write(&found.changes, &found.names);
            match linchpin_files::write(&path, text.as_bytes()) {
                Ok(()) => Done::Wrote(vec![path]),
                Err(why) => Done::Failed(why),
            }
        });
    }
}
