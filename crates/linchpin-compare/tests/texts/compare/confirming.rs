//! Proposals are confirmed, corrected and taken back; what is stored is data.

use super::matching::{compared, told};
use super::talks::{PROMISES, talks};
use linchpin_compare::{
    CommitmentMatch, CommitmentMatching, DecisionError, MatchOutcome, MatchStatus, confirm_match,
    mark_unmatched, pair_commitments, undo_confirmation,
};
use linchpin_edit::{Edit, plan_edit};
use linchpin_reading::TextLibrary;
use linchpin_register::vocabulary::WordingChange;
use linchpin_register::{Commitment, LoadedRegister, load};

const BOTH: (&str, &str) = ("talks-1", "talks-2");

fn after(loaded: &LoadedRegister, edit: &Edit) -> LoadedRegister {
    let change = plan_edit(loaded, edit).unwrap_or_else(|why| panic!("{why}"));
    let text = change.apply_edits(&loaded.text).unwrap();
    let after = load(text.as_str(), Vec::new()).checked_with_ron();
    assert!(!after.is_broken && after.unloaded_records == 0, "{text}");
    after
}

fn the<'m>(matching: &'m CommitmentMatching, told: &str) -> &'m CommitmentMatch {
    let all = self::told(matching);
    let at = all.iter().position(|one| one == told);
    &matching.matches[at.unwrap_or_else(|| panic!("{told} in {all:?}"))]
}

fn entries(loaded: &LoadedRegister, id: &str) -> Vec<String> {
    let commitment = loaded.register.get::<Commitment>(id).unwrap();
    let told = |entry: &linchpin_register::Continuity| {
        let earlier = entry.earlier.as_ref().map_or("-", |id| id.as_str());
        format!(
            "{} {} {earlier}",
            entry.against.as_str(),
            entry.change.name()
        )
    };
    commitment.continuity.iter().map(told).collect()
}

#[test]
fn a_confirmed_proposal_stands_at_the_later_commitment_and_can_be_taken_back() {
    let loaded = talks(PROMISES, &[]);
    let register = &loaded.register;
    let found = compared(&loaded, BOTH.0, BOTH.1);
    let weaker = the(&found, "Weakened: lights-1 lights-2");
    let made = after(&loaded, &confirm_match(register, BOTH, weaker).unwrap());
    assert_eq!(entries(&made, "lights-2"), ["talks-1 Weakened lights-1"]);
    let again = compared(&made, BOTH.0, BOTH.1);
    assert_eq!(told(&again), told(&found));
    let confirmed = the(&again, "Weakened: lights-1 lights-2");
    assert_eq!(confirmed.status, MatchStatus::Confirmed);
    assert_eq!(
        again.count(
            MatchOutcome::Change(WordingChange::Weakened),
            MatchStatus::Proposed
        ),
        0
    );
    assert_eq!(
        confirm_match(&made.register, BOTH, confirmed),
        Err(DecisionError::Confirmed)
    );
    let back = after(
        &made,
        &undo_confirmation(&made.register, confirmed).unwrap(),
    );
    assert_eq!(*back.text, *loaded.text);
    assert!(undo_confirmation(register, weaker).is_err());
}

#[test]
fn what_was_dropped_stands_at_the_earlier_commitment() {
    let loaded = talks(PROMISES, &[]);
    let found = compared(&loaded, BOTH.0, BOTH.1);
    let gone = the(&found, "Dropped: pier-1 -");
    let made = after(
        &loaded,
        &confirm_match(&loaded.register, BOTH, gone).unwrap(),
    );
    assert_eq!(entries(&made, "pier-1"), ["talks-2 Dropped -"]);
    let again = compared(&made, BOTH.0, BOTH.1);
    assert_eq!(
        the(&again, "Dropped: pier-1 -").status,
        MatchStatus::Confirmed
    );
    let new = the(&found, "New: - buoys-2");
    let made = after(
        &loaded,
        &confirm_match(&loaded.register, BOTH, new).unwrap(),
    );
    assert_eq!(entries(&made, "buoys-2"), ["talks-1 New -"]);
    let restored = compared(&loaded, "talks-2", "talks-3");
    let restored = the(&restored, "Restored: - pier-3");
    let both = ("talks-2", "talks-3");
    let made = after(
        &loaded,
        &confirm_match(&loaded.register, both, restored).unwrap(),
    );
    assert_eq!(entries(&made, "pier-3"), ["talks-2 Restored pier-1"]);
    let again = compared(&made, both.0, both.1);
    let again = the(&again, "Restored: - pier-3");
    assert_eq!(again.status, MatchStatus::Confirmed);
    assert_eq!(
        again.restored_from.as_ref().map(|side| side.id.as_str()),
        Some("pier-1")
    );
}

