//! Any bytes, read as a register: nothing panics, every problem has its place, every repair can be
//! made, and the layout of the house and repairs come to an end.

use crate::checks;
use linchpin_edit::at::at;
use linchpin_edit::complete::completions;
use linchpin_edit::layout::laid_out;
use linchpin_edit::repair::repaired;
use linchpin_register::{Loaded, load};
use ron_lossless::{NotLaidOut, Problem, apply, text_of};

/// Reads the bytes as a register.
pub fn register_of(data: &[u8]) {
    let source = text_of(data.to_vec());
    let loaded = load(source.text, source.problems).confirmed();
    let text = &*loaded.text;
    for problem in loaded.problems.iter() {
        checks::problem(text, problem);
        once_more(&loaded, problem);
    }
    for (at, record) in loaded.register.all() {
        checks::span(text, loaded.span(at));
        assert_eq!(loaded.register.find(record.id()), Some(at));
        assert!(!record.json().is_null());
    }
    match laid_out(text) {
        Ok(laid) => {
            assert_eq!(laid_out(&laid).as_deref(), Ok(&*laid), "twice: {text:?}");
            let after = load(laid.as_str(), Vec::new());
            assert!(!after.broken || loaded.broken, "{text:?}");
        }
        Err(NotLaidOut::Changed(what)) => panic!("the layout changes {what} of {text:?}"),
        Err(NotLaidOut::Broken(_)) => {}
    }
    // The place where somebody types most often: the end of what is there so far.
    let cursor = text.floor_char_boundary(data.len() * 2 / 3) as u32;
    checks::span(text, at(&loaded, cursor).span);
    for completion in completions(&loaded, text, cursor) {
        checks::span(text, completion.replace);
        assert!(completion.insert.is_char_boundary(completion.caret));
    }
    if text.len() < 1500 {
        let fixed = repaired(text);
        let again = repaired(&fixed.text);
        assert_eq!(again.text, fixed.text, "repaired twice: {text:?}");
    }
}

/// The text after a repair is read as any other.
fn once_more(loaded: &Loaded, problem: &Problem) {
    let Some(change) = &problem.repair else {
        return;
    };
    if let Some(text) = apply(&loaded.text, &change.splices) {
        for problem in load(text.as_str(), Vec::new()).problems.iter() {
            checks::problem(&text, problem);
        }
    }
}
