//! Which text a register was read from: what pictures print and carry of it, so that a reader can
//! tell it from another.

use super::Register;
use linchpin_text::prose::sha256;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// How many hexadecimal digits of a fingerprint are printed in a picture.
const SHORT_HASH_DIGITS: usize = 8;

/// The register from which an excerpt was cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExcerptOrigin {
    /// The name of its file, without folders.
    pub name: String,
    /// The SHA-256 of its whole text, in 64 hexadecimal digits.
    pub sha256: String,
}

/// The text behind a register, and its fingerprint once somebody has asked for it.
#[derive(Clone, Default)]
pub(super) struct RegisterSource {
    text: Option<Arc<str>>,
    sha256: OnceLock<String>,
    origin: Option<ExcerptOrigin>,
}

impl RegisterSource {
    /// The source of a register that stands for itself.
    pub fn from_text(text: Arc<str>) -> Self {
        RegisterSource {
            text: Some(text),
            ..RegisterSource::default()
        }
    }

    /// From now on an excerpt of another register.
    pub fn set_excerpt_origin(&mut self, origin: ExcerptOrigin) {
        self.origin = Some(origin);
    }
}

impl fmt::Debug for RegisterSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegisterSource")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

impl Register {
    /// The register from which this one is an excerpt; `None` of one that stands for itself.
    pub fn excerpt_origin(&self) -> Option<&ExcerptOrigin> {
        self.source.origin.as_ref()
    }

    /// The SHA-256 of the text, or of the text of the register from which it is an excerpt, in 64
    /// hexadecimal digits; `None` where it was read from no text. Worked out at the first call,
    /// which takes a while where the text is large ([`Register::warm_up`]).
    pub fn sha256(&self) -> Option<&str> {
        if let Some(origin) = &self.source.origin {
            return Some(&origin.sha256);
        }
        let text = self.source.text.as_deref()?;
        Some(self.source.sha256.get_or_init(|| sha256(text.as_bytes())))
    }

    /// The first digits of [`Register::sha256`], as they are printed in a picture.
    pub fn short_sha256(&self) -> Option<&str> {
        self.sha256()
            .map(|hash| hash.get(..SHORT_HASH_DIGITS).unwrap_or(hash))
    }
}

#[cfg(test)]
mod tests {
    use super::super::load;
    use super::*;

    #[test]
    fn a_fingerprint_is_that_of_the_bytes() {
        let text = "(format: 1, title: \"한미\")";
        let loaded = load(text, Vec::new());
        // As `sha256sum` says.
        let expected = "087f75fa2a3ee0eaf82f0dd6b3efb0e4aa633fd8966633582923b369e3ac759e";
        assert_eq!(loaded.register.sha256(), Some(expected));
        assert_eq!(loaded.register.short_sha256(), Some("087f75fa"));
        assert_eq!(Register::default().sha256(), None);
        let origin = ExcerptOrigin {
            name: "whole.ron".into(),
            sha256: "ab".repeat(32),
        };
        let cut = loaded.as_excerpt_of(origin.clone());
        assert_eq!(cut.register.short_sha256(), Some("abababab"));
        assert_eq!(cut.register.excerpt_origin(), Some(&origin));
    }
}
