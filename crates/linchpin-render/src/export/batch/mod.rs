//! Many images in one go: which files are wanted, and making those that are not there yet as they
//! should be.
//!
//! A small file next to them ([`MANIFEST`]) says what each was made from, so that the next time
//! only what has changed is made again.

mod plan;

use super::house_style::HouseStyle;
use super::image::{Image, ImageOptions, Studio};
use super::provenance::may_replace_output;
use super::{ImageError, medium};
use linchpin_charts::evidence::{self, Evidence};
use linchpin_files::{ReplacePolicy, WriteErrorKind};
use linchpin_register::query::CountingRule;
use linchpin_register::{LoadedRegister, Register};
use linchpin_report::is_reserved_file_name;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub use plan::{
    BatchPlan, ImageJob, ReadHouseStyle, recipe_charts, recipe_options, sibling_house_style_reader,
};

/// What the images show.
#[derive(Clone, Copy)]
pub struct BatchSource<'a> {
    /// The register, with its text.
    pub loaded: &'a LoadedRegister,
    /// The name of the register's file or folder.
    pub name: &'a str,
    /// Counts where a chart does not say how itself.
    pub rule: CountingRule,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchOutcome {
    /// Made from other things than before, or for the first time.
    Written,
    /// It was made from the same, but somebody had changed it since.
    Restored,
    /// It was there already, as it should be.
    Unchanged,
    /// Another file has its name, which this program has not made: that stays.
    Foreign,
    /// Its chart cannot be drawn; why, in words. There is no image then.
    NotDrawn(String),
    /// Nobody could read it at its size; in words, with a size that would do. There is no image
    /// then.
    TooSmall(String),
    /// It could not be made; in words.
    Failed(String),
}

/// A file of a plan, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What became of it.
    pub outcome: BatchOutcome,
    /// What is said of letters that are small, where there is an image of them.
    pub small_letters: Option<String>,
}

/// What came of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchSummary {
    /// In the order of the plan.
    pub files: Vec<BatchFile>,
    /// Files that were made once and that nothing asks for any more. They are left where they are.
    pub stale_files: Vec<PathBuf>,
    /// It was stopped before the end.
    pub is_canceled: bool,
}

/// Makes the files of a plan, one by one. Those that are as they should be stay, unless `force`
/// makes all again, also in the place of files that this program has not made. After each, `done`
/// hears of it, with how many are done and how many there are; it may stop the work.
///
/// # Errors
/// Where the folder or a file in it cannot be written; in words. A chart that cannot be drawn is an
/// outcome of its own.
pub fn run(
    plan: &BatchPlan,
    source: BatchSource<'_>,
    force: bool,
    studio: &mut Studio,
    progress: &mut dyn FnMut(&BatchFile, usize, usize) -> ControlFlow<()>,
) -> Result<BatchSummary, String> {
    std::fs::create_dir_all(&plan.folder).map_err(|e| {
        let why = linchpin_files::io_error_message(&e);
        format!("Cannot make the folder {}: {why}", plan.folder.display())
    })?;
    let mut manifest = ExportManifest::read(&plan.folder);
    let mut summary = BatchSummary::default();
    for (at, job) in plan.jobs.iter().enumerate() {
        let name = job.file_name();
        let path = plan.folder.join(&name);
        let rendered = match is_reserved_file_name(&name) {
            true => ImageResult::Failed(format!(
                "Windows keeps the name {name} for itself: give the chart another id"
            )),
            false => render_job(job, source, &path, manifest.get(&name), force, studio)?,
        };
        let mut letters_pt = manifest.get(&name).and_then(|known| known.letters_pt);
        let outcome = match rendered {
            ImageResult::Unchanged => BatchOutcome::Unchanged,
            ImageResult::TooSmall(words) => BatchOutcome::TooSmall(words),
            ImageResult::NotDrawn(words) => BatchOutcome::NotDrawn(words),
            ImageResult::Failed(words) => BatchOutcome::Failed(words),
            ImageResult::Rendered {
                fingerprint: made_from,
                image,
            } => {
                letters_pt = image.smallest_type;
                let bytes = image.bytes;
                let restored = manifest.get(&name).is_some_and(|old| {
                    old.made_from == made_from && path.exists() && !old.matches_file(&path)
                });
                if write_image(&path, &bytes, force, manifest.get(&name).is_some())? {
                    let entry = ManifestEntry {
                        chart: job.chart.clone(),
                        recipe: plan.recipe.clone(),
                        made_from,
                        sha256: sha256_hex(&bytes),
                        letters_pt,
                    };
                    manifest.set(name, entry);
                    // At once: whoever breaks off here goes on from here.
                    manifest.write(&plan.folder)?;
                    match restored {
                        true => BatchOutcome::Restored,
                        false => BatchOutcome::Written,
                    }
                } else {
                    BatchOutcome::Foreign
                }
            }
        };
        let small_letters = letters_pt
            .filter(|_| !outcome.is_failure())
            .and_then(|pt| medium::small_letters_text(pt, job.options.medium()));
        let file = BatchFile {
            path,
            outcome,
            small_letters,
        };
        let control_flow = progress(&file, at + 1, plan.jobs.len());
        summary.files.push(file);
        if control_flow.is_break() && at + 1 < plan.jobs.len() {
            summary.is_canceled = true;
            return Ok(summary);
        }
    }
    summary.stale_files = manifest.stale_files(plan, &source.loaded.register);
    Ok(summary)
}

