//! `merge`: two registers made into one.

use crate::program::{SMALL, file, ids, linchpin, linchpin_reads, refusal, result};
use std::fs;
use std::path::Path;

const MORE: &str = "(format: 1, title: \"More\", parties: [\n    (id: \"us\", name: \"United \
    States\", kind: State),\n    // 서울\n    (id: \"seoul\", name: \"서울\", kind: Office, \
    parent: \"us\"),\n])";

fn name(file: std::path::PathBuf) -> String {
    file.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn what_is_missing_is_added_and_the_rest_stays() {
    let (a, b) = (
        name(file("merge-a.ron", SMALL)),
        name(file("merge-b.ron", MORE)),
    );
    let output = linchpin(&["merge", &a, &b]);
    assert_eq!(output.code, Some(0));
    assert_eq!(
        output.err,
        "linchpin: Added 1 record of merge-b.ron to those of merge-a.ron; 1 the same in both\n"
    );
    let added = "three\"),\n    // 서울\n    (id: \"seoul\", name: \"서울\", kind: Office, \
        parent: \"us\"),\n])";
    assert_eq!(output.out, SMALL.replace("three\"),\n])", added));
    assert_eq!(linchpin_reads(MORE, &["merge", &a, "-"]).out, output.out);
    assert!(refusal(&["merge", "-", "-"]).contains("not both"));

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("merge-folder");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.ron"), SMALL).unwrap();
    let seoul = MORE.replace("title: \"More\", ", "").replace(
        "    (id: \"us\", name: \"United States\", kind: State),\n",
        "",
    );
    fs::write(folder.join("b.ron"), seoul).unwrap();
    let one = linchpin(&["merge", "merge-folder", &b]);
    assert_eq!(one.out, output.out, "{}", one.err);
}

#[test]
fn a_file_is_replaced_only_where_that_is_wanted() {
    let (a, b) = (
        name(file("merge-c.ron", SMALL)),
        name(file("merge-d.ron", MORE)),
    );
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("merged.ron");
    let _ = fs::remove_file(&to);
    let merge = |more: &[&str]| {
        let mut args = vec!["merge", &a, &b, "--to", "merged.ron"];
        args.extend(more);
        linchpin(&args)
    };
    let first = merge(&[]);
    assert_eq!((first.code, first.out.as_str()), (Some(0), ""));
    assert!(first.err.ends_with(". Wrote merged.ron\n"), "{}", first.err);
    let table = result(&["table", "merged.ron", "parties", "--format", "json"]);
    assert_eq!(ids(&table).len(), 4);
    fs::write(&to, "mine").unwrap();
    let again = merge(&[]);
    assert_eq!(again.code, Some(2));
    assert!(
        again.err.contains("exists already and is left as it is"),
        "{}",
        again.err
    );
    assert_eq!(fs::read_to_string(&to).unwrap(), "mine");
    assert_eq!(merge(&["--force"]).code, Some(0));
    assert!(fs::read_to_string(&to).unwrap().contains("서울"));
    assert!(refusal(&["merge", &a, &b, "--to", "."]).contains("is a folder"));
    assert!(
        refusal(&["merge", &a, &b, "--to", "no/such.ron"]).contains("its folder does not exist")
    );
}

#[test]
fn records_that_differ_are_named_and_nothing_is_written() {
    let other = MORE.replace("name: \"United States\"", "short: \"U.S.\", name: \"USA\"");
    let (a, b) = (
        name(file("merge-e.ron", SMALL)),
        name(file("merge-f.ron", &other)),
    );
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("never.ron");
    let _ = fs::remove_file(&to);
    let output = linchpin(&["merge", &a, &b, "--to", "never.ron"]);
    assert_eq!((output.code, output.out.as_str()), (Some(1), ""));
    assert_eq!(
        output.err,
        "\
linchpin: 1 record differs, and nothing was written

party \"us\"
  a merge-e.ron:2
  b merge-f.ron:2
  name
    a: \"United States\"
    b: \"USA\"
  short
    a: not given
    b: \"U.S.\"

Set it right in one of the two, or say whose counts: --prefer a, --prefer b
"
    );
    assert!(!to.exists());
    let theirs = linchpin(&["merge", &a, &b, "--prefer", "b"]);
    assert_eq!(theirs.code, Some(0));
    assert!(
        theirs.err.contains("; 1 differed, and merge-f.ron counted"),
        "{}",
        theirs.err
    );
    assert!(theirs.out.contains("\"USA\"") && !theirs.out.contains("United States"));
    let ours = linchpin(&["merge", &a, &b, "--prefer", "a"]).out;
    assert!(!ours.contains("\"USA\"") && ours.contains("United States"));

    let theme = file(
        "merge-g.ron",
        "(format: 1, title: \"T\", themes: [(id: \"us\", name: \"We\")])",
    );
    let output = linchpin(&["merge", &a, &name(theme), "--prefer", "b"]);
    assert_eq!(output.code, Some(1));
    assert!(
        output.err.contains(
            "merge-e.ron:2: party\n  b merge-g.ron:1: theme\n  give one of the two another id"
        ),
        "{}",
        output.err
    );
}

#[test]
fn what_cannot_be_read_is_mended_first() {
    let a = name(file("merge-h.ron", SMALL));
    let b = name(file(
        "merge-i.ron",
        &MORE.replace("kind: Office", "kind: Ofice"),
    ));
    let output = refusal(&["merge", &a, &b]);
    assert!(
        output.starts_with("linchpin: merge-i.ron cannot be read in full")
            && output.contains("`linchpin check merge-i.ron`"),
        "{output}"
    );
    assert!(refusal(&["merge", &a, "no-such.ron"]).contains("there is no such file"));
}
