//! Unsaved work that outlives its window.

use super::{Place, names};
use linchpin_files::{RecoveryJournal, RecoveryScan, UnsavedFile, UnsavedWork, scan_unsaved_work};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

fn unsaved(base: &str, draft: &str) -> UnsavedWork {
    UnsavedWork {
        origin: Some(PathBuf::from("/home/한/a.ron")),
        files: vec![UnsavedFile {
            path: Some(PathBuf::from("/home/한/a.ron")),
            base: base.as_bytes().into(),
            draft: draft.as_bytes().into(),
        }],
        when: UNIX_EPOCH + Duration::from_millis(1_700_000_000_123),
    }
}

impl Place {
    fn unsaved(&self) -> Vec<String> {
        names(&self.state().join("unsaved"))
    }

    fn found(&self) -> RecoveryScan {
        scan_unsaved_work(&self.state())
    }
}

/// Leaves work as a killed window does.
fn left(place: &Place, work: &UnsavedWork) {
    let mut journal = RecoveryJournal::new(&place.state()).unwrap();
    journal.store(work).unwrap();
}

#[test]
fn work_comes_back_as_it_was() {
    let place = Place::new();
    let mut work = unsaved("one\r\ntwo\nthree 셋", "one\r\n2\nthree 셋!");
    work.files.push(UnsavedFile {
        path: None,
        base: Arc::from(&b""[..]),
        draft: Arc::from(&b"a new file \xff"[..]),
    });
    left(&place, &work);
    let mut found = place.found();
    assert!(found.errors.is_empty());
    let lost = found.orphaned.pop().unwrap();
    assert!(found.orphaned.is_empty());
    assert_eq!(lost.unsaved, work);
    lost.discard().unwrap();
    assert!(place.found().orphaned.is_empty());
    assert_eq!(place.unsaved(), Vec::<String>::new());
}

#[test]
fn work_of_a_window_that_is_open_is_not_offered() {
    let place = Place::new();
    let mut journal = RecoveryJournal::new(&place.state()).unwrap();
    journal.store(&unsaved("a", "b")).unwrap();
    assert!(place.found().orphaned.is_empty());
    drop(journal);
    let lost = place.found();
    assert_eq!(lost.orphaned.len(), 1);
    // Two programs that start at once do not both offer it; one that is closed without an answer
    // offers it again.
    assert!(place.found().orphaned.is_empty());
    drop(lost);
    assert_eq!(place.found().orphaned.len(), 1);
}

#[test]
fn what_was_stored_last_counts() {
    let place = Place::new();
    let mut journal = RecoveryJournal::new(&place.state()).unwrap();
    for (base, draft) in [("base", "base 1"), ("base", "base 2"), ("saved", "saved 3")] {
        journal.store(&unsaved(base, draft)).unwrap();
    }
    drop(journal);
    assert_eq!(place.unsaved().len(), 3, "{:?}", place.unsaved());
    let lost = place.found().orphaned.pop().unwrap();
    assert_eq!(lost.unsaved, unsaved("saved", "saved 3"));
    // Taken over, it goes on.
    let (_, mut journal) = lost.into_parts();
    journal.store(&unsaved("saved", "saved 4")).unwrap();
    drop(journal);
    let lost = place.found().orphaned.pop().unwrap();
    assert_eq!(lost.unsaved, unsaved("saved", "saved 4"));
}

#[test]
fn what_is_saved_is_discarded() {
    let place = Place::new();
    let mut journal = RecoveryJournal::new(&place.state()).unwrap();
    journal.store(&unsaved("a", "b")).unwrap();
    journal.discard().unwrap();
    assert_eq!(place.unsaved().len(), 1);
    journal.store(&unsaved("b", "c")).unwrap();
    // Undone to the last step, nothing is unsaved.
    journal.store(&unsaved("b", "b")).unwrap();
    drop(journal);
    assert_eq!(place.unsaved(), Vec::<String>::new());
    assert!(place.found().orphaned.is_empty());
}

