//! Other programs write in chunks, with pauses, and what they write is looked at between any two of
//! them.

use super::*;
use std::cell::{Cell, RefCell};
use std::fs::{self, File};

/// A folder of its own, removed at the end.
struct TestFolder(PathBuf);

impl TestFolder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("linchpin-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        TestFolder(folder)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for TestFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn register(title: &str) -> String {
    let party = |n: usize| format!("    (id: \"p{n}\", name: \"Party {n}\", kind: Office),\n");
    let parties: String = (0..40).map(party).collect();
    format!("(format: 1, title: \"{title}\", parties: [\n{parties}])\n")
}

/// The next text that is told within some looks.
fn told<S: WatchSource>(poller: &mut RegisterPoller<S>, looks: u32) -> Option<String> {
    let mut news = (0..looks).filter_map(|_| poller.poll());
    news.next()
        .map(|read| read.map_or_else(|error| error, |loaded| loaded.text.to_string()))
}

/// Looks enough for anything.
const MANY: u32 = 3 * LOOKS_UNTIL_BROKEN;

#[test]
fn a_file_that_is_written_in_chunks_is_read_once_and_whole() {
    let folder = TestFolder::new("chunks");
    let (first, second) = (register("One"), register("Another"));
    let path = folder.write("a.ron", &first);
    let mut poller = RegisterPoller::new(&path, FileSource::default());
    assert_eq!(told(&mut poller, 1), Some(first));
    for end in (0..second.len()).step_by(100) {
        fs::write(&path, &second[..end]).unwrap();
        // A writer is slower than two looks, and once slower than any.
        let looks = if end == 500 { LOOKS_UNTIL_BROKEN } else { 3 };
        for look in 1..looks {
            assert!(poller.poll().is_none(), "byte {end}, look {look}");
        }
        assert!(poller.is_waiting());
    }
    fs::write(&path, &second).unwrap();
    assert_eq!(told(&mut poller, LOOKS_UNTIL_STILL), Some(second));
    assert_eq!(told(&mut poller, MANY), None);
    assert!(!poller.is_waiting());
}

#[test]
fn what_stays_broken_is_told() {
    let folder = TestFolder::new("stays-broken");
    let first = register("One");
    let path = folder.write("a.ron", &first);
    let mut poller = RegisterPoller::new(&path, FileSource::default());
    assert!(poller.poll().is_some());
    fs::write(&path, &first[..500]).unwrap();
    assert_eq!(told(&mut poller, LOOKS_UNTIL_BROKEN - 1), None);
    assert_eq!(told(&mut poller, 1).as_deref(), Some(&first[..500]));
    // What is broken already may be broken otherwise.
    fs::write(&path, &first[..600]).unwrap();
    assert_eq!(
        told(&mut poller, LOOKS_UNTIL_STILL).as_deref(),
        Some(&first[..600])
    );
    // Back again before anybody was told of anything else.
    fs::write(&path, &first).unwrap();
    assert_eq!(told(&mut poller, LOOKS_UNTIL_STILL), Some(first.clone()));
    fs::write(&path, &first[..500]).unwrap();
    assert_eq!(told(&mut poller, 5), None);
    fs::write(&path, &first).unwrap();
    assert_eq!(told(&mut poller, MANY), None);
}

#[test]
fn a_file_that_is_opened_while_it_is_written_is_waited_for() {
    let folder = TestFolder::new("opened-early");
    let text = register("One");
    let path = folder.write("a.ron", &text[..500]);
    let mut poller = RegisterPoller::new(&path, FileSource::default());
    assert_eq!(told(&mut poller, 5), None);
    fs::write(&path, &text[..700]).unwrap();
    assert_eq!(told(&mut poller, 5), None);
    fs::write(&path, &text).unwrap();
    assert_eq!(told(&mut poller, LOOKS_UNTIL_STILL), Some(text.clone()));
    // One that has lain there for long is broken, and is shown at once.
    let path = folder.write("b.ron", &text[..500]);
    let source = OldFile(FileSource::default());
    assert_eq!(
        told(&mut RegisterPoller::new(&path, source), 1).as_deref(),
        Some(&text[..500])
    );
}

/// A file of which nobody knows when it was written.
struct OldFile(FileSource);

impl WatchSource for OldFile {
    type Look = Option<FileSignature>;
    type Known = FileKnown;

    fn look(&self, path: &Path) -> Self::Look {
        self.0.look(path)
    }

    fn signatures(_: &Self::Look) -> Vec<&FileSignature> {
        Vec::new()
    }

    fn is_known(&self, look: &Self::Look) -> bool {
        self.0.is_known(look)
    }

    fn read(
        &self,
        path: &Path,
        look: &Self::Look,
        anew: bool,
        tell: bool,
    ) -> Result<SourceReading<FileKnown>, String> {
        self.0.read(path, look, anew, tell)
    }

    fn set_known(&mut self, known: FileKnown) {
        self.0.set_known(known);
    }
}

#[test]
fn a_file_that_is_gone_for_a_moment_is_no_error() {
    let folder = TestFolder::new("gone");
    let (first, second) = (register("One"), register("Two"));
    let path = folder.write("a.ron", &first);
    let mut poller = RegisterPoller::new(&path, FileSource::default());
    assert!(poller.poll().is_some());
    fs::remove_file(&path).unwrap();
    assert_eq!(told(&mut poller, LOOKS_UNTIL_STILL - 1), None);
    fs::write(&path, &second).unwrap();
    assert_eq!(told(&mut poller, MANY), Some(second.clone()));
    fs::remove_file(&path).unwrap();
    let error = told(&mut poller, MANY).unwrap();
    assert!(error.ends_with("there is no such file"), "{error}");
    assert_eq!(told(&mut poller, MANY), None);
    fs::write(&path, &second).unwrap();
    assert_eq!(told(&mut poller, MANY), Some(second));
}

