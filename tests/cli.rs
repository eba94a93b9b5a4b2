//! The command line from outside: words, formats, exit codes.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What the program says and how it ends.
struct Said {
    out: String,
    err: String,
    code: Option<i32>,
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    command.current_dir(env!("CARGO_TARGET_TMPDIR"));
    command.env_remove("NO_COLOR").env_remove("COLUMNS");
    command
}

fn said(output: Output) -> Said {
    Said {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code(),
    }
}

fn linchpin(args: &[&str]) -> Said {
    said(program().args(args).output().unwrap())
}

fn linchpin_reads(stdin: &str, args: &[&str]) -> Said {
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
    said(child.wait_with_output().unwrap())
}

/// A result that must be there, with nothing on the standard error.
fn result(args: &[&str]) -> String {
    let said = linchpin(args);
    assert_eq!((said.err.as_str(), said.code), ("", Some(0)), "{args:?}");
    said.out
}

/// The message of a command that cannot run.
fn refusal(args: &[&str]) -> String {
    let said = linchpin(args);
    assert_eq!(
        (said.out.as_str(), said.code),
        ("", Some(2)),
        "{args:?}: {}",
        said.err
    );
    said.err
}

fn json(text: &str) -> Vec<serde_json::Value> {
    serde_json::from_str(text).unwrap()
}

fn ids(text: &str) -> Vec<String> {
    json(text)
        .iter()
        .map(|r| r["id"].as_str().unwrap().to_owned())
        .collect()
}

/// A file of our own in the folder of the tests.
fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path
}