/// Writes an image in the place of one of ours; `false` where another file is there, and stays.
fn write_image(path: &Path, bytes: &[u8], force: bool, is_known: bool) -> Result<bool, String> {
    let is_ours = |old: &[u8]| may_replace_output(old, bytes);
    // The manifest speaks of files in its folder, not of what a link leads to.
    let replace = match force || (is_known && !path.is_symlink()) {
        true => ReplacePolicy::Any,
        false => ReplacePolicy::Known(&is_ours),
    };
    match linchpin_files::write(path, bytes, replace) {
        Ok(_) => Ok(true),
        Err(error) if error.kind == WriteErrorKind::Foreign => Ok(false),
        Err(error) => Err(error.to_string()),
    }
}

enum ImageResult {
    Unchanged,
    Rendered { fingerprint: String, image: Image },
    TooSmall(String),
    NotDrawn(String),
    Failed(String),
}

fn render_job(
    job: &ImageJob,
    source: BatchSource<'_>,
    path: &Path,
    known: Option<&ManifestEntry>,
    force: bool,
    studio: &mut Studio,
) -> Result<ImageResult, String> {
    let register = &source.loaded.register;
    let Some(chart) = linchpin_charts::by_id_or_standard(register, &job.chart) else {
        let words = format!("The register has no chart \"{}\"", job.chart);
        return Ok(ImageResult::Failed(words));
    };
    // A picture of why there is none would pass for the chart.
    let picture = match linchpin_charts::build(register, chart, source.rule) {
        Ok(picture) => picture,
        Err(error) => {
            let words = format!("cannot be drawn: {}", error.message());
            return Ok(ImageResult::NotDrawn(with_earlier_image(words, path)));
        }
    };
    let evidence =
        evidence::evidence_of_chart(source.loaded, source.name, chart, source.rule, &picture);
    let made_from = input_fingerprint(job, &evidence)?;
    if !force && known.is_some_and(|old| old.made_from == made_from && old.matches_file(path)) {
        return Ok(ImageResult::Unchanged);
    }
    let image = studio.image_with(&picture, Some(evidence), job.format, &job.options);
    Ok(match image {
        Ok(image) => ImageResult::Rendered {
            fingerprint: made_from,
            image,
        },
        Err(ImageError::TooSmall(why)) => {
            let words = format!("cannot be read: {why}.");
            ImageResult::TooSmall(with_earlier_image(words, path))
        }
        Err(error) => ImageResult::Failed(error.to_string()),
    })
}

/// Says too that an image of an earlier state lies there.
fn with_earlier_image(mut words: String, path: &Path) -> String {
    if path.exists() {
        words.push_str(" The image that lies there is of an earlier state.");
    }
    words
}

