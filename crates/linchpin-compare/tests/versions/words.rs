//! What each change is called.

use crate::messy::loaded;
use crate::registers::SMALL;
use linchpin_compare::versions::{VersionDiff, diff_versions};

/// The register with steps that can be climbed.
pub fn base() -> String {
    SMALL.replace(
        "(id: \"weak\", label",
        "(id: \"intends\", rank: 3, label: \"intention\", verbs: [\"intends to\"]), (id: \"weak\", \
        label",
    )
}

fn told(from: &str, to: &str) -> VersionDiff {
    let base = base();
    assert!(base.contains(from), "{from}");
    let (old, new) = (loaded(&base), loaded(&base.replacen(from, to, 1)));
    assert!(
        !new.is_broken && new.unloaded_records == 0,
        "{to}: {:?}",
        new.diagnostics
    );
    diff_versions(&old, &new)
}

fn lines(changes: &VersionDiff) -> Vec<String> {
    let line = |entry: &linchpin_compare::versions::VersionChange| {
        format!("{}: {}", entry.title(), entry.headline())
    };
    changes.changes.iter().map(line).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of samples")]
fn each_change_is_told_in_words_of_the_field() {
    let first = "(id: \"c-one\", title: \"First\", statement: \"Will do it.\", committers: \
        [\"a\", \"b\"], verb: \"will\", strength: \"firm\"";
    let assessed = "status: [(date: \"2022\", assessor: \"Kim\", status: NotAssessed, citations: \
        [(document: \"speech\", external: true)])]";
    for (from, to, want) in [
        (
            first,
            first.replace(
                "verb: \"will\", strength: \"firm\"",
                "verb: \"intends to\", \
                strength: \"intends\"",
            ),
            &[
                "First: weakened: from 4 · firm (“will”) to 3 · intention (“intends to”)",
                "Second: weakened: from 4 · firm (“may”) to 3 · intention (“may”), as a part of \
                “First”",
            ][..],
        ),
        (
            first,
            first.replace("\"firm\"", "\"weak\""),
            &[
                "First: on another step: from 4 · firm (“will”) to – · weak (“will”)",
                "Second: on another step: from 4 · firm (“may”) to – · weak (“may”), as a part of \
                “First”",
            ],
        ),
        (
            "Will do it.",
            "Will do it “soon”…".into(),
            &["First: reworded: statement from Will do it. to Will do it “soon”…"],
        ),
        (
            "verb: \"may\"",
            "verb: \"can\"".into(),
            &["Second: reworded: verb from “may” to “can”"],
        ),
        (
            "hedges: [\"if\", \"when possible\"]",
            "hedges: [\"if\"]".into(),
            &["Second: reworded: hedges from “if”, “when possible” to “if”"],
        ),
        (
            "recipients: [\"a\"]",
            "recipients: [\"b\", \"동맹\"]".into(),
            &["Second: recipients from Alpha to Beta, 동맹국"],
        ),
        (
            "priority: \"p-one\", themes: [\"t-one\", \"t-two\"]",
            "themes: [\"t-two\"]".into(),
            &["First: priority taken out: First; themes from 하나, Two to Two"],
        ),
        (
            assessed,
            assessed.replace(
                "external: true)])]",
                "external: true)]), (date: \"2024-05-03\", \
                assessor: \"이\", status: InProgress, citations: [(document: \"speech\", external: \
                true)], note: \"Two talks\")]",
            ),
            &["First: status: from not assessed (Kim, 2022) to in progress (이, 3 May 2024)"],
        ),
        (
            assessed,
            "status: []".into(),
            &["First: assessment taken out: not assessed (Kim, 2022); evidence: S"],
        ),
        (
            assessed,
            assessed.replace("NotAssessed", "NoEvidence"),
            &[
                "First: assessments corrected: status from not assessed (Kim, 2022) to no evidence \
                found (Kim, 2022); assessment taken out: not assessed (Kim, 2022); evidence: S; \
                assessment added: no evidence found (Kim, 2022); evidence: S",
            ],
        ),
        (
            "change: New",
            "change: Weakened".into(),
            &[
                "First: comparison judged: comparison from new against D (“Second”): n to weakened \
                against D (“Second”): n",
            ],
        ),
        (
            "paragraph: 3, phrase: \"will do\"",
            "paragraph: 5, phrase: \"will do it\"".into(),
            &[
                "First: citation: paragraph from D ¶3 to D ¶5; phrase from “will do” to “will do \
                it”",
            ],
        ),
        (
            "MoreThan(28500), unit: \"personnel\"",
            "Exactly(28500), unit: \"troops\"".into(),
            &["F: amount from > 28,500 to 28,500; unit from personnel to troops"],
        ),
        (
            "as_of: (date: \"2023-11\", basis: Stated)",
            "as_of: (date: \"2023-12-01\", basis: Stated)".into(),
            &["F: as of from November 2023, stated to 1 December 2023, stated"],
        ),
        (
            "note: \"x\"",
            "note: \"y\"".into(),
            &["연설: only a remark: note from x to y"],
        ),
        (
            "id: \"fear\"",
            "id: \"dread\"".into(),
            &["Fear: id changed from fear to dread"],
        ),
        (
            "concerns: [",
            "concerns: [(id: \"worry\", title: \"Worry\", statement: \"It may.\", citations: \
            [(document: \"doc\", external: true)]), "
                .into(),
            &["Worry: new"],
        ),
        (
            "compilers: [\"Kim\", \"Lee\"]",
            "compilers: [\"Kim\"]".into(),
            &["The register: compilers from Kim, Lee to Kim"],
        ),
        (
            "mode: FutureAction",
            "mode:  FutureAction".into(),
            &["The register: only comments or \
            layout, at 1 place"],
        ),
    ] {
        assert_eq!(lines(&told(from, &to)), want, "{to}");
    }
}

#[test]
fn what_matters_most_stands_first() {
    let base = base();
    let new = base
        .replacen("strength: \"firm\"", "strength: \"intends\"", 1)
        .replacen("note: \"x\"", "note: \"y\"", 1)
        .replacen("28500", "28600", 1);
    let found = diff_versions(&loaded(&base), &loaded(&new));
    let headings: Vec<String> = found.groups().iter().map(|g| g.heading.clone()).collect();
    assert_eq!(
        headings,
        ["Commitments weakened", "Figures changed", "Only remarks"]
    );
    assert_eq!(
        found.summary(),
        "2 commitments weakened, 1 figure changed, 1 remark changed"
    );
    let text = &found.changes[0].detail_lines();
    let words: Vec<String> = text
        .iter()
        .map(|line| format!("{}{}", line.sign.symbol(), line.text))
        .collect();
    assert_eq!(words, [" “will do” (D ¶3)"]);
}

#[test]
fn a_withdrawn_commitment_is_shown_with_its_words() {
    let base = base();
    let start = base.find("        (id: \"c-two\"").unwrap();
    let end = base[start..].find("\n    ],").unwrap() + start;
    let new = format!("{}{}", &base[..start], &base[end..]).replace("earlier: \"c-two\", ", "");
    let found = diff_versions(&loaded(&base), &loaded(&new));
    assert_eq!(
        lines(&found),
        [
            "Second: withdrawn: 4 · firm (“may”)",
            "First: comparison judged: comparison from new against D (“Second”): n to new against \
            D: n"
        ]
    );
    let words: Vec<String> = found.changes[0]
        .detail_lines()
        .iter()
        .map(|line| format!("{}{}", line.sign.symbol(), line.text))
        .collect();
    assert_eq!(words, ["−May do it.", "−“may” (D ¶4)"]);
}
