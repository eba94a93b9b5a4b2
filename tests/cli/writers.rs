//! Every command that writes a file: what it replaces, and what it leaves as it is.

use crate::program::{SMALL, linchpin, program, read_output, refusal, result};
use std::fs;
use std::path::{Path, PathBuf};

/// A fresh folder with a register, and an image of a chart of it.
fn desk(name: &str) -> (PathBuf, String) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let register = folder.join("small.ron");
    let charts = "charts: [(id: \"kinds\", title: \"Kinds\", records: [Parties], mark: Bar, \
        y: (field: \"kind\"))], parties: [";
    fs::write(&register, SMALL.replace("parties: [", charts)).unwrap();
    let register = register.to_str().unwrap().to_owned();
    let image = folder.join("image.png");
    export(&register, &image);
    (folder, register)
}

fn export(register: &str, to: &Path) {
    let to = to.to_str().unwrap();
    result(&["export", register, "--chart", "kinds", "--to", to]);
}

/// A chart that cannot be drawn, beside one that can.
const REFUSED: &str = "charts: [(id: \"sound\", title: \"Kinds\", records: [Parties], mark: Bar, \
    y: (field: \"kind\")), (id: \"log\", title: \"Numbers\", records: [Figures], mark: Dot, x: \
    (field: \"amount\", scale: Log), y: (field: \"title\"))], parties: [";

#[test]
fn a_chart_that_cannot_be_drawn_is_not_written_and_said() {
    let (folder, register) = desk("writers-refused");
    fs::write(&register, SMALL.replace("parties: [", REFUSED)).unwrap();
    for name in [
        "log.png", "log.svg", "log.pdf", "log.csv", "log.md", "log.json",
    ] {
        let to = folder.join(name);
        let to_text = to.to_str().unwrap();
        let output = linchpin(&["export", &register, "--chart", "log", "--to", to_text]);
        assert_eq!(output.code, Some(1), "{name}");
        assert!(
            output.err.starts_with("linchpin: log cannot be drawn: "),
            "{name}: {}",
            output.err
        );
        assert!(!to.exists(), "{name}");
    }
    let out = folder.join("out");
    let output = linchpin(&["export", &register, "--all", "--to", out.to_str().unwrap()]);
    assert_eq!(output.code, Some(1));
    assert!(
        output.out.ends_with("2 images: 1 written, 1 not made\n"),
        "{}",
        output.out
    );
    assert!(
        output.out.contains("log.png: cannot be drawn: "),
        "{}",
        output.out
    );
    assert!(out.join("sound.png").exists() && !out.join("log.png").exists());
    // The check tells it beforehand, at its place.
    let check = linchpin(&["check", &register, "--format", "json"]);
    assert_eq!(check.code, Some(1));
    let found: serde_json::Value = serde_json::from_str(&check.out).unwrap();
    let found = found.as_array().unwrap();
    assert_eq!(found.len(), 1, "{}", check.out);
    assert_eq!(found[0]["code"], "chart-not-drawn");
    assert_eq!(found[0]["severity"], "warning");
    let line = found[0]["line"].as_u64().unwrap() as usize;
    let text = fs::read_to_string(&register).unwrap();
    assert!(text.lines().nth(line - 1).unwrap().contains("Numbers"));
    let report = folder.join("report.html");
    let output = linchpin(&[
        "export",
        &register,
        "--report",
        "--to",
        report.to_str().unwrap(),
    ]);
    assert_eq!(output.code, Some(1), "{}", output.err);
    assert!(
        output.err.starts_with("linchpin: log cannot be drawn: "),
        "{}",
        output.err
    );
    assert!(report.exists());
}

#[cfg(feature = "window")]
#[test]
fn a_picture_of_the_window_shows_what_was_asked_for_or_none_is_made() {
    let (folder, register) = desk("writers-screenshot");
    let to = folder.join("never.png");
    for (args, words) in [
        (
            ["--select", "rokk"],
            "There is no record `rokk`. Did you mean `rok`?",
        ),
        (
            ["--chart", "kind"],
            "There is no chart `kind`. Did you mean `kinds`?",
        ),
        (["--compare", "a:b"], "There is no document `a`."),
        (["--read", "a"], "There is no document `a`."),
        (["--search", "x"], "The page overview has no search."),
    ] {
        let to = to.to_str().unwrap();
        let output = refusal(&[&["screenshot", &register, "--to", to], &args[..]].concat());
        assert!(output.contains(words), "{args:?}: {output}");
    }
    assert!(!to.exists());
}

