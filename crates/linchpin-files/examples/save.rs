//! Saves a file as the program does, for `.ci/faults`, which kills it at every step of it.
//!
//! `save FILE NEW [OLD]` puts the contents of NEW into FILE, which must hold those of OLD; without
//! OLD, FILE must not be there; `-` for OLD takes anything. `save --keep ORIGIN BASE DRAFT` keeps
//! unsaved work, once as BASE with a line more and once as DRAFT. `save --start` does what the
//! start of the program does: restores files that were written in part, and prints what unsaved
//! work there is.

use linchpin_files::{
    RecoveryJournal, SavePrecondition, UnsavedFile, UnsavedWork, find_interrupted_saves, save,
    scan_unsaved_work, state_folder,
};
use std::fs::read;
use std::path::Path;
use std::process::ExitCode;
use std::time::UNIX_EPOCH;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&args) {
        Ok(report) => {
            println!("{report}");
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
        [file, new] => saved(file, &bytes(new)?, SavePrecondition::NewFile),
        [file, new, "-"] => saved(file, &bytes(new)?, SavePrecondition::Any),
        [file, new, old] => saved(file, &bytes(new)?, SavePrecondition::Bytes(&bytes(old)?)),
        _ => Err("save FILE NEW [OLD|-] | --keep ORIGIN BASE DRAFT | --start".into()),
    }
}

fn saved(file: &str, new: &[u8], expected: SavePrecondition<'_>) -> Result<String, String> {
    let saved = save(Path::new(file), new, expected).map_err(|e| e.to_string())?;
    Ok(match saved.notice() {
        Some(notice) => format!("{:?}: {notice}", saved.method),
        None => format!("{:?}", saved.method),
    })
}

fn keep(origin: &str, base: Vec<u8>, draft: Vec<u8>) -> Result<String, String> {
    let state = state_folder().ok_or("there is no home")?;
    let mut journal = RecoveryJournal::new(&state).map_err(|e| e.to_string())?;
    let first = [base.as_slice(), b"first\n"].concat();
    let mut unsaved = UnsavedWork {
        origin: Some(origin.into()),
        files: vec![UnsavedFile {
            path: Some(origin.into()),
            base: base.into(),
            draft: first.into(),
        }],
        when: UNIX_EPOCH,
    };
    journal.store(&unsaved).map_err(|e| e.to_string())?;
    println!("first");
    unsaved.files[0].draft = draft.into();
    journal.store(&unsaved).map_err(|e| e.to_string())?;
    Ok("second".into())
}

fn start() -> Result<String, String> {
    let state = state_folder().ok_or("there is no home")?;
    let interrupted = find_interrupted_saves(&state);
    let mut report: Vec<String> = interrupted.errors.iter().map(ToString::to_string).collect();
    for file in interrupted.files {
        report.push(format!("put back {}", file.path.display()));
        file.restore().map_err(|e| e.to_string())?;
    }
    let unsaved = scan_unsaved_work(&state);
    report.extend(unsaved.errors.iter().map(ToString::to_string));
    for work in unsaved.orphaned {
        for file in &work.unsaved.files {
            let draft = String::from_utf8_lossy(&file.draft);
            report.push(format!("unsaved: {draft}"));
        }
        work.discard().map_err(|e| e.to_string())?;
    }
    Ok(report.join("\n"))
}
