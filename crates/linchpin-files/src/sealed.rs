//! What is kept for later: a head in JSON, then texts byte for byte, under a checksum. A file that
//! was cut short or damaged is known as such and never taken for a text.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

const MARK: &str = "linchpin 1 ";

/// What is wrong with a kept file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    /// Its writing did not come to an end.
    CutShort,
    /// It holds other bytes than were written.
    Altered,
}

/// Writes a head and the texts that belong to it, one after another. How long each is, the head has
/// to say.
pub(super) fn seal(out: &mut impl Write, head: &impl Serialize, texts: &[&[u8]]) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    let mut sum = Sum::default();
    sum.add(&head);
    for text in texts {
        sum.add(text);
    }
    let length: usize = texts.iter().map(|t| t.len()).sum();
    let first = format!("{MARK}{:016x} {} {length}\n", sum.end(), head.len());
    out.write_all(&[first.into_bytes(), head].concat())?;
    for text in texts {
        out.write_all(text)?;
    }
    Ok(())
}

/// Reads it back: the head, and all texts as one.
pub(super) fn unseal<H: DeserializeOwned>(bytes: &[u8]) -> Result<(H, &[u8]), Damage> {
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(100)]);
    let Some(end) = end else {
        return Err(if bytes.len() < 100 {
            Damage::CutShort
        } else {
            Damage::Altered
        });
    };
    let (sum, head, length) = first_line(&bytes[..end]).ok_or(Damage::Altered)?;
    let rest = &bytes[end + 1..];
    let whole = head.checked_add(length).ok_or(Damage::Altered)?;
    if rest.len() < whole {
        return Err(Damage::CutShort);
    }
    if rest.len() > whole || self::sum(rest) != sum {
        return Err(Damage::Altered);
    }
    let (head, texts) = rest.split_at(head);
    let head = serde_json::from_slice(head).map_err(|_| Damage::Altered)?;
    Ok((head, texts))
}

fn first_line(line: &[u8]) -> Option<(u64, usize, usize)> {
    let line = std::str::from_utf8(line).ok()?.strip_prefix(MARK)?;
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
pub(super) fn sum(bytes: &[u8]) -> u64 {
    let mut sum = Sum::default();
    sum.add(bytes);
    sum.end()
}

/// A checksum over pieces, eight bytes at a step: large registers are summed up at every keeping.
struct Sum {
    state: u64,
    length: u64,
    /// What does not make eight bytes yet.
    carry: [u8; 8],
}

impl Default for Sum {
    fn default() -> Self {
        Sum {
            state: 0x51_7c_c1_b7_27_22_0a_95,
            length: 0,
            carry: [0; 8],
        }
    }
}

impl Sum {
    fn add(&mut self, mut bytes: &[u8]) {
        let carried = (self.length % 8) as usize;
        self.length += bytes.len() as u64;
        if carried > 0 {
            let taken = bytes.len().min(8 - carried);
            self.carry[carried..carried + taken].copy_from_slice(&bytes[..taken]);
            bytes = &bytes[taken..];
            if carried + taken < 8 {
                return;
            }
            self.step(self.carry);
        }
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.step(*word);
        }
        self.carry = [0; 8];
        self.carry[..rest.len()].copy_from_slice(rest);
    }

    fn step(&mut self, word: [u8; 8]) {
        let mixed = (self.state ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.state = mixed ^ (mixed >> 29);
    }

    fn end(mut self) -> u64 {
        self.step(self.carry);
        self.step(self.length.to_le_bytes());
        self.state
    }
}

/// A path as it stands in JSON. Names of files need not be text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub(super) enum PathText {
    /// As nearly always.
    Text(String),
    /// As the system has it.
    Bytes(Vec<u8>),
}

impl From<&std::path::Path> for PathText {
    fn from(path: &std::path::Path) -> Self {
        match path.to_str() {
            Some(text) => Self::Text(text.to_owned()),
            None => Self::Bytes(path.as_os_str().as_encoded_bytes().to_vec()),
        }
    }
}

impl From<PathText> for PathBuf {
    fn from(path: PathText) -> Self {
        match path {
            PathText::Text(text) => text.into(),
            #[cfg(unix)]
            PathText::Bytes(bytes) => {
                use std::os::unix::ffi::OsStringExt as _;
                OsString::from_vec(bytes).into()
            }
            #[cfg(not(unix))]
            PathText::Bytes(bytes) => {
                OsString::from(String::from_utf8_lossy(&bytes).into_owned()).into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed() -> Vec<u8> {
        let mut bytes = Vec::new();
        seal(
            &mut bytes,
            &"head",
            &[b"one, ", b"two", b" and much more text"],
        )
        .unwrap();
        bytes
    }

    #[test]
    fn what_was_kept_comes_back() {
        let bytes = sealed();
        let (head, texts): (String, _) = unseal(&bytes).unwrap();
        assert_eq!(head, "head");
        assert_eq!(texts, b"one, two and much more text");
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_known() {
        let whole = sealed();
        for end in 0..whole.len() {
            assert_eq!(
                unseal::<String>(&whole[..end]).unwrap_err(),
                Damage::CutShort,
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
                assert!(unseal::<String>(&bytes).is_err(), "{at}, {bit}");
            }
        }
        let mut longer = whole;
        longer.push(b' ');
        assert_eq!(unseal::<String>(&longer).unwrap_err(), Damage::Altered);
    }

    #[test]
    fn a_sum_does_not_depend_on_the_pieces() {
        let text: Vec<u8> = (0..60).collect();
        for cut in 0..text.len() {
            for second in cut..text.len() {
                let mut pieces = Sum::default();
                pieces.add(&text[..cut]);
                pieces.add(&text[cut..second]);
                pieces.add(&text[second..]);
                assert_eq!(pieces.end(), sum(&text), "{cut}, {second}");
            }
        }
        // It stands in files: it must not change.
        assert_eq!(sum(b"linchpin"), 8_965_083_002_381_348_769);
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
            let text = serde_json::to_string(&PathText::from(path.as_path())).unwrap();
            let back: PathText = serde_json::from_str(&text).unwrap();
            assert_eq!(PathBuf::from(back), path);
        }
    }
}
