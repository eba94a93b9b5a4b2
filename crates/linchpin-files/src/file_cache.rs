//! Files as they were read: each is read again only where it has changed.

use crate::read::{ReadErrorKind, read_regular_file};
use crate::signature::{FileSignature, file_signature};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// What was made of the bytes of files, by their path.
#[derive(Clone)]
pub struct FileCache<T> {
    entries: HashMap<PathBuf, FileCacheEntry<T>>,
    /// Counts how often a caller went through all its files.
    generation: u64,
}

#[derive(Clone)]
struct FileCacheEntry<T> {
    signature: Option<FileSignature>,
    value: Result<Arc<T>, ReadErrorKind>,
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
    /// Why it cannot be read.
    pub fn get_or_read(
        &mut self,
        path: &Path,
        make: impl FnOnce(Vec<u8>) -> T,
    ) -> Result<Arc<T>, ReadErrorKind> {
        self.get_or_read_checked(path, || Ok(()), make)
    }

    /// The same, where a check comes before the reading. It is asked again where a link leads
    /// elsewhere than before.
    ///
    /// # Errors
    /// Why it cannot be read, or may not be.
    pub(crate) fn get_or_read_checked(
        &mut self,
        path: &Path,
        check: impl FnOnce() -> Result<(), ReadErrorKind>,
        make: impl FnOnce(Vec<u8>) -> T,
    ) -> Result<Arc<T>, ReadErrorKind> {
        // Before the file is read: what is written meanwhile changes the next signature. Where it
        // may not, since the disk's clock has not moved on, the file is read again the next time.
        let signature = file_signature(path).ok();
        let now = SystemTime::now();
        let generation = self.generation;
        if let Some(entry) = self.entries.get_mut(path)
            && signature.is_some()
            && entry.signature == signature
        {
            entry.generation = generation;
            return entry.value.clone();
        }
        let read = check().and_then(|()| read_regular_file(path));
        let value = read.map(|bytes| Arc::new(make(bytes)));
        let entry = FileCacheEntry {
            // What could not be read is tried again.
            signature: signature.filter(|s| value.is_ok() && !s.may_hide_a_change(now)),
            value: value.clone(),
            generation,
        };
        self.entries.insert(path.to_owned(), entry);
        value
    }

    /// What was made of a file when it was read last, without asking the disk; `None` where it has
    /// not been read.
    pub fn get(&self, path: &Path) -> Option<Result<Arc<T>, ReadErrorKind>> {
        self.entries.get(path).map(|entry| entry.value.clone())
    }

    /// Begins a generation: what is not read until [`FileCache::evict_unused`] goes.
    pub fn begin_generation(&mut self) {
        self.generation += 1;
    }

    /// Lets go of what nobody has read in this generation.
    pub fn evict_unused(&mut self) {
        let generation = self.generation;
        self.entries
            .retain(|_, entry| entry.generation == generation);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_again_only_where_it_has_changed() {
        let folder = std::env::temp_dir().join(format!("linchpin-cache-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.txt");
        let mut cache = FileCache::default();
        assert!(cache.get_or_read(&path, |bytes| bytes).is_err() && cache.get(&path).is_some());
        std::fs::write(&path, "one").unwrap();
        // As long as a change could look like none, it is read again.
        let hides = || {
            file_signature(&path)
                .unwrap()
                .may_hide_a_change(SystemTime::now())
        };
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        let future = SystemTime::now() + std::time::Duration::from_secs(3_600);
        file.set_modified(future).unwrap();
        for _ in 0..2 {
            let mut is_read = false;
            let read = cache.get_or_read(&path, |bytes| {
                is_read = true;
                bytes
            });
            assert!(read.is_ok() && is_read);
        }
        file.set_modified(SystemTime::now()).unwrap();
        while hides() {}
        let first = cache.get_or_read(&path, |bytes| bytes).unwrap();
        let again = cache.get_or_read(&path, |_| panic!("read again")).unwrap();
        assert!(Arc::ptr_eq(&first, &again));
        std::fs::write(&path, "three").unwrap();
        let changed = cache.get_or_read(&path, |bytes| bytes).unwrap();
        assert_eq!(changed.as_slice(), b"three");
        cache.begin_generation();
        cache.evict_unused();
        assert!(cache.get(&path).is_none());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