/// Each command that writes one file, without the name of that file.
fn writers<'a>(register: &'a str, image: &'a str) -> Vec<(&'static str, Vec<&'a str>)> {
    vec![
        ("x.csv", vec!["table", register, "parties", "--to"]),
        (
            "x.png",
            vec!["export", register, "--chart", "kinds", "--to"],
        ),
        ("x.md", vec!["export", register, "--chart", "kinds", "--to"]),
        ("x.html", vec!["export", register, "--report", "--to"]),
        ("x.pdf", vec!["export", register, "--report", "--to"]),
        ("y.csv", vec!["series", register, "--phrase", "x", "--to"]),
        ("y.svg", vec!["series", register, "--phrase", "x", "--to"]),
        ("x.ron", vec!["inspect", image, "--excerpt"]),
        ("y.ron", vec!["merge", register, register, "--to"]),
        #[cfg(feature = "window")]
        ("y.png", vec!["screenshot", register, "--to"]),
    ]
}

#[test]
fn no_command_replaces_a_file_that_linchpin_has_not_made() {
    let (folder, register) = desk("writers");
    let image = folder.join("image.png");
    let image = image.to_str().unwrap();
    for (name, args) in writers(&register, image) {
        let to = folder.join(name);
        let to = to.to_str().unwrap();
        let run = |more: &[&str]| linchpin(&[&args[..], &[to], more].concat());
        // Somebody's notes, and a register that bears the name of an image.
        for foreign in ["my notes", SMALL] {
            fs::write(to, foreign).unwrap();
            let output = run(&[]);
            assert_eq!(
                (output.out.as_str(), output.code),
                ("", Some(2)),
                "{args:?}"
            );
            let words = "exists already and is left as it is";
            assert!(output.err.contains(words), "{args:?}: {}", output.err);
            assert!(output.err.contains("--force"), "{args:?}: {}", output.err);
            assert_eq!(fs::read_to_string(to).unwrap(), foreign, "{args:?}");
        }
        let output = run(&["--force"]);
        assert_eq!(output.code, Some(0), "{args:?}: {}", output.err);
        let written = fs::read(to).unwrap();
        assert_ne!(written, SMALL.as_bytes(), "{args:?}");
        // What names its maker is replaced by its like, and so is what would be the same.
        let is_marked = [".png", ".svg", ".pdf", ".html"]
            .iter()
            .any(|e| name.ends_with(e));
        if is_marked {
            let kind = fs::read(folder.join("image.png")).unwrap();
            if name.ends_with(".png") {
                fs::write(to, kind).unwrap();
            }
            assert_eq!(run(&[]).code, Some(0), "{args:?}");
            assert_eq!(fs::read(to).unwrap(), written, "{args:?}");
        }
    }
}

#[test]
fn a_result_is_of_the_kind_of_what_it_replaces() {
    let (folder, register) = desk("writers-kinds");
    let image = folder.join("image.png");
    let before = fs::read(&image).unwrap();
    let to = image.to_str().unwrap();
    let table = ["table", &register, "parties", "--format", "csv", "--to", to];
    assert!(refusal(&table).contains("is left as it is"));
    // The image is what the excerpt is read from, so that --force does not help either.
    for more in [&[][..], &["--force"]] {
        let output = refusal(&[&["inspect", to, "--excerpt", to], more].concat());
        assert!(output.contains("the file that was read"), "{output}");
    }
    assert_eq!(fs::read(&image).unwrap(), before);
    let own = [
        "table", &register, "parties", "--format", "csv", "--force", "--to", &register,
    ];
    assert!(refusal(&own).contains("is the register itself"));
    // --force is said of a file that is written.
    let output = refusal(&["table", &register, "parties", "--force"]);
    assert!(output.contains("--to"), "{output}");
}

