//! The items of three containers side by side, in the order in which both sides want them.

use crate::compare::in_order;
use similar::{Algorithm, capture_diff_slices};
use std::collections::{HashMap, HashSet};

/// Longer lists of items without ids are only compared from their start.
const MAX_ALIGNED: usize = 4000;

/// The same item in the three containers, by its number in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Row {
    pub base: Option<usize>,
    pub mine: Option<usize>,
    pub theirs: Option<usize>,
}

/// Which items of the two sides are which of the base, and which of those that are not in the base
/// are the same.
#[derive(Debug, Default)]
pub(super) struct Match {
    /// How many items the base has.
    pub base: usize,
    /// For each item of mine, its number in the base.
    pub mine: Vec<Option<usize>>,
    /// For each item of theirs, its number in the base.
    pub theirs: Vec<Option<usize>>,
    /// For items of mine that the base lacks, their number in theirs.
    pub twins: HashMap<usize, usize>,
}

/// Rows in the order of the merged container, and the order that mine would have where both sides
/// moved the same items.
pub(super) struct Ordered {
    pub rows: Vec<Row>,
    pub mine: Option<Vec<usize>>,
}

impl Match {
    /// Matches by keys that are unique in each container.
    pub fn by_keys<K: std::hash::Hash + Eq>(base: &[K], mine: &[K], theirs: &[K]) -> Match {
        let in_base: HashMap<&K, usize> = base.iter().enumerate().map(|(i, k)| (k, i)).collect();
        let in_theirs: HashMap<&K, usize> =
            theirs.iter().enumerate().map(|(i, k)| (k, i)).collect();
        let find = |keys: &[K]| keys.iter().map(|key| in_base.get(key).copied()).collect();
        let twin = |(at, key): (usize, &K)| {
            let added = !in_base.contains_key(key);
            Some((at, *in_theirs.get(key).filter(|_| added)?))
        };
        Match {
            base: base.len(),
            mine: find(mine),
            theirs: find(theirs),
            twins: mine.iter().enumerate().filter_map(twin).collect(),
        }
    }

    /// Matches items without keys by what they say: those that stay in their order, and those
    /// between them where as many stand in both.
    pub fn by_value(base: &[String], mine: &[String], theirs: &[String]) -> Match {
        let found = Match {
            base: base.len(),
            mine: aligned(base, mine),
            theirs: aligned(base, theirs),
            twins: HashMap::new(),
        };
        let new = |items: &[Option<usize>]| -> Vec<usize> {
            (0..items.len()).filter(|at| items[*at].is_none()).collect()
        };
        let mut free: HashMap<&String, Vec<usize>> = HashMap::new();
        for at in new(&found.theirs).into_iter().rev() {
            free.entry(&theirs[at]).or_default().push(at);
        }
        let twin = |at: usize| Some((at, free.get_mut(&mine[at])?.pop()?));
        let twins = new(&found.mine).into_iter().filter_map(twin).collect();
        Match { twins, ..found }
    }

    /// The rows. The order is theirs; what mine added or moved stands behind what it stands behind
    /// in mine.
    pub fn rows(&self) -> Ordered {
        let place = |items: &[Option<usize>]| -> Vec<Option<usize>> {
            let mut of_base = vec![None; self.base];
            for (at, base) in items.iter().enumerate() {
                if let Some(slot) = base.and_then(|base| of_base.get_mut(base)) {
                    *slot = Some(at);
                }
            }
            of_base
        };
        let (in_mine, in_theirs) = (place(&self.mine), place(&self.theirs));
        let common = |base: &usize| in_mine[*base].is_some() && in_theirs[*base].is_some();
        let order = |items: &[Option<usize>]| -> Vec<usize> {
            items.iter().flatten().copied().filter(common).collect()
        };
        let (of_mine, of_theirs) = (order(&self.mine), order(&self.theirs));
        let moved = |order: &[usize]| -> HashSet<usize> {
            let pairs: Vec<Option<usize>> = order.iter().copied().map(Some).collect();
            let stay = in_order(&pairs);
            let gone = (0..order.len()).filter(|at| !stay.contains(at));
            gone.map(|at| order[at]).collect()
        };
        let moved_by_mine = match of_mine == of_theirs {
            true => HashSet::new(),
            false => moved(&of_mine),
        };
        let clash = !moved_by_mine.is_empty() && !moved(&of_theirs).is_disjoint(&moved_by_mine);
        let keep = if clash { HashSet::new() } else { moved_by_mine };
        let rows = self.placed(&in_mine, &in_theirs, &keep);
        let mine = clash.then(|| {
            // The same from the other side: the order is mine, and what they added stands as in
            // theirs.
            let twins = self.twins.iter().map(|(mine, theirs)| (*theirs, *mine));
            let mirrored = Match {
                base: self.base,
                mine: self.theirs.clone(),
                theirs: self.mine.clone(),
                twins: twins.collect(),
            };
            let other = mirrored.placed(&in_theirs, &in_mine, &HashSet::new());
            let number: HashMap<Row, usize> =
                rows.iter().enumerate().map(|(i, row)| (*row, i)).collect();
            let turned = |row: &Row| Row {
                base: row.base,
                mine: row.theirs,
                theirs: row.mine,
            };
            let numbers = other.iter().map(turned);
            numbers
                .filter_map(|row| number.get(&row).copied())
                .collect()
        });
        Ordered { rows, mine }
    }

    /// `moved`: items of the base that stand where mine has them.
    fn placed(
        &self,
        in_mine: &[Option<usize>],
        in_theirs: &[Option<usize>],
        moved: &HashSet<usize>,
    ) -> Vec<Row> {
        let mine_of: HashMap<usize, usize> = self.twins.iter().map(|(m, t)| (*t, *m)).collect();
        let mut spine: Vec<Row> = Vec::new();
        for (at, base) in self.theirs.iter().enumerate() {
            if base.is_none_or(|base| !moved.contains(&base)) {
                let mine = match base {
                    Some(base) => in_mine[*base],
                    None => mine_of.get(&at).copied(),
                };
                let (base, theirs) = (*base, Some(at));
                spine.push(Row { base, mine, theirs });
            }
        }
        let firm: HashSet<usize> = spine.iter().filter_map(|row| row.mine).collect();
        let mut behind: HashMap<Option<usize>, Vec<Row>> = HashMap::new();
        let mut anchor = None;
        for (at, base) in self.mine.iter().enumerate() {
            if firm.contains(&at) {
                anchor = Some(at);
                continue;
            }
            let theirs = base.and_then(|base| in_theirs[base]);
            let (base, mine) = (*base, Some(at));
            behind
                .entry(anchor)
                .or_default()
                .push(Row { base, mine, theirs });
        }
        let mut rows = Vec::with_capacity(spine.len());
        let mut last = None;
        for row in spine {
            // What only theirs has comes before what mine puts in at the same place.
            if row.mine.is_some() {
                rows.extend(behind.remove(&last).into_iter().flatten());
                last = row.mine;
            }
            rows.push(row);
        }
        rows.extend(behind.remove(&last).into_iter().flatten());
        rows
    }
}

/// For each item of `new`, its number in `old`.
fn aligned(old: &[String], new: &[String]) -> Vec<Option<usize>> {
    let mut found = vec![None; new.len()];
    if old.len().max(new.len()) > MAX_ALIGNED {
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
