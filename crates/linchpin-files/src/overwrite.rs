//! Writing into the file itself: where nothing can be put next to it, or where a new file would
//! lose what belongs to the old one.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};

/// Everything that is in an open file.
pub(crate) fn read_contents(mut file: &File) -> io::Result<Vec<u8>> {
    file.rewind()?;
    let mut bytes = Vec::with_capacity(file.metadata()?.len() as usize);
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes over what is in a file. Where that fails because the disk is full, the old bytes mostly
/// stand as they were: what needs new room goes first.
pub(crate) fn overwrite(file: &mut File, old_length: u64, bytes: &[u8]) -> io::Result<()> {
    let over = bytes
        .len()
        .min(usize::try_from(old_length).unwrap_or(usize::MAX));
    // The end first: it is the only part that a full disk can refuse. Where it does, the file is
    // cut back to its old length, and no old byte has been touched.
    if over < bytes.len() {
        file.seek(SeekFrom::Start(old_length))?;
        let added = file
            .write_all(&bytes[over..])
            .and_then(|()| file.sync_all());
        if let Err(e) = added {
            file.set_len(old_length)?;
            return Err(e);
        }
    }
    file.rewind()?;
    file.write_all(&bytes[..over])?;
    // After the bytes: a kill before this leaves too much, which the backup tells from both texts.
    // Where nothing is left over, what is there now has been added by somebody else.
    if old_length > bytes.len() as u64 {
        file.set_len(bytes.len() as u64)?;
    }
    file.sync_all()
}

/// Writes over what is in a file and puts the old bytes back where that fails.
///
/// # Errors
/// Why it failed, and whether the old bytes stand again.
pub(crate) fn overwrite_or_restore(
    file: &mut File,
    old: &[u8],
    new: &[u8],
) -> Result<(), (io::Error, bool)> {
    overwrite(file, old.len() as u64, new).map_err(|error| {
        // By the length that the failed attempt left.
        let restored = file
            .metadata()
            .and_then(|data| overwrite(file, data.len(), old));
        (error, restored.is_ok())
    })
}
