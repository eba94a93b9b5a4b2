//! A folder as a register: which of its files belong to it.

use crate::read::{MAX_BYTES, ReadError, ReadErrorKind, read};
use crate::sibling_texts::refuse_link_outside;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The most files that one register may have.
pub const MAX_FILES: usize = 2_000;
/// How many folders may lie in one another.
const MAX_DEPTH: usize = 16;
/// How many files and folders are looked at before it is clear that this is no folder of a
/// register.
const MAX_ENTRIES: usize = 50_000;

/// A file of a register.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundFile {
    /// Its path below the folder, with `/` between its pieces.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

impl FoundFile {
    /// Refuses a file that is a link which leads out of the folder, also to nothing: whoever made
    /// the folder must not decide which other files of the user are read or written.
    ///
    /// # Errors
    /// [`ReadErrorKind::LinkOutside`], or where the system cannot say.
    pub fn refuse_link_outside(&self) -> Result<(), ReadError> {
        let refused = refuse_link_outside(self.folder(), &self.name);
        refused.map_err(|kind| read_error(&self.path, kind))
    }

    /// The folder in which it was found.
    fn folder(&self) -> &Path {
        let depth = Path::new(&self.name).components().count();
        self.path.ancestors().nth(depth).unwrap_or(&self.path)
    }
}

/// All files that end in `.ron` in the folder and the folders below it, in the order of their
/// names. What begins with a period is passed over, and so are links to other folders, which may
/// lead in a circle.
///
/// # Errors
/// Where there is no such file or no such folder, or more of them than [`MAX_FILES`].
pub fn find_files(folder: &Path) -> Result<Vec<FoundFile>, ReadError> {
    let fail = |kind| read_error(folder, kind);
    let mut found = Vec::new();
    let mut entries = 0;
    let mut pending = vec![(folder.to_owned(), String::new(), 0)];
    while let Some((path, prefix, depth)) = pending.pop() {
        let items = match std::fs::read_dir(&path) {
            Ok(items) => items,
            // Taken away while the rest was looked through.
            Err(error) if depth > 0 && error.kind() == ErrorKind::NotFound => continue,
            Err(error) => {
                let kind = match error.kind() {
                    ErrorKind::NotFound => ReadErrorKind::NoSuchFolder,
                    ErrorKind::NotADirectory => ReadErrorKind::NotFolder,
                    _ => error.into(),
                };
                return Err(ReadError { path, kind });
            }
        };
        for item in items {
            let item = item.map_err(|error| fail(error.into()))?;
            entries += 1;
            if entries > MAX_ENTRIES {
                return Err(fail(ReadErrorKind::TooManyFiles(MAX_FILES)));
            }
            let (name, path) = (item.file_name(), item.path());
            let is_ron = path
                .extension()
                .is_some_and(|e| e.eq_ignore_ascii_case("ron"));
            let is_folder = item.file_type().is_ok_and(|t| t.is_dir());
            if name.as_encoded_bytes().starts_with(b".") || !(is_folder || is_ron) {
                continue;
            }
            let Some(name) = name.to_str() else {
                return Err(read_error(&path, ReadErrorKind::NameNotUnicode));
            };
            let name = format!("{prefix}{name}");
            if !is_folder {
                // A link to a folder may end in `.ron` as well.
                if !path.is_dir() {
                    found.push(FoundFile { name, path });
                }
            } else if depth == MAX_DEPTH {
                return Err(read_error(&path, ReadErrorKind::TooDeep(MAX_DEPTH)));
            } else {
                pending.push((path, format!("{name}/"), depth + 1));
            }
        }
    }
    if found.len() > MAX_FILES {
        return Err(fail(ReadErrorKind::TooManyFiles(MAX_FILES)));
    }
    if found.is_empty() {
        return Err(fail(ReadErrorKind::NoRegisterFile));
    }
    found.sort();
    Ok(found)
}

fn read_error(path: &Path, kind: ReadErrorKind) -> ReadError {
    ReadError {
        path: path.to_owned(),
        kind,
    }
}

