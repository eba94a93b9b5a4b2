//! `--help`, `check`, `list` and `new`.

use crate::program::{SMALL, json, linchpin, linchpin_reads, refusal, result};
use std::fs;
use std::path::Path;

#[test]
fn help_and_version() {
    for command in [
        &["--help"][..],
        &["check", "--help"],
        &["fix", "--help"],
        &["list", "--help"],
        &["merge", "--help"],
        &["split", "--help"],
        &["table", "--help"],
        &["new", "--help"],
        &["export", "--help"],
        &["screenshot", "--help"],
        &["fmt", "--help"],
        &["help", "check"],
    ] {
        let text = result(command);
        assert!(text.contains("Usage: linchpin"), "{command:?}: {text}");
    }
    for command in [
        "check",
        "fix",
        "table",
        "new",
        "export",
        "screenshot",
        "merge",
        "split",
        "fmt",
    ] {
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
    assert!(text.out.ends_with(
        "\n1 problem: 1 error; 1 record left out\n1 of these has a safe quick fix: linchpin fix -\n"
    ));
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
            "message": "`Stat` is no known party kind", "help": "did you mean `State`?",
            "repair": {"words": "Write `State`", "edits": [
                {"line": 3, "column": 71, "end_line": 3, "end_column": 75, "text": "State"}
            ]}
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
    let tables: Vec<&str> = linchpin_register::tables::all().map(|t| t.id).collect();
    let bundled = linchpin_register::load(linchpin_register::bundled::TEXT, Vec::new()).register;
    let charts: Vec<&str> = linchpin_charts::charts_of(&bundled)
        .iter()
        .map(|c| c.id.as_str())
        .collect();
    assert_eq!(named("table"), tables);
    assert_eq!(named("chart"), charts);
    let small = linchpin_reads(SMALL, &["list", "-"]).out;
    assert!(small.contains("  Parties (3 records)\n"), "{small}");
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
