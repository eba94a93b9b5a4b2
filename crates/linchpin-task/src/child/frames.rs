//! What a child says, piece by piece: a kind, a length of four bytes, and as many bytes.

use std::io::{Read, Write};
use std::sync::mpsc::Sender;

/// The first piece. Another program, or one of another version, says something else.
pub(super) const GREETING: &str = concat!("linchpin child 1 ", env!("CARGO_PKG_VERSION"));

pub(super) const GREETING_KIND: u8 = b'G';
pub(super) const PROGRESS_KIND: u8 = b'P';
pub(super) const ANSWER_KIND: u8 = b'A';
const HEAD_BYTES: usize = 5;

/// A piece, as it was understood.
#[derive(Debug, PartialEq)]
pub(super) enum ChildEvent {
    /// It is this program, in this version.
    Greeting,
    /// How far it is, 0 to 1.
    Progress(f32),
    Answer(Vec<u8>),
    /// It says more than it may.
    TooMuch,
    /// Nothing that this program would say.
    Unknown,
}

pub(super) fn write_frame(mut out: impl Write, kind: u8, bytes: &[u8]) -> std::io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(std::io::Error::other)?;
    out.write_all(&[kind])?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(bytes)?;
    out.flush()
}

/// Reads until there is no more, or more than `max` bytes.
pub(super) fn read_frames(mut pipe: impl Read, max: usize, events: &Sender<ChildEvent>) {
    let mut left = max;
    loop {
        let mut head = [0; HEAD_BYTES];
        if pipe.read_exact(&mut head).is_err() {
            return;
        }
        let [kind, length @ ..] = head;
        let length = u32::from_le_bytes(length) as usize;
        // Heads count as well, or empty pieces could go on for ever.
        let Some(rest) = left.checked_sub(length.saturating_add(HEAD_BYTES)) else {
            let _ = events.send(ChildEvent::TooMuch);
            return;
        };
        left = rest;
        let mut bytes = Vec::new();
        match pipe.by_ref().take(length as u64).read_to_end(&mut bytes) {
            Ok(count) if count == length => {}
            _ => return,
        }
        if events.send(event(kind, bytes)).is_err() {
            return;
        }
    }
}

fn event(kind: u8, bytes: Vec<u8>) -> ChildEvent {
    match (kind, bytes.as_slice()) {
        (GREETING_KIND, words) if words == GREETING.as_bytes() => ChildEvent::Greeting,
        (PROGRESS_KIND, [first, second, third, fourth]) => {
            let share = f32::from_le_bytes([*first, *second, *third, *fourth]);
            ChildEvent::Progress(if share.is_finite() { share } else { 0.0 })
        }
        (ANSWER_KIND, _) => ChildEvent::Answer(bytes),
        _ => ChildEvent::Unknown,
    }
}