/// All that decides about an image. It is written as JSON, whose form stays the same from one build
/// of the program to the next.
#[derive(Serialize)]
struct ImageInputs<'a> {
    software: &'a str,
    format: &'a str,
    options: &'a ImageOptions,
    /// Of the files that the house style names: the options hold their names alone.
    house_files: Vec<String>,
    evidence: &'a Evidence,
}

/// A fingerprint of all that decides about an image, but not of the rest of the register: an image
/// stays, with the hash of the register that it was drawn from, until the register says something
/// else about it.
fn input_fingerprint(job: &ImageJob, evidence: &Evidence) -> Result<String, String> {
    let mut evidence = evidence.clone();
    // The excerpt holds every record that is drawn, and an image of the excerpt has the same bytes.
    // Where there is none, only the whole register says whether anything has changed.
    if evidence.excerpt.is_some() {
        evidence.register.sha256.clear();
    }
    let house = job.options.house.iter();
    let files = house.flat_map(HouseStyle::files);
    let inputs = ImageInputs {
        software: super::SOFTWARE,
        format: job.format.extension(),
        options: &job.options,
        house_files: files.map(|file| sha256_hex(&file.bytes)).collect(),
        evidence: &evidence,
    };
    let json = serde_json::to_vec(&inputs).map_err(|e| e.to_string())?;
    Ok(sha256_hex(&json))
}

impl BatchSummary {
    /// "7 images: 5 written, 2 unchanged"
    pub fn summary_text(&self) -> String {
        let count =
            |is: fn(&BatchOutcome) -> bool| self.files.iter().filter(|f| is(&f.outcome)).count();
        let counts = [
            (
                count(|o| matches!(o, BatchOutcome::Written | BatchOutcome::Restored)),
                "written",
            ),
            (count(|o| *o == BatchOutcome::Unchanged), "unchanged"),
            (count(BatchOutcome::is_failure), "not made"),
        ];
        let mut words: Vec<String> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        if self.is_canceled {
            words.push("then stopped".into());
        }
        let all = self.files.len();
        let noun = if all == 1 { "image" } else { "images" };
        match words.is_empty() {
            true => format!("{all} {noun}"),
            false => format!("{all} {noun}: {}", words.join(", ")),
        }
    }

    /// Why files could not be made, each with its name.
    pub fn failures(&self) -> impl Iterator<Item = String> {
        let failed = self.files.iter().filter(|file| file.outcome.is_failure());
        failed.map(|file| format!("{}: {}", file.path.display(), file.outcome.label()))
    }
}

impl BatchFile {
    /// What became of it, in a line without its name.
    pub fn label(&self) -> String {
        match &self.small_letters {
            Some(small) => format!("{}; {small}", self.outcome.label()),
            None => self.outcome.label().to_owned(),
        }
    }
}

impl BatchOutcome {
    /// Whether the file is not as it should be.
    pub fn is_failure(&self) -> bool {
        matches!(
            self,
            BatchOutcome::Foreign
                | BatchOutcome::NotDrawn(_)
                | BatchOutcome::TooSmall(_)
                | BatchOutcome::Failed(_)
        )
    }

    /// In a few words, for a line of its own.
    pub fn label(&self) -> &str {
        match self {
            BatchOutcome::Written => "written",
            BatchOutcome::Restored => "written; it had been changed by hand",
            BatchOutcome::Unchanged => "unchanged",
            BatchOutcome::Foreign => {
                "left as it is: it is not known to be a file that Linchpin has made"
            }
            BatchOutcome::NotDrawn(words)
            | BatchOutcome::TooSmall(words)
            | BatchOutcome::Failed(words) => words,
        }
    }
}

/// The name of the file that knows.
pub const MANIFEST: &str = ".linchpin-export.json";

/// The version of its format.
const MANIFEST_VERSION: u32 = 1;

/// The largest that is read, in bytes: far more than any folder of images needs.
const MAX_MANIFEST_BYTES: u64 = 16 * 1024 * 1024;

