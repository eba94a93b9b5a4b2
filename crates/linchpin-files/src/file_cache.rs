//! Files as they were read: each is read again only where it has changed.

use super::read;
use super::signature::{FileSignature, file_signature};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was made of the bytes of files, by their path.
#[derive(Clone)]
pub struct FileCache<T> {
    entries: HashMap<PathBuf, FileCacheEntry<T>>,
    /// Counts the times it was looked through.
    generation: u64,
}

#[derive(Clone)]
struct FileCacheEntry<T> {
    signature: Option<FileSignature>,
    value: Result<Arc<T>, String>,
    generation: u64,
}

impl<T> Default for FileCache<T> {
    fn default() -> Self {
        FileCache {
            entries: HashMap::new(),
            generation: 0,
        }
    }
}

impl<T> FileCache<T> {
    /// What was made of a file; read where it is not here yet, or has changed since.
    ///
    /// # Errors
    /// Why it cannot be read, in words.
    pub fn get_or_read(
        &mut self,
        path: &Path,
        make: impl FnOnce(Vec<u8>) -> T,
    ) -> Result<Arc<T>, String> {
        let now = file_signature(path).ok();
        let round = self.generation;
        if let Some(kept) = self.entries.get_mut(path)
            && now.is_some()
            && kept.signature == now
        {
            kept.generation = round;
            return kept.value.clone();
        }
        let bytes = read(path).map_err(|trouble| trouble.reason);
        let read = bytes.map(|bytes| Arc::new(make(bytes)));
        let kept = FileCacheEntry {
            // What could not be read is tried again.
            signature: now.filter(|_| read.is_ok()),
            value: read.clone(),
            generation: round,
        };
        self.entries.insert(path.to_owned(), kept);
        read
    }

    /// What was made of a file when it was read last, without asking the disk; `None` where it has
    /// not been read.
    pub fn get(&self, path: &Path) -> Option<Result<Arc<T>, String>> {
        self.entries.get(path).map(|kept| kept.value.clone())
    }

    /// Begins to look through it: what is not fetched until [`Shelf::end`] goes.
    pub fn begin_generation(&mut self) {
        self.generation += 1;
    }

    /// Lets go of what nobody has fetched.
    pub fn evict_unused(&mut self) {
        let round = self.generation;
        self.entries.retain(|_, kept| kept.generation == round);
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
        let mut shelf = FileCache::default();
        assert!(shelf.get_or_read(&path, |bytes| bytes).is_err() && shelf.get(&path).is_some());
        std::fs::write(&path, "one").unwrap();
        let first = shelf.get_or_read(&path, |bytes| bytes).unwrap();
        let again = shelf.get_or_read(&path, |_| panic!("read again")).unwrap();
        assert!(Arc::ptr_eq(&first, &again));
        std::fs::write(&path, "three").unwrap();
        let changed = shelf.get_or_read(&path, |bytes| bytes).unwrap();
        assert_eq!(changed.as_slice(), b"three");
        shelf.begin_generation();
        shelf.evict_unused();
        assert!(shelf.get(&path).is_none());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
