//! Files that a user names: reading them, saving into them, keeping what is not saved yet. Plain
//! words for whatever goes wrong.
//!
//! - `read`: a file whole, before it can hang or fill the memory.
//! - `folder`: the files of a register that is a folder.
//! - `save`: new bytes in the place of old ones; whatever happens, the old or the new file stands
//!   whole.
//! - `beside` and `in_place`: the two ways to do that. `kept`: the copy that makes the second one
//!   safe.
//! - `journal`: unsaved work, which outlives the program.
//! - `texts`: the texts of documents. `shelf`: files that are read again only where they have
//!   changed, by their `signature`.
//! - `place`: where the program keeps these things.

mod attributes;
mod beside;
pub mod folder;
pub mod git;
mod in_place;
mod journal;
mod kept;
mod lock;
mod not_saved;
mod place;
mod read;
mod real;
mod save;
mod saved;
mod sealed;
mod shelf;
pub mod signature;
pub mod texts;
mod words;
mod write;

pub use journal::{Found, Journal, Lost, Unsaved, UnsavedFile, found};
pub use kept::{Interrupted, Interruptions, interrupted};
pub use not_saved::NotSaved;
pub use place::state_folder;
pub use read::{MAX_BYTES, Unreadable, read, read_stream};
pub use save::{save, save_in};
pub use saved::{Expected, How, Saved, WhyInPlace};
pub use shelf::Shelf;
pub use words::in_words;
pub use write::write;
