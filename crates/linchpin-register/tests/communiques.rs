//! The register of the ministers' communiqués says what it is for.

use linchpin_register::bundled;
use linchpin_register::vocabulary::{CodingExtent, WordingChange};
use linchpin_register::{Commitment, Continuity, Document, load};

/// The line that made headlines: there until 2019, left out in 2020, back in 2021.
#[test]
fn the_line_about_the_force_level_comes_and_goes() {
    let register = load(bundled::COMMUNIQUES.text, Vec::new()).register;
    let judged = |id: &str| -> Vec<(String, WordingChange)> {
        let line: &Commitment = register.get(id).unwrap_or_else(|| panic!("no {id}"));
        let entries = line.continuity.iter();
        let entry = |c: &Continuity| (c.against.as_str().to_owned(), c.change);
        entries.map(entry).collect()
    };
    let has = |id: &str, against: &str, change| judged(id).contains(&(against.into(), change));
    assert!(has(
        "force-level-2019",
        "scm-52-2020",
        WordingChange::Dropped
    ));
    assert!(has(
        "force-level-2021",
        "scm-52-2020",
        WordingChange::Restored
    ));
    assert!(register.get::<Commitment>("force-level-2020").is_none());
    let of_2020: &Document = register.get("scm-52-2020").unwrap();
    let subjects: Vec<&str> = of_2020
        .coded_for
        .iter()
        .map(|theme| theme.as_str())
        .collect();
    assert_eq!(of_2020.coded, Some(CodingExtent::Subjects));
    assert!(subjects.contains(&"force-level"), "absence is a finding");
}
