//! Files that must be written in place, with a backup of the old text meanwhile.

use super::{Place, names, text};
use linchpin_files::{
    BackupError, InPlaceReason, SaveErrorKind, SaveMethod, SavePrecondition,
    find_interrupted_saves, save_in,
};
#[cfg(unix)]
use linchpin_task::{Task, fault_injection};
use std::fs;

#[cfg(unix)]
#[test]
fn a_file_with_two_names_keeps_them() {
    use std::os::unix::fs::MetadataExt as _;
    let place = Place::new();
    let file = place.file("a.ron", "old text");
    let other = place.at("other.ron");
    fs::hard_link(&file, &other).unwrap();
    let mut old = String::from("old text");
    for new in ["a longer text than before", "short", ""] {
        let saved = place
            .save(&file, new, SavePrecondition::Bytes(old.as_bytes()))
            .unwrap();
        assert_eq!(saved.method, SaveMethod::InPlace(InPlaceReason::HardLinks));
        assert!(saved.notice().unwrap().contains("known by several names"));
        assert_eq!((text(&file), text(&other)), (new.into(), new.into()));
        old = new.into();
    }
    assert_eq!(fs::metadata(&file).unwrap().nlink(), 2);
    assert!(names(&place.state().join("kept")).is_empty());
    assert_eq!(place.names(), ["a.ron", "other.ron"]);
}

#[cfg(unix)]
#[test]
fn without_a_place_for_the_backup_nothing_is_written() {
    let place = Place::new();
    let file = place.file("a.ron", "old");
    fs::hard_link(&file, place.at("other.ron")).unwrap();
    let no_folder = place.file("a-file", "");
    for state in [None, Some(no_folder.as_path())] {
        let refused = save_in(&file, b"new", SavePrecondition::Bytes(b"old"), state).unwrap_err();
        assert!(
            refused
                .to_string()
                .contains("nowhere to keep a copy of the old text"),
            "{refused}"
        );
        assert_eq!(text(&file), "old");
    }
}

#[cfg(unix)]
#[test]
fn a_closed_folder_does_not_keep_a_file_from_being_saved() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    fs::create_dir(place.at("closed")).unwrap();
    let file = place.file("closed/a.ron", "old");
    let mode = |mode| fs::set_permissions(place.at("closed"), fs::Permissions::from_mode(mode));
    mode(0o555).unwrap();
    // To an administrator no folder is closed.
    let closed = fs::write(place.at("closed/try"), "").is_err();
    let saved = place
        .save(&file, "new", SavePrecondition::Bytes(b"old"))
        .unwrap();
    let made = place.save(&place.at("closed/b.ron"), "new", SavePrecondition::NewFile);
    mode(0o755).unwrap();
    assert_eq!(text(&file), "new");
    if closed {
        assert_eq!(
            saved.method,
            SaveMethod::InPlace(InPlaceReason::CannotReplace)
        );
        let refused = made.unwrap_err();
        assert!(
            refused
                .to_string()
                .ends_with("its folder takes no new files; choose another folder"),
            "{refused}"
        );
        assert_eq!(names(&place.at("closed")), ["a.ron"]);
    }
}

/// A backup as a save leaves it that is killed midway: taken from one that is held right before it
/// writes.
#[cfg(unix)]
fn broken_off(place: &Place, now: &str) {
    let file = place.file("a.ron", "old");
    fs::hard_link(&file, place.at("other.ron")).unwrap();
    let backups = place.state().join("kept");
    let held = fault_injection::hold("Writing in place");
    let (path, state) = (file.clone(), place.state());
    let saving = Task::new("Saving").spawn(move |_| {
        let new = "n".repeat(8 << 20);
        save_in(
            &path,
            new.as_bytes(),
            SavePrecondition::Bytes(b"old"),
            Some(&state),
        )
        .map(drop)
    });
    assert!(held.wait_until_reached());
    let name = names(&backups).pop().unwrap();
    let bytes = fs::read(backups.join(name)).unwrap();
    drop(held);
    saving.wait().unwrap().unwrap();
    fs::write(backups.join("0123456789abcdef.kept"), bytes).unwrap();
    fs::write(&file, now).unwrap();
}

#[cfg(unix)]
#[test]
fn a_partially_written_file_is_put_back() {
    let place = Place::new();
    broken_off(&place, "nnd");
    let mut found = find_interrupted_saves(&place.state());
    assert!(found.errors.is_empty());
    let interrupted = found.files.pop().unwrap();
    assert!(found.files.is_empty());
    assert_eq!(interrupted.path, place.at("a.ron"));
    assert_eq!(
        (interrupted.old.as_slice(), interrupted.current.as_slice()),
        (&b"old"[..], &b"nnd"[..])
    );
    // Two programs that start at once do not both offer it; one that is closed without an answer
    // offers it again.
    assert!(find_interrupted_saves(&place.state()).files.is_empty());
    drop(interrupted);
    let interrupted = find_interrupted_saves(&place.state()).files.pop().unwrap();
    interrupted.restore().unwrap();
    assert_eq!(text(&place.at("a.ron")), "old");
    assert!(names(&place.state().join("kept")).is_empty());
}

