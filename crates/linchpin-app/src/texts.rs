//! The texts of documents, where they lie beside the register: read away from the frame and held
//! against the citations, once for each reading of the draft.

use super::App;
use super::attach::AttachCommand;
use super::command::Command;
use super::file_watcher::TextSnapshot;
use super::open_file::FileOrigin;
use super::tasks::TaskOutcome;
use linchpin_edit::text_diagnostics::with_checked_texts;
use linchpin_files::FileCache;
use linchpin_files::sibling_texts::{fetch, fetched, sibling_path};
use linchpin_files::signature::file_signature;
use linchpin_reading::{
    CheckedCitation, TextContent, TextFile, TextLibrary, TextState, verify_citations,
};
use linchpin_register::query::RecordSet;
use linchpin_register::{Document, LoadedRegister, RecordKind, Register};
use ron_lossless::Diagnostic;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Up to this many bytes of a register are held against texts that have been read before within the
/// frame, …
const SYNC_MAX_BYTES: usize = 200_000;
/// … and so many bytes of texts.
const SYNC_MAX_TEXT_BYTES: usize = 1_000_000;

/// The texts of the register on screen, and what was found of its citations.
#[derive(Clone, Default)]
pub struct VerifiedTexts {
    /// The revision of the register whose citations were checked.
    pub revision: u64,
    /// Counts the readings: a text may change while the register stays the same.
    pub scan_number: u64,
    pub library: Arc<TextLibrary>,
    /// Every citation with a phrase, in the order of the register.
    pub checked: Arc<Vec<CheckedCitation>>,
}

/// The texts of documents, as far as they have been read.
#[derive(Default)]
pub struct ReadingState {
    /// The texts that belong to the register on screen.
    pub texts: VerifiedTexts,
    pub(super) scan: TextScanState,
    /// The changed texts that were reported to the user.
    pub(super) reported: Vec<ReportedText>,
}

/// How far the texts have been looked into.
#[derive(Default)]
pub(super) struct TextScanState {
    /// The reading that was looked into last, and the folder from which its texts count.
    scanned_text: Option<Arc<str>>,
    folder: Option<PathBuf>,
    /// Its diagnostics without those that come from the texts, and how many more there were.
    own_problems: (Arc<[Diagnostic]>, usize),
    cache: Arc<FileCache<TextContent>>,
    /// A thread is looking.
    is_pending: bool,
    /// What is on the disk may have changed.
    needs_scan: bool,
}

/// The texts as they were read last.
#[derive(Clone, Default)]
pub(super) struct CachedTexts {
    folder: Option<PathBuf>,
    cache: Arc<FileCache<TextContent>>,
}

impl CachedTexts {
    /// The text of a document.
    pub fn text_of(&self, document: &Document) -> Option<TextFile> {
        let folder = self.folder.as_deref()?;
        TextFile::of(document, |path| {
            let text = fetched(&self.cache, folder, path)?;
            Some(text.map_err(|error| error.to_string()))
        })
    }
}

/// What was found in the texts.
struct TextScanResult {
    library: TextLibrary,
    checked: Vec<CheckedCitation>,
    problems: Arc<[Diagnostic]>,
    more_problems: usize,
}

impl TextScanResult {
    fn verify(loaded: LoadedRegister, library: TextLibrary) -> Self {
        let checked = verify_citations(&loaded.register, &library);
        let loaded = with_checked_texts(loaded, &library, &checked);
        TextScanResult {
            library,
            checked,
            problems: loaded.diagnostics,
            more_problems: loaded.omitted_diagnostics,
        }
    }
}

impl App {
    /// Looks for what the texts say, once for each reading of the draft: at once where little is to
    /// be done, and in any case on a thread, which sees whether they have changed.
    pub(super) fn scan_texts(&mut self) {
        let latest = &self.file.latest;
        let (now, scan) = (folder_of_texts(&self.file.origin), &mut self.reading.scan);
        let scanned = scan.scanned_text.as_ref();
        let is_new = !scanned.is_some_and(|scanned| Arc::ptr_eq(scanned, &latest.text))
            || scan.folder != now;
        if !is_new && (!scan.needs_scan || scan.is_pending) {
            return;
        }
        if is_new {
            let is_reading = !scanned.is_some_and(|scanned| Arc::ptr_eq(scanned, &latest.text));
            if is_reading {
                scan.scanned_text = Some(latest.text.clone());
                scan.own_problems = (latest.diagnostics.clone(), latest.omitted_diagnostics);
            }
            scan.folder = now;
            scan.needs_scan = true;
        }
        if !self.has_texts() {
            return self.clear_text_scan();
        }
        // First from the cache, so that diagnostics of texts do not vanish for a moment at each key
        // stroke; then in a task, which also sees whether the files have changed.
        if is_new {
            self.scan_texts_in_frame();
        }
        if !self.reading.scan.is_pending {
            self.scan_texts_in_background();
        }
    }

    /// Sees to it that the texts are looked into again: what is on the disk may have changed.
    pub fn rescan_texts(&mut self) {
        self.reading.scan.needs_scan = true;
    }

