//! What the files of a folder were made from, kept beside them.

use super::Plan;
use linchpin_charts;
use linchpin_register::Register;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name of the file that knows.
pub const MANIFEST: &str = ".linchpin-export.json";

/// The version of its format.
const VERSION: u32 = 1;

/// The largest that is read, in bytes: far more than any folder of images needs.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    version: u32,
    /// By the name of the file, without folders.
    files: BTreeMap<String, Entry>,
}

/// What is known of a file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The id of its chart.
    pub chart: String,
    /// The id of the recipe that asked for it; nothing where all charts were exported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipe: Option<String>,
    /// The fingerprint of what it was made from.
    pub made_from: String,
    /// The SHA-256 of the bytes that were written.
    pub sha256: String,
}

impl Manifest {
    /// What is known of a folder: nothing where nothing can be read, and then all is made again.
    pub fn read(folder: &Path) -> Manifest {
        let path = folder.join(MANIFEST);
        let small = |path: &PathBuf| {
            std::fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() <= MAX_BYTES)
        };
        let text = Some(path)
            .filter(small)
            .and_then(|path| std::fs::read(path).ok())
            .unwrap_or_default();
        let read: Option<Manifest> = serde_json::from_slice(&text).ok();
        let mut manifest = read
            .filter(|manifest| manifest.version == VERSION)
            .unwrap_or_default();
        manifest.version = VERSION;
        // It never speaks of another folder, whoever wrote it.
        manifest.files.retain(|name, _| is_plain(name));
        manifest
    }

    /// Writes it.
    ///
    /// # Errors
    /// Where it cannot be written; in words.
    pub fn write(&self, folder: &Path) -> Result<(), String> {
        let mut text = serde_json::to_string_pretty(self).map_err(|e| e.to_string())?;
        text.push('\n');
        linchpin_files::write(&folder.join(MANIFEST), text.as_bytes())
    }

    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.files.get(name)
    }

    pub fn set(&mut self, name: String, entry: Entry) {
        self.files.insert(name, entry);
    }

    /// The files that are still there and that nothing asks for any more: their chart is gone, or
    /// their recipe leaves them out.
    pub fn left_over(&self, plan: &Plan, register: &Register) -> Vec<PathBuf> {
        let planned = |name: &str| plan.jobs.iter().any(|job| job.file() == name);
        let unwanted = |(name, entry): &(&String, &Entry)| {
            let of_plan = plan.recipe.is_some() && entry.recipe == plan.recipe;
            let gone = linchpin_charts::by_id(register, &entry.chart).is_none();
            !planned(name) && (of_plan || gone)
        };
        let names = self.files.iter().filter(unwanted);
        names
            .map(|(name, _)| plan.folder.join(name))
            .filter(|path| path.is_file())
            .collect()
    }
}

impl Entry {
    /// Whether a file holds the bytes that were written.
    pub fn is_at(&self, path: &Path) -> bool {
        std::fs::read(path).is_ok_and(|bytes| digest(&bytes) == self.sha256)
    }
}

/// The name of a file in the folder itself.
fn is_plain(name: &str) -> bool {
    !name.contains(['/', '\\', ':']) && Path::new(name).file_name() == Some(name.as_ref())
}

/// The SHA-256 of some bytes, in hexadecimal digits.
pub(super) fn digest(bytes: &[u8]) -> String {
    hex(Sha256::new_with_prefix(bytes))
}

pub(super) fn hex(hash: Sha256) -> String {
    let digest = hash.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{digest, is_plain};

    #[test]
    fn names_stay_in_the_folder() {
        assert!(is_plain("timeline.png") && is_plain("한미-동맹.svg"));
        for bad in ["", ".", "..", "../x.png", "/x", "a/b", "a\\b", "c:x"] {
            assert!(!is_plain(bad), "{bad}");
        }
    }

    #[test]
    fn a_digest_is_what_other_programs_say() {
        // As `printf abc | sha256sum` says.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest(b"abc"), expected);
    }
}
