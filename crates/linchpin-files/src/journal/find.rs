//! Finding unsaved work at the start of the program: that of windows which are gone, whatever ended
//! them.

use super::{Head, Journal, Unsaved, UnsavedFile, base_name, lock, with};
use crate::beside::sweep_folder;
use crate::sealed::unseal;
use crate::words::in_words;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

/// What is found at the start of the program.
#[derive(Debug, Default)]
pub struct Found {
    /// Work to be offered back, the oldest first.
    pub lost: Vec<Lost>,
    /// Sentences about work that is damaged. It is set aside in the folder `damaged`.
    pub trouble: Vec<String>,
}

/// Unsaved work of a window that is gone. As long as this lives, no other window offers it too;
/// dropped, it is offered again at the next start.
#[derive(Debug)]
pub struct Lost {
    /// The work.
    pub unsaved: Unsaved,
    journal: Journal,
}

impl Lost {
    /// Takes the work over: the journal goes on with it, and nothing is written a second time.
    pub fn take(self) -> (Unsaved, Journal) {
        (self.unsaved, self.journal)
    }

    /// Removes it for good.
    pub fn forget(mut self) {
        self.journal.forget();
    }
}

/// Looks for the unsaved work of windows that are gone.
pub fn found(state: &Path) -> Found {
    let mut found = Found::default();
    let folder = state.join("unsaved");
    sweep_folder(&folder);
    let mut stems = BTreeSet::new();
    for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path
            .extension()
            .is_some_and(|e| e == "draft" || e == "open")
        {
            stems.insert(path.with_extension(""));
        }
    }
    for stem in stems {
        let open = match lock(&stem, false) {
            Ok(Some(open)) => open,
            // Its window is alive.
            Ok(None) => continue,
            Err(e) => {
                let folder = folder.display();
                found.trouble.push(format!(
                    "Cannot look for unsaved work in {folder}: {}",
                    in_words(&e)
                ));
                continue;
            }
        };
        let mut journal = Journal {
            bases: bases(&stem),
            stem,
            open,
            last: Vec::new(),
            has_draft: true,
        };
        match read(&journal.stem) {
            Ok(Some(unsaved)) => {
                for file in &unsaved.files {
                    journal
                        .last
                        .push((file.base.clone(), base_name(&file.base)));
                }
                found.lost.push(Lost { unsaved, journal });
            }
            // It ended with nothing unsaved.
            Ok(None) => journal.has_draft = false,
            Err(why) => {
                let aside = set_aside(state, &journal);
                journal.has_draft = false;
                found.trouble.push(format!(
                    "Unsaved work was kept, but it is damaged and cannot be offered: {why}; what \
                    there is of it was put into {}",
                    aside.display()
                ));
            }
        }
    }
    found.lost.sort_by_key(|lost| lost.unsaved.when);
    found
}

/// The names of the bases on the disk.
fn bases(stem: &Path) -> BTreeSet<String> {
    let Some((folder, name)) = stem
        .parent()
        .zip(stem.file_name().and_then(|name| name.to_str()))
    else {
        return BTreeSet::new();
    };
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let file = entry.file_name().into_string().ok()?;
            let ending = file.strip_prefix(name)?.strip_prefix('.')?;
            ending.starts_with("base-").then(|| ending.to_owned())
        })
        .collect()
}

fn read(stem: &Path) -> Result<Option<Unsaved>, String> {
    let bytes = match fs::read(with(stem, "draft")) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(|e| in_words(&e))?,
    };
    let (head, mut texts) =
        unseal::<Head>(&bytes).map_err(|_| "its draft is not what was written".to_owned())?;
    let mut files = Vec::new();
    for file in head.files {
        let lost_base = || "the text that it began with is not what was written".to_owned();
        let base = fs::read(with(stem, &file.base)).map_err(|_| lost_base())?;
        if base_name(&base) != file.base {
            return Err(lost_base());
        }
        let part = |range: Option<&[u8]>| range.map(<[u8]>::to_vec).ok_or_else(lost_base);
        let mut draft = part(base.get(..file.start))?;
        let (middle, rest) = texts.split_at_checked(file.middle).ok_or_else(lost_base)?;
        texts = rest;
        draft.extend(middle);
        draft.extend(part(
            base.len()
                .checked_sub(file.end)
                .and_then(|at| base.get(at..)),
        )?);
        files.push(UnsavedFile {
            path: file.path.map(PathBuf::from),
            base: base.into(),
            draft: draft.into(),
        });
    }
    Ok(Some(Unsaved {
        origin: head.origin.map(PathBuf::from),
        files,
        when: UNIX_EPOCH + Duration::from_millis(head.when_ms),
    }))
}

/// Moves what there is of damaged work out of the way, and says where to.
fn set_aside(state: &Path, journal: &Journal) -> PathBuf {
    let aside = state.join("damaged");
    let _ = crate::place::make_private(&aside);
    for ending in journal.bases.iter().map(String::as_str).chain(["draft"]) {
        let from = with(&journal.stem, ending);
        if let Some(name) = from.file_name() {
            let _ = fs::rename(&from, aside.join(name));
        }
    }
    aside
}
