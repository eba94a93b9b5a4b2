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
    let output = linchpin(&["split", "split-a.ron", "--to", "split-up"]);
    assert_eq!((output.code, output.out.as_str()), (Some(0), ""));
    assert_eq!(
        output.err,
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
    let output = refusal(&["split", "split-b.ron", "--to", "split-no"]);
    assert!(output.contains("cannot be read in full"), "{output}");
    assert!(!folder.exists());
    file("split-c.ron", SMALL);
    let output = refusal(&["split", "split-c.ron", "--to", "no/such/folder"]);
    assert!(
        output.contains("the folder around it does not exist"),
        "{output}"
    );
    // A folder stands where a file should go: the other file is taken back.
    fs::create_dir_all(folder.join("register.ron")).unwrap();
    refusal(&["split", "split-c.ron", "--to", "split-no"]);
    assert!(!folder.join("parties.ron").exists());
}
