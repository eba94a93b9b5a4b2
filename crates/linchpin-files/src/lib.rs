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

mod app_folders;
mod backup;
mod checksummed;
mod file_attributes;
mod file_cache;
pub mod folder;
pub mod git;
mod io_error;
mod lock;
mod overwrite;
mod read;
mod recovery_journal;
mod resolve_links;
mod save;
mod save_error;
mod save_outcome;
pub mod sibling_texts;
pub mod signature;
mod temp_file;
mod write;

pub use app_folders::state_folder;
pub use backup::{InterruptedSave, InterruptedSaves, find_interrupted_saves};
pub use file_cache::FileCache;
pub use io_error::io_error_message;
pub use read::{MAX_BYTES, ReadError, read, read_stream};
pub use recovery_journal::{
    OrphanedWork, RecoveryJournal, RecoveryScan, UnsavedFile, UnsavedWork, scan_unsaved_work,
};
pub use save::{save, save_in};
pub use save_error::SaveError;
pub use save_outcome::{InPlaceReason, SaveMethod, SavePrecondition, SavedFile};
pub use write::write;
