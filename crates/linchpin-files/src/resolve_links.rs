//! Where a file really is, behind links.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

/// The most links that lead to one file.
const MAX_LINKS: usize = 40;

/// The place that bytes for a path go to: links are followed, also one that leads to no file yet.
/// The file need not exist, its folder must.
pub(crate) fn resolve_links(path: &Path) -> io::Result<PathBuf> {
    let mut at = path.to_owned();
    for _ in 0..MAX_LINKS {
        let missing = match fs::canonicalize(&at) {
            Err(e) if e.kind() == ErrorKind::NotFound => e,
            other => return other,
        };
        // The standard library follows links only to files that are there.
        let folder = crate::temp_file::parent_folder(&at).to_owned();
        match fs::read_link(&at) {
            Ok(to) => at = folder.join(to),
            Err(_) => {
                let name = at.file_name().ok_or(missing)?;
                return Ok(fs::canonicalize(folder)?.join(name));
            }
        }
    }
    Err(io::Error::other("its links lead in a circle"))
}

/// Where a path that counts from a folder leads, where links take it out of that folder; also a
/// link to nothing. `None` where it stays inside, as far as it exists.
///
/// # Errors
/// Where the system cannot say.
pub(crate) fn link_outside(folder: &Path, path: &str) -> io::Result<Option<PathBuf>> {
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let root = fs::canonicalize(folder)?;
    let mut at = root.clone();
    for part in Path::new(path).components() {
        if part == Component::CurDir {
            continue;
        }
        at.push(part);
        match fs::symlink_metadata(&at) {
            Ok(data) if data.is_symlink() => {
                // What leads nowhere, or in a circle, is not inside.
                let Ok(real) = resolve_links(&at) else {
                    return Ok(Some(fs::read_link(&at)?));
                };
                if !real.starts_with(&root) {
                    return Ok(Some(real));
                }
                at = real;
            }
            Ok(_) => {}
            // Nothing is there, nor below it.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_are_followed_to_files_that_are_not_there_yet() {
        let folder = std::env::temp_dir().join(format!("linchpin-real-{}", std::process::id()));
        fs::create_dir_all(folder.join("far")).unwrap();
        let folder = fs::canonicalize(folder).unwrap();
        symlink("far/second", folder.join("first")).unwrap();
        symlink("third", folder.join("far/second")).unwrap();
        let third = folder.join("far/third");
        assert_eq!(resolve_links(&folder.join("first")).unwrap(), third);
        fs::write(&third, "").unwrap();
        assert_eq!(resolve_links(&folder.join("first")).unwrap(), third);
        symlink("round", folder.join("round")).unwrap();
        assert!(resolve_links(&folder.join("round")).is_err());
        assert!(resolve_links(&folder.join("no/such")).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
