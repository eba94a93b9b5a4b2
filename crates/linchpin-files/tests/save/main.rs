//! Saving a file and storing what is not saved: whatever is in the way, the old or the new text
//! stands whole, and errors say what to do.
//!
//! `.ci/faults` adds what needs a tracer: a kill at every step, a full disk, a disk that fails.

mod in_place;
mod journal;

use linchpin_files::{
    ReplacePolicy, SaveError, SaveErrorKind, SaveMethod, SavePrecondition, SavedFile,
    WriteErrorKind, read, save_in, write,
};
#[cfg(unix)]
use linchpin_task::{Task, fault_injection};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder for one test, removed at its end.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("linchpin-save-{}-{number}", std::process::id()));
        fs::create_dir_all(folder.join("state")).unwrap();
        Place(fs::canonicalize(folder).unwrap())
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        fs::write(self.at(name), text).unwrap();
        self.at(name)
    }

    fn state(&self) -> PathBuf {
        self.at("state")
    }

    fn save(
        &self,
        path: &Path,
        text: &str,
        expected: SavePrecondition<'_>,
    ) -> Result<SavedFile, SaveError> {
        save_in(path, text.as_bytes(), expected, Some(&self.state()))
    }

    /// What is in the folder besides the state.
    fn names(&self) -> Vec<String> {
        names(&self.0)
            .into_iter()
            .filter(|n| n != "state")
            .collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = entries
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A save that another program comes in between, after the old text was compared for the last time.
#[cfg(unix)]
fn save_with_another(
    place: &Place,
    file: &Path,
    other: impl FnOnce(),
) -> Result<SavedFile, SaveError> {
    let held = fault_injection::hold("Replacing the file");
    let (path, state) = (file.to_owned(), place.state());
    let saving = Task::new("Saving")
        .spawn(move |_| save_in(&path, b"new", SavePrecondition::Bytes(b"old"), Some(&state)));
    assert!(held.wait_until_reached());
    other();
    drop(held);
    saving.wait().unwrap()
}

#[cfg(unix)]
#[test]
fn what_another_program_writes_at_the_last_moment_is_told_and_stays() {
    use std::io::Write as _;
    let place = Place::new();
    let file = place.file("a.ron", "old");
    let mut open = fs::File::options().append(true).open(&file).unwrap();
    let refused = save_with_another(&place, &file, || open.write_all(b" and theirs").unwrap());
    let current = b"old and theirs".to_vec();
    assert_eq!(
        refused.unwrap_err().kind,
        SaveErrorKind::Changed { current }
    );
    // Whoever has it open goes on writing to the same file.
    open.write_all(b", still").unwrap();
    assert_eq!(text(&file), "old and theirs, still");
    assert_eq!(place.names(), ["a.ron"]);
    let expected = SavePrecondition::Bytes(b"old and theirs, still");
    assert_eq!(
        place.save(&file, "both", expected).unwrap().method,
        SaveMethod::Replaced
    );
    assert_eq!((text(&file).as_str(), place.names().len()), ("both", 1));
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn the_new_text_takes_the_place_of_the_old() {
    let place = Place::new();
    let file = place.file("a.ron", "old");
    let saved = place
        .save(&file, "new and longer", SavePrecondition::Bytes(b"old"))
        .unwrap();
    assert_eq!(
        (saved.method, saved.warning.clone(), saved.notice()),
        (SaveMethod::Replaced, None, None)
    );
    assert_eq!(saved.path, file);
    assert_eq!(text(&file), "new and longer");
    let again = place.save(
        &file,
        "new and longer",
        SavePrecondition::Bytes(b"new and longer"),
    );
    assert_eq!(again.unwrap().method, SaveMethod::Unchanged);
    place.save(&file, "", SavePrecondition::Any).unwrap();
    assert_eq!(text(&file), "");
    assert_eq!(place.names(), ["a.ron"]);
}

#[test]
fn a_new_file_overwrites_nothing() {
    let place = Place::new();
    let file = place.at("new.ron");
    let saved = place
        .save(&file, "text", SavePrecondition::NewFile)
        .unwrap();
    assert_eq!(saved.method, SaveMethod::Created);
    let refused = place
        .save(&file, "other", SavePrecondition::NewFile)
        .unwrap_err();
    assert_eq!(
        (&refused.path, &refused.kind),
        (&file, &SaveErrorKind::Exists)
    );
    assert!(refused.is_conflict());
    assert_eq!(text(&file), "text");
    assert_eq!(place.names(), ["new.ron"]);
    let nowhere = place.at("no/such/folder.ron");
    assert_eq!(
        place
            .save(&nowhere, "text", SavePrecondition::NewFile)
            .unwrap_err()
            .to_string(),
        format!(
            "Cannot save {}: its folder does not exist",
            nowhere.display()
        )
    );
}

#[test]
fn what_another_program_wrote_is_not_overwritten() {
    let place = Place::new();
    let file = place.file("a.ron", "theirs");
    let refused = place
        .save(&file, "mine", SavePrecondition::Bytes(b"old"))
        .unwrap_err();
    let current = b"theirs".to_vec();
    assert_eq!(refused.kind, SaveErrorKind::Changed { current });
    assert_eq!(
        refused.to_string(),
        format!(
            "Cannot save {}: another program has changed it since it was read; nothing was written",
            file.display()
        )
    );
    assert_eq!(text(&file), "theirs");
    // The caller may have seen it and agree.
    place
        .save(&file, "mine", SavePrecondition::Bytes(b"theirs"))
        .unwrap();
    assert_eq!(text(&file), "mine");
}

#[test]
fn a_vanished_file_is_reported_as_removed() {
    let place = Place::new();
    for gone in ["a.ron", "folder/that/is/gone/a.ron"] {
        let file = place.at(gone);
        let refused = place
            .save(&file, "new", SavePrecondition::Bytes(b"old"))
            .unwrap_err();
        assert_eq!((refused.path, refused.kind), (file, SaveErrorKind::Removed));
    }
    assert!(place.names().is_empty());
    place
        .save(&place.at("a.ron"), "new", SavePrecondition::Any)
        .unwrap();
    assert_eq!(text(&place.at("a.ron")), "new");
}

#[test]
fn a_folder_in_its_place_is_left_alone() {
    let place = Place::new();
    let file = place.at("a.ron");
    fs::create_dir(&file).unwrap();
    fs::write(file.join("inside"), "x").unwrap();
    for expected in [
        SavePrecondition::Bytes(b"old"),
        SavePrecondition::Any,
        SavePrecondition::NewFile,
    ] {
        let refused = place.save(&file, "new", expected).unwrap_err();
        assert_eq!(
            refused.to_string(),
            format!(
                "Cannot save {}: this is a folder, not a file; choose another name",
                file.display()
            )
        );
    }
    assert_eq!(text(&file.join("inside")), "x");
}

#[cfg(unix)]
#[test]
fn devices_are_left_alone() {
    let place = Place::new();
    let refused = place
        .save(Path::new("/dev/null"), "new", SavePrecondition::Any)
        .unwrap_err();
    assert!(
        matches!(refused.kind, SaveErrorKind::NotRegularFile(_)),
        "{refused}"
    );
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    fs::create_dir(place.at("far")).unwrap();
    let file = place.file("far/a.ron", "old");
    let link = place.at("link.ron");
    symlink("far/a.ron", &link).unwrap();
    let saved = place
        .save(&link, "new", SavePrecondition::Bytes(b"old"))
        .unwrap();
    assert_eq!(saved.path, file);
    assert_eq!(fs::read_link(&link).unwrap(), Path::new("far/a.ron"));
    assert_eq!(text(&file), "new");
    // One that leads to no file yet.
    let early = place.at("early.ron");
    symlink("far/b.ron", &early).unwrap();
    place
        .save(&early, "made", SavePrecondition::NewFile)
        .unwrap();
    assert_eq!(fs::read_link(&early).unwrap(), Path::new("far/b.ron"));
    assert_eq!(text(&place.at("far/b.ron")), "made");
    // Images and tables, too.
    write(&link, b"written", ReplacePolicy::Any).unwrap();
    assert_eq!(fs::read_link(&link).unwrap(), Path::new("far/a.ron"));
    assert_eq!(text(&file), "written");
    assert_eq!(names(&place.at("far")), ["a.ron", "b.ron"]);
}

#[cfg(unix)]
#[test]
fn the_mode_is_kept_and_a_read_only_file_refused() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let place = Place::new();
    let file = place.file("a.ron", "old");
    let set = |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    let mode = || fs::metadata(&file).unwrap().mode() & 0o7777;
    let mut old = String::from("old");
    for bits in [0o600, 0o640, 0o664, 0o755, 0o666] {
        set(bits);
        let new = format!("saved with {bits:o}");
        place
            .save(&file, &new, SavePrecondition::Bytes(old.as_bytes()))
            .unwrap();
        assert_eq!(mode(), bits);
        old = new;
    }
    set(0o444);
    for expected in [
        SavePrecondition::Bytes(old.as_bytes()),
        SavePrecondition::Any,
    ] {
        let refused = place.save(&file, "new", expected).unwrap_err();
        assert_eq!(
            refused.to_string(),
            format!(
                "Cannot save {}: it is read-only; save it under another name, or allow writing to \
                this file first",
                file.display()
            )
        );
    }
    assert_eq!((text(&file), mode()), (old, 0o444));
    assert_eq!(place.names(), ["a.ron"]);
}

#[test]
fn two_that_save_at_once_do_not_mix() {
    let place = Place::new();
    let file = place.file("a.ron", "0");
    // Each writer adds a line to what it has read, and reads again where the other was quicker: no
    // line may be lost.
    let each = 40;
    let write = |name: &str| {
        for number in 0..each {
            loop {
                let old = read(&file).unwrap();
                let new = format!(
                    "{}\n{name}{number}",
                    String::from_utf8(old.clone()).unwrap()
                );
                match place.save(&file, &new, SavePrecondition::Bytes(&old)) {
                    Ok(_) => break,
                    Err(error) if matches!(error.kind, SaveErrorKind::Changed { .. }) => {}
                    Err(error) => panic!("{error}"),
                }
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| write("a"));
        scope.spawn(|| write("b"));
    });
    let text = text(&file);
    for name in ["a", "b"] {
        for number in 0..each {
            assert!(
                text.lines().any(|l| l == format!("{name}{number}")),
                "{text}"
            );
        }
    }
    assert_eq!(text.lines().count(), 1 + 2 * each);
    assert_eq!(place.names(), ["a.ron"]);
}

#[test]
fn two_that_make_one_file_do_not_mix() {
    let place = Place::new();
    for number in 0..20 {
        let file = place.at(&format!("{number}.ron"));
        let make = |text: &str| place.save(&file, text, SavePrecondition::NewFile).is_ok();
        let (one, two) = std::thread::scope(|scope| {
            let one = scope.spawn(|| make("one"));
            let two = scope.spawn(|| make("two"));
            (one.join().unwrap(), two.join().unwrap())
        });
        assert_ne!(one, two);
        assert_eq!(text(&file), if one { "one" } else { "two" });
    }
    assert_eq!(place.names().len(), 20);
}

#[test]
fn what_a_killed_save_left_is_removed() {
    let place = Place::new();
    let file = place.file("a.ron", "old");
    // Killed programs cannot be had here: a name as they leave it, taken from a save that is under
    // way.
    let stray = stray_of(&place, &file);
    fs::write(place.at(&stray), "half a te").unwrap();
    let mine = place.file(".a.ron.backup", "a user's own");
    place
        .save(&file, "new", SavePrecondition::Bytes(b"old"))
        .unwrap();
    assert_eq!(place.names(), [".a.ron.backup", "a.ron"]);
    assert_eq!(text(&mine), "a user's own");
}

/// The name of the new file while a save is under way.
fn stray_of(place: &Place, file: &Path) -> String {
    let big = "x".repeat(4 << 20);
    // It is there for a moment only.
    for _ in 0..1000 {
        let found = std::thread::scope(|scope| {
            let saving = scope.spawn(|| place.save(file, &big, SavePrecondition::Any).map(drop));
            let mut found = None;
            while !saving.is_finished() && found.is_none() {
                found = place.names().into_iter().find(|n| n.ends_with(".saving"));
            }
            saving.join().unwrap().unwrap();
            found
        });
        fs::write(file, "old").unwrap();
        if let Some(found) = found {
            return found;
        }
    }
    panic!("no save puts a new file next to the old one")
}

/// A pipe that nobody reads or writes: opening it would wait for ever.
#[cfg(unix)]
fn make_pipe(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

#[test]
fn a_result_replaces_only_what_it_may() {
    let place = Place::new();
    let put = |name: &str, policy| write(&place.at(name), b"new", policy).map_err(|e| e.kind);
    let is_ours = |bytes: &[u8]| bytes.starts_with(b"ours");
    let known = ReplacePolicy::Known(&is_ours);
    // The old bytes, what may be replaced, whether it is.
    for (old, policy, is_written) in [
        (None, ReplacePolicy::Nothing, true),
        (Some(""), ReplacePolicy::Nothing, true),
        (Some("new"), ReplacePolicy::Nothing, true),
        (Some("ours"), ReplacePolicy::Nothing, false),
        (Some("ours"), known, true),
        (Some("theirs"), known, false),
        (Some("theirs"), ReplacePolicy::Any, true),
    ] {
        let _ = fs::remove_file(place.at("out"));
        if let Some(old) = old {
            place.file("out", old);
        }
        let written = put("out", policy);
        assert_eq!(written.is_ok(), is_written, "{old:?}");
        let now = text(&place.at("out"));
        match is_written {
            true => assert_eq!(now, "new"),
            false => {
                assert_eq!(written, Err(WriteErrorKind::Foreign));
                assert_eq!(Some(now.as_str()), old);
            }
        }
    }
}
