//! `fmt`: files in place, a stream, and what is left alone.

use crate::program::{SMALL, file, linchpin, linchpin_reads, refusal, result};
use std::fs;
use std::path::Path;

/// [`SMALL`] in the standard format.
const LAID_OUT: &str = r#"(
    format: 1,
    title: "Small",

    parties: [
        (
            id: "us",
            name: "United States",
            kind: State,
        ),

        (
            id: "rok",
            name: "Républic of Koréa",
            kind: State,
            code: "KOR",
            native_name: "대한민국",
        ),

        (
            id: "formula",
            name: "=1+1",
            kind: Office,
            note: "one, \"two\" | three",
        ),
    ],
)
"#;

/// Changes when the file is written, by whatever way.
fn identity(path: &Path) -> (std::time::SystemTime, u64) {
    let data = fs::metadata(path).unwrap();
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&data);
    #[cfg(not(unix))]
    let number = data.len();
    (data.modified().unwrap(), number)
}

#[test]
fn a_file_is_laid_out_in_place_and_then_left_alone() {
    let path = file("fmt-1.ron", SMALL);
    let name = path.to_str().unwrap();
    let output = linchpin(&["fmt", name]);
    assert_eq!((output.out.as_str(), output.code), ("", Some(0)));
    assert_eq!(output.err, format!("linchpin: Formatted {name}\n"));
    assert_eq!(fs::read_to_string(&path).unwrap(), LAID_OUT);
    assert_eq!(result(&["check", name]), "no problems: 3 parties\n");

    let before = identity(&path);
    let output = linchpin(&["fmt", name]);
    assert_eq!(
        (output.err, output.code),
        (
            format!("linchpin: {name} has the standard format already\n"),
            Some(0)
        )
    );
    assert_eq!(identity(&path), before);
}

#[test]
fn each_file_of_a_folder_is_laid_out() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fmt-folder");
    fs::create_dir_all(folder.join("more")).unwrap();
    let (one, other) = (folder.join("a.ron"), folder.join("more/b.ron"));
    fs::write(&one, SMALL).unwrap();
    fs::write(&other, "(themes:[(id:\"t\",name:\"T\")])").unwrap();
    let output = linchpin(&["fmt", folder.to_str().unwrap()]);
    let expected = format!(
        "linchpin: Formatted {}\nlinchpin: Formatted {}\n",
        one.display(),
        other.display()
    );
    assert_eq!((output.err, output.code), (expected, Some(0)));
    assert_eq!(fs::read_to_string(&one).unwrap(), LAID_OUT);
    let themes = "(\n    themes: [\n        (\n            id: \"t\",\n            \
        name: \"T\",\n        ),\n    ],\n)\n";
    assert_eq!(fs::read_to_string(&other).unwrap(), themes);
}

#[test]
fn a_stream_comes_back_laid_out() {
    for text in [SMALL, LAID_OUT] {
        let output = linchpin_reads(text, &["fmt", "-"]);
        assert_eq!((output.err.as_str(), output.code), ("", Some(0)));
        assert_eq!(output.out, LAID_OUT);
    }
    let windows = linchpin_reads(&SMALL.replace('\n', "\r\n"), &["fmt", "-"]);
    assert_eq!(windows.out, LAID_OUT.replace('\n', "\r\n"));
}

#[test]
fn check_writes_nothing_and_shows_what_would_change() {
    let small_change = LAID_OUT.replace("            kind: Office", "          kind: Office");
    let (bad, good) = (
        file("fmt-2.ron", &small_change),
        file("fmt-3.ron", LAID_OUT),
    );
    let (bad, good) = (bad.to_str().unwrap(), good.to_str().unwrap());
    let output = linchpin(&["fmt", "--check", good]);
    assert_eq!((output.out.as_str(), output.code), ("", Some(0)));
    let output = linchpin(&["fmt", "--check", bad, good]);
    assert_eq!(output.code, Some(1));
    assert_eq!(
        output.err,
        format!("linchpin: {good} has the standard format\n")
    );
    let expected = format!(
        "{bad} would change:\n--- {bad}\n+++ {bad}\n@@ -20,7 +20,7 @@\n         (\n             \
        id: \"formula\",\n             name: \"=1+1\",\n-          kind: Office,\n+            \
        kind: Office,\n             note: \"one, \\\"two\\\" | three\",\n         ),\n     ],\n"
    );
    assert_eq!(output.out, expected);
    assert_eq!(fs::read_to_string(bad).unwrap(), small_change);

    let long = SMALL.replace("note:", &format!("\n{}note:", "// a remark\n".repeat(60)));
    let output = linchpin_reads(&long, &["fmt", "-", "--check"]);
    assert_eq!(output.code, Some(1));
    assert!(
        output
            .out
            .starts_with("<stdin> would change:\n--- <stdin>\n")
    );
    assert!(output.out.ends_with(" more lines\n"), "{}", output.out);
    assert_eq!(output.out.lines().count(), 42);
}

#[test]
fn a_broken_file_is_left_alone_and_the_others_are_not() {
    let broken = SMALL.replace("kind: State, code", "kind: State code");
    let (bad, good) = (file("fmt-4.ron", &broken), file("fmt-5.ron", SMALL));
    let (bad, good) = (bad.to_str().unwrap(), good.to_str().unwrap());
    let output = linchpin(&["fmt", bad, "no-such.ron", good]);
    assert_eq!((output.out.as_str(), output.code), ("", Some(2)));
    let expected = format!(
        "linchpin: Cannot format {bad}: in line 3, column 76: A comma is missing before `code`. \
        See `linchpin check {bad}`\nlinchpin: Formatted {good}\nlinchpin: Cannot read no-such.ron: \
        there is no such file\n"
    );
    assert_eq!(output.err, expected);
    assert_eq!(fs::read_to_string(bad).unwrap(), broken);
    assert_eq!(fs::read_to_string(good).unwrap(), LAID_OUT);

    assert!(refusal(&["fmt"]).contains("<FILE>"));
    let empty = linchpin_reads("", &["fmt", "-"]);
    assert_eq!((empty.out.as_str(), empty.code), ("", Some(2)));
    assert!(empty.err.contains("The file holds nothing"));
}

#[test]
fn what_is_no_text_is_left_alone() {
    let path = file("fmt-6.ron", "");
    let bytes: Vec<u8> = SMALL.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(&path, &bytes).unwrap();
    let output = refusal(&["fmt", path.to_str().unwrap()]);
    assert!(output.contains("saved as UTF-16"), "{output}");
    assert_eq!(fs::read(&path).unwrap(), bytes);
}
