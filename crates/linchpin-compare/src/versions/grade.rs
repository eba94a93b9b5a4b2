//! How firm a commitment is in either version.

use super::entry::What;
use linchpin_register::{Commitment, LadderStep, Register};

/// The step with its verb: "4 · resolve (“will”)".
pub(super) fn grade(register: &Register, commitment: &Commitment) -> String {
    let step = commitment.effective_step(register);
    let step = step.map_or_else(|| "no step".to_owned(), LadderStep::ranked_label);
    format!("{step} (“{}”)", commitment.verb)
}

/// Which way a commitment went on the ladder; `None` where it stands on the same step.
pub(super) fn moved(old: Option<&LadderStep>, new: Option<&LadderStep>) -> Option<What> {
    let id = |step: Option<&LadderStep>| step.map(|step| step.id.clone());
    if id(old) == id(new) {
        return None;
    }
    let rank = |step: Option<&LadderStep>| step.and_then(|step| step.rank);
    Some(match (rank(old), rank(new)) {
        (Some(old), Some(new)) if old > new => What::Weakened,
        (Some(old), Some(new)) if old < new => What::Strengthened,
        _ => What::OtherStep,
    })
}
