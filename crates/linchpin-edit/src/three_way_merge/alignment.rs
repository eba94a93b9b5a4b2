//! The items of three containers matched, in the order that both sides gave them.

use super::sides::Sides;
use crate::diff::longest_increasing;
use similar::{Algorithm, capture_diff_slices};
use std::collections::{HashMap, HashSet};

/// Longer lists of items without ids are only compared from their start: the comparison takes time
/// with the square of what differs.
const MAX_ALIGNED_ITEMS: usize = 4000;

/// The same item in the three containers, by its number in each.
pub(super) type MergeRow = Sides<Option<usize>>;

/// Which items of the two sides are which of the base, and which of those that are not in the base
/// are the same.
#[derive(Debug, Default)]
pub(super) struct ItemAlignment {
    /// How many items the base has.
    pub base_len: usize,
    /// For each item of ours, its number in the base.
    pub ours: Vec<Option<usize>>,
    /// For each item of theirs, its number in the base.
    pub theirs: Vec<Option<usize>>,
    /// For items of ours that the base lacks, their number in theirs.
    pub added_by_both: HashMap<usize, usize>,
}

/// Rows in the order of the merged container, and the order that ours would have where both sides
/// moved the same items.
pub(super) struct OrderedRows {
    pub rows: Vec<MergeRow>,
    pub our_order: Option<Vec<usize>>,
}

impl ItemAlignment {
    /// Matches by keys that are unique in each container.
    pub fn by_keys<K: std::hash::Hash + Eq>(keys: &Sides<Vec<K>>) -> ItemAlignment {
        let Sides { base, ours, theirs } = keys;
        let in_base: HashMap<&K, usize> = base.iter().enumerate().map(|(i, k)| (k, i)).collect();
        let in_theirs: HashMap<&K, usize> =
            theirs.iter().enumerate().map(|(i, k)| (k, i)).collect();
        let find = |keys: &[K]| keys.iter().map(|key| in_base.get(key).copied()).collect();
        let twin = |(at, key): (usize, &K)| {
            let added = !in_base.contains_key(key);
            Some((at, *in_theirs.get(key).filter(|_| added)?))
        };
        ItemAlignment {
            base_len: base.len(),
            ours: find(ours),
            theirs: find(theirs),
            added_by_both: ours.iter().enumerate().filter_map(twin).collect(),
        }
    }

    /// Matches items without keys by what they say: those that stay in their order, and those
    /// between them where as many stand in both.
    pub fn by_value(values: &Sides<Vec<String>>) -> ItemAlignment {
        let Sides { base, ours, theirs } = values;
        let found = ItemAlignment {
            base_len: base.len(),
            ours: align_by_value(base, ours),
            theirs: align_by_value(base, theirs),
            added_by_both: HashMap::new(),
        };
        let new = |items: &[Option<usize>]| -> Vec<usize> {
            (0..items.len()).filter(|at| items[*at].is_none()).collect()
        };
        // The same item added by both is one item. Equal ones pair up in their order.
        let mut free: HashMap<&String, Vec<usize>> = HashMap::new();
        for at in new(&found.theirs).into_iter().rev() {
            free.entry(&theirs[at]).or_default().push(at);
        }
        let twin = |at: usize| Some((at, free.get_mut(&ours[at])?.pop()?));
        let added_by_both = new(&found.ours).into_iter().filter_map(twin).collect();
        ItemAlignment {
            added_by_both,
            ..found
        }
    }