#[test]
fn the_base_is_written_once_and_a_draft_by_its_difference() {
    let place = Place::new();
    let base: Arc<[u8]> = vec![b'x'; 3 << 20].into();
    let mut journal = RecoveryJournal::new(&place.state()).unwrap();
    let mut work = unsaved("", "");
    let folder = place.state().join("unsaved");
    let base_file = || {
        let name = place
            .unsaved()
            .into_iter()
            .find(|n| n.contains(".base-"))
            .unwrap();
        folder.join(name)
    };
    for number in 0..3 {
        let mut draft = base.to_vec();
        draft[number] = b'y';
        work.files[0].base = base.clone();
        work.files[0].draft = draft.into();
        journal.store(&work).unwrap();
        if number == 0 {
            // Whoever writes it again would put it right.
            fs::write(base_file(), "left as it is").unwrap();
        }
    }
    assert_eq!(fs::read(base_file()).unwrap(), b"left as it is");
    let draft = place
        .unsaved()
        .into_iter()
        .find(|n| n.ends_with(".draft"))
        .unwrap();
    assert!(fs::metadata(folder.join(draft)).unwrap().len() < 1000);
}

#[test]
fn damage_is_reported_and_set_aside() {
    for ending in [".draft", ".base-"] {
        for cut in [true, false] {
            let place = Place::new();
            left(&place, &unsaved("the base", "the draft"));
            let folder = place.state().join("unsaved");
            let name = place
                .unsaved()
                .into_iter()
                .find(|n| n.contains(ending))
                .unwrap();
            let path = folder.join(&name);
            let mut bytes = fs::read(&path).unwrap();
            match cut {
                true => bytes.truncate(bytes.len() / 2),
                false => *bytes.last_mut().unwrap() ^= 1,
            }
            fs::write(&path, bytes).unwrap();
            let found = place.found();
            assert!(found.orphaned.is_empty());
            let [error] = found.errors.as_slice() else {
                panic!("{:?}", found.errors)
            };
            let message = error.to_string();
            assert!(
                message.contains("damaged and cannot be offered"),
                "{message}"
            );
            let aside = names(&place.state().join("damaged"));
            assert_eq!(aside.len(), 2, "{aside:?}");
            assert_eq!(place.unsaved(), Vec::<String>::new());
            // Reported once.
            assert!(place.found().errors.is_empty());
        }
    }
    // A base that is not there at all.
    let place = Place::new();
    left(&place, &unsaved("the base", "the draft"));
    let name = place
        .unsaved()
        .into_iter()
        .find(|n| n.contains(".base-"))
        .unwrap();
    fs::remove_file(place.state().join("unsaved").join(name)).unwrap();
    assert_eq!(place.found().errors.len(), 1);
}

/// Damages the draft that a killed window has left, and gives its path without the ending.
fn damaged_draft(place: &Place) -> PathBuf {
    left(place, &unsaved("the base", "the draft"));
    let drafts = place.unsaved().into_iter();
    let name = drafts.into_iter().find(|n| n.ends_with(".draft")).unwrap();
    let path = place.state().join("unsaved").join(name);
    fs::write(&path, "damaged").unwrap();
    path.with_extension("")
}

#[test]
fn damaged_work_that_cannot_be_moved_away_is_set_aside_where_it_is() {
    let place = Place::new();
    damaged_draft(&place);
    place.file("state/damaged", "a file where the folder would be");
    let found = place.found();
    let message = found.errors[0].to_string();
    let unsaved_folder = place.state().join("unsaved");
    assert!(
        message.ends_with(&format!("was put into {}", unsaved_folder.display())),
        "{message}"
    );
    drop(found);
    // All of it is still there, and it is not offered again.
    let kept = place.unsaved();
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert!(
        kept.iter().all(|name| name.contains(".damaged-")),
        "{kept:?}"
    );
    assert!(place.found().errors.is_empty());
    assert_eq!(place.unsaved(), kept);
}

