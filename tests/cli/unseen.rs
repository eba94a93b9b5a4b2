//! What nobody sees and a terminal obeys: none of it is printed, wherever it comes from.

use crate::compare::talks;
use crate::program::{linchpin, linchpin_reads, program, read_output, result};
use linchpin_register::{LoadedRegister, load};
use linchpin_report::visible::is_harmless;
use ron_lossless::{NodeId, NodeKind, Tree, parse};
use std::path::Path;

/// A link of a terminal, a bell, a control of Latin-1, and what turns the direction of words.
const ODD: &str = "\u{1b}]8;;x\u{7}\u{9b}2J\u{202e}";
/// The same as RON escapes it.
const ESCAPED: &str = "\\u{1b}]8;;x\\u{7}\\u{9b}2J\\u{202e}";

/// A register in which every text but ids, dates and addresses of files ends with this. `all`: they
/// too.
fn spoiled(text: &str, end: &str, all: bool) -> String {
    let tree = parse(text);
    let mut places = Vec::new();
    collect(&tree, Tree::ROOT, &mut places);
    let register = load(text, Vec::new()).register;
    // Charts name fields and words of the program.
    let charts = text.find("\n    charts: [").unwrap_or(text.len());
    let mut out = text.to_owned();
    for node in places.into_iter().rev() {
        let span = tree.span(node);
        let value = span.of(text).trim_matches('"');
        let is_code = register.find(value).is_some()
            || linchpin_register::Date::parse(value).is_ok()
            || span.start as usize > charts
            || value.ends_with(".txt");
        // In front of the quotation mark.
        if all || !is_code {
            out.insert_str(span.end as usize - 1, end);
        }
    }
    out
}

fn collect(tree: &Tree, node: NodeId, out: &mut Vec<NodeId>) {
    if tree.kind(node) == NodeKind::Text {
        out.push(node);
    }
    tree.children(node)
        .for_each(|child| collect(tree, child, out));
}

/// The commands that read a register, by the words after `linchpin`; `@` stands for the register
/// and `%` for the folder of its texts.
const COMMANDS: &[&str] = &[
    "check @",
    "check @ --format json",
    "fix @ --dry-run",
    "fix @ --dry-run --lossy",
    "fmt @ --check",
    "verify @ --texts %",
    "verify @ --texts % --format json",
    "coverage @ --texts %",
    "coverage @ --texts % --format json",
    "candidates @ --texts % --document talks-2",
    "candidates @ --texts % --document talks-2 --format json",
    "compare @ talks-1 talks-2 --texts % --sentences",
    "compare @ talks-1 talks-2 --texts % --sentences --format md",
    "compare @ talks-1 talks-2 --texts % --sentences --format json",
    "series @ --commitment lights-2",
    "series @ --commitment lights-2 --format md",
    "series @ --commitment lights-2 --format csv",
    "series @ --commitment lights-2 --format json",
    "series @ --phrase ship --texts %",
    "assessments @",
    "assessments @ --format md",
    "assessments @ --format csv",
    "assessments @ --format json",
    "diff @ alliance",
    "diff alliance @ --format md",
    "diff alliance @ --format email",
    "diff alliance @ --format json",
    "merge @ alliance --to @/no",
    "list @",
    "table @ no-such-table",
    "table @ commitments --where no=1",
    "export @ --chart no-such --to no.svg",
    "attach @ --document talks-1 --from no-such.txt",
    "compare @ talks-1 no-such",
];

fn is_quiet(args: &[&str]) {
    let output = read_output(program().args(args).output().unwrap());
    for said in [&output.out, &output.err] {
        assert!(is_harmless(said), "{args:?}: {said:?}");
    }
    assert!(
        !(output.out.is_empty() && output.err.is_empty()),
        "{args:?}"
    );
}

fn every_command_is_quiet(register: &str, texts: &str) {
    for command in COMMANDS {
        let words = command.split(' ').map(|word| match word {
            "%" => texts.to_owned(),
            word => word.replace('@', register),
        });
        let words: Vec<String> = words.collect();
        is_quiet(&words.iter().map(String::as_str).collect::<Vec<_>>());
    }
    for table in linchpin_register::tables::all() {
        for format in ["text", "csv", "md", "json"] {
            is_quiet(&["table", register, table.id, "--format", format]);
        }
    }
}

