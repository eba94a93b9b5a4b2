//! What the fuzzers try: the crates of the program that know neither files nor windows.

mod checks;
mod documents;
mod editor;
mod house;
mod images;
mod messages;
mod read;
mod texts;
mod tree;
mod walks;

pub use documents::documents_of;
pub use editor::editor_of;
pub use house::house_of;
pub use images::images_of;
pub use messages::messages_of;
pub use read::register_of;
pub use texts::texts_of;
pub use tree::tree_of;
pub use walks::edits_of;

/// Runs a target on files, without a fuzzer: those named on the command line, and all in the
/// folders named there.
pub fn over_files(run: fn(&[u8])) {
    let mut left: Vec<std::path::PathBuf> = std::env::args_os().skip(1).map(Into::into).collect();
    let mut count = 0;
    while let Some(path) = left.pop() {
        if path.is_dir() {
            let inside = std::fs::read_dir(&path).expect("the folder cannot be read");
            left.extend(inside.flatten().map(|entry| entry.path()));
            continue;
        }
        let data = std::fs::read(&path).expect("the file cannot be read");
        eprintln!("{}", path.display());
        run(&data);
        count += 1;
    }
    println!("{count} files");
}
