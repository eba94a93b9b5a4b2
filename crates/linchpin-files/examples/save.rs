//! Saves a file as the program does, for `.ci/faults`, which kills it at every step of it.
//!
//! `save FILE NEW [OLD]` puts the contents of NEW into FILE, which must hold those of OLD; without
//! OLD, FILE must not be there; `-` for OLD takes anything. `save --keep ORIGIN BASE DRAFT` keeps
//! unsaved work, once as BASE with a line more and once as DRAFT. `save --start` does what the
//! start of the program does: puts back what was torn, and says what unsaved work there is.

use linchpin_files::{
    Expected, Journal, Unsaved, UnsavedFile, found, interrupted, save, state_folder,
};
use std::fs::read;
use std::path::Path;
use std::process::ExitCode;
use std::time::UNIX_EPOCH;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&args) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            println!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> Result<String, String> {
    let bytes = |path: &str| read(path).map_err(|e| format!("{path}: {e}"));
    match *args {
        ["--start"] => start(),
        ["--keep", origin, base, draft] => keep(origin, bytes(base)?, bytes(draft)?),
        [file, new] => saved(file, &bytes(new)?, Expected::NewFile),
        [file, new, "-"] => saved(file, &bytes(new)?, Expected::Whatever),
        [file, new, old] => saved(file, &bytes(new)?, Expected::Bytes(&bytes(old)?)),
        _ => Err("save FILE NEW [OLD|-] | --keep ORIGIN BASE DRAFT | --start".into()),
    }
}

fn saved(file: &str, new: &[u8], expected: Expected<'_>) -> Result<String, String> {
    let saved = save(Path::new(file), new, expected).map_err(|e| e.to_string())?;
    Ok(match saved.notice() {
        Some(notice) => format!("{:?}: {notice}", saved.how),
        None => format!("{:?}", saved.how),
    })
}

fn keep(origin: &str, base: Vec<u8>, draft: Vec<u8>) -> Result<String, String> {
    let state = state_folder().ok_or("there is no home")?;
    let mut journal = Journal::new(&state)?;
    let first = [base.as_slice(), b"first\n"].concat();
    let mut unsaved = Unsaved {
        origin: Some(origin.into()),
        files: vec![UnsavedFile {
            path: Some(origin.into()),
            base: base.into(),
            draft: first.into(),
        }],
        when: UNIX_EPOCH,
    };
    journal.keep(&unsaved)?;
    println!("first");
    unsaved.files[0].draft = draft.into();
    journal.keep(&unsaved)?;
    Ok("second".into())
}

fn start() -> Result<String, String> {
    let state = state_folder().ok_or("there is no home")?;
    let torn = interrupted(&state);
    let mut said = torn.trouble;
    for file in torn.files {
        said.push(format!("put back {}", file.path.display()));
        file.put_back().map_err(|e| e.to_string())?;
    }
    let kept = found(&state);
    said.extend(kept.trouble);
    for lost in kept.lost {
        for file in &lost.unsaved.files {
            said.push(format!("unsaved: {}", String::from_utf8_lossy(&file.draft)));
        }
        lost.forget();
    }
    Ok(said.join("\n"))
}
