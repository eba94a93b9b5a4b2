//! Registers that are wrong in every way we could think of: exact messages, what is sound still
//! loads, no panic, no hang.
//!
//! `tests/bad/NAME.ron` is a bad register, `tests/bad/NAME.txt` what `linchpin check` says of it,
//! `tests/bad/still-read.txt` what is read in spite of it. Files that git or an editor would change
//! are made here. `LINCHPIN_BLESS=1 cargo test --test bad` rewrites the expectations.

use linchpin_register::{RecordKind, load};
use ron_lossless::decode_bytes;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SOUND: &str = "(format: 1, title: \"A register\", parties: [(id: \"us\", name: \"United \
    States\", kind: State)])";

fn pinned() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad")
}

fn linchpin(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_linchpin"))
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// Compares with the file, or writes it where the tests are blessed.
fn compare(name: &str, got: &str, wrong: &mut Vec<String>) {
    let path = pinned().join(name);
    if std::env::var_os("LINCHPIN_BLESS").is_some() {
        fs::write(&path, got).unwrap();
    } else if fs::read_to_string(&path).ok().as_deref() != Some(got) {
        wrong.push(format!("--- {name}, now:\n{got}"));
    }
}

/// Files that cannot stand in the folder as they are: their name and bytes.
fn made() -> Vec<(&'static str, Vec<u8>)> {
    let with_title = |title: &str| SOUND.replace("A register", title);
    let party = "(id: \"us\", name: \"United States\", kind: State)";
    let utf16 = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let mut latin1 = with_title("Caf#").into_bytes();
    latin1
        .iter_mut()
        .filter(|b| **b == b'#')
        .for_each(|b| *b = 0xe9);
    vec![
        ("binary-picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ("binary-archive", b"PK\x03\x04\x14\0\x06\0\x08\0".to_vec()),
        (
            "binary-noise",
            (0..4096_u32).map(|i| (i * i / 7) as u8 & 0x1f).collect(),
        ),
        ("invalid-utf8", latin1),
        ("nul", with_title("A\0register").into_bytes()),
        ("utf-16", utf16(SOUND)),
        (
            "byte-order-mark",
            format!("\u{feff}(format: 1, title: 7, parties: [\n{party},\n])").into_bytes(),
        ),
        (
            "line-ends-of-windows",
            format!("(\r\n    format: 1,\r\n    title: 7,\r\n    parties: [{party}],\r\n)\r\n")
                .into_bytes(),
        ),
        (
            "line-ends-of-old-macs",
            format!("(\r    format: 1,\r    title: 7,\r    parties: [{party}],\r)\r").into_bytes(),
        ),
        (
            "ten-thousand-round-brackets",
            "(".repeat(10_000).into_bytes(),
        ),
        (
            "ten-thousand-square-brackets",
            format!(
                "(format: 1, title: \"Deep\", parties: [{party}], themes: {})",
                "[".repeat(10_000)
            )
            .into_bytes(),
        ),
        (
            "ten-thousand-quotation-marks",
            format!("(format: 1, title: {})", "\"".repeat(9_999)).into_bytes(),
        ),
        (
            "long-title",
            with_title(&"동맹 ".repeat(3_334)).into_bytes(),
        ),
        (
            "long-line",
            format!(
                "(format: 1, title: \"Long\", summary: \"{}\", parties: [{party}], partys: [])",
                "x".repeat(50_000)
            )
            .into_bytes(),
        ),
        (
            "a-thousand-problems",
            format!(
                "(format: 1, title: \"Many\", parties: [{}])",
                format!("{party},\n").repeat(1_200)
            )
            .into_bytes(),
        ),
    ]
}

/// A very long output by its start and its end.
fn shortened(said: &str) -> String {
    const LONG: usize = 20_000;
    if said.len() < LONG {
        return said.to_owned();
    }
    let start = said.floor_char_boundary(600);
    let end = said.floor_char_boundary(said.len() - 200);
    format!("{}\n[…]\n{}", &said[..start], &said[end..])
}

/// The records that are read in spite of the problems.
fn still_read(bytes: Vec<u8>) -> BTreeMap<RecordKind, Vec<String>> {
    let source = decode_bytes(bytes);
    let register = load(source.text, source.diagnostics).register;
    let mut ids: BTreeMap<RecordKind, Vec<String>> = BTreeMap::new();
    for (at, record) in register.iter_records() {
        ids.entry(at.kind).or_default().push(record.id().to_owned());
    }
    ids
}

#[test]
fn every_bad_register_says_what_is_wrong_and_keeps_what_is_sound() {
    let made_in = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bad");
    fs::create_dir_all(&made_in).unwrap();
    let mut files: Vec<(String, PathBuf)> = Vec::new();
    for entry in fs::read_dir(pinned()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "ron") {
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            files.push((stem, pinned()));
        }
    }
    for (name, bytes) in made() {
        fs::write(made_in.join(format!("{name}.ron")), bytes).unwrap();
        files.push((name.to_owned(), made_in.clone()));
    }
    files.sort();
    assert!(files.len() > 60, "the folder is not complete");
    let mut wrong = Vec::new();
    let mut overview = String::new();
    for (name, folder) in &files {
        let file = format!("{name}.ron");
        let check = linchpin(folder, &["check", &file]);
        let (said, complaint) = (
            String::from_utf8_lossy(&check.stdout),
            String::from_utf8_lossy(&check.stderr),
        );
        assert_eq!(check.status.code(), Some(1), "{name}: {said}{complaint}");
        assert_eq!(complaint, "", "{name}");
        compare(&format!("{name}.txt"), &shortened(&said), &mut wrong);
        let read = still_read(fs::read(folder.join(&file)).unwrap());
        let lists: Vec<String> = read
            .iter()
            .map(|(kind, ids)| format!("{} {}", kind.list(), ids.join(" ")))
            .collect();
        overview.push_str(&format!("{name}: {}\n", lists.join("; ")));
        the_table_has(folder, &file, &read);
    }
    compare("still-read.txt", &overview, &mut wrong);
    assert!(
        wrong.is_empty(),
        "{}\nRead the messages; if they are right, LINCHPIN_BLESS=1 cargo test --test bad",
        wrong.join("\n")
    );
}

/// What is sound stands in the table of its type; where nothing is, the table is empty or the file
/// is refused.
fn the_table_has(folder: &Path, file: &str, read: &BTreeMap<RecordKind, Vec<String>>) {
    let Some((kind, ids)) = read.iter().next() else {
        let table = linchpin(folder, &["table", file, "parties", "--format", "csv"]);
        assert!(matches!(table.status.code(), Some(0 | 2)), "{file}");
        assert!(!table.stderr.is_empty(), "{file}");
        return;
    };
    let table = linchpin(folder, &["table", file, kind.list(), "--format", "json"]);
    assert_eq!(table.status.code(), Some(0), "{file}");
    let rows: serde_json::Value = serde_json::from_slice(&table.stdout).unwrap();
    let mut in_table: Vec<&str> = rows
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|r| r["id"].as_str())
        .collect();
    // A table has an order of its own.
    let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    in_table.sort_unstable();
    ids.sort_unstable();
    assert_eq!(in_table, ids, "{file}");
    let complaint = String::from_utf8_lossy(&table.stderr);
    assert!(
        complaint.contains("problem") && complaint.contains("linchpin check"),
        "{file}: {complaint}"
    );
}

