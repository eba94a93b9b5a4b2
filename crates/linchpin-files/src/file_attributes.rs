//! What a file has besides its bytes: mode, owner, and on Linux its extended attributes, which hold
//! access lists too. A new file that takes the place of an old one must have the same.

use std::fs::File;
use std::io;

/// Gives a file the mode, owner and attributes of another.
///
/// # Errors
/// Where the system refuses one of them. The file must not take the other's place then.
pub(crate) fn copy_attributes(from: &File, to: &File) -> io::Result<()> {
    let old = from.metadata()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let new = to.metadata()?;
        if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
            std::os::unix::fs::fchown(to, Some(old.uid()), Some(old.gid()))?;
        }
    }
    // After the owner, whose change takes away some bits of the mode, and before the access list,
    // which the mode is a part of.
    to.set_permissions(old.permissions())?;
    #[cfg(target_os = "linux")]
    extended::copy(from, to)?;
    Ok(())
}

/// By how many names a file is known. Taking its place under one of them would part it from the
/// others.
pub(crate) fn hard_link_count(file: &File) -> u64 {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        file.metadata().map_or(1, |data| data.nlink())
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        1
    }
}

#[cfg(target_os = "linux")]
mod extended {
    use std::ffi::{CStr, c_char, c_int, c_void};
    use std::fs::File;
    use std::io::{self, ErrorKind};
    use std::os::fd::AsRawFd as _;

    // The standard library does not offer these.
    unsafe extern "C" {
        fn flistxattr(file: c_int, list: *mut c_char, size: usize) -> isize;
        fn fgetxattr(file: c_int, name: *const c_char, value: *mut c_void, size: usize) -> isize;
        fn fsetxattr(
            file: c_int,
            name: *const c_char,
            value: *const c_void,
            size: usize,
            flags: c_int,
        ) -> c_int;
    }

    /// The most bytes that Linux gives for the names of all attributes, and for the value of one.
    const MAX_ATTRIBUTE_BYTES: usize = 65536;

    pub(super) fn copy(from: &File, to: &File) -> io::Result<()> {
        let Ok(names) = names(from) else {
            // A disk that knows no attributes has none to lose.
            return Ok(());
        };
        for name in names.split_inclusive(|byte| *byte == 0) {
            let Ok(name) = CStr::from_bytes_with_nul(name) else {
                continue;
            };
            // The system labels new files by its own rules (SELinux and the like).
            if name.to_bytes().starts_with(b"security.") {
                continue;
            }
            let value = value(from, name)?;
            set(to, name, &value).map_err(|e| match e.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => e,
                // Whatever the reason, the new file must do without.
                _ => io::Error::new(ErrorKind::Unsupported, e),
            })?;
        }
        Ok(())
    }

    fn names(file: &File) -> io::Result<Vec<u8>> {
        let mut list = vec![0; MAX_ATTRIBUTE_BYTES];
        // SAFETY: the list is writable for the size given, and the file is open.
        let size = unsafe { flistxattr(file.as_raw_fd(), list.as_mut_ptr().cast(), list.len()) };
        list.truncate(usize::try_from(size).map_err(|_| io::Error::last_os_error())?);
        Ok(list)
    }

    fn value(file: &File, name: &CStr) -> io::Result<Vec<u8>> {
        let mut value = vec![0; MAX_ATTRIBUTE_BYTES];
        // SAFETY: the value is writable for the size given, the name ends with a zero, and the file
        // is open.
        let size = unsafe {
            fgetxattr(
                file.as_raw_fd(),
                name.as_ptr(),
                value.as_mut_ptr().cast(),
                value.len(),
            )
        };
        value.truncate(usize::try_from(size).map_err(|_| io::Error::last_os_error())?);
        Ok(value)
    }

    pub(super) fn set(file: &File, name: &CStr, value: &[u8]) -> io::Result<()> {
        // SAFETY: the value is readable for the size given, the name ends with a zero, and the file
        // is open.
        let done = unsafe {
            fsetxattr(
                file.as_raw_fd(),
                name.as_ptr(),
                value.as_ptr().cast(),
                value.len(),
                0,
            )
        };
        if done == 0 {
            Ok(())
        } else {
            Err(io::Error::last_os_error())
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn attributes_come_along() {
            let folder = std::env::temp_dir();
            let path = |n| folder.join(format!("linchpin-attributes-{}-{n}", std::process::id()));
            let (from, to) = (
                File::create(path("from")).unwrap(),
                File::create(path("to")).unwrap(),
            );
            let name = c"user.linchpin.test";
            // Some disks for temporary files know none.
            if set(&from, name, b"value \xff").is_ok() {
                super::super::copy_attributes(&from, &to).unwrap();
                assert_eq!(value(&to, name).unwrap(), b"value \xff");
            }
            for n in ["from", "to"] {
                std::fs::remove_file(path(n)).unwrap();
            }
        }
    }
}