#[cfg(unix)]
#[test]
fn a_file_that_was_changed_meanwhile_is_not_put_back() {
    let place = Place::new();
    broken_off(&place, "nnd");
    let interrupted = find_interrupted_saves(&place.state()).files.pop().unwrap();
    let file = place.file("a.ron", "fixed by hand");
    let refused = interrupted.restore().unwrap_err();
    assert!(matches!(refused.kind, SaveErrorKind::Changed { .. }));
    assert_eq!(text(&file), "fixed by hand");
    find_interrupted_saves(&place.state())
        .files
        .pop()
        .unwrap()
        .discard_backup()
        .unwrap();
    assert_eq!(text(&file), "fixed by hand");
    assert!(names(&place.state().join("kept")).is_empty());
}

#[cfg(unix)]
#[test]
fn whole_files_are_not_offered() {
    let new = "n".repeat(8 << 20);
    for now in ["old", new.as_str()] {
        let place = Place::new();
        broken_off(&place, now);
        let found = find_interrupted_saves(&place.state());
        assert!(found.files.is_empty() && found.errors.is_empty());
        assert!(names(&place.state().join("kept")).is_empty());
    }
}

#[cfg(unix)]
#[test]
fn damaged_backups_are_set_aside() {
    let place = Place::new();
    broken_off(&place, "nnd");
    let backups = place.state().join("kept/0123456789abcdef.kept");
    let whole = fs::read(&backups).unwrap();
    let mut bytes = whole.clone();
    *bytes.last_mut().unwrap() = b'x';
    fs::write(&backups, &bytes).unwrap();
    let found = find_interrupted_saves(&place.state());
    assert!(found.files.is_empty());
    let damaged = &found.errors[0];
    assert!(matches!(damaged, BackupError::Damaged { .. }), "{damaged}");
    assert!(damaged.to_string().contains("damaged"), "{damaged}");
    assert_eq!(
        names(&place.state().join("kept")),
        ["0123456789abcdef.damaged"]
    );
    // Where that name is taken by something else, it stays and is told.
    fs::remove_file(backups.with_extension("damaged")).unwrap();
    fs::create_dir(backups.with_extension("damaged")).unwrap();
    fs::write(&backups, &bytes).unwrap();
    let stays = find_interrupted_saves(&place.state()).errors.pop().unwrap();
    assert!(
        stays.to_string().contains("cannot be put out of the way"),
        "{stays}"
    );
    assert!(backups.exists());
    fs::remove_dir(backups.with_extension("damaged")).unwrap();
    fs::write(backups.with_extension("damaged"), &bytes).unwrap();
    // One that was never finished: the file had not been touched yet.
    fs::write(&backups, &whole[..whole.len() - 1]).unwrap();
    let found = find_interrupted_saves(&place.state());
    assert!(found.files.is_empty() && found.errors.is_empty());
    assert_eq!(
        names(&place.state().join("kept")),
        ["0123456789abcdef.damaged"]
    );
    // One whose file is on a disk that is not there today.
    fs::write(&backups, &whole).unwrap();
    fs::remove_file(place.at("a.ron")).unwrap();
    let found = find_interrupted_saves(&place.state());
    let missing = found.errors[0].to_string();
    assert!(missing.contains("cannot be read now"), "{missing}");
    assert!(backups.exists());
}

#[cfg(unix)]
#[test]
fn what_was_written_long_after_a_save_has_changed_since() {
    let place = Place::new();
    broken_off(&place, "nnd");
    let file = fs::File::options()
        .append(true)
        .open(place.at("a.ron"))
        .unwrap();
    let now = std::time::SystemTime::now();
    for (minutes, has_changed) in [(0, false), (60, true)] {
        let modified = now + std::time::Duration::from_secs(minutes * 60);
        file.set_modified(modified).unwrap();
        let interrupted = find_interrupted_saves(&place.state()).files.pop().unwrap();
        assert_eq!(interrupted.has_changed_since(), has_changed, "{minutes}");
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_links_among_the_backups_are_passed_over_and_named() {
    let place = Place::new();
    let backups = place.state().join("kept");
    fs::create_dir_all(&backups).unwrap();
    let foreign = place.file("foreign", "mine");
    std::os::unix::fs::symlink(&foreign, backups.join("1.kept")).unwrap();
    super::make_pipe(&backups.join("2.kept"));
    let found = find_interrupted_saves(&place.state());
    assert!(found.files.is_empty());
    let mut said: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
    said.sort();
    assert_eq!(said.len(), 2, "{said:?}");
    for (words, name) in said
        .iter()
        .zip(["1.kept is passed over", "2.kept is passed over"])
    {
        assert!(words.contains(name), "{words}");
    }
    assert_eq!(names(&backups), ["1.kept", "2.kept"]);
    assert_eq!(text(&foreign), "mine");
}