#[test]
fn damaged_work_that_cannot_be_set_aside_is_told_and_stays() {
    let place = Place::new();
    let stem = damaged_draft(&place);
    place.file("state/damaged", "a file where the folder would be");
    // A folder that is not empty, where the draft would go.
    let taken = stem.with_extension("damaged-draft");
    fs::create_dir(&taken).unwrap();
    fs::write(taken.join("x"), "").unwrap();
    let found = place.found();
    let said: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
    assert!(
        said.iter()
            .any(|words| words.contains(".draft cannot be put out of the way")),
        "{said:?}"
    );
    drop(found);
    assert_eq!(fs::read(stem.with_extension("draft")).unwrap(), b"damaged");
}

#[test]
fn what_was_given_up_is_offered_no_more_even_where_it_cannot_be_removed() {
    let place = Place::new();
    left(&place, &unsaved("the base", "the draft"));
    let lost = place.found().orphaned.pop().unwrap();
    let drafts = place.unsaved().into_iter();
    let name = drafts.into_iter().find(|n| n.ends_with(".draft")).unwrap();
    let path = place.state().join("unsaved").join(name);
    // What removing a file cannot remove.
    let aside = place.at("aside");
    fs::rename(&path, &aside).unwrap();
    fs::create_dir(&path).unwrap();
    let refused = lost.discard().unwrap_err();
    assert_eq!(refused.path, path);
    assert!(refused.to_string().contains("offered again"), "{refused}");
    // One that is emptied is none.
    fs::remove_dir(&path).unwrap();
    fs::write(&path, "").unwrap();
    let found = place.found();
    assert!(found.errors.is_empty() && found.orphaned.is_empty());
}

#[test]
fn a_folder_that_takes_nothing_is_reported() {
    let place = Place::new();
    let file = place.file("plain", "");
    let message = RecoveryJournal::new(&file).unwrap_err().to_string();
    assert!(
        message.starts_with("Unsaved work cannot be kept in "),
        "{message}"
    );
    assert!(message.ends_with("save it soon"), "{message}");
    assert!(scan_unsaved_work(&file).orphaned.is_empty());
    assert!(
        scan_unsaved_work(&place.at("no such folder"))
            .errors
            .is_empty()
    );
}

#[cfg(unix)]
#[test]
fn what_is_stored_is_closed_to_others() {
    use std::os::unix::fs::MetadataExt as _;
    let place = Place::new();
    left(&place, &unsaved("a", "b"));
    let folder = place.state().join("unsaved");
    let mode = |path: PathBuf| fs::metadata(path).unwrap().mode() & 0o777;
    assert_eq!(mode(folder.clone()), 0o700);
    for name in place.unsaved() {
        if !name.ends_with(".open") {
            assert_eq!(mode(folder.join(&name)), 0o600, "{name}");
        }
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_links_among_unsaved_work_are_passed_over_and_named() {
    for (ending, is_pipe) in [
        ("open", true),
        ("draft", true),
        ("base", true),
        ("draft", false),
    ] {
        let place = Place::new();
        left(&place, &unsaved("a", "b"));
        let unsaved = place.state().join("unsaved");
        let name = names(&unsaved).into_iter();
        let name = name
            .into_iter()
            .find(|name| name.contains(&format!(".{ending}")))
            .unwrap();
        let path = unsaved.join(&name);
        let aside = place.at("aside");
        fs::rename(&path, &aside).unwrap();
        match is_pipe {
            true => super::make_pipe(&path),
            false => std::os::unix::fs::symlink(&aside, &path).unwrap(),
        }
        let found = place.found();
        assert!(found.orphaned.is_empty(), "{ending}");
        let said: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 1, "{ending}: {said:?}");
        assert!(
            said[0].contains(&format!("{name} is passed over")),
            "{said:?}"
        );
        // It is there again once that is out of the way.
        drop(found);
        fs::remove_file(&path).unwrap();
        fs::rename(&aside, &path).unwrap();
        assert_eq!(place.found().orphaned.len(), 1, "{ending}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_stored_is_closed_to_other_users() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    let mut journal = RecoveryJournal::new(&place.state()).unwrap();
    journal.store(&unsaved("a", "b")).unwrap();
    let folder = place.state().join("unsaved");
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(folder.clone()), 0o700);
    assert_eq!(place.unsaved().len(), 3);
    for name in place.unsaved() {
        assert_eq!(mode(folder.join(&name)), 0o600, "{name}");
    }
}
