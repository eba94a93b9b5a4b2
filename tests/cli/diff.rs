//! `diff`: what changed between two versions, as text, JSON, Markdown and an e-mail, of files,
//! folders and revisions of git.

use crate::program::{
    ProgramOutput, file, linchpin, linchpin_reads, program, read_output, refusal,
};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const OLD: &str = r#"(format: 1, title: "Alliance: “U.S.” and 한국",
    parties: [(id: "us", name: "United States", kind: State), (id: "rok", name: "대한민국",
        kind: State)],
    ladder: [(id: "firm", rank: 4, label: "resolve"), (id: "soft", rank: 3, label: "intention")],
    documents: [(id: "vision", title: "Vision", short: "Vision", kind: JointStatement,
        legal_character: PoliticalInferred,
        date: (date: "2023", basis: Stated), url: "https://example.org")],
    commitments: [
        (id: "share", title: "Share data | at once", statement: "The U.S. will share data…",
            committers: ["us"], verb: "will", strength: "firm",
            mode: FutureAction, citations: [(document: "vision", paragraph: 3,
                phrase: "will share")]),
        (id: "meet", title: "한미 회의를 연다", statement: "They will meet.", committers: ["us", "rok"],
            verb: "will", strength: "firm",
            mode: FutureAction, citations: [(document: "vision", paragraph: 4,
                phrase: "will meet")]),
    ],
)
"#;

fn new() -> String {
    let meet = OLD.find("        (id: \"meet\"").unwrap();
    let end = OLD.find("    ],\n)").unwrap();
    let text = format!("{}{}", &OLD[..meet], &OLD[end..]);
    text.replace(
        "verb: \"will\", strength: \"firm\"",
        "verb: \"intends to\", strength: \"soft\"",
    )
    .replace("phrase: \"will share\"", "phrase: \"intends to share\"")
}

fn diff(args: &[&str]) -> ProgramOutput {
    linchpin(&[&["diff"], args].concat())
}

fn pair(name: &str) -> (String, String) {
    let at = |which: &str, text: &str| {
        let path = file(&format!("diff-{name}-{which}.ron"), text);
        path.file_name().unwrap().to_string_lossy().into_owned()
    };
    (at("old", OLD), at("new", &new()))
}

#[test]
fn exit_codes_are_those_of_diff() {
    let (old, new) = pair("codes");
    let same = diff(&[&old, &old]);
    assert_eq!(
        (same.out.as_str(), same.code),
        ("No differences.\n", Some(0))
    );
    let laid_out = file("diff-codes-laid.ron", &OLD.replace(", verb:", ",\n verb:"));
    let laid_out = diff(&[&old, laid_out.to_str().unwrap()]);
    assert_eq!(laid_out.code, Some(0));
    assert!(
        laid_out.out.ends_with("\nThey say the same.\n"),
        "{}",
        laid_out.out
    );
    assert_eq!(diff(&[&old, &new]).code, Some(1));
    assert!(refusal(&["diff", &old, "no-such.ron"]).contains("there is no such file"));
    assert!(refusal(&["diff", &old]).contains("Name two versions"));
    assert!(refusal(&["diff", "-", "-"]).contains("not both"));
    let broken = file("diff-broken.ron", &OLD[..OLD.len() / 2]);
    let words = refusal(&["diff", &old, broken.to_str().unwrap()]);
    assert!(
        words.contains("is broken, and what it lacks would look withdrawn"),
        "{words}"
    );
    let piped = linchpin_reads(&self::new(), &["diff", &old, "-"]);
    assert_eq!(piped.code, Some(1));
}

#[test]
fn a_terminal_is_told_each_change_with_both_words() {
    let (old, new) = pair("text");
    let text = diff(&[&old, &new]).out;
    let want = "From diff-text-old.ron to diff-text-new.ron

Commitments withdrawn (1)
  한미 회의를 연다 [meet]
    withdrawn: 4 · resolve (“will”)
      − They will meet.
      − “will meet” (Vision ¶4)

Commitments weakened (1)
  Share data | at once [share]
    weakened: from 4 · resolve (“will”) to 3 · intention (“intends to”)
      − “will share” (Vision ¶3)
      + “intends to share” (Vision ¶3)

Citations corrected (1)
  Share data | at once [share]
    citation: phrase from “will share” to “intends to share”

In all: 1 commitment withdrawn, 1 commitment weakened, 1 record with other citations
";
    assert_eq!(text, want);
}

