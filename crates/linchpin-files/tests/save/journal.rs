//! Unsaved work that outlives its window.

use super::{Place, names};
use linchpin_files::{Found, Journal, Unsaved, UnsavedFile, found};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

fn unsaved(base: &str, draft: &str) -> Unsaved {
    Unsaved {
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

    fn found(&self) -> Found {
        found(&self.state())
    }
}

/// Leaves work as a killed window does.
fn left(place: &Place, work: &Unsaved) {
    let mut journal = Journal::new(&place.state()).unwrap();
    journal.keep(work).unwrap();
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
    assert!(found.trouble.is_empty());
    let lost = found.lost.pop().unwrap();
    assert!(found.lost.is_empty());
    assert_eq!(lost.unsaved, work);
    lost.forget();
    assert!(place.found().lost.is_empty());
    assert_eq!(place.unsaved(), Vec::<String>::new());
}

#[test]
fn work_of_a_window_that_is_open_is_not_offered() {
    let place = Place::new();
    let mut journal = Journal::new(&place.state()).unwrap();
    journal.keep(&unsaved("a", "b")).unwrap();
    assert!(place.found().lost.is_empty());
    drop(journal);
    let lost = place.found();
    assert_eq!(lost.lost.len(), 1);
    // Two programs that start at once do not both offer it; one that is closed without an answer
    // offers it again.
    assert!(place.found().lost.is_empty());
    drop(lost);
    assert_eq!(place.found().lost.len(), 1);
}

#[test]
fn the_last_keeping_counts() {
    let place = Place::new();
    let mut journal = Journal::new(&place.state()).unwrap();
    for (base, draft) in [("base", "base 1"), ("base", "base 2"), ("saved", "saved 3")] {
        journal.keep(&unsaved(base, draft)).unwrap();
    }
    drop(journal);
    assert_eq!(place.unsaved().len(), 3, "{:?}", place.unsaved());
    let lost = place.found().lost.pop().unwrap();
    assert_eq!(lost.unsaved, unsaved("saved", "saved 3"));
    // Taken over, it goes on.
    let (_, mut journal) = lost.take();
    journal.keep(&unsaved("saved", "saved 4")).unwrap();
    drop(journal);
    let lost = place.found().lost.pop().unwrap();
    assert_eq!(lost.unsaved, unsaved("saved", "saved 4"));
}

#[test]
fn what_is_saved_is_forgotten() {
    let place = Place::new();
    let mut journal = Journal::new(&place.state()).unwrap();
    journal.keep(&unsaved("a", "b")).unwrap();
    journal.forget();
    assert_eq!(place.unsaved().len(), 1);
    journal.keep(&unsaved("b", "c")).unwrap();
    // Undone to the last step, nothing is unsaved.
    journal.keep(&unsaved("b", "b")).unwrap();
    drop(journal);
    assert_eq!(place.unsaved(), Vec::<String>::new());
    assert!(place.found().lost.is_empty());
}

#[test]
fn the_base_is_written_once_and_a_draft_by_its_difference() {
    let place = Place::new();
    let base: Arc<[u8]> = vec![b'x'; 3 << 20].into();
    let mut journal = Journal::new(&place.state()).unwrap();
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
        journal.keep(&work).unwrap();
        if number == 0 {
            // Whoever writes it again would mend it.
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
fn damage_is_said_and_set_aside() {
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
            assert!(found.lost.is_empty());
            let [said] = found.trouble.as_slice() else {
                panic!("{:?}", found.trouble)
            };
            assert!(said.contains("damaged and cannot be offered"), "{said}");
            let aside = names(&place.state().join("damaged"));
            assert_eq!(aside.len(), 2, "{aside:?}");
            assert_eq!(place.unsaved(), Vec::<String>::new());
            // Said once.
            assert!(place.found().trouble.is_empty());
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
    assert_eq!(place.found().trouble.len(), 1);
}

#[test]
fn a_folder_that_takes_nothing_is_said() {
    let place = Place::new();
    let file = place.file("plain", "");
    let said = Journal::new(&file).unwrap_err();
    assert!(
        said.starts_with("Unsaved work cannot be kept in "),
        "{said}"
    );
    assert!(said.ends_with("save it soon"), "{said}");
    assert!(found(&file).lost.is_empty());
    assert!(found(&place.at("no such folder")).trouble.is_empty());
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_closed_to_others() {
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