const SMALL: &str = "(format: 1, title: \"Small\", parties: [
    (id: \"us\", name: \"United States\", kind: State),
    (id: \"rok\", name: \"Républic of Koréa\", native_name: \"대한민국\", kind: State, code: \"KOR\"),
    (id: \"formula\", name: \"=1+1\", kind: Office, note: \"one, \\\"two\\\" | three\"),
])";

#[test]
fn help_and_version() {
    for command in [
        &["--help"][..],
        &["check", "--help"],
        &["list", "--help"],
        &["table", "--help"],
        &["new", "--help"],
        &["help", "check"],
    ] {
        let text = result(command);
        assert!(text.contains("Usage: linchpin"), "{command:?}: {text}");
    }
    for command in ["check", "table", "new"] {
        assert!(
            result(&[command, "--help"]).contains("Exit codes:"),
            "{command}"
        );
    }
    let help = result(&["--help"]);
    for word in [
        "Exit codes:",
        "check",
        "list",
        "table",
        "new",
        "standard input",
        "FILE",
    ] {
        assert!(help.contains(word), "{word}");
    }
    assert_eq!(
        result(&["--version"]),
        format!("linchpin {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn check_of_a_sound_register() {
    assert_eq!(
        linchpin_reads(SMALL, &["check", "-"]).out,
        "no problems: 3 parties\n"
    );
    assert!(result(&["check"]).starts_with("no problems: 3 priorities, "));
    assert_eq!(result(&["check", "--format", "json"]), "[]\n");
}

#[test]
fn check_names_place_and_remedy() {
    let bad = SMALL.replace("kind: State, code", "kind: Stat, code");
    let text = linchpin_reads(&bad, &["check", "-"]);
    assert_eq!((text.code, text.err.as_str()), (Some(1), ""));
    assert!(
        text.out
            .starts_with("error[unknown-name]: `Stat` is no known party kind\n --> <stdin>:3:71\n"),
        "{}",
        text.out
    );
    assert!(text.out.contains("대한민국") && text.out.contains("= help: did you mean `State`?"));
    assert!(
        text.out
            .ends_with("\n1 problem: 1 error; 1 record left out\n")
    );
    assert!(
        !text.out.contains('\u{1b}'),
        "no color where nobody sees it"
    );

    let found = linchpin_reads(&bad, &["check", "-", "--format", "json"]);
    assert_eq!(found.code, Some(1));
    assert_eq!(
        json(&found.out),
        [serde_json::json!({
            "file": "<stdin>", "line": 3, "column": 71, "end_line": 3, "end_column": 75,
            "severity": "error", "code": "unknown-name",
            "message": "`Stat` is no known party kind", "help": "did you mean `State`?"
        })]
    );
}

#[test]
fn a_warning_alone_is_a_problem() {
    let odd = SMALL.replace("kind: Office", "kind: Grouping");
    let text = linchpin_reads(&odd, &["check", "-"]);
    assert_eq!(text.code, Some(1));
    assert!(text.out.ends_with("\n1 problem: 1 warning\n"));
}

#[test]
fn list_names_every_table_and_chart() {
    let list = result(&["list"]);
    let named = |what: &str| -> Vec<String> {
        let lines = list
            .lines()
            .map(|l| l.split_whitespace().collect::<Vec<_>>());
        lines
            .filter(|words| words[0] == what && words.len() > 2)
            .map(|words| words[1].to_owned())
            .collect()
    };
    let tables: Vec<&str> = linchpin::tables::ALL.iter().map(|t| t.id).collect();
    let charts: Vec<&str> = linchpin::charts::ALL.iter().map(|c| c.id).collect();
    assert_eq!(named("table"), tables);
    assert_eq!(named("chart"), charts);
    let small = linchpin_reads(SMALL, &["list", "-"]).out;
    assert!(small.contains("  Parties (3 records)\n"), "{small}");
}

#[test]
fn json_holds_every_field() {
    let rows = json(&result(&["table", "commitments", "--format", "json"]));
    let fields = linchpin::register::RecordKind::Commitment.fields();
    for row in &rows {
        for field in fields {
            assert!(
                row.get(field.name).is_some(),
                "{} of {}",
                field.name,
                row["id"]
            );
        }
        let citation = &row["citations"][0];
        for name in [
            "document",
            "document_title",
            "paragraph",
            "phrase",
            "voice",
            "address",
        ] {
            assert!(!citation[name].is_null(), "{name} of {}", row["id"]);
        }
    }
}

#[test]
fn csv_is_safe_and_whole() {
    let small = file("small.ron", SMALL);
    let csv = result(&["table", small.to_str().unwrap(), "parties"]);
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(lines[0].starts_with("id,name,short,kind,"));
    assert!(
        lines[3].starts_with("formula,\"'=1+1\",,office,"),
        "{}",
        lines[3]
    );
    assert_eq!(lines.len(), 5);
    assert_eq!(
        csv,
        result(&[
            "table",
            small.to_str().unwrap(),
            "parties",
            "--format",
            "csv"
        ])
    );
}

#[test]
fn markdown_and_text_are_tables() {
    let small = file("small-2.ron", SMALL);
    let md = result(&[
        "table",
        small.to_str().unwrap(),
        "parties",
        "--format",
        "md",
    ]);
    assert_eq!(
        md.lines().nth(1).map(|l| l.starts_with("| --- |")),
        Some(true)
    );
    assert_eq!(md.lines().count(), 5);
    let text = result(&[
        "table",
        small.to_str().unwrap(),
        "parties",
        "--format",
        "text",
    ]);
    assert!(
        text.starts_with("Party ") || text.starts_with("Name "),
        "{text}"
    );
    assert_eq!(text.lines().count(), 5);
}

#[test]
fn search_folds_case_accents_and_composition() {
    let find = |words: &str| {
        let said = linchpin_reads(
            SMALL,
            &[
                "table", "-", "parties", "--search", words, "--format", "json",
            ],
        );
        assert_eq!((said.err.as_str(), said.code), ("", Some(0)));
        ids(&said.out)
    };
    assert_eq!(find("REPUBLIC korea"), ["rok"]);
    assert_eq!(find("대한"), ["rok"]);
    assert_eq!(find("\"of korea\""), ["rok"]);
    assert_eq!(find("nothing like it"), [""; 0]);
    assert_eq!(find(""), ["us", "rok", "formula"]);
}

#[test]
fn where_takes_ids_names_and_labels() {
    let count = |conditions: &[&str]| {
        let mut args = vec!["table", "commitments", "--format", "json"];
        for condition in conditions {
            args.extend(["--where", condition]);
        }
        ids(&result(&args)).len()
    };
    let all = count(&[]);
    let rok = count(&["committer=rok"]);
    assert!(rok > 0 && rok < all);
    assert_eq!(rok, count(&["committers=South Korea"]));
    assert_eq!(rok, count(&["COMMITTER=south korea"]));
    let (future, practice) = (count(&["mode=FutureAction"]), count(&["mode=practice"]));
    assert_eq!(
        future + practice,
        count(&["mode=future action", "mode=Practice"])
    );
    assert!(count(&["mode=FutureAction", "committer=rok"]) < future.min(rok) + 1);
    // By a field that is neither column nor facet.
    assert!(count(&["obligations=DeterrenceAssurance"]) > 0);
    assert_eq!(
        count(&["obligations=DeterrenceAssurance"]),
        count(&["obligations=deterrence assurance"])
    );
    // A value that no record has, but one could have.
    assert_eq!(count(&["status=Fulfilled"]), 0);
    assert_eq!(count(&["parent=none"]) + count(&["mode=inclusion"]), all);
}

#[test]
fn sort_by_several_fields() {
    let order = |sort: &[&str]| {
        let mut args = vec!["table", "documents", "--format", "json"];
        for by in sort {
            args.extend(["--sort", by]);
        }
        let rows = json(&result(&args));
        rows.iter()
            .map(|r| {
                (
                    r["kind"].as_str().unwrap().to_owned(),
                    r["date"]["date"].as_str().unwrap().to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    let by_date = order(&["date:desc"]);
    assert!(
        by_date
            .iter()
            .map(|(_, date)| date.get(..4))
            .rev()
            .is_sorted(),
        "{by_date:?}"
    );
    let by_both = order(&["kind", "date"]);
    for pair in by_both.windows(2) {
        assert!(
            pair[0].0 != pair[1].0 || pair[0].1[..4] <= pair[1].1[..4],
            "{pair:?}"
        );
    }
    assert_ne!(by_date, by_both);
}

#[test]
fn what_there_is_not_is_named_with_what_there_is() {
    assert_eq!(
        refusal(&["table", "comitments"]),
        "linchpin: There is no table `comitments`. Did you mean `commitments`?\nTables: commitments, bodies, figures, instruments, events, concerns, documents, parties, priorities, themes, ladder\n"
    );
    assert!(refusal(&["table"]).starts_with("linchpin: Which table? commitments, bodies"));
    assert!(
        refusal(&["table", "bodies", "--where", "knd=x"])
            .contains("no field of bodies `knd`. Did you mean `kind`?\nFields: kind, ")
    );
    let value = refusal(&["table", "bodies", "--where", "member=north"]);
    assert!(
        value.contains("\nValues: us (United States), rok (South Korea)"),
        "{value}"
    );
    assert!(refusal(&["table", "bodies", "--sort", "name:down"]).contains("no direction `down`"));
    assert!(refusal(&["table", "bodies", "--sort", "nme"]).contains("Did you mean `name`?"));
    assert!(refusal(&["table", "bodies", "--where", "kind"]).contains("FIELD=VALUE"));
    assert!(
        refusal(&["table", "bodies", "--format", "xlsx"])
            .contains("possible values: csv, json, md, text")
    );
    assert!(refusal(&["table", "bodies", "--to", "bodies.xlsx"]).contains("no format `xlsx`"));
    assert!(refusal(&["chekc"]).contains("Did you mean `linchpin check`?"));
}

#[test]
fn a_table_goes_to_a_file_but_never_over_its_register() {
    let small = file("small-3.ron", SMALL);
    let small = small.to_str().unwrap();
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
fn problems_do_not_stop_a_table() {
    let bad = SMALL.replace("kind: State, code", "kind: Stat, code");
    let said = linchpin_reads(&bad, &["table", "-", "parties", "--format", "json"]);
    assert_eq!(said.code, Some(0));
    assert_eq!(ids(&said.out), ["us", "formula"]);
    assert_eq!(
        said.err,
        "linchpin: <stdin> has 1 problem: 1 error; 1 record left out. See `linchpin check -`\n"
    );
    let nothing = linchpin_reads("%PDF-1.7", &["table", "-", "parties"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (Some(2), ""));
    assert!(
        nothing
            .err
            .contains("is no register that can be read: The file is a PDF document"),
        "{}",
        nothing.err
    );
}

#[test]
fn new_writes_a_register_that_passes_check_and_never_overwrites() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new.ron");
    let _ = fs::remove_file(&path);
    let first = linchpin(&["new", "new.ron"]);
    assert_eq!((first.code, first.out.as_str()), (Some(0), ""));
    assert!(result(&["check", "new.ron"]).starts_with("no problems: "));
    let again = refusal(&["new", "new.ron"]);
    assert_eq!(
        again,
        "linchpin: new.ron exists already and is left as it is. Choose another name\n"
    );
    assert!(refusal(&["new", "no/such/new.ron"]).contains("its folder does not exist"));
    assert_eq!(result(&["new", "-"]), fs::read_to_string(path).unwrap());
}

#[test]
fn what_cannot_be_read_is_named() {
    assert_eq!(
        refusal(&["check", "no-such.ron"]),
        "linchpin: Cannot read no-such.ron: there is no such file\n"
    );
    assert_eq!(
        refusal(&["check", "."]),
        "linchpin: Cannot read .: this is a folder, not a file\n"
    );
    let under_a_file = file("plain", "");
    let under = under_a_file.join("x.ron");
    assert!(refusal(&["list", under.to_str().unwrap()]).contains("a part of its path is a file"));
}

#[cfg(unix)]
#[test]
fn devices_are_refused_and_a_full_disk_is_said() {
    assert!(refusal(&["check", "/dev/zero"]).contains("no ordinary file"));
    if let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") {
        let output = program()
            .args(["table", "commitments"])
            .stdout(full)
            .output()
            .unwrap();
        let said = said(output);
        assert_eq!(said.code, Some(2));
        assert_eq!(
            said.err,
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
    let said = said(child.wait_with_output().unwrap());
    assert_eq!((said.err.as_str(), said.code), ("", Some(0)));
}