    /// Whether what the texts say is still being found out.
    pub(super) fn is_scanning_texts(&self) -> bool {
        self.reading.scan.is_pending || self.reading.scan.needs_scan
    }

    /// The texts as they were read last.
    pub(super) fn cached_texts(&self) -> CachedTexts {
        CachedTexts {
            folder: self.reading.scan.folder.clone(),
            cache: self.reading.scan.cache.clone(),
        }
    }

    /// How many problems the reading of the draft has found without the texts.
    pub(super) fn own_problem_count(&self) -> usize {
        let latest = &self.file.latest;
        let known = self.reading.scan.scanned_text.as_ref();
        match known.is_some_and(|known| Arc::ptr_eq(known, &latest.text)) {
            true => self.reading.scan.own_problems.0.len(),
            false => latest.diagnostics.len(),
        }
    }

    fn has_texts(&self) -> bool {
        let mut documents = self.file.latest.register.documents.iter();
        self.reading.scan.folder.is_some() && documents.any(|document| document.text.is_some())
    }

    fn clear_text_scan(&mut self) {
        self.reading.scan.needs_scan = false;
        let plain = self.loaded_without_text_problems();
        let nothing = TextScanResult {
            library: TextLibrary::default(),
            checked: Vec::new(),
            problems: plain.diagnostics,
            more_problems: plain.omitted_diagnostics,
        };
        self.apply_text_scan(nothing, self.is_latest_shown());
    }

    /// The latest reading with its own problems alone.
    fn loaded_without_text_problems(&self) -> LoadedRegister {
        let mut plain = self.file.latest.clone();
        (plain.diagnostics, plain.omitted_diagnostics) = self.reading.scan.own_problems.clone();
        plain
    }

    fn is_latest_shown(&self) -> bool {
        Arc::ptr_eq(&self.file.latest.register, &self.file.shown.register)
    }

    /// What was read before is held against the new reading within the frame, so that no problem
    /// comes and goes.
    fn scan_texts_in_frame(&mut self) {
        let latest = &self.file.latest;
        if latest.text.len() > SYNC_MAX_BYTES {
            return;
        }
        let (cached, register) = (self.cached_texts(), &latest.register);
        let mut bytes = 0;
        for document in register.documents.iter().filter(|d| d.text.is_some()) {
            let Some(copy) = cached.text_of(document) else {
                // One that has never been read: only the task reads files.
                return;
            };
            bytes += copy.text.map_or(0, |text| text.prose.text().len());
        }
        if bytes <= SYNC_MAX_TEXT_BYTES {
            let library =
                TextLibrary::from_texts(register, &mut |document| cached.text_of(document));
            self.apply_text_scan(
                TextScanResult::verify(self.loaded_without_text_problems(), library),
                self.is_latest_shown(),
            );
        }
    }

    /// Reads what has changed on the disk, and looks into it on a thread.
    fn scan_texts_in_background(&mut self) {
        let Some(folder) = self.reading.scan.folder.clone() else {
            return;
        };
        // Reset at the start and not at the end: what changes while the task runs is scanned once
        // more.
        (self.reading.scan.is_pending, self.reading.scan.needs_scan) = (true, false);
        let (loaded, mut cache) = (
            self.loaded_without_text_problems(),
            self.reading.scan.cache.clone(),
        );
        let (text, is_shown, revision) = (
            loaded.text.clone(),
            self.is_latest_shown(),
            self.file.revision,
        );
        let scan = move || {
            // Before reading: see `text_snapshots`.
            let snapshots = text_snapshots(&loaded.register, &folder);
            let library = read_texts(&loaded.register, &folder, Arc::make_mut(&mut cache));
            let found = TextScanResult::verify(loaded, library);
            move |app: &mut App| {
                app.reading.scan.is_pending = false;
                app.reading.scan.cache = cache;
                if let Some(watch) = &app.file.sync.watcher {
                    watch.watch_texts(snapshots);
                }
                // It may have been read again, or saved elsewhere, meanwhile.
                let is_same = Arc::ptr_eq(&app.file.latest.text, &text);
                if is_same && folder_of_texts(&app.file.origin).as_ref() == Some(&folder) {
                    app.apply_text_scan(found, is_shown && app.file.revision == revision);
                } else {
                    app.reading.scan.needs_scan = true;
                }
            }
        };
        match self.derived.runs_in_frame {
            true => scan()(self),
            false => {
                // `needs_scan` stays reset, or the same panic would come again in the next frame.
                let recover = |app: &mut App| app.reading.scan.is_pending = false;
                self.tasks
                    .start_or_recover("Reading the texts", false, recover, move |_| {
                        TaskOutcome::apply(scan())
                    });
            }
        }
    }

    fn apply_text_scan(&mut self, found: TextScanResult, is_shown: bool) {
        self.file.set_problems(found.problems, found.more_problems);
        // Of a broken draft only the diagnostics are new: the register on screen is an older one.
        if is_shown {
            self.reading.texts = VerifiedTexts {
                revision: self.file.revision,
                scan_number: self.reading.texts.scan_number + 1,
                library: Arc::new(found.library),
                checked: Arc::new(found.checked),
            };
            self.report_changed_texts();
        }
    }

