//! What two sides did that cannot both stand.

use crate::DisplayValue;
use crate::difference::DiffSubject;

/// One of the two texts that have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MergeSide {
    /// What the user has changed.
    Ours,
    /// What the file holds now.
    Theirs,
}

/// Why somebody must decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConflictKind {
    /// Both sides changed the same thing in different ways.
    BothChanged,
    /// Both sides added something under the same id or name, and not the same thing.
    BothAdded,
    /// I removed what changed in the file.
    RemovedByUs,
    /// I changed what is gone from the file.
    RemovedByThem,
    /// Each change is sound alone, but together they are not: a link to what the other side
    /// removed, two records that are each above the other.
    Incompatible,
    /// Both sides put the same list in another order.
    Reordered,
    /// Both sides changed the same comments.
    Comments,
    /// The texts can only be compared as a whole: one of them is broken.
    WholeText,
}

/// One thing that cannot be settled without asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeConflict {
    /// What it is about.
    pub subject: DiffSubject,
    /// The field, or the list of the register, by its name in the file; `None` where it is about
    /// the whole record or text.
    pub field: Option<String>,
    pub kind: ConflictKind,
    /// What stood there before; `None` where there was nothing.
    pub base: Option<DisplayValue>,
    /// What I put there; `None` where I took it out.
    pub ours: Option<DisplayValue>,
    /// What stands there in the file now; `None` where it is gone.
    pub theirs: Option<DisplayValue>,
}