#[derive(Debug, Default, Serialize, Deserialize)]
struct ExportManifest {
    version: u32,
    /// By the name of the file, without folders.
    files: BTreeMap<String, ManifestEntry>,
}

/// What is known of a file.
#[derive(Debug, Serialize, Deserialize)]
struct ManifestEntry {
    /// The id of its chart.
    chart: String,
    /// The id of the recipe that asked for it; nothing where all charts were exported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recipe: Option<String>,
    /// The fingerprint of what it was made from.
    made_from: String,
    /// The SHA-256 of the bytes that were written.
    sha256: String,
    /// The size of its smallest letters, in printed points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    letters_pt: Option<f32>,
}

impl ExportManifest {
    /// What is known of a folder: nothing where nothing can be read, and then all is made again.
    fn read(folder: &Path) -> ExportManifest {
        let path = folder.join(MANIFEST);
        // The file lies in a folder that anybody may write to, and may not even be a file.
        let small = |path: &PathBuf| {
            std::fs::metadata(path)
                .is_ok_and(|data| data.is_file() && data.len() <= MAX_MANIFEST_BYTES)
        };
        let text = Some(path)
            .filter(small)
            .and_then(|path| std::fs::read(path).ok())
            .unwrap_or_default();
        let read: Option<ExportManifest> = serde_json::from_slice(&text).ok();
        let mut manifest = read
            .filter(|manifest| manifest.version == MANIFEST_VERSION)
            .unwrap_or_default();
        manifest.version = MANIFEST_VERSION;
        // It never speaks of another folder, whoever wrote it.
        manifest.files.retain(|name, _| is_bare_file_name(name));
        manifest
    }

    /// Writes it.
    ///
    /// # Errors
    /// Where it cannot be written; in words.
    fn write(&self, folder: &Path) -> Result<(), String> {
        let mut text = serde_json::to_string_pretty(self).map_err(|e| e.to_string())?;
        text.push('\n');
        let path = folder.join(MANIFEST);
        // The name is ours, but what a link of this name leads to need not be.
        let replace = match path.is_symlink() {
            true => {
                ReplacePolicy::Known(&|old| serde_json::from_slice::<ExportManifest>(old).is_ok())
            }
            false => ReplacePolicy::Any,
        };
        let written = linchpin_files::write(&path, text.as_bytes(), replace);
        written.map(drop).map_err(|error| error.to_string())
    }

    fn get(&self, name: &str) -> Option<&ManifestEntry> {
        self.files.get(name)
    }

    fn set(&mut self, name: String, entry: ManifestEntry) {
        self.files.insert(name, entry);
    }

    /// The files that are still there and that nothing asks for any more: their chart is gone, or
    /// their recipe leaves them out.
    fn stale_files(&self, plan: &BatchPlan, register: &Register) -> Vec<PathBuf> {
        let planned = |name: &str| plan.jobs.iter().any(|job| job.file_name() == name);
        let unwanted = |(name, entry): &(&String, &ManifestEntry)| {
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

impl ManifestEntry {
    /// Whether a file holds the bytes that were written.
    fn matches_file(&self, path: &Path) -> bool {
        std::fs::read(path).is_ok_and(|bytes| sha256_hex(&bytes) == self.sha256)
    }
}

/// The name of a file in the folder itself.
fn is_bare_file_name(name: &str) -> bool {
    !name.contains(['/', '\\', ':']) && Path::new(name).file_name() == Some(name.as_ref())
}

/// The SHA-256 of some bytes, in hexadecimal digits.
fn sha256_hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_the_folder() {
        assert!(is_bare_file_name("timeline.png") && is_bare_file_name("한미-동맹.svg"));
        for bad in ["", ".", "..", "../x.png", "/x", "a/b", "a\\b", "c:x"] {
            assert!(!is_bare_file_name(bad), "{bad}");
        }
    }

    #[test]
    fn a_digest_is_what_other_programs_say() {
        // As `printf abc | sha256sum` says.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_hex(b"abc"), expected);
    }
}