#[test]
fn no_command_prints_what_a_terminal_obeys() {
    let (register, texts) = talks("unseen");
    let clean = std::fs::read_to_string(&register).unwrap();
    for name in ["talks-1.txt", "talks-2.txt"] {
        let text = Path::new(&texts).join(name);
        let words = std::fs::read_to_string(&text).unwrap();
        std::fs::write(&text, words.replace("light", &format!("li{ODD}ght"))).unwrap();
    }
    for (end, all) in [(ODD, false), (ESCAPED, false), (ODD, true), (ESCAPED, true)] {
        let text = spoiled(&clean, end, all);
        std::fs::write(&register, &text).unwrap();
        if !all {
            let read = load(text.as_str(), Vec::new());
            assert_eq!(read.unloaded_records, 0, "{end:?}");
            assert!(read.register.title.ends_with("\\u{202e}"), "{end:?}");
        }
        every_command_is_quiet(&register, &texts);
    }
}

#[test]
#[cfg(unix)]
fn names_of_files_and_arguments_are_quiet_too() {
    let (register, texts) = talks("unseen-names");
    let odd = format!("{register}{ODD}.ron");
    std::fs::copy(&register, &odd).unwrap();
    every_command_is_quiet(&odd, &texts);
    for args in [
        &[ODD][..],
        &["list", "--no-such", ODD],
        &["check", "--format", ODD],
        &["table", ODD, "parties"],
        &["table", &register, ODD],
        &["table", &register, "parties", "--where", ODD],
        &["table", &register, "parties", "--format", ODD],
        &["export", &register, "--chart", ODD, "--to", "a.svg"],
        &["inspect", ODD],
        &["attach", &register, "--document", ODD, "--from", ODD],
        &["new", &odd],
        &["diff", "--git", ODD, &register],
        &["assessments", "--since", ODD],
    ] {
        is_quiet(args);
    }
    // Nothing is dropped unsaid.
    let said = linchpin(&["check", ODD]);
    assert!(
        said.err.contains("\\u{1b}]8;;x\\u{7}\\u{9b}2J\\u{202e}"),
        "{}",
        said.err
    );
}

#[test]
fn images_and_reports_are_quiet_and_say_what_was_there() {
    let text = spoiled(linchpin_register::bundled::ALLIANCE_TEXT, ESCAPED, false);
    let register = crate::program::file("unseen-charts.ron", &text);
    let register = register.to_str().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("unseen-charts");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, args) in [
        ("a.svg", &["--chart", "commitments-by-strength"][..]),
        (
            "b.svg",
            &["--chart", "commitments-by-strength", "--svg-text", "real"],
        ),
        ("c.html", &["--report"]),
        ("d.md", &["--chart", "commitments-by-strength"]),
        ("e.csv", &["--chart", "commitments-by-strength"]),
        ("f.json", &["--chart", "commitments-by-strength"]),
    ] {
        let to = folder.join(name);
        let to = to.to_str().unwrap();
        let output = linchpin(&[&["export", register, "--force", "--to", to], args].concat());
        assert!(
            output.err.is_empty() || is_harmless(&output.err),
            "{}",
            output.err
        );
        assert_eq!(output.code, Some(0), "{name}: {}", output.err);
        let written = std::fs::read_to_string(to).unwrap();
        assert!(is_harmless(&written), "{name}");
    }
    let image = folder.join("b.svg");
    let words = result(&["inspect", image.to_str().unwrap()]);
    assert!(
        is_harmless(&words) && words.contains("\\u{202e}"),
        "{words}"
    );
}

fn left(text: &str) -> LoadedRegister {
    load(text, Vec::new())
}

#[test]
fn they_are_problems_that_are_found_and_repaired() {
    let text = "(format: 1, title: \"A\u{1b}[31mB\\u{7}\", summary: r\"C\u{c}D\",\n    compilers: \
        [\"Kim\u{202e}\", \"L\u{92}s\"], license: \"a\\u{200f}b\")\n";
    let check = linchpin_reads(text, &["check", "-"]);
    for words in [
        "warning[control-character]: This text holds 2 control characters",
        "--> <stdin>:1:22",
        "--> <stdin>:1:48",
        "--> <stdin>:2:21",
        "U+202E",
    ] {
        assert!(check.out.contains(words), "{words}: {}", check.out);
    }
    // What loses nothing is made unasked; a direction and a sign of another encoding are the
    // author's.
    let fixed = linchpin_reads(text, &["fix", "-"]);
    let safe = text
        .replace("\u{1b}", "")
        .replace("\\u{7}", "")
        .replace('\u{c}', " ");
    assert_eq!(fixed.out, safe);
    let fixed = linchpin_reads(text, &["fix", "-", "--lossy"]);
    assert_eq!(
        fixed.out,
        safe.replace('\u{202e}', "").replace('\u{92}', "’")
    );
    assert_eq!(left(&fixed.out).diagnostic_count(), 0);
}
