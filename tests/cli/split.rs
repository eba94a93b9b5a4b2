//! `split`: a register in one file made into a folder of files.

use crate::program::{SMALL, file, linchpin, refusal, result};
use std::fs;
use std::path::Path;

fn fresh(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

#[test]
fn a_folder_takes_the_place_of_the_file() {
    let folder = fresh("split-up");
    file("split-a.ron", SMALL);
    let said = linchpin(&["split", "split-a.ron", "--to", "split-up"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), ""));
    assert_eq!(
        said.err,
        "linchpin: Wrote 2 files into split-up: the head in register.ron, each list in its own\n"
    );
    assert!(folder.join("parties.ron").is_file() && folder.join("register.ron").is_file());
    let table = |register: &str| result(&["table", register, "parties", "--format", "json"]);
    assert_eq!(table("split-up"), table("split-a.ron"));
    let again = refusal(&["split", "split-a.ron", "--to", "split-up"]);
    assert!(
        again.contains("split-up holds .ron files already"),
        "{again}"
    );
    assert!(refusal(&["split", "split-up", "--to", "x"]).contains("is a folder already"));
}

#[test]
fn what_cannot_be_split_or_written_leaves_nothing_behind() {
    let folder = fresh("split-no");
    file("split-b.ron", &SMALL.replace("Office", "Ofice"));
    let said = refusal(&["split", "split-b.ron", "--to", "split-no"]);
    assert!(said.contains("cannot be read in full"), "{said}");
    assert!(!folder.exists());
    file("split-c.ron", SMALL);
    let said = refusal(&["split", "split-c.ron", "--to", "no/such/folder"]);
    assert!(
        said.contains("the folder around it does not exist"),
        "{said}"
    );
    // A folder stands where a file should go: the other file is taken back.
    fs::create_dir_all(folder.join("register.ron")).unwrap();
    refusal(&["split", "split-c.ron", "--to", "split-no"]);
    assert!(!folder.join("parties.ron").exists());
}
