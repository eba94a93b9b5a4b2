//! How firm a commitment is in either version.

use super::version_change::VersionChangeKind;
use linchpin_register::{Commitment, LadderStep, Register};

/// The step with its verb: "4 · resolve (“will”)".
pub(super) fn step_with_verb(register: &Register, commitment: &Commitment) -> String {
    let step = commitment.effective_step(register);
    let step = step.map_or_else(|| "no step".to_owned(), LadderStep::ranked_label);
    format!("{step} (“{}”)", commitment.verb)
}

/// Which way a commitment went on the ladder; `None` where it stands on the same step.
pub(super) fn step_change_kind(
    old: Option<&LadderStep>,
    new: Option<&LadderStep>,
) -> Option<VersionChangeKind> {
    let id = |step: Option<&LadderStep>| step.map(|step| step.id.clone());
    if id(old) == id(new) {
        return None;
    }
    let rank = |step: Option<&LadderStep>| step.and_then(|step| step.rank);
    Some(match (rank(old), rank(new)) {
        (Some(old), Some(new)) if old > new => VersionChangeKind::Weakened,
        (Some(old), Some(new)) if old < new => VersionChangeKind::Strengthened,
        _ => VersionChangeKind::StepChanged,
    })
}
