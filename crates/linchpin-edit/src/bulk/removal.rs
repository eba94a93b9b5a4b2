//! Many records taken out at once: what links to them, and whether it can do without.

use super::{Edit, EditRefusal, existing_ids, plan_edit};
use linchpin_register::{LoadedRegister, RecordKind, RecordRef};
use std::collections::HashSet;

/// How many records that link to them are named.
const MAX_LINKING_RECORDS: usize = 200;

/// What taking out many records would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemovalPlan {
    /// Those that there are, in the order of the file.
    pub ids: Vec<String>,
    /// The first of the records that stay and link to them.
    pub linking_records: Vec<RecordRef>,
    /// How many there are.
    pub linking_count: usize,
    /// Why what links to them cannot be unlinked.
    pub unlink_error: Option<EditRefusal>,
}

/// What taking out the records of a type with these ids would do.
pub fn plan_removal(
    loaded: &LoadedRegister,
    kind: RecordKind,
    ids: &HashSet<Box<str>>,
) -> RemovalPlan {
    let register = &loaded.register;
    let ids = existing_ids(loaded, kind, ids);
    let removed: HashSet<RecordRef> = ids.iter().filter_map(|id| register.find(id)).collect();
    let mut linked = HashSet::new();
    for at in &removed {
        let from = register.linked_from(*at).iter().copied();
        linked.extend(from.filter(|at| !removed.contains(at)));
    }
    let mut linked: Vec<RecordRef> = linked.into_iter().collect();
    linked.sort_by_key(|at| (at.kind, at.index));
    let linked_count = linked.len();
    linked.truncate(MAX_LINKING_RECORDS);
    let edit = Edit::RemoveRecords {
        ids: ids.clone(),
        unlink: true,
    };
    RemovalPlan {
        ids,
        linking_records: linked,
        linking_count: linked_count,
        unlink_error: plan_edit(loaded, &edit).err(),
    }
}
