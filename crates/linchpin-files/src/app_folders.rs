//! Where the program keeps what it must not lose: unsaved work, and copies of files while they are
//! written.

use std::fs::DirBuilder;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io;
use std::path::{Path, PathBuf};

/// The folder for what outlives a run of the program; it need not exist yet. `None` where the user
/// has no home.
///
/// `$XDG_STATE_HOME/linchpin` or `~/.local/state/linchpin`; on macOS below `~/Library/Application
/// Support`, on Windows below `%LOCALAPPDATA%`.
pub fn state_folder() -> Option<PathBuf> {
    // A relative path would mean another place in every folder.
    let named = |name: &str| {
        let path = PathBuf::from(std::env::var_os(name)?);
        path.is_absolute().then_some(path)
    };
    if let Some(state) = named("XDG_STATE_HOME") {
        return Some(state.join("linchpin"));
    }
    if cfg!(windows) {
        return Some(named("LOCALAPPDATA")?.join("linchpin").join("state"));
    }
    let home = std::env::home_dir().filter(|home| home.is_absolute())?;
    Some(if cfg!(target_os = "macos") {
        home.join("Library/Application Support/linchpin/state")
    } else {
        home.join(".local/state/linchpin")
    })
}

/// Makes a folder of the program's own with all above it, closed to other users: drafts may be
/// confidential.
pub(crate) fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// A number that no other run of the program has.
pub(crate) fn random_id() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_has_one_place() {
        if let Some(folder) = state_folder() {
            assert!(folder.is_absolute());
            assert!(folder.to_string_lossy().contains("linchpin"));
        }
    }

    #[test]
    fn numbers_differ() {
        assert_ne!(random_id(), random_id());
    }
}
