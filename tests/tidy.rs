//! The house keeps its order: layers, sizes of files, colors in one place.

use std::path::{Path, PathBuf};

/// The most lines that a file of code may have.
const MAX_LINES: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every file of code below a folder, with its text.
fn files(folder: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, out)
            } else if path.extension().is_some_and(|e| e == "rs") {
                out.push(path)
            }
        }
    }
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    paths.sort();
    assert!(!paths.is_empty(), "no code in {folder}");
    paths
        .into_iter()
        .map(|p| {
            let text = std::fs::read_to_string(&p).unwrap();
            (
                p.strip_prefix(root())
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/"),
                text,
            )
        })
        .collect()
}

/// The modules in the order of `lib.rs`, which is the order in which data flows.
fn layers() -> Vec<String> {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    lib.lines()
        .filter_map(|l| {
            l.strip_prefix("pub mod ")?
                .strip_suffix(';')
                .map(str::to_owned)
        })
        .collect()
}

fn layer_of(path: &str) -> &str {
    let rest = path.strip_prefix("src/").unwrap_or(path);
    rest.split(['/', '.']).next().unwrap_or(rest)
}

#[test]
fn no_layer_knows_a_later_one() {
    let layers = layers();
    assert!(layers.len() > 8, "{layers:?}");
    let mut wrong = Vec::new();
    for (path, text) in files("src") {
        let Some(own) = layers.iter().position(|l| l == layer_of(&path)) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            for piece in line.split("crate::").skip(1) {
                let name: String = piece
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if layers
                    .iter()
                    .position(|l| *l == name)
                    .is_some_and(|other| other > own)
                {
                    wrong.push(format!(
                        "{path}:{}: {} must not know {name}",
                        number + 1,
                        layer_of(&path)
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn values_know_nothing_of_pixels() {
    for (path, text) in files("src") {
        if [
            "ron_text", "register", "query", "tables", "picture", "charts", "evidence",
        ]
        .contains(&layer_of(&path))
        {
            assert!(!text.contains("egui"), "{path} names egui");
        }
    }
}

#[test]
fn files_stay_small() {
    for folder in ["src", "tests", "benches"] {
        for (path, text) in files(folder) {
            let lines = text.lines().count();
            assert!(
                lines <= MAX_LINES,
                "{path} has {lines} lines: split it where it holds two things"
            );
        }
    }
}

#[test]
fn colors_have_names() {
    for (path, text) in files("src") {
        // The export passes on colors that were painted; its tests make some of their own.
        if path.starts_with("src/theme") || layer_of(&path) == "export" {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let named = [
                "Color32::from_rgb(",
                "Color32::from_gray(",
                "Color32::from_rgba",
                "Color32::RED",
                "Color32::WHITE",
                "Color32::BLACK",
            ];
            assert!(
                !named.iter().any(|n| line.contains(n)),
                "{path}:{}: colors are named in the theme",
                number + 1
            );
        }
    }
}

#[test]
fn nothing_waits_for_time() {
    for folder in ["src", "tests"] {
        for (path, text) in files(folder) {
            // Written in two parts, so that this line does not find itself.
            assert!(
                !text.contains(concat!("thread::", "sleep")),
                "{path} sleeps"
            );
        }
    }
}
