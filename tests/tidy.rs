//! What Cargo and clippy cannot hold: which crates know egui, where colors are named, that no test
//! waits for time.

use std::path::{Path, PathBuf};

/// The crates that may know egui; every other one works without it.
const KNOW_EGUI: &[&str] = &[
    "egui-export",
    "linchpin-render",
    "linchpin-app",
    "linchpin-ui",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every file of code below the folders of that name, of the program and of each crate, with its
/// text.
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
    for name in crates() {
        walk(&root().join("crates").join(name).join(folder), &mut paths);
    }
    paths.sort();
    assert!(!paths.is_empty(), "no code in {folder}");
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root()).unwrap().to_string_lossy();
        (name.replace('\\', "/"), text)
    };
    paths.into_iter().map(read).collect()
}

/// The names of the crates below `crates/`.
fn crates() -> Vec<String> {
    let found = std::fs::read_dir(root().join("crates")).unwrap();
    let mut names: Vec<String> = found
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn only_painting_and_the_window_know_egui() {
    for name in crates() {
        let manifest = root().join("crates").join(&name).join("Cargo.toml");
        let manifest = std::fs::read_to_string(manifest).unwrap();
        // What tests need beyond that is their own matter.
        let own = manifest.split("[dev-dependencies]").next().unwrap();
        let knows = own.contains("\negui");
        assert_eq!(knows, KNOW_EGUI.contains(&&*name), "{name}");
    }
}

#[test]
fn colors_have_names() {
    for (path, text) in files("src") {
        // The export passes on colors that were painted; its tests make some of their own.
        if path.contains("/theme") || path.contains("/export/") || path.contains("egui-export/") {
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

#[test]
fn one_place_prints() {
    // What is printed has stand-ins for what would control a terminal. Messages of the
    // language server are JSON for an editor.
    const PRINT: [&str; 3] = [
        "src/cli/output.rs",
        "src/cli/lsp/transport.rs",
        // What a child says to its parent, which is no terminal.
        "crates/linchpin-task/src/child/serve.rs",
    ];
    let mut found = Vec::new();
    for (path, text) in files("src") {
        for (number, line) in text.lines().enumerate() {
            let forms = [
                "print!(",
                "println!(",
                "dbg!(",
                "stdout()",
                "stderr()",
                ".print()",
            ];
            // Of the documentation of a crate, an example may print.
            let prints = forms.iter().any(|form| line.contains(form));
            if prints && !line.trim_start().starts_with("//") && !PRINT.contains(&&*path) {
                found.push(format!("{path}:{}", number + 1));
            }
        }
    }
    assert!(found.is_empty(), "print by src/cli/output.rs: {found:#?}");
}

#[test]
fn threads_are_started_by_tasks_alone() {
    for (path, text) in files("src") {
        if path.starts_with("crates/linchpin-task/") {
            continue;
        }
        for form in ["thread::spawn", "thread::Builder", "catch_unwind"] {
            assert!(
                !text.contains(form),
                "{path} has {form}: work on another thread is a `linchpin_task::Task`"
            );
        }
    }
}

#[test]
fn faults_are_injected_in_tests_alone() {
    let mut manifests = vec![root().join("Cargo.toml")];
    manifests.extend(
        crates()
            .iter()
            .map(|name| root().join("crates").join(name).join("Cargo.toml")),
    );
    for path in manifests {
        let manifest = std::fs::read_to_string(&path).unwrap();
        let built = manifest.split("[dev-dependencies]").next().unwrap();
        let asks = built.contains("\"fault-injection\"");
        assert!(!asks, "{}: what is built has no faults", path.display());
    }
}

#[test]
fn every_dependency_is_in_the_list_with_who_keeps_it() {
    let list = std::fs::read_to_string(root().join("docs/dependencies.md")).unwrap();
    let listed: Vec<&str> = list
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
        .map(|(name, rest)| {
            let cells: Vec<&str> = rest.trim_end_matches(" |").split(" | ").collect();
            assert!(cells.len() == 3 && !cells.contains(&""), "{name}: {rest}");
            name
        })
        .collect();
    // What a crate of the workspace may name stands once, in the manifest at the top.
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let all = manifest.split("[workspace.dependencies]").nth(1).unwrap();
    let all = all.split("\n[").next().unwrap();
    let mut named: Vec<&str> = all
        .lines()
        .filter(|line| !line.contains("path = "))
        .filter_map(|line| Some(line.split_once(" = ")?.0))
        .collect();
    named.sort_unstable();
    assert_eq!(listed, named, "docs/dependencies.md");
}

#[test]
fn a_type_name_means_one_thing() {
    let mut seen: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for (path, text) in files("src") {
        for line in text.lines() {
            let Some(name) = declared_type(line) else {
                continue;
            };
            if let Some(other) = seen.insert(name.to_owned(), path.clone()) {
                panic!("{name} is a type in {other} and in {path}: one name, one concept");
            }
        }
    }
}

/// The name of the type that a line declares.
fn declared_type(line: &str) -> Option<&str> {
    if line.starts_with(char::is_whitespace) && line.trim_start().starts_with("type ") {
        // Of a trait: every implementation has one.
        return None;
    }
    let line = line.trim_start();
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let line = match line.strip_prefix("pub(") {
        Some(rest) => rest.split_once(") ")?.1,
        None => line,
    };
    let rest = ["struct ", "enum ", "trait ", "type "]
        .iter()
        .find_map(|keyword| line.strip_prefix(keyword))?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    rest[..end]
        .starts_with(char::is_uppercase)
        .then(|| &rest[..end])
}

#[test]
fn lines_have_at_most_100_columns() {
    // rustfmt leaves a whole function as it is where it cannot break one of its lines. The
    // registers and texts that tests are about may be wider.
    let mut long = Vec::new();
    for folder in ["src", "tests", "examples", "benches"] {
        for (path, text) in files(folder) {
            for (number, line) in text.lines().enumerate() {
                let is_data = folder != "src" && (line.contains('"') || line.ends_with('\\'));
                if line.chars().count() > 100 && !is_data && !is_one_word(line) {
                    long.push(format!("{path}:{}", number + 1));
                }
            }
        }
    }
    assert!(long.is_empty(), "longer than 100 columns: {long:#?}");
}

/// An address, a hash or a name cannot be broken.
fn is_one_word(line: &str) -> bool {
    line.split_whitespace()
        .any(|word| word.chars().count() > 80)
}
