//! Many records taken out at once: what links to them, and whether it can do without.

use super::{Edit, in_order, plan};
use linchpin_register::{LoadedRegister, RecordKind, RecordRef};
use std::collections::HashSet;

/// How many records that link to them are named.
const MAX_LINKED: usize = 200;

/// What taking out many records would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Removal {
    /// Those that there are, in the order of the file.
    pub ids: Vec<String>,
    /// The first of the records that stay and link to them.
    pub linked: Vec<RecordRef>,
    /// How many there are.
    pub linked_count: usize,
    /// Why what links to them cannot be unlinked.
    pub firm: Option<String>,
}

/// What taking out the records of a type with these ids would do.
pub fn removal(loaded: &LoadedRegister, kind: RecordKind, ids: &HashSet<Box<str>>) -> Removal {
    let register = &loaded.register;
    let ids = in_order(loaded, kind, ids);
    let going: HashSet<RecordRef> = ids.iter().filter_map(|id| register.find(id)).collect();
    let mut linked = HashSet::new();
    for at in &going {
        let from = register.linked_from(*at).iter().copied();
        linked.extend(from.filter(|at| !going.contains(at)));
    }
    let mut linked: Vec<RecordRef> = linked.into_iter().collect();
    linked.sort_by_key(|at| (at.kind, at.index));
    let linked_count = linked.len();
    linked.truncate(MAX_LINKED);
    let edit = Edit::Remove {
        ids: ids.clone(),
        unlink: true,
    };
    let firm = plan(loaded, &edit).err().map(|why| why.to_string());
    Removal {
        ids,
        linked,
        linked_count,
        firm,
    }
}
