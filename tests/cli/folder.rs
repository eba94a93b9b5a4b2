//! A folder whose files form one register.

use crate::program::{file, folder, ids, json, linchpin, refusal, result};
use std::fs;
use std::path::Path;

const PEOPLE: &str = "// Who\n(\n    format: 1,\n    title: \"동맹\",\n    parties: [\n        \
    (id: \"us\", name: \"United States\", kind: State),\n    ],\n)\n";
const OFFICES: &str = "\u{feff}(\r\n    format: 1,\r\n    parties: [\r\n        (id: \"seoul\", \
    name: \"서울 사무소\", kind: Office, parent: \"us\"),\r\n    ],\r\n)\r\n";

#[test]
fn records_link_across_files_and_stand_in_one_table() {
    let name = folder(
        "whole",
        &[("people.ron", PEOPLE), ("more/offices.ron", OFFICES)],
    );
    assert_eq!(result(&["check", &name]), "no problems: 2 parties\n");
    assert_eq!(
        result(&["check", &format!("{name}/")]),
        "no problems: 2 parties\n"
    );
    let table = result(&["table", &name, "parties", "--format", "json"]);
    assert_eq!(ids(&table), ["seoul", "us"]);
    assert!(result(&["list", &name]).contains("Parties (2 records)"));
    // Alone, the second file has neither a title nor the record that it links to.
    let alone = linchpin(&["check", &format!("{name}/more/offices.ron")]).out;
    assert!(
        alone.contains("lacks the field `title`") && alone.contains("\"us\""),
        "{alone}"
    );
}

#[test]
fn problems_name_their_own_file_and_line() {
    let people = PEOPLE.replace("kind: State", "kind: Stat");
    let offices = OFFICES.replace("\"us\"", "\"nowhere\"");
    let name = folder("faults", &[("a.ron", &people), ("b/c.ron", &offices)]);
    let output = linchpin(&["check", &name]);
    assert_eq!(output.code, Some(1));
    assert!(
        output.out.contains("--> faults/a.ron:6:49\n"),
        "{}",
        output.out
    );
    assert!(
        output.out.contains("--> faults/b/c.ron:4:61\n"),
        "{}",
        output.out
    );
    assert!(
        output
            .out
            .contains("4 |         (id: \"seoul\", name: \"서울 사무소\"")
    );
    let rows = json(&linchpin(&["check", &name, "--format", "json"]).out);
    let places: Vec<String> = rows
        .iter()
        .map(|r| {
            format!(
                "{}:{}:{}-{}",
                r["file"].as_str().unwrap(),
                r["line"],
                r["column"],
                r["end_column"]
            )
        })
        .collect();
    assert_eq!(places, ["faults/a.ron:6:49-53", "faults/b/c.ron:4:61-70"]);
}

#[test]
fn an_id_in_two_files_is_shown_in_both() {
    let name = folder("twice", &[("a.ron", PEOPLE), ("b.ron", PEOPLE)]);
    let output = linchpin(&["check", &name]).out;
    let expected = "\
error[duplicate-id]: The id \"us\" is taken: another party has it
 --> twice/b.ron:6:14
  |
5 |     parties: [
6 |         (id: \"us\", name: \"United States\", kind: State),
  |              ^^^^
7 |     ],
  |
 ::: twice/a.ron:6:14
  |
6 |         (id: \"us\", name: \"United States\", kind: State),
  |              ---- taken here
  |
  = help: ids are unique in the whole register; give one of the two another id

1 problem: 1 error; 1 record left out
1 of these has a safe quick fix: linchpin fix twice
";
    assert_eq!(output, expected);
    let fixed = linchpin(&["fix", &name]).out;
    assert!(fixed.starts_with("twice/b.ron:6:14: "), "{fixed}");
    assert!(
        fixed.ends_with("twice: 1 change made; no problems are left\n"),
        "{fixed}"
    );
    let two = PEOPLE.replace("동맹", "Other").replace("us", "uk");
    let name = folder("heads", &[("a.ron", PEOPLE), ("b.ron", &two)]);
    let output = linchpin(&["check", &name]).out;
    assert!(
        output.starts_with(
            "warning[second-head]: Another file gives this register another \
        title\n --> heads/b.ron:4:12\n"
        ),
        "{output}"
    );
    assert!(output.contains("::: heads/a.ron:4:12"), "{output}");
}

#[test]
fn a_broken_file_leaves_the_others_whole() {
    let cut = &OFFICES[..OFFICES.len() - 20];
    let name = folder(
        "cut",
        &[("a.ron", cut), ("b.ron", PEOPLE), ("c.ron", "\u{89}PNG")],
    );
    fs::write(
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("cut/c.ron"),
        b"\x89PNG\r\n",
    )
    .unwrap();
    let output = linchpin(&["check", &name]);
    assert_eq!(output.code, Some(1));
    assert!(output.out.contains("--> cut/a.ron:"), "{}", output.out);
    assert!(
        output.out.contains("a PNG picture") && output.out.contains("--> cut/c.ron:1:1"),
        "{}",
        output.out
    );
    assert!(!output.out.contains("cut/b.ron"), "{}", output.out);
    let table = linchpin(&["table", &name, "parties", "--format", "json"]).out;
    assert!(ids(&table).contains(&"us".to_owned()), "{table}");
}

#[test]
fn a_folder_without_a_register_is_refused() {
    let name = folder(
        "none",
        &[("notes.txt", "no register"), (".hidden/a.ron", PEOPLE)],
    );
    assert_eq!(
        refusal(&["check", &name]),
        "linchpin: Cannot read none: this folder holds no file that ends in .ron, so it is no \
        register\n"
    );
    assert!(refusal(&[&name]).contains("holds no file that ends in .ron"));
    let whole = folder("own", &[("a.ron", PEOPLE)]);
    let output = refusal(&[
        "table",
        &whole,
        "parties",
        "--format",
        "csv",
        "--to",
        "own/a.ron",
    ]);
    assert!(output.contains("is the register itself"), "{output}");
    let picture = file("folder.png", "");
    let picture = picture.to_str().unwrap();
    assert_eq!(result(&["screenshot", &whole, "--to", picture]), "");
    assert!(fs::read(picture).unwrap().starts_with(b"\x89PNG"));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_folder_is_neither_read_nor_written() {
    use std::os::unix::fs::symlink;
    let root = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let name = folder("links", &[("people.ron", PEOPLE)]);
    folder("links-elsewhere", &[("offices.ron", OFFICES)]);
    let link = root.join(&name).join("offices.ron");
    for target in ["offices.ron", "none.ron"] {
        symlink(root.join("links-elsewhere").join(target), &link).unwrap();
        for command in [
            &["check", &name][..],
            &["list", &name],
            &["fix", &name],
            &["fmt", &name],
            &["diff", &name, &format!("{name}/people.ron")],
        ] {
            let said = linchpin(command);
            assert_eq!(said.code, Some(2), "{command:?}: {}", said.err);
            let words = "offices.ron: a link leads out of the folder, to ";
            assert!(said.err.contains(words), "{command:?}: {}", said.err);
            assert!(said.err.contains(target), "{command:?}: {}", said.err);
        }
        fs::remove_file(&link).unwrap();
    }
    let theirs = fs::read_to_string(root.join("links-elsewhere/offices.ron")).unwrap();
    assert_eq!(theirs, OFFICES);
    // One that stays inside is as good as a file.
    fs::write(root.join(&name).join("offices.txt"), OFFICES).unwrap();
    symlink("offices.txt", &link).unwrap();
    assert_eq!(result(&["check", &name]), "no problems: 2 parties\n");
}