#[test]
fn a_folder_of_images_leaves_other_files_alone() {
    let (folder, register) = desk("writers-many");
    let out = folder.join("out");
    fs::create_dir(&out).unwrap();
    let (to, kinds) = (out.to_str().unwrap(), out.join("kinds.png"));
    fs::write(&kinds, "my notes").unwrap();
    let output = linchpin(&["export", &register, "--all", "--to", to]);
    assert_eq!(output.code, Some(2));
    assert!(
        output.out.contains("kinds.png: left as it is"),
        "{}",
        output.out
    );
    assert!(output.err.contains("--force"), "{}", output.err);
    assert_eq!(fs::read(&kinds).unwrap(), b"my notes");
    result(&["export", &register, "--all", "--to", to, "--force"]);
    assert!(fs::read(&kinds).unwrap().starts_with(b"\x89PNG"));
    // Its own files it goes on replacing.
    let text = fs::read_to_string(&register).unwrap();
    fs::write(
        &register,
        text.replace("title: \"Kinds\"", "title: \"Sorts\""),
    )
    .unwrap();
    let output = result(&["export", &register, "--all", "--to", to]);
    assert!(output.contains("kinds.png: written"), "{output}");
}

#[cfg(unix)]
#[test]
fn a_full_disk_keeps_the_old_file_and_links_stay() {
    use std::os::unix::fs::{MetadataExt as _, symlink};
    let (folder, register) = desk("writers-full");
    let image = folder.join("image.png");
    let image = image.to_str().unwrap();
    for (name, args) in writers(&register, image) {
        let to = folder.join(name);
        fs::write(&to, "my notes").unwrap();
        // Files may have no byte, which is how a full disk looks to a program.
        let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"";
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", script]).arg(program().get_program());
        shell.args(&args).arg(&to).arg("--force");
        let output = read_output(shell.output().unwrap());
        assert_eq!(output.code, Some(2), "{args:?}: {}", output.err);
        assert_eq!(fs::read_to_string(&to).unwrap(), "my notes", "{args:?}");

        let (second, link) = (folder.join("second"), folder.join("link").join(name));
        let _ = fs::remove_file(&second);
        fs::create_dir_all(folder.join("link")).unwrap();
        fs::hard_link(&to, &second).unwrap();
        symlink(&to, &link).unwrap();
        let link = link.to_str().unwrap();
        let mut linked = program();
        linked.args(&args).args([link, "--force"]);
        let output = read_output(
            linked
                .env("XDG_STATE_HOME", folder.join("state"))
                .output()
                .unwrap(),
        );
        assert_eq!(output.code, Some(0), "{args:?}: {}", output.err);
        assert!(
            output.err.contains("several names"),
            "{args:?}: {}",
            output.err
        );
        assert!(Path::new(link).is_symlink(), "{args:?}");
        assert_eq!(fs::metadata(&to).unwrap().nlink(), 2, "{args:?}");
        assert_eq!(
            fs::read(&to).unwrap(),
            fs::read(&second).unwrap(),
            "{args:?}"
        );
        assert_ne!(fs::read(&to).unwrap(), b"my notes", "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_new_register_is_written_whole_or_not_at_all() {
    let (folder, _) = desk("writers-new");
    let to = folder.join("new.ron");
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"";
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", script]).arg(program().get_program());
    let output = read_output(shell.arg("new").arg(&to).output().unwrap());
    assert_eq!(output.code, Some(2), "{}", output.err);
    assert!(
        output.err.starts_with("linchpin: Cannot write "),
        "{}",
        output.err
    );
    assert!(!to.exists());
    fs::write(&to, "").unwrap();
    assert!(refusal(&["new", to.to_str().unwrap()]).contains("exists already"));
}

#[test]
fn a_folder_is_never_replaced() {
    // A folder is no file, whoever agrees to it.
    let (folder, register) = desk("writers-folder");
    let to = folder.to_str().unwrap();
    for more in [&[][..], &["--force"]] {
        let args = ["table", &register, "parties", "--format", "csv", "--to", to];
        assert!(refusal(&[&args, more].concat()).contains("this is a folder, not a file"));
    }
}
