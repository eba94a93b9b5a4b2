//! What is stored for later: a head in JSON, then texts byte for byte, under a checksum. A file
//! that was cut short or damaged is known as such and never taken for a text.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

const MAGIC: &str = "linchpin 1 ";

/// What is wrong with a stored file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChecksumError {
    /// Its writing did not come to an end.
    Truncated,
    /// It holds other bytes than were written.
    Corrupted,
}

/// Writes a head and the texts that belong to it, one after another. How long each is, the head has
/// to say.
pub(crate) fn write_checksummed(
    out: &mut impl Write,
    head: &impl Serialize,
    texts: &[&[u8]],
) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    let mut sum = Checksum::default();
    sum.update(&head);
    for text in texts {
        sum.update(text);
    }
    let length: usize = texts.iter().map(|t| t.len()).sum();
    let first = format!("{MAGIC}{:016x} {} {length}\n", sum.finish(), head.len());
    out.write_all(&[first.into_bytes(), head].concat())?;
    for text in texts {
        out.write_all(text)?;
    }
    Ok(())
}

/// Reads it back: the head, and all texts as one.
pub(crate) fn read_checksummed<H: DeserializeOwned>(
    bytes: &[u8],
) -> Result<(H, &[u8]), ChecksumError> {
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(100)]);
    let Some(end) = end else {
        return Err(if bytes.len() < 100 {
            ChecksumError::Truncated
        } else {
            ChecksumError::Corrupted
        });
    };
    let (sum, head, length) = parse_header_line(&bytes[..end]).ok_or(ChecksumError::Corrupted)?;
    let rest = &bytes[end + 1..];
    let whole = head.checked_add(length).ok_or(ChecksumError::Corrupted)?;
    if rest.len() < whole {
        return Err(ChecksumError::Truncated);
    }
    if rest.len() > whole || self::checksum(rest) != sum {
        return Err(ChecksumError::Corrupted);
    }
    let (head, texts) = rest.split_at(head);
    let head = serde_json::from_slice(head).map_err(|_| ChecksumError::Corrupted)?;
    Ok((head, texts))
}

fn parse_header_line(line: &[u8]) -> Option<(u64, usize, usize)> {
    let line = std::str::from_utf8(line).ok()?.strip_prefix(MAGIC)?;
    let mut words = line.split(' ');
    let sum = u64::from_str_radix(words.next()?, 16).ok()?;
    Some((
        sum,
        words.next()?.parse().ok()?,
        words.next()?.parse().ok()?,
    ))
}

/// A checksum of some bytes: tells damage, not intent. The same in every release, since it stands
/// in files.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    let mut sum = Checksum::default();
    sum.update(bytes);
    sum.finish()
}

/// A checksum over pieces, eight bytes at a step: large registers go through it each
/// time that unsaved work is stored.
struct Checksum {
    state: u64,
    length: u64,
    /// What does not make eight bytes yet.
    pending: [u8; 8],
}

impl Default for Checksum {
    fn default() -> Self {
        Checksum {
            state: 0x51_7c_c1_b7_27_22_0a_95,
            length: 0,
            pending: [0; 8],
        }
    }
}

impl Checksum {
    fn update(&mut self, mut bytes: &[u8]) {
        let carried = (self.length % 8) as usize;
        self.length += bytes.len() as u64;
        if carried > 0 {
            let taken = bytes.len().min(8 - carried);
            self.pending[carried..carried + taken].copy_from_slice(&bytes[..taken]);
            bytes = &bytes[taken..];
            if carried + taken < 8 {
                return;
            }
            self.mix(self.pending);
        }
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(*word);
        }
        self.pending = [0; 8];
        self.pending[..rest.len()].copy_from_slice(rest);
    }

    fn mix(&mut self, word: [u8; 8]) {
        let mixed = (self.state ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.state = mixed ^ (mixed >> 29);
    }

    fn finish(mut self) -> u64 {
        self.mix(self.pending);
        self.mix(self.length.to_le_bytes());
        self.state
    }
}

/// A path as it stands in JSON. Names of files need not be text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub(crate) enum SerializedPath {
    /// As nearly always.
    Text(String),
    /// As the system has it.
    Bytes(Vec<u8>),
}

impl From<&std::path::Path> for SerializedPath {
    fn from(path: &std::path::Path) -> Self {
        match path.to_str() {
            Some(text) => Self::Text(text.to_owned()),
            None => Self::Bytes(path.as_os_str().as_encoded_bytes().to_vec()),
        }
    }
}

impl From<SerializedPath> for PathBuf {
    fn from(path: SerializedPath) -> Self {
        match path {
            SerializedPath::Text(text) => text.into(),
            #[cfg(unix)]
            SerializedPath::Bytes(bytes) => {
                use std::os::unix::ffi::OsStringExt as _;
                OsString::from_vec(bytes).into()
            }
            #[cfg(not(unix))]
            SerializedPath::Bytes(bytes) => {
                OsString::from(String::from_utf8_lossy(&bytes).into_owned()).into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored() -> Vec<u8> {
        let mut bytes = Vec::new();
        write_checksummed(
            &mut bytes,
            &"head",
            &[b"one, ", b"two", b" and much more text"],
        )
        .unwrap();
        bytes
    }

    #[test]
    fn what_was_stored_comes_back() {
        let bytes = stored();
        let (head, texts): (String, _) = read_checksummed(&bytes).unwrap();
        assert_eq!(head, "head");
        assert_eq!(texts, b"one, two and much more text");
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_known() {
        let whole = stored();
        for end in 0..whole.len() {
            assert_eq!(
                read_checksummed::<String>(&whole[..end]).unwrap_err(),
                ChecksumError::Truncated,
                "{end}"
            );
        }
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut bytes = whole.clone();
                bytes[at] ^= 1 << bit;
                if bytes[at].eq_ignore_ascii_case(&whole[at]) {
                    continue;
                }
                assert!(read_checksummed::<String>(&bytes).is_err(), "{at}, {bit}");
            }
        }
        let mut longer = whole;
        longer.push(b' ');
        assert_eq!(
            read_checksummed::<String>(&longer).unwrap_err(),
            ChecksumError::Corrupted
        );
    }

    #[test]
    fn a_sum_does_not_depend_on_the_pieces() {
        let text: Vec<u8> = (0..60).collect();
        for cut in 0..text.len() {
            for second in cut..text.len() {
                let mut pieces = Checksum::default();
                pieces.update(&text[..cut]);
                pieces.update(&text[cut..second]);
                pieces.update(&text[second..]);
                assert_eq!(pieces.finish(), checksum(&text), "{cut}, {second}");
            }
        }
        // It stands in files: it must not change.
        assert_eq!(checksum(b"linchpin"), 8_965_083_002_381_348_769);
    }

    #[cfg(unix)]
    #[test]
    fn names_need_not_be_text() {
        use std::os::unix::ffi::OsStringExt as _;
        for name in [
            OsString::from("/tmp/한.ron"),
            OsString::from_vec(b"/tmp/\xff.ron".to_vec()),
        ] {
            let path = PathBuf::from(name);
            let text = serde_json::to_string(&SerializedPath::from(path.as_path())).unwrap();
            let back: SerializedPath = serde_json::from_str(&text).unwrap();
            assert_eq!(PathBuf::from(back), path);
        }
    }
}