/// Beyond reach: four gigabytes, what only the `ron` library would find, what one file alone cannot
/// have, and what a text beside it says.
const NOT_MADE: [&str; 9] = [
    "too-large",
    "not-ron",
    "second-head",
    "phrase-normalized",
    "phrase-moved",
    "phrase-broken",
    "text-changed",
    "text-missing",
    "open-sentences",
];

#[test]
fn every_problem_code_is_provoked() {
    let mut said = String::new();
    for entry in fs::read_dir(pinned()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "txt") {
            said.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    let all = linchpin_register::codes::ALL
        .iter()
        .chain(ron_lossless::codes::ALL);
    let missing: Vec<&str> = all
        .map(|(code, _)| *code)
        .filter(|code| !NOT_MADE.contains(code) && !said.contains(&format!("[{code}]: ")))
        .collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn nothing_is_pinned_that_is_not_there() {
    let made: Vec<&str> = made().iter().map(|(name, _)| *name).collect();
    for entry in fs::read_dir(pinned()).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let has_source = path.with_extension("ron").exists() || made.contains(&stem.as_str());
        assert!(has_source || stem == "still-read", "{}", path.display());
    }
}

#[test]
fn a_file_that_claims_gigabytes_is_refused_unread() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("huge.ron");
    // Nothing of it is on the disk.
    let file = fs::File::create(&path).unwrap();
    file.set_len(3 << 30).unwrap();
    let folder = path.parent().unwrap();
    for args in [
        &["check", "huge.ron"][..],
        &["list", "huge.ron"],
        &["table", "huge.ron", "parties"],
    ] {
        let output = linchpin(folder, args);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(
            String::from_utf8_lossy(&output.stderr),
            "linchpin: Cannot read huge.ron: it is too large (3.0 GiB); a register may have at \
            most 1 GiB\n"
        );
    }
    fs::remove_file(&path).unwrap();
}
