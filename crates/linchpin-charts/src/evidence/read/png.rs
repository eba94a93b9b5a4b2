//! A PNG's text chunks.

use super::super::PNG_KEYWORD;
use super::{EvidenceContainer, EvidenceError, unpack};

/// How every PNG begins.
pub const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The text of our chunk, wherever it stands.
pub fn find(bytes: &[u8]) -> Result<Option<Vec<u8>>, EvidenceError> {
    let cut_off = EvidenceError::Damaged(EvidenceContainer::Png, "it is cut off");
    let mut rest = bytes.get(SIGNATURE.len()..).unwrap_or_default();
    loop {
        let (Some(length), Some(kind)) = (rest.first_chunk::<4>(), rest.get(4..8)) else {
            return Err(cut_off);
        };
        if kind == b"IEND" {
            return Ok(None);
        }
        let end = (u32::from_be_bytes(*length) as usize).saturating_add(8);
        let Some(data) = rest.get(8..end) else {
            return Err(cut_off);
        };
        if kind == b"iTXt"
            && let Some(text) = linchpin_text(data)
        {
            return text.map(Some);
        }
        // Behind the data stands its checksum.
        rest = rest.get(end.saturating_add(4)..).unwrap_or_default();
    }
}

/// keyword, 0, compressed or not, method, language, 0, translated keyword, 0, text
fn linchpin_text(data: &[u8]) -> Option<Result<Vec<u8>, EvidenceError>> {
    let rest = data
        .strip_prefix(PNG_KEYWORD.as_bytes())?
        .strip_prefix(b"\0")?;
    let [is_packed, _, rest @ ..] = rest else {
        return None;
    };
    let mut pieces = rest.splitn(3, |byte| *byte == 0);
    let text = pieces.nth(2)?;
    Some(match is_packed {
        0 => Ok(text.to_vec()),
        _ => unpack(EvidenceContainer::Png, text),
    })
}