    /// The rows. The order is theirs; what we added or moved stands behind what it stands behind
    /// in ours.
    pub fn ordered_rows(&self) -> OrderedRows {
        let place = |items: &[Option<usize>]| -> Vec<Option<usize>> {
            let mut of_base = vec![None; self.base_len];
            for (at, base) in items.iter().enumerate() {
                if let Some(slot) = base.and_then(|base| of_base.get_mut(base)) {
                    *slot = Some(at);
                }
            }
            of_base
        };
        let (in_ours, in_theirs) = (place(&self.ours), place(&self.theirs));
        let common = |base: &usize| in_ours[*base].is_some() && in_theirs[*base].is_some();
        let order = |items: &[Option<usize>]| -> Vec<usize> {
            items.iter().flatten().copied().filter(common).collect()
        };
        let (our_order, their_order) = (order(&self.ours), order(&self.theirs));
        let moved = |order: &[usize]| -> HashSet<usize> {
            let pairs: Vec<Option<usize>> = order.iter().copied().map(Some).collect();
            let stay = longest_increasing(&pairs);
            let removed = (0..order.len()).filter(|at| !stay.contains(at));
            removed.map(|at| order[at]).collect()
        };
        let moved_by_us = match our_order == their_order {
            true => HashSet::new(),
            false => moved(&our_order),
        };
        // Where only we moved something, it stands as we have it. Where both moved the same items
        // no order serves both, so theirs stays and ours is offered whole.
        let clash = !moved_by_us.is_empty() && !moved(&their_order).is_disjoint(&moved_by_us);
        let keep = if clash { HashSet::new() } else { moved_by_us };
        // Their order is the frame, so that the merged text differs from the file as little as can
        // be.
        let rows = self.place_rows(&in_ours, &in_theirs, &keep);
        let ours = clash.then(|| {
            // The same from the other side: the order is ours, and what they added stands as in
            // theirs.
            let twins = self
                .added_by_both
                .iter()
                .map(|(ours, theirs)| (*theirs, *ours));
            let mirrored = ItemAlignment {
                base_len: self.base_len,
                ours: self.theirs.clone(),
                theirs: self.ours.clone(),
                added_by_both: twins.collect(),
            };
            let other = mirrored.place_rows(&in_theirs, &in_ours, &HashSet::new());
            let number: HashMap<MergeRow, usize> =
                rows.iter().enumerate().map(|(i, row)| (*row, i)).collect();
            let rows = other.into_iter().map(MergeRow::swapped);
            rows.filter_map(|row| number.get(&row).copied()).collect()
        });
        OrderedRows {
            rows,
            our_order: ours,
        }
    }

    /// `moved`: items of the base that stand where ours has them.
    fn place_rows(
        &self,
        in_ours: &[Option<usize>],
        in_theirs: &[Option<usize>],
        moved: &HashSet<usize>,
    ) -> Vec<MergeRow> {
        let ours_by_theirs: HashMap<usize, usize> =
            self.added_by_both.iter().map(|(m, t)| (*t, *m)).collect();
        let mut their_rows: Vec<MergeRow> = Vec::new();
        for (at, base) in self.theirs.iter().enumerate() {
            if base.is_none_or(|base| !moved.contains(&base)) {
                let ours = match base {
                    Some(base) => in_ours[*base],
                    None => ours_by_theirs.get(&at).copied(),
                };
                let (base, theirs) = (*base, Some(at));
                their_rows.push(MergeRow { base, ours, theirs });
            }
        }
        let already_placed: HashSet<usize> = their_rows.iter().filter_map(|row| row.ours).collect();
        let mut behind: HashMap<Option<usize>, Vec<MergeRow>> = HashMap::new();
        let mut anchor = None;
        for (at, base) in self.ours.iter().enumerate() {
            if already_placed.contains(&at) {
                anchor = Some(at);
                continue;
            }
            let theirs = base.and_then(|base| in_theirs[base]);
            let (base, ours) = (*base, Some(at));
            behind
                .entry(anchor)
                .or_default()
                .push(MergeRow { base, ours, theirs });
        }
        let mut rows = Vec::with_capacity(their_rows.len());
        let mut last = None;
        for row in their_rows {
            // What only theirs has comes before what we put in at the same place.
            if row.ours.is_some() {
                rows.extend(behind.remove(&last).into_iter().flatten());
                last = row.ours;
            }
            rows.push(row);
        }
        rows.extend(behind.remove(&last).into_iter().flatten());
        rows
    }
}

/// For each item of `new`, its number in `old`.
fn align_by_value(old: &[String], new: &[String]) -> Vec<Option<usize>> {
    let mut found = vec![None; new.len()];
    if old.len().max(new.len()) > MAX_ALIGNED_ITEMS {
        let ends = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        for (at, place) in found.iter_mut().enumerate().take(ends) {
            *place = Some(at);
        }
        return found;
    }
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (_, from, to) = op.as_tag_tuple();
        if from.len() == to.len() {
            for (a, b) in from.zip(to) {
                found[b] = Some(a);
            }
        }
    }
    found
}
