//! Runs the program as a user does.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What the program says and how it ends.
pub struct ProgramOutput {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    command.current_dir(env!("CARGO_TARGET_TMPDIR"));
    command.env_remove("NO_COLOR").env_remove("COLUMNS");
    command
}

pub fn read_output(output: Output) -> ProgramOutput {
    ProgramOutput {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code(),
    }
}

pub fn linchpin(args: &[&str]) -> ProgramOutput {
    read_output(program().args(args).output().unwrap())
}

pub fn linchpin_reads(stdin: &str, args: &[&str]) -> ProgramOutput {
    let mut child = program()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(stdin.as_bytes())
        .unwrap();
    read_output(child.wait_with_output().unwrap())
}

/// A result that must be there, with nothing on the standard error.
pub fn result(args: &[&str]) -> String {
    let output = linchpin(args);
    assert_eq!(
        (output.err.as_str(), output.code),
        ("", Some(0)),
        "{args:?}"
    );
    output.out
}

/// The message of a command that cannot run.
pub fn refusal(args: &[&str]) -> String {
    let output = linchpin(args);
    assert_eq!(
        (output.out.as_str(), output.code),
        ("", Some(2)),
        "{args:?}: {}",
        output.err
    );
    output.err
}

pub fn json(text: &str) -> Vec<serde_json::Value> {
    serde_json::from_str(text).unwrap()
}

pub fn ids(text: &str) -> Vec<String> {
    json(text)
        .iter()
        .map(|r| r["id"].as_str().unwrap().to_owned())
        .collect()
}

/// A file of our own in the folder of the tests.
pub fn file(name: &str, text: &str) -> PathBuf {
    let path = at(name);
    fs::write(&path, text).unwrap();
    path
}

/// A folder of the test's own with these files, by its name as the program is given it.
pub fn folder(name: &str, files: &[(&str, &str)]) -> String {
    let path = at(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    for (file, text) in files {
        let file = path.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    name.to_owned()
}

/// Where the program finds what it is given by this name.
pub fn at(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

pub const SMALL: &str = "(format: 1, title: \"Small\", parties: [
    (id: \"us\", name: \"United States\", kind: State),
    (id: \"rok\", name: \"Républic of Koréa\", native_name: \"대한민국\", kind: State, code: \"KOR\"),
    (id: \"formula\", name: \"=1+1\", kind: Office, note: \"one, \\\"two\\\" | three\"),
])";
