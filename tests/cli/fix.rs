//! `fix`: what it says, what it writes, what it leaves alone.

use crate::program::{SMALL, linchpin, linchpin_reads, refusal};
use std::fs;
use std::path::{Path, PathBuf};

fn file(name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bytes).unwrap();
    path
}

const BAD: &str = "// Ours\r\n(\r\n    format = 1,\r\n    title: \"A\",   // short\r\n    parties: \
    [\r\n        (id: \"us\", nmae: \"United States\" kind: Stat),\r\n    ],\r\n)\r\n";
const RIGHT: &str = "// Ours\r\n(\r\n    format: 1,\r\n    title: \"A\",   // short\r\n    \
    parties: [\r\n        (id: \"us\", name: \"United States\", kind: State),\r\n    ],\r\n)\r\n";

const SHOWN: &str = "\
fix.ron:3:12: `=` stands here where `:` belongs
  Write `:`
-     format = 1,
+     format: 1,

fix.ron:6:41: A comma is missing before `kind`
  Add the comma
-         (id: \"us\", nmae: \"United States\" kind: Stat),
+         (id: \"us\", nmae: \"United States\", kind: Stat),

fix.ron:6:20: A Party has no field `nmae`
  Write `name`
-         (id: \"us\", nmae: \"United States\", kind: Stat),
+         (id: \"us\", name: \"United States\", kind: Stat),

fix.ron:6:49: `Stat` is no known party kind
  Write `State`
-         (id: \"us\", nmae: \"United States\", kind: Stat),
+         (id: \"us\", nmae: \"United States\", kind: State),

";

#[test]
fn each_change_is_shown_and_nothing_else_is_touched() {
    let path = file("fix.ron", BAD);
    let dry = linchpin(&["fix", "fix.ron", "--dry-run"]);
    assert_eq!((dry.err.as_str(), dry.code), ("", Some(0)));
    let end = "fix.ron: 4 changes would be made; no problems are left\n";
    assert_eq!(dry.out, format!("{SHOWN}{end}"));
    assert_eq!(fs::read_to_string(&path).unwrap(), BAD);

    let done = linchpin(&["fix", "fix.ron"]);
    assert_eq!((done.err.as_str(), done.code), ("", Some(0)));
    let end = "fix.ron: 4 changes made; no problems are left\n";
    assert_eq!(done.out, format!("{SHOWN}{end}"));
    assert_eq!(fs::read_to_string(&path).unwrap(), RIGHT);

    let again = linchpin(&["fix", "fix.ron"]);
    assert_eq!(again.code, Some(0));
    assert_eq!(
        again.out,
        "fix.ron: nothing to change; no problems are left\n"
    );
}

#[test]
fn what_is_left_is_counted() {
    let text = BAD.replace("title: \"A\"", "color: 1");
    file("fix-left.ron", &text);
    let output = linchpin(&["fix", "fix-left.ron"]);
    assert_eq!(output.code, Some(1));
    assert!(
        output.out.ends_with(
            "fix-left.ron: 4 changes made; 2 problems are left; see `linchpin check fix-left.ron`\n"
        ),
        "{}",
        output.out
    );
    let only = SMALL.replace("kind: Office", "kind: Grouping");
    let path = file("fix-none.ron", &only);
    let output = linchpin(&["fix", "fix-none.ron"]);
    assert_eq!(output.code, Some(1));
    assert_eq!(
        output.out,
        "fix-none.ron: nothing to change; 1 problem is left; see `linchpin check fix-none.ron`\n"
    );
    assert_eq!(fs::read_to_string(path).unwrap(), only);
    // What only the bytes show counts as well.
    let damaged = linchpin_reads(&SMALL.replace("Small", "Sm\0all"), &["fix", "-"]);
    assert_eq!(damaged.code, Some(1));
    assert_eq!(
        damaged.err,
        "<stdin>: nothing to change; 1 problem is left; see `linchpin check -`\n"
    );
}

#[test]
fn the_standard_input_goes_to_the_standard_output() {
    let output = linchpin_reads(BAD, &["fix", "-"]);
    assert_eq!((output.out.as_str(), output.code), (RIGHT, Some(0)));
    assert!(output.err.starts_with("<stdin>:3:12: `=` stands here"));
    let dry = linchpin_reads(BAD, &["fix", "-", "--dry-run"]);
    assert_eq!((dry.out.as_str(), dry.code), ("", Some(0)));
    assert!(
        dry.err
            .ends_with("4 changes would be made; no problems are left\n")
    );
    let sound = linchpin_reads(SMALL, &["fix", "-"]);
    assert_eq!(sound.out, SMALL);
}

#[test]
fn utf_16_is_written_as_utf_8_where_it_is_whole() {
    let units = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let path = file("fix-utf16.ron", units(BAD));
    let output = linchpin(&["fix", "fix-utf16.ron"]);
    assert_eq!((output.err.as_str(), output.code), ("", Some(0)));
    assert!(output.out.starts_with(
        "fix-utf16.ron: The file is saved as UTF-16, and only UTF-8 can be read\n  Save it as \
        UTF-8\n\n"
    ));
    assert!(output.out.contains("5 changes made"));
    assert_eq!(fs::read_to_string(&path).unwrap(), RIGHT);

    let mut cut = units(BAD);
    cut.pop();
    // Half a character that needs two units.
    let mut half = units(BAD);
    half.splice(8..8, [0x00, 0xd8]);
    for damaged in [cut, half] {
        let path = file("fix-utf16-cut.ron", &damaged);
        let words = refusal(&["fix", "fix-utf16-cut.ron"]);
        assert!(
            words.contains("fix-utf16-cut.ron is left as it is. "),
            "{words}"
        );
        assert!(words.ends_with("a part of it is damaged\n"), "{words}");
        assert_eq!(fs::read(&path).unwrap(), damaged);
    }
}

#[test]
fn other_encodings_and_files_that_are_no_text_are_left_alone() {
    let mut latin1 = BAD.replace("\"A\"", "\"#\"").into_bytes();
    for byte in latin1.iter_mut().filter(|b| **b == b'#') {
        *byte = 0xe9;
    }
    let path = file("fix-latin1.ron", &latin1);
    let words = refusal(&["fix", "fix-latin1.ron"]);
    assert!(words.contains("is left as it is. Byte "), "{words}");
    assert!(words.contains("save it as UTF-8"), "{words}");
    assert_eq!(fs::read(&path).unwrap(), latin1);
    // `check` promises no repair of it.
    let check = linchpin(&["check", "fix-latin1.ron"]);
    assert!(check.out.contains("not-utf8") && !check.out.contains("sure repair"));

    file("fix-picture.ron", b"\x89PNG\r\n\x1a\n\0\0");
    assert!(refusal(&["fix", "fix-picture.ron"]).contains("The file is a PNG picture"));
    assert!(refusal(&["fix", "no-such.ron"]).contains("there is no such file"));
}

#[test]
fn a_byte_order_mark_stays() {
    let path = file("fix-mark.ron", format!("\u{feff}{BAD}"));
    assert_eq!(linchpin(&["fix", "fix-mark.ron"]).code, Some(0));
    assert_eq!(
        fs::read_to_string(path).unwrap(),
        format!("\u{feff}{RIGHT}")
    );
}

#[test]
fn a_long_phrase_is_shortened_where_the_text_lies_beside_the_register() {
    let long = "one two three four five six seven eight nine ten eleven";
    let register = format!(
        "(format: 1, title: \"T\", documents: [(id: \"d\", title: \"D\", short: \"D\", kind: \
        Treaty, legal_character: LegallyBinding, date: (date: \"2020\", basis: Stated), \
        url: \"https://example.org\", text: \"fix-phrase.txt\")],\n events: [(id: \"e\", \
        title: \"E\", date: (date: \"2020\", basis: Stated), citations: [\n  (document: \"d\", \
        paragraph: 1, phrase: \"{long}\"),\n ])])\n"
    );
    let path = file("fix-phrase.ron", &register);
    let text = file("fix-phrase.txt", "Something else.");
    assert!(
        linchpin(&["fix", "fix-phrase.ron"])
            .out
            .contains("2 problems are left")
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), register);
    fs::write(&text, format!("They said: {long}.")).unwrap();
    let output = linchpin(&["fix", "fix-phrase.ron"]).out;
    assert!(
        output.contains("fix-phrase.ron:3:41: ") && output.contains("Keep 10 words"),
        "{output}"
    );
    let after = fs::read_to_string(&path).unwrap();
    assert_eq!(after, register.replace(" eleven", ""));
}

#[test]
fn a_repair_that_loses_something_is_made_only_where_that_is_wanted() {
    let long = "a".repeat(299);
    let text = format!(
        "(format: 1, title: \"A\", parties: [(id: \"{long}\", name: \"B\", kind: State), (id: \
        \"The US\", name: \"C\", kind: State, parent: r\"The US\")])\n"
    );
    let path = file("fix-lossy.ron", &text);
    let checked = linchpin(&["check", "fix-lossy.ron"]).out;
    assert!(
        checked.ends_with("1 of these has a safe quick fix: linchpin fix fix-lossy.ron\n"),
        "{checked}"
    );
    let done = linchpin(&["fix", "fix-lossy.ron"]);
    assert_eq!(done.code, Some(1), "{}", done.out);
    let safe = text
        .replace("r\"The US\"", "\"the-us\"")
        .replace("The US", "the-us");
    assert_eq!(fs::read_to_string(&path).unwrap(), safe);
    let done = linchpin(&["fix", "fix-lossy.ron", "--lossy"]);
    let cut = safe.replace(&long, &long[..80]);
    assert_eq!(fs::read_to_string(&path).unwrap(), cut, "{}", done.out);
}
