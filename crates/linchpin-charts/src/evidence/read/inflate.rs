//! Unpacks zlib up to a limit, whatever a file claims to hold.

use flate2::read::ZlibDecoder;
use std::io::Read as _;

/// Why something cannot be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnpackError {
    Damaged,
    /// Larger than the limit.
    TooLarge,
}

/// Unpacks the zlib stream at the start of `bytes`, and holds it against its checksum. What follows
/// it is not looked at.
///
/// # Errors
/// Where it is damaged, or becomes larger than `max` bytes.
pub fn unpack_zlib(bytes: &[u8], max: usize) -> Result<Vec<u8>, UnpackError> {
    let mut out = Vec::new();
    // One more than the limit tells a stream that ends there from one that goes on.
    let mut reader = ZlibDecoder::new(bytes).take(max as u64 + 1);
    match reader.read_to_end(&mut out) {
        Ok(_) if out.len() > max => Err(UnpackError::TooLarge),
        Ok(_) => Ok(out),
        Err(_) if out.len() > max => Err(UnpackError::TooLarge),
        Err(_) => Err(UnpackError::Damaged),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// “abc” twenty times, packed by zlib.
    const REPEATED: &[u8] = &[
        0x78, 0x9c, 0x4b, 0x4c, 0x4a, 0x4e, 0x24, 0x17, 0x01, 0x00, 0xbc, 0xbe, 0x16, 0xf9,
    ];

    #[test]
    fn the_limit_holds_and_damage_is_seen() {
        assert_eq!(unpack_zlib(b"\x78", 9), Err(UnpackError::Damaged));
        let stored = b"\x78\x01\x01\x03\x00\xfc\xffabc\x02\x4d\x01\x27";
        assert_eq!(unpack_zlib(stored, 3).as_deref(), Ok(&b"abc"[..]));
        assert_eq!(unpack_zlib(stored, 2), Err(UnpackError::TooLarge));
        for at in 7..stored.len() {
            let mut bent = stored.to_vec();
            bent[at] ^= 0x10;
            assert_ne!(unpack_zlib(&bent, 3).as_deref(), Ok(&b"abc"[..]), "{at}");
            assert!(unpack_zlib(&stored[..at], 3).is_err());
        }
        let repeated = "abc".repeat(20).into_bytes();
        assert_eq!(unpack_zlib(REPEATED, 60), Ok(repeated));
        assert_eq!(unpack_zlib(REPEATED, 59), Err(UnpackError::TooLarge));
    }
}
