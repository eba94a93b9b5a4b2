//! No record is above itself.

use super::check::Check;
use super::codes;
use super::{RecordRef, Register};
use std::collections::HashMap;

/// The most records of a circle that are named.
const MAX_NAMED: usize = 6;

impl Check<'_> {
    /// Reports each circle of parents once, at the first of its records.
    pub fn circles(&mut self) {
        let register = self.register;
        // The number of the walk that saw a record.
        let mut seen: HashMap<RecordRef, u32> = HashMap::new();
        let mut walk = 0;
        for (start, record) in register.all() {
            if record.parent().is_none() || seen.contains_key(&start) {
                continue;
            }
            walk += 1;
            let mut at = start;
            loop {
                match seen.insert(at, walk) {
                    None => {}
                    Some(earlier) if earlier == walk => {
                        self.report_circle(at);
                        break;
                    }
                    Some(_) => break,
                }
                match above(register, at) {
                    Some(up) => at = up,
                    None => break,
                }
            }
        }
    }

    fn report_circle(&mut self, start: RecordRef) {
        let register = self.register;
        let name = |at| register.record(at).map_or("", |r| r.id());
        let mut ring = vec![name(start)];
        let mut at = start;
        while let Some(up) = above(register, at) {
            at = up;
            if ring.len() == MAX_NAMED && at != start {
                ring.push("…");
            }
            if ring.len() > MAX_NAMED || at == start {
                break;
            }
            ring.push(name(at));
        }
        ring.push(name(start));
        self.enter(start);
        self.error(
            &["parent"],
            codes::CIRCLE,
            format!(
                "\"{}\" is above itself: its parents are {}",
                name(start),
                ring.join(" → ")
            ),
            "take away the parent that is wrong",
        );
    }
}

/// The record above, other than the record itself: that is reported with its links.
fn above(register: &Register, at: RecordRef) -> Option<RecordRef> {
    let (kind, id) = register.record(at)?.parent()?;
    let up = register.find(id)?;
    (up.kind == kind && up != at).then_some(up)
}
