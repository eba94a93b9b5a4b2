//! No record is above itself.

use super::check::CheckContext;
use super::codes;
use super::{RecordRef, Register};
use std::collections::HashMap;

/// The most records of a circle that are named.
const MAX_CYCLE_NAMES: usize = 6;

impl CheckContext<'_> {
    /// Reports each circle of parents once, at the first of its records.
    pub fn check_parent_cycles(&mut self) {
        let register = self.register;
        // The number of the walk that saw a record.
        let mut seen: HashMap<RecordRef, u32> = HashMap::new();
        let mut walk = 0;
        for (start, record) in register.iter_records() {
            if record.parent().is_none() || seen.contains_key(&start) {
                continue;
            }
            walk += 1;
            let mut at = start;
            loop {
                match seen.insert(at, walk) {
                    None => {}
                    Some(earlier) if earlier == walk => {
                        self.report_parent_cycle(at);
                        break;
                    }
                    Some(_) => break,
                }
                match parent_of(register, at) {
                    Some(parent) => at = parent,
                    None => break,
                }
            }
        }
    }

    fn report_parent_cycle(&mut self, start: RecordRef) {
        let register = self.register;
        let name = |at| register.record(at).map_or("", |r| r.id());
        let mut cycle = vec![name(start)];
        let mut at = start;
        while let Some(parent) = parent_of(register, at) {
            at = parent;
            if cycle.len() == MAX_CYCLE_NAMES && at != start {
                cycle.push("…");
            }
            if cycle.len() > MAX_CYCLE_NAMES || at == start {
                break;
            }
            cycle.push(name(at));
        }
        cycle.push(name(start));
        self.enter_record(start);
        self.error(
            &["parent"],
            codes::CIRCLE,
            format!(
                "\"{}\" is above itself: its parents are {}",
                name(start),
                cycle.join(" → ")
            ),
            "take away the parent that is wrong",
        );
    }
}

/// The record above, other than the record itself: that is reported with its links.
fn parent_of(register: &Register, record: RecordRef) -> Option<RecordRef> {
    let (kind, id) = register.record(record)?.parent()?;
    let up = register.find(id)?;
    (up.kind == kind && up != record).then_some(up)
}
