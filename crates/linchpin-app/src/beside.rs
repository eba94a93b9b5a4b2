//! Documents beside each other, and what is followed through a series, are worked out once, and away from the frame where they are large.

use super::compared::{Pairing, PairingKey, Through, ThroughKey};
use super::derived::Derived;
use linchpin_reading::Library;
use linchpin_register::Register;
use std::sync::Arc;

/// Up to so many bytes of text two documents are compared within the frame, …
const AT_ONCE_BYTES: usize = 60_000;
/// … and up to so many commitments of the register.
const AT_ONCE_COMMITMENTS: usize = 400;

impl Derived {
    /// Sees to it that two documents are laid beside each other, or will be.
    pub(super) fn want_pairing(
        &mut self,
        key: PairingKey,
        register: Arc<Register>,
        library: Arc<Library>,
    ) {
        let bytes = |id: &str| library.prose(id).map_or(0, |prose| prose.text().len());
        let is_small = bytes(&key.2) + bytes(&key.3) <= AT_ONCE_BYTES
            && register.commitments.len() <= AT_ONCE_COMMITMENTS;
        let (before, after) = (key.2.clone(), key.3.clone());
        let at_once = self.is_patient || is_small;
        self.pairing.want(key, at_once, &self.wake, move || {
            Pairing::of(&register, &library, &before, &after)
        });
    }

    /// Two documents beside each other: those that were worked out last.
    pub fn pairing(&self) -> Option<&Pairing> {
        Some(&*self.pairing.value.as_ref()?.1)
    }

    /// Sees to it that something is followed through a series, or will be.
    pub(super) fn want_through(
        &mut self,
        key: ThroughKey,
        register: Arc<Register>,
        library: Arc<Library>,
    ) {
        let bytes = library.iter().map(|(_, text)| text.prose.text().len());
        let is_small = bytes.sum::<usize>() <= AT_ONCE_BYTES
            && register.commitments.len() <= AT_ONCE_COMMITMENTS;
        let at_once = self.is_patient || is_small;
        let (subject, name) = (key.2.clone(), key.3.clone());
        self.through.want(key, at_once, &self.wake, move || {
            Through::of(&register, &library, subject, name)
        });
    }

    /// What was followed last.
    pub fn through(&self) -> Option<&Through> {
        Some(&*self.through.value.as_ref()?.1)
    }
}
