//! Files as they were read: each is read again only where it has changed.

use super::read;
use super::signature::{Signature, signature};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was made of the bytes of files, by their path.
#[derive(Clone)]
pub struct Shelf<T> {
    kept: HashMap<PathBuf, Kept<T>>,
    /// Counts the times it was looked through.
    round: u64,
}

#[derive(Clone)]
struct Kept<T> {
    signature: Option<Signature>,
    read: Result<Arc<T>, String>,
    round: u64,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Shelf {
            kept: HashMap::new(),
            round: 0,
        }
    }
}

impl<T> Shelf<T> {
    /// What was made of a file; read where it is not here yet, or has changed since.
    ///
    /// # Errors
    /// Why it cannot be read, in words.
    pub fn fetch(
        &mut self,
        path: &Path,
        make: impl FnOnce(Vec<u8>) -> T,
    ) -> Result<Arc<T>, String> {
        let now = signature(path).ok();
        let round = self.round;
        if let Some(kept) = self.kept.get_mut(path)
            && now.is_some()
            && kept.signature == now
        {
            kept.round = round;
            return kept.read.clone();
        }
        let bytes = read(path).map_err(|trouble| trouble.why);
        let read = bytes.map(|bytes| Arc::new(make(bytes)));
        let kept = Kept {
            // What could not be read is tried again.
            signature: now.filter(|_| read.is_ok()),
            read: read.clone(),
            round,
        };
        self.kept.insert(path.to_owned(), kept);
        read
    }

    /// What was made of a file when it was read last, without asking the disk; `None` where it has
    /// not been read.
    pub fn get(&self, path: &Path) -> Option<Result<Arc<T>, String>> {
        self.kept.get(path).map(|kept| kept.read.clone())
    }

    /// Begins to look through it: what is not fetched until [`Shelf::end`] goes.
    pub fn begin(&mut self) {
        self.round += 1;
    }

    /// Lets go of what nobody has fetched.
    pub fn end(&mut self) {
        let round = self.round;
        self.kept.retain(|_, kept| kept.round == round);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_again_only_where_it_has_changed() {
        let folder = std::env::temp_dir().join(format!("linchpin-shelf-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.txt");
        let mut shelf = Shelf::default();
        assert!(shelf.fetch(&path, |bytes| bytes).is_err() && shelf.get(&path).is_some());
        std::fs::write(&path, "one").unwrap();
        let first = shelf.fetch(&path, |bytes| bytes).unwrap();
        let again = shelf.fetch(&path, |_| panic!("read again")).unwrap();
        assert!(Arc::ptr_eq(&first, &again));
        std::fs::write(&path, "three").unwrap();
        let changed = shelf.fetch(&path, |bytes| bytes).unwrap();
        assert_eq!(changed.as_slice(), b"three");
        shelf.begin();
        shelf.end();
        assert!(shelf.get(&path).is_none());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