    /// The folder from which the paths of texts count.
    pub fn texts_folder(&self) -> Option<PathBuf> {
        folder_of_texts(&self.file.origin)
    }
}

/// The folder from which the paths of texts count.
fn folder_of_texts(origin: &FileOrigin) -> Option<PathBuf> {
    let path = origin.path()?;
    match origin {
        FileOrigin::Folder(_) => Some(path.to_owned()),
        _ => path.parent().map(Path::to_owned),
    }
}

/// Reads the texts of a register, those that have changed.
fn read_texts(
    register: &Register,
    folder: &Path,
    cache: &mut FileCache<TextContent>,
) -> TextLibrary {
    cache.begin_generation();
    let library = TextLibrary::from_texts(register, &mut |document| {
        TextFile::of(document, |path| {
            let text = fetch(cache, folder, path, TextContent::from_bytes);
            Some(text.map_err(|error| error.to_string()))
        })
    });
    cache.evict_unused();
    library
}

/// How the files of the texts look before they are read: what changes in between is read once more.
fn text_snapshots(register: &Register, folder: &Path) -> Vec<TextSnapshot> {
    let paths = register.documents.iter().filter_map(|d| d.text.as_deref());
    let paths = paths.filter_map(|path| sibling_path(folder, path).ok());
    paths
        .map(|path| {
            let looked = file_signature(&path).ok();
            (path, looked)
        })
        .collect()
}

/// A changed text that was reported to the user.
pub(super) struct ReportedText {
    document: String,
    hash: String,
    /// The message that says so. One message may be about several texts.
    notice: u64,
}

/// Up to this many changed texts get a message each; more of them share one.
const MAX_SEPARATE_NOTICES: usize = 2;

impl App {
    /// Says of each text once that it is not what was attached, and offers to look at it or to take
    /// it as it is.
    pub(super) fn report_changed_texts(&mut self) {
        let register = self.register().clone();
        let library = self.reading.texts.library.clone();
        let changed = |document: &Document| {
            let text = library.get(document.id.as_str())?;
            let is_own = text.document == document.id.as_str();
            (is_own && text.state == TextState::Changed).then(|| text.sha256.clone())
        };
        let now: Vec<(&Document, String)> = register
            .documents
            .iter()
            .filter_map(|document| Some((document, changed(document)?)))
            .collect();
        let (still_changed, resolved): (Vec<ReportedText>, Vec<ReportedText>) =
            std::mem::take(&mut self.reading.reported)
                .into_iter()
                .partition(|reported| now.iter().any(|(of, hash)| reported.is_of(of, hash)));
        for ReportedText { notice, .. } in resolved {
            if !still_changed.iter().any(|other| other.notice == notice) {
                self.notices.dismiss(notice);
            }
        }
        let is_reported = |document: &Document, hash: &String| {
            let mut reported = still_changed.iter();
            reported.any(|reported| reported.is_of(document, hash))
        };
        let new: Vec<_> = now
            .into_iter()
            .filter(|(document, hash)| !is_reported(document, hash))
            .collect();
        let shared_notice =
            (new.len() > MAX_SEPARATE_NOTICES).then(|| self.report_many_changed_texts(&new));
        self.reading.reported = still_changed;
        for (document, hash) in new {
            let id = document.id.as_str().to_owned();
            let notice = shared_notice.unwrap_or_else(|| {
                let words = format!(
                    "The text of “{}” has changed since it was attached",
                    document.short
                );
                self.notices
                    .info_with_actions(words, changed_text_actions(&id))
            });
            self.reading.reported.push(ReportedText {
                document: id,
                hash,
                notice,
            });
        }
    }

    /// Says in one message that the texts of these documents have changed.
    fn report_many_changed_texts(&mut self, changed: &[(&Document, String)]) -> u64 {
        let ids = changed
            .iter()
            .map(|(document, _)| document.id.as_str().to_owned())
            .collect();
        let only = RecordSet {
            why: "Their texts have changed".into(),
            ids,
        };
        let words = format!(
            "The texts of {} documents have changed since they were attached",
            changed.len()
        );
        let show = Command::ShowOnly(RecordKind::Document, only);
        self.notices
            .info_with_actions(words, vec![("Show them", show)])
    }
}

impl ReportedText {
    fn is_of(&self, document: &Document, hash: &str) -> bool {
        self.document == document.id.as_str() && self.hash == hash
    }
}

/// What can be done about a text that has changed.
fn changed_text_actions(document: &str) -> Vec<(&'static str, Command)> {
    let look = Command::OpenReader {
        document: document.to_owned(),
        paragraph: None,
        phrase: None,
    };
    let accept = Command::Attach(AttachCommand::AcceptChanged(document.to_owned()));
    vec![("Look at it", look), ("Accept it as it is", accept)]
}
