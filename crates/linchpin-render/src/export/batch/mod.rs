//! Many images in one go: which files are wanted, and making those that are not there yet as they
//! should be.
//!
//! A small file beside them ([`MANIFEST`]) says what each was made from, so that the next time only
//! what has changed is made again.

mod manifest;
mod plan;
mod recipe;

use super::image::Studio;
use linchpin_charts;
use linchpin_charts::evidence::{self, Evidence};
use linchpin_charts::picture::Picture;
use linchpin_register::LoadedRegister;
use linchpin_register::query::CountingRule;
use manifest::{ExportManifest, ManifestEntry, sha256_hex};
use sha2::{Digest as _, Sha256};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub use manifest::MANIFEST;
pub use plan::{BatchPlan, ImageJob};
pub use recipe::{ReadHouseStyle, recipe_charts, recipe_options, sibling_house_style_reader};

/// What the images show.
#[derive(Clone, Copy)]
pub struct BatchSource<'a> {
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
    /// It could not be made; in words.
    Failed(String),
}

/// A file of a plan, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchFile {
    pub path: PathBuf,
    pub outcome: BatchOutcome,
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
/// makes all again. After each, `done` hears of it, with how many are done and how many there are;
/// it may stop the work.
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
        let outcome = match render_job(job, source, &path, manifest.get(&name), force, studio)? {
            ImageResult::Unchanged => BatchOutcome::Unchanged,
            ImageResult::Failed(words) => BatchOutcome::Failed(words),
            ImageResult::Rendered {
                fingerprint: made_from,
                bytes,
            } => {
                let restored = manifest.get(&name).is_some_and(|old| {
                    old.made_from == made_from && path.exists() && !old.matches_file(&path)
                });
                linchpin_files::write(&path, &bytes)?;
                let entry = ManifestEntry {
                    chart: job.chart.clone(),
                    recipe: plan.recipe.clone(),
                    made_from,
                    sha256: sha256_hex(&bytes),
                };
                manifest.set(name, entry);
                // At once: whoever breaks off here goes on from here.
                manifest.write(&plan.folder)?;
                match restored {
                    true => BatchOutcome::Restored,
                    false => BatchOutcome::Written,
                }
            }
        };
        let file = BatchFile { path, outcome };
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

enum ImageResult {
    Unchanged,
    Rendered { fingerprint: String, bytes: Vec<u8> },
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
    let picture = linchpin_charts::build_or_explain(register, chart, source.rule);
    let evidence =
        evidence::evidence_of_chart(source.loaded, source.name, chart, source.rule, &picture);
    let made_from = input_fingerprint(job, &picture, &evidence, register.short_sha256());
    if !force && known.is_some_and(|old| old.made_from == made_from && old.matches_file(path)) {
        return Ok(ImageResult::Unchanged);
    }
    let image = studio.image_with(&picture, Some(evidence), job.format, &job.options);
    Ok(match image {
        Ok(image) => ImageResult::Rendered {
            fingerprint: made_from,
            bytes: image.bytes,
        },
        Err(error) => ImageResult::Failed(error.to_string()),
    })
}

/// A fingerprint of all that decides about an image, but not of the rest of the register: an image
/// stays, with the hash of the register that it was drawn from, until the register says something
/// else about it.
fn input_fingerprint(
    job: &ImageJob,
    picture: &Picture,
    evidence: &Evidence,
    hash: Option<&str>,
) -> String {
    let mut evidence = evidence.clone();
    evidence.register.sha256.clear();
    let picture = format!("{picture:?}");
    let picture = hash.map_or_else(|| picture.clone(), |hash| picture.replace(hash, ""));
    let options = serde_json::to_string(&job.options).unwrap_or_default();
    let house = job.options.house.as_ref();
    let files = house.map(|h| [&h.regular, &h.semibold, &h.logo]);
    let mut hash = Sha256::new();
    let mut update = |part: &[u8]| {
        // With its length, so that no two lists of parts read the same.
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    };
    for part in [
        super::SOFTWARE,
        job.format.extension(),
        &options,
        &picture,
        &evidence.to_json(),
    ] {
        update(part.as_bytes());
    }
    for file in files.into_iter().flatten().flatten() {
        update(&file.bytes);
    }
    manifest::hex(hash)
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
            (count(|o| matches!(o, BatchOutcome::Failed(_))), "not made"),
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
        self.files.iter().filter_map(|file| match &file.outcome {
            BatchOutcome::Failed(words) => Some(format!("{}: {words}", file.path.display())),
            _ => None,
        })
    }
}

impl BatchOutcome {
    /// In a few words, for a line of its own.
    pub fn label(&self) -> &str {
        match self {
            BatchOutcome::Written => "written",
            BatchOutcome::Restored => "written; it had been changed by hand",
            BatchOutcome::Unchanged => "unchanged",
            BatchOutcome::Failed(words) => words,
        }
    }
}
