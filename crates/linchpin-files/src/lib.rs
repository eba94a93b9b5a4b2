//! Files that a user names: reading them, saving into them, storing what is not saved yet. Errors
//! are enums whose words say what is wrong and what to do.
//!
//! - `read`: a file whole, before it can hang or fill the memory. `file_cache`: files that are read
//!   again only where their `signature` has changed.
//! - `folder`: the files of a register that is a folder. `git`: both as they were at a revision.
//! - `sibling_texts`: the texts of documents, next to a register.
//! - `save`: new bytes in the place of old ones; whatever happens, the old or the new file stands
//!   whole. `temp_file` and `overwrite` are the two ways to do that, `backup` makes the second one
//!   safe, `lock` keeps other saves away. `write`: results such as images, in the same way.
//! - `recovery_journal` and `recovery_scan`: unsaved work, which outlives the program.
//! - `app_folders`: where the program stores these things; `checksummed`: in which form.

#![warn(missing_docs)]

mod app_folders;
mod backup;
mod checksummed;
mod file_attributes;
mod file_cache;
pub mod folder;
pub mod git;
mod lock;
mod overwrite;
mod read;
mod recovery_journal;
mod recovery_scan;
mod resolve_links;
mod save;
mod save_error;
mod save_outcome;
pub mod sibling_texts;
pub mod signature;
mod system_error;
mod temp_file;
mod write;

pub use app_folders::state_folder;
pub use backup::{BackupError, InterruptedSave, InterruptedSaves, find_interrupted_saves};
pub use file_cache::FileCache;
pub use read::{MAX_BYTES, ReadError, ReadErrorKind, read, read_stream};
pub use recovery_journal::{DiscardError, JournalError, RecoveryJournal, UnsavedFile, UnsavedWork};
pub use recovery_scan::{
    DamagedPart, OrphanedWork, RecoveryError, RecoveryScan, scan_unsaved_work,
};
pub use save::{save, save_in, save_in_folder};
pub use save_error::{ReadOnlyReason, SaveError, SaveErrorKind};
pub use save_outcome::{InPlaceReason, SaveMethod, SavePrecondition, SaveWarning, SavedFile};
pub use system_error::{SystemError, io_error_message};
pub use write::{ReplacePolicy, WriteError, WriteErrorKind, write};