/// Reads all files of a folder whole: each name with its bytes.
///
/// # Errors
/// As [`find_files`] and [`read`]; or together they are larger than [`MAX_BYTES`].
pub fn read_folder(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, ReadError> {
    let mut files = Vec::new();
    let mut total = 0;
    for file in find_files(folder)? {
        if let Some(bytes) = read_found_file(&file)? {
            total += bytes.len() as u64;
            check_total_size(folder, total)?;
            files.push((file.name, bytes));
        }
    }
    Ok(files)
}

/// Reads a file that was found; `None` where it has gone since.
///
/// # Errors
/// As [`read`] and [`FoundFile::refuse_link_outside`].
pub fn read_found_file(file: &FoundFile) -> Result<Option<Vec<u8>>, ReadError> {
    file.refuse_link_outside()?;
    let gone = || {
        let data = std::fs::symlink_metadata(&file.path);
        data.is_err_and(|e| e.kind() == ErrorKind::NotFound)
    };
    match read(&file.path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(_) if gone() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Refuses a folder whose files have more bytes together than one file may have.
///
/// # Errors
/// Where `total_bytes` is too large.
pub fn check_total_size(folder: &Path, total_bytes: u64) -> Result<(), ReadError> {
    if total_bytes <= MAX_BYTES {
        return Ok(());
    }
    Err(read_error(
        folder,
        ReadErrorKind::TooLarge(Some(total_bytes)),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// An empty folder of this test's own.
    fn fresh(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("linchpin-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        find_files(folder)
            .unwrap()
            .into_iter()
            .map(|f| f.name)
            .collect()
    }

    #[test]
    fn files_are_found_below_the_folder_in_the_order_of_their_names() {
        let folder = fresh("find");
        for path in ["b.ron", "a.RON", "notes.txt", ".hidden.ron", "c.ron~"] {
            fs::write(folder.join(path), path).unwrap();
        }
        for path in ["sub/deep", ".git", "empty", "odd.ron"] {
            fs::create_dir_all(folder.join(path)).unwrap();
            if path != "empty" {
                fs::write(folder.join(path).join("한국.ron"), path).unwrap();
            }
        }
        assert_eq!(
            names(&folder),
            ["a.RON", "b.ron", "odd.ron/한국.ron", "sub/deep/한국.ron"]
        );
        let bytes = read_folder(&folder).unwrap();
        assert_eq!(
            bytes[3],
            ("sub/deep/한국.ron".to_owned(), b"sub/deep".to_vec())
        );
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&folder, folder.join("circle")).unwrap();
            std::os::unix::fs::symlink(&folder, folder.join("circle.ron")).unwrap();
            std::os::unix::fs::symlink(folder.join("b.ron"), folder.join("link.ron")).unwrap();
            assert_eq!(names(&folder).len(), 5);
            std::os::unix::fs::symlink(folder.join("no"), folder.join("nowhere.ron")).unwrap();
            let message = read_folder(&folder).unwrap_err().to_string();
            assert!(
                message.ends_with("nowhere.ron: there is no such file"),
                "{message}"
            );
        }
        fs::remove_dir_all(&folder).unwrap();
        let message = find_files(&folder).unwrap_err().to_string();
        assert!(message.ends_with("there is no such folder"), "{message}");
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_out_of_the_folder_are_neither_read_nor_written() {
        use crate::save_in_folder;
        use crate::save_outcome::SavePrecondition;
        use std::os::unix::fs::symlink;
        let (folder, elsewhere) = (fresh("inside"), fresh("elsewhere"));
        let secret = elsewhere.join("secret.ron");
        fs::write(&secret, "mine").unwrap();
        fs::create_dir(folder.join("sub")).unwrap();
        fs::write(folder.join("a.ron"), "()").unwrap();
        symlink("../a.ron", folder.join("sub/inside.ron")).unwrap();
        assert_eq!(read_folder(&folder).unwrap().len(), 2);
        for (target, is_there) in [(secret.clone(), true), (elsewhere.join("none.ron"), false)] {
            for name in ["link.ron", "sub/link.ron"] {
                let link = folder.join(name);
                symlink(&target, &link).unwrap();
                let message = read_folder(&folder).unwrap_err().to_string();
                let real = fs::canonicalize(&elsewhere)
                    .unwrap()
                    .join(target.file_name().unwrap());
                let words = format!(
                    "{}: a link leads out of the folder, to {}; it is neither read nor written",
                    link.display(),
                    real.display()
                );
                assert!(message.contains(&words), "{message}");
                let expected = match is_there {
                    true => SavePrecondition::Bytes(b"mine"),
                    false => SavePrecondition::NewFile,
                };
                let refused = save_in_folder(&folder, name, b"theirs", expected).unwrap_err();
                assert!(
                    refused.to_string().contains("a link leads out"),
                    "{refused}"
                );
                fs::remove_file(link).unwrap();
            }
        }
        assert_eq!(fs::read(&secret).unwrap(), b"mine");
        assert!(!elsewhere.join("none.ron").exists());
        for folder in [folder, elsewhere] {
            fs::remove_dir_all(folder).unwrap();
        }
    }

    #[test]
    fn a_folder_that_is_no_register_is_refused() {
        let folder = fresh("limits");
        let refusal = |folder: &Path| find_files(folder).unwrap_err().to_string();
        assert!(
            refusal(&folder).ends_with("holds no file that ends in .ron, so it is no register")
        );
        let mut deep = folder.clone();
        for _ in 0..=MAX_DEPTH {
            deep.push("d");
        }
        fs::create_dir_all(&deep).unwrap();
        assert!(
            refusal(&folder).contains("more than 16 folders"),
            "{}",
            refusal(&folder)
        );
        fs::remove_dir_all(folder.join("d")).unwrap();
        for index in 0..=MAX_FILES {
            fs::write(folder.join(format!("{index}.ron")), "").unwrap();
        }
        assert!(
            refusal(&folder).contains("at most 2000"),
            "{}",
            refusal(&folder)
        );
        fs::remove_dir_all(&folder).unwrap();
        assert!(check_total_size(&folder, MAX_BYTES).is_ok());
        let message = check_total_size(&folder, 3 * MAX_BYTES)
            .unwrap_err()
            .to_string();
        assert!(message.contains("too large (3.0 GiB)"), "{message}");
    }
}
