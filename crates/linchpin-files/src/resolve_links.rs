//! Where a file really is, behind links.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

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