#[test]
fn another_partner_can_be_chosen_or_none() {
    let loaded = talks(PROMISES, &[]);
    let library = TextLibrary::default();
    // First dropped, then found again in other words.
    let dropped = after(
        &loaded,
        &mark_unmatched(&loaded.register, BOTH, "pier-1").unwrap(),
    );
    let edit = pair_commitments(&dropped.register, &library, BOTH, ("pier-1", "buoys-2")).unwrap();
    let made = after(&dropped, &edit);
    assert_eq!(entries(&made, "buoys-2"), ["talks-1 Reworded pier-1"]);
    assert_eq!(entries(&made, "pier-1"), Vec::<String>::new());
    // Then a third choice, in place of the second.
    let edit = pair_commitments(&made.register, &library, BOTH, ("ferry-1", "buoys-2")).unwrap();
    let made = after(&made, &edit);
    assert_eq!(entries(&made, "buoys-2"), ["talks-1 Reworded ferry-1"]);
    // Then none: the later one no longer names it.
    let edit = mark_unmatched(&made.register, BOTH, "buoys-2").unwrap();
    let made = after(&made, &edit);
    assert_eq!(entries(&made, "buoys-2"), ["talks-1 New -"]);
    let paired = after(
        &made,
        &pair_commitments(&made.register, &library, BOTH, ("pier-1", "buoys-2")).unwrap(),
    );
    let made = after(
        &paired,
        &mark_unmatched(&paired.register, BOTH, "pier-1").unwrap(),
    );
    assert_eq!(entries(&made, "pier-1"), ["talks-2 Dropped -"]);
    assert_eq!(entries(&made, "buoys-2"), Vec::<String>::new());
}

#[test]
fn nobody_confirms_what_nobody_can_know() {
    let loaded = talks(PROMISES, &[]);
    let register = &loaded.register;
    let found = compared(&loaded, BOTH.0, BOTH.1);
    let unknown = the(&found, "NotCoded: ferry-1 -");
    let why = confirm_match(register, BOTH, unknown)
        .unwrap_err()
        .to_string();
    assert!(
        why.contains("Second is coded through for other subjects only"),
        "{why}"
    );
    let why = mark_unmatched(register, BOTH, "ferry-1")
        .unwrap_err()
        .to_string();
    assert!(why.contains("nobody can say"), "{why}");
    let turned = ("talks-2", "talks-1");
    let found = compared(&loaded, turned.0, turned.1);
    let stronger = the(&found, "Strengthened: lights-2 lights-1");
    let why = confirm_match(register, turned, stronger)
        .unwrap_err()
        .to_string();
    assert!(why.contains("Second is later than First"), "{why}");
    assert!(
        pair_commitments(
            register,
            &TextLibrary::default(),
            BOTH,
            ("lights-2", "pier-1")
        )
        .is_err()
    );
    assert!(mark_unmatched(register, ("talks-1", "talks-1"), "pier-1").is_err());
}

#[test]
fn a_confirmed_change_that_the_steps_no_longer_give_is_told() {
    let entry = " continuity: [(against: \"talks-1\", change: Strengthened, earlier: \"lights-1\", \
        note: \"Looked at twice.\")],";
    let loaded = talks(PROMISES, &[("lights-2", entry)]);
    let found = compared(&loaded, BOTH.0, BOTH.1);
    let one = the(&found, "Strengthened: lights-1 lights-2");
    let notes: Vec<String> = one.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "The register says strengthened; by its steps it is weakened now",
            "Looked at twice."
        ]
    );
}
