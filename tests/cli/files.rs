//! What is read and written, and what cannot be.

use crate::program::{SMALL, file, ids, program, read_output, refusal, result};
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;

#[test]
fn a_table_goes_to_a_file_but_never_over_its_register() {
    let small = file("small-3.ron", SMALL);
    let small = small.to_str().unwrap();
    file("out.json", "");
    assert_eq!(result(&["table", small, "parties", "--to", "out.json"]), "");
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("out.json");
    assert_eq!(
        ids(&fs::read_to_string(out).unwrap()),
        ["us", "rok", "formula"]
    );
    assert!(
        refusal(&[
            "table",
            small,
            "parties",
            "--to",
            "./small-3.ron",
            "--format",
            "csv"
        ])
        .contains("is the register itself")
    );
    assert_eq!(fs::read_to_string(small).unwrap(), SMALL);
    assert_eq!(
        refusal(&["table", small, "parties", "--to", "no/such/folder.csv"]),
        "linchpin: Cannot write no/such/folder.csv: its folder does not exist\n"
    );
}

#[test]
fn what_cannot_be_read_is_named() {
    assert_eq!(
        refusal(&["check", "no-such.ron"]),
        "linchpin: Cannot read no-such.ron: there is no such file\n"
    );
    let under_a_file = file("plain", "");
    let under = under_a_file.join("x.ron");
    assert!(refusal(&["list", under.to_str().unwrap()]).contains("a part of its path is a file"));
}

#[test]
fn a_picture_has_no_negative_size() {
    for option in ["--scale", "--dpi"] {
        let output = refusal(&[
            "export", "--chart", "timeline", "--to", "no.png", option, "-1",
        ]);
        assert!(output.contains("--scale goes from 0.1 to 20"), "{output}");
    }
    let output = refusal(&["screenshot", "--to", "no.png", "--scale", "-1"]);
    assert_eq!(output, "linchpin: --scale goes from 0.1 to 20\n");
}

#[test]
#[cfg(unix)]
fn devices_are_refused_and_a_full_disk_is_said() {
    assert!(refusal(&["check", "/dev/zero"]).contains("no ordinary file"));
    if let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") {
        let output = program()
            .args(["table", "commitments"])
            .stdout(full)
            .output()
            .unwrap();
        let output = read_output(output);
        assert_eq!(output.code, Some(2));
        assert_eq!(
            output.err,
            "linchpin: Cannot write the result: there is no space left on the disk\n"
        );
    }
}

#[test]
fn a_reader_who_leaves_is_no_failure() {
    let mut child = program()
        .args(["table", "commitments", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut [0; 10]).unwrap();
    drop(out);
    let output = read_output(child.wait_with_output().unwrap());
    assert_eq!((output.err.as_str(), output.code), ("", Some(0)));
}