/// A disk whose clock stands still.
struct StandingClock {
    signature: FileSignature,
    looks: Cell<u32>,
    text: RefCell<String>,
    reads: Cell<u32>,
    /// Writes so often while it is read.
    writes: Cell<u32>,
    known: Option<String>,
}

impl WatchSource for StandingClock {
    type Look = (u32, FileSignature);
    type Known = String;

    fn look(&self, _: &Path) -> Self::Look {
        (self.looks.get(), self.signature.clone())
    }

    fn signatures(look: &Self::Look) -> Vec<&FileSignature> {
        vec![&look.1]
    }

    fn is_known(&self, _: &Self::Look) -> bool {
        self.known.is_some()
    }

    fn read(
        &self,
        _: &Path,
        _: &Self::Look,
        _: bool,
        tell: bool,
    ) -> Result<SourceReading<String>, String> {
        self.reads.set(self.reads.get() + 1);
        if let Some(left) = self.writes.get().checked_sub(1) {
            self.writes.set(left);
            self.looks.set(self.looks.get() + 1);
        }
        let text = self.text.borrow().clone();
        if !tell && self.known.as_ref() == Some(&text) {
            return Ok(SourceReading::Same(text));
        }
        let loaded = Box::new(load(text.as_str(), Vec::new()));
        Ok(SourceReading::New(loaded, text))
    }

    fn set_known(&mut self, known: String) {
        self.known = Some(known);
    }
}

fn standing_clock(folder: &TestFolder, writes: u32) -> RegisterPoller<StandingClock> {
    let path = folder.write("a.ron", "");
    // Of a time to come nobody can say whether the clock has moved on.
    let file = File::options().write(true).open(&path).unwrap();
    file.set_modified(SystemTime::now() + Duration::from_secs(3_600))
        .unwrap();
    let source = StandingClock {
        signature: file_signature(&path).unwrap(),
        looks: Cell::new(0),
        text: RefCell::new(register("One")),
        reads: Cell::new(0),
        writes: Cell::new(writes),
        known: None,
    };
    RegisterPoller::new(&path, source)
}

#[test]
fn where_a_change_may_look_like_none_the_bytes_are_compared_once_more() {
    let folder = TestFolder::new("clock");
    let mut poller = standing_clock(&folder, 0);
    assert_eq!(told(&mut poller, 1), Some(register("One")));
    *poller.source.text.borrow_mut() = register("Two");
    assert_eq!(told(&mut poller, LOOKS_UNTIL_COMPARED - 1), None);
    assert_eq!(told(&mut poller, 1), Some(register("Two")));
    // Once: a large file is not read again and again.
    assert_eq!(told(&mut poller, MANY), None);
    assert_eq!(poller.source.reads.get(), 2);
}

#[test]
fn what_is_written_while_it_is_read_is_not_told() {
    let folder = TestFolder::new("while-read");
    let mut poller = standing_clock(&folder, 2);
    assert_eq!(told(&mut poller, 1), None);
    assert_eq!(told(&mut poller, MANY), Some(register("One")));
    assert_eq!(poller.source.reads.get(), 3);
}

#[test]
fn of_a_folder_only_what_has_changed_is_read_again() {
    let folder = TestFolder::new("folder-looks");
    let write = |name: &str, title: &str| {
        folder.write(name, &format!("(format: 1, title: \"{title}\")"));
    };
    write("a.ron", "One");
    write("b.ron", "One");
    let mut poller = RegisterPoller::new(&folder.0, FolderSource::default());
    let first = told(&mut poller, 1).unwrap();
    assert_eq!(told(&mut poller, 2), None);
    poller.request();
    assert_eq!(told(&mut poller, 1), Some(first));
    write("b.ron", "Three");
    let second = told(&mut poller, LOOKS_UNTIL_STILL).unwrap();
    assert!(second.contains("One") && second.contains("Three"));
    // Touched, but the same: read and found unchanged.
    write("b.ron", "Three");
    assert_eq!(told(&mut poller, MANY), None);
    fs::remove_dir_all(&folder.0).unwrap();
    assert!(told(&mut poller, MANY).unwrap().contains("no such folder"));
}

#[test]
fn files_of_a_folder_that_come_one_after_another_are_read_together() {
    let folder = TestFolder::new("checkout");
    let parties =
        |id: &str| format!("(format: 1, parties: [(id: \"{id}\", name: \"N\", kind: Office)])");
    for name in ["a", "b", "c"] {
        folder.write(&format!("{name}.ron"), &parties(name));
    }
    let mut poller = RegisterPoller::new(&folder.0, FolderSource::default());
    assert!(poller.poll().is_some());
    // As a version control does it: each is taken away, then comes anew.
    for name in ["a", "b", "c"] {
        fs::remove_file(folder.0.join(format!("{name}.ron"))).unwrap();
        assert_eq!(
            told(&mut poller, LOOKS_UNTIL_STILL - 1),
            None,
            "{name} is gone"
        );
        folder.write(&format!("{name}.ron"), &parties(&name.to_uppercase()));
        assert_eq!(
            told(&mut poller, LOOKS_UNTIL_STILL - 1),
            None,
            "{name} is there"
        );
    }
    let all = told(&mut poller, 1).unwrap();
    assert!(all.contains("\"A\"") && all.contains("\"B\"") && all.contains("\"C\""));
}