#[test]
fn programs_get_the_same_as_json() {
    let (old, new) = pair("json");
    let value: serde_json::Value =
        serde_json::from_str(&diff(&[&old, &new, "--format", "json"]).out).unwrap();
    assert_eq!(value["same"], false);
    assert_eq!(value["title"], "Alliance: “U.S.” and 한국");
    assert_eq!(value["changes"][0]["what"], "gone");
    assert_eq!(value["changes"][0]["new"], serde_json::Value::Null);
    let weakened = &value["changes"][1];
    assert_eq!(weakened["what"], "weakened");
    assert_eq!(weakened["id"], "share");
    assert_eq!(
        weakened["new"]["citations"][0]["phrase"],
        "intends to share"
    );
    assert_eq!(weakened["differences"][0]["old"], "4 · resolve (“will”)");
    assert_eq!(value["counts"][1]["words"], "1 commitment weakened");
    let mirror: serde_json::Value =
        serde_json::from_str(&diff(&[&new, &old, "--format", "json"]).out).unwrap();
    let what = |value: &serde_json::Value| -> Vec<String> {
        let all = value["changes"].as_array().unwrap();
        all.iter()
            .map(|c| c["what"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(what(&mirror), ["strengthened", "added", "citation"]);
}

#[test]
fn markdown_keeps_its_tables_whole() {
    let (old, new) = pair("md");
    let text = diff(&[&old, &new, "--format", "md"]).out;
    assert!(
        text.starts_with("# Changes in Alliance: “U.S.” and 한국\n"),
        "{text}"
    );
    assert!(text.contains("| Commitments weakened | 1 |\n"));
    let row = "| Share data \\| at once | 4 · resolve (“will”) | 3 · intention (“intends to”) | \
        “will share” (Vision ¶3) | “intends to share” (Vision ¶3) |\n";
    assert!(text.contains(row), "{text}");
    assert!(text.contains(
        "- **한미 회의를 연다** (`meet`): withdrawn: 4 · resolve (“will”)\n  - Before: \
        They will meet.\n"
    ));
}

#[test]
fn an_email_has_a_subject_and_short_lines() {
    let (old, new) = pair("email");
    let text = diff(&[&old, &new, "--format", "email"]).out;
    let first = text.lines().next().unwrap();
    assert_eq!(
        first,
        "Subject: Alliance: “U.S.” and 한국: 1 commitment withdrawn, …"
    );
    let withdrawn = text.find("\nCommitments withdrawn\n").unwrap();
    let weakened = text.find("\nCommitments weakened\n").unwrap();
    assert!(withdrawn < weakened);
    assert!(
        text.contains(
            "  Before: “will share” (Vision ¶3)\n  After:  “intends to share” (Vision ¶3)\n"
        ),
        "{text}"
    );
    for line in text.lines() {
        let wide = |c: char| if ('가'..='힣').contains(&c) { 2 } else { 1 };
        assert!(line.chars().map(wide).sum::<usize>() <= 78, "{line}");
    }
}

#[test]
fn color_is_for_terminals() {
    let (old, new) = pair("color");
    assert!(!diff(&[&old, &new]).out.contains('\u{1b}'));
}

/// A repository with two commits of `register.ron` and of the folder `parts`; `None` where there is
/// no git.
fn repository(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("data/parts")).unwrap();
    let git = |args: &[&str]| {
        let identity = [
            "-c",
            "user.name=김",
            "-c",
            "user.email=kim@example.org",
            "-c",
            "commit.gpgsign=false",
        ];
        let done = Command::new("git")
            .args(identity)
            .args(args)
            .current_dir(&folder)
            .output();
        done.map(|output| output.status.success())
    };
    assert!(git(&["init", "-q"]).expect("git runs"));
    let (head, lists) = OLD.split_at(OLD.find("    commitments:").unwrap());
    let write = |text: &str| {
        fs::write(folder.join("data/register.ron"), text).unwrap();
        let lists = &text[text.find("    commitments:").unwrap()..];
        fs::write(
            folder.join("data/parts/b.ron"),
            format!("(format: 1,\n{lists}"),
        )
        .unwrap();
    };
    assert!(!lists.is_empty());
    fs::write(folder.join("data/parts/a.ron"), format!("{head})\n")).unwrap();
    fs::write(folder.join("data/parts/.hidden.ron"), "(").unwrap();
    write(OLD);
    assert!(git(&["add", "."]).unwrap() && git(&["commit", "-qm", "One"]).unwrap());
    write(&new());
    assert!(git(&["commit", "-qam", "Two"]).unwrap());
    folder
}

fn at(folder: &Path, args: &[&str]) -> ProgramOutput {
    read_output(program().current_dir(folder).args(args).output().unwrap())
}

#[test]
#[ignore = "needs git"]
fn needs_git_a_revision_is_a_version() {
    let folder = repository("diff-git");
    let data = folder.join("data");
    let weakened = "weakened: from 4 · resolve (“will”) to 3 · intention (“intends to”)";
    for (folder, args) in [
        (
            &folder,
            ["diff", "HEAD~1:data/register.ron", "HEAD:data/register.ron"],
        ),
        (
            &folder,
            ["diff", "HEAD~1:data/register.ron", "data/register.ron"],
        ),
        (&data, ["diff", "HEAD~1:data/register.ron", "register.ron"]),
        (&data, ["diff", "HEAD~1:./register.ron", ":./register.ron"]),
        // What stands at no top is looked for from here.
        (&data, ["diff", "HEAD~1:register.ron", "register.ron"]),
        (&folder, ["diff", "HEAD~1:data/parts", "data/parts"]),
        (&data, ["diff", "HEAD~1:./parts/", "HEAD:data/parts"]),
    ] {
        let output = at(folder, &args);
        assert_eq!(output.code, Some(1), "{args:?}: {}", output.err);
        assert!(output.out.contains(weakened), "{args:?}: {}", output.out);
    }
    for (folder, file) in [
        (&folder, "data/register.ron"),
        (&data, "register.ron"),
        (&data, "parts"),
    ] {
        let output = at(folder, &["diff", "--git", "HEAD~1", file]);
        assert_eq!(output.code, Some(1), "{file}: {}", output.err);
        assert!(output.out.contains(weakened), "{file}: {}", output.out);
    }
    let same = at(&folder, &["diff", "--git", "HEAD", "data/register.ron"]);
    assert_eq!(
        (same.out.as_str(), same.code),
        ("No differences.\n", Some(0))
    );
}

#[test]
#[ignore = "needs git"]
fn needs_git_what_it_does_not_know_is_said_in_words() {
    let folder = repository("diff-git-words");
    for (args, want) in [
        (
            ["diff", "nowhere:data/register.ron", "data/register.ron"],
            "git knows no revision `nowhere` here",
        ),
        (
            ["diff", "HEAD:data/other.ron", "data/register.ron"],
            "there is no `data/other.ron` at the revision `HEAD`",
        ),
        (
            ["diff", "--output=x:data/register.ron", "data/register.ron"],
            "unexpected argument",
        ),
    ] {
        let output = at(&folder, &args);
        assert_eq!((output.out.as_str(), output.code), ("", Some(2)));
        assert!(output.err.contains(want), "{}", output.err);
    }
    let odd = at(
        &folder,
        &["diff", "--git", "--output=x", "data/register.ron"],
    );
    assert!(
        odd.err.contains("`--output=x` is no name of a revision"),
        "{}",
        odd.err
    );
    assert!(!folder.join("x").exists());
    let file_as_revision = [
        "diff",
        "--git",
        "HEAD:data/register.ron",
        "data/register.ron",
    ];
    let odd = at(&folder, &file_as_revision);
    let words = "`HEAD:data/register.ron` is no revision: it holds no files";
    assert!(odd.err.contains(words), "{}", odd.err);
    let alone = std::env::temp_dir().join(format!("linchpin-no-git-{}", std::process::id()));
    fs::create_dir_all(&alone).unwrap();
    fs::write(alone.join("a.ron"), OLD).unwrap();
    let outside = at(&alone, &["diff", "HEAD:a.ron", "a.ron"]);
    assert!(
        outside.err.contains("this folder is in no git repository"),
        "{}",
        outside.err
    );
    let mut without = program();
    without.current_dir(&folder).env("PATH", "").args([
        "diff",
        "--git",
        "HEAD",
        "data/register.ron",
    ]);
    let without = read_output(without.output().unwrap());
    assert_eq!(without.code, Some(2));
    assert!(
        without
            .err
            .contains("git is not installed here, or not to be found"),
        "{}",
        without.err
    );
    fs::remove_dir_all(&alone).unwrap();
}

/// As in a repository that was cloned with `--filter=blob:none`.
#[test]
#[ignore = "needs git"]
fn needs_git_what_a_repository_does_not_hold_is_not_called_unknown() {
    let folder = repository("diff-git-partial");
    let hash = Command::new("git")
        .args([
            "rev-parse",
            "HEAD~1:data/register.ron",
            "HEAD~1:data/parts/b.ron",
        ])
        .current_dir(&folder)
        .output()
        .unwrap();
    for hash in String::from_utf8(hash.stdout).unwrap().lines() {
        let (start, end) = hash.split_at(2);
        let object = folder.join(".git/objects").join(start).join(end);
        fs::remove_file(object).unwrap();
    }
    for (path, words) in [
        (
            "data/register.ron",
            "the content of `data/register.ron` at the revision `HEAD~1`",
        ),
        (
            "data/parts",
            "the content of `b.ron` at the revision `HEAD~1`",
        ),
    ] {
        let output = at(&folder, &["diff", &format!("HEAD~1:{path}"), path]);
        assert_eq!(output.code, Some(2), "{}", output.out);
        let is_said = output.err.contains(words) && output.err.contains("was cloned in part");
        assert!(is_said, "{}", output.err);
    }
}
